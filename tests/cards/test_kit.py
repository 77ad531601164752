"""From elements to the platform's JSON and to plain words: languages, escaping, limits."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.cards import chart
from bot.cards.actions import CancelDraft, ChangeLength, SetPeople, SetWhenExact
from bot.cards.kit import (
    Button,
    Buttons,
    Card,
    CardTooLarge,
    Column,
    Columns,
    DateTimePicker,
    Divider,
    Field,
    Form,
    FreeBusyChart,
    Input,
    Link,
    Markdown,
    Note,
    Option,
    Panel,
    People,
    PersonPicker,
    Select,
    plain_text,
    render,
    weight,
)
from bot.cards.plain import unmarked
from bot.i18n import LOCALES, Names, T
from tests.cards.cast import NASTY_TITLE, span

CANCEL = T("slots.cancel")


def element(of: Any) -> Any:
    (found,) = render(Card("x", [of]))["body"]["elements"]
    return found


def test_the_frame_of_a_card() -> None:
    card = Card(CANCEL, [], template="green", subtitle="子", summary=T("toast.booked"))
    assert render(card) == {
        "schema": "2.0",
        "config": {
            "update_multi": True,
            "summary": {
                "content": "Booked.",
                "i18n_content": {"en_us": "Booked.", "zh_cn": "订好了。", "ja_jp": "予約しました。"},
            },
        },
        "header": {
            "title": {
                "tag": "plain_text",
                "content": "Cancel",
                "i18n_content": {"en_us": "Cancel", "zh_cn": "取消", "ja_jp": "やめる"},
            },
            "template": "green",
            "subtitle": {"tag": "plain_text", "content": "子"},
        },
        "body": {"elements": []},
    }


def test_without_a_summary_the_title_is_it() -> None:
    assert render(Card("Standup", []))["config"]["summary"] == {"content": "Standup"}


def test_a_button() -> None:
    button = Button(CANCEL, CancelDraft("d1", 2), "danger", True, T("toast.booked"), "cancel")
    found = element(button)
    assert found["tag"] == "button"
    assert found["type"] == "danger"
    assert found["disabled"] is True
    assert found["element_id"] == "cancel"
    assert found["behaviors"] == [{"type": "callback", "value": {"do": "draft.cancel", "draft": "d1", "revision": 2}}]
    assert found["confirm"]["text"]["i18n_content"]["zh_cn"] == "订好了。"
    assert found["confirm"]["title"] == found["text"]


def test_a_link_opens_a_page() -> None:
    assert element(Link("Open", "https://example.com/a?b=1")) == {
        "tag": "button",
        "text": {"tag": "plain_text", "content": "Open"},
        "type": "default",
        "behaviors": [{"type": "open_url", "default_url": "https://example.com/a?b=1"}],
    }


def test_a_list_tells_its_choice_with_its_action() -> None:
    found = element(Select("Length", [Option("30", "30m"), Option("60", "1h")], ChangeLength("d1", 1), initial="30"))
    assert found == {
        "tag": "select_static",
        "placeholder": {"tag": "plain_text", "content": "Length"},
        "options": [
            {"text": {"tag": "plain_text", "content": "30m"}, "value": "30"},
            {"text": {"tag": "plain_text", "content": "1h"}, "value": "60"},
        ],
        "behaviors": [{"type": "callback", "value": {"do": "slot.length", "draft": "d1", "revision": 1}}],
        "initial_option": "30",
    }


def test_a_form_names_its_fields_and_its_button() -> None:
    found = element(
        Form(
            "f",
            [
                DateTimePicker("when", "When", initial="2026-11-19 10:00"),
                PersonPicker("people", "Who", options=["ou_1"], selected=["ou_1"]),
                Input("note", "Note", label="Say", initial="hi"),
            ],
            Button("Go", SetWhenExact("d1"), "primary"),
        )
    )
    when, people, note, submit = found["elements"]
    assert (found["tag"], found["name"]) == ("form", "f")
    assert (when["tag"], when["name"], when["initial_datetime"]) == ("picker_datetime", "when", "2026-11-19 10:00")
    assert (people["tag"], people["required"]) == ("multi_select_person", False)
    assert people["options"] == [{"value": "ou_1"}]
    assert people["selected_values"] == ["ou_1"]
    assert (note["tag"], note["name"], note["default_value"], note["label"]["content"]) == (
        "input",
        "note",
        "hi",
        "Say",
    )
    assert (submit["name"], submit["form_action_type"]) == ("f_submit", "submit")
    assert submit["behaviors"][0]["value"] == {"do": "draft.when_exact", "draft": "d1"}


def test_rows_columns_panels_people_and_lines() -> None:
    row = element(Buttons([Button("A", SetPeople("d1")), Link("B", "https://b.example")]))
    assert row["flex_mode"] == "flow"
    assert [column["elements"][0]["text"]["content"] for column in row["columns"]] == ["A", "B"]
    wide, narrow = element(Columns([Column([Markdown("x")], weight=3), Column([Markdown("y")])]))["columns"]
    assert (wide["width"], wide["weight"]) == ("weighted", 3)
    assert narrow["width"] == "auto"
    panel = element(Panel("More", [Note("z")], expanded=True))
    assert (panel["tag"], panel["expanded"]) == ("collapsible_panel", True)
    assert panel["header"]["title"]["content"] == "More"
    assert element(People(["ou_1"]))["persons"] == [{"id": "ou_1"}]
    assert element(Divider()) == {"tag": "hr"}


def test_a_text_that_is_the_same_everywhere_is_written_once() -> None:
    assert "i18n_content" not in element(Markdown("Mei"))
    assert set(element(Markdown(CANCEL))["i18n_content"]) == set(LOCALES)


def test_the_picture_tiles_the_time_shown() -> None:
    pieces = [
        chart.Piece(span(19, 9, minutes=60), "busy"),
        chart.Piece(span(19, 10, minutes=30), "free"),
        chart.Piece(span(19, 10, 30, minutes=30), "proposed"),
    ]
    spec = element(FreeBusyChart([chart.Row("Mei", pieces)], "Asia/Shanghai"))["chart_spec"]
    assert spec["type"] == "bar"
    assert (spec["direction"], spec["stack"]) == ("horizontal", True)
    assert (spec["xField"], spec["yField"], spec["seriesField"]) == ("minutes", "who", "piece")
    assert spec["data"] == [
        {
            "id": "freebusy",
            "values": [
                {"who": "Mei", "piece": "00", "state": "busy", "minutes": 60, "label": "09:00–10:00"},
                {"who": "Mei", "piece": "01", "state": "free", "minutes": 30, "label": "10:00–10:30"},
                {"who": "Mei", "piece": "02", "state": "proposed", "minutes": 30, "label": "10:30–11:00"},
            ],
        }
    ]
    assert spec["bar"]["style"]["fill"]["domain"] == ["free", "busy", "proposed"]


def test_the_picture_in_words() -> None:
    pieces = [chart.Piece(span(19, 9, minutes=60), "busy"), chart.Piece(span(19, 10, minutes=30), "tentative")]
    rows = [chart.Row("Mei", pieces), chart.Row("Bob", [chart.Piece(span(19, 9), "free")])]
    card = Card("x", [FreeBusyChart(rows, "Asia/Shanghai")])
    assert plain_text(card, "en_us").splitlines()[1:] == ["Mei: 09:00–10:00 busy, 10:00–10:30 maybe", "Bob: free"]
    assert plain_text(card, "ja_jp").splitlines()[1:] == ["Mei：09:00–10:00 予定あり, 10:00–10:30 仮予定", "Bob：空き"]


def test_nothing_typed_becomes_markup() -> None:
    card = Card(
        T("slots.title", title=NASTY_TITLE),
        [
            Markdown([T("kit.line", text=NASTY_TITLE), NASTY_TITLE]),
            Note(T("kit.line", text=Names([NASTY_TITLE, "b"]))),
            Field(NASTY_TITLE, T("kit.line", text=T("kit.line", text=NASTY_TITLE))),
            Panel(NASTY_TITLE, [Markdown(NASTY_TITLE)]),
        ],
    )
    for written in _markdown(render(card)):
        bare = written.replace("<font color='grey'>", "").replace("</font>", "").removeprefix("**").replace("** ", " ")
        assert not set(bare) & set("<>[]*_~`:"), written
    text = plain_text(card, "en_us")
    assert text.count(" ".join(NASTY_TITLE.split())) == 7  # the header keeps its line breaks: it is plain text
    assert NASTY_TITLE in text


def _markdown(node: Any) -> list[str]:
    if isinstance(node, list):
        return [text for item in node for text in _markdown(item)]
    if not isinstance(node, dict):
        return []
    own = [node["content"], *node.get("i18n_content", {}).values()] if node.get("tag") == "markdown" else []
    return own + [text for item in node.values() for text in _markdown(item)]


def test_plain_words_lose_marks_and_tags_only() -> None:
    assert unmarked("**a** <font color='grey'>b</font> &#42;&#42;c&#42;&#42; [d](https://e.example)") == (
        "a b **c** d https://e.example"
    )
    assert unmarked("On your clock: <local_datetime millisecond='1' format_type='time'></local_datetime>") == ""


def test_a_card_over_30_kb_is_refused() -> None:
    fits = Card("x", [Markdown("a" * 30_000)])
    assert weight(render(fits)) <= 30 * 1024
    with pytest.raises(CardTooLarge, match="30720 are allowed"):
        render(replace(fits, body=[Markdown("a" * 31_000)]))


def test_a_card_of_over_200_elements_is_refused() -> None:
    assert render(Card("x", [Divider()] * 199))
    with pytest.raises(CardTooLarge, match="201 elements, 200 are allowed"):
        render(Card("x", [Divider()] * 200))


def test_bytes_are_counted_as_sent() -> None:
    card = render(Card("会", []))
    assert weight(card) == len(json.dumps(card, ensure_ascii=False, separators=(",", ":")).encode())

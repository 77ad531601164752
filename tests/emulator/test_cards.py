"""Which cards the platform takes, and how they read."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any

import pytest

from bot.emulator.cards import buttons, find_control, plain_text, validate, validate_entity
from bot.emulator.kernel import Refusal

MEI = "ou_" + "1" * 32


class Tenant:
    """Where exactly one person works."""

    def person(self, value: str, id_type: str) -> bool | None:
        return (id_type, value) in {("open_id", MEI), ("email", "mei@daylark.example")} or None


WORLD: Any = Tenant()


def card(*elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"schema": "2.0", "body": {"elements": list(elements)}, **more}


def text(content: str, **more: Any) -> dict[str, Any]:
    return {"tag": "markdown", "content": content, **more}


def button(label: str, **more: Any) -> dict[str, Any]:
    return {
        "tag": "button",
        "text": {"tag": "plain_text", "content": label},
        "behaviors": [{"type": "callback", "value": {"do": "book"}}],
    } | more


CHART = {
    "tag": "chart",
    "chart_spec": {
        "type": "bar",
        "direction": "horizontal",
        "stack": True,
        "data": [
            {
                "id": "freebusy",
                "values": [
                    {"who": "Mei", "piece": "00", "state": "free", "minutes": 30, "label": "09:00–09:30"},
                    {"who": "Mei", "piece": "01", "state": "busy", "minutes": 60, "label": "09:30–10:30"},
                    {"who": "Mei", "piece": "02", "state": "tentative", "minutes": 30, "label": "10:30–11:00"},
                    {"who": "Bob", "piece": "00", "state": "free", "minutes": 120, "label": "09:00–11:00"},
                ],
            }
        ],
        "xField": "minutes",
        "yField": "who",
        "seriesField": "piece",
    },
}

GOOD = [
    card(text("**Hello** <at id=all></at>")),
    card(
        text(f"<at id={MEI}></at> and <person id='{MEI}' show_name=true></person> <at email=mei@daylark.example></at>")
    ),
    card(text("一", i18n_content={"zh_cn": "一", "en_us": "one", "ja_jp": "一つ"}), config={"update_multi": True}),
    card(button("Book", element_id="book_1", type="primary", size="small", width="fill")),
    card(CHART),
    card(
        {
            "tag": "column_set",
            "flex_mode": "none",
            "columns": [{"tag": "column", "width": "weighted", "weight": 1, "elements": [text("a"), button("B")]}],
        }
    ),
    card(
        {
            "tag": "form",
            "name": "when",
            "elements": [
                {"tag": "input", "name": "title", "label": {"tag": "plain_text", "content": "Title"}},
                {"tag": "date_picker", "name": "day", "required": True},
                {
                    "tag": "multi_select_static",
                    "name": "rooms",
                    "options": [{"text": {"tag": "plain_text", "content": "R1"}, "value": "omm_1"}],
                },
                button("Save", name="save", form_action_type="submit"),
            ],
        }
    ),
    card(
        {
            "tag": "table",
            "columns": [{"name": "when", "data_type": "date", "date_format": "YYYY-MM-DD HH:mm"}],
            "rows": [{"when": 1763700000000}],
        }
    ),
    card(
        header={
            "title": {"tag": "plain_text", "content": "Sync", "i18n_content": {"en_us": "Sync"}},
            "subtitle": {"tag": "plain_text", "content": "Weekly"},
            "template": "turquoise",
            "text_tag_list": [{"tag": "text_tag", "text": {"tag": "plain_text", "content": "new"}, "color": "lime"}],
            "icon": {"tag": "standard_icon", "token": "calendar_outlined"},
        }
    ),
    card({"tag": "person_list", "drop_invalid_user_id": True, "persons": [{"id": "ou_nobody"}]}),
]


@pytest.mark.parametrize("good", GOOD)
def test_a_card_by_the_book_is_taken(good: dict[str, Any]) -> None:
    validate(good, WORLD)
    validate_entity(good, WORLD)


BAD = [
    ("unsupported tag", card({"tag": "action", "actions": []}), "200861", "unsupported tag action"),
    ("column alone", card({"tag": "column", "elements": []}), "200861", "unsupported tag column"),
    ("unknown property", card(text("a", colour="red")), "200220", "colour"),
    ("unknown property of the card", card(fallback={}), "200220", "fallback"),
    ("unknown config", card(config={"wide_screen_mode": True}), "200220", "wide_screen_mode"),
    ("missing property", card({"tag": "markdown"}), "200220", "content is required"),
    ("wrong type", card(text("a", text_size=12)), "200220", "text_size"),
    ("wrong enum", card(button("B", type="big")), "200220", "big"),
    ("unknown locale", card(text("a", i18n_content={"en": "a"})), "200220", "en"),
    ("unknown person", card(text("<at id=ou_nobody></at>")), "100290", "ou_nobody"),
    ("unknown person in a translation", card(text("a", i18n_content={"en_us": "<at id=ou_x></at>"})), "100290", "ou_x"),
    ("unknown person component", card({"tag": "person", "user_id": "ou_nobody"}), "100290", "ou_nobody"),
    ("chart without data", card({"tag": "chart", "chart_spec": {"type": "bar"}}), "200550", "chart spec is invalid"),
    ("chart of no known type", card({"tag": "chart", "chart_spec": {"type": "gantt", "data": []}}), "200550", "gantt"),
    ("too many elements", card(*[text("a") for _ in range(201)]), "11310", "code:230099"),
    (
        "too many tables",
        card(*[{"tag": "table", "columns": [{"name": "a", "data_type": "text"}], "rows": []}] * 6),
        "11310",
        "table",
    ),
    (
        "table in a column",
        card(
            {
                "tag": "column_set",
                "columns": [{"tag": "column", "elements": [{"tag": "table", "columns": [], "rows": []}]}],
            }
        ),
        "200220",
        "root",
    ),
    ("select of many outside a form", card({"tag": "multi_select_static", "name": "a"}), "200220", "inside a form"),
    (
        "form field without name",
        card(
            {
                "tag": "form",
                "name": "f",
                "elements": [{"tag": "input"}, button("S", name="s", form_action_type="submit")],
            }
        ),
        "200530",
        "must have a name",
    ),
    (
        "form without submit",
        card({"tag": "form", "name": "f", "elements": [{"tag": "input", "name": "i"}]}),
        "200530",
        "submit",
    ),
    ("element_id too long", card(text("a", element_id="a" * 21)), "200220", "element_id"),
    ("element_id twice", card(text("a", element_id="a"), text("b", element_id="a")), "300301", "Duplicate"),
    ("exclusive card", card(config={"update_multi": False}), "300302", "update_multi"),
    (
        "row with a foreign name",
        card({"tag": "table", "columns": [{"name": "a", "data_type": "text"}], "rows": [{"b": 1}]}),
        "200915",
        "b",
    ),
    ("image key of a file", card({"tag": "img", "img_key": "file_1"}), "200570", "file_1"),
    (
        "local time of an unknown form",
        card(text("<local_datetime millisecond='0' format_type='short'></local_datetime>")),
        "200220",
        "short",
    ),
    ("behaviour of an unknown type", card(button("B", behaviors=[{"type": "jump"}])), "200220", "jump"),
    (
        "confirm without title",
        card(button("B", confirm={"text": {"tag": "plain_text", "content": "?"}})),
        "200220",
        "title",
    ),
]


@pytest.mark.parametrize(("bad", "sub_code", "words"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_what_is_wrong_is_named_with_its_sub_code(bad: dict[str, Any], sub_code: str, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        validate(bad, WORLD)
    assert refused.value.code == 230099
    assert f"ErrCode: {sub_code};" in (refused.value.msg or "")
    assert words in (refused.value.msg or "")


def test_a_card_over_30_kb_is_too_long() -> None:
    validate(card(text("x" * 30_000)), WORLD)
    with pytest.raises(Refusal) as refused:
        validate(card(text("字" * 10_300)), WORLD)
    assert refused.value.code == 230025


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ({}, 300307),
        (card(text("x" * 31_000)), 200860),
        ({"elements": []}, 300303),
        (card(config={"update_multi": False}), 300302),
        (card(text("a", element_id="a"), text("b", element_id="a")), 300301),
        (card(*[text("a") for _ in range(201)]), 300305),
        (card(text("a", colour="red")), 200220),
    ],
)
def test_card_entities_have_codes_of_their_own(bad: dict[str, Any], code: int) -> None:
    with pytest.raises(Refusal) as refused:
        validate_entity(bad, WORLD)
    assert refused.value.code == code


def test_five_levels_of_containers_and_no_more() -> None:
    def nested(levels: int) -> dict[str, Any]:
        inner: dict[str, Any] = text("deep")
        for _ in range(levels):
            inner = {"tag": "interactive_container", "behaviors": [], "elements": [inner]}
        return card(inner)

    validate(nested(5), WORLD)
    with pytest.raises(Refusal, match="230099"):
        validate(nested(6), WORLD)


def test_each_reader_reads_their_own_language_and_zone() -> None:
    moment = "<local_datetime millisecond='1796089500000' format_type='{}'></local_datetime>"  # 2026-12-01 01:45 UTC
    shown = card(
        text("开始 " + moment.format("date"), i18n_content={"en_us": "Starts " + moment.format("date_short")}),
        text(
            " ".join(moment.format(form) for form in ("date_num", "week", "week_short", "time", "time_sec", "timezone"))
        ),
        header={
            "title": {"tag": "plain_text", "content": "周会", "i18n_content": {"en_us": "Weekly", "ja_jp": "週次"}}
        },
    )
    assert plain_text(shown, language="en", timezone="America/New_York").splitlines() == [
        "Weekly",
        "Starts Nov 30",
        "2026-11-30 Monday Mon 20:45 20:45:00 GMT-5:00",
    ]
    assert plain_text(shown, language="ja", timezone="Asia/Tokyo").splitlines() == [
        "週次",
        "Starts 12月1日",
        "2026-12-01 火曜日 火 10:45 10:45:00 GMT+9:00",
    ]
    only_chinese = card(text("你好", i18n_content={"zh_cn": "你好"}))
    assert plain_text(only_chinese, language="en", timezone="UTC") == "你好"


def test_markdown_loses_its_marks_but_not_what_was_escaped() -> None:
    shown = card(
        text(
            "# Plan\n**Bold** and *thin* ~~gone~~ [the notes](https://x.example/a) <font color='red'>late</font>"
            f" <at id={MEI}></at>\n<text_tag color='blue'>tag</text_tag> `code` 2 &#42; 3 &#60;b&#62;<br>a_b_c 5 * 6 *"
        )
    )
    read = plain_text(shown, language="en", timezone="UTC", names={MEI: "Mei"}.get)
    assert read.splitlines() == [
        "Plan",
        "Bold and thin gone the notes late @Mei",
        "tag code 2 * 3 <b>",
        "a_b_c 5 * 6 *",
    ]


def test_the_free_busy_picture_reads_as_one_line_per_person() -> None:
    assert plain_text(card(CHART), language="en", timezone="UTC").splitlines() == [
        "Mei: busy 09:30–10:30; tentative 10:30–11:00",
        "Bob: free",
    ]
    assert plain_text(card(CHART), language="zh", timezone="UTC").splitlines() == [
        "Mei: 忙碌 09:30–10:30; 待定 10:30–11:00",
        "Bob: 空闲",
    ]


def test_buttons_are_listed_in_order_with_their_values() -> None:
    shown = card(
        button("Book", element_id="b1"),
        {"tag": "column_set", "columns": [{"tag": "column", "elements": [button("Later", disabled=True)]}]},
        button("Site", behaviors=[{"type": "open_url", "default_url": "https://x.example"}]),
        {
            "tag": "select_static",
            "placeholder": {"tag": "plain_text", "content": "选择", "i18n_content": {"en_us": "Pick"}},
            "options": [{"text": {"tag": "plain_text", "content": "R1"}, "value": "omm_1"}],
            "behaviors": [{"type": "callback", "value": {"do": "room"}}],
        },
        {
            "tag": "form",
            "name": "f",
            "elements": [{"tag": "input", "name": "title"}, button("OK", name="ok", form_action_type="submit")],
        },
    )
    validate(shown, WORLD)
    assert buttons(shown, language="en") == [
        {"text": "Book", "element_id": "b1", "value": {"do": "book"}, "disabled": False},
        {"text": "Later", "element_id": None, "value": {"do": "book"}, "disabled": True},
        {"text": "Site", "element_id": None, "value": None, "disabled": False, "url": "https://x.example"},
        {
            "text": "Pick",
            "element_id": None,
            "value": {"do": "room"},
            "disabled": False,
            "options": [{"text": "R1", "value": "omm_1"}],
        },
        {"text": "OK", "element_id": None, "value": {"do": "book"}, "disabled": False},
    ]


def test_a_control_is_found_by_id_name_or_text_in_any_language() -> None:
    shown = card(
        button("预订", element_id="b1")
        | {"text": {"tag": "plain_text", "content": "预订", "i18n_content": {"en_us": "Book"}}},
        {"tag": "form", "name": "f", "elements": [button("OK", name="ok", form_action_type="submit")]},
    )
    by_id, by_text, in_form = (find_control(shown, key) for key in ("b1", "book", "ok"))
    assert by_id is not None
    assert by_id == by_text
    assert in_form is not None
    assert in_form.submits
    assert in_form.form is not None
    assert find_control(shown, "Cancel") is None


def test_an_older_card_reads_too_one_set_of_components_per_language() -> None:
    old = {
        "header": {"title": {"tag": "plain_text", "content": "周会", "i18n": {"zh_cn": "周会", "en_us": "Weekly"}}},
        "i18n_elements": {
            "zh_cn": [{"tag": "div", "text": {"tag": "lark_md", "content": "**好**"}}],
            "en_us": [
                {"tag": "div", "text": {"tag": "lark_md", "content": "**Good**"}},
                {
                    "tag": "action",
                    "actions": [
                        {"tag": "button", "text": {"tag": "plain_text", "content": "OK"}, "value": {"do": "ok"}}
                    ],
                },
            ],
        },
    }
    validate(old, WORLD)
    assert plain_text(old, language="en_us", timezone="UTC").splitlines() == ["Weekly", "Good", "[OK]"]
    assert plain_text(old, language="zh_cn", timezone="UTC").splitlines() == ["周会", "好"]
    with pytest.raises(Refusal, match="230099"):
        validate({"elements": [{"tag": "markdown", "content": "<at id=ou_nobody></at>"}]}, WORLD)


ODD: list[Any] = [
    None,
    1,
    -1.5,
    True,
    "x",
    "",
    [],
    {},
    [None],
    {"a": 1},
    {"tag": "plain_text"},
    {"tag": ["a"]},
    {"zh_cn": 1},
]


def places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Every place inside a card where a value can be put."""
    for key in list(node) if isinstance(node, dict) else range(len(node)):
        yield node, key
        if isinstance(node[key], dict | list):
            yield from places(node[key])


@pytest.mark.parametrize("seed", range(300))
def test_nonsense_is_refused_or_shown_but_never_breaks_anything(seed: int) -> None:
    chance = random.Random(seed)
    odd = copy.deepcopy(chance.choice(GOOD))
    for _ in range(chance.choice([1, 2])):
        node, key = chance.choice(list(places(odd)))
        node[key] = copy.deepcopy(chance.choice(ODD))
    assert answer_to(odd) in (0, 230025, 230099)


def answer_to(odd: dict[str, Any]) -> int:
    """The code a message with this card gets; one that passes can be read and listed too."""
    try:
        validate(odd, WORLD)
    except Refusal as refused:
        return refused.code
    plain_text(odd, language="en_us", timezone="UTC")
    buttons(odd, language="zh_cn")
    return 0

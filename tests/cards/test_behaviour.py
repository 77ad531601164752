"""What the golden files cannot say: which button does what, when it is off, and who is asked twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.cards.actions import (
    BookAnyway,
    ChangeLength,
    PickReading,
    PickSlot,
    Relax,
    SetPeople,
    SetWhen,
    SetWhenExact,
    unpack,
)
from bot.cards.ask import QUICK, ask_people, ask_when
from bot.cards.help import TOPICS, help_card, unknown_command
from bot.cards.kit import Card, plain_text, render
from bot.cards.meeting import cancelled_card, meeting_card
from bot.cards.nothing import nothing_fits
from bot.cards.problem import Suggestion, problem_card
from bot.cards.slots import slot_picker
from bot.cards.words import clipped
from bot.domain.draft import Reason, Status
from bot.i18n import LOCALES
from tests.cards import gallery
from tests.cards.cast import BOB, BOOKED, DRAFT, MEI, NASTY_TITLE, NOW, at, slot, span

CORRECTIONS = ["correct_when", "correct_people", "correct_title"]


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for item in node.values():
            yield from nodes(item)
    elif isinstance(node, list):
        for item in node:
            yield from nodes(item)


def button(card: Card, element_id: str) -> dict[str, Any]:
    return next(node for node in nodes(render(card)) if node.get("element_id") == element_id)


def does(card: Card, element_id: str, **filled: Any) -> object:
    return unpack(button(card, element_id)["behaviors"][0]["value"], **filled)


def ids(card: Card) -> list[str]:
    return [node["element_id"] for node in nodes(render(card)) if "element_id" in node]


def test_a_free_time_is_one_tap_away() -> None:
    card = slot_picker(replace(gallery.ASKED_FREE, revision=3), now=NOW)
    assert ids(card) == ["slot_1", "slot_2", "slot_3", "other_times", "length", "cancel", *CORRECTIONS]
    assert does(card, "slot_1") == PickSlot(DRAFT.id, 3, at(19, 16, 30))
    assert button(card, "slot_1")["type"] == "primary_filled"
    assert button(card, "slot_2")["type"] == "default"
    assert "confirm" not in button(card, "slot_1")


def test_a_taken_time_is_said_first_and_booked_only_by_its_own_confirmed_button() -> None:
    card = slot_picker(gallery.ASKED_TAKEN, now=NOW)
    assert ids(card) == ["book_anyway", "slot_2", "slot_3", "other_times", "length", "cancel", *CORRECTIONS]
    assert does(card, "book_anyway") == BookAnyway(DRAFT.id, 0, at(19, 15))
    question = button(card, "book_anyway")["confirm"]["text"]["i18n_content"]
    assert question["en_us"] == "Bob is busy on Thu, Nov 19, 15:00–15:30. Book it all the same?"
    assert button(card, "slot_2")["type"] == "primary_filled"
    assert "Thu, Nov 19, 15:00–15:30 is taken: Bob is busy then." in plain_text(card, "en_us").splitlines()[3]


def test_a_compromise_is_confirmed_too() -> None:
    card = slot_picker(gallery.COMPROMISE, now=NOW)
    assert does(card, "slot_1") == BookAnyway(DRAFT.id, 0, at(19, 14, 30))
    assert "confirm" in button(card, "slot_1")
    assert button(card, "slot_1")["type"] == "default"


def test_a_time_that_has_begun_cannot_be_tapped() -> None:
    card = slot_picker(gallery.OVER, now=NOW)
    assert button(card, "slot_1")["disabled"] is True
    assert "disabled" not in button(card, "slot_2")


def test_the_length_of_the_draft_is_among_the_choices() -> None:
    card = slot_picker(replace(gallery.ASKED_FREE, length=timedelta(minutes=50)), now=NOW)
    choices = button(card, "length")
    assert [option["value"] for option in choices["options"]] == ["15", "30", "45", "50", "60", "90"]
    assert choices["initial_option"] == "50"
    assert does(card, "length", option="90") == ChangeLength(DRAFT.id, 0, 90)


def test_titles_and_places_of_others_never_show() -> None:
    """A draft knows when people are busy, not with what; so nothing else can reach the card."""
    text = plain_text(slot_picker(gallery.ASKED_TAKEN, now=NOW), "en_us")
    assert "Bob: 14:30–16:00 busy" in text


def test_an_injected_mention_stays_words() -> None:
    card = render(slot_picker(replace(gallery.ASKED_TAKEN, title=NASTY_TITLE), now=NOW))
    for node in nodes(card):
        if node.get("tag") == "markdown":
            for text in [node["content"], *node.get("i18n_content", {}).values()]:
                assert "<at" not in text
                assert "evil.example)" not in text
    assert "<at id=all></at>" in card["header"]["title"]["content"]  # plain text: shown, never read


@pytest.mark.parametrize("locale", LOCALES)
def test_a_title_is_the_same_in_every_language(locale: str) -> None:
    card = slot_picker(replace(gallery.ASKED_FREE, title="**Q4** <plan>"), now=NOW)
    assert "**Q4** <plan>" in plain_text(card, locale).splitlines()[0]


def test_what_people_typed_is_cut_where_a_card_would_burst() -> None:
    assert clipped("a  b\nc", 10) == "a b c"
    assert clipped("abcdef", 6) == "abcdef"
    assert clipped("abcdefg", 6) == "abcde…"


def test_the_reasons_of_the_ranking_are_read_out() -> None:
    why = (
        Reason("compromise"), Reason("most_free", {"free": 2, "total": 4}),
        Reason("busy", {"names": "Bob", "count": 1}),
        Reason("tentative", {"names": "Alice", "count": 1}), Reason("off_hours", {"names": "Mei", "count": 1}),
        Reason("near_asked", {"minutes": 60, "way": "earlier"}), Reason("after_busy", {"names": "Bob", "count": 1}),
    )  # fmt: skip
    card = slot_picker(replace(DRAFT, slots=(slot(19, 10, reasons=why),)), now=NOW)
    assert (
        "a compromise · 2 of 4 are free · busy: Bob · maybe: Alice · outside working hours: Mei · "
        "1 hour earlier than asked · right after a meeting of Bob"
    ) in plain_text(card, "en_us")
    assert "比你说的早 1 小时" in plain_text(card, "zh_cn")
    assert "ご希望より1時間早め" in plain_text(card, "ja_jp")


def test_the_quick_answers_are_words_the_bot_reads() -> None:
    card = ask_when(DRAFT, now=NOW)
    assert [does(card, element_id) for element_id in ids(card)[:4]] == [SetWhen(DRAFT.id, words) for words in QUICK]


def test_this_afternoon_is_not_offered_in_the_evening() -> None:
    assert "this_afternoon" not in ids(ask_when(DRAFT, now=at(18, 16)))
    assert "this_afternoon" in ids(ask_when(DRAFT, now=at(18, 15, 59)))


def test_the_picker_starts_tomorrow_at_ten_where_the_person_lives() -> None:
    card = render(ask_when(replace(DRAFT, zone="America/New_York"), now=at(18, 10)))
    (picker,) = [node for node in nodes(card) if node.get("tag") == "picker_datetime"]
    assert picker["initial_datetime"] == "2026-11-18 10:00"


def test_forms_send_what_was_filled_in() -> None:
    when = does(ask_when(DRAFT, now=NOW), "when_form_submit", form={"when": "2026-11-19 15:00 +0800"})
    assert when == SetWhenExact(DRAFT.id, at(19, 15))
    people = ask_people(DRAFT, candidates=[BOB.open_id])
    assert does(people, "people_form_submit", form={"people": [BOB.open_id]}) == SetPeople(DRAFT.id, (BOB.open_id,))
    assert does(people, "everyone") == SetPeople(DRAFT.id, ("*",))
    assert does(people, "alone") == SetPeople(DRAFT.id, ())


def test_one_to_one_there_is_no_everyone() -> None:
    assert "everyone" not in ids(ask_people(replace(DRAFT, guests=(MEI,))))


def test_every_reading_is_a_button() -> None:
    card = gallery.GALLERY["choices"]()
    assert does(card, "choice_2") == PickReading(DRAFT.id, at(20, 19), at(20, 19, 30))
    assert does(card, "choice_3") == PickReading(DRAFT.id, at(20, 0), all_day=True)


def test_what_could_be_given_up_is_a_button() -> None:
    card = nothing_fits(replace(gallery.LATE, revision=2), gallery.NO_COMMON_TIME, now=NOW)
    assert does(card, "relax_1") == Relax(DRAFT.id, 2, "shorter:45")
    assert does(card, "relax_2") == Relax(DRAFT.id, 2, f"optional:{BOB.open_id}")
    assert does(card, "relax_3") == Relax(DRAFT.id, 2, "later:1")


def test_a_problem_comes_with_its_ways_out() -> None:
    card = problem_card("past", {}, [Suggestion("Tomorrow", SetWhen("d1", "tomorrow morning"))])
    assert does(card, "suggestion_1") == SetWhen("d1", "tomorrow morning")


@pytest.mark.parametrize(
    ("status", "has"),
    [
        (Status.BOOKED, ["join", "open", "refresh", "undo"]),
        (Status.BOOKING, ["working"]),
        (Status.UNDONE, ["again"]),
        (Status.CANCELLED, ["again"]),
    ],
)
def test_each_state_of_a_meeting_has_its_buttons(status: Status, has: list[str]) -> None:
    assert ids(meeting_card(replace(BOOKED, status=status), now=NOW)) == has


def test_a_meeting_that_began_cannot_be_undone() -> None:
    assert "disabled" not in button(meeting_card(BOOKED, now=at(19, 16, 29)), "undo")
    assert button(meeting_card(BOOKED, now=at(19, 16, 30)), "undo")["disabled"] is True


def test_who_comes_is_said_by_answer() -> None:
    assert plain_text(meeting_card(BOOKED, now=NOW), "en_us").splitlines()[3:6] == [
        "✓ Coming (2): 李梅 and Bob",
        "… No answer yet (1): 山田 花子",
        "✗ Not coming (1): Alice",
    ]


def test_a_dropped_request_and_a_deleted_meeting_are_not_the_same() -> None:
    dropped = cancelled_card(replace(DRAFT, status=Status.CANCELLED), now=NOW)
    deleted = cancelled_card(replace(BOOKED, status=Status.CANCELLED), now=NOW)
    assert "Nothing was booked." in plain_text(dropped, "en_us")
    assert "deleted from the calendar" in plain_text(deleted, "en_us")


def test_an_unknown_command_gets_three_with_examples_whatever_is_near() -> None:
    for nearest in (["meet", "free", "undo", "help"], ["/settings"], ["nonsense"], []):
        text = plain_text(unknown_command("/meeet", nearest), "en_us")
        assert sum(f"\n{topic.command} " in text for topic in TOPICS.values()) == 3
    assert "\n/settings Your time zone\n" in plain_text(unknown_command("x", ["/settings"]), "en_us")


def test_help_about_something_unknown_is_help_about_everything() -> None:
    assert help_card("weather") == help_card()


def test_times_are_told_in_the_zone_of_whoever_asked() -> None:
    card = slot_picker(replace(gallery.ASKED_FREE, zone="Europe/London"), now=NOW)
    assert "[Book Thu, Nov 19, 08:30–09:00]" in plain_text(card, "en_us")
    assert "Thu, Nov 19, 08:00–18:00 · London time" in plain_text(card, "en_us")
    assert f"millisecond='{round(span(19, 16, 30).start.timestamp() * 1000)}'" in str(render(card))

"""What a tap means: there and back, and a kind answer to everything that is not ours."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.cards import actions
from bot.cards.actions import (
    Action,
    Again,
    BookAnyway,
    BookAsBot,
    CancelDraft,
    ChangeLength,
    Correct,
    OtherTimes,
    PickReading,
    PickSlot,
    RefreshMeeting,
    Relax,
    SetPeople,
    SetTitle,
    SetWhen,
    SetWhenExact,
    ShowHelp,
    StaleAction,
    StartLogin,
    TryWords,
    UndoMeeting,
    action,
    pack,
    unpack,
)
from tests.cards.cast import at

THREE = at(19, 15)
VALUES: list[tuple[Action, dict[str, object]]] = [
    (
        PickSlot("d1", 2, THREE),
        {"do": "slot.pick", "draft": "d1", "revision": 2, "start": "2026-11-19T07:00:00Z"},
    ),
    (
        BookAnyway("d1", 2, THREE),
        {"do": "slot.book_anyway", "draft": "d1", "revision": 2, "start": "2026-11-19T07:00:00Z"},
    ),
    (
        BookAsBot("d1", 2, THREE, anyway=True),
        {
            "do": "slot.book_as_bot",
            "draft": "d1",
            "revision": 2,
            "start": "2026-11-19T07:00:00Z",
            "anyway": True,
        },
    ),
    (StartLogin(), {"do": "login.start"}),
    (OtherTimes("d1", 0), {"do": "slot.others", "draft": "d1", "revision": 0}),
    (ChangeLength("d1", 1, 45), {"do": "slot.length", "draft": "d1", "revision": 1, "minutes": 45}),
    (Relax("d1", 1, "shorter"), {"do": "slot.relax", "draft": "d1", "revision": 1, "by": "shorter"}),
    (CancelDraft("d1", 1), {"do": "draft.cancel", "draft": "d1", "revision": 1}),
    (PickReading("d1", THREE), {"do": "draft.reading", "draft": "d1", "start": "2026-11-19T07:00:00Z"}),
    (
        PickReading("d1", THREE, THREE + timedelta(days=1), all_day=True),
        {
            "do": "draft.reading",
            "draft": "d1",
            "start": "2026-11-19T07:00:00Z",
            "end": "2026-11-20T07:00:00Z",
            "all_day": True,
        },
    ),
    (SetWhen("d1", "next week"), {"do": "draft.when", "draft": "d1", "words": "next week"}),
    (SetWhenExact("d1"), {"do": "draft.when_exact", "draft": "d1"}),
    (Correct("d1", 1, "when"), {"do": "draft.correct", "draft": "d1", "revision": 1, "slot": "when"}),
    (SetTitle("d1"), {"do": "draft.title", "draft": "d1"}),
    (SetPeople("d1"), {"do": "draft.people", "draft": "d1"}),
    (SetPeople("d1", ("*",)), {"do": "draft.people", "draft": "d1", "people": ["*"]}),
    (UndoMeeting("d1"), {"do": "meeting.undo", "draft": "d1"}),
    (RefreshMeeting("d1"), {"do": "meeting.refresh", "draft": "d1"}),
    (Again("d1"), {"do": "draft.again", "draft": "d1"}),
    (ShowHelp("meet"), {"do": "help.show", "topic": "meet"}),
    (ShowHelp(), {"do": "help.show"}),
    (TryWords("/free tomorrow"), {"do": "command.try", "words": "/free tomorrow"}),
]


@pytest.mark.parametrize(("what", "value"), VALUES, ids=lambda each: type(each).__name__)
def test_an_action_travels_there_and_back(what: Action, value: dict[str, object]) -> None:
    assert pack(what) == value
    assert unpack(json.loads(json.dumps(value))) == what


def test_every_action_is_in_the_table_above() -> None:
    assert {type(what) for what, _ in VALUES} == set(actions.registered().values())


def test_the_option_chosen_in_a_list_fills_its_field() -> None:
    assert unpack(pack(ChangeLength("d1", 3)), option="90") == ChangeLength("d1", 3, 90)


def test_a_form_fills_the_time_that_was_picked() -> None:
    tapped = unpack(pack(SetWhenExact("d1")), form={"when": "2026-11-19 15:30 +0900"})
    assert tapped == SetWhenExact("d1", datetime(2026, 11, 19, 15, 30, tzinfo=timezone(timedelta(hours=9))))


def test_an_empty_form_leaves_the_time_open() -> None:
    assert unpack(pack(SetWhenExact("d1")), form={"when": ""}) == SetWhenExact("d1")


def test_a_form_fills_the_people_and_nothing_else() -> None:
    form = {"people": ["ou_1", "ou_2"], "draft": "somebody_elses"}
    assert unpack(pack(SetPeople("d1")), form=form) == SetPeople("d1", ("ou_1", "ou_2"))


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (None, "the value names no action"),
        ("slot.pick", "the value names no action"),
        ([], "the value names no action"),
        ({}, "the value names no action"),
        ({"do": 7}, "the value names no action"),
        ({"key": "value"}, "the value names no action"),
        ({"do": "slot.explode"}, "no action is called slot.explode"),
        ({"do": "slot.others", "draft": "d1"}, "slot.others lacks revision"),
        ({"do": "slot.others", "draft": "d1", "revision": 1, "x": 2}, "slot.others has no x"),
        ({"do": "slot.others", "draft": 5, "revision": 1}, "slot.others.draft cannot be 5"),
        ({"do": "slot.others", "draft": "d1", "revision": True}, "slot.others.revision cannot be True"),
        ({"do": "slot.others", "draft": "d1", "revision": None}, "slot.others.revision cannot be None"),
        ({"do": "slot.pick", "draft": "d1", "revision": 1, "start": "soon"}, "slot.pick.start is no time: 'soon'"),
        ({"do": "slot.pick", "draft": "d1", "revision": 1, "start": 5}, "slot.pick.start cannot be 5"),
        ({"do": "draft.people", "draft": "d1", "people": [1]}, "draft.people.people cannot be [1]"),
        ({"do": "draft.people", "draft": "d1", "people": "ou_1"}, "draft.people.people cannot be 'ou_1'"),
    ],
)
def test_what_nobody_here_can_act_on_is_stale(value: object, why: str) -> None:
    with pytest.raises(StaleAction) as stale:
        unpack(value)
    assert stale.value.why == why


def test_a_length_that_is_no_number_is_stale() -> None:
    with pytest.raises(StaleAction, match=r"slot\.length\.minutes cannot be 'soon'"):
        unpack(pack(ChangeLength("d1", 3)), option="soon")


def test_two_actions_of_one_name_fail_at_import() -> None:
    with pytest.raises(ValueError, match=r"two actions are called slot\.pick"):
        action("slot.pick")(type("Impostor", (Action,), {}))


def test_the_table_cannot_be_written_from_outside() -> None:
    with pytest.raises(TypeError):
        actions.registered()["x"] = Action  # type: ignore[index]


def test_instants_travel_in_utc() -> None:
    tapped = unpack(pack(PickSlot("d1", 1, THREE)))
    assert isinstance(tapped, PickSlot)
    assert tapped.start == datetime(2026, 11, 19, 7, tzinfo=UTC)

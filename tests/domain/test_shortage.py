"""Why nothing suits everybody, and what could be given up for it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bot.domain.draft import Guest
from bot.domain.shortage import days_later
from bot.domain.slots import Availability, Relaxed, Shortage, propose, relax
from bot.domain.span import Span
from tests.domain.people import BERLIN, HALF_HOUR, NEW_YORK, SHANGHAI, THURSDAY, at, person, span, whole_day

NOW = at("08:00")
HOUR = timedelta(hours=1)
MEI = person("Mei", organizer=True)
FORTNIGHT = whole_day(THURSDAY, 14)


def shortage(
    *people: Availability, window: str = "14:00-16:00", length: timedelta = HALF_HOUR, now: datetime = NOW
) -> Shortage:
    found = propose([span(window)], people, length=length, now=now, known=FORTNIGHT).shortage
    assert found is not None
    return found


def cause(
    *people: Availability, window: str = "14:00-16:00", length: timedelta = HALF_HOUR
) -> tuple[str, dict[str, str | int]]:
    found = shortage(*people, window=window, length=length)
    return found.key, dict(found.values)


def test_a_window_that_is_over() -> None:
    assert shortage(MEI, now=at("17:00")) == Shortage("window_past")
    assert shortage(MEI, now=at("15:40")) == Shortage("window_past")


def test_a_window_that_is_too_short() -> None:
    assert cause(MEI, window="14:00-14:30", length=HOUR) == ("window_short", {"minutes": 60, "window": 30})


def test_everything_was_shown() -> None:
    window = span("14:00-15:00")
    found = propose([window], [MEI], length=HALF_HOUR, now=NOW, excluded=[window])
    assert found.slots == ()
    assert found.shortage is not None
    assert found.shortage.key == "all_shown"


@pytest.mark.parametrize(
    ("people", "key", "values"),
    [
        ([person("Mei", "13:00-17:00", organizer=True), person("Bob")], "organizer_busy", {"minutes": 30}),
        ([MEI, person("Bob", "13:00-17:00")], "someone_busy", {"names": "Bob", "count": 1, "minutes": 30}),
        (
            [MEI, person("Cai", "13:00-17:00"), person("Bob", "13:00-15:30"), person("Dan")],
            "someone_busy",
            {"names": "Cai", "count": 1, "minutes": 30},
        ),
        (
            [person("Mei", "13:00-17:00", organizer=True), person("Bob", "13:00-17:00")],
            "everyone_busy",
            {"count": 2, "minutes": 30},
        ),
        (
            [MEI, person("Bob", "14:00-15:00"), person("Cai", "14:45-16:00")],
            "no_common_time",
            {"names": "Cai", "count": 1, "minutes": 30},
        ),
        ([MEI, person("Eva", zone=NEW_YORK)], "off_hours", {"names": "Eva", "count": 1}),
        ([MEI, person("Bob", unknown=True), person("Cai", unknown=True)], "unknown", {"names": "Bob, Cai", "count": 2}),
        (
            [MEI, person("Bob", maybe=("13:00-17:00",)), person("Cai", maybe=("13:00-17:00",))],
            "only_maybe",
            {"names": "Bob, Cai", "count": 2},
        ),
    ],
)
def test_the_cause_names_who_it_is(people: list[Availability], key: str, values: dict[str, str | int]) -> None:
    assert cause(*people) == (key, values)
    assert cause(*people[::-1]) == (key, values)


def test_nights_are_not_taken_for_common_time() -> None:
    found = propose([whole_day()], [MEI, person("Bob", "09:00-18:00")], length=HALF_HOUR, now=NOW).shortage
    assert found is not None
    assert found.key == "someone_busy"


def test_there_is_no_shortage_when_everybody_can() -> None:
    assert (
        propose([span("14:00-16:00")], [MEI, person("Bob", "14:00-15:00")], length=HALF_HOUR, now=NOW).shortage is None
    )


# ---- relaxations


def test_a_shorter_meeting() -> None:
    found = shortage(MEI, person("Bob", "14:30-15:30"), length=HOUR)
    (shorter, later) = found.relaxations
    assert (shorter.key, shorter.by, shorter.slots, dict(shorter.values)) == (
        "shorter",
        "shorter:30",
        2,
        {"minutes": 30, "slots": 2},
    )
    assert (later.key, later.by, dict(later.values)) == (
        "later",
        "later:1",
        {"days": 1, "date": "2026-11-20", "slots": 2},
    )


def test_doing_without_one_person() -> None:
    people = [MEI, person("Bob", "13:00-17:00"), person("Cai", "14:00-15:00"), person("Dan")]
    optional = next(each for each in shortage(*people).relaxations if each.key == "optional")
    assert (optional.by, optional.slots, dict(optional.values)) == (
        "optional:ou_bob",
        2,
        {"names": "Bob", "count": 1, "slots": 2},
    )


def test_of_two_people_neither_is_left_out() -> None:
    assert "optional" not in {each.key for each in shortage(MEI, person("Bob", "13:00-17:00")).relaxations}


def test_a_later_day_skips_the_weekend() -> None:
    friday = date(2026, 11, 20)
    busy = person("Bob", "14:00-16:00", day=friday)
    found = propose([span("14:00-16:00", friday)], [MEI, busy], length=HALF_HOUR, now=NOW, known=FORTNIGHT).shortage
    assert found is not None
    assert [(each.by, each.values["date"]) for each in found.relaxations] == [("later:3", "2026-11-23")]


def test_days_nobody_has_read_are_not_promised() -> None:
    found = propose([span("14:00-16:00")], [MEI, person("Bob", "13:00-17:00")], length=HALF_HOUR, now=NOW).shortage
    assert found is not None
    assert found.relaxations == ()


def test_what_a_relaxation_promises_it_keeps() -> None:
    people = [MEI, person("Bob", "14:00-15:15"), person("Cai", "15:30-17:00"), person("Dan", "15:00-15:30")]
    window = (span("14:00-16:00"),)
    guests = [each.guest for each in people]
    for each in shortage(*people, length=HOUR).relaxations:
        relaxed = relax(each.by, windows=window, length=HOUR, guests=guests, zone=SHANGHAI)
        assert relaxed is not None
        again = [
            Availability(guest, person.zone, person.hours, person.busy)
            for guest, person in zip(relaxed.guests, people, strict=True)
        ]
        found = propose(relaxed.windows, again, length=relaxed.length, now=NOW, limit=9)
        assert found.shortage is None
        assert len([slot for slot in found.slots if slot.tier in "AB"]) >= 1


def test_giving_up_what_is_not_there_means_nothing() -> None:
    guests = (Guest("ou_mei", "Mei", organizer=True), Guest("ou_bob", "Bob"), Guest("ou_cai", "Cai", optional=True))

    def given_up(by: str) -> Relaxed | None:
        return relax(by, windows=[span("14:00-16:00")], length=HOUR, guests=guests, zone=SHANGHAI)

    for by in ("", "shorter", "shorter:60", "shorter:0", "shorter:-5", "later:0", "later:99", "optional:ou_mei", "x:1"):
        assert given_up(by) is None
    assert given_up("optional:ou_cai") is None
    freed = given_up("optional:ou_bob")
    assert freed is not None
    assert [guest.optional for guest in freed.guests] == [False, True, True]


def test_later_keeps_the_clock_over_a_change_of_clocks() -> None:
    saturday = date(2026, 3, 28)
    (moved,) = days_later([span("09:00-10:00", saturday, BERLIN)], 1, BERLIN)
    assert moved == span("09:00-10:00", date(2026, 3, 29), BERLIN)
    assert moved.start - span("09:00-10:00", saturday, BERLIN).start == timedelta(hours=23)
    (night,) = days_later([Span(at("01:00", saturday, BERLIN), at("04:00", saturday, BERLIN))], 1, BERLIN)
    assert night.length == timedelta(hours=2)

"""Working hours on the person's own clock, around lunch, holidays and clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.span import Span
from bot.domain.workhours import WorkHours, days_of
from tests.domain.people import BERLIN, NEW_YORK, SHANGHAI, THURSDAY, span

HOURS = WorkHours()
SATURDAY = date(2026, 11, 21)


def utc(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def test_a_working_day_is_two_spans_around_lunch() -> None:
    assert HOURS.spans(THURSDAY, SHANGHAI) == (Span(utc(19, 1), utc(19, 4)), Span(utc(19, 5), utc(19, 10)))
    assert HOURS.spans(THURSDAY, NEW_YORK) == (Span(utc(19, 14), utc(19, 17)), Span(utc(19, 18), utc(19, 23)))


def test_the_weekend_is_free() -> None:
    assert HOURS.spans(SATURDAY, SHANGHAI) == ()
    assert HOURS.whole(SATURDAY, SHANGHAI) is None
    assert HOURS.lunch_on(SATURDAY, SHANGHAI) is None


def test_a_holiday_closes_and_a_make_up_saturday_opens() -> None:
    hours = WorkHours(closed=frozenset({THURSDAY}), open=frozenset({SATURDAY}), lunch=None)
    assert hours.spans(THURSDAY, SHANGHAI) == ()
    assert hours.spans(SATURDAY, SHANGHAI) == (Span(utc(21, 1), utc(21, 10)),)


@pytest.mark.parametrize(
    ("words", "covered", "reached"),
    [
        ("09:00-12:00", True, True),
        ("13:00-18:00", True, True),
        ("11:45-12:15", False, True),
        ("12:00-13:00", False, True),
        ("08:59-09:30", False, False),
        ("17:45-18:01", False, False),
        ("20:00-21:00", False, False),
    ],
)
def test_which_times_are_inside(words: str, covered: bool, reached: bool) -> None:
    assert HOURS.covers(span(words), SHANGHAI) is covered
    assert HOURS.reaches(span(words), SHANGHAI) is reached


def test_another_zone_has_other_hours() -> None:
    assert HOURS.covers(span("22:00-23:00"), NEW_YORK)  # nine in the morning there
    assert not HOURS.covers(span("10:00-11:00"), NEW_YORK)


def test_hours_stay_on_the_clock_when_it_changes() -> None:
    winter, summer = date(2026, 3, 27), date(2026, 3, 30)
    assert HOURS.spans(winter, BERLIN)[0].start == utc(27, 8, month=3)
    assert HOURS.spans(summer, BERLIN)[0].start == utc(30, 7, month=3)


def test_a_shift_over_the_missing_hour_is_an_hour_shorter() -> None:
    night = WorkHours(time(1), time(5), lunch=None, days=frozenset(range(7)))
    assert [part.length for part in night.spans(date(2026, 3, 29), BERLIN)] == [timedelta(hours=3)]
    assert [part.length for part in night.spans(date(2026, 10, 25), BERLIN)] == [timedelta(hours=5)]


def test_a_shift_inside_the_missing_hour_does_not_exist() -> None:
    lost = WorkHours(time(2, 10), time(2, 50), lunch=None, days=frozenset(range(7)))
    assert sum((part.length for part in lost.spans(date(2026, 3, 29), BERLIN)), timedelta(0)) <= timedelta(minutes=40)


def test_hours_that_end_before_they_start_are_refused() -> None:
    with pytest.raises(ValueError, match="working hours"):
        WorkHours(time(18), time(9))
    with pytest.raises(ValueError, match="lunch"):
        WorkHours(lunch=(time(13), time(12)))


def test_the_days_a_span_touches() -> None:
    assert list(days_of(span("23:00-23:59"), SHANGHAI)) == [THURSDAY]
    midnight = Span(utc(19, 15), utc(19, 16))  # ends as Friday begins in Shanghai
    assert list(days_of(midnight, SHANGHAI)) == [THURSDAY]
    assert list(days_of(Span(utc(19, 15), utc(19, 16, 1)), SHANGHAI)) == [THURSDAY, date(2026, 11, 20)]
    assert list(days_of(Span(utc(19, 15), utc(19, 15)), SHANGHAI)) == [THURSDAY]


@given(
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]),
)
def test_every_working_span_is_covered_and_within_its_day(day: date, name: str) -> None:
    zone = ZoneInfo(name)
    for part in HOURS.spans(day, zone):
        assert HOURS.covers(part, zone)
        assert list(days_of(part, zone)) == [day]

"""Common free time: tables written out, and what must hold for any calendars."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.draft import Busy
from bot.domain.freetime import common_free, meeting_hours
from bot.domain.span import Span

SHANGHAI = ZoneInfo("Asia/Shanghai")
HALF = timedelta(minutes=30)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


def span(day: int, start: int, end: int) -> Span:
    return Span(at(day, start), at(day, end))


def test_what_is_left_between_two_calendars() -> None:
    busy = {"a": (Busy(span(19, 14, 15)),), "b": (Busy(span(19, 16, 17)),)}
    assert common_free([span(19, 13, 18)], busy, zone=SHANGHAI, length=HALF) == (
        span(19, 13, 14), span(19, 15, 16), span(19, 17, 18),
    )  # fmt: skip


def test_too_short_gaps_and_tentative_invitations_do_not_count() -> None:
    busy = {"a": (Busy(Span(at(19, 13, 15), at(19, 15))), Busy(span(19, 15, 16), tentative=True))}
    assert common_free([span(19, 13, 16)], busy, zone=SHANGHAI, length=HALF) == (span(19, 15, 16),)


def test_an_unreadable_calendar_takes_nothing() -> None:
    assert common_free([span(19, 13, 14)], {"a": None}, zone=SHANGHAI, length=HALF) == (span(19, 13, 14),)


def test_days_mean_office_hours_without_the_weekend() -> None:
    friday_to_monday = Span(at(20, 16), at(23, 11))
    assert list(meeting_hours(friday_to_monday, SHANGHAI)) == [span(20, 16, 18), span(23, 9, 11)]


spans = st.builds(
    lambda start, length: Span.of(
        datetime(2026, 11, 16, tzinfo=UTC) + timedelta(minutes=start), timedelta(minutes=length)
    ),
    st.integers(0, 10_000),
    st.integers(1, 600),
)


@given(st.lists(spans, max_size=8), st.lists(spans, min_size=1, max_size=3))
def test_free_time_is_inside_a_window_and_outside_every_calendar(taken: list[Span], windows: list[Span]) -> None:
    free = common_free(windows, {"a": tuple(Busy(each) for each in taken)}, zone=SHANGHAI, length=HALF)
    for stretch in free:
        assert stretch.length >= HALF
        assert not any(stretch.overlaps(each) for each in taken)
    assert list(free) == sorted(free)
    assert not any(a.overlaps(b) for a in free for b in free if a is not b)

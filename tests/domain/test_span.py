"""Spans are half-open, in UTC, and count elapsed time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.span import Span, gaps, merged

BERLIN = ZoneInfo("Europe/Berlin")
ORIGIN = datetime(2026, 3, 28, tzinfo=UTC)


def minutes(start: int, end: int) -> Span:
    return Span(ORIGIN + timedelta(minutes=start), ORIGIN + timedelta(minutes=end))


spans = st.tuples(st.integers(0, 300), st.integers(0, 120)).map(lambda pair: minutes(pair[0], pair[0] + pair[1]))
many = st.lists(spans, max_size=12)


def covered(parts: list[Span]) -> set[int]:
    """Every minute that lies in one of the spans."""
    return {
        n
        for part in parts
        for n in range((part.start - ORIGIN) // timedelta(minutes=1), (part.end - ORIGIN) // timedelta(minutes=1))
    }


def test_a_span_is_told_in_utc() -> None:
    span = Span(datetime(2026, 7, 1, 9, tzinfo=BERLIN), datetime(2026, 7, 1, 10, tzinfo=BERLIN))
    assert span == Span(datetime(2026, 7, 1, 7, tzinfo=UTC), datetime(2026, 7, 1, 8, tzinfo=UTC))
    assert span.start.tzinfo is UTC


def test_a_night_with_a_clock_change_has_its_true_length() -> None:
    one, four = datetime(2026, 3, 29, 1, tzinfo=BERLIN), datetime(2026, 3, 29, 4, tzinfo=BERLIN)
    assert four - one == timedelta(hours=3)  # what Python makes of the clock on the wall
    assert Span(one, four).length == timedelta(hours=2)
    assert Span.of(one, timedelta(hours=2)).end.astimezone(BERLIN).hour == 4
    autumn = Span(datetime(2026, 10, 25, 1, tzinfo=BERLIN), datetime(2026, 10, 25, 4, tzinfo=BERLIN))
    assert autumn.length == timedelta(hours=4)


def test_naive_and_backward_spans_are_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        Span(datetime(2026, 1, 1), datetime(2026, 1, 2, tzinfo=UTC))
    with pytest.raises(ValueError, match="before it starts"):
        minutes(5, 4)


def test_ends_do_not_overlap() -> None:
    assert not minutes(0, 30).overlaps(minutes(30, 60))
    assert minutes(0, 31).overlaps(minutes(30, 60))
    assert minutes(0, 30).intersection(minutes(30, 60)) is None
    assert minutes(0, 45).intersection(minutes(30, 60)) == minutes(30, 45)
    assert minutes(0, 60).contains(minutes(0, 60))
    assert not minutes(0, 60).contains(minutes(59, 61))


def test_touching_spans_are_one() -> None:
    assert merged([minutes(30, 60), minutes(0, 30), minutes(70, 80), minutes(10, 20)]) == [
        minutes(0, 60),
        minutes(70, 80),
    ]


def test_what_is_left_of_a_window() -> None:
    assert list(gaps(minutes(0, 60), [minutes(50, 90), minutes(10, 20)])) == [minutes(0, 10), minutes(20, 50)]
    assert list(gaps(minutes(0, 60), [minutes(-5, 65)])) == []
    assert list(gaps(minutes(0, 60), [])) == [minutes(0, 60)]


@given(many)
def test_merging_keeps_every_minute_and_leaves_nothing_touching(parts: list[Span]) -> None:
    whole = merged(parts)
    assert covered(whole) == covered(parts)
    assert all(one.end < two.start for one, two in pairwise(whole))
    assert merged(reversed(parts)) == whole


@given(spans, many)
def test_gaps_and_what_is_taken_make_up_the_window(window: Span, taken: list[Span]) -> None:
    left = list(gaps(window, taken))
    assert covered(left) == covered([window]) - covered(taken)
    assert all(gap.length > timedelta(0) for gap in left)

"""Days on which the weekday alone does not tell whether people work."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.domain.daysoff import DaysOff, days_off, with_days_off
from bot.domain.workhours import WorkHours

SHANGHAI, TOKYO, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("Asia/Tokyo"), ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("day", "zone", "works"),
    [
        (date(2026, 2, 14), SHANGHAI, True),  # a Saturday that makes up for the Spring Festival
        (date(2026, 2, 17), SHANGHAI, False),
        (date(2026, 10, 7), SHANGHAI, False),
        (date(2026, 10, 8), SHANGHAI, True),
        (date(2026, 10, 10), SHANGHAI, True),
        (date(2026, 10, 17), SHANGHAI, False),
        (date(2026, 5, 6), TOKYO, False),  # makes up for Constitution Day on a Sunday
        (date(2026, 5, 7), TOKYO, True),
        (date(2026, 11, 23), TOKYO, False),
        (date(2026, 11, 26), NEW_YORK, False),
        (date(2026, 11, 27), NEW_YORK, True),
        (date(2026, 10, 1), NEW_YORK, True),
    ],
)
def test_who_works_when(day: date, zone: ZoneInfo, works: bool) -> None:
    assert with_days_off(WorkHours(), zone, [2026]).works_on(day) is works


def test_a_year_whose_list_is_not_made_yet_has_the_days_in_law() -> None:
    far = days_off("CN", 2060)
    assert date(2060, 10, 1) in far.closed
    assert far.open == frozenset()


def test_over_new_year_both_years_are_minded() -> None:
    hours = with_days_off(WorkHours(), TOKYO, [2026, 2027])
    assert not hours.works_on(date(2026, 11, 23))
    assert not hours.works_on(date(2027, 1, 1))


def test_a_persons_own_days_are_kept() -> None:
    own = WorkHours(closed=frozenset({date(2026, 11, 19)}), open=frozenset({date(2026, 11, 21)}))
    hours = with_days_off(own, SHANGHAI, [2026])
    assert not hours.works_on(date(2026, 11, 19))
    assert hours.works_on(date(2026, 11, 21))


def test_where_nothing_is_known_weekdays_decide() -> None:
    assert with_days_off(WorkHours(), ZoneInfo("Asia/Kathmandu"), [2026]) == WorkHours()
    assert days_off("XX", 2026) == DaysOff()

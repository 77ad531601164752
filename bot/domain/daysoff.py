"""Public holidays, and the working Saturdays and Sundays that make up for them in China."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.domain.workhours import WorkHours

# Whose holidays a person keeps who lives by this zone's clock. A zone of several countries is left out.
COUNTRIES = MappingProxyType(
    {
        "Asia/Shanghai": "CN",
        "Asia/Urumqi": "CN",
        "Asia/Hong_Kong": "HK",
        "Asia/Taipei": "TW",
        "Asia/Tokyo": "JP",
        "Asia/Seoul": "KR",
        "Asia/Singapore": "SG",
        "Asia/Kolkata": "IN",
        "Australia/Sydney": "AU",
        "Europe/Berlin": "DE",
        "Europe/London": "GB",
        "Europe/Paris": "FR",
        "America/New_York": "US",
        "America/Chicago": "US",
        "America/Denver": "US",
        "America/Los_Angeles": "US",
    }
)


@dataclass(frozen=True, slots=True)
class DaysOff:
    """The days of one year on which the weekday alone does not tell whether people work."""

    closed: frozenset[date] = frozenset()
    open: frozenset[date] = frozenset()


@lru_cache(maxsize=64)
def days_off(country: str, year: int) -> DaysOff:
    """One country's year. China's list is made each autumn; before that only the days in law are known."""
    if country == "CN" and (known := _china(year)) is not None:
        return known
    import holidays

    try:
        return DaysOff(frozenset(holidays.country_holidays(country, years=year)))
    except NotImplementedError:
        return DaysOff()


def _china(year: int) -> DaysOff | None:
    import chinese_calendar

    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    try:
        at_work = {day: chinese_calendar.is_workday(day) for day in days if day.year == year}
    except NotImplementedError:
        return None
    return DaysOff(
        closed=frozenset(day for day, works in at_work.items() if day.weekday() < 5 and not works),
        open=frozenset(day for day, works in at_work.items() if day.weekday() >= 5 and works),
    )


def with_days_off(hours: WorkHours, zone: ZoneInfo, years: Iterable[int]) -> WorkHours:
    """These hours, minding the public holidays of the country that lives by this zone."""
    country = COUNTRIES.get(zone.key)
    if country is None:
        return hours
    known = [days_off(country, year) for year in sorted(set(years))]
    return replace(
        hours,
        closed=hours.closed.union(*(each.closed for each in known)),
        open=hours.open.union(*(each.open for each in known)),
    )

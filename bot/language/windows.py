"""Where to look for time: office hours for parts of the day, working days of a longer stretch."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.intent import Choice, Window
from bot.domain.timelang.model import Kind, Part, Reading
from bot.language.moments import DAY, clock_said, day_said, hours_of_a_week, later, open_hours_of_a_week

OFFICE = {  # hours people meet in, by the part of day they name
    "morning": (9, 12),
    "noon": (12, 14),
    "lunch": (12, 14),
    "after_lunch": (13, 15),
    "afternoon": (13, 18),
    "evening": (18, 21),
    "night": (18, 21),
    "dawn": (0, 6),
}

WORK = (9, 18)


def window_of(r: Reading, now: datetime) -> list[Window]:
    """Where to look for time: office hours of the parts of the day, each working day of a longer stretch.

    There is always one at least.
    """
    if r.kind is Kind.DATE and r.start is not None:
        return [Window(r.start, r.start + DAY, whole_days=True)]
    if r.kind is Kind.INSTANT and r.start is not None:
        return [Window(r.start, None)]
    hours = OFFICE.get(r.daypart or "") or _hours_of_days(r)
    start, end = r.start, r.end
    if open_hours_of_a_week(r):
        start, end = (start, _close(start)) if start is not None else (end and _at(end, WORK[0]), end)
    if start is not None and end is not None and (hours_of_a_week(r) or open_hours_of_a_week(r)):
        return [w for w in _same_hours(start, end) if w.end is None or w.end > now] or [Window(start, end)]
    if r.daypart == "eod" or (start is None and end is not None and not r.whole_days):
        return [Window(_opening(r, now), end)]
    if start is not None and end is not None and end - start > timedelta(hours=36) and (hours or clock_said(r)):
        return _each_day(start, end, hours or WORK)
    if hours and start is not None:
        day = start.replace(hour=0, minute=0)
        first, last = _at(day, hours[0]), _at(day, hours[1])
        if clock_said(r):
            return [Window(start, end or last)]
        return [Window(max(first, now) if first < now < last else first, last)]
    if start is not None and end is None and not r.whole_days:
        return [Window(start, _close(start) if day_said(r) or clock_said(r) else None)]
    if start is None and end is not None and Part.WEEK in r.said and end - 7 * DAY > now:
        start = end - 7 * DAY  # "within next week"
    return [Window(start, end, whole_days=r.whole_days or _midnights(start, end))]


def _close(start: datetime) -> datetime:
    return _at(start, 18) if start.hour < 18 else _at(start, 21) if start.hour < 21 else _at(start, 24)


def _same_hours(start: datetime, end: datetime) -> list[Window]:
    """The same hours on every working day of the week."""
    days = [timedelta(days=d - start.weekday()) for d in range(5)]
    return [Window(start + d, end + d) for d in days]


def _hours_of_days(r: Reading) -> tuple[int, int] | None:
    """周一到周三上午: the part of the day goes for each of the days."""
    if Part.PART_OF_DAY not in r.said or clock_said(r) or r.start is None or r.end is None:
        return None
    if (r.start.hour, r.start.minute) != (0, 0) or r.end - r.start <= DAY:
        return None
    return {12: OFFICE["morning"], 18: OFFICE["afternoon"]}.get(r.end.hour)


def _opening(r: Reading, now: datetime) -> datetime:
    """When a stretch that only has an end begins: now, or in the morning of a later day that was named."""
    assert r.end is not None
    morning = _at(r.end, WORK[0])
    if r.end.date() > now.date() and (clock_said(r) or r.daypart) and day_said(r) and morning < r.end:
        return morning
    return now


def _midnights(start: datetime | None, end: datetime | None) -> bool:
    return all(t is None or (t.hour, t.minute) == (0, 0) for t in (start, end)) and (start or end) is not None


def _each_day(start: datetime, end: datetime, hours: tuple[int, int]) -> list[Window]:
    """These hours of each working day; of a weekend, which is asked for by name, of each of its days."""
    days = [start.replace(hour=0, minute=0)]
    while days[-1] + DAY < end:
        days.append(days[-1] + DAY)
    working = [day for day in days if day.weekday() < 5]
    return [Window(_at(day, hours[0]), _at(day, hours[1])) for day in working or days]


def _at(day: datetime, hour: int) -> datetime:
    midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + DAY if hour == 24 else midnight.replace(hour=hour)


def choice_of(r: Reading, length: timedelta | None, now: datetime) -> Choice:
    """One reading as something to tap."""
    if r.kind is Kind.DATE and r.start is not None:
        return Choice(r.start, None, all_day=True)
    if r.kind is Kind.RANGE and (r.daypart or r.whole_days or r.start is None):
        window = window_of(r, now)[0]
        return Choice(window.start or now, window.end, all_day=window.whole_days)
    assert r.start is not None
    end = r.end if r.kind is Kind.RANGE else None
    return Choice(r.start, end or (later(r.start, length) if length else None))

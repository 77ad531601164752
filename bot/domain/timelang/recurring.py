"""Repetition as RFC 5545 writes it, and its first day."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.timelang.daymath import UnreadableError
from bot.domain.timelang.feasts import feast, month_end
from bot.domain.timelang.spec import Spec

_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LONGEST_SEARCH = 366 * 9


def rule_of(spec: Spec, until: date | None) -> str:
    """The RRULE of a spec that repeats."""
    freq = _frequency(spec)
    parts = [f"FREQ={freq}"]
    if spec.interval:
        parts.append(f"INTERVAL={spec.interval}")
    if freq == "YEARLY":
        month, days = _yearly(spec)
        if month:
            parts.append(f"BYMONTH={month}")
        if days:
            parts.append("BYMONTHDAY=" + ",".join(str(day) for day in sorted(days)))
    elif freq == "MONTHLY":
        days = _month_days(spec)
        if days:
            parts.append("BYMONTHDAY=" + ",".join(str(day) for day in days))
    by_day = _by_day(spec)
    if by_day:
        parts.append("BYDAY=" + ",".join(by_day))
    if spec.nthof == "workday" and spec.nth:
        parts.append("BYSETPOS=" + ",".join(str(place) for place in spec.nth))
    if spec.count:
        parts.append(f"COUNT={spec.count}")
    elif until is not None:
        parts.append(f"UNTIL={until:%Y%m%d}")
    return ";".join(parts)


def _frequency(spec: Spec) -> str:
    freq = spec.freq
    if spec.weekdays or (spec.plural and freq in (None, "DAILY")):
        return "WEEKLY"
    if freq == "DAILY" and spec.wds and spec.nth is None:
        return "WEEKLY"
    if spec.month is not None and spec.days is not None and freq in (None, "MONTHLY", "DAILY", "WEEKLY"):
        return "YEARLY"
    if spec.nth is not None and spec.nthof in ("wd", "day", "workday") and freq in (None, "DAILY", "WEEKLY", "MONTHLY"):
        return "YEARLY" if spec.month is not None else "MONTHLY"
    if freq in ("DAILY", "WEEKLY") and spec.days is not None and spec.doff is None:
        return "MONTHLY"
    if freq == "WEEKLY" and spec.edge == "end" and spec.edgeof == "month":
        return "MONTHLY"
    return freq or "WEEKLY"


def _yearly(spec: Spec) -> tuple[int | None, tuple[int, ...]]:
    if spec.hol is not None:
        first, second = feast(spec.hol, 2026), feast(spec.hol, 2027)
        if first is not None and second is not None and (first.month, first.day) == (second.month, second.day):
            return first.month, (first.day,)
        return None, ()
    if spec.edge == "end" and spec.edgeof == "year":
        return 12, (31,)
    return spec.month, spec.days or ()


def _month_days(spec: Spec) -> tuple[int, ...]:
    if spec.days:
        return spec.days
    if spec.nthof == "day" and spec.nth:
        return spec.nth
    if spec.edge == "end":
        return (-1,)
    return (1,) if spec.edge in ("start", "early") else ()


def _by_day(spec: Spec) -> list[str]:
    if spec.weekdays or spec.nthof == "workday":
        return list(_CODES[:5])
    if spec.weekend and not spec.wds:
        return ["SA", "SU"]
    if not spec.wds:
        return []
    if spec.nthof == "wd" and spec.nth:
        return [f"{place}{_CODES[day]}" for place in spec.nth for day in spec.wds]
    return [_CODES[day] for day in sorted(spec.wds)]


def first_day(spec: Spec, base: date) -> date:
    """The first day of the repetition at or after ``base``."""
    day = base
    for _ in range(_LONGEST_SEARCH):
        if _holds(spec, day):
            return day
        day += timedelta(days=1)
    raise UnreadableError("impossible")


def _holds(spec: Spec, day: date) -> bool:
    if spec.weekdays and day.weekday() > 4:
        return False
    if spec.weekend and not spec.wds:
        return day.weekday() > 4
    freq = _frequency(spec)
    last = month_end(day.year, day.month)
    if freq == "YEARLY":
        month, days = _yearly(spec)
        if spec.hol is not None and not days:
            return feast(spec.hol, day.year) == day
        if month and day.month != month:
            return False
        if days and day.day not in days:
            return False
    elif freq == "MONTHLY":
        days = _month_days(spec)
        if days and day.day not in days and day.day - last.day - 1 not in days:
            return False
    if spec.nthof == "wd" and spec.nth and spec.wds:
        if day.weekday() not in spec.wds:
            return False
        forward, backward = (day.day - 1) // 7 + 1, -((last.day - day.day) // 7 + 1)
        return forward in spec.nth or backward in spec.nth
    if spec.nthof == "workday" and spec.nth:
        return _workday_place(day, last) in spec.nth
    return not spec.wds or day.weekday() in spec.wds


def _workday_place(day: date, last: date) -> int | None:
    if day.weekday() > 4:
        return None
    after = sum(1 for step in range(1, last.day - day.day + 1) if (day + timedelta(days=step)).weekday() < 5)
    if after == 0:
        return -1
    return sum(1 for number in range(1, day.day + 1) if day.replace(day=number).weekday() < 5)

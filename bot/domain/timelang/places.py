"""The n-th weekday, workday, day or week of a period."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.timelang.daymath import Days, UnreadableError, plus_months
from bot.domain.timelang.feasts import plus_workdays
from bot.domain.timelang.monthdays import year_said
from bot.domain.timelang.spec import Spec


def nth_days(spec: Spec, period: Days | None, today: date, floor: date) -> list[Days]:
    found: list[Days] = []
    for place in spec.nth or ():
        if period is not None:
            inside = _place(spec, place, period)
            if inside is not None and spec.month is not None and year_said(spec, today) is None and inside.end <= floor:
                year = period.start.year + 1
                inside = _place(spec, place, Days(date(year, spec.month, 1), plus_months(date(year, spec.month, 1), 1)))
        else:
            inside, month = None, floor.replace(day=1)
            for _ in range(14):
                inside = _place(spec, place, Days(month, plus_months(month, 1)))
                if inside is not None and inside.start >= floor:
                    break
                month = plus_months(month, 1)
        if inside is not None:
            found.append(inside)
    if not found:
        raise UnreadableError("impossible")
    return found


def _place(spec: Spec, place: int, period: Days) -> Days | None:
    start, last = period.start, period.end - timedelta(days=1)
    if spec.nthof == "wd" and spec.wds:
        weekday = spec.wds[0]
        if place > 0:
            day = start + timedelta(days=(weekday - start.weekday()) % 7 + 7 * (place - 1))
        else:
            day = last - timedelta(days=(last.weekday() - weekday) % 7 + 7 * (-place - 1))
        return Days.one(day) if start <= day < period.end else None
    if spec.nthof == "day":
        day = start + timedelta(days=place - 1) if place > 0 else last + timedelta(days=place + 1)
        return Days.one(day)
    if spec.nthof == "workday":
        if place > 0:
            return Days.one(plus_workdays(start - timedelta(days=1), place))
        return Days.one(plus_workdays(period.end, place))
    if spec.nthof == "weekend":
        saturday = (
            start + timedelta(days=(5 - start.weekday()) % 7 + 7 * (place - 1))
            if place > 0
            else last - timedelta(days=(last.weekday() - 5) % 7 + 7 * (-place - 1))
        )
        return Days(saturday, saturday + timedelta(days=2), single=False)
    # a week belongs to the month its Thursday is in
    if place > 0:
        thursday = start + timedelta(days=(3 - start.weekday()) % 7 + 7 * (place - 1))
    else:
        thursday = last - timedelta(days=(last.weekday() - 3) % 7 + 7 * (-place - 1))
    monday = thursday - timedelta(days=3)
    return Days(monday, monday + timedelta(days=7), single=False)

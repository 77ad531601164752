"""Days of a month without the month or the year: the next one on which everything said holds."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.timelang.daymath import Days, UnreadableError, plus_months
from bot.domain.timelang.feasts import month_end
from bot.domain.timelang.spec import Spec


def year_said(spec: Spec, today: date) -> int | None:
    if spec.year is not None:
        return spec.year
    return today.year + spec.yoff if spec.yoff is not None else None


def _valid(year: int, month: int, day: int) -> date | None:
    last = month_end(year, month)
    if day < 0:
        return last + timedelta(days=day + 1)
    return date(year, month, day) if 1 <= day <= last.day else None


def days_of_month(spec: Spec, period: Days | None, today: date, floor: date) -> list[Days]:
    found: list[Days] = []
    for number in spec.days or ():
        if period is not None and spec.month is not None and year_said(spec, today) is None:
            found += _yearly(spec, number, floor)
        elif period is not None and (spec.month is not None or spec.moff is not None):
            day = _valid(period.start.year, period.start.month, number)
            if day is None:
                raise UnreadableError("impossible")
            found.append(Days.one(day))
            if spec.wds and day.weekday() not in spec.wds:
                found.append(Days.one(_closest(spec, day, today)))
        elif period is not None and spec.year is not None:
            raise UnreadableError("impossible")
        else:
            found += _monthly(spec, number, floor)
    return found


def _yearly(spec: Spec, number: int, floor: date) -> list[Days]:
    """Month and day without a year: the next such date, on which a weekday that was said holds too."""
    plain: date | None = None
    if spec.wmode == "last" and not spec.wds:
        past = [_valid(floor.year - back, spec.month or 1, number) for back in (0, 1, 2)]
        return [Days.one(day) for day in past if day is not None and day < floor][:1]
    for year in range(floor.year, floor.year + 9):
        day = _valid(year, spec.month or 1, number)
        if day is None or day < floor:
            continue
        plain = plain or day
        if not spec.wds or day.weekday() in spec.wds:
            named = _closest(spec, plain, floor) if spec.woff is not None else day  # 12月3号本周四
            if plain == day == named:
                return [Days.one(day)]
            # a match far away is hardly what was meant: then one of the two words is wrong
            near = [Days.one(day)] if day - floor <= timedelta(days=730) else []
            return [*near, Days.one(plain), Days.one(_closest(spec, plain, floor))]
    if plain is None:
        raise UnreadableError("impossible")
    return [Days.one(plain)]


def _closest(spec: Spec, day: date, today: date) -> date:
    """The weekday that was said, nearest to a date that does not fall on it."""
    weekday = (spec.wds or (day.weekday(),))[0]
    if spec.woff is not None:
        return today - timedelta(days=today.weekday()) + timedelta(days=7 * spec.woff + weekday)
    ahead = (weekday - day.weekday()) % 7
    return day + timedelta(days=ahead if ahead <= 3 else ahead - 7)


def _monthly(spec: Spec, number: int, floor: date) -> list[Days]:
    plain: date | None = None
    month = floor.replace(day=1)
    for _ in range(60):
        day = _valid(month.year, month.month, number)
        month = plus_months(month, 1)
        if day is None or day < floor:
            continue
        plain = plain or day
        if not spec.wds or day.weekday() in spec.wds:
            if plain == day:
                return [Days.one(day)]
            return [Days.one(day), Days.one(plain), Days.one(_closest(spec, plain, floor))]
    if plain is None:
        raise UnreadableError("impossible")
    return [Days.one(plain)]

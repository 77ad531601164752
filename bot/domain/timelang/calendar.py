"""From a spec to days: which day or stretch of days the words mean, seen from today."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.timelang.daymath import Days, UnreadableError, plus, plus_months
from bot.domain.timelang.feasts import feast, is_workday, lunar_day, plus_workdays, weekday_of_month
from bot.domain.timelang.monthdays import days_of_month, year_said
from bot.domain.timelang.places import nth_days
from bot.domain.timelang.seasons import season_days
from bot.domain.timelang.spec import Length, Spec, unit_spec


def days_of(spec: Spec, today: date, after: date | None = None) -> list[Days]:
    """The days a spec may mean, best first; ``after``: not before this day, because a range began there."""
    floor = after if after is not None else today
    if spec.weekof:
        inner = spec.copy()
        inner.weekof = inner.weekend = None
        start = days_of(inner, today, after)[0].start
        monday = start - timedelta(days=start.weekday())
        if spec.weekend:
            saturday = monday + timedelta(days=-2 if spec.hol and start == monday else 5)
            return [Days(saturday, saturday + timedelta(days=2), single=False)]
        return [Days(monday, monday + timedelta(days=7), single=False)]
    if spec.weekno is not None:
        return [_iso_week(spec, today)]
    if spec.wmode == "anchor" and spec.anchor is not None:
        return [_beside(spec, today)]
    if spec.shift is not None:
        return [_shifted(spec, today)]
    if spec.span is not None:
        return [_span(spec, today)]
    if spec.hol is not None:
        return [_feast_day(spec, today, floor)]
    if spec.workday in ("after", "before") and spec.anchor is not None:
        step = timedelta(days=1 if spec.workday == "after" else -1)
        day = days_of(spec.anchor, today)[0].start + step
        while not is_workday(day):
            day += step
        return [Days.one(day)]
    if spec.workday is not None:
        return [
            Days.one(plus_workdays(today, -1 if spec.workday == "last" else 1) if spec.workday != "this" else today)
        ]
    if spec.lunar:
        return [_lunar(spec, floor)]
    period = _period(spec, today, floor)
    if spec.nth is not None:
        return nth_days(spec, period, today, floor)
    if spec.days is not None:
        return days_of_month(spec, period, today, floor)
    if spec.doff is not None:
        return _relative(spec, today, after)
    if spec.edge is not None:
        return [_edge(spec, period, today, floor)]
    if spec.wds is not None:
        return _weekdays(spec, period, today, after)
    if period is None:
        raise UnreadableError("empty")
    if spec.halfof is not None:
        return [_half(spec, period)]
    if spec.rest:
        return [Days(max(period.start, today), period.end, single=False)]
    return [period]


def _half(spec: Spec, period: Days) -> Days:
    """Half a week breaks before Thursday, half a month behind the 15th, longer ones between months."""
    long = (period.end - period.start).days
    if long == 7:
        middle = period.start + timedelta(days=3)
    elif long < 32:
        middle = period.start + timedelta(days=15)
    else:
        middle = plus_months(period.start, 6) if long > 300 else period.start + timedelta(days=long // 2)
    first = spec.halfof == 1
    return Days(period.start if first else middle, middle if first else period.end, single=False)


def _iso_week(spec: Spec, today: date) -> Days:
    year = year_said(spec, today)
    for candidate in [year] if year is not None else [today.year, today.year + 1]:
        try:
            monday = date.fromisocalendar(candidate, spec.weekno or 1, 1)
        except ValueError:
            continue
        if year is not None or monday + timedelta(days=7) > today:
            if spec.wds:
                return Days.one(monday + timedelta(days=spec.wds[0]))
            return Days(monday, monday + timedelta(days=7), single=False)
    raise UnreadableError("impossible")


def _beside(spec: Spec, today: date) -> Days:
    """The Monday after Christmas, the Friday before the 20th."""
    base = days_of(spec.anchor or Spec(), today)[0].start
    weekday = (spec.wds or (0,))[0]
    if spec.sign == -1:
        return Days.one(base - timedelta(days=(base.weekday() - weekday - 1) % 7 + 1))
    return Days.one(base + timedelta(days=(weekday - base.weekday() - 1) % 7 + 1))


def _shifted(spec: Spec, today: date) -> Days:
    shift, sign = spec.shift or Length(), spec.sign or 1
    if spec.anchor is not None:
        return Days.one(plus(days_of(spec.anchor, today)[0].start, shift, sign))
    if spec.wmode == "count" and spec.wds:
        ahead = (spec.wds[0] - today.weekday() - 1) % 7 + 1
        return Days.one(today + timedelta(days=ahead + 7 * (shift.days // 7 - 1)))
    day = plus(today, shift, sign)
    if spec.wds and len(spec.wds) == 1:
        monday = day - timedelta(days=day.weekday())
        day = monday + timedelta(days=spec.wds[0])
    if shift.weekends:
        saturday = _weekend(today, None)
        return Days(
            saturday + timedelta(days=7 * (shift.weekends - 1)),
            saturday + timedelta(days=7 * shift.weekends - 5),
            single=False,
        )
    return Days.one(day)


def _span(spec: Spec, today: date) -> Days:
    span = spec.span or Length()
    if spec.ahead == -1:
        if span.weekends:
            saturday = _weekend(today, -1)
            return Days(saturday, saturday + timedelta(days=2), single=False)
        return Days(plus(today, span, -1), today, single=False)
    if span.weekends:
        saturday = _weekend(today, None)
        return Days(saturday, saturday + timedelta(days=7 * span.weekends - 5), single=False)
    first = today + timedelta(days=1)
    if span.bdays:
        start = plus_workdays(today, 1)
        return Days(start, plus_workdays(today, span.bdays) + timedelta(days=1), single=False)
    return Days(first, plus(first, span), single=False)


def _feast_day(spec: Spec, today: date, floor: date) -> Days:
    name = spec.hol or ""
    year = spec.year
    if year is None and spec.yoff is not None:
        year = today.year + spec.yoff
    if year is not None:
        found = feast(name, year)
        if found is None:
            raise UnreadableError("impossible")
        return Days.one(found)
    if spec.wmode == "last":
        past = [
            day for day in (feast(name, today.year - back) for back in (0, 1, 2)) if day is not None and day < today
        ]
        if past:
            return Days.one(past[0])
    for candidate in range(floor.year - 1, floor.year + 3):
        found = feast(name, candidate)
        if found is not None and found >= floor:
            return Days.one(found)
    raise UnreadableError("impossible")


def _lunar(spec: Spec, floor: date) -> Days:
    years = (
        [spec.year]
        if spec.year is not None
        else [floor.year + spec.yoff]
        if spec.yoff is not None
        else range(floor.year - 1, floor.year + 3)
    )
    for year in years:
        found = lunar_day(year, spec.month or 1, spec.days[0] if spec.days else 1)
        if found is not None and (found >= floor or spec.year is not None or spec.yoff is not None):
            return Days.one(found)
    raise UnreadableError("impossible")


def _weekend(today: date, offset: int | None) -> date:
    """The Saturday of the coming weekend, or of the weekend of a week."""
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(days=5 + 7 * (offset or 0))


def _period(spec: Spec, today: date, floor: date) -> Days | None:
    """The stretch in which the rest is to be found; None when none was named."""
    year = year_said(spec, today)
    if spec.weekend:
        saturday = _weekend(today, spec.woff)
        if spec.month is not None and spec.days is None:
            start = date(year or floor.year, spec.month, 1)
            saturday = start + timedelta(days=(5 - start.weekday()) % 7)
        return Days(saturday, saturday + timedelta(days=2), single=False)
    if spec.woff is not None:
        monday = today - timedelta(days=today.weekday()) + timedelta(days=7 * spec.woff)
        return Days(monday, monday + timedelta(days=7), single=False)
    if spec.season is not None:
        return season_days(spec.season, spec.year, spec.yoff, today)
    if spec.qoff is not None:
        first = plus_months(date(today.year, (today.month - 1) // 3 * 3 + 1, 1), 3 * spec.qoff)
        return Days(first, plus_months(first, 3), single=False)
    if spec.quarter is not None:
        first = date(year or today.year, spec.quarter * 3 - 2, 1)
        if year is None and plus_months(first, 3) <= today:
            first = plus_months(first, 12)
        return Days(first, plus_months(first, 3), single=False)
    if spec.halfyear is not None:
        first = date(year or today.year, spec.halfyear * 6 - 5, 1)
        if year is None and plus_months(first, 6) <= today:
            first = plus_months(first, 12)
        return Days(first, plus_months(first, 6), single=False)
    if spec.month is not None:
        if year is None and spec.wmode == "last" and not spec.wds:
            year = today.year if spec.month < today.month else today.year - 1
        if year is None:
            year = floor.year if spec.month >= floor.month else floor.year + 1
        first = date(year, spec.month, 1)
        return _third(spec, Days(first, plus_months(first, 1), single=False))
    if spec.moff is not None:
        base = today if spec.yoff is None else plus_months(today, 12 * spec.yoff)
        first = plus_months(base.replace(day=1), spec.moff)
        return _third(spec, Days(first, plus_months(first, 1), single=False))
    if year is not None:
        return Days(date(year, 1, 1), date(year + 1, 1, 1), single=False)
    if spec.third is not None:
        first = today.replace(day=1)
        found = _third(spec, Days(first, plus_months(first, 1), single=False))
        if found.end <= today:
            first = plus_months(first, 1)
            found = _third(spec, Days(first, plus_months(first, 1), single=False))
        return found
    return None


def _third(spec: Spec, month: Days) -> Days:
    if spec.third is None:
        return month
    start = month.start + timedelta(days=10 * spec.third)
    return Days(start, month.end if spec.third == 2 else start + timedelta(days=10), single=False)


def _relative(spec: Spec, today: date, after: date | None) -> list[Days]:
    base = after if spec.nextday and after is not None else today
    if spec.yoff is not None:
        base = plus_months(base, 12 * spec.yoff)
    if spec.moff is not None:
        base = plus_months(base, spec.moff)
    if spec.woff is not None:
        base += timedelta(days=7 * spec.woff)
    try:
        day = base + timedelta(days=spec.doff or 0)
    except OverflowError:
        raise UnreadableError("far") from None
    if spec.wds and day.weekday() not in spec.wds:
        coming = today + timedelta(days=(spec.wds[0] - today.weekday() - 1) % 7 + 1)
        return [Days.one(day), Days.one(coming)]
    return [Days.one(day)]


def _edge(spec: Spec, period: Days | None, today: date, floor: date) -> Days:
    unit = spec.edgeof or "month"
    if period is None:
        period = _period(unit_spec(unit, 0), today, floor)
        if period is None:
            raise UnreadableError("empty")
        if spec.edge in ("start", "early") and period.start < today:
            period = _period(unit_spec(unit, 1), today, floor) or period
    start, end = period.start, period.end
    day = timedelta(days=1)
    if spec.edge == "end":
        return Days.one(end - day)
    if spec.edge == "start":
        return Days.one(start)
    if unit == "week":
        return {
            "early": Days(start, start + 2 * day, single=False),
            "mid": Days.one(start + 2 * day),
            "late": Days(start + 3 * day, start + 5 * day, single=False),
        }[spec.edge or "mid"]
    if unit == "month":
        return {
            "early": Days(start, start + 10 * day, single=False),
            "mid": Days(start + 10 * day, start + 20 * day, single=False),
            "late": Days(start + 20 * day, end, single=False),
        }[spec.edge or "mid"]
    months = (end.year - start.year) * 12 + end.month - start.month
    third = max(1, months // 3)
    first = {"early": 0, "mid": third, "late": 2 * third}[spec.edge or "mid"]
    return Days(plus_months(start, first), plus_months(start, first + third), single=False)


def _weekdays(spec: Spec, period: Days | None, today: date, after: date | None) -> list[Days]:
    if period is not None and spec.woff is not None and spec.weekend:
        return [Days.one(period.start + timedelta(days=w - 5)) for w in spec.wds or () if w > 4]
    if period is not None and spec.woff is not None:
        return [Days.one(period.start + timedelta(days=w)) for w in spec.wds or ()]
    found: list[Days] = []
    for weekday in spec.wds or ():
        monday = today - timedelta(days=today.weekday())
        ahead = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
        if after is not None and spec.wmode in (None, "this"):
            found.append(Days.one(after + timedelta(days=(weekday - after.weekday()) % 7)))
        elif period is not None and spec.month is not None:
            found.append(Days.one(weekday_of_month(period.start.year, period.start.month, weekday, 1) or ahead))
        elif spec.wmode == "this":
            found.append(Days.one(monday + timedelta(days=weekday)))
        elif spec.wmode == "next":
            following = monday + timedelta(days=7 + weekday)
            found.append(Days.one(following))
            if ahead != following:
                found.append(Days.one(ahead))
        elif spec.wmode == "soon":
            found.append(Days.one(ahead))
            if ahead < monday + timedelta(days=7):
                found.append(Days.one(ahead + timedelta(days=7)))
        elif spec.wmode == "last":
            found.append(Days.one(today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)))
        else:
            found.append(Days.one(ahead))
            if ahead - today == timedelta(days=7) and len(spec.wds or ()) == 1:
                found.append(Days.one(today))
    return found

"""A day and an hour said apart become one moment; days in a row share the hour that follows them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.timelang.model import Kind, Part, Reading
from bot.language.moments import (
    DAY,
    Moment,
    clock_said,
    day_only,
    day_said,
    hour_only,
    is_week,
    shifted,
    weekday_loose,
)


def join(loose: list[Moment], text: str, now: datetime) -> list[Moment]:
    """Give hours without a day the day that was said beside them, and days in a row the hour that follows them."""
    week = next((m for m in loose if is_week(m.best)), None)
    loose = _same_week(loose, text)
    out: list[Moment] = []
    used: set[int] = set()
    for i, m in enumerate(loose):
        if i in used:
            continue
        if week is not None and m is not week and weekday_loose(m.best) and not _only_told(week, m, now):
            m = into_week(m, week.best)
        if day_only(m.best):
            partner = _hour_beside(loose, i, used, text)
            if partner is not None:
                used.add(partner)
                m = _combine(m, loose[partner])
        elif hour_only(m.best) and m.role is None and _day_after(loose, i, used, text):
            used.add(i + 1)
            m = _combine(loose[i + 1], m)
        elif hour_only(m.best) and m.role != "deadline":
            earlier = [d for d in out if day_only(d.best) and _same_sentence(text, d.end, m.start)]
            if earlier and m.role in (None, "or", "after", "before", "until"):
                out.remove(earlier[-1])
                m = _combine(earlier[-1], m)
        out.append(m)
    if week is not None and any(m.best.said & {Part.WEEKDAY} for m in out if m is not week):
        out = [m for m in out if not (is_week(m.best) and m.start == week.start and m.end == week.end)]
    return _share(_hours_of_week(out, text), text)


def _hours_of_week(out: list[Moment], text: str) -> list[Moment]:
    """午前がいいです。来週、…: the hours said in one clause are those of each day of the week said in another."""
    week = [m for m in out if is_week(m.best) and m.role is None and Part.WEEK in m.best.said]
    hours = [m for m in out if hour_only(m.best) and m.best.kind is Kind.RANGE and m.role is None]
    if len(out) != 2 or len(week) != 1 or len(hours) != 1 or text[hours[0].end : hours[0].end + 1] not in _FOR_ALL:
        return out
    days, when = week[0].best, hours[0].best
    both = replace(week[0], start=min(m.start for m in out), end=max(m.end for m in out))
    both = replace(both, words=f"{week[0].words} {hours[0].words}", spans=(*week[0].spans, *hours[0].spans))
    if when.daypart is not None and not clock_said(when):
        r = replace(days, daypart=when.daypart, said=days.said | when.said)
        return [replace(both, readings=(r,))]
    if days.start is None or when.start is None or when.end is None:
        return out
    r = shifted(when, days.start - when.start.replace(hour=0, minute=0))
    return [replace(both, readings=(replace(r, said=r.said - {Part.PART_OF_DAY} | {Part.WEEK}),))]


_FOR_ALL = tuple("でにがあ中、,")


def _same_week(loose: list[Moment], text: str) -> list[Moment]:
    """ "Next week: Mon 10, Tue 3pm or Wed 11": bare weekdays after one with a week are in that week."""
    out: list[Moment] = []
    monday: datetime | None = None
    for m in loose:
        r = m.best
        near = not out or (m.start - out[-1].end <= 8 and "\n" not in text[out[-1].end : m.start])
        if monday is not None and near and weekday_loose(r) and r.start is not None:
            days = (monday.date() - r.start.date()).days + r.start.weekday()
            m = replace(m, readings=(shifted(r, timedelta(days=days)),))
        elif {Part.WEEK, Part.WEEKDAY} <= r.said and r.start is not None:
            monday = r.start - timedelta(days=r.start.weekday())
        elif r.said & {Part.DAY, Part.MONTH}:
            monday = None
        out.append(m)
    return out


def _same_day(first: Moment, then: Moment) -> bool:
    """Whether an hour goes on with a list: "Monday 10am, 1pm"."""
    listed = first.best.kind is Kind.INSTANT and then.best.kind is Kind.INSTANT and then.role in (None, "or")
    return listed and day_said(first.best) and hour_only(then.best) and 0 <= then.start - first.end < 6


def ascending(moments: list[Moment]) -> list[Moment]:
    """Of "Mon 10, Tue 2, Wed 4", said on a Wednesday, the last is not today."""
    out: list[Moment] = []
    for m in moments:
        r = m.best
        before = out[-1].best if out else None
        if before is not None and _same_day(out[-1], m) and r.start is not None and before.start is not None:
            days = timedelta(days=(before.start.date() - r.start.date()).days)
            readings = [shifted(x, days) for x in m.readings]
            out.append(replace(m, readings=tuple(replace(x, said=x.said | {Part.DAY}) for x in readings)))
            continue
        if (
            before is not None
            and before.start is not None
            and r.start is not None
            and r.start < before.start
            and weekday_loose(r)
            and Part.WEEKDAY in before.said
            and clock_said(r)
            and clock_said(before)
            and before.start - r.start < DAY * 7
            and r.start.weekday() > before.start.weekday()
            and m.role in (None, "or")
            and m.start - out[-1].end < 6
        ):
            m = replace(m, readings=tuple(shifted(x, DAY * 7) for x in m.readings))
        out.append(m)
    return out


def _only_told(week: Moment, m: Moment, now: datetime) -> bool:
    """Whether a week gone by is spoken of after the day: "Monday at 9, about last week's figures"."""
    return week.start > m.start and week.best.end is not None and week.best.end <= now


def into_week(m: Moment, week: Reading) -> Moment:
    """A bare weekday in the week that was named beside it."""
    readings = []
    assert week.start is not None
    for r in m.readings[:1]:
        if r.start is None:
            return m
        shift = (week.start.date() - r.start.date()).days + (r.start.weekday() - week.start.weekday()) % 7
        readings.append(shifted(r, timedelta(days=shift)))
    return replace(m, readings=tuple(readings))


def _hour_beside(loose: list[Moment], i: int, used: set[int], text: str) -> int | None:
    """The hour that goes with the day at ``i``: the next phrase, if it has none of its own."""
    for j in range(i + 1, len(loose)):
        other = loose[j]
        if j in used or day_said(other.best):
            return None
        if (
            hour_only(other.best)
            and other.role in (None, "after", "before", "until", "from")
            and other.start - loose[i].end < 60
        ):
            return j if _same_sentence(text, loose[i].end, other.start) else None
    return None


def _day_after(loose: list[Moment], i: int, used: set[int], text: str) -> bool:
    """Whether the day of an hour follows it: "the morning off on the 30th"."""
    if i + 1 >= len(loose) or i + 1 in used or not day_only(loose[i + 1].best) or loose[i + 1].role is not None:
        return False
    between = text[loose[i].end : loose[i + 1].start]
    if is_week(loose[i + 1].best) and loose[i].best.daypart and not clock_said(loose[i].best):
        return len(between) < 36 and not any(c in "。.!?！？\n" for c in between)  # 找个晚上聚餐，下周
    return len(between) < 24 and not any(c in ",，、;；。.!?！？\n" for c in between)


def _same_sentence(text: str, start: int, end: int) -> bool:
    between = text[min(start, end) : max(start, end)]
    return not any(c in "。!！?？" for c in between) and "\n\n" not in between


def _combine(day: Moment, hour: Moment) -> Moment:
    hours = in_office(hour.readings)[:2] if len(day.readings) == 1 else hour.readings[:1]
    readings = [_at_hour(d, h) for d in day.readings for h in hours]
    lo, hi = min(day.start, hour.start), max(day.end, hour.end)
    return Moment(
        lo, hi, tuple(readings), hour.role or day.role, f"{day.words} {hour.words}", (*day.spans, *hour.spans)
    )


def in_office(hours: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Of two half days an hour alone may mean today, the one people work in, once the day is another."""
    working = tuple(r for r in hours if r.start is not None and 8 <= r.start.hour < 19)
    return working if len(hours) == 2 and len(working) == 1 else hours


def _at_hour(d: Reading, h: Reading) -> Reading:
    """The day of one reading with the hours of another."""
    assert d.start is not None or d.end is not None
    base = d.start or d.end
    assert base is not None
    said = d.said | h.said
    if is_week(d) or (d.kind is Kind.RANGE and d.end is not None and d.start is not None and d.end - d.start > DAY):
        return replace(d, daypart=h.daypart, said=said, whole_days=False, duration=_clock_of(h))
    anchor = h.start or h.end
    if anchor is None:
        return d
    shift = timedelta(days=(base.date() - anchor.date()).days)
    return replace(shifted(h, shift), said=said)


def _clock_of(h: Reading) -> timedelta | None:
    return h.duration


def _share(moments: list[Moment], text: str) -> list[Moment]:
    """ "Tue or Thu afternoon": what the last of several days says of the hour goes for the others."""
    out = list(moments)
    for i in range(len(out) - 2, -1, -1):
        here, after = out[i], out[i + 1]
        if day_only(here.best) and here.best.kind is Kind.DATE and (clock_said(after.best) or after.best.daypart):
            if after.role in ("until", "deadline"):  # a limit, not an option
                continue
            between = text[here.end : after.start].strip(" ,、，")
            if after.role == "or" or between in ALTERNATIVE:
                day = replace(after.best, said=after.best.said | here.best.said)
                assert here.best.start is not None
                anchor = day.start or day.end
                if anchor is None:
                    continue
                shift = timedelta(days=(here.best.start.date() - anchor.date()).days)
                out[i] = replace(here, readings=(shifted(day, shift),))
                if after.role is None:
                    out[i + 1] = replace(after, role="or")
    return out


ALTERNATIVE = frozenset(
    {
        "",
        "or",
        "或",
        "或者",
        "或是",
        "还是",
        "要么",
        "要不",
        "要不然",
        "要不就",
        "再不然",
        "和",
        "跟",
        "及",
        "and",
        "or on",
        "and on",
        "か",
        "または",
        "もしくは",
        "と",
        "/",
        "or maybe",
        "&",
        "or else",
        "あるいは",
        "or the",
    }
)

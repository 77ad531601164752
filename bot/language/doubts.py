"""Readings a person has to choose from although a time phrase picks one."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from bot.domain.timelang import phrases as time_phrases
from bot.domain.timelang.model import Kind, Part, Reading
from bot.language.moments import DAY, DAY_PARTS, Moment, clock_said, day_only, day_said, shifted, unique

_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})/(\d{1,2})(?![\d/])")

_OWNERS = {  # zone letters that several places call their own
    "cst": ("Asia/Shanghai", "America/Chicago"),
    "ist": ("Asia/Kolkata", "Asia/Jerusalem"),
}

LETTERS = re.compile(r"(?<![a-z])(cst|ist)(?![a-z])")

_MIDNIGHT = re.compile(r"midnight|零点|午夜|半夜(?:12|十二)点|真夜中|深夜0時|夜中の(?:12|0)時|深夜(?:12|0|零)[時点]")

_COMING = re.compile(r"(?<!下)下一?个(?:周[一二三四五六日天末])|(?:今度|次)の(?:[月火水木金土日]曜|週末)")

_SEVEN = re.compile(r"(?<![\d:.：])(?:7(?!\d)|七(?!十))|\bseven\b")

_TOMORROW = re.compile(r"明[天日早晚]|明儿|あした|あす|\btom+or+ow|\btm[rw]+w?\b|\b2moro\b|\btomo\b")


def ask(m: Moment, now: datetime, *, ask_numeric: bool) -> Moment:
    """Add the readings that a person has to choose from although a time phrase picks one."""
    for doubt in (
        _own_day,
        _mismatch,
        _this_or_next,
        _several_owners,
        _slashes if ask_numeric else None,
        _seven,
        _midnight,
        _small_hours,
    ):
        if doubt is not None:
            m = doubt(m, now)
    return m


def _mismatch(m: Moment, now: datetime) -> Moment:
    """A weekday and a date that do not fit: the weekday of that week, or the date."""
    r = m.best
    if not {Part.WEEKDAY, Part.DAY} <= r.said or len(m.readings) < 2:
        return m
    known = [x for x in m.readings if x.start is not None]
    if not known:
        return m
    nearest = min(known, key=lambda x: abs(x.start - now) if x.start else DAY)
    close = [x for x in known if x.start and nearest.start and abs(x.start - nearest.start) < DAY * 7]
    if len(close) > 1:
        return replace(m, readings=tuple(close))
    other = next((x for x in known if x is not nearest), None)
    if other is None or other.start is None or nearest.start is None:
        return m
    days = timedelta(days=other.start.weekday() - nearest.start.weekday())
    if not days or Part.WEEK in r.said:
        return replace(m, readings=(other, nearest))
    return replace(m, readings=(shifted(nearest, days), nearest))


def _own_day(m: Moment, now: datetime) -> Moment:
    """Today's own weekday, with nothing else said, is the next one."""
    days = m.best.kind is Kind.DATE or (m.best.kind is Kind.RANGE and m.best.daypart is None)
    plain = days and m.best.said <= {Part.WEEKDAY, Part.START, Part.END, Part.PART_OF_DAY} and len(m.readings) == 2
    today = plain and any((r.start or r.end or now).date() == now.date() for r in m.readings)
    return replace(m, readings=m.readings[:1]) if today else m


def _this_or_next(m: Moment, now: datetime) -> Moment:
    """The "coming" weekday, said while it is still ahead in this week: this one or next week's?"""
    r = m.best
    if (
        len(m.readings) > 1
        or Part.WEEKDAY not in r.said | {Part.WEEKDAY}
        or r.start is None
        or not _COMING.search(m.words)
    ):
        return m
    monday = now.date() - timedelta(days=now.weekday())
    offset = (r.start.date() - monday).days
    if not now.weekday() < offset % 7 <= 6:
        return m
    this = shifted(r, timedelta(days=offset % 7 - offset))
    return replace(m, readings=(this, shifted(this, DAY * 7)))


def _seven(m: Moment, now: datetime) -> Moment:
    """Seven o'clock is breakfast for some and dinner for others."""
    r = m.best
    if r.start is None or r.start.hour not in (7, 19) or not clock_said(r) or r.kind not in (Kind.INSTANT, Kind.RANGE):
        return m
    if r.said & {Part.MERIDIEM, Part.PART_OF_DAY, Part.ZONE, Part.OFFSET} or r.daypart or not _SEVEN.search(m.words):
        return m
    early = [shifted(x, timedelta(hours=7 - x.start.hour)) for x in m.readings if x.start]
    both = [y for x in early for y in (x, shifted(x, timedelta(hours=12)))]
    coming = [x for x in both if x.start is not None and x.start > now]
    if not day_said(r) and coming and len(coming) < len(both):
        return replace(m, readings=tuple(coming))
    return replace(m, readings=tuple(unique(both)))


def _midnight(m: Moment, now: datetime) -> Moment:
    """The midnight of a named day: the one it begins with or the one it ends with?"""
    r = m.best
    if r.kind is not Kind.INSTANT or r.start is None or not r.said & (DAY_PARTS | {Part.OFFSET}):
        return m
    if not _MIDNIGHT.search(m.words):
        return m
    if len(m.readings) > 1:
        return m
    named = r.start.replace(hour=0, minute=0)
    rest = time_phrases(_MIDNIGHT.sub(" ", m.words), now, languages=("zh", "en", "ja"))
    day = next((p.readings[0].start for p in rest if p.readings and day_only(p.readings[0])), None)
    if day is not None:
        named = day.replace(hour=0, minute=0)
    return replace(m, readings=(replace(r, start=named), replace(r, start=named + DAY)))


def _small_hours(m: Moment, now: datetime) -> Moment:
    """After midnight, "tomorrow" is the day that has begun for those who are still up."""
    if now.hour >= 4 or len(m.readings) > 1 or not _TOMORROW.search(m.words):
        return m
    r = m.best
    day = r.start or r.end
    if day is None:
        return m
    late = r if (day.date() - now.date()).days == 1 else shifted(r, DAY)
    return replace(m, readings=(shifted(late, -DAY), late))


def _slashes(m: Moment, now: datetime) -> Moment:
    """3/12 is in March for some and in December for others."""
    found = _NUMERIC.search(m.words)
    if found is None or m.best.start is None:
        return m
    a, b = int(found[1]), int(found[2])
    if not (1 <= a <= 12 and 1 <= b <= 12) or a == b or re.search(r"\d{4}", m.words[found.end() : found.end() + 6]):
        return m
    readings = []
    for month, day in ((a, b), (b, a)):
        date = _next_date(now, month, day)
        readings.append(shifted(m.best, timedelta(days=(date - m.best.start.date()).days)))
    return replace(m, readings=tuple(readings))


def _next_date(now: datetime, month: int, day: int) -> date:
    here = now.date().replace(month=month, day=day)
    return here if here >= now.date() else here.replace(year=here.year + 1)


def _several_owners(m: Moment, now: datetime) -> Moment:
    """Zone letters that several places call their own."""
    found = LETTERS.search(m.words)
    r = m.best
    if found is None or r.start is None or not clock_said(r):
        return m
    local: Reading | None = r if day_said(r) and Part.ZONE not in r.said else None  # 后天CST下午3点
    if local is None:
        plain = time_phrases(LETTERS.sub("   ", m.words), now, languages=("en", "zh", "ja"))
        local = next((p.readings[0] for p in plain if p.readings and p.readings[0].start is not None), None)
    if local is None or local.start is None:
        return m
    return replace(m, readings=tuple(_in_zone(local, ZoneInfo(owner), now) for owner in _OWNERS[found[1]]))


def _in_zone(r: Reading, zone: tzinfo, now: datetime) -> Reading:
    def told(moment: datetime | None) -> datetime | None:
        return moment.replace(tzinfo=zone).astimezone(now.tzinfo) if moment else None

    return replace(r, start=told(r.start), end=told(r.end), said=r.said | {Part.ZONE})

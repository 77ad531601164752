"""What new meetings, searches for time, rooms and leave need to know."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.domain.draft import DEFAULT_LENGTH, MAX_LENGTH
from bot.domain.intent import Ask, Choice, Intent, RoomWish, Window
from bot.domain.timelang.model import Kind, Part, Reading
from bot.language.facts import Facts, is_over
from bot.language.joins import into_week
from bot.language.lexicon import listed
from bot.language.moments import (
    DAY,
    Moment,
    clock_said,
    day_said,
    hour_only,
    hours_of_a_week,
    is_week,
    later,
    narrowed,
    weekday_loose,
)
from bot.language.roomwish import at_once, fuller
from bot.language.subjects import title_of
from bot.language.windows import choice_of, window_of

_HALF_DAY = timedelta(hours=12)
_FAR = timedelta(days=5 * 366)
_NIGHT = timedelta(hours=10)  # the longest stretch across midnight that is taken at its word


def create(f: Facts) -> Intent:
    title = title_of(f, Ask.CREATE)
    length = f.times.length
    if f.times.rule is not None and not (f.has("find_time") and not f.times.rule.best.start):
        return replace(recurring(f, f.times.rule, length), title=title)
    target = target_of(f)
    if target is None:
        return Intent(Ask.CREATE, title=title, duration=length, problem=f.times.problem)
    if len(target.readings) > 1:
        choices = tuple(choice_of(r, length or DEFAULT_LENGTH, f.sentence.now) for r in target.readings)
        return Intent(Ask.CREATE, title=title, duration=length, choices=choices)
    r = target.best
    if r.kind is Kind.DATE or r.whole_days:
        return Intent(Ask.CREATE, r.start, r.end or (r.start + DAY if r.start else None), all_day=True, title=title)
    if r.start is None:  # only an end was said: somewhere before it
        return Intent(Ask.FIND, windows=tuple(window_of(r, f.sentence.now)), duration=length, title=title)
    if length is not None and r.kind is Kind.RANGE and r.end is not None and length < r.end - r.start:
        found = windows_of(f, [target])  # 10時から15時の間で45分
        return Intent(Ask.FIND, windows=found, duration=length, title=title)
    end = r.end if r.kind is Kind.RANGE and r.end else _until(f, target) if length is None else None
    end = end or later(r.start, length or DEFAULT_LENGTH)
    return Intent(Ask.CREATE, r.start, end, duration=length, title=title, problem=trouble(r.start, end, f.sentence.now))


_UNTIL = re.compile(r"\b(?:un)?till?\b")


def _until(f: Facts, begun: Moment) -> datetime | None:
    """ "Friday 16:30 playtest till 6", 四点家长会，……，开到五点半: the end, said apart from the beginning."""
    start = begun.best.start
    for m in f.moments:
        r = m.best
        if start is None or m.start < begun.end or r.start is not None or r.end is None or not hour_only(r):
            continue
        if m.role != "until" and not _UNTIL.match(m.words):
            continue
        end = start.replace(hour=r.end.hour, minute=r.end.minute)
        if end <= start and end.hour < 12 and not r.said & {Part.MERIDIEM, Part.PART_OF_DAY}:
            end = end.replace(hour=end.hour + 12)
        if start < end <= start + _NIGHT:
            return end
    return None


_WEEKLY = re.compile(r"FREQ=WEEKLY;BYDAY=((?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:MO|TU|WE|TH|FR|SA|SU))*)")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _first_of(rule: Reading, clock: Moment, now: datetime) -> tuple[datetime | None, datetime | None]:
    """The first time of a weekly rule at an hour said apart: in office hours, on one of its days."""
    r = next((x for x in clock.readings if x.start is not None and 8 <= x.start.hour < 20), clock.best)
    days = _WEEKLY.search(rule.rrule or "")
    if days is None or r.start is None:
        return clock.best.start, clock.best.end
    meant = [_DAYS.index(d) for d in days[1].split(",")]
    ahead = next(n for n in range(15) if (r.start + n * DAY).weekday() in meant and r.start + n * DAY >= now)
    return r.start + ahead * DAY, r.end + ahead * DAY if r.end else None


def recurring(f: Facts, rule: Moment, length: timedelta | None) -> Intent:
    r = rule.best
    start, end = r.start, r.end
    clock = next((m for m in f.moments if m.best.start is not None and hour_only(m.best)), None)
    if start is None and clock is not None:
        start, end = _first_of(r, clock, f.sentence.now)
    if start is not None and end is None:
        end = later(start, length or r.duration or DEFAULT_LENGTH)
    choices: tuple[Choice, ...] = ()
    if len(rule.readings) > 1:
        choices = tuple(choice_of(x, length or DEFAULT_LENGTH, f.sentence.now) for x in rule.readings if x.start)
    if len(choices) > 1:
        return Intent(Ask.CREATE, rrule=r.rrule, choices=choices, duration=length)
    return Intent(Ask.CREATE, start, end, rrule=r.rrule, duration=length)


def trouble(start: datetime, end: datetime | None, now: datetime) -> str | None:
    if end is not None and end < start:
        return "backwards"
    if end is not None and end - start > MAX_LENGTH:
        return "too_long"
    if start < now - timedelta(minutes=5):
        return "past"
    if end is not None and end.date() > start.date() and end - start > _NIGHT and end.time() != time.min:
        return "backwards"  # "from 5pm to 3pm" was carried over to the next day
    return "far" if start - now > _FAR else None


def target_of(f: Facts) -> Moment | None:
    """The moment a new meeting is asked for: the first exact one, else the first."""
    target = next((m for m in f.moments if m.exact), f.moments[0] if f.moments else None)
    if target is None or len(f.moments) < 2 or "zh" not in f.languages or target.best.kind is not Kind.INSTANT:
        return target
    before = f.moments[f.moments.index(target) - 1] if f.moments[0] is not target else target
    if not day_said(before.best) or clock_said(before.best) or target.role is not None:
        return target
    within = _hours_within(before, target)  # 明天中午一起吃饭，12点
    return target if within is None else replace(target, readings=(within,))


def _hours_within(day: Moment, hours: Moment) -> Reading | None:
    """The hour of the part of a day that was named before it."""
    part, found = day.best, hours.best
    if not part.daypart or part.start is None or not hour_only(found) or found.start is None:
        return None
    hour = found.start.hour % 12 + (12 if part.start.hour >= 12 else 0)
    start = part.start.replace(hour=hour, minute=found.start.minute)
    return replace(found, start=start, said=found.said | part.said)


def find(f: Facts) -> Intent:
    windows = windows_of(f, f.moments) or _working_days(f)
    doubtful = next((m for m in f.moments if len(m.readings) > 1), None)
    intent = Intent(Ask.FIND, duration=f.times.length, title=title_of(f, Ask.FIND))
    if doubtful is not None and len(f.moments) == 1:
        return replace(intent, choices=tuple(choice_of(r, None, f.sentence.now) for r in doubtful.readings))
    gone = [is_over(m, f) for m in f.moments]
    if gone and any(gone):
        return replace(intent, problem="past" if all(gone) else "contradiction")
    return replace(intent, windows=windows)


_LAST_DAY = re.compile(r"BYDAY=MO,TU,WE,TH,FR;UNTIL=(\d{8})")


def _working_days(f: Facts) -> tuple[Window, ...]:
    """来週の平日、10時から16時の間で: hours of one week, though it is said as a rule."""
    rule = f.times.rule.best if f.times.rule is not None else None
    last = _LAST_DAY.search(rule.rrule or "") if rule is not None else None
    if rule is None or last is None:
        return ()
    day = datetime.strptime(last[1], "%Y%m%d").replace(tzinfo=f.sentence.now.tzinfo)
    monday = day - day.weekday() * DAY
    week = Reading(Kind.RANGE, monday, monday + 7 * DAY, said=frozenset({Part.WEEK}), daypart=rule.daypart)
    if rule.start is None or rule.end is None:
        return tuple(window_of(replace(week, whole_days=True), f.sentence.now))
    hours = [monday.replace(hour=at.hour, minute=at.minute) for at in (rule.start, rule.end)]
    said = week.said | {Part.HOUR}
    return tuple(window_of(replace(week, start=hours[0], end=hours[1], daypart=None, said=said), f.sentence.now))


def windows_of(f: Facts, moments: Sequence[Moment]) -> tuple[Window, ...]:
    taken = [w for m in moments for w in window_of(m.best, f.sentence.now)]
    weeks = [m for m in moments if is_week(m.best)]
    out = [into_week(m, weeks[0].best) if weeks and weekday_loose(m.best) else m for m in f.times.excluded]
    excluded = [w for m in out for w in window_of(m.best, f.sentence.now)]
    if excluded:
        taken = [part for w in taken for part in _without(w, excluded)]
    return tuple(sorted(taken, key=lambda w: w.start or f.sentence.now))


def _without(window: Window, excluded: Sequence[Window]) -> list[Window]:
    """A window of days without those that do not suit."""
    if window.start is None or window.end is None:
        return [window]
    parts = [window]
    for e in excluded:
        if e.start is None or e.end is None:
            continue
        cut: list[Window] = []
        for p in parts:
            assert p.start is not None
            assert p.end is not None
            if e.end <= p.start or e.start >= p.end:
                cut.append(p)
                continue
            if p.start < e.start:
                cut.append(replace(p, end=e.start))
            if e.end < p.end:
                cut.append(replace(p, start=e.end))
        parts = cut
    return parts


def availability(f: Facts) -> Intent:
    m = target_of(f)
    if m is None:
        return Intent(Ask.AVAILABILITY, duration=f.times.length)
    if m.exact and not hours_of_a_week(m.best):
        if len(m.readings) > 1:
            choices = tuple(choice_of(r, f.times.length or DEFAULT_LENGTH, f.sentence.now) for r in m.readings)
            return Intent(Ask.AVAILABILITY, choices=choices, duration=f.times.length)
        start = m.best.start
        assert start is not None
        end = m.best.end if m.best.kind is Kind.RANGE else later(start, f.times.length or DEFAULT_LENGTH)
        return Intent(Ask.AVAILABILITY, start, end, duration=f.times.length)
    return Intent(Ask.AVAILABILITY, windows=windows_of(f, f.moments), duration=f.times.length)


def agenda(f: Facts) -> Intent:
    today = f.sentence.now.replace(hour=0, minute=0, second=0, microsecond=0)
    windows = tuple(
        replace(w, start=today) if w.start is None and w.whole_days else w for w in windows_of(f, f.moments)
    )
    if not windows and f.has("this_week"):
        monday = today - today.weekday() * DAY
        windows = (Window(monday, monday + 7 * DAY, whole_days=True),)
    if not windows:
        windows = (Window(today, today + DAY, whole_days=True),)
    return Intent(Ask.AGENDA, windows=windows)


def next_gap(f: Facts) -> Intent:
    for m in f.moments:  # "my next two hour gap"
        r = m.best
        if Part.OFFSET in r.said and r.start is not None and r.end is not None and r.start <= f.sentence.now:
            return Intent(Ask.NEXT_GAP, duration=r.end - r.start)
    return Intent(Ask.NEXT_GAP, duration=f.times.length, windows=windows_of(f, f.moments))


_RUNS_TO = re.compile(r"\b(?:to|until|till|through|ends?|ending|finish(?:es|ing)?)(?: on)?(?: the)? ?$")


def timeoff(f: Facts) -> Intent:
    if f.times.rule is not None and not f.moments:
        r = f.times.rule.best
        return Intent(Ask.TIMEOFF, r.start, r.end, rrule=r.rrule)
    moments = narrowed(sorted((*f.times.excluded, *f.moments), key=lambda m: m.start))  # "not there" is away
    doubtful = next((m for m in moments if len(m.readings) > 1 and m.best.start), None)
    if doubtful is not None:
        return Intent(Ask.TIMEOFF, choices=tuple(choice_of(r, None, f.sentence.now) for r in doubtful.readings))
    moments = [
        m for m in moments if not f.text[: m.start].rstrip().endswith(listed(f.languages, "back_words"))
    ] or moments
    if not moments:
        return Intent(Ask.TIMEOFF, duration=f.times.length)
    first = moments[0].best
    until = first.start is None and first.end is not None and "いっぱい" not in moments[0].words
    if until and first.whole_days:  # "off till Wednesday"
        return Intent(Ask.TIMEOFF, f.sentence.now.replace(hour=0, minute=0), first.end, all_day=True)
    if len(moments) == 2 and first.kind is moments[1].best.kind is Kind.DATE and moments[1].role is None:
        runs_to = _RUNS_TO.search(f.text, moments[0].end, moments[1].start)
        if runs_to and first.start and moments[1].best.start and first.start < moments[1].best.start:
            return Intent(Ask.TIMEOFF, first.start, moments[1].best.start + DAY, all_day=True)
    if len(moments) > 1 and moments[-1].role in ("to", "until") and first.start is not None:
        end = moments[-1].best.end or moments[-1].best.start
        return Intent(Ask.TIMEOFF, first.start, end, all_day=not clock_said(first))
    if first.kind is Kind.DATE and first.start is not None:
        span = f.times.days[0].readings[0].duration if f.times.days else None
        days = max(1, span.days) if span else _days_in_a_row(moments)
        return Intent(Ask.TIMEOFF, first.start, first.start + days * DAY, all_day=True)
    if first.kind is Kind.INSTANT and first.start is not None:
        length = f.times.length
        if length is not None and length >= _HALF_DAY:  # "half a day, from 1"
            return Intent(Ask.TIMEOFF, first.start, first.start.replace(hour=18, minute=0))
        return Intent(Ask.TIMEOFF, first.start, later(first.start, length) if length else None)
    if first.start is not None and first.end is None and f.times.days and Part.START in first.said:
        span = f.times.days[0].readings[0].duration  # 从下周一起十五天
        if span is not None and not clock_said(first):
            return Intent(Ask.TIMEOFF, first.start, first.start + max(1, span.days) * DAY, all_day=True)
    window = window_of(first, f.sentence.now)[0]
    if first.kind is Kind.RANGE and clock_said(first) and first.start is not None and f.times.length == _HALF_DAY:
        return Intent(Ask.TIMEOFF, window.start, first.start.replace(hour=18, minute=0))
    return Intent(Ask.TIMEOFF, window.start, window.end, all_day=window.whole_days)


def _days_in_a_row(moments: Sequence[Moment]) -> int:
    """How many days follow on the first: 26日（木）と27日（金）."""
    first = moments[0].best.start
    days = [m.best.start for m in moments if m.best.kind is Kind.DATE and len(m.readings) == 1]
    row = 1
    while first is not None and first + row * DAY in days:
        row += 1
    return row


def room(f: Facts) -> Intent:
    moments = narrowed(f.moments)
    m = next((m for m in moments if m.exact), moments[0] if moments else None)
    intent = Intent(Ask.ROOM, duration=f.times.length, room=fuller(_room_wish(f), f))
    if m is None and f.times.length and at_once(f):
        return replace(intent, start=f.sentence.now, end=later(f.sentence.now, f.times.length))
    if m is None:
        return intent
    if m.exact and len(m.readings) > 1:
        return replace(
            intent, choices=tuple(choice_of(r, f.times.length or DEFAULT_LENGTH, f.sentence.now) for r in m.readings)
        )
    if m.exact:
        start = m.best.start
        assert start is not None
        end = m.best.end if m.best.kind is Kind.RANGE else later(start, f.times.length or DEFAULT_LENGTH)
        return replace(intent, start=start, end=end)
    windows = windows_of(f, f.moments)
    if len(windows) == 1:
        return replace(intent, start=windows[0].start, end=windows[0].end, all_day=windows[0].whole_days)
    return replace(intent, windows=windows)


def _room_wish(f: Facts) -> RoomWish | None:
    """The wish; a room on a known floor may be called by its name alone ("3楼木星有人用吗")."""
    wish = f.room.wish if f.room else None
    if wish is None or wish.name or f.has("room") or not (wish.floor or wish.building):
        return wish
    name = title_of(f, Ask.ROOM)
    return replace(wish, name=name) if name and len(name) <= 12 and not _HEADS.search(name) else wish


_HEADS = re.compile(r"[哪空几剩]|什么|\d\s*(?:人|名)|(?:ところ|とこ)$")  # 20人座れるところ

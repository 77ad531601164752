"""What a move of an event needs to know: how far, or to when."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from bot.domain.intent import Ask, Intent
from bot.domain.timelang.model import Kind, Part, Reading
from bot.language.bookings import recurring, trouble, windows_of
from bot.language.facts import Facts
from bot.language.hours import past_the_hour
from bot.language.joins import ALTERNATIVE
from bot.language.moments import (
    DAY,
    Moment,
    clock_said,
    day_said,
    hour_only,
    is_week,
    later,
    shifted,
    unique,
    weekday_loose,
    within_part,
)
from bot.language.subjects import title_of
from bot.language.windows import choice_of, window_of


def since(f: Facts) -> Moment | None:
    """The day from which on a change holds: "from next Monday", 下周三起."""
    for m in f.moments:
        r = m.best
        if Part.START in r.said and day_said(r) and r.start is not None and r.end is None and _ONWARD.search(m.words):
            return m
    return None


_ONWARD = re.compile(r"起|开始|往后|以降|starting|beginning|onwards?")


def _in_force(r: Reading, begins: Reading) -> Reading:
    """An hour, or a weekday with an hour, the first time at or after the day a change begins."""
    if r.start is None or begins.start is None or not clock_said(r):
        return r
    days = (begins.start.date() - r.start.date()).days
    if weekday_loose(r):
        days = max(0, -(-days // 7) * 7)
    elif not hour_only(r):
        return r
    return shifted(r, timedelta(days=days))


def ends_then(m: Moment) -> bool:
    """Only an end was said, by the clock: "until 5"."""
    return m.best.start is None and m.best.end is not None and clock_said(m.best)


def move(f: Facts) -> Intent:
    title = title_of(f, Ask.MOVE)
    now, event = f.sentence.now, f.sentence.event
    shift = _shift(f)
    if shift is not None:
        counted = _days_said_like_a_date(f)
        others = [m for m in f.moments if m is not counted and not _how_far(m)]
        target = () if f.ctx else windows_of(f, others)
        return Intent(Ask.MOVE, delta=shift, title=title, windows=target)
    if f.times.rule is not None and not f.moments:
        length = f.times.length or (event.end - event.start if event else None)
        return replace(recurring(f, f.times.rule, length), ask=Ask.MOVE, title=title)
    new, old = _from_to(f)
    begins = since(f)
    if new and begins is not None and begins not in new:
        new = [replace(m, readings=tuple(unique([_in_force(r, begins.best) for r in m.readings]))) for m in new]
        new = [replace(m, readings=tuple(replace(r, said=r.said | {Part.DAY}) for r in m.readings)) for m in new]
        new = [_by_day(m) for m in new]
    new = [replace(m, readings=tuple(_put_off(r) for r in m.readings)) for m in new] if new else new
    minutes_on = past_the_hour(f.text, event.start) if new is None and event is not None else None
    if minutes_on is not None and event is not None:
        return Intent(Ask.MOVE, minutes_on, minutes_on + (event.end - event.start), title=title)
    if new is None:
        return Intent(Ask.MOVE, title=title, windows=windows_of(f, [old] if old else []))
    new = _with_hour(f, [from_the_event(m, f) for m in new])
    length = f.times.length or (event.end - event.start if event else None)
    readings = [on_event_day(r, f, old) for m in new for r in _office_hours(m, f)]
    readings = [r for i, r in enumerate(readings) if r.start not in [o.start for o in readings[:i]]]
    where = windows_of(f, [old]) if old else ()
    if len(readings) > 1:
        choices = tuple(choice_of(r, length, now) for r in readings)
        return Intent(Ask.MOVE, choices=choices, title=title, duration=f.times.length, windows=where)
    r = readings[0]
    if r.kind is Kind.RANGE and (r.daypart or r.whole_days or r.start is None or r.end is None):
        return Intent(Ask.MOVE, windows=tuple(window_of(r, now)), title=title, duration=f.times.length)
    assert r.start is not None
    end = r.end if r.kind is Kind.RANGE else later(r.start, length) if length else None
    if r.kind is Kind.DATE:
        return Intent(Ask.MOVE, r.start, None, all_day=True, title=title)
    told = None if _said_both_ways(f) else f.times.length
    return Intent(Ask.MOVE, r.start, end, title=title, duration=told, problem=trouble(r.start, end, now))


def _by_day(m: Moment) -> Moment:
    """Of two half days that an hour alone may mean, the one of office hours, once the day is another."""
    office = [r for r in m.readings if r.start is not None and 8 <= r.start.hour < 19]
    return replace(m, readings=tuple(office)) if len(office) == 1 else m


def from_the_event(m: Moment, f: Facts) -> Moment:
    """ "The next day" of a sentence about an event is the one after it, not tomorrow."""
    event = f.sentence.event
    said = [h for h in f.cues.of("day_after", "day_before") if any(s <= h.start < e for s, e in m.spans)]
    if event is None or not said or Part.OFFSET in m.best.said:
        return m
    today, day = f.sentence.now.date(), event.start.date()
    if said[0].name == "day_before" and m.best.start is not None:
        today = m.best.start.date() + DAY
    elif Part.WEEK in m.best.said:  # whole weeks, from Monday to Monday
        today, day = today - today.weekday() * DAY, day - day.weekday() * DAY
    return replace(m, readings=tuple(shifted(r, day - today) for r in m.readings))


def _put_off(r: Reading) -> Reading:
    """ "Until Monday" is when it takes place once it is put off."""
    if r.kind is Kind.RANGE and r.start is not None and r.end is None and clock_said(r) and Part.START in r.said:
        return replace(r, kind=Kind.INSTANT)  # "9:30, from Wednesday on"
    if r.kind is not Kind.RANGE or r.start is not None or r.end is None or r.daypart:
        return r
    if clock_said(r):
        return replace(r, kind=Kind.INSTANT, start=r.end, end=None)
    return replace(r, kind=Kind.DATE, start=r.end - DAY, end=None, whole_days=False)


def _office_hours(m: Moment, f: Facts) -> list[Reading]:
    """On the day of an event an hour alone is in office hours, whatever the clock says now."""
    known = [r for r in m.readings if r.start is not None]
    if not f.ctx or len(known) < 2 or not hour_only(m.best) or any(r.start and r.start.hour in (7, 19) for r in known):
        return list(m.readings)
    office = [r for r in known if r.start and 8 <= r.start.hour < 20]
    return office[:1] or list(m.readings)


def _shift(f: Facts) -> timedelta | None:
    """How far to move: "half an hour later"."""
    said = f.times.deltas or f.times.leads or f.times.lengths
    if not f.has("move_later", "move_earlier", "shift_by") and not f.times.deltas:
        return None
    said = said or f.times.days
    if _said_both_ways(f):
        return None
    span = said[0].readings[0].duration if said else None
    counted = _days_said_like_a_date(f) if span is None else None
    if counted is not None and counted.best.start is not None:
        span = timedelta(days=counted.best.start.day)
    for m in f.moments if span is None else ():  # "do it an hour later"
        if _how_far(m) and m.best.start is not None:
            day = m.best.kind is Kind.DATE
            span = m.best.start - (f.sentence.now.replace(hour=0, minute=0) if day else f.sentence.now)
    if span is None:
        return None
    return -abs(span) if f.has("move_earlier") and not f.has("move_later") else abs(span)


def _said_both_ways(f: Facts) -> bool:
    """Whether the time to move to is told behind how far: 1時間ずらして16時からに."""
    verbs = f.cues.of("move_later", "move_earlier", "shift_by") if "ja" in f.languages else []
    said = f.times.deltas or f.times.leads or f.times.lengths
    return bool(said) and any(
        m.exact
        and Part.OFFSET not in m.best.said
        and any(said[0].end <= h.start and h.end <= m.start for h in verbs)
        and f.text[m.end : m.end + 1] != "の"
        for m in f.moments
    )


def _how_far(m: Moment) -> bool:
    """ "An hour later", "a day earlier": counted from the event, not from now."""
    r = m.best
    return Part.OFFSET in r.said and (r.kind is Kind.INSTANT or (r.kind is Kind.DATE and bool(_LATER.search(m.words))))


_LATER = re.compile(r"\b(?:later|earlier|sooner)$")

_SO_MANY_DAYS = re.compile(r"(?<![\d月])(?:\d|[一二三四五六七])日$")


def _days_said_like_a_date(f: Facts) -> Moment | None:
    """1日後ろにずらす is a day later; 1日に would be the first of the month."""
    for m in f.moments:
        if m.best.kind is Kind.DATE and m.best.start is not None and _SO_MANY_DAYS.search(m.words):
            for h in f.cues.of("move_later", "move_earlier", "shift_by"):
                if 0 <= h.start - m.end <= 2 and f.text[m.end : h.start] in ("", "分", "だけ", "ほど", "後に"):
                    return m
    return None


def _from_to(f: Facts) -> tuple[list[Moment] | None, Moment | None]:
    """The new time (several when they are offered as alternatives) and the one that tells which event is meant."""
    moments = f.moments
    if not moments:
        return None, None
    ends = _both_ends(f, moments[0]) if len(moments) == 1 else None
    if ends is not None:
        return [ends[1]], ends[0]
    old_one = left(f) if len(moments) > 1 else None
    if old_one is not None:
        return [m for m in moments if m is not old_one], old_one
    sources = [m for m in moments if m.role == "from"]
    targets = [m for m in moments if m.role in ("to", "instead")]
    if targets:
        at = moments.index(targets[0])
        while at > 0 and _or_between(f.text, moments[at - 1], moments[at]):
            at -= 1
        if at < moments.index(targets[0]):
            return moments[at:], moments[0] if at > 0 else None
        new = [targets[0], *[m for m in moments[at + 1 :] if m.role in ("or", "to")]]
        if len(new) == 1 and at + 1 < len(moments):
            new = [within_part(targets[0], moments[at + 1]) or targets[0]]
        old = sources[0] if sources else moments[0] if moments[0] not in new else None
        return new, old
    alternatives = [m for m in moments if m.role == "or"]
    if alternatives:
        at = moments.index(alternatives[0])
        new = moments[max(0, at - 1) :]
        return new, moments[0] if moments[0] not in new else None
    if len(moments) == 1:
        verb = f.cues.first("move_to", "change", "move_later", "move_earlier")
        if verb is not None and f.ctx and _another_day(moments[0], f):
            return [moments[0]], None
        if verb is not None and moments[0].end <= verb.start and not f.has("to_mark") and "ja" not in f.languages:
            clear = moments[0].exact or f.has("same_time")
            return ([moments[0]], None) if f.ctx and clear else (None, moments[0])
        return [moments[0]], None
    one = within_part(moments[-2], moments[-1])
    if one is not None and (f.ctx or len(moments) > 2):
        return [one], moments[0] if len(moments) > 2 else None
    return [moments[-1]], moments[0]


def _another_day(m: Moment, f: Facts) -> bool:
    """Whether a time is on another day than the event, so that it cannot be what tells which event is meant."""
    event, start = f.sentence.event, m.best.start
    return event is not None and start is not None and day_said(m.best) and start.date() != event.start.date()


def _with_hour(f: Facts, new: list[Moment]) -> list[Moment]:
    """改成后天上午吗，十点: the hour of the part of a day that was named before it."""
    r = new[0].best
    later_said = [m for m in f.moments if m.start >= new[0].end and m not in new and m.role is None]
    if len(new) > 1 or len(later_said) != 1 or not r.daypart or r.start is None or clock_said(r):
        return new
    hour = later_said[0]
    fits = [x for x in hour.readings if x.start is not None and x.kind is Kind.INSTANT and hour_only(x)]
    if not fits or fits[0].start is None:
        return new
    at = fits[0].start
    half = at.hour % 12 + (12 if r.start.hour >= 12 else 0)
    day = r.start.replace(hour=half, minute=at.minute)
    said = r.said | fits[0].said | {Part.PART_OF_DAY}
    return [replace(hour, readings=(replace(fits[0], start=day, end=None, said=said),), role=new[0].role)]


def left(f: Facts) -> Moment | None:
    """The time another one is named instead of: "Friday at 10 instead of Thursday"."""
    for h in f.cues.of("instead_of"):
        for m in f.moments:
            if 0 <= m.start - h.end <= 1 or f.text[h.end : m.start].strip() in _DEFINITE:
                return m
    return next((m for m in f.moments if NOT.search(f.text, 0, m.start)), None) if len(f.moments) > 1 else None


NOT = re.compile(r"\bnot (?:the |on |at )?$")


def _both_ends(f: Facts, m: Moment) -> tuple[Moment, Moment] | None:
    """ "Knock the 11 to half one": not a stretch but where from and where to."""
    r = m.best
    lead = f.text[: m.start].rstrip().rpartition(" ")[2]
    if r.kind is not Kind.RANGE or r.start is None or r.end is None:
        return None
    arrow = any(sign in m.words for sign in ("→", "->"))
    if arrow and not clock_said(r) and r.daypart is None:
        old = replace(r, kind=Kind.DATE, end=None, whole_days=False)
        return replace(m, readings=(old,)), replace(m, readings=(replace(old, start=r.end - DAY),))
    from_there = lead in _DEFINITE or m.words.startswith("from ") or r.end - r.start > _LONG
    if not (arrow or from_there) or not clock_said(r):
        return None
    old = replace(r, kind=Kind.INSTANT, end=None)
    return replace(m, readings=(old,)), replace(m, readings=(replace(old, start=r.end),))


_LONG = timedelta(hours=14)  # nothing is moved to a stretch that long: it goes from one end to the other
_DEFINITE = frozenset({"the", "my", "our"})


def _or_between(text: str, one: Moment, other: Moment) -> bool:
    between = text[one.end : other.start].strip(" ,、，")
    return bool(between) and between in ALTERNATIVE - {"and", "and on", "和", "跟", "及", "と", "&"}


def on_event_day(r: Reading, f: Facts, old: Moment | None) -> Reading:
    """An hour alone is on the day of the event; a day alone keeps its hour."""
    event, anchor = f.sentence.event, None
    if event is not None:
        anchor = event.start
    elif old is not None and old.best.start is not None and (day_said(old.best) or old.exact):
        anchor = old.best.start
    if anchor is None or r.start is None:
        return r
    if r.start < f.sentence.now and Part.WEEKDAY in r.said and f.ctx:  # what is to come is never moved into the past
        return replace(r, start=r.start + 7 * DAY, end=r.end + 7 * DAY if r.end else None)
    if is_week(r) and f.has("same_time") and (event is not None or (old is not None and old.exact)):
        day = r.start + anchor.weekday() * DAY
        return replace(
            r, kind=Kind.INSTANT, start=day.replace(hour=anchor.hour, minute=anchor.minute), whole_days=False
        )
    if r.kind is Kind.INSTANT and Part.WEEK in r.said and not r.said & {Part.DAY, Part.WEEKDAY} and f.has("same_time"):
        return replace(r, start=r.start + (anchor.weekday() - r.start.weekday()) * DAY)
    if hour_only(r):
        days = timedelta(days=(anchor.date() - r.start.date()).days)
        return replace(r, start=r.start + days, end=r.end + days if r.end else None)
    if r.kind is Kind.DATE and (event is not None or (old is not None and old.exact)):
        start = r.start.replace(hour=anchor.hour, minute=anchor.minute)
        return replace(r, kind=Kind.INSTANT, start=start)
    return r

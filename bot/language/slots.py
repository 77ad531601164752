"""What each intent needs to know, taken from the facts of its sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.draft import Receipt
from bot.domain.intent import Ask, Intent, Person
from bot.domain.timelang import phrases as time_phrases
from bot.domain.timelang.model import Kind, Part, Phrase, Reading
from bot.language.bookings import (
    agenda,
    availability,
    create,
    find,
    next_gap,
    recurring,
    room,
    target_of,
    timeoff,
    trouble,
    windows_of,
)
from bot.language.changes import from_the_event, move, since
from bot.language.cues import Hit
from bot.language.endings import extend
from bot.language.facts import Facts, is_over, overlaps
from bot.language.moments import DAY, Moment, clock_said, later, shifted, weekday_loose
from bot.language.people import EVERYBODY
from bot.language.polls import poll
from bot.language.subjects import EDITS, title_of
from bot.language.windows import choice_of, window_of

_HALF_DAY = timedelta(hours=12)
_WORKING = (Ask.FIND, Ask.NEXT_GAP, Ask.CREATE, Ask.ROOM)


def fill(ask: Ask, f: Facts) -> Intent:
    """The intent with everything the sentence says for it."""
    if not f.times.lengths and ask in (Ask.FIND, Ask.NEXT_GAP, Ask.CREATE):
        taken = [s for m in f.moments for s in m.spans]  # "in half an hour" is when, not how long
        for hit in f.cues.of("one_hour", "half_hour"):
            if any(s < hit.end and hit.start < e for s, e in taken):
                continue
            span = timedelta(hours=1) if hit.name == "one_hour" else timedelta(minutes=30)
            f.times.lengths.append(Phrase(hit.start, hit.end, (Reading(Kind.DURATION, duration=span),)))
    if not f.times.lengths and f.times.leads and ask is Ask.FIND:  # "two hours before the 27th" is how long
        f.times.lengths.append(f.times.leads[0])
    if ask in _WORKING and f.times.length == _HALF_DAY:  # of a day of work, not of the clock
        half = f.times.lengths[0]
        f.times.lengths[0] = replace(half, readings=(replace(half.readings[0], duration=timedelta(hours=4)),))
    if ask is Ask.NONE:
        return Intent(ask)
    builder = _BUILDERS.get(ask)
    intent = builder(f) if builder else Intent(ask)
    if ask is Ask.UNINVITE:
        f = replace(f, people=tuple(replace(p, optional=False) for p in f.people))
    intent = replace(intent, people=_people(ask, f), room=intent.room or (f.room.wish if f.room else None))
    if ask in EDITS:
        intent = replace(intent, scope=_scope(ask, f))
    if (
        intent.problem is None
        and f.times.problem
        and not intent.choices
        and intent.start is None
        and not intent.windows
    ):
        intent = replace(intent, problem=f.times.problem)
    return replace(intent, receipts=_receipts(f, intent))


def _people(ask: Ask, f: Facts) -> tuple[Person, ...]:
    if ask in (Ask.AGENDA, Ask.NEXT_GAP, Ask.SETTINGS, Ask.UNDO, Ask.HELP, Ask.GREET, Ask.CALENDARS, Ask.CALDAV):
        return ()
    if f.everyone and not f.people:
        return (EVERYBODY,)
    return f.people


def _scope(ask: Ask, f: Facts) -> str | None:
    begins = any(m.role == "from" and not _owns(f, m) for m in f.moments)
    if ask is Ask.CANCEL and not f.has("scope_this") and (begins or since(f)):
        return "following"
    same = f.cues.of("same_time") if ask is Ask.MOVE else []  # 下周一，时间照旧 leaves nothing else as it was
    for name in ("scope_this", "scope_following", "scope_all"):
        if any(not overlaps(h, same) for h in f.cues.of(name)):
            return name.removeprefix("scope_")
    return "following" if ask is Ask.MOVE and since(f) is not None else None


def _search(f: Facts) -> Intent:
    moments = [_gone_by(_closed(m), f.sentence.now) for m in f.moments]
    return Intent(Ask.SEARCH, windows=windows_of(f, moments), title=title_of(f, Ask.SEARCH))


def _closed(m: Moment) -> Moment:
    """ "From last week" is last week when something is looked for."""
    r = m.best
    if Part.START not in r.said or r.start is None or r.end is not None:
        return m
    if Part.WEEK in r.said:
        end = r.start + 7 * DAY
    elif Part.MONTH in r.said and Part.DAY not in r.said:
        end = (r.start.replace(day=1) + 32 * DAY).replace(day=1)
    else:
        end = r.start + DAY
    return replace(m, readings=(replace(r, end=end),))


def _owns(f: Facts, m: Moment) -> bool:
    """ "Take Jo off Thursday's planning", said with "from": a day an event is of, not one on which something begins."""
    return f.text.startswith("'s", m.end)


def _gone_by(m: Moment, now: datetime) -> Moment:
    """What is looked for in "October" was last October."""
    r = m.best
    if r.start is None or r.start <= now or Part.MONTH not in r.said or r.said - {Part.MONTH, Part.START, Part.DAY}:
        return m
    start = r.start.replace(year=r.start.year - 1)
    if r.start - now < now - start - 31 * DAY and Part.START not in r.said:
        return m  # what is nearer to come than to have been
    end = r.end.replace(year=r.end.year - 1) if r.end else None
    return replace(m, readings=(replace(r, start=start, end=end),))


def _named_event(ask: Ask) -> Callable[[Facts], Intent]:
    def build(f: Facts) -> Intent:
        moments = [_closed(m) if _owns(f, m) else m for m in f.moments]
        return Intent(ask, windows=windows_of(f, moments), title=title_of(f, ask))

    return build


def _minutes(f: Facts) -> Intent:
    return Intent(Ask.MINUTES, windows=windows_of(f, [_held(m, f) for m in f.moments]), title=title_of(f, Ask.MINUTES))


def _held(m: Moment, f: Facts) -> Moment:
    """周一那个会的纪要 is of last Monday's, unless they are to be made."""
    r, now = m.best, f.sentence.now
    if "zh" not in f.languages or r.start is None or r.start <= now or _TO_MAKE.search(f.text):
        return m
    if weekday_loose(r) and r.start - now <= 7 * DAY:
        return replace(m, readings=(shifted(r, -7 * DAY),))
    if r.said == {Part.DAY} and r.start.month != now.month and r.start - now < 31 * DAY:
        start = (r.start.replace(day=1) - DAY).replace(day=r.start.day) if r.start.day <= 28 else r.start
        return replace(m, readings=(shifted(r, start - r.start),))
    return m


_TO_MAKE = re.compile(r"[建开起配][个一份篇好]|创建|新建|准备|模板|建好")


def _cancel(f: Facts) -> Intent:
    moments = [] if f.has("scope_following") and len(f.moments) == 1 and f.ctx else f.moments
    moments = [_closed(m) if _owns(f, m) else m for m in moments]
    spared = [m for m in moments if any(h.start <= m.start < h.end for h in f.cues.of("scope_this"))]
    if 0 < len(spared) < len(moments):  # 明天的例会不开，下周照旧
        moments = [m for m in moments if m not in spared]
    return Intent(Ask.CANCEL, windows=windows_of(f, moments), title=title_of(f, Ask.CANCEL))


def _rsvp(f: Facts) -> Intent:
    doubt = f.cues.first("tentative")
    late = doubt and f.has("but") and not f.has("decline") and any(h.start > doubt.end for h in f.cues.of("accept"))
    reply = (
        "tentative"
        if doubt and not f.has("strong_decline") and not late
        else "decline"
        if f.has("decline", "refuse") or (f.has("refusing") and not f.has("accept"))
        else "accept"
    )
    if reply == "decline" and _comes_after_all(f):
        reply = "accept"
    return Intent(Ask.RSVP, reply=reply, windows=windows_of(f, f.moments), title=title_of(f, Ask.RSVP))


def _comes_after_all(f: Facts) -> bool:
    """ "Sorry, I'm late, but I'll be there": what is said behind "but" holds."""
    but = f.cues.of("but")
    comes = [h for h in f.cues.of("accept") if but and h.end > but[-1].start]
    return bool(comes) and not any(h.start > but[-1].start for h in f.cues.of("decline", "refuse", "strong_decline"))


def _remind(f: Facts) -> Intent:
    title = title_of(f, Ask.REMIND)
    if f.times.rule is not None:
        made = recurring(f, f.times.rule, None)
        return replace(made, ask=Ask.REMIND, end=None, title=title)
    lead = _lead(f)
    m = None if _to_go(f) is not None else target_of(f)
    event = f.sentence.event
    if m is None and lead is None and f.has("day_before"):
        return Intent(Ask.REMIND, delta=-DAY, title=title)
    if m is not None and event is not None and f.has("day_before") and not clock_said(m.best):
        return Intent(Ask.REMIND, delta=-DAY, title=title)
    if m is not None and event is not None:
        m = from_the_event(m, f)
    if lead is not None and (f.ctx or m is None or not m.exact):
        others = [x for x in f.moments if x is not _to_go(f) and not (Part.OFFSET in x.best.said and is_over(x, f))]
        return Intent(Ask.REMIND, delta=-lead, title=title, windows=windows_of(f, others))
    if lead is not None and m is not None and m.best.start is not None:
        return Intent(Ask.REMIND, later(m.best.start, -lead), delta=-lead, title=title)
    if m is None:
        return Intent(Ask.REMIND, title=title, delta=-f.times.length if f.times.length and f.ctx else None)
    if len(m.readings) > 1:
        return Intent(Ask.REMIND, choices=tuple(choice_of(r, None, f.sentence.now) for r in m.readings), title=title)
    if m.best.kind is Kind.INSTANT:
        return Intent(
            Ask.REMIND,
            m.best.start,
            title=title,
            problem=trouble(m.best.start, None, f.sentence.now) if m.best.start else None,
        )
    window = window_of(m.best, f.sentence.now)[0]
    start = window.start
    if start is not None and window.whole_days:
        start = start.replace(hour=9)
    if m.best.start is None and m.best.end is not None and clock_said(m.best):
        start = m.best.end  # "send it by 5": the last moment for it
    return Intent(Ask.REMIND, start, title=title)


def _to_go(f: Facts) -> Moment | None:
    """离开始还有一刻钟的时候: what is still to go then, not from now on."""
    if not f.has("to_go"):
        return None
    return next((m for m in f.moments if Part.OFFSET in m.best.said and len(f.moments) == 1), None)


def _lead(f: Facts) -> timedelta | None:
    """How long before something: "ten minutes before"."""
    if f.times.leads:
        return f.times.leads[0].readings[0].duration
    if (m := _to_go(f)) is not None and m.best.start is not None:
        return m.best.start - f.sentence.now
    if f.has("to_go") and f.times.lengths:
        return f.times.lengths[0].readings[0].duration
    for m in f.moments:  # a time just gone is one before the event
        if Part.OFFSET in m.best.said and m.best.start is not None and m.best.start < f.sentence.now:
            return f.sentence.now - m.best.start
    for p in f.times.lengths:
        if any(-1 <= h.start - p.end <= 3 or -1 <= p.start - h.end <= 2 for h in f.cues.of("before_mark")):
            return p.readings[0].duration
    for h in f.cues.of("before_word") if not f.times.lengths else ():  # 开会前半小时: read the length for itself
        for p in time_phrases(f.text[h.end : h.end + 8], f.sentence.now, languages=f.languages):
            if p.start <= 1 and p.readings and p.readings[0].duration is not None:
                return p.readings[0].duration
    return None


def _title_only(ask: Ask) -> Callable[[Facts], Intent]:
    def build(f: Facts) -> Intent:
        return Intent(ask, title=title_of(f, ask))

    return build


_BUILDERS: dict[Ask, Callable[[Facts], Intent]] = {
    Ask.CREATE: create,
    Ask.FIND: find,
    Ask.AVAILABILITY: availability,
    Ask.AGENDA: agenda,
    Ask.NEXT_GAP: next_gap,
    Ask.SEARCH: _search,
    Ask.CANCEL: _cancel,
    Ask.RSVP: _rsvp,
    Ask.MOVE: move,
    Ask.EXTEND: extend,
    Ask.TIMEOFF: timeoff,
    Ask.ROOM: room,
    Ask.POLL: poll,
    Ask.REMIND: _remind,
    Ask.MINUTES: _minutes,
    Ask.MEETING_CHAT: _named_event(Ask.MEETING_CHAT),
    Ask.INVITE: _named_event(Ask.INVITE),
    Ask.UNINVITE: _named_event(Ask.UNINVITE),
    Ask.CALENDARS: _title_only(Ask.CALENDARS),
    Ask.SHARE: _title_only(Ask.SHARE),
    Ask.SUBSCRIBE: _title_only(Ask.SUBSCRIBE),
}


def _receipts(f: Facts, intent: Intent) -> tuple[Receipt, ...]:
    """For each thing understood, the words it came from."""
    raw = f.line.raw
    out: list[Receipt] = []

    def add(slot: str, places: Sequence[tuple[int, int]]) -> None:
        words = " ".join(raw[s:e].strip() for s, e in sorted(set(places)) if s >= 0)
        if words:
            out.append(Receipt(slot, words))

    spans = [s for m in f.moments for s in m.spans]
    if f.times.rule is not None:
        spans += list(f.times.rule.spans)
    add("when", spans + [(p.start, p.end) for p in (*f.times.deltas, *f.times.leads)])
    if intent.people:
        everybody = [(h.start, h.end) for h in f.cues.of("everyone")] if f.everyone else []
        add("people", [(n.start, n.end) for n in f.named] + everybody)
    if intent.title:
        out.append(Receipt("title", intent.title))
    add("length", [(p.start, p.end) for p in f.times.lengths])
    if intent.room is not None and f.room is not None:
        add("room", f.room.places)
    if intent.scope:
        add("scope", [(h.start, h.end) for h in _scope_hits(f)])
    return tuple(out)


def _scope_hits(f: Facts) -> list[Hit]:
    return f.cues.of("scope_this") or f.cues.of("scope_following") or f.cues.of("scope_all")

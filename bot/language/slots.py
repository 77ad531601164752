"""What each intent needs to know, taken from the facts of its sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.draft import DEFAULT_LENGTH, MAX_LENGTH, Receipt
from bot.domain.intent import Ask, Choice, Intent, Person, RoomWish, Window
from bot.domain.timelang.model import Kind, Part, Phrase, Reading
from bot.language.asks import Facts
from bot.language.lexicon import Hit
from bot.language.people import EVERYBODY
from bot.language.text import CLAUSE_END
from bot.language.title import find_title, is_generic
from bot.language.when import DAY, Moment, choice_of, clock_said, day_said, hour_only, later, window_of

_FAR = timedelta(days=5 * 366)
_VERBS = {
    Ask.MOVE: ("move_to", "move_later", "move_earlier", "change", "same_time"),
    Ask.EXTEND: ("longer", "shorter", "change", "ends", "move_to"),
    Ask.CANCEL: ("cancel", "scope_this", "scope_following", "scope_all"),
    Ask.RSVP: ("accept", "decline", "tentative"),
    Ask.INVITE: ("add_in", "add"),
    Ask.UNINVITE: ("remove",),
    Ask.REMIND: ("remind", "remind_do", "before_mark"),
    Ask.SEARCH: ("search", "when_q", "agenda_show"),
    Ask.POLL: ("poll",),
    Ask.SHARE: ("share", "calendar"),
    Ask.SUBSCRIBE: ("subscribe", "calendar"),
    Ask.CALENDARS: ("calendar_make", "calendar"),
    Ask.MEETING_CHAT: ("chat",),
    Ask.MINUTES: ("minutes", "agenda_show", "search"),
    Ask.CREATE: (),
    Ask.FIND: ("find_time",),
    Ask.ROOM: ("room", "room_use"),
}
_EDITS = frozenset({Ask.MOVE, Ask.EXTEND, Ask.CANCEL, Ask.INVITE, Ask.UNINVITE, Ask.RSVP, Ask.ROOM})


def fill(ask: Ask, f: Facts) -> Intent:
    """The intent with everything the sentence says for it."""
    if not f.times.lengths and f.has("one_hour", "half_hour") and ask in (Ask.FIND, Ask.NEXT_GAP, Ask.CREATE):
        hit = f.cues.of("one_hour", "half_hour")[0]
        span = timedelta(hours=1) if hit.name == "one_hour" else timedelta(minutes=30)
        f.times.lengths.append(Phrase(hit.start, hit.end, (Reading(Kind.DURATION, duration=span),)))
    if ask is Ask.NONE:
        return Intent(ask)
    builder = _BUILDERS.get(ask)
    intent = builder(f) if builder else Intent(ask)
    if ask is Ask.UNINVITE:
        f = replace(f, people=tuple(replace(p, optional=False) for p in f.people))
    intent = replace(intent, people=_people(ask, f), room=intent.room or (f.room.wish if f.room else None))
    if ask in _EDITS:
        intent = replace(intent, scope=_scope(f))
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


def _scope(f: Facts) -> str | None:
    if f.has("cancel") and any(m.role == "from" for m in f.moments) and not f.has("scope_this"):
        return "following"
    for name in ("scope_this", "scope_following", "scope_all"):
        if f.has(name):
            return name.removeprefix("scope_")
    return None


# -- titles


def ends_then(m: Moment) -> bool:
    """Only an end was said, by the clock: "until 5"."""
    return m.best.start is None and m.best.end is not None and clock_said(m.best)


def holes(f: Facts, ask: Ask, *, keep: Sequence[Moment] = ()) -> list[tuple[int, int]]:
    """Places of the sentence that are something else than its subject."""
    kept = {s for m in keep for s in m.spans}
    out = [(p.start, p.end) for p in f.times.phrases if (p.start, p.end) not in kept]
    out += [(n.start, n.end) for n in f.named if n.start >= 0]
    out += [
        piece
        for h in f.cues.of("everyone", "optional", "optional_all", "all_day", "venue", *_VERBS.get(ask, ()))
        for piece in h.pieces
    ]
    if f.room is not None:
        out += list(f.room.places)
    if ask in _EDITS:
        out += [(h.start, h.end) for h in f.cues.of("scope_this", "scope_following", "scope_all", "this_event")]
    return out


def title_of(f: Facts, ask: Ask) -> str | None:
    near = [s for m in f.moments for s in m.spans] if ask in (Ask.CREATE, Ask.FIND) else []
    what = "task" if ask is Ask.REMIND else "title"
    title = find_title(f.line, f.cues, holes(f, ask), f.languages, near=near, what=what)
    return None if title is None or is_generic(title.lower(), f.languages) else title


# -- one builder per intent


def _create(f: Facts) -> Intent:
    title = title_of(f, Ask.CREATE)
    length = f.times.length
    if f.times.rule is not None and not (f.has("find_time") and not f.times.rule.best.start):
        return replace(_recurring(f, f.times.rule, length), title=title)
    target = _target(f)
    if target is None:
        return Intent(Ask.CREATE, title=title, duration=length, problem=f.times.problem)
    if len(target.readings) > 1:
        choices = tuple(choice_of(r, length or DEFAULT_LENGTH, f.sentence.now) for r in target.readings)
        return Intent(Ask.CREATE, title=title, duration=length, choices=choices)
    r = target.best
    if r.kind is Kind.DATE or r.whole_days:
        return Intent(Ask.CREATE, r.start, r.end or (r.start + DAY if r.start else None), all_day=True, title=title)
    assert r.start is not None
    end = r.end if r.kind is Kind.RANGE and r.end else later(r.start, length or DEFAULT_LENGTH)
    return Intent(
        Ask.CREATE, r.start, end, duration=length, title=title, problem=_trouble(r.start, end, f.sentence.now)
    )


def _recurring(f: Facts, rule: Moment, length: timedelta | None) -> Intent:
    r = rule.best
    start, end = r.start, r.end
    clock = next((m.best for m in f.moments if m.best.start is not None and hour_only(m.best)), None)
    if start is None and clock is not None:
        start, end = clock.start, clock.end
    if start is not None and end is None:
        end = later(start, length or r.duration or DEFAULT_LENGTH)
    choices: tuple[Choice, ...] = ()
    if len(rule.readings) > 1:
        choices = tuple(choice_of(x, length or DEFAULT_LENGTH, f.sentence.now) for x in rule.readings if x.start)
    if len(choices) > 1:
        return Intent(Ask.CREATE, rrule=r.rrule, choices=choices, duration=length)
    return Intent(Ask.CREATE, start, end, rrule=r.rrule, duration=length)


def _trouble(start: datetime, end: datetime | None, now: datetime) -> str | None:
    if end is not None and end < start:
        return "backwards"
    if end is not None and end - start > MAX_LENGTH:
        return "too_long"
    if start < now - timedelta(minutes=5):
        return "past"
    return "far" if start - now > _FAR else None


def _target(f: Facts) -> Moment | None:
    """The moment a new meeting is asked for: the first exact one, else the first."""
    return next((m for m in f.moments if m.exact), f.moments[0] if f.moments else None)


def _find(f: Facts) -> Intent:
    windows = _windows(f, f.moments)
    doubtful = next((m for m in f.moments if len(m.readings) > 1), None)
    intent = Intent(Ask.FIND, duration=f.times.length, title=title_of(f, Ask.FIND))
    if doubtful is not None and len(f.moments) == 1:
        return replace(intent, choices=tuple(choice_of(r, None, f.sentence.now) for r in doubtful.readings))
    return replace(intent, windows=windows)


def _windows(f: Facts, moments: Sequence[Moment]) -> tuple[Window, ...]:
    taken = [w for m in moments for w in window_of(m.best, f.sentence.now)]
    excluded = [w for m in f.times.excluded for w in window_of(m.best, f.sentence.now)]
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


def _availability(f: Facts) -> Intent:
    m = _target(f)
    if m is None:
        return Intent(Ask.AVAILABILITY, duration=f.times.length)
    if m.exact:
        if len(m.readings) > 1:
            choices = tuple(choice_of(r, f.times.length or DEFAULT_LENGTH, f.sentence.now) for r in m.readings)
            return Intent(Ask.AVAILABILITY, choices=choices, duration=f.times.length)
        start = m.best.start
        assert start is not None
        end = m.best.end if m.best.kind is Kind.RANGE else later(start, f.times.length or DEFAULT_LENGTH)
        return Intent(Ask.AVAILABILITY, start, end, duration=f.times.length)
    return Intent(Ask.AVAILABILITY, windows=_windows(f, f.moments), duration=f.times.length)


def _agenda(f: Facts) -> Intent:
    today = f.sentence.now.replace(hour=0, minute=0, second=0, microsecond=0)
    windows = tuple(replace(w, start=today) if w.start is None and w.whole_days else w for w in _windows(f, f.moments))
    if not windows and f.has("this_week"):
        monday = today - today.weekday() * DAY
        windows = (Window(monday, monday + 7 * DAY, whole_days=True),)
    if not windows:
        windows = (Window(today, today + DAY, whole_days=True),)
    return Intent(Ask.AGENDA, windows=windows)


def _next_gap(f: Facts) -> Intent:
    for m in f.moments:  # "my next two hour gap"
        r = m.best
        if Part.OFFSET in r.said and r.start is not None and r.end is not None and r.start <= f.sentence.now:
            return Intent(Ask.NEXT_GAP, duration=r.end - r.start)
    return Intent(Ask.NEXT_GAP, duration=f.times.length, windows=_windows(f, f.moments))


def _search(f: Facts) -> Intent:
    moments = [_gone_by(_closed(m), f.sentence.now) for m in f.moments]
    return Intent(Ask.SEARCH, windows=_windows(f, moments), title=title_of(f, Ask.SEARCH))


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


def _gone_by(m: Moment, now: datetime) -> Moment:
    """What is looked for in "October" was last October."""
    r = m.best
    if r.start is None or r.start <= now or Part.MONTH not in r.said or r.said - {Part.MONTH, Part.START, Part.DAY}:
        return m
    end = r.end.replace(year=r.end.year - 1) if r.end else None
    return replace(m, readings=(replace(r, start=r.start.replace(year=r.start.year - 1), end=end),))


def _named_event(ask: Ask) -> Callable[[Facts], Intent]:
    def build(f: Facts) -> Intent:
        return Intent(ask, windows=_windows(f, f.moments), title=title_of(f, ask))

    return build


def _cancel(f: Facts) -> Intent:
    moments = [] if f.has("scope_following") and len(f.moments) == 1 and f.ctx else f.moments
    return Intent(Ask.CANCEL, windows=_windows(f, moments), title=title_of(f, Ask.CANCEL))


def _rsvp(f: Facts) -> Intent:
    reply = (
        "tentative"
        if f.has("tentative") and not f.has("strong_decline")
        else "decline"
        if f.has("decline")
        else "accept"
    )
    return Intent(Ask.RSVP, reply=reply, windows=_windows(f, f.moments), title=title_of(f, Ask.RSVP))


def _move(f: Facts) -> Intent:
    title = title_of(f, Ask.MOVE)
    now, event = f.sentence.now, f.sentence.event
    shift = _shift(f)
    if shift is not None:
        target = _windows(f, f.moments)
        return Intent(Ask.MOVE, delta=shift, title=title, windows=target)
    new, old = _from_to(f)
    if new is None:
        return Intent(Ask.MOVE, title=title, windows=_windows(f, [old] if old else []))
    length = f.times.length or (event.end - event.start if event else None)
    readings = [_on_event_day(r, f, old) for m in new for r in _office_hours(m, f)]
    readings = [r for i, r in enumerate(readings) if r.start not in [o.start for o in readings[:i]]]
    where = _windows(f, [old]) if old else ()
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
    return Intent(Ask.MOVE, r.start, end, title=title, duration=f.times.length, problem=_trouble(r.start, end, now))


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
    if not f.has("move_later", "move_earlier") and not f.times.deltas:
        return None
    said = said or f.times.days
    span = said[0].readings[0].duration if said else None
    for m in f.moments if span is None else ():  # "do it an hour later"
        if Part.OFFSET in m.best.said and m.best.start is not None and m.best.kind is Kind.INSTANT:
            span = m.best.start - f.sentence.now
    if span is None:
        return None
    return -abs(span) if f.has("move_earlier") and not f.has("move_later") else abs(span)


def _from_to(f: Facts) -> tuple[list[Moment] | None, Moment | None]:
    """The new time (several when they are offered as alternatives) and the one that tells which event is meant."""
    moments = f.moments
    if not moments:
        return None, None
    sources = [m for m in moments if m.role == "from"]
    targets = [m for m in moments if m.role in ("to", "instead")]
    if targets:
        at = moments.index(targets[0])
        new = [targets[0], *[m for m in moments[at + 1 :] if m.role in ("or", "to")]]
        old = sources[0] if sources else moments[0] if moments[0] not in new else None
        return new, old
    alternatives = [m for m in moments if m.role == "or"]
    if alternatives:
        at = moments.index(alternatives[0])
        new = moments[max(0, at - 1) :]
        return new, moments[0] if moments[0] not in new else None
    if len(moments) == 1:
        verb = f.cues.first("move_to", "change", "move_later", "move_earlier")
        if verb is not None and moments[0].end <= verb.start and not f.has("to_mark") and "ja" not in f.languages:
            return ([moments[0]], None) if f.ctx and moments[0].exact else (None, moments[0])
        return [moments[0]], None
    return [moments[-1]], moments[0]


def _on_event_day(r: Reading, f: Facts, old: Moment | None) -> Reading:
    """An hour alone is on the day of the event; a day alone keeps its hour."""
    event, anchor = f.sentence.event, None
    if event is not None:
        anchor = event.start
    elif old is not None and old.best.start is not None and (day_said(old.best) or old.exact):
        anchor = old.best.start
    if anchor is None or r.start is None:
        return r
    if hour_only(r) and clock_said(r):
        days = timedelta(days=(anchor.date() - r.start.date()).days)
        return replace(r, start=r.start + days, end=r.end + days if r.end else None)
    if r.kind is Kind.DATE and (event is not None or (old is not None and old.exact)):
        start = r.start.replace(hour=anchor.hour, minute=anchor.minute)
        return replace(r, kind=Kind.INSTANT, start=start)
    return r


def _extend(f: Facts) -> Intent:
    title = title_of(f, Ask.EXTEND)
    event = f.sentence.event
    length = f.times.length
    if length is None and (f.times.deltas or f.times.leads):
        length = (f.times.deltas or f.times.leads)[0].readings[0].duration
    exact = next((m for m in f.moments if m.exact or ends_then(m)), None)
    if exact is not None and (length is None or f.has("ends")):
        ends = [
            _on_event_day(
                replace(r, kind=Kind.INSTANT, start=r.end if r.kind is Kind.RANGE else r.start, end=None), f, None
            )
            for r in exact.readings
        ]
        if event is not None:
            ends = [
                r if r.start is None or r.start > event.start else replace(r, start=_afternoon(r.start, event.start))
                for r in ends
            ]
            fitting = [r for r in ends if r.start and r.start > event.start]
            ends = fitting[:1] if len({r.start for r in fitting}) == 1 else fitting or ends
        if len(ends) > 1:
            return Intent(Ask.EXTEND, choices=tuple(Choice(r.start) for r in ends if r.start), title=title)
        return Intent(Ask.EXTEND, end=ends[0].start, title=title)
    if length is None:
        return Intent(Ask.EXTEND, title=title)
    where = _windows(f, f.moments)
    if f.has("longer", "shorter") and not _to_length(f):
        sign = -1 if f.has("shorter") else 1
        return Intent(Ask.EXTEND, delta=sign * length, title=title, windows=where)
    return Intent(Ask.EXTEND, duration=length, title=title, windows=where)


def _afternoon(end: datetime, start: datetime) -> datetime:
    """An end before the start was meant half a day later."""
    moved = end.replace(hour=(end.hour + 12) % 24)
    return moved if moved > start else end


def _to_length(f: Facts) -> bool:
    """Whether the length is the new one ("to 20 minutes") and not the difference."""
    if not f.times.lengths:
        return False
    p = f.times.lengths[0]
    return (
        any(0 <= p.start - h.end <= 6 for h in f.cues.of("to_mark"))
        or any(0 <= h.start - p.end <= 3 for h in f.cues.of("to_after"))
        or (f.has("change") and not f.has("more"))
    )


def _timeoff(f: Facts) -> Intent:
    if f.times.rule is not None and not f.moments:
        r = f.times.rule.best
        return Intent(Ask.TIMEOFF, r.start, r.end, rrule=r.rrule)
    doubtful = next((m for m in f.moments if len(m.readings) > 1), None)
    if doubtful is not None:
        return Intent(Ask.TIMEOFF, choices=tuple(choice_of(r, None, f.sentence.now) for r in doubtful.readings))
    moments = f.moments
    if not moments:
        return Intent(Ask.TIMEOFF, duration=f.times.length)
    first = moments[0].best
    if len(moments) > 1 and moments[-1].role in ("to", "until") and first.start is not None:
        end = moments[-1].best.end or moments[-1].best.start
        return Intent(Ask.TIMEOFF, first.start, end, all_day=not clock_said(first))
    if first.kind is Kind.DATE and first.start is not None:
        span = f.times.days[0].readings[0].duration if f.times.days else None
        days = max(1, span.days) if span else 1
        return Intent(Ask.TIMEOFF, first.start, first.start + days * DAY, all_day=True)
    if first.kind is Kind.INSTANT and first.start is not None:
        return Intent(Ask.TIMEOFF, first.start, later(first.start, f.times.length) if f.times.length else None)
    window = window_of(first, f.sentence.now)[0]
    return Intent(Ask.TIMEOFF, window.start, window.end, all_day=window.whole_days)


def _room(f: Facts) -> Intent:
    m = _target(f)
    intent = Intent(Ask.ROOM, duration=f.times.length, room=_room_wish(f))
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
    windows = _windows(f, f.moments)
    if len(windows) == 1:
        return replace(intent, start=windows[0].start, end=windows[0].end, all_day=windows[0].whole_days)
    return replace(intent, windows=windows)


def _room_wish(f: Facts) -> RoomWish | None:
    """The wish; a room on a known floor may be called by its name alone ("3楼木星有人用吗")."""
    wish = f.room.wish if f.room else None
    if wish is None or wish.name or f.has("room") or not (wish.floor or wish.building):
        return wish
    name = title_of(f, Ask.ROOM)
    return replace(wish, name=name) if name and len(name) <= 12 else wish


def _poll(f: Facts) -> Intent:
    deadline = next((m for m in f.moments if m.role in ("deadline", "until", "before") or _at_deadline(f, m)), None)
    options = [m for m in f.moments if m is not deadline and m.exact] or [m for m in f.moments if m is not deadline]
    end = None
    if deadline is not None:
        r = deadline.best
        end = r.start if r.kind is Kind.INSTANT else (r.end or r.start)
    windows = tuple(w for m in options for w in _option(m.best, f.sentence.now))
    return Intent(Ask.POLL, end=end, windows=windows, title=title_of(f, Ask.POLL), duration=f.times.length)


def _option(r: Reading, now: datetime) -> list[Window]:
    """ "Between Monday 2 and Tuesday 2" are two options."""
    if r.kind is Kind.RANGE and clock_said(r) and r.start and r.end and r.end.date() > r.start.date():
        return [Window(r.start, None), Window(r.end, None)]
    return window_of(r, now)


def _at_deadline(f: Facts, m: Moment) -> bool:
    """Whether words for the end of voting stand right at this time."""
    for h in f.cues.of("deadline"):
        lo, hi = sorted([(h.start, h.end), (m.start, m.end)])
        between = f.text[lo[1] : hi[0]]
        if len(between) <= 6 and not any(c in CLAUSE_END - {":"} for c in between):
            return True
    return False


def _remind(f: Facts) -> Intent:
    title = title_of(f, Ask.REMIND)
    if f.times.rule is not None:
        made = _recurring(f, f.times.rule, None)
        return replace(made, ask=Ask.REMIND, end=None, title=title)
    lead = _lead(f)
    m = _target(f)
    if lead is not None and (f.ctx or m is None or not m.exact):
        return Intent(Ask.REMIND, delta=-lead, title=title, windows=_windows(f, f.moments))
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
            problem=_trouble(m.best.start, None, f.sentence.now) if m.best.start else None,
        )
    window = window_of(m.best, f.sentence.now)[0]
    start = window.start
    if start is not None and window.whole_days:
        start = start.replace(hour=9)
    return Intent(Ask.REMIND, start, title=title)


def _lead(f: Facts) -> timedelta | None:
    """How long before something: "ten minutes before"."""
    if f.times.leads:
        return f.times.leads[0].readings[0].duration
    for m in f.moments:  # a time just gone is one before the event
        if Part.OFFSET in m.best.said and m.best.start is not None and m.best.start < f.sentence.now:
            return f.sentence.now - m.best.start
    for p in f.times.lengths:
        if any(-1 <= h.start - p.end <= 3 or -1 <= p.start - h.end <= 2 for h in f.cues.of("before_mark")):
            return p.readings[0].duration
    return None


def _title_only(ask: Ask) -> Callable[[Facts], Intent]:
    def build(f: Facts) -> Intent:
        return Intent(ask, title=title_of(f, ask))

    return build


_BUILDERS: dict[Ask, Callable[[Facts], Intent]] = {
    Ask.CREATE: _create,
    Ask.FIND: _find,
    Ask.AVAILABILITY: _availability,
    Ask.AGENDA: _agenda,
    Ask.NEXT_GAP: _next_gap,
    Ask.SEARCH: _search,
    Ask.CANCEL: _cancel,
    Ask.RSVP: _rsvp,
    Ask.MOVE: _move,
    Ask.EXTEND: _extend,
    Ask.TIMEOFF: _timeoff,
    Ask.ROOM: _room,
    Ask.POLL: _poll,
    Ask.REMIND: _remind,
    Ask.MINUTES: _named_event(Ask.MINUTES),
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

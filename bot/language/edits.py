"""Rules for an event that exists: undo, longer or shorter, cancel."""

from __future__ import annotations

from bot.domain.intent import Ask
from bot.language.facts import (
    Facts,
    brief,
    is_over,
    only_talk,
    overlaps,
    within_any,
)
from bot.language.moments import clock_said
from bot.language.shifts import put_off_to_a_day


def undo(f: Facts) -> Ask | None:
    if not f.has("undo", "undo_strong") or f.exact or (f.moments and f.has("yesno")):
        return None
    strong = f.cues.first("undo_strong")
    verb = f.cues.first("cancel", "move_to", "book")
    if strong is not None and (verb is None or strong.start <= verb.start + 8) and (f.ctx or not f.has("talk")):
        return Ask.UNDO
    undo = f.cues.of("undo")
    others = [h for h in f.cues.of("cancel", "remove", "move_to", "book") if not overlaps(h, undo)]
    if others and not f.has("this", "past") and (not f.ctx or f.moments or f.has("kind", "event")):
        return None
    return Ask.UNDO if not only_talk(f) else None


_OTHER_EDITS = (
    *("move_later", "move_earlier", "remind", "find_time", "next_gap", "room", "talk"),
    *("book_strong", "settings", "cancel", "free", "search", "shift_by"),
)


def extend(f: Facts) -> Ask | None:
    if (f.times.rule is not None and not f.ctx) or put_off_to_a_day(f):
        return None
    until = any(m.best.start is None and m.best.end is not None and clock_said(m.best) for m in f.moments)
    said_end = bool(f.exact or until or f.times.lengths or f.times.deltas)
    if f.has("talk") and not f.ctx and not f.has("can_you"):
        return None
    said_end = said_end or bool(f.times.leads)
    put_off = any(not overlaps(h, f.cues.of("ends")) for h in f.cues.of("move_later"))
    if f.ctx and (f.exact or until) and not put_off and _says_the_end(f):
        return Ask.EXTEND
    if f.ctx and f.length_only and not f.moments and not f.people and not f.has(*_OTHER_EDITS):
        return Ask.EXTEND
    if f.ctx and until and f.has("change", "move_to") and not f.has("move_later", "move_earlier"):
        return Ask.EXTEND
    changes = f.has("longer", "shorter") or (f.ctx and f.has("needs_more"))
    if changes and said_end and (f.about_event or f.has("breaks_up")) and not f.people:
        if f.has("remind") or (f.has("room", "find_time") and not f.ctx):
            return None
        return Ask.EXTEND
    if f.has("change", "move_to") and f.length_only and f.about_event:
        return None if f.has("room", "settings", "move_later", "move_earlier", "shift_by") else Ask.EXTEND
    if f.exact and f.has("kind", "event") and f.has("change", "move_to") and _end_at(f):
        return Ask.EXTEND
    if (
        f.ctx
        and f.has("ends")
        and f.has("change", "longer", "shorter", "this", "can_you", "early")
        and (f.exact or until)
        and not f.has("kind", "book", "move_to")
    ):
        return Ask.EXTEND
    return None


def _end_at(f: Facts) -> bool:
    """終了を18時に: whether words for its end stand right before a time."""
    ends = f.cues.of("end_time")
    return any(0 <= m.start - h.end <= 3 for h in ends for m in f.moments if m.exact)


def _says_the_end(f: Facts) -> bool:
    """Whether the time is when an event ends."""
    if not f.has("end_time", "ends") or f.people or f.has("accept", "decline", "kind"):
        return False
    near = any(-1 <= h.start - m.end <= 2 for h in f.cues.of("ends") for m in f.moments)
    if f.has("book") and not (near and brief(f)):
        return False
    return f.has("change", "move_to", "change_ctx", "can_you", "we") or brief(f)


def cancel(f: Facts) -> Ask | None:
    if f.has("why_q") or not (f.has("cancel") or _takes_away(f)):
        return None
    if f.moments and not f.ctx and all(is_over(m, f) for m in f.moments):
        return None
    cancelling = f.cues.of("cancel", "take_away")
    if all(within_any(h, f.cues.of("decline", "ends") if f.ctx else f.cues.of("decline")) for h in cancelling):
        return None
    talk = [h for h in f.cues.of("talk") if not overlaps(h, cancelling)]
    if talk and not f.ctx and not f.has("can_you", "softener", "me", "scope_this", "scope_all", "scope_following"):
        return None
    if (
        f.ctx
        or f.moments
        or f.has("event", "kind", "this", "room", "leave", "scope_all", "scope_following", "scope_this")
        or f.line.quotes
    ):
        return Ask.CANCEL
    return None


def _takes_away(f: Facts) -> bool:
    """Whether a meeting is what is to be removed, not one of its guests."""
    return f.has("take_away") and (f.exact or f.has("kind", "event")) and not f.has("calendar", "room")

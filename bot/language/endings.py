"""What a longer or shorter event needs to know: how long, by how much, until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.intent import Ask, Choice, Intent
from bot.domain.timelang.model import Kind, Part
from bot.language.bookings import windows_of
from bot.language.changes import NOT, ends_then, left, on_event_day
from bot.language.facts import Facts
from bot.language.hours import past_the_hour
from bot.language.lexicon import listed
from bot.language.moments import Moment
from bot.language.subjects import title_of


def extend(f: Facts) -> Intent:
    title = title_of(f, Ask.EXTEND)
    event = f.sentence.event
    length = _new_length(f)
    if length is None and (f.times.deltas or f.times.leads):
        length = (f.times.deltas or f.times.leads)[0].readings[0].duration
    times = _times_of_the_end(f)
    exact = next((m for m in times if ends_then(m)), None) or next((m for m in times[::-1] if m.exact), None)
    if exact is not None and length is None and Part.OFFSET in exact.best.said and exact.best.start is not None:
        length = exact.best.start - f.sentence.now  # "45分で": how long, not when
        # "end 15 minutes earlier", "+15min"
        if length < timedelta() or f.has("move_later", "move_earlier") or exact.words.startswith("+"):
            return Intent(Ask.EXTEND, delta=length, title=title)
        return Intent(Ask.EXTEND, duration=length, title=title)
    if exact is not None and (length is None or f.has("ends")):
        ends = [
            on_event_day(
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
    if length is None and event is not None and f.has("halved", "double"):
        now = event.end - event.start
        return Intent(Ask.EXTEND, duration=now * 2 if f.has("double") else now / 2, title=title)
    told = past_the_hour(f.text, event.end) if length is None and event is not None else None
    if told is not None and event is not None:
        soon = told - timedelta(hours=1)  # "wrap up at quarter to" an end on the hour
        return Intent(Ask.EXTEND, end=soon if told.minute > 30 and soon > event.start else told, title=title)
    if length is None:
        return Intent(Ask.EXTEND, title=title)
    where = windows_of(f, [m for m in f.moments if not m.best.said & {Part.OFFSET, Part.LENGTH}])
    differs = f.has("longer", "shorter", "needs_more") or (f.has("more") and not f.has("change"))
    differs = differs or _plus(f) or (f.has("ends", "end_time") and f.has("move_later", "move_earlier"))
    if differs and not _to_length(f):
        sign = -1 if f.has("shorter") or (f.has("move_earlier") and not f.has("move_later")) else 1
        return Intent(Ask.EXTEND, delta=sign * length, title=title, windows=where)
    return Intent(Ask.EXTEND, duration=length, title=title, windows=where)


def _new_length(f: Facts) -> timedelta | None:
    """The length said, not the one it has now: "an hour rather than 50 minutes"."""
    if len(f.times.lengths) < 2:
        return f.times.length
    others = f.cues.of("instead_of")
    kept = [
        p
        for p in f.times.lengths
        if not any(0 <= p.start - h.end <= 1 for h in others) and not NOT.search(f.text, 0, p.start)
    ]
    return (kept or f.times.lengths)[0].readings[0].duration


def _times_of_the_end(f: Facts) -> list[Moment]:
    """The times of a sentence without "now" and without the one that another is said instead of."""
    old_one = left(f)
    now = f.sentence.now
    return [m for m in f.moments if m is not old_one and not (Part.OFFSET in m.best.said and m.best.start == now)]


def _plus(f: Facts) -> bool:
    """ "+15 min", "plus an hour"."""
    p = f.times.lengths[0] if f.times.lengths else None
    return p is not None and f.text[: p.start].rstrip().endswith(("+", "plus", "プラス"))


def _afternoon(end: datetime, start: datetime) -> datetime:
    """An end before the start was meant half a day later."""
    moved = end.replace(hour=(end.hour + 12) % 24)
    return moved if moved > start else end


def _to_length(f: Facts) -> bool:
    """Whether the length is the new one ("to 20 minutes") and not the difference."""
    if not f.times.lengths:
        return False
    if f.has("enough"):
        return True
    p = f.times.lengths[0]
    if any(h.start == p.end and f.text[h.start] not in "でにだ" for h in f.cues.of("longer", "shorter")):
        return False  # 20分巻きで, 10分切り上げて
    if "en" in f.languages and any(h.start < p.end < h.end for h in f.cues.of("longer", "shorter")):
        return False  # "make it 20 mins shorter"
    before, after = f.text[: p.start].rstrip(), f.text[p.end :].lstrip()
    if before.endswith(listed(f.languages, "only_before")) or after.startswith(listed(f.languages, "only_after")):
        return True  # 只要20分钟, 30分钟足矣
    return (
        any(-1 <= p.start - h.end <= 6 for h in f.cues.of("to_mark"))
        or any(0 <= h.start - p.end <= 3 for h in f.cues.of("to_after"))
        or (f.has("change") and not f.has("more"))
    )

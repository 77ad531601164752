"""An answer to the slots the bot has just offered: "the second one works"."""

from __future__ import annotations

from bot.domain.intent import Ask, Choice, Intent
from bot.domain.timelang.model import Kind
from bot.language.facts import Facts
from bot.language.moments import clock_said, day_said, weekday_loose

_ORDINALS = {f"pick_{n}": n - 1 for n in range(1, 10)} | {"pick_last": -1}


def picked(f: Facts) -> Intent | None:
    """The offered slot a sentence means, if it means exactly one."""
    options = f.sentence.options
    if not options or f.has("reject", "find_time", "cancel"):
        return None
    hit = _by_place(f) or _by_time(f)
    if hit is None and len(options) == 1 and f.has("accept", "agree"):
        hit = options[0]
    return Intent(Ask.CREATE, hit.start, hit.end) if hit is not None else None


def _by_place(f: Facts) -> Choice | None:
    for name, place in _ORDINALS.items():
        if f.has(name) and -1 <= place < len(f.sentence.options):
            return f.sentence.options[place]
    return None


def _by_time(f: Facts) -> Choice | None:
    if len(f.moments) != 1 or f.people or f.has("book_strong"):
        return None
    r = f.moments[0].best
    fitting = list(f.sentence.options)
    if r.start is None:
        return None
    start = r.start
    if weekday_loose(r):  # of the times on offer, not of this week
        fitting = [o for o in fitting if o.start.weekday() == start.weekday()]
    elif day_said(r):
        end = r.end or r.start
        fitting = [
            o for o in fitting if o.start.date() == start.date() or (r.kind is Kind.RANGE and start <= o.start < end)
        ]
    if clock_said(r):
        fitting = [o for o in fitting if o.start.hour % 12 == start.hour % 12 and o.start.minute == start.minute]
    elif r.daypart and r.end is not None:
        fitting = [o for o in fitting if start.hour <= o.start.hour < (r.end.hour or 24)]
    return fitting[0] if len(fitting) == 1 else None

"""What a vote needs to know: the times to choose from and when it ends."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.intent import Ask, Intent, Window
from bot.domain.timelang.model import Kind, Reading
from bot.language.facts import Facts
from bot.language.moments import DAY, Moment, clock_said, day_said, hour_only, shifted
from bot.language.subjects import title_of
from bot.language.text import CLAUSE_END
from bot.language.windows import window_of


def poll(f: Facts) -> Intent:
    deadline = next((m for m in f.moments if m.role in ("deadline", "until", "before") or _at_deadline(f, m)), None)
    options = [m for m in f.moments if m is not deadline and m.exact] or [m for m in f.moments if m is not deadline]
    end = None
    if deadline is not None:
        r = deadline.best
        end = r.start if r.kind is Kind.INSTANT else r.end or (r.start + DAY if r.start is not None else None)
    options = _own_halves(options)
    windows = tuple(w for m in _on_one_day(options, f) for w in _each_day(m) or _option(m.best, f.sentence.now))
    return Intent(Ask.POLL, end=end, windows=windows, title=title_of(f, Ask.POLL), duration=f.times.length)


_HALF_SAID = re.compile(r"\d\s?[ap]\.?m|evening|night|[晚夜午夕朝早]")


def _own_halves(options: list[Moment]) -> list[Moment]:
    """ "Fri 2pm, Mon 9:30 or Tue 4pm": nobody meets at half past nine at night because another option is at two."""
    said = [m.best.start.hour for m in options if m.best.start is not None and _HALF_SAID.search(m.words)]
    if not said or max(said) >= 18:
        return options
    out = []
    for m in options:
        start = m.best.start
        late = start is not None and start.hour >= 19 and m.best.kind is Kind.INSTANT and day_said(m.best)
        if late and not _HALF_SAID.search(m.words) and not _BY_THE_CLOCK.search(m.words):
            m = replace(m, readings=(shifted(m.best, -timedelta(hours=12)),))
        out.append(m)
    return out


_BY_THE_CLOCK = re.compile(r"(?:19|2[0-3])\s?[:：.点時时h]")


def _on_one_day(options: list[Moment], f: Facts) -> list[Moment]:
    """ "At 9, 9:30 or 10?": hours alone are of one day, that of the event or the next on which all are to come."""
    event = f.sentence.event
    if len(options) < 2 or not all(m.exact and hour_only(m.best) and m.best.start for m in options):
        return options
    if event is None and all(len(m.readings) == 1 for m in options):
        return options
    office = [next((r for r in m.readings if r.start and 8 <= r.start.hour < 19), m.best) for m in options]
    starts = [r.start for r in office if r.start is not None]
    day = event.start if event is not None else max(starts)
    return [
        replace(m, readings=(shifted(r, timedelta(days=(day.date() - start.date()).days)),))
        for m, r, start in zip(options, office, starts, strict=True)
    ]


def _each_day(m: Moment) -> list[Window]:
    """1/14・1/15 and 月火水 are days to choose from, though they follow on each other."""
    r = m.best
    if r.kind is not Kind.RANGE or not r.whole_days or r.start is None or r.end is None or not _NAMED_IN_TURN(m.words):
        return []
    days = (r.end - r.start).days
    return [Window(r.start + n * DAY, r.start + (n + 1) * DAY, whole_days=True) for n in range(days) if 1 < days < 7]


_NAMED_IN_TURN = re.compile(
    r"^(?!.*(?:から|まで|土日|[~〜～\-–—至到])).*(?:\d日?[とか・、]|曜日?[とか・、]|[月火水木金土日]{2,})"
).search


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

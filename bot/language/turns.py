"""Hours named in turn: "at 10 or 4", "10 or 11 on Monday"."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import timedelta

from bot.domain.timelang.model import Kind, Part, Reading
from bot.language.joins import in_office
from bot.language.moments import DAY_PARTS, Moment, clock_said, day_said, shifted

_OR_HOUR = re.compile(
    r"(?: or| or at| or even| or maybe) (1[0-2]|[1-9])"
    r"(?=$|[,;!?)\n]|\.(?!\d)| (?:on|instead|please|pls|if|today|tomorrow|tmrw|tmr|this|next)\b"
    r"| (?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b)"
)


def hours_in_turn(loose: list[Moment], text: str) -> list[Moment]:
    """ "At 10 or 4", "10 or 11 on Monday": the bare hour after an hour, and the day that goes for both."""
    out: list[Moment] = []
    left = list(loose)
    while left:
        m = left.pop(0)
        then = left[0] if left else None
        alone = m.best.kind is Kind.INSTANT and clock_said(m.best) and not day_said(m.best)
        found = _OR_HOUR.match(text, m.end) if m.best.kind is Kind.INSTANT and clock_said(m.best) else None
        if then is not None and m.exact and m.best.end is not None and _told_day(then) and _or(text, m.end, then.start):
            left.pop(0)
            out += [m, replace(then, readings=(_that_day(m.best, then.best),), role="or")]
            continue
        if found is not None and (then is None or found.end(1) <= then.start):
            span = found.span(1)
            other = Moment(*span, _at_another(m, int(found[1])), "or", found[1], (span,))
            if alone and then is not None and _told_day(then) and text[span[1] : then.start].strip() in ("", "on"):
                left.pop(0)
                m, other = (replace(x, readings=(_that_day(in_office(x.readings)[0], then.best),)) for x in (m, other))
            out += [m, other]
            continue
        if alone and then is not None and _told_of_both(then, m, text):
            m = replace(m, readings=tuple(_that_day(r, then.best) for r in m.readings))
        out.append(m)
    return out


def _told_day(m: Moment) -> bool:
    """A day whose hour, if it has one, is that of another: no figures were said."""
    return day_said(m.best) and not any(c.isdigit() for c in m.words)


def _or(text: str, start: int, end: int) -> bool:
    return text[start:end].strip() in ("or", "or on")


def _told_of_both(then: Moment, m: Moment, text: str) -> bool:
    """ "2 or 4:30 on Friday": the day of the second is that of the first."""
    dated = then.best.kind is Kind.INSTANT and day_said(then.best) and clock_said(then.best)
    return dated and text[m.end : then.start].strip() == "or" and text[then.start].isdigit()


def _at_another(m: Moment, hour: int) -> tuple[Reading, ...]:
    """The day of one hour with another: 1 to 6 are in the afternoon, 7 may be both."""
    hours = (7, 19) if hour == 7 else (hour + 12,) if hour < 7 else (hour,)
    start = m.best.start
    return tuple(replace(m.best, start=start.replace(hour=h, minute=0)) for h in hours) if start else m.readings


def _that_day(r: Reading, day: Reading) -> Reading:
    days = (day.start.date() - r.start.date()).days if day.start and r.start else 0
    return replace(shifted(r, timedelta(days=days)), said=r.said | (day.said & DAY_PARTS))


_BEFORE = re.compile(r"(?<![\d:.])((?:\d{1,2}(?:st|nd|rd|th)?(?:, (?:or )?(?:the )?| or (?:the )?| and (?:the )?))+)$")
_AFTER = re.compile(
    r"(?:st|nd|rd|th)?((?:(?:, (?:or )?| or | and )(?:the )?\d{1,2}(?:st|nd|rd|th)?)+)"
    r"(?![\d:.]| ?(?:am|pm|h|hrs?|hours?|m|mins?|minutes?|people|ppl|of us)\b)"
)
_NUMBER = re.compile(r"\d{1,2}")


def dates_in_turn(loose: list[Moment], text: str) -> list[Moment]:
    """ "10, 11 or 17 December": the month of one date goes for the days listed beside it."""
    for m in loose:
        r = m.best
        if r.kind is not Kind.DATE or r.start is None or not {Part.DAY, Part.MONTH} <= r.said:
            continue
        ahead = m.words[:1].isdigit()
        begin = max(0, m.start - 40)
        found = _BEFORE.search(text[begin : m.start]) if ahead else _AFTER.match(text, m.end)
        if found is None or (" or " not in found[1] and ", " not in found[1]):
            continue
        lo, hi = (begin + found.start(1), m.start) if ahead else (m.end, found.end(1))
        numbers = [int(n[0]) for n in _NUMBER.finditer(text, lo, hi)]
        if all(0 < n <= monthrange(r.start.year, r.start.month)[1] for n in numbers):
            days = [replace(r, start=r.start.replace(day=n)) for n in numbers]
            listed = [Moment(lo, hi, (day,), "or", text[lo:hi], ((lo, hi),)) for day in days]
            rest = [o for o in loose if o is m or o.end <= lo or hi <= o.start]
            at = rest.index(m) + (0 if ahead else 1)
            return [*rest[:at], *listed, *rest[at:]]
    return loose

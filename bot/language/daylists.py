"""Days of a month named one after the other: 20日、21日、27日, "the 1st, 3rd or 8th of December"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.timelang.model import Kind, Phrase, Reading

_ONE = r"\d{1,2}\s?(?:日|号|st\b|nd\b|rd\b|th\b)"
_LIST = re.compile(rf"{_ONE}(?:\s?(?:、|,|，|と|・|/|或|和|还是|か|\bor\b|\band\b)\s?(?:or |and )?(?:the )?{_ONE})+")
_GOING_ON = re.compile(  # 12月19、20、26: more days of the month that was named
    r"(?:\s?[、,，・]\s?\d{1,2}(?:日|号)?(?=[、,，・。]|[二三四两]选|のどれ|のうち|哪|どれ|$)){2,}"
)
_DAY = re.compile(r"\d{1,2}(?=\s?(?:日|号|st|nd|rd|th))")


def each_day(text: str, phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """Each day of a list as a time of its own, when the list was read as its first day."""
    out: list[Phrase] = []
    for p in phrases:
        found = _LIST.search(text, p.start, p.end) if p.readings and p.readings[0].kind is Kind.DATE else None
        days = _read(p.readings[0], text, found) if found else _more(p, text)
        out += days or [p]
    return tuple(out)


def _read(first: Reading, text: str, found: re.Match[str]) -> list[Phrase]:
    named = list(_DAY.finditer(text, found.start(), found.end()))
    day = first.start
    if day is None or int(named[0][0]) != day.day:
        return []
    out: list[Phrase] = []
    ends = [m.start() for m in named[1:]] + [found.end()]
    for m, end in zip(named, ends, strict=True):
        moved = _next(day, int(m[0]))
        if moved is None:
            return []
        day = moved
        out.append(Phrase(m.start(), end, (replace(first, start=day),), "or" if out else None))
    return out


def _more(p: Phrase, text: str) -> list[Phrase]:
    first = p.readings[0] if p.readings else None
    if first is None or first.kind is not Kind.DATE or first.start is None or not text[p.end - 1 : p.end].isdigit():
        return []
    found = _GOING_ON.match(text, p.end)
    numbers = list(re.finditer(r"\d{1,2}", text[: found.end()][p.end :])) if found else []
    days = [first.start.day, *(int(n[0]) for n in numbers)]
    if len(days) < 3 or days != sorted(set(days)) or days[-1] > 31:
        return []
    out = [p]
    for n in numbers:
        day = _next(first.start, int(n[0]))
        if day is None or day.month != first.start.month:
            return []
        out.append(Phrase(p.end + n.start(), p.end + n.end(), (replace(first, start=day),), "or"))
    return out


def _next(day: datetime, number: int) -> datetime | None:
    """The first day of that number at or after ``day``."""
    for ahead in range(62):
        moved = day + timedelta(days=ahead)
        if moved.day == number:
            return moved
    return None

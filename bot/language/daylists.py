"""Days of a month named one after the other: 20日、21日、27日, "the 1st, 3rd or 8th of December"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.timelang.model import Kind, Phrase, Reading

_ONE = r"\d{1,2}\s?(?:日|号|st\b|nd\b|rd\b|th\b)"
_LIST = re.compile(rf"{_ONE}(?:\s?(?:、|,|，|と|・|/|或|和|还是|か|\bor\b|\band\b)\s?(?:or |and )?(?:the )?{_ONE})+")
_DAY = re.compile(r"\d{1,2}(?=\s?(?:日|号|st|nd|rd|th))")


def each_day(text: str, phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """Each day of a list as a time of its own, when the list was read as its first day."""
    out: list[Phrase] = []
    for p in phrases:
        found = _LIST.search(text, p.start, p.end) if p.readings and p.readings[0].kind is Kind.DATE else None
        days = _read(p.readings[0], text, found) if found else []
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


def _next(day: datetime, number: int) -> datetime | None:
    """The first day of that number at or after ``day``."""
    for ahead in range(62):
        moved = day + timedelta(days=ahead)
        if moved.day == number:
            return moved
    return None

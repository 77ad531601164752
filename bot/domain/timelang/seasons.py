"""Seasons, and years that begin in April: ``next summer``, ``明年春天``, ``2027年度`` in Japan."""

from __future__ import annotations

from datetime import date

from bot.domain.timelang.cursor import Cursor, Found
from bot.domain.timelang.daymath import Days, plus_months

FISCAL_YEAR = (4, 12)
_FIRST_MONTHS = {"spring": (3, 3), "summer": (6, 3), "autumn": (9, 3), "winter": (12, 3)}  # and how many


def season(c: Cursor, i: int, *, dated: bool) -> Found | None:
    """A season at i whose year is known (``dated``) or said behind it: 明年夏天, 来年の春, spring 2027."""
    stretch = _FIRST_MONTHS[c.tags(i)["season"]]
    if c.cjk(i):
        return ({"season": stretch}, i + 1) if dated else None
    j = i + 2 if c.text(i + 1) in ("of", ",") else i + 1
    year = c.num(j)
    if year is not None and 1900 < year < 2200 and len(c.tags(j).get("digits", "")) == 4:
        return {"season": stretch, "year": year}, j + 1
    return None


def related_season(c: Cursor, i: int) -> Found | None:
    """next summer, this winter, 今冬: the word that relates at i, then the season."""
    name, rel = c.tags(i + 1).get("season"), c.tags(i)["rel"]
    following = c.text(i + 2)
    if name is None or (not c.cjk(i) and following[:1].isalpha() and not c.tags(i + 2)):
        return None  # this summer camp
    return {"season": _FIRST_MONTHS[name]} | ({"yoff": rel} if rel else {}), i + 2


def season_days(stretch: tuple[int, int], year: int | None, offset: int | None, today: date) -> Days:
    """Its months; winters and fiscal years are called after the year they begin in."""
    month, months = stretch
    if year is None and offset is not None and stretch != FISCAL_YEAR:
        year = today.year + offset
    if year is None:
        running = month + months > 13 and today < date(today.year, month + months - 12, 1)  # begun last year
        year = today.year - running + (offset or 0)
    first = date(year, month, 1)
    return Days(first, plus_months(first, months), single=False)

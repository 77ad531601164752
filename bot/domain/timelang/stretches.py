"""Stretches counted from now: ``next three days``, ``过去7天``, ``これからの2日間``."""

from __future__ import annotations

from bot.domain.timelang.cursor import Cursor, Found
from bot.domain.timelang.lengths import length
from bot.domain.timelang.lexicon import word_set
from bot.domain.timelang.spec import Length

_AUXILIARIES = word_set(
    "will|would|should|shall|can|could|may|might|must|to|does|did|do|not|only|usually|typically|meetings"
)


def stretch(c: Cursor, i: int) -> Found | None:
    """next three days, 未来两周, 过去7天, これからの2日間, the 5 coming minutes."""
    ahead = 1 if c.has(i, "nextn") else -1
    if c.text(i) == "last" and (
        c.text(i - 1) in _AUXILIARIES or c.text(i - 1).endswith("n't") or c.text(i - 1) == "'t"
    ):
        return None
    if c.has(i, "nextn") and c.has(i, "pastn") and c.text(i) in ("前",):
        ahead = -1
    j = i + 1
    if c.text(j) in ("的", "の", "这"):
        j += 1
    if (c.has(j, "couple", "num", "half") and not c.has(j, "one")) or c.has(j, "num"):
        found = length(c, j, suffixed=True)
        if found is None and c.num(j) is not None and c.text(j + 1) == "个" and c.text(j + 2) == "工作日":
            return {"span": Length(bdays=c.num(j) or 0), "ahead": ahead}, j + 3
        if found is not None and c.text(i) == "前" and found[0].seconds and i:
            return None  # 开会前10分钟 is a lead
        if found is not None:
            if c.text(i) in ("前", "后", "先", "这", "近") and c.has(found[1], "later", "ago") and c.text(i) != "近":
                return None
            return {"span": found[0], "ahead": ahead}, found[1]
    unit = c.tags(j).get("unit")
    if c.has(i, "rel") and unit in ("hour", "minute") and not c.cjk(i):
        return {"span": Length(seconds=3600 if unit == "hour" else 60), "ahead": ahead}, j + 1
    if unit == "day" and not c.cjk(i) and c.text(j) == "day" and c.has(j + 1, "and"):
        more = length(c, j + 2)
        if more is not None:
            return {"span": Length(days=1).plus(more[0]), "ahead": ahead}, more[1]
    return None


def stretch_inverted(c: Cursor, i: int) -> Found | None:
    """(the) 5 coming minutes."""
    count, unit = c.num(i), c.tags(i + 2).get("unit")
    if count is None or not c.has(i + 1, "nextn") or unit is None or c.cjk(i):
        return None
    if c.text(i + 2) in ("day", "week"):  # "Fri 11 next week" is an hour of a day in that week
        return None
    found = length(c, i)
    if found is not None:
        return None
    seconds = {"second": 1, "minute": 60, "hour": 3600}
    if unit in seconds:
        return {"span": Length(seconds=count * seconds[unit]), "ahead": 1}, i + 3
    days = {"day": 1, "week": 7}
    if unit in days:
        return {"span": Length(days=count * days[unit]), "ahead": 1}, i + 3
    return None

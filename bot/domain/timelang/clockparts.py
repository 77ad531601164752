"""What follows an hour: minutes, am and pm, 左右, ごろ, sharp."""

from __future__ import annotations

from typing import Any

from bot.domain.timelang.cursor import Cursor, Found, Fragment
from bot.domain.timelang.lexicon import word_set

_AFTER_NUMBER_NOT_MINUTES = word_set("月|号|日|年|点|时|个|人|位|楼|次|天|周|小时|分钟|层|/|号楼")


def with_meridiem(c: Cursor, fragment: Fragment, j: int) -> Found:
    if c.has(j, "sharp") and c.text(j) == "ish":
        j += 1
    if c.has(j, "oclock"):
        j += 1
    if c.text(j) == "(" and c.has(j + 1, "mer"):
        j += 1
    if c.has(j, "mer"):
        fragment["mer"] = c.tags(j)["mer"]
        j += 1
    elif c.text(j) in ("am", "pm"):
        fragment["mer"] = c.text(j)
        j += 1
    return with_trail(c, fragment, j)


def with_trail(c: Cursor, fragment: Fragment, j: int) -> Found:
    """Words that only say how exactly: 左右, ごろ, sharp, ish."""
    for _ in range(2):
        if c.has(j, "sharp") and not c.has(j + 1, "unit") and c.text(j) not in ("多", "近"):
            if c.text(j) in ("前后", "上下") and c.has(j + 1, "num"):
                break
            j += 1
        elif c.has(j, "approxend"):
            j += 1
        elif c.text(j) == "-" and c.text(j + 1) == "ish":
            j += 2
        else:
            break
    return fragment, j


def time_of(hour: int, minute: int, **more: Any) -> Fragment:
    return {"hour": hour, "minute": minute, **more}


def named_time(c: Cursor, i: int) -> Found | None:
    hour, minute = c.tags(i)["hm"]
    j = i + 1
    if c.cjk(i):
        if c.has(j, "num"):
            after = minutes_after(c, j)
            if after is None:
                return None
            minute, j = after
        elif c.has(j, "half"):
            minute, j = 30, j + 1
        return with_trail(c, time_of(0, minute, explicit=True), j)
    if c.text(j) == "hours":
        j += 1
    return with_trail(c, time_of(hour % 24, minute, explicit=True), j)


_BEGIN_WITH_ONE = (
    *("一起", "一块", "一同", "一道", "一齐", "一并", "一共", "一定", "一会", "一直", "一边", "一对一", "一下", "一人"),
    *("一趟", "一遍", "一家"),
)


def minutes_after(c: Cursor, j: int) -> tuple[int, int] | None:
    """Minutes right behind 点 or 時; None when what stands there makes it no clock time."""
    value, han = c.num(j), c.tags(j).get("han", "")
    if value is None:
        return None
    if c.source.norm.startswith(_BEGIN_WITH_ONE, c.at(j).start):
        return 0, j  # 三点一起看看
    after = c.text(j + 1)
    if after == "刻" or (after == "刻钟" and value in (1, 3)):
        return (value * 15, j + 2) if value in (1, 3) else None
    if after in ("分", "分正", "分整"):
        k = j + 2
        if c.num(k) is not None and c.text(k + 1) == "秒":
            k += 2
        return (value, k) if value < 60 else None
    if c.text(j + 1) in _AFTER_NUMBER_NOT_MINUTES or c.has(j + 1, "unit"):
        return (0, j)
    if "han" in c.tags(j):
        if 10 <= value < 60 and "positional" not in c.tags(j):
            return value, j + 1
        if len(han) == 2 and han[0] in "零〇" and value < 10:
            return value, j + 1
        return None
    if value < 60 and len(c.tags(j).get("digits", "")) == 2:
        return value, j + 1
    return None

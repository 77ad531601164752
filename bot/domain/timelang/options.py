"""Several days or hours side by side: options, or one stretch."""

from __future__ import annotations

import itertools
from dataclasses import replace

from bot.domain.timelang.cursor import Cursor
from bot.domain.timelang.moving import CLOCK
from bot.domain.timelang.node import Node
from bot.domain.timelang.spec import Spec


def between(c: Cursor, first: Node, second: Node) -> list[str]:
    return [c.text(i) for i in range(first.end, second.start)]


# -- options
def with_options(c: Cursor, found: list[Node]) -> list[Node]:
    for first, second in itertools.pairwise(found):
        link = between(c, first, second)
        if not 1 <= len(link) <= 3 or first.a is None or second.a is None or second.role is not None:
            continue
        if not any("or" in c.tags(i) for i in range(first.end, second.start)):
            continue
        if not (second.shape in ("moment", "range", "lasting") and first.shape in ("moment", "range", "lasting")):
            continue
        second.role = "or"
        if not c.source.norm.startswith(_WHOLE_DAY, c.at(second.end).start):
            _borrow(first, second)
    return found


_WHOLE_DAY = ("全天", "整天", "一整天", "全日", "終日")


def with_neighbours(c: Cursor, found: list[Node]) -> list[Node]:
    """Thursday and Friday, 周四周五: days side by side are one stretch, others are options."""
    out: list[Node] = []
    for item in found:
        first = out[-1] if out else None
        link = between(c, first, item) if first is not None else ["far"]
        if (
            first is not None
            and first.shape == item.shape == "moment"
            and first.a is not None
            and item.a is not None
            and first.role is None
            and item.role is None
            and (not link or (len(link) == 1 and c.has(item.start - 1, "and")))
            and _lone_day(first.a)
        ):
            step = _step(first.a, item.a)
            if step > 0 and not _lone_day(item.a):
                item.role = "or"
                _borrow(first, item)
                out.append(item)
                continue
            if step == 1:
                out[-1] = Node(first.start, item.end, "range", first.a, item.a)
                continue
            if step > 1 and first.a.doff is None:
                item.role = "or"
                _borrow(first, item)
        out.append(item)
    return out


def days_apart(c: Cursor, found: list[Node]) -> list[Node]:
    """周二三四下午, 木金の10時から12時: the same hours on each of the days are one option each."""
    out: list[Node] = []
    for item in found:
        spec = item.a
        days = spec.wds if spec is not None else None
        if (
            spec is None
            or days is None
            or len(days) < 2
            or spec.repeats
            or spec.nth
            or spec.days
            or item.role not in (None, "or")
            or item.shape not in ("moment", "range", "lasting")
            or not (spec.has_clock or spec.part)
            or (item.b is not None and item.b.has_day)
            or (item.b is None and any(c.has(i, "to") for i in range(item.start, item.end)))  # 月〜金 9時
        ):
            out.append(item)
            continue
        for place, day in enumerate(days):
            other = replace(item, a=spec.copy(), role="or" if place else item.role)
            other.head.wds = (day,)
            out.append(other)
    return out


def _lone_day(spec: Spec) -> bool:
    if spec.has_clock or spec.part or spec.repeats or spec.nth or spec.weekend or spec.span or spec.shift:
        return False
    return (
        (len(spec.wds or ()) == 1 and spec.days is None)
        or (len(spec.days or ()) == 1 and not spec.wds)
        or (spec.doff is not None and not spec.wds)
    )


def _step(a: Spec, b: Spec) -> int:
    """How many days the second comes after the first, when both are said alike; 0 otherwise."""
    if a.wds and b.wds and b.woff in (None, a.woff) and b.wmode is None:
        return (b.wds[0] - a.wds[0]) % 7
    if a.doff is not None and b.doff is not None:
        return b.doff - a.doff
    if a.days and b.days and b.month in (None, a.month) and b.moff is None and not a.wds and not b.wds:
        return b.days[0] - a.days[0]
    return 0


def _borrow(first: Node, second: Node) -> None:
    a, b = first.a, second.a
    if a is None or b is None:
        return
    if b.has_day:
        if b.wds and b.woff is None and b.wmode is None and a.woff is not None:
            b.woff = a.woff
        if b.wds and b.wmode is None and a.wmode is not None and b.woff is None:
            b.wmode = a.wmode
        if b.days and b.month is None and b.moff is None and a.month is not None:
            b.month, b.year = a.month, a.year
        if b.days and b.moff is None and b.month is None:
            b.moff = a.moff
        if a.days and a.month is None and a.moff is None and b.month is not None:
            a.month, a.year = b.month, b.year
    elif a.has_day:
        for name, value in a.day_fields().items():
            setattr(b, name, value)
    if not a.has_clock and a.part is None and second.shape == "moment":
        for name in (*CLOCK, "part", "zone"):
            setattr(a, name, getattr(b, name))
        if first.shape == "moment" and second.b is not None:
            first.b, first.shape = second.b, "range"
    elif not b.has_clock and b.part is None:
        for name in (*CLOCK, "part", "zone"):
            setattr(b, name, getattr(a, name))
    if (
        a.has_clock
        and b.has_clock
        and a.mer is None
        and a.part is None
        and b.mer is not None
        and not a.explicit
        and (a.hour or 13) <= 12
    ):
        a.mer = b.mer

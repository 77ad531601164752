"""The day in one place of a sentence and the hour in another."""

from __future__ import annotations

from bot.domain.timelang.cursor import Cursor
from bot.domain.timelang.moving import CLOCK
from bot.domain.timelang.node import Node
from bot.domain.timelang.options import between
from bot.domain.timelang.spec import Spec

_STOPS = frozenset(".!?。!?;;\n")


# -- the day in one place, the hour in another
def joined_phrases(c: Cursor, found: list[Node]) -> list[Node]:
    found = _hours_of_days(c, found)
    dayed = [
        item
        for item in found
        if item.shape == "moment" and item.role is None and item.a is not None and _only_day(item.a)
    ]
    clocked = [
        item
        for item in found
        if item.a is not None
        and item.role in (None, "from", "until", "before", "after")
        and item.shape != "length"
        and _only_clock(item)
    ]
    if len(dayed) == 1 and not clocked:
        clocked = [item for item in found if item.role is None and item.shape == "moment" and _only_part(item.head)]
    if len(dayed) != 1 or len(clocked) != 1:
        return found
    day, clock = dayed[0], clocked[0]
    first, second = (day, clock) if day.start < clock.start else (clock, day)
    if day.a is None or clock.a is None or any(text in _STOPS for text in between(c, first, second)):
        return found
    if day.a.part is not None and clock.a.part is not None and day.a.part != clock.a.part:
        return found
    for name, value in day.a.day_fields().items():
        setattr(clock.a, name, value)
    if clock.a.part is None:
        clock.a.part = day.a.part
    clock.a.day_first = True
    if day.end == clock.start:
        clock.start = day.start
        return [item for item in found if item is not day]
    day.role = "day"
    return found


def _hours_of_days(c: Cursor, found: list[Node]) -> list[Node]:
    """Dec 1-3, 9am-5pm: days, then hours."""
    out: list[Node] = []
    for item in found:
        first = out[-1] if out else None
        if (
            first is not None
            and first.shape == item.shape == "range"
            and first.a is not None
            and first.b is not None
            and item.a is not None
            and item.b is not None
            and first.role is None
            and item.role is None
            and item.start - first.end <= 2
            and _only_day(first.a)
            and _only_day(first.b)
            and _only_clock(item)
            and item.b.has_clock
        ):
            for name in (*CLOCK, "part"):
                setattr(first.a, name, getattr(item.a, name))
                setattr(first.b, name, getattr(item.b, name))
            first.a.day_first = first.b.day_first = True
            first.end = item.end
            continue
        out.append(item)
    return out


def _only_day(spec: Spec) -> bool:
    if spec.has_clock or spec.repeats or spec.now or not spec.has_day or spec.span is not None:
        return False
    return bool(
        spec.doff is not None
        or spec.wds
        or spec.days
        or spec.hol
        or spec.nth
        or spec.edge == "end"
        or (spec.shift is not None and not spec.shift.seconds)
    )


def _only_part(spec: Spec) -> bool:
    return spec.part is not None and not (spec.has_clock or spec.has_day or spec.repeats or spec.now)


def _only_clock(item: Node) -> bool:
    spec = item.a
    return (
        spec is not None
        and spec.has_clock
        and not spec.has_day
        and not spec.repeats
        and not spec.now
        and not (item.b is not None and item.b.has_day)
    )

"""Which fields a phrase says, and which were only implied."""

from __future__ import annotations

from bot.domain.timelang.model import Kind, Part
from bot.domain.timelang.node import Node
from bot.domain.timelang.times import Value

# -- what was said
_SAID = (
    (Part.YEAR, ("year", "yoff")),
    (Part.QUARTER, ("quarter", "qoff", "season")),
    (Part.MONTH, ("month", "moff")),
    (Part.WEEK, ("woff", "weekend")),
    (Part.DAY, ("days", "doff", "workday", "nth")),
    (Part.WEEKDAY, ("wds",)),
    (Part.HOLIDAY, ("hol",)),
    (Part.PART_OF_DAY, ("part", "point")),
    (Part.HOUR, ("hour",)),
    (Part.MINUTE, ("minute",)),
    (Part.MERIDIEM, ("mer",)),
    (Part.ZONE, ("zone",)),
    (Part.OFFSET, ("shift", "span")),
    (Part.REPEAT, ("freq", "plural", "weekdays")),
    (Part.COUNT, ("count",)),
    (Part.UNTIL, ("until",)),
)


def said_parts(node: Node) -> frozenset[Part]:
    """Which fields the phrase says."""
    found: set[Part] = set()
    for spec in (node.a, node.b):
        if spec is None:
            continue
        for part, names in _SAID:
            for name in names:
                if getattr(spec, name) is not None:
                    found.add(part)
                    break
        if spec.edge is not None or spec.third is not None:
            found.add(Part.DAY)  # 月底, 中旬: which day of the month
    if node.length is not None:
        found.add(Part.LENGTH)
    if node.shape in ("range", "from", "after", "lasting"):
        found.add(Part.START)
    if node.shape in ("range", "until", "before", "within", "inside"):
        found.add(Part.END)
    return frozenset(found)


def implied_parts(node: Node, value: Value) -> frozenset[Part]:
    spec = node.head
    implied: set[Part] = set()
    if value.kind in (Kind.INSTANT, Kind.RANGE) and not spec.has_day and spec.shift is None and not spec.now:
        implied.add(Part.DAY)
    if value.guessed:
        implied.add(Part.MERIDIEM)
    if spec.month is not None and spec.year is None and spec.yoff is None:
        implied.add(Part.YEAR)
    if spec.days is not None and spec.month is None and spec.moff is None:
        implied.add(Part.MONTH)
    if spec.part is not None and not spec.has_clock:
        implied.add(Part.HOUR)
    return frozenset(implied)

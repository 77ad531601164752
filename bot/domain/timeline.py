"""Many people's weeks as bits, one a minute: what makes a search over a fortnight take milliseconds.

Bit ``n`` of a mask stands for minute ``n`` after the origin. Taken time is rounded outwards to whole minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.span import Span

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Line:
    """The minutes from ``origin`` on, ``size`` of them."""

    origin: datetime
    size: int

    @classmethod
    def over(cls, spans: Iterable[Span], margin: timedelta = timedelta(0)) -> Line:
        """The line that holds all of these spans, and some time around them."""
        wanted = list(spans)
        start = (min(span.start for span in wanted) - margin).replace(second=0, microsecond=0)
        return cls(start, -((start - max(span.end for span in wanted) - margin) // MINUTE))

    def after(self, instant: datetime) -> int:
        """The first minute that begins at this instant or later."""
        return -((self.origin - instant) // MINUTE)

    def before(self, instant: datetime) -> int:
        """The minute that this instant lies in."""
        return (instant - self.origin) // MINUTE

    def instant(self, minute: int) -> datetime:
        return self.origin + minute * MINUTE

    def taken(self, spans: Iterable[Span]) -> int:
        """The mask of every minute these spans touch."""
        return self._mask((self.before(span.start), self.after(span.end)) for span in spans)

    def within(self, spans: Iterable[Span]) -> int:
        """The mask of every minute that lies wholly inside one of these spans."""
        return self._mask((self.after(span.start), self.before(span.end)) for span in spans)

    def _mask(self, ranges: Iterable[tuple[int, int]]) -> int:
        mask = 0
        for first, end in ranges:
            first, end = max(first, 0), min(end, self.size)
            if first < end:
                mask |= ((1 << (end - first)) - 1) << first
        return mask


def touched(mask: int, length: int) -> int:
    """The starts from which ``length`` minutes touch the mask at least once."""
    reach, out = 1, mask
    while reach < length:
        step = min(reach, length - reach)
        out |= out >> step
        reach += step
    return out


def bits(mask: int) -> Iterator[int]:
    """The minutes that are set, in order."""
    for index, byte in enumerate(mask.to_bytes((mask.bit_length() + 7) // 8, "little")):
        if byte:
            for bit in range(8):
                if byte >> bit & 1:
                    yield index * 8 + bit


def every(step: int, size: int, offset: int = 0) -> int:
    """The mask of each ``step``-th minute, beginning with ``offset``."""
    count = -((offset - size) // step)
    if count <= 0:
        return 0
    mask, have = 1, 1
    while have < count:
        more = min(have, count - have)
        mask |= (mask & ((1 << (more * step)) - 1)) << (have * step)
        have += more
    return mask << offset

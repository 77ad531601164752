"""A half-open stretch of time in UTC: the only shape in which the domain knows when something is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From ``start`` (included) to ``end`` (excluded).

    Both are aware and kept in UTC, because Python adds and subtracts on the wall clock inside one zone: a night
    with a clock change would come out an hour short or long.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("a span needs aware datetimes")
        object.__setattr__(self, "start", self.start.astimezone(UTC))
        object.__setattr__(self, "end", self.end.astimezone(UTC))
        if self.end < self.start:
            raise ValueError("a span cannot end before it starts")

    @classmethod
    def of(cls, start: datetime, length: timedelta) -> Span:
        """The span of this length; elapsed time, so a clock change inside does not matter."""
        start = start.astimezone(UTC)
        return cls(start, start + length)

    @property
    def length(self) -> timedelta:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def intersection(self, other: Span) -> Span | None:
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Span(start, end) if start < end else None

    def shifted(self, by: timedelta) -> Span:
        return Span(self.start + by, self.end + by)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same time as a sorted list of spans that neither touch nor overlap."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


def gaps(window: Span, taken: Iterable[Span]) -> Iterator[Span]:
    """What of ``window`` is left when ``taken`` is cut out of it, in order."""
    cursor = window.start
    for span in merged(taken):
        if span.end <= cursor:
            continue
        if span.start >= window.end:
            break
        if span.start > cursor:
            yield Span(cursor, span.start)
        cursor = max(cursor, span.end)
    if cursor < window.end:
        yield Span(cursor, window.end)

"""When a person works: days, hours, lunch, and the days on which the calendar on the wall decides otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.span import Span, gaps

WEEKDAYS = frozenset(range(5))
NO_TIME = timedelta(0)


@dataclass(frozen=True, slots=True)
class WorkHours:
    """Hours on the person's own clock. ``days`` counts Monday as 0.

    ``closed`` are public holidays and leave; ``open`` are days worked although they are no working days, such as the
    Saturdays that make up for a Chinese holiday.
    """

    start: time = time(9)
    end: time = time(18)
    lunch: tuple[time, time] | None = (time(12), time(13))
    days: frozenset[int] = WEEKDAYS
    closed: frozenset[date] = frozenset()
    open: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError("working hours must end after they start")
        if self.lunch is not None and self.lunch[1] <= self.lunch[0]:
            raise ValueError("lunch must end after it starts")

    def works_on(self, day: date) -> bool:
        return day in self.open or (day.weekday() in self.days and day not in self.closed)

    def whole(self, day: date, zone: ZoneInfo) -> Span | None:
        """From the start of this day's work to its end, lunch included; None on a day off."""
        return _on(day, self.start, self.end, zone) if self.works_on(day) else None

    def lunch_on(self, day: date, zone: ZoneInfo) -> Span | None:
        """This day's lunch; None when there is none or nobody works."""
        if self.lunch is None or not self.works_on(day):
            return None
        return _on(day, *self.lunch, zone)

    def spans(self, day: date, zone: ZoneInfo) -> tuple[Span, ...]:
        """The working time of one local day, lunch cut out, in order."""
        whole, lunch = self.whole(day, zone), self.lunch_on(day, zone)
        if whole is None:
            return ()
        return tuple(gaps(whole, () if lunch is None else (lunch,)))

    def covers(self, span: Span, zone: ZoneInfo) -> bool:
        """Whether the person works through the whole span, without touching lunch."""
        return any(part.contains(span) for day in days_of(span, zone) for part in self.spans(day, zone))

    def reaches(self, span: Span, zone: ZoneInfo) -> bool:
        """The same with lunch counted as work."""
        wholes = (self.whole(day, zone) for day in days_of(span, zone))
        return any(whole is not None and whole.contains(span) for whole in wholes)


def days_of(span: Span, zone: ZoneInfo) -> Iterator[date]:
    """The local days a span touches."""
    day = span.start.astimezone(zone).date()
    last = (span.end - timedelta(microseconds=1) if span.length else span.end).astimezone(zone).date()
    while day <= last:
        yield day
        day += timedelta(days=1)


def _on(day: date, start: time, end: time, zone: ZoneInfo) -> Span:
    begin, finish = datetime.combine(day, start, zone), datetime.combine(day, end, zone)
    return Span(begin, finish) if begin.timestamp() <= finish.timestamp() else Span(begin, begin)

"""What a time phrase means: the words of this package's answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Kind(StrEnum):
    """The shapes a time can have."""

    INSTANT = "instant"
    DATE = "date"
    RANGE = "range"
    DURATION = "duration"
    RECURRENCE = "recurrence"
    NONE = "none"


class Part(StrEnum):
    """What can be said about a time. ``Reading.said`` keeps these apart from what was only implied."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    WEEKDAY = "weekday"
    HOLIDAY = "holiday"
    PART_OF_DAY = "part_of_day"
    HOUR = "hour"
    MINUTE = "minute"
    MERIDIEM = "meridiem"
    ZONE = "zone"
    LENGTH = "length"
    START = "start"
    END = "end"
    REPEAT = "repeat"
    COUNT = "count"
    UNTIL = "until"
    OFFSET = "offset"


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning of a phrase. Times are aware, in the zone of the ``now`` it was read at."""

    kind: Kind
    start: datetime | None = None  # of a date: its midnight
    end: datetime | None = None  # exclusive; None: open, or not said
    duration: timedelta | None = None
    rrule: str | None = None
    excluded: tuple[tuple[datetime, datetime], ...] = ()
    said: frozenset[Part] = frozenset()
    implied: frozenset[Part] = frozenset()
    # dawn morning noon lunch after_lunch afternoon evening night eod: it decided the hours, no clock time was said
    daypart: str | None = None
    whole_days: bool = False  # a range said in days, weeks or months
    reason: str | None = None  # of a NONE: empty past impossible far contradiction


@dataclass(frozen=True, slots=True)
class Phrase:
    """Some words of a text that say a time, where they stand, and what they mean, best reading first."""

    start: int
    end: int
    readings: tuple[Reading, ...]
    role: str | None = None  # from to until before after deadline except instead or every lead delta length

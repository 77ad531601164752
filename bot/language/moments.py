"""Times of a sentence: single moments, what was said of them, and all of them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.domain.timelang.model import Kind, Part, Phrase, Reading

DAY = timedelta(days=1)

DAY_PARTS = frozenset({Part.YEAR, Part.QUARTER, Part.MONTH, Part.WEEK, Part.DAY, Part.WEEKDAY, Part.HOLIDAY})


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of a sentence: where it stands, its readings (best first) and what it is to the others."""

    start: int
    end: int
    readings: tuple[Reading, ...]
    role: str | None = None
    words: str = ""
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def best(self) -> Reading:
        return self.readings[0]

    @property
    def exact(self) -> bool:
        """A clock time was said, with or without an end."""
        r = self.best
        return r.kind is Kind.INSTANT or (
            r.kind is Kind.RANGE and clock_said(r) and r.start is not None and r.end is not None and r.daypart is None
        )


@dataclass(slots=True)
class Times:
    """Everything a sentence says about time."""

    now: datetime
    phrases: tuple[Phrase, ...] = ()
    moments: list[Moment] = field(default_factory=list)
    lengths: list[Phrase] = field(default_factory=list)
    days: list[Phrase] = field(default_factory=list)  # lengths of a day and more
    leads: list[Phrase] = field(default_factory=list)
    deltas: list[Phrase] = field(default_factory=list)
    rule: Moment | None = None
    daily: str | None = None  # a part of the day said for every day ("mornings only")
    deadline: Moment | None = None
    excluded: list[Moment] = field(default_factory=list)
    problem: str | None = None

    @property
    def length(self) -> timedelta | None:
        return self.lengths[0].readings[0].duration if self.lengths else None

    @property
    def any(self) -> bool:
        return bool(self.moments or self.rule)


def day_said(r: Reading) -> bool:
    return bool(r.said & DAY_PARTS) or (Part.OFFSET in r.said and not clock_said(r))


def clock_said(r: Reading) -> bool:
    return Part.HOUR in r.said


def hour_only(r: Reading) -> bool:
    """An hour or part of the day without a day."""
    return not day_said(r) and (clock_said(r) or r.daypart is not None) and Part.OFFSET not in r.said


def day_only(r: Reading) -> bool:
    return day_said(r) and not clock_said(r) and r.daypart is None and r.kind in (Kind.DATE, Kind.RANGE)


def is_week(r: Reading) -> bool:
    return (
        r.kind is Kind.RANGE
        and r.whole_days
        and r.start is not None
        and r.end is not None
        and timedelta(days=5) <= r.end - r.start <= timedelta(days=8)
        and not clock_said(r)
        and r.daypart is None
    )


def hours_of_a_week(r: Reading) -> bool:
    """ "Next week between 4 and 6": on any of its days."""
    said = Part.WEEK in r.said and not r.said & {Part.DAY, Part.WEEKDAY} and clock_said(r)
    return said and r.start is not None and r.end is not None and r.start.date() == r.end.date()


def open_hours_of_a_week(r: Reading) -> bool:
    """ "Next week after 2", "before 11": on any of its days."""
    said = Part.WEEK in r.said and not r.said & {Part.DAY, Part.WEEKDAY} and clock_said(r)
    return said and r.kind is Kind.RANGE and (r.start is None) != (r.end is None)


def weekday_loose(r: Reading) -> bool:
    """A bare weekday: no week, month or date beside it."""
    return Part.WEEKDAY in r.said and not r.said & {Part.WEEK, Part.DAY, Part.MONTH, Part.YEAR}


def shifted(r: Reading, by: timedelta) -> Reading:
    """The same wall clock another day."""
    return replace(r, start=r.start + by if r.start else None, end=r.end + by if r.end else None)


def unique(readings: Sequence[Reading]) -> list[Reading]:
    out: list[Reading] = []
    for r in readings:
        if all((r.start, r.end) != (o.start, o.end) for o in out):
            out.append(r)
    return out


def later(start: datetime, by: timedelta) -> datetime:
    """``by`` of elapsed time after ``start``, whatever the clock does in between."""
    return (start.astimezone(UTC) + by).astimezone(start.tzinfo)


def within_part(part: Moment, hour: Moment) -> Moment | None:
    """The hour said apart inside a part of a day: "after lunch? 1.30", 后天上午吗，十点."""
    p = part.best
    if p.kind is not Kind.RANGE or p.daypart is None or p.start is None or not hour.exact:
        return None
    last = p.end or p.start.replace(hour=23, minute=59)
    if not hour_only(hour.best):
        inside = hour.best.start is not None and p.start <= hour.best.start <= last
        return replace(hour, start=part.start, spans=(*part.spans, *hour.spans)) if inside else None
    for r in hour.readings:
        for half in (0, 12):
            if r.start is None:
                continue
            start = p.start.replace(hour=(r.start.hour + half) % 24, minute=r.start.minute)
            if p.start <= start <= last:
                said = replace(shifted(r, start - r.start), said=p.said | r.said)
                return replace(
                    part, readings=(said,), words=f"{part.words} {hour.words}", spans=(*part.spans, *hour.spans)
                )
    return None


def narrowed(moments: Sequence[Moment]) -> list[Moment]:
    """Parts of a day with the hour that follows them as one moment each."""
    out: list[Moment] = []
    for m in moments:
        one = within_part(out[-1], m) if out else None
        if one is not None:
            out[-1] = one
        else:
            out.append(m)
    return out

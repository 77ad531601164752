"""What one moment means: an instant, a day, a part of a day."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.timelang import dayclock
from bot.domain.timelang.calendar import days_of
from bot.domain.timelang.daymath import Days, UnreadableError, plus_months
from bot.domain.timelang.model import Kind
from bot.domain.timelang.spec import Length, Spec
from bot.domain.timelang.zones import zone_named

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Now:
    """The moment of speaking: aware, and as the wall clock of its zone shows it."""

    aware: datetime

    @property
    def wall(self) -> datetime:
        return self.aware.replace(tzinfo=None, second=0, microsecond=0)

    @property
    def today(self) -> date:
        return self.aware.date()

    def plus_elapsed(self, seconds: int) -> datetime:
        """The wall clock so many seconds later, whatever clock change lies between."""
        later = self.aware.astimezone(UTC) + timedelta(seconds=seconds)
        return later.astimezone(self.aware.tzinfo).replace(tzinfo=None)

    def attach(self, wall: datetime) -> datetime:
        """The wall clock time as an instant; one that a clock change skips is moved past the gap."""
        aware = wall.replace(tzinfo=self.aware.tzinfo)
        return aware.astimezone(UTC).astimezone(self.aware.tzinfo)


@dataclass(frozen=True, slots=True)
class Value:
    """A meaning on the wall clock."""

    kind: Kind
    start: datetime | None = None
    end: datetime | None = None
    whole_days: bool = False
    daypart: str | None = None
    guessed: bool = False


def shift_clock(length: Length, sign: int, now: Now) -> datetime:
    if not length.months and not length.days:
        return now.plus_elapsed(sign * length.seconds)
    moved = datetime.combine(plus_months(now.wall.date(), sign * length.months), now.wall.time())
    return moved + sign * timedelta(days=length.days, seconds=length.seconds)


# -- one moment
def moment_values(spec: Spec, now: Now, after: date | None = None) -> list[Value]:
    """What one moment may mean; ``after``: the day a range began on."""
    if spec.now and not spec.has_day:
        return [Value(Kind.INSTANT, now.wall)]
    if spec.shift is not None and spec.shift.seconds and spec.anchor is None and not spec.has_clock:
        return [Value(Kind.INSTANT, shift_clock(spec.shift, spec.sign or 1, now))]
    if spec.shift is not None and spec.anchor is not None and spec.anchor.has_clock:
        step = timedelta(seconds=(spec.sign or 1) * spec.shift.seconds)
        anchors = moment_values(spec.anchor, now, after)
        return [Value(Kind.INSTANT, value.start + step) for value in anchors if value.start is not None]
    if spec.rest and spec.doff == 0 and not spec.has_clock:
        return [Value(Kind.RANGE, now.wall, datetime.combine(now.today, time()) + DAY)]
    if spec.now and spec.has_day and not (spec.wds or spec.days or spec.doff is not None or spec.shift):
        day = plus_months(now.today, 12 * (spec.yoff or 0) + (spec.moff or 0)) + timedelta(days=7 * (spec.woff or 0))
        return [Value(Kind.INSTANT, datetime.combine(day, now.wall.time()))]  # this time next week
    if spec.now and spec.has_day:  # this time tomorrow
        return [Value(Kind.INSTANT, datetime.combine(day.start, now.wall.time())) for day in days_of(spec, now.today)]
    if spec.span is not None and spec.span.seconds:
        there = shift_clock(spec.span, spec.ahead or 1, now)
        return [Value(Kind.RANGE, min(now.wall, there), max(now.wall, there))]
    days = days_of(spec, now.today, after) if spec.has_day else []
    if spec.has_clock:
        if spec.point == "afterlunch":
            return [
                Value(Kind.RANGE, it.start, None, daypart="after_lunch") for it in _instants(spec, days, now, after)
            ]
        return _instants(spec, days, now, after)
    if spec.part is not None:
        return _parts_of_days(spec, days, now)
    if not days:
        raise UnreadableError("empty")
    several = _run(days) if len(spec.wds or spec.days or ()) > 1 and spec.nth is None else None
    if several is not None:
        return [several]
    if not _ambiguous(spec) and len(spec.wds or ()) < 2:
        days = days[:1] if not (spec.days or spec.doff is not None) or len(spec.days or ()) > 1 else days
    return [_whole(day) for day in days]


def _run(days: list[Days]) -> Value | None:
    """Days side by side (the 3rd and 4th) as one stretch."""
    if any(second.start - first.start != DAY for first, second in itertools.pairwise(days)) or len(days) < 2:
        return None
    return Value(
        Kind.RANGE, datetime.combine(days[0].start, time()), datetime.combine(days[-1].end, time()), whole_days=True
    )


def _ambiguous(spec: Spec) -> bool:
    """Whether several days are several opinions about one, not several days."""
    return spec.wds is not None and len(spec.wds) == 1 and spec.nth is None


def _listed(spec: Spec) -> bool:
    """Whether several weekdays are named in one breath: 下周一三五. Without a week, a run of them is a stretch."""
    days = spec.wds or ()
    run = all(b - a == 1 for a, b in itertools.pairwise(days))
    return len(days) > 1 and spec.nth is None and spec.days is None and (spec.woff is not None or not run)


def _whole(day: Days) -> Value:
    start = datetime.combine(day.start, time())
    if day.single:
        return Value(Kind.DATE, start, whole_days=True)
    return Value(Kind.RANGE, start, datetime.combine(day.end, time()), whole_days=True)


def _instants(spec: Spec, days: list[Days], now: Now, after: date | None = None) -> list[Value]:
    offsets, guessed = dayclock.minutes(spec)
    if not days:
        return [Value(Kind.INSTANT, moment, guessed=guessed) for moment in _next_times(spec, offsets, guessed, now)]
    out: list[Value] = []
    weekday_alone = _weekday_alone(spec) and after is None
    if weekday_alone and days[0].start - now.today == 7 * DAY:
        today = wall_at(now.today, offsets[0], spec, now)
        days = [Days.one(now.today), days[0]] if today > now.wall else days[:1]
        days = days[:1]
    if not _ambiguous(spec) and not _listed(spec) and not (spec.days and len(spec.days) == 1) and spec.doff is None:
        days = days[:1]
    for day in days:
        first = day.start
        minutes = offsets[0]
        if spec.hour == 0 and (spec.part in ("evening", "night") or (spec.doff == 0 and not spec.minute)):
            minutes += 1440  # midnight on the 12th begins that day; tonight's ends it
        if guessed and first == now.today and spec.part is None and spec.doff == 0:
            here, other = wall_at(first, offsets[0], spec, now), wall_at(first, offsets[1], spec, now)
            if here <= now.wall < other and not spec.explicit:
                out.append(Value(Kind.INSTANT, other, guessed=True))
                out.append(Value(Kind.INSTANT, here, guessed=True))
                continue
        out.append(Value(Kind.INSTANT, wall_at(first, minutes, spec, now), guessed=guessed))
        if guessed and spec.hour == 7:
            out.append(Value(Kind.INSTANT, wall_at(first, offsets[1], spec, now), guessed=True))
    return out


def _weekday_alone(spec: Spec) -> bool:
    return (
        spec.wds is not None
        and len(spec.wds) == 1
        and spec.wmode is None
        and spec.woff is None
        and spec.days is None
        and spec.nth is None
        and spec.shift is None
    )


def wall_at(day: date, minutes: int, spec: Spec, now: Now) -> datetime:
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    if spec.zone is None:
        return wall
    zone = spec.zone
    return wall.replace(tzinfo=zone_named(zone)).astimezone(now.aware.tzinfo).replace(tzinfo=None)


def _next_times(spec: Spec, offsets: list[int], guessed: bool, now: Now) -> list[datetime]:
    """A clock time without a day: its next occurrence."""
    today = now.today
    if spec.zone is not None:
        today = now.aware.astimezone(zone_named(spec.zone)).date()
    here = wall_at(today, offsets[0], spec, now)
    if here > now.wall:
        if (
            spec.zone is not None
            and here - now.wall > DAY
            and (earlier := wall_at(today - DAY, offsets[0], spec, now)) > now.wall
        ):
            here = earlier
        if guessed and spec.hour == 7:
            return [here, wall_at(today, offsets[1], spec, now)]
        return [here]
    tomorrow = wall_at(today + DAY, offsets[0], spec, now)
    if guessed:
        other = wall_at(today, offsets[1], spec, now)
        if other > now.wall:
            return [other, tomorrow]
    return [tomorrow]


def _parts_of_days(spec: Spec, days: list[Days], now: Now) -> list[Value]:
    part = spec.part or "day"
    first, last = dayclock.PARTS[part]
    if not days:
        end = datetime.combine(now.today, time()) + timedelta(minutes=last)
        days = [Days.one(now.today if end > now.wall else now.today + DAY)]
    elif not _ambiguous(spec) and not _listed(spec):
        days = days[:1]
    out = []
    for day in days:
        if not day.single:
            out.append(replace(_whole(day), daypart=part))
            continue
        midnight = datetime.combine(day.start, time())
        out.append(
            Value(Kind.RANGE, midnight + timedelta(minutes=first), midnight + timedelta(minutes=last), daypart=part)
        )
    return out

"""From phrases to readings: what the words mean at this moment, in this zone."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.timelang import dayclock
from bot.domain.timelang.calendar import Days, UnreadableError, days_of, plus_months
from bot.domain.timelang.model import Kind, Part, Reading
from bot.domain.timelang.nodes import Node
from bot.domain.timelang.recurring import first_day, rule_of
from bot.domain.timelang.spec import Length, Spec
from bot.domain.timelang.zones import zone_named

_FAR = timedelta(days=365 * 20 + 5)
_DAY = timedelta(days=1)


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


def readings(node: Node, now: Now) -> tuple[Reading, ...]:
    """All good readings of a phrase, best first; one of kind none with the reason when there is no good one."""
    try:
        found = list(_readings(node, now))
    except UnreadableError as refused:
        return (Reading(Kind.NONE, reason=refused.reason, said=said_parts(node)),)
    except (OverflowError, ValueError):
        return (Reading(Kind.NONE, reason="impossible", said=said_parts(node)),)
    for reading in found:
        for edge in (reading.start, reading.end):
            if edge is not None and abs(edge - now.aware) > _FAR:
                return (Reading(Kind.NONE, reason="far", said=said_parts(node)),)
    unique: list[Reading] = []
    for reading in found:
        if reading not in unique:
            unique.append(reading)
    return tuple(unique[:4]) or (Reading(Kind.NONE, reason="empty"),)


def _readings(node: Node, now: Now) -> Iterator[Reading]:
    if node.shape == "length":
        length = node.length or Length()
        yield Reading(Kind.DURATION, duration=timedelta(seconds=length.total), said=frozenset((Part.LENGTH,)))
        return
    if node.head.repeats or (node.b is not None and node.b.repeats):
        yield _recurrence(node, now)
        return
    said = said_parts(node)
    for value in _values(node, now):
        yield Reading(
            value.kind,
            now.attach(value.start) if value.start is not None else None,
            now.attach(value.end) if value.end is not None else None,
            said=said,
            implied=_implied(node, value),
            daypart=value.daypart,
            whole_days=value.whole_days,
        )


def _values(node: Node, now: Now) -> list[Value]:
    shape, spec = node.shape, node.head
    if shape == "range" and node.b is not None:
        return ranged(spec, node.b, now)
    if shape == "within":
        return [Value(Kind.RANGE, None, _within(node.length or Length(), now))]
    found = moment_values(spec, now)
    if shape == "lasting":
        return [_lasting(value, node.length or Length(), now) for value in found]
    if shape == "moment":
        return found
    if shape == "inside" and len(found) == 1 and found[0].kind is Kind.RANGE and spec.month is not None:
        return found
    return [_opened(shape, spec, value) for value in found]


def _opened(shape: str, spec: Spec, value: Value) -> Value:
    instant = value.kind is Kind.INSTANT
    start, end = value.start, value.end
    if value.kind is Kind.DATE and start is not None:
        end = start + _DAY
    whole = value.whole_days or value.kind is Kind.DATE
    if shape in ("until", "inside"):
        return Value(Kind.RANGE, None, start if instant else end, whole_days=whole, daypart=value.daypart)
    if shape == "before" and spec.part == "lunch" and start is not None and not spec.has_clock:
        start += timedelta(hours=1)
    if shape == "before":
        included = spec.edge == "end" or spec.span is not None
        return Value(
            Kind.RANGE, None, end if included and not instant else start, whole_days=whole, daypart=value.daypart
        )
    if shape == "after":
        return Value(Kind.RANGE, start if instant else end, None, whole_days=whole, daypart=value.daypart)
    return Value(Kind.RANGE, start, None, whole_days=whole, daypart=value.daypart)


def _within(length: Length, now: Now) -> datetime:
    if length.by_clock:
        return (
            now.plus_elapsed(length.seconds) + timedelta(days=length.days)
            if not length.months
            else _shift_clock(length, 1, now)
        )
    from bot.domain.timelang.calendar import plus

    return datetime.combine(plus(now.today, length) + _DAY, time())


def _lasting(value: Value, length: Length, now: Now) -> Value:
    start = value.start
    if start is None:
        raise UnreadableError("empty")
    end = datetime.combine(plus_months(start.date(), length.months), start.time()) + timedelta(
        days=length.days, seconds=length.seconds
    )
    return Value(
        Kind.RANGE, start, end, whole_days=value.kind is Kind.DATE and not length.seconds, guessed=value.guessed
    )


def _shift_clock(length: Length, sign: int, now: Now) -> datetime:
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
        return [Value(Kind.INSTANT, _shift_clock(spec.shift, spec.sign or 1, now))]
    if spec.span is not None and spec.span.seconds:
        there = _shift_clock(spec.span, spec.ahead or 1, now)
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
    if any(second.start - first.start != _DAY for first, second in itertools.pairwise(days)) or len(days) < 2:
        return None
    return Value(
        Kind.RANGE, datetime.combine(days[0].start, time()), datetime.combine(days[-1].end, time()), whole_days=True
    )


def _ambiguous(spec: Spec) -> bool:
    """Whether several days are several opinions about one, not several days."""
    return spec.wds is not None and len(spec.wds) == 1 and spec.nth is None


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
    if weekday_alone and days[0].start - now.today == 7 * _DAY:
        today = _at(now.today, offsets[0], spec, now)
        days = [Days.one(now.today), days[0]] if today > now.wall else days[:1]
        days = days[:1]
    if not _ambiguous(spec) and not (spec.days and len(spec.days) == 1) and spec.doff is None:
        days = days[:1]
    for day in days:
        first = day.start
        minutes = offsets[0]
        if spec.hour == 0 and (spec.part in ("evening", "night") or (spec.doff == 0 and not spec.minute)):
            minutes += 1440  # midnight on the 12th begins that day; tonight's ends it
        if guessed and first == now.today and spec.part is None and spec.doff == 0:
            here, other = _at(first, offsets[0], spec, now), _at(first, offsets[1], spec, now)
            if here <= now.wall < other and not spec.explicit:
                out.append(Value(Kind.INSTANT, other, guessed=True))
                out.append(Value(Kind.INSTANT, here, guessed=True))
                continue
        out.append(Value(Kind.INSTANT, _at(first, minutes, spec, now), guessed=guessed))
        if guessed and spec.hour == 7:
            out.append(Value(Kind.INSTANT, _at(first, offsets[1], spec, now), guessed=True))
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


def _at(day: date, minutes: int, spec: Spec, now: Now) -> datetime:
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
    here = _at(today, offsets[0], spec, now)
    if here > now.wall:
        if (
            spec.zone is not None
            and here - now.wall > _DAY
            and (earlier := _at(today - _DAY, offsets[0], spec, now)) > now.wall
        ):
            here = earlier
        if guessed and spec.hour == 7:
            return [here, _at(today, offsets[1], spec, now)]
        return [here]
    tomorrow = _at(today + _DAY, offsets[0], spec, now)
    if guessed:
        other = _at(today, offsets[1], spec, now)
        if other > now.wall:
            return [other, tomorrow]
    return [tomorrow]


def _parts_of_days(spec: Spec, days: list[Days], now: Now) -> list[Value]:
    part = spec.part or "day"
    first, last = dayclock.PARTS[part]
    if not days:
        end = datetime.combine(now.today, time()) + timedelta(minutes=last)
        days = [Days.one(now.today if end > now.wall else now.today + _DAY)]
    elif not _ambiguous(spec):
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


# -- ranges
def ranged(a: Spec, b: Spec, now: Now) -> list[Value]:
    """From one moment to another; each may leave out what the other says."""
    a, b = a.copy(), b.copy()
    _share(a, b)
    starts = _starts(a, b, now)
    return [_end_of(a, b, start, now) for start in starts]


def _share(a: Spec, b: Spec) -> None:
    if b.zone is not None and a.zone is None:
        a.zone = b.zone
    elif a.zone is not None and b.zone is None:
        b.zone = a.zone
    if not a.has_day and b.has_day and not a.now and not (b.has_clock and b.day_first) and not b.nextday:
        for name, value in b.day_fields().items():
            setattr(a, name, value)
        for name in b.day_fields():
            if b.has_clock:
                setattr(b, name, None)
    if a.days and a.month is None and a.moff is None and a.year is None and b.days:
        a.month, a.moff = b.month, b.moff
        if b.year is not None:
            a.year = b.year
        if b.yoff is not None:
            a.yoff = b.yoff
    if (
        a.month is not None
        and a.year is None
        and a.yoff is None
        and b.month is not None
        and (b.year is not None or b.yoff is not None)
    ):
        later = (a.month, (a.days or (1,))[0]) > (b.month, (b.days or (31,))[0])
        if b.year is not None:
            a.year = b.year - later
        else:
            a.yoff = (b.yoff or 0) - later
    if a.month is not None and a.days and b.days and b.month is None and b.year is not None and a.year is None:
        a.year = b.year
        b.month = a.month
    if b.days and b.month is None and b.moff is None and b.woff is None and a.moff is not None and b.year is None:
        b.moff = a.moff
    if b.wds and b.woff is None and a.woff is not None and a.wds:
        b.woff = a.woff
        if b.wds[0] < a.wds[0]:
            b.woff += 1
    if b.wds and a.wds and b.wmode in (None, "this") and b.woff is None:
        b.wmode = None
    if (
        a.month is not None
        and a.year is not None
        and b.month is not None
        and b.year is None
        and b.yoff is None
        and not b.days
        and not a.days
    ):
        b.year = a.year + (b.month < a.month)


def _starts(a: Spec, b: Spec, now: Now) -> list[Value]:
    if a.has_clock and b.has_clock and not b.has_day:
        chosen = _half_by_end(a, b)
        if chosen is not None:
            a.mer, a.explicit = None, True
            a.hour, a.minute = chosen // 60, chosen % 60
            a.part = None
    return moment_values(a, now)


def _half_by_end(a: Spec, b: Spec) -> int | None:
    """11 to 3am starts at 23:00, 10 to 11am at 10:00: the half of the day nearest before the end."""
    firsts, guessed = dayclock.minutes(a)
    lasts, open_end = dayclock.minutes(b)
    if not guessed or open_end or b.point is not None or not (b.mer or b.part or (b.hour or 0) > 12):
        return None
    return min(firsts, key=lambda first: (lasts[0] - first - 1) % 1440)


def _end_of(a: Spec, b: Spec, start: Value, now: Now) -> Value:
    begin = start.start
    if begin is None:
        raise UnreadableError("empty")
    said_on = begin.date()
    if b.has_clock and not b.has_day:
        return Value(Kind.RANGE, begin, _clock_after(b, begin, now), guessed=start.guessed)
    if b.part is not None and not b.has_day:
        last = dayclock.PARTS[b.part][1]
        end = datetime.combine(said_on, time()) + timedelta(minutes=last)
        return Value(Kind.RANGE, begin, end if end > begin else end + _DAY, daypart=None if a.has_clock else "day")
    if b.now:
        return Value(Kind.RANGE, begin, now.wall)
    last_value = moment_values(b, now, after=said_on)[0]
    end_at = last_value.start if last_value.kind is Kind.INSTANT else last_value.end
    if last_value.kind is Kind.DATE and last_value.start is not None:
        end_at = last_value.start + _DAY
    if end_at is not None and end_at <= begin:
        raise UnreadableError("contradiction")
    whole = not a.has_clock and not b.has_clock and a.part is None and b.part is None and not a.now
    return Value(Kind.RANGE, begin, end_at, whole_days=whole, guessed=start.guessed)


def _clock_after(b: Spec, begin: datetime, now: Now) -> datetime:
    """The first time after ``begin`` at which the clock shows what was said."""
    offsets, guessed = dayclock.minutes(b)
    if b.zone is not None:
        days = [begin.date() - _DAY, begin.date(), begin.date() + _DAY]
    else:
        days = [begin.date(), begin.date() + _DAY]
    found = [_at(day, minutes, b, now) for day in days for minutes in (offsets if guessed else offsets[:1])]
    later = sorted(moment for moment in found if moment > begin)
    if not later:
        raise UnreadableError("contradiction")
    return later[0]


# -- what comes again
def _recurrence(node: Node, now: Now) -> Reading:
    spec = node.head.copy()
    other = node.b.copy() if node.b is not None else None
    if other is not None and other.repeats and not spec.repeats:
        for name in ("freq", "interval", "wds", "days", "month", "nth", "nthof", "weekdays", "plural", "count"):
            if getattr(spec, name) is None:
                setattr(spec, name, getattr(other, name))
        other.freq = other.plural = other.weekdays = None
        if not (node.head.wds and other.wds):
            other.wds = other.days = other.nth = None
    if (
        other is not None
        and other.wds
        and spec.wds
        and node.shape == "range"
        and not (spec.has_clock and other.has_clock)
    ):
        span = (other.wds[-1] - spec.wds[0]) % 7
        spec.wds = tuple((spec.wds[0] + step) % 7 for step in range(span + 1))
        for name in ("hour", "minute", "mer", "explicit", "part", "point"):
            if getattr(spec, name) is None:
                setattr(spec, name, getattr(other, name))
        other = None
    if other is not None and other.days and spec.days and other.month is None:
        other = None
    if (
        other is not None
        and other.has_day
        and not other.repeats
        and spec.until is None
        and not (spec.has_clock and other.has_clock)
    ):
        spec.until, other = other, None
    until = None
    if spec.until is not None:
        closing = moment_values(spec.until, now)[0]
        until = closing.start if closing.kind is not Kind.RANGE or closing.end is None else closing.end - _DAY
    rule = rule_of(spec, until.date() if until is not None else None)
    base = now.today
    if spec.anchor is not None and spec.shift is None:
        begin = moment_values(spec.anchor, now)[0].start
        base = begin.date() if begin is not None else base
    start = end = None
    if spec.has_clock and spec.freq not in ("HOURLY", "MINUTELY", "SECONDLY"):
        offsets, guessed = dayclock.minutes(spec)
        if guessed and other is not None and other.has_clock:
            chosen = _half_by_end(spec, other)
            offsets = [chosen, *offsets] if chosen is not None else offsets
        day = first_day(spec, base)
        start = _at(day, offsets[0], spec, now)
        if start < now.wall:
            start = _at(first_day(spec, day + _DAY), offsets[0], spec, now)
        if other is not None and other.has_clock:
            end = _clock_after(other, start, now)
        elif node.shape == "lasting" and node.length is not None:
            end = start + timedelta(seconds=node.length.total)
    return Reading(
        Kind.RECURRENCE,
        now.attach(start) if start is not None else None,
        now.attach(end) if end is not None else None,
        rrule=rule,
        said=said_parts(node),
        daypart=spec.part if not spec.has_clock else None,
        whole_days=not spec.has_clock and spec.part is None,
    )


# -- what was said
_SAID = (
    (Part.YEAR, ("year", "yoff")),
    (Part.QUARTER, ("quarter", "qoff")),
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
            if any(getattr(spec, name) is not None for name in names):
                found.add(part)
    if node.length is not None:
        found.add(Part.LENGTH)
    if node.shape in ("range", "from", "after", "lasting"):
        found.add(Part.START)
    if node.shape in ("range", "until", "before", "within", "inside"):
        found.add(Part.END)
    return frozenset(found)


def _implied(node: Node, value: Value) -> frozenset[Part]:
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

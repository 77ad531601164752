"""From phrases to readings: what the words mean at this moment, in this zone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.domain.timelang import dayclock
from bot.domain.timelang.daymath import UnreadableError, plus, plus_months
from bot.domain.timelang.model import Kind, Part, Reading
from bot.domain.timelang.node import Node
from bot.domain.timelang.ranging import clock_after, half_by_end, ranged
from bot.domain.timelang.recurring import first_day, rule_of
from bot.domain.timelang.said import implied_parts, said_parts
from bot.domain.timelang.spec import Length, Spec
from bot.domain.timelang.times import DAY, Now, Value, moment_values, shift_clock, wall_at

_FAR, _LONG_AGO = timedelta(days=365 * 20 + 5), timedelta(days=365 * 50)


def readings(node: Node, now: Now) -> tuple[Reading, ...]:
    """All good readings of a phrase, best first; one of kind none with the reason when there is no good one."""
    if node.shape == "impossible":
        return (Reading(Kind.NONE, reason="impossible", said=said_parts(node)),)
    try:
        found = list(_readings(node, now))
    except UnreadableError as refused:
        return (Reading(Kind.NONE, reason=refused.reason, said=said_parts(node)),)
    except (OverflowError, ValueError):
        return (Reading(Kind.NONE, reason="impossible", said=said_parts(node)),)
    for reading in found:
        for edge in (reading.start, reading.end):
            if edge is not None and not -_LONG_AGO < edge - now.aware < _FAR:
                return (Reading(Kind.NONE, reason="far", said=said_parts(node)),)
    unique: list[Reading] = []
    for reading in found:
        if reading.start is not None and reading.end is not None and reading.end <= reading.start:
            continue  # nothing lies between: 前0天
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
            implied=implied_parts(node, value),
            daypart=value.daypart,
            whole_days=value.whole_days,
        )


def _values(node: Node, now: Now) -> list[Value]:
    shape, spec = node.shape, node.head
    owners = spec.zone or (node.b.zone if node.b is not None else None)
    if isinstance(owners, tuple) and len(owners) > 1:  # CST is China's and America's
        return [value for owner in owners for value in _values(_in_zone(node, owner), now)]
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


def _in_zone(node: Node, zone: str) -> Node:
    specs = [spec.copy() if spec is not None else None for spec in (node.a, node.b)]
    for spec in specs:
        if spec is not None:
            spec.zone = zone
    return replace(node, a=specs[0], b=specs[1])


def _opened(shape: str, spec: Spec, value: Value) -> Value:
    instant = value.kind is Kind.INSTANT
    start, end = value.start, value.end
    if value.kind is Kind.DATE and start is not None:
        end = start + DAY
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
            else shift_clock(length, 1, now)
        )
    return datetime.combine(plus(now.today, length) + DAY, time())


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
        if other.has_clock and not spec.has_clock:  # every day until Friday at 8am: the hour is the rule's
            for name in ("hour", "minute", "mer", "explicit", "part", "point"):
                setattr(spec, name, getattr(other, name))
                setattr(other, name, None)
        spec.until, other = other, None
    until = None
    if spec.until is not None:
        closing = moment_values(spec.until, now)[0]
        until = closing.start if closing.kind is not Kind.RANGE or closing.end is None else closing.end - DAY
    rule = rule_of(spec, until.date() if until is not None else None)
    base = now.today
    if spec.anchor is not None and spec.shift is None:
        begin = moment_values(spec.anchor, now)[0].start
        base = begin.date() if begin is not None else base
    start = end = None
    if spec.has_clock and spec.freq not in ("HOURLY", "MINUTELY", "SECONDLY"):
        offsets, guessed = dayclock.minutes(spec)
        if guessed and other is not None and other.has_clock:
            chosen = half_by_end(spec, other)
            offsets = [chosen, *offsets] if chosen is not None else offsets
        day = first_day(spec, base)
        start = wall_at(day, offsets[0], spec, now)
        if start < now.wall:
            start = wall_at(first_day(spec, day + DAY), offsets[0], spec, now)
        if other is not None and other.has_clock:
            end = clock_after(other, start, now)
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

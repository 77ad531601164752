"""Which starts are possible, in which tier they are, and how they score: every rule of the ranking in one place.

Tiers come first: A suits everybody who must come, in their hours; B has one soft miss (lunch, an invitation not
answered, a calendar that cannot be read); C has a quorum; D is the best compromise. The score orders inside a tier.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import floor
from zoneinfo import ZoneInfo

from bot.domain.attendance import (
    BUSY,
    FREE,
    LUNCH,
    OFF_HOURS,
    TENTATIVE,
    UNKNOWN,
    Availability,
    in_order,
    whole_minutes,
)
from bot.domain.span import Span, merged
from bot.domain.timeline import Line, every, touched
from bot.domain.workhours import days_of

TIERS = "ABCD"
QUORUM = 0.7  # of those who must come
GRID, FINE_GRID = 15, 5  # minutes: where meetings begin; and where one may begin right after another
MARGIN = timedelta(hours=6)  # looked at around the windows, for what lies before and after a slot
FRAGMENT, STRETCH = 30, 180  # minutes: a gap shorter than this is lost; meetings longer than this are too many
GOOD_FROM, GOOD_UNTIL = 9 * 60 + 30, 17 * 60 + 30  # local minutes people like to meet between
DAY = 24 * 60
DAY_OFF_HOURS = 4.0  # a day off counts as this many hours outside
NOON = 13 * 60  # where the first half of the day ends


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for."""

    windows: tuple[Span, ...]
    length: timedelta
    earliest: datetime
    asked: Span | None = None
    excluded: tuple[Span, ...] = ()


class Person:
    """One person's week as masks: which starts of this length touch what."""

    def __init__(self, availability: Availability, line: Line, length: int) -> None:
        self.availability, self.required, self.weight = availability, availability.required, availability.weight
        hours, zone = availability.hours, availability.zone
        days = list(days_of(Span(line.instant(0), line.instant(line.size)), zone))
        wholes = [whole for day in days if (whole := hours.whole(day, zone)) is not None]
        lunches = [lunch for day in days if (lunch := hours.lunch_on(day, zone)) is not None]
        taken = availability.busy or ()
        full = (1 << line.size) - 1
        self.blocks = [
            (line.before(span.start), line.after(span.end))
            for span in merged(busy.span for busy in taken if not busy.tentative)
        ]
        self._ends = [end for _, end in self.blocks]
        self._begins = [begin for begin, _ in self.blocks]
        self.working = line.within(wholes)
        self.busy = touched(line.taken(busy.span for busy in taken if not busy.tentative), length)
        self.tentative = touched(line.taken(busy.span for busy in taken if busy.tentative), length)
        self.lunch = touched(line.taken(lunches), length)
        self.off_hours = touched(full & ~self.working, length)
        self.unknown = full if availability.busy is None else 0
        self.soft = self.tentative | self.lunch | self.unknown
        size = line.size // 8 + 1
        ladder = ((self.busy, BUSY), (self.off_hours, OFF_HOURS), (self.unknown, UNKNOWN), (self.tentative, TENTATIVE))
        self._ladder = [(mask.to_bytes(size, "little"), chance) for mask, chance in ladder]
        self._any = (self.busy | self.off_hours | self.soft).to_bytes(size, "little")
        self._length = length

    def chance(self, minute: int) -> float:
        """How likely this person comes to a meeting that starts here."""
        byte, bit = minute >> 3, minute & 7
        if not self._any[byte] >> bit & 1:
            return FREE
        for mask, chance in self._ladder:
            if mask[byte] >> bit & 1:
                return chance
        return LUNCH

    def neighbours(self, minute: int) -> tuple[int | None, int | None]:
        """The free minutes left before and after; None when nothing is near, or the person is busy."""
        if not self.blocks:
            return None, None
        before, after = bisect_right(self._ends, minute) - 1, bisect_left(self._begins, minute + self._length)
        left = minute - self._ends[before] if before >= 0 else None
        right = self._begins[after] - minute - self._length if after < len(self._begins) else None
        return left, right

    def stretch(self, minute: int) -> int:
        """How many minutes of meetings in a row this one would make."""
        before, after = bisect_right(self._ends, minute) - 1, bisect_left(self._begins, minute + self._length)
        total = self._length
        if before >= 0 and self._ends[before] == minute:
            total += minute - self._begins[before]
        if after < len(self._begins) and self._begins[after] == minute + self._length:
            total += self._ends[after] - self._begins[after]
        return total


class Board:
    """Everybody's masks over the windows of one wish."""

    def __init__(self, wish: Wish, people: Iterable[Availability]) -> None:
        self.wish, self.length = wish, max(1, whole_minutes(wish.length))
        self.windows = merged(wish.windows)
        start = min(window.start for window in self.windows) - MARGIN
        floor_hour = start.replace(minute=0, second=0, microsecond=0)
        self.line = Line.over([Span(floor_hour, max(window.end for window in self.windows) + MARGIN)])
        self.people = [Person(each, self.line, self.length) for each in in_order(people)]
        self.required = [person for person in self.people if person.required]
        self.zone = self.people[0].availability.zone if self.people else ZoneInfo("UTC")
        self._local: dict[tuple[str, int], tuple[int, int, int]] = {}
        self._scores: dict[int, float] = {}
        self._weights = sum(person.weight for person in self.people) or 1.0
        # Whoever asks for a time outside their own hours means it.
        self.hours_given_up = bool(self.required) and not self.inside() & ~self.required[0].off_hours

    def without(self, open_id: str) -> Board:
        """The same board if this person need not come."""
        other = copy(self)
        other.required = [person for person in self.required if person.availability.guest.open_id != open_id]
        return other

    # ---- which starts are possible

    def possible(self) -> int:
        """The starts that may be offered at all."""
        return self.inside() & self.grid() & ~self.excluded()

    def inside(self) -> int:
        """The starts from which the whole meeting lies in one window and is not too soon."""
        mask = 0
        for window in self.windows:
            first, last = self.line.after(window.start), self.line.before(window.end) - self.length
            if last >= first:
                mask |= ((1 << (last - first + 1)) - 1) << first
        soonest = max(0, self.line.after(self.wish.earliest))
        return mask >> soonest << soonest

    def grid(self) -> int:
        """Each quarter of an hour, and the moments right after somebody's meeting."""
        mask = every(GRID, self.line.size)
        for person in self.people:
            for _, end in person.blocks:
                moment = -(-end // FINE_GRID) * FINE_GRID
                if 0 <= moment < self.line.size:
                    mask |= 1 << moment
        return mask

    def excluded(self) -> int:
        """The starts that would offer again what was offered; of the asked time only itself."""
        mask = 0
        for span in self.wish.excluded:
            if span == self.wish.asked:
                first = end = self.line.after(span.start)
                end += 1
            else:
                first, end = self.line.before(span.start) - self.length + 1, self.line.after(span.end)
            first, end = max(first, 0), min(end, self.line.size)
            if first < end:
                mask |= ((1 << (end - first)) - 1) << first
        return mask

    def tiers(self, starts: int) -> dict[str, int]:
        """These starts, sorted into tiers; those nobody would want are in none."""
        busy = at_least([p.busy for p in self.required], 1)[1]
        away = [0 if self.hours_given_up else p.off_hours for p in self.required]
        off = at_least(away, 1)[1]
        soft = at_least([p.soft for p in self.required], 2)
        leader = self.required[0].busy if self.required and self.required[0].availability.guest.organizer else 0
        good = starts & ~busy & ~off
        tier_a = 0 if self.hours_given_up else good & ~soft[1]
        tier_b = good & ~soft[2]
        rest = starts & ~(tier_a | tier_b) & ~leader
        count = len(self.required)
        may_miss = floor(count * (1 - QUORUM) + 1e-9)
        absent = [p.busy | off_hours for p, off_hours in zip(self.required, away, strict=True)]
        missing = at_least(absent, may_miss + 1)[may_miss + 1]
        too_many = at_least([p.busy for p in self.required], (count - 1) // 2 + 1)[(count - 1) // 2 + 1]
        tier_c = rest & ~missing
        return {"A": tier_a, "B": tier_b & ~tier_a, "C": tier_c, "D": rest & ~tier_c & ~too_many}

    # ---- how they score

    def terms(self, minute: int) -> dict[str, float]:
        """The parts of one start's score, in points."""
        out = {"confidence": 100 * sum(p.weight * p.chance(minute) for p in self.people) / self._weights}
        fragments = stretches = outside = 0.0
        for person in self.people:
            left, right = person.neighbours(minute)
            if (left is not None and 0 < left < FRAGMENT) or (right is not None and 0 < right < FRAGMENT):
                fragments += 1
            if (left == 0 or right == 0) and person.stretch(minute) > STRETCH:
                stretches += 1
            outside += self._outside(person, minute) ** 2
        out["fragments"], out["back_to_back"], out["outside_hours"] = -6 * fragments, -4 * stretches, -5 * outside
        local, weekday, day = self.local(self.zone, minute)
        out["delay"] = -2.0 * (day - self._first_day())
        out["round"] = 2.0 if local % 30 == 0 else 0.0 if local % GRID == 0 else -2.0
        if (weekday == 0 and local < 10 * 60) or (weekday == 4 and local + self.length > 17 * 60):
            out["week_edge"] = -3.0
        if self.wish.asked is not None:
            out |= self._nearness(minute, self.wish.asked)
        return out

    def score(self, minute: int) -> float:
        known = self._scores.get(minute)
        if known is None:
            known = self._scores[minute] = round(sum(self.terms(minute).values()), 3)
        return known

    def _outside(self, person: Person, minute: int) -> float:
        """Hours before 9:30 or after 17:30 on the person's clock, the nearer way round."""
        local, weekday, day = self.local(person.availability.zone, minute)
        end = local + self.length
        late, early = max(0, end - GOOD_UNTIL), max(0, GOOD_FROM - local)
        if end <= GOOD_FROM:  # in the small hours the evening before may be nearer
            early = min(early, end + DAY - GOOD_UNTIL)
        elif local >= GOOD_UNTIL:
            late = min(late, DAY + GOOD_FROM - local)
        hours = max(early, late) / 60
        return hours if self._works_on(person, weekday, day) else hours + DAY_OFF_HOURS

    def _works_on(self, person: Person, weekday: int, ordinal: int) -> bool:
        hours = person.availability.hours
        if not hours.closed and not hours.open:
            return weekday in hours.days
        return hours.works_on(datetime.fromordinal(ordinal).date())

    def _nearness(self, minute: int, asked: Span) -> dict[str, float]:
        away = abs((self.line.instant(minute) - asked.start).total_seconds()) / 3600
        half = self.half_day(minute) == self.half_day(self.line.before(asked.start))
        return {"near_asked": 8 / (1 + away), "same_half_day": 4.0 if half else 0.0}

    def _first_day(self) -> int:
        return self.local(self.zone, self.line.before(max(self.windows[0].start, self.wish.earliest)))[2]

    def local(self, zone: ZoneInfo, minute: int) -> tuple[int, int, int]:
        """Minute of the day, weekday and day number on this zone's clock."""
        key = (zone.key, minute)
        known = self._local.get(key)
        if known is None:
            at = self.line.instant(minute).astimezone(zone)
            known = self._local[key] = (at.hour * 60 + at.minute, at.weekday(), at.toordinal())
        return known

    def half_day(self, minute: int) -> tuple[int, bool]:
        """The day and the half of it, on the organizer's clock."""
        local, _, day = self.local(self.zone, minute)
        return day, local < NOON

    def span(self, minute: int) -> Span:
        return Span.of(self.line.instant(minute), self.wish.length)


def at_least(masks: Sequence[int], most: int) -> list[int]:
    """Where at least ``n`` of the masks are set, for ``n`` from 0 to ``most``; the first is everywhere."""
    counts = [-1] + [0] * most
    for mask in masks:
        for n in range(most, 0, -1):
            counts[n] |= counts[n - 1] & mask
    return counts


def choose(board: Board, ranked: Iterable[int], taken: Collection[int], limit: int, *, spread: bool) -> list[int]:
    """The first starts that do not overlap each other or ``taken``; with ``spread`` one for each half-day."""
    chosen: list[int] = list(taken)
    halves = {board.half_day(minute) for minute in chosen}
    new: list[int] = []
    for minute in ranked:
        if len(chosen) >= limit:
            break
        if any(abs(minute - other) < board.length for other in chosen):
            continue
        half = board.half_day(minute)
        if spread and half in halves:
            continue
        chosen.append(minute)
        new.append(minute)
        halves.add(half)
    return new

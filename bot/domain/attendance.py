"""How one person stands to one stretch of time, and how much that is worth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.domain.draft import Busy, Guest, Standing
from bot.domain.span import Span
from bot.domain.workhours import WorkHours, days_of

ORGANIZER, REQUIRED, OPTIONAL = 2.0, 1.0, 0.3  # weights
FREE, LUNCH, TENTATIVE, UNKNOWN, OFF_HOURS, BUSY = 1.0, 0.6, 0.55, 0.49, 0.25, 0.0  # chances to come


@dataclass(frozen=True, slots=True)
class Availability:
    """A guest, where and when they work, and what their calendar says; ``busy`` None: it could not be read."""

    guest: Guest
    zone: ZoneInfo
    hours: WorkHours
    busy: tuple[Busy, ...] | None

    @property
    def required(self) -> bool:
        return self.guest.organizer or not self.guest.optional

    @property
    def weight(self) -> float:
        if self.guest.organizer:
            return ORGANIZER
        return OPTIONAL if self.guest.optional else REQUIRED


@dataclass(frozen=True, slots=True)
class Facts:
    """All that speaks against a time for one person; several may be true at once."""

    busy: bool = False
    off_hours: bool = False
    unknown: bool = False
    tentative: bool = False
    lunch: bool = False

    @property
    def chance(self) -> float:
        """How likely the person comes: the worst fact counts."""
        if self.busy:
            return BUSY
        if self.off_hours:
            return OFF_HOURS
        if self.unknown:
            return UNKNOWN
        if self.tentative:
            return TENTATIVE
        return LUNCH if self.lunch else FREE

    @property
    def standing(self) -> Standing:
        """What is shown: unknown is said first, because it is never the same as free."""
        if self.busy:
            return Standing.BUSY
        if self.unknown:
            return Standing.UNKNOWN
        if self.tentative:
            return Standing.TENTATIVE
        return Standing.OFF_HOURS if self.off_hours or self.lunch else Standing.FREE

    @property
    def soft(self) -> bool:
        """Something that can be talked about, short of being busy or away from work."""
        return self.unknown or self.tentative or self.lunch


def facts(person: Availability, span: Span) -> Facts:
    """Everything about this person and this time."""
    taken = [busy for busy in person.busy or () if busy.span.overlaps(span)]
    lunches = (person.hours.lunch_on(day, person.zone) for day in days_of(span, person.zone))
    return Facts(
        busy=any(not busy.tentative for busy in taken),
        off_hours=not person.hours.reaches(span, person.zone),
        unknown=person.busy is None,
        tentative=any(busy.tentative for busy in taken),
        lunch=any(lunch is not None and lunch.overlaps(span) for lunch in lunches),
    )


def standing(person: Availability, span: Span) -> Standing:
    """How this person stands to this time."""
    return facts(person, span).standing


def in_order(people: Iterable[Availability]) -> list[Availability]:
    """The organizer, then required, then optional people, by name: the same list however they came in."""
    return sorted(people, key=lambda p: (not p.guest.organizer, p.guest.optional, p.guest.name, p.guest.open_id))


def organizer_of(people: list[Availability]) -> Availability | None:
    """Whose clock the words of the request were told on; the first person when nobody organizes."""
    return people[0] if people else None


def whole_minutes(length: timedelta) -> int:
    """A length in minutes, rounded up."""
    return -(-length // timedelta(minutes=1))

"""A meeting that is being arranged: what was asked, what is offered, what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType

from bot.domain.span import Span

DEFAULT_LENGTH = timedelta(minutes=30)
MAX_LENGTH = timedelta(hours=24)


class Standing(StrEnum):
    """How one person stands to one stretch of time."""

    FREE = "free"
    TENTATIVE = "tentative"  # an invitation not answered, or answered "maybe"
    BUSY = "busy"
    UNKNOWN = "unknown"  # the calendar could not be read: never the same as free
    OFF_HOURS = "off_hours"  # free, but outside the person's working hours or in their lunch


class Status(StrEnum):
    PROPOSED = "proposed"
    BOOKING = "booking"  # the tap is accepted, the calendar is being written
    BOOKED = "booked"
    CANCELLED = "cancelled"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody invited. The requester is a guest too, with ``organizer`` set."""

    open_id: str
    name: str
    optional: bool = False
    organizer: bool = False


@dataclass(frozen=True, slots=True)
class Busy:
    """A stretch a calendar reports as taken; ``tentative`` when it is not accepted yet."""

    span: Span
    tentative: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a slot is where it is in the list: a locale key under ``reason.`` and its numbers or names."""

    key: str
    values: Mapping[str, str | int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Slot:
    """An offered time. ``tier`` is A (everybody, in hours) to D (best compromise), ``score`` orders inside a tier."""

    span: Span
    tier: str
    score: float
    standing: Mapping[str, Standing]  # by open_id
    reasons: tuple[Reason, ...] = ()

    @property
    def conflicts(self) -> tuple[str, ...]:
        """The open_ids of those who are busy."""
        return tuple(who for who, how in self.standing.items() if how is Standing.BUSY)


@dataclass(frozen=True, slots=True)
class Receipt:
    """One thing that was understood and the words it came from (``slot``: when, people, title, length)."""

    slot: str
    words: str


@dataclass(frozen=True, slots=True)
class Draft:
    """One request on its way to becoming an event. Immutable; a change makes the next revision."""

    id: str
    chat_id: str
    requester: str  # open_id
    title: str
    guests: tuple[Guest, ...]
    length: timedelta
    windows: tuple[Span, ...]  # where to look
    zone: str  # IANA name of the requester's zone
    status: Status = Status.PROPOSED
    asked: Span | None = None  # the exact time that was asked for, if one was
    slots: tuple[Slot, ...] = ()
    shown: tuple[Span, ...] = ()  # offered before: "other times" leaves them out
    busy: Mapping[str, tuple[Busy, ...] | None] = field(default_factory=dict)  # by open_id; None: unknown
    receipts: tuple[Receipt, ...] = ()
    chosen: Span | None = None
    event_id: str | None = None
    calendar_id: str | None = None
    organizer: str | None = None  # whose own calendar holds the event; None: the bot's
    event_url: str | None = None
    meeting_url: str | None = None
    joined: Mapping[str, str] = field(default_factory=dict)  # open_id -> accept / decline / tentative / needs_action
    rrule: str | None = None
    all_day: bool = False  # whole days of the requester's zone: asked and chosen run from midnight to midnight
    revision: int = 0  # grows with every change; buttons carry it, so that an old card is noticed
    missing: tuple[str, ...] = ()  # what still has to be asked: "when", "people"

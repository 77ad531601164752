"""Events, series with their exceptions, and who takes part in them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

from bot.emulator.recurrence import Recurrence

Json = dict[str, Any]
Kind = Literal["user", "chat", "resource", "third_party"]
DAY = 86400


@dataclass(slots=True)
class Attendee:
    """A person, a group, a room or a mail address that was invited."""

    kind: Kind
    id: str  # open_id, chat_id, room_id or e-mail address
    rsvp: str = "needs_action"
    optional: bool = False
    operate_id: str | None = None
    reason: str | None = None
    customization: list[Json] | None = None
    by_app: bool = False  # who asked for the room: the app or a person
    members: dict[str, str] | None = None  # a group's people with their answers

    @property
    def attendee_id(self) -> str:
        return attendee_id(self.kind, self.id)

    def copy(self) -> Attendee:
        return replace(self, members=dict(self.members) if self.members else self.members)


def attendee_id(kind: str, some_id: str) -> str:
    """The name of a participant inside an event, with the platform's prefix."""
    return f"{kind}_{int.from_bytes(hashlib.sha256(some_id.encode()).digest()[:7])}"


@dataclass(slots=True)
class Event:
    """A single event, a series (``recurrence``), or one occurrence that left its series (``original``)."""

    uid: str
    event_id: str
    calendar_id: str  # the organizer's calendar
    start: int  # seconds; an all-day event counts from midnight UTC
    end: int  # excluded, for all-day events too
    zone: str
    all_day: bool
    title: str
    created: int
    creator: str = ""
    original: int = 0
    recurrence: str = ""
    status: str = "confirmed"
    visibility: str = "default"
    ability: str = "none"
    free: bool = False
    extra: Json = field(default_factory=dict)  # description, location, vchat, schemas, …: what few events have
    attendees: dict[str, Attendee] = field(default_factory=dict)
    personal: dict[str, Json] | None = None  # what each identity set for itself alone
    meeting_chat: str | None = None
    minutes: str | None = None
    timeoff: str | None = None  # the app that created a leave

    @property
    def cancelled(self) -> bool:
        return self.status == "cancelled"

    @property
    def people(self) -> Iterator[str]:
        """Everybody invited, by name or through a group."""
        for attendee in self.attendees.values():
            if attendee.kind == "user":
                yield attendee.id
            elif attendee.members:
                yield from attendee.members

    @property
    def rooms(self) -> list[Attendee]:
        return [attendee for attendee in self.attendees.values() if attendee.kind == "resource"]

    def answer_of(self, who: str) -> str | None:
        """What somebody answered; None for somebody who was not invited."""
        mine = self.attendees.get(attendee_id("user", who))
        if mine is not None:
            return mine.rsvp
        for attendee in self.attendees.values():
            if attendee.members and who in attendee.members:
                return attendee.members[who]
        return None

    def own(self, who: str, key: str, common: Any) -> Any:
        """A setting each identity has for itself, or what holds for all."""
        mine = self.personal.get(who) if self.personal else None
        return common if mine is None else mine.get(key, common)

    def exception(self, original: int) -> Event:
        """A copy that stands for the occurrence that would have started at ``original``."""
        return replace(
            self,
            event_id=f"{self.uid}_{original}",
            original=original,
            start=original,
            end=original + self.end - self.start,
            recurrence="",
            extra=dict(self.extra),
            attendees={key: attendee.copy() for key, attendee in self.attendees.items()},
            personal={who: dict(mine) for who, mine in self.personal.items()} if self.personal else None,
        )


class Occurrence(NamedTuple):
    """One time a series or a single event takes place."""

    event: Event
    start: int
    end: int
    original: int  # 0 for a single event

    @property
    def event_id(self) -> str:
        return f"{self.event.uid}_{self.original}"


@dataclass(slots=True)
class Series:
    """Everything that shares a uid: the master (often the only one) and its exceptions."""

    master: Event
    exceptions: dict[int, Event] = field(default_factory=dict)
    rule: Recurrence | None = None

    def __iter__(self) -> Iterator[Event]:
        yield self.master
        yield from self.exceptions.values()

    def find(self, original: int) -> Event | None:
        return self.master if original == 0 else self.exceptions.get(original)

    def recurrence(self) -> Recurrence:
        if self.rule is None:
            self.rule = Recurrence(self.master.recurrence, self.master.start, self.master.zone)
        return self.rule

    def happens(self, original: int) -> bool:
        return bool(self.master.recurrence) and original in self.recurrence()

    def occurrences(self, after: int, before: int) -> Iterator[Occurrence]:
        """All that overlap ``[after, before)``, cancelled ones left out."""
        master = self.master
        if not master.recurrence:
            if not master.cancelled and overlaps(master.start, master.end, after, before):
                yield Occurrence(master, master.start, master.end, 0)
            return
        length = master.end - master.start
        if not master.cancelled:
            for start in self.recurrence().between(after - length, before):
                if start not in self.exceptions and overlaps(start, start + length, after, before):
                    yield Occurrence(master, start, start + length, start)
        for original, event in self.exceptions.items():
            if not event.cancelled and overlaps(event.start, event.end, after, before):
                yield Occurrence(event, event.start, event.end, original)


def overlaps(start: int, end: int, after: int, before: int) -> bool:
    """Events without length count at their instant."""
    return start < before and (end > after or start == end == after)


def midnight(utc_midnight: int, zone: str) -> int:
    """The instant at which that calendar day begins in ``zone``."""
    day = datetime.fromtimestamp(utc_midnight, UTC)
    return int(day.replace(tzinfo=ZoneInfo(zone)).timestamp())


def day_start(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def day_of(utc_midnight: int) -> date:
    return datetime.fromtimestamp(utc_midnight, UTC).date()


def last_day(event: Event, end: int) -> date:
    """All-day events end with their last day, included."""
    return day_of(end) - timedelta(days=1)

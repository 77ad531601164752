"""Meeting rooms: where they are, who may book them, and how a booking is settled a moment after it was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.emulator.events import Attendee, Event, Occurrence, Series

if TYPE_CHECKING:
    from bot.emulator.calendars import Calendar, Calendars

Json = dict[str, Any]
LONGEST_SERIES = timedelta(days=731)


@dataclass(slots=True)
class RoomLevel:
    """A city, a building, a floor."""

    level_id: str
    name: str
    parent_id: str
    path: list[str]
    custom_id: str = ""


@dataclass(slots=True)
class Room:
    room_id: str
    name: str
    level_id: str
    capacity: int
    display_id: str
    description: str = ""
    custom_id: str = ""
    devices: list[str] = field(default_factory=list)
    timezone: str = "Asia/Shanghai"
    enabled: bool = True
    schedulable: bool = True
    disabled_from: int | None = None
    disabled_until: int | None = None
    disabled_reason: str = ""
    contacts: list[str] = field(default_factory=list)
    approval: bool = False
    approvers: list[str] = field(default_factory=list)
    approval_hours: float = 0  # longer than this needs approval; 0 means always
    bookable_by: list[str] | None = None  # None means everybody
    days_in_advance: int | None = None
    opens: int = 0  # seconds of the day in which it can be used
    closes: int = 86400
    longest_hours: float | None = None
    form: list[Json] | None = None


class Rooms:
    """The tenant's rooms, in a tree of levels."""

    def __init__(self, calendars: Calendars) -> None:
        self.calendars = calendars
        ids = calendars.world.ids
        self.root = RoomLevel(ids.room_level(), calendars.world.name.title(), "0", [])
        self.levels: dict[str, RoomLevel] = {self.root.level_id: self.root}
        self.rooms: dict[str, Room] = {}

    def __iter__(self) -> Iterator[Room]:
        return iter(self.rooms.values())

    def add_level(self, name: str, parent: RoomLevel | None = None, custom_id: str = "") -> RoomLevel:
        parent = parent or self.root
        known = next(
            (one for one in self.levels.values() if (one.name, one.parent_id) == (name, parent.level_id)), None
        )
        if known is not None:
            return known
        level_id = self.calendars.world.ids.room_level()
        level = RoomLevel(level_id, name, parent.level_id, [*parent.path, level_id], custom_id)
        self.levels[level_id] = level
        return level

    def add(self, name: str, *, capacity: int = 8, building: str = "", floor: str = "", **fields: Any) -> Room:
        """A new room; its building and floor become levels of the tree."""
        level = self.root
        for part in (building, floor):
            level = self.add_level(part, level) if part else level
        ids = self.calendars.world.ids
        room = Room(ids.room(), name, level.level_id, capacity, f"FM{ids.digits('room_display', 9)}", **fields)
        self.rooms[room.room_id] = room
        self.calendar(room.room_id)
        self.calendars.notices.room(room.room_id, name)
        self.calendars.world.changed("room", room_id=room.room_id)
        return room

    def calendar(self, room_id: str) -> Calendar:
        return self.calendars.room_calendar(room_id, self.rooms[room_id].name)

    def place(self, room: Room) -> list[str]:
        """The names of the levels above a room, from the top."""
        return [self.levels[level_id].name for level_id in self.levels[room.level_id].path]

    def describe(self) -> list[Json]:
        """All rooms, for whoever drives the emulator."""
        return [
            {
                "room_id": room.room_id,
                "name": room.name,
                "capacity": room.capacity,
                "place": self.place(room),
                "approval": room.approval,
                "enabled": room.enabled,
            }
            for room in self
        ]

    # -- bookings -------------------------------------------------------------------------------------------

    def request(self, series: Series, event: Event, booking: Attendee) -> None:
        """Ask for the room; the answer comes after a moment."""
        booking.rsvp = "needs_action"
        settles = timedelta(seconds=self.calendars.switches.room_settles_s)
        self.calendars.world.clock.after(settles, lambda: self._settle(series, event, booking), "room booking")

    def _settle(self, series: Series, event: Event, booking: Attendee) -> None:
        asked = event.attendees.get(booking.attendee_id) is booking and booking.rsvp == "needs_action"
        if not asked or event.cancelled:
            return
        verdict = self.verdict(series, event, booking)
        if verdict is not None:
            self.decide(series, event, booking, verdict)

    def decide(self, series: Series, event: Event, booking: Attendee, verdict: str) -> None:
        booking.rsvp = verdict
        self.calendars.book.touch(series, event, "update")
        self.calendars.notices.room(booking.id, self.rooms[booking.id].name)

    def verdict(self, series: Series, event: Event, booking: Attendee) -> str | None:
        """``accept``, ``decline``, or None while somebody still has to approve."""
        room = self.rooms[booking.id]
        who = booking.operate_id if booking.by_app else event.creator
        allowed = room.bookable_by is None or who in room.bookable_by
        times = list(self._times(series, event))
        refused = self.calendars.switches.rooms_refuse
        if refused or not (room.enabled and room.schedulable and allowed and times):
            return "decline"
        if not all(self._fits(room, one) for one in times) or self._clash(room, event, times):
            return "decline"
        longest = max(one.end - one.start for one in times)
        if room.approval and longest > room.approval_hours * 3600:
            return "decline" if booking.by_app or not booking.reason else None
        return "accept"

    def _times(self, series: Series, event: Event) -> Iterator[Occurrence]:
        """The occurrences that want the room; a series without end asks for two years at most."""
        start = event.start
        horizon = start + int(LONGEST_SERIES.total_seconds())
        if event is not series.master:
            yield Occurrence(event, event.start, event.end, event.original)
            return
        for one in series.occurrences(start, horizon):
            if one.event is event:
                yield one

    def _fits(self, room: Room, one: Occurrence) -> bool:
        if room.disabled_from is not None:
            until = room.disabled_until or one.end + 1
            if one.start < until and one.end > room.disabled_from:
                return False
        if room.longest_hours is not None and one.end - one.start > room.longest_hours * 3600:
            return False
        now = self.calendars.world.clock.now()
        if room.days_in_advance is not None:
            latest = now + timedelta(days=room.days_in_advance + 1)
            if one.start >= latest.timestamp():
                return False
        zone = ZoneInfo(room.timezone)
        begins, ends = (datetime.fromtimestamp(moment, UTC).astimezone(zone) for moment in (one.start, one.end))
        seconds = begins.hour * 3600 + begins.minute * 60 + begins.second
        open_s = seconds + one.end - one.start
        return (room.opens == 0 and room.closes == 86400) or (
            begins.date() == ends.date() and room.opens <= seconds and open_s <= room.closes
        )

    def _clash(self, room: Room, event: Event, times: list[Occurrence]) -> bool:
        taken = [
            one
            for one in self.calendars.freebusy.of(
                room.room_id, self.calendar(room.room_id), times[0].start, max(one.end for one in times)
            )
            if one.rsvp == "accept" and one.occurrence.event.uid != event.uid
        ]
        return any(one.start < other.end and other.start < one.end for one in times for other in taken)

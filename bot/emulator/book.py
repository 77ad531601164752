"""All events of the tenant, and on which calendars each of them shows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.emulator.events import Event, Series
from bot.emulator.kernel import Refusal

if TYPE_CHECKING:
    from bot.emulator.calendars import Calendar, Calendars

Json = dict[str, Any]
EVENT_ID = re.compile(r"(.+)_(\d+)")


@dataclass(frozen=True, slots=True)
class Found:
    """What an event_id on a calendar stands for. ``event`` is the master when the occurrence never left its series."""

    series: Series
    event: Event
    original: int

    @property
    def virtual(self) -> bool:
        return self.event.original != self.original


class Book:
    """Events by uid; every change touches the calendars it shows on and is told to who listens."""

    def __init__(self, calendars: Calendars) -> None:
        self.calendars = calendars
        self.series: dict[str, Series] = {}
        self.idempotent: dict[tuple[str, str, str], str] = {}

    def add(self, calendar: Calendar, creator: str, **fields: Any) -> Event:
        """A new event on this calendar, without anybody invited yet."""
        world = self.calendars.world
        uid = world.ids.uuid("calendar_event")
        created = int(world.clock.now().timestamp())
        event = Event(uid, f"{uid}_0", calendar.calendar_id, created=created, creator=creator, **fields)
        series = self.series[uid] = Series(event)
        self.touch(series, event, "create")
        return event

    def find(self, calendar: Calendar, event_id: str, *, deleted: bool = False) -> Found:
        """The event behind an id on this calendar; refused when malformed, unknown, elsewhere, or gone."""
        parsed = EVENT_ID.fullmatch(event_id)
        if parsed is None:
            raise Refusal(193000)
        series, original = self.series.get(parsed[1]), int(parsed[2])
        if series is None or calendar.calendar_id not in self.shows_on(series):
            raise Refusal(193001)
        event = series.find(original)
        if event is None:
            if not series.happens(original):
                raise Refusal(193001)
            event = series.master
        if not deleted and (event.cancelled or series.master.cancelled):
            raise Refusal(193003)
        return Found(series, event, original)

    def editable(self, found: Found) -> Event:
        """The event to change; an occurrence leaves its series by being changed."""
        if not found.virtual:
            return found.event
        event = found.series.exceptions[found.original] = found.series.master.exception(found.original)
        for home in self.homes(event).values():  # whatever the change is, each of them shows one event more now
            self._enter(home, event)
        return event

    def cancel(self, series: Series, event: Event) -> None:
        """Gone for everybody; what remains is a tombstone."""
        for one in list(series) if event is series.master else [event]:
            if not one.cancelled:
                one.status = "cancelled"
                self.touch(series, one, "delete")

    # -- where an event shows -------------------------------------------------------------------------------

    def homes(self, event: Event) -> dict[str, Calendar]:
        """The calendars this event shows on: the organizer's, the primary ones of the invited, the rooms'."""
        calendars = self.calendars
        homes = {event.calendar_id: calendars.calendars[event.calendar_id]}
        for who in event.people:
            home = calendars.primary(who)
            homes[home.calendar_id] = home
        for room in event.rooms:
            home = calendars.rooms.calendar(room.id)
            homes[home.calendar_id] = home
        return homes

    def shows_on(self, series: Series) -> set[str]:
        return {
            home
            for event in series
            for home, calendar in self.homes(event).items()
            if series.master.uid in calendar.uids
        }

    def touch(
        self,
        series: Series,
        event: Event,
        change: str,
        *,
        gone: Iterable[Calendar] = (),
        fresh: Iterable[Calendar] = (),
        answers: dict[str, str] | None = None,
    ) -> None:
        """Note a change on every calendar the event shows on; ``fresh`` ones got it now, ``gone`` ones lost it."""
        homes, new = self.homes(event), {calendar.calendar_id for calendar in fresh}
        for home in homes.values():
            self._mark(home, event, "create" if home.calendar_id in new else change, answers)
        for home in gone:
            if home.calendar_id not in homes:
                self._mark(home, event, "delete", None)
        if event is series.master:
            series.rule = series.rule if change == "rsvp" else None
            for home in fresh:  # who joins a series has to learn which of its times stand out
                for exception in series.exceptions.values():
                    self._enter(home, exception)
        self.calendars.world.changed(
            "calendar", event_id=event.event_id, people=[home.owner for home in (*homes.values(), *gone)]
        )

    def _mark(self, calendar: Calendar, event: Event, change: str, answers: dict[str, str] | None) -> None:
        self._enter(calendar, event)
        self.calendars.notices.event(calendar, event.event_id, change, answers)

    def _enter(self, calendar: Calendar, event: Event) -> None:
        calendar.sequence += 1
        calendar.uids[event.uid] = None
        calendar.entries.pop(event.event_id, None)
        calendar.entries[event.event_id] = calendar.sequence

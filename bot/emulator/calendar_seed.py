"""Rooms and events of a seed file. Times count from the Monday of the world's first day, on each organizer's own clock.

``rooms``: rows with the fields of ``Rooms.add`` (name, building, floor, capacity, approval …); ``approvers``,
``contacts`` and ``bookable_by`` name people by their keys.
``events``: ``{"by", "title", "day", "at", "minutes"}`` and, as wanted, ``with``, ``optional``, ``rooms``, ``repeats``
(an RRULE; ``UNTIL`` may be left out), ``days`` (a whole-day event of that many days instead of ``at``), ``visibility``,
``ability``, ``free``, ``description``, ``video`` (false: none), ``answers`` (key → status), ``leave`` (true),
``except``: ``[{"week", "day", "at"} | {"week", "cancelled": true}]`` for single occurrences of a weekly series.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.emulator.book import Found
from bot.emulator.events import Attendee, Event, day_start

if TYPE_CHECKING:
    from bot.emulator.calendars import Calendars

Json = dict[str, Any]
WEEK = timedelta(weeks=1)


class Seeding:
    """Fills the calendars of one world, as if it had been done in people's clients some days ago."""

    def __init__(self, calendars: Calendars, people: Mapping[str, str]) -> None:
        self.calendars, self.people = calendars, people
        today = calendars.world.clock.now().date()
        self.monday = today - timedelta(days=today.weekday())

    def fill(self, data: Json) -> None:
        with self.calendars.notices.quiet():
            self._fill(data)

    def _fill(self, data: Json) -> None:
        for row in data.get("rooms", ()):
            lists = {
                key: [self.people[one] for one in row[key]]
                for key in ("approvers", "contacts", "bookable_by")
                if key in row
            }
            self.calendars.rooms.add(**{**row, **lists})
        for row in data.get("events", ()):
            self.event(row)

    def event(self, row: Json) -> None:
        by = self.people[row["by"]]
        zone = ZoneInfo(row.get("timezone") or self.calendars.zone_of(by))
        fields = {**self._times(row, zone), "title": row["title"], "visibility": row.get("visibility", "default")}
        if row.get("leave"):
            app_id = next(iter(self.calendars.world.apps))
            self.calendars.settings.take_leave(app_id, by, **fields)
            return
        extra: Json = {"description": row["description"]} if "description" in row else {}
        if row.get("video") is False:
            extra["vchat"] = {"vc_type": "no_meeting"}
        event = self.calendars.book.add(
            self.calendars.primary(by),
            by,
            **fields,
            recurrence=row.get("repeats", ""),
            ability=row.get("ability", "can_see_others"),
            free=row.get("free", False),
            extra=extra,
        )
        self._invite(event, row, by)
        for exception in row.get("except", ()):
            self._except(event, exception, row, zone)

    def _times(self, row: Json, zone: ZoneInfo) -> Json:
        day = self.monday + timedelta(days=row["day"])
        if "days" in row:
            start = day_start(day)
            return {"start": start, "end": start + row["days"] * 86400, "zone": "UTC", "all_day": True}
        start = self._at(day, row["at"], zone)
        return {"start": start, "end": start + row["minutes"] * 60, "zone": zone.key, "all_day": False}

    def _at(self, day: date, at: str, zone: ZoneInfo) -> int:
        return int(datetime.combine(day, time.fromisoformat(at), zone).astimezone(UTC).timestamp())

    def _invite(self, event: Event, row: Json, by: str) -> None:
        names = {room.name: room.room_id for room in self.calendars.rooms}
        invited = [Attendee("user", self.people[key]) for key in row.get("with", ())]
        invited += [Attendee("user", self.people[key], optional=True) for key in row.get("optional", ())]
        rooms = [Attendee("resource", names[name], reason=row.get("reason")) for name in row.get("rooms", ())]
        if not invited and not rooms:
            return
        series = self.calendars.book.series[event.uid]
        self.calendars.invitations.invite(series, event, [Attendee("user", by), *invited, *rooms])
        # These were settled long ago: rooms stand, people have answered.
        for room in rooms:
            room.rsvp = "accept"
        for key, status in row.get("answers", {}).items():
            self.calendars.invitations.answer(series, event, self.people[key], status)
        self.calendars.book.touch(series, event, "update")

    def _except(self, event: Event, exception: Json, row: Json, zone: ZoneInfo) -> None:
        series = self.calendars.book.series[event.uid]
        monday = self.monday + WEEK * exception["week"]
        original = self._at(monday + timedelta(days=row["day"]), row["at"], zone)
        moved = self.calendars.book.editable(Found(series, event, original))
        if exception.get("cancelled"):
            moved.status = "cancelled"
        else:
            now = {**row, **exception}
            moved.start = self._at(monday + timedelta(days=now["day"]), now["at"], zone)
            moved.end = moved.start + now["minutes"] * 60
            moved.title = now["title"]
        self.calendars.book.touch(series, moved, "update")

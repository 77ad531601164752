"""Seeded calendars: days count from the Monday of the world's first week, hours are the organizer's own."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.emulator.kernel import Json
from bot.emulator.state import World


class Diary:
    """Writes a seed's rooms and events into the calendars of a world."""

    def __init__(self, world: World, people: dict[str, str]) -> None:
        self._world = world
        self._people = people
        self._rooms: dict[str, str] = {}
        first = world.users[next(iter(people.values()))] if people else None
        self._home = ZoneInfo(first.timezone if first else "Asia/Shanghai")
        today = world.clock.now().astimezone(self._home).date()
        self.monday = today - timedelta(days=today.weekday())

    def room(self, fields: Json) -> None:
        values = dict(fields)
        for name in ("approvers", "contacts"):
            if name in values:
                values[name] = [self._people[key] for key in values[name]]
        self._rooms[values["name"]] = self._world.calendars.rooms.add(**values).room_id

    def event(self, fields: Json) -> None:
        organizer = self._people[fields["by"]]
        zone = ZoneInfo(self._world.users[organizer].timezone)
        if fields.get("leave"):
            self._leave(organizer, fields)
            return
        start, end = self._span(fields, zone)
        made = self._world.calendars.act(
            organizer,
            "create",
            title=fields["title"],
            start=start,
            end=end,
            description=fields.get("description", ""),
            attendees=[self._people[key] for key in fields.get("with", ())],
            rooms=[self._rooms[name] for name in fields.get("rooms", ())],
            recurrence=fields.get("repeat", ""),
            visibility=fields.get("visibility", "default"),
            free=fields.get("free", False),
        )
        self._answers(made["event_id"], fields)
        for change in fields.get("exceptions", ()):
            self._exception(organizer, made["event_id"], fields, change, zone)

    def _span(self, fields: Json, zone: ZoneInfo) -> tuple[str | Json, str | Json]:
        first = self._day(fields["day"])
        if "at" not in fields:  # all day; the last day is included
            last = first + timedelta(days=fields.get("days", 1) - 1)
            return {"date": first.isoformat()}, {"date": last.isoformat()}
        start = datetime.combine(first, time.fromisoformat(fields["at"]), zone)
        # The end is reckoned on the wall clock: a meeting from nine to ten stays one on any day.
        return start.isoformat(), (start + timedelta(minutes=fields["minutes"])).isoformat()

    def _day(self, number: int) -> date:
        return self.monday + timedelta(days=number)

    def _answers(self, event_id: str, fields: Json) -> None:
        """Whom was invited has answered long ago, and so have the rooms."""
        given = fields.get("answers", {})
        for key in fields.get("with", ()):
            status = given.get(key, "accept")
            if status != "needs_action" and key != fields["by"]:
                self._world.calendars.act(self._people[key], "rsvp", event_id=event_id, status=status)
        uid = event_id.rpartition("_")[0]
        series = self._world.calendars.book.series[uid]
        for booking in series.master.rooms:
            self._world.calendars.rooms.decide(series, series.master, booking, "accept")

    def _exception(self, organizer: str, event_id: str, fields: Json, change: Json, zone: ZoneInfo) -> None:
        original = datetime.combine(self._day(change["of"]), time.fromisoformat(fields["at"]), zone)
        occurrence = f"{event_id.rpartition('_')[0]}_{int(original.timestamp())}"
        if change.get("cancelled"):
            self._world.calendars.act(organizer, "delete", event_id=occurrence)
            return
        start = datetime.combine(self._day(change["day"]), time.fromisoformat(change["at"]), zone)
        end = start + timedelta(minutes=fields["minutes"])
        self._world.calendars.act(organizer, "move", event_id=occurrence, start=start.isoformat(), end=end.isoformat())
        series = self._world.calendars.book.series[event_id.rpartition("_")[0]]
        moved = series.exceptions[int(original.timestamp())]
        for booking in moved.rooms:
            self._world.calendars.rooms.decide(series, moved, booking, "accept")

    def _leave(self, open_id: str, fields: Json) -> None:
        first = datetime.combine(self._day(fields["day"]), time(), ZoneInfo("UTC"))
        start = int(first.timestamp())
        self._world.calendars.settings.take_leave(
            self._world.app.app_id,
            open_id,
            start=start,
            end=start + 86400 * fields.get("days", 1),
            zone="UTC",
            all_day=True,
            title=fields["title"],
        )

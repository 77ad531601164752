"""A person's own calendar client: what it shows them, and what they do in it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.emulator.book import Found
from bot.emulator.events import Attendee, Event, Occurrence, day_start, last_day, midnight
from bot.emulator.kernel import Refusal
from bot.emulator.recurrence import BadRule, check

if TYPE_CHECKING:
    from bot.emulator.calendars import Calendar, Calendars

Json = dict[str, Any]
READERS = {"public": "free_busy_reader", "default": "reader", "private": "writer"}
ANSWERS = ("accept", "decline", "tentative")
WORDS = {
    "visibility": tuple(READERS),
    "attendee_ability": ("none", "can_see_others", "can_invite_others", "can_modify_event"),
}
KNOWN = {
    "create": {"start", "end", "title", "attendees", "rooms", "recurrence", "visibility", "description", "timezone"}
    | {"attendee_ability", "free"},
    "move": {"event_id", "start", "end", "title"},
    "rsvp": {"event_id", "status"},
    "delete": {"event_id"},
}


class CannotDo(ValueError):
    """What a person tried is not possible in their client."""


class Client:
    """The people's side of the calendars; the app only hears of it."""

    def __init__(self, calendars: Calendars) -> None:
        self.calendars = calendars

    # -- what it shows --------------------------------------------------------------------------------------

    def view(self, open_id: str, start: datetime, end: datetime) -> list[Json]:
        after, before = int(start.timestamp()), int(end.timestamp())
        zone = self._zone(open_id)
        shown: dict[str, tuple[int, Json]] = {}
        for calendar in self.calendars.of_person(open_id):
            for uid in calendar.uids:
                series = self.calendars.book.series[uid]
                for occurrence in series.occurrences(after - 86400, before + 86400):
                    if occurrence.event_id in shown or not self._here(occurrence.event, open_id, calendar):
                        continue
                    begins, ends = self._instants(occurrence, zone)
                    if begins < before and (ends > after or begins == ends == after):
                        shown[occurrence.event_id] = (begins, self.row(occurrence, open_id, calendar))
        return [row for _, row in sorted(shown.values(), key=lambda one: (one[0], one[1]["event_id"]))]

    def _here(self, event: Event, who: str, calendar: Calendar) -> bool:
        return self.calendars.freebusy.rsvp(event, calendar.owner, calendar) not in (None, "removed") or (
            event.calendar_id == calendar.calendar_id
        )

    def _instants(self, occurrence: Occurrence, zone: str) -> tuple[int, int]:
        if occurrence.event.all_day:
            return midnight(occurrence.start, zone), midnight(occurrence.end, zone)
        return occurrence.start, occurrence.end

    def row(self, occurrence: Occurrence, who: str, calendar: Calendar) -> Json:
        event = occurrence.event
        master = self.calendars.book.series[event.uid].master
        hidden = not self.reads(event, who)
        start, end = self._times(occurrence, self._zone(who))
        organizer = self.calendars.calendars[event.calendar_id].owner
        return {
            "event_id": occurrence.event_id,
            "title": "" if hidden else event.title,
            "start": start,
            "end": end,
            "organizer": {"id": organizer, "name": self.calendars.name_of(organizer)},
            "attendees": [] if hidden else self._attendees(event, who),
            "rooms": [
                {"id": room.id, "name": self.calendars.rooms.rooms[room.id].name, "rsvp": room.rsvp}
                for room in event.rooms
                if not hidden
            ],
            "recurrence": master.recurrence or None,
            "status": event.status,
            "visibility": event.own(who, "visibility", event.visibility),
            "meeting_chat_id": None if hidden else event.meeting_chat,
        }

    def reads(self, event: Event, who: str) -> bool:
        """Who was invited reads the title; of others, as much as their role on the organizer's calendar allows."""
        if event.answer_of(who) is not None:
            return True
        return self.calendars.allows(who, self.calendars.calendars[event.calendar_id], READERS[event.visibility])

    def sees_others(self, event: Event, who: str) -> bool:
        return event.ability != "none" or self.organizes(event, who)

    def organizes(self, event: Event, who: str) -> bool:
        """The organizer, and whoever may write on the organizer's calendar."""
        return self.calendars.allows(who, self.calendars.calendars[event.calendar_id], "writer")

    def _attendees(self, event: Event, who: str) -> list[Json]:
        rows: dict[str, Json] = {}
        everybody = self.sees_others(event, who)
        for attendee in event.attendees.values():
            if attendee.kind == "third_party" and everybody:
                rows[attendee.id] = {"id": attendee.id, "name": attendee.id, "rsvp": attendee.rsvp}
            answers = attendee.members or ({attendee.id: attendee.rsvp} if attendee.kind == "user" else {})
            for person, rsvp in answers.items():
                if everybody or person == who:
                    rows[person] = {"id": person, "name": self.calendars.name_of(person), "rsvp": rsvp}
        return list(rows.values())

    def _times(self, occurrence: Occurrence, zone: str) -> tuple[str | Json, str | Json]:
        event = occurrence.event
        if event.all_day:
            first = datetime.fromtimestamp(occurrence.start, UTC).date()
            return {"date": first.isoformat()}, {"date": last_day(event, occurrence.end).isoformat()}
        place = ZoneInfo(zone)
        start, end = (
            datetime.fromtimestamp(moment, UTC).astimezone(place).isoformat()
            for moment in (occurrence.start, occurrence.end)
        )
        return start, end

    def _zone(self, who: str) -> str:
        return self.calendars.zone_of(who)

    # -- what they do ---------------------------------------------------------------------------------------

    def act(self, by: str, op: str, **fields: Any) -> Json:
        """``create``, ``move``, ``rsvp`` or ``delete``; answers with the event as their client shows it now."""
        if by not in self.calendars.world.users:
            raise CannotDo(f"nobody here has the open_id {by}")
        doings = {"create": self._create, "move": self._move, "rsvp": self._rsvp, "delete": self._delete}
        if op not in doings:
            raise CannotDo(f"op is one of {', '.join(doings)}")
        fields = {name: value for name, value in fields.items() if value is not None}
        if unknown := fields.keys() - KNOWN[op] - {"event_id", "start", "end", "title", "status"}:
            raise CannotDo(f"{op} does not know {', '.join(sorted(unknown))}")
        try:
            return doings[op](by, fields)
        except Refusal as refusal:
            raise CannotDo(f"the calendar says {refusal.code} {refusal.msg or ''}".strip()) from refusal

    def _create(self, by: str, fields: Json) -> Json:
        start, end, all_day = self._span(by, fields)
        for name, words in WORDS.items():
            if fields.get(name, words[0]) not in words:
                raise CannotDo(f"{name} is one of {', '.join(words)}")
        zone = "UTC" if all_day else str(fields.get("timezone") or self._zone(by))
        invited = self._invited(by, fields)
        event = self.calendars.book.add(
            self.calendars.primary(by),
            by,
            start=start,
            end=end,
            zone=zone,
            all_day=all_day,
            title=str(fields.get("title", "")),
            recurrence=series_rule(str(fields.get("recurrence", "")), start, zone),
            visibility=str(fields.get("visibility", "default")),
            ability=str(fields.get("attendee_ability", "can_see_others")),
            free=bool(fields.get("free", False)),
            extra={"description": str(fields["description"])} if fields.get("description") else {},
        )
        if invited:
            self.calendars.invitations.invite(self.calendars.book.series[event.uid], event, invited)
        return self._shown(by, event)

    def _invited(self, by: str, fields: Json) -> list[Attendee]:
        """Whoever invites others comes along."""
        people = [Attendee("user", self._person(one)) for one in fields.get("attendees", ()) if one != by]
        rooms = [Attendee("resource", self._room(one)) for one in fields.get("rooms", ())]
        alone = not fields.get("attendees") and not rooms
        return [] if alone else [Attendee("user", by, "accept"), *people, *rooms]

    def _move(self, by: str, fields: Json) -> Json:
        found = self._find(by, fields)
        if not self.organizes(found.event, by) and found.event.ability != "can_modify_event":
            raise CannotDo("only the organizer moves this event")
        start, end, all_day = self._span(by, fields, found)
        event = self.calendars.book.editable(found)
        event.start, event.end, event.all_day = start, end, all_day
        if all_day:
            event.zone = "UTC"
        if fields.get("title") is not None:
            event.title = str(fields["title"])
        self.calendars.invitations.moved(found.series, event)
        self.calendars.book.touch(found.series, event, "update")
        return self._shown(by, event)

    def _rsvp(self, by: str, fields: Json) -> Json:
        if fields.get("status") not in ANSWERS:
            raise CannotDo(f"status is one of {', '.join(ANSWERS)}")
        found = self._find(by, fields)
        if found.event.answer_of(by) is None:
            raise CannotDo("not invited to this event")
        event = self.calendars.book.editable(found)
        self.calendars.invitations.answer(found.series, event, by, fields["status"])
        return self._shown(by, event)

    def _delete(self, by: str, fields: Json) -> Json:
        """The organizer calls the event off; somebody invited takes it off their own calendar."""
        found = self._find(by, fields)
        event = self.calendars.book.editable(found)
        if self.organizes(event, by):
            self.calendars.book.cancel(found.series, event)
        else:
            self.calendars.invitations.leave(found.series, event, by)
        return {"event_id": event.event_id, "status": "cancelled"}

    def _shown(self, by: str, event: Event) -> Json:
        occurrence = Occurrence(event, event.start, event.end, event.original)
        return self.row(occurrence, by, self.calendars.primary(by))

    def _find(self, by: str, fields: Json) -> Found:
        event_id = fields.get("event_id")
        if not event_id:
            raise CannotDo("event_id is required")
        for calendar in self.calendars.of_person(by):
            try:
                return self.calendars.book.find(calendar, str(event_id))
            except Refusal:
                continue
        raise CannotDo(f"{event_id} is not on the calendar of {self.calendars.name_of(by)}")

    def _person(self, some_id: object) -> str:
        if isinstance(some_id, str) and some_id in self.calendars.world.users:
            return some_id
        raise CannotDo(f"nobody here has the open_id {some_id}")

    def _room(self, some_id: object) -> str:
        if isinstance(some_id, str) and some_id in self.calendars.rooms.rooms:
            return some_id
        raise CannotDo(f"no room has the id {some_id}")

    def _span(self, by: str, fields: Json, found: Found | None = None) -> tuple[int, int, bool]:
        """Start and end; a move that only says the start keeps the length."""
        if fields.get("start") is None:
            raise CannotDo("start is required")
        start, all_day = moment(fields["start"])
        if fields.get("end") is not None:
            end, end_all_day = moment(fields["end"])
            if end_all_day != all_day:
                raise CannotDo("start and end are both days or both times")
            end += 86400 if all_day else 0
        elif found is not None and found.event.all_day == all_day:
            end = start + found.event.end - found.event.start
        else:
            end = start + (86400 if all_day else 1800)
        if end < start:
            raise CannotDo("the end lies before the start")
        return start, end, all_day


def moment(value: object) -> tuple[int, bool]:
    """Seconds, and whether it is a whole day: ISO 8601 with offset, or ``{"date": "YYYY-MM-DD"}``."""
    try:
        if isinstance(value, dict):
            return day_start(date.fromisoformat(str(value["date"]))), True
        if isinstance(value, datetime):
            return int(value.timestamp()), False
        if isinstance(value, date):
            return day_start(value), True
        read = datetime.fromisoformat(str(value))
    except (ValueError, KeyError) as error:
        raise CannotDo(f"cannot read the time {value!r}") from error
    if read.tzinfo is None:
        raise CannotDo(f"the time {value!r} needs an offset")
    return int(read.timestamp()), False


def series_rule(text: str, start: int, zone: str) -> str:
    """The rule of a series, or nothing; refused when it cannot be read in this zone."""
    rule = text.removeprefix("RRULE:")
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, KeyError) as unknown:
        raise CannotDo(f"no time zone is called {zone!r}") from unknown
    try:
        if rule:
            check(rule, start, zone)
    except BadRule as why:
        raise CannotDo(f"no rule of a series: {why}") from why
    return rule

"""Events and participants as the platform's answers show them."""

from __future__ import annotations

from typing import Any

from bot.emulator.calendars import Calendar, Calendars
from bot.emulator.client import READERS
from bot.emulator.events import Attendee, Event, day_of, last_day

Json = dict[str, Any]
INSTANCE = (
    "event_id",
    "summary",
    "description",
    "start_time",
    "end_time",
    "status",
    "is_exception",
    "app_link",
    "location",
)
SEARCHED_AWAY = ("vchat", "create_time", "schemas", "event_check_in")


class Views:
    """One identity looking at one calendar."""

    def __init__(self, calendars: Calendars, who: str, calendar: Calendar, id_type: str = "open_id"):
        self.calendars, self.who, self.calendar, self.id_type = calendars, who, calendar, id_type

    def event(self, event: Event, *, original: int | None = None, settings: bool = False) -> Json:
        """The whole event, or the occurrence at ``original`` that never left its series."""
        original = event.original if original is None else original
        gone = event.cancelled or self._absent(event)
        start, end = self._span(event, original)
        shown: Json = {
            "event_id": f"{event.uid}_{original}",
            "organizer_calendar_id": event.calendar_id,
            "summary": event.title,
            "description": event.extra.get("description", ""),
            "start_time": self.time(event, start, start=True),
            "end_time": self.time(event, end, start=False),
            "visibility": event.own(self.who, "visibility", event.visibility),
            "attendee_ability": event.ability,
            "free_busy_status": "free" if event.own(self.who, "free", event.free) else "busy",
            "color": event.own(self.who, "color", -1),
            "reminders": event.own(self.who, "reminders", []),
            "recurrence": event.recurrence if original == 0 else "",
            "status": "cancelled" if gone else event.status,
            "is_exception": event.original != 0,
            "create_time": str(event.created),
            "event_organizer": self.organizer(event),
            "app_link": self.link(event, original, start),
        }
        if original:
            shown["recurring_event_id"] = f"{event.uid}_0"
        for key in ("location", "schemas", "attachments", "event_check_in"):
            if key in event.extra:
                shown[key] = event.extra[key]
        shown["vchat"] = self.vchat(event, settings=settings)
        if not self.reads(event):
            for key in ("summary", "description"):
                shown[key] = ""
            for key in ("location", "vchat", "schemas", "attachments", "event_check_in"):
                shown.pop(key, None)
        return shown

    def reads(self, event: Event) -> bool:
        """Titles are for those invited, and for whom the role on this calendar is enough."""
        enough = self.calendars.allows(self.who, self.calendar, READERS[event.visibility])
        return enough or event.answer_of(self.who) is not None

    def edits(self, event: Event) -> bool:
        """May this identity change what holds for everybody?"""
        here = event.calendar_id == self.calendar.calendar_id
        return here and self.calendars.allows(self.who, self.calendar, "writer")

    def sees_attendees(self, event: Event) -> bool:
        """The organizer does; the invited do when the event lets them."""
        if self.edits(event) or self.calendars.client.organizes(event, self.who):
            return True
        return event.ability != "none" and (
            event.answer_of(self.who) is not None or event.answer_of(self.calendar.owner) is not None
        )

    def instance(self, event: Event, original: int) -> Json:
        whole = self.event(event, original=original)
        return {key: whole[key] for key in INSTANCE if key in whole}

    def listed(self, event: Event) -> Json:
        """A row of the list: all but the checking in."""
        whole = self.event(event)
        whole.pop("event_check_in", None)
        return whole

    def found(self, event: Event) -> Json:
        """A search hit: fewer fields than get."""
        whole = self.event(event)
        return {key: value for key, value in whole.items() if key not in SEARCHED_AWAY}

    def vchat(self, event: Event, *, settings: bool = False) -> Json:
        vchat = dict(event.extra.get("vchat") or {"vc_type": "vc"})
        details = vchat.pop("meeting_settings", None)
        shown: Json = {"icon_type": "vc", "description": "", "meeting_url": "", **vchat}
        if vchat["vc_type"] == "no_meeting":
            shown = {"vc_type": "no_meeting"}
        if settings and vchat["vc_type"] == "vc" and self.edits(event):
            shown["meeting_settings"] = {**DEFAULT_SETTINGS, **(details or {})}
        return shown

    def organizer(self, event: Event) -> Json:
        owner = self.calendars.calendars[event.calendar_id].owner
        return {
            "user_id": self.calendars.id_of(owner, self.id_type),
            "display_name": self.calendars.name_of(owner),
        }

    def time(self, event: Event, moment: int, *, start: bool) -> Json:
        if not event.all_day:
            return {"timestamp": str(moment), "timezone": event.zone}
        inclusive = start or self.calendars.switches.all_day_end == "exclusive"
        day = day_of(moment) if inclusive else last_day(event, moment)
        return {"date": day.isoformat(), "timezone": "UTC"}

    def link(self, event: Event, original: int, start: int) -> str:
        number = int.from_bytes(self.calendar.calendar_id.encode()[-24:-16]) % 10**19
        return (
            "https://applink.feishu.cn/client/calendar/event/detail"
            f"?calendarId={number}&key={event.uid}&originalTime={original}&startTime={start}"
        )

    def attendee(self, event: Event, attendee: Attendee, *, form: bool = False, reason: bool = False) -> Json:
        """One participant; a room's booking form and the reason given for it only where the documents show them."""
        calendars = self.calendars
        shown: Json = {
            "type": attendee.kind,
            "attendee_id": attendee.attendee_id,
            "rsvp_status": attendee.rsvp,
            "is_optional": attendee.optional,
            "is_organizer": attendee.id == calendars.calendars[event.calendar_id].owner,
            "is_external": attendee.kind == "third_party",
        }
        if attendee.kind == "user":
            shown |= {
                "display_name": calendars.name_of(attendee.id),
                "user_id": calendars.id_of(attendee.id, self.id_type),
            }
        elif attendee.kind == "chat":
            chat = calendars.world.chats.get(attendee.id)
            shown |= {"display_name": chat.name if chat else "", "chat_id": attendee.id}
            shown["chat_members"] = [
                self.member(event, attendee, who, rsvp) for who, rsvp in list((attendee.members or {}).items())[:10]
            ]
        elif attendee.kind == "resource":
            shown |= {"display_name": calendars.rooms.rooms[attendee.id].name, "room_id": attendee.id}
            if attendee.operate_id:
                shown["operate_id"] = calendars.id_of(attendee.operate_id, self.id_type)
            if attendee.reason and reason:
                shown["approval_reason"] = attendee.reason
            if form and attendee.customization:
                shown["resource_customization"] = attendee.customization
        else:
            shown |= {"display_name": attendee.id, "third_party_email": attendee.id}
        return shown

    def member(self, event: Event, group: Attendee, who: str, rsvp: str) -> Json:
        return {
            "rsvp_status": rsvp,
            "is_optional": group.optional,
            "display_name": self.calendars.name_of(who),
            "is_organizer": who == self.calendars.calendars[event.calendar_id].owner,
            "is_external": False,
        }

    def _span(self, event: Event, original: int) -> tuple[int, int]:
        if original and event.original != original:
            return original, original + event.end - event.start
        return event.start, event.end

    def _absent(self, event: Event) -> bool:
        """Somebody who was taken off the list sees a cancelled event."""
        return self.calendars.freebusy.rsvp(event, self.calendar.owner, self.calendar) is None


DEFAULT_SETTINGS: Json = {
    "join_meeting_permission": "anyone_can_join",
    "auto_record": False,
    "open_lobby": True,
    "allow_attendees_start": True,
}

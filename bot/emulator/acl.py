"""Who was given which role on a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.emulator.events import attendee_id
from bot.emulator.kernel import Refusal

if TYPE_CHECKING:
    from bot.emulator.calendars import Calendar, Calendars

Json = dict[str, Any]
KEEPS = "the owner of a calendar keeps the calendar"


class Acls:
    """Grants go to people only; their id is unique inside one calendar."""

    def __init__(self, calendars: Calendars) -> None:
        self.calendars = calendars

    def grant(self, calendar: Calendar, open_id: str, role: str) -> str:
        if open_id == calendar.owner and role != "owner":
            raise Refusal(191002, msg=KEEPS)
        calendar.roles[open_id] = role
        self.calendars.notices.acl("created", calendar, open_id, role)
        self.calendars.changed(calendar, only=None)
        return acl_id(open_id)

    def withdraw(self, calendar: Calendar, given_id: str) -> None:
        open_id = next((who for who in calendar.roles if acl_id(who) == given_id), None)
        if open_id is None:
            raise Refusal(192000)
        if open_id == calendar.owner:
            raise Refusal(191002, msg=KEEPS)
        role = calendar.roles.pop(open_id)
        self.calendars.notices.acl("deleted", calendar, open_id, role)
        self.calendars.changed(calendar, only=None)

    def view(self, calendar: Calendar, open_id: str, id_type: str) -> Json:
        return {
            "acl_id": acl_id(open_id),
            "role": calendar.roles[open_id],
            "scope": {"type": "user", "user_id": self.calendars.id_of(open_id, id_type)},
        }


def acl_id(open_id: str) -> str:
    return attendee_id("user", open_id)

"""What the app hears of changes: only for people who subscribed, merged over three seconds, and vague by default."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.emulator.events import attendee_id

if TYPE_CHECKING:
    from bot.emulator.calendars import Calendar, Calendars

Json = dict[str, Any]


class Notices:
    """Pushes about calendars, grants, events and rooms."""

    def __init__(self, calendars: Calendars) -> None:
        self.calendars = calendars
        self._pending: dict[tuple[str, str], Json] = {}

    def event(self, calendar: Calendar, event_id: str, change: str, answers: dict[str, str] | None = None) -> None:
        """An event is new, different, gone or answered on this calendar."""
        if not calendar.watchers:
            return
        key = (calendar.calendar_id, event_id)
        pending = self._pending.get(key)
        if pending is None:
            self._pending[key] = {"change": change, "answers": dict(answers or {}), "born": change == "create"}
            world = self.calendars.world
            world.clock.after(
                timedelta(seconds=self.calendars.switches.merge_s), lambda: self._send(key), "event changed"
            )
            return
        pending["answers"].update(answers or {})
        pending["change"] = merged(pending["change"], change)

    def _send(self, key: tuple[str, str]) -> None:
        pending = self._pending.pop(key, None)
        calendar = self.calendars.calendars.get(key[0])
        if pending is None or calendar is None or pending["change"] == "nothing" or not calendar.watchers:
            return
        told: Json = {"calendar_id": key[0], "user_id_list": self._ids(calendar.watchers)}
        if self.calendars.switches.change_details:
            told |= {"calendar_event_id": key[1], "change_type": pending["change"]}
            if pending["change"] == "rsvp":
                told["rsvp_infos"] = [
                    {"from_user_id": self._ids([who])[0], "rsvp_status": answer}
                    for who, answer in pending["answers"].items()
                    if who in self.calendars.world.users
                ]
        self._push("calendar.calendar.event.changed_v4", told)

    def calendar_list(self, who: str) -> None:
        if who in self.calendars.list_watchers:
            self._push("calendar.calendar.changed_v4", {"user_id_list": self._ids([who])})

    def acl(self, what: str, calendar: Calendar, open_id: str, role: str) -> None:
        if calendar.acl_watchers:
            self._push(
                f"calendar.calendar.acl.{what}_v4",
                {
                    "acl_id": attendee_id("user", open_id),
                    "role": role,
                    "scope": {"type": "user", "user_id": self._ids([open_id])[0]},
                    "user_id_list": self._ids(calendar.acl_watchers),
                },
            )

    def room(self, room_id: str, name: str) -> None:
        self._push("meeting_room.meeting_room.status_changed_v1", {"room_name": name, "room_id": room_id})

    def _push(self, event_type: str, event: Json) -> None:
        if self.calendars.world.apps:
            self.calendars.world.push(event_type, event)

    def _ids(self, people: Iterable[str]) -> list[dict[str, str]]:
        """Id triples, as far as the app may know them."""
        world = self.calendars.world
        users = [world.users[who] for who in people if who in world.users]
        return [world.ids_of(user, world.app) if world.apps else user.ids() for user in users]


def merged(before: str, after: str) -> str:
    """What several changes within three seconds amount to."""
    if before == "create":
        return "nothing" if after == "delete" else "create"
    if before == "delete" or after == "delete":
        return "delete"
    if before == "nothing":
        return after
    return "update" if "update" in (before, after) else after

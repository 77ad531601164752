"""Leave, CalDAV passwords and Exchange bindings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.emulator.events import Event
from bot.emulator.kernel import Refusal

if TYPE_CHECKING:
    from bot.emulator.calendars import Calendars

Json = dict[str, Any]
STAGES = ("doing", "cal_done", "timespan_done", "done")


@dataclass(slots=True)
class Binding:
    """An Exchange account tied to a person; its history is copied step by step."""

    binding_id: str
    admin_account: str
    exchange_account: str
    open_id: str
    since: datetime

    def status(self, now: datetime) -> str:
        return STAGES[min(int((now - self.since) / timedelta(seconds=5)), len(STAGES) - 1)]


class PersonalSettings:
    """What is neither a calendar nor an event of somebody's own making."""

    def __init__(self, calendars: Calendars) -> None:
        self.calendars = calendars
        self.leaves: dict[str, Event] = {}
        self.devices: dict[str, list[Json]] = {}
        self.bindings: dict[str, Binding] = {}

    def take_leave(self, app_id: str, open_id: str, **fields: Any) -> str:
        """Somebody is away; it shows on their calendar and belongs to the app that said so."""
        calendar = self.calendars.primary(open_id)
        event = self.calendars.book.add(calendar, open_id, timeoff=app_id, **fields)
        leave_id = f"timeoff:{event.uid}"
        self.leaves[leave_id] = event
        return leave_id

    def end_leave(self, app_id: str, leave_id: str) -> None:
        event = self.leaves.get(leave_id)
        if event is None:
            raise Refusal(190002)
        if event.timeoff != app_id:
            raise Refusal(195000)
        del self.leaves[leave_id]
        self.calendars.book.cancel(self.calendars.book.series[event.uid], event)

    def caldav(self, open_id: str, device: str) -> Json:
        """A user name and password for one device; shown once."""
        user = self.calendars.world.users[open_id]
        account = {
            "password": self.calendars.world.ids.hex("caldav", 16),
            "user_name": f"u_{user.user_id}",
            "server_address": "caldav.feishu.cn",
            "device_name": device,
        }
        self.devices.setdefault(open_id, []).append(account)
        return account

    def bind(self, admin_account: str, exchange_account: str, open_id: str) -> Binding:
        if any(one.exchange_account == exchange_account for one in self.bindings.values()):
            raise Refusal(195105)
        binding_id = self.calendars.world.ids.digits("exchange")
        now = self.calendars.world.clock.now()
        self.bindings[binding_id] = Binding(binding_id, admin_account, exchange_account, open_id, now)
        return self.bindings[binding_id]

    def binding(self, binding_id: str) -> Binding:
        known = self.bindings.get(binding_id)
        if known is None:
            raise Refusal(195103 if binding_id.isdigit() else 195102)
        return known

    def unbind(self, binding_id: str) -> None:
        self.binding(binding_id)
        del self.bindings[binding_id]

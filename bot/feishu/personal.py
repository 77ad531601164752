"""Leave, and the doors through which other calendar programs come in."""

from __future__ import annotations

from datetime import datetime

from bot.domain.span import Span
from bot.feishu.endpoint import Endpoint
from bot.feishu.events import Days
from bot.feishu.identity import Identity
from bot.feishu.transport import Caller
from bot.feishu.wire import Answer, Json, Nothing

MAX_DEVICE_NAME = 100

CREATE_LEAVE = Endpoint(
    name="calendar.v4.timeoff_event.create", feature="leave", sdk="calendar.v4:CreateTimeoffEventRequest",
    scopes=("calendar:time_off:create", "calendar:timeoff"), doc="calendar-v4/timeoff_event/create",
)  # fmt: skip
DELETE_LEAVE = Endpoint(
    name="calendar.v4.timeoff_event.delete", feature="leave", sdk="calendar.v4:DeleteTimeoffEventRequest",
    scopes=("calendar:time_off:delete", "calendar:timeoff"), doc="calendar-v4/timeoff_event/delete", repeatable=True,
)  # fmt: skip
CALDAV = Endpoint(
    name="calendar.v4.setting.generate_caldav_conf", feature="CalDAV",
    sdk="calendar.v4:GenerateCaldavConfSettingRequest",
    scopes=("calendar:calendar", "calendar:settings.caldav:create"),
    doc="calendar-v4/setting/generate_caldav_conf", repeatable=True,
)  # fmt: skip
BIND_EXCHANGE = Endpoint(
    name="calendar.v4.exchange_binding.create", feature="Exchange", sdk="calendar.v4:CreateExchangeBindingRequest",
    scopes=("calendar:calendar", "calendar:calendar:readonly", "calendar:exchange.bindings:create"),
    doc="calendar-v4/exchange_binding/create",
)  # fmt: skip
GET_EXCHANGE = Endpoint(
    name="calendar.v4.exchange_binding.get", feature="Exchange", sdk="calendar.v4:GetExchangeBindingRequest",
    scopes=("calendar:calendar:readonly", "calendar:exchange.bindings:read"),
    doc="calendar-v4/exchange_binding/get", repeatable=True,
)  # fmt: skip
UNBIND_EXCHANGE = Endpoint(
    name="calendar.v4.exchange_binding.delete", feature="Exchange", sdk="calendar.v4:DeleteExchangeBindingRequest",
    scopes=("calendar:calendar", "calendar:exchange.bindings:delete"),
    doc="calendar-v4/exchange_binding/delete", repeatable=True,
)  # fmt: skip


class Leave(Answer, frozen=True):
    """Somebody's absence; both ends are dates (both included) or both seconds."""

    timeoff_event_id: str
    user_id: str = ""
    timezone: str = ""
    start_time: str = ""
    end_time: str = ""
    title: str = ""
    description: str = ""


class CaldavAccount(Answer, frozen=True):
    """What to type into another calendar program. The password is shown once and belongs into no log."""

    user_name: str
    password: str
    server_address: str
    device_name: str = ""

    def __repr__(self) -> str:
        return f"CaldavAccount(user_name={self.user_name!r}, server_address={self.server_address!r})"


class ExchangeBinding(Answer, frozen=True):
    """An Exchange account bound to a person; ``status`` goes from doing over cal_done and timespan_done to done."""

    exchange_binding_id: str = ""
    admin_account: str = ""
    exchange_account: str = ""
    user_id: str = ""
    status: str = ""


class Personal:
    """Leave is the app's to write; accounts need the person's own token."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def create_leave(
        self, open_id: str, when: Span | Days, zone: str, *, title: str = "", description: str = ""
    ) -> Leave:
        """Enter somebody's leave; it also shows on their profile. There is no key: it is never repeated."""
        body: Json = {"user_id": open_id, "timezone": zone, **_ends(when)}
        body |= {name: text for name, text in (("title", title), ("description", description)) if text}
        return await self._caller.call(CREATE_LEAVE, Leave, body=body, user_id_type="open_id")

    async def delete_leave(self, timeoff_event_id: str) -> None:
        """Remove a leave this app entered."""
        await self._caller.call(DELETE_LEAVE, Nothing, timeoff_event_id=timeoff_event_id)

    async def caldav(self, device_name: str, *, as_: Identity) -> CaldavAccount:
        """User name, password and server for a phone or another program."""
        body = {"device_name": device_name[:MAX_DEVICE_NAME]}
        return await self._caller.call(CALDAV, CaldavAccount, body=body, as_=as_)

    async def bind_exchange(
        self, admin_account: str, exchange_account: str, open_id: str, *, as_: Identity
    ) -> ExchangeBinding:
        """Bind an Exchange account to a person; only a super administrator may, and it takes a while."""
        body = {"admin_account": admin_account, "exchange_account": exchange_account, "user_id": open_id}
        return await self._caller.call(BIND_EXCHANGE, ExchangeBinding, body=body, as_=as_, user_id_type="open_id")

    async def exchange(self, binding_id: str, *, as_: Identity) -> ExchangeBinding:
        """How far a binding is."""
        return await self._caller.call(
            GET_EXCHANGE, ExchangeBinding, as_=as_, exchange_binding_id=binding_id, user_id_type="open_id"
        )

    async def unbind_exchange(self, binding_id: str, *, as_: Identity) -> None:
        """Part the account from the person."""
        await self._caller.call(UNBIND_EXCHANGE, Nothing, as_=as_, exchange_binding_id=binding_id)


def _ends(when: Span | Days) -> Json:
    if isinstance(when, Days):
        return {"start_time": when.first.isoformat(), "end_time": when.last.isoformat()}
    return {"start_time": _seconds(when.start), "end_time": _seconds(when.end)}


def _seconds(instant: datetime) -> str:
    return str(int(instant.timestamp()))

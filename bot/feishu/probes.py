"""Asking the platform whether a scope is granted, by calls that cannot do anything.

Scopes are checked before anything else about a request. So each call goes to things that do not exist, or with values
that no call takes: where the scope is there, the platform refuses for another reason, and nothing has happened.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from bot.errors import MissingScope, Passing, PlatformError
from bot.feishu.endpoint import Endpoint, ParamValue
from bot.feishu.identity import APP
from bot.feishu.transport import Caller
from bot.feishu.wire import Nothing

NOBODY, NOWHERE = "ou_" + "0" * 32, "oc_" + "0" * 32
PLACES = {
    "calendar_id": "feishu.cn_nowhere@group.calendar.feishu.cn",
    "event_id": "00000000-0000-0000-0000-000000000000_0",
    "message_id": "om_" + "0" * 32,
    "chat_id": NOWHERE,
    "acl_id": "user_nobody",
    "attendee_id": "user_nobody",
    "timeoff_event_id": "timeoff:nobody",
    "exchange_binding_id": "nobody",
}


@dataclass(frozen=True, slots=True)
class Probe:
    """What to send: parameters by name, and a body for calls that have one."""

    params: dict[str, ParamValue] = field(default_factory=dict)
    body: Any = None


CALLS = {
    "im.v1.message.create": Probe({"receive_id_type": "chat_id"}, {"receive_id": NOWHERE, "msg_type": "none"}),
    "im.v1.message.list": Probe({"container_id_type": "chat", "container_id": NOWHERE}),
    "interactive.v1.card.update": Probe(body={"token": "none", "card": {}}),
    "ephemeral.v1.send": Probe(body={"chat_id": NOWHERE, "open_id": NOBODY, "msg_type": "none", "card": {}}),
    "ephemeral.v1.delete": Probe(body={"message_id": PLACES["message_id"]}),
    "im.v1.chat.list": Probe({"page_size": 1}),
    "im.v1.chat.search": Probe({"query": ""}),
    # Where a call would make something out of nothing, its fields are of a wrong type: no such request gets through.
    "im.v1.chat.create": Probe({"user_id_type": "open_id"}, {"owner_id": NOBODY, "user_id_list": "none"}),
    "contact.v3.user.batch": Probe({"user_ids": [NOBODY], "user_id_type": "open_id"}),
    "contact.v3.user.batch_get_id": Probe(body={"emails": []}),
    "contact.v3.user.find_by_department": Probe({"department_id": "od-nowhere"}),
    "calendar.v4.calendar.primary": Probe(),
    "calendar.v4.calendar.primarys": Probe(body={"user_ids": [NOBODY]}),
    "calendar.v4.calendar.list": Probe({"page_size": 50}),
    "calendar.v4.calendar.mget": Probe(body={"calendar_ids": [PLACES["calendar_id"]]}),
    "calendar.v4.calendar.search": Probe(body={"query": "nowhere"}),
    "calendar.v4.calendar.create": Probe(body={"permissions": "none", "color": "none"}),
    "calendar.v4.freebusy.batch": Probe(body={"user_ids": [NOBODY]}),
    "calendar.v4.freebusy.list": Probe(body={"user_id": NOBODY}),
    "calendar.v4.timeoff_event.create": Probe(body={"user_id": NOBODY, "timezone": 0}),
    "vc.v1.room.list": Probe({"page_size": 1}),
    "vc.v1.room.mget": Probe(body={"room_ids": ["omm_nowhere"]}),
    "vc.v1.room_level.list": Probe({"page_size": 1}),
    "vc.v1.room_level.mget": Probe(body={"level_ids": ["omb_nowhere"]}),
    "vc.v1.reserve_config.reserve_scope": Probe({"scope_id": "omm_nowhere", "scope_type": "2"}),
    "meeting_room.freebusy.batch_get": Probe({"room_ids": ["omm_nowhere"]}),
}  # fmt: skip


class Probes:
    """Finds out what is not granted to the app."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def lacks(self, endpoint: Endpoint) -> MissingScope | None:
        """What is not granted for this call, or None. Raises what passes: then nobody can tell."""
        harmless = probe(endpoint)
        if harmless is None:
            return None
        try:
            await self._caller.call(
                endpoint, Nothing, body=harmless.body, as_=APP, key=None, chat=None, **harmless.params
            )
        except MissingScope as missing:
            return missing
        except Passing:
            raise
        except PlatformError:
            return None  # refused for what was asked, which nobody wanted anyway
        return None


def probe(endpoint: Endpoint) -> Probe | None:
    """The harmless call for this endpoint; None for those that only a person's token may make."""
    path = endpoint.request({}).path
    if not endpoint.scopes or "tenant" not in endpoint.request({}).tokens:
        return None
    if (known := CALLS.get(endpoint.name)) is not None:
        return known
    return Probe({name: PLACES[name] for name in re.findall(r":(\w+)", path)}, _body(endpoint))


def _body(endpoint: Endpoint) -> Any:
    return None if endpoint.request({}).method in ("GET", "DELETE") else {}

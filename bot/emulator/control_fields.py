"""What each control call may be told: checked before anything happens, so that a typo is an answer and not a riddle."""

from __future__ import annotations

from typing import Any

from bot.emulator.checks import Check, Violations, compile_check
from bot.emulator.kernel import Json
from bot.emulator.talk import Wrong

TEXT: Json = {"type": "string"}
TEXTS: Json = {"type": "array", "items": TEXT}
BOOLEAN: Json = {"type": "boolean"}
NUMBER: Json = {"type": "number", "minimum": 0}
WHOLE: Json = {"type": "integer", "minimum": 0}
MOMENT: Json = {"type": ["string", "object"]}  # ISO 8601, or {"date"} for a whole day


def _fields(*required: str, **known: Json) -> Check:
    return compile_check({"type": "object", "properties": known, "required": list(required)})


CHECKS: dict[str, Check] = {
    "reset": _fields(seed={"type": "object"}),
    "users": _fields(
        "name",
        name={**TEXT, "minLength": 1},
        en_name=TEXT,
        email=TEXT,
        timezone=TEXT,
        language=TEXT,
        admin=BOOLEAN,
        resigned=BOOLEAN,
        in_range=BOOLEAN,
    ),
    "chats": _fields(name=TEXT, members=TEXTS, description=TEXT),
    "chats/{chat_id}/members": _fields(add=TEXTS, remove=TEXTS),
    "rooms": _fields(
        "name",
        name={**TEXT, "minLength": 1},
        capacity=WHOLE,
        building=TEXT,
        floor=TEXT,
        description=TEXT,
        devices=TEXTS,
        timezone=TEXT,
        enabled=BOOLEAN,
        schedulable=BOOLEAN,
        approval=BOOLEAN,
        approvers=TEXTS,
        approval_hours=NUMBER,
        contacts=TEXTS,
        bookable_by=TEXTS,
        days_in_advance=WHOLE,
        opens=WHOLE,
        closes=WHOLE,
        longest_hours=NUMBER,
    ),
    "app": _fields(
        transport={**TEXT, "enum": ["webhook", "longconn"]},
        webhook_url=TEXT,
        encrypt_key=TEXT,
        verification_token=TEXT,
        name=TEXT,
        scopes=TEXTS,
        redirect_uris=TEXTS,
        events=TEXTS,
        refresh_allowed=BOOLEAN,
    ),
    "user_tokens": _fields("open_id", open_id=TEXT, scope=TEXT),
    "user_tokens/revoke": _fields("open_id", open_id=TEXT),
    "messages": _fields(
        "from", "text", **{"from": TEXT}, chat_id=TEXT, to_bot=BOOLEAN, text={**TEXT, "minLength": 1}, reply_to=TEXT
    ),
    "clicks": _fields(
        "by",
        "message_id",
        "button",
        by=TEXT,
        message_id=TEXT,
        button={**TEXT, "minLength": 1},
        form={"type": "object"},
        option={"type": ["string", "boolean", "array"]},
    ),
    "menu": _fields("by", "event_key", by=TEXT, event_key={**TEXT, "minLength": 1, "maxLength": 30}),
    "enter": _fields("by", by=TEXT),
    "recall": _fields("by", "message_id", by=TEXT, message_id=TEXT),
    "read": _fields("as", "chat_id", "message_id", **{"as": TEXT}, chat_id=TEXT, message_id=TEXT),
    "calendar": _fields(
        "by",
        "op",
        by=TEXT,
        op={**TEXT, "enum": ["create", "move", "rsvp", "delete"]},
        event_id=TEXT,
        start=MOMENT,
        end=MOMENT,
        title=TEXT,
        status=TEXT,
        description=TEXT,
        attendees=TEXTS,
        rooms=TEXTS,
        recurrence=TEXT,
        timezone=TEXT,
        visibility=TEXT,
        attendee_ability=TEXT,
        free=BOOLEAN,
    ),
    "switches": compile_check({"type": "object"}),  # the calendar checks its own
    "switches/kernel": _fields(
        gateway_status={"type": "integer", "enum": [400, 401, 403]},
        card_updates={"type": "integer", "minimum": 1, "maximum": 3},
        create_time={**TEXT, "enum": ["ms", "us"]},
        short_pages=BOOLEAN,
    ),
    "clock": _fields(now=TEXT, advance_s=NUMBER, run=BOOLEAN),
    "faults": _fields(
        "method",
        "path",
        method=TEXT,
        path=TEXT,
        times={"type": "integer", "minimum": 1},
        status={"type": "integer", "minimum": 200, "maximum": 599},
        code=WHOLE,
        delay_ms=NUMBER,
        drop={"type": ["boolean", "string"], "enum": [True, False, "after"]},
        duplicate=BOOLEAN,
    ),
}


def checked(call: str, fields: Any) -> Json:
    """The fields of a control call without those that are null, or what is wrong with them."""
    if not isinstance(fields, dict):
        raise Wrong("the body is a JSON object")
    found = Violations()
    CHECKS[call](fields, "", found)
    if found.items:
        raise Wrong("; ".join(_words(item) for item in found.items))
    return {name: value for name, value in fields.items() if value is not None}


def _words(item: Json) -> str:
    description = str(item["description"])
    return description if description.endswith("is required") else f"{item['field']}: {description}"

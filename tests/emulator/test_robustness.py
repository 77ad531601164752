"""Nonsense gets an answer: documented calls with random values, and the control surface with wrong types."""

from __future__ import annotations

import json
import random
from typing import Any
from urllib.parse import quote

from bot.emulator.contract import contract
from bot.emulator.control_fields import CHECKS
from tests.emulator.lab import Json, Tenant, tenant

WRONG: list[Any] = [None, 5, -1, 1.5, "x", "", [], {}, True, [5], {"a": 1}, ["x"], "2026-01-01"]


class Words:
    """Values that fit a schema and sometimes even the tenant."""

    def __init__(self, lab: Tenant, message_id: str) -> None:
        calendars = lab.world.calendars
        self.random = random.Random(11)
        self.pool: dict[str, list[str]] = {
            "": [
                "x",
                "",
                lab.chat(),
                message_id,
                lab.id("Mei"),
                "1794967200",
                "2026-11-18",
                "2026-11-18T10:00:00+08:00",
            ],
            "calendar_id": ["primary", *list(calendars.calendars)[:6]],
            "event_id": [f"{uid}_0" for uid in list(calendars.book.series)[:4]],
            "message_id": [message_id],
            "chat_id": [lab.chat()],
            "room_id": list(calendars.rooms.rooms)[:2],
            "timestamp": ["1794967200", "1794970800"],
            "timezone": ["Asia/Shanghai"],
            "content": [
                '{"text":"hi"}',
                "[]",
                '{"text":5}',
                '{"content":[[1]]}',
                '{"schema":"2.0","body":{"elements":[]}}',
            ],
            "recurrence": ["FREQ=DAILY;COUNT=3", "FREQ=X"],
        }

    def value(self, name: str, schema: Json) -> Any:
        if "enum" in schema or "const" in schema:
            return self.random.choice(schema.get("enum") or [schema["const"]])
        kind = schema.get("type", "string")
        kind = kind[0] if isinstance(kind, list) else kind
        if kind == "object":
            required = schema.get("required", ())
            fields = schema.get("properties", {}).items()
            return {key: self.value(key, one) for key, one in fields if key in required or self.random.random() < 0.5}
        if kind == "array":
            return [self.value(name, schema.get("items", {})) for _ in range(self.random.randint(0, 3))]
        if kind == "string":
            return self.random.choice(self.pool.get(name, []) * 4 + self.pool[""])
        if kind == "boolean":
            return self.random.random() < 0.5
        return self.random.choice([schema.get("minimum", 0), schema.get("maximum", 100), 1, 10**12])

    def path(self, template: str) -> str:
        parts = (self.value(part[1:], {}) or "x" if part.startswith(":") else part for part in template.split("/"))
        return "/".join(quote(part, safe="") for part in parts)

    def query(self, params: list[Json]) -> dict[str, Any]:
        chosen = [one for one in params if one["required"] or self.random.random() < 0.4]
        values = {one["name"]: self.value(one["name"], one["schema"]) for one in chosen}
        return {name: str(value).lower() if isinstance(value, bool) else value for name, value in values.items()}


async def test_no_documented_call_breaks_the_emulator() -> None:
    async with tenant() as lab:
        words = Words(lab, (await lab.send("something to point at"))["message_id"])
        good = 0
        for _ in range(4):
            for row in contract().rows.values():
                if row.name == "authen.v1.authorize":
                    continue
                who = (
                    "Mei"
                    if row.tokens == ("user",)
                    else words.random.choice([None, "Bob"] if row.tokens[1:] else [None])
                )
                schema = row.raw.get("request_body")
                body = words.value("", schema) if schema else None
                # ``call`` also holds every success against the documented answer.
                answer = await lab.call(
                    row.method, words.path(row.path), body, as_=who, **words.query(row.raw.get("query_params", []))
                )
                assert answer.code != 2200, (row.name, body, answer.body)
                good += answer.code == 0
        assert good > 40


async def test_no_control_call_breaks_the_emulator() -> None:
    async with tenant() as lab:
        mei = lab.id("Mei")
        sample: dict[str, Json] = {
            "messages": {"from": mei, "chat_id": lab.chat(), "text": "hi"},
            "calendar": {"by": mei, "op": "create", "start": "2026-11-18T10:00:00+08:00"},
            "clicks": {"by": mei, "message_id": (await lab.send("x"))["message_id"], "button": "Yes"},
            "faults": {"method": "GET", "path": "/open-apis/bot/v3/info", "times": 1, "delay_ms": 1},
        }
        known = {
            "messages": ["reply_to", "to_bot"],
            "calendar": ["end", "title", "attendees", "rooms", "recurrence", "timezone", "visibility", "free"],
            "faults": ["status", "code", "drop"],
            "users": ["name", "email", "timezone", "language"],
            "chats": ["name", "members"],
            "chats/{chat_id}/members": ["add", "remove"],
            "rooms": ["name", "capacity", "devices"],
            "app": ["scopes", "events", "transport"],
            "clock": ["now", "advance_s", "run"],
            "user_tokens": ["open_id", "scope"],
            "menu": ["by", "event_key"],
            "reset": ["seed"],
        }
        for call in (call for call in CHECKS if call != "switches/kernel"):
            base = sample.get(call, {})
            for field in [*base, *known.get(call, [])]:
                for value in WRONG:
                    path = call.format(chat_id=lab.chat()) if lab.world.chats else call
                    data = json.dumps({**base, field: value})
                    async with lab.http.post(f"{lab.url}/_emulator/{path}", data=data) as answer:
                        found = await answer.json()
                        assert answer.status == 200 or (400 <= answer.status < 500 and found["error"]), (call, data)
                    if call == "reset":
                        await lab.control("POST", "reset")

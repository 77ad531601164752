"""Random calls made from the contract's own schemas: whatever is asked, the answer is one the documents know."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.emulator.contract import Row, contract
from tests.emulator.tenant import Tenant, running

PREFIXES = ("calendar.v4.", "vc.v1.", "meeting_room.")
NINE = "1795395600"


@pytest.fixture
async def tenant() -> AsyncIterator[Tenant]:
    async with running() as one:
        yield one


class Guesses:
    """Values that fit a schema, half of them sensible."""

    def __init__(self, tenant: Tenant, chance: random.Random, events: list[tuple[str, str]]):
        self.chance, self.events = chance, events
        people, rooms = [tenant.mei, tenant.bob], [tenant.lotus, tenant.board]
        self.sensible: dict[str, list[str]] = {
            "user_id": people,
            "user_ids": people,
            "operate_id": people,
            "room_id": rooms,
            "room_ids": rooms,
            "chat_id": list(tenant.world.chats),
            "date": ["2026-11-24", "2026-11-25"],
            "timestamp": [NINE, "1795399200"],
            "start_time": [NINE],
            "end_time": ["1795482000"],
            "time_min": ["2026-11-23T00:00:00+08:00"],
            "time_max": ["2026-11-24T00:00:00+08:00"],
            "timezone": ["Asia/Tokyo"],
            "recurrence": ["FREQ=DAILY", "FREQ=WEEKLY;COUNT=2"],
        }
        self.pool = ["", "x", "0", "-5", "9" * 40, "FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2", "a@b.example"]
        self.pool += [*people, *rooms, tenant.primary(), tenant.primary(tenant.mei)]

    def value(self, schema: dict[str, Any], name: str) -> Any:
        chance = self.chance
        kind = schema.get("type")
        kind = kind[0] if isinstance(kind, list) else kind
        if chance.random() < 0.06:
            return None
        if "enum" in schema:
            return chance.choice(schema["enum"])
        if kind == "object":
            wanted = schema.get("required", ())
            fields = schema.get("properties", {}).items()
            return {key: self.value(one, key) for key, one in fields if key in wanted or chance.random() < 0.35}
        if kind == "array":
            return [self.value(schema.get("items", {}), name) for _ in range(chance.choice([0, 1, 1, 2, 3]))]
        if kind in ("integer", "number"):
            return chance.choice([0, 1, 5, 15, 50, -1, 1795395600])
        if kind == "boolean":
            return chance.random() < 0.5
        return chance.choice(self.sensible.get(name, self.pool) if chance.random() < 0.8 else self.pool)

    def path(self, tenant: Tenant, row: Row) -> tuple[str, str]:
        """The path with its ids filled in, and who asks."""
        event_id, by = self.chance.choice(self.events)
        path = (
            row.path.removeprefix("/open-apis/")
            .replace(":calendar_id", tenant.primary(by))
            .replace(":event_id", event_id)
        )
        for one in row.raw.get("path_params", ()):
            path = path.replace(f":{one['name']}", str(self.value({"type": "string"}, one["name"]) or "x"))
        if row.tokens == ("tenant",):
            return path, ""
        return path, by or (tenant.mei if row.tokens == ("user",) else "")


@pytest.mark.parametrize("seed", range(4))
async def test_every_answer_is_one_the_documents_know(tenant: Tenant, seed: int) -> None:
    chance = random.Random(seed)
    series = await tenant.book(tenant.mei, recurrence="FREQ=DAILY;COUNT=5", attendee_ability="can_see_others")
    single = await tenant.book()
    await tenant.invite(series, tenant.bob, by=tenant.mei, rooms=(tenant.lotus,))
    await tenant.invite(single, tenant.mei, tenant.bob)
    second = f"{series['event_id'].removesuffix('_0')}_{int(NINE) + 86400}"
    events = [
        (series["event_id"], tenant.mei),
        (second, tenant.mei),
        (series["event_id"], tenant.bob),
        (single["event_id"], ""),
        (single["event_id"], tenant.mei),
    ]
    guesses = Guesses(tenant, chance, events)
    rows = [row for name, row in contract().rows.items() if name.startswith(PREFIXES) and not name.endswith(".delete")]
    for count in range(400):
        row = chance.choice(rows)
        path, by = guesses.path(tenant, row)
        asked = {
            one["name"]: guesses.value(one["schema"], one["name"])
            for one in row.raw.get("query_params", ())
            if one["required"] or chance.random() < 0.3
        }
        query = {name: str(value).lower() if isinstance(value, bool) else value for name, value in asked.items()}
        query = {name: "" if value is None else value for name, value in query.items() if value != [None]}
        body = guesses.value(row.raw["request_body"], "") or {} if row.raw.get("request_body") else None
        answer = await tenant.call(row.method, path, body, by=by, **query)
        assert answer.status < 500, answer.body
        if count % 50 == 0:
            await tenant.passes(seconds=3)

"""Requests made up from the contract, sensible and broken ones, the same on every run of a seed."""

from __future__ import annotations

import json
import random
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bot.emulator.contract import Row, contract
from bot.emulator.state import World

Json = dict[str, Any]
NINE = 1795395600  # the tenant's Monday, in seconds
ODD: list[Any] = [
    None,
    "",
    "x",
    0,
    -1,
    1.5,
    10**18,
    True,
    [],
    {},
    [None],
    {"a": 1},
    "9" * 40,
    "2026-02-30",
    "\x00é漢\U0001f600",
]
HARVESTED = {
    "calendar_id", "event_id", "acl_id", "attendee_id", "page_token", "sync_token", "timeoff_event_id", "thread_id",
    "exchange_binding_id", "meeting_chat_id", "message_id", "chat_id", "reaction_id", "refresh_token", "room_level_id",
}  # fmt: skip
CARD = {"schema": "2.0", "body": {"elements": [{"tag": "markdown", "content": "hi"}]}}
CONTENTS: list[Any] = [
    {"text": "hi"},
    CARD,
    {"text": 5},
    [],
    {"zh_cn": {"title": "t", "content": [[{"tag": "text", "text": "x"}]]}},
]
ID_OF = {"user": "user_id", "chat": "chat_id", "resource": "room_id", "third_party": "third_party_email"}
RULES = [
    "FREQ=DAILY", "FREQ=DAILY;COUNT=5", "FREQ=WEEKLY;UNTIL=20270101T000000Z", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=3",
    "FREQ=WEEKLY;BYDAY=MO,WE", "FREQ=YEARLY;BYMONTHDAY=30;BYMONTH=2", "FREQ=DAILY;COUNT=2;UNTIL=20270101", "RRULE:",
    "FREQ=",
]  # fmt: skip


@dataclass(frozen=True)
class Request:
    row: Row
    path: str
    query: str
    headers: dict[str, str]
    raw: bytes


def weight(name: str) -> float:
    """How often a call is drawn: what makes things more often than what ends them."""
    if name.endswith(("_event.create", "_attendee.create", "message.create")):
        return 8
    if name.endswith((".delete", ".unsubscribe")) or "cardkit" in name:
        return 0.6
    return 3 if "calendar_event" in name else 1.5


class Guesses:
    """Draws requests; learns ids from answers so that later requests meet what earlier ones made."""

    def __init__(self, seed: int, world: World, tokens: dict[str, list[str]]) -> None:
        self.chance, self.world, self.tokens = random.Random(seed), world, tokens
        self.seen: defaultdict[str, deque[str]] = defaultdict(lambda: deque(maxlen=25))
        people, rooms = list(world.users), list(world.calendars.rooms.rooms)
        calendars, app = list(world.calendars.calendars), world.app
        self.known: dict[str, list[Any]] = {
            "user_id": people, "user_ids": people, "operate_id": people, "owner_id": people, "open_id": people,
            "user_id_list": people, "room_id": rooms, "room_ids": rooms, "chat_id": list(world.chats),
            "container_id": list(world.chats), "receive_id": [*people, *world.chats],
            "email": ["bob@daylark.example"],
            "emails": ["bob@daylark.example"], "calendar_id": ["primary", *calendars], "calendar_ids": calendars,
            "user_id_type": ["open_id"], "receive_id_type": ["chat_id", "open_id"], "container_id_type": ["chat"],
            "timezone": ["Asia/Tokyo", "America/New_York"], "recurrence": RULES, "date": ["2026-11-24", "2026-11-26"],
            "time_min": ["2026-11-23T00:00:00+08:00"], "time_max": ["2026-11-25T00:00:00Z"],
            "msg_type": ["text", "interactive"],
            "content": [json.dumps(one) for one in CONTENTS], "card": [CARD], "app_id": [app.app_id],
            "client_id": [app.app_id], "app_secret": [app.app_secret], "client_secret": [app.app_secret],
            "department_id": ["0"], "query": ["s", "Sync", "mei"], "summary": ["Sync", "A_B", ""], "emoji_type": ["OK"],
            "admin_account": ["root@x.example"], "exchange_account": ["mei@x.example", "bob@x.example"],
            "AppID": [app.app_id], "AppSecret": [app.app_secret], "original_time": [0, NINE],
            "attendee_ability": ["none", "can_see_others", "can_modify_event"],
            "idempotency_key": [f"{number:032d}" for number in range(400)], "approval_reason": ["a visit"],
            "scope_id": rooms, "scope_type": ["2", 2], "reserve_config_id": rooms, "id": [""],
        }  # fmt: skip
        rows = [row for name, row in contract().rows.items() if name != "authen.v1.authorize"]
        self.rows = rows
        self.weights = [weight(row.name) for row in rows]

    def learn(self, answer: Any, name: str = "") -> None:
        if isinstance(answer, dict):
            for key, value in answer.items():
                self.learn(value, key)
        elif isinstance(answer, list):
            for one in answer[:5]:
                self.learn(one, name)
        elif name in HARVESTED and isinstance(answer, str) and answer:
            self.seen[name].append(answer)

    def request(self) -> Request:
        row = self.chance.choices(self.rows, self.weights)[0]
        who, token = self._caller(row)
        path = self._path(row, who)
        query = self._query(row)
        schema = row.raw.get("request_body")
        body = self._value(schema, "") if schema else None
        if body is not None and self.chance.random() < 0.1:
            body = self._broken(body)
        raw = b"" if body is None else json.dumps(body).encode()
        if self.chance.random() < 0.01:
            raw = self.chance.choice([b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"{" * 500])
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        return Request(row, path, query, headers, raw)

    def _caller(self, row: Row) -> tuple[str, str]:
        """Who asks (the app's open_id for the app) and with which token."""
        if not row.tokens or self.chance.random() < 0.04:
            return self.world.app.open_id, self.chance.choice(self.tokens["bad"])
        if self.chance.choice(row.tokens) == "tenant":
            return self.world.app.open_id, self.tokens["tenant"][0]
        place = self.chance.randrange(len(self.tokens["user"]))
        return list(self.world.users)[place], self.tokens["user"][place]

    def _path(self, row: Row, who: str) -> str:
        """Ids in the path: mostly of what the caller has, sometimes anybody's, sometimes nobody's."""
        own: dict[str, list[str]] = {}
        if self.chance.random() < 0.75:
            home = self.world.calendars.primary(who)
            own["calendar_id"] = [home.calendar_id]
            own["event_id"] = list(home.entries)[-12:]
            if home.entries and ":attendee_id" in row.path:
                own["attendee_id"] = [
                    one for uid in home.uids for one in self.world.calendars.book.series[uid].master.attendees
                ]
            inside = [chat for chat in self.world.chats.values() if who in chat.members or self.world.app_of(who)]
            own["chat_id"] = [chat.chat_id for chat in inside]
            own["message_id"] = [one for chat in inside for one in chat.messages[-6:]]
            own["reserve_id"] = list(self.world.calendars.reserves.reserves)
            own["room_level_id"] = list(self.world.calendars.rooms.levels)
        parts = []
        for part in row.path.split("/"):
            name = part[1:]
            if part.startswith(":"):
                chosen = self.chance.choice(own[name]) if own.get(name) else str(self._word(name))
                part = chosen.replace("/", "") or "x"
            parts.append(part)
        return "/".join(parts)

    def _query(self, row: Row) -> str:
        asked: Json = {}
        for one in row.raw.get("query_params", ()):
            if one["required"] or self.chance.random() < 0.3:
                asked[one["name"]] = self._value(one["schema"], one["name"])
        if self.chance.random() < 0.05:
            asked[self.chance.choice(["page_size", "page_token", "nonsense", *asked])] = self.chance.choice(ODD)
        flat = {name: str(value).lower() if isinstance(value, bool) else value for name, value in asked.items()}
        return urlencode({name: "" if value is None else value for name, value in flat.items()}, doseq=True)

    def _value(self, schema: Json, name: str) -> Any:
        chance, kind = self.chance, schema.get("type", "string")
        kind = kind[0] if isinstance(kind, list) else kind
        if chance.random() < 0.015:
            return chance.choice(ODD)
        if name in ("card", "content") or (name in self.known and kind not in ("object", "array")):
            return self._word(name)
        if "enum" in schema:
            return chance.choice(schema["enum"])
        if "const" in schema:
            return schema["const"]
        if kind == "object":
            return self._object(schema, name)
        if kind == "array":
            return [self._value(schema.get("items", {}), name) for _ in range(chance.choice([0, 1, 1, 2, 3]))]
        if kind == "boolean":
            return chance.random() < 0.5
        if kind in ("integer", "number"):
            return chance.choice(
                [schema.get("minimum", 0), schema.get("maximum", 50), schema.get("default", 10), 1, 15, 50]
            )
        return self._word(name)

    def _object(self, schema: Json, name: str) -> Json:
        if name in ("start_time", "end_time"):  # one of its two ways to say when
            return self._moment(later=name == "end_time")
        required = schema.get("required", ())
        fields = schema.get("properties", {})
        wanted = {key for key in fields if key in required or self.chance.random() < 0.3}
        if self.chance.random() < 0.9:  # what hardly any sensible request of that kind lacks
            wanted |= fields.keys() & {"attendees", "attendee_ids", "time_min", "time_max", "type", "operate_id"}
            wanted |= {"start_time", "end_time"} if "summary" in fields else set()
        made = {key: self._value(fields[key], key) for key in fields if key in wanted}
        self._in_order(made)
        if str(made.get("type")) in ID_OF and fields.keys() >= set(ID_OF.values()):
            key = ID_OF[made["type"]]
            made[key] = "guest@elsewhere.example" if made["type"] == "third_party" else self._word(key)
        return made

    def _in_order(self, made: Json) -> None:
        """Mostly an end soon after its start."""
        start, end = made.get("start_time"), made.get("end_time")
        if isinstance(start, dict) and isinstance(end, dict) and self.chance.random() < 0.9:
            made["end_time"] = dict(start)
            if "timestamp" in start:
                made["end_time"]["timestamp"] = str(int(start["timestamp"]) + self.chance.choice([1800, 3600, 90000]))

    def _moment(self, *, later: bool) -> Json:
        if self.chance.random() < 0.1:
            return {"date": self.chance.choice(["2026-11-24", "2026-11-26", "2027-03-28"])}
        start = NINE + self.chance.randrange(0, 60 * 24) * 3600
        return {"timestamp": str(start + (3600 * 24 * 30 if later else 0)), "timezone": "Asia/Shanghai"}

    def _word(self, name: str) -> Any:
        chance = self.chance
        if name in ("timestamp", "start_time", "end_time", "anchor_time"):
            hours = chance.randrange(0, 400) + (400 if name == "end_time" else 0)
            return (
                str(NINE + hours * 3600) if chance.random() < 0.95 else chance.choice(["-1", "1e9", "16725225600", "x"])
            )
        if self.seen[name] and chance.random() < 0.75:
            return chance.choice(self.seen[name])
        if name in ("event_id", "uid") and (series := list(self.world.calendars.book.series)):
            uid = chance.choice(series)
            return uid if name == "uid" else f"{uid}_{chance.choice([0, NINE, NINE + 86400])}"
        if name in self.known and chance.random() < 0.95:
            return chance.choice(self.known[name])
        return chance.choice(
            ["x", "", "0", "a@b.example", "ou_none", "oc_none", "none_0", "\u202e漢", "9" * 40, "a" * 2000]
        )

    def _broken(self, body: Any) -> Any:
        """The same body with one thing wrong in it."""
        if not isinstance(body, dict) or not body:
            return self.chance.choice(ODD)
        body, name = dict(body), self.chance.choice(list(body))
        what = self.chance.random()
        if what < 0.3:
            del body[name]
        elif what < 0.6:
            body[name] = self.chance.choice(ODD)
        elif what < 0.7:
            body["nonsense"] = self.chance.choice(ODD)
        else:
            body[name] = self._broken(body[name])
        return body

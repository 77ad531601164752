"""A tenant of three people for the calendar tests, spoken to over HTTP like the real platform."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import ClientSession

from bot.emulator import tokens
from bot.emulator.checks import Violations, compile_check
from bot.emulator.contract import contract
from bot.emulator.seed import make_world
from bot.emulator.server import Emulator
from bot.emulator.state import App, User, World

Json = dict[str, Any]
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # Monday, 09:00 in Shanghai
ELSEWHERE = {198003}  # told in the text of freebusy.list, missing in its table
SEED: Json = {
    "users": {
        "mei": {"name": "Mei", "email": "mei@daylark.example", "timezone": "Asia/Shanghai", "admin": True},
        "bob": {"name": "Bob", "email": "bob@daylark.example", "timezone": "Europe/Berlin", "language": "en_us"},
        "yui": {"name": "Yui", "email": "yui@daylark.example", "timezone": "Asia/Tokyo", "language": "ja_jp"},
    },
    "chats": [{"name": "Launch crew", "owner": "mei", "members": ["mei", "bob"]}],
    "rooms": [
        {"name": "Lotus", "building": "North", "floor": "3F", "capacity": 6, "custom_id": "L1"},
        {"name": "Board", "building": "South", "capacity": 20, "approval": True, "approvers": ["mei"]},
    ],
}


@dataclass
class Answer:
    status: int
    code: int
    data: Json
    body: Json


class Tenant:
    """One running emulator, its people, and a client with everybody's tokens."""

    def __init__(self, world: World, emulator: Emulator, session: ClientSession):
        self.world, self.emulator, self.session = world, emulator, session
        self.mei, self.bob, self.yui = list(world.users)
        self.app: App = world.app
        self.pushed: list[tuple[str, Json]] = []
        world.push = self._hear  # type: ignore[method-assign]
        self.lotus, self.board = (room.room_id for room in world.calendars.rooms)
        self._tokens: dict[str, str] = {}

    def _hear(self, event_type: str, event: Json, *, app_id: str | None = None) -> None:
        self.pushed.append((event_type, event))

    def user(self, open_id: str) -> User:
        return self.world.users[open_id]

    def token(self, by: str = "") -> str:
        if not by:
            return tokens.for_app(self.world, self.app)[0].value
        if by not in self._tokens:
            scopes = self.app.scopes
            self._tokens[by] = tokens.for_person(self.world, self.app, by, scopes)["access_token"]
        return self._tokens[by]

    async def call(self, method: str, path: str, body: Json | None = None, *, by: str = "", **query: Any) -> Answer:
        async with self.session.request(
            method,
            f"{self.emulator.base_url}/open-apis/{path}",
            json=body,
            params=[
                (key, str(one))
                for key, value in query.items()
                for one in (value if isinstance(value, list) else [value])
            ],
            headers={"Authorization": f"Bearer {self.token(by)}"},
        ) as response:
            answer = await response.json()
            self._documented(method, path, answer)
            return Answer(response.status, answer["code"], answer.get("data", {}), answer)

    def _documented(self, method: str, path: str, answer: Json) -> None:
        """Every answer keeps to the documented fields and types, and every refusal is one the page lists."""
        row = contract().find(method, f"/open-apis/{path}")[0][0]
        found = Violations()
        if answer["code"] == 0 and row.raw.get("response_data"):
            compile_check(row.raw["response_data"])(answer["data"], "", found)
        assert not found.items, found.items
        assert answer["code"] in {0, *row.errors, *contract().gateway, *ELSEWHERE}, answer

    async def ok(self, method: str, path: str, body: Json | None = None, *, by: str = "", **query: Any) -> Json:
        answer = await self.call(method, path, body, by=by, **query)
        assert answer.code == 0, answer.body
        return answer.data

    async def passes(self, **amount: float) -> None:
        await self.world.clock.advance(timedelta(**amount))
        self._tokens.clear()  # people log in again rather than let their tokens grow old

    def primary(self, who: str = "") -> str:
        return self.world.calendars.primary(who or self.app.open_id).calendar_id

    def events(self, who: str = "") -> str:
        return f"calendar/v4/calendars/{self.primary(who)}/events"

    async def book(self, by: str = "", *, at: int = 0, minutes: int = 60, **fields: Any) -> Json:
        """An event on the caller's primary calendar, ``at`` hours from now."""
        start = int(NOW.timestamp()) + at * 3600
        body = {
            "summary": "Sync",
            "start_time": {"timestamp": str(start), "timezone": "Asia/Shanghai"},
            "end_time": {"timestamp": str(start + minutes * 60), "timezone": "Asia/Shanghai"},
            **fields,
        }
        event: Json = (await self.ok("POST", self.events(by), body, by=by))["event"]
        return event

    async def invite(self, event: Json, *people: str, by: str = "", rooms: tuple[str, ...] = (), **more: Any) -> Json:
        attendees: list[Json] = [{"type": "user", "user_id": one} for one in people]
        attendees += [{"type": "resource", "room_id": one, "operate_id": self.mei} for one in rooms]
        path = f"{self.events(by)}/{event['event_id']}/attendees"
        return await self.ok("POST", path, {"attendees": attendees, **more}, by=by)

    async def answers(self, event: Json, by: str = "") -> dict[str, str]:
        """Who answered what, by display name."""
        listed = await self.ok("GET", f"{self.events(by)}/{event['event_id']}/attendees", by=by)
        return {one["display_name"]: one["rsvp_status"] for one in listed["items"]}


@asynccontextmanager
async def running(**app: Any) -> AsyncIterator[Tenant]:
    world = make_world(SEED, now=NOW, running=False, **app)
    async with Emulator(world) as emulator, ClientSession() as session:
        yield Tenant(world, emulator, session)

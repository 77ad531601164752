"""The stage that stories are played on: a real bot and a real emulator, driven only through HTTP as a script would."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import aiohttp

from bot.emulator.seed import DEFAULT, make_world
from bot.emulator.server import Emulator
from bot.playground import Playground

NOW = "2026-11-18T10:00:00+08:00"  # a Wednesday


class Stage:
    """One tenant with Daylark in it."""

    def __init__(self, playground: Playground, http: aiohttp.ClientSession) -> None:
        self.playground, self._http = playground, http
        self.people: dict[str, dict[str, Any]] = {}
        self.chats: dict[str, str] = {}

    async def get(self, path: str, /, **query: str) -> Any:
        async with self._http.get(f"{self.playground.url}/_emulator/{path}", params=query) as answer:
            found = await answer.json()
            assert answer.status == 200, found
            return found

    async def post(self, path: str, /, **body: Any) -> Any:
        async with self._http.post(f"{self.playground.url}/_emulator/{path}", json=body) as answer:
            found = await answer.json()
            assert answer.status == 200, found
            return found

    async def look_around(self) -> None:
        state = await self.get("state")
        self.people = {p["en_name"] or p["name"]: p for p in state["users"]} | {p["name"]: p for p in state["users"]}
        self.chats = {chat["name"]: chat["chat_id"] for chat in state["chats"]}

    def person(self, name: str) -> Actor:
        return Actor(self, name, self.people[name]["open_id"])

    async def idle(self) -> None:
        """Until nothing is on its way any more, and the bot has nothing left to do."""
        bot, world = self.playground.app, self.playground.emulator.world
        assert bot is not None
        give_up = asyncio.get_running_loop().time() + 20
        while world.pushes.in_flight or bot.engine.held:
            assert asyncio.get_running_loop().time() < give_up, "the bot does not come to rest"
            await asyncio.sleep(0.01)

    async def fault(self, method: str, path: str, times: int = 1, **how: Any) -> None:
        """The next calls to this path misbehave."""
        await self.post("faults", method=method, path=path, times=times, **how)

    async def passes(self, **clock: Any) -> None:
        await self.post("clock", **clock)
        await self.idle()

    async def calls(self, path: str = "") -> list[dict[str, Any]]:
        """The platform calls so far whose path ends so."""
        rows: list[dict[str, Any]] = (await self.get("calls"))["calls"]
        return [row for row in rows if row["path"].endswith(path)]

    async def team(self, *names: str, name: str = "方案小组") -> str:
        """A new group of these people and the bot."""
        members = [self.people[each]["open_id"] for each in names]
        chat_id: str = (await self.post("chats", name=name, members=members))["chat_id"]
        self.chats[name] = chat_id
        return chat_id


@dataclass
class Actor:
    """A person in the story."""

    stage: Stage
    name: str
    open_id: str

    async def says(self, text: str, *, chat: str | None = None, reply_to: str | None = None) -> list[Seen]:
        """Write in a group, or to the bot alone; answers with what the bot said to it."""
        where = {"chat_id": chat} if chat else {"to_bot": True}
        more = {"reply_to": reply_to} if reply_to else {}
        sent = await self.stage.post("messages", **{"from": self.open_id, "text": text, **where, **more})
        await self.stage.idle()
        return await self.reads(sent["chat_id"], after=sent["message_id"])

    async def asks(
        self, text: str, *, chat: str | None = None, reply_to: str | None = None, patience: float = 0
    ) -> Seen:
        """Write something that gets exactly one answer, within ``patience`` seconds more than the quiet takes."""
        answers = await self.says(text, chat=chat, reply_to=reply_to)
        give_up = asyncio.get_running_loop().time() + patience
        while not answers and asyncio.get_running_loop().time() < give_up:
            await asyncio.sleep(0.1)
            await self.stage.idle()
            answers = (await self.reads(chat or await self.direct_chat()))[-1:]
        assert len(answers) == 1, [seen.text for seen in answers]
        return answers[0]

    async def reads(self, chat_id: str, *, after: str | None = None) -> list[Seen]:
        """The messages of the bot in a chat, as this person sees them, oldest first."""
        query = {"as": self.open_id} | ({"after": after} if after else {})
        rows = (await self.stage.get(f"chats/{chat_id}/messages", **query))["messages"]
        return [Seen(self.stage, chat_id, row) for row in rows if row["sender"]["type"] == "app"]

    async def direct_chat(self) -> str:
        """The one-to-one chat with the bot."""
        rows = (await self.stage.get("chats", **{"as": self.open_id}))["chats"]
        return str(next(row["chat_id"] for row in rows if row["mode"] == "p2p"))

    async def rereads(self, seen: Seen) -> Seen:
        """The same message as it looks now."""
        return next(each for each in await self.reads(seen.chat_id) if each.message_id == seen.message_id)

    async def clicks(self, button: str, on: Seen, **more: Any) -> Tapped:
        """Tap a button, by its text or element id."""
        answer = await self.stage.post("clicks", by=self.open_id, message_id=on.message_id, button=button, **more)
        await self.stage.idle()
        return Tapped(answer, await self.rereads(on))

    async def calendar(
        self, start: str = "2026-11-16T00:00:00+08:00", end: str = "2026-12-20T00:00:00+08:00"
    ) -> list[dict[str, Any]]:
        """This person's events as their client shows them."""
        found: list[dict[str, Any]] = (await self.stage.get(f"calendars/{self.open_id}", **{"from": start, "to": end}))[
            "events"
        ]
        return found

    async def meeting(self, title: str) -> dict[str, Any]:
        """The one event of this title in this person's calendar."""
        found = [event for event in await self.calendar() if event["title"] == title]
        assert len(found) == 1, found
        return found[0]

    async def is_busy(self, start: str, end: str, title: str = "Elsewhere") -> None:
        """Put something into this person's own calendar."""
        await self.stage.post("calendar", by=self.open_id, op="create", start=start, end=end, title=title)


@dataclass
class Seen:
    """A message of the bot as one person sees it."""

    stage: Stage
    chat_id: str
    row: dict[str, Any]

    @property
    def message_id(self) -> str:
        return str(self.row["message_id"])

    @property
    def text(self) -> str:
        return str(self.row["text"])

    @property
    def buttons(self) -> list[dict[str, Any]]:
        return list(self.row["buttons"])

    def button(self, element_id: str) -> dict[str, Any]:
        found = [button for button in self.buttons if button["element_id"] == element_id]
        assert found, f"no {element_id} on: {self.text}"
        return found[0]


@dataclass
class Tapped:
    """What a tap gave: the toast, and the card as it is now."""

    answer: dict[str, Any]
    card: Seen

    @property
    def toast(self) -> str:
        return str((self.answer["toast"] or {}).get("content", ""))


@asynccontextmanager
async def stage(
    folder: Path, *, now: str = NOW, database_url: str | None = None, language: Literal["zh", "ja"] = "zh"
) -> AsyncIterator[Stage]:
    """A stage with the default tenant, its calendars emptied, at ``now``."""
    seed = json.loads(DEFAULT.read_text(encoding="utf-8"))
    seed["events"] = []
    world = make_world(seed, now=datetime.fromisoformat(now))
    playground = Playground(Emulator(world), database_url or f"sqlite:///{folder}/daylark.db", language=language)
    try:
        await playground.start()
        async with aiohttp.ClientSession() as http:
            it = Stage(playground, http)
            await it.look_around()
            yield it
    finally:
        await playground.stop()

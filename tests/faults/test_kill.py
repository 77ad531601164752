"""The promise that nothing is lost and nothing happens twice, tried with kill -9."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.emulator.seed import DEFAULT, make_world
from bot.emulator.server import Emulator
from tests.faults.bots import BotProcess
from tests.stage import NOW

REPLY = "/open-apis/im/v1/messages/:message_id/reply"
EVENTS = "/open-apis/calendar/v4/calendars/:calendar_id/events"
ASK = "明天下午3点和 @Alice @Bob 过一下方案"


class Field:
    """An emulator, a bot process, and the control surface between them."""

    def __init__(self, emulator: Emulator, bot: BotProcess, http: aiohttp.ClientSession) -> None:
        self.emulator, self.bot, self.http = emulator, bot, http

    async def call(self, method: str, path: str, /, **body: Any) -> Any:
        async with self.http.request(method, f"{self.emulator.base_url}/_emulator/{path}", json=body or None) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def rows(self, method: str, path: str) -> list[dict[str, Any]]:
        return [r for r in (await self.call("GET", "calls"))["calls"] if (r["method"], r["path"]) == (method, path)]

    async def eventually(self, method: str, path: str, count: int) -> None:
        for _ in range(400):
            if len(await self.rows(method, path)) >= count:
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"{method} {path} was not called {count} times")

    async def settled(self, chat_id: str, who: str) -> list[dict[str, Any]]:
        """What the bot said, once it has said something and is quiet again."""
        for _ in range(400):
            if await self.answers(chat_id, who):
                break
            await asyncio.sleep(0.05)
        await self.call("GET", "idle?timeout_s=20")
        return await self.answers(chat_id, who)

    async def answers(self, chat_id: str, who: str) -> list[dict[str, Any]]:
        found = await self.call("GET", f"chats/{chat_id}/messages?as={who}")
        return [m for m in found["messages"] if m["sender"]["type"] == "app"]


@pytest.fixture
async def field(tmp_path: Path) -> AsyncIterator[Field]:
    seed = json.loads(DEFAULT.read_text(encoding="utf-8"))
    seed["events"] = []
    emulator = Emulator(make_world(seed, now=datetime.fromisoformat(NOW)))
    await emulator.start()
    bot = BotProcess(emulator, f"sqlite:///{tmp_path}/daylark.db")
    try:
        await bot.start()
        async with aiohttp.ClientSession() as http:
            field = Field(emulator, bot, http)
            await field.call("POST", "app", transport="webhook", webhook_url=f"{bot.url}/webhook/event")
            yield field
    finally:
        await bot.stop()
        await emulator.stop()


def _mei(field: Field) -> str:
    return next(u.open_id for u in field.emulator.world.users.values() if u.name == "Mei")


async def test_killed_between_ack_and_reply_it_replies_once_after_the_restart(field: Field) -> None:
    mei = _mei(field)
    await field.call("POST", "faults", method="POST", path=REPLY, times=1, delay_ms=4000, status=500)
    sent = await field.call("POST", "messages", **{"from": mei, "to_bot": True, "text": ASK})
    await asyncio.sleep(0.8)
    assert await field.answers(sent["chat_id"], mei) == []
    await field.bot.kill()

    await field.bot.start()

    assert len(await field.settled(sent["chat_id"], mei)) == 1


async def test_killed_after_the_reply_was_sent_but_not_noted_it_does_not_reply_again(field: Field) -> None:
    """The platform carried the reply out, but the bot died waiting for the answer: the same uuid makes it harmless."""
    mei = _mei(field)
    await field.call("POST", "faults", method="POST", path=REPLY, times=1, delay_ms=5000)
    sent = await field.call("POST", "messages", **{"from": mei, "to_bot": True, "text": ASK})
    for _ in range(200):
        if await field.answers(sent["chat_id"], mei):
            break
        await asyncio.sleep(0.05)
    await field.bot.kill()
    await field.bot.start()
    await field.eventually("POST", REPLY, 2)
    assert len(await field.settled(sent["chat_id"], mei)) == 1


async def test_killed_while_booking_it_books_once(field: Field) -> None:
    mei = _mei(field)
    sent = await field.call("POST", "messages", **{"from": mei, "to_bot": True, "text": ASK})
    (card,) = await field.settled(sent["chat_id"], mei)
    await field.call(
        "POST", "faults", method="POST", path=f"{EVENTS}/:event_id/attendees", times=1, delay_ms=4000, status=500
    )
    tap = asyncio.ensure_future(field.call("POST", "clicks", by=mei, message_id=card["message_id"], button="slot_1"))
    await field.eventually("POST", EVENTS, 1)
    await asyncio.sleep(0.3)
    await field.bot.kill()
    await tap
    await field.bot.start()
    await field.eventually("PATCH", "/open-apis/im/v1/messages/:message_id", 1)
    await field.call("GET", "idle?timeout_s=20")

    found = await field.call("GET", f"calendars/{mei}?from=2026-11-18T00:00:00%2B08:00&to=2026-11-21T00:00:00%2B08:00")
    assert len(found["events"]) == 1
    (card,) = await field.answers(sent["chat_id"], mei)
    assert "undo" in {b["element_id"] for b in card["buttons"]}

"""Updates over a connection the bot opens, against the emulator's end of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import aiohttp
import pytest

from bot.app import App
from bot.emulator.seed import make_world
from bot.emulator.server import Emulator
from bot.settings import Secret, Settings
from tests.stage import NOW


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    async with Emulator(make_world(now=datetime.fromisoformat(NOW))) as running:
        yield running


def _settings(emulator: Emulator, folder: Path, *, secret: str | None = None) -> Settings:
    app = emulator.world.app
    return Settings(
        app_id=app.app_id,
        app_secret=Secret(secret or app.app_secret),
        domain=emulator.base_url,
        transport="longconn",
        port=0,
        database_url=f"sqlite:///{folder}/daylark.db",
    )


async def _ready(app: App) -> None:
    async with aiohttp.ClientSession() as http:
        for _ in range(200):
            async with http.get(f"{app.url}/readyz") as answer:
                if answer.status == 200:
                    await app.warming
                    return
            await asyncio.sleep(0.02)
    raise AssertionError("the connection was not opened")


async def test_a_message_and_a_tap_travel_over_the_connection(emulator: Emulator, tmp_path: Path) -> None:
    app = await App(_settings(emulator, tmp_path)).start()
    try:
        await _ready(app)
        mei = next(u.open_id for u in emulator.world.users.values() if u.name == "Mei")
        base = f"{emulator.base_url}/_emulator"
        async with aiohttp.ClientSession() as http:
            await http.post(f"{base}/app", json={"transport": "longconn"})
            ask = {"from": mei, "to_bot": True, "text": "明天下午3点和 @Bob 过一下方案"}
            async with http.post(f"{base}/messages", json=ask) as answer:
                sent = await answer.json()
            await http.get(f"{base}/idle?timeout_s=10")
            async with http.get(f"{base}/chats/{sent['chat_id']}/messages?as={mei}") as answer:
                card = (await answer.json())["messages"][-1]
            assert "11月19日" in card["text"]
            tap = {"by": mei, "message_id": card["message_id"], "button": "cancel"}
            async with http.post(f"{base}/clicks", json=tap) as answer:
                tapped = await answer.json()
        assert tapped["response"]["card"]["type"] == "raw"
    finally:
        await app.stop()


async def test_wrong_credentials_end_the_attempt_with_the_platforms_words(emulator: Emulator, tmp_path: Path) -> None:
    app = await App(_settings(emulator, tmp_path, secret="wrong")).start()
    try:
        assert app.connection is not None
        with pytest.raises(Exception, match=r"\d+ .+"):
            await asyncio.wait_for(asyncio.shield(app.connection), 5)
    finally:
        await app.stop()

"""``daylark playground``: the emulator, the bot and the web page in one process, talking real HTTP to each other."""

from __future__ import annotations

import asyncio
import signal
import tempfile
import webbrowser
from datetime import datetime
from pathlib import Path
from typing import Literal

import aiohttp
from cryptography.fernet import Fernet

from bot import log
from bot.app import App
from bot.emulator.seed import make_world
from bot.emulator.server import Emulator
from bot.settings import Secret, Settings
from bot.store.engine import Engine


class EmulatedClock:
    """The bot's clock inside a playground: the emulator's, so that both live at the same time."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator

    def now(self) -> datetime:
        return self._emulator.world.clock.now()


class Playground:
    """An emulator with Daylark as its app. Also what the stories in ``tests/`` run against."""

    def __init__(self, emulator: Emulator, database_url: str, *, language: Literal["zh", "en", "ja"] = "zh") -> None:
        self.emulator, self._database_url, self._language = emulator, database_url, language
        self.app: App | None = None
        self.url = ""
        self._following: asyncio.Task[None] | None = None

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> Playground:
        """Start both and introduce them to each other."""
        self.url = await self.emulator.start(host, port)
        app = self.emulator.world.app
        settings = Settings(
            app_id=app.app_id,
            app_secret=Secret(app.app_secret),
            verification_token=Secret(app.verification_token),
            encrypt_key=Secret(app.encrypt_key),
            domain=self.url,
            host="127.0.0.1",
            port=0,
            database_url=self._database_url,
            default_language=self._language,
            secret_keys=(Secret(Fernet.generate_key().decode()),),
        )
        self.app = await App(settings, EmulatedClock(self.emulator)).start()
        self._following = asyncio.create_task(self._follow_clock(self.app.engine))
        await self._introduce(f"{self.app.url}/webhook/event")
        return self

    async def _follow_clock(self, engine: Engine) -> None:
        """What the bot has put off for later comes due the moment somebody turns the emulator's clock."""
        changes = self.emulator.world.changes.subscribe()
        while True:
            if (await changes.get())["type"] in ("clock", "reset"):
                engine.wake()

    async def _introduce(self, webhook_url: str) -> None:
        """Save the bot's address in the emulator, which asks the bot to confirm it, as the platform does."""
        async with (
            aiohttp.ClientSession() as http,
            http.post(f"{self.url}/_emulator/app", json={"transport": "webhook", "webhook_url": webhook_url}) as answer,
        ):
            if answer.status != 200:
                raise RuntimeError(f"the emulator refused the bot's address: {await answer.text()}")

    async def stop(self) -> None:
        """First the emulator, so that nothing new is pushed, then the bot."""
        await self.emulator.stop()
        if self._following is not None:
            self._following.cancel()
        if self.app is not None:
            await self.app.stop()


async def play(
    *, host: str, port: int, seed: Path | None, now: datetime | None, database_url: str | None, browser: bool
) -> int:
    """Run until SIGINT or SIGTERM; prints the address once everything is ready."""
    log.configure("WARNING", "console")
    stopping = asyncio.Event()
    for signal_ in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(signal_, stopping.set)
    world = make_world(seed, now=now)
    with tempfile.TemporaryDirectory(prefix="daylark-") as folder:
        url = database_url or f"sqlite:///{folder}/playground.db"
        playground = await Playground(Emulator(world), url).start(host, port)
        print(f"Daylark's playground is open at {playground.url}", flush=True)
        if browser:
            webbrowser.open(playground.url)
        try:
            await stopping.wait()
        finally:
            await playground.stop()
    return 0

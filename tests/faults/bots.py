"""A bot in a process of its own, to be killed without warning."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path

import aiohttp

from bot.emulator.server import Emulator

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


class BotProcess:
    """``daylark serve`` against an emulator."""

    def __init__(self, emulator: Emulator, database_url: str, port: int | None = None) -> None:
        app = emulator.world.app
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._env = {k: v for k, v in os.environ.items() if not k.startswith("DAYLARK_")} | {
            "PYTHONPATH": str(ROOT),
            "DAYLARK_APP_ID": app.app_id,
            "DAYLARK_APP_SECRET": app.app_secret,
            "DAYLARK_VERIFICATION_TOKEN": app.verification_token,
            "DAYLARK_ENCRYPT_KEY": app.encrypt_key,
            "DAYLARK_DOMAIN": emulator.base_url,
            "DAYLARK_DATABASE_URL": database_url,
            "DAYLARK_PORT": str(self.port),
            "DAYLARK_LOG_LEVEL": "WARNING",
        }
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    async def start(self) -> None:
        """Start it and wait until it can take updates."""
        self._process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "serve", env=self._env)
        async with aiohttp.ClientSession() as http:
            for _ in range(600):
                try:
                    async with http.get(f"{self.url}/readyz") as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientConnectionError:
                    pass
                assert self._process.returncode is None, "the bot ended by itself"
                await asyncio.sleep(0.05)
        raise AssertionError("the bot did not become ready")

    async def kill(self) -> None:
        """SIGKILL: no goodbye, nothing flushed."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        await self._process.wait()

    async def stop(self) -> None:
        """SIGTERM, as an operator would."""
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            await asyncio.wait_for(self._process.wait(), 15)

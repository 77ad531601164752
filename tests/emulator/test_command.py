"""``daylark emulator`` as somebody with another bot starts it."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.emulator.command import run


@asynccontextmanager
async def emulator(*options: str) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """The process and its address; stopped as a terminal would stop it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "emulator", "--port", "0", *options, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(60):
            line = (await process.stdout.readline()).decode()
        yield process, next(word for word in line.split() if word.startswith("http://"))
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.communicate()


async def test_it_starts_with_ones_own_credentials_and_stops_quietly(tmp_path: Path) -> None:
    seed = tmp_path / "seed.json"
    seed.write_text(json.dumps({"users": {"a": {"name": "Ada"}}, "chats": []}), encoding="utf-8")
    keys = {"app_id": "cli_00000000000000aa", "app_secret": "mine"}
    options = ["--seed", str(seed), "--now", "2030-05-06T07:00:00+00:00"]
    options += ["--app-id", keys["app_id"], "--app-secret", keys["app_secret"]]
    async with emulator(*options) as (process, url), aiohttp.ClientSession() as http:
        async with http.get(f"{url}/_emulator/state") as answer:
            state = await answer.json()
        assert state["now"].startswith("2030-05-06T07:00")
        assert [user["name"] for user in state["users"]] == ["Ada"]
        async with http.post(f"{url}/open-apis/auth/v3/tenant_access_token/internal", json=keys) as answer:
            assert (await answer.json())["code"] == 0
        async with http.get(f"{url}/_emulator/stream") as stream:  # an open page does not hold it up
            await stream.content.readline()
            process.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(process.wait(), 10) == 0


def test_a_seed_that_is_not_there() -> None:
    options = argparse.Namespace(
        seed=Path("/nowhere/seed.json"),
        now=None,
        app_id=None,
        app_secret=None,
        encrypt_key=None,
        verification_token=None,
        webhook=None,
        host="127.0.0.1",
        port=0,
        limits=False,
    )
    with pytest.raises(SystemExit) as stopped:
        run(options)
    assert "/nowhere/seed.json" in str(stopped.value)

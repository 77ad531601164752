"""A playground of its own for each test, on Wednesday, 18 November 2026, at ten in Shanghai."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.emulator.seed import make_world
from bot.emulator.server import Emulator
from bot.playground import Playground


@pytest.fixture
async def playground(tmp_path: Path) -> AsyncIterator[Playground]:
    world = make_world(now=datetime.fromisoformat("2026-11-18T10:00:00+08:00"))
    it = Playground(Emulator(world), f"sqlite:///{tmp_path}/daylark.db")
    try:
        yield await it.start()
    finally:
        await it.stop()

"""The cast. Stories begin on Wednesday, 18 November 2026, at ten in Shanghai, with the seed's people."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.stage import Actor, Stage, stage


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Stage]:
    async with stage(tmp_path) as it:
        yield it


@pytest.fixture
async def mei(scene: Stage) -> Actor:
    return scene.person("Mei")


@pytest.fixture
async def alice(scene: Stage) -> Actor:
    return scene.person("Alice")


@pytest.fixture
async def bob(scene: Stage) -> Actor:
    return scene.person("Bob")


@pytest.fixture
async def team(scene: Stage) -> str:
    """A group of Mei, Alice and Bob with the bot in it."""
    return await scene.team("Mei", "Alice", "Bob")

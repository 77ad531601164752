"""Every row of the contract through the vendor's Python SDK: its request classes, its models, its transport."""

from __future__ import annotations

import itertools

import pytest

from tests.emulator.sdk_stories import STORIES, WITHOUT_A_METHOD, wanted
from tests.emulator.tenant import running
from tests.emulator.witness import PythonSdk

NUMBERS = itertools.count(1)


@pytest.mark.parametrize("story", STORIES)
async def test_a_system(story: str) -> None:
    # The SDK keeps tokens by app id for as long as the process lives: every test is an app of its own.
    async with running(app_id=f"cli_5d1e{next(NUMBERS):012x}") as tenant:
        sdk = PythonSdk(tenant)
        await STORIES[story](sdk)
        assert len(sdk.refusals) >= 2, "at least two documented refusals"


async def test_every_row_is_told() -> None:
    """The stories leave no row out, and use the SDK's own classes wherever it has one."""
    answered, typed = set[str](), set[str]()
    for story in STORIES.values():
        async with running(app_id=f"cli_5d1f{next(NUMBERS):012x}") as tenant:
            sdk = PythonSdk(tenant)
            await story(sdk)
            answered |= sdk.answered
            typed |= sdk.typed
    assert wanted() - answered == set()
    assert answered - typed == WITHOUT_A_METHOD

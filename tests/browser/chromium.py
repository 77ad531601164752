"""Debian's chromium under Playwright, for the tests that play in a real browser."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def _require() -> None:
    """Without a browser the tests are skipped, except in CI, where that is a failure."""
    if CHROMIUM.exists():
        return
    reason = f"the browser tests need chromium at {CHROMIUM} (apt install chromium)"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A running browser."""
    _require()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        try:
            yield browser
        finally:
            await browser.close()


@dataclass
class Tab:
    """One page and every complaint its console made."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text}")


@asynccontextmanager
async def tab(browser: Browser, url: str, **context: Any) -> AsyncIterator[Tab]:
    """The playground in a fresh profile; leaving fails when the console had errors or warnings."""
    options: dict[str, Any] = {"viewport": {"width": 1400, "height": 900}, "locale": "en-GB", **context}
    profile = await browser.new_context(**options)
    try:
        page = await profile.new_page()
        opened = Tab(page)
        page.on("console", opened.hear)
        page.on("pageerror", lambda error: opened.complaints.append(f"exception: {error}"))
        await page.goto(url)
        await page.get_by_test_id("chat-item").first.wait_for(state="attached")
        yield opened
        assert opened.complaints == []
    finally:
        await profile.close()

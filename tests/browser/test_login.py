"""Logging in by hand in a real browser: from the button in the chat through the platform's page and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from bot.playground import Playground
from tests.browser.chromium import chromium, tab

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


async def test_a_person_logs_in_without_leaving_the_keyboard(playground: Playground, tmp_path: Path) -> None:
    mei = next(user for user in playground.emulator.world.users.values() if user.name == "Mei")
    address = f"{playground.url}/#as={mei.open_id}"
    async with chromium() as browser, tab(browser, address, viewport={"width": 1280, "height": 900}) as opened:
        page = opened.page
        await page.get_by_test_id("chat-item").filter(has_text="Daylark").first.click()
        await page.get_by_test_id("composer").fill("/login")
        await page.keyboard.press("Escape")  # the list of commands
        await page.get_by_test_id("send").click()

        button = page.get_by_test_id("card-button").filter(has_text="登录").first
        await expect(button).to_be_visible()
        await page.screenshot(path=tmp_path / "login_card.png")
        async with page.context.expect_page() as opening:
            await button.click()
        login = await opening.value

        await login.get_by_role("link", name="Mei", exact=True).focus()
        await login.keyboard.press("Enter")
        await expect(login.get_by_role("heading")).to_be_visible()
        assert login.url.startswith(f"{playground.app.url if playground.app else ''}/oauth/callback")
        await expect(login.locator("main")).to_contain_text("go back to the chat")
        assert await login.evaluate("getComputedStyle(document.body).maxWidth") == "512px"  # its own style arrived
        await login.screenshot(path=tmp_path / "login_page.png")

        await expect(page.get_by_test_id("card").last).to_contain_text("登录成功")
        await page.screenshot(path=tmp_path / "logged_in.png")

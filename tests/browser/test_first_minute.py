"""The README's first minute, played in a real browser against the real bot; the README's picture comes from here.

With ``DAYLARK_PICTURE=docs/playground.png`` in the environment the picture is written there as well.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.async_api import expect

from bot.playground import Playground
from tests.browser.chromium import chromium, tab

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
SAY = "@Daylark 明天下午3点和 @Alice @Bob 过一下方案"


async def test_say_it_see_who_is_free_tap_and_the_meeting_stands(playground: Playground, tmp_path: Path) -> None:
    async with chromium() as browser, tab(browser, playground.url, viewport={"width": 1440, "height": 1080}) as opened:
        page = opened.page
        await page.get_by_test_id("chat-item").filter(has_text="Launch crew").click()
        composer = page.get_by_test_id("composer")
        await composer.fill(SAY)
        await page.keyboard.press("Escape")  # the list of names
        await page.get_by_test_id("send").click()

        offer = page.get_by_test_id("card-button").filter(has_text="15:00")
        await expect(offer.first).to_be_visible()
        card = page.get_by_test_id("card").last
        await expect(card).to_contain_text("11月19日")
        await expect(card.locator("svg").first).to_be_visible()
        await page.wait_for_timeout(600)  # the message has slid in
        picture = await page.screenshot(path=tmp_path / "playground.png")
        if "DAYLARK_PICTURE" in os.environ:
            Path(os.environ["DAYLARK_PICTURE"]).write_bytes(picture)

        await offer.first.click()

        await expect(page.get_by_test_id("toast").first).to_be_visible()
        stands = page.get_by_test_id("calendar-event").filter(has_text="过一下方案")
        await expect(stands.first).to_be_visible()
        await expect(page.get_by_test_id("card").last).to_contain_text("Alice")
        await expect(page.get_by_test_id("card-button").filter(has_text="15:00")).to_have_count(0)

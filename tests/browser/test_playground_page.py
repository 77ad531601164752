"""The playground's page in a real browser: people, chats, keyboard, calendar, clock."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.emulator.seed import make_world
from bot.emulator.server import Emulator
from tests.browser.chromium import chromium, tab
from tests.browser.scene import MONDAY, SEED, Scene, card, open_group, scene, words

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def stage() -> AsyncIterator[Scene]:
    async with scene() as opened:
        yield opened


async def test_the_page_speaks_the_language_of_the_person_looked_through(browser: Browser, stage: Scene) -> None:
    async with tab(browser, stage.address("mei")) as opened:
        page = opened.page
        await expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
        await expect(page.get_by_role("tab", name="日历")).to_be_visible()
        await page.get_by_test_id("person-switch").click()
        await page.get_by_test_id("person-option").filter(has_text="Bob").click()
        await expect(page.locator("html")).to_have_attribute("lang", "en-GB")
        await expect(page.get_by_role("tab", name="Calendar")).to_be_visible()
        await expect(page.get_by_test_id("clock-now")).to_contain_text("Sun 22 Nov 20:20")


async def test_a_message_is_sent_with_enter_and_reaches_the_app(browser: Browser, stage: Scene) -> None:
    async with tab(browser, stage.address()) as opened:
        page = opened.page
        await page.get_by_test_id("composer").fill("hello <b>there</b>")
        await page.keyboard.press("Enter")
        await expect(page.get_by_test_id("message")).to_contain_text("hello <b>there</b>")
        await expect(page.get_by_test_id("composer")).to_have_value("")
        await stage.call("GET", "/_emulator/idle")
        assert stage.heard == ["hello <b>there</b>"]


async def test_people_are_completed_after_an_at_sign_and_homonyms_get_both_names(
    browser: Browser, stage: Scene
) -> None:
    async with tab(browser, stage.address()) as opened:
        page = opened.page
        await open_group(page)
        composer = page.get_by_test_id("composer")
        await composer.press_sequentially("@day")
        await expect(page.get_by_test_id("completion")).to_have_count(1)
        await page.keyboard.press("Enter")
        await expect(composer).to_have_value("@Daylark ")
        await composer.press_sequentially("meet @王")
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Tab")
        await expect(composer).to_have_value("@Daylark meet @王伟 William Wang ")
        await page.keyboard.press("Enter")
        await expect(page.locator(".message .mention")).to_have_text(["@Daylark", "@王伟"])


async def test_a_command_in_a_group_brings_the_mention_along(browser: Browser, stage: Scene) -> None:
    async with tab(browser, stage.address()) as opened:
        page = opened.page
        await open_group(page)
        await page.get_by_test_id("composer").press_sequentially("/fi")
        await expect(page.get_by_test_id("completion")).to_have_text(["//findFind a time that suits everybody"])
        await page.keyboard.press("Enter")
        await expect(page.get_by_test_id("composer")).to_have_value("@Daylark /find ")


async def test_a_half_composed_word_is_not_sent(browser: Browser, stage: Scene) -> None:
    async with tab(browser, stage.address()) as opened:
        page = opened.page
        composer = page.get_by_test_id("composer")
        await composer.focus()
        input_method = await page.context.new_cdp_session(page)
        composing = {"selectionStart": 3, "selectionEnd": 3, "text": "nih"}
        await input_method.send("Input.imeSetComposition", composing)
        await composer.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
        await expect(composer).to_have_value("nih")
        await input_method.send("Input.insertText", {"text": "你好"})
        await page.keyboard.press("Enter")
        await expect(page.get_by_test_id("message")).to_contain_text("你好")


async def test_a_reply_quotes_what_it_answers(browser: Browser, stage: Scene) -> None:
    message_id = await stage.send(card(words("News", "消息", "お知らせ")))
    async with tab(browser, stage.address()) as opened:
        page = opened.page
        await open_group(page)
        first = page.locator(f'[data-message-id="{message_id}"]')
        await first.hover()
        await first.get_by_role("button", name="Reply").click()
        await expect(page.locator("#reply-bar")).to_contain_text("Replying to Daylark")
        await page.keyboard.type("thanks")
        await page.keyboard.press("Enter")
        answer = page.get_by_test_id("message").last
        await expect(answer.locator(".bubble")).to_have_text("thanks")
        await expect(answer.locator(".quote")).to_have_text("DaylarkNews")
        await expect(page.locator("#reply-bar")).to_be_hidden()
        await answer.locator(".quote").click()
        await expect(first).to_be_focused()


async def test_a_message_for_another_chat_is_marked_unread(browser: Browser, stage: Scene) -> None:
    async with tab(browser, stage.address()) as opened:
        page = opened.page
        await expect(page.locator("#chat-name")).to_have_text("Daylark")
        await stage.send(card(words("News", "消息", "お知らせ")))
        group = page.get_by_test_id("chat-item").filter(has_text="Launch")
        await expect(group.locator(".badge")).to_have_text("1")
        await group.click()
        await expect(group.locator(".badge")).to_have_count(0)


async def test_an_event_is_created_moved_and_deleted_in_the_week(browser: Browser, stage: Scene) -> None:
    async with tab(browser, stage.address("mei")) as opened:
        page = opened.page
        await page.get_by_label("页面语言").select_option("en")
        await page.get_by_role("button", name="New event").click()
        await page.get_by_label("Title").fill("Retro")
        await page.get_by_label("Starts").fill("2026-11-25T15:00")
        await page.get_by_role("button", name="Create").click()
        event = page.get_by_test_id("calendar-event")
        await expect(event).to_have_attribute("aria-label", "Retro, 15:00–15:30")
        await event.click()
        await page.get_by_label("New start").fill("2026-11-26T10:00")
        await page.get_by_role("button", name="Move").click()
        await expect(event).to_have_attribute("aria-label", "Retro, 10:00–10:30")
        await expect(page.locator('[data-day="2026-11-26"] .event')).to_have_count(1)
        await event.click()
        await page.get_by_role("button", name="Delete").click()
        await page.get_by_role("dialog", name="Delete “Retro”?").get_by_role("button", name="Delete").click()
        await expect(event).to_have_count(0)


async def test_time_is_frozen_moved_and_set(browser: Browser, stage: Scene) -> None:
    async with tab(browser, stage.address()) as opened:
        page = opened.page
        clock = page.get_by_test_id("clock-now")
        await page.get_by_role("button", name="Freeze time").click()
        await expect(page.get_by_text("frozen", exact=True)).to_be_visible()
        await page.get_by_role("button", name="One hour later").click()
        await expect(clock).to_contain_text("Sun 22 Nov 21:20")
        await page.get_by_role("button", name="Set the time").click()
        await page.locator("#clock-field").fill("2026-11-30T08:00")
        await page.keyboard.press("Enter")
        await expect(clock).to_have_text("Mon 30 Nov 08:00:00")
        await expect(page.locator(".week-day.is-today")).to_have_text("Mon30")


async def test_the_keyboard_alone_is_enough(browser: Browser, stage: Scene) -> None:
    message_id = await stage.send(card(words("News", "消息", "お知らせ")))
    async with tab(browser, stage.address()) as opened:
        page = opened.page
        await page.keyboard.press("Tab")
        await expect(page.get_by_text("Skip to the conversation")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.get_by_test_id("composer")).to_be_focused()
        await page.locator(".chat-item.is-current").focus()
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")
        await expect(page.locator("#chat-name")).to_have_text("Launch")
        await page.locator(f'[data-message-id="{message_id}"]').focus()
        await page.keyboard.press("Tab")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await expect(page.locator("#inspector")).to_contain_text(message_id)
        await page.keyboard.press("Escape")
        await expect(page.locator("#inspector")).to_be_hidden()
        await page.get_by_test_id("person-switch").focus()
        await page.keyboard.press("Enter")
        await page.keyboard.type("Taro")
        await page.keyboard.press("Enter")
        await expect(page.locator("html")).to_have_attribute("lang", "ja-JP")


async def test_dark_follows_the_system_until_somebody_chooses(browser: Browser, stage: Scene) -> None:
    async with tab(browser, stage.address(), color_scheme="dark") as opened:
        page = opened.page
        surface = "getComputedStyle(document.querySelector('main')).backgroundColor"
        assert await page.evaluate(surface) == "rgb(25, 28, 36)"
        await page.get_by_role("button", name="Light or dark: As the system").click()
        assert await page.evaluate(surface) == "rgb(255, 255, 255)"
        await page.reload()
        await page.get_by_role("button", name="Light or dark: Light").wait_for()
        assert await page.evaluate(surface) == "rgb(255, 255, 255)"


async def test_on_a_phone_the_panes_are_tabs_and_nothing_sticks_out(browser: Browser, stage: Scene) -> None:
    async with tab(browser, stage.address(), viewport={"width": 375, "height": 740}) as opened:
        page = opened.page
        for pane, visible in (("Chats", "#rail"), ("Calendar", "#side"), ("Conversation", "#conversation")):
            await page.locator(".tabs").get_by_role("button", name=pane).click()
            await expect(page.locator(visible)).to_be_visible()
            assert await page.evaluate("document.documentElement.scrollWidth") == 375


@pytest.mark.parametrize("width", [700, 1000, 1180, 1600])
async def test_nothing_sticks_out_at_any_width(browser: Browser, stage: Scene, width: int) -> None:
    async with tab(browser, stage.address(), viewport={"width": width, "height": 740}) as opened:
        sticking_out = """() => [...document.querySelectorAll("header.top *, .rail *, .side *, .compose > *")]
            .filter((node) => node.offsetParent && node.getBoundingClientRect().right > innerWidth + 0.5)
            .map((node) => node.id || node.className)"""
        assert await opened.page.evaluate(sticking_out) == []


async def test_everything_begins_again_after_a_reset(browser: Browser, stage: Scene) -> None:
    async with tab(browser, stage.address()) as opened:
        page = opened.page
        await page.get_by_test_id("composer").fill("hello")
        await page.keyboard.press("Enter")
        await expect(page.get_by_test_id("message")).to_have_count(1)
        await page.get_by_role("button", name="Start over").click()
        await page.get_by_role("dialog").get_by_role("button", name="Start over").click()
        await expect(page.get_by_text("What shall we plan?")).to_be_visible()
        await expect(page.get_by_test_id("message")).to_have_count(0)


async def test_a_lost_connection_is_told_and_comes_back_by_itself(browser: Browser, stage: Scene) -> None:
    async with tab(browser, stage.address()) as opened:
        page = opened.page
        port = int(stage.emulator.base_url.rsplit(":", 1)[1])
        await stage.emulator.stop()
        await expect(page.get_by_test_id("toast").filter(has_text="Connection lost")).to_be_visible()
        again = Emulator(make_world(SEED, now=MONDAY))
        await again.start(port=port)
        async with again:
            await expect(page.get_by_test_id("toast").last).to_contain_text("Connected again", timeout=15_000)
            await expect(page.get_by_test_id("chat-item")).to_have_count(2)
        opened.complaints.clear()  # the browser itself reports the refused connections

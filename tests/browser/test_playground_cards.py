"""Cards in the playground's page, in a real browser: taps, forms, questions, charts, time zones, hostile text."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser.chromium import chromium, tab
from tests.browser.scene import Json, Scene, button, card, open_group, scene, words

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def stage() -> AsyncIterator[Scene]:
    async with scene() as opened:
        yield opened


async def test_a_tap_shows_its_toast_and_redraws_the_card_where_it_is(browser: Browser, stage: Scene) -> None:
    choice = button(words("Take it", "就这个", "これにする"), "pick", element_id="pick1", type="primary_filled")
    message_id = await stage.send(card(words("Two times fit", "有两个时间", "二つの候補"), choice))
    async with tab(browser, stage.address("taro")) as opened:
        page = opened.page
        await open_group(page)
        shown = page.locator(f'[data-message-id="{message_id}"]')
        await expect(shown.locator(".card-title")).to_have_text("二つの候補")
        await shown.get_by_test_id("card-button").click()
        await expect(page.get_by_test_id("toast")).to_contain_text("Booked it")
        await expect(shown.locator(".card-title")).to_have_text("予約済み")
        assert [tap["value"] for tap in stage.taps] == [{"do": "pick"}]
        assert stage.taps[0]["timezone"] == "Asia/Tokyo"


async def test_a_form_wants_its_required_fields_and_sends_the_rest(browser: Browser, stage: Scene) -> None:
    people = words("Who comes?", "谁参加", "参加者")
    fields: list[Json] = [
        {"tag": "input", "name": "title", "label": words("Title", "标题", "件名"), "required": True, "behaviors": []},
        {"tag": "multi_select_person", "name": "who", "placeholder": people, "required": False},
        {"tag": "date_picker", "name": "day", "initial_date": "2026-11-24", "value": {"x": "y"}, "required": True},
        button(words("Book", "预订", "予約"), "room", name="go", form_action_type="submit"),
    ]
    await stage.send(
        card(words("Book a room", "订会议室", "会議室"), {"tag": "form", "name": "room", "elements": fields})
    )
    async with tab(browser, stage.address()) as opened:
        page = opened.page
        await open_group(page)
        await page.get_by_test_id("card-button").click()
        await expect(page.get_by_test_id("toast")).to_contain_text("Please fill in: Title")
        await expect(page.get_by_label("Title")).to_be_focused()
        await page.get_by_label("Title").fill("Retro")
        await page.locator("summary", has_text="Who comes?").click()
        await page.get_by_label("山田太郎").check()
        await page.keyboard.press("Escape")
        await page.get_by_test_id("card-button").click()
        await expect(page.locator(".card-title")).to_have_text("Booked")
        expected = {"title": "Retro", "who": [stage.people()["taro"]], "day": "2026-11-24 -0500"}
        assert stage.taps[0]["form_value"] == expected


async def test_a_dangerous_button_asks_first(browser: Browser, stage: Scene) -> None:
    question = {
        "title": words("Drop it?", "放弃？", "やめますか"),
        "text": words("Nothing is booked.", "没有预订", "未予約"),
    }
    await stage.send(
        card(words("Draft", "草稿", "下書き"), button(words("Drop", "放弃", "やめる"), "drop", confirm=question))
    )
    async with tab(browser, stage.address()) as opened:
        page = opened.page
        await open_group(page)
        await page.get_by_test_id("card-button").click()
        await expect(page.get_by_role("dialog")).to_contain_text("Nothing is booked.")
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)
        assert stage.taps == []
        await page.get_by_test_id("card-button").click()
        await page.get_by_role("button", name="Confirm").click()
        await expect(page.locator(".card-title")).to_have_text("Booked")


async def test_free_and_busy_read_without_colour(browser: Browser, stage: Scene) -> None:
    states = ["free", "busy", "busy", "tentative"]
    values = [
        {"who": "Mei", "piece": f"{at:02d}", "state": state, "minutes": 30, "label": label}
        for at, (state, label) in enumerate(
            zip(states, ["09:00–09:30", "09:30–10:00", "10:00–10:30", "10:30–11:00"], strict=True)
        )
    ]
    chart = {"type": "bar", "direction": "horizontal", "stack": True, "data": [{"id": "freebusy", "values": values}]}
    spec = {**chart, "xField": "minutes", "yField": "who", "seriesField": "piece"}
    await stage.send(card(words("Free", "空闲", "空き"), {"tag": "chart", "chart_spec": spec}))
    async with tab(browser, stage.address()) as opened:
        page = opened.page
        await open_group(page)
        picture = page.get_by_role("img", name="Mei: 09:30–10:30 busy, 10:30–11:00 tentative")
        await expect(picture).to_be_visible()
        await expect(picture.locator("rect.fb")).to_have_count(3)
        await page.get_by_text("Show as a table").click()
        table = page.get_by_role("table").filter(has_text="09:30–10:30")
        await expect(table.get_by_role("row")).to_have_text(
            ["WhoWhenState", "Mei09:00–09:30free", "Mei09:30–10:30busy", "Mei10:30–11:00tentative"]
        )


async def test_times_in_a_card_are_in_the_readers_own_zone_and_data_is_never_markup(
    browser: Browser, stage: Scene
) -> None:
    moment = int(datetime(2026, 11, 24, 6, 0, tzinfo=UTC).timestamp() * 1000)
    text = (
        f"<local_datetime millisecond='{moment}' format_type='time'></local_datetime> **bold** "
        "&lt;img src=x onerror=alert(1)&gt; <img src=x onerror=alert(2)> [link](javascript:alert(3))"
    )
    await stage.send(card(words("Hi", "嗨", "やあ"), {"tag": "markdown", "content": text}))
    for who, clock in (("mei", "14:00"), ("taro", "15:00"), ("bob", "01:00")):
        async with tab(browser, stage.address(who)) as opened:
            page = opened.page
            await open_group(page)
            await expect(page.locator(".md time")).to_have_text(clock)
            await expect(page.locator(".md strong")).to_have_text("bold")
            await expect(page.locator(".md img, .md a")).to_have_count(0)
            await expect(page.locator(".md")).to_contain_text("<img src=x onerror=alert(2)>")

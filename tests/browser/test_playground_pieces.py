"""The page's own rules of time, layout and markdown, asked inside the browser that runs them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page

from tests.browser.chromium import chromium, tab
from tests.browser.scene import scene

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def page() -> AsyncIterator[Page]:
    async with scene() as stage, chromium() as browser, tab(browser, stage.address("bob")) as opened:
        yield opened.page


async def ask(page: Page, module: str, expression: str, *values: Any) -> Any:
    """The value of an expression in which ``m`` is a module of the page and ``v`` what is passed."""
    url = await page.evaluate("(name) => new URL(`playground/js/${name}.js`, document.baseURI).href", module)
    return await page.evaluate(
        f"async ([url, v]) => {{ const m = await import(url); return {expression}; }}", [url, values]
    )


@pytest.mark.parametrize(
    ("day", "minutes", "zone", "instant"),
    [
        ("2026-11-24", 9 * 60, "Asia/Shanghai", "2026-11-24T01:00:00.000Z"),
        ("2026-11-24", 9 * 60, "Asia/Kathmandu", "2026-11-24T03:15:00.000Z"),
        ("2026-03-08", 3 * 60, "America/New_York", "2026-03-08T07:00:00.000Z"),  # the first minute of summer time
        ("2026-03-08", 60, "America/New_York", "2026-03-08T06:00:00.000Z"),
        ("2026-10-25", 4 * 60, "Europe/Berlin", "2026-10-25T03:00:00.000Z"),  # after the hour that came twice
        ("2026-12-31", 24 * 60, "UTC", "2027-01-01T00:00:00.000Z"),
    ],
)
async def test_wall_clocks_become_instants_and_come_back(
    page: Page, day: str, minutes: int, zone: str, instant: str
) -> None:
    there = await ask(page, "zones", "new Date(m.instant(...v)).toISOString()", day, minutes, zone)
    assert there == instant
    back = await ask(page, "zones", "m.wall(Date.parse(v[0]), v[1])", instant, zone)
    assert back["hour"] * 60 + back["minute"] == minutes % (24 * 60)


@pytest.mark.parametrize(
    ("day", "monday"), [("2026-11-23", "2026-11-23"), ("2026-11-29", "2026-11-23"), ("2027-01-01", "2026-12-28")]
)
async def test_weeks_begin_on_monday(page: Page, day: str, monday: str) -> None:
    assert await ask(page, "zones", "m.mondayOf(v[0])", day) == monday


async def test_offsets_are_written_in_full(page: Page) -> None:
    written = "m.iso(Date.parse('2026-11-24T03:15:00Z'), v[0])"
    assert await ask(page, "zones", written, "Asia/Kathmandu") == "2026-11-24T09:00:00+05:45"
    assert await ask(page, "zones", written, "America/New_York") == "2026-11-23T22:15:00-05:00"


def timed(start: str, end: str) -> dict[str, str]:
    return {"event_id": start, "start": f"2026-11-24T{start}:00+08:00", "end": f"2026-11-24T{end}:00+08:00"}


async def test_overlapping_events_share_the_width_and_others_keep_it(page: Page) -> None:
    events = [timed("09:00", "11:00"), timed("10:00", "10:30"), timed("10:30", "12:00"), timed("12:00", "13:00")]
    placed = (
        "m.piecesOf('2026-11-24', v[0].map(m.understood), 'Asia/Shanghai').map((p) => [p.top, p.column, p.columns])"
    )
    assert await ask(page, "calendar_layout", placed, events) == [[540, 0, 2], [600, 1, 2], [630, 1, 2], [720, 0, 1]]


async def test_an_event_over_midnight_has_a_piece_on_both_days(page: Page) -> None:
    night = {"event_id": "n", "start": "2026-11-24T23:00:00+08:00", "end": "2026-11-25T01:30:00+08:00"}
    pieces = "m.piecesOf(v[0], v[1].map(m.understood), 'Asia/Shanghai').map((p) => [p.top, p.length])"
    assert await ask(page, "calendar_layout", pieces, "2026-11-24", [night]) == [[1380, 60]]
    assert await ask(page, "calendar_layout", pieces, "2026-11-25", [night]) == [[0, 90]]


async def test_whole_days_include_the_last_and_are_cut_at_the_week(page: Page) -> None:
    days = [f"2026-11-{day}" for day in range(23, 30)]
    events = [
        {"event_id": "leave", "start": {"date": "2026-11-26"}, "end": {"date": "2026-11-27"}},
        {"event_id": "trip", "start": {"date": "2026-11-20"}, "end": {"date": "2026-11-23"}},
        {"event_id": "fair", "start": {"date": "2026-11-27"}, "end": {"date": "2026-12-02"}},
    ]
    bars = "m.barsOf(v[0], v[1].map(m.understood)).bars.map((b) => [b.event.event_id, b.from, b.to, b.row])"
    assert await ask(page, "calendar_layout", bars, days, events) == [
        ["leave", 3, 4, 0],
        ["trip", 0, 0, 1],
        ["fair", 4, 6, 1],
    ]


@pytest.mark.parametrize(
    ("source", "drawn"),
    [
        ("**bold** and *slanted* ~~gone~~", "<p><strong>bold</strong> and <em>slanted</em> <s>gone</s></p>"),
        ("one\ntwo\n\nthree", "<p>one<br>two</p><p>three</p>"),
        ("2 &#42; 3 &lt; 7 &amp;amp;", "<p>2 * 3 &lt; 7 &amp;amp;</p>"),
        ("\\*not slanted\\*", "<p>*not slanted*</p>"),
        ("2*3*4", "<p>2<em>3</em>4</p>"),
        ("<font color='red'>late **now**</font>", '<p><span class="ink-red">late <strong>now</strong></span></p>'),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
        ("[mail](mailto:a@example.com)", None),
        ("[no](javascript:alert(1))", None),
    ],
)
async def test_markdown_becomes_elements(page: Page, source: str, drawn: str | None) -> None:
    html = """(() => {
        const box = document.createElement("div");
        box.append(m.markdown(v[0], {zone: "UTC"}));
        return box.innerHTML;
    })()"""
    found = await ask(page, "card_markdown", html, source)
    if drawn is not None:
        assert found == drawn
    elif "javascript" in source:
        assert "<a" not in found
    else:
        assert 'href="mailto:a@example.com"' in found


async def test_lists_nest_by_their_indentation(page: Page) -> None:
    source = "- one\n    - inside\n- two\n1. first"
    outline = """(() => {
        const box = document.createElement("div");
        box.append(m.markdown(v[0], {}));
        const item = (li) => [li.firstChild.textContent, ...[...li.children].map(walk)];
        const walk = (list) => [...list.children].map(item);
        return [...box.querySelector(".md-lists").children].map((list) => [list.tagName, walk(list)]);
    })()"""
    assert await ask(page, "card_markdown", outline, source) == [
        ["UL", [["one", [["inside"]]], ["two"]]],
        ["OL", [["first"]]],
    ]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=WEEKLY;BYDAY=MO,WE", "Repeats: every week on Mon, Wed"),
        ("FREQ=DAILY;INTERVAL=2;COUNT=5", "Repeats: every 2 days 5 times"),
        ("FREQ=WEEKLY;UNTIL=20261231T155959Z", "Repeats: every week until Thursday 31 December 2026"),
        ("FREQ=MONTHLY;BYDAY=1MO", "Repeats: FREQ=MONTHLY;BYDAY=1MO"),
    ],
)
async def test_rules_are_said_in_words_or_shown_as_they_are(page: Page, rule: str, words: str) -> None:
    assert (await ask(page, "recurrence", "m.ruleText(v[0], 'Asia/Shanghai')", rule)).replace(",", "") == words.replace(
        ",", ""
    )

"""Series and whole days: told as what they are before anything is written."""

from __future__ import annotations

import pytest

from tests.stage import Actor


@pytest.mark.parametrize(
    "text",
    [
        "@Daylark 后天全天和 @Alice 团建",
        "@Daylark all-day offsite with @Alice on Friday",
        "@Daylark 金曜日は終日 @Alice さんと研修",
    ],
)
async def test_a_whole_day_is_a_whole_day(text: str, team: str, mei: Actor, alice: Actor) -> None:
    card = await mei.asks(text, chat=team)
    assert "11月20日 周五 全天" in card.text
    booked = await mei.clicks("slot_1", on=card)
    assert "11月20日 周五 全天" in booked.card.text
    for person in (mei, alice):
        events = [e for e in await person.calendar() if e["start"] == {"date": "2026-11-20"}]
        assert [e["end"] for e in events] == [{"date": "2026-11-20"}]


async def test_what_somebody_has_that_day_is_shown_first(team: str, mei: Actor, alice: Actor) -> None:
    await alice.is_busy("2026-11-20T14:00:00+08:00", "2026-11-20T15:00:00+08:00")
    card = await mei.asks("@Daylark 后天全天和 @Alice 团建", chat=team)
    assert "Alice" in card.text
    await mei.clicks("book_anyway", on=card)
    assert [e for e in await mei.calendar() if e["start"] == {"date": "2026-11-20"}]


async def test_a_series_says_that_it_is_one(team: str, mei: Actor, alice: Actor) -> None:
    card = await mei.asks("@Daylark /meet every Monday 9:30 15m @Alice standup", chat=team)
    assert "每周的周一" in card.text
    await mei.clicks("slot_1", on=card)
    mondays = [e["start"] for e in await alice.calendar() if e["title"] == "standup"]
    assert [start[5:10] for start in mondays] == ["11-23", "11-30", "12-07", "12-14"]

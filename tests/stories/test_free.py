"""Who is free, without a word about what people do."""

from __future__ import annotations

import pytest

from tests.stage import Actor, Stage


@pytest.mark.parametrize(
    "text",
    [
        "@Daylark @Bob 明天下午有空吗",
        "@Daylark is @Bob free tomorrow afternoon?",
        "@Daylark @Bob さんは明日の午後空いていますか",
        "@Daylark /free @Bob tomorrow afternoon",
    ],
)
async def test_busy_times_are_shown_but_never_titles(
    text: str, scene: Stage, team: str, mei: Actor, bob: Actor
) -> None:
    await bob.is_busy("2026-11-19T14:30:00+08:00", "2026-11-19T16:00:00+08:00", "Salary talk")
    card = await mei.asks(text, chat=team)
    assert "Bob" in card.text
    assert "Salary" not in card.text
    assert "Salary" not in str(card.row["card"])
    assert "16:00" in card.text
    assert [row for row in await scene.calls() if "/calendars/:calendar_id/events" in row["path"]] == []


async def test_without_a_name_it_is_about_oneself(mei: Actor) -> None:
    card = await mei.asks("/free tomorrow")
    assert mei.name in card.text or "梅" in card.text


async def test_a_person_who_moved_tells_their_zone(team: str, mei: Actor) -> None:
    answer = await mei.asks("/settings timezone Asia/Tokyo")
    assert "Asia/Tokyo" in answer.text
    card = await mei.asks("@Daylark /meet tomorrow 15:00 @Bob", chat=team)
    booked = await mei.clicks(_pick(card), on=card)
    meeting = [e for e in await mei.calendar() if e["start"].startswith("2026-11-19T14:00:00+08:00")]
    assert len(meeting) == 1, booked.card.text


async def test_a_zone_that_is_none_gets_the_nearest(mei: Actor) -> None:
    answer = await mei.asks("/settings timezone Asia/Tokio")
    assert "Asia/Tokyo" in answer.text


def _pick(card: object) -> str:
    ids = [b["element_id"] for b in card.buttons]  # type: ignore[attr-defined]
    return "slot_1" if "slot_1" in ids else "book_anyway"

"""The parse receipt: what was understood, and a tap for each thing that was not meant so."""

from __future__ import annotations

import pytest

from tests.stage import Actor, Stage

ASK = "@Daylark 明天下午3点和 @Alice 过一下方案"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (ASK, ["明天下午3点", "过一下方案"]),
        ("@Daylark review the plan with @Alice tomorrow at 3pm for 45 minutes", ["tomorrow at 3pm", "45 minutes"]),
        ("@Daylark 明日の15時に @Alice さんと企画レビュー", ["明日の15時"]),
        ("@Daylark 明天 3pm 和 @Alice sync 一下", ["明天 3pm"]),
    ],
)
async def test_the_card_says_which_words_it_was_made_from(text: str, words: list[str], team: str, mei: Actor) -> None:
    card = await mei.asks(text, chat=team)
    for each in words:
        assert each in card.text
    assert "11月19日" in card.text


async def test_another_time(team: str, mei: Actor) -> None:
    card = await mei.asks(ASK, chat=team)
    asked = await mei.clicks("correct_when", on=card)
    fixed = await mei.clicks("next_week", on=asked.card)
    assert "11月23日" in fixed.card.text
    assert "过一下方案" in fixed.card.text


async def test_other_people(team: str, mei: Actor, bob: Actor) -> None:
    card = await mei.asks(ASK, chat=team)
    asked = await mei.clicks("correct_people", on=card)
    submit = next(
        b for b in asked.card.buttons if b["value"].get("do") == "draft.people" and "people" in b["element_id"]
    )
    fixed = await mei.clicks(submit["element_id"], on=asked.card, form={"people": [bob.open_id]})
    booked = await mei.clicks("slot_1", on=fixed.card)
    assert "Bob" in booked.card.text
    assert "Alice" not in booked.card.text


async def test_another_title(team: str, mei: Actor) -> None:
    card = await mei.asks(ASK, chat=team)
    asked = await mei.clicks("correct_title", on=card)
    submit = next(b for b in asked.card.buttons if b["value"].get("do") == "draft.title")
    fixed = await mei.clicks(submit["element_id"], on=asked.card, form={"title": "预算 **评审**"})
    await mei.clicks("slot_1", on=fixed.card)
    assert (await mei.meeting("预算 **评审**"))["start"] == "2026-11-19T15:00:00+08:00"


async def test_another_length_keeps_the_rest(scene: Stage, team: str, mei: Actor) -> None:
    card = await mei.asks(ASK, chat=team)
    fixed = await mei.clicks("length", on=card, option="90")
    await mei.clicks("slot_1", on=fixed.card)
    assert (await mei.meeting("过一下方案"))["end"] == "2026-11-19T16:30:00+08:00"

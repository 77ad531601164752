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


async def test_what_was_taken_for_a_series_can_be_one_meeting(team: str, mei: Actor) -> None:
    card = await mei.asks("@Daylark 每周一10点和 @Alice 同步项目", chat=team)
    fixed = await mei.clicks("correct_repeats", on=card)
    assert "每周" not in fixed.card.text
    await mei.clicks("slot_1", on=fixed.card)
    assert not (await mei.meeting("同步项目"))["recurrence"]


async def test_a_single_meeting_offers_no_end_to_a_series(team: str, mei: Actor) -> None:
    card = await mei.asks(ASK, chat=team)
    assert "correct_repeats" not in {b["element_id"] for b in card.buttons}


async def test_what_is_asked_next_can_wait_for_a_correction(team: str, mei: Actor) -> None:
    card = await mei.asks("@Daylark 和 @Alice 约个会", chat=team)
    asked = await mei.clicks("correct_people", on=card)
    when = await mei.clicks("alone", on=asked.card)
    times = await mei.clicks("tomorrow_afternoon", on=when.card)
    assert times.card.button("slot_1")
    assert "Alice" not in times.card.text


async def test_readings_are_asked_again_after_a_correction(team: str, mei: Actor) -> None:
    card = await mei.asks("@Daylark 周五7点和 @Alice 过发布", chat=team)
    asked = await mei.clicks("correct_people", on=card)
    when = await mei.clicks("alone", on=asked.card)
    times = await mei.clicks("next_week", on=when.card)
    assert times.card.button("slot_1")


async def test_a_room_is_understood_and_said_to_be_left_to_the_person(team: str, mei: Actor) -> None:
    card = await mei.asks("@Daylark 明天下午3点和 @Alice 过方案，要个3楼的会议室", chat=team)
    assert "3楼" in card.text
    assert "还不会订会议室" in card.text

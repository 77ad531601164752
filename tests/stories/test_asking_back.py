"""What the bot asks when something is missing or wrong. Nothing is ever written on the way."""

from __future__ import annotations

import pytest

from tests.stage import Actor, Stage


async def wrote_nothing(scene: Stage) -> None:
    assert [row for row in await scene.calls() if "/calendars/:calendar_id/events" in row["path"]] == []


async def test_without_a_time_it_asks_when(scene: Stage, team: str, mei: Actor) -> None:
    card = await mei.asks("@Daylark 和 @Bob 约个会", chat=team)
    assert [b["element_id"] for b in card.buttons if b["element_id"].startswith(("tomorrow", "this", "next"))]
    await wrote_nothing(scene)
    tapped = await mei.clicks("tomorrow_afternoon", on=card)
    assert "11月19日" in tapped.card.text
    assert tapped.card.button("slot_1")


async def test_a_time_by_the_picker(scene: Stage, team: str, mei: Actor) -> None:
    card = await mei.asks("@Daylark /meet @Bob", chat=team)
    submit = next(
        b
        for b in card.buttons
        if "when" in str(b["value"].get("do", "")) and b["value"].get("do", "").endswith("exact")
    )
    tapped = await mei.clicks(submit["element_id"] or submit["text"], on=card, form={"when": "2026-11-23 10:00"})
    assert "11月23日" in tapped.card.text
    assert "10:00" in tapped.card.text


async def test_without_people_it_asks_with_whom(scene: Stage, team: str, mei: Actor, alice: Actor) -> None:
    card = await mei.asks("@Daylark 明天下午3点方案评审", chat=team)
    await wrote_nothing(scene)
    submit = next(
        b
        for b in card.buttons
        if b["value"].get("do") == "draft.people" and b["element_id"] not in ("alone", "everyone")
    )
    tapped = await mei.clicks(submit["element_id"] or submit["text"], on=card, form={"people": [alice.open_id]})
    assert "Alice" in tapped.card.text
    booked = await mei.clicks("slot_1", on=tapped.card)
    assert "Alice" in booked.card.text


async def test_everyone_here_can_be_invited_by_one_tap(scene: Stage, team: str, mei: Actor) -> None:
    card = await mei.asks("@Daylark 明天下午3点方案评审", chat=team)
    tapped = await mei.clicks("everyone", on=card)
    assert "Alice" in tapped.card.text
    assert "Bob" in tapped.card.text


async def test_with_nothing_at_all_it_asks_one_thing_after_the_other(scene: Stage, team: str, mei: Actor) -> None:
    card = await mei.asks("@Daylark /meet", chat=team)
    second = await mei.clicks("tomorrow_morning", on=card)
    third = await mei.clicks("alone", on=second.card)
    assert third.card.button("slot_1")
    await wrote_nothing(scene)


@pytest.mark.parametrize(
    "text",
    [
        "@Daylark 今天早上8点和 @Bob 开会",  # over already
        "@Daylark /meet today 15:00-14:00 @Bob",  # ends before it starts
        "@Daylark /meet tomorrow 10:00 30h @Bob",  # longer than a day
        "@Daylark meet @Bob on 31 February at 3pm",
        "@Daylark 2月31日下午3点和 @Bob 开会",
        "@Daylark 明天25点61分和 @Bob 开会",
    ],
)
async def test_an_impossible_time_is_said_plainly(text: str, scene: Stage, team: str, mei: Actor) -> None:
    card = await mei.asks(text, chat=team)
    assert not [b for b in card.buttons if b["element_id"].startswith("slot_")], card.text
    await wrote_nothing(scene)


async def test_a_past_time_offers_the_next_sensible_one(scene: Stage, team: str, mei: Actor) -> None:
    card = await mei.asks("@Daylark 今天早上8点和 @Bob 开会", chat=team)
    tapped = await mei.clicks("suggestion_1", on=card)
    assert "11月19日" in tapped.card.text
    assert "08:00" in tapped.card.text or "8:00" in tapped.card.text


async def test_an_unknown_command_gets_the_three_nearest(scene: Stage, mei: Actor) -> None:
    card = await mei.asks("/meeet tomorrow")
    assert "/meeet" in card.text or "meeet" in card.text
    assert len([line for line in card.text.splitlines() if line.startswith("/")]) == 3
    assert "/meet" in card.text
    await wrote_nothing(scene)


async def test_a_name_nobody_here_has_is_said(scene: Stage, team: str, mei: Actor) -> None:
    card = await mei.asks("@Daylark /meet tomorrow 15:00 @Zaphod", chat=team)
    assert "Zaphod" in card.text
    await wrote_nothing(scene)


@pytest.mark.parametrize("text", ["你好", "hello", "こんにちは"])
async def test_a_greeting_is_greeted(text: str, mei: Actor) -> None:
    card = await mei.asks(text)
    assert "Daylark" in card.text


@pytest.mark.parametrize("text", ["/help", "你能做什么", "what can you do?", "使い方を教えて"])
async def test_help_shows_examples(text: str, mei: Actor) -> None:
    card = await mei.asks(text)
    assert "/meet" in card.text
    assert "/free" in card.text


async def test_what_the_bot_cannot_do_yet_is_said_with_a_way_out(scene: Stage, mei: Actor) -> None:
    card = await mei.asks("取消明天的周会")
    assert card.text
    await wrote_nothing(scene)


async def test_in_a_group_it_is_quiet_unless_mentioned(team: str, mei: Actor) -> None:
    assert await mei.says("明天下午3点开会", chat=team) == []


async def test_help_on_one_topic(mei: Actor) -> None:
    card = await mei.asks("/help find")
    assert "/find" in card.text
    assert "/undo" not in card.text

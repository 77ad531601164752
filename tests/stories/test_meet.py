"""A meeting from a sentence to everybody's calendar."""

from __future__ import annotations

import asyncio

import pytest

from tests.stage import Actor, Stage

REQUESTS = {
    "zh": "@Daylark 明天下午3点和 @Alice @Bob 过一下方案",
    "en": "@Daylark review the plan with @Alice and @Bob tomorrow at 3pm",
    "ja": "@Daylark 明日の15時に @Alice さんと @Bob さんとレビュー",
    "slash": '@Daylark /meet tomorrow 15:00 30m @Alice @Bob "Plan review"',
}


@pytest.mark.parametrize("language", REQUESTS)
async def test_a_sentence_becomes_one_event_with_the_right_people(
    language: str, scene: Stage, team: str, mei: Actor, alice: Actor, bob: Actor
) -> None:
    card = await mei.asks(REQUESTS[language], chat=team)
    assert await mei.calendar() == [
        event for event in await mei.calendar() if event["start"] != "2026-11-19T15:00:00+08:00"
    ]

    tapped = await mei.clicks("slot_1", on=card)

    for person in (mei, alice, bob):
        events = [event for event in await person.calendar() if _utc(event["start"]) == "2026-11-19T07:00:00+00:00"]
        assert len(events) == 1, person.name
        assert _utc(events[0]["end"]) == "2026-11-19T07:30:00+00:00"
        assert {a["id"] for a in events[0]["attendees"]} == {mei.open_id, alice.open_id, bob.open_id}
    assert tapped.card.button("undo")["disabled"] is False
    assert not [b for b in tapped.card.buttons if b["element_id"].startswith("slot_")]
    assert len(await scene.calls("/calendars/:calendar_id/events")) == 1


async def test_everybody_reads_the_card_in_their_own_language_and_zone(
    scene: Stage, team: str, mei: Actor, alice: Actor
) -> None:
    await mei.asks(REQUESTS["zh"], chat=team)
    (seen_by_mei,) = await mei.reads(team)
    (seen_by_alice,) = await alice.reads(team)
    assert "11月19日" in seen_by_mei.text
    assert "15:00" in seen_by_mei.text
    assert "Thu, Nov 19" in seen_by_alice.text
    assert "过一下方案" in seen_by_alice.text
    assert "07:00" in seen_by_alice.text  # London's clock, beside the requester's


async def test_a_double_tap_makes_one_event(scene: Stage, team: str, mei: Actor) -> None:
    card = await mei.asks(REQUESTS["zh"], chat=team)
    first, second = await asyncio.gather(mei.clicks("slot_1", on=card), mei.clicks("slot_1", on=card))
    assert len(await scene.calls("/calendars/:calendar_id/events")) == 1
    assert first.card.text == second.card.text


async def test_a_double_delivery_makes_one_card_and_one_event(scene: Stage, team: str, mei: Actor) -> None:
    await scene.post("faults", method="PUSH", path="im.message.receive_v1", times=1, duplicate=True)
    card = await mei.asks(REQUESTS["zh"], chat=team)
    await scene.post("faults", method="PUSH", path="card.action.trigger", times=1, duplicate=True)
    await mei.clicks("slot_1", on=card)
    assert len(await mei.reads(team)) == 1
    assert len([e for e in await mei.calendar() if _utc(e["start"]) == "2026-11-19T07:00:00+00:00"]) == 1


async def test_another_persons_tap_is_refused_kindly(scene: Stage, team: str, mei: Actor, bob: Actor) -> None:
    card = await mei.asks(REQUESTS["zh"], chat=team)
    tapped = await bob.clicks("slot_1", on=card)
    assert "Mei" in tapped.toast or mei.name in tapped.toast
    assert tapped.card.text == card.text or tapped.card.button("slot_1")["disabled"] is False
    assert await scene.calls("/calendars/:calendar_id/events") == []


async def test_a_busy_guest_is_shown_and_a_free_time_offered(scene: Stage, team: str, mei: Actor, bob: Actor) -> None:
    await bob.is_busy("2026-11-19T14:30:00+08:00", "2026-11-19T16:00:00+08:00", "Dentist")
    card = await mei.asks(REQUESTS["zh"], chat=team)
    assert "Bob" in card.text
    assert "Dentist" not in card.text
    assert card.button("book_anyway")["disabled"] is False

    offered = next(b for b in card.buttons if b["element_id"].startswith("slot_"))
    tapped = await mei.clicks(offered["element_id"], on=card)

    meeting = next(e for e in await bob.calendar() if {a["id"] for a in e["attendees"]} >= {mei.open_id, bob.open_id})
    assert not ("2026-11-19T06:30:00+00:00" <= _utc(meeting["start"]) < "2026-11-19T08:00:00+00:00")
    assert tapped.card.button("undo")


async def test_booking_over_a_conflict_is_a_separate_button(scene: Stage, team: str, mei: Actor, bob: Actor) -> None:
    await bob.is_busy("2026-11-19T14:30:00+08:00", "2026-11-19T16:00:00+08:00")
    card = await mei.asks(REQUESTS["zh"], chat=team)
    await mei.clicks("book_anyway", on=card)
    assert len(await scene.calls("/calendars/:calendar_id/events")) == 1
    assert [e for e in await mei.calendar() if _utc(e["start"]) == "2026-11-19T07:00:00+00:00"]


async def test_somebody_who_became_busy_meanwhile_is_noticed(scene: Stage, team: str, mei: Actor, alice: Actor) -> None:
    card = await mei.asks(REQUESTS["zh"], chat=team)
    await alice.is_busy("2026-11-19T15:00:00+08:00", "2026-11-19T16:00:00+08:00")
    tapped = await mei.clicks("slot_1", on=card)
    assert "Alice" in tapped.toast
    assert await scene.calls("/calendars/:calendar_id/events") == []
    assert tapped.card.button("book_anyway")


async def test_other_times_are_other_times(team: str, mei: Actor) -> None:
    card = await mei.asks("@Daylark 下周找一个小时和 @Alice @Bob 聊聊预算", chat=team)
    before = {b["text"] for b in card.buttons if b["element_id"].startswith("slot_")}
    tapped = await mei.clicks("other_times", on=card)
    after = {b["text"] for b in tapped.card.buttons if b["element_id"].startswith("slot_")}
    assert len(before) == 3
    assert after
    assert not before & after


async def test_the_length_can_be_changed(team: str, mei: Actor) -> None:
    card = await mei.asks(REQUESTS["zh"], chat=team)
    tapped = await mei.clicks("length", on=card, option="60")
    await mei.clicks("slot_1", on=tapped.card)
    meeting = next(e for e in await mei.calendar() if _utc(e["start"]) == "2026-11-19T07:00:00+00:00")
    assert _utc(meeting["end"]) == "2026-11-19T08:00:00+00:00"


async def test_cancelling_writes_nothing(scene: Stage, team: str, mei: Actor) -> None:
    card = await mei.asks(REQUESTS["zh"], chat=team)
    tapped = await mei.clicks("cancel", on=card)
    assert not [b for b in tapped.card.buttons if b["element_id"].startswith("slot_")]
    assert await scene.calls("/calendars/:calendar_id/events") == []


async def test_undo_takes_it_out_of_every_calendar(scene: Stage, team: str, mei: Actor, bob: Actor) -> None:
    before = len(await bob.calendar())
    card = await mei.asks(REQUESTS["zh"], chat=team)
    booked = await mei.clicks("slot_1", on=card)
    assert len(await bob.calendar()) == before + 1
    undone = await mei.clicks("undo", on=booked.card)
    assert len(await bob.calendar()) == before
    assert not [b for b in undone.card.buttons if b["element_id"] == "undo"]
    refused = await mei.clicks("again", on=undone.card)
    assert refused.card.text == undone.card.text


async def test_only_the_requester_may_undo(team: str, mei: Actor, bob: Actor) -> None:
    card = await mei.asks(REQUESTS["zh"], chat=team)
    booked = await mei.clicks("slot_1", on=card)
    before = len(await bob.calendar())
    await bob.clicks("undo", on=booked.card)
    assert len(await bob.calendar()) == before


async def test_two_good_readings_become_two_buttons(scene: Stage, team: str, mei: Actor) -> None:
    card = await mei.asks("@Daylark 周五7点和 @Bob 碰一下", chat=team)
    assert [b["element_id"] for b in card.buttons][:2] == ["choice_1", "choice_2"]
    tapped = await mei.clicks("choice_2", on=card)
    await mei.clicks("book_anyway" if "book_anyway" in str(tapped.card.buttons) else "slot_1", on=tapped.card)
    assert [e for e in await mei.calendar() if _utc(e["start"]) == "2026-11-20T11:00:00+00:00"]


def _utc(text: object) -> str:
    from datetime import UTC, datetime

    return "" if isinstance(text, dict) else datetime.fromisoformat(str(text)).astimezone(UTC).isoformat()


@pytest.mark.parametrize("words", ["第二个", "the second one", "2番目で"])
async def test_an_offered_time_can_be_picked_in_words(words: str, scene: Stage, mei: Actor) -> None:
    card = await mei.asks("下周找一个小时和 @Alice @Bob 聊聊预算")
    second = card.button("slot_2")["value"]["start"]
    answers = await mei.says(words)
    assert len(answers) == 1
    events = [e for e in await mei.calendar() if _utc(e["start"]) == second.replace("Z", "+00:00")]
    assert len(events) == 1
    assert (await mei.rereads(card)).button("undo")

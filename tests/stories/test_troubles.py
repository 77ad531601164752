"""When the platform has a bad day: nothing twice, nothing half, and always a word to the person."""

from __future__ import annotations

from tests.stage import Actor, Stage

EVENTS = "/open-apis/calendar/v4/calendars/:calendar_id/events"
ATTENDEES = f"{EVENTS}/:event_id/attendees"
ASK = "@Daylark 明天下午3点和 @Alice @Bob 过一下方案"


async def test_a_server_error_while_booking_is_retried_with_the_same_key(scene: Stage, team: str, mei: Actor) -> None:
    card = await mei.asks(ASK, chat=team)
    await scene.fault("POST", EVENTS, status=500, code=190003)
    await mei.clicks("slot_1", on=card)
    rows = [row for row in await scene.calls("/events") if row["method"] == "POST"]
    assert [row["status"] for row in rows] == [500, 200]
    assert len({row["idempotency_key"] for row in rows}) == 1
    assert len([e for e in await mei.calendar() if e["start"] == "2026-11-19T15:00:00+08:00"]) == 1


async def test_an_answer_that_was_lost_makes_no_second_event(scene: Stage, team: str, mei: Actor) -> None:
    card = await mei.asks(ASK, chat=team)
    await scene.fault("POST", EVENTS, drop=True)
    await mei.clicks("slot_1", on=card)
    assert len([e for e in await mei.calendar() if e["start"] == "2026-11-19T15:00:00+08:00"]) == 1


async def test_when_nobody_can_be_invited_the_event_is_taken_back(scene: Stage, team: str, mei: Actor) -> None:
    card = await mei.asks(ASK, chat=team)
    await scene.fault("POST", ATTENDEES, status=403, code=191002)
    tapped = await mei.clicks("slot_1", on=card)
    assert tapped.toast
    assert [e for e in await mei.calendar() if e["start"] == "2026-11-19T15:00:00+08:00"] == []
    rows = await scene.calls("/events/:event_id")
    assert [row["method"] for row in rows if row["method"] == "DELETE"] == ["DELETE"]


async def test_an_invitation_that_fails_in_passing_is_sent_for_the_same_event(
    scene: Stage, team: str, mei: Actor, bob: Actor
) -> None:
    card = await mei.asks(ASK, chat=team)
    await scene.fault("POST", ATTENDEES, times=5, status=500, code=190003)
    await mei.clicks("slot_1", on=card)
    meeting = [e for e in await bob.calendar() if {a["id"] for a in e["attendees"]} >= {mei.open_id, bob.open_id}]
    assert len(meeting) == 1
    assert [row["method"] for row in await scene.calls("/events/:event_id") if row["method"] == "DELETE"] == []
    assert (await mei.rereads(card)).button("undo")


async def test_rate_limits_are_obeyed(scene: Stage, team: str, mei: Actor) -> None:
    await scene.fault("POST", "/open-apis/calendar/v4/freebusy/batch", status=429, code=99991400)
    card = await mei.asks(ASK, chat=team, patience=8)
    assert card.button("slot_1")


async def test_an_unreadable_calendar_is_unknown_not_free(scene: Stage, team: str, mei: Actor) -> None:
    await scene.fault("POST", "/open-apis/calendar/v4/freebusy/batch", times=9, status=404, code=195100)
    await scene.fault("POST", "/open-apis/calendar/v4/freebusy/list", times=9, status=404, code=195100)
    card = await mei.asks(ASK, chat=team)
    assert "未知" in card.text or "看不到" in card.text


async def test_a_slow_answer_becomes_a_toast_and_the_card_follows(scene: Stage, team: str, mei: Actor) -> None:
    card = await mei.asks(ASK, chat=team)
    await scene.fault("POST", EVENTS, delay_ms=3200)
    tapped = await mei.clicks("slot_1", on=card)
    assert tapped.toast
    assert tapped.card.button("undo")
    assert len([e for e in await mei.calendar() if e["start"] == "2026-11-19T15:00:00+08:00"]) == 1


async def test_a_missing_scope_is_named_for_the_operator(scene: Stage, team: str, mei: Actor) -> None:
    await scene.fault("POST", "/open-apis/calendar/v4/freebusy/batch", times=5, status=400, code=99991672)
    card = await mei.asks(ASK, chat=team)
    assert "calendar:calendar.free_busy:read" in card.text

"""The business tables: drafts with their revisions, meetings, profiles, sealed tokens, rate limits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import pytest

from bot.clock import SystemClock
from bot.domain.draft import Draft
from bot.domain.span import Span
from bot.store.db import Db
from bot.store.drafts import Drafts, KeptDraft
from bot.store.errors import StaleRevision
from bot.store.meetings import Meeting, Meetings
from bot.store.profiles import Profile, Profiles
from bot.store.rates import Rates, hold_back, reserve
from bot.store.tokens import SealedToken, Tokens
from tests.store.times import NOON

T = TypeVar("T")
DRAFT = Draft("d1", "oc_1", "ou_mei", "Review", (), timedelta(minutes=30), (), "Asia/Shanghai")
MEETING = Meeting("e_0", "cal", "oc_1", "ou_mei", "Review", Span(NOON, NOON + timedelta(hours=1)), body={"rrule": None})


async def with_drafts(db: Db, use: Callable[[Drafts], T]) -> T:
    return await db.tx(lambda connection: use(Drafts(connection)))


def draft_of(kept: KeptDraft | None) -> Draft | None:
    return kept.draft if kept is not None else None


async def test_a_draft_is_found_by_id_by_card_and_by_chat(db: Db) -> None:
    other = replace(DRAFT, id="d2", requester="ou_bob")
    await with_drafts(db, lambda drafts: drafts.put(DRAFT, message_id="om_1"))
    await with_drafts(db, lambda drafts: drafts.put(other))
    assert draft_of(await with_drafts(db, lambda drafts: drafts.get("d1"))) == DRAFT
    assert draft_of(await with_drafts(db, lambda drafts: drafts.by_message("om_1"))) == DRAFT
    assert draft_of(await with_drafts(db, lambda drafts: drafts.last_in_chat("oc_1"))) == other
    assert draft_of(await with_drafts(db, lambda drafts: drafts.last_in_chat("oc_1", "ou_mei"))) == DRAFT
    assert await with_drafts(db, lambda drafts: drafts.last_in_chat("oc_2")) is None
    assert await with_drafts(db, lambda drafts: drafts.get("d3")) is None


async def test_the_next_revision_keeps_the_card(db: Db) -> None:
    later = replace(DRAFT, revision=1, title="Retro")
    await with_drafts(db, lambda drafts: drafts.put(DRAFT, message_id="om_1"))
    await with_drafts(db, lambda drafts: drafts.put(later))
    kept = await with_drafts(db, lambda drafts: drafts.get("d1"))
    assert kept is not None
    assert (kept.draft, kept.message_id) == (later, "om_1")
    assert kept.created_at <= kept.updated_at


async def test_of_two_changes_to_one_revision_the_second_is_refused(db: Db) -> None:
    await with_drafts(db, lambda drafts: drafts.put(DRAFT))
    await with_drafts(db, lambda drafts: drafts.put(replace(DRAFT, revision=1, title="first")))
    with pytest.raises(StaleRevision, match="at revision 1, not at 0"):
        await with_drafts(db, lambda drafts: drafts.put(replace(DRAFT, revision=1, title="second")))
    kept = await with_drafts(db, lambda drafts: drafts.get("d1"))
    assert kept is not None
    assert kept.draft.title == "first"


async def test_the_same_draft_may_be_written_again_with_its_card(db: Db) -> None:
    await with_drafts(db, lambda drafts: drafts.put(DRAFT))
    await with_drafts(db, lambda drafts: drafts.put(DRAFT, message_id="om_9"))
    kept = await with_drafts(db, lambda drafts: drafts.by_message("om_9"))
    assert draft_of(kept) == DRAFT


async def test_meetings_are_kept_and_changed(db: Db) -> None:
    second = replace(MEETING, event_id="f_0", message_id="om_2", span=MEETING.span.shifted(timedelta(hours=-3)))
    await db.tx(lambda c: Meetings(c).put(MEETING))
    await db.tx(lambda c: Meetings(c).put(second))
    await db.tx(lambda c: Meetings(c).put(replace(MEETING, status="cancelled")))
    first = await db.tx(lambda c: Meetings(c).get("e_0"))
    assert first is not None
    assert first.created_at is not None
    assert replace(first, created_at=None) == replace(MEETING, status="cancelled")
    last = await db.tx(lambda c: Meetings(c).last_in_chat("oc_1"))
    assert last is not None
    assert last.event_id == "f_0"
    by_card = await db.tx(lambda c: Meetings(c).by_message("om_2"))
    assert by_card == last
    ahead = await db.tx(lambda c: Meetings(c).on_calendar("cal", after=NOON))
    assert [meeting.event_id for meeting in ahead] == ["e_0"]


async def test_a_profile_keeps_what_is_not_said_again(db: Db) -> None:
    await db.tx(lambda c: Profiles(c).put(Profile("ou_1", language="ja", body={"lunch": False})))
    await db.tx(lambda c: Profiles(c).put(Profile("ou_1", zone="Asia/Tokyo", zone_source="said")))
    await db.tx(lambda c: Profiles(c).put(Profile("ou_1")))
    found = await db.tx(lambda c: Profiles(c).several(["ou_1", "ou_2"]))
    assert found == {"ou_1": Profile("ou_1", "Asia/Tokyo", "said", "ja", {"lunch": False})}


async def test_a_token_is_replaced_and_forgotten(db: Db) -> None:
    await db.tx(lambda c: Tokens(c).put(SealedToken("ou_1", b"\x00one", NOON)))
    await db.tx(lambda c: Tokens(c).put(SealedToken("ou_1", b"\xfftwo", NOON)))
    assert await db.tx(lambda c: Tokens(c).get("ou_1")) == SealedToken("ou_1", b"\xfftwo", NOON)
    assert await db.tx(lambda c: Tokens(c).forget("ou_1"))
    assert not await db.tx(lambda c: Tokens(c).forget("ou_1"))


async def test_slots_of_a_rate_come_in_a_burst_and_then_evenly(db: Db) -> None:
    waits = [await db.tx(lambda c: reserve(c, "im", 5, 2, NOON)) for _ in range(5)]
    assert waits == pytest.approx([0, 0, 0.2, 0.4, 0.6], abs=1e-3)
    later = NOON + timedelta(seconds=10)
    assert await db.tx(lambda c: reserve(c, "im", 5, 2, later)) == 0
    assert await db.tx(lambda c: reserve(c, "calendar", 5, 1, NOON)) == 0


async def test_a_refusal_of_the_platform_holds_everybody_back(db: Db) -> None:
    await db.tx(lambda c: hold_back(c, "im", 3, 5, 2, NOON))
    waits = [await db.tx(lambda c: reserve(c, "im", 5, 2, NOON)) for _ in range(2)]
    assert waits == pytest.approx([3.0, 3.2], abs=1e-3)
    await db.tx(lambda c: hold_back(c, "im", 1, 5, 2, NOON))
    assert await db.tx(lambda c: reserve(c, "im", 5, 2, NOON)) == pytest.approx(3.4, abs=1e-3)


async def test_replicas_share_one_rate_by_real_time(db: Db) -> None:
    one, two = Rates(db, SystemClock()), Rates(db, SystemClock())
    waits = await asyncio.gather(*(each.reserve("chat:oc_1", 5, 5) for each in (one, two) for _ in range(10)))
    assert sorted(waits)[4] == 0
    assert max(waits) == pytest.approx(3.0, abs=0.5)  # fifteen of them wait for their turn, a fifth of a second each
    await one.hold_back("chat:oc_1", 60, 5, 5)
    assert await two.reserve("chat:oc_1", 5, 5) == pytest.approx(60, abs=0.5)

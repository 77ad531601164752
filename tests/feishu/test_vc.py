"""Meeting rooms against the emulator."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.draft import Busy
from bot.domain.span import Span
from bot.emulator.rooms import Room
from bot.errors import NeedsLogin
from bot.feishu.calendar import NewEvent
from bot.feishu.client import Feishu
from bot.feishu.identity import as_person
from tests.feishu.conftest import Logins, Office

TUESDAY = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
HOUR = Span.of(TUESDAY, timedelta(hours=1))


@pytest.fixture
def rooms(office: Office) -> list[Room]:
    shelf = office.world.calendars.rooms
    return [
        shelf.add("Fuji", capacity=6, building="Tower A", floor="F3"),
        shelf.add("Tai", capacity=12, building="Tower B", floor="F1"),
    ]


async def test_rooms_and_the_levels_they_are_on(feishu: Feishu, rooms: list[Room]) -> None:
    found = [room async for room in feishu.vc.rooms()]
    assert {(room.name, room.capacity, room.is_bookable) for room in found} == {("Fuji", 6, True), ("Tai", 12, True)}
    fuji = next(room for room in found if room.name == "Fuji")
    names = await feishu.vc.level_names(fuji.path)
    assert {"Tower A", "F3"} <= set(names.values())


async def test_rooms_below_one_level(feishu: Feishu, rooms: list[Room]) -> None:
    top = await feishu.vc.levels()
    towers = top if "Tower A" in {level.name for level in top} else await feishu.vc.levels(top[0].room_level_id)
    tower = next(level for level in towers if level.name == "Tower B")
    assert [room.name async for room in feishu.vc.rooms(tower.room_level_id)] == ["Tai"]


async def test_several_rooms_by_id(feishu: Feishu, rooms: list[Room]) -> None:
    found = await feishu.vc.several([rooms[1].room_id])
    assert [room.name for room in found.values()] == ["Tai"]


async def test_a_person_searches_what_they_may_book(
    office: Office, feishu: Feishu, logins: Logins, rooms: list[Room]
) -> None:
    logins.log_in(office.mei, "vc:room:readonly")
    mei = as_person(office.mei.open_id)
    assert [room.name async for room in feishu.vc.search("fu", as_=mei)] == ["Fuji"]
    with pytest.raises(NeedsLogin):
        _ = [room async for room in feishu.vc.search("fu", as_=as_person(office.bob.open_id))]


async def test_a_room_with_approval_says_so(feishu: Feishu, rooms: list[Room]) -> None:
    rooms[0].approval = True
    assert (await feishu.vc.rules(rooms[0].room_id)).needs_approval
    assert not (await feishu.vc.rules(rooms[1].room_id)).needs_approval


async def test_a_booked_room_is_taken(office: Office, feishu: Feishu, rooms: list[Room]) -> None:
    own = (await feishu.calendar.primary()).calendar_id
    wish = NewEvent(title="Sync", span=HOUR, zone="Asia/Shanghai")
    made = await feishu.calendar.create_event(own, wish, idempotency_key="k" * 32, notify=False)
    booked = await feishu.calendar.add_attendees(
        own, made.event_id, rooms=[rooms[0].room_id], room_contact=office.mei.open_id, notify=False
    )
    assert [(a.room_id, a.rsvp) for a in booked if a.type == "resource"] == [(rooms[0].room_id, "needs_action")]
    await office.world.clock.advance(timedelta(seconds=10))
    settled = {a.room_id: a.rsvp for a in await feishu.calendar.attendees(own, made.event_id) if a.type == "resource"}
    assert settled == {rooms[0].room_id: "accept"}
    found = await feishu.vc.freebusy([room.room_id for room in rooms], Span.of(TUESDAY, timedelta(days=40)))
    assert found == {rooms[0].room_id: (Busy(HOUR),), rooms[1].room_id: ()}
    assert len(office.calls("/meeting_room/freebusy/batch_get")) == 2

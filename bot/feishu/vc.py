"""Meeting rooms: where they are, whether they are free, and by which rules they are booked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from datetime import datetime, timedelta

import msgspec

from bot.domain.draft import Busy
from bot.domain.span import Span
from bot.feishu.endpoint import Endpoint
from bot.feishu.identity import APP, Identity
from bot.feishu.paging import pages
from bot.feishu.parallel import batches, pieces, together
from bot.feishu.transport import Caller
from bot.feishu.wire import Answer, Json

ROOMS_PER_PAGE = 100
ROOMS_PER_MGET = 50  # none is stated
ROOMS_PER_FREEBUSY = 20
FREEBUSY_SPAN = timedelta(days=30)  # advised
APPROVAL = 1  # approval_switch

ROOMS = ("vc:room", "vc:room:readonly")

LIST = Endpoint(
    name="vc.v1.room.list", feature="rooms", sdk="vc.v1:ListRoomRequest", scopes=ROOMS, doc="vc-v1/room/list",
    repeatable=True,
)  # fmt: skip
MGET = Endpoint(
    name="vc.v1.room.mget", feature="rooms", sdk="vc.v1:MgetRoomRequest", scopes=ROOMS, doc="vc-v1/room/mget",
    repeatable=True,
)  # fmt: skip
SEARCH = Endpoint(
    name="vc.v1.room.search", feature="rooms", sdk="vc.v1:SearchRoomRequest", scopes=ROOMS, doc="vc-v1/room/search",
    repeatable=True,
)  # fmt: skip
LEVELS = Endpoint(
    name="vc.v1.room_level.list", feature="rooms", sdk="vc.v1:ListRoomLevelRequest", scopes=ROOMS,
    doc="vc-v1/room_level/list", repeatable=True,
)  # fmt: skip
LEVELS_MGET = Endpoint(
    name="vc.v1.room_level.mget", feature="rooms", sdk="vc.v1:MgetRoomLevelRequest", scopes=ROOMS,
    doc="vc-v1/room_level/mget", repeatable=True,
)  # fmt: skip
RULES = Endpoint(
    name="vc.v1.reserve_config.reserve_scope", feature="rooms", sdk="vc.v1:ReserveScopeReserveConfigRequest",
    scopes=ROOMS, doc="vc-v1/scope_config/reserve_scope", repeatable=True,
)  # fmt: skip
FREEBUSY = Endpoint(
    name="meeting_room.freebusy.batch_get", feature="rooms", method="GET",
    path="/open-apis/meeting_room/freebusy/batch_get", tokens=("tenant", "user"), scopes=("calendar:room:readonly",),
    doc="calendar-v4/meeting-room-event/uIDOyUjLygjM14iM4ITN", repeatable=True,
)  # fmt: skip


class RoomStatus(Answer, frozen=True):
    """Whether a room can be used at all."""

    status: bool = True
    schedule_status: bool = True
    disable_start_time: str = ""
    disable_end_time: str = ""
    disable_reason: str = ""


class Device(Answer, frozen=True):
    """Something that stands in a room."""

    name: str = ""


class Room(Answer, frozen=True):
    """A meeting room; ``path`` holds the ids of the levels above it."""

    room_id: str
    name: str = ""
    capacity: int = 0
    description: str = ""
    display_id: str = ""
    room_level_id: str = ""
    path: tuple[str, ...] = ()
    room_status: RoomStatus = msgspec.field(default_factory=RoomStatus)
    device: tuple[Device, ...] = ()

    @property
    def is_bookable(self) -> bool:
        return self.room_status.status and self.room_status.schedule_status

    @property
    def devices(self) -> tuple[str, ...]:
        return tuple(device.name for device in self.device)


class RoomLevel(Answer, frozen=True):
    """A city, a building, a floor."""

    room_level_id: str
    name: str = ""
    parent_id: str = ""
    path: tuple[str, ...] = ()
    has_child: bool = False


class ApproveConfig(Answer, frozen=True):
    """Whether somebody has to agree, and from which length in hours on."""

    approval_switch: int = 0
    approval_condition: int = 0
    meeting_duration: float = 0


class TimeConfig(Answer, frozen=True):
    """When a room can be booked: seconds of the day, hours at a time, days ahead."""

    time_switch: int = 0
    days_in_advance: int = 0
    opening_hour: str = ""
    start_time: str = ""
    end_time: str = ""
    max_duration: int = 0


class RoomRules(Answer, frozen=True):
    """By which rules a room is booked."""

    approve_config: ApproveConfig = msgspec.field(default_factory=ApproveConfig)
    time_config: TimeConfig = msgspec.field(default_factory=TimeConfig)

    @property
    def needs_approval(self) -> bool:
        return self.approve_config.approval_switch == APPROVAL


class _Rooms(Answer, frozen=True):
    rooms: tuple[Room, ...] = ()
    items: tuple[Room, ...] = ()
    has_more: bool = False
    page_token: str = ""


class _Levels(Answer, frozen=True):
    items: tuple[RoomLevel, ...] = ()
    has_more: bool = False
    page_token: str = ""


class _Taken(Answer, frozen=True):
    start_time: datetime
    end_time: datetime


class _RoomTimes(Answer, frozen=True):
    free_busy: dict[str, tuple[_Taken, ...]] = msgspec.field(default_factory=dict)


class Vc:
    """Rooms. Listing is the app's; searching is a person's, and shows only what they may book."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def rooms(self, level_id: str | None = None) -> AsyncIterator[Room]:
        """Every room of the tenant, or below one level."""
        async for page in pages(
            lambda token: self._caller.call(
                LIST, _Rooms, page_size=ROOMS_PER_PAGE, page_token=token, room_level_id=level_id
            )
        ):
            for room in page.rooms:
                yield room

    async def several(self, room_ids: Iterable[str]) -> dict[str, Room]:
        """Several rooms by id."""
        wanted = list(dict.fromkeys(room_ids))
        answers = await together(
            self._caller.call(MGET, _Rooms, body={"room_ids": group}) for group in batches(wanted, ROOMS_PER_MGET)
        )
        return {room.room_id: room for answer in answers for room in answer.items}

    async def search(self, keyword: str, *, as_: Identity, level_id: str | None = None) -> AsyncIterator[Room]:
        """Rooms this person may book, by name (``keyword``) or below a level."""
        wish: Json = {"keyword": keyword, "page_size": ROOMS_PER_PAGE}
        if level_id is not None:
            wish["room_level_id"] = level_id

        async for page in pages(
            lambda token: self._caller.call(
                SEARCH, _Rooms, body=wish if token is None else {**wish, "page_token": token}, as_=as_
            )
        ):
            for room in page.rooms:
                yield room

    async def levels(self, parent_id: str | None = None) -> list[RoomLevel]:
        """The levels right below one, or the top ones."""
        found: list[RoomLevel] = []
        async for page in pages(
            lambda token: self._caller.call(
                LEVELS, _Levels, room_level_id=parent_id, page_size=ROOMS_PER_PAGE, page_token=token
            )
        ):
            found += page.items
        return found

    async def level_names(self, level_ids: Iterable[str]) -> dict[str, str]:
        """What levels are called, by id: a room tells only their ids."""
        wanted = list(dict.fromkeys(level_ids))
        answers = await together(
            self._caller.call(LEVELS_MGET, _Levels, body={"level_ids": group})
            for group in batches(wanted, ROOMS_PER_MGET)
        )
        return {level.room_level_id: level.name for answer in answers for level in answer.items}

    async def rules(self, room_id: str) -> RoomRules:
        """How a room may be booked; 100 calls a minute."""
        return await self._caller.call(RULES, RoomRules, scope_id=room_id, scope_type="2")

    async def freebusy(
        self, room_ids: Iterable[str], span: Span, *, as_: Identity = APP
    ) -> dict[str, tuple[Busy, ...]]:
        """When rooms are taken: 20 rooms and 30 days per call, side by side."""
        wanted = list(dict.fromkeys(room_ids))
        answers = await together(
            self._caller.call(
                FREEBUSY,
                _RoomTimes,
                as_=as_,
                room_ids=group,
                time_min=piece.start.isoformat(timespec="seconds"),
                time_max=piece.end.isoformat(timespec="seconds"),
            )
            for piece in pieces(span, FREEBUSY_SPAN)
            for group in batches(wanted, ROOMS_PER_FREEBUSY)
        )
        found: dict[str, set[Span]] = {room: set() for room in wanted}
        for answer in answers:
            for room, times in answer.free_busy.items():
                taken = (Span(time.start_time, time.end_time).intersection(span) for time in times)
                found.setdefault(room, set()).update(each for each in taken if each is not None)
        return {room: tuple(Busy(each) for each in sorted(spans)) for room, spans in found.items()}

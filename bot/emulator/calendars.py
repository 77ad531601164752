"""Every calendar of the tenant: whose they are, who may do what with them, and what hangs on each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from bot.emulator.acl import Acls
from bot.emulator.attendees import Invitations
from bot.emulator.book import Book
from bot.emulator.client import Client
from bot.emulator.freebusy import FreeBusy
from bot.emulator.kernel import Refusal
from bot.emulator.notices import Notices
from bot.emulator.reserves import Reserves
from bot.emulator.rooms import Rooms
from bot.emulator.settings import PersonalSettings

if TYPE_CHECKING:
    from bot.emulator.state import User, World

Json = dict[str, Any]
Type = Literal["primary", "shared", "resource", "google", "exchange"]

ROLES = ("free_busy_reader", "reader", "writer", "owner")
BY_PERMISSION = {"private": None, "show_only_free_busy": "free_busy_reader", "public": "reader"}
DEFAULT_COLOR = -14513409
MOST_SUBSCRIPTIONS = 1000
CALENDAR_ID = re.compile(r"[A-Za-z.]+_[A-Za-z0-9=_-]+@group\.calendar\.(feishu\.cn|larksuite\.com)")


@dataclass(slots=True)
class Subscription:
    """A calendar in somebody's list, with what only they see."""

    alias: str = ""
    color: int | None = None


@dataclass(slots=True)
class Calendar:
    calendar_id: str
    type: Type
    owner: str  # open_id of a person or a bot; room_id for a room
    summary: str
    description: str = ""
    permissions: str = "show_only_free_busy"
    color: int = DEFAULT_COLOR
    deleted: bool = False
    roles: dict[str, str] = field(default_factory=dict)  # granted, beside what the permissions give everybody
    entries: dict[str, int] = field(default_factory=dict)  # event_id → sequence of its last change
    uids: dict[str, None] = field(default_factory=dict)  # the series that touch this calendar
    sequence: int = 0
    watchers: dict[str, None] = field(default_factory=dict)  # people told of event changes
    acl_watchers: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True)
class Shelf:
    """One identity's list of calendars, with the changes a sync token asks for."""

    calendars: dict[str, Subscription] = field(default_factory=dict)
    changes: dict[str, int] = field(default_factory=dict)
    sequence: int = 0


WORDS = {"all_day_end": ("inclusive", "exclusive"), "deleted_event": ("cancelled", "refused")}


@dataclass(slots=True)
class Switches:
    """What the documents leave open; a test may turn any of them."""

    all_day_end: Literal["inclusive", "exclusive"] = "inclusive"
    deleted_event: Literal["cancelled", "refused"] = "cancelled"
    change_details: bool = False  # calendar_event_id, change_type and rsvp_infos in pushes
    merge_s: float = 3
    room_settles_s: float = 2
    rooms_refuse: bool = False  # as when somebody else was quicker
    search_as_app: bool = True
    count_allowed: bool = True
    short_pages: bool = False  # the first page empty, the others half full, and still more to come

    def change(self, **values: Any) -> None:
        """Turn some of them; a name or a kind of value there is none of is a ``ValueError``."""
        known = {one.name: getattr(self, one.name) for one in fields(self)}
        for name, value in values.items():
            if name not in known:
                raise ValueError(f"there is no switch {name!r}, only {', '.join(known)}")
            wanted = known[name]
            same = isinstance(value, bool) == isinstance(wanted, bool) and isinstance(value, str) == isinstance(
                wanted, str
            )
            if not same or (name in WORDS and value not in WORDS[name]):
                raise ValueError(f"{name} does not take {value!r}")
        for name, value in values.items():
            setattr(self, name, value)


class Calendars:
    """The root of everything about time: calendars here, and one part per matter beside it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.switches = Switches()
        self.calendars: dict[str, Calendar] = {}
        self.primaries: dict[str, Calendar] = {}  # by open_id of a person or bot, by room_id of a room
        self.shelves: dict[str, Shelf] = {}
        self.list_watchers: dict[str, None] = {}  # people told when their list of calendars changes
        self.notices = Notices(self)
        self.book = Book(self)
        self.freebusy = FreeBusy(self)
        self.rooms = Rooms(self)
        self.invitations = Invitations(self)
        self.acls = Acls(self)
        self.client = Client(self)
        self.settings = PersonalSettings(self)
        self.reserves = Reserves(self)

    # -- identities -----------------------------------------------------------------------------------------

    def name_of(self, who: str) -> str:
        user = self.world.users.get(who)
        if user is not None:
            return user.name
        app = self.world.app_of(who)
        return app.name if app else who

    def zone_of(self, who: str) -> str:
        """The clock on the wall of a person, or of a room."""
        place = self.world.users.get(who) or self.rooms.rooms.get(who)
        return place.timezone if place else "Asia/Shanghai"

    def id_of(self, who: str, id_type: str) -> str:
        user = self.world.users.get(who)
        return user.id(id_type) if user else who

    def user(self, value: object, id_type: str) -> User | None:
        return self.world.person(value, id_type) if isinstance(value, str) else None

    # -- calendars ------------------------------------------------------------------------------------------

    def primary(self, who: str) -> Calendar:
        """The one calendar every person and every bot has from the start."""
        known = self.primaries.get(who)
        if known is None:
            known = self.primaries[who] = self._new("primary", who, self.name_of(who), role="owner")
            # It was always there, so nobody is told.
            self.shelves[who] = Shelf({known.calendar_id: Subscription()}, {known.calendar_id: 1}, 1)
        return known

    def room_calendar(self, room_id: str, name: str) -> Calendar:
        known = self.primaries.get(room_id)
        if known is None:
            known = self.primaries[room_id] = self._new("resource", room_id, name)
        return known

    def create(self, who: str, **values: Any) -> Calendar:
        calendar = self._new("shared", who, values.pop("summary", "") or "", role="owner")
        alias = values.pop("summary_alias", "")
        color = values.pop("color", None)
        for name, value in values.items():
            setattr(calendar, name, value)
        self._shelve(who, calendar, Subscription(alias, color))
        return calendar

    def _new(self, kind: Type, owner: str, summary: str, role: str | None = None) -> Calendar:
        calendar_id = f"feishu.cn_{self.world.ids.hex(f'calendar/{owner}', 22)}@group.calendar.feishu.cn"
        calendar = Calendar(calendar_id, kind, owner, summary)
        if role is not None:
            calendar.roles[owner] = role
        self.calendars[calendar_id] = calendar
        return calendar

    def find(self, calendar_id: str, who: str) -> Calendar:
        """The calendar, or the documented refusal; ``primary`` means the caller's own, as the official tool has it."""
        if calendar_id == "primary":
            return self.primary(who)
        calendar = self.calendars.get(calendar_id)
        if calendar is None:
            raise Refusal(191000 if CALENDAR_ID.fullmatch(calendar_id) else 191001)
        if calendar.deleted:
            raise Refusal(191003)
        return calendar

    def reach(
        self, calendar_id: str, who: str, *, least: str = "free_busy_reader", types: tuple[str, ...] = ()
    ) -> Calendar:
        """The calendar, if it is of the right type and the identity's role on it is enough."""
        calendar = self.find(calendar_id, who)
        if types and calendar.type not in types:
            raise Refusal(191004)
        if not self.allows(who, calendar, least):
            raise Refusal(191002)
        return calendar

    def role(self, who: str, calendar: Calendar) -> str | None:
        """What this identity is on the calendar: what it was granted, or what everybody is."""
        given, open_to_all = calendar.roles.get(who), BY_PERMISSION[calendar.permissions]
        if calendar.type == "resource":
            open_to_all = "reader"
        if given is None or (open_to_all is not None and ROLES.index(open_to_all) > ROLES.index(given)):
            return open_to_all
        return given

    def allows(self, who: str, calendar: Calendar, least: str) -> bool:
        role = self.role(who, calendar)
        return role is not None and ROLES.index(role) >= ROLES.index(least)

    def delete(self, calendar: Calendar) -> None:
        """The calendar is gone, and with it what was organized on it."""
        for uid in list(calendar.uids):
            series = self.book.series[uid]
            if series.master.calendar_id == calendar.calendar_id:
                self.book.cancel(series, series.master)
        calendar.deleted = True
        for who, shelf in self.shelves.items():
            if calendar.calendar_id in shelf.calendars:
                self._touch_shelf(who, calendar)

    # -- lists of calendars ---------------------------------------------------------------------------------

    def shelf(self, who: str) -> Shelf:
        self.primary(who)
        return self.shelves[who]

    def subscription(self, who: str, calendar: Calendar) -> Subscription | None:
        return self.shelf(who).calendars.get(calendar.calendar_id)

    def subscribe(self, who: str, calendar: Calendar) -> None:
        bot = calendar.type == "primary" and calendar.owner not in self.world.users
        if calendar.type not in ("shared", "primary") or calendar.permissions == "private" or bot:
            raise Refusal(191006)
        shelf = self.shelf(who)
        if calendar.calendar_id in shelf.calendars:
            return
        if len(shelf.calendars) >= MOST_SUBSCRIPTIONS:
            raise Refusal(191005)
        self._shelve(who, calendar)

    def unsubscribe(self, who: str, calendar: Calendar) -> None:
        if self.primary(who) is calendar:
            raise Refusal(191008)
        if self.shelf(who).calendars.pop(calendar.calendar_id, None) is None:
            raise Refusal(191007)
        self._touch_shelf(who, calendar)

    def _shelve(self, who: str, calendar: Calendar, subscription: Subscription | None = None) -> None:
        shelf = self.shelf(who)
        shelf.calendars[calendar.calendar_id] = subscription or Subscription()
        self._touch_shelf(who, calendar)

    def _touch_shelf(self, who: str, calendar: Calendar) -> None:
        shelf = self.shelves[who]
        shelf.sequence += 1
        shelf.changes.pop(calendar.calendar_id, None)
        shelf.changes[calendar.calendar_id] = shelf.sequence
        self.notices.calendar_list(who)

    def changed(self, calendar: Calendar, only: str | None = None) -> None:
        """Something about the calendar itself is different, for all who list it or for one of them."""
        for who in [only] if only else list(self.shelves):
            if calendar.calendar_id in self.shelves[who].calendars:
                self._touch_shelf(who, calendar)

    def view(self, calendar: Calendar, who: str) -> Json:
        """The calendar as the platform's answers show it to this identity."""
        mine = self.subscription(who, calendar) or Subscription()
        return {
            "calendar_id": calendar.calendar_id,
            "summary": calendar.summary,
            "description": calendar.description,
            "permissions": calendar.permissions,
            "color": calendar.color if mine.color is None else mine.color,
            "type": calendar.type,
            "summary_alias": mine.alias,
            "is_deleted": calendar.deleted,
            "is_third_party": calendar.type in ("google", "exchange"),
            "role": self.role(who, calendar) or "unknown",
        }

    def of_person(self, who: str) -> Iterator[Calendar]:
        """What a person's own client shows: their primary calendar and the shared ones in their list."""
        for calendar_id in self.shelf(who).calendars:
            calendar = self.calendars[calendar_id]
            mine = calendar is self.primary(who) or calendar.type == "shared"
            if mine and not calendar.deleted and self.allows(who, calendar, "reader"):
                yield calendar

    # -- what the control surface and the page ask for ------------------------------------------------------

    def act(self, by: str, op: str, **values: Any) -> Json:
        """A person does something in their own calendar client."""
        return self.client.act(by, op, **values)

    def client_view(self, open_id: str, start: datetime, end: datetime) -> list[Json]:
        """A person's events as their client shows them, in their zone, series expanded."""
        return self.client.view(open_id, start, end)

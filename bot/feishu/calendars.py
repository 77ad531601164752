"""Calendars themselves: shared ones, who may see them, and which of them somebody follows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

import msgspec

from bot.feishu.calendar import CalendarInfo
from bot.feishu.endpoint import Endpoint
from bot.feishu.identity import APP, Identity
from bot.feishu.paging import pages
from bot.feishu.parallel import batches, together
from bot.feishu.transport import Caller
from bot.feishu.wire import Answer, Json, Nothing

CALENDARS_PER_MGET = 10
CALENDARS_PER_PAGE = 1000
HITS_PER_PAGE = 50
ACLS_PER_PAGE = 50
MOST_SUBSCRIPTIONS = 1000
MAX_NAME = 255

Role = Literal["free_busy_reader", "reader", "writer", "owner"]
Permissions = Literal["private", "show_only_free_busy", "public"]

READ = ("calendar:calendar", "calendar:calendar:read", "calendar:calendar:readonly")
READ_ACL = ("calendar:calendar", "calendar:calendar.acl:read", "calendar:calendar:readonly")
READ_EVENT = ("calendar:calendar", "calendar:calendar.event:read", "calendar:calendar:readonly")
FOLLOW = ("calendar:calendar", "calendar:calendar:subscribe")

LIST = Endpoint(
    name="calendar.v4.calendar.list", feature="calendars", sdk="calendar.v4:ListCalendarRequest",
    scopes=READ, doc="calendar-v4/calendar/list-calendar", repeatable=True,
)  # fmt: skip
GET = Endpoint(
    name="calendar.v4.calendar.get", feature="calendars", sdk="calendar.v4:GetCalendarRequest",
    scopes=READ, doc="calendar-v4/calendar/get", repeatable=True,
)  # fmt: skip
MGET = Endpoint(
    name="calendar.v4.calendar.mget", feature="calendars", sdk="calendar.v4:MgetCalendarRequest",
    scopes=READ[1:], doc="calendar-v4/calendar/mget", repeatable=True,
)  # fmt: skip
SEARCH = Endpoint(
    name="calendar.v4.calendar.search", feature="calendars", sdk="calendar.v4:SearchCalendarRequest",
    scopes=READ, doc="calendar-v4/calendar/search", repeatable=True,
)  # fmt: skip
CREATE = Endpoint(
    name="calendar.v4.calendar.create", feature="shared calendars", sdk="calendar.v4:CreateCalendarRequest",
    scopes=("calendar:calendar", "calendar:calendar:create"), doc="calendar-v4/calendar/create",
)  # fmt: skip
PATCH = Endpoint(
    name="calendar.v4.calendar.patch", feature="shared calendars", sdk="calendar.v4:PatchCalendarRequest",
    scopes=("calendar:calendar", "calendar:calendar:update"), doc="calendar-v4/calendar/patch", repeatable=True,
)  # fmt: skip
DELETE = Endpoint(
    name="calendar.v4.calendar.delete", feature="shared calendars", sdk="calendar.v4:DeleteCalendarRequest",
    scopes=("calendar:calendar", "calendar:calendar:delete"), doc="calendar-v4/calendar/delete", repeatable=True,
)  # fmt: skip
SUBSCRIBE = Endpoint(
    name="calendar.v4.calendar.subscribe", feature="subscriptions", sdk="calendar.v4:SubscribeCalendarRequest",
    scopes=FOLLOW, doc="calendar-v4/calendar/subscribe", repeatable=True,
)  # fmt: skip
UNSUBSCRIBE = Endpoint(
    name="calendar.v4.calendar.unsubscribe", feature="subscriptions", sdk="calendar.v4:UnsubscribeCalendarRequest",
    scopes=FOLLOW, doc="calendar-v4/calendar/unsubscribe", repeatable=True,
)  # fmt: skip
SHARE = Endpoint(
    name="calendar.v4.calendar_acl.create", feature="sharing", sdk="calendar.v4:CreateCalendarAclRequest",
    scopes=("calendar:calendar", "calendar:calendar.acl:create"), doc="calendar-v4/calendar-acl/create",
    repeatable=True,
)  # fmt: skip
SHARES = Endpoint(
    name="calendar.v4.calendar_acl.list", feature="sharing", sdk="calendar.v4:ListCalendarAclRequest",
    scopes=READ_ACL, doc="calendar-v4/calendar-acl/list", repeatable=True,
)  # fmt: skip
UNSHARE = Endpoint(
    name="calendar.v4.calendar_acl.delete", feature="sharing", sdk="calendar.v4:DeleteCalendarAclRequest",
    scopes=("calendar:calendar", "calendar:calendar.acl:delete"), doc="calendar-v4/calendar-acl/delete",
    repeatable=True,
)  # fmt: skip
WATCH = Endpoint(
    name="calendar.v4.calendar_event.subscription", feature="changes",
    sdk="calendar.v4:SubscriptionCalendarEventRequest", scopes=READ_EVENT, tokens=("user",),
    doc="calendar-v4/calendar-event/subscription", repeatable=True,
)  # fmt: skip
UNWATCH = Endpoint(
    name="calendar.v4.calendar_event.unsubscription", feature="changes",
    sdk="calendar.v4:UnsubscriptionCalendarEventRequest", scopes=READ_EVENT, tokens=("user",),
    doc="calendar-v4/calendar-event/unsubscription", repeatable=True,
)  # fmt: skip
WATCH_LIST = Endpoint(
    name="calendar.v4.calendar.subscription", feature="changes", sdk="calendar.v4:SubscriptionCalendarRequest",
    scopes=READ, doc="calendar-v4/calendar/subscription", repeatable=True,
)  # fmt: skip
UNWATCH_LIST = Endpoint(
    name="calendar.v4.calendar.unsubscription", feature="changes", sdk="calendar.v4:UnsubscriptionCalendarRequest",
    scopes=READ, doc="calendar-v4/calendar/unsubscription", repeatable=True,
)  # fmt: skip
WATCH_ACL = Endpoint(
    name="calendar.v4.calendar_acl.subscription", feature="changes",
    sdk="calendar.v4:SubscriptionCalendarAclRequest", scopes=READ_ACL,
    doc="calendar-v4/calendar-acl/subscription", repeatable=True,
)  # fmt: skip
UNWATCH_ACL = Endpoint(
    name="calendar.v4.calendar_acl.unsubscription", feature="changes",
    sdk="calendar.v4:UnsubscriptionCalendarAclRequest", scopes=READ_ACL,
    doc="calendar-v4/calendar-acl/unsubscription", repeatable=True,
)  # fmt: skip


class Share(Answer, frozen=True):
    """Somebody's role on a calendar."""

    acl_id: str
    role: str = ""
    scope: dict[str, str] = msgspec.field(default_factory=dict)

    @property
    def open_id(self) -> str:
        return self.scope.get("user_id", "")


class Followed(NamedTuple):
    """The calendars somebody follows, or what changed among them, and the token for the next look."""

    calendars: tuple[CalendarInfo, ...]
    sync_token: str


class _List(Answer, frozen=True):
    calendar_list: tuple[CalendarInfo, ...] = ()
    has_more: bool = False
    page_token: str = ""
    sync_token: str = ""


class _Some(Answer, frozen=True):
    calendars: tuple[CalendarInfo, ...] = ()


class _Hits(Answer, frozen=True):
    items: tuple[CalendarInfo, ...] = ()
    page_token: str = ""
    has_more: bool = True  # not in this answer: the token alone tells


class _One(Answer, frozen=True):
    calendar: CalendarInfo


class _Shares(Answer, frozen=True):
    acls: tuple[Share, ...] = ()
    has_more: bool = False
    page_token: str = ""


class Calendars:
    """Calendars as things: made, named, shared, followed, watched."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def followed(self, *, sync_token: str | None = None, as_: Identity = APP) -> Followed:
        """All calendars the caller follows, or only changes since ``sync_token`` (90 days; then ``SyncExpired``)."""
        found: list[CalendarInfo] = []
        token = ""
        async for page in pages(
            lambda page_token: self._caller.call(
                LIST, _List, as_=as_, page_size=CALENDARS_PER_PAGE, page_token=page_token, sync_token=sync_token
            )
        ):
            found += page.calendar_list
            token = page.sync_token or token
        return Followed(tuple(found), token)

    async def get(self, calendar_id: str, *, as_: Identity = APP) -> CalendarInfo:
        """One calendar; any role on it is enough."""
        return await self._caller.call(GET, CalendarInfo, as_=as_, calendar_id=calendar_id)

    async def several(self, calendar_ids: Iterable[str], *, as_: Identity = APP) -> dict[str, CalendarInfo]:
        """Several calendars by id, ten per call, side by side."""
        wanted = list(dict.fromkeys(calendar_ids))
        answers = await together(
            self._caller.call(MGET, _Some, body={"calendar_ids": group}, as_=as_)
            for group in batches(wanted, CALENDARS_PER_MGET)
        )
        return {found.calendar_id: found for answer in answers for found in answer.calendars}

    async def search(self, query: str, *, as_: Identity = APP) -> list[CalendarInfo]:
        """Public calendars and people's own by name; the app does not find people's own."""
        found: list[CalendarInfo] = []
        async for page in pages(
            lambda token: self._caller.call(
                SEARCH, _Hits, body={"query": query}, as_=as_, page_size=HITS_PER_PAGE, page_token=token
            )
        ):
            found += page.items
        return found

    async def create(
        self,
        name: str,
        *,
        description: str | None = None,
        permissions: Permissions = "show_only_free_busy",
        as_: Identity = APP,
    ) -> CalendarInfo:
        """Make a shared calendar; the caller owns and follows it. There is no key: it is never repeated."""
        body: Json = {"summary": name[:MAX_NAME], "permissions": permissions}
        if description is not None:
            body["description"] = description[:MAX_NAME]
        return (await self._caller.call(CREATE, _One, body=body, as_=as_)).calendar

    async def patch(
        self,
        calendar_id: str,
        *,
        name: str | None = None,
        description: str | None = None,
        permissions: Permissions | None = None,
        alias: str | None = None,
        color: int | None = None,
        as_: Identity = APP,
    ) -> CalendarInfo:
        """Change a calendar. Only owners may; alias and colour are the caller's own."""
        wanted = {
            "summary": name,
            "description": description,
            "permissions": permissions,
            "summary_alias": alias,
            "color": color,
        }
        body = {field: value for field, value in wanted.items() if value is not None}
        return (await self._caller.call(PATCH, _One, body=body, as_=as_, calendar_id=calendar_id)).calendar

    async def delete(self, calendar_id: str, *, as_: Identity = APP) -> None:
        """Delete a shared calendar; a primary one stays."""
        await self._caller.call(DELETE, Nothing, as_=as_, calendar_id=calendar_id)

    async def subscribe(self, calendar_id: str, *, as_: Identity = APP) -> CalendarInfo:
        """Follow a calendar: public ones and those that show free/busy, a thousand at most."""
        return (await self._caller.call(SUBSCRIBE, _One, as_=as_, calendar_id=calendar_id)).calendar

    async def unsubscribe(self, calendar_id: str, *, as_: Identity = APP) -> None:
        """Follow it no longer."""
        await self._caller.call(UNSUBSCRIBE, Nothing, as_=as_, calendar_id=calendar_id)

    async def share(self, calendar_id: str, open_id: str, role: Role, *, as_: Identity = APP) -> Share:
        """Give a person a role; only owners may."""
        body: Json = {"role": role, "scope": {"type": "user", "user_id": open_id}}
        return await self._caller.call(
            SHARE, Share, body=body, as_=as_, calendar_id=calendar_id, user_id_type="open_id"
        )

    async def shares(self, calendar_id: str, *, as_: Identity = APP) -> list[Share]:
        """Who has which role."""
        found: list[Share] = []
        async for page in pages(
            lambda token: self._caller.call(
                SHARES,
                _Shares,
                as_=as_,
                calendar_id=calendar_id,
                page_size=ACLS_PER_PAGE,
                page_token=token,
                user_id_type="open_id",
            )
        ):
            found += page.acls
        return found

    async def unshare(self, calendar_id: str, acl_id: str, *, as_: Identity = APP) -> None:
        """Take a role back."""
        await self._caller.call(UNSHARE, Nothing, as_=as_, calendar_id=calendar_id, acl_id=acl_id)

    async def watch(self, calendar_id: str, *, as_: Identity) -> None:
        """Be told of changed events on this calendar, for this person: one call per person, by their own token."""
        await self._caller.call(WATCH, Nothing, as_=as_, calendar_id=calendar_id)

    async def unwatch(self, calendar_id: str, *, as_: Identity) -> None:
        """Be told no longer."""
        await self._caller.call(UNWATCH, Nothing, as_=as_, calendar_id=calendar_id)

    async def watch_list(self, *, as_: Identity, on: bool = True) -> None:
        """Be told (or no longer) when this person's list of calendars changes."""
        await self._caller.call(WATCH_LIST if on else UNWATCH_LIST, Nothing, as_=as_)

    async def watch_shares(self, calendar_id: str, *, as_: Identity, on: bool = True) -> None:
        """Be told (or no longer) when roles on this calendar change."""
        await self._caller.call(WATCH_ACL if on else UNWATCH_ACL, Nothing, as_=as_, calendar_id=calendar_id)

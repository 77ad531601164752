"""Events: made, read, changed, found, followed by a sync token."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from bot.domain.span import Span
from bot.feishu import calendar_endpoints as api
from bot.feishu.events import Event, EventChange, NewEvent, times
from bot.feishu.guests import ATTENDEES_PER_PAGE
from bot.feishu.identity import APP, Identity
from bot.feishu.paging import pages
from bot.feishu.parallel import pieces, together
from bot.feishu.transport import Caller
from bot.feishu.wire import Answer, Json, Nothing

EVENTS_PER_PAGE = 1000  # 50 to 1000; a window is cut off there without a word
SEARCH_PER_PAGE = 100
INSTANCES_PER_PAGE = 500
MAX_QUERY = 200  # characters
VIEW_SPAN = timedelta(days=40)  # instance_view: less than this, and fewer than 1000 hits
IDEMPOTENCY_KEY = range(32, 129)  # characters


class Changes(NamedTuple):
    """What changed in a calendar since a sync token was given out, and the next token."""

    events: tuple[Event, ...]
    sync_token: str


class _OneEvent(Answer, frozen=True):
    event: Event


class _Events(Answer, frozen=True):
    items: tuple[Event, ...] = ()
    has_more: bool = False
    page_token: str = ""
    sync_token: str = ""


class _Hits(Answer, frozen=True):
    items: tuple[Event, ...] = ()
    page_token: str = ""
    has_more: bool = True  # not in this answer: the token alone tells


class EventCalls:
    """The calls about events themselves."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def create_event(
        self,
        calendar_id: str,
        new: NewEvent,
        *,
        idempotency_key: str,
        as_: Identity = APP,
        notify: bool = True,
    ) -> Event:
        """Make an event; people and rooms are added afterwards. The same key makes it only once per calendar."""
        if len(idempotency_key) not in IDEMPOTENCY_KEY:
            raise ValueError(f"an idempotency key has 32 to 128 characters, this one {len(idempotency_key)}")
        made = await self._caller.call(
            api.CREATE,
            _OneEvent,
            body=new.body(notify=notify),
            as_=as_,
            key=idempotency_key,
            calendar_id=calendar_id,
            idempotency_key=idempotency_key,
            user_id_type="open_id",
        )
        return made.event

    async def get_event(
        self, calendar_id: str, event_id: str, *, as_: Identity = APP, attendees: bool = False
    ) -> Event:
        """One event, or one occurrence by its instance id; with up to 100 ``attendees`` when asked for."""
        found = await self._caller.call(
            api.GET,
            _OneEvent,
            as_=as_,
            calendar_id=calendar_id,
            event_id=event_id,
            need_attendee=True if attendees else None,
            max_attendee_num=ATTENDEES_PER_PAGE if attendees else None,
            user_id_type="open_id",
        )
        return found.event

    async def patch_event(
        self, calendar_id: str, event_id: str, change: EventChange, *, as_: Identity = APP, notify: bool = True
    ) -> Event:
        """Change an event, a series or one occurrence. What ``change`` leaves None stays as it is."""
        made = await self._caller.call(
            api.PATCH,
            _OneEvent,
            body=change.body(notify=notify),
            as_=as_,
            calendar_id=calendar_id,
            event_id=event_id,
            user_id_type="open_id",
        )
        return made.event

    async def delete_event(self, calendar_id: str, event_id: str, *, as_: Identity = APP, notify: bool = True) -> None:
        """Delete an event; only its organizer may. Raises ``Gone`` when it is deleted already."""
        await self._caller.call(
            api.DELETE, Nothing, as_=as_, calendar_id=calendar_id, event_id=event_id, need_notification=notify
        )

    async def reply(
        self, calendar_id: str, event_id: str, answer: Literal["accept", "decline", "tentative"], *, as_: Identity
    ) -> None:
        """Answer an invitation, always for the caller alone: nobody can answer for somebody else."""
        await self._caller.call(
            api.REPLY, Nothing, body={"rsvp_status": answer}, as_=as_, calendar_id=calendar_id, event_id=event_id
        )

    async def search(
        self, calendar_id: str, query: str, *, span: Span | None = None, as_: Identity = APP
    ) -> list[Event]:
        """Events by their title. Without ``span`` only about the last month; a title with ``_`` must be exact."""
        body: Json = {"query": query[:MAX_QUERY]}
        if span is not None:
            body["filter"] = times(span, "UTC")
        found: list[Event] = []
        async for page in pages(
            lambda token: self._caller.call(
                api.SEARCH,
                _Hits,
                body=body,
                as_=as_,
                calendar_id=calendar_id,
                page_size=SEARCH_PER_PAGE,
                page_token=token,
                user_id_type="open_id",
            )
        ):
            found += page.items
        return found

    async def events(self, calendar_id: str, span: Span, *, as_: Identity = APP) -> list[Event]:
        """Events that touch a window: series once with their rule, changed occurrences beside them."""
        found = await self._caller.call(
            api.LIST,
            _Events,
            as_=as_,
            calendar_id=calendar_id,
            start_time=_seconds(span.start),
            end_time=_seconds(span.end),
            page_size=EVENTS_PER_PAGE,
            user_id_type="open_id",
        )
        if len(found.items) < EVENTS_PER_PAGE or span.length <= timedelta(hours=1):
            return list(found.items)
        middle = span.start + span.length / 2
        halves = await together(
            self.events(calendar_id, half, as_=as_) for half in (Span(span.start, middle), Span(middle, span.end))
        )
        return list({event.event_id: event for half in halves for event in half}.values())

    async def sync(
        self, calendar_id: str, *, sync_token: str | None = None, since: datetime | None = None, as_: Identity = APP
    ) -> Changes:
        """What changed since ``sync_token``, or everything from ``since`` on when there is none yet.

        Raises ``SyncExpired`` when the token is too old: start over without it.
        """
        found: list[Event] = []
        page: str | None = None
        while True:
            answer = await self._caller.call(
                api.LIST,
                _Events,
                as_=as_,
                calendar_id=calendar_id,
                sync_token=sync_token,
                anchor_time=_seconds(since) if since is not None and sync_token is None else None,
                page_token=page,
                page_size=EVENTS_PER_PAGE,
                user_id_type="open_id",
            )
            found += answer.items
            if not answer.has_more:
                return Changes(tuple(found), answer.sync_token or sync_token or "")
            if sync_token is not None:
                sync_token = answer.sync_token or sync_token
            page = answer.page_token or None

    async def instances(self, calendar_id: str, event_id: str, span: Span, *, as_: Identity = APP) -> list[Event]:
        """The occurrences of one series within at most two years; the ends of the window do not count."""
        found: list[Event] = []
        async for page in pages(
            lambda token: self._caller.call(
                api.INSTANCES,
                _Events,
                as_=as_,
                calendar_id=calendar_id,
                event_id=event_id,
                start_time=_seconds(span.start),
                end_time=_seconds(span.end),
                page_size=INSTANCES_PER_PAGE,
                page_token=token,
            )
        ):
            found += page.items
        return found

    async def instance_view(self, calendar_id: str, span: Span, *, as_: Identity = APP) -> list[Event]:
        """Every occurrence in a window, series expanded; longer windows are asked in parts."""
        answers = await together(
            self._caller.call(
                api.INSTANCE_VIEW,
                _Events,
                as_=as_,
                calendar_id=calendar_id,
                start_time=_seconds(piece.start),
                end_time=_seconds(piece.end),
                user_id_type="open_id",
            )
            for piece in pieces(span, VIEW_SPAN - timedelta(days=1))
        )
        return list({event.event_id: event for answer in answers for event in answer.items}.values())


def _seconds(instant: datetime) -> str:
    return str(int(instant.timestamp()))

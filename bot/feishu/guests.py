"""Who comes to an event: people, groups, mail addresses and rooms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.feishu import calendar_endpoints as api
from bot.feishu.events import Attendee
from bot.feishu.identity import APP, Identity
from bot.feishu.paging import pages
from bot.feishu.parallel import batches
from bot.feishu.transport import Caller
from bot.feishu.wire import Answer, Json, Nothing

ATTENDEES_PER_CALL = 1000  # 3000 on one event
ROOMS_PER_CALL = 100
REMOVALS_PER_CALL = 500
ATTENDEES_PER_PAGE = 100


class ChatGuest(Answer, frozen=True):
    """Somebody invited through a group."""

    open_id: str = ""
    display_name: str = ""
    rsvp_status: str = "needs_action"
    is_optional: bool = False
    is_organizer: bool = False
    is_external: bool = False


class _Attendees(Answer, frozen=True):
    items: tuple[Attendee, ...] = ()
    attendees: tuple[Attendee, ...] = ()
    has_more: bool = False
    page_token: str = ""


class _ChatGuests(Answer, frozen=True):
    items: tuple[ChatGuest, ...] = ()
    has_more: bool = False
    page_token: str = ""


class Guests:
    """The attendee calls."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def add_attendees(
        self,
        calendar_id: str,
        event_id: str,
        users: Iterable[str] = (),
        *,
        optional: Iterable[str] = (),
        chats: Iterable[str] = (),
        rooms: Iterable[str] = (),
        emails: Iterable[str] = (),
        room_contact: str | None = None,
        approval_reason: str | None = None,
        as_: Identity = APP,
        notify: bool = True,
    ) -> list[Attendee]:
        """Invite people, groups, mail addresses and rooms.

        Rooms answer later: ``needs_action`` becomes accept or decline within seconds. An event of the app needs
        ``room_contact``; a room with approval needs a person's own token and an ``approval_reason``.
        """
        people: list[Json] = [{"type": "user", "user_id": who} for who in users]
        people += [{"type": "user", "user_id": who, "is_optional": True} for who in optional]
        people += [{"type": "chat", "chat_id": chat} for chat in chats]
        people += [{"type": "third_party", "third_party_email": email} for email in emails]
        booked = [_room(room, room_contact, approval_reason) for room in rooms]
        added: list[Attendee] = []
        for group in [*batches(people, ATTENDEES_PER_CALL), *batches(booked, ROOMS_PER_CALL)]:
            # One after another: two changes of one event at a time would answer 190010.
            answer = await self._caller.call(
                api.ADD_ATTENDEES,
                _Attendees,
                body={"attendees": group, "need_notification": notify},
                as_=as_,
                calendar_id=calendar_id,
                event_id=event_id,
                user_id_type="open_id",
            )
            added += answer.attendees
        return added

    async def attendees(self, calendar_id: str, event_id: str, *, as_: Identity = APP) -> list[Attendee]:
        """Everybody and every room on an event; 194001 when its organizer hides them."""
        found: list[Attendee] = []
        async for page in pages(
            lambda token: self._caller.call(
                api.ATTENDEES,
                _Attendees,
                as_=as_,
                calendar_id=calendar_id,
                event_id=event_id,
                page_size=ATTENDEES_PER_PAGE,
                page_token=token,
                user_id_type="open_id",
            )
        ):
            found += page.items
        return found

    async def chat_members(
        self, calendar_id: str, event_id: str, attendee_id: str, *, as_: Identity = APP
    ) -> list[ChatGuest]:
        """The people of an invited group and what each answered; the caller must be one of them."""
        found: list[ChatGuest] = []
        async for page in pages(
            lambda token: self._caller.call(
                api.CHAT_MEMBERS,
                _ChatGuests,
                as_=as_,
                calendar_id=calendar_id,
                event_id=event_id,
                attendee_id=attendee_id,
                page_size=ATTENDEES_PER_PAGE,
                page_token=token,
                user_id_type="open_id",
            )
        ):
            found += page.items
        return found

    async def remove_attendees(
        self,
        calendar_id: str,
        event_id: str,
        users: Iterable[str] = (),
        *,
        chats: Iterable[str] = (),
        rooms: Iterable[str] = (),
        emails: Iterable[str] = (),
        attendee_ids: Sequence[str] = (),
        as_: Identity = APP,
        notify: bool = True,
    ) -> None:
        """Take people, groups, rooms or addresses off an event; only the organizer may."""
        gone: list[Json] = [{"type": "user", "user_id": who} for who in users]
        gone += [{"type": "chat", "chat_id": chat} for chat in chats]
        gone += [{"type": "resource", "room_id": room} for room in rooms]
        gone += [{"type": "third_party", "third_party_email": email} for email in emails]
        bodies: list[Json] = [{"delete_ids": group} for group in batches(gone, REMOVALS_PER_CALL)]
        bodies += [{"attendee_ids": group} for group in batches(attendee_ids, REMOVALS_PER_CALL)]
        for body in bodies:
            await self._caller.call(
                api.REMOVE_ATTENDEES,
                Nothing,
                body={**body, "need_notification": notify},
                as_=as_,
                calendar_id=calendar_id,
                event_id=event_id,
                user_id_type="open_id",
            )


def _room(room: str, contact: str | None, approval_reason: str | None) -> Json:
    wish: Json = {"type": "resource", "room_id": room}
    if contact is not None:
        wish["operate_id"] = contact
    if approval_reason is not None:
        wish["approval_reason"] = approval_reason
    return wish

"""What hangs on an event beside its guests: the meeting chat and the minutes."""

from __future__ import annotations

from bot.feishu.endpoint import Endpoint
from bot.feishu.identity import APP, Identity
from bot.feishu.transport import Caller
from bot.feishu.wire import Answer, Nothing

CHANGE = ("calendar:calendar", "calendar:calendar.event:update")

CREATE_CHAT = Endpoint(
    name="calendar.v4.calendar_event_meeting_chat.create", feature="meeting chats",
    sdk="calendar.v4:CreateCalendarEventMeetingChatRequest", scopes=CHANGE,
    doc="calendar-v4/calendar-event-meeting_chat/create", repeatable=True,
)  # fmt: skip
DELETE_CHAT = Endpoint(
    name="calendar.v4.calendar_event_meeting_chat.delete", feature="meeting chats",
    sdk="calendar.v4:DeleteCalendarEventMeetingChatRequest", scopes=CHANGE,
    doc="calendar-v4/calendar-event-meeting_chat/delete", repeatable=True,
)  # fmt: skip
CREATE_MINUTES = Endpoint(
    name="calendar.v4.calendar_event_meeting_minute.create", feature="minutes",
    sdk="calendar.v4:CreateCalendarEventMeetingMinuteRequest", scopes=CHANGE,
    doc="calendar-v4/calendar-event-meeting_minute/create", repeatable=True,
)  # fmt: skip


class MeetingChat(Answer, frozen=True):
    """The chat of an event's guests. Its id is of its own kind, not an ``oc_``."""

    meeting_chat_id: str
    applink: str = ""


class Minutes(Answer, frozen=True):
    """The document in which a meeting is written down."""

    doc_url: str


class Meetings:
    """Chats and minutes, for events on the caller's own primary calendar."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def create_chat(self, calendar_id: str, event_id: str, *, as_: Identity = APP) -> MeetingChat:
        """A chat with everybody on the event: at least two, and the list not hidden (``error.no_meeting_chat``)."""
        return await self._caller.call(CREATE_CHAT, MeetingChat, as_=as_, calendar_id=calendar_id, event_id=event_id)

    async def unlink_chat(self, calendar_id: str, event_id: str, meeting_chat_id: str, *, as_: Identity = APP) -> None:
        """Part event and chat; only the chat's owner may."""
        await self._caller.call(
            DELETE_CHAT,
            Nothing,
            as_=as_,
            calendar_id=calendar_id,
            event_id=event_id,
            meeting_chat_id=meeting_chat_id,
        )

    async def create_minutes(self, calendar_id: str, event_id: str, *, as_: Identity = APP) -> Minutes:
        """Minutes for the event: at least one guest, and guests that see each other (``error.no_minutes``)."""
        return await self._caller.call(CREATE_MINUTES, Minutes, as_=as_, calendar_id=calendar_id, event_id=event_id)

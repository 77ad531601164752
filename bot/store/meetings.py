"""Meetings this bot has made, so that chats can speak about them later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from bot.domain.span import Span
from bot.store.codec import decode, encode
from bot.store.instants import database_now
from bot.store.schema import meetings


@dataclass(frozen=True, slots=True)
class Meeting:
    """An event of the calendar and the chat it was arranged in. ``body`` is whatever its owner wants to remember."""

    event_id: str
    calendar_id: str
    chat_id: str
    requester: str
    title: str
    span: Span
    status: str = "booked"
    draft_id: str | None = None
    message_id: str | None = None
    body: Mapping[str, Any] = field(default_factory=dict)
    created_at: datetime | None = None  # filled in by the store


class Meetings:
    """The meetings table inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, event_id: str) -> Meeting | None:
        return self._one(select(meetings).where(meetings.c.event_id == event_id))

    def by_message(self, message_id: str) -> Meeting | None:
        """The meeting whose card this message is."""
        return self._one(select(meetings).where(meetings.c.message_id == message_id).order_by(meetings.c.seq.desc()))

    def last_in_chat(self, chat_id: str) -> Meeting | None:
        """The meeting that was made here last."""
        return self._one(select(meetings).where(meetings.c.chat_id == chat_id).order_by(meetings.c.seq.desc()))

    def on_calendar(self, calendar_id: str, *, after: datetime) -> list[Meeting]:
        """Meetings of one calendar that end after this instant, the earliest first."""
        query = select(meetings).where(meetings.c.calendar_id == calendar_id, meetings.c.ends_at > after)
        return [_meeting(row) for row in self._connection.execute(query.order_by(meetings.c.starts_at))]

    def put(self, meeting: Meeting) -> None:
        """Write the meeting as it is now."""
        values = {
            "calendar_id": meeting.calendar_id,
            "draft_id": meeting.draft_id,
            "chat_id": meeting.chat_id,
            "message_id": meeting.message_id,
            "requester": meeting.requester,
            "title": meeting.title,
            "starts_at": meeting.span.start,
            "ends_at": meeting.span.end,
            "status": meeting.status,
            "body": encode(meeting.body).decode(),
        }
        known = update(meetings).where(meetings.c.event_id == meeting.event_id).values(values)
        if not self._connection.execute(known).rowcount:
            made = meeting.created_at if meeting.created_at is not None else database_now()
            new = insert(meetings).values(event_id=meeting.event_id, created_at=made, **values)
            self._connection.execute(new)

    def _one(self, query: Select[Any]) -> Meeting | None:
        row = self._connection.execute(query.limit(1)).one_or_none()
        return None if row is None else _meeting(row)


def _meeting(row: Row[Any]) -> Meeting:
    return Meeting(
        event_id=row.event_id,
        calendar_id=row.calendar_id,
        chat_id=row.chat_id,
        requester=row.requester,
        title=row.title,
        span=Span(row.starts_at, row.ends_at),
        status=row.status,
        draft_id=row.draft_id,
        message_id=row.message_id,
        body=decode(row.body),
        created_at=row.created_at,
    )

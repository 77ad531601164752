"""Drafts as they are kept between two taps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from bot.domain.draft import Draft
from bot.store.codec import decode, encode
from bot.store.errors import StaleRevision
from bot.store.instants import database_now
from bot.store.schema import drafts


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft and the message that shows it."""

    draft: Draft
    message_id: str | None
    created_at: datetime
    updated_at: datetime


class Drafts:
    """The drafts table inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, draft_id: str) -> KeptDraft | None:
        return self._one(select(drafts).where(drafts.c.id == draft_id))

    def by_message(self, message_id: str) -> KeptDraft | None:
        """The draft whose card this message is."""
        return self._one(select(drafts).where(drafts.c.message_id == message_id).order_by(drafts.c.seq.desc()))

    def last_in_chat(self, chat_id: str, requester: str | None = None) -> KeptDraft | None:
        """The latest draft started here, by this person if one is named."""
        here = select(drafts).where(drafts.c.chat_id == chat_id).order_by(drafts.c.seq.desc())
        return self._one(here if requester is None else here.where(drafts.c.requester == requester))

    def several(self, draft_ids: Sequence[str]) -> dict[str, KeptDraft]:
        rows = self._connection.execute(select(drafts).where(drafts.c.id.in_(draft_ids)))
        return {row.id: _kept(row) for row in rows}

    def put(self, draft: Draft, *, message_id: str | None = None, expected: int | None = None) -> None:
        """Write a new draft, or the next revision of one; ``message_id`` None leaves the one that is kept.

        The kept revision must be ``expected``, by default the one before the draft's own; the very same draft may be
        written again. Raises StaleRevision when somebody else was faster.
        """
        values: dict[str, Any] = {
            "chat_id": draft.chat_id,
            "requester": draft.requester,
            "status": draft.status.value,
            "revision": draft.revision,
            "body": encode(draft).decode(),
            "updated_at": database_now(),
        }
        if message_id is not None:
            values["message_id"] = message_id
        before = draft.revision - 1 if expected is None else expected
        newer = update(drafts).where(drafts.c.id == draft.id, drafts.c.revision == before).values(values)
        if self._connection.execute(newer).rowcount:
            return
        kept = self._connection.execute(select(drafts).where(drafts.c.id == draft.id)).one_or_none()
        if kept is None:
            self._connection.execute(insert(drafts).values(id=draft.id, created_at=database_now(), **values))
        elif kept.body != values["body"]:
            raise StaleRevision(f"draft {draft.id} is at revision {kept.revision}, not at {before}")
        elif message_id is not None and kept.message_id != message_id:
            self._connection.execute(update(drafts).where(drafts.c.id == draft.id).values(message_id=message_id))

    def _one(self, query: Select[Any]) -> KeptDraft | None:
        row = self._connection.execute(query.limit(1)).one_or_none()
        return None if row is None else _kept(row)


def _kept(row: Row[Any]) -> KeptDraft:
    return KeptDraft(decode(row.body, Draft), row.message_id, row.created_at, row.updated_at)

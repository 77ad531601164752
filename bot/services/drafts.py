"""The drafts this bot remembers, for handlers that may not speak SQL."""

from __future__ import annotations

from bot.domain.draft import Draft
from bot.store.db import Db
from bot.store.drafts import Drafts


class DraftBook:
    """Reading only: what a handler changes travels back in its reply and is written with the job's end."""

    def __init__(self, db: Db) -> None:
        self._db = db

    async def get(self, draft_id: str) -> Draft | None:
        """The draft as it is now, or None for one that was never made or is long gone."""
        kept = await self._db.tx(lambda connection: Drafts(connection).get(draft_id))
        return kept.draft if kept is not None else None

    async def message_of(self, draft_id: str) -> str | None:
        """The message that shows this draft."""
        kept = await self._db.tx(lambda connection: Drafts(connection).get(draft_id))
        return kept.message_id if kept is not None else None

    async def of_message(self, message_id: str) -> Draft | None:
        """The draft whose card this message is."""
        kept = await self._db.tx(lambda connection: Drafts(connection).by_message(message_id))
        return kept.draft if kept is not None else None

    async def last_in_chat(self, chat_id: str, requester: str) -> Draft | None:
        """The latest draft this person started here."""
        kept = await self._db.tx(lambda connection: Drafts(connection).last_in_chat(chat_id, requester))
        return kept.draft if kept is not None else None

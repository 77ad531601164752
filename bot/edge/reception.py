"""What happens to an update once it is known to be the platform's, by whichever way it came in."""

from __future__ import annotations

import json

from bot.dispatch.deadline import ANSWER_WITHIN, Deadlines
from bot.dispatch.pipeline import enqueue
from bot.feishu.inbound import CardTapped, Secrets, Update
from bot.i18n import T, all_locales
from bot.store.engine import Engine

NOTHING = b"{}"


class Reception:
    """Store once, then acknowledge; a tap waits a moment for its answer."""

    def __init__(self, engine: Engine, deadlines: Deadlines, secrets: Secrets) -> None:
        self._engine, self._deadlines = engine, deadlines
        self.secrets = secrets  # what deliveries are checked against; replaced once the bot knows its own open_id

    async def take(self, update: Update) -> bytes:
        """The JSON to answer with. Raises StoreUnavailable: then the platform must deliver again."""
        if isinstance(update, CardTapped):
            return await self._answer(update)
        await enqueue(self._engine, update)
        return NOTHING

    async def _answer(self, tap: CardTapped) -> bytes:
        with self._deadlines.waiting(tap.dedup_key):
            job = await enqueue(self._engine, tap)
            if job is None:
                return NOTHING
            result = await self._engine.outcome(job.id, ANSWER_WITHIN)
        if result is None:
            toast = {"type": "info", **all_locales(T("toast.working"))}
            return json.dumps({"toast": toast}, ensure_ascii=False).encode()
        return result

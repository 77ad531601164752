"""Where the platform delivers: verify, store once, acknowledge, and only then work. Taps wait for their answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

from aiohttp import web

from bot import log
from bot.dispatch.deadline import ANSWER_WITHIN, Deadlines
from bot.dispatch.pipeline import enqueue
from bot.feishu.inbound import CardTapped, Rejected, Secrets, UrlVerification, parse
from bot.i18n import T, all_locales
from bot.metrics import Metrics
from bot.store.engine import Engine, StoreUnavailable

MAX_BODY = 1024 * 1024  # bytes
logger = log.get(__name__)


class Webhook:
    """``POST /webhook/event``: events and card callbacks alike."""

    def __init__(
        self,
        engine: Engine,
        deadlines: Deadlines,
        metrics: Metrics,
        secrets: Secrets,
        *,
        wall_clock: Callable[[], float] = time.time,
    ) -> None:
        self._engine, self._deadlines, self._metrics, self.secrets = engine, deadlines, metrics, secrets
        self._wall_clock = wall_clock

    async def deliver(self, request: web.Request) -> web.Response:
        """Answer one delivery: 200 once it is stored, 4xx for what is not the platform's, 503 to be called again."""
        began = time.perf_counter()
        try:
            body = await request.read()
        except web.HTTPRequestEntityTooLarge:
            return self._refuse(413, "too_large", "the body is over 1 MB")
        try:
            # Signatures carry transport time, so their age is measured on the machine's clock.
            update = parse(
                request.headers, body, secrets=self.secrets, now=datetime.fromtimestamp(self._wall_clock(), UTC)
            )
        except Rejected as rejected:
            return self._refuse(rejected.status, rejected.reason, str(rejected))
        if isinstance(update, UrlVerification):
            return web.json_response({"challenge": update.challenge})
        try:
            if isinstance(update, CardTapped):
                return await self._answer(update)
            await enqueue(self._engine, update)
        except StoreUnavailable:
            logger.warning("store_unavailable", key=update.dedup_key)
            return web.json_response({"error": "the store does not answer; deliver again"}, status=503)
        self._metrics.ack.observe(time.perf_counter() - began)
        return web.json_response({})

    async def _answer(self, tap: CardTapped) -> web.Response:
        with self._deadlines.waiting(tap.dedup_key):
            job = await enqueue(self._engine, tap)
            if job is None:
                return web.json_response({})
            result = await self._engine.outcome(job.id, ANSWER_WITHIN)
        if result is None:
            return web.json_response({"toast": {"type": "info", **all_locales(T("toast.working"))}})
        return web.Response(body=result, content_type="application/json")

    def _refuse(self, status: int, reason: str, detail: str) -> web.Response:
        self._metrics.refused.labels(reason).inc()
        logger.warning("webhook_refused", reason=reason, detail=detail, status=status)
        return web.json_response({"error": detail}, status=status)

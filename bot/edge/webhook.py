"""Where the platform delivers: verify, store once, acknowledge, and only then work. Taps wait for their answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

from aiohttp import web

from bot import log
from bot.edge.reception import Reception
from bot.feishu.inbound import CardTapped, Rejected, UrlVerification, parse
from bot.metrics import Metrics
from bot.store.engine import StoreUnavailable

MAX_BODY = 1024 * 1024  # bytes
logger = log.get(__name__)


class Webhook:
    """``POST /webhook/event``: events and card callbacks alike."""

    def __init__(
        self,
        reception: Reception,
        metrics: Metrics,
        *,
        wall_clock: Callable[[], float] = time.time,
    ) -> None:
        self._reception, self._metrics = reception, metrics
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
                request.headers,
                body,
                secrets=self._reception.secrets,
                now=datetime.fromtimestamp(self._wall_clock(), UTC),
            )
        except Rejected as rejected:
            return self._refuse(rejected.status, rejected.reason, str(rejected))
        if isinstance(update, UrlVerification):
            return web.json_response({"challenge": update.challenge})
        try:
            answer = await self._reception.take(update)
        except StoreUnavailable:
            logger.warning("store_unavailable", key=update.dedup_key)
            return web.json_response({"error": "the store does not answer; deliver again"}, status=503)
        if not isinstance(update, CardTapped):
            self._metrics.ack.observe(time.perf_counter() - began)
        return web.Response(body=answer, content_type="application/json")

    def _refuse(self, status: int, reason: str, detail: str) -> web.Response:
        self._metrics.refused.labels(reason).inc()
        logger.warning("webhook_refused", reason=reason, detail=detail, status=status)
        return web.json_response({"error": detail}, status=status)

"""Whether the process lives, whether it can work, and its figures."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.metrics import Metrics


def routes(ready: Callable[[], Awaitable[str | None]], metrics: Metrics) -> list[web.RouteDef]:
    """``/healthz``, ``/readyz`` and ``/metrics``. ``ready`` answers None, or what is not ready yet."""

    async def healthz(request: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    async def readyz(request: web.Request) -> web.Response:
        problem = await ready()
        if problem is None:
            return web.json_response({"ok": True})
        return web.json_response({"ok": False, "problem": problem}, status=503)

    async def figures(request: web.Request) -> web.Response:
        from prometheus_client import generate_latest

        return web.Response(body=generate_latest(metrics.registry), content_type="text/plain", charset="utf-8")

    return [web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", figures)]

"""The servers that ``ack`` measures: a bare aiohttp handler, the SDK's dispatcher behind aiohttp, and our edge."""

from __future__ import annotations

import asyncio
import sys

from aiohttp import web

from tests.bench.ack import KEY, TOKEN


async def floor(_: str) -> web.Application:
    async def handle(request: web.Request) -> web.Response:
        await request.read()
        return web.json_response({})

    app = web.Application()
    app.router.add_post("/webhook/event", handle)
    return app


async def sdk(_: str) -> web.Application:
    import lark_oapi as lark
    from lark_oapi.core.model import RawRequest

    def receive(_: object) -> None:
        """Stores nothing."""

    dispatcher = lark.EventDispatcherHandler.builder(KEY, TOKEN).register_p2_im_message_receive_v1(receive).build()

    async def handle(request: web.Request) -> web.Response:
        raw = RawRequest()
        raw.uri, raw.headers, raw.body = request.path, dict(request.headers), await request.read()
        answer = dispatcher.do(raw)
        return web.Response(status=answer.status_code, body=answer.content)

    app = web.Application()
    app.router.add_post("/webhook/event", handle)
    return app


async def ours(database_url: str) -> web.Application:
    from bot import log
    from bot.clock import SystemClock
    from bot.dispatch.deadline import Deadlines
    from bot.edge.reception import Reception
    from bot.edge.webhook import Webhook
    from bot.feishu.inbound import Secrets
    from bot.metrics import Metrics
    from bot.store.db import Db
    from bot.store.engine import Engine, Run

    log.configure("WARNING")

    async def work(run: Run) -> None:
        """The edge is measured, not the handlers: every job still ends in the database."""

    engine = Engine(await Db.open(database_url), SystemClock(), replica="bench")
    await engine.run(work).start()
    app = web.Application()
    secrets = Secrets(verification_token=TOKEN, encrypt_key=KEY)
    app.router.add_post("/webhook/event", Webhook(Reception(engine, Deadlines(), secrets), Metrics()).deliver)
    return app


async def main() -> None:
    app = await {"floor": floor, "sdk": sdk, "ours": ours}[sys.argv[1]](sys.argv[3])

    async def healthz(_: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    app.router.add_get("/healthz", healthz)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(sys.argv[2])).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())

"""The one composition root: builds every object once, wires them, runs them, and takes them down in order."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
import sys
from contextlib import AsyncExitStack
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from aiohttp import web

from bot import log
from bot.clock import Clock, SystemClock
from bot.dispatch.context import Services
from bot.dispatch.deadline import Deadlines
from bot.dispatch.pipeline import Pipeline
from bot.domain.daysoff import with_days_off
from bot.domain.intent import Sentence
from bot.domain.workhours import WorkHours
from bot.edge import health
from bot.edge.oauth import OAuth
from bot.edge.reception import Reception
from bot.edge.webhook import MAX_BODY, Webhook
from bot.errors import PlatformError
from bot.feishu import tables
from bot.feishu.client import Feishu
from bot.feishu.inbound import Secrets
from bot.i18n import LOCALES, has
from bot.language import understand
from bot.metrics import Metrics
from bot.services.drafts import DraftBook
from bot.services.identity import Identity
from bot.services.people import People
from bot.services.scheduling import Scheduling
from bot.store.db import Db
from bot.store.engine import Engine, StoreUnavailable
from handlers import ROUTER

if TYPE_CHECKING:
    from bot.feishu.longconn import LongConnection
    from bot.settings import Settings

KNOW_MYSELF_WITHIN = 1.0  # seconds that start-up waits for the platform to say who the bot is
ASK_AGAIN = 15.0  # seconds
logger = log.get(__name__)


class App:
    """The running bot. ``start`` returns once it can take updates; ``stop`` lets what has begun end."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self._settings, self._clock = settings, clock or SystemClock()
        self._stack = AsyncExitStack()
        self.metrics = Metrics()
        self.url = ""
        self.connection: asyncio.Task[None] | None = None  # the long connection, where updates come by one
        self._line: LongConnection | None = None

    async def start(self) -> App:
        """Open the store, the client, the worker and the HTTP server, in that order."""
        try:
            await self._open()
        except BaseException:
            await self._stack.aclose()
            raise
        return self

    async def _open(self) -> None:
        settings, stack = self._settings, self._stack
        self.db = await Db.open(settings.database_url)
        stack.push_async_callback(self.db.close)
        identity = Identity(
            self.db,
            self._clock,
            lambda: self.feishu.auth,
            keys=[key.reveal() for key in settings.secret_keys],
            public_url=self._public_url,
        )
        self.feishu = Feishu(
            domain=settings.domain,
            app_id=settings.app_id,
            app_secret=settings.app_secret.reveal(),
            clock=self._clock,
            persons=identity,
        )
        stack.push_async_callback(self.feishu.aclose)
        people = People(self.feishu, self.db, self._clock, default_zone=settings.default_timezone)
        services = Services(
            scheduling=Scheduling(self.feishu, people, self._clock, identity),
            people=people,
            drafts=DraftBook(self.db),
            identity=identity,
        )
        deadlines = Deadlines()
        pipeline = Pipeline(ROUTER, services, self.feishu, deadlines, self.metrics, language=settings.default_language)
        engine = self.engine = Engine(
            self.db, self._clock, replica=f"{socket.gethostname()}:{settings.port}", metrics=self.metrics
        )
        worker = engine.run(pipeline)
        await worker.start()
        stack.push_async_callback(worker.stop)
        self._reception = Reception(engine, deadlines, self._secrets(""))
        introduction = asyncio.create_task(self._introduce())
        stack.callback(introduction.cancel)
        await asyncio.wait([introduction], timeout=KNOW_MYSELF_WITHIN)
        web_app = web.Application(client_max_size=MAX_BODY)
        web_app.router.add_routes(health.routes(self._not_ready, self.metrics))
        web_app.router.add_routes(OAuth(identity, engine).routes())
        if settings.transport == "webhook":
            web_app.router.add_post("/webhook/event", Webhook(self._reception, self.metrics).deliver)
        else:
            self._connect()
        runner = web.AppRunner(web_app, access_log=None)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, settings.host, settings.port).start()
        port = runner.addresses[0][1]
        self.url = f"http://{settings.host}:{port}"
        self.warming = asyncio.create_task(self._warm_up())
        stack.push_async_callback(asyncio.wait, [self.warming])

    async def _warm_up(self) -> None:
        """Once updates can come: get ready what the first person to write would otherwise wait two seconds for."""
        await asyncio.to_thread(load_words, self._settings.default_timezone, self._clock.now())
        # What is alive now lives until the end: keep full collections from walking over it again and again.
        gc.collect()
        gc.freeze()

    def _public_url(self) -> str:
        """How browsers reach us. Beside an emulator that is where we listen: nobody else is out there."""
        return self._settings.public_url or (self.url if self._settings.domain.startswith("http") else "")

    def _connect(self) -> None:
        from bot.edge.longconn import connection

        self._line = connection(self.feishu.auth, self._reception, self.metrics)
        self.connection = asyncio.create_task(self._line.run())
        self._stack.callback(self.connection.cancel)

    def _secrets(self, bot_open_id: str) -> Secrets:
        settings = self._settings
        over_webhook = settings.transport == "webhook"  # what comes over our own connection carries no token
        return Secrets(
            verification_token=settings.verification_token.reveal() if over_webhook else "",
            encrypt_key=settings.encrypt_key.reveal(),
            app_id=settings.app_id,
            bot_open_id=bot_open_id,
        )

    async def _introduce(self) -> None:
        """Learn the bot's own open_id, by which mentions of it are told from other people's.

        A platform that does not answer keeps nobody from starting: until it does, the bot goes by its name.
        """
        while True:
            try:
                async with asyncio.timeout(ASK_AGAIN):
                    self._reception.secrets = self._secrets((await self.feishu.bot.info()).open_id)
                return
            except PlatformError as error:
                logger.error("platform_unreachable", detail=str(error), operator=error.operator)
            except TimeoutError:
                logger.error("platform_unreachable", detail=f"no answer from {self.feishu.base_url}")
            await asyncio.sleep(ASK_AGAIN)

    async def _not_ready(self) -> str | None:
        try:
            await asyncio.wait_for(self.db.tx(lambda connection: None), 1)
        except Exception as error:
            return f"database: {type(error).__name__}"
        if self._line is not None and not self._line.connected.is_set():
            return "long connection: not open"
        return None

    async def stop(self) -> None:
        """Take no more, let running handlers end, close everything."""
        await self._stack.aclose()


def load_words(zone: str, now: datetime) -> None:
    """Import the platform's request classes and this year's holidays, read every sentence, compile every grammar."""
    tables.load()
    for locale in LOCALES:
        has("kit.line", locale)
    for words in ("tomorrow at 3pm with Bob", "明天下午三点和小明开会", "明日の午後3時に田中さんと会議"):
        understand(Sentence(words, now))
    with_days_off(WorkHours(), ZoneInfo(zone), [now.year])


async def serve(settings: Settings) -> int:
    """``daylark serve``: run until SIGINT or SIGTERM."""
    log.configure(settings.log_level, settings.log_format)
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signal_ in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signal_, stopping.set)
    try:
        app = await App(settings).start()
    except StoreUnavailable as error:
        print(
            f"daylark: DAYLARK_DATABASE_URL does not open ({error}); check the address and that it runs",
            file=sys.stderr,
        )
        return 1
    logger.info("ready", url=app.url, webhook=f"{app.url}/webhook/event", pid=os.getpid())
    waiting = asyncio.create_task(stopping.wait())
    try:
        await asyncio.wait(
            [waiting, *([app.connection] if app.connection else [])], return_when=asyncio.FIRST_COMPLETED
        )
        if app.connection is not None and app.connection.done():
            logger.error("long_connection_refused", detail=str(app.connection.exception()))
            return 1
    finally:
        waiting.cancel()
        await app.stop()
    return 0


async def upgrade(settings: Settings) -> int:
    """``daylark db upgrade``."""
    from bot.store.upgrade import upgrade as migrate

    print(await migrate(settings.database_url))
    return 0

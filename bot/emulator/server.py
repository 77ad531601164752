"""The emulator as a web server: the platform's own paths, the control surface, and the page."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from aiohttp import web

from bot.emulator import api, longconn
from bot.emulator.api.authorize import Authorize
from bot.emulator.control import Control
from bot.emulator.gateway import Gateway
from bot.emulator.page import Page
from bot.emulator.state import World

api.register()


def build(world: World, *, limits: bool = False) -> web.Application:
    """One application for one world."""
    world.limits = limits
    gateway = Gateway(world)
    app = web.Application(client_max_size=32 * 1024 * 1024)
    Authorize(world).add_to(app)
    longconn.Endpoint(world).add_to(app)
    Page(world).add_to(app)
    Control(world, gateway).add_to(app)
    app.router.add_route("*", "/{path:open-apis/.*}", gateway.handle)
    app.router.add_post("/callback/ws/endpoint", gateway.handle)

    async def running(_: web.Application) -> None:
        await world.pushes.start()
        world.clock.settle = world.pushes.settle
        world.clock.start()

    async def stopping(_: web.Application) -> None:
        await world.clock.stop()
        await world.pushes.stop()

    app.on_startup.append(running)
    app.on_cleanup.append(stopping)
    return app


class Emulator:
    """A running emulator, for tests and for the command line."""

    def __init__(self, world: World, *, limits: bool = False) -> None:
        self.world = world
        self.base_url = ""
        self._runner = web.AppRunner(build(world, limits=limits), access_log=None, shutdown_timeout=1.0)

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        address = self._runner.addresses[0]
        shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound
        self.base_url = self.world.base_url = f"http://{shown}:{address[1]}"
        return self.base_url

    async def stop(self) -> None:
        await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        if not self.base_url:
            await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

"""The emulator's own surface under ``/_emulator``: what people do, what time it is, what goes wrong."""

from __future__ import annotations

from aiohttp import web

from bot.emulator.gateway import Gateway
from bot.emulator.state import World


class Control:
    """Handlers of the control surface for one world."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        self._world = world
        self._gateway = gateway

    def add_to(self, app: web.Application) -> None:
        app.router.add_get("/_emulator/state", self.state)

    async def state(self, _: web.Request) -> web.Response:
        return web.json_response({"now": self._world.clock.now().isoformat()})

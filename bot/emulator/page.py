"""What the playground page needs beside the control surface: its files, pictures of people, a stream of changes."""

from __future__ import annotations

import asyncio
import json
from hashlib import sha256
from html import escape
from pathlib import Path

from aiohttp import web

from bot.emulator.state import World

FOLDER = Path(__file__).resolve().parent / "playground"
PULSE_S = 15
# The page brings everything it needs; whatever data might smuggle in neither runs nor loads.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72">'
    '<rect width="72" height="72" rx="14" fill="hsl({hue} 52% 46%)"/>'
    '<text x="36" y="38" fill="#fff" font-family="system-ui,sans-serif" font-size="30" font-weight="600" '
    'text-anchor="middle" dominant-baseline="central">{letter}</text></svg>'
)


class Page:
    """Serves the page; everything it shows comes from the control surface."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._closing = asyncio.Event()

    def add_to(self, app: web.Application) -> None:
        app.router.add_get("/", self.index)
        app.router.add_get("/playground/{name:.+}", self.file)
        app.router.add_get("/_emulator/avatar/{open_id}.svg", self.avatar)
        app.router.add_get("/_emulator/stream", self.stream)
        app.on_shutdown.append(self._close)

    async def _close(self, _: web.Application) -> None:
        self._closing.set()

    async def index(self, _: web.Request) -> web.StreamResponse:
        return self._send(FOLDER / "index.html", {"Content-Security-Policy": POLICY})

    async def file(self, request: web.Request) -> web.StreamResponse:
        path = (FOLDER / request.match_info["name"]).resolve()
        if not path.is_relative_to(FOLDER):
            raise web.HTTPNotFound
        return self._send(path)

    def _send(self, path: Path, headers: dict[str, str] | None = None) -> web.StreamResponse:
        if not path.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(path, headers={"Cache-Control": "no-cache", **(headers or {})})

    async def avatar(self, request: web.Request) -> web.Response:
        open_id = request.match_info["open_id"]
        someone = self._world.users.get(open_id) or self._world.app_of(open_id)
        chat = self._world.chats.get(open_id)
        if someone is None and chat is None:
            raise web.HTTPNotFound
        name = someone.name if someone else chat.name if chat else ""
        hue = sha256(open_id.encode()).digest()[0] * 360 // 256
        text = SVG.format(hue=hue, letter=escape(name[:1]))
        return web.Response(text=text, content_type="image/svg+xml", headers={"Cache-Control": "max-age=3600"})

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events, one JSON object a line, until the page goes away or the emulator stops."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        queue = self._world.changes.subscribe()
        clock = self._world.clock
        closing = asyncio.ensure_future(self._closing.wait())
        try:
            await _line(response, {"type": "hello", "now": clock.now().isoformat(), "running": clock.running})
            while not closing.done():
                change = asyncio.ensure_future(queue.get())
                await asyncio.wait((change, closing), timeout=PULSE_S, return_when=asyncio.FIRST_COMPLETED)
                if change.done():
                    await _line(response, change.result())
                    continue
                change.cancel()
                await response.write(b": still here\n\n")
        except ConnectionError:
            pass  # the page was closed
        finally:
            closing.cancel()
            self._world.changes.unsubscribe(queue)
        return response


async def _line(response: web.StreamResponse, change: dict[str, object]) -> None:
    await response.write(f"data: {json.dumps(change, ensure_ascii=False)}\n\n".encode())

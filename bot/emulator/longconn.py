"""The long connection: pushes over a WebSocket the app opened, for bots without a public address."""

from __future__ import annotations

import asyncio
import base64
import json
from typing import Any

from aiohttp import WSMsgType, web

from bot.emulator.api.ws import CLIENT, PATH
from bot.emulator.frames import CONTROL, DATA, BadFrame, Frame, decode
from bot.emulator.push import BAD_BODY, BAD_STATUS, TIMED_OUT, UNREACHABLE, Outcome
from bot.emulator.state import World

MOST_CONNECTIONS = 50
TOO_MANY = "1000040350"
PIECE = 64 * 1024  # a longer payload travels in several frames


class Connection:
    """One open connection of an app."""

    def __init__(self, world: World, socket: web.WebSocketResponse, device_id: str) -> None:
        self._world = world
        self._socket = socket
        self.device_id = device_id
        self._waiting: dict[str, asyncio.Future[Frame]] = {}

    async def send(self, payload: bytes, patience_s: float) -> Outcome:
        """Deliver one payload and wait for the answer."""
        message_id = self._world.ids.hex("event")
        answer = self._waiting[message_id] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(patience_s):
                for frame in _pieces(message_id, payload):
                    await self._socket.send_bytes(frame.encode())
                return _outcome(await answer)
        except TimeoutError:
            return Outcome(None, failure=TIMED_OUT)
        except (ConnectionError, asyncio.CancelledError):
            if not answer.cancelled():
                raise
            return Outcome(None, failure=UNREACHABLE)  # the connection went away before the answer
        finally:
            self._waiting.pop(message_id, None)

    async def listen(self) -> None:
        """Until the app closes: pings are answered, and answers go to who waits for them."""
        async for message in self._socket:
            if message.type is not WSMsgType.BINARY:
                continue
            try:
                frame = decode(message.data)
            except (BadFrame, UnicodeDecodeError):
                await self._socket.close(code=1002, message=b"not a frame")
                return
            if frame.method == CONTROL:
                if frame.headers.get("type") == "ping":
                    pong = Frame(service=frame.service, headers={"type": "pong"}, payload=json.dumps(CLIENT).encode())
                    await self._socket.send_bytes(pong.encode())
                continue
            waiting = self._waiting.get(frame.headers.get("message_id", ""))
            if waiting is not None and not waiting.done():
                waiting.set_result(frame)

    async def close(self) -> None:
        await self._socket.close(code=1001, message=b"the emulator stops")

    def abandon(self) -> None:
        """Nobody will answer any more."""
        for waiting in self._waiting.values():
            waiting.cancel()


def _pieces(message_id: str, payload: bytes) -> list[Frame]:
    parts = [payload[start : start + PIECE] for start in range(0, len(payload), PIECE)] or [b""]
    common = {"type": "event", "message_id": message_id, "trace_id": message_id, "sum": str(len(parts))}
    return [
        Frame(seq_id=seq + 1, service=1, method=DATA, headers={**common, "seq": str(seq)}, payload=part)
        for seq, part in enumerate(parts)
    ]


def _outcome(frame: Frame) -> Outcome:
    try:
        answer: dict[str, Any] = json.loads(frame.payload)
        data = base64.b64decode(answer.get("data") or b"")
        body = json.loads(data) if data else {}
    except (ValueError, AttributeError):
        return Outcome(200, failure=BAD_BODY)
    if answer.get("code") != 200:
        return Outcome(int(answer.get("code") or 500), failure=BAD_STATUS)
    return Outcome(200, body)


class Endpoint:
    """Where the WebSockets are opened."""

    def __init__(self, world: World) -> None:
        self._world = world

    def add_to(self, app: web.Application) -> None:
        app.router.add_get(PATH, self.open)
        app.on_shutdown.append(self._close)

    async def open(self, request: web.Request) -> web.StreamResponse:
        app_id = self._world.tickets.pop(request.query.get("ticket", ""), None)
        if app_id is None or not request.query.get("device_id"):
            return _refused("403", "forbidden: the address is used up or was never given", 403)
        lines = self._world.pushes.lines.setdefault(app_id, [])
        if len(lines) >= MOST_CONNECTIONS:
            return _refused("514", "connection limit exceeded", 403, TOO_MANY)
        socket = web.WebSocketResponse(autoping=True)
        await socket.prepare(request)
        connection = Connection(self._world, socket, request.query["device_id"])
        lines.append(connection)
        self._world.changed("connection", app_id=app_id, open=len(lines))
        try:
            await connection.listen()
        finally:
            lines.remove(connection)
            connection.abandon()
            self._world.changed("connection", app_id=app_id, open=len(lines))
        return socket

    async def _close(self, _: web.Application) -> None:
        for lines in self._world.pushes.lines.values():
            for line in list(lines):
                await line.close()


def _refused(status: str, words: str, http: int, auth_code: str | None = None) -> web.Response:
    headers = {"Handshake-Status": status, "Handshake-Msg": words}
    if auth_code is not None:
        headers["Handshake-Autherrcode"] = auth_code
    return web.Response(status=http, headers=headers, text=words)

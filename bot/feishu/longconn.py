"""Updates over a connection the bot opens itself: no public address needed, custom apps only.

The frames are the vendor's (protobuf); what travels in them is plain JSON, neither signed nor encrypted. At most 50
connections per app, and every delivery goes to one of them: each replica must handle everything.
"""

from __future__ import annotations

import asyncio
import base64
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import aiohttp
import msgspec

from bot import log
from bot.errors import Passing, PlatformDown, PlatformError
from bot.feishu import sdk
from bot.feishu.auth import Address, Auth, Patience
from bot.feishu.errors import error_for

CONTROL, DATA = 0, 1
AUTH_REFUSED = "514"
FORBIDDEN = "403"
OK, FAILED = 200, 500
MOST_PIECES = 256
PIECES_LIVE = 30.0  # seconds to wait for the rest of a payload
CONNECT_WITHIN = 10.0
FAREWELL = 3.0  # seconds that running handlers get when the connection is closed for good

Json = dict[str, Any]
# The payload in, the JSON answer out; None answers nothing. What it raises makes the platform deliver again.
Handler = Callable[[bytes], Awaitable[bytes | None]]
logger = log.get(__name__)


class LongConnection:
    """Keeps one connection open for as long as ``run`` runs."""

    def __init__(
        self,
        auth: Auth,
        handler: Handler,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._auth, self._handler = auth, handler
        self._sleep, self._chance = sleep, chance
        self._patience = Patience()
        self._pieces = Pieces()
        self._working: set[asyncio.Task[None]] = set()
        self.connected = asyncio.Event()

    async def run(self) -> None:
        """Connect, and connect again whenever the line breaks. Ends by cancellation or by a refusal for good."""
        # The vendor's protobuf takes a moment to import: not in the event loop.
        frames = await asyncio.to_thread(sdk.frames)
        tries = 0
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
            try:
                while True:
                    try:
                        await self._connect(session, frames)
                        tries = 0
                    except Passing as error:
                        tries += 1
                        logger.warning("long_connection_failed", tries=tries, detail=str(error))
                        if 0 <= self._patience.reconnect_count < tries:
                            raise
                    await self._sleep(self._pause(tries))
            finally:
                await self._farewell()

    def _pause(self, tries: int) -> float:
        # At first a random moment, so that all bots do not come back at the same one; then the platform's interval.
        jitter = self._chance() * self._patience.reconnect_nonce
        return jitter if tries <= 1 else self._patience.reconnect_interval + jitter

    async def _connect(self, session: aiohttp.ClientSession, frames: Any) -> None:
        address = await self._auth.address()
        self._patience = address.patience
        try:
            async with asyncio.timeout(CONNECT_WITHIN):
                socket = await session.ws_connect(address.url, autoping=True, max_msg_size=0)
        except aiohttp.WSServerHandshakeError as error:
            raise _refusal(error) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise PlatformDown(type(error).__name__, api="callback.ws") from error
        logger.info("long_connection_open", service=address.service)
        self.connected.set()
        pinging = asyncio.create_task(self._ping(socket, address, frames))
        try:
            await self._listen(socket, frames)
        finally:
            self.connected.clear()
            pinging.cancel()
            await asyncio.gather(pinging, return_exceptions=True)
            await socket.close()
        logger.warning("long_connection_lost", close_code=socket.close_code)

    async def _ping(self, socket: aiohttp.ClientWebSocketResponse, address: Address, frames: Any) -> None:
        while True:
            ping = _frame(frames, CONTROL, address.service, {"type": "ping"})
            await socket.send_bytes(ping.SerializeToString())
            await asyncio.sleep(self._patience.ping_interval)

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse, frames: Any) -> None:
        while True:
            # Every ping is answered: a line silent for longer is dead, whatever the operating system believes.
            silence = 2 * self._patience.ping_interval + CONNECT_WITHIN
            try:
                message = await socket.receive(timeout=silence)
            except TimeoutError:
                return
            if message.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSING, aiohttp.WSMsgType.CLOSED):
                return
            if message.type is aiohttp.WSMsgType.ERROR:
                return
            if message.type is aiohttp.WSMsgType.BINARY:
                self._take(socket, frames, message.data)

    def _take(self, socket: aiohttp.ClientWebSocketResponse, frames: Any, raw: bytes) -> None:
        frame = frames.Frame()
        try:
            frame.ParseFromString(raw)
        except Exception as error:
            logger.warning("long_connection_bad_frame", detail=str(error))
            return
        headers = {header.key: header.value for header in frame.headers}
        if frame.method == CONTROL:
            if headers.get("type") == "pong" and frame.payload:
                self._patience = _patience(frame.payload, self._patience)
            return
        payload = self._pieces.join(headers, frame.payload)
        # Old card callbacks come as "card"; this bot does not enable them.
        if payload is None or headers.get("type") != "event":
            return
        task = asyncio.create_task(self._handle(socket, frame, payload))
        self._working.add(task)
        task.add_done_callback(self._working.discard)

    async def _handle(self, socket: aiohttp.ClientWebSocketResponse, frame: Any, payload: bytes) -> None:
        began = time.perf_counter()
        answer: Json = {"code": OK}
        try:
            result = await self._handler(payload)
            if result is not None:
                answer["data"] = base64.b64encode(result).decode()
        except Exception:
            logger.exception("long_connection_handler_failed")
            answer = {"code": FAILED}
        spent = frame.headers.add()
        spent.key, spent.value = "biz_rt", str(round((time.perf_counter() - began) * 1000))
        frame.payload = msgspec.json.encode(answer)
        try:
            await socket.send_bytes(frame.SerializeToString())
        except (ConnectionError, aiohttp.ClientError, RuntimeError) as error:
            # Unanswered deliveries come again, and the store knows them by their key.
            logger.warning("long_connection_answer_lost", detail=str(error))

    async def _farewell(self) -> None:
        if self._working:
            await asyncio.wait(self._working, timeout=FAREWELL)
        for task in list(self._working):
            task.cancel()
        await asyncio.gather(*self._working, return_exceptions=True)


class Pieces:
    """Payloads that come in several frames, until they are whole."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._waiting: dict[str, tuple[float, dict[int, bytes]]] = {}

    def join(self, headers: dict[str, str], piece: bytes) -> bytes | None:
        """The whole payload once its last piece is here, else None."""
        count, number = _number(headers.get("sum", "1")), _number(headers.get("seq", "0"))
        if count <= 1:
            return piece
        if count > MOST_PIECES or number >= count:
            return None
        now = self._monotonic()
        self._waiting = {key: held for key, held in self._waiting.items() if now - held[0] < PIECES_LIVE}
        _, pieces = self._waiting.setdefault(headers.get("message_id", ""), (now, {}))
        pieces[number] = piece
        if len(pieces) < count:
            return None
        del self._waiting[headers.get("message_id", "")]
        return b"".join(pieces[each] for each in range(count))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() else 0


def _frame(frames: Any, method: int, service: int, headers: dict[str, str]) -> Any:
    frame = frames.Frame(SeqID=0, LogID=0, service=service, method=method)
    for key, value in headers.items():
        header = frame.headers.add()
        header.key, header.value = key, value
    return frame


def _patience(payload: bytes, before: Patience) -> Patience:
    try:
        return msgspec.json.decode(payload, type=Patience)
    except msgspec.DecodeError:
        return before


def _refusal(error: aiohttp.WSServerHandshakeError) -> PlatformError:
    """What a refused handshake says in its headers; only too many connections and a ban are for good."""
    headers: Mapping[str, str] = error.headers or {}
    status, words = headers.get("handshake-status", ""), headers.get("handshake-msg", "")
    code = _number(headers.get("handshake-autherrcode", ""))
    if status == AUTH_REFUSED and code:
        return error_for(code, 403, words, api="callback.ws")
    if status == FORBIDDEN:
        return error_for(403, 403, words, api="callback.ws")
    return PlatformDown(words or f"HTTP {error.status}", status=error.status, api="callback.ws")

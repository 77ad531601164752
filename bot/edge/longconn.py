"""Updates over a connection we open: no public address, no signature, the same answers within the same three seconds.

The platform documents that this exists (event-subscriptions, "long connection"); the frames are those of its SDK,
from which the message type is taken. Each update goes to one of an app's connections, at most fifty of them.
"""

from __future__ import annotations

import asyncio
import base64
import json
import random
import time
from typing import Any
from urllib.parse import parse_qs, urlparse

import aiohttp

from bot import log
from bot.edge.reception import Reception
from bot.feishu import sdk
from bot.feishu.inbound import Rejected, read
from bot.metrics import Metrics
from bot.store.engine import StoreUnavailable

ENDPOINT = "/callback/ws/endpoint"
CONTROL, DATA = 0, 1
OK, FAILED = 200, 500
RETRIED = {1, 1000040343}  # busy, internal; any other refusal is final
PIECES_FOR = 5.0  # seconds that the pieces of one payload are waited for
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 120.0

logger = log.get(__name__)


class Refused(Exception):
    """The platform will not open a connection for this app; trying again would not help."""


class LongConnection:
    """One connection that is opened again whenever it breaks, until it is stopped."""

    def __init__(self, base_url: str, app_id: str, app_secret: str, reception: Reception, metrics: Metrics) -> None:
        self._base_url, self._app_id, self._app_secret = base_url, app_id, app_secret
        self._reception, self._metrics = reception, metrics
        self._ping_every = 120.0
        self._pieces: dict[str, tuple[float, list[bytes | None]]] = {}
        self._at_work: set[asyncio.Task[None]] = set()
        self._frame: Any = sdk.frames().Frame
        self.connected = asyncio.Event()

    async def run(self) -> None:
        """Stay connected. Ends only by cancellation, or with ``Refused``."""
        pause = FIRST_PAUSE
        async with aiohttp.ClientSession() as http:
            while True:
                try:
                    await self._talk(http)
                    pause = FIRST_PAUSE
                except (aiohttp.ClientError, TimeoutError, OSError) as error:
                    logger.warning("long_connection_broke", error=repr(error), again_in_s=pause)
                finally:
                    self.connected.clear()
                await asyncio.sleep(pause * random.uniform(0.5, 1.0))
                pause = min(pause * 2, LONGEST_PAUSE)

    async def _talk(self, http: aiohttp.ClientSession) -> None:
        url = await self._address(http)
        service = int(parse_qs(urlparse(url).query)["service_id"][0])
        async with http.ws_connect(url, autoping=True, max_msg_size=0) as line:
            logger.info("long_connection_open")
            self.connected.set()
            pinging = asyncio.create_task(self._ping(line, service))
            try:
                async for message in line:
                    if message.type is aiohttp.WSMsgType.BINARY:
                        self._receive(line, message.data)
            finally:
                pinging.cancel()

    async def _address(self, http: aiohttp.ClientSession) -> str:
        """Where to connect to this time: every connection asks for a new one."""
        wish = {"AppID": self._app_id, "AppSecret": self._app_secret}
        async with http.post(self._base_url + ENDPOINT, json=wish, timeout=aiohttp.ClientTimeout(10)) as answer:
            if answer.status != 200:
                raise OSError(f"the platform answered HTTP {answer.status}")
            found = await answer.json(content_type=None)
        if found["code"] in RETRIED:
            raise OSError(f"{found['code']} {found.get('msg', '')}")
        if found["code"] != 0:
            raise Refused(f"{found['code']} {found.get('msg', '')}")
        self._configure(found["data"].get("ClientConfig"))
        return str(found["data"]["URL"])

    def _configure(self, config: dict[str, Any] | None) -> None:
        if config and config.get("PingInterval"):
            self._ping_every = float(config["PingInterval"])

    async def _ping(self, line: aiohttp.ClientWebSocketResponse, service: int) -> None:
        while True:
            frame = self._frame(SeqID=0, LogID=0, service=service, method=CONTROL)
            frame.headers.add(key="type", value="ping")
            await line.send_bytes(frame.SerializeToString())
            await asyncio.sleep(self._ping_every)

    def _receive(self, line: aiohttp.ClientWebSocketResponse, data: bytes) -> None:
        frame = self._frame.FromString(data)
        headers = {header.key: header.value for header in frame.headers}
        if frame.method == CONTROL:
            if headers.get("type") == "pong" and frame.payload:
                self._configure(json.loads(frame.payload))
            return
        payload = self._whole(headers, frame.payload)
        if payload is not None and headers.get("type") == "event":
            task = asyncio.create_task(self._answer(line, frame, payload))
            self._at_work.add(task)
            task.add_done_callback(self._at_work.discard)

    def _whole(self, headers: dict[str, str], piece: bytes) -> bytes | None:
        """The payload once all its pieces are here."""
        count, number = int(headers.get("sum", "1")), int(headers.get("seq", "0"))
        if count <= 1:
            return piece
        now = time.monotonic()
        self._pieces = {key: kept for key, kept in self._pieces.items() if now - kept[0] < PIECES_FOR}
        _, pieces = self._pieces.setdefault(headers["message_id"], (now, [None] * count))
        pieces[number] = piece
        if any(each is None for each in pieces):
            return None
        del self._pieces[headers["message_id"]]
        return b"".join(each for each in pieces if each is not None)

    async def _answer(self, line: aiohttp.ClientWebSocketResponse, frame: Any, payload: bytes) -> None:
        began = time.perf_counter()
        code, answer = await self._take(payload)
        took = time.perf_counter() - began
        self._metrics.ack.observe(took)
        frame.headers.add(key="biz_rt", value=str(round(took * 1000)))
        reply = {"code": code, "headers": {}, "data": base64.b64encode(answer).decode()}
        frame.payload = json.dumps(reply).encode()
        if not line.closed:
            await line.send_bytes(frame.SerializeToString())

    async def _take(self, payload: bytes) -> tuple[int, bytes]:
        """500 makes the platform deliver again, as a missing 200 does over a webhook."""
        try:
            return OK, await self._reception.take(read(json.loads(payload), secrets=self._reception.secrets))
        except (Rejected, ValueError) as rejected:
            reason = rejected.reason if isinstance(rejected, Rejected) else "not_json"
            self._metrics.refused.labels(reason).inc()
            logger.warning("update_refused", reason=reason, detail=str(rejected))
        except StoreUnavailable:
            logger.warning("store_unavailable")
        return FAILED, b"{}"

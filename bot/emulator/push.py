"""What the platform tells the app: events with their retries, card callbacks, the check of a new address."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol

import aiohttp

from bot.emulator.contract import events
from bot.emulator.envelope import compact, seal
from bot.emulator.kernel import Json

if TYPE_CHECKING:
    from bot.emulator.state import App, World

RETRIES = (timedelta(seconds=15), timedelta(minutes=5), timedelta(hours=1), timedelta(hours=6))
PATIENCE_S = 3.0
CHALLENGE_PATIENCE_S = 1.0
# What the person reads when a callback fails, by the documented client codes.
NO_ADDRESS, TIMED_OUT, UNREACHABLE, BAD_STATUS, BAD_BODY, BAD_CARD = 200340, 200341, 200342, 200671, 200672, 200673
CARD_VERSION = 200830


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the app answered one delivery: a status and a body, or the client's failure code."""

    status: int | None
    body: Any = None
    failure: int | None = None

    @property
    def accepted(self) -> bool:
        return self.status == 200


class Line(Protocol):
    """An open long connection, as far as pushes care."""

    async def send(self, payload: bytes, patience_s: float) -> Outcome:
        """Deliver one payload and wait for the answer."""

    async def close(self) -> None:
        """Say goodbye."""


class Pushes:
    """Everything on its way to the app."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._session: aiohttp.ClientSession | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self.lines: dict[str, list[Line]] = {}  # app_id → open long connections
        self.delivered = 0

    async def start(self) -> None:
        connector = aiohttp.TCPConnector(limit=0)
        self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def stop(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    @property
    def in_flight(self) -> int:
        return len(self._tasks)

    async def settle(self) -> None:
        """Wait until everything sent so far is answered or has failed."""
        while self._tasks:
            await asyncio.wait(list(self._tasks))

    def reachable(self, app: App) -> bool:
        if app.transport == "longconn":
            return bool(self.lines.get(app.app_id))
        return bool(app.webhook_url) and self._session is not None

    def event(self, app: App, event_type: str, event: Json) -> bool:
        """Send an event now and again after each documented pause until the app answers 200. False: nobody listens."""
        if self._session is None or not wanted(app, event_type):
            return False
        micros = self._world.switches.create_time == "us"
        payload = self._envelope(app, event_type, event, self._world.millis() + ("000" if micros else ""))
        if app.transport == "webhook" and not app.webhook_url:
            return False
        self._spawn(self._deliver(app, payload, 0))
        return self.reachable(app)

    async def callback(self, app: App, event: Json) -> Outcome:
        """Ask the app what a tap on a card does; once, three seconds, no second try."""
        micros = str(int(self._world.clock.now().timestamp() * 1_000_000))
        payload = self._envelope(app, "card.action.trigger", event, micros)
        if not self.reachable(app):
            return Outcome(None, failure=NO_ADDRESS)
        return await self._send(app, payload)

    async def verify(self, app: App) -> Outcome:
        """The handshake when an address is saved: the app has to return the challenge within a second."""
        challenge = self._world.ids.uuid("event")
        payload = {"challenge": challenge, "token": app.verification_token, "type": "url_verification"}
        outcome = await self._post(app, payload, CHALLENGE_PATIENCE_S, signed=False)
        if outcome.accepted and not (isinstance(outcome.body, dict) and outcome.body.get("challenge") == challenge):
            return Outcome(outcome.status, outcome.body, BAD_BODY)
        return outcome

    def _envelope(self, app: App, event_type: str, event: Json, create_time: str) -> Json:
        header = {
            "event_id": self._world.ids.event(),
            "event_type": event_type,
            "create_time": create_time,
            "token": app.verification_token,
            "app_id": app.app_id,
            "tenant_key": self._world.tenant_key,
        }
        return {"schema": "2.0", "header": header, "event": event}

    def _spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, app: App, payload: Json, attempt: int) -> None:
        kind = payload["header"]["event_type"]
        fault = next((fault for fault in self._world.faults if fault.takes("PUSH", kind)), None)
        if fault is not None and fault.delay_ms:
            await asyncio.sleep(fault.delay_ms / 1000)
        outcome = Outcome(None, failure=TIMED_OUT) if fault and fault.drop else await self._send(app, payload)
        if fault is not None and fault.duplicate:
            outcome = await self._send(app, payload)
        self.delivered += outcome.accepted
        self._world.changed("push", event_type=kind, status=outcome.status, attempt=attempt + 1)
        if not outcome.accepted and attempt < len(RETRIES):
            self._world.clock.after(
                RETRIES[attempt], lambda: self._deliver(app, payload, attempt + 1), f"redelivery of {kind}"
            )

    async def _send(self, app: App, payload: Json) -> Outcome:
        if app.transport == "longconn":
            lines = self.lines.get(app.app_id)
            if not lines:
                return Outcome(None, failure=NO_ADDRESS)
            lines.append(lines.pop(0))  # one connection per message, in turn
            return await lines[-1].send(compact(payload), PATIENCE_S)
        return await self._post(app, payload, PATIENCE_S)

    async def _post(self, app: App, payload: Json, patience_s: float, *, signed: bool = True) -> Outcome:
        if self._session is None or not app.webhook_url:
            return Outcome(None, failure=NO_ADDRESS)
        body, headers = seal(payload, app.encrypt_key, signed=signed)
        limit = aiohttp.ClientTimeout(total=patience_s)
        try:
            async with self._session.post(
                app.webhook_url, data=body, headers=headers, timeout=limit, allow_redirects=False
            ) as response:
                return _read(response.status, await response.read())
        except TimeoutError:
            return Outcome(None, failure=TIMED_OUT)
        except (aiohttp.ClientError, OSError, ValueError):
            return Outcome(None, failure=UNREACHABLE)


def wanted(app: App, event_type: str) -> bool:
    """Whether the app subscribed to this event and holds one of the scopes it takes."""
    if app.events is not None and event_type not in app.events:
        return False
    scopes = events().get(event_type, {}).get("scopes_any", ())
    return not scopes or not app.scopes.isdisjoint(scopes)


def _read(status: int, raw: bytes) -> Outcome:
    if status != 200:
        return Outcome(status, failure=BAD_STATUS)
    try:
        return Outcome(200, json.loads(raw) if raw.strip() else {})
    except ValueError:
        return Outcome(200, failure=BAD_BODY)

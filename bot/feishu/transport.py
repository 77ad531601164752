"""One pooled client for every call: tokens on, answers read, refusals named, and patience with what passes.

A call that was refused for its rate, or never left this machine, is always repeated; one whose fate is unknown only
when repeating it is harmless. All of it within a deadline, pausing for a random part of a growing time, or for as
long as the platform asked.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp
import httpx
import msgspec
from httpx_aiohttp import AiohttpTransport

from bot.errors import InvalidRequest, MissingScope, NeedsLogin, PlatformDown, PlatformError, RateLimited, TokenExpired
from bot.feishu import wire
from bot.feishu.endpoint import Endpoint, ParamValue, Request
from bot.feishu.errors import error_for, how_to_grant
from bot.feishu.identity import APP, Identity, PersonTokens
from bot.feishu.limiter import Limiter
from bot.feishu.tokens import TenantTokens

T = TypeVar("T")

HOSTS = {"feishu": "https://open.feishu.cn", "lark": "https://open.larksuite.com"}
ACCOUNTS = {"feishu": "https://accounts.feishu.cn", "lark": "https://accounts.larksuite.com"}
MOST_CONNECTIONS = 100
TIMEOUT = httpx.Timeout(6.0, connect=3.0, pool=6.0)


@dataclass(frozen=True, slots=True)
class Retry:
    """How patient a call is. ``within`` bounds all attempts and pauses together, in seconds."""

    within: float = 10.0
    attempts: int = 5
    base: float = 0.2
    cap: float = 3.0

    def pause(self, attempt: int, asked: float | None, chance: float) -> float:
        """Seconds before the next attempt; ``chance`` is in [0, 1)."""
        jitter = chance * min(self.cap, self.base * 2**attempt)
        return jitter if asked is None else asked + chance * self.base


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back over the wire."""

    status: int
    body: bytes
    log_id: str
    reset: float | None  # seconds the platform asks us to wait


class Transport:
    """Sends requests. ``calls`` counts what went out, by the call's name."""

    def __init__(
        self,
        base_url: str,
        *,
        limiter: Limiter,
        retry: Retry | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._limiter, self._retry = limiter, retry or Retry()
        self._monotonic, self._sleep, self._chance = monotonic, sleep, chance
        self._http = httpx.AsyncClient(
            base_url=base_url,
            transport=AiohttpTransport(client=_session),
            headers={"user-agent": "daylark"},
            timeout=TIMEOUT,
            follow_redirects=False,
        )
        self.calls: Counter[str] = Counter()

    async def aclose(self) -> None:
        await self._http.aclose()

    async def send(
        self,
        endpoint: Endpoint,
        request: Request,
        *,
        token: str | None,
        answer: type[T],
        repeatable: bool,
        keys: tuple[str, ...] = (),
    ) -> T:
        """Send until it is answered, refused for good, or out of time."""
        until = self._monotonic() + self._retry.within
        attempt = 0
        while True:
            try:
                async with asyncio.timeout(until - self._monotonic()):
                    return await self._once(endpoint, request, token, answer, keys)
            except TimeoutError as late:
                raise PlatformDown("no answer within the deadline", api=endpoint.name) from late
            except PlatformError as error:
                asked = error.retry_after if isinstance(error, RateLimited) else None
                attempt += 1
                pause = self._retry.pause(attempt, asked, self._chance())
                again = error.passing and (repeatable or surely_not_done(error))
                if not again or attempt >= self._retry.attempts or self._monotonic() + pause >= until:
                    raise
                if asked is not None:
                    await self._limiter.hold(f"api:{endpoint.name}", asked)
            await self._sleep(pause)

    async def _once(
        self, endpoint: Endpoint, request: Request, token: str | None, answer: type[T], keys: tuple[str, ...]
    ) -> T:
        for key in (f"api:{endpoint.name}", *keys):
            await self._limiter.wait(key)
        self.calls[endpoint.name] += 1
        reply = await self._deliver(endpoint, request, token)
        try:
            head = wire.head(reply.body)
            if head.code == 0 and reply.status < 400:
                return wire.read(bytes(head.data) or reply.body, answer)
        except msgspec.DecodeError as error:
            raise _unreadable(endpoint, reply, error) from error
        details = head.details
        raise error_for(
            head.code,
            reply.status,
            head.msg or head.error_description or details.message or "",
            api=endpoint.name,
            log_id=reply.log_id or details.log_id or details.logid,
            retry_after=reply.reset,
            scopes=details.scopes,
            url=details.url,
            fields=details.fields,
        )

    async def _deliver(self, endpoint: Endpoint, request: Request, token: str | None) -> Reply:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        content = None
        if request.body is not None:
            content = msgspec.json.encode(request.body)
            headers["content-type"] = "application/json; charset=utf-8"
        try:
            response = await self._http.request(
                request.method,
                request.path,
                params=list(request.query) or None,
                content=content,
                headers=headers,
            )
        except httpx.HTTPError as error:
            # httpx's name for it does not tell a connection that was never made from a pooled one that broke.
            never_left = isinstance(error.__cause__, aiohttp.ClientConnectorError)
            raise PlatformDown(type(error).__name__, api=endpoint.name, never_left=never_left) from error
        return Reply(
            response.status_code, response.content, response.headers.get("x-tt-logid", ""), _reset(response.headers)
        )


class Caller:
    """What the services make their calls with: picks the token of the identity, and renews one that has expired."""

    def __init__(self, transport: Transport, tenant: TenantTokens, persons: PersonTokens) -> None:
        self._transport, self._tenant, self._persons = transport, tenant, persons

    async def call(
        self,
        endpoint: Endpoint,
        answer: type[T],
        *,
        body: Any = None,
        as_: Identity = APP,
        key: str | None = None,
        chat: str | None = None,
        **params: ParamValue,
    ) -> T:
        """Make one call.

        ``key`` says that ``body`` or ``params`` hold a key by which the platform recognises a repetition; ``chat`` is
        what the message goes to, for the rate per chat.
        """
        request = endpoint.request(params, body)
        _check_identity(endpoint, request, as_)
        keys = (f"chat:{chat}",) if chat else ()
        repeatable = endpoint.repeatable or key is not None
        refused: str | None = None
        token = ""
        while True:
            try:
                token = await self._token(as_, refused=refused)
                return await self._transport.send(
                    endpoint, request, token=token, answer=answer, repeatable=repeatable, keys=keys
                )
            except TokenExpired as error:
                if refused is not None:
                    raise error if as_.is_app else _login_of(as_, error.message, endpoint) from error
                refused = token
            except (NeedsLogin, MissingScope) as error:
                # Not every refusal names the scopes, but each call knows its own.
                error.scopes = error.scopes or endpoint.scopes
                if isinstance(error, NeedsLogin):
                    error.person = as_.open_id or ""
                if isinstance(error, MissingScope):
                    error.operator = how_to_grant(error.scopes, error.url)
                raise

    async def _token(self, as_: Identity, *, refused: str | None = None) -> str:
        if as_.open_id is None:
            return await self._tenant.get(refused=refused)
        return await self._persons.access_token(as_.open_id, refused=refused)


def surely_not_done(error: PlatformError) -> bool:
    """Whether the platform certainly did nothing: it refused the rate, or was never reached."""
    return isinstance(error, RateLimited) or (isinstance(error, PlatformDown) and error.never_left)


def _check_identity(endpoint: Endpoint, request: Request, as_: Identity) -> None:
    if as_.is_app and "tenant" not in request.tokens:
        raise NeedsLogin("only a person's own token may do this", scopes=endpoint.scopes, api=endpoint.name)
    if not as_.is_app and "user" not in request.tokens:
        raise InvalidRequest("only the app itself may do this", api=endpoint.name)


def _login_of(who: Identity, why: str, endpoint: Endpoint) -> NeedsLogin:
    error = NeedsLogin(why, scopes=endpoint.scopes)
    error.person = who.open_id or ""
    return error


def _session() -> aiohttp.ClientSession:
    # No cookies: a load balancer's cookie of one call has no business in the next.
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=MOST_CONNECTIONS, keepalive_timeout=30),
        cookie_jar=aiohttp.DummyCookieJar(),
    )


def _reset(headers: httpx.Headers) -> float | None:
    for name in ("x-ogw-ratelimit-reset", "retry-after"):
        try:
            return max(0.0, float(headers[name]))
        except (KeyError, ValueError):
            continue
    return None


def _unreadable(endpoint: Endpoint, reply: Reply, error: Exception) -> PlatformError:
    if reply.status == 429:
        return RateLimited("", status=429, api=endpoint.name, log_id=reply.log_id, retry_after=reply.reset)
    return PlatformDown(f"unreadable answer: {error}", status=reply.status, api=endpoint.name, log_id=reply.log_id)

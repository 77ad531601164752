"""The app's own token: kept, renewed while it is still good, and by one caller at a time.

https://open.feishu.cn/document/server-docs/authentication-management/access-token/tenant_access_token_internal
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot import log
from bot.clock import Clock
from bot.errors import PlatformError
from bot.feishu.wire import TenantToken

# With less than 30 minutes left the platform gives out a new token while the old one still works.
RENEW_AHEAD = timedelta(minutes=25)
MARGIN = timedelta(seconds=30)  # a token this close to its end is not used any more

logger = log.get(__name__)


class TenantTokens:
    """Hands out the tenant token. ``fetch`` asks the platform for one."""

    def __init__(self, fetch: Callable[[], Awaitable[TenantToken]], clock: Clock) -> None:
        self._fetch, self._clock = fetch, clock
        self._token, self._expires = "", datetime.min.replace(tzinfo=clock.now().tzinfo)
        self._lock = asyncio.Lock()
        self._renewal: asyncio.Task[None] | None = None

    async def get(self, *, refused: str | None = None) -> str:
        """A token good for a call now; never the one that was just ``refused``."""
        if refused is not None and refused == self._token:
            self._token = ""
        if self._usable():
            if self._expires - self._clock.now() < RENEW_AHEAD:
                self._renew_soon()
            return self._token
        async with self._lock:
            if not self._usable():
                await self._renew()
        return self._token

    async def aclose(self) -> None:
        """Leave no renewal running."""
        if self._renewal is not None:
            self._renewal.cancel()
            await asyncio.gather(self._renewal, return_exceptions=True)

    def _usable(self) -> bool:
        return bool(self._token) and self._clock.now() < self._expires - MARGIN

    def _renew_soon(self) -> None:
        if self._renewal is None or self._renewal.done():
            self._renewal = asyncio.create_task(self._renew_ahead())

    async def _renew_ahead(self) -> None:
        async with self._lock:
            if self._expires - self._clock.now() >= RENEW_AHEAD:
                return
            try:
                await self._renew()
            except PlatformError as error:  # the old one is still good; the next call tries again
                logger.warning("token_renewal_failed", detail=str(error))

    async def _renew(self) -> None:
        made = await self._fetch()
        self._token = made.tenant_access_token
        self._expires = self._clock.now() + timedelta(seconds=made.expire)

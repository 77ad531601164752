"""Staying under the platform's rates by waiting a little, instead of being refused."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

MOST_KEYS = 10_000


class Limiter(Protocol):
    """Keys are ``api:<name of the call>`` and ``chat:<chat or message a message goes to>``."""

    async def wait(self, key: str) -> None:
        """Return when the next call under this key may go out."""

    async def hold(self, key: str, seconds: float) -> None:
        """The platform refused: nothing goes out under this key for so long."""


@dataclass(frozen=True, slots=True)
class Rate:
    """``count`` calls in ``per`` seconds, and ``burst`` at once: never more than both together in any such stretch."""

    count: float
    per: float
    burst: int

    @property
    def interval(self) -> float:
        return self.per / self.count


# The platform's 50/s and 1000/min per call, and 5/s per chat: steady rate and burst together stay at each figure.
RATES: dict[str, tuple[Rate, ...]] = {
    "api": (Rate(45, 1.0, 5), Rate(800, 60.0, 200)),
    "chat": (Rate(3, 1.0, 2),),
}


class LocalLimiter:
    """GCRA in this process: for each rate, the moment at which all that was let through will have been worked off."""

    def __init__(
        self,
        rates: dict[str, tuple[Rate, ...]] | None = None,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._rates = RATES if rates is None else rates
        self._monotonic, self._sleep = monotonic, sleep
        self._due: OrderedDict[str, list[float]] = OrderedDict()

    async def wait(self, key: str) -> None:
        pause = self._reserve(key)
        if pause > 0:
            await self._sleep(pause)

    async def hold(self, key: str, seconds: float) -> None:
        rates, due = self._of(key)
        until = self._monotonic() + seconds
        for i, rate in enumerate(rates):
            due[i] = max(due[i], until + rate.interval * (rate.burst - 1))

    def _reserve(self, key: str) -> float:
        """Take the next place in the row; answers how far away it is."""
        rates, due = self._of(key)
        now = self._monotonic()
        pause = 0.0
        for i, rate in enumerate(rates):
            pause = max(pause, due[i] - rate.interval * (rate.burst - 1) - now)
        for i, rate in enumerate(rates):
            due[i] = max(due[i], now + pause) + rate.interval
        return pause

    def _of(self, key: str) -> tuple[tuple[Rate, ...], list[float]]:
        rates = self._rates.get(key) or self._rates.get(key.partition(":")[0], ())
        due = self._due.get(key)
        if due is None:
            due = self._due[key] = [0.0] * len(rates)
            while len(self._due) > MOST_KEYS:
                self._due.popitem(last=False)
        self._due.move_to_end(key)
        return rates, due

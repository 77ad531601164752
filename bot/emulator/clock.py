"""The emulator's own time: it runs, stands still, jumps, and whatever was due in between happens in order."""

from __future__ import annotations

import asyncio
import heapq
import inspect
import itertools
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

Callback = Callable[[], Awaitable[Any] | None]


@dataclass(order=True, slots=True)
class Due:
    """Something that happens at a given instant unless it is cancelled before."""

    when: datetime
    order: int
    callback: Callback = field(compare=False)
    what: str = field(compare=False, default="")
    cancelled: bool = field(compare=False, default=False)

    def cancel(self) -> None:
        self.cancelled = True


class Clock:
    """One clock per world. Real seconds move it while it runs; a control call moves it at any time."""

    def __init__(self, now: datetime | None = None, *, running: bool = True) -> None:
        self._base = (now or datetime.now(UTC)).astimezone(UTC)
        self._mark = time.monotonic()
        self.running = running
        self._due: list[Due] = []
        self._order = itertools.count()
        self._timer: asyncio.TimerHandle | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: set[asyncio.Future[Any]] = set()
        self._moving = asyncio.Lock()
        self.settle: Callable[[], Awaitable[Any]] | None = None  # awaited between two things that fire in a jump

    def now(self) -> datetime:
        if not self.running:
            return self._base
        return self._base + timedelta(seconds=time.monotonic() - self._mark)

    def at(self, when: datetime, callback: Callback, what: str = "") -> Due:
        """Call ``callback`` (plain or async) when this clock reaches ``when``."""
        due = Due(when.astimezone(UTC), next(self._order), callback, what)
        heapq.heappush(self._due, due)
        self._arm()
        return due

    def after(self, delay: timedelta, callback: Callback, what: str = "") -> Due:
        return self.at(self.now() + delay, callback, what)

    def restart(self, now: datetime | None = None) -> None:
        """Back to ``now`` (the machine's time when None), with nothing due."""
        self._due.clear()
        self._disarm()
        self._base, self._mark = (now or datetime.now(UTC)).astimezone(UTC), time.monotonic()

    def pending(self) -> list[Due]:
        return sorted(due for due in self._due if not due.cancelled)

    def start(self) -> None:
        """Let real time drive the clock; needs a running event loop."""
        self._loop = asyncio.get_running_loop()
        self._arm()

    async def stop(self) -> None:
        self._loop = None
        self._disarm()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def run(self, running: bool) -> None:
        self._base, self._mark, self.running = self.now(), time.monotonic(), running
        self._arm()

    async def advance(self, delta: timedelta) -> None:
        await self.set(self.now() + delta)

    async def set(self, when: datetime) -> None:
        """Go to ``when``. Forwards, everything due on the way happens at its own instant; backwards, nothing does."""
        async with self._moving:
            was_running = self.running
            self.run(False)
            target = when.astimezone(UTC)
            try:
                while (due := self._next(target)) is not None:
                    self._base = max(self._base, due.when)
                    outcome = due.callback()
                    if outcome is not None:
                        await outcome
                    if self.settle is not None:
                        await self.settle()
            finally:
                self._base = target
                self.run(was_running)

    def _next(self, limit: datetime) -> Due | None:
        while self._due and self._due[0].when <= limit:
            due = heapq.heappop(self._due)
            if not due.cancelled:
                return due
        return None

    def _arm(self) -> None:
        self._disarm()
        if self._loop is None or not self.running or not self._due:
            return
        wait = (self._due[0].when - self.now()).total_seconds()
        # A day at most: the event loop refuses waits of many years, and re-arming is free.
        self._timer = self._loop.call_later(min(max(wait, 0.0), 86400.0), self._fire)

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _fire(self) -> None:
        while self.running and (due := self._next(self.now())) is not None:
            outcome = due.callback()
            if inspect.isawaitable(outcome):
                task = asyncio.ensure_future(outcome)
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
        self._arm()

"""The inbox: what arrives is stored once before it is acknowledged, then worked on until it is done or given up.

``accept`` stores, ``Worker`` works, ``Run`` is one attempt: its ``once`` journals outward steps so that a later attempt
does not repeat them, its ``finish`` commits the change of state and the end of the job together.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import Connection

from bot.clock import Clock
from bot.metrics import Metrics
from bot.store import jobs
from bot.store.db import RETRY_FOR, Db
from bot.store.errors import CommitUnknown, LeaseLost, StoreUnavailable
from bot.store.jobs import DeadLetter, Job, Lease, Put
from bot.store.run import Run
from bot.store.worker import Worker

T = TypeVar("T")
LEASE = timedelta(seconds=12)
MAX_ATTEMPTS = 8
HELD_MOST = 2000  # jobs in memory; beyond that, new ones wait in the table for whoever has room
REMEMBERED = 512  # ends of jobs kept for those who ask a moment too late
LOOK_AGAIN = 0.25  # seconds between looks for the end of a job that another replica works on

__all__ = ["DeadLetter", "Engine", "Job", "LeaseLost", "Put", "Run", "StoreUnavailable", "Worker"]


class Engine:
    """The durable heart of one replica."""

    def __init__(
        self,
        db: Db,
        clock: Clock,
        *,
        replica: str,
        lease: timedelta = LEASE,
        max_attempts: int = MAX_ATTEMPTS,
        metrics: Metrics | None = None,
    ) -> None:
        self.db, self.clock, self.replica, self.max_attempts, self.metrics = db, clock, replica, max_attempts, metrics
        self.lease = Lease(replica, lease, clock.now)
        self.held: dict[int, Job] = {}  # ours in the database: waiting in memory, running, or between attempts
        self.ready: deque[Job] = deque()
        self.changed = asyncio.Event()  # something to start, or a new due time
        self.due: datetime | None = None  # the earliest due time put since the last look
        self._ends: OrderedDict[int, bytes | None] = OrderedDict()
        self._waiting: dict[int, list[asyncio.Future[None]]] = {}

    async def accept(self, kind: str, key: str, payload: bytes, *, lane: str | None = None) -> Job | None:
        """Store what arrived, in one commit; None when it was here before.

        Raises StoreUnavailable after 2.5 s without a database, so that the platform delivers again.
        """
        work = Put(kind, key, payload, self.clock.now(), lane)
        hold = len(self.held) < HELD_MOST
        give_up = asyncio.get_running_loop().time() + RETRY_FOR

        async def store(*, adopt: bool) -> tuple[Job | None, bool]:
            return await self.db.tx(
                lambda connection: jobs.accept(connection, work, self.lease, adopt=adopt, hold=hold), lock=lane
            )

        try:
            job, is_held = await store(adopt=False)
        except CommitUnknown:
            if asyncio.get_running_loop().time() > give_up:
                raise
            job, is_held = await store(adopt=True)
        if job is not None and is_held:
            self.hand(job)
        return job

    async def put(self, kind: str, key: str, payload: bytes, *, at: datetime, lane: str | None = None) -> bool:
        """Store work for later; False when there is one under this kind and key already."""
        work = Put(kind, key, payload, at, lane)
        new = await self.durably(lambda connection: jobs.put(connection, work, self.lease))
        self.expect(at)
        return new

    async def cancel(self, kind: str, key: str) -> bool:
        """Forget work that nobody has begun; False when there is none."""
        return await self.durably(lambda connection: jobs.cancel(connection, kind, key))

    def run(
        self,
        work: Callable[[Run], Awaitable[None]],
        *,
        concurrency: int = 32,
        backoff: Callable[[int, BaseException], float] | None = None,
    ) -> Worker:
        """The worker of this replica; ``start()`` it once and ``stop()`` it before the database closes."""
        return Worker(self, work, concurrency=concurrency, backoff=backoff)

    async def outcome(self, job_id: int, timeout: float) -> bytes | None:  # noqa: ASYNC109 - the edge's own deadline
        """What ``finish`` stored as the job's result; None when it has not ended in time."""
        loop = asyncio.get_running_loop()
        give_up = loop.time() + timeout
        while job_id not in self._ends:
            left = give_up - loop.time()
            if left <= 0:
                return None
            if await self._told(job_id, min(left, LOOK_AGAIN)) or job_id in self.held:
                continue
            try:
                over, result = await self.db.tx(lambda connection: jobs.outcome(connection, job_id))
            except StoreUnavailable:
                continue
            if over:
                return result
        return self._ends[job_id]

    async def _told(self, job_id: int, seconds: float) -> bool:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        waiting = self._waiting.setdefault(job_id, [])
        waiting.append(future)
        try:
            async with asyncio.timeout(seconds):
                await future
        except TimeoutError:
            return False
        finally:
            waiting.remove(future)
            if not waiting:
                self._waiting.pop(job_id, None)
        return True

    async def dead_letters(self, limit: int = 20) -> list[DeadLetter]:
        """The latest jobs that failed too often."""
        return await self.db.tx(lambda connection: jobs.dead_letters(connection, limit))

    async def revive(self, job_id: int) -> bool:
        """Try a dead job again."""
        done = await self.durably(lambda connection: jobs.revive(connection, job_id, self.lease))
        self.wake()
        return done

    async def backlog(self) -> int:
        """How many jobs are due or being worked on, over all replicas."""
        return await self.db.tx(lambda connection: jobs.backlog(connection, self.lease))

    def wake(self) -> None:
        """Look for due work now: for clocks that jump."""
        self.due = self.clock.now()
        self.changed.set()

    def hand(self, job: Job) -> None:
        """Keep a job that the database says is ours, for the worker to start."""
        self.held[job.id] = job
        self.ready.append(job)
        self.changed.set()

    def expect(self, at: datetime) -> None:
        """Wake up in time for work that was just put."""
        if self.due is None or at < self.due:
            self.due = at
            self.changed.set()

    def ended(self, job: Job, result: bytes | None) -> None:
        """Tell those who wait for this job."""
        self.held.pop(job.id, None)
        self._ends[job.id] = result
        while len(self._ends) > REMEMBERED:
            self._ends.popitem(last=False)
        for future in self._waiting.pop(job.id, []):
            if not future.done():
                future.set_result(None)

    async def durably(self, fn: Callable[[Connection], T], *, lock: str | None = None) -> T:
        """Run a unit that may be repeated safely, also when it is unknown whether it was committed."""
        for _ in range(5):
            try:
                return await self.db.tx(fn, lock=lock)
            except CommitUnknown:
                await asyncio.sleep(0.1)
        return await self.db.tx(fn, lock=lock)

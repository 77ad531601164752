"""The worker of one replica: starts what is ready, keeps leases alive, tries again later, sets hopeless jobs aside."""

from __future__ import annotations

import asyncio
import functools
import random
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot import log
from bot.store import jobs
from bot.store.errors import LeaseLost, StoreError, StoreUnavailable
from bot.store.jobs import Job, Put
from bot.store.run import Run

if TYPE_CHECKING:
    from bot.store.engine import Engine

LOOK_EVERY = 1.0  # seconds: for other replicas' overflow and for clocks that jump
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0  # seconds between attempts
KEEP_DONE = timedelta(days=2)  # the platform repeats itself for up to six hours
KEEP_DEAD = timedelta(days=30)
PURGE = "engine.purge"
PURGE_EVERY = timedelta(hours=1)
PURGE_AT_ONCE = 500
logger = log.get(__name__)

Work = Callable[[Run], Awaitable[None]]
Backoff = Callable[[int, BaseException], float]


def patience(attempt: int, error: BaseException) -> float:
    """How long to wait after a failed attempt: twice as long each time, with jitter."""
    doubled: float = FIRST_PAUSE * 2 ** (attempt - 1)
    return min(LONGEST_PAUSE, doubled) * random.uniform(0.7, 1.3)


class Worker:
    """Runs ``work`` for every job of this replica, up to ``concurrency`` at once."""

    def __init__(self, engine: Engine, work: Work, *, concurrency: int, backoff: Backoff | None) -> None:
        self._engine, self._work = engine, work
        self._concurrency, self._backoff = concurrency, backoff or patience
        self._running: dict[int, tuple[Run, asyncio.Task[None]]] = {}
        self._timers: set[asyncio.TimerHandle] = set()
        self._loops: list[asyncio.Task[None]] = []
        self._stopping = False
        self._more = False  # the last look found more than there was room for

    async def start(self) -> None:
        """Take back what this replica held before a crash, then work in the background."""
        engine = self._engine
        held = list(engine.held)
        freed = await engine.durably(lambda connection: jobs.release(connection, engine.lease, but=held))
        if freed:
            logger.info("jobs_taken_back", count=freed)
        await self._plan_purge()
        self._stopping = False
        engine.wake()
        self._loops = [asyncio.create_task(self._serve()), asyncio.create_task(self._beat())]

    async def stop(self, grace: float = 5.0) -> None:
        """Begin nothing new, give what runs a moment, then hand everything back."""
        self._stopping = True
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()
        tasks = [task for _, task in self._running.values()]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        held = list(self._engine.held)
        self._engine.held.clear()
        self._engine.ready.clear()
        if held:
            try:
                await self._engine.db.tx(lambda connection: jobs.release(connection, self._engine.lease, held))
            except StoreError as error:
                logger.warning("leases_left_to_expire", count=len(held), error=str(error))

    async def _serve(self) -> None:
        """Start what is ready; look into the table when something comes due, and once a second anyway."""
        engine, loop = self._engine, asyncio.get_running_loop()
        look_at = 0.0
        while not self._stopping:
            engine.changed.clear()
            self._start_ready()
            if loop.time() >= look_at or self._is_due() or (self._more and self._room() >= self._concurrency // 4):
                look_at = loop.time() + LOOK_EVERY
                await self._look()
                self._start_ready()
            pause = max(0.0, min(look_at - loop.time(), self._until_due()))
            try:
                async with asyncio.timeout(pause):  # wait_for of 3.11 may swallow the cancellation that stops us
                    await engine.changed.wait()
            except TimeoutError:
                continue

    def _room(self) -> int:
        """How many more jobs can be begun."""
        return self._concurrency - len(self._running) - len(self._engine.ready)

    def _start_ready(self) -> None:
        ready = self._engine.ready
        while ready and len(self._running) < self._concurrency:
            job = ready.popleft()
            if job.id not in self._engine.held or job.id in self._running:
                continue
            run = Run(self._engine, job)
            task = asyncio.create_task(self._attempt(run))
            self._running[job.id] = (run, task)
            task.add_done_callback(functools.partial(self._ended, job.id))

    def _ended(self, job_id: int, task: asyncio.Task[None]) -> None:
        self._running.pop(job_id, None)
        self._engine.changed.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("worker_broken", error=repr(error))

    async def _look(self) -> None:
        """Claim what is due, as much as there is room for, and note what comes next."""
        engine, room, held = self._engine, self._room(), list(self._engine.held)

        def look(connection: Connection) -> tuple[list[Job], datetime | None]:
            claimed = jobs.claim(connection, engine.lease, room, held)
            return claimed, jobs.next_due(connection, engine.lease)

        engine.due = None
        try:
            claimed, due = await engine.db.tx(look)
        except StoreError as error:
            logger.warning("store_does_not_answer", error=str(error))
            return
        for job in claimed:
            engine.hand(job)
        if due is not None:
            engine.expect(due)
        self._more = len(claimed) >= room
        if engine.metrics is not None:
            engine.metrics.backlog.set(len(engine.held))

    def _is_due(self) -> bool:
        return self._room() > 0 and self._engine.due is not None and self._engine.due <= self._engine.clock.now()

    def _until_due(self) -> float:
        due = self._engine.due
        if due is None or self._room() <= 0:
            return LOOK_EVERY
        return max(0.02, (due - self._engine.clock.now()).total_seconds())

    async def _attempt(self, run: Run) -> None:
        engine, job = self._engine, run.job
        try:
            if job.attempt > engine.max_attempts:
                await self._bury(run, job.key, "the process died during each attempt")
            elif job.kind == PURGE:
                await self._purge(run)
            else:
                await self._work(run)
                if not run.over:
                    await run.finish()
        except LeaseLost:
            engine.held.pop(job.id, None)
            logger.warning("lease_lost", kind=job.kind, key=job.key, attempt=job.attempt)
        except asyncio.CancelledError:
            if not self._stopping:  # cancelled by the heartbeat: somebody else has the job
                engine.held.pop(job.id, None)
                logger.warning("lease_lost", kind=job.kind, key=job.key, attempt=job.attempt)
                return
            raise
        except Exception as error:
            await self._failed(run, error)

    async def _failed(self, run: Run, error: Exception) -> None:
        engine, job = self._engine, run.job
        if run.over:  # the job is done; only what came after its end went wrong
            logger.error("failed_after_finish", kind=job.kind, key=job.key, error=repr(error), exc_info=error)
            return
        if engine.metrics is not None:
            engine.metrics.failures.labels(type(error).__name__).inc()
        logger.warning("attempt_failed", kind=job.kind, key=job.key, attempt=job.attempt, exc_info=error)
        try:
            if job.attempt >= engine.max_attempts:
                await self._bury(run, job.key, repr(error))
                return
            again = await engine.durably(
                lambda connection: jobs.next_attempt(connection, job, engine.lease, repr(error))
            )
        except LeaseLost:
            engine.held.pop(job.id, None)
            return
        except StoreUnavailable:
            again = job  # the failure could not be noted: the same attempt again, when the store is back
        self._try_again(again, self._backoff(job.attempt, error))

    def _try_again(self, job: Job, pause: float) -> None:
        """Keep holding the job and its lane, and start it again after a pause of real time."""
        if self._stopping:
            return
        self._engine.held[job.id] = job

        def begin() -> None:
            self._timers.discard(timer)
            if job.id in self._engine.held:
                self._engine.hand(job)

        timer = asyncio.get_running_loop().call_later(pause, begin)
        self._timers.add(timer)

    async def _bury(self, run: Run, key: str, error: str) -> None:
        """Set the job aside; the rest of its lane goes on."""
        engine, job = self._engine, run.job

        def end(connection: Connection) -> Job | None:
            closed = jobs.close(connection, job, engine.lease, error=error)
            if job.lane is None or not closed.waiting:
                return None
            return jobs.hand_over(connection, job.lane, engine.lease)

        following = await engine.durably(end, lock=job.lane)
        run.over = True
        engine.ended(job, None)
        if following is not None:
            engine.hand(following)
        if engine.metrics is not None:
            engine.metrics.updates.labels(job.kind, "dead").inc()
        logger.error("job_set_aside", kind=job.kind, key=key, attempts=job.attempt, error=error)

    async def _beat(self) -> None:
        """Renew our leases three times in each of their lives, and stop what is not ours any more."""
        engine = self._engine
        while True:
            await asyncio.sleep(engine.lease.length.total_seconds() / 3)
            held = set(engine.held)
            if not held:
                continue
            try:
                ours = await engine.db.tx(lambda connection: jobs.extend(connection, engine.lease, held))  # noqa: B023
            except StoreError as error:
                logger.warning("leases_not_renewed", count=len(held), error=str(error))
                continue
            for lost in held - ours:
                self._let_go(lost)

    def _let_go(self, job_id: int) -> None:
        run, task = self._running.get(job_id, (None, None))
        if run is None or task is None:
            self._engine.held.pop(job_id, None)
        elif not run.over:
            task.cancel()

    async def _plan_purge(self) -> None:
        await self._engine.durably(lambda connection: jobs.put(connection, self._next_purge(), self._engine.lease))

    def _next_purge(self) -> Put:
        """Named after its hour, so that all replicas plan the same one."""
        hour = self._engine.clock.now().astimezone(UTC).replace(minute=0, second=0, microsecond=0) + PURGE_EVERY
        return Put(PURGE, hour.isoformat(), b"", hour)

    async def _purge(self, run: Run) -> None:
        """Delete old jobs a handful at a time, so that nobody waits long behind it, and plan the next purge."""
        lease, gone = self._engine.lease, 0

        def some(connection: Connection) -> int:
            return jobs.purge(connection, lease, KEEP_DONE, KEEP_DEAD, PURGE_AT_ONCE)

        while (count := await self._engine.durably(some)) > 0:
            gone += count
        if gone:
            logger.info("jobs_purged", count=gone)
        await run.finish(follow=[self._next_purge()])

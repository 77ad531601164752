"""One attempt at one job: steps that happen once, and an end that is written whole or not at all."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection

from bot.store import codec, jobs
from bot.store.jobs import Job, Put

if TYPE_CHECKING:
    from bot.store.engine import Engine

T = TypeVar("T")


class Run:
    """One attempt at one job."""

    def __init__(self, engine: Engine, job: Job) -> None:
        self.job = job
        self.over = False  # finish has begun: a lost lease no longer matters
        self._engine = engine
        self._steps: dict[str, bytes] | None = {} if job.attempt == 1 else None
        self._reading = asyncio.Lock()

    @property
    def last_attempt(self) -> bool:
        """Whether a failure now sets the job aside for good."""
        return self.job.attempt >= self._engine.max_attempts

    def key(self, step: str) -> str:
        """A key for the platform, the same at every attempt: 40 hex digits."""
        return hashlib.sha256(f"{self.job.kind}\x1f{self.job.key}\x1f{step}".encode()).hexdigest()[:40]

    async def once(
        self,
        step: str,
        call: Callable[[str], Awaitable[T]],
        *,
        type: Any = None,  # noqa: A002 - what it is
        encode: Callable[[T], bytes] | None = None,
        decode: Callable[[bytes], T] | None = None,
    ) -> T:
        """The journalled answer of this step, or the call's, which is journalled before it is returned.

        ``call`` is given a key for the platform. A call that was sent but not journalled when the process died is
        sent again with the same key.
        """
        done = await self._journalled()
        if step in done:
            value: T = decode(done[step]) if decode is not None else codec.decode(done[step], type)
            return value
        answer = await call(self.key(step))
        result = encode(answer) if encode is not None else codec.encode(answer)
        await self._journal(step, result)
        done[step] = result
        return answer

    async def _journalled(self) -> dict[str, bytes]:
        async with self._reading:
            if self._steps is None:
                self._steps = await self._engine.db.tx(lambda connection: jobs.steps(connection, self.job.id))
        return self._steps

    async def _journal(self, step: str, result: bytes) -> None:
        def write(connection: Connection) -> None:
            jobs.write_step(connection, self.job, step, result)

        await self._engine.durably(write)

    async def finish(
        self,
        commit: Callable[[Connection], None] | None = None,
        *,
        follow: Sequence[Put] = (),
        result: bytes | None = None,
    ) -> None:
        """End the job: its change of state, its follow-up jobs and its end in one transaction, if it is still ours.

        Raises LeaseLost, and whatever ``commit`` raises; then nothing of it was written.
        """
        engine, lane = self._engine, self.job.lane

        def end(connection: Connection) -> Job | None:
            closed = jobs.close(connection, self.job, engine.lease, result=result)
            if closed.now:
                if commit is not None:
                    commit(connection)
                for work in follow:
                    jobs.put(connection, work, engine.lease)
            if lane is None or not (closed.waiting or follow):
                return None
            return jobs.hand_over(connection, lane, engine.lease)

        self.over = True
        try:
            following = await engine.durably(end, lock=lane)
        except BaseException:
            self.over = False
            raise
        engine.ended(self.job, result)
        if following is not None:
            engine.hand(following)
        for work in follow:
            engine.expect(work.at)

"""One replica of the engine in a process of its own: what it reads it accepts, what it accepts it works on.

Each line read is ``key lane``; each line written is ``key`` once it is stored. Its outward calls are lines of a file:
``call key step idempotency-key`` when one is made, ``done key step`` once it is journalled.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from datetime import timedelta
from pathlib import Path

import structlog
from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, insert

from bot.clock import SystemClock
from bot.store.db import Db
from bot.store.engine import Engine, Run, StoreUnavailable
from bot.store.schema import BigId

LEASE = timedelta(seconds=1)
STEPS = ("book", "reply")
effects = Table(  # the state that jobs change: each may do so once
    "effects",
    MetaData(),
    Column("seq", BigId, primary_key=True, autoincrement=True),
    Column("key", String(100), nullable=False, unique=True),
    Column("lane", String(100), nullable=False),
    Column("attempt", Integer, nullable=False),
)


class World:
    """The outside: it remembers every call, also those whose caller died."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def note(self, *words: str) -> None:
        os.write(self._file, (" ".join(words) + "\n").encode())


async def replica(url: str, name: str, world_path: Path) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    db, world = await Db.open(url), World(world_path)
    engine = Engine(db, SystemClock(), replica=name, lease=LEASE)

    async def work(run: Run) -> None:
        for step in STEPS:

            async def call(key: str, step: str = step) -> str:
                world.note("call", run.job.key, step, key)
                await asyncio.sleep(0.01)
                return step

            assert await run.once(step, call, type=str) == step
            world.note("done", run.job.key, step)

        def commit(connection: Connection) -> None:
            row = {"key": run.job.key, "lane": run.job.lane, "attempt": run.job.attempt}
            connection.execute(insert(effects).values(row))

        await run.finish(commit)

    worker = engine.run(work)
    await worker.start()
    print("ready", flush=True)
    await feed(engine)
    await worker.stop()
    await db.close()


async def feed(engine: Engine) -> None:
    """Accept what comes in, several at once, until the input ends."""
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)

    async def accept(key: str, lane: str) -> None:
        try:
            await engine.accept("message", key, b"payload", lane=lane)
        except StoreUnavailable:
            return
        print(key, flush=True)

    async with asyncio.TaskGroup() as tasks:
        while line := await reader.readline():
            tasks.create_task(accept(*line.decode().split()))


if __name__ == "__main__":
    asyncio.run(replica(sys.argv[1], sys.argv[2], Path(sys.argv[3])))

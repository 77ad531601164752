"""PostgreSQL: a few writer tasks that each commit whatever waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import asyncpg
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.store.errors import CommitUnknown, StoreUnavailable

T = TypeVar("T")
WRITERS = 4
MOST_IN_ONE = 64  # units that share one commit
SINGLE_TRIES = 3  # a unit that lost a race against another transaction is run again
PASSING = {"40001", "40P01"}  # serialization failure, deadlock detected
GONE = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.InternalClientError,
)


@dataclass(slots=True)
class _Unit:
    fn: Callable[[Connection], Any]
    lock: str | None
    done: asyncio.Future[Any]


class PostgresBackend:
    """Group commit over a small pool of connections."""

    dialect = "postgresql"

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._queue: asyncio.Queue[_Unit | None] = asyncio.Queue()
        self._writers = [asyncio.create_task(self._write()) for _ in range(WRITERS)]
        self._closed = False

    @classmethod
    async def open(cls, url: str, *, migrate: bool) -> PostgresBackend:
        address = make_url(url.replace("postgres:", "postgresql:", 1)).set(drivername="postgresql+asyncpg")
        engine = create_async_engine(
            address, pool_size=WRITERS, max_overflow=0, connect_args={"timeout": 5.0, "command_timeout": 30.0}
        )
        backend = cls(engine)
        try:
            if migrate:
                from bot.store.upgrade import bring_up

                await backend.submit(bring_up, None)
        except BaseException:
            await backend.close()
            raise
        return backend

    async def submit(self, fn: Callable[[Connection], T], lock: str | None) -> T:
        if self._closed:
            raise StoreUnavailable("the database is closed")
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait(_Unit(fn, lock, done))
        return await done

    async def close(self) -> None:
        if not self._closed:
            self._closed = True
            for _ in self._writers:
                self._queue.put_nowait(None)
            await asyncio.gather(*self._writers)
            await self._engine.dispose()

    async def _write(self) -> None:
        while (first := await self._queue.get()) is not None:
            units = [first]
            while len(units) < MOST_IN_ONE and not self._queue.empty():
                unit = self._queue.get_nowait()
                if unit is None:
                    self._queue.put_nowait(None)
                    break
                units.append(unit)
            waited_for = [unit for unit in units if not unit.done.cancelled()]
            if waited_for:
                await self._settle(waited_for)

    async def _settle(self, units: Sequence[_Unit]) -> None:
        if len(units) > 1:
            try:
                for unit, value in zip(units, await self._commit(units), strict=True):
                    _resolve(unit, value)
            except CommitUnknown as error:
                for unit in units:
                    _reject(unit, error)
            except Exception:
                for unit in units:
                    await self._single(unit)
        else:
            await self._single(units[0])

    async def _single(self, unit: _Unit) -> None:
        for left in reversed(range(SINGLE_TRIES)):
            try:
                value = (await self._commit([unit]))[0]
            except DBAPIError as error:
                if left and getattr(error.orig, "sqlstate", None) in PASSING:
                    continue
                _reject(unit, error)
            except Exception as error:
                _reject(unit, error)
            else:
                _resolve(unit, value)
            return

    async def _commit(self, units: Sequence[_Unit]) -> list[Any]:
        """Run the units in one transaction. A lost line is told apart by what it leaves in doubt."""
        committing = False
        try:
            async with self._engine.connect() as connection:
                try:
                    await _lock(connection, units)
                    values = await connection.run_sync(lambda sync: [unit.fn(sync) for unit in units])
                    committing = True
                    await connection.commit()
                except BaseException as error:
                    if is_gone(error):
                        await connection.invalidate()
                    raise
                return values
        except Exception as error:
            if not is_gone(error):
                raise
            kind = CommitUnknown if committing else StoreUnavailable
            raise kind(str(error)) from error


async def _lock(connection: AsyncConnection, units: Sequence[_Unit]) -> None:
    """Take the units' locks until the commit, in one order for everybody, so that nobody waits in a circle."""
    names = sorted({unit.lock for unit in units if unit.lock is not None})
    if names:
        await connection.execute(
            text(
                "SELECT pg_advisory_xact_lock(id) FROM (SELECT DISTINCT hashtextextended(name, 0) AS id"
                " FROM unnest(CAST(:names AS text[])) AS name ORDER BY id) AS ids"
            ),
            {"names": names},
        )


def is_gone(error: BaseException) -> bool:
    """Whether the connection, not the statement, is what failed."""
    if isinstance(error, DBAPIError):
        cause = error.orig.__cause__ if error.orig is not None else None
        return error.connection_invalidated or isinstance(error, InterfaceError) or isinstance(cause, GONE)
    return isinstance(error, GONE)


def _resolve(unit: _Unit, value: Any) -> None:
    if not unit.done.done():
        unit.done.set_result(value)


def _reject(unit: _Unit, error: BaseException) -> None:
    if not unit.done.done():
        unit.done.set_exception(error)

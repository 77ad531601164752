"""SQLite: one file, one writer thread that owns the only connection."""

from __future__ import annotations

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from bot.store.errors import StoreUnavailable

T = TypeVar("T")
MOST_IN_ONE = 64  # units that share one commit


@dataclass(slots=True)
class _Unit:
    fn: Callable[[Connection], Any]
    loop: asyncio.AbstractEventLoop
    done: asyncio.Future[Any]


@dataclass(slots=True)
class _Outcome:
    unit: _Unit
    value: Any = None
    error: BaseException | None = None


class SqliteBackend:
    """Group commit on one thread. A cousin of aiosqlite that never waits for more than its own queue."""

    dialect = "sqlite"

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._queue: queue.SimpleQueue[_Unit | None] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._write, name="store", daemon=True)
        self._thread.start()

    @classmethod
    async def open(cls, url: str, *, migrate: bool) -> SqliteBackend:
        engine = make_engine(url)
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
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()
        self._queue.put(_Unit(fn, loop, done))
        return await done

    async def close(self) -> None:
        if not self._closed:
            self._closed = True
            self._queue.put(None)
            await asyncio.to_thread(self._thread.join)

    def _write(self) -> None:
        connection: Connection | None = None
        while (units := self._waiting()) is not None:
            units = [unit for unit in units if not unit.done.cancelled()]
            if connection is None:
                try:
                    connection = self._engine.connect()
                except SQLAlchemyError as error:
                    _tell([_Outcome(unit, error=_explained(error)) for unit in units])
                    continue
            if units:
                _tell(_commit(connection, units))
        if connection is not None:
            connection.close()
        self._engine.dispose()

    def _waiting(self) -> list[_Unit] | None:
        """All that waits, at least one; None when it is time to stop."""
        first = self._queue.get()
        if first is None:
            return None
        units = [first]
        while len(units) < MOST_IN_ONE:
            try:
                unit = self._queue.get_nowait()
            except queue.Empty:
                break
            if unit is None:
                self._queue.put(None)
                break
            units.append(unit)
        return units


def make_engine(url: str) -> Engine:
    """An engine whose transactions begin when we say so: pysqlite's own habits would split our units."""
    engine = create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False, "timeout": 5.0})

    @event.listens_for(engine, "connect")
    def prepare(raw: Any, _record: object) -> None:
        raw.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
            raw.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        raw: Any = connection.connection.driver_connection
        raw.execute("BEGIN IMMEDIATE")

    return engine


def _commit(connection: Connection, units: Sequence[_Unit]) -> list[_Outcome]:
    if len(units) > 1:
        try:
            with connection.begin():
                return [_Outcome(unit, value=unit.fn(connection)) for unit in units]
        except Exception:  # noqa: S110 - run singly below, where the guilty unit hears of it
            pass
    return [_single(connection, unit) for unit in units]


def _single(connection: Connection, unit: _Unit) -> _Outcome:
    try:
        with connection.begin():
            return _Outcome(unit, value=unit.fn(connection))
    except Exception as error:
        return _Outcome(unit, error=_explained(error))


def _explained(error: Exception) -> Exception:
    """The error as its asker should see it: a file held by another process, or out of reach, is worth another try."""
    cause = error.orig if isinstance(error, OperationalError) else error
    words = str(cause) if isinstance(cause, sqlite3.OperationalError) else ""
    if not any(sign in words for sign in ("locked", "busy", "disk", "unable to open")):
        return error
    unavailable = StoreUnavailable(words)
    unavailable.__cause__ = error
    return unavailable


def _tell(outcomes: Sequence[_Outcome]) -> None:
    """Wake those who wait: one call into each loop, however many units it had."""
    by_loop: dict[asyncio.AbstractEventLoop, list[_Outcome]] = {}
    for outcome in outcomes:
        by_loop.setdefault(outcome.unit.loop, []).append(outcome)
    for loop, theirs in by_loop.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_settle, theirs)


def _settle(outcomes: Sequence[_Outcome]) -> None:
    for outcome in outcomes:
        if outcome.unit.done.done():
            continue
        if outcome.error is not None:
            outcome.unit.done.set_exception(outcome.error)
        else:
            outcome.unit.done.set_result(outcome.value)

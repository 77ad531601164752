"""Rate limits that all replicas share: GCRA, one upsert a call. Reserve a slot, then sleep until it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Float, case, cast, func, literal
from sqlalchemy.dialects import postgresql, sqlite

from bot.clock import Clock
from bot.store.db import Db
from bot.store.instants import database_now
from bot.store.schema import rates


class Rates:
    """The limits of one store. The database's clock decides on PostgreSQL, ``clock`` on SQLite.

    ``clock`` tells real time, also where the product's clock is a pretended one: the platform counts real seconds.
    """

    def __init__(self, db: Db, clock: Clock) -> None:
        self._db, self._clock = db, clock

    async def reserve(self, key: str, rate: float, burst: int) -> float:
        """Take the next slot of ``key``; the answer is how many seconds to wait for it."""
        return await self._db.tx(lambda connection: reserve(connection, key, rate, burst, self._now()))

    async def hold_back(self, key: str, pause: float, rate: float, burst: int) -> None:
        """The platform said "too many": nobody gets a slot of this key for so many seconds."""
        await self._db.tx(lambda connection: hold_back(connection, key, pause, rate, burst, self._now()))

    def _now(self) -> datetime | None:
        return None if self._db.dialect == "postgresql" else self._clock.now()


def reserve(connection: Connection, key: str, rate: float, burst: int, now: datetime | None) -> float:
    """Take the next slot of ``key`` at ``rate`` a second, ``burst`` of them at once; the answer is the wait in seconds.

    ``now`` None: by PostgreSQL's clock.
    """
    spacing, at = 1 / rate, _seconds(now)
    arrival = _later(at) + spacing
    wait: float = connection.execute(
        _upsert(connection, key, at + spacing, arrival).returning(rates.c.arrival - burst * spacing - at)
    ).scalar_one()
    return max(0.0, wait)


def hold_back(connection: Connection, key: str, pause: float, rate: float, burst: int, now: datetime | None) -> None:
    """Nobody gets a slot of this key before ``pause`` seconds are over."""
    arrival = _seconds(now) + (pause + (burst - 1) / rate)
    connection.execute(_upsert(connection, key, arrival, _later(arrival)))


def _seconds(now: datetime | None) -> ColumnElement[float]:
    if now is not None:
        return literal(now.timestamp(), Float(53))
    return cast(func.extract("epoch", database_now()), Float(53))


def _upsert(connection: Connection, key: str, first: ColumnElement[float], then: ColumnElement[float]) -> Any:
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    new = make(rates).values(key=key, arrival=first)
    return new.on_conflict_do_update(index_elements=[rates.c.key], set_={"arrival": then})


def _later(other: ColumnElement[float]) -> ColumnElement[float]:
    """The arrival that is kept, or ``other`` if it is later."""
    return case((rates.c.arrival > other, rates.c.arrival), else_=other)

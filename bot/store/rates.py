"""Rate limits that all replicas share: GCRA, one upsert a call. Reserve a slot, then sleep until it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, literal
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.schema import rates


def reserve(connection: Connection, key: str, rate: float, burst: int, now: datetime) -> float:
    """Take the next slot of ``key`` at ``rate`` a second, ``burst`` of them at once; the answer is the wait in seconds.

    ``now`` is real time, also where the product's clock is a pretended one: the platform counts real seconds.
    """
    at, spacing = now.timestamp(), 1 / rate
    arrival: float = connection.execute(
        _upsert(connection, key, at + spacing, lambda kept: _later(kept, at) + spacing).returning(rates.c.arrival)
    ).scalar_one()
    return max(0.0, arrival - burst * spacing - at)


def hold_back(connection: Connection, key: str, until: datetime, rate: float, burst: int) -> None:
    """The platform said "too many": nobody gets a slot of this key before ``until``."""
    arrival = until.timestamp() + (burst - 1) / rate
    connection.execute(_upsert(connection, key, arrival, lambda kept: _later(kept, arrival)))


def _upsert(
    connection: Connection, key: str, first: float, then: Callable[[ColumnElement[float]], ColumnElement[float]]
) -> Any:
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    new = make(rates).values(key=key, arrival=first)
    return new.on_conflict_do_update(index_elements=[rates.c.key], set_={"arrival": then(rates.c.arrival)})


def _later(kept: ColumnElement[float], other: float) -> ColumnElement[float]:
    return case((kept > literal(other), kept), else_=literal(other))

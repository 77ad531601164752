"""A statement that is compiled once.

On SQLite it goes straight to the driver: SQLAlchemy's way from a statement to its rows takes the time of several such
statements there, on the one thread that writes. Inside the same transaction, so everything else stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Executable
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql import ClauseElement

from bot.store.schema import instant_text


class Prepared:
    """One statement, ready to be run with values for its ``bindparam``s; every value is a plain one or an instant."""

    def __init__(self, statement: Executable) -> None:
        self._statement = statement

    def first(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[Any] | None:
        """Run it; the first row that it returns, if any."""
        return connection.execute(self._statement, values).first()


class PreparedForSqlite(Prepared):
    """The same, in SQLite's words. Instants come back as text: ``schema.instant`` reads them."""

    def __init__(self, statement: Executable) -> None:
        super().__init__(statement)
        assert isinstance(statement, ClauseElement)
        compiled = statement.compile(dialect=sqlite.dialect(paramstyle="named"))
        self._sql, self._constants = str(compiled), compiled.params

    def first(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[Any] | None:
        driver: Any = connection.connection.driver_connection
        plain = {name: instant_text(v) if isinstance(v, datetime) else v for name, v in values.items()}
        rows: list[Sequence[Any]] = driver.execute(self._sql, {**self._constants, **plain}).fetchall()
        return rows[0] if rows else None

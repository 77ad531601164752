"""The database's own clock, written the way each database writes instants."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import FunctionElement

from bot.store.schema import Instant


class database_now(FunctionElement[datetime]):
    """The instant the statement began, by the database's clock."""

    type = Instant()
    inherit_cache = True


@compiles(database_now, "sqlite")
def _sqlite(_element: object, _compiler: object, **_: Any) -> str:
    return "strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now')"


@compiles(database_now, "postgresql")
def _postgresql(_element: object, _compiler: object, **_: Any) -> str:
    return "statement_timestamp()"

"""Bringing a database up to date. Alembic is imported only for a step to take: it costs a third of a second."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from bot.store.schema import HEAD, metadata

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
ONE_AT_A_TIME = 4_715_000_001  # PostgreSQL's advisory lock for migrations


def bring_up(connection: Connection) -> str:
    """Bring the schema to ``HEAD`` inside the caller's transaction and say what was done."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:id)"), {"id": ONE_AT_A_TIME})
    before = version_of(connection)
    if before == HEAD:
        return f"already at {HEAD}"
    if before is None and not inspect(connection).has_table("job"):
        create_all(connection)
        return f"created at {HEAD}"
    from alembic import command

    command.upgrade(alembic_config(connection), "head")
    return f"upgraded from {before} to {HEAD}"


def version_of(connection: Connection) -> str | None:
    """The migration this database is at, or None for one that never met us."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return version


def create_all(connection: Connection) -> None:
    """An empty database gets today's tables at once; a test proves that the migrations end in the same."""
    metadata.create_all(connection)
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})


def alembic_config(connection: Connection) -> Config:
    """What Alembic needs to know; there is no ``alembic.ini``."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


async def upgrade(url: str) -> str:
    """``daylark db upgrade``: bring the database at ``url`` up to date and say what was done."""
    from bot.store.db import Db

    db = await Db.open(url, migrate=False)
    try:
        return await db.tx(bring_up)
    finally:
        await db.close()

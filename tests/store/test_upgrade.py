"""A new database and a migrated one are the same, and bringing one up twice changes nothing."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from bot.store.db import Db
from bot.store.schema import HEAD, metadata
from bot.store.upgrade import MIGRATIONS, alembic_config, bring_up, upgrade, version_of


def shape(connection: Connection) -> dict[str, Any]:
    """Tables, columns, indexes and constraints as the database itself tells them."""
    look = inspect(connection)
    return {
        table: {
            "columns": [(c["name"], str(c["type"]), c["nullable"]) for c in look.get_columns(table)],
            "key": look.get_pk_constraint(table)["constrained_columns"],
            "unique": sorted(tuple(u["column_names"]) for u in look.get_unique_constraints(table)),
            "indexes": sorted((str(i["name"]), tuple(i["column_names"])) for i in look.get_indexes(table)),
            "foreign": [(f["constrained_columns"], f["referred_table"]) for f in look.get_foreign_keys(table)],
        }
        for table in sorted(look.get_table_names())
    }


async def test_the_newest_migration_is_the_one_the_start_expects() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [HEAD]


async def test_migrations_end_in_the_same_tables_as_a_fresh_start(database_url: str) -> None:
    def drop_everything(connection: Connection) -> None:
        command.downgrade(alembic_config(connection), "base")

    def migrate(connection: Connection) -> None:
        command.upgrade(alembic_config(connection), "head")

    db = await Db.open(database_url)
    fresh = await db.tx(shape)
    await db.tx(drop_everything)
    assert list(await db.tx(shape)) == ["alembic_version"]
    await db.tx(migrate)
    assert await db.tx(shape) == fresh
    assert await db.tx(version_of) == HEAD
    await db.close()


async def test_the_tables_are_those_of_the_schema(db: Db) -> None:
    def differences(connection: Connection) -> list[Any]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    assert await db.tx(differences) == []


async def test_bringing_up_tells_what_it_did(database_url: str) -> None:
    assert await upgrade(database_url) == f"created at {HEAD}"
    assert await upgrade(database_url) == f"already at {HEAD}"


async def test_two_replicas_may_start_at_once(database_url: str) -> None:
    opened = await asyncio.gather(*(Db.open(database_url) for _ in range(3)))
    assert [await db.tx(version_of) for db in opened] == [HEAD] * 3
    await asyncio.gather(*(db.close() for db in opened))


async def test_a_start_without_migrations_leaves_an_empty_database_alone(database_url: str) -> None:
    db = await Db.open(database_url, migrate=False)
    assert await db.tx(version_of) is None
    assert await db.tx(bring_up) == f"created at {HEAD}"
    await db.close()


async def test_alembic_is_not_imported_without_need(tmp_path: Any) -> None:
    code = (
        "import asyncio, sys\nfrom bot.store.db import Db\n"
        f"asyncio.run(asyncio.wait_for(Db.open('sqlite:///{tmp_path}/new.db'), 20))\n"
        "sys.exit('alembic' in sys.modules)"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code)
    assert await process.wait() == 0

"""Group commit: many units in one transaction, each with its own fate."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from bot.store.db import Db
from bot.store.errors import StoreUnavailable
from bot.store.tokens import SealedToken, Tokens
from tests.store.times import NOON


async def count(db: Db) -> int:
    return await db.tx(lambda connection: connection.execute(text("SELECT count(*) FROM tokens")).scalar_one())


async def test_units_that_wait_together_are_all_written(db: Db) -> None:
    def keep(n: int, connection: Connection) -> int:
        Tokens(connection).put(SealedToken(f"ou_{n}", b"x", NOON))
        return n

    answers = await asyncio.gather(*(db.tx(lambda c, n=n: keep(n, c)) for n in range(100)))  # type: ignore[misc]
    assert answers == list(range(100))
    assert await count(db) == 100


async def test_a_unit_that_fails_takes_none_of_its_neighbours_along(db: Db) -> None:
    def keep(n: int, connection: Connection) -> None:
        Tokens(connection).put(SealedToken(f"ou_{n}", b"x", NOON))
        if n == 7:
            raise ValueError("seven")

    answers = await asyncio.gather(*(db.tx(lambda c, n=n: keep(n, c)) for n in range(20)), return_exceptions=True)  # type: ignore[misc]
    assert [n for n, answer in enumerate(answers) if answer is not None] == [7]
    assert str(answers[7]) == "seven"
    assert await count(db) == 19
    assert await db.tx(lambda connection: Tokens(connection).get("ou_7")) is None


async def test_a_closed_database_says_so(database_url: str) -> None:
    db = await Db.open(database_url)
    await db.close()
    await db.close()
    with pytest.raises(StoreUnavailable):
        await asyncio.wait_for(db.tx(lambda connection: None), 4)


async def test_an_address_nobody_answers_is_unavailable() -> None:
    with pytest.raises(StoreUnavailable):
        await Db.open("postgresql://postgres@127.0.0.1:1/none")


async def test_a_file_out_of_reach_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="unable to open"):
        await asyncio.wait_for(Db.open(f"sqlite:///{tmp_path}/missing/store.db"), 5)


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_text("this is a letter, not a database, and long enough to be told apart from one")
    with pytest.raises(DatabaseError):
        await asyncio.wait_for(Db.open(f"sqlite:///{tmp_path}/store.db"), 5)


async def test_other_databases_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="sqlite:/// or postgresql://"):
        await Db.open("mysql://localhost/daylark")


async def test_a_file_in_use_by_another_process_is_waited_for(tmp_path: Path) -> None:
    db = await Db.open(f"sqlite:///{tmp_path}/store.db")
    other = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waiting = asyncio.create_task(db.tx(lambda connection: Tokens(connection).put(SealedToken("ou", b"", NOON))))
    await asyncio.sleep(0.2)
    assert not waiting.done()
    other.execute("COMMIT")
    other.close()
    await asyncio.wait_for(waiting, 5)
    assert await count(db) == 1
    await db.close()

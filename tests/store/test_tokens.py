"""Sealed tokens under contention, and what has arrived lately; on every database there is."""

from __future__ import annotations

import asyncio

from bot.clock import SystemClock
from bot.store.arrivals import latest
from bot.store.db import Db
from bot.store.engine import Engine
from bot.store.tokens import SealedToken, Tokens
from tests.store.times import NOON


def token(sealed: bytes) -> SealedToken:
    return SealedToken("ou_1", sealed, NOON)


async def test_of_many_who_swap_one_wins(db: Db) -> None:
    await db.tx(lambda connection: Tokens(connection).put(token(b"\x00before")))

    async def swap(number: int) -> bool:
        mine = token(bytes([number]))
        return await db.tx(lambda connection: Tokens(connection).swap(b"\x00before", mine))

    won = await asyncio.gather(*(swap(number) for number in range(20)))
    assert won.count(True) == 1
    kept = await db.tx(lambda connection: Tokens(connection).get("ou_1"))
    assert kept == token(bytes([won.index(True)]))


async def test_nothing_is_swapped_in_for_what_was_forgotten(db: Db) -> None:
    await db.tx(lambda connection: Tokens(connection).put(token(b"a")))
    await db.tx(lambda connection: Tokens(connection).forget("ou_1"))
    assert not await db.tx(lambda connection: Tokens(connection).swap(b"a", token(b"b")))
    assert await db.tx(lambda connection: Tokens(connection).get("ou_1")) is None


async def test_the_latest_of_each_kind_is_known(db: Db) -> None:
    assert await db.tx(latest) == {}
    clock = SystemClock()
    before = clock.now()
    engine = Engine(db, clock, replica="r")
    for key in ("om_1", "om_2"):
        await engine.accept("message", key, b"{}")
    found = await db.tx(latest)
    assert list(found) == ["message"]
    assert before <= found["message"] <= clock.now()

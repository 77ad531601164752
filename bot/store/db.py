"""The database as the rest of the store sees it: plain functions of a ``Connection``, committed in groups."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol, TypeVar

from sqlalchemy import Connection

from bot.store.errors import CommitUnknown, StoreUnavailable

T = TypeVar("T")
RETRY_FOR = 2.5  # seconds a lost database is waited for; the platform gives up on us after three

__all__ = ["CommitUnknown", "Db", "StoreUnavailable"]


class Backend(Protocol):
    """One kind of database."""

    dialect: str

    async def submit(self, fn: Callable[[Connection], T], lock: str | None) -> T: ...

    async def close(self) -> None: ...


class Db:
    """An open database.

    Units that wait at the same moment share one transaction and are run singly if it fails, so a unit may be run
    more than once before it is committed once: it must do nothing but talk to its connection.
    """

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self.dialect = backend.dialect
        self._closed = False

    @classmethod
    async def open(cls, url: str, *, migrate: bool = True) -> Db:
        """Open ``sqlite:///path`` or ``postgresql://…``, brought up to date unless told not to."""
        if url.startswith("sqlite:"):
            from bot.store.sqlite import SqliteBackend

            return cls(await SqliteBackend.open(url, migrate=migrate))
        if not url.startswith(("postgresql:", "postgresql+asyncpg:", "postgres:")):
            raise ValueError("a database address begins with sqlite:/// or postgresql://")
        from bot.store.postgres import PostgresBackend

        return cls(await PostgresBackend.open(url, migrate=migrate))

    async def tx(self, fn: Callable[[Connection], T], *, lock: str | None = None) -> T:
        """Run ``fn`` in a transaction, alone among all units of all replicas that name the same ``lock``.

        A lost connection is waited for as long as it is certain that nothing was written; then StoreUnavailable.
        """
        loop = asyncio.get_running_loop()
        give_up, pause = loop.time() + RETRY_FOR, 0.05
        while True:
            try:
                return await self._backend.submit(fn, lock)
            except CommitUnknown:
                raise
            except StoreUnavailable:
                if self._closed or loop.time() + pause > give_up:
                    raise
            await asyncio.sleep(pause)
            pause = min(pause * 2, 0.4)

    async def close(self) -> None:
        """Finish what waits, then close."""
        self._closed = True
        await self._backend.close()

"""People's login tokens, sealed before they come here: this table never sees one in the clear."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from bot.store.schema import tokens


@dataclass(frozen=True, slots=True)
class SealedToken:
    open_id: str
    sealed: bytes
    expires_at: datetime


class Tokens:
    """The tokens table inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, open_id: str) -> SealedToken | None:
        row = self._connection.execute(select(tokens).where(tokens.c.open_id == open_id)).one_or_none()
        return None if row is None else SealedToken(row.open_id, bytes(row.sealed), row.expires_at)

    def put(self, token: SealedToken) -> None:
        """Keep this token instead of any before."""
        values = {"sealed": token.sealed, "expires_at": token.expires_at}
        known = update(tokens).where(tokens.c.open_id == token.open_id).values(values)
        if not self._connection.execute(known).rowcount:
            self._connection.execute(insert(tokens).values(open_id=token.open_id, **values))

    def swap(self, before: bytes, token: SealedToken) -> bool:
        """Keep this token if the one before is still what is kept; False when somebody else was faster."""
        here = (tokens.c.open_id == token.open_id) & (tokens.c.sealed == before)
        values = {"sealed": token.sealed, "expires_at": token.expires_at}
        return self._connection.execute(update(tokens).where(here).values(values)).rowcount > 0

    def forget(self, open_id: str) -> bool:
        """Delete the person's token; False when there was none."""
        return self._connection.execute(delete(tokens).where(tokens.c.open_id == open_id)).rowcount > 0

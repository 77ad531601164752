"""Who makes a call: the app itself, or one person. Always said at the call, never guessed, never changed silently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.errors import NeedsLogin


@dataclass(frozen=True, slots=True)
class Identity:
    """The app when ``open_id`` is None, otherwise that person."""

    open_id: str | None = None

    @property
    def is_app(self) -> bool:
        return self.open_id is None


APP = Identity()


def as_person(open_id: str) -> Identity:
    """The identity of one person, by their own token."""
    return Identity(open_id)


class PersonTokens(Protocol):
    """Where people's tokens come from."""

    async def access_token(self, open_id: str, *, refused: str | None = None) -> str:
        """A token good for a call now. ``refused`` is one the platform just turned down: renew it.

        Raises ``NeedsLogin`` when that person has to log in (again).
        """


class NobodyLoggedIn:
    """No person's token is known: every call as a person needs a login first."""

    async def access_token(self, open_id: str, *, refused: str | None = None) -> str:
        raise NeedsLogin("this person has not logged in")

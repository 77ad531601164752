"""A way to the platform's login page and back that belongs to one person, for a little while, once.

The ticket travels in the open as the ``state`` of OAuth: sealed, so nobody reads, changes or makes one.
"""

from __future__ import annotations

import hashlib
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.errors import BotError
from bot.services.seal import Broken, Seal

LIFE = timedelta(minutes=15)  # from the button being shown to coming back from the platform's page


@dataclass(frozen=True, slots=True)
class Ticket:
    """Who asked to log in, until when, and for what. ``secret`` is the one of PKCE, and no two are the same."""

    open_id: str
    secret: str
    until: datetime
    scopes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells a used ticket, without telling its secret."""
        return hashlib.sha256(f"used:{self.secret}".encode()).hexdigest()[:40]

    @property
    def challenge(self) -> str:
        """What of the secret is shown beforehand (S256)."""
        return urlsafe_b64encode(hashlib.sha256(self.secret.encode()).digest()).rstrip(b"=").decode()

    def __repr__(self) -> str:
        return f"Ticket(open_id={self.open_id!r}, until={self.until})"


class Tickets:
    """Makes and checks them."""

    def __init__(self, seal: Seal, clock: Clock) -> None:
        self._seal, self._clock = seal, clock

    def issue(self, open_id: str, scopes: tuple[str, ...]) -> str:
        """A new ticket for this person."""
        return self._seal.seal(Ticket(open_id, secrets.token_urlsafe(32), self._clock.now() + LIFE, scopes)).decode()

    def read(self, state: str) -> Ticket:
        """The ticket behind a state that came from outside. Raises what the page has to say."""
        try:
            ticket = self._seal.open(state.encode(), Ticket)
        except Broken:
            raise BotError("login.foreign") from None
        if ticket.until <= self._clock.now():
            raise BotError("login.expired")
        return ticket

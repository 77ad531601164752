"""People's own logins: how they begin, what is kept of them, and a fresh token whenever a call needs one.

A refresh token works once. So whoever renews first claims the stored row by compare-and-set, then asks the platform,
then writes the new tokens over the claim; everybody else, in this process or in another replica, waits for that.
A login that has ended leaves a mark without tokens: the person chose to act as themselves, so they are asked again
instead of being quietly represented by the app. Only ``/logout`` takes the mark away.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import log
from bot.clock import Clock
from bot.errors import BotError, NeedsLogin
from bot.feishu.auth import Auth, PersonToken
from bot.services.seal import Broken, Seal
from bot.services.tickets import Ticket, Tickets
from bot.store.db import CommitUnknown, Db
from bot.store.tokens import SealedToken, Tokens

CALLBACK = "/oauth/callback"
START = "/oauth/start"
BASE_SCOPES = ("calendar:calendar", "calendar:calendar:read")  # what acting on one's own calendar takes
CONSENT = timedelta(days=365)  # after that the platform renews nothing: the person must agree anew
MARGIN = timedelta(minutes=2)  # a token this close to its end is renewed first
CLAIM = 10.0  # seconds a renewal may take before somebody else tries
LOOK_AGAIN = 0.1  # seconds

logger = log.get(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What one person granted, as it is sealed. Without a ``refresh`` token it ends with its ``access`` token."""

    open_id: str
    granted: datetime
    access: str = ""
    access_ends: datetime
    refresh: str = ""
    refresh_ends: datetime
    scopes: tuple[str, ...] = ()
    claimed: datetime | None = None  # somebody is renewing it until then

    @property
    def is_over(self) -> bool:
        """A mark of a login that was."""
        return not self.access and not self.refresh

    @property
    def ends(self) -> datetime:
        """When nothing more can be made of it."""
        last = self.refresh_ends if self.refresh else self.access_ends
        return min(last, self.granted + CONSENT)

    def __repr__(self) -> str:
        return f"Grant(open_id={self.open_id!r}, granted={self.granted}, ends={self.ends})"


class Identity:
    """Implements ``PersonTokens`` over the store. ``keys`` empty: nobody can log in, and everybody is told why."""

    def __init__(
        self,
        db: Db,
        clock: Clock,
        auth: Callable[[], Auth],
        *,
        keys: Sequence[str] = (),
        public_url: Callable[[], str] = str,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._db, self._clock, self._auth, self._public_url = db, clock, auth, public_url
        self._monotonic = monotonic
        self._seal = Seal(keys, "tokens") if keys else None
        self._tickets = Tickets(Seal(keys, "login"), clock) if keys else None
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    # -- logging in -------------------------------------------------------------------------------------------

    def link(self, open_id: str, scopes: Sequence[str] = ()) -> str:
        """The address behind this person's login button. Raises what to tell them when login is not set up."""
        tickets, base = self._set_up()
        return f"{base}{START}?state={tickets.issue(open_id, _wanted(scopes))}"

    def begin(self, state: str) -> str:
        """The platform's login page for a ticket."""
        tickets, base = self._set_up()
        ticket = tickets.read(state)
        return self._auth().authorize_url(
            redirect_uri=base + CALLBACK, state=state, scopes=ticket.scopes, challenge=ticket.challenge
        )

    async def redeem(self, state: str, code: str) -> tuple[Ticket, bytes]:
        """What somebody came back with: their ticket, and the grant for the code, sealed.

        Without a code they refused. A grant of anybody but the person who asked is dropped.
        """
        tickets, base = self._set_up()
        ticket = tickets.read(state)
        if not code:
            raise BotError("login.denied")
        try:
            token = await self._auth().exchange(code, redirect_uri=base + CALLBACK, verifier=ticket.secret)
        except NeedsLogin:
            raise BotError("login.used") from None
        who = await self._auth().who(token.access_token)
        if who.open_id != ticket.open_id:
            logger.warning("login_by_another", asked=ticket.open_id, came=who.open_id)
            raise BotError("login.other_person")
        now = self._clock.now()
        return ticket, self._sealing().seal(_granted(ticket.open_id, token, now, granted=now))

    def row(self, sealed: bytes) -> SealedToken:
        """A sealed grant as it is stored, instead of any before."""
        grant = self._sealing().open(sealed, Grant)
        return SealedToken(grant.open_id, sealed, grant.ends)

    def _set_up(self) -> tuple[Tickets, str]:
        if self._tickets is None:
            raise BotError("login.off", setting="DAYLARK_SECRET_KEYS")
        base = self._public_url().rstrip("/")
        if not base:
            raise BotError("login.off", setting="DAYLARK_PUBLIC_URL")
        return self._tickets, base

    def _sealing(self) -> Seal:
        if self._seal is None:
            raise BotError("login.off", setting="DAYLARK_SECRET_KEYS")
        return self._seal

    # -- logging out ------------------------------------------------------------------------------------------

    async def knows(self, open_id: str) -> bool:
        """Whether this person acts as themselves; true also when their login has ended and must be renewed."""
        return await self._db.tx(lambda connection: Tokens(connection).get(open_id)) is not None

    async def forget(self, open_id: str) -> bool:
        """Delete everything, by the person's own wish; False when there was nothing."""
        return await self._db.tx(lambda connection: Tokens(connection).forget(open_id))

    async def end(self, open_id: str, *, at: datetime, renewable: bool = False) -> None:
        """The platform says that what was granted before ``at`` is void: forget the tokens, leave the mark.

        ``renewable``: only the access token is, and the other one makes the next.
        """
        while True:
            row, grant = await self._read(open_id)
            if row is None or grant is None or grant.granted > at:
                return
            void = replace(grant, access="") if renewable else _over(grant)
            if void == grant or await self._swap(row, void) is not None:
                return

    # -- a token for a call -----------------------------------------------------------------------------------

    async def access_token(self, open_id: str, *, refused: str | None = None) -> str:
        """A token good for a call now, renewed when it has to be; ``NeedsLogin`` when it cannot be."""
        _, grant = await self._read(open_id)
        if grant is not None and self._is_good(grant, refused):
            return grant.access
        async with self._locks[open_id]:
            return await self._renewed(open_id, refused)

    async def _renewed(self, open_id: str, refused: str | None) -> str:
        give_up = self._monotonic() + CLAIM
        while True:
            row, grant = await self._read(open_id)
            if row is None or grant is None:
                raise NeedsLogin("this person has not logged in")
            if self._is_good(grant, refused):
                return grant.access
            now = self._clock.now()
            if grant.is_over or not grant.refresh or grant.ends <= now:
                await self._swap(row, _over(grant))
                raise NeedsLogin("the login has ended", key="error.login_again")
            if grant.claimed is not None and grant.claimed > now and self._monotonic() < give_up:
                await asyncio.sleep(LOOK_AGAIN)
                continue
            claim = replace(grant, claimed=now + timedelta(seconds=CLAIM))
            claimed = await self._swap(row, claim)
            if claimed is not None and (token := await self._refreshed(claimed, claim)) is not None:
                return token

    async def _refreshed(self, row: SealedToken, grant: Grant) -> str | None:
        """Renew what this process has claimed; None when the row was changed under it, so that it looks again."""
        try:
            made = await self._auth().refresh(grant.refresh)
        except NeedsLogin as error:
            # Used, revoked or too old. Whoever logged in meanwhile has another row, which stays.
            if await self._swap(row, _over(grant)) is None:
                return None
            logger.info("login_ended", person=grant.open_id, code=error.code)
            raise
        except BaseException:
            # Perhaps it was carried out and only the answer got lost: the next attempt finds out.
            await self._swap(row, replace(grant, claimed=None))
            raise
        fresh = _granted(grant.open_id, made, self._clock.now(), granted=grant.granted)
        return fresh.access if await self._swap(row, fresh) is not None else None

    def _is_good(self, grant: Grant, refused: str | None) -> bool:
        now = self._clock.now()
        # Without a refresh token the access token is used to its end.
        last = grant.access_ends - MARGIN if grant.refresh else grant.access_ends
        return bool(grant.access) and grant.access != refused and now < min(last, grant.granted + CONSENT)

    async def _read(self, open_id: str) -> tuple[SealedToken | None, Grant | None]:
        row = await self._db.tx(lambda connection: Tokens(connection).get(open_id))
        if row is None:
            return None, None
        try:
            grant = self._seal.open(row.sealed, Grant) if self._seal is not None else None
        except Broken:
            grant = None
        if grant is None or grant.open_id != open_id:
            logger.error("login_unreadable", person=open_id, operator="Is the old key still in DAYLARK_SECRET_KEYS?")
            return row, None
        return row, grant

    async def _swap(self, before: SealedToken, grant: Grant) -> SealedToken | None:
        """Write over exactly this row; None when it has changed or is gone."""
        token = SealedToken(grant.open_id, self._sealing().seal(grant), grant.ends)
        try:
            done = await self._db.tx(lambda connection: Tokens(connection).swap(before.sealed, token))
        except CommitUnknown:
            return None  # the caller reads again, and finds what was written
        return token if done else None


def _wanted(scopes: Sequence[str]) -> tuple[str, ...]:
    """What to ask for: the calendar, and of the scopes of which one would do the first, unless that is it already."""
    return BASE_SCOPES if not scopes or set(scopes) & set(BASE_SCOPES) else (*BASE_SCOPES, scopes[0])


def _granted(open_id: str, token: PersonToken, now: datetime, *, granted: datetime) -> Grant:
    return Grant(
        open_id=open_id,
        granted=granted,
        access=token.access_token,
        access_ends=now + timedelta(seconds=token.expires_in),
        refresh=token.refresh_token,
        refresh_ends=now + timedelta(seconds=token.refresh_token_expires_in),
        scopes=tuple(sorted(token.scopes)),
    )


def _over(grant: Grant) -> Grant:
    return replace(grant, access="", refresh="", claimed=None)

"""The platform, as the services see it: one object, built once, closed at the end."""

from __future__ import annotations

from collections import Counter

from bot.clock import Clock
from bot.feishu.auth import Auth
from bot.feishu.bot import Bot
from bot.feishu.calendar import Calendar
from bot.feishu.calendars import Calendars
from bot.feishu.contact import Contact
from bot.feishu.identity import NobodyLoggedIn, PersonTokens
from bot.feishu.im import Im
from bot.feishu.limiter import Limiter, LocalLimiter
from bot.feishu.meetings import Meetings
from bot.feishu.personal import Personal
from bot.feishu.probes import Probes
from bot.feishu.tokens import TenantTokens
from bot.feishu.transport import ACCOUNTS, HOSTS, Caller, Retry, Transport
from bot.feishu.vc import Vc


class Feishu:
    """``domain`` is ``feishu``, ``lark`` or the base address of an emulator.

    ``persons`` hands out people's own tokens; without it every call as a person raises ``NeedsLogin``.
    """

    def __init__(
        self,
        *,
        domain: str,
        app_id: str,
        app_secret: str,
        clock: Clock,
        limiter: Limiter | None = None,
        persons: PersonTokens | None = None,
        retry: Retry | None = None,
    ) -> None:
        self.base_url = HOSTS.get(domain, domain).rstrip("/")
        self._transport = Transport(self.base_url, limiter=limiter or LocalLimiter(), retry=retry)
        accounts_url = ACCOUNTS.get(domain, self.base_url)
        self.auth = Auth(self._transport, app_id, app_secret, accounts_url=accounts_url)
        self.tokens = TenantTokens(self.auth.tenant_token, clock)
        self._caller = Caller(self._transport, self.tokens, persons or NobodyLoggedIn())
        self.im = Im(self._caller)
        self.calendar = Calendar(self._caller)
        self.calendars = Calendars(self._caller)
        self.meetings = Meetings(self._caller)
        self.personal = Personal(self._caller)
        self.vc = Vc(self._caller)
        self.contact = Contact(self._caller)
        self.bot = Bot(self._caller)
        self.probes = Probes(self._caller)

    @property
    def calls(self) -> Counter[str]:
        """How many calls went out, by the name of the call: what the tenant's monthly quota is spent on."""
        return self._transport.calls

    async def aclose(self) -> None:
        """Close the connections."""
        await self.tokens.aclose()
        await self._transport.aclose()

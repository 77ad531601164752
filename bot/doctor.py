"""``daylark doctor``: does everything that running the bot needs work, and if not, what to fix and where."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial

import httpx

from bot.clock import SystemClock
from bot.domain.span import Span
from bot.errors import MissingScope, PlatformDown, PlatformError
from bot.feishu.client import Feishu
from bot.feishu.probes import probe
from bot.feishu.subscriptions import SUBSCRIPTIONS, Subscription
from bot.feishu.tables import ENDPOINTS, fewest, scopes
from bot.feishu.transport import Retry
from bot.settings import Settings
from bot.store.arrivals import latest
from bot.store.db import Db, StoreUnavailable

SKEW = timedelta(minutes=2)  # signatures are good for five minutes; beyond two the clock wants looking at
# Without these nobody can arrange a meeting; everything else is for who wants it.
NEEDED = frozenset({"messages", "groups", "people", "calendars", "availability", "events", "attendees"})
NOT_ASKED = "not asked, since an earlier check failed"


class Ailment(Exception):
    """A check that failed; the message says what to do."""


class Remark(Exception):
    """Something that only matters to who wants that feature, or that nobody can tell from here."""


Check = Callable[[], Awaitable[str]]


async def examine(settings: Settings) -> int:
    """Run every check, print a line each, and answer 0 when all is well, 1 otherwise."""
    feishu = Feishu(
        domain=settings.domain,
        app_id=settings.app_id,
        app_secret=settings.app_secret.reveal(),
        clock=SystemClock(),
        retry=Retry(attempts=2),
    )
    patient = Patient(settings, feishu)
    here: list[tuple[str, Check]] = [
        ("database", patient.database),
        ("login", patient.login),
        ("deliveries", patient.deliveries),
    ]
    first: list[tuple[str, Check]] = [("platform", patient.platform), ("credentials", patient.credentials)]
    then: list[tuple[str, Check]] = [
        ("bot ability", patient.bot),
        ("calendar", patient.calendar),
        ("free/busy", patient.freebusy),
        *((f"scopes for {feature}", partial(patient.feature, feature)) for feature in scopes()),
        *((f"{each.kind} {each.name}", partial(patient.subscription, each)) for each in SUBSCRIPTIONS),
    ]
    failed = 0
    try:
        for name, check in here:
            failed += await _report(name, check)
        for name, check in first:
            if await _report(name, check):
                print(f"{failed + 1} checks failed; {len(then)} were not made, since the platform cannot be asked")
                return 1
        for name, check in then:
            failed += await _report(name, check)
    finally:
        await feishu.aclose()
    print("all is well" if not failed else f"{failed} of {len(here) + len(first) + len(then)} checks failed")
    return 1 if failed else 0


async def _report(name: str, check: Check) -> int:
    try:
        print(f"ok    {name}: {await check()}")
    except Ailment as ailment:
        print(f"FAIL  {name}: {ailment}")
    except Remark as remark:
        print(f"note  {name}: {remark}")
        return 0
    except MissingScope as missing:
        print(
            f"FAIL  {name}: grant one of {', '.join(missing.scopes)} under Permissions & Scopes {missing.url}".rstrip()
        )
    except PlatformError as error:
        print(f"FAIL  {name}: {error}. {error.operator or 'See the code on the platform’s page of error codes.'}")
    else:
        return 0
    return 1


class Patient:
    """The checks, each answering with what it saw or raising with what to do."""

    def __init__(self, settings: Settings, feishu: Feishu) -> None:
        self._settings, self._feishu, self._me = settings, feishu, ""

    async def database(self) -> str:
        """The database opens, is up to date, and can be written."""
        try:
            db = await Db.open(self._settings.database_url)
            await db.tx(lambda connection: None)
            await db.close()
        except (StoreUnavailable, OSError, ImportError, ValueError) as error:
            raise Ailment(
                f"DAYLARK_DATABASE_URL does not open ({error}); check the address and that it runs"
            ) from error
        return self._settings.database_url.split("@")[-1]

    async def platform(self) -> str:
        """The platform's host answers, and its clock agrees with this machine's."""
        try:
            async with httpx.AsyncClient(timeout=5) as http:
                answer = await http.get(self._feishu.base_url)
        except httpx.HTTPError as error:
            raise Ailment(
                f"{self._feishu.base_url} does not answer ({error!r}); check DAYLARK_DOMAIN and the network"
            ) from error
        if "date" not in answer.headers:
            return f"{self._feishu.base_url} answers"
        skew = abs(datetime.now(UTC) - parsedate_to_datetime(answer.headers["date"]))
        if skew > SKEW:
            raise Ailment(f"this machine's clock is {skew.total_seconds():.0f} s off; switch on time synchronisation")
        return f"{self._feishu.base_url} answers, clocks {skew.total_seconds():.0f} s apart"

    async def credentials(self) -> str:
        """App id and secret give a token."""
        try:
            await self._feishu.tokens.get()
        except PlatformDown as down:
            raise Ailment(f"no answer ({down}); try again, then check DAYLARK_DOMAIN") from down
        return self._settings.app_id

    async def bot(self) -> str:
        """The bot ability is on and published."""
        info = await self._feishu.bot.info()
        self._me = info.open_id
        return f"{info.app_name} ({info.open_id})"

    async def calendar(self) -> str:
        """The bot has a calendar of its own."""
        return (await self._feishu.calendar.primary()).calendar_id

    async def freebusy(self) -> str:
        """Free/busy can be asked for; the bot's own, so that nobody's calendar is read for a test."""
        if not self._me:
            raise Ailment(NOT_ASKED)
        now = SystemClock().now()
        await self._feishu.calendar.freebusy([self._me], Span.of(now, timedelta(hours=1)))
        return "may be asked"

    async def feature(self, feature: str) -> str:
        """Every call of this feature is granted to the app; asked by calls that cannot do anything."""
        endpoints = [endpoint for endpoint in ENDPOINTS if endpoint.feature == feature]
        enough = ", ".join(fewest(endpoint.scopes for endpoint in endpoints))
        probed = [endpoint for endpoint in endpoints if probe(endpoint) is not None]
        if not probed:
            raise Remark(f"asked as a person; grant {enough} as user scopes and let people /login")
        answers = await asyncio.gather(*(self._feishu.probes.lacks(endpoint) for endpoint in probed))
        missing = [found for found in answers if found is not None]
        if not missing:
            return "granted"
        lacking = " and ".join(" or ".join(group) for group in dict.fromkeys(each.scopes for each in missing))
        page = next((each.url for each in missing if each.url), self._console("auth"))
        what = f"{lacking} is missing; {fewest_words(missing)} under Permissions & Scopes, then publish: {page}"
        raise Ailment(what) if feature in NEEDED else Remark(f"{what} (only for this feature)")

    async def login(self) -> str:
        """People can let the bot act for them."""
        for name, value in (
            ("DAYLARK_SECRET_KEYS", self._settings.secret_keys),
            ("DAYLARK_PUBLIC_URL", self._settings.public_url),
        ):
            if not value:
                raise Remark(f"off: {name} is not set, so every meeting is organized by the bot")
        address = f"{self._settings.public_url.rstrip('/')}/oauth/callback"
        return f"register {address} under Security Settings: {self._console('safe')}"

    async def deliveries(self) -> str:
        """What protects deliveries is set."""
        settings = self._settings
        if settings.transport == "webhook" and not settings.encrypt_key:
            raise Ailment("no DAYLARK_ENCRYPT_KEY: deliveries are not signed; set one under Events & Callbacks")
        return f"by {settings.transport}"

    async def subscription(self, wanted: Subscription) -> str:
        """Something of this kind has arrived; no call of the platform tells whether it is subscribed to."""
        try:
            db = await Db.open(self._settings.database_url)
            try:
                arrived = (await db.tx(latest)).get(wanted.job)
            finally:
                await db.close()
        except (StoreUnavailable, OSError, ImportError, ValueError):
            raise Remark(NOT_ASKED) from None
        if arrived is not None:
            return f"last arrived {arrived.isoformat(timespec='seconds')}"
        scopes_ = f" (needs {', '.join(wanted.scopes)})" if wanted.scopes else ""
        raise Remark(
            f"none has arrived yet; subscribe to it under Events & Callbacks: {self._console('event')}{scopes_}"
        )

    def _console(self, page: str) -> str:
        """A page of this app in the developer console."""
        return f"{self._feishu.base_url}/app/{self._settings.app_id}/{page}"


def fewest_words(missing: Iterable[MissingScope]) -> str:
    """What to grant, in few words."""
    return f"grant {', '.join(fewest(each.scopes for each in missing))}"

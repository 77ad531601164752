"""Keeping people's logins: sealed, renewed once however many ask, ended for good and never by mistake."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx
import pytest
from cryptography.fernet import Fernet

from bot.cards.kit import plain_text
from bot.dispatch.logins import offer
from bot.dispatch.replies import Say, Toast, Whisper, flattened
from bot.emulator.calls import Fault
from bot.emulator.seed import make_world
from bot.emulator.server import Emulator
from bot.emulator.state import User, World
from bot.errors import BotError, NeedsLogin, PlatformDown
from bot.feishu.client import Feishu
from bot.feishu.identity import as_person
from bot.feishu.transport import Retry
from bot.i18n import render
from bot.services.identity import CONSENT, Grant, Identity
from bot.services.seal import Broken, Seal
from bot.store.db import Db
from bot.store.tokens import Tokens
from tests.feishu.conftest import NOW, EmulatorClock

KEY, OLD_KEY = Fernet.generate_key().decode(), Fernet.generate_key().decode()
TOKEN_PATH = "/open-apis/authen/v2/oauth/token"
BASE = "http://127.0.0.1:8421"


@dataclass
class House:
    """A tenant, one database, and as many replicas as a test wants."""

    world: World
    db: Db
    mei: User
    clients: list[Feishu]

    def replica(self, *keys: str, public_url: str = BASE, monotonic: Callable[[], float] | None = None) -> Identity:
        client: Feishu
        more = {} if monotonic is None else {"monotonic": monotonic}
        identity = Identity(
            self.db,
            EmulatorClock(self.world),
            lambda: client.auth,
            keys=keys or (KEY,),
            public_url=lambda: public_url,
            **more,
        )
        client = Feishu(
            domain=self.world.base_url,
            app_id=self.world.app.app_id,
            app_secret=self.world.app.app_secret,
            clock=EmulatorClock(self.world),
            persons=identity,
            retry=Retry(within=3.0, attempts=2, base=0.01, cap=0.02),
        )
        self.clients.append(client)
        return identity

    async def log_in(self, identity: Identity, who: User | None = None) -> None:
        """Mei through the platform's page, and her grant into the database."""
        state = identity.link(self.mei.open_id).partition("state=")[2]
        code = await self.code(identity.begin(state), who or self.mei)
        _, sealed = await identity.redeem(state, code)
        await self.db.tx(lambda connection: Tokens(connection).put(identity.row(sealed)))

    async def code(self, address: str, who: User) -> str:
        async with httpx.AsyncClient() as browser:
            page = await browser.get(address)
            link = next(each for each in re.findall(r'href="([^"]+)"', page.text) if who.open_id in each)
            back = await browser.get(urljoin(address, html.unescape(link)))
        return parse_qs(urlsplit(back.headers["location"]).query)["code"][0]

    async def grant(self) -> Grant | None:
        row = await self.db.tx(lambda connection: Tokens(connection).get(self.mei.open_id))
        return None if row is None else Seal([KEY, OLD_KEY], "tokens").open(row.sealed, Grant)

    async def passes(self, **time: float) -> None:
        await self.world.clock.advance(timedelta(**time))

    def renewals(self) -> int:
        """Calls that asked for tokens since logging in."""
        return len([row for row in self.world.calls if row["path"] == TOKEN_PATH]) - 1

    def goes_wrong(self, **how: object) -> None:
        self.world.faults.append(Fault("POST", TOKEN_PATH, 1, **how))  # type: ignore[arg-type]


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    world = make_world({}, now=NOW, running=False)
    mei = world.add_user("陈梅")
    db = await Db.open(f"sqlite:///{tmp_path}/identity.db")
    async with Emulator(world):
        it = House(world, db, mei, [])
        yield it
        for client in it.clients:
            await client.aclose()
    await db.close()


# -- handing out tokens -----------------------------------------------------------------------------------------


async def test_a_fresh_token_is_handed_out_as_it_is(house: House) -> None:
    identity = house.replica()
    await house.log_in(identity)
    token = await identity.access_token(house.mei.open_id)
    assert house.world.tokens[token].open_id == house.mei.open_id
    assert house.renewals() == 0


async def test_fifty_calls_at_once_renew_once(house: House) -> None:
    identity = house.replica()
    await house.log_in(identity)
    await house.passes(hours=2)
    tokens = await asyncio.gather(*(identity.access_token(house.mei.open_id) for _ in range(50)))
    assert len(set(tokens)) == 1
    assert house.renewals() == 1


async def test_replicas_renew_once_between_them(house: House) -> None:
    replicas = [house.replica() for _ in range(4)]
    await house.log_in(replicas[0])
    await house.passes(hours=2)
    house.goes_wrong(delay_ms=300)  # the winner's answer takes its time
    tokens = await asyncio.gather(*(each.access_token(house.mei.open_id) for each in replicas for _ in range(5)))
    assert len(set(tokens)) == 1
    assert house.renewals() == 1


async def test_a_token_is_renewed_before_it_ends_and_again_when_it_is_refused(house: House) -> None:
    identity = house.replica()
    await house.log_in(identity)
    first = await identity.access_token(house.mei.open_id)
    await house.passes(minutes=117)
    assert await identity.access_token(house.mei.open_id) == first
    await house.passes(minutes=2)
    second = await identity.access_token(house.mei.open_id)
    assert second != first
    third = await identity.access_token(house.mei.open_id, refused=second)
    assert third not in (first, second)
    assert await identity.access_token(house.mei.open_id, refused=second) == third
    assert house.renewals() == 2


async def test_a_refused_token_is_renewed_under_the_call_that_needed_it(house: House) -> None:
    identity = house.replica()
    await house.log_in(identity)
    token = await identity.access_token(house.mei.open_id)
    del house.world.tokens[token]
    calendar = await house.clients[0].calendar.primary(as_person(house.mei.open_id))
    assert calendar.type == "primary"
    assert house.renewals() == 1


async def test_a_login_in_use_lasts_as_long_as_the_consent(house: House) -> None:
    identity = house.replica()
    await house.log_in(identity)
    for _ in range(60):
        await house.passes(days=6)
        await identity.access_token(house.mei.open_id)
    await house.passes(days=5, hours=1)
    with pytest.raises(NeedsLogin) as caught:
        await identity.access_token(house.mei.open_id)
    assert caught.value.key == "error.login_again"
    assert house.renewals() == 60
    assert timedelta(days=365) == CONSENT


# -- when a renewal fails ---------------------------------------------------------------------------------------


async def test_a_lost_answer_ends_the_login_only_when_the_token_was_really_used(house: House) -> None:
    identity = house.replica()
    await house.log_in(identity)
    await house.passes(hours=2)
    house.goes_wrong(drop="after")  # carried out, but nobody heard
    with pytest.raises(PlatformDown):
        await identity.access_token(house.mei.open_id)
    kept = await house.grant()
    assert kept is not None
    assert kept.refresh
    with pytest.raises(NeedsLogin):
        await identity.access_token(house.mei.open_id)


@pytest.mark.parametrize("how", [{"drop": True}, {"status": 500, "code": 20050}, {"status": 429, "code": 99991400}])
async def test_a_platform_that_did_not_do_it_ends_nothing(house: House, how: dict[str, object]) -> None:
    identity = house.replica()
    await house.log_in(identity)
    await house.passes(hours=2)
    house.goes_wrong(**how)
    if how.get("status") == 429:
        assert await identity.access_token(house.mei.open_id)  # surely not done, so it was asked again at once
        return
    with pytest.raises(PlatformDown):
        await identity.access_token(house.mei.open_id)
    assert await identity.access_token(house.mei.open_id)


async def test_a_renewal_whose_replica_died_is_taken_over(house: House) -> None:
    dead, alive = house.replica(), house.replica()
    await house.log_in(dead)
    await house.passes(hours=2)
    row, grant = await dead._read(house.mei.open_id)
    assert row is not None
    assert grant is not None
    await dead._swap(row, replace(grant, claimed=house.world.clock.now() + timedelta(seconds=10)))
    waiting = asyncio.create_task(alive.access_token(house.mei.open_id))
    await asyncio.sleep(0.25)
    assert not waiting.done()
    await house.passes(seconds=11)
    assert await waiting
    assert house.renewals() == 1


async def test_logging_out_while_a_renewal_runs_wins(house: House) -> None:
    identity = house.replica()
    await house.log_in(identity)
    await house.passes(hours=2)
    house.goes_wrong(delay_ms=400)
    renewing = asyncio.create_task(identity.access_token(house.mei.open_id))
    await asyncio.sleep(0.2)
    assert await identity.forget(house.mei.open_id)
    with pytest.raises(NeedsLogin):
        await renewing
    assert not await identity.knows(house.mei.open_id)


async def test_logging_in_anew_while_a_renewal_runs_wins(house: House) -> None:
    identity = house.replica()
    await house.log_in(identity)
    await house.passes(hours=2)
    house.goes_wrong(delay_ms=400)
    renewing = asyncio.create_task(identity.access_token(house.mei.open_id))
    await asyncio.sleep(0.1)
    await house.log_in(identity)
    newer = await house.grant()
    assert newer is not None
    assert await renewing == newer.access
    assert await house.grant() == newer


# -- ends -------------------------------------------------------------------------------------------------------


async def test_a_login_that_ended_leaves_a_mark_without_tokens(house: House) -> None:
    identity = house.replica()
    await house.log_in(identity)
    await identity.end(house.mei.open_id, at=house.world.clock.now())
    kept = await house.grant()
    assert kept is not None
    assert (kept.access, kept.refresh, kept.is_over) == ("", "", True)
    assert await identity.knows(house.mei.open_id)
    with pytest.raises(NeedsLogin):
        await identity.access_token(house.mei.open_id)
    assert house.renewals() == 0


async def test_when_only_the_access_token_is_void_the_other_makes_the_next(house: House) -> None:
    identity = house.replica()
    await house.log_in(identity)
    before = await identity.access_token(house.mei.open_id)
    await identity.end(house.mei.open_id, at=house.world.clock.now(), renewable=True)
    assert await identity.access_token(house.mei.open_id) != before
    assert house.renewals() == 1


async def test_a_late_revocation_does_not_end_a_newer_login(house: House) -> None:
    identity = house.replica()
    before = house.world.clock.now()
    await house.passes(minutes=5)
    await house.log_in(identity)
    await identity.end(house.mei.open_id, at=before)
    assert await identity.access_token(house.mei.open_id)


async def test_who_never_logged_in_has_nothing(house: House) -> None:
    identity = house.replica()
    assert not await identity.knows(house.mei.open_id)
    assert not await identity.forget(house.mei.open_id)
    await identity.end(house.mei.open_id, at=house.world.clock.now())
    with pytest.raises(NeedsLogin):
        await identity.access_token(house.mei.open_id)


async def test_another_persons_grant_is_dropped(house: House) -> None:
    identity = house.replica()
    bob = house.world.add_user("Bob")
    with pytest.raises(BotError) as caught:
        await house.log_in(identity, bob)
    assert caught.value.key == "login.other_person"
    assert not await identity.knows(house.mei.open_id)
    assert not await identity.knows(bob.open_id)


# -- keys -------------------------------------------------------------------------------------------------------


async def test_keys_are_replaced_in_peace(house: House) -> None:
    before = house.replica(OLD_KEY)
    await house.log_in(before)
    after = house.replica(KEY, OLD_KEY)
    assert await after.access_token(house.mei.open_id) == await before.access_token(house.mei.open_id)
    await house.passes(hours=2)
    token = await after.access_token(house.mei.open_id)  # what is written from now on is sealed by the new key
    assert await house.replica(KEY).access_token(house.mei.open_id) == token


async def test_without_its_key_a_login_has_to_be_renewed_and_is_not_thrown_away(house: House) -> None:
    await house.log_in(house.replica(OLD_KEY))
    without = house.replica(KEY)
    assert await without.knows(house.mei.open_id)
    with pytest.raises(NeedsLogin):
        await without.access_token(house.mei.open_id)
    assert await house.replica(KEY, OLD_KEY).access_token(house.mei.open_id)


async def test_a_row_moved_to_another_person_opens_nothing(house: House) -> None:
    identity = house.replica()
    await house.log_in(identity)
    bob = house.world.add_user("Bob")
    row = await house.db.tx(lambda connection: Tokens(connection).get(house.mei.open_id))
    assert row is not None
    await house.db.tx(lambda connection: Tokens(connection).put(replace(row, open_id=bob.open_id)))
    with pytest.raises(NeedsLogin):
        await identity.access_token(bob.open_id)


@pytest.mark.parametrize(
    ("keys", "public_url", "missing"),
    [((), BASE, "DAYLARK_SECRET_KEYS"), ((KEY,), "", "DAYLARK_PUBLIC_URL")],
)
async def test_a_login_that_is_not_set_up_names_the_setting(
    house: House, keys: tuple[str, ...], public_url: str, missing: str
) -> None:
    identity = Identity(
        house.db, EmulatorClock(house.world), lambda: house.clients[0].auth, keys=keys, public_url=lambda: public_url
    )
    with pytest.raises(BotError) as caught:
        identity.link(house.mei.open_id)
    assert (caught.value.key, caught.value.values) == ("login.off", {"setting": missing})
    with pytest.raises(BotError) as caught:
        identity.begin("state")
    assert caught.value.key == "login.off"
    with pytest.raises(NeedsLogin):
        await identity.access_token(house.mei.open_id)


@pytest.mark.parametrize("tapped", [False, True])
async def test_who_needs_a_login_that_is_not_set_up_is_told_the_setting(house: House, tapped: bool) -> None:
    identity = Identity(house.db, EmulatorClock(house.world), lambda: house.clients[0].auth)
    answer = offer(identity, NeedsLogin(), house.mei.open_id, in_group=False, tapped=tapped)
    assert isinstance(answer, Toast if tapped else Say)
    text = render(answer.text, "en_us") if isinstance(answer, Toast) else plain_text(answer.card, "en_us")
    assert "DAYLARK_SECRET_KEYS" in text


@pytest.mark.parametrize(
    ("in_group", "tapped", "kinds"),
    [
        (False, False, [Say]),
        (True, False, [Say, Whisper]),
        (False, True, [Toast, Whisper]),
        (True, True, [Toast, Whisper]),
    ],
)
async def test_the_button_is_only_ever_shown_in_private(
    house: House, in_group: bool, tapped: bool, kinds: list[type[object]]
) -> None:
    error = NeedsLogin(scopes=("contact:user:search",))
    replies = flattened(offer(house.replica(), error, house.mei.open_id, in_group=in_group, tapped=tapped))
    assert [type(reply) for reply in replies] == kinds
    shown = [reply for reply in replies if isinstance(reply, Say | Whisper) and "/oauth/start" in str(reply.card)]
    assert shown == [replies[-1]]


async def test_another_persons_login_is_offered_to_nobody_else(house: House) -> None:
    error = NeedsLogin()
    error.person = "ou_somebody_else"
    answer = offer(house.replica(), error, house.mei.open_id, in_group=True, tapped=False)
    assert isinstance(answer, Say)
    assert "/oauth/" not in str(answer.card)
    assert "log in again" in plain_text(answer.card, "en_us")


async def test_what_was_asked_for_is_asked_of_the_platform(house: House) -> None:
    identity = house.replica()
    state = identity.link(house.mei.open_id, ("vc:room", "vc:room:readonly")).partition("state=")[2]
    query = parse_qs(urlsplit(identity.begin(state)).query)
    assert query["scope"] == ["calendar:calendar calendar:calendar:read vc:room offline_access"]
    assert query["redirect_uri"] == [f"{BASE}/oauth/callback"]


def test_a_seal_serves_one_purpose() -> None:
    sealed = Seal([KEY], "login").seal({"a": 1})
    assert Seal([KEY], "login").open(sealed, dict) == {"a": 1}
    for seal in (Seal([KEY], "tokens"), Seal([OLD_KEY], "login")):
        with pytest.raises(Broken):
            seal.open(sealed, dict)
    with pytest.raises(Broken):
        Seal([KEY], "login").open(sealed[:-4] + b"AAA=", dict)


def test_a_grant_does_not_show_its_tokens() -> None:
    grant = Grant(open_id="ou_1", granted=NOW, access="u-1", access_ends=NOW, refresh="r-1", refresh_ends=NOW)
    assert "u-1" not in repr(grant)
    assert "r-1" not in repr(grant)

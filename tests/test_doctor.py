"""``daylark doctor``: names what is missing and where to get it, and leaves no trace in the tenant."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.doctor import NEEDED, examine
from bot.emulator.seed import make_world
from bot.emulator.server import Emulator
from bot.emulator.state import World
from bot.feishu import scopes
from bot.feishu.client import Feishu
from bot.feishu.endpoint import Endpoint
from bot.feishu.payloads import READERS
from bot.feishu.probes import probe
from bot.feishu.subscriptions import SUBSCRIPTIONS
from bot.feishu.tables import ENDPOINTS, fewest
from bot.settings import Secret, Settings
from bot.store.db import Db
from bot.store.engine import Engine

ROOT = Path(__file__).resolve().parent.parent
PROBED = [endpoint for endpoint in ENDPOINTS if probe(endpoint) is not None]


@pytest.fixture
async def world() -> AsyncIterator[World]:
    it = make_world({})
    mei = it.add_user("陈梅")
    it.add_chat("Launch", [mei.open_id], apps=[it.app.app_id])
    async with Emulator(it):
        yield it


@pytest.fixture
def settings(world: World, tmp_path: Path) -> Settings:
    return Settings(
        app_id=world.app.app_id,
        app_secret=Secret(world.app.app_secret),
        verification_token=Secret("v"),
        encrypt_key=Secret("e"),
        domain=world.base_url,
        database_url=f"sqlite:///{tmp_path}/doctor.db",
    )


@pytest.fixture
async def feishu(world: World) -> AsyncIterator[Feishu]:
    client = Feishu(
        domain=world.base_url, app_id=world.app.app_id, app_secret=world.app.app_secret, clock=SystemClock()
    )
    yield client
    await client.aclose()


def everything(world: World) -> tuple[object, ...]:
    """What a call could have left behind."""
    book = world.calendars
    return (
        sorted(world.chats), sorted(world.messages), sorted(world.users), sorted(book.calendars),
        sorted(book.book.series), sorted(book.settings.leaves), len(world.codes),
    )  # fmt: skip


async def test_all_is_well_when_everything_is_granted(
    world: World, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await examine(settings) == 0
    told = capsys.readouterr().out
    assert "FAIL" not in told
    assert "ok    scopes for events: granted" in told
    assert "note  scopes for CalDAV: asked as a person; grant calendar:calendar as user scopes" in told
    assert "note  login: off: DAYLARK_SECRET_KEYS is not set" in told
    assert f"note  event im.message.receive_v1: none has arrived yet; subscribe to it under Events & Callbacks: {world.base_url}/app/{world.app.app_id}/event" in told  # fmt: skip # noqa: E501
    assert told.endswith("all is well\n")


@pytest.mark.parametrize("feature", [name for name in scopes() if any(e.feature == name for e in PROBED)])
async def test_a_missing_scope_is_named_with_its_feature_and_page(
    world: World, settings: Settings, capsys: pytest.CaptureFixture[str], feature: str
) -> None:
    wanted = {scope for endpoint in PROBED if endpoint.feature == feature for scope in endpoint.scopes}
    world.app.scopes = world.app.scopes - wanted
    assert await examine(settings) == (1 if not NEEDED.isdisjoint(_without(world)) else 0)
    line = next(each for each in capsys.readouterr().out.splitlines() if f"scopes for {feature}:" in each)
    assert line.startswith("FAIL" if feature in NEEDED else "note")
    enough = fewest(e.scopes for e in PROBED if e.feature == feature)
    assert f"grant {', '.join(enough)} under Permissions & Scopes" in line
    assert f"/app/{world.app.app_id}/auth" in line


def _without(world: World) -> set[str]:
    """The features that lack something now."""
    return {endpoint.feature for endpoint in PROBED if world.app.scopes.isdisjoint(endpoint.scopes)}


@pytest.mark.parametrize("endpoint", PROBED, ids=lambda e: e.name)
async def test_a_probe_tells_and_does_nothing(world: World, feishu: Feishu, endpoint: Endpoint) -> None:
    await feishu.calendar.primary()
    before = everything(world)
    assert await feishu.probes.lacks(endpoint) is None
    granted, world.app.scopes = world.app.scopes, world.app.scopes - set(endpoint.scopes)
    missing = await feishu.probes.lacks(endpoint)
    world.app.scopes = granted
    assert missing is not None
    assert set(missing.scopes) == set(endpoint.scopes)
    assert everything(world) == before


async def test_what_has_arrived_is_told(world: World, settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    db = await Db.open(settings.database_url)
    await Engine(db, SystemClock(), replica="r").accept("message", "om_1", b"{}")
    await db.close()
    assert await examine(settings) == 0
    told = capsys.readouterr().out
    assert "ok    event im.message.receive_v1: last arrived 20" in told
    assert "note  callback card.action.trigger: none has arrived yet" in told


async def test_a_login_that_is_set_up_names_the_address_to_register(
    world: World, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    ready = replace(settings, secret_keys=(Secret("k"),), public_url="https://bot.example/")
    assert await examine(ready) == 0
    assert "ok    login: register https://bot.example/oauth/callback under Security Settings" in capsys.readouterr().out


async def test_a_wrong_secret_is_told_with_where_to_find_it(
    world: World, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await examine(replace(settings, app_secret=Secret("wrong"))) == 1
    told = capsys.readouterr().out
    assert "FAIL  credentials:" in told
    assert "Credentials & Basic Info" in told


def test_what_is_subscribed_to_is_documented_and_read() -> None:
    page = ROOT / "bot" / "emulator" / "contract" / "events.json"
    documented = {row["event_type"]: row for row in json.loads(page.read_text(encoding="utf-8"))["events"]}
    for wanted in SUBSCRIPTIONS:
        assert wanted.name in READERS
        assert set(wanted.scopes) <= set(documented[wanted.name].get("scopes_any", ()))


def test_the_fewest_scopes_cover_every_group() -> None:
    assert fewest([("a", "b"), ("b", "c"), ("d",)]) == ("b", "d")
    assert fewest([("x", "y")]) == ("x",)
    assert fewest([]) == ()
    for groups in scopes().values():
        assert all(set(group) & set(fewest(groups)) for group in groups)

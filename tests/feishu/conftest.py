"""The platform for these tests is the emulator; patience is short so that faults do not make them slow."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from bot.emulator import tokens
from bot.emulator.calls import Fault
from bot.emulator.seed import make_world
from bot.emulator.server import Emulator
from bot.emulator.state import Chat, User, World
from bot.errors import NeedsLogin
from bot.feishu.client import Feishu
from bot.feishu.transport import Retry

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # Monday 09:00 in Shanghai
QUICK = Retry(within=3.0, attempts=4, base=0.01, cap=0.02)


class EmulatorClock:
    """The bot on the emulator's clock."""

    def __init__(self, world: World) -> None:
        self._world = world

    def now(self) -> datetime:
        return self._world.clock.now()


@dataclass
class Logins:
    """People's tokens, as a later store will keep them: renewed when one is refused."""

    world: World
    held: dict[str, str] = field(default_factory=dict)
    renewals: int = 0

    def log_in(self, user: User, *scopes: str) -> None:
        answer = tokens.for_person(self.world, self.world.app, user.open_id, frozenset(scopes))
        self.held[user.open_id] = answer["access_token"]

    async def access_token(self, open_id: str, *, refused: str | None = None) -> str:
        if open_id not in self.held:
            raise NeedsLogin("nobody knows this person's token")
        if refused is not None:
            self.renewals += 1
            scopes = self.world.tokens[refused].scopes
            fresh = tokens.for_person(self.world, self.world.app, open_id, scopes)
            self.held[open_id] = fresh["access_token"]
        return self.held[open_id]


@dataclass
class Office:
    """Three people, one group with the bot in it, and what went over the wire."""

    world: World
    mei: User
    bob: User
    sato: User
    group: Chat

    def goes_wrong(self, method: str, path: str, times: int = 1, **how: object) -> None:
        self.world.faults.append(Fault(method, f"/open-apis{path}", times, **how))  # type: ignore[arg-type]

    def calls(self, path: str) -> list[dict[str, object]]:
        return self.calls_to(f"/open-apis{path}")

    def calls_to(self, path: str) -> list[dict[str, object]]:
        return [row for row in self.world.calls if row["path"] == path]


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    world = make_world({}, now=NOW, running=False)
    mei = world.add_user("陈梅", en_name="Mei Chen", timezone="Asia/Shanghai", email="mei@example.com")
    bob = world.add_user("Bob Hill", en_name="Bob Hill", timezone="Europe/London")
    sato = world.add_user("佐藤 健", en_name="Ken Sato", timezone="Asia/Tokyo")
    group = world.add_chat("Launch", [mei.open_id, bob.open_id, sato.open_id], apps=[world.app.app_id])
    async with Emulator(world):
        yield Office(world, mei, bob, sato, group)


@pytest.fixture
def logins(office: Office) -> Logins:
    return Logins(office.world)


@pytest.fixture
async def feishu(office: Office, logins: Logins) -> AsyncIterator[Feishu]:
    app = office.world.app
    client = Feishu(
        domain=office.world.base_url,
        app_id=app.app_id,
        app_secret=app.app_secret,
        clock=EmulatorClock(office.world),
        persons=logins,
        retry=QUICK,
    )
    yield client
    await client.aclose()

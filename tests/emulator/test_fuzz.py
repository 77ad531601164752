"""Twenty thousand made-up requests and a clock that jumps: every answer is documented, and the tenant stays whole."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.emulator import api, tokens
from bot.emulator.calls import CHAT_FREQUENCY, FREQUENCY
from bot.emulator.checks import Check, Violations, compile_check
from bot.emulator.contract import Row, contract
from bot.emulator.gateway import BAD_REQUEST, INTERNAL, NOT_FOUND, UNKNOWN_GRANT, Answer, Gateway
from bot.emulator.seed import make_world
from bot.emulator.state import World
from tests.emulator import audit
from tests.emulator.guesses import Guesses, Json
from tests.emulator.tenant import ELSEWHERE, NOW, SEED

REQUESTS, SEEDS, AUDIT_EVERY = 5000, 4, 1000
api.register()


class Office:
    """A tenant in this process: the gateway is called without the wire."""

    def __init__(self, seed: int) -> None:
        self.world = make_world(SEED, now=NOW, running=False)
        self.world.pushes.event = lambda *_: False  # type: ignore[method-assign]
        self.gateway = Gateway(self.world)
        self.shapes: dict[str, Check] = {}
        self.guesses = Guesses(seed, self.world, self.wallet())

    def wallet(self) -> dict[str, list[str]]:
        """Tokens of all kinds, good and bad."""
        world, app = self.world, self.world.app
        people = [tokens.for_person(world, app, who, app.scopes | {"offline_access"}) for who in world.users]
        poor = tokens.for_person(world, app, next(iter(world.users)), frozenset())["access_token"]
        expired = tokens.for_person(world, app, next(iter(world.users)), app.scopes)["access_token"]
        world.tokens[expired].expires = NOW - timedelta(days=1)
        mine = tokens.for_app(world, app)[0].value
        bad = ["", "", "x", "t-none", "u-none", "eyJ.x.y", poor, expired, people[0]["refresh_token"], mine]
        return {"tenant": [mine], "user": [one["access_token"] for one in people], "bad": bad}

    def ask(self, who: str, method: str, path: str, **query: Any) -> Json:
        """A sensible request of one identity (the app when nobody is named)."""
        world = self.world
        token = tokens.for_app(world, world.app)[0].value
        if who:
            token = tokens.for_person(world, world.app, who, world.app.scopes)["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        return self.gateway.answer(method, f"/open-apis/{path}", urlencode(query), headers, b"").body

    def documented(self, row: Row, answer: Answer) -> None:
        """Success as the page shows it; a refusal the page or the gateway's own list has."""
        body = answer.body
        assert answer.status < 500
        assert body["code"] != INTERNAL
        if body["code"]:
            known = {*row.errors, *contract().gateway, *ELSEWHERE, NOT_FOUND, BAD_REQUEST, FREQUENCY, UNKNOWN_GRANT}
            assert body["code"] in known, (row.name, body)
            assert body.get("msg") or body.get("error_description"), (row.name, body)
            named = answer.headers["X-Tt-Logid"]
            assert "error_description" in body or body["error"]["log_id"] == named, (row.name, body)
            status = row.errors.get(body["code"], {}).get("http")
            assert status is None or answer.status == status, (row.name, answer.status, body)
            return
        assert answer.status == 200
        shape = row.raw.get("response_data") or {}
        data = (
            body.get("data")
            if row.envelope == "standard"
            else {k: v for k, v in body.items() if k not in ("code", "msg")}
        )
        found = Violations()
        self.shapes.setdefault(row.name, compile_check(shape))(data, "", found)
        assert not found.items, (row.name, found.items)


async def pass_time(world: World, guesses: Guesses, often: float) -> bool:
    """Now and then the clock jumps, mostly a little, sometimes a lot, rarely back."""
    jump = guesses.chance.random()
    if jump > often:
        return False
    back = jump < often / 40
    span = -3600 if back else guesses.chance.choice([1, 3, 15, 600, 3600])
    await world.clock.advance(timedelta(seconds=span))
    return True


@pytest.mark.parametrize("seed", range(SEEDS))
async def test_made_up_requests(seed: int) -> None:
    office = Office(seed)
    world, guesses = office.world, office.guesses
    copies = audit.Copies(world, office.ask)
    codes: Counter[int] = Counter()
    succeeded: set[str] = set()
    limits = seed == SEEDS - 1  # one of the tenants counts how often it is asked
    for number in range(1, REQUESTS + 1):
        asked, world.limits = guesses.request(), limits
        try:
            answer = office.gateway.answer(asked.row.method, asked.path, asked.query, asked.headers, asked.raw)
            found, _ = contract().find(asked.row.method, asked.path)
            row = next((one for one in found if one is asked.row), found[0] if found else asked.row)
            office.documented(row, answer)
        except AssertionError as error:
            raise AssertionError(
                f"request {number} of seed {seed}: {asked.path}?{asked.query} {asked.raw!r}"
            ) from error
        codes[answer.body["code"]] += 1
        if answer.body["code"] == 0:
            succeeded.add(asked.row.name)
        guesses.learn(answer.body)
        if await pass_time(world, guesses, 0.004 if limits else 0.02):
            guesses.tokens = office.wallet()
        if number % AUDIT_EVERY == 0:
            world.limits = False
            audit.references(world)
            audit.indexes(world)
            audit.listings(world, office.ask)
            for who in [*world.users, ""]:
                copies.replay(who)
    assert codes[0] > REQUESTS / 5, "the requests are not all nonsense"
    assert bool(codes.keys() & {FREQUENCY, CHAT_FREQUENCY}) is limits
    assert len(codes) > 40, "many ways to be refused"
    assert len(succeeded) > 70, "most calls succeed at some time"

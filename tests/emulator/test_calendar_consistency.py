"""Long random days at the office: whatever happens, the different ways to look at a calendar agree."""

from __future__ import annotations

import itertools
import random
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from tests.emulator.tenant import NOW, Json, Tenant, running

NINE = int(NOW.timestamp())
WINDOW = {"time_min": "2026-11-23T00:00:00Z", "time_max": "2026-12-05T00:00:00Z"}


@pytest.fixture
async def tenant() -> AsyncIterator[Tenant]:
    async with running() as one:
        yield one


class Day:
    """One thing after the other, by people and by the app, each picked by chance but the same on every run."""

    def __init__(self, tenant: Tenant, seed: int):
        self.tenant, self.chance = tenant, random.Random(seed)
        self.events: list[tuple[str, str]] = []  # event_id and whose it is ("" for the app's)

    async def step(self) -> None:
        doings = [self.create, self.create, self.invite, self.answer, self.move, self.delete, self.one_of_a_series]
        await self.chance.choice(doings)()

    async def create(self) -> None:
        by = self.chance.choice(["", self.tenant.mei, self.tenant.bob])
        rule = self.chance.choice(["", "", "FREQ=DAILY;COUNT=4", "FREQ=WEEKLY;UNTIL=20270101T000000Z"])
        free = self.chance.choice(["busy", "busy", "free"])
        event = await self.tenant.book(by, at=self.chance.randrange(200), recurrence=rule, free_busy_status=free)
        self.events.append((event["event_id"], by))

    def _pick(self) -> tuple[str, str]:
        return self.chance.choice(self.events) if self.events else ("none_0", "")

    async def _try(self, method: str, path: str, body: Json | None = None, *, by: str = "") -> None:
        answer = await self.tenant.call(method, path, body, by=by)
        assert answer.code in {0, 190014, 193000, 193001, 193002, 193003, 194000}, answer.body

    async def invite(self) -> None:
        event_id, by = self._pick()
        who = self.chance.sample([self.tenant.mei, self.tenant.bob, self.tenant.yui], 2)
        people: list[Json] = [{"type": "user", "user_id": one} for one in who]
        await self._try("POST", f"{self.tenant.events(by)}/{event_id}/attendees", {"attendees": people}, by=by)
        if self.chance.random() < 0.3:
            gone = {"delete_ids": people[:1]}
            await self._try("POST", f"{self.tenant.events(by)}/{event_id}/attendees/batch_delete", gone, by=by)

    async def answer(self) -> None:
        event_id, _ = self._pick()
        who = self.chance.choice([self.tenant.mei, self.tenant.bob, self.tenant.yui])
        status = {"rsvp_status": self.chance.choice(["accept", "decline", "tentative"])}
        await self._try("POST", f"{self.tenant.events(who)}/{event_id}/reply", status, by=who)

    async def move(self) -> None:
        event_id, by = self._pick()
        start = NINE + self.chance.randrange(200) * 3600
        times = {"start_time": {"timestamp": str(start)}, "end_time": {"timestamp": str(start + 5400)}}
        await self._try("PATCH", f"{self.tenant.events(by)}/{event_id}", times, by=by)

    async def delete(self) -> None:
        event_id, by = self._pick()
        await self._try("DELETE", f"{self.tenant.events(by)}/{event_id}", by=by)

    async def one_of_a_series(self) -> None:
        event_id, by = self._pick()
        path = f"{self.tenant.events(by)}/{event_id}/instances"
        answer = await self.tenant.call("GET", path, by=by, start_time=NINE, end_time=NINE + 30 * 86400)
        if answer.code == 0 and answer.data["items"]:
            self.events.append((self.chance.choice(answer.data["items"])["event_id"], by))


@pytest.mark.parametrize("seed", range(6))
async def test_a_copy_kept_by_sync_tokens_is_a_full_read(tenant: Tenant, seed: int) -> None:
    day, people = Day(tenant, seed), [tenant.mei, tenant.bob, tenant.yui]
    copies: dict[str, dict[str, Json]] = {who: {} for who in people}
    tokens = {who: (await tenant.ok("GET", tenant.events(who), by=who))["sync_token"] for who in people}
    for _ in range(12):
        for _ in range(10):
            await day.step()
        for who in people:
            since = await tenant.ok("GET", tenant.events(who), by=who, sync_token=tokens[who])
            tokens[who] = since["sync_token"]
            for item in since["items"]:
                copies[who][item["event_id"]] = item
            full = await tenant.ok("GET", tenant.events(who), by=who)
            assert standing(copies[who]) == {item["event_id"]: told(item) for item in full["items"]}


def told(item: Json) -> Json | str:
    """All there is to an event; of a tombstone only that it is one."""
    return "cancelled" if item["status"] == "cancelled" else item


def standing(copy: dict[str, Json]) -> dict[str, Json | str]:
    """What is left: tombstones only where they hide an occurrence of a series that goes on."""
    alive = {event_id for event_id, item in copy.items() if item["status"] != "cancelled"}
    return {
        event_id: told(item)
        for event_id, item in copy.items()
        if event_id in alive or (item["is_exception"] and item["recurring_event_id"] in alive)
    }


@pytest.mark.parametrize("seed", range(6))
async def test_free_busy_is_what_the_client_shows(tenant: Tenant, seed: int) -> None:
    day, people = Day(tenant, seed), [tenant.mei, tenant.bob, tenant.yui]
    start, end = (datetime.fromisoformat(WINDOW[key]) for key in ("time_min", "time_max"))
    for _ in range(8):
        for _ in range(12):
            await day.step()
        asked = {**WINDOW, "user_ids": people, "only_busy": False}
        found = (await tenant.ok("POST", "calendar/v4/freebusy/batch", asked))["freebusy_lists"]
        for row in found:
            who = row["user_id"]
            shown = tenant.world.calendars.client_view(who, start, end)
            taken = [
                (datetime.fromisoformat(one["start"]), datetime.fromisoformat(one["end"]))
                for one in shown
                if not any(person["id"] == who and person["rsvp"] == "decline" for person in one["attendees"])
            ]
            busy = [
                (datetime.fromisoformat(one["start_time"]), datetime.fromisoformat(one["end_time"]))
                for one in row["freebusy_items"]
            ]
            assert sorted(taken) == busy
        await tenant.passes(minutes=1)
    assert timedelta(0) < tenant.world.clock.now() - NOW


@pytest.mark.parametrize("seed", range(6))
async def test_a_room_is_never_given_twice(tenant: Tenant, seed: int) -> None:
    chance, calendars, made = random.Random(seed), tenant.world.calendars, list[str]()

    def at() -> str:
        return (NOW + timedelta(minutes=30 * chance.randrange(100))).isoformat()

    for step in range(80):
        what = chance.random()
        if what < 0.5 or not made:
            rule = chance.choice(["", "", "FREQ=DAILY;COUNT=5"])
            made.append(
                calendars.act(tenant.mei, "create", start=at(), rooms=[tenant.lotus], recurrence=rule)["event_id"]
            )
        else:
            event_id = chance.choice(made)
            try:
                if what < 0.8:
                    calendars.act(tenant.mei, "move", event_id=event_id, start=at())
                else:
                    calendars.act(tenant.mei, "delete", event_id=event_id)
            except ValueError:
                continue  # called off before
        if step % 3 == 0:
            await tenant.passes(seconds=1)
    await tenant.passes(minutes=1)
    home = calendars.rooms.calendar(tenant.lotus)
    start, end = int(NOW.timestamp()), int((NOW + timedelta(days=30)).timestamp())
    taken = calendars.freebusy.of(tenant.lotus, home, start, end)
    assert {one.rsvp for one in taken} == {"accept"}, "everything is settled by now"
    for earlier, later in itertools.pairwise(taken):
        assert earlier.end <= later.start

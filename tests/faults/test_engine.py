"""What ``kill -9`` and a lost database leave behind: nothing lost, nothing done twice, every chat in order."""

from __future__ import annotations

import asyncio
import random
import sys
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, insert, select

from bot.clock import SystemClock
from bot.store.db import Db
from bot.store.engine import Engine, Run, StoreUnavailable
from bot.store.schema import job, journal
from tests.faults.engine_process import STEPS, effects
from tests.store.postgres import Cluster

ROOT = Path(__file__).resolve().parents[2]
KILLS = 8
LANES = 5


class Replica:
    """A process that is fed work until it is killed. ``stored`` is what it has acknowledged."""

    def __init__(self, url: str, name: str, world: Path) -> None:
        self._arguments = (url, name, str(world))
        self.stored: set[str] = set()

    async def start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.faults.engine_process",
            *self._arguments,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            cwd=ROOT,
        )
        assert self._process.stdout is not None
        assert await asyncio.wait_for(self._process.stdout.readline(), 30) == b"ready\n"
        self._listening = asyncio.create_task(self._listen(self._process.stdout))

    async def _listen(self, stdout: asyncio.StreamReader) -> None:
        async for line in stdout:
            if line.endswith(b"\n"):
                self.stored.add(line.decode().strip())

    def deliver(self, keys: Iterable[str]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("".join(f"{key} lane{hash_of(key) % LANES}\n" for key in keys).encode())

    async def kill(self) -> None:
        self._process.kill()
        await self._ended()

    async def stop(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._ended()

    async def _ended(self) -> None:
        await self._process.wait()
        await self._listening
        assert self._process.stdin is not None
        self._process.stdin.close()


def hash_of(key: str) -> int:
    return int(key.removeprefix("m"))


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[tuple[str, Db]]:
    url = f"sqlite:///{tmp_path}/store.db"
    db = await Db.open(url)
    await db.tx(lambda connection: effects.metadata.create_all(connection))
    yield url, db
    await db.close()


@pytest.fixture
async def postgres(postgres_url: str) -> AsyncIterator[tuple[str, Db]]:
    db = await Db.open(postgres_url)
    await db.tx(lambda connection: effects.metadata.create_all(connection))
    yield postgres_url, db
    await db.close()


async def drained(db: Db, seconds: float = 40) -> None:
    """Every accepted job has ended."""
    undone = select(func.count()).select_from(job).where(job.c.kind == "message", job.c.done_at.is_(None))
    async with asyncio.timeout(seconds):
        while await db.tx(lambda connection: connection.execute(undone).scalar_one()):  # noqa: ASYNC110
            await asyncio.sleep(0.1)


async def check(db: Db, keys: set[str], world: Path, crashes: int) -> None:
    """Everything that was acknowledged has happened, once, in the order of its chat."""
    rows = await db.tx(
        lambda c: c.execute(
            select(effects.c.key, effects.c.lane, job.c.id, job.c.dead)
            .join(job, job.c.key == effects.c.key)
            .order_by(effects.c.seq)
        ).all()
    )
    assert {row.key for row in rows} == keys
    assert len(rows) == len(keys)
    assert not any(row.dead for row in rows)
    lanes: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        lanes[row.lane].append(row.id)
    assert all(ids == sorted(ids) for ids in lanes.values())
    steps = await db.tx(lambda c: c.execute(select(func.count()).select_from(journal)).scalar_one())
    assert steps == len(keys) * len(STEPS)
    check_world(world, keys, crashes)


def check_world(world: Path, keys: set[str], crashes: int) -> None:
    """A journalled call is never made again; one whose answer died with the process is, under the same key."""
    calls: Counter[tuple[str, str]] = Counter()
    names: dict[tuple[str, str], set[str]] = defaultdict(set)
    journalled: set[tuple[str, str]] = set()
    for line in world.read_text().splitlines():
        what, key, step, *rest = line.split()
        if what == "done":
            journalled.add((key, step))
            continue
        assert (key, step) not in journalled, f"{step} of {key} was repeated"
        calls[key, step] += 1
        names[key, step].update(rest)
    assert set(calls) == {(key, step) for key in keys for step in STEPS}
    assert all(len(each) == 1 for each in names.values())
    assert len({name for each in names.values() for name in each}) == len(names)
    # No more than one call a lane can be under way when a process dies.
    assert sum(calls.values()) - len(calls) <= crashes * LANES


async def test_kill_9_at_random_instants_loses_nothing_on_sqlite(sqlite: tuple[str, Db], tmp_path: Path) -> None:
    url, db = sqlite
    world, chance = tmp_path / "world", random.Random(20261121)
    replica, sent = Replica(url, "only", world), 0
    for _ in range(KILLS):
        await replica.start()
        fresh = [f"m{n}" for n in range(sent, sent + 40)]
        sent += 40
        again = [f"m{n}" for n in range(sent) if f"m{n}" not in replica.stored]
        replica.deliver(again + chance.choices(fresh, k=10))
        await asyncio.sleep(chance.uniform(0.02, 0.7))
        await replica.kill()
    await replica.start()
    replica.deliver(f"m{n}" for n in range(sent))
    await drained(db)
    await replica.stop()
    assert len(replica.stored) == sent
    await check(db, {f"m{n}" for n in range(sent)}, world, KILLS)


@pytest.mark.postgres
async def test_the_other_replica_goes_on_when_one_is_killed(postgres: tuple[str, Db], tmp_path: Path) -> None:
    url, db = postgres
    world = tmp_path / "world"
    left, right = Replica(url, "left", world), Replica(url, "right", world)
    await asyncio.gather(left.start(), right.start())
    keys = [f"m{n}" for n in range(300)]
    left.deliver(keys[:200])
    right.deliver(keys[100:])
    await asyncio.sleep(0.5)
    await left.kill()
    right.deliver(key for key in keys if key not in left.stored)
    await drained(db)
    await right.stop()
    assert left.stored | right.stored == set(keys)
    await check(db, set(keys), world, 1)


@pytest.mark.postgres
async def test_an_immediate_restart_of_the_database_is_survived(
    postgres: tuple[str, Db], postgres_cluster: Cluster, tmp_path: Path
) -> None:
    url, _ = postgres
    replica = Replica(url, "only", tmp_path / "world")
    await replica.start()
    keys = [f"m{n}" for n in range(200)]
    replica.deliver(keys[:100])
    await asyncio.sleep(0.3)
    await asyncio.to_thread(postgres_cluster.stop)
    replica.deliver(keys[100:])
    await asyncio.sleep(0.3)
    await asyncio.to_thread(postgres_cluster.start)
    db = await Db.open(url)
    async with asyncio.timeout(30):
        while missing := [key for key in keys if key not in replica.stored]:
            replica.deliver(missing)
            await asyncio.sleep(0.5)
    await drained(db)
    await replica.stop()
    # A call whose answer could not be journalled is made again after the pause, so a lane may repeat a few.
    await check(db, set(keys), tmp_path / "world", 4)
    await db.close()


@pytest.mark.postgres
async def test_a_database_that_stays_away_makes_the_platform_deliver_again(
    postgres_url: str, postgres_cluster: Cluster
) -> None:
    db = await Db.open(postgres_url)
    engine = Engine(db, SystemClock(), replica="a")
    await asyncio.to_thread(postgres_cluster.stop)
    began = asyncio.get_running_loop().time()
    try:
        with pytest.raises(StoreUnavailable):
            await engine.accept("message", "om", b"")
        assert 1.5 < asyncio.get_running_loop().time() - began < 3
    finally:
        await asyncio.to_thread(postgres_cluster.start)
    assert await engine.accept("message", "om", b"") is not None
    await db.close()


@pytest.mark.parametrize("store", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def test_replicas_of_one_process_share_a_storm_of_duplicates(
    store: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Two engines accept the same 300 messages in shuffled order at the same time; each is done once."""
    url = f"sqlite:///{tmp_path}/storm.db" if store == "sqlite" else request.getfixturevalue("postgres_url")
    db = await Db.open(url)
    await db.tx(lambda connection: effects.metadata.create_all(connection))
    at_work: set[str] = set()
    crowded: list[str] = []

    async def work(run: Run) -> None:
        lane = str(run.job.lane)
        if lane in at_work:
            crowded.append(lane)
        at_work.add(lane)
        await asyncio.sleep(0.002)
        at_work.discard(lane)
        row = {"key": run.job.key, "lane": lane, "attempt": run.job.attempt}

        def commit(connection: Connection) -> None:
            connection.execute(insert(effects).values(row))

        await run.finish(commit)

    engines = [Engine(db, SystemClock(), replica=name, lease=timedelta(seconds=5)) for name in "ab"]
    workers = [engine.run(work) for engine in engines]
    for worker in workers:
        await worker.start()
    chance = random.Random(7)
    storm = [(engine, n) for engine in engines for n in range(300)]
    chance.shuffle(storm)
    answers = await asyncio.gather(
        *(engine.accept("message", f"m{n}", b"", lane=f"lane{n % LANES}") for engine, n in storm)
    )
    await drained(db)
    assert sum(answer is not None for answer in answers) == 300
    assert crowded == []
    rows = await db.tx(
        lambda c: c.execute(
            select(effects.c.key, effects.c.lane, effects.c.attempt, job.c.id)
            .join(job, job.c.key == effects.c.key)
            .order_by(effects.c.seq)
        ).all()
    )
    assert len(rows) == 300
    assert {row.attempt for row in rows} == {1}
    for number in range(LANES):
        ids = [row.id for row in rows if row.lane == f"lane{number}"]
        assert ids == sorted(ids)
    for worker in workers:
        await worker.stop()
    await db.close()

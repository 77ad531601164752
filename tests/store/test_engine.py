"""The inbox, the journal and the timers: once accepted, done once, in order, whatever fails on the way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol, TypeVar

import pytest
from sqlalchemy import Connection, func, select, update

from bot.clock import Clock, SystemClock
from bot.metrics import Metrics
from bot.store.db import Db
from bot.store.engine import Engine, LeaseLost, Put, Run, Worker
from bot.store.schema import job, journal
from bot.store.tokens import SealedToken, Tokens
from tests.store.times import NOON, HandClock

T = TypeVar("T")
Work = Callable[[Run], Awaitable[None]]


class Starts(Protocol):
    async def __call__(self, work: Work, engine_: Engine = ...) -> Worker: ...


def at_once(attempt: int, error: BaseException) -> float:
    return 0.0


async def until(what: Callable[[], bool], seconds: float = 8) -> None:
    async with asyncio.timeout(seconds):
        while not what():  # noqa: ASYNC110 - the work under test tells nobody
            await asyncio.sleep(0.01)


async def count(db: Db, table: type | object) -> int:
    return await db.tx(lambda c: c.execute(select(func.count()).select_from(table)).scalar_one())  # type: ignore[arg-type]


@pytest.fixture
def engine(db: Db) -> Engine:
    return Engine(db, SystemClock(), replica="a", lease=timedelta(seconds=1), max_attempts=3)


@pytest.fixture
async def starts(engine: Engine) -> AsyncIterator[Starts]:
    workers: list[Worker] = []

    async def start(work: Work, engine_: Engine = engine) -> Worker:
        worker = engine_.run(work, backoff=at_once)
        await worker.start()
        workers.append(worker)
        return worker

    yield start
    for worker in workers:
        await worker.stop(grace=0.2)


class Diary:
    """Work that writes down what it was given."""

    def __init__(self) -> None:
        self.keys: list[str] = []

    async def __call__(self, run: Run) -> None:
        self.keys.append(run.job.key)
        await run.finish(result=run.job.payload.upper())


async def test_a_job_is_done_once_and_its_outcome_heard(engine: Engine, starts: Starts) -> None:
    diary = Diary()
    await starts(diary)
    accepted = await engine.accept("message", "om_1", b"hello", lane="oc_1")
    assert accepted is not None
    assert (accepted.kind, accepted.key, accepted.lane, accepted.attempt, accepted.owner) == (
        "message",
        "om_1",
        "oc_1",
        1,
        "a",
    )
    assert await engine.outcome(accepted.id, 5) == b"HELLO"
    assert await engine.outcome(accepted.id, 5) == b"HELLO"
    assert await engine.accept("message", "om_1", b"hello", lane="oc_1") is None
    assert await engine.accept("tap", "om_1", b"other kind") is not None
    await until(lambda: diary.keys == ["om_1", "om_1"])


async def test_a_storm_of_duplicates_does_everything_once(engine: Engine, starts: Starts) -> None:
    diary = Diary()
    await starts(diary)
    answers = await asyncio.gather(
        *(engine.accept("message", f"om_{n % 40}", b"", lane=f"oc_{n % 7}") for n in range(600))
    )
    assert sum(answer is not None for answer in answers) == 40
    await until(lambda: len(diary.keys) >= 40)
    await asyncio.sleep(0.1)
    assert sorted(diary.keys) == sorted(f"om_{n}" for n in range(40))
    assert await engine.backlog() == 0


async def test_one_chat_is_answered_in_order_and_others_do_not_wait(engine: Engine, starts: Starts) -> None:
    order: list[str] = []
    gate = asyncio.Event()

    async def work(run: Run) -> None:
        order.append(f"+{run.job.key}")
        if run.job.key == "slow0":
            await gate.wait()
        order.append(f"-{run.job.key}")

    await starts(work)
    for n in range(4):
        await engine.accept("message", f"slow{n}", b"", lane="slow")
    await engine.accept("message", "quick", b"", lane="quick")
    await until(lambda: "-quick" in order)
    assert order == ["+slow0", "+quick", "-quick"]
    gate.set()
    await until(lambda: len(order) == 10)
    slow = [entry for entry in order if "slow" in entry]
    assert slow == [f"{sign}slow{n}" for n in range(4) for sign in "+-"]


async def test_the_end_of_a_job_brings_the_next_of_its_lane_along(engine: Engine) -> None:
    first = await engine.accept("message", "first", b"", lane="oc")
    await engine.accept("message", "elsewhere", b"", lane="other")
    second = await engine.accept("message", "second", b"", lane="oc")
    assert first is not None
    assert second is not None
    assert [job.key for job in engine.ready] == ["first", "elsewhere"]
    await Run(engine, first).finish()
    assert [job.key for job in engine.ready] == ["first", "elsewhere", "second"]
    taken = engine.ready[-1]
    assert (taken.id, taken.attempt, taken.owner, taken.payload) == (second.id, 1, "a", b"")
    await Run(engine, taken).finish(follow=[Put("message", "third", b"", NOON, "oc")])
    assert engine.ready[-1].key == "third"
    await Run(engine, engine.ready[-1]).finish()
    assert len(engine.ready) == 4
    assert await engine.backlog() == 1


async def test_a_lane_waits_for_a_failing_job_and_goes_on_when_it_is_given_up(engine: Engine, starts: Starts) -> None:
    tried: list[str] = []

    async def work(run: Run) -> None:
        tried.append(f"{run.job.key}.{run.job.attempt}")
        if run.job.key == "bad":
            assert run.last_attempt == (run.job.attempt == 3)
            raise ValueError("no good")

    await starts(work)
    await engine.accept("message", "bad", b"", lane="oc")
    await engine.accept("message", "good", b"", lane="oc")
    await until(lambda: "good.1" in tried)
    assert tried == ["bad.1", "bad.2", "bad.3", "good.1"]
    (letter,) = await engine.dead_letters()
    assert (letter.key, letter.attempts, letter.last_error) == ("bad", 3, "ValueError('no good')")
    tried.clear()
    assert await engine.revive(letter.id)
    await until(lambda: len(tried) == 3)
    assert tried == ["bad.1", "bad.2", "bad.3"]


async def test_dead_letters_are_counted(db: Db) -> None:
    metrics = Metrics()
    engine = Engine(db, SystemClock(), replica="a", max_attempts=2, metrics=metrics)

    async def work(run: Run) -> None:
        raise ValueError

    worker = engine.run(work, backoff=at_once)
    await worker.start()
    await engine.accept("message", "bad", b"")
    dead = metrics.updates.labels("message", "dead")
    await until(lambda: dead._value.get() == 1)
    assert metrics.failures.labels("ValueError")._value.get() == 2
    await worker.stop()


async def test_a_step_is_not_repeated_by_the_next_attempt(engine: Engine, starts: Starts, db: Db) -> None:
    called: list[str] = []
    answers: list[dict[str, int]] = []

    async def send(key: str) -> dict[str, int]:
        called.append(key)
        return {"n": len(called)}

    async def work(run: Run) -> None:
        answers.append(await run.once("send", send))
        answers.append(await run.once("send", send))
        if run.job.attempt < 3:
            raise ValueError
        await run.finish()

    await starts(work)
    await engine.accept("message", "om", b"")
    await until(lambda: len(answers) == 6)
    assert answers == [{"n": 1}] * 6
    assert len(called) == 1
    assert len(called[0]) == 40
    assert int(called[0], 16) > 0
    await asyncio.sleep(0.05)
    assert await count(db, journal) == 1


async def test_a_step_that_fails_is_tried_again_with_the_same_key(engine: Engine, starts: Starts) -> None:
    keys: list[str] = []
    ended = asyncio.Event()

    async def send(key: str) -> str:
        keys.append(key)
        if len(keys) < 3:
            raise ConnectionError
        return key

    async def work(run: Run) -> None:
        assert await run.once("send", send, type=str) == run.key("send")
        assert run.key("send") != run.key("other")
        ended.set()

    await starts(work)
    await engine.accept("message", "om", b"")
    await asyncio.wait_for(ended.wait(), 5)
    assert len(set(keys)) == 1
    assert len(keys) == 3


async def test_the_end_and_the_change_of_state_are_one(engine: Engine, starts: Starts, db: Db) -> None:
    attempts: list[int] = []

    async def work(run: Run) -> None:
        attempts.append(run.job.attempt)

        def commit(connection: Connection) -> None:
            Tokens(connection).put(SealedToken(f"ou_{run.job.attempt}", b"", NOON))
            if run.job.attempt == 1:
                raise ValueError("not yet")

        await run.finish(commit, follow=[Put("timer", "t", b"", datetime(2030, 1, 1, tzinfo=UTC))])

    await starts(work)
    await engine.accept("message", "om", b"")
    await until(lambda: attempts == [1, 2])
    await until(lambda: not engine.held)
    assert await db.tx(lambda c: Tokens(c).get("ou_1")) is None
    assert await db.tx(lambda c: Tokens(c).get("ou_2")) is not None
    assert await engine.put("timer", "t", b"", at=NOON) is False
    assert await engine.cancel("timer", "t")
    assert not await engine.cancel("timer", "t")


async def test_who_lost_the_lease_writes_nothing(engine: Engine, starts: Starts, db: Db) -> None:
    lost: list[str] = []
    begun = asyncio.Event()

    async def work(run: Run) -> None:
        def take_over(connection: Connection) -> None:
            connection.execute(update(job).where(job.c.id == run.job.id).values(owner="b"))

        await db.tx(take_over)
        with pytest.raises(LeaseLost):
            await run.once("step", lambda key: asyncio.sleep(0, result=1), type=int)
        try:
            await run.finish(lambda connection: Tokens(connection).put(SealedToken("ou", b"", NOON)))
        except LeaseLost:
            lost.append(run.job.key)
            raise
        finally:
            begun.set()

    await starts(work)
    await engine.accept("message", "om", b"")
    await asyncio.wait_for(begun.wait(), 5)
    assert lost == ["om"]
    assert await db.tx(lambda c: Tokens(c).get("ou")) is None
    assert await count(db, journal) == 0


async def test_an_attempt_whose_lease_is_lost_is_stopped(engine: Engine, starts: Starts, db: Db) -> None:
    begun, stopped = asyncio.Event(), asyncio.Event()

    async def work(run: Run) -> None:
        begun.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            stopped.set()
            raise

    await starts(work)
    await engine.accept("message", "om", b"")
    await asyncio.wait_for(begun.wait(), 5)
    later = datetime.now(UTC) + timedelta(hours=1)

    def take_over(connection: Connection) -> None:
        connection.execute(update(job).where(job.c.kind == "message").values(owner="b", run_at=later))

    await db.tx(take_over)
    await asyncio.wait_for(stopped.wait(), 3)
    await until(lambda: not engine.held)


async def test_a_replica_that_starts_again_takes_only_its_own_back(db: Db, starts: Starts) -> None:
    long = timedelta(minutes=5)
    crashed, other = (Engine(db, SystemClock(), replica=name, lease=long) for name in "ab")
    await crashed.accept("message", "of a", b"")
    await other.accept("message", "of b", b"")
    diary = Diary()
    await starts(diary, Engine(db, SystemClock(), replica="a", lease=long))
    await until(lambda: diary.keys == ["of a"])
    await asyncio.sleep(0.2)
    assert diary.keys == ["of a"]


async def test_another_replica_takes_over_after_the_lease(db: Db, starts: Starts) -> None:
    crashed = Engine(db, SystemClock(), replica="a", lease=timedelta(seconds=0.3))
    await crashed.accept("message", "om", b"")
    diary = Diary()
    await starts(diary, Engine(db, SystemClock(), replica="b", lease=timedelta(seconds=0.3)))
    assert diary.keys == []
    await until(lambda: diary.keys == ["om"], 4)


async def test_a_long_job_keeps_its_lease(db: Db, starts: Starts) -> None:
    begun: list[str] = []
    engines = [Engine(db, SystemClock(), replica=name, lease=timedelta(seconds=0.6)) for name in "ab"]

    def work_of(name: str) -> Work:
        async def work(run: Run) -> None:
            begun.append(name)
            await asyncio.sleep(2)

        return work

    for engine in engines:
        await starts(work_of(engine.replica), engine)
    accepted = await engines[0].accept("message", "om", b"")
    assert accepted is not None
    await until(lambda: begun == ["a"] and not engines[0].held)
    assert begun == ["a"]


async def test_a_stopping_worker_hands_back_what_it_cannot_end(engine: Engine, starts: Starts, db: Db) -> None:
    stuck = asyncio.Event()

    async def work(run: Run) -> None:
        stuck.set()
        await asyncio.sleep(60)

    worker = await starts(work)
    await engine.accept("message", "om", b"")
    await asyncio.wait_for(stuck.wait(), 5)
    await worker.stop(grace=0.05)
    diary = Diary()
    await starts(diary, Engine(db, SystemClock(), replica="b"))
    await until(lambda: diary.keys == ["om"], 3)


async def test_nobody_waits_longer_than_told_for_an_outcome(engine: Engine, starts: Starts) -> None:
    accepted = await engine.accept("tap", "t", b"")
    assert accepted is not None
    began = asyncio.get_running_loop().time()
    assert await engine.outcome(accepted.id, 0.3) is None
    assert 0.25 < asyncio.get_running_loop().time() - began < 1.5


async def test_the_outcome_of_another_replicas_work_is_heard_too(db: Db, starts: Starts) -> None:
    asking, working = (Engine(db, SystemClock(), replica=name, lease=timedelta(seconds=0.2)) for name in "ab")
    accepted = await asking.accept("tap", "t", b"yes")
    assert accepted is not None
    asking.held.clear()
    await starts(Diary(), working)
    assert await asking.outcome(accepted.id, 5) == b"YES"


async def test_a_timer_fires_when_it_is_due(engine: Engine, starts: Starts) -> None:
    diary = Diary()
    await starts(diary)
    now = datetime.now(UTC)
    await engine.put("timer", "late", b"", at=now + timedelta(hours=1), lane="oc")
    await engine.put("timer", "soon", b"", at=now + timedelta(seconds=0.4), lane="oc")
    await engine.accept("message", "now", b"", lane="oc")
    await until(lambda: diary.keys == ["now"])
    await until(lambda: diary.keys == ["now", "soon"])
    assert datetime.now(UTC) >= now + timedelta(seconds=0.35)


async def test_a_timer_knows_when_it_was_due(engine: Engine, starts: Starts) -> None:
    told: list[tuple[datetime, int]] = []

    async def work(run: Run) -> None:
        told.append((run.job.run_at, run.job.attempt))
        if run.job.attempt == 1:
            raise ValueError

    await engine.put("timer", "t", b"", at=NOON)
    await starts(work)
    await until(lambda: len(told) == 2)
    assert told == [(NOON, 1), (NOON, 2)]


async def test_more_work_than_hands_is_done_without_pauses(db: Db) -> None:
    engine, diary = Engine(db, SystemClock(), replica="a"), Diary()
    for n in range(100):
        await engine.put("timer", f"t{n:02}", b"", at=NOON)
    worker = engine.run(diary, concurrency=4)
    began = asyncio.get_running_loop().time()
    await worker.start()
    await until(lambda: len(diary.keys) == 100)
    assert asyncio.get_running_loop().time() - began < 5  # with a look a second it would take 25
    assert len(set(diary.keys)) == 100
    await worker.stop()


class CountingDb(Db):
    """The same database, counting what is asked of it."""

    def __init__(self, db: Db) -> None:
        super().__init__(db._backend)
        self.asked = 0

    async def tx(self, fn: Callable[[Connection], T], *, lock: str | None = None) -> T:
        self.asked += 1
        return await super().tx(fn, lock=lock)


async def test_waiting_for_a_lane_asks_the_database_once_a_second(db: Db) -> None:
    counting = CountingDb(db)
    engine, gate = Engine(counting, SystemClock(), replica="a"), asyncio.Event()

    async def work(run: Run) -> None:
        await gate.wait()

    worker = engine.run(work)
    await worker.start()
    for n in range(3):
        await engine.accept("message", f"om{n}", b"", lane="oc")
    await asyncio.sleep(0.2)
    counting.asked = 0
    await asyncio.sleep(1.5)
    assert counting.asked <= 3
    gate.set()
    await until(lambda: not engine.held)
    await worker.stop()


async def test_timers_follow_the_clock_that_is_given(tmp_path: object) -> None:
    db = await Db.open(f"sqlite:///{tmp_path}/clock.db")
    clock: Clock = HandClock()
    assert isinstance(clock, HandClock)
    engine, diary = Engine(db, clock, replica="a"), Diary()
    worker = engine.run(diary)
    await worker.start()
    await engine.put("timer", "tomorrow", b"", at=NOON + timedelta(days=1))
    await asyncio.sleep(0.1)
    assert diary.keys == []
    clock.advance(days=1)
    engine.wake()
    await until(lambda: diary.keys == ["tomorrow"], 1)
    await worker.stop()
    await db.close()


async def test_a_failed_attempt_is_repeated_although_the_clock_stands_still(tmp_path: object) -> None:
    db = await Db.open(f"sqlite:///{tmp_path}/clock.db")
    engine = Engine(db, HandClock(), replica="a")
    tried: list[int] = []

    async def work(run: Run) -> None:
        tried.append(run.job.attempt)
        if run.job.attempt == 1:
            raise ValueError

    worker = engine.run(work)
    await worker.start()
    await engine.accept("message", "om", b"", lane="oc")
    await until(lambda: tried == [1, 2], 3)
    await worker.stop()
    await db.close()


async def test_old_ends_are_purged_with_their_journal(tmp_path: object) -> None:
    db = await Db.open(f"sqlite:///{tmp_path}/purge.db")
    clock = HandClock()
    engine = Engine(db, clock, replica="a", max_attempts=1)

    async def work(run: Run) -> None:
        await run.once("step", lambda key: asyncio.sleep(0, result=1), type=int)
        if run.job.key == "bad":
            raise ValueError

    worker = engine.run(work)
    await worker.start()
    for key in ("old", "bad"):
        await engine.accept("message", key, b"")
    await until(lambda: not engine.held)
    clock.advance(days=2, minutes=1)
    await engine.accept("message", "young", b"")
    engine.wake()

    def kept(connection: Connection) -> list[str]:
        return list(connection.execute(select(job.c.key).where(job.c.kind == "message").order_by(job.c.id)).scalars())

    async with asyncio.timeout(5):
        while await db.tx(kept) != ["bad", "young"]:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    assert await count(db, journal) == 2
    clock.advance(days=30)
    engine.wake()
    async with asyncio.timeout(5):
        while await db.tx(kept):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    await worker.stop()
    await db.close()

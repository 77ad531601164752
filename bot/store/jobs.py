"""The job table in plain functions of a ``Connection``: every rule of inbox, journal, leases and lanes, in SQL."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Interval,
    and_,
    delete,
    func,
    literal,
    not_,
    or_,
    select,
    text,
    update,
)

from bot.store.errors import LeaseLost
from bot.store.instants import database_now
from bot.store.schema import Instant, instant, job, journal
from bot.store.statements import JOB, MINE, OPEN, Statements, statements_for

LAST_ERROR = 500  # characters kept of what went wrong


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work, held by ``owner`` for its ``attempt``-th try. ``run_at`` is when it was due."""

    id: int
    kind: str
    key: str
    lane: str | None
    payload: bytes
    attempt: int
    run_at: datetime
    owner: str


@dataclass(frozen=True, slots=True)
class Put:
    """Work to be done at ``at`` or soon after, once however often it is put under this kind and key."""

    kind: str
    key: str
    payload: bytes
    at: datetime
    lane: str | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """How a job came to its end: ``now``, or by this very attempt before; and whether its lane may have more."""

    now: bool
    waiting: bool


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A job that failed too often and was set aside."""

    id: int
    kind: str
    key: str
    attempts: int
    last_error: str
    died_at: datetime


@dataclass(frozen=True, slots=True)
class Lease:
    """Whose and how long a hold is, and which clock decides: ``now`` on SQLite, the database's on PostgreSQL."""

    owner: str
    length: timedelta
    now: Callable[[], datetime]

    def values(self, connection: Connection, **more: Any) -> dict[str, Any]:
        """What ``statements`` want to be told about us, with anything more."""
        if is_postgres(connection):
            return {"b_owner": self.owner, "b_lease": self.length, **more}
        now = self.now()
        return {"b_owner": self.owner, "b_now": now, "b_end": now + self.length, **more}

    def clock(self, connection: Connection) -> ColumnElement[datetime]:
        return database_now() if is_postgres(connection) else literal(self.now(), Instant())

    def after(self, connection: Connection, delay: timedelta) -> ColumnElement[datetime]:
        if is_postgres(connection):
            return database_now() + literal(delay, Interval())
        return literal(self.now() + delay, Instant())


def is_postgres(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def _for(connection: Connection) -> Statements:
    return statements_for(connection.dialect.name)


def accept(connection: Connection, put: Put, lease: Lease, *, adopt: bool, hold: bool) -> tuple[Job | None, bool]:
    """Store new work, already held unless its lane is busy. ``(None, …)``: it was here before.

    The second value says whether the job is held. ``adopt`` repeats an attempt whose commit is in doubt: a row that
    is ours already then counts as new.
    """
    values = lease.values(connection, b_kind=put.kind, b_key=put.key, b_lane=put.lane, b_payload=put.payload)
    run = _for(connection)
    row = run.accept.first(connection, values | {"b_hold": hold})
    if row is None and adopt:
        row = run.adopt.first(connection, values)
    if row is None:
        return None, False
    *columns, owner = row
    return _job(columns, lease.owner), owner == lease.owner


def put(connection: Connection, work: Put, lease: Lease | None = None) -> bool:
    """Store work for later; False when there is one under its kind and key already."""
    row = connection.execute(
        _for(connection)
        .insert_or_ignore(job)
        .values(
            kind=work.kind,
            key=work.key,
            lane=work.lane,
            payload=work.payload,
            due_at=work.at,
            run_at=work.at,
            created_at=lease.clock(connection) if lease is not None else database_now(),
        )
        .returning(job.c.id)
    ).one_or_none()
    return row is not None


def cancel(connection: Connection, kind: str, key: str) -> bool:
    """Forget work that nobody has begun, so that it may be put again; False when there is none."""
    gone = delete(job).where(job.c.kind == kind, job.c.key == key, OPEN, job.c.owner.is_(None))
    return connection.execute(gone).rowcount > 0


def claim(connection: Connection, lease: Lease, limit: int, held: Collection[int]) -> list[Job]:
    """Take up to ``limit`` due jobs, the longest due first, at most one a lane and never out of its lane's order."""
    if limit <= 0:
        return []
    run = _for(connection)
    due = (
        select(job.c.id)
        .where(OPEN, job.c.run_at <= run.now, run.first_in_lane())
        .order_by(job.c.run_at, job.c.id)
        .limit(limit)
    )
    if held:
        due = due.where(job.c.id.not_in(list(held)))
    jobs = [_job(row, lease.owner) for row in connection.execute(run.take(due), lease.values(connection))]
    if is_postgres(connection):
        jobs = _without_raced_lanes(connection, jobs, lease)
    return sorted(jobs, key=lambda each: each.id)


def _without_raced_lanes(connection: Connection, jobs: list[Job], lease: Lease) -> list[Job]:
    """Give back what another replica, accepting into the same lane at this instant, has begun before us."""
    kept = []
    for each in jobs:
        if each.lane is not None and not _alone_in_lane(connection, each):
            back = update(job).where(job.c.id == each.id)
            connection.execute(back.values(owner=None, run_at=lease.clock(connection), attempts=job.c.attempts - 1))
            continue
        kept.append(each)
    return kept


def _alone_in_lane(connection: Connection, mine: Job) -> bool:
    locked = connection.execute(
        text("SELECT pg_try_advisory_xact_lock(hashtextextended(:lane, 0))"), {"lane": mine.lane}
    ).scalar()
    if not locked:
        return False
    others = select(job.c.id).where(job.c.lane == mine.lane, job.c.id != mine.id, OPEN, job.c.owner.is_not(None))
    return connection.execute(others.limit(1)).one_or_none() is None


def next_due(connection: Connection, lease: Lease) -> datetime | None:
    """When the next job comes due that is not due yet; what is due and not claimed waits for its lane."""
    waiting = select(func.min(job.c.run_at, type_=Instant())).where(
        OPEN, job.c.owner.is_(None), job.c.run_at > lease.clock(connection)
    )
    due: datetime | None = connection.execute(waiting).scalar()
    return due


def backlog(connection: Connection, lease: Lease) -> int:
    """How many jobs are due or being worked on."""
    due = or_(job.c.owner.is_not(None), job.c.run_at <= lease.clock(connection))
    return connection.execute(select(func.count()).select_from(job).where(OPEN, due)).scalar_one()


def _identity(held: Job, **more: Any) -> dict[str, Any]:
    return {"b_id": held.id, "b_owner": held.owner, "b_attempt": held.attempt, **more}


def write_step(connection: Connection, held: Job, step: str, result: bytes) -> None:
    """Journal a step's answer, if the job is still ours. Raises LeaseLost."""
    run, values = _for(connection), _identity(held, b_step=step, b_result=result)
    if not run.write_step.first(connection, values) and not run.holds.first(connection, values):
        raise LeaseLost(held.key)


def steps(connection: Connection, job_id: int) -> dict[str, bytes]:
    """What earlier attempts have done."""
    rows = connection.execute(select(journal.c.step, journal.c.result).where(journal.c.job_id == job_id))
    return {row.step: row.result for row in rows}


def close(
    connection: Connection, held: Job, lease: Lease, *, result: bytes | None = None, error: str | None = None
) -> Closed:
    """Mark a job done, or dead when ``error`` is given. Raises LeaseLost."""
    run = _for(connection)
    values = lease.values(connection) | _identity(held, b_lane=held.lane, b_result=result)
    values |= {"b_dead": error is not None, "b_error": None if error is None else error[:LAST_ERROR]}
    if row := run.close.first(connection, values):
        return Closed(now=True, waiting=bool(row[0]))
    if run.is_closed.first(connection, values):
        return Closed(now=False, waiting=True)
    raise LeaseLost(held.key)


def hand_over(connection: Connection, lane: str, lease: Lease) -> Job | None:
    """Take the lane's next due job along, in the transaction that ended the one before."""
    row = _for(connection).next_in_lane.first(connection, lease.values(connection, b_lane=lane))
    return None if row is None else _job(row, lease.owner)


def next_attempt(connection: Connection, held: Job, lease: Lease, error: str) -> Job:
    """Note the failure and go on holding the job, under the next attempt's number. LeaseLost."""
    row = connection.execute(
        update(job)
        .where(MINE, OPEN)
        .values(attempts=job.c.attempts + 1, run_at=_for(connection).end, last_error=error[:LAST_ERROR])
        .returning(*JOB),
        lease.values(connection) | _identity(held),
    ).one_or_none()
    if row is None:
        raise LeaseLost(held.key)
    return _job(row, lease.owner)


def extend(connection: Connection, lease: Lease, held: Collection[int]) -> set[int]:
    """Renew the leases of these jobs; the answer is those that are still ours."""
    mine = update(job).where(job.c.id.in_(sorted(held)), job.c.owner == lease.owner, OPEN)
    renewed = mine.values(run_at=lease.after(connection, lease.length)).returning(job.c.id)
    return set(connection.execute(renewed).scalars())


def release(
    connection: Connection, lease: Lease, ids: Sequence[int] | None = None, *, but: Collection[int] = ()
) -> int:
    """Let go of our jobs (these, or all but some), due at once for whoever looks next."""
    mine = [job.c.owner == lease.owner, OPEN]
    if ids is not None:
        mine.append(job.c.id.in_(list(ids)))
    if but:
        mine.append(job.c.id.not_in(list(but)))
    return connection.execute(update(job).where(*mine).values(owner=None, run_at=lease.clock(connection))).rowcount


def outcome(connection: Connection, job_id: int) -> tuple[bool, bytes | None]:
    """Whether the job has ended, and what it left."""
    row = connection.execute(select(job.c.done_at, job.c.result).where(job.c.id == job_id)).one_or_none()
    return (True, None) if row is None else (row.done_at is not None, row.result)


def purge(connection: Connection, lease: Lease, keep: timedelta, keep_dead: timedelta, limit: int) -> int:
    """Delete what ended long ago, with its journal."""
    ended = select(job.c.id).where(
        or_(
            and_(job.c.done_at <= lease.after(connection, -keep), not_(job.c.dead)),
            and_(job.c.done_at <= lease.after(connection, -keep_dead), job.c.dead),
        )
    )
    return connection.execute(delete(job).where(job.c.id.in_(ended.limit(limit)))).rowcount


def dead_letters(connection: Connection, limit: int) -> list[DeadLetter]:
    """The latest jobs that were set aside."""
    rows = connection.execute(
        select(job).where(job.c.dead).order_by(job.c.done_at.desc(), job.c.id.desc()).limit(limit)
    )
    return [DeadLetter(r.id, r.kind, r.key, r.attempts, r.last_error or "", r.done_at) for r in rows]


def revive(connection: Connection, job_id: int, lease: Lease) -> bool:
    """Give a dead job all its attempts again."""
    again = update(job).where(job.c.id == job_id, job.c.dead)
    values = {"dead": False, "done_at": None, "owner": None, "attempts": 0, "run_at": lease.clock(connection)}
    return connection.execute(again.values(values)).rowcount > 0


def _job(row: Sequence[Any], owner: str) -> Job:
    """A job from its columns ``JOB``."""
    id_, kind, key, lane, payload, attempts, due_at = row
    return Job(id_, kind, key, lane, bytes(payload), attempts, instant(due_at), owner)

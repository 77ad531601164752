"""The statements of the hot path, built once for each kind of database: building one costs more than running it.

Whose clock decides is settled here too: ``b_now`` and ``b_end`` come from the replica on SQLite and from the database
on PostgreSQL, which only needs the lease's length.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Interval,
    LargeBinary,
    Select,
    String,
    Text,
    and_,
    bindparam,
    case,
    exists,
    func,
    not_,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert, ReturningUpdate

from bot.store.instants import database_now
from bot.store.prepared import Prepared, PreparedForSqlite
from bot.store.schema import Instant, job, journal

OPEN = job.c.done_at.is_(None)
MINE = and_(
    job.c.id == bindparam("b_id", type_=BigInteger),
    job.c.owner == bindparam("b_owner", type_=String),
    job.c.attempts == bindparam("b_attempt"),
)
JOB = (job.c.id, job.c.kind, job.c.key, job.c.lane, job.c.payload, job.c.attempts, job.c.due_at)
_LANE = bindparam("b_lane", type_=String)


class Statements:
    """Everything that is run for each job."""

    def __init__(self, *, postgres: bool) -> None:
        self.postgres = postgres
        self.now: ColumnElement[Any] = database_now() if postgres else bindparam("b_now", type_=Instant)
        self.end: ColumnElement[Any] = (
            database_now() + bindparam("b_lease", type_=Interval) if postgres else bindparam("b_end", type_=Instant)
        )
        prepare = Prepared if postgres else PreparedForSqlite
        self.accept = prepare(self._accept())
        self.adopt = prepare(self._adopt())
        self.write_step = prepare(self._write_step())
        self.holds = prepare(select(job.c.id).where(MINE, OPEN))
        self.close = prepare(self._close())
        self.is_closed = prepare(select(job.c.id).where(MINE, job.c.done_at.is_not(None)))
        self.next_in_lane = prepare(self._next_in_lane())

    def insert_or_ignore(self, table: Any) -> Any:
        """An INSERT that leaves a row with the same key alone."""
        make = postgresql.insert if self.postgres else sqlite.insert
        return make(table).on_conflict_do_nothing()

    def first_in_lane(self) -> ColumnElement[bool]:
        """No other job of the lane is held, and none that came earlier is due."""
        other = job.alias("other")
        before = exists().where(
            other.c.lane == job.c.lane,
            other.c.done_at.is_(None),
            other.c.id != job.c.id,
            or_(other.c.owner.is_not(None), and_(other.c.run_at <= self.now, other.c.id < job.c.id)),
        )
        return or_(job.c.lane.is_(None), not_(before))

    def take(self, ids: Select[Any]) -> ReturningUpdate[Any]:
        """Lease the chosen jobs under the next attempt's number."""
        if self.postgres:
            ids = ids.with_for_update(skip_locked=True)
        chosen = ids.cte("chosen")  # in a plain IN the planner may run the locking sub-query more than once
        return (
            update(job)
            .where(job.c.id.in_(select(chosen.c.id)))
            .values(owner=bindparam("b_owner", type_=String), run_at=self.end, attempts=job.c.attempts + 1)
            .returning(*JOB)
        )

    def _accept(self) -> ReturningInsert[Any]:
        """New work, held by us at once unless its lane is busy or we have no room (``b_hold``)."""
        earlier = or_(job.c.owner.is_not(None), job.c.run_at <= self.now)
        lane_is_busy = exists().where(job.c.lane == _LANE, OPEN, earlier)
        held = and_(bindparam("b_hold", type_=Boolean), not_(lane_is_busy))
        values: dict[str, Any] = {
            "kind": bindparam("b_kind", type_=String),
            "key": bindparam("b_key", type_=String),
            "lane": _LANE,
            "payload": bindparam("b_payload", type_=LargeBinary),
            "due_at": self.now,
            "created_at": self.now,
            "run_at": case((held, self.end), else_=self.now),
            "owner": case((held, bindparam("b_owner", type_=String)), else_=None),
            "attempts": case((held, 1), else_=0),
        }
        new: ReturningInsert[Any] = self.insert_or_ignore(job).values(values).returning(*JOB, job.c.owner)
        return new

    def _adopt(self) -> Select[Any]:
        """What ``_accept`` returned, if it was committed."""
        kind, key = bindparam("b_kind", type_=String), bindparam("b_key", type_=String)
        return select(*JOB, job.c.owner).where(job.c.kind == kind, job.c.key == key, OPEN)

    def _write_step(self) -> ReturningInsert[Any]:
        step, result = bindparam("b_step", type_=String), bindparam("b_result", type_=LargeBinary)
        ours = select(job.c.id, step, result).where(MINE, OPEN)
        if self.postgres:
            ours = ours.with_for_update(read=True)
        written: ReturningInsert[Any] = (
            self.insert_or_ignore(journal).from_select(["job_id", "step", "result"], ours).returning(journal.c.job_id)
        )
        return written

    def _close(self) -> ReturningUpdate[Any]:
        """The end of a job; the answer is whether anything waits behind it in its lane."""
        behind = job.alias("behind")
        waiting = exists().where(
            behind.c.lane == _LANE,  # not the row's own lane: RETURNING loses the names of tables on SQLite
            behind.c.done_at.is_(None),
            behind.c.owner.is_(None),
            behind.c.id != bindparam("b_id", type_=BigInteger),
        )
        return (
            update(job)
            .where(MINE, OPEN)
            .values(
                done_at=self.now,
                result=bindparam("b_result", type_=LargeBinary),
                dead=bindparam("b_dead"),
                last_error=func.coalesce(bindparam("b_error", type_=Text), job.c.last_error),
            )
            .returning(waiting)
        )

    def _next_in_lane(self) -> ReturningUpdate[Any]:
        following = (
            select(job.c.id)
            .where(job.c.lane == _LANE, OPEN, job.c.run_at <= self.now, self.first_in_lane())
            .order_by(job.c.id)
            .limit(1)
        )
        return self.take(following)


@cache
def statements_for(dialect: str) -> Statements:
    """The statements in one database's words."""
    return Statements(postgres=dialect == "postgresql")

"""Every table of the bot. The migrations lead here; a test compares the two."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

HEAD = "0001"  # the newest migration; what the version table must say at start

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """An aware instant. SQLite has no such type: there it is ISO 8601 text of fixed width in UTC, which sorts."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[datetime]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(32))  # type: ignore[arg-type]
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> object:
        if value is None:
            return None
        return instant_text(value) if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else instant(value)


def instant_text(value: datetime) -> str:
    """An instant as SQLite keeps it."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def instant(value: str | datetime) -> datetime:
    """An instant as either database gives it back."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value.astimezone(UTC)


BigId = BigInteger().with_variant(Integer(), "sqlite")  # SQLite counts up only INTEGER keys

job = Table(
    "job",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("kind", String(64), nullable=False),
    Column("key", String(200), nullable=False),
    Column("lane", String(200)),
    Column("payload", LargeBinary, nullable=False),
    Column("due_at", Instant, nullable=False),  # when it was meant to be done
    Column("run_at", Instant, nullable=False),  # when it may be claimed: the due time, or the end of its lease
    Column("owner", String(100)),  # the replica that holds it, or that finished it
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("created_at", Instant, nullable=False),
    Column("done_at", Instant),  # finished or given up
    Column("dead", Boolean, nullable=False, server_default=false()),
    Column("result", LargeBinary),
    Column("last_error", Text),
    UniqueConstraint("kind", "key"),
    sqlite_autoincrement=True,
)
_open = text("done_at IS NULL")
Index("ix_job_due", job.c.run_at, sqlite_where=_open, postgresql_where=_open)
Index("ix_job_lane", job.c.lane, job.c.id, sqlite_where=_open, postgresql_where=_open)
_closed = text("done_at IS NOT NULL")
Index("ix_job_done", job.c.done_at, sqlite_where=_closed, postgresql_where=_closed)

journal = Table(
    "journal",
    metadata,
    Column("job_id", BigId, ForeignKey("job.id", ondelete="CASCADE"), primary_key=True),
    Column("step", String(200), primary_key=True),
    Column("result", LargeBinary, nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("seq", BigId, primary_key=True, autoincrement=True),  # the order of making, also within one instant
    Column("id", String(64), nullable=False, unique=True),
    Column("chat_id", String(64), nullable=False),
    Column("requester", String(64), nullable=False),
    Column("message_id", String(64), index=True),
    Column("status", String(20), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Index("ix_drafts_chat", "chat_id", "requester", "seq"),
)

meetings = Table(
    "meetings",
    metadata,
    Column("seq", BigId, primary_key=True, autoincrement=True),
    Column("event_id", String(128), nullable=False, unique=True),
    Column("calendar_id", String(128), nullable=False),
    Column("draft_id", String(64)),
    Column("chat_id", String(64), nullable=False),
    Column("message_id", String(64), index=True),
    Column("requester", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("status", String(20), nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Index("ix_meetings_chat", "chat_id", "seq"),
)

profiles = Table(
    "profiles",
    metadata,
    Column("open_id", String(64), primary_key=True),
    Column("zone", String(64)),
    Column("zone_source", String(10)),
    Column("language", String(10)),
    Column("body", Text, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("open_id", String(64), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("expires_at", Instant, nullable=False),
)

rates = Table(
    "rates",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("arrival", Float(53), nullable=False),  # GCRA's theoretical arrival time, in seconds since 1970
)

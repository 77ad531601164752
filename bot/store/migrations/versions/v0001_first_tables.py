"""The first tables: jobs and their journal, drafts, meetings, profiles, tokens, rates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.schema import BigId, Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

OPEN, CLOSED = sa.text("done_at IS NULL"), sa.text("done_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "job",
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("lane", sa.String(200)),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.Column("due_at", Instant, nullable=False),
        sa.Column("run_at", Instant, nullable=False),
        sa.Column("owner", sa.String(100)),
        sa.Column("attempts", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("done_at", Instant),
        sa.Column("dead", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("result", sa.LargeBinary),
        sa.Column("last_error", sa.Text),
        sa.UniqueConstraint("kind", "key", name="uq_job_kind"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_job_due", "job", ["run_at"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_job_lane", "job", ["lane", "id"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_job_done", "job", ["done_at"], sqlite_where=CLOSED, postgresql_where=CLOSED)
    op.create_table(
        "journal",
        sa.Column("job_id", BigId, sa.ForeignKey("job.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("step", sa.String(200), primary_key=True),
        sa.Column("result", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "drafts",
        sa.Column("seq", BigId, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("chat_id", sa.String(64), nullable=False),
        sa.Column("requester", sa.String(64), nullable=False),
        sa.Column("message_id", sa.String(64)),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("updated_at", Instant, nullable=False),
        sa.UniqueConstraint("id", name="uq_drafts_id"),
    )
    op.create_index("ix_drafts_message_id", "drafts", ["message_id"])
    op.create_index("ix_drafts_chat", "drafts", ["chat_id", "requester", "seq"])
    op.create_table(
        "meetings",
        sa.Column("seq", BigId, primary_key=True, autoincrement=True),
        sa.Column("event_id", sa.String(128), nullable=False),
        sa.Column("calendar_id", sa.String(128), nullable=False),
        sa.Column("draft_id", sa.String(64)),
        sa.Column("chat_id", sa.String(64), nullable=False),
        sa.Column("message_id", sa.String(64)),
        sa.Column("requester", sa.String(64), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("starts_at", Instant, nullable=False),
        sa.Column("ends_at", Instant, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.UniqueConstraint("event_id", name="uq_meetings_event_id"),
    )
    op.create_index("ix_meetings_message_id", "meetings", ["message_id"])
    op.create_index("ix_meetings_chat", "meetings", ["chat_id", "seq"])
    op.create_table(
        "profiles",
        sa.Column("open_id", sa.String(64), primary_key=True),
        sa.Column("zone", sa.String(64)),
        sa.Column("zone_source", sa.String(10)),
        sa.Column("language", sa.String(10)),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "tokens",
        sa.Column("open_id", sa.String(64), primary_key=True),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("expires_at", Instant, nullable=False),
    )
    op.create_table(
        "rates",
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("arrival", sa.Float(53), nullable=False),
    )


def downgrade() -> None:
    for table in ("rates", "tokens", "profiles", "meetings", "drafts", "journal", "job"):
        op.drop_table(table)

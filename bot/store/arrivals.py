"""What has arrived lately, by its kind: the only proof there is that the platform delivers to us."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.store.schema import instant, job


def latest(connection: Connection) -> dict[str, datetime]:
    """When work of each kind last came in, as far back as finished work is kept."""
    rows = connection.execute(select(job.c.kind, func.max(job.c.created_at)).group_by(job.c.kind))
    return {kind: instant(at) for kind, at in rows}

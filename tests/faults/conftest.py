"""What the faults share: a real PostgreSQL to pull the plug of."""

from __future__ import annotations

from tests.store.postgres import postgres_cluster, postgres_url

__all__ = ["postgres_cluster", "postgres_url"]

"""Sync tokens: where a list stood, and when that was said; good for ninety days."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from bot.emulator.kernel import Refusal

LIFE = timedelta(days=90)
TOKEN = re.compile(r"List([A-Z][a-z]+)SyncToken_(\d+)_(\d+)")


def issued(sequence: int, kind: str, now: datetime) -> str:
    return f"List{kind.title()}SyncToken_{int(now.timestamp())}_{sequence}"


def read(token: str, kind: str, now: datetime) -> int:
    """The place in the list the token remembers; 190008 when it is too old or none of ours."""
    found = TOKEN.fullmatch(token)
    if found is None or found[1] != kind.title():
        raise expired()
    if datetime.fromtimestamp(int(found[2]), UTC) + LIFE <= now:
        raise expired()
    return int(found[3])


def expired() -> Refusal:
    return Refusal(190008)

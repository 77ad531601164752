"""From a text to its time phrases, and to one overall answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.timelang.model import Kind, Phrase, Reading


def phrases(text: str, now: datetime, *, languages: Sequence[str] = ("zh", "en", "ja")) -> tuple[Phrase, ...]:
    """Every time phrase of the text, in order."""
    return ()


def read(text: str, now: datetime, *, languages: Sequence[str] = ("zh", "en", "ja")) -> tuple[Reading, ...]:
    """What the text as a whole says about when, best first; never empty."""
    return (Reading(Kind.NONE, reason="empty"),)

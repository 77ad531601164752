"""The domain's reasons in words: why a time is offered, why there is none, and what could be given up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.cards.words import clipped
from bot.domain.draft import Reason
from bot.domain.shortage import Relaxation, Shortage
from bot.i18n import Length, T, Value, When

LONGEST_NAMES = 50  # the domain joins names itself
LENGTHS = ("minutes", "window")
DAYS = ("date",)

Values = Mapping[str, str | int]


def reason(why: Reason) -> T:
    """Why a slot is where it is in the list."""
    return T(f"reason.{why.key}", **_told(why.values))


def cause(shortage: Shortage) -> T:
    """Why no time suits everybody."""
    return T(f"shortage.{shortage.key}", **_told(shortage.values))


def way_out(relaxation: Relaxation, zone: str, now: datetime) -> T:
    """What to give up, and how many times it would bring."""
    return T(f"relax.{relaxation.key}", **_told(relaxation.values, zone, now))


def _told(values: Values, zone: str = "UTC", now: datetime | None = None) -> dict[str, Value]:
    """Minutes become lengths, ISO dates days, and what people are called stays on one line."""
    told: dict[str, Value] = {}
    for name, value in values.items():
        if name in LENGTHS and isinstance(value, int):
            told[name] = Length(timedelta(minutes=value))
        elif name in DAYS and isinstance(value, str):
            noon = datetime.combine(datetime.fromisoformat(value).date(), time(12), ZoneInfo(zone))
            told[name] = When(noon, zone, "day", now)
        else:
            told[name] = clipped(value, LONGEST_NAMES) if isinstance(value, str) else value
    return told

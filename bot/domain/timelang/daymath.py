"""Days, stretches of days, and how to step by months and workdays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.timelang.feasts import month_end, plus_workdays
from bot.domain.timelang.spec import Length


class UnreadableError(Exception):
    """The words name no day that exists or may be used; ``reason`` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Days:
    """From ``start`` to ``end`` (excluded). ``single``: one day was meant, not a period of one day."""

    start: date
    end: date
    single: bool = True

    @classmethod
    def one(cls, day: date) -> Days:
        return cls(day, day + timedelta(days=1))


def plus_months(day: date, months: int) -> date:
    """The same day so many months later, or the month's last when it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9998:
        raise UnreadableError("far")
    return date(year, month + 1, min(day.day, month_end(year, month + 1).day))


def plus(day: date, length: Length, sign: int = 1) -> date:
    """A day so far from another, by the calendar."""
    try:
        day = plus_months(day, sign * length.months) + timedelta(days=sign * length.days)
    except OverflowError:
        raise UnreadableError("far") from None
    return plus_workdays(day, sign * length.bdays) if 0 < length.bdays < 1000 else day

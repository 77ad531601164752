"""When a series happens: RFC 5545 rules on one zone's wall clock, so that 10:00 stays 10:00 when clocks change."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
PARTS = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"}
    | {"BYYEARDAY", "BYWEEKNO", "BYHOUR", "BYMINUTE", "BYSECOND"}
)
UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?")
END_OF_TIME = 16725225600


class BadRule(ValueError):
    """A rule the platform does not take."""


def parts_of(rule: str) -> dict[str, str]:
    """The parts of a rule by name; ``BadRule`` when it is no rule."""
    parts: dict[str, str] = {}
    for part in rule.removeprefix("RRULE:").strip().rstrip(";").split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value or name.upper() not in PARTS or name.upper() in parts:
            raise BadRule(f"cannot read {part!r}")
        parts[name.upper()] = value
    if parts.get("FREQ", "").upper() not in FREQUENCIES:
        raise BadRule("FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY")
    if "COUNT" in parts and "UNTIL" in parts:
        raise BadRule("COUNT and UNTIL exclude each other")
    return parts


class Recurrence:
    """The starts of one series, worked out as far as somebody asked and no further."""

    __slots__ = ("_more", "_starts", "_zone")

    def __init__(self, rule: str, start: int, zone: str):
        self._zone = ZoneInfo(zone)
        first = datetime.fromtimestamp(start, UTC).astimezone(self._zone).replace(tzinfo=None)
        self._more: Iterator[datetime] | None = iter(self._read(rule, first))
        self._starts: list[int] = []

    def _read(self, rule: str, first: datetime) -> rrule:
        parts = parts_of(rule)
        if "UNTIL" in parts:
            parts["UNTIL"] = f"{self._local_until(parts['UNTIL']):%Y%m%dT%H%M%S}"
        try:
            read = rrulestr(";".join(f"{name}={value}" for name, value in parts.items()), dtstart=first)
        except (ValueError, TypeError) as error:
            raise BadRule(str(error)) from error
        if not isinstance(read, rrule):
            raise BadRule("one rule only")
        return read

    def _local_until(self, until: str) -> datetime:
        """UNTIL is an instant in UTC, a wall-clock time, or a day that still counts to its end."""
        found = UNTIL.fullmatch(until)
        if found is None:
            raise BadRule(f"cannot read UNTIL={until}")
        try:
            day = datetime.strptime(found[1], "%Y%m%d")  # noqa: DTZ007 - the zone is applied below
            if found[2] is None:
                return datetime.combine(day, time(23, 59, 59))
            moment = datetime.combine(day, datetime.strptime(found[2], "%H%M%S").time())  # noqa: DTZ007
        except ValueError as error:
            raise BadRule(str(error)) from error
        return moment.replace(tzinfo=UTC).astimezone(self._zone).replace(tzinfo=None) if found[3] else moment

    def between(self, after: int, before: int) -> list[int]:
        """The starts in ``[after, before)``, in seconds."""
        self._reach(min(before, END_OF_TIME))
        return self._starts[bisect_left(self._starts, after) : bisect_left(self._starts, before)]

    def __contains__(self, start: int) -> bool:
        self._reach(min(start + 1, END_OF_TIME))
        place = bisect_left(self._starts, start)
        return place < len(self._starts) and self._starts[place] == start

    def _reach(self, before: int) -> None:
        while self._more is not None and (not self._starts or self._starts[-1] < before):
            try:
                local = next(self._more, None)
            except (OverflowError, ValueError):
                local = None
            if local is None or local.year > 2499:
                self._more = None
                return
            self._starts.append(int(local.replace(tzinfo=self._zone).timestamp()))


def check(rule: str, start: int, zone: str) -> None:
    """Raise ``BadRule`` unless the rule can be read and ever happens."""
    if not Recurrence(rule, start, zone).between(0, END_OF_TIME if _ends(rule) else start + 10 * 366 * 86400):
        raise BadRule("the series never happens")


def _ends(rule: str) -> bool:
    return bool({"COUNT", "UNTIL"} & parts_of(rule).keys())

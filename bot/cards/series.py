"""A rule of repetition (RFC 5545) in words, as far as they stay short; anything finer is "as a series"."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.i18n import Names, T, Weekday, When

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKDAYS = frozenset(DAYS[:5])
SAID = frozenset({"FREQ", "INTERVAL", "BYDAY", "UNTIL", "WKST"})


def repeats(rrule: str, zone: str, now: datetime) -> T:
    """How often, and until when."""
    parts = dict(part.split("=", 1) for part in rrule.removeprefix("RRULE:").split(";") if "=" in part)
    often = _often(parts)
    until = _until(parts.get("UNTIL", ""))
    if until is None:
        return often
    return T("repeats.until", often=often, day=When(until, zone, "day", now))


def _often(parts: dict[str, str]) -> T:
    interval, days = parts.get("INTERVAL", "1"), [day for day in parts.get("BYDAY", "").split(",") if day]
    if parts.keys() - SAID or not interval.isdecimal() or not set(days) <= set(DAYS):
        return T("repeats.other")
    every = int(interval)
    match parts.get("FREQ"):
        case "DAILY" if not days:
            return T("repeats.daily", every=every)
        case "WEEKLY" | "DAILY" if every == 1 and set(days) == WORKDAYS:
            return T("repeats.workdays")
        case "WEEKLY" if days:
            weekdays = [T("repeats.weekday", day=Weekday(DAYS.index(day))) for day in sorted(days, key=DAYS.index)]
            return T("repeats.weekly_on", every=every, days=Names(weekdays))
        case "WEEKLY":
            return T("repeats.weekly", every=every)
        case "MONTHLY" if not days:
            return T("repeats.monthly", every=every)
        case "YEARLY" if not days:
            return T("repeats.yearly", every=every)
    return T("repeats.other")


def _until(text: str) -> datetime | None:
    """The last moment; a bare date counts as its noon, which is that date nearly everywhere."""
    for form, written in (("%Y%m%dT%H%M%SZ", text), ("%Y%m%dT%H%M%SZ", f"{text}T120000Z")):
        try:
            return datetime.strptime(written, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None

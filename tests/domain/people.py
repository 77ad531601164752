"""People and days that the tests of the search share. All words are times in Shanghai unless a zone is named."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.draft import Busy, Guest
from bot.domain.slots import Availability
from bot.domain.span import Span
from bot.domain.workhours import WorkHours

SHANGHAI, NEW_YORK, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York"), ZoneInfo("Europe/Berlin")
THURSDAY = date(2026, 11, 19)
HOURS = WorkHours()
HALF_HOUR = timedelta(minutes=30)


def at(words: str, day: date = THURSDAY, zone: ZoneInfo = SHANGHAI) -> datetime:
    """``14:30`` on this day."""
    return datetime.combine(day, time.fromisoformat(words), zone)


def span(words: str, day: date = THURSDAY, zone: ZoneInfo = SHANGHAI) -> Span:
    """``14:00-15:30`` on this day."""
    start, end = words.split("-")
    return Span(at(start, day, zone), at(end, day, zone))


def person(
    name: str,
    *taken: str,
    maybe: tuple[str, ...] = (),
    zone: ZoneInfo = SHANGHAI,
    hours: WorkHours = HOURS,
    unknown: bool = False,
    optional: bool = False,
    organizer: bool = False,
    day: date = THURSDAY,
) -> Availability:
    """Somebody who is taken at these times of one day."""
    busy = [Busy(span(words, day)) for words in taken] + [Busy(span(words, day), tentative=True) for words in maybe]
    guest = Guest(f"ou_{name.lower()}", name, optional=optional, organizer=organizer)
    return Availability(guest, zone, hours, None if unknown else tuple(busy))


def whole_day(day: date = THURSDAY, days: int = 1) -> Span:
    start = datetime.combine(day, time(), SHANGHAI)
    return Span(start, datetime.combine(day + timedelta(days=days), time(), SHANGHAI))

"""Who is free when: the answer to ``/free``. Shows that people are busy, never with what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.cards.freebusy import BusyTimes, picture, working_day
from bot.cards.kit import Card, Element, Markdown, Note
from bot.cards.words import names
from bot.domain.draft import Guest
from bot.domain.span import Span
from bot.i18n import Length, Names, T, Text, When, Zone

MOST_DAYS = 3  # pictures on one card
FEW_HOURS = timedelta(hours=12)
MOST_SPANS = 12  # common free times listed
MOST_PIECES = 130  # of all pictures together


def availability_card(
    guests: Sequence[Guest],
    busy: BusyTimes,
    windows: Sequence[Span],
    free: Sequence[Span],
    *,
    zone: str,
    now: datetime,
    length: timedelta | None = None,
) -> Card:
    """When these people are taken, and the times all whose calendars can be read are free (``free``), day by day."""
    unknown = [guest.name for guest in guests if busy.get(guest.open_id) is None]
    body: list[Element] = [Markdown(_free_lines(free, len(guests), zone, now, length))]
    if unknown:
        body.append(Note(T("free.unknown", names=names(unknown, polite=True))))
    days = _pictured(windows, zone)[:MOST_DAYS]
    for day in days:
        body += picture(guests, busy, day, zone, now=now, most_pieces=MOST_PIECES // len(days))
    body.append(Note(T("free.privacy")))
    return Card(
        T("free.title", names=_who(guests), count=len(guests)),
        body,
        template="turquoise",
        subtitle=_subtitle(windows, zone, now),
    )


def _who(guests: Sequence[Guest]) -> Names:
    return names((guest.name for guest in guests), polite=len(guests) == 1)


def _subtitle(windows: Sequence[Span], zone: str, now: datetime) -> Text | None:
    if not windows:
        return None
    whole = Span(min(window.start for window in windows), max(window.end for window in windows))
    return T("free.window", when=When(whole, zone, "full", now), zone=Zone(zone))


def _free_lines(
    free: Sequence[Span], people: int, zone: str, now: datetime, length: timedelta | None
) -> Sequence[Text]:
    if not free:
        return [T("free.none", count=people)]
    heading = T("free.times", count=people)
    if length is not None:
        heading = T("free.times_for", count=people, length=Length(length))
    by_day: dict[object, list[Span]] = {}
    for span in free[:MOST_SPANS]:
        by_day.setdefault(span.start.astimezone(ZoneInfo(zone)).date(), []).append(span)
    days = [
        T(
            "free.day",
            day=When(spans[0], zone, "day", now),
            times=Names([T("time.at", when=When(span, zone, "time")) for span in spans], ", "),
        )
        for spans in by_day.values()
    ]
    more = [T("free.more", count=len(free) - MOST_SPANS)] if len(free) > MOST_SPANS else []
    return [heading, *days, *more]


def _days(windows: Sequence[Span], zone: str) -> list[Span]:
    """The windows cut at local midnights."""
    where, days = ZoneInfo(zone), []
    for window in windows:
        start = window.start
        while start < window.end:
            day = start.astimezone(where).date() + timedelta(days=1)
            midnight = Span(start, max(datetime(day.year, day.month, day.day, tzinfo=where), start)).end
            days.append(Span(start, min(midnight, window.end)))
            start = midnight
    return days


def _pictured(windows: Sequence[Span], zone: str) -> list[Span]:
    """What is drawn of each day: its working hours, or the very hours that were asked for when they are few."""
    days = _days(windows, zone)
    if len(days) == 1 and days[0].length <= FEW_HOURS:
        return days
    return [drawn for day in days if (drawn := day.intersection(working_day(day.start, zone)))]

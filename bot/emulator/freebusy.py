"""When people and rooms are taken. Kept per calendar and thrown away with the next change of that calendar."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from bot.emulator.events import Event, Occurrence, Series, midnight

if TYPE_CHECKING:
    from bot.emulator.calendars import Calendar, Calendars


class Taken(NamedTuple):
    """One stretch of somebody's time."""

    start: int
    end: int
    rsvp: str
    free: bool
    occurrence: Occurrence


@dataclass(slots=True)
class Kept:
    """A calendar's single events, sorted, and its series, for one state of the calendar."""

    sequence: int
    starts: list[int]
    singles: list[Taken]
    longest: int
    series: list[Series]


class FreeBusy:
    """Answers for primary calendars and rooms; shared calendars never count."""

    def __init__(self, calendars: Calendars) -> None:
        self.calendars = calendars
        self._kept: dict[str, Kept] = {}

    def of(self, who: str, calendar: Calendar, after: int, before: int, *, only_busy: bool = True) -> list[Taken]:
        """What overlaps ``[after, before)``, by start; declined invitations are nobody's time."""
        kept = self._kept.get(calendar.calendar_id)
        if kept is None or kept.sequence != calendar.sequence:
            kept = self._kept[calendar.calendar_id] = self._keep(who, calendar)
        found: list[Taken] = []
        for index in range(bisect_left(kept.starts, after - kept.longest), len(kept.starts)):
            taken = kept.singles[index]
            if taken.start >= before:
                break
            if taken.end > after:
                found.append(taken)
        for series in kept.series:
            found.extend(self._expanded(series, who, calendar, after, before))
        if only_busy:
            found = [taken for taken in found if not taken.free]
        found.sort(key=_by_start)
        return found

    def _keep(self, who: str, calendar: Calendar) -> Kept:
        singles: list[Taken] = []
        repeating: list[Series] = []
        for uid in calendar.uids:
            series = self.calendars.book.series[uid]
            if series.master.recurrence or series.exceptions:
                repeating.append(series)
                continue
            event = series.master
            if event.cancelled:
                continue
            taken = self._taken(Occurrence(event, event.start, event.end, 0), who, calendar)
            if taken is not None:
                singles.append(taken)
        singles.sort(key=_by_start)
        longest = max((taken.end - taken.start for taken in singles), default=0)
        return Kept(calendar.sequence, [taken.start for taken in singles], singles, longest, repeating)

    def _expanded(self, series: Series, who: str, calendar: Calendar, after: int, before: int) -> list[Taken]:
        margin = 86400 if series.master.all_day else 0
        found = []
        for occurrence in series.occurrences(after - margin, before + margin):
            taken = self._taken(occurrence, who, calendar)
            if taken is not None and taken.start < before and taken.end > after:
                found.append(taken)
        return found

    def _taken(self, occurrence: Occurrence, who: str, calendar: Calendar) -> Taken | None:
        event = occurrence.event
        rsvp = self.rsvp(event, who, calendar)
        if rsvp is None or rsvp in ("decline", "removed"):
            return None
        start, end = occurrence.start, occurrence.end
        if event.all_day:
            zone = self.calendars.zone_of(who)  # a whole day is the person's own day
            start, end = midnight(start, zone), midnight(end, zone)
        # A room is taken by every event that holds it, also by one that leaves its people free.
        free = calendar.type != "resource" and bool(event.own(who, "free", event.free))
        return Taken(start, end, rsvp, free, occurrence)

    def rsvp(self, event: Event, who: str, calendar: Calendar) -> str | None:
        """How the event stands on this calendar; None when it has nothing to do with it."""
        if calendar.type == "resource":
            return next((room.rsvp for room in event.rooms if room.id == who), None)
        answer = event.answer_of(who)
        if answer is None and event.calendar_id == calendar.calendar_id:
            return "accept"
        return answer


def _by_start(taken: Taken) -> tuple[int, int]:
    return taken.start, taken.end

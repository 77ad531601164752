"""Finding a time that suits people, and making, checking and unmaking the event."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.domain.daysoff import with_days_off
from bot.domain.draft import Busy, Draft, Guest, Slot, Status
from bot.domain.freetime import common_free
from bot.domain.request import working_title
from bot.domain.slots import Availability, Shortage, judge, propose, relax, whole_day
from bot.domain.span import Span
from bot.domain.workhours import WorkHours
from bot.errors import Gone, PlatformError
from bot.feishu.calendar import Days, Event, NewEvent
from bot.feishu.client import Feishu
from bot.feishu.identity import Identity as WhoCalls
from bot.services.cache import Recent
from bot.services.identity import Identity
from bot.services.people import People
from bot.store.engine import Run

FREEBUSY_FOR = timedelta(seconds=60)
CALENDARS_FOR = timedelta(hours=12)
OFFERED = 3
AHEAD = timedelta(days=7)  # calendars are read a week further, to know what a later day would give
ONE_CALL = timedelta(days=13)  # what the batch call covers, a day kept for the clock change

BusyTimes = Mapping[str, tuple[Busy, ...] | None]


@dataclass(frozen=True, slots=True)
class Known:
    """What was read of one calendar: when, and over which stretch."""

    reach: Span
    busy: tuple[Busy, ...] | None


class Scheduling:
    """Everything between a draft and the calendar. Holds no state of its own but a minute's memory of free/busy."""

    def __init__(self, feishu: Feishu, people: People, clock: Clock, identity: Identity) -> None:
        self._feishu, self._people, self._identity = feishu, people, identity
        self._busy: Recent[str, Known] = Recent(clock, FREEBUSY_FOR)
        self._calendars: Recent[str, str] = Recent(clock, CALENDARS_FOR)

    async def look(self, draft: Draft, *, now: datetime, others: bool = False) -> tuple[Draft, Shortage | None]:
        """The draft with slots to offer. ``others`` leaves out all that was shown before.

        The asked time, when there is one, comes first whether it is free or not; what follows it is truly free.
        """
        reach = whole_days(draft.windows, ZoneInfo(draft.zone), beyond=AHEAD)
        people = await self.availabilities(draft, reach)
        if draft.all_day and draft.asked is not None:
            slot, busy = whole_day(draft.asked, people), {p.guest.open_id: p.busy for p in people}
            return replace(draft, slots=(slot,), shown=(draft.asked,), busy=busy), None
        asked_first = draft.asked is not None and not others
        asked = (judge(draft.asked, people, asked=draft.asked),) if asked_first and draft.asked is not None else ()
        excluded = (draft.shown if others else ()) + ((draft.asked,) if draft.asked else ())
        proposal = propose(
            draft.windows,
            people,
            length=draft.length,
            now=now,
            asked=draft.asked,
            excluded=excluded,
            limit=OFFERED + 2 * len(asked),  # some of them may lie across the asked time
            known=reach,
        )
        slots = (asked + tuple(slot for slot in proposal.slots if not asked or _beside(slot, asked[0])))[
            : OFFERED + len([slot for slot in asked if slot.conflicts])
        ]
        seen = {*draft.shown, *(slot.span for slot in slots)} if others else {slot.span for slot in slots}
        found = replace(draft, slots=slots, shown=tuple(sorted(seen)), busy={p.guest.open_id: p.busy for p in people})
        return found, None if slots else proposal.shortage

    def relaxed(self, draft: Draft, by: str) -> Draft | None:
        """The draft with one wish given up; None for a name that means nothing."""
        given = relax(by, windows=draft.windows, length=draft.length, guests=draft.guests, zone=ZoneInfo(draft.zone))
        if given is None:
            return None
        return replace(
            draft, windows=given.windows, length=given.length, guests=given.guests, asked=None, slots=(), shown=()
        )

    async def recheck(self, draft: Draft, span: Span) -> tuple[Draft, Slot]:
        """How everybody stands to this time at this very moment, past the cache: asked right before writing."""
        people = await self.availabilities(draft, whole_days((span,), ZoneInfo(draft.zone)), fresh=True)
        slot = whole_day(span, people) if draft.all_day else judge(span, people, asked=draft.asked)
        return replace(draft, busy={p.guest.open_id: p.busy for p in people}), slot

    async def availabilities(self, draft: Draft, reach: Span, *, fresh: bool = False) -> list[Availability]:
        """Free/busy in ``reach``, zone and hours of every guest."""
        ids = [guest.open_id for guest in draft.guests]
        busy, zones = await asyncio.gather(self.busy_times(ids, reach, fresh=fresh), self._people.zones(ids))
        # In a thread: the first look at a country's holidays reads them for up to a second.
        hours = await asyncio.to_thread(working_hours, set(zones.values()), reach)
        return [
            Availability(
                guest=guest,
                zone=zones[guest.open_id],
                hours=hours[zones[guest.open_id]],
                busy=busy.get(guest.open_id),
            )
            for guest in draft.guests
        ]

    async def busy_times(self, open_ids: Sequence[str], reach: Span, *, fresh: bool = False) -> BusyTimes:
        """When these people are taken; None for a calendar that cannot be read. Good for a minute unless ``fresh``."""
        known: dict[str, tuple[Busy, ...] | None] = {}
        for who in () if fresh else open_ids:
            kept = self._busy.get(who)
            if kept is not None and kept.reach.contains(reach):
                known[who] = kept.busy
        wanted = [who for who in open_ids if who not in known]
        if wanted:
            asked = await self._feishu.calendar.freebusy(wanted, reach)
            for who in wanted:
                known[who] = asked.get(who)
                self._busy.put(who, Known(reach, known[who]))
        return known

    async def common_free(
        self, guests: Sequence[Guest], windows: Sequence[Span], *, zone: ZoneInfo, length: timedelta
    ) -> tuple[BusyTimes, tuple[Span, ...]]:
        """When these people are taken, and when none of them is."""
        busy = await self.busy_times([guest.open_id for guest in guests], whole_days(windows, zone))
        return busy, common_free(windows, busy, zone=zone, length=length)

    async def book(self, draft: Draft, span: Span, run: Run, *, by_bot: bool = False) -> Draft:
        """Make the event and invite everybody: on the requester's own calendar once they have logged in.

        ``by_bot`` is the requester's word that the bot may organize it although they have; nothing else leads there.
        Each step is journalled and carries a key made of the draft, so that neither a resumed job nor a second tap
        makes a second event. All of it or nothing: an event nobody could be invited to is taken back first. Raises
        the platform's errors, ``NeedsLogin`` when the requester's login has ended.
        """
        organizer = await run.once("organizer", lambda _: self._organizer(draft, by_bot), type=str | None)
        as_ = WhoCalls(organizer)
        calendar_id = await run.once("calendar", lambda _: self._calendar_of(as_), type=str)
        key = step_key(draft.id, "event" if organizer is None else f"event:{organizer}")
        wish = NewEvent(title=working_title(draft), span=_time_of(draft, span), zone=draft.zone, rrule=draft.rrule)
        calendar = self._feishu.calendar
        event = await run.once(
            "event",
            lambda _: calendar.create_event(calendar_id, wish, idempotency_key=key, notify=False, as_=as_),
            type=Event,
        )
        await run.once(
            "people",
            lambda _: self._invite(draft, calendar_id, event.event_id, as_, last_attempt=run.last_attempt),
            type=bool,
        )
        made = await run.once("made", lambda _: calendar.get_event(calendar_id, event.event_id, as_=as_), type=Event)
        return replace(
            draft,
            status=Status.BOOKED,
            chosen=span,
            calendar_id=calendar_id,
            organizer=organizer,
            event_id=event.event_id,
            event_url=made.app_link,
            meeting_url=made.meeting_url,
            joined={guest.open_id: "needs_action" for guest in draft.guests},
        )

    async def _organizer(self, draft: Draft, by_bot: bool) -> str | None:
        return draft.requester if not by_bot and await self._identity.knows(draft.requester) else None

    async def _invite(
        self, draft: Draft, calendar_id: str, event_id: str, as_: WhoCalls, *, last_attempt: bool
    ) -> bool:
        calendar = self._feishu.calendar
        try:
            await calendar.add_attendees(
                calendar_id,
                event_id,
                users=[guest.open_id for guest in draft.guests if not guest.optional],
                optional=[guest.open_id for guest in draft.guests if guest.optional],
                notify=True,
                as_=as_,
            )
        except PlatformError as error:
            # A passing trouble is tried again with this same event; only what is final takes it back.
            if not error.passing or last_attempt:
                await calendar.delete_event(calendar_id, event_id, notify=False, as_=as_)
            raise
        return True

    async def undo(self, draft: Draft, run: Run) -> Draft:
        """Take the event back; one that is gone already counts as taken back."""
        calendar_id, event_id = draft.calendar_id, draft.event_id
        if calendar_id is None or event_id is None:
            return replace(draft, status=Status.UNDONE)
        as_ = WhoCalls(draft.organizer)
        await run.once("delete", lambda _: self._delete(calendar_id, event_id, as_), type=bool)
        return replace(draft, status=Status.UNDONE)

    async def _delete(self, calendar_id: str, event_id: str, as_: WhoCalls) -> bool:
        try:
            await self._feishu.calendar.delete_event(calendar_id, event_id, notify=True, as_=as_)
        except Gone:
            return False
        return True

    async def refresh(self, draft: Draft) -> Draft:
        """Who has answered by now; a meeting deleted elsewhere becomes ``CANCELLED``."""
        if draft.calendar_id is None or draft.event_id is None:
            return draft
        try:
            attendees = await self._feishu.calendar.attendees(
                draft.calendar_id, draft.event_id, as_=WhoCalls(draft.organizer)
            )
        except Gone:
            return replace(draft, status=Status.CANCELLED)
        return replace(draft, joined={a.user_id: a.rsvp for a in attendees if a.user_id is not None})

    async def _calendar_of(self, as_: WhoCalls) -> str:
        """The id of the caller's own calendar, which never changes."""
        whose = as_.open_id or "app"
        known = self._calendars.get(whose)
        if known is None:
            known = (await self._feishu.calendar.primary(as_)).calendar_id
            self._calendars.put(whose, known)
        return known


def _beside(slot: Slot, asked: Slot) -> bool:
    """Whether a time is a true alternative to the asked one: apart from it, and free of conflicts."""
    return not slot.conflicts and not slot.span.overlaps(asked.span)


def _time_of(draft: Draft, span: Span) -> Span | Days:
    """What the event says: an instant's span, or the days as the requester's zone has them, both included."""
    if not draft.all_day:
        return span
    zone = ZoneInfo(draft.zone)
    return Days(span.start.astimezone(zone).date(), (span.end - timedelta(seconds=1)).astimezone(zone).date())


def step_key(draft_id: str, step: str) -> str:
    """A key of 40 hex digits: fits the platform's ``uuid`` (50) and ``idempotency_key`` (32 to 128)."""
    return hashlib.sha256(f"daylark:{draft_id}:{step}".encode()).hexdigest()[:40]


def working_hours(zones: Collection[ZoneInfo], reach: Span) -> dict[ZoneInfo, WorkHours]:
    """When people work who live in these zones, public holidays of the years in ``reach`` left out."""
    years = range(reach.start.year, reach.end.year + 1)
    return {zone: with_days_off(WorkHours(), zone, years) for zone in zones}


def whole_days(windows: Sequence[Span], zone: ZoneInfo, *, beyond: timedelta = timedelta(0)) -> Span:
    """The local days that the windows touch, as one span; ``beyond`` more where that stays one free/busy call."""
    first = min(window.start for window in windows).astimezone(zone).date()
    last = (max(window.end for window in windows) - timedelta(microseconds=1)).astimezone(zone).date()
    more = max(first, min(last + beyond, first + ONE_CALL - timedelta(days=1)))
    end = max(last, more) + timedelta(days=1)
    return Span(datetime.combine(first, time(), zone), datetime.combine(end, time(), zone))

"""Calendar v4: whose calendar, free/busy, events and who comes to them."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.span import Span
from bot.feishu import calendar_endpoints as api
from bot.feishu.event_calls import Changes, EventCalls
from bot.feishu.events import NO_VIDEO, VIDEO, Attendee, Days, Event, EventChange, EventTime, Location, NewEvent, Vchat
from bot.feishu.freebusy import BusyTimes, FreeBusy
from bot.feishu.guests import ChatGuest, Guests
from bot.feishu.identity import APP, Identity
from bot.feishu.parallel import batches, together
from bot.feishu.transport import Caller
from bot.feishu.wire import Answer

__all__ = [
    "NO_VIDEO",
    "VIDEO",
    "Attendee",
    "Calendar",
    "CalendarInfo",
    "Changes",
    "ChatGuest",
    "Days",
    "Event",
    "EventChange",
    "EventTime",
    "Location",
    "NewEvent",
    "Vchat",
]

PEOPLE_PER_PRIMARYS = 10


class CalendarInfo(Answer, frozen=True):
    """A calendar and what the caller may do with it."""

    calendar_id: str
    summary: str = ""
    summary_alias: str = ""
    description: str = ""
    permissions: str = ""
    color: int = 0
    type: str = ""
    role: str = ""
    is_deleted: bool = False
    is_third_party: bool = False


class _Owned(Answer, frozen=True):
    calendar: CalendarInfo
    user_id: str = ""


class _Primaries(Answer, frozen=True):
    calendars: tuple[_Owned, ...] = ()


class Calendar(EventCalls, Guests):
    """The calendar calls. ``as_`` says who acts: the app on its own calendar, or a person on theirs."""

    def __init__(self, caller: Caller) -> None:
        super().__init__(caller)
        self._freebusy = FreeBusy(caller)

    async def primary(self, as_: Identity = APP) -> CalendarInfo:
        """The caller's own calendar; every person and every bot has exactly one."""
        found = await self._caller.call(api.PRIMARY, _Primaries, as_=as_)
        return found.calendars[0].calendar

    async def primarys(self, user_ids: Iterable[str], *, as_: Identity = APP) -> dict[str, CalendarInfo]:
        """The primary calendars of people, by open_id; ten people per call, side by side."""
        wanted = list(dict.fromkeys(user_ids))
        answers = await together(
            self._caller.call(api.PRIMARYS, _Primaries, body={"user_ids": group}, as_=as_, user_id_type="open_id")
            for group in batches(wanted, PEOPLE_PER_PRIMARYS)
        )
        return {owned.user_id: owned.calendar for answer in answers for owned in answer.calendars}

    async def freebusy(self, user_ids: Iterable[str], span: Span, *, as_: Identity = APP) -> BusyTimes:
        """When people are taken, by open_id: any number of them, any span. None: that calendar cannot be read."""
        return await self._freebusy(user_ids, span, as_=as_)

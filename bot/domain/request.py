"""From what somebody asked to a draft of a meeting: defaults first, then what still has to be asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.draft import DEFAULT_LENGTH, MAX_LENGTH, Draft, Guest
from bot.domain.intent import Ask, Choice, Intent, Person, Window
from bot.domain.span import Span

DAYS_AROUND = 4  # how many days, the asked one included, are searched for alternatives to an exact time
A_NIGHT = timedelta(hours=12)  # what runs over midnight and is no longer than this is meant so
DAYS_OPEN = 14  # how far "after Tuesday" reaches: one free/busy call covers two weeks


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a time cannot be used (a locale key under ``problem.``) and the nearest sensible choices instead."""

    key: str
    suggestions: tuple[Choice, ...] = ()


def problem_of(intent: Intent, now: datetime, zone: ZoneInfo) -> Problem | None:
    """What is wrong with the time that was said, if anything: nothing may be written on it."""
    if intent.problem is not None:
        return Problem(intent.problem, _instead(intent, now, zone))
    start, end, length = intent.start, intent.end, intent.duration
    if start is not None and end is not None and not intent.all_day:
        if end <= start:
            return Problem("backwards", (Choice(start, start + DEFAULT_LENGTH),) if start > now else ())
        if _wraps(start, end):
            return Problem("backwards", (Choice(start, start + DEFAULT_LENGTH), Choice(start, end)))
        if Span(start, end).length > MAX_LENGTH:
            return Problem("too_long", (Choice(start, start + timedelta(hours=1)),))
    if length is not None and (length > MAX_LENGTH or length <= timedelta(0)):
        return Problem("too_long", (Choice(start, start + timedelta(hours=1)),) if start and start > now else ())
    if start is not None and not intent.all_day and start <= now:
        return Problem("past", _instead(intent, now, zone))
    if start is not None and intent.all_day and (end or start + timedelta(days=1)) <= now:
        return Problem("past")
    return None


def _wraps(start: datetime, end: datetime) -> bool:
    """Whether "from three to two" was read over midnight for want of a better reading: more likely a slip."""
    overnight = end.date() - start.date() == timedelta(days=1)
    return overnight and end.time() < start.time() and Span(start, end).length > A_NIGHT


def _instead(intent: Intent, now: datetime, zone: ZoneInfo) -> tuple[Choice, ...]:
    """The same clock time on the next two days it is still to come."""
    if intent.choices:
        return intent.choices
    if intent.start is None:
        return ()
    local, length = intent.start.astimezone(zone), _length_of(intent)
    today = now.astimezone(zone).date()
    days = [datetime.combine(today + timedelta(days=n), local.time(), zone) for n in range(3)]
    return tuple(Choice(day, _later(day, length)) for day in days if day > now)[:2]


def windows_of(intent: Intent, now: datetime, zone: ZoneInfo) -> tuple[Span, ...]:
    """Where to look for time, in UTC, nothing of it before ``now``. Empty when no time was said at all."""
    if intent.start is not None and not intent.all_day:
        return around(intent.start, now, zone)
    said: Iterable[Window] = intent.windows
    if not intent.windows and intent.start is not None:
        end = intent.end if intent.end is not None and intent.end > intent.start else intent.start + timedelta(days=1)
        said = (Window(intent.start, end, whole_days=True),)
    spans = []
    for window in said:
        start = max(window.start or now, now)
        end = window.end or start + timedelta(days=DAYS_OPEN)
        if end > start:
            spans.append(Span(start, end))
    return tuple(spans)


def around(start: datetime, now: datetime, zone: ZoneInfo) -> tuple[Span, ...]:
    """The day of an exact time and the days after it: where alternatives to it are looked for."""
    day = start.astimezone(zone).date()
    begin = max(datetime.combine(day, time(), zone), now)
    return (Span(begin, datetime.combine(day + timedelta(days=DAYS_AROUND), time(), zone)),)


def draft_of(
    intent: Intent,
    *,
    id_: str,
    chat_id: str,
    requester: Person,
    members: Sequence[Person],
    now: datetime,
    zone: ZoneInfo,
) -> Draft:
    """The first revision of a draft. ``missing`` names what the card has to ask for."""
    guests = guests_of(intent.people, requester, members)
    windows = windows_of(intent, now, zone)
    asked = None
    all_day = intent.ask is Ask.CREATE and intent.all_day and intent.start is not None
    if intent.start is not None and all_day:
        asked = Span(intent.start, intent.end or intent.start + timedelta(days=1))
    elif intent.start is not None and not intent.all_day:
        asked = Span.of(intent.start, _length_of(intent))
    missing = []
    if not windows and not intent.choices:
        missing.append("when")
    if len(guests) == 1:
        missing.append("people")
    return Draft(
        id=id_,
        chat_id=chat_id,
        requester=requester.open_id or "",
        title=(intent.title or "").strip(),
        guests=guests,
        length=asked.length if asked else _length_of(intent),
        windows=windows,
        zone=zone.key,
        asked=asked,
        receipts=intent.receipts,
        rrule=intent.rrule,
        all_day=all_day,
        missing=tuple(missing),
    )


def draft_again(
    draft: Draft, *, id_: str, asked: Span | None, windows: tuple[Span, ...], missing: tuple[str, ...]
) -> Draft:
    """A fresh draft with the wishes of one that was decided: nothing of the decision is carried over."""
    return Draft(
        id=id_,
        chat_id=draft.chat_id,
        requester=draft.requester,
        title=draft.title,
        guests=draft.guests,
        length=draft.length,
        windows=windows,
        zone=draft.zone,
        asked=asked,
        rrule=draft.rrule,
        all_day=draft.all_day,
        missing=missing,
    )


def guests_of(people: Iterable[Person], requester: Person, members: Sequence[Person]) -> tuple[Guest, ...]:
    """The requester first, then everybody named, each once; ``*`` stands for all members of the chat."""
    guests = {requester.open_id or "": Guest(requester.open_id or "", requester.name, organizer=True)}
    for person in people:
        for one in members if person.name == "*" else (person,):
            if one.open_id and one.open_id not in guests:
                guests[one.open_id] = Guest(one.open_id, one.name, optional=person.optional)
    return tuple(guests.values())


def strangers(people: Iterable[Person]) -> tuple[str, ...]:
    """Names that fit nobody here: the card says so instead of leaving them out silently."""
    return tuple(person.name for person in people if person.open_id is None and person.name != "*")


def working_title(draft: Draft) -> str:
    """The event's title: what was said, else the names, which read the same in every language."""
    return draft.title or " / ".join(guest.name for guest in draft.guests[:4]) + (" …" if len(draft.guests) > 4 else "")


def _length_of(intent: Intent) -> timedelta:
    if intent.duration is not None:
        return intent.duration
    if intent.start is not None and intent.end is not None and intent.end > intent.start and not intent.all_day:
        return Span(intent.start, intent.end).length
    return DEFAULT_LENGTH


def _later(start: datetime, length: timedelta) -> datetime:
    """Elapsed time later, told in the same zone."""
    return Span.of(start, length).end.astimezone(start.tzinfo)

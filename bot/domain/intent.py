"""What a sentence asks for: the answer of ``bot.language``, and what handlers work on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.draft import Receipt


class Ask(StrEnum):
    """The closed list of things people ask a scheduling assistant for."""

    CREATE = "create"
    FIND = "find"
    AVAILABILITY = "availability"
    AGENDA = "agenda"
    NEXT_GAP = "next_gap"
    SEARCH = "search"
    MOVE = "move"
    EXTEND = "extend"
    CANCEL = "cancel"
    RSVP = "rsvp"
    INVITE = "invite"
    UNINVITE = "uninvite"
    ROOM = "room"
    POLL = "poll"
    REMIND = "remind"
    MEETING_CHAT = "meeting_chat"
    MINUTES = "minutes"
    TIMEOFF = "timeoff"
    CALENDARS = "calendars"
    SHARE = "share"
    SUBSCRIBE = "subscribe"
    CALDAV = "caldav"
    EXCHANGE = "exchange"
    SETTINGS = "settings"
    UNDO = "undo"
    HELP = "help"
    GREET = "greet"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in a sentence. ``open_id`` is known for mentions and members of the chat; ``*`` is everybody."""

    name: str
    open_id: str | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """Local, aware times; half-open. ``end`` None: open."""

    start: datetime | None
    end: datetime | None
    whole_days: bool = False  # said as days ("next week"): working hours apply


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several good readings."""

    start: datetime
    end: datetime | None = None
    all_day: bool = False


@dataclass(frozen=True, slots=True)
class RoomWish:
    name: str | None = None
    building: str | None = None
    floor: str | None = None
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """The event "this" or "it" means: that of the card replied to, else the last one of the thread."""

    title: str
    start: datetime
    end: datetime
    rrule: str | None = None
    people: tuple[Person, ...] = ()
    room: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something somebody wrote, with all that decides its meaning. ``now`` is aware, in the sender's zone."""

    text: str
    now: datetime
    lang: str | None = None  # zh, en, ja: the main language of the chat; a sentence may mix
    sender: Person | None = None
    members: tuple[Person, ...] = ()  # of the chat; empty when one to one with the bot
    mentions: tuple[Person, ...] = ()  # in the order of the @ in the text, the bot left out
    bot_names: tuple[str, ...] = ("Daylark",)
    event: KnownEvent | None = None
    options: tuple[Choice, ...] = ()  # slots the bot has just offered


@dataclass(frozen=True, slots=True)
class Intent:
    """The reading of one sentence. All times are aware, in the zone of ``Sentence.now``."""

    ask: Ask
    start: datetime | None = None
    end: datetime | None = None
    all_day: bool = False
    duration: timedelta | None = None
    windows: tuple[Window, ...] = ()
    rrule: str | None = None
    people: tuple[Person, ...] = ()
    title: str | None = None
    room: RoomWish | None = None
    delta: timedelta | None = None
    scope: str | None = None  # this, following, all
    reply: str | None = None  # accept, decline, tentative
    choices: tuple[Choice, ...] = ()
    problem: str | None = None  # why a time that was said cannot be used: a locale key under ``time.``
    receipts: tuple[Receipt, ...] = field(default_factory=tuple)

"""What the platform tells the bot, as frozen types. Beyond ``inbound.parse`` nobody sees raw JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class PersonId:
    """One person under the platform's three kinds of id; only ``open_id`` is always there."""

    open_id: str
    union_id: str = ""
    user_id: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named with @ in a message."""

    name: str
    open_id: str
    is_bot: bool = False


@dataclass(frozen=True, slots=True)
class UrlVerification:
    """The platform checks that the address is ours: answer with the same challenge."""

    challenge: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something that happened on the platform, at a moment; told again under the same key."""

    event_id: str
    created: datetime

    @property
    def dedup_key(self) -> str:
        return self.event_id


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageReceived(Happening):
    """Somebody wrote to the bot. ``text`` has names instead of placeholders and no mention of the bot itself."""

    message_id: str
    chat_id: str
    chat_type: str  # "p2p" or "group"
    sender: PersonId
    text: str
    mentions: tuple[Mention, ...] = ()
    msg_type: str = "text"
    root_id: str | None = None
    parent_id: str | None = None
    thread_id: str | None = None
    tenant_key: str = ""
    from_bot: bool = False  # another bot wrote it

    @property
    def dedup_key(self) -> str:
        """A repeated message can carry a new event id, so messages are told apart by their own."""
        return self.message_id


@dataclass(frozen=True, slots=True, kw_only=True)
class CardTapped(Happening):
    """Somebody used a component of one of our cards. The value went through the client: never trust it."""

    operator: PersonId
    message_id: str
    chat_id: str
    token: str  # for two delayed updates within 30 minutes
    tag: str = ""
    name: str = ""
    value: Mapping[str, Any] = field(default_factory=dict)
    form: Mapping[str, Any] = field(default_factory=dict)
    option: str | None = None
    options: tuple[str, ...] = ()
    input_value: str | None = None
    checked: bool | None = None
    timezone: str | None = None  # of the person's device
    tenant_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventChanged(Happening):
    """A calendar changed for these people. Only that is certain: sync to learn what."""

    calendar_id: str
    people: tuple[PersonId, ...]
    calendar_event_id: str | None = None
    change_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BotAdded(Happening):
    """The bot was put into a group."""

    chat_id: str
    operator: PersonId
    name: str
    external: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatEntered(Happening):
    """Somebody opened their chat with the bot, for the first or the hundredth time."""

    chat_id: str
    operator: PersonId
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuTapped(Happening):
    """Somebody chose an item of the bot's menu."""

    event_key: str
    operator: PersonId
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRevoked(Happening):
    """A person's token is void: forget it."""

    person: PersonId
    kinds: tuple[str, ...]
    reason: str
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Unhandled:
    """An update this bot has no type for."""

    event_type: str
    event_id: str

    @property
    def dedup_key(self) -> str:
        return self.event_id


Update = (
    UrlVerification
    | MessageReceived
    | CardTapped
    | EventChanged
    | BotAdded
    | ChatEntered
    | MenuTapped
    | TokenRevoked
    | Unhandled
)

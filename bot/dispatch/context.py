"""What a handler is given: who asks, where, when, and the services that can help. Passed explicitly, never global."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.cards.actions import Action
from bot.domain.draft import Draft
from bot.domain.intent import Person
from bot.services.drafts import DraftBook
from bot.services.identity import Identity
from bot.services.people import People
from bot.services.scheduling import Scheduling
from bot.store.engine import Run


@dataclass(frozen=True, slots=True)
class Services:
    """The use cases, built once in ``app.py``."""

    scheduling: Scheduling
    people: People
    drafts: DraftBook
    identity: Identity


@dataclass(frozen=True, slots=True)
class Context:
    """One update on its way through a handler."""

    run: Run  # for steps that must happen once
    now: datetime  # when the person wrote or tapped, aware, UTC; never the worker's clock
    zone: ZoneInfo  # the person's
    sender: Person
    chat_id: str
    is_group: bool
    services: Services
    text: str = ""  # what was written, mentions of the bot left out
    members: tuple[Person, ...] = ()  # of the group; empty one to one
    draft: Draft | None = None  # what "it" means: of the card replied to, else the person's latest here
    unknown_command: str | None = None  # a slash word that is none of ours
    draft_id: str = ""  # the id a draft made by this update gets, the same at every attempt


@dataclass(frozen=True, slots=True)
class Tap:
    """A tap on one of our cards: the typed action, with what was filled in or chosen."""

    action: Action
    message_id: str
    draft: Draft | None = None  # the draft of the tapped card, as it is now

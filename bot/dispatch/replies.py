"""What handlers return. They never send: the pipeline carries these out, each at most once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.cards.kit import Card
from bot.domain.draft import Draft
from bot.i18n import T


@dataclass(frozen=True, slots=True)
class Say:
    """A new card, as a reply to the message that asked. ``keep`` is the draft it shows, stored with it."""

    card: Card
    keep: Draft | None = None


@dataclass(frozen=True, slots=True)
class Redraw:
    """The tapped card becomes this one. ``keep`` is the draft as it is now."""

    card: Card
    keep: Draft | None = None
    toast: Toast | None = None


@dataclass(frozen=True, slots=True)
class Toast:
    """A short word to the person who tapped, seen by nobody else. The card stays as it is."""

    text: T
    kind: Literal["info", "success", "error", "warning"] = "info"


@dataclass(frozen=True, slots=True)
class Whisper:
    """A card to the person alone, in their own chat with the bot, wherever they asked."""

    card: Card


Reply = Say | Redraw | Toast | Whisper | None
Replies = Reply | Sequence[Reply]


def flattened(replies: Replies) -> list[Say | Redraw | Toast | Whisper]:
    """The replies as a plain list, without the empty ones."""
    if replies is None:
        return []
    if isinstance(replies, Say | Redraw | Toast | Whisper):
        return [replies]
    return [reply for reply in replies if reply is not None]

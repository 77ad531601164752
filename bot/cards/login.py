"""Letting the bot act as oneself: the button that leads to the login page, and what comes of it."""

from __future__ import annotations

from datetime import datetime

from bot.cards.actions import BookAnyway, BookAsBot, CancelDraft, PickSlot, StartLogin
from bot.cards.kit import Button, Buttons, Card, Field, Link, Markdown, Note
from bot.cards.words import guest_names, name_of, title_of, when
from bot.domain.draft import Draft
from bot.domain.span import Span
from bot.i18n import Length, T, Text


def login_card(url: str, why: Text | None = None) -> Card:
    """For one person's eyes only: the address is theirs, and good for a quarter of an hour."""
    return Card(
        T("login.title"),
        [
            Markdown([why, T("login.what")] if why is not None else T("login.what")),
            Buttons([Link(T("login.button"), url, "primary", "login")]),
            Note(T("login.only_you")),
        ],
    )


def logged_in_card() -> Card:
    """It worked, and what is different from now on."""
    return Card(T("login.done_title"), [Markdown(T("login.done"))], template="green")


def login_over_card(draft: Draft, span: Span, *, anyway: bool, now: datetime) -> Card:
    """Nothing was booked, since the requester's login has ended: log in again, or let the bot organize it."""
    pick = BookAnyway if anyway else PickSlot
    return Card(
        T("login.over_title", title=title_of(draft)),
        [
            Markdown(T("meeting.when", when=when(span, draft, now), length=Length(span.length)), size="heading"),
            Field(T("meeting.people"), T("kit.line", text=guest_names(draft.guests))),
            Markdown(T("login.over")),
            Buttons(
                [
                    Button(T("login.button"), StartLogin(), style="primary", element_id="login"),
                    Button(T("login.again"), pick(draft.id, draft.revision, span.start), element_id="again"),
                    Button(
                        T("login.book_as_bot"),
                        BookAsBot(draft.id, draft.revision, span.start, anyway),
                        element_id="book_as_bot",
                    ),
                    Button(T("slots.cancel"), CancelDraft(draft.id, draft.revision), element_id="cancel"),
                ]
            ),
            Note([T("login.over_then"), T("ask.only", name=name_of(draft, draft.requester))]),
        ],
        template="orange",
    )

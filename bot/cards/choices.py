"""The card that asks which of several good readings of a time was meant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.cards.actions import CancelDraft, PickReading
from bot.cards.kit import Button, Buttons, Card, Element, Markdown, Note
from bot.cards.receipt import corrections, receipt
from bot.cards.words import name_of, title_of
from bot.domain.draft import Draft
from bot.domain.intent import Choice
from bot.domain.span import Span
from bot.i18n import T, Text, When, Zone


def ask_reading(draft: Draft, choices: Sequence[Choice], *, now: datetime) -> Card:
    """One button a reading, each with weekday and date: two good readings are a question, never a guess."""
    buttons = [
        Button(
            T("choices.pick", when=choice_when(choice, draft.zone, now)),
            reading(draft, choice),
            element_id=f"choice_{number}",
        )
        for number, choice in enumerate(choices, 1)
    ]
    cancel = Button(T("slots.cancel"), CancelDraft(draft.id, draft.revision), element_id="cancel")
    body: list[Element] = [
        *receipt(draft),
        Markdown(T("choices.ask")),
        Buttons([*buttons, cancel]),
        Note(T("time.zone", zone=Zone(draft.zone))),
        *corrections(draft),
        Note(T("ask.only", name=name_of(draft, draft.requester))),
    ]
    return Card(T("choices.title", title=title_of(draft)), body, template="wathet")


def reading(draft: Draft, choice: Choice) -> PickReading:
    return PickReading(draft.id, choice.start, choice.end, choice.all_day)


def choice_when(choice: Choice, zone: str, now: datetime) -> Text:
    """A reading in words: a whole day, a stretch, or a point in time."""
    if choice.all_day:
        return T("time.all_day", day=When(choice.start, zone, "day", now))
    time = choice.start if choice.end is None or choice.end <= choice.start else Span(choice.start, choice.end)
    return T("time.at", when=When(time, zone, "full", now))

"""What went wrong, said plainly, with the nearest sensible thing to do as a button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.cards.actions import Action, CancelDraft
from bot.cards.ask import quick_answers
from bot.cards.choices import choice_when, reading
from bot.cards.kit import Button, Buttons, Card, Element, Markdown, Note
from bot.cards.receipt import receipt
from bot.cards.words import name_of
from bot.domain.draft import Draft
from bot.domain.intent import Choice
from bot.i18n import T, Text, Value, Zone


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A way out: what the button says and does."""

    text: Text
    action: Action


def problem_card(key: str, values: Mapping[str, Value] | None = None, suggestions: Sequence[Suggestion] = ()) -> Card:
    """The sentence under ``problem.<key>`` and the ways out. Every such sentence says what to do next."""
    buttons = [
        Button(each.text, each.action, style="primary" if number == 1 else "default", element_id=f"suggestion_{number}")
        for number, each in enumerate(suggestions, 1)
    ]
    body: list[Element] = [Markdown(T(f"problem.{key}", **(values or {})))]
    if buttons:
        body += [Markdown(T("problem.or")), Buttons(buttons)]
    return Card(T("problem.title"), body, template="orange")


def time_problem(draft: Draft, key: str, choices: Sequence[Choice], *, now: datetime) -> Card:
    """A time that cannot be used, the nearest ones that can, and a few likely others."""
    ways = [
        Suggestion(T("choices.pick", when=choice_when(each, draft.zone, now)), reading(draft, each)) for each in choices
    ]
    card = problem_card(key, {}, ways)
    cancel = Button(T("slots.cancel"), CancelDraft(draft.id, draft.revision), element_id="cancel")
    rest: list[Element] = [
        Markdown(T("nothing.elsewhere")),
        Buttons([*quick_answers(draft, now), cancel]),
        Note([T("time.zone", zone=Zone(draft.zone)), T("ask.only", name=name_of(draft, draft.requester))]),
    ]
    return Card(card.title, [*receipt(draft), *card.body, *rest], template=card.template)


def error_card(text: Text) -> Card:
    """An error made for people, in its own sentence."""
    return Card(T("problem.title"), [Markdown(text)], template="orange")


def notice_card(text: Text) -> Card:
    """A short answer that needs no more than its sentence."""
    return Card(T("notice.title"), [Markdown(text)])

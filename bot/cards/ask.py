"""Cards that ask for what was not said or was misread: when, with whom, about what. They write nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.cards.actions import CancelDraft, SetPeople, SetTitle, SetWhen, SetWhenExact
from bot.cards.kit import (
    Button,
    Buttons,
    Card,
    DateTimePicker,
    Divider,
    Element,
    Form,
    Input,
    Markdown,
    Note,
    PersonPicker,
)
from bot.cards.receipt import corrections, receipt
from bot.cards.words import LONGEST_TITLE, clipped, guest_names, name_of, title_of
from bot.domain.draft import Draft
from bot.i18n import Length, T, Zone

LAST_CALL = 16  # o'clock: later than this nobody means "this afternoon"
MOST_CANDIDATES = 100  # of a larger chat the client offers everybody, as it does without options
QUICK = {
    # the words a button stands for, read by the bot like typed ones and never shown, and what the button says
    "this afternoon": T("ask.this_afternoon"),
    "tomorrow morning": T("ask.tomorrow_morning"),
    "tomorrow afternoon": T("ask.tomorrow_afternoon"),
    "next week": T("ask.next_week"),
}


def ask_when(draft: Draft, *, now: datetime) -> Card:
    """A few likely answers as buttons, and a picker for any other."""
    tomorrow = (now.astimezone(ZoneInfo(draft.zone)) + timedelta(days=1)).replace(hour=10, minute=0)
    exact = Form(
        "when_form",
        [
            DateTimePicker("when", T("ask.picker"), initial=f"{tomorrow:%Y-%m-%d %H:%M}"),
            Note(T("time.zone", zone=Zone(draft.zone))),
        ],
        Button(T("ask.exact"), SetWhenExact(draft.id), style="primary"),
    )
    question = T("ask.when_alone", length=Length(draft.length))
    if len(draft.guests) > 1:
        question = T("ask.when", people=guest_names(draft.guests), length=Length(draft.length))
    return _asking(draft, "when", [Markdown(question), Buttons(quick_answers(draft, now)), Divider(), exact])


def quick_answers(draft: Draft, now: datetime) -> list[Button]:
    """The likely answers to "when?" that are still to come."""
    late = now.astimezone(ZoneInfo(draft.zone)).hour >= LAST_CALL
    return [
        Button(label, SetWhen(draft.id, words), element_id=words.replace(" ", "_"))
        for words, label in QUICK.items()
        if not (late and words == "this afternoon")
    ]


def ask_people(draft: Draft, *, candidates: Sequence[str] = ()) -> Card:
    """A picker of people, everybody in the chat (``candidates``, if it is a group), or nobody else."""
    form = Form(
        "people_form",
        [
            PersonPicker(
                "people", T("ask.people_picker"), options=candidates if len(candidates) <= MOST_CANDIDATES else ()
            )
        ],
        Button(T("ask.people_send"), SetPeople(draft.id), style="primary"),
    )
    everybody = Button(T("ask.everyone"), SetPeople(draft.id, ("*",)), element_id="everyone")
    alone = Button(T("ask.alone"), SetPeople(draft.id), element_id="alone")
    shortcuts = [everybody, alone] if candidates else [alone]
    return _asking(draft, "people", [Markdown(T("ask.people")), form, Buttons(shortcuts)])


def ask_title(draft: Draft) -> Card:
    """A line to type what the meeting is about, with what was understood in it."""
    form = Form(
        "title_form",
        [Input("title", T("ask.title_hint"), initial=clipped(draft.title, LONGEST_TITLE), required=True)],
        Button(T("ask.title_send"), SetTitle(draft.id), style="primary"),
    )
    return _asking(draft, "title", [Markdown(T("ask.what")), form])


def _asking(draft: Draft, asked: str, body: Sequence[Element]) -> Card:
    cancel = Button(T("slots.cancel"), CancelDraft(draft.id, draft.revision), element_id="cancel")
    last: list[Element] = [
        Buttons([cancel]),
        *corrections(draft, asked=asked),
        Note(T("ask.only", name=name_of(draft, draft.requester))),
    ]
    return Card(T("ask.title", title=title_of(draft)), [*receipt(draft), *body, *last], template="wathet")

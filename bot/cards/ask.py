"""Cards that ask for what was not said: when, and with whom. They write nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.cards.actions import CancelDraft, SetPeople, SetWhen, SetWhenExact
from bot.cards.kit import Button, Buttons, Card, DateTimePicker, Divider, Element, Form, Markdown, Note, PersonPicker
from bot.cards.slots import receipt
from bot.cards.words import guest_names, name_of, title_of
from bot.domain.draft import Draft
from bot.i18n import Length, T, Zone

LAST_CALL = 16  # o'clock: later than this nobody means "this afternoon"
MOST_CANDIDATES = 100  # of a larger chat the client offers everybody, as it does without options
QUICK = (
    # key of the button, and the words it stands for: read by the bot like typed ones, never shown
    ("ask.this_afternoon", "this afternoon"),
    ("ask.tomorrow_morning", "tomorrow morning"),
    ("ask.tomorrow_afternoon", "tomorrow afternoon"),
    ("ask.next_week", "next week"),
)


def ask_when(draft: Draft, *, now: datetime) -> Card:
    """A few likely answers as buttons, and a picker for any other."""
    local = now.astimezone(ZoneInfo(draft.zone))
    quick = [pair for pair in QUICK if pair[0] != "ask.this_afternoon" or local.hour < LAST_CALL]
    buttons = [Button(_QUICK_LABELS[key], SetWhen(draft.id, words), element_id=key[4:]) for key, words in quick]
    tomorrow = (local + timedelta(days=1)).replace(hour=10, minute=0)
    exact = Form(
        "when_form",
        [
            DateTimePicker("when", T("ask.picker"), initial=f"{tomorrow:%Y-%m-%d %H:%M}"),
            Note(T("time.zone", zone=Zone(draft.zone))),
        ],
        Button(T("ask.exact"), SetWhenExact(draft.id), style="primary"),
    )
    question = T("ask.when", people=guest_names(draft.guests), length=Length(draft.length))
    return _asking(draft, [Markdown(question), Buttons(buttons), Divider(), exact])


_QUICK_LABELS = {
    "ask.this_afternoon": T("ask.this_afternoon"),
    "ask.tomorrow_morning": T("ask.tomorrow_morning"),
    "ask.tomorrow_afternoon": T("ask.tomorrow_afternoon"),
    "ask.next_week": T("ask.next_week"),
}


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
    return _asking(draft, [Markdown(T("ask.people")), form, Buttons(shortcuts)])


def _asking(draft: Draft, body: Sequence[Element]) -> Card:
    cancel = Button(T("slots.cancel"), CancelDraft(draft.id, draft.revision), element_id="cancel")
    last: list[Element] = [Buttons([cancel]), Note(T("ask.only", name=name_of(draft, draft.requester)))]
    return Card(T("ask.title", title=title_of(draft)), [*receipt(draft), *body, *last], template="wathet")

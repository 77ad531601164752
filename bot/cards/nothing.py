"""The card for a search that found nothing: why, what to give up to find something, and where else to look."""

from __future__ import annotations

from datetime import datetime

from bot.cards.actions import CancelDraft, Relax
from bot.cards.ask import quick_answers
from bot.cards.because import cause, way_out
from bot.cards.freebusy import day_around, picture
from bot.cards.kit import Button, Buttons, Card, Element, Markdown, Note
from bot.cards.receipt import corrections, receipt
from bot.cards.words import guest_names, name_of, title_of
from bot.domain.draft import Draft
from bot.domain.shortage import Shortage
from bot.i18n import Length, T


def nothing_fits(draft: Draft, shortage: Shortage, *, now: datetime) -> Card:
    """Never just "no": the cause, the smallest thing to give up as buttons, and other times to look at."""
    body: list[Element] = [*receipt(draft), Markdown(cause(shortage))]
    if shortage.relaxations:
        body += [Markdown(T("nothing.relax")), Buttons(_ways_out(draft, shortage, now))]
    body += _picture(draft, now)
    cancel = Button(T("slots.cancel"), CancelDraft(draft.id, draft.revision), element_id="cancel")
    body += [Markdown(T("nothing.elsewhere")), Buttons([*quick_answers(draft, now), cancel]), *corrections(draft)]
    body.append(Note(T("ask.only", name=name_of(draft, draft.requester))))
    return Card(
        T("nothing.title", title=title_of(draft)),
        body,
        template="orange",
        subtitle=T("slots.subtitle", people=guest_names(draft.guests), length=Length(draft.length)),
    )


def _ways_out(draft: Draft, shortage: Shortage, now: datetime) -> list[Button]:
    return [
        Button(
            way_out(each, draft.zone, now),
            Relax(draft.id, draft.revision, each.by),
            style="primary" if number == 1 else "default",
            element_id=f"relax_{number}",
        )
        for number, each in enumerate(shortage.relaxations, 1)
    ]


def _picture(draft: Draft, now: datetime) -> list[Element]:
    """The first day that was searched, if calendars were read for it."""
    spans = [draft.asked] if draft.asked is not None else [window for window in draft.windows if window.end > now]
    if not spans or not draft.busy:
        return []
    return picture(draft.guests, draft.busy, day_around(spans[:1], draft.zone), draft.zone, now=now)

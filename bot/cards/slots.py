"""The card that offers times: what was understood, who is free when, and up to a handful of buttons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.cards.actions import BookAnyway, CancelDraft, ChangeLength, OtherTimes, PickSlot
from bot.cards.because import reason
from bot.cards.freebusy import day_around, picture
from bot.cards.kit import (
    Button,
    Buttons,
    Card,
    Column,
    Columns,
    Divider,
    Element,
    Field,
    Look,
    Markdown,
    Note,
    Option,
    Select,
)
from bot.cards.receipt import corrections, receipt
from bot.cards.series import repeats
from bot.cards.words import dotted, guest_names, name_of, names, standing_line, title_of, when
from bot.domain.draft import Draft, Slot
from bot.domain.span import Span
from bot.i18n import Length, ReaderTime, T, Text

LENGTHS = (15, 30, 45, 60, 90)


def slot_picker(draft: Draft, *, now: datetime) -> Card:
    """The offered times of a draft. The asked time comes first, whether it is free or taken."""
    asked = next((slot for slot in draft.slots if slot.span == draft.asked), None)
    offered = [slot for slot in draft.slots if slot is not asked or not slot.conflicts]
    body: list[Element] = [*receipt(draft)]
    if draft.rrule is not None:
        body.append(Field(T("meeting.repeats"), repeats(draft.rrule, draft.zone, now)))
    if asked is not None and asked.conflicts:
        body += _taken(draft, asked, now, alternatives=bool(offered))
    for number, slot in enumerate(offered):
        body += _offer(draft, slot, now, first=number == 0)
    body += [Divider(), *_picture(draft, now), Divider(), controls(draft), *corrections(draft)]
    body.append(Note(T("slots.only", name=name_of(draft, draft.requester))))
    return Card(
        T("slots.title", title=title_of(draft)),
        body,
        subtitle=T("slots.subtitle", people=guest_names(draft.guests), length=Length(draft.length))
        if not draft.all_day
        else T("kit.line", text=guest_names(draft.guests)),
        summary=T("slots.summary", title=title_of(draft)),
    )


def controls(draft: Draft) -> Buttons:
    """Other times, another length, or nothing at all."""
    cancel = Button(T("slots.cancel"), CancelDraft(draft.id, draft.revision), element_id="cancel")
    if draft.all_day:
        return Buttons([cancel])
    minutes = round(draft.length / timedelta(minutes=1))
    lengths = sorted({*LENGTHS, minutes})
    return Buttons(
        [
            Button(T("slots.others"), OtherTimes(draft.id, draft.revision), element_id="other_times"),
            Select(
                T("slots.length"),
                [Option(str(each), _minutes(each)) for each in lengths],
                ChangeLength(draft.id, draft.revision),
                initial=str(minutes),
                element_id="length",
            ),
            cancel,
        ]
    )


def _minutes(minutes: int) -> T:
    return T("slots.minutes", length=Length(timedelta(minutes=minutes)))


def _taken(draft: Draft, slot: Slot, now: datetime, *, alternatives: bool) -> list[Element]:
    """The asked time does not work: who is busy, and a separate button for those who want it all the same."""
    busy = names((name_of(draft, who) for who in slot.conflicts), polite=True)
    anyway = Button(
        T("slots.anyway"),
        BookAnyway(draft.id, draft.revision, slot.span.start),
        style="danger",
        confirm=_over_a_conflict(draft, slot, now),
        element_id="book_anyway",
        disabled=slot.span.start <= now,
    )
    taken = T("slots.taken", when=when(slot.span, draft, now), names=busy, count=len(slot.conflicts))
    instead = T("slots.instead") if alternatives else T("slots.no_other")
    return [Columns([Column([Markdown(taken)], weight=3), Column([anyway])]), Markdown(instead)]


def _offer(draft: Draft, slot: Slot, now: datetime, *, first: bool) -> list[Element]:
    """One time: a button that says it in full, and below it why, and when that is for whoever reads."""
    lines: list[Text] = [dotted([reason(each) for each in slot.reasons])] if slot.reasons else []
    if not draft.all_day:
        lines.append(T("time.reader", time=ReaderTime(slot.span.start, draft.zone)))
    return [_pick(draft, slot, now, first), Note(lines)]


def _pick(draft: Draft, slot: Slot, now: datetime, first: bool) -> Button:
    over = slot.span.start <= now
    style: Look = "primary" if first and not over else "default"
    pick: PickSlot | BookAnyway = PickSlot(draft.id, draft.revision, slot.span.start)
    question = None
    if slot.conflicts:
        pick, style = BookAnyway(draft.id, draft.revision, slot.span.start), "default"
        question = _over_a_conflict(draft, slot, now)
    return Button(
        T("slots.pick", when=when(slot.span, draft, now)),
        pick,
        style,
        disabled=over,
        confirm=question,
        element_id=f"slot_{draft.slots.index(slot) + 1}",
        wide=True,
    )


def _over_a_conflict(draft: Draft, slot: Slot, now: datetime) -> T:
    busy = names((name_of(draft, who) for who in slot.conflicts), polite=True)
    return T("slots.anyway_confirm", when=when(slot.span, draft, now), names=busy, count=len(slot.conflicts))


def _picture(draft: Draft, now: datetime) -> list[Element]:
    first = next((slot for slot in draft.slots if slot.span == draft.asked), draft.slots[0] if draft.slots else None)
    if first is None:
        return []
    spans: Sequence[Span] = [first.span, *(slot.span for slot in draft.slots)]
    free = [slot.span for slot in draft.slots if not slot.conflicts]
    window = day_around(spans, draft.zone)
    line = standing_line((name_of(draft, who), standing) for who, standing in first.standing.items())
    at = [T("slots.at", when=when(first.span, draft, now), people=line)] if line is not None else []
    return [*picture(draft.guests, draft.busy, window, draft.zone, now=now, proposed=free), Markdown(at)]

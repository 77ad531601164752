"""The meeting itself: being booked, booked, taken back or gone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.cards.actions import Again, RefreshMeeting, UndoMeeting
from bot.cards.kit import Button, Buttons, Card, Element, Field, Link, Markdown, Note
from bot.cards.series import repeats
from bot.cards.words import guest_names, name_of, names, reader_note, title_of, when
from bot.domain.draft import Draft, Status
from bot.i18n import Length, T, Text


def meeting_card(draft: Draft, *, now: datetime) -> Card:
    """The card of a draft that was decided, in the state it is in."""
    match draft.status:
        case Status.BOOKED:
            return _booked(draft, now)
        case Status.UNDONE | Status.CANCELLED:
            return cancelled_card(draft, now=now)
        case _:
            return working(draft, now=now)


def working(draft: Draft, *, now: datetime) -> Card:
    """While the calendar is being written: says so, with nothing left to tap."""
    buttons = Buttons(
        [Button(T("meeting.working_button"), RefreshMeeting(draft.id), disabled=True, element_id="working")]
    )
    body: list[Element] = [
        *_time(draft, now),
        Field(T("meeting.people"), T("kit.line", text=guest_names(draft.guests))),
    ]
    return Card(T("meeting.working_title", title=title_of(draft)), [*body, buttons], template="wathet")


def cancelled_card(draft: Draft, *, now: datetime) -> Card:
    """It is over: taken back, deleted elsewhere, or never booked; says which."""
    if draft.status is Status.UNDONE:
        return _over(draft, now, T("meeting.undone_title", title=title_of(draft)), T("meeting.undone"))
    if draft.event_id is None:
        return _over(draft, now, T("meeting.dropped_title", title=title_of(draft)), T("meeting.dropped"))
    return _over(draft, now, T("meeting.cancelled_title", title=title_of(draft)), T("meeting.cancelled"))


def _booked(draft: Draft, now: datetime) -> Card:
    body: list[Element] = [*_time(draft, now)]
    if draft.rrule is not None:
        body.append(Field(T("meeting.repeats"), repeats(draft.rrule, draft.zone, now)))
    body += _joined(draft)
    links = []
    if draft.meeting_url:
        links.append(Link(T("meeting.join"), draft.meeting_url, "primary", "join"))
    if draft.event_url:
        links.append(Link(T("meeting.open"), draft.event_url, element_id="open"))
    undo = Button(
        T("meeting.undo"),
        UndoMeeting(draft.id),
        confirm=T("meeting.undo_confirm", title=title_of(draft)),
        element_id="undo",
        disabled=draft.chosen is not None and draft.chosen.start <= now,
    )
    refresh = Button(T("meeting.refresh"), RefreshMeeting(draft.id), element_id="refresh")
    body += [Buttons([*links, refresh, undo]), Note(T("meeting.invited", name=name_of(draft, draft.requester)))]
    return Card(
        T("meeting.booked_title", title=title_of(draft)),
        body,
        template="green",
        summary=_summary(draft, now),
    )


def _summary(draft: Draft, now: datetime) -> T | None:
    if draft.chosen is None:
        return None
    return T("meeting.summary", title=title_of(draft), when=when(draft.chosen, draft, now))


def _time(draft: Draft, now: datetime) -> list[Element]:
    if draft.chosen is None:
        return []
    if draft.all_day:
        return [Markdown(T("kit.line", text=when(draft.chosen, draft, now)), size="heading")]
    told = T("meeting.when", when=when(draft.chosen, draft, now), length=Length(draft.chosen.length))
    return [Markdown(told, size="heading"), reader_note(draft.chosen.start, draft.zone)]


def _joined(draft: Draft) -> list[Element]:
    """Who comes, in the order of what the organizer wants to know; the requester asked, so counts as coming."""
    answers: dict[str, list[str]] = {}
    for guest in draft.guests:
        answer = draft.joined.get(guest.open_id, "needs_action")
        if guest.organizer and answer == "needs_action":
            answer = "accept"
        answers.setdefault(answer if answer in _ANSWERS else "needs_action", []).append(guest.name)
    lines: Sequence[Text] = [_ANSWERS[answer](answers[answer]) for answer in _ANSWERS if answer in answers]
    return [Markdown(lines)] if lines else []


_ANSWERS = {
    "accept": lambda who: T("joined.accept", names=names(who), count=len(who)),
    "tentative": lambda who: T("joined.tentative", names=names(who), count=len(who)),
    "needs_action": lambda who: T("joined.waiting", names=names(who), count=len(who)),
    "decline": lambda who: T("joined.decline", names=names(who), count=len(who)),
}


def _over(draft: Draft, now: datetime, title: T, what: T) -> Card:
    again = Buttons([Button(T("meeting.again"), Again(draft.id), element_id="again")])
    return Card(title, [*_time(draft, now), Markdown(what), again], template="grey")

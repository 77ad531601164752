"""What was understood, the words it came from, and a tap for each thing that was not meant so."""

from __future__ import annotations

from bot.cards.actions import Correct
from bot.cards.kit import Button, Buttons, Element, Note, Panel
from bot.cards.words import LONGEST_WORDS, clipped
from bot.domain.draft import Draft
from bot.i18n import Names, T

MOST_RECEIPTS = 6


def receipt(draft: Draft) -> list[Element]:
    """What was understood and the words it came from; what cannot be done yet is said beside it."""
    if not draft.receipts:
        return []
    parts = [
        T("receipt.part", what=_RECEIPTS.get(item.slot, T("receipt.other")), words=clipped(item.words, LONGEST_WORDS))
        for item in draft.receipts[:MOST_RECEIPTS]
    ]
    lines = [Note(T("receipt.line", parts=Names(parts, " · ")))]
    if any(item.slot == "room" for item in draft.receipts):
        lines.append(Note(T("receipt.no_room")))
    return [*lines]


def corrections(draft: Draft, *, asked: str = "") -> list[Element]:
    """A tap for each thing that may have been misunderstood, except what the card ``asked`` anyway.

    Folded away until somebody wants it. The length has its list on the card of times.
    """
    buttons = [
        Button(label, Correct(draft.id, draft.revision, slot), element_id=f"correct_{slot}")
        for slot, label in _CORRECTIONS.items()
        if slot != asked and slot not in draft.missing and (slot != "repeats" or draft.rrule is not None)
    ]
    return [Panel(T("correct.title"), [Buttons(buttons)])] if buttons else []


_CORRECTIONS = {
    "when": T("correct.when"),
    "people": T("correct.people"),
    "title": T("correct.what"),
    "repeats": T("correct.once"),
}
_RECEIPTS = {
    "when": T("receipt.when"),
    "people": T("receipt.people"),
    "title": T("receipt.title"),
    "length": T("receipt.length"),
    "room": T("receipt.room"),
}

"""The twin of a card that is only words: for screen readers, old clients and tests."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from bot.cards import chart
from bot.cards.elements import (
    Button,
    Buttons,
    Card,
    Columns,
    DateTimePicker,
    Divider,
    Element,
    Field,
    Form,
    FreeBusyChart,
    Input,
    Link,
    Markdown,
    Note,
    Panel,
    People,
    PersonPicker,
    Select,
)
from bot.i18n import Names, T
from bot.i18n import render as say

_TAG = re.compile(r"</?[a-z_]+[^>]*>")
_LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")


def unmarked(markdown: str) -> str:
    """The words without our marks and tags. Typed text is entities by now, so none of it is taken for a mark.

    A line on the reader's own clock says nothing here: plain text is the same for all readers.
    """
    if "<local_datetime" in markdown:
        return ""
    bare = _TAG.sub("", markdown).replace("**", "")
    return html.unescape(_LINK.sub(r"\1 \2", bare)).strip()


def plain_text(card: Card, locale: str) -> str:
    """All the card says, as plain lines: for screen readers, old clients and tests."""
    lines = [say(card.title, locale)]
    if card.subtitle is not None:
        lines.append(say(card.subtitle, locale))
    for element in card.body:
        lines += _lines(element, locale)
    return "\n".join(line for line in lines if line)


def _lines(element: Element, locale: str) -> list[str]:
    match element:
        case Markdown() | Note():
            texts = [element.text] if isinstance(element.text, T | str) else element.text
            return [unmarked(say(text, locale, markdown=True)) for text in texts]
        case Field():
            return [unmarked(say(T("kit.field", label=element.label, value=element.value), locale, markdown=True))]
        case Button():
            return [f"[{say(element.text, locale)}]"]
        case Link():
            return [f"[{say(element.text, locale)}] {element.url}"]
        case Select():
            chosen = [option.text for option in element.options if option.value == element.initial]
            return [f"[{say((chosen or [element.placeholder])[0], locale)} ▾]"]
        case DateTimePicker() | PersonPicker() | Input():
            return [f"[{say(element.placeholder, locale)}]"]
        case FreeBusyChart():
            return [say(_in_words(row, element.zone), locale) for row in element.rows]
        case Divider() | People():
            return []
        case _:
            return [line for inner in _inside(element) for line in _lines(inner, locale)]


def _in_words(row: chart.Row, zone: str) -> T:
    taken = [T("chart.taken", times=label, state=_STATES[state]) for label, state in chart.taken(row, zone)]
    return T("chart.row", who=row.who, taken=Names(taken or [T("chart.free")], ", "))


_STATES = {
    "busy": T("chart.busy"),
    "tentative": T("chart.tentative"),
    "unknown": T("chart.unknown"),
    "off_hours": T("chart.off_hours"),
}


def _inside(element: Form | Columns | Buttons | Panel) -> Sequence[Element]:
    match element:
        case Form():
            return [*element.elements, element.submit]
        case Columns():
            return [each for column in element.columns for each in column.elements]
        case Buttons():
            return element.buttons
        case Panel():
            return [Markdown(element.title), *element.elements]

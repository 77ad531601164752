"""What a card is made of. Elements say what is on it; nothing here knows how it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.cards.actions import Action
from bot.cards.chart import Row
from bot.i18n import T, Text

Look: TypeAlias = Literal["default", "primary", "danger"]


@dataclass(frozen=True, slots=True)
class Markdown:
    """Lines of rich text. Marks in our own sentences count; what people typed is escaped."""

    text: Text | Sequence[Text]
    size: Literal["normal", "notation", "heading"] = "normal"


@dataclass(frozen=True, slots=True)
class Note:
    """The same in small and grey: what is good to know."""

    text: Text | Sequence[Text]


@dataclass(frozen=True, slots=True)
class Field:
    """A label and what it says."""

    label: Text
    value: Text


@dataclass(frozen=True, slots=True)
class Divider:
    pass


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens a page."""

    text: Text
    url: str
    style: Look = "default"
    element_id: str | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """A button that does something. ``confirm`` is a question the client asks first; ``wide`` takes the whole row."""

    text: Text
    action: Action
    style: Look = "default"
    disabled: bool = False
    confirm: Text | None = None
    element_id: str | None = None
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Buttons:
    """Buttons and lists in one row, which wraps where the screen ends."""

    buttons: Sequence[Button | Link | Select]


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    text: Text


@dataclass(frozen=True, slots=True)
class Select:
    """A list to choose one from; outside a form the choice arrives at once, with ``action``."""

    placeholder: Text
    options: Sequence[Option]
    action: Action | None = None
    name: str | None = None
    initial: str | None = None
    disabled: bool = False
    element_id: str | None = None


@dataclass(frozen=True, slots=True)
class DateTimePicker:
    """A date and a clock time, as a field of a form. It shows no zone: say it beside. ``initial`` is local."""

    name: str
    placeholder: Text
    initial: str | None = None
    required: bool = True


@dataclass(frozen=True, slots=True)
class PersonPicker:
    """Several people, as a field of a form."""

    name: str
    placeholder: Text
    options: Sequence[str] = ()
    selected: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Input:
    """A line of text, as a field of a form."""

    name: str
    placeholder: Text
    label: Text | None = None
    initial: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """Fields sent together by ``submit``."""

    name: str
    elements: Sequence[Element]
    submit: Button


@dataclass(frozen=True, slots=True)
class Column:
    elements: Sequence[Element]
    weight: int | None = None  # None: as wide as its content


@dataclass(frozen=True, slots=True)
class Columns:
    columns: Sequence[Column]


@dataclass(frozen=True, slots=True)
class Panel:
    """What can be unfolded."""

    title: Text
    elements: Sequence[Element]
    expanded: bool = False


@dataclass(frozen=True, slots=True)
class People:
    """Faces and names; shows people without notifying them."""

    open_ids: Sequence[str]


@dataclass(frozen=True, slots=True)
class FreeBusyChart:
    """When people are free, as a picture. The plain twin says the same in words."""

    rows: Sequence[Row]
    zone: str


Element: TypeAlias = (
    "Markdown | Note | Field | Divider | Link | Button | Buttons | Select | DateTimePicker | PersonPicker | Input | "
    "Form | Columns | Panel | People | FreeBusyChart"
)


@dataclass(frozen=True, slots=True)
class Card:
    """One message. ``summary`` is what the list of chats shows, by default the title."""

    title: Text
    body: Sequence[Element]
    template: str = "blue"
    subtitle: Text | None = None
    summary: T | None = None

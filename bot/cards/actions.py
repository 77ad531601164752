"""What a tap means. Every button carries one of these types; ``pack`` and ``unpack`` are the way there and back.

The value travels through the reader's client, so it is checked field by field on its way in and is never proof of a
right: whether this person may do that is for the handler to ask.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import UTC, datetime
from typing import Any, ClassVar, TypeVar, Union, get_args, get_origin, get_type_hints


class StaleAction(Exception):
    """A value nobody here can act on: from an old card, another app, or made up."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Action:
    """The base of all taps. ``option`` and ``form`` name the fields the platform fills in, not the button's value."""

    name: ClassVar[str] = ""
    option: ClassVar[str | None] = None
    form: ClassVar[frozenset[str]] = frozenset()


A = TypeVar("A", bound=type[Action])
_ACTIONS: dict[str, type[Action]] = {}


def action(name: str) -> Callable[[A], A]:
    """Gives an action the name it travels under; two of one name fail at import."""

    def register(cls: A) -> A:
        if name in _ACTIONS:
            raise ValueError(f"two actions are called {name}")
        cls.name = name
        _ACTIONS[name] = cls
        return cls

    return register


def registered() -> Mapping[str, type[Action]]:
    """Every action there is, by name."""
    return types.MappingProxyType(_ACTIONS)


def pack(what: Action) -> dict[str, Any]:
    """The value a button carries."""
    values = {spec.name: (getattr(what, spec.name), spec.default) for spec in fields(what)}
    return {"do": what.name} | {key: _to_wire(value) for key, (value, usual) in values.items() if value != usual}


def unpack(value: object, *, option: str | None = None, form: Mapping[str, object] | None = None) -> Action:
    """The action a tap means: from its value, the option chosen in a list, the fields of a form that was sent."""
    if not isinstance(value, Mapping) or not isinstance(value.get("do"), str):
        raise StaleAction("the value names no action")
    cls = _ACTIONS.get(value["do"])
    if cls is None:
        raise StaleAction(f"no action is called {value['do']}")
    given: dict[str, object] = {key: item for key, item in value.items() if key != "do"}
    given |= {key: item for key, item in (form or {}).items() if key in cls.form and item not in (None, "")}
    if cls.option is not None and option is not None:
        given[cls.option] = option
    return _build(cls, given)


def _build(cls: type[Action], given: Mapping[str, object]) -> Action:
    hints = get_type_hints(cls)
    specs = fields(cls)
    if foreign := given.keys() - {spec.name for spec in specs}:
        raise StaleAction(f"{cls.name} has no {', '.join(sorted(foreign))}")
    values: dict[str, Any] = {}
    for spec in specs:
        if spec.name in given:
            values[spec.name] = _from_wire(given[spec.name], hints[spec.name], f"{cls.name}.{spec.name}")
        elif spec.default is MISSING:
            raise StaleAction(f"{cls.name} lacks {spec.name}")
    return cls(**values)


def _to_wire(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return list(value) if isinstance(value, tuple) else value


def _from_wire(value: object, hint: Any, where: str) -> object:
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(kind for kind in get_args(hint) if kind is not type(None))
    if hint is datetime and isinstance(value, str):
        return _instant(value, where)
    if hint is int and isinstance(value, str) and value.isdecimal():
        return int(value)  # options of a list and fields of a form are always strings
    if get_origin(hint) is tuple and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    if isinstance(hint, type) and type(value) is hint:
        return value
    raise StaleAction(f"{where} cannot be {value!r}")


def _instant(text: str, where: str) -> datetime:
    """Ours as ISO in UTC, a picker's as ``2024-04-29 07:07 +0800``."""
    for form in ("%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M %z"):
        try:
            found = datetime.strptime(text, form)  # noqa: DTZ007 - the first form ends in Z and means UTC
        except ValueError:
            continue
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found
    raise StaleAction(f"{where} is no time: {text!r}")


@action("slot.pick")
@dataclass(frozen=True, slots=True)
class PickSlot(Action):
    """Book this one."""

    draft: str
    revision: int
    start: datetime


@action("slot.book_anyway")
@dataclass(frozen=True, slots=True)
class BookAnyway(Action):
    """Book although somebody is busy; asked once more by the client before it comes."""

    draft: str
    revision: int
    start: datetime


@action("slot.others")
@dataclass(frozen=True, slots=True)
class OtherTimes(Action):
    draft: str
    revision: int


@action("slot.length")
@dataclass(frozen=True, slots=True)
class ChangeLength(Action):
    """The minutes come from the button, or from the option chosen in the list."""

    option: ClassVar[str | None] = "minutes"
    draft: str
    revision: int
    minutes: int = 0


@action("slot.relax")
@dataclass(frozen=True, slots=True)
class Relax(Action):
    """Search again with one wish given up: ``by`` is the name of the relaxation the search offered."""

    draft: str
    revision: int
    by: str


@action("draft.cancel")
@dataclass(frozen=True, slots=True)
class CancelDraft(Action):
    draft: str
    revision: int


@action("draft.reading")
@dataclass(frozen=True, slots=True)
class PickReading(Action):
    """Which of several good readings was meant."""

    draft: str
    start: datetime
    end: datetime | None = None
    all_day: bool = False


@action("draft.when")
@dataclass(frozen=True, slots=True)
class SetWhen(Action):
    """An answer to "when?" in words, read like a typed answer."""

    draft: str
    words: str


@action("draft.when_exact")
@dataclass(frozen=True, slots=True)
class SetWhenExact(Action):
    """An answer to "when?" by the picker; ``when`` is None if it was sent empty."""

    form: ClassVar[frozenset[str]] = frozenset({"when"})
    draft: str
    when: datetime | None = None


@action("draft.people")
@dataclass(frozen=True, slots=True)
class SetPeople(Action):
    """An answer to "with whom?": open_ids, none meaning only the requester, ``*`` everybody in the chat."""

    form: ClassVar[frozenset[str]] = frozenset({"people"})
    draft: str
    people: tuple[str, ...] = ()


@action("draft.correct")
@dataclass(frozen=True, slots=True)
class Correct(Action):
    """Something was misunderstood: ask for it again.

    ``slot`` is when, people, title, or repeats, which makes it a single meeting; the length has its list.
    """

    draft: str
    revision: int
    slot: str


@action("draft.title")
@dataclass(frozen=True, slots=True)
class SetTitle(Action):
    """What the meeting is about, as typed; None if it was sent empty."""

    form: ClassVar[frozenset[str]] = frozenset({"title"})
    draft: str
    title: str | None = None


@action("meeting.undo")
@dataclass(frozen=True, slots=True)
class UndoMeeting(Action):
    draft: str


@action("meeting.refresh")
@dataclass(frozen=True, slots=True)
class RefreshMeeting(Action):
    """Look again who has answered."""

    draft: str


@action("draft.again")
@dataclass(frozen=True, slots=True)
class Again(Action):
    """Look for a time anew, after the draft was dropped or the meeting taken back."""

    draft: str


@action("slot.book_as_bot")
@dataclass(frozen=True, slots=True)
class BookAsBot(Action):
    """Book with the bot as organizer, although the requester wanted to act as themselves."""

    draft: str
    revision: int
    start: datetime
    anyway: bool = False


@action("login.start")
@dataclass(frozen=True, slots=True)
class StartLogin(Action):
    """Give me my login button, where nobody else sees it."""


@action("help.show")
@dataclass(frozen=True, slots=True)
class ShowHelp(Action):
    topic: str = ""


@action("command.try")
@dataclass(frozen=True, slots=True)
class TryWords(Action):
    """Do as if the person had written this: examples in help, and the nearest commands to an unknown one."""

    words: str

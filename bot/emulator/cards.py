"""Cards on the platform's side: accepted or refused, read as plain text, and tapped."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.emulator.card_check import Check
from bot.emulator.card_rules import INTERACTIVE, contract
from bot.emulator.card_shape import CardFault, walk
from bot.emulator.card_text import Names, Reader
from bot.emulator.kernel import Refusal

if TYPE_CHECKING:
    from bot.emulator.state import World

Json = dict[str, Any]

# What the card-entity calls answer themselves instead of wrapping it in 230099.
ENTITY_CODES = {300301: 300301, 300302: 300302, 11310: 300305}


def validate(card: Json, world: World) -> None:
    """Refuse as the message calls do: 230025 when too long, 230099 with the sub-code in its words otherwise."""
    if size_of(card) > contract()["rules"]["max_bytes"]:
        raise Refusal(230025)
    try:
        check(card, world)
    except CardFault as fault:
        tail = " code:230099" if fault.code == 11310 else ""
        raise Refusal(230099, msg=f"Failed to create card content, ext={fault}{tail}") from fault


def validate_entity(card: Json, world: World) -> None:
    """Refuse as the card-entity calls (cardkit) do, with codes of their own."""
    if not card:
        raise Refusal(300307)
    if size_of(card) > contract()["rules"]["max_bytes"]:
        raise Refusal(200860)
    if card.get("schema") != "2.0":
        raise Refusal(300303)
    try:
        check(card, world)
    except CardFault as fault:
        raise Refusal(
            ENTITY_CODES.get(fault.code, 200220), msg=f"Failed to generate card content, ext={fault}"
        ) from fault


def check(card: Json, world: World) -> None:
    """Raise ``CardFault`` for a card the platform would not show. The older JSON 1.0 is only checked for people."""
    if card.get("schema", "1.0") == "1.0" and "body" not in card:
        checker = Check(partial(knows, world))
        for element in elements_of(card):
            for text in (element, element.get("text")):
                if isinstance(text, dict) and text.get("tag") in ("markdown", "lark_md"):
                    checker.markdown(str(text.get("content", "")), "ROOT -> elements")
        return
    Check(partial(knows, world)).card(card)


def knows(world: World, some_id: str) -> bool:
    """Is this the open_id, user_id, union_id or address of somebody here?"""
    return any(world.person(some_id, kind) is not None for kind in ("open_id", "user_id", "union_id", "email"))


def size_of(card: Json) -> int:
    return len(json.dumps(card, ensure_ascii=False, separators=(",", ":")).encode())


def plain_text(card: Json, *, language: str, timezone: str, names: Names | None = None) -> str:
    """The card as this reader's client shows it; ``names`` turns the id of a person into a name."""
    reader = Reader(card, language=language, timezone=timezone, names=names)
    header = card.get("header", {})
    lines = [reader.words(header.get("title")), reader.words(header.get("subtitle"))]
    tags = header.get("i18n_text_tag_list", {}).get(reader.locale) or header.get("text_tag_list", [])
    lines.append(" ".join(f"[{reader.words(tag.get('text'))}]" for tag in tags))
    lines.extend(reader.lines(reader.elements(card)))
    return "\n".join(line.rstrip() for line in lines if line.strip())


@dataclass(frozen=True, slots=True)
class Control:
    """Something in a card that can be tapped or filled in."""

    component: Json
    form: Json | None = None

    @property
    def tag(self) -> str:
        return str(self.component["tag"])

    @property
    def element_id(self) -> str | None:
        return self.component.get("element_id")

    @property
    def name(self) -> str | None:
        return self.component.get("name")

    @property
    def disabled(self) -> bool:
        return bool(self.component.get("disabled", False))

    @property
    def submits(self) -> bool:
        return self.component.get("form_action_type") == "submit"

    @property
    def callback(self) -> bool:
        """Does a tap reach the app? A form's fields and its reset button stay in the client."""
        if self.form is not None:
            return self.submits or (self.tag == "button" and self._behavior("callback") is not None)
        if self.tag in ("button", "checker", "interactive_container", "input"):
            return self._behavior("callback") is not None or "value" in self.component
        return self.tag in INTERACTIVE

    @property
    def value(self) -> Any:
        """What the developer put in, handed back with the tap."""
        behavior = self._behavior("callback")
        return self.component.get("value") if behavior is None else behavior.get("value")

    @property
    def url(self) -> str | None:
        behavior = self._behavior("open_url")
        return self.component.get("url") if behavior is None else behavior.get("default_url")

    @property
    def options(self) -> list[Json]:
        options: list[Json] = self.component.get("options", [])
        return options

    def option(self, text_or_value: str) -> str | None:
        """The value of the option with this value, or this text in any language."""
        for option in self.options:
            if option.get("value") == text_or_value or text_or_value in spoken(option.get("text")):
                return str(option.get("value"))
        return None

    def labels(self) -> list[str]:
        """Every text it can be known by, in all languages."""
        if self.tag == "interactive_container":
            return [text for part in walk(self.component.get("elements")) for text in spoken(part)]
        return [*spoken(self.component.get("text")), *spoken(self.component.get("placeholder"))]

    def _behavior(self, kind: str) -> Json | None:
        behaviors: list[Json] = self.component.get("behaviors", [])
        return next((behavior for behavior in behaviors if behavior.get("type") == kind), None)


def controls(card: Json) -> Iterator[Control]:
    """Everything interactive, in reading order."""
    whole = card.get("i18n_elements") or {}
    first = next(iter(whole.values()), None)
    yield from _controls(card.get("body", card).get("elements", first), None)


def _controls(node: object, form: Json | None) -> Iterator[Control]:
    if isinstance(node, list):
        for item in node:
            yield from _controls(item, form)
    elif isinstance(node, dict):
        if node.get("tag") in INTERACTIVE:
            yield Control(node, form)
        inside = node if node.get("tag") == "form" else form
        for key in ("elements", "columns", "actions", "button_area", "buttons", "extra"):
            if key in node:
                yield from _controls(node[key], inside)


def buttons(card: Json, *, language: str) -> list[Json]:
    """What a person can tap: text in their language, element_id, value, disabled; selects also list their options."""
    reader = Reader(card, language=language, timezone="UTC")
    found = []
    for control in controls(card):
        if not control.callback and control.url is None:
            continue
        row: Json = {
            "text": _label(control, reader),
            "element_id": control.element_id,
            "value": control.value,
            "disabled": control.disabled,
        }
        if control.options:
            row["options"] = [
                {"text": reader.words(option.get("text")), "value": option.get("value")} for option in control.options
            ]
        if control.url is not None:
            row["url"] = control.url
        found.append(row)
    return found


def _label(control: Control, reader: Reader) -> str:
    if control.tag == "interactive_container":
        return " ".join(reader.lines(control.component.get("elements")))
    return reader.words(control.component.get("text")) or reader.words(control.component.get("placeholder"))


def find_control(card: Json, text_or_element_id: str) -> Control | None:
    """The control with this element_id, or this name, or this text in any language (capitals do not matter)."""
    every = list(controls(card))
    for control in every:
        if text_or_element_id in (control.element_id, control.name):
            return control
    wanted = text_or_element_id.strip()
    for same in (str, str.casefold):
        for control in every:
            if same(wanted) in [same(label.strip()) for label in control.labels()]:
                return control
    return None


def spoken(text: object) -> list[str]:
    """A text in all its languages."""
    if not isinstance(text, dict):
        return []
    return [str(words) for words in (text.get("content"), *text.get("i18n_content", {}).values()) if words]


def elements_of(card: Json) -> Iterator[Json]:
    for elements in (card.get("elements", []), *card.get("i18n_elements", {}).values()):
        yield from walk(elements)

"""The kit cards are built from: elements, ``render`` and ``plain_text``.

Only this module knows the platform's JSON, escapes what people typed, and counts bytes and elements.
https://open.feishu.cn/document/feishu-cards/card-json-v2-structure
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.cards import chart
from bot.cards.actions import pack
from bot.cards.elements import (
    Button,
    Buttons,
    Card,
    Column,
    Columns,
    DateTimePicker,
    Divider,
    Element,
    Field,
    Form,
    FreeBusyChart,
    Input,
    Link,
    Look,
    Markdown,
    Note,
    Option,
    Panel,
    People,
    PersonPicker,
    Select,
)
from bot.cards.plain import plain_text
from bot.i18n import DEFAULT, LOCALES, T, Text
from bot.i18n import render as say

MAX_BYTES = 30 * 1024
MAX_ELEMENTS = 200

__all__ = [
    "MAX_BYTES",
    "MAX_ELEMENTS",
    "Button",
    "Buttons",
    "Card",
    "CardTooLarge",
    "Column",
    "Columns",
    "DateTimePicker",
    "Divider",
    "Element",
    "Field",
    "Form",
    "FreeBusyChart",
    "Input",
    "Link",
    "Look",
    "Markdown",
    "Note",
    "Option",
    "Panel",
    "People",
    "PersonPicker",
    "Select",
    "plain_text",
    "render",
    "weight",
]


class CardTooLarge(Exception):
    """More than the platform takes: 30 KB, or 200 elements."""


def render(card: Card) -> dict[str, Any]:
    """The card as the platform takes it, in every language at once. When it is too much, the pictures go first."""
    found = _whole(card)
    if weight(found) > MAX_BYTES:
        found = _whole(replace(card, body=[each for each in card.body if not isinstance(each, FreeBusyChart)]))
    if (size := weight(found)) > MAX_BYTES:
        raise CardTooLarge(f"{size} bytes, {MAX_BYTES} are allowed")
    if (count := sum(1 for _ in _tagged(found))) > MAX_ELEMENTS:
        raise CardTooLarge(f"{count} elements, {MAX_ELEMENTS} are allowed")
    return found


def _whole(card: Card) -> dict[str, Any]:
    header: dict[str, Any] = {"title": _plain(card.title), "template": card.template}
    if card.subtitle is not None:
        header["subtitle"] = _plain(card.subtitle)
    summary = _plain(card.summary or card.title)
    del summary["tag"]
    return {
        "schema": "2.0",
        "config": {"update_multi": True, "summary": summary},
        "header": header,
        "body": {"elements": [_element(element) for element in card.body]},
    }


def weight(found: Mapping[str, Any]) -> int:
    """The bytes of a rendered card on the wire."""
    return len(json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode())


def _tagged(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("tag"), str):
            yield node["tag"]
        for key, item in node.items():
            if key != "chart_spec":
                yield from _tagged(item)
    elif isinstance(node, list):
        for item in node:
            yield from _tagged(item)


def _plain(text: Text) -> dict[str, Any]:
    return {"tag": "plain_text"} | _languages({tag: say(text, tag) for tag in LOCALES})


def _markdown(text: Text | Sequence[Text], size: str = "normal", *, grey: bool = False) -> dict[str, Any]:
    lines = [text] if isinstance(text, T | str) else text
    words = {tag: "\n".join(say(line, tag, markdown=True) for line in lines) for tag in LOCALES}
    if grey:
        words = {tag: f"<font color='grey'>{said}</font>" for tag, said in words.items()}
    return {"tag": "markdown"} | _languages(words) | ({} if size == "normal" else {"text_size": size})


def _languages(words: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {"content": words[DEFAULT]}
    if len(set(words.values())) > 1:  # a name is the same in every language: no need to say it four times
        found["i18n_content"] = dict(words)
    return found


def _element(element: Element) -> dict[str, Any]:
    match element:
        case Markdown():
            return _markdown(element.text, element.size)
        case Note():
            return _markdown(element.text, "notation", grey=True)
        case Field():
            return _markdown(T("kit.field", label=element.label, value=element.value))
        case Divider():
            return {"tag": "hr"}
        case People():
            persons = [{"id": open_id} for open_id in element.open_ids]
            return {"tag": "person_list", "persons": persons, "show_avatar": True, "drop_invalid_user_id": True}
        case FreeBusyChart():
            return {"tag": "chart", "chart_spec": chart.spec(element.rows, element.zone), "aspect_ratio": "2:1"}
        case Button() | Link():
            return _button(element)
        case Select() | DateTimePicker() | PersonPicker() | Input():
            return _field(element)
        case Form() | Columns() | Buttons() | Panel():
            return _container(element)


_LOOKS = {"default": "default", "primary": "primary_filled", "danger": "danger"}


def _button(button: Button | Link, submits: str | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {"tag": "button", "text": _plain(button.text), "type": _LOOKS[button.style]}
    if button.element_id or submits:
        found["element_id"] = button.element_id or submits
    if isinstance(button, Link):
        return found | {"behaviors": [{"type": "open_url", "default_url": button.url}]}
    found["behaviors"] = [{"type": "callback", "value": pack(button.action)}]
    if button.wide:
        found["width"] = "fill"
    if button.disabled:
        found["disabled"] = True
    if button.confirm is not None:
        found["confirm"] = {"title": _plain(button.text), "text": _plain(button.confirm)}
    if submits:
        found |= {"name": submits, "form_action_type": "submit"}
    return found


def _field(element: Select | DateTimePicker | PersonPicker | Input) -> dict[str, Any]:
    found: dict[str, Any] = {"placeholder": _plain(element.placeholder)}
    if element.name:
        found["name"] = element.name
    match element:
        case Select():
            found |= {"tag": "select_static", "options": [_option(option) for option in element.options]}
            if element.action is not None:
                found["behaviors"] = [{"type": "callback", "value": pack(element.action)}]
            found |= {"initial_option": element.initial} if element.initial else {}
            found |= {"disabled": True} if element.disabled else {}
            found |= {"element_id": element.element_id} if element.element_id else {}
        case DateTimePicker():
            # The page asks for a value object; inside a form nothing of it ever comes back.
            found |= {"tag": "picker_datetime", "value": {"field": element.name}, "required": element.required}
            found |= {"initial_datetime": element.initial} if element.initial else {}
        case PersonPicker():
            found |= {"tag": "multi_select_person", "required": False}
            found |= {"options": [{"value": who} for who in element.options]} if element.options else {}
            found |= {"selected_values": list(element.selected)} if element.selected else {}
        case Input():
            found |= {"tag": "input", "required": element.required}
            found |= {"label": _plain(element.label)} if element.label is not None else {}
            found |= {"default_value": element.initial} if element.initial else {}
    return found


def _option(option: Option) -> dict[str, Any]:
    return {"text": _plain(option.text), "value": option.value}


def _container(element: Form | Columns | Buttons | Panel) -> dict[str, Any]:
    match element:
        case Form():
            inner = [_element(each) for each in element.elements]
            return {
                "tag": "form",
                "name": element.name,
                "elements": [*inner, _button(element.submit, submits=f"{element.name}_submit")],
            }
        case Columns():
            columns = [_column(column) for column in element.columns]
            return {"tag": "column_set", "flex_mode": "stretch", "columns": columns}
        case Buttons():
            columns = [_column(Column([button])) for button in element.buttons]
            return {"tag": "column_set", "flex_mode": "flow", "columns": columns}
        case Panel():
            return {
                "tag": "collapsible_panel",
                "expanded": element.expanded,
                "header": {"title": _plain(element.title)},
                "elements": [_element(each) for each in element.elements],
            }


def _column(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {"tag": "column", "elements": [_element(each) for each in column.elements]}
    if column.weight is None:
        return found | {"width": "auto", "vertical_align": "center"}
    return found | {"width": "weighted", "weight": column.weight}

"""The generic half of checking a card: properties, types, text objects, markdown, behaviours, people."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.emulator.card_rules import (
    LENGTH,
    TEXT_TAGS,
    locales,
)

Json = dict[str, Any]

TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "object": dict,
    "array": list,
}
TEXT_KEYS = frozenset(
    {"tag", "content", "i18n_content", "element_id", "text_size", "text_color", "text_align", "lines"}
)
TEXT_NAMES = frozenset({"text", "title", "subtitle", "hover_tips", "disabled_tips", "placeholder", "label", "alt"})
EXACT = frozenset(
    {"tag", "type", "horizontal_align", "vertical_align", "direction", "flex_mode", "form_action_type", "style"}
    | {"color_theme", "scale_type", "combination_mode", "layout", "input_type", "label_position", "pc_display_rule"}
    | {"icon_position", "template"}
)
SPACES = frozenset({"margin", "padding", "horizontal_spacing", "vertical_spacing", "corner_radius"})
NAMED_LENGTHS = frozenset({"small", "medium", "large", "extra_large"})
DATETIME_FORMATS = frozenset(["date_num", "date_short", "date", "week", "week_short", "time", "time_sec", "timezone"])
TAG = re.compile(r"</?([a-z_]+)((?:\s+[a-z_]+\s*=\s*(?:'[^']*'|\"[^\"]*\"|[^\s>]+))*)\s*/?>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"([a-z_]+)\s*=\s*(?:'([^']*)'|\"([^\"]*)\"|([^\s>]+))", re.IGNORECASE)


class CardFault(Exception):
    """What is wrong with a card: the sub-code, where, in which words, and the value that caused it."""

    def __init__(self, code: int, words: str, *, path: str | None = None, value: object = None):
        super().__init__(code, words)
        self.code, self.words, self.path, self.value = code, words, path, value

    def __str__(self) -> str:
        where = f" ErrPath: {self.path};" if self.path else ""
        what = f" ErrorValue: {self.value}" if self.value is not None else ""
        return f"ErrCode: {self.code};{where} ErrMsg: {self.words};{what}"


@dataclass(slots=True)
class Shape:
    """One pass over one card, as far as the contract's schemas and text go."""

    knows: Callable[[str], bool]  # is there a person with this id or address?
    elements: int = 0

    def against(self, given: Json, schema: Json, path: str) -> None:
        self.keys(given, schema["properties"], path)
        for key in schema.get("required", ()):
            if key not in given:
                raise CardFault(200220, f"{key} is required", path=f"{path} -> {key}")
        for key, value in given.items():
            self.value(value, schema["properties"][key], f"{path} -> {key}", key)

    def value(self, value: object, schema: Json, path: str, key: str) -> None:
        if "$locales" in schema:
            self.locale_map(value, path)
            return
        kinds = schema.get("type")
        allowed = [kinds] if isinstance(kinds, str) else list(kinds or ())
        if allowed and not any(matches(value, kind) for kind in allowed):
            raise self.bad(path, value)
        if ("const" in schema and value != schema["const"]) or (
            key in EXACT and "x-values" in schema and value not in schema["x-values"]
        ):
            raise self.bad(path, value)
        if key in SPACES:
            self.length(value, path)
        if key == "behaviors":
            self.behaviors(value, path)
        elif isinstance(value, dict):
            self.mapping_value(value, schema, path, key)
        elif isinstance(value, list) and "items" in schema:
            for index, item in enumerate(value):
                self.value(item, schema["items"], f"{path} -> [{index}]", "")

    def length(self, value: object, path: str) -> None:
        if value not in NAMED_LENGTHS and not LENGTH.fullmatch(str(value)):
            raise self.bad(path, value)

    def mapping_value(self, value: Json, schema: Json, path: str, key: str) -> None:
        tagged = str(value.get("tag")) in TEXT_TAGS and "content" in schema.get("properties", {"content": {}})
        if tagged or (key in TEXT_NAMES and value.get("tag") != "markdown"):
            self.text(value, schema, path)
        elif "properties" in schema:
            extra = {"i18n_content": {"$locales": "string"}} if "content" in schema["properties"] else {}
            self.against(value, {**schema, "properties": {**schema["properties"], **extra}}, path)

    def text(self, text: Json, schema: Json, path: str) -> None:
        if not text:
            return
        self.elements += 1
        self.keys(text, TEXT_KEYS, path)
        wanted = schema.get("properties", {}).get("tag", {})
        tags = [wanted["const"]] if "const" in wanted else TEXT_TAGS
        if str(text.get("tag")) not in tags:
            raise self.bad(f"{path} -> tag", text.get("tag"))
        if not isinstance(text.get("content", ""), str):
            raise self.bad(f"{path} -> content", text["content"])
        self.translations(text, path)
        if text["tag"] == "lark_md":
            for words in texts(text):
                self.markdown(words, path)

    def translations(self, text: Json, path: str) -> None:
        if "i18n_content" in text:
            self.locale_map(text["i18n_content"], f"{path} -> i18n_content")

    def locale_map(self, value: object, path: str) -> None:
        for locale, words in self.mapping(value, path).items():
            if locale not in locales() or not isinstance(words, str):
                raise self.bad(path, locale)

    def behaviors(self, behaviors: object, path: str) -> None:
        if not isinstance(behaviors, list):
            raise self.bad(path, behaviors)
        for behavior in behaviors:
            kind = self.mapping(behavior, path).get("type")
            if kind == "callback":
                self.keys(behavior, ("type", "value"), path)
                if not isinstance(behavior.get("value", {}), dict | str):
                    raise self.bad(f"{path} -> value", behavior["value"])
            elif kind == "open_url":
                self.keys(behavior, ("type", "default_url", "pc_url", "ios_url", "android_url"), path)
            else:
                raise self.bad(f"{path} -> type", kind)

    def markdown(self, text: str, path: str) -> None:
        for tag, attributes in markdown_tags(text):
            if tag == "local_datetime":
                if attributes.get("format_type", "date_num") not in DATETIME_FORMATS:
                    raise self.bad(path, attributes["format_type"])
                if not attributes.get("millisecond", "0").lstrip("-").isdigit():
                    raise self.bad(path, attributes["millisecond"])
            for person in people_in(tag, attributes):
                self.person(person)

    def person(self, some_id: str) -> None:
        if some_id != "all" and not self.knows(some_id):
            raise CardFault(100290, "There is an invalid user resource(at/person) in your card", value=some_id)

    def keys(self, given: Json, allowed: Iterable[str], path: str) -> None:
        unknown = [key for key in given if key not in allowed]
        if unknown:
            raise CardFault(200220, f"unknown property, position: {path}, property: {unknown[0]}", path=path)

    def mapping(self, value: object, path: str) -> Json:
        if not isinstance(value, dict):
            raise self.bad(path, value)
        return value

    def bad(self, path: str, value: object) -> CardFault:
        return CardFault(200220, "invalid property value", path=path, value=value)


def matches(value: object, kind: str) -> bool:
    """JSON's idea of a type: true is not a number."""
    return isinstance(value, TYPES[kind]) and not (isinstance(value, bool) and kind in ("integer", "number"))


def walk(node: object) -> Iterator[Json]:
    """Every component below a node, in reading order."""
    if isinstance(node, list):
        for item in node:
            yield from walk(item)
    elif isinstance(node, dict):
        if "tag" in node:
            yield node
        for key in ("elements", "columns", "actions", "button_area", "buttons", "extra"):
            if key in node:
                yield from walk(node[key])


def texts(element: Json) -> Iterator[str]:
    """A text in all its languages."""
    if isinstance(element.get("content"), str):
        yield element["content"]
    yield from element.get("i18n_content", {}).values()


def markdown_tags(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    for found in TAG.finditer(text):
        attributes = {
            name.lower(): html.unescape(single or double or bare)
            for name, single, double, bare in ATTRIBUTE.findall(found[2])
        }
        if not found[0].startswith("</"):
            yield found[1].lower(), attributes


def people_in(tag: str, attributes: dict[str, str]) -> Iterator[str]:
    if tag == "person" and "id" in attributes:
        yield attributes["id"]
    elif tag == "at":
        for key in ("id", "user_id", "open_id", "email"):
            if key in attributes:
                yield attributes[key]
        yield from (one.strip() for one in attributes.get("ids", "").split(",") if one.strip())

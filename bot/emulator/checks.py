"""Schemas turned into plain functions once, so that checking a request costs microseconds."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.emulator.kernel import Json

PAGE_SIZE = "page_size"
TRUE, FALSE = {"1", "t", "T", "true", "True", "TRUE"}, {"0", "f", "F", "false", "False", "FALSE"}


@dataclass(slots=True)
class Violations:
    """What is wrong with a request, in the words of ``error.field_violations``."""

    items: list[Json] = field(default_factory=list)

    def add(self, name: str, value: Any, description: str) -> None:
        shown = value if isinstance(value, str) else repr(value)
        self.items.append({"field": name, "value": shown[:200], "description": description})


Check = Callable[[Any, str, Violations], None]
Convert = Callable[[Sequence[str], str, Violations], Any]

_TYPES: dict[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}


def compile_check(schema: Json) -> Check:
    """A function that reports every way a JSON value breaks ``schema``."""
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else list(kinds)
    tests = [_TYPES[kind] for kind in kinds if kind in _TYPES]
    wanted = " or ".join(kinds)
    bounds = _bounds(schema)
    inside = _inside(schema)

    def check(value: Any, name: str, found: Violations) -> None:
        if tests and not any(test(value) for test in tests):
            found.add(name, value, f"{wanted} expected")
            return
        for bound in bounds:
            bound(value, name, found)
        if inside is not None:
            inside(value, name, found)

    return check


def _bounds(schema: Json) -> list[Check]:
    rules: list[Check] = []

    def rule(broken: Callable[[Any], bool], words: str) -> None:
        def check(value: Any, name: str, found: Violations) -> None:
            if broken(value):
                found.add(name, value, words)

        rules.append(check)

    if (enum := schema.get("enum")) is not None:
        rule(lambda value: value not in enum, f"one of {', '.join(map(str, enum))} expected")
    if "const" in schema:
        rule(lambda value: value != schema["const"], f"{schema['const']} expected")
    if (least := schema.get("minLength")) is not None:
        rule(lambda value: isinstance(value, str) and len(value) < least, f"the minimum length is {least}")
    if (most := schema.get("maxLength")) is not None:
        rule(lambda value: isinstance(value, str) and len(value) > most, f"the maximum length is {most}")
    if (low := schema.get("minimum")) is not None:
        rule(lambda value: isinstance(value, int | float) and value < low, f"the minimum value is {low}")
    if (high := schema.get("maximum")) is not None:
        rule(lambda value: isinstance(value, int | float) and value > high, f"the maximum value is {high}")
    if (few := schema.get("minItems")) is not None:
        rule(lambda value: isinstance(value, list) and len(value) < few, f"at least {few} items expected")
    if (many := schema.get("maxItems")) is not None:
        rule(lambda value: isinstance(value, list) and len(value) > many, f"at most {many} items allowed")
    if (pattern := schema.get("pattern")) is not None:
        seek = re.compile(pattern).search
        rule(lambda value: isinstance(value, str) and seek(value) is None, f"{pattern} expected")
    return rules


def _inside(schema: Json) -> Check | None:
    if "items" in schema:
        return _list_check(compile_check(schema["items"]))
    # An object without listed properties is free-form (a card, a template's variables).
    if schema.get("properties"):
        return _object_check(schema)
    return None


def _list_check(item: Check) -> Check:
    def check(value: Any, name: str, found: Violations) -> None:
        if isinstance(value, list):
            for index, one in enumerate(value):
                item(one, f"{name}[{index}]", found)

    return check


def _object_check(schema: Json) -> Check:
    checks = {name: compile_check(inner) for name, inner in schema["properties"].items()}
    required = tuple(schema.get("required", ()))
    closed = not schema.get("additionalProperties", False)

    def check(value: Any, name: str, found: Violations) -> None:
        if not isinstance(value, dict):
            return
        prefix = f"{name}." if name else ""
        for key, inner in value.items():
            if (one := checks.get(key)) is None:
                if closed:
                    found.add(prefix + key, inner, "unknown field")
            elif inner is not None:  # null reads as absent
                one(inner, prefix + key, found)
        for key in required:
            if value.get(key) is None:
                found.add(prefix + key, "", f"{key} is required")

    return check


def compile_query(name: str, schema: Json) -> Convert:
    """A function from the text of a query parameter to its value."""
    if schema.get("type") == "array":
        item = compile_query(name, schema.get("items", {"type": "string"}))
        whole = _bounds(schema)

        def many(texts: Sequence[str], label: str, found: Violations) -> Any:
            values = [item((text,), label, found) for text in texts]
            for bound in whole:
                bound(values, label, found)
            return values

        return many
    kind, clamp = schema.get("type"), schema.get("x-clamp-minimum")
    bounds = _bounds(schema)

    def one(texts: Sequence[str], label: str, found: Violations) -> Any:
        try:
            value = _scalar(texts[-1], kind)
        except ValueError:
            found.add(label, texts[-1], f"{kind} expected")
            return None
        if clamp is not None and value < clamp:
            value = clamp
        for bound in bounds:
            bound(value, label, found)
        return value

    return one


def _scalar(text: str, kind: str | None) -> Any:
    if kind == "integer":
        return int(text)
    if kind == "number":
        return float(text)
    if kind == "boolean":
        if text in TRUE:
            return True
        if text in FALSE:
            return False
        raise ValueError(text)
    return text

"""The platform's documented calls as data, and the way from a request to its row."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from bot.emulator.checks import PAGE_SIZE, Check, Convert, Violations, compile_check, compile_query
from bot.emulator.kernel import Json, Refusal

FOLDER = Path(__file__).resolve().parent / "contract"
FIELD_VALIDATION = 99992402
# The codes documents use for "a parameter is wrong", most telling first; an endpoint has one or two of them.
PARAMETER_CODES = (190014, 190002, 230001, 232001, 40001, 121003, 10003, 20001, 10002)
# Whoever holds one of these is told every message of a group, not only those that mention the bot.
ALL_GROUP_MESSAGES = frozenset({"im:message.group_msg", "im:message.group_msg:readonly"})


TOO_MANY = {"user_ids": 198001, "calendar_ids": 198007}


@dataclass(slots=True)
class Row:
    """One documented call, with its checks compiled."""

    name: str
    method: str
    path: str
    tokens: tuple[str, ...]
    scopes_any: tuple[str, ...]
    rate_limit: str | None
    envelope: str
    raw: Json
    query: dict[str, Convert] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    defaults: Json = field(default_factory=dict)
    body: Check | None = None
    errors: dict[int, Json] = field(default_factory=dict)
    invalid: int = FIELD_VALIDATION

    def params(self, found: Mapping[str, str], query: Sequence[tuple[str, str]], violations: Violations) -> Json:
        """Path and query parameters converted, with defaults filled in."""
        texts: dict[str, list[str]] = {}
        for name, text in query:
            texts.setdefault(name, []).append(text)
        params: Json = {**self.defaults, **found}
        for name, values in texts.items():
            if (convert := self.query.get(name)) is None:
                violations.add(name, values[-1], "unknown query parameter")
            elif values != [""]:  # an empty value reads as absent
                params[name] = convert(values, name, violations)
        for name in self.required:
            if name not in params:
                violations.add(name, "", f"{name} is required")
        return params

    def check(self, body: Json, violations: Violations) -> None:
        if self.body is not None:
            self.body(body, "", violations)
        elif body:
            for name, value in body.items():
                violations.add(name, value, "unknown field")

    def refuse(self, violations: Violations) -> None:
        if not violations.items:
            return
        for item in violations.items:  # some lists have a code of their own for being too long
            code = TOO_MANY.get(item["field"])
            if code in self.errors and item["description"].startswith("at most"):
                raise Refusal(code, error={"field_violations": violations.items})
        paging = any(item["field"] == PAGE_SIZE for item in violations.items)
        raise Refusal(FIELD_VALIDATION if paging else self.invalid, error={"field_violations": violations.items})


@dataclass(slots=True)
class Contract:
    """All rows, found by name, or by method and path."""

    rows: dict[str, Row]
    gateway: dict[int, str]
    _fixed: dict[tuple[str, str], list[Row]] = field(default_factory=dict)
    _open: dict[tuple[str, int], list[tuple[list[str], Row]]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for row in self.rows.values():
            if ":" in row.path:
                parts = row.path.split("/")
                self._open[row.method, len(parts)].append((parts, row))
            else:
                self._fixed.setdefault((row.method, row.path), []).append(row)
        for templates in self._open.values():  # ".../events/search" before ".../events/:event_id"
            templates.sort(key=lambda pair: sum(part.startswith(":") for part in pair[0]))

    def find(self, method: str, path: str) -> tuple[list[Row], dict[str, str]]:
        """The rows of a method and path (two for the OAuth exchange, told apart by their body) and path parameters."""
        if (rows := self._fixed.get((method, path))) is not None:
            return rows, {}
        parts = path.split("/")
        for template, row in self._open.get((method, len(parts)), ()):
            if (found := _match(template, parts)) is not None:
                return [row], found
        return [], {}

    def knows(self, path: str) -> bool:
        return any(self.find(method, path)[0] for method in ("GET", "POST", "PUT", "PATCH", "DELETE"))

    def scopes(self) -> frozenset[str]:
        """What the default app is granted: every scope of a call or event, except reading all group messages."""
        wanted = {scope for row in self.rows.values() for scope in (*row.scopes_any, *row.raw.get("field_scopes", ()))}
        wanted |= {scope for event in events().values() for scope in event.get("scopes_any", ())}
        return frozenset((wanted | {"offline_access"}) - ALL_GROUP_MESSAGES)


def _match(template: Sequence[str], parts: Sequence[str]) -> dict[str, str] | None:
    found: dict[str, str] = {}
    for wanted, part in zip(template, parts, strict=True):
        if wanted.startswith(":"):
            if not part:
                return None
            found[wanted[1:]] = part
        elif wanted != part:
            return None
    return found


def _row(raw: Json) -> Row:
    query = {one["name"]: compile_query(one["name"], one["schema"]) for one in raw.get("query_params", ())}
    errors = {int(error["code"]): error for error in raw.get("errors", ())}
    return Row(
        name=raw["name"],
        method=raw["method"],
        path=raw["path"],
        tokens=tuple(raw.get("tokens", ())),
        scopes_any=tuple(raw.get("scopes_any", ())),
        rate_limit=raw.get("rate_limit"),
        envelope=raw["response_envelope"],
        raw=raw,
        query=query,
        required=tuple(one["name"] for one in raw.get("query_params", ()) if one["required"]),
        defaults={
            one["name"]: one["schema"]["default"] for one in raw.get("query_params", ()) if "default" in one["schema"]
        },
        body=compile_check(raw["request_body"]) if raw.get("request_body") else None,
        errors=errors,
        invalid=next((code for code in PARAMETER_CODES if code in errors), FIELD_VALIDATION),
    )


def _read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


@cache
def contract() -> Contract:
    """The contract that ships with the emulator; immutable in use, so read once per process."""
    data = _read("endpoints.json")
    return Contract(
        {raw["name"]: _row(raw) for raw in data["endpoints"]},
        {item["code"]: item["msg"] for item in data["gateway_errors"]},
    )


@cache
def events() -> dict[str, Json]:
    """The documented pushes by type."""
    return {row["event_type"]: row for row in _read("events.json")["events"]}

"""One declaration per platform call: where it goes, what it needs, whether it may be sent twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.feishu import sdk

ParamValue = str | int | bool | list[str] | None


@dataclass(frozen=True, slots=True)
class Request:
    """A call ready to be sent, without its token."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    tokens: frozenset[str]  # which kinds of token it takes: "tenant", "user"; empty: none
    body: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A platform call as its page describes it.

    ``sdk`` names the vendor's request class (``calendar.v4:GetCalendarRequest``), which knows method, path and token
    kinds. The few calls the SDK has no class for say them here instead, and ``tokens`` narrows where the pages do.
    ``repeatable`` calls change nothing when sent twice; others are repeated only when a key makes that harmless or
    when they surely did not arrive.
    """

    name: str
    feature: str  # what people get by it, for the list of scopes
    doc: str
    scopes: tuple[str, ...] = ()  # any one is enough
    sdk: str = ""
    method: str = ""
    path: str = ""
    tokens: tuple[str, ...] = ()
    repeatable: bool = False

    def request(self, params: Mapping[str, ParamValue], body: Any = None) -> Request:
        """The request with these path and query parameters; a name the call does not have is an error."""
        given = {name: value for name, value in params.items() if value is not None}
        return self._from_sdk(given, body) if self.sdk else self._raw(given, body)

    def load(self) -> None:
        """Import the vendor's class now rather than at the first call."""
        if self.sdk:
            sdk.request_class(*self.sdk.split(":"))

    def _from_sdk(self, params: Mapping[str, ParamValue], body: Any) -> Request:
        builder = sdk.request_class(*self.sdk.split(":")).builder()
        for name, value in params.items():
            getattr(builder, name)(_text(value))
        made = builder.build()
        path = made.uri
        for name, value in made.paths.items():
            path = path.replace(f":{name}", _quoted(str(value)))
        kinds = frozenset(kind.name.lower() for kind in made.token_types) & set(self.tokens or ("tenant", "user"))
        return Request(made.http_method.name, path, tuple(made.queries), kinds, body)

    def _raw(self, params: Mapping[str, ParamValue], body: Any) -> Request:
        path, query = self.path, []
        for name, value in params.items():
            if f":{name}" in path:
                path = path.replace(f":{name}", _quoted(str(value)))
            elif isinstance(value, list):
                query += [(name, item) for item in value]
            else:
                query.append((name, str(_text(value))))
        return Request(self.method, path, tuple(query), frozenset(self.tokens), body)


def _text(value: ParamValue) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def _quoted(part: str) -> str:
    from urllib.parse import quote

    return quote(part, safe="@")

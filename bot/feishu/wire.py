"""How the platform's answers are read: the envelope around them, and what a refusal says."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from typing import Any, TypeVar, cast

import msgspec

T = TypeVar("T")
Json = dict[str, Any]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Base of everything the platform answers: our own frozen structs; unknown fields are left out."""


class Nothing(Answer, frozen=True):
    """An answer without content."""


class TenantToken(Answer, frozen=True):
    """The app's own token and how many seconds it lives."""

    tenant_access_token: str
    expire: int


class PermissionViolation(Answer, frozen=True):
    """Which scope is missing, and for whom."""

    subject: str = ""
    type: str = ""
    scope: str = ""
    url: str = ""


class FieldViolation(Answer, frozen=True):
    """Which field is wrong, and how."""

    field: str = ""
    value: str = ""
    description: str = ""


class Help(Answer, frozen=True):
    """A page that helps."""

    url: str = ""
    description: str = ""


class Details(Answer, frozen=True):
    """The ``error`` part of a refusal."""

    message: str = ""
    log_id: str = ""
    logid: str = ""
    field_violations: tuple[FieldViolation, ...] = ()
    permission_violations: tuple[PermissionViolation, ...] = ()
    helps: tuple[Help, ...] = ()

    @property
    def scopes(self) -> tuple[str, ...]:
        found = [violation.scope or violation.subject for violation in self.permission_violations]
        return tuple(dict.fromkeys(scope for scope in found if scope))

    @property
    def url(self) -> str:
        urls = [violation.url for violation in self.permission_violations] + [help_.url for help_ in self.helps]
        return next((url for url in urls if url), "")

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(f"{v.field}: {v.description}".strip(": ") for v in self.field_violations)


class Head(Answer, frozen=True):
    """What decides between success and refusal: ``code``, never the HTTP status alone."""

    code: int = 0
    msg: str | None = None
    data: msgspec.Raw = msgspec.Raw(b"")
    error: msgspec.Raw = msgspec.Raw(b"")
    error_description: str | None = None

    @property
    def details(self) -> Details:
        """The ``error`` part; OAuth answers have a plain word there, which tells nothing more than the code."""
        try:
            return read(bytes(self.error), Details) if bytes(self.error).startswith(b"{") else Details()
        except msgspec.ValidationError:
            return Details()


def head(body: bytes) -> Head:
    """The outer part of an answer; raises ``msgspec.DecodeError`` for anything that is not one."""
    found: Head = _decoder(Head).decode(body)
    return found


def read(raw: bytes, type_: type[T]) -> T:
    """Content as one of our structs. Where the platform writes null or "1" for 1, it is read with patience."""
    try:
        found: T = _decoder(cast(Hashable, type_)).decode(raw or b"{}")
    except msgspec.ValidationError:
        found = msgspec.convert(_without_nulls(msgspec.json.decode(raw)) or {}, type_, strict=False)
    return found


@lru_cache(maxsize=256)
def _decoder(type_: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(type_)


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_nulls(item) for name, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_nulls(item) for item in value if item is not None]
    return value

"""Sealing: what leaves this process readable by nobody but its replicas, and unchanged or not at all.

Fernet encrypts and signs; of several keys the first seals and every one opens, so that keys can be replaced in peace.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


class Broken(Exception):
    """Not sealed by us, sealed for something else, or by a key that is gone."""


class Seal:
    """Seals values under ``keys``, newest first. ``purpose`` keeps one use from being taken for another."""

    def __init__(self, keys: Sequence[str], purpose: str) -> None:
        from cryptography.fernet import Fernet, MultiFernet

        self._fernet = MultiFernet([Fernet(key) for key in keys])
        self._purpose = purpose

    def seal(self, value: Any) -> bytes:
        """The value as a token that is safe in an address."""
        return self._fernet.encrypt(self._purpose.encode() + b"\n" + msgspec.json.encode(value))

    def open(self, sealed: bytes, type_: type[T]) -> T:
        """What was sealed; raises ``Broken``. Its age is for the caller to judge, who knows the time."""
        from cryptography.fernet import InvalidToken

        try:
            purpose, _, body = self._fernet.decrypt(sealed).partition(b"\n")
            if purpose != self._purpose.encode():
                raise Broken("sealed for another purpose")
            return msgspec.json.decode(body, type=type_)
        except (InvalidToken, msgspec.DecodeError, ValueError, TypeError) as error:
            raise Broken("not sealed by us") from error

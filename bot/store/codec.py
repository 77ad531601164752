"""Domain values as JSON and back: the one place that knows what msgspec cannot do by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, overload

import msgspec

T = TypeVar("T")


def _plain(value: object) -> object:
    """Read-only mappings are written like dicts; they come back as dicts."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, frozenset):
        return sorted(value)
    raise NotImplementedError(f"{type(value).__name__} cannot be stored")


_encoder = msgspec.json.Encoder(enc_hook=_plain)
_decoders: dict[Any, msgspec.json.Decoder[Any]] = {}


def encode(value: object) -> bytes:
    """The value as compact JSON."""
    return _encoder.encode(value)


@overload
def decode(data: bytes | str, type_: type[T]) -> T: ...
@overload
def decode(data: bytes | str, type_: None = None) -> Any: ...


def decode(data: bytes | str, type_: Any = None) -> Any:
    """The value of this type; plain lists and dicts when none is given."""
    if type_ is None:
        return msgspec.json.decode(data)
    decoder = _decoders.get(type_)
    if decoder is None:
        decoder = _decoders[type_] = msgspec.json.Decoder(type_)
    return decoder.decode(data)

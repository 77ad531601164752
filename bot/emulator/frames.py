"""The binary frames of the long connection: one small protobuf message, written and read by hand.

Fields by number: 1 SeqID, 2 LogID, 3 service, 4 method, 5 headers (repeated: 1 key, 2 value), 6 payload_encoding,
7 payload_type, 8 payload, 9 LogIDNew. The first four are always present.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

CONTROL, DATA = 0, 1
_VARINT, _BYTES = 0, 2


class BadFrame(ValueError):
    """These bytes are no frame."""


@dataclass(slots=True)
class Frame:
    seq_id: int = 0
    log_id: int = 0
    service: int = 0
    method: int = CONTROL
    headers: dict[str, str] = field(default_factory=dict)
    payload: bytes = b""
    payload_encoding: str = ""
    payload_type: str = ""
    log_id_new: str = ""

    def encode(self) -> bytes:
        parts = [_number(1, self.seq_id), _number(2, self.log_id), _number(3, self.service), _number(4, self.method)]
        for key, value in self.headers.items():
            parts.append(_chunk(5, _chunk(1, key.encode()) + _chunk(2, value.encode())))
        for number, text in ((6, self.payload_encoding), (7, self.payload_type)):
            if text:
                parts.append(_chunk(number, text.encode()))
        if self.payload:
            parts.append(_chunk(8, self.payload))
        if self.log_id_new:
            parts.append(_chunk(9, self.log_id_new.encode()))
        return b"".join(parts)


def decode(raw: bytes) -> Frame:
    frame = Frame()
    for number, value in _fields(raw):
        if isinstance(value, int):
            if number in _NUMBERS:
                setattr(frame, _NUMBERS[number], value)
        elif number == 5:
            inner = {key: bytes(text).decode() for key, text in _fields(value) if not isinstance(text, int)}
            frame.headers[inner.get(1, "")] = inner.get(2, "")
        elif number == 8:
            frame.payload = value
        elif number in _TEXTS:
            setattr(frame, _TEXTS[number], value.decode())
    return frame


_NUMBERS = {1: "seq_id", 2: "log_id", 3: "service", 4: "method"}
_TEXTS = {6: "payload_encoding", 7: "payload_type", 9: "log_id_new"}


def _fields(raw: bytes) -> Iterator[tuple[int, int | bytes]]:
    place = 0
    while place < len(raw):
        tag, place = _read_varint(raw, place)
        if tag & 7 == _VARINT:
            number, place = _read_varint(raw, place)
            yield tag >> 3, number
        elif tag & 7 == _BYTES:
            size, place = _read_varint(raw, place)
            if place + size > len(raw):
                raise BadFrame("cut short")
            yield tag >> 3, raw[place : place + size]
            place += size
        else:
            raise BadFrame(f"wire type {tag & 7} is not used here")


def _read_varint(raw: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        if place >= len(raw) or shift > 63:
            raise BadFrame("cut short")
        byte = raw[place]
        value |= (byte & 0x7F) << shift
        place, shift = place + 1, shift + 7
        if not byte & 0x80:
            return value, place


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _number(number: int, value: int) -> bytes:
    return _varint(number << 3 | _VARINT) + _varint(value)


def _chunk(number: int, value: bytes) -> bytes:
    return _varint(number << 3 | _BYTES) + _varint(len(value)) + value

"""From the bytes of a delivery to a typed update; everything that is not the platform's is rejected with a reason.

Pure: no clock, no network. The rules are the platform's pages on event subscription and card callbacks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec

from bot.feishu import crypto
from bot.feishu.payloads import READERS, Envelope, moment
from bot.feishu.updates import (
    BotAdded,
    CardTapped,
    ChatEntered,
    EventChanged,
    Mention,
    MenuTapped,
    MessageReceived,
    PersonId,
    TokenRevoked,
    Unhandled,
    Update,
    UrlVerification,
)

__all__ = [
    "BotAdded",
    "CardTapped",
    "ChatEntered",
    "EventChanged",
    "Mention",
    "MenuTapped",
    "MessageReceived",
    "PersonId",
    "Rejected",
    "Secrets",
    "TokenRevoked",
    "Unhandled",
    "Update",
    "UrlVerification",
    "parse",
    "read",
]

WINDOW = timedelta(minutes=5)  # how old or how far ahead a signature's second may be
MAX_BODY = 1024 * 1024  # bytes

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Secrets:
    """What a delivery is checked against; an empty field is not checked. ``bot_open_id`` tells our own mention."""

    verification_token: str = ""
    encrypt_key: str = ""
    app_id: str = ""
    bot_open_id: str = ""

    def __repr__(self) -> str:
        return f"Secrets(app_id={self.app_id!r})"


class Rejected(Exception):
    """Not a delivery of the platform for this app: ``reason`` is a short name, ``status`` the HTTP answer."""

    def __init__(self, status: int, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.status, self.reason = status, reason


def parse(headers: Mapping[str, str], body: bytes, *, secrets: Secrets, now: datetime) -> Update:
    """Check one delivery and say what it is. ``now`` is the machine's time, to which signatures are compared.

    Raises ``Rejected`` with reason ``too_large``, ``not_json``, ``not_encrypted``, ``undecryptable``, ``unsigned``,
    ``stale``, ``bad_signature``, ``bad_token``, ``wrong_app`` or ``malformed``.
    """
    if len(body) > MAX_BODY:
        raise Rejected(413, "too_large", f"the body is over {MAX_BODY} bytes")
    given = {name.lower(): value for name, value in headers.items()}
    payload = _sealed(given, body, secrets.encrypt_key, now) if secrets.encrypt_key else _plain(body)
    if payload.get("type") == "url_verification":
        _check_token(payload.get("token"), secrets)
        return UrlVerification(str(payload.get("challenge", "")))
    return read(payload, secrets=secrets)


def read(payload: Json, *, secrets: Secrets) -> Update:
    """The update inside an opened delivery; the long connection, which needs no signature, begins here."""
    envelope = _envelope(payload)
    _check_token(envelope.token, secrets)
    if secrets.app_id and envelope.app_id and envelope.app_id != secrets.app_id:
        raise Rejected(403, "wrong_app", f"this delivery is for {envelope.app_id}")
    reader = READERS.get(envelope.event_type)
    if reader is None:
        return Unhandled(event_type=envelope.event_type, event_id=envelope.event_id)
    try:
        return reader(envelope, secrets.bot_open_id)
    except (msgspec.ValidationError, msgspec.DecodeError, ValueError) as error:
        raise Rejected(400, "malformed", f"{envelope.event_type}: {error}") from error


def _plain(body: bytes) -> Json:
    payload = _object(body)
    if "encrypt" in payload:
        raise Rejected(401, "undecryptable", "the body is encrypted, but no encrypt key is set")
    return payload


def _sealed(headers: Mapping[str, str], body: bytes, encrypt_key: str, now: datetime) -> Json:
    """What is inside an encrypted body. Only the check of our address comes without a signature."""
    outer = _object(body)
    signed = bool(headers.get("x-lark-signature") and headers.get("x-lark-request-timestamp"))
    if signed:
        _check_signature(headers, body, encrypt_key, now)
    if "encrypt" not in outer:
        raise Rejected(401, "not_encrypted", "an encrypt key is set, but the body is plain")
    try:
        payload = _object(crypto.decrypt(encrypt_key, str(outer["encrypt"])).encode())
    except (crypto.Undecryptable, Rejected) as error:
        # To a stranger every failure looks the same: what differs would help to guess what is inside.
        refusal = Rejected(401, "undecryptable", "the body was encrypted with another key") if signed else _unsigned()
        raise refusal from error
    if not signed and payload.get("type") != "url_verification":
        raise _unsigned()
    return payload


def _unsigned() -> Rejected:
    return Rejected(401, "unsigned", "the signature headers are missing")


def _object(body: bytes) -> Json:
    try:
        found = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Rejected(400, "not_json", "the body is not JSON") from error
    if not isinstance(found, dict):
        raise Rejected(400, "not_json", "the body is not a JSON object")
    return found


def _check_signature(headers: Mapping[str, str], body: bytes, encrypt_key: str, now: datetime) -> None:
    stamp, nonce = headers["x-lark-request-timestamp"], headers.get("x-lark-request-nonce", "")
    if not crypto.is_signed(headers["x-lark-signature"], stamp, nonce, encrypt_key, body):
        raise Rejected(401, "bad_signature", "the signature is wrong")
    if not stamp.isascii() or not stamp.isdecimal() or abs(now.timestamp() - int(stamp[:12])) > WINDOW.total_seconds():
        raise Rejected(401, "stale", "the signature is older than five minutes, or the machine's clock is wrong")


def _check_token(given: object, secrets: Secrets) -> None:
    if secrets.verification_token and not crypto.same_token(str(given or ""), secrets.verification_token):
        raise Rejected(401, "bad_token", "the verification token is wrong")


def _envelope(payload: Json) -> Envelope:
    event = payload.get("event")
    header = payload.get("header")
    if isinstance(header, dict) and isinstance(event, dict):
        return Envelope(
            event_id=str(header.get("event_id", "")),
            event_type=str(header.get("event_type", "")),
            created=_created(header.get("create_time")),
            token=str(header.get("token", "")),
            app_id=str(header.get("app_id", "")),
            tenant_key=str(header.get("tenant_key", "")),
            event=event,
        )
    if payload.get("type") == "event_callback" and isinstance(event, dict):
        return Envelope(
            event_id=str(payload.get("uuid", "")),
            event_type=str(event.get("type", "")),
            created=_created(payload.get("ts")),
            token=str(payload.get("token", "")),
            app_id=str(event.get("app_id", "")),
            tenant_key=str(event.get("tenant_key", "")),
            event=event,
        )
    raise Rejected(400, "malformed", "neither the new nor the old envelope of an event")


def _created(raw: object) -> datetime:
    try:
        return moment(raw)
    except ValueError:
        raise Rejected(400, "malformed", f"{raw!r} is not a time") from None

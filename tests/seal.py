"""Deliveries as the platform makes them, written from its page on encryption: an independent hand beside both sides."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import time
import uuid
from typing import Any

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


def encrypted(payload: dict[str, Any], key: str) -> bytes:
    """The body: AES-256-CBC under the key's SHA-256, the first sixteen bytes the initial vector."""
    plain = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    pad = padding.PKCS7(128).padder()
    vector = os.urandom(16)
    seal = Cipher(algorithms.AES(hashlib.sha256(key.encode()).digest()), modes.CBC(vector)).encryptor()
    sealed = vector + seal.update(pad.update(plain) + pad.finalize()) + seal.finalize()
    return json.dumps({"encrypt": base64.b64encode(sealed).decode()}, separators=(",", ":")).encode()


def signed(body: bytes, key: str, *, at: float | None = None) -> dict[str, str]:
    """The headers that vouch for a body."""
    stamp, nonce = str(int(time.time() if at is None else at)), uuid.uuid4().hex
    return {
        "X-Lark-Request-Timestamp": stamp,
        "X-Lark-Request-Nonce": nonce,
        "X-Lark-Signature": hashlib.sha256(f"{stamp}{nonce}{key}".encode() + body).hexdigest(),
        "Content-Type": "application/json",
    }


def message(
    text: str, *, token: str, app_id: str, sender: str, chat_id: str, message_id: str = "", event_id: str = ""
) -> dict[str, Any]:
    """``im.message.receive_v1`` from one person to the bot alone."""
    now = str(int(time.time() * 1000))
    return {
        "schema": "2.0",
        "header": {
            "event_id": event_id or uuid.uuid4().hex, "event_type": "im.message.receive_v1", "token": token,
            "app_id": app_id, "tenant_key": "t", "create_time": now,
        },
        "event": {
            "sender": {"sender_id": {"open_id": sender}, "sender_type": "user", "tenant_key": "t"},
            "message": {
                "message_id": message_id or f"om_{uuid.uuid4().hex}", "chat_id": chat_id, "chat_type": "p2p",
                "message_type": "text", "create_time": now, "content": json.dumps({"text": text}),
            },
        },
    }  # fmt: skip

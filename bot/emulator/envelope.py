"""How a push looks on the wire: compact JSON, encrypted and signed when the app has an encrypt key."""

from __future__ import annotations

import base64
import json
import os
import secrets
import time
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from bot.emulator.kernel import Json


def compact(value: object) -> bytes:
    """No blanks after separators: one official SDK re-serialises the body before it checks the signature."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def encrypt(plain: bytes, key: str) -> str:
    """AES-256-CBC under the key's SHA-256, with the initialisation vector in front, in base64."""
    vector = os.urandom(16)
    padder = PKCS7(128).padder()
    padded = padder.update(plain) + padder.finalize()
    encryptor = Cipher(algorithms.AES(sha256(key.encode()).digest()), modes.CBC(vector)).encryptor()
    return base64.b64encode(vector + encryptor.update(padded) + encryptor.finalize()).decode()


def seal(payload: Json, encrypt_key: str, *, signed: bool = True) -> tuple[bytes, dict[str, str]]:
    """Body and headers of one push."""
    body = compact(payload)
    headers = {"Content-Type": "application/json; charset=utf-8"}
    if not encrypt_key:
        return body, headers
    body = compact({"encrypt": encrypt(body, encrypt_key)})
    if signed:
        # The time of sending is the machine's: it is about the transport, not about what happened.
        stamp, nonce = str(int(time.time())), secrets.token_hex(8)
        headers |= {
            "X-Lark-Request-Timestamp": stamp,
            "X-Lark-Request-Nonce": nonce,
            "X-Lark-Signature": sha256(f"{stamp}{nonce}{encrypt_key}".encode() + body).hexdigest(),
        }
    return body, headers

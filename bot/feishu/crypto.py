"""Whether a delivery is the platform's, and what is inside it.

https://open.feishu.cn/document/server-docs/event-subscription-guide/event-subscription-configure-/encrypt-key-encryption-configuration-case
"""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache
from typing import Any

from bot.feishu import sdk


class Undecryptable(ValueError):
    """The text was not encrypted with this key."""


def signature(timestamp: str, nonce: str, encrypt_key: str, body: bytes) -> str:
    """What the platform writes into ``X-Lark-Signature``."""
    return hashlib.sha256((timestamp + nonce + encrypt_key).encode() + body).hexdigest()


def is_signed(given: str, timestamp: str, nonce: str, encrypt_key: str, body: bytes) -> bool:
    """Whether the signature is right; takes the same time for any wrong one."""
    wanted = signature(timestamp, nonce, encrypt_key, body)
    return hmac.compare_digest(wanted.encode(), given.lower().encode())


def same_token(given: str, wanted: str) -> bool:
    """Whether two tokens are equal; takes the same time for any wrong one."""
    return hmac.compare_digest(given.encode(), wanted.encode())


def decrypt(encrypt_key: str, text: str) -> str:
    """The text inside an ``encrypt`` field: AES-256-CBC, the key's SHA-256 as key, the first block as IV."""
    try:
        return str(_cipher(encrypt_key).decrypt_str(text))
    except (ValueError, TypeError) as error:
        raise Undecryptable(str(error)) from error


@lru_cache(maxsize=8)
def _cipher(encrypt_key: str) -> Any:
    return sdk.aes(encrypt_key)

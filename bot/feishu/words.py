"""The words of a message: out of its JSON, with names where the platform writes placeholders."""

from __future__ import annotations

import re
from typing import Any

import msgspec

PLACEHOLDER = re.compile(r"@_(?:user_\d+|all)")


def plain_text(msg_type: str, content: str) -> str:
    """What a person typed: of a text, or of a rich text's title and paragraphs. Empty for anything else."""
    if not content:  # recalled before it was delivered
        return ""
    found = msgspec.json.decode(content)
    if not isinstance(found, dict):
        return ""
    if msg_type == "text":
        return str(found.get("text") or "")
    if msg_type != "post":
        return ""
    lines = [
        "".join(_span_text(part) for part in line if isinstance(part, dict)) for line in found.get("content") or []
    ]
    return "\n".join(part for part in [str(found.get("title") or ""), *lines] if part)


def _span_text(part: dict[str, Any]) -> str:
    # In rich text a mention's user_id holds the same placeholder as in plain text.
    return str(part.get("user_id", "")) if part.get("tag") == "at" else str(part.get("text") or "")


def named(text: str, names: dict[str, str]) -> str:
    """The text with ``names`` for its placeholders; a name that is left out leaves no gap."""
    # One pass over the placeholders: @_user_1 is also the beginning of @_user_12.
    plain = PLACEHOLDER.sub(lambda found: names.get(found.group(), "@all" if found.group() == "@_all" else ""), text)
    return "\n".join(re.sub(r"[ \t\u00a0]{2,}", " ", line).strip() for line in plain.split("\n")).strip()

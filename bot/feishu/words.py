"""The words of a message: out of its JSON, with names where the platform writes placeholders."""

from __future__ import annotations

import re

import msgspec

PLACEHOLDER = re.compile(r"@_(?:user_\d+|all)")
BLANKS = re.compile(r"[ \t\u00a0]{2,}")


class _Text(msgspec.Struct):
    text: str = ""


class _Part(msgspec.Struct):
    tag: str = ""
    text: str | None = None
    user_id: str | None = None  # in rich text a mention holds the same placeholder as in plain text


class _Post(msgspec.Struct):
    title: str | None = None
    content: list[list[_Part]] | None = None


def plain_text(msg_type: str, content: str) -> str:
    """What a person typed: of a text, or of a rich text's title and paragraphs. Empty for anything else."""
    if not content:  # recalled before it was delivered
        return ""
    try:
        if msg_type == "text":
            return msgspec.json.decode(content, type=_Text).text
        if msg_type == "post":
            return _lines(msgspec.json.decode(content, type=_Post))
    except msgspec.DecodeError:
        return ""
    return ""


def named(text: str, names: dict[str, str]) -> str:
    """The text with ``names`` for its placeholders; a name that is left out leaves no gap."""
    # One pass over the placeholders: @_user_1 is also the beginning of @_user_12.
    plain = PLACEHOLDER.sub(lambda found: names.get(found.group(), "@all" if found.group() == "@_all" else ""), text)
    return "\n".join(BLANKS.sub(" ", line).strip() for line in plain.split("\n")).strip()


def _lines(post: _Post) -> str:
    paragraphs = post.content or []
    lines = ["".join((part.user_id if part.tag == "at" else part.text) or "" for part in line) for line in paragraphs]
    return "\n".join(part for part in [post.title or "", *lines] if part)

"""Markdown read back as plain words, for the twin of a card that is only text."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"</?[a-z_]+[^>]*>")
_LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")


def unmarked(markdown: str) -> str:
    """The words without our marks and tags. Typed text is entities by now, so none of it is taken for a mark.

    A line on the reader's own clock says nothing here: plain text is the same for all readers.
    """
    if "<local_datetime" in markdown:
        return ""
    bare = _TAG.sub("", markdown).replace("**", "")
    return html.unescape(_LINK.sub(r"\1 \2", bare)).strip()

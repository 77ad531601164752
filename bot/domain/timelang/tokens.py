"""A piece of a text, and what the marks between words may mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Token:
    """A piece of the normal text. ``tags`` says all it may mean; none: a word that is not about time."""

    start: int
    end: int
    text: str
    tags: dict[str, Any] = field(default_factory=dict)
    space: bool = False  # blank before it


PUNCTUATION = {
    "-": {"to": 1, "dash": 1},
    "->": {"to": 1, "dash": 1},
    "→": {"to": 1, "dash": 1},
    "~": {"to": 1, "dash": 1, "approx": 1},
    ",": {"fill": 1, "sep": 1},
    "/": {"or": 1, "slashmark": 1},
    "(": {"fill": 1, "open": 1},
    ")": {"fill": 1},
    ":": {"fill": 1, "colon": 1},
    "@": {"fill": 1, "at": 1},
    "&": {"and": 1},
    "|": {"bar": 1},
    "+": {"plus": 1},
    ".": {"dot": 1},
    "*": {"fill": 1},
    "·": {"fill": 1, "middot": 1},
    "・": {"and": 1, "middot": 1},
    "、": {"and": 1, "fill": 1, "sep": 1},
    "[": {"fill": 1},
    "]": {"fill": 1},
    "「": {"fill": 1},
    "」": {"fill": 1},
    "【": {"fill": 1},
    "】": {"fill": 1},
}

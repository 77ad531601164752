"""The documented shape of cards, read once from the contract that ships with the emulator."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

Json = dict[str, Any]

CONTAINERS = frozenset({"column_set", "column", "form", "interactive_container", "collapsible_panel"})
FORM_FIELDS = frozenset(
    {
        "input",
        "select_static",
        "multi_select_static",
        "select_person",
        "multi_select_person",
        "date_picker",
        "picker_time",
        "picker_datetime",
        "select_img",
        "checker",
    }
)
INTERACTIVE = FORM_FIELDS | {"button", "overflow", "interactive_container"}
FORM_ONLY = frozenset({"multi_select_static", "multi_select_person"})
ROOT_ONLY = frozenset({"form", "table"})
TEXT_TAGS = frozenset({"plain_text", "lark_md"})

LENGTH = re.compile(r"-?\d+(\.\d+)?(px|%)?( -?\d+(\.\d+)?(px|%)?){0,3}")
ELEMENT_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,19}")


@cache
def contract() -> Json:
    """``rules``, ``components`` and ``chart_types`` as the contract file holds them."""
    path = Path(__file__).resolve().parent / "contract" / "cards.json"
    loaded: Json = json.loads(path.read_text(encoding="utf-8"))
    return loaded


@cache
def locales() -> frozenset[str]:
    return frozenset(contract()["rules"]["locales"])

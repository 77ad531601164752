"""The one-way streets: who may import whom. A line here is a decision; see ARCHITECTURE.md."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
EVERYTHING = {"*"}
MAY_IMPORT: dict[str, set[str]] = {
    "domain": {"domain"},
    "language": {"language", "domain", "resources"},
    "i18n": {"resources"},
    "cards": {"cards", "domain", "i18n"},
    "feishu": {"feishu", "domain", "clock", "errors", "log", "metrics"},
    "store": {"store", "domain", "clock", "log", "metrics"},
    "services": {"services", "feishu", "store", "domain", "clock", "errors", "log"},
    "dispatch": {
        "dispatch", "cards", "i18n", "feishu", "store", "services", "language", "domain", "clock", "errors", "log",
        "metrics",
    },
    "edge": {"edge", "dispatch", "feishu", "store", "domain", "clock", "errors", "log", "metrics", "settings", "i18n"},
    "handlers": {"handlers", "dispatch", "cards", "i18n", "services", "language", "domain", "errors"},
    "emulator": {"emulator"},
    "settings": set(), "clock": set(), "resources": set(), "errors": set(), "log": set(), "metrics": set(),
    "when": {"domain"},
    "understand": {"language", "domain"},
    "doctor": {"feishu", "store", "settings", "clock", "errors", "domain"},
    "app": EVERYTHING,
    "playground": EVERYTHING,
    "__main__": EVERYTHING,
}  # fmt: skip
DOMAIN_LIBRARIES = {"dateutil", "dateparser", "chinese_calendar", "holidays", "lunardate"}
FORBIDDEN_LIBRARIES = {"emulator": {"lark_oapi", "httpx"}, "domain": {"asyncio", "random", "aiohttp", "sqlalchemy"}}


def sources() -> list[Path]:
    return sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "handlers").rglob("*.py")])


def room_of(path: Path) -> str:
    """The package or module inside ``bot`` (or ``handlers``) that a file belongs to."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return "handlers" if parts[0] == "handlers" else parts[1]


def imported(path: Path) -> list[str]:
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write imports in full"
            module = node.module or ""
            names += [f"{module}.{alias.name}" for alias in node.names] if module == "bot" else [module]
    return names


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_follow_the_one_way_streets(path: Path) -> None:
    room = room_of(path)
    if room == "__init__":
        return
    allowed = MAY_IMPORT[room]
    for name in imported(path):
        top = name.split(".")[0]
        if top in ("bot", "handlers"):
            target = "handlers" if top == "handlers" else name.split(".")[1]
            assert allowed == EVERYTHING or target in allowed, f"{path}: {room} may not import {name}"
        assert top not in FORBIDDEN_LIBRARIES.get(room, set()), f"{path}: {room} may not import {name}"


@pytest.mark.parametrize("path", sorted((ROOT / "bot/domain").rglob("*.py")), ids=lambda p: p.name)
def test_the_domain_asks_nobody_for_the_time(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [n for n in ast.walk(tree) if isinstance(n, ast.Await | ast.AsyncFunctionDef)]
    clocks = {"now", "today", "utcnow", "time", "monotonic"}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
        ):
            asked = (node.func.value.id, node.func.attr)
            assert not (asked[0] in {"datetime", "date", "time"} and asked[1] in clocks), f"{path}: {asked}"


def test_only_the_store_speaks_sql() -> None:
    for path in sources():
        if room_of(path) not in {"store", "app", "doctor"}:
            assert not [n for n in imported(path) if n.split(".")[0] in {"sqlalchemy", "alembic"}], path


def test_every_room_of_the_house_is_in_the_table() -> None:
    rooms = {room_of(path) for path in sources()} - {"__init__"}
    assert rooms <= set(MAY_IMPORT), rooms - set(MAY_IMPORT)

"""The pages tell the truth: commands exist, links lead somewhere, both languages say the same."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.doctor import NEEDED
from bot.feishu import scopes
from bot.feishu.subscriptions import SUBSCRIPTIONS
from bot.feishu.tables import fewest
from bot.language.commands import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
PAGES = ["README.md", "README.zh.md", "ARCHITECTURE.md", "SECURITY.md", "CHANGELOG.md"]


def read(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_links_and_pictures_are_there(page: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", read(page)):
        if not target.startswith(("http://", "https://")):
            assert (ROOT / target).exists(), target


@pytest.mark.parametrize("page", ["README.md", "README.zh.md"])
def test_the_commands_in_the_table_exist(page: str) -> None:
    shown = re.findall(r"^\| `/(\w+)", read(page), re.M)
    assert len(shown) >= 6
    assert [name for name in shown if name not in COMMANDS] == []


def test_both_readmes_show_the_same_commands() -> None:
    english, chinese = (set(re.findall(r"^\| `/(\w+)", read(page), re.M)) for page in ("README.md", "README.zh.md"))
    assert english == chinese


@pytest.mark.parametrize("page", ["README.md", "README.zh.md"])
def test_the_two_commands_are_in_the_makefile(page: str) -> None:
    targets = set(re.findall(r"^(\w+):", read("Makefile"), re.M))
    assert {"playground", "test"} <= targets
    assert "make playground" in read(page)
    assert "make test" in read(page)


def test_every_sub_command_is_explained() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "bot", "--help"], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    offered = re.findall(r"^    (\w+)\b", told, re.M)
    assert {"playground", "emulator", "serve", "when", "understand", "doctor", "db"} <= set(offered)
    assert [name for name in offered if f"daylark {name}" not in read("README.md")] == []


def test_every_room_of_the_house_is_on_the_page() -> None:
    page = read("ARCHITECTURE.md")
    rooms = [path.name for path in (ROOT / "bot").iterdir() if path.is_dir() and (path / "__init__.py").exists()]
    assert [room for room in rooms if f"{room}/" not in page] == []


@pytest.mark.parametrize("page", ["README.md", "README.zh.md"])
def test_scopes_and_events_are_listed_feature_by_feature(page: str) -> None:
    text = read(page)
    _, heading, table = text.partition("subscribe to |\n" if page == "README.md" else "订阅 |\n")
    assert heading
    rows = [line for line in table.split("\n\n")[0].splitlines()[1:] if line.startswith("|")]
    listed = [set(re.findall(r"`([^`]+)`", row.split("|")[3])) for row in rows]
    assert len(rows) == len(scopes()) + 1  # and the login, which is no call
    enough = {feature: set(fewest(groups)) for feature, groups in scopes().items()}
    assert [feature for feature, found in enough.items() if not any(found <= each for each in listed)] == []
    needed = [row for row in rows if row.split("|")[2].strip()]
    assert len(needed) == len(NEEDED)
    assert [each.name for each in SUBSCRIPTIONS if f"`{each.name}`" not in table] == []
    assert [scope for each in SUBSCRIPTIONS for scope in each.scopes if f"`{scope}`" not in text] == []


def test_the_features_are_called_as_the_doctor_calls_them() -> None:
    rows = re.findall(r"^\| ([^|`]+) \|(?: yes)? ", read("README.md"), re.M)
    assert [feature for feature in scopes() if feature not in rows] == []

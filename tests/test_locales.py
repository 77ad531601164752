"""Every sentence the code asks for is there in every language, with the same gaps, and none is left over."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from bot import resources
from bot.domain.intent import Ask
from bot.i18n import LOCALES, T, render

ROOT = Path(__file__).resolve().parent.parent
SPOKEN_BY = {"T", "BotError"}
REFERENCE = "en_us"
# Filled in by i18n itself, under names that are put together there.
OWN = {"format", "length"}


@dataclass
class Sentence:
    """A message of one locale: the gaps it shows, and those it only decides by."""

    shown: set[str] = field(default_factory=set)
    decides: set[str] = field(default_factory=set)


class Gaps(Visitor):  # type: ignore[misc]
    def __init__(self) -> None:
        self.found = Sentence()

    def visit_SelectExpression(self, node: ftl.SelectExpression) -> None:
        if isinstance(node.selector, ftl.VariableReference):
            self.found.decides.add(node.selector.id.name)
        for variant in node.variants:
            self.visit(variant)

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:
        self.found.shown.add(node.id.name)


@cache
def sentences(locale: str) -> dict[str, Sentence]:
    text = (resources.locales() / locale / "messages.ftl").read_text(encoding="utf-8")
    found: dict[str, Sentence] = {}
    for entry in FluentParser().parse(text).body:
        assert not isinstance(entry, ftl.Junk), f"{locale}: cannot be read: {entry.content[:80]}"
        if isinstance(entry, ftl.Message):
            assert entry.id.name not in found, f"{locale}: {entry.id.name} twice"
            gaps = Gaps()
            gaps.visit(entry)
            found[entry.id.name] = gaps.found
    return found


@dataclass(frozen=True)
class Use:
    """A key the code asks for, and what it gives; None when that is only known when it runs."""

    key: str
    gives: frozenset[str] | None
    where: str


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "handlers").rglob("*.py")]):
        if "emulator" not in path.parts:
            yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


@cache
def uses() -> tuple[Use, ...]:
    """Every ``T("…")`` and ``BotError("…")`` written out in the code."""
    found = []
    for path, tree in trees():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and node.args and isinstance(node.func, ast.Name | ast.Attribute)):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            first = node.args[0]
            if name in SPOKEN_BY and isinstance(first, ast.Constant) and isinstance(first.value, str):
                names = [keyword.arg for keyword in node.keywords]
                gives = None if None in names else frozenset(name for name in names if name)
                found.append(Use(first.value, gives, f"{path}:{node.lineno}"))
    return tuple(found)


@cache
def words() -> frozenset[str]:
    """Every string in the code: keys that are handed on before they are said are among them."""
    return frozenset(
        node.value
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


@cache
def families() -> frozenset[str]:
    """What comes before the dot in ``T(f"reason.{…}")``: the rest of these keys is a word used elsewhere."""
    found = set()
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                match = re.fullmatch(r"([a-z]+)\.", str(node.values[0].value))
                found |= {match[1]} if match else set()
    return frozenset(found)


def message_id(key: str) -> str:
    return key.replace(".", "-")


def test_the_code_says_something() -> None:
    assert len(uses()) > 100


@pytest.mark.parametrize("locale", LOCALES)
def test_every_key_in_the_code_has_its_sentence(locale: str) -> None:
    missing = sorted(f"{use.key} ({use.where})" for use in uses() if message_id(use.key) not in sentences(locale))
    assert missing == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_gap_is_filled(locale: str) -> None:
    wrong = []
    for use in uses():
        sentence = sentences(locale).get(message_id(use.key))
        if sentence and use.gives is not None and (lacking := (sentence.shown | sentence.decides) - use.gives):
            wrong.append(f"{use.key} lacks {sorted(lacking)} ({use.where})")
    assert wrong == []


def test_nothing_is_given_that_no_language_says() -> None:
    wrong = []
    for use in uses():
        said = [sentences(locale).get(message_id(use.key), Sentence()) for locale in LOCALES]
        known = set().union(*(each.shown | each.decides for each in said))
        if use.gives and (idle := use.gives - known):
            wrong.append(f"{use.key}: {sorted(idle)} ({use.where})")
    assert wrong == []


@pytest.mark.parametrize("locale", [locale for locale in LOCALES if locale != REFERENCE])
def test_the_languages_have_the_same_sentences(locale: str) -> None:
    assert set(sentences(locale)) == set(sentences(REFERENCE))
    assert list(sentences(locale)) == list(sentences(REFERENCE)), "keep them in the same order"


@pytest.mark.parametrize("locale", [locale for locale in LOCALES if locale != REFERENCE])
def test_the_languages_show_the_same_gaps(locale: str) -> None:
    """A language without plurals need not decide by a number; what is shown must be the same."""
    reference = sentences(REFERENCE)
    wrong = {key: found.shown for key, found in sentences(locale).items() if found.shown != reference[key].shown}
    assert wrong == {}


def test_no_sentence_is_left_over() -> None:
    asked = {message_id(word) for word in words()}
    idle = []
    for key in sentences(REFERENCE):
        family, _, rest = key.partition("-")
        if key in asked or family in OWN or (family in families() and rest in words() | {ask.value for ask in Ask}):
            continue
        idle.append(key)
    assert idle == []


def test_every_wish_that_is_not_granted_yet_has_a_name() -> None:
    from handlers.help import LATER

    wishes = {key.removeprefix("wish-") for key in sentences(REFERENCE) if key.startswith("wish-")}
    assert wishes == {ask.value for ask in LATER}


@pytest.mark.parametrize("locale", LOCALES)
def test_buttons_titles_and_toasts_carry_no_marks(locale: str) -> None:
    plain = re.compile(r"^(toast|chart)\.|_title$|\.title$|\.summary$|_confirm$|\.(pick|others|cancel|undo|again|all)$")
    for key in sentences(locale):
        dotted = key.replace("-", ".", 1)
        if plain.search(dotted):
            assert "**" not in render(T(dotted), locale), dotted


@pytest.mark.parametrize("locale", ["zh_cn", "ja_jp"])
def test_the_east_uses_its_own_punctuation(locale: str) -> None:
    text = (resources.locales() / locale / "messages.ftl").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#") and re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", line):
            assert not re.search(r"[\u3040-\u30ff\u4e00-\u9fff][,;:?!](\s|$)", line), line


def test_chinese_says_you_to_a_colleague() -> None:
    assert "您" not in (resources.locales() / "zh_cn" / "messages.ftl").read_text(encoding="utf-8")

"""The notation of the lexicons and how phrases are found."""

import time
import tomllib

import pytest

from bot.language.lexicon import FOLDERS, Lexicon, expand, lexicon
from bot.resources import locales


def found(table: dict[str, list[str]], text: str) -> list[tuple[str, str]]:
    return [(h.name, text[h.start : h.end]) for h in Lexicon([table]).find(text).hits]


def test_alternatives_are_written_out() -> None:
    assert expand("(a|b) c(d|)") == ["a cd", "a c", "b cd", "b c"]


def test_words_end_where_they_end() -> None:
    assert found({"room": ["room"]}, "a room, no mushrooms or rooms") == [("room", "room")]


def test_a_star_stands_for_any_ending() -> None:
    assert found({"cancel": ["cancel*"]}, "cancelled today") == [("cancel", "cancelled")]


def test_a_gap_stays_in_its_sentence() -> None:
    table = {"remove": ["take … off"]}
    assert found(table, "take him off the list") == [("remove", "take him off")]
    assert found(table, "take him. we are off") == []


def test_a_phrase_can_want_the_beginning_or_the_end_of_a_clause() -> None:
    table = {"greet": ["^hi"], "help": ["help$"]}
    assert found(table, "hi, can you help?") == [("greet", "hi"), ("help", "help")]
    assert found(table, "say hi and help me") == []


def test_noise_hides_what_lies_inside_it() -> None:
    assert found({"room": ["间"], "noise": ["时间"]}, "时间") == [("noise", "时间")]


def test_every_language_knows_the_same_classes() -> None:
    tables = {}
    for language, folder in FOLDERS.items():
        tables[language] = tomllib.loads((locales() / folder / "lexicon.toml").read_text("utf-8"))["words"].keys()
    assert tables["zh"] == tables["en"] == tables["ja"]


@pytest.mark.parametrize(
    "unit", ["move … ", "take it off ", "可选 ", "把@" * 3, "((((", "「「", "a@b.", "add to ", "15:00 ", "\n"]
)
def test_long_hostile_lines_take_time_in_proportion(unit: str) -> None:
    words = lexicon(("zh", "en"))

    def took(size: int) -> float:
        text = (unit * size)[:size]
        best = 9.0
        for _ in range(3):
            began = time.thread_time()
            words.find(text)
            best = min(best, time.thread_time() - began)
        return best

    assert took(10_000) < 25 * took(1_000) + 0.05

"""Slips of the fingers are put right, words of their own never are."""

from __future__ import annotations

from datetime import datetime
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest

from bot.domain.intent import Person, Sentence
from bot.language.spelling import respelled

NOW = datetime(2026, 11, 18, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def put_right(text: str, *members: str) -> str:
    people = tuple(Person(name, f"ou_{i}") for i, name in enumerate(members))
    return respelled(Sentence(text, NOW, "en", members=people)).text


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("shedule a call", "schedule a call"),
        ("Tommorow's meetings", "Tomorrow's meetings"),
        ("is she avaliable?", "is she available?"),
        ("the confrence room", "the conference room"),
        ("cancle it", "cancel it"),
        ("a recuring sync", "a recurring sync"),
        ("dont move it", "don't move it"),
        ("帮我reshedule一下", "帮我reschedule一下"),
    ],
)
def test_a_slip_is_put_right(said: str, meant: str) -> None:
    assert put_right(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "he canceled it",
        "the discus throw",
        "meting out praise",
        "a minuet in G",
        "her vocation",
        "the invitee list",
        "regrading the exams",
        "send me an IM",
        'the "shedule" column',
        "`cancle()` fails",
        "see https://wiki.example/shedule",
        "mail shedule@acme.example",
    ],
)
def test_a_word_of_its_own_stays(said: str) -> None:
    assert put_right(said) == said


def test_the_name_of_somebody_here_stays() -> None:
    assert put_right("ask Agust about it", "Agust Meyer") == "ask Agust about it"
    assert put_right("@Agust can you come", "Agust Meyer") == "@Agust can you come"


def test_long_messages_take_no_longer_than_their_length() -> None:
    def took(words: int) -> float:
        begin = perf_counter()
        put_right("shedule " * words)
        return perf_counter() - begin

    took(10)
    assert min(took(4000) for _ in range(3)) < 12 * min(took(800) for _ in range(3)) + 0.01

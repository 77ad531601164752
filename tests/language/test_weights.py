"""What words speak for: the weights, and how they and the rules decide together."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from bot.domain.intent import Ask
from bot.language import understand
from bot.language.asks import ruled
from bot.language.sentence import gather
from bot.language.weights import clues, weights
from tests.language.said import LANGUAGES, said, sentence_of


def test_clues_tell_what_but_not_when_and_who() -> None:
    held = clues(gather(sentence_of("en", "-", "-", "coffee with @Nina at 4pm tomorrow?")))
    assert {"<hour>", "<people>", "<when>", "<who>", "coffee", "with", "^coffee", "?$"} <= set(held)
    assert not {"nina", "4pm", "tomorrow", "0"} & set(held)


def test_chances_are_shares_of_one_and_always_the_same() -> None:
    f = gather(sentence_of("zh", "-", "-", "明天下午三点和 @小王 聊聊"))
    likely = weights().chances(f)
    assert sum(likely.values()) == pytest.approx(1)
    assert likely == weights().chances(f)
    assert max(likely, key=likely.__getitem__) is Ask.CREATE


def test_words_nobody_ever_said_ask_for_nothing() -> None:
    assert understand(sentence_of("en", "-", "-", "zxqv wkjr plomph")).ask is Ask.NONE


@pytest.mark.parametrize(
    ("lang", "context", "text", "ask"),
    [
        ("en", "-", "what've I got on thursday", Ask.AGENDA),
        ("en", "-", "how's monday looking for me", Ask.AGENDA),
        ("zh", "-", "我后天都排了些什么", Ask.AGENDA),
        ("en", "event", "could you open a page for minutes on this one?", Ask.MINUTES),
        ("ja", "-", "直近で30分フリーになるのは何時？", Ask.NEXT_GAP),
    ],
)
def test_what_no_rule_foresaw_is_understood_by_its_words(lang: str, context: str, text: str, ask: Ask) -> None:
    assert understand(sentence_of(lang, context, "-", text)).ask is ask


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_people_say_is_read_as_they_mean_it(lang: str) -> None:
    messages = list(said(lang))
    wrong = [each.sentence.text for each in messages if understand(each.sentence).ask.value != each.intent]
    assert len(wrong) <= 0.02 * len(messages), wrong


def test_rules_and_weights_check_each_other() -> None:
    """Either alone is wrong about some sentences the two get right."""
    messages = [(each, gather(each.sentence)) for lang in LANGUAGES for each in said(lang)]
    saved = [each for each, f in messages if ruled(f).value != each.intent == understand(each.sentence).ask.value]
    assert saved


def test_no_message_however_cut_and_joined_trips_anything() -> None:
    """Halves of messages put together make constructions nobody wrote a rule for."""
    dice = random.Random(7)
    messages = [each.sentence for lang in LANGUAGES for each in said(lang)]
    for _ in range(3000):
        one, other = dice.choice(messages), dice.choice(messages)
        cut, start = dice.randrange(len(one.text) + 1), dice.randrange(len(other.text))
        understand(replace(one, text=one.text[:cut] + dice.choice(["", " ", "，", "\n"]) + other.text[start:]))

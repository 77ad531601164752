"""What holds for every sentence: problems are named, words are shown, nothing is guessed, nothing takes long."""

import json
import time
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest

from bot.domain.intent import Ask
from bot.language import understand
from bot.understand import run
from tests.language.cases import case_of, load


def ask(text: str, lang: str = "en", **more: object):
    return understand(case_of({"text": text, "lang": lang, "expect": {"intent": "x"}, **more}).sentence)


@pytest.mark.parametrize(
    ("lang", "text", "problem"),
    [
        ("en", "book a meeting with Omar yesterday at 3pm", "past"),
        ("zh", "约王浩昨天下午三点开会", "past"),
        ("en", "please schedule a review with Zoe on Feb 30 at 3pm", "impossible"),
        ("en", "schedule a review from 5pm to 3pm tomorrow with Omar", "backwards"),
        ("zh", "明天下午3点到2点和王浩开会", "backwards"),
        ("en", "schedule a review with Omar on March 3 2040 at 3pm", "far"),
        ("en", "schedule standup tomorrow at 3pm for 30 hours", "too_long"),
        ("en", "book Omar yesterday next week", "contradiction"),
    ],
)
def test_a_time_that_cannot_be_used_is_named(lang: str, text: str, problem: str) -> None:
    assert ask(text, lang).problem == problem


def test_a_night_shift_is_not_backwards() -> None:
    intent = ask("schedule maintenance with Omar tomorrow 22:00-06:00")
    assert intent.problem is None
    assert intent.end is not None
    assert intent.start is not None
    assert intent.end - intent.start == timedelta(hours=8)


def test_each_slot_shows_the_words_it_came_from() -> None:
    intent = ask("Budget review with @Chloe tomorrow at 3pm for 45 min, room on the 3rd floor")
    words = {r.slot: r.words for r in intent.receipts}
    assert words["when"].startswith("tomorrow at 3pm")
    assert words["people"] == "@Chloe"
    assert words["title"] == "Budget review"
    assert "3rd floor" in words["room"]


def test_names_are_taken_whole_and_never_read_as_times() -> None:
    intent = ask("meet May Lin on Friday at 3pm")
    assert [p.name for p in intent.people] == ["May Lin"]
    assert intent.start is not None
    assert (intent.start.month, intent.start.day) == (11, 20)


def test_two_people_of_one_name_are_not_told_apart_by_guess() -> None:
    case = case_of({"text": "meet Chris tomorrow at 3pm", "lang": "en", "expect": {"intent": "x"}})
    members = tuple(
        replace(m, name=n) for m, n in zip(case.sentence.members, ("Sam Lee", "Chris Poe", "Chris Roe"), strict=False)
    )
    intent = understand(replace(case.sentence, members=members))
    assert [(p.name, p.open_id) for p in intent.people] == [("chris", None)]


NO_REQUESTS = [
    "`meet @Omar tomorrow 3pm`",
    "> meet @Omar tomorrow 3pm",
    "https://x.example/meet/tomorrow/3pm",
    "```\nbook room 3pm\n```",
    "🙏",
    "",
]


@pytest.mark.parametrize("text", NO_REQUESTS)
def test_code_links_and_quoted_lines_are_not_requests(text: str) -> None:
    assert ask(text).ask is Ask.NONE


def test_the_same_sentence_a_week_later_means_a_week_later() -> None:
    week = timedelta(days=7)
    for case in load("zh")[:30] + load("en")[:15] + load("ja")[:20]:
        now = understand(case.sentence)
        then = understand(replace(case.sentence, now=case.sentence.now + week, event=None, options=()))
        if (
            case.sentence.event is None
            and now.start
            and then.start
            and "weekday" not in case.text
            and now.rrule is None
        ):
            moved = then.start - now.start
            assert moved == week or moved.days > 20 or moved.days == 0, case.text


def test_long_hostile_messages_are_answered_quickly() -> None:
    for unit in ("明天3点", "@", "move it to 3 or ", "会议室", "「", "a.b@", "から", "(optional) ", "Mon 9am, "):
        began = time.perf_counter()
        ask(unit * (10_000 // len(unit)), "zh")
        assert time.perf_counter() - began < 2, unit


def test_json_lines_are_answered_one_by_one_even_the_broken_ones() -> None:
    good = {"id": "a", "text": "/undo", "now": "2026-11-18T10:00", "tz": "Asia/Shanghai", "lang": "en", "mentions": []}
    out = StringIO()
    code = run(
        StringIO(json.dumps(good) + "\nnot json\n\n" + json.dumps({**good, "id": "b", "tz": "Moon/Base"}) + "\n"), out
    )
    answers = [json.loads(line) for line in out.getvalue().splitlines()]
    assert code == 1
    assert [(a["id"], a["intent"]) for a in answers] == [("a", "undo"), (None, "none"), ("b", "none")]
    assert "error" in answers[1]
    assert "error" in answers[2]

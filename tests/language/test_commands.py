"""Slash commands: what is one, what is none, and what a typo was meant to be."""

from datetime import timedelta

import pytest

from bot.domain.intent import Ask
from bot.language import commands, understand
from tests.language.cases import case_of


def ask(text: str, lang: str = "en", **more: object):
    return understand(case_of({"text": text, "lang": lang, "expect": {"intent": "x"}, **more}).sentence)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("meeet", "meet"), ("mvoe", "move"), ("cancle", "cancel"), ("agneda", "agenda"), ("/pol", "poll")],
)
def test_the_nearest_command_comes_first(typed: str, meant: str) -> None:
    near = commands.nearest(typed)
    assert near[0] == meant
    assert len(set(near)) == 3


@pytest.mark.parametrize("path", ["/etc/hosts", "/usr/bin/env python3 tomorrow 3pm", "/home/mei/notes.txt @Omar", "/"])
def test_a_file_path_is_no_command(path: str) -> None:
    assert commands.head(path) is None
    assert ask(path).ask is Ask.NONE


def test_an_unknown_command_is_named_but_not_acted_on() -> None:
    assert commands.head("/meeet tomorrow 3pm @Omar") == "meeet"
    assert ask("/meeet tomorrow 3pm @Omar").ask is Ask.NONE


def test_a_command_may_follow_the_name_of_the_bot() -> None:
    intent = ask("@Daylark /gap 45m")
    assert (intent.ask, intent.duration) == (Ask.NEXT_GAP, timedelta(minutes=45))


def test_a_full_width_slash_is_a_slash() -> None:
    assert ask("／undo").ask is Ask.UNDO


def test_numbers_in_quotes_are_part_of_the_title() -> None:
    intent = ask('/meet tomorrow 15:00 45m @Omar "30m of fame | cap:9"')
    assert intent.title == "30m of fame | cap:9"
    assert intent.room is None
    assert intent.end is not None
    assert intent.start is not None
    assert intent.end - intent.start == timedelta(minutes=45)


def test_slashed_dates_in_commands_are_month_first_and_never_asked_about() -> None:
    intent = ask("/timeoff 5/6")
    assert intent.start is not None
    assert (intent.start.month, intent.start.day, intent.choices) == (5, 6, ())


@pytest.mark.parametrize("flag", ["this", "following", "all"])
def test_a_flag_says_how_far_a_change_reaches(flag: str) -> None:
    assert ask(f"/cancel last --{flag}").scope == flag

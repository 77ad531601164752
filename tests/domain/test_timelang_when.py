"""``daylark when`` for people and for programs."""

from __future__ import annotations

import io
import json

import pytest

from bot.when import run


def ask(text: str, **more: str) -> tuple[int, str]:
    out = io.StringIO()
    code = run(text, more.get("tz", "Asia/Shanghai"), "2026-11-18T10:00", more.get("lang"), False, None, out)
    return code, out.getvalue()


def test_the_table_names_every_reading() -> None:
    code, shown = ask("next Friday at 3pm", lang="en")
    assert code == 0
    assert "Fri 2026-11-27 15:00" in shown
    assert "Fri 2026-11-20 15:00" in shown
    assert shown.splitlines()[0] == "next Friday at 3pm    (said Wed 2026-11-18 10:00 CST)"


def test_nothing_found_is_an_exit_code_and_a_reason() -> None:
    code, shown = ask("Feb 30", lang="en")
    assert code == 1
    assert "none (impossible)" in shown


def test_an_unknown_zone_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    code, shown = ask("tomorrow", tz="Mars/Olympus")
    assert (code, shown) == (2, "")
    assert "Mars/Olympus" in capsys.readouterr().err


def test_json_lines_are_answered_one_by_one() -> None:
    cases = [
        {"id": "a", "text": "明天下午3点到4点", "now": "2026-11-18T10:00:00", "tz": "Asia/Shanghai", "lang": "zh"},
        {"id": "b", "text": "nothing here", "now": "2026-11-18T10:00:00", "tz": "Asia/Tokyo", "lang": "en"},
        {"id": "c", "text": "毎週月曜10時", "now": "2026-11-18T10:00:00", "tz": "Asia/Tokyo", "lang": "ja"},
        {"id": "d", "text": "Friday", "now": "2026-11-18T10:00:00", "tz": "Europe/London", "lang": "en"},
    ]
    out = io.StringIO()
    lines = io.StringIO("\n".join(json.dumps(case) for case in cases) + "\n\n")
    assert run(None, "UTC", None, None, True, lines, out) == 0
    answers = [json.loads(line) for line in out.getvalue().splitlines()]
    for answer in answers:
        assert answer.pop("ms") >= 0
    assert answers == [
        {"id": "a", "kind": "range", "start": "2026-11-19T15:00:00+08:00", "end": "2026-11-19T16:00:00+08:00"},
        {"id": "b", "kind": "none", "reason": "empty"},
        {"id": "c", "kind": "recurrence", "start": "2026-11-23T10:00:00+09:00", "rrule": "FREQ=WEEKLY;BYDAY=MO"},
        {"id": "d", "kind": "date", "start": "2026-11-20"},
    ]

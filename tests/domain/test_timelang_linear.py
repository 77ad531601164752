"""No text makes reading slow: ten thousand characters take about four times as long as a quarter of them."""

from __future__ import annotations

import tracemalloc
from datetime import datetime
from time import thread_time
from zoneinfo import ZoneInfo

import pytest

from bot.domain.timelang import phrases, read

NOW = datetime(2026, 11, 18, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
LONG = 10_000
PATTERNS = (
    "a",
    "1",
    " ",
    "-",
    "@",
    "`",
    ".",
    "0.",
    "1:",
    "1-",
    "1/",
    "a@",
    "://",
    "一",
    "月",
    "周",
    "周一",
    "日",
    "半",
    "每",
    "每周",
    "下",
    "的",
    "、",
    "a'",
    "to ",
    "on ",
    "on/",
    "the ",
    "and ",
    "every ",
    "every other ",
    "mon ",
    "mon, ",
    "mon and ",
    "mondays and ",
    "1st ",
    "1st and ",
    "first ",
    "first and ",
    "last ",
    "next ",
    "in ",
    "in 1 ",
    "1 hour ",
    "1 hour and ",
    "half ",
    "quarter to ",
    "3pm ",
    "3pm-",
    "3pm to ",
    "3:00-",
    "from 3 to ",
    "between 1 and ",
    "at at ",
    "tomorrow ",
    "tomorrow or ",
    "until friday ",
    "every day until ",
    "week of ",
    "end of ",
    "end of next ",
    "day after ",
    "3点到",
    "三点",
    "三点半",
    "一二三四五六七八九十",
    "两小时",
    "两个半",
    "下午三点到",
    "周一、",
    "月、",
    "月・",
    "3、",
    "から",
    "まで",
    "1時間",
    "3時から",
    "毎週月・",
    "第1・",
    "来週の",
    "アアア",
    "ー",
    "あ",
    "（",
    "「",
    "明天或",
    "除了",
    "不行",
    "提前",
    "前の",
    "𝟙",
    "㈪",
)


def spent(text: str, rounds: int = 1) -> float:
    best = 10.0
    for _ in range(rounds):
        started = thread_time()
        read(text, NOW)
        best = min(best, thread_time() - started)
    return best


@pytest.mark.parametrize("pattern", PATTERNS)
def test_reading_grows_with_the_length_of_the_text_and_no_faster(pattern: str) -> None:
    long = (pattern * LONG)[:LONG]
    for _ in range(4):  # neighbours on the machine make single measurements jump: the least of several counts
        short, full = spent(long[: LONG // 4], rounds=3), spent(long, rounds=2)
        # four times the text; a quadratic step would need sixteen times as long
        if full < 10 * short + 0.02:
            return
    pytest.fail(f"{full:.3f} s for {LONG} characters, {short:.3f} s for a quarter of them")


def test_a_long_paste_stays_quick() -> None:
    text = ("明天下午3点开会, see you at the office; 来週の月曜10時から。\n" * 300)[:LONG]
    assert spent(text, rounds=2) < 1.5
    assert phrases(text, NOW)


def test_reading_keeps_no_memory() -> None:
    texts = [f"{hour}:{minute:02} on Friday, 下周三{hour % 12 + 1}点" for hour in range(24) for minute in range(60)]
    for text in texts:
        read(text, NOW)
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for _ in range(2):
            for text in texts:
                read(text, NOW)
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 100_000

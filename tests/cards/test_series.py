"""Rules of repetition in three languages."""

from __future__ import annotations

import pytest

from bot.cards.series import repeats
from bot.i18n import LOCALES, render
from tests.cards.cast import NOW

RULES = [
    ("FREQ=DAILY", "every day", "每天", "毎日"),
    ("FREQ=DAILY;INTERVAL=2", "every 2 days", "每 2 天", "2日ごと"),
    ("FREQ=WEEKLY", "every week", "每周", "毎週"),
    ("RRULE:FREQ=WEEKLY;BYDAY=TH", "every week on Thursday", "每周的周四", "毎週木曜日"),
    (
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE,MO",
        "every 2 weeks on Monday and Wednesday",
        "每 2 周的周一和周三",
        "2週間ごとの月曜日、水曜日",
    ),
    (
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        "every weekday, Monday to Friday",
        "每个工作日（周一至周五）",
        "平日（月曜日から金曜日）",
    ),
    ("FREQ=MONTHLY", "every month", "每月", "毎月"),
    ("FREQ=MONTHLY;INTERVAL=3", "every 3 months", "每 3 个月", "3か月ごと"),
    ("FREQ=YEARLY", "every year", "每年", "毎年"),
    (
        "FREQ=WEEKLY;BYDAY=TH;UNTIL=20270331T155959Z",
        "every week on Thursday, until Wed, Mar 31, 2027",
        "每周的周四，到 2027年3月31日 周三 为止",
        "毎週木曜日（2027年3月31日(水)まで）",
    ),
    (
        "FREQ=DAILY;UNTIL=20261124",
        "every day, until Tue, Nov 24",
        "每天，到 11月24日 周二 为止",
        "毎日（11月24日(火)まで）",
    ),
    ("FREQ=MONTHLY;BYDAY=1MO", "as a series", "按系列重复", "定期的"),
    ("FREQ=WEEKLY;COUNT=4", "as a series", "按系列重复", "定期的"),
    ("FREQ=WEEKLY;INTERVAL=x", "as a series", "按系列重复", "定期的"),
    ("nonsense", "as a series", "按系列重复", "定期的"),
]


def test_the_last_day_is_the_same_on_both_sides_of_the_world() -> None:
    for zone in ("America/Los_Angeles", "Asia/Tokyo"):
        assert render(repeats("FREQ=DAILY;UNTIL=20261124", zone, NOW), "en_us") == "every day, until Tue, Nov 24"


@pytest.mark.parametrize(("rrule", "en", "zh", "ja"), RULES)
def test_a_rule_in_words(rrule: str, en: str, zh: str, ja: str) -> None:
    text = repeats(rrule, "Asia/Shanghai", NOW)
    assert [render(text, locale) for locale in LOCALES] == [en, zh, ja]

"""Dates, lengths, names and zones in three languages, and what people typed left as they typed it."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from zoneinfo import available_timezones

import pytest

from bot.domain.span import Span
from bot.i18n import (
    LOCALES,
    Length,
    Names,
    ReaderTime,
    Style,
    T,
    When,
    Zone,
    all_locales,
    escape,
    has,
    locale_of,
    render,
)

THREE = datetime(2026, 11, 19, 7, 0, tzinfo=UTC)  # 15:00 in Shanghai, a Thursday
HALF_HOUR = Span.of(THREE, timedelta(minutes=30))
NOW = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)


def said(value: object, locale: str) -> str:
    return render(T("kit.line", text=value), locale)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lang", "locale"),
    [
        ("zh", "zh_cn"), ("zh-CN", "zh_cn"), ("zh_cn", "zh_cn"), ("zh-Hant-TW", "zh_cn"), ("ZH", "zh_cn"),
        ("ja", "ja_jp"), ("ja_JP", "ja_jp"), ("en", "en_us"), ("en-GB", "en_us"),
        ("fr", "en_us"), ("", "en_us"), (None, "en_us"),
    ],
)  # fmt: skip
def test_locale_of(lang: str | None, locale: str) -> None:
    assert locale_of(lang) == locale


@pytest.mark.parametrize(
    ("style", "en", "zh", "ja"),
    [
        ("full", "Thu, Nov 19, 15:00–15:30", "11月19日 周四 15:00–15:30", "11月19日(木) 15:00–15:30"),
        ("short", "Thu, Nov 19, 15:00", "11月19日 周四 15:00", "11月19日(木) 15:00"),
        ("day", "Thu, Nov 19", "11月19日 周四", "11月19日(木)"),
        ("time", "15:00–15:30", "15:00–15:30", "15:00–15:30"),
    ],
)
def test_a_span_in_words(style: Style, en: str, zh: str, ja: str) -> None:
    when = When(HALF_HOUR, "Asia/Shanghai", style, NOW)
    assert [said(when, locale) for locale in LOCALES] == [en, zh, ja]


def test_an_instant_has_no_end() -> None:
    assert said(When(THREE, "Asia/Tokyo"), "en_us") == "Thu, Nov 19, 16:00"


def test_the_same_instant_is_another_day_elsewhere() -> None:
    late = Span.of(datetime(2026, 11, 19, 16, 30, tzinfo=UTC), timedelta(minutes=30))
    assert said(When(late, "Asia/Tokyo"), "ja_jp") == "11月20日(金) 01:30–02:00"
    assert said(When(late, "America/New_York"), "en_us") == "Thu, Nov 19, 11:30–12:00"


def test_the_year_is_told_when_it_is_another() -> None:
    when = When(datetime(2027, 1, 4, 2, 0, tzinfo=UTC), "Asia/Shanghai", "full", NOW)
    assert [said(when, locale) for locale in LOCALES] == [
        "Mon, Jan 4, 2027, 10:00",
        "2027年1月4日 周一 10:00",
        "2027年1月4日(月) 10:00",
    ]


def test_whose_year_it_is_depends_on_the_zone() -> None:
    new_year = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
    assert said(When(new_year, "Asia/Shanghai", "day", NOW), "en_us") == "Fri, Jan 1, 2027"
    assert said(When(new_year, "UTC", "day", NOW), "en_us") == "Thu, Dec 31"


def test_until_midnight_stays_on_its_day() -> None:
    evening = Span(datetime(2026, 11, 19, 14, 0, tzinfo=UTC), datetime(2026, 11, 19, 16, 0, tzinfo=UTC))
    assert said(When(evening, "Asia/Shanghai"), "en_us") == "Thu, Nov 19, 22:00–24:00"


def test_over_midnight_both_days_are_told() -> None:
    night = Span(datetime(2026, 11, 19, 15, 0, tzinfo=UTC), datetime(2026, 11, 19, 18, 0, tzinfo=UTC))
    assert [said(When(night, "Asia/Shanghai"), locale) for locale in LOCALES] == [
        "Thu, Nov 19, 23:00 – Fri, Nov 20, 02:00",
        "11月19日 周四 23:00 – 11月20日 周五 02:00",
        "11月19日(木) 23:00 – 11月20日(金) 02:00",
    ]


def test_a_clock_change_inside_is_told_by_the_clock() -> None:
    night = Span(datetime(2026, 3, 29, 0, 0, tzinfo=UTC), datetime(2026, 3, 29, 2, 0, tzinfo=UTC))
    assert said(When(night, "Europe/Berlin"), "en_us") == "Sun, Mar 29, 01:00–04:00"


@pytest.mark.parametrize(
    ("minutes", "en", "zh", "ja"),
    [
        (1, "1 min", "1 分钟", "1分"),
        (45, "45 min", "45 分钟", "45分"),
        (60, "1 hour", "1 小时", "1時間"),
        (120, "2 hours", "2 小时", "2時間"),
        (90, "1 h 30 min", "1 小时 30 分钟", "1時間30分"),
        (24 * 60, "1 day", "1 天", "1日"),
        (26 * 60, "26 hours", "26 小时", "26時間"),
    ],
)
def test_lengths(minutes: int, en: str, zh: str, ja: str) -> None:
    assert [said(Length(timedelta(minutes=minutes)), locale) for locale in LOCALES] == [en, zh, ja]


@pytest.mark.parametrize(
    ("names", "en", "zh", "ja"),
    [
        (["Mei"], "Mei", "Mei", "Mei"),
        (["Mei", "Bob"], "Mei and Bob", "Mei和Bob", "Mei、Bob"),
        (["Mei", "Bob", "花子"], "Mei, Bob, and 花子", "Mei、Bob和花子", "Mei、Bob、花子"),
    ],
)
def test_names_are_joined_the_way_the_language_does(names: list[str], en: str, zh: str, ja: str) -> None:
    assert [said(Names(names), locale) for locale in LOCALES] == [en, zh, ja]


def test_names_can_be_texts_and_have_a_joiner() -> None:
    texts = Names(["Mei", T("people.others", count=3)], " + ")
    assert said(texts, "en_us") == "Mei + 3 others"


@pytest.mark.parametrize(
    ("zone", "en", "zh", "ja"),
    [
        ("Asia/Shanghai", "Shanghai time", "上海时间", "上海時間"),
        ("Asia/Tokyo", "Tokyo time", "东京时间", "東京時間"),
        ("America/New_York", "New York time", "纽约时间", "ニューヨーク時間"),
        ("UTC", "UTC", "UTC", "UTC"),
        ("Zulu", "UTC", "UTC", "UTC"),
        ("Etc/GMT-8", "GMT-8", "GMT-8", "GMT-8"),
        ("Japan", "Tokyo time", "东京时间", "東京時間"),
    ],
)
def test_zones_by_their_city(zone: str, en: str, zh: str, ja: str) -> None:
    assert [said(Zone(zone), locale) for locale in LOCALES] == [en, zh, ja]


def test_every_zone_the_machine_knows_has_a_name() -> None:
    for name in available_timezones():
        assert all(said(Zone(name), locale) for locale in LOCALES), name


def test_a_reader_sees_their_own_clock_where_markdown_can() -> None:
    text = T("kit.line", text=ReaderTime(THREE, "Asia/Shanghai"))
    assert render(text, "en_us") == "Thu, Nov 19, 15:00"
    assert render(text, "en_us", markdown=True) == (
        "<local_datetime millisecond='1795071600000' format_type='week_short'></local_datetime> "
        "<local_datetime millisecond='1795071600000' format_type='date_short'></local_datetime> "
        "<local_datetime millisecond='1795071600000' format_type='time'></local_datetime>"
    )


def test_plurals_follow_the_language() -> None:
    assert [render(T("people.others", count=1), locale) for locale in LOCALES] == ["1 other", "另外 1 人", "ほか1人"]
    assert [render(T("people.others", count=2), locale) for locale in LOCALES] == ["2 others", "另外 2 人", "ほか2人"]


def test_texts_nest() -> None:
    inner = T("time.all_day", day=When(THREE, "Asia/Shanghai", "day"))
    assert said(inner, "ja_jp") == "11月19日(木) 終日"


def test_what_people_typed_is_left_alone_in_plain_text() -> None:
    typed = "**hi** <at id=all></at>"
    assert render(typed, "en_us") == typed
    assert render(T("kit.line", text=typed), "en_us") == typed


@pytest.mark.parametrize(
    ("typed", "safe"),
    [
        ("**hi**", "&#42;&#42;hi&#42;&#42;"),
        ("<at id=all></at>", "&#60;at id=all&#62;&#60;/at&#62;"),
        ("[a](b)", "&#91;a&#93;&#40;b&#41;"),
        (":OK:", "&#58;OK&#58;"),
        ("a\n# b\n---", "a &#35; b ---"),
        ("- a", "&#45; a"),
        ("+ a", "&#43; a"),
        ("1. a", "1&#46; a"),
        ("&#42;", "&#38;&#35;42;"),
        ("a_b~c`d|e\\f$g", "a&#95;b&#126;c&#96;d&#124;e&#92;f&#36;g"),
        ("方案 v1.2", "方案 v1.2"),
    ],
)
def test_what_people_typed_is_never_markdown(typed: str, safe: str) -> None:
    assert escape(typed) == safe
    assert render(typed, "zh_cn", markdown=True) == safe
    assert render(T("kit.line", text=Names([typed])), "zh_cn", markdown=True) == safe


def test_a_placeholder_typed_by_somebody_stays_text() -> None:
    assert said("{ $when }", "en_us") == "{ $when }"


def test_a_toast_speaks_every_language() -> None:
    assert all_locales(T("toast.booked")) == {
        "content": "Booked.",
        "i18n": {"en_us": "Booked.", "zh_cn": "订好了。", "ja_jp": "予約しました。"},
    }


def test_a_missing_sentence_still_says_something() -> None:
    assert not has("no.such")
    assert render(T("no.such"), "ja_jp") == "no.such"


def test_importing_costs_nobody_who_says_nothing() -> None:
    probe = "import sys, bot.i18n; print(sorted({m.split('.')[0] for m in sys.modules} & {'babel', 'fluent', 'pytz'}))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

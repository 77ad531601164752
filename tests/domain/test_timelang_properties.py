"""What must hold for any date, hour and zone: written out in words and read again it is the same."""

from __future__ import annotations

import locale
import os
import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.timelang import Kind, phrases, read

ZONES = ("Asia/Shanghai", "Asia/Tokyo", "Europe/London", "America/Los_Angeles", "America/St_Johns", "Pacific/Apia")
MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
EN_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HAN = "零一二三四五六七八九十"

zones = st.sampled_from(ZONES).map(ZoneInfo)
nows = st.builds(
    lambda wall, zone: wall.replace(tzinfo=zone),
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)).map(lambda value: value.replace(second=0, microsecond=0)),
    zones,
)
days = st.dates(date(2024, 1, 1), date(2034, 12, 31))
clocks = st.tuples(st.integers(0, 23), st.integers(0, 59))


def han(number: int) -> str:
    tens, units = divmod(number, 10)
    if number <= 10:
        return HAN[number]
    return ("" if tens == 1 else HAN[tens]) + "十" + (HAN[units] if units else "")


def wall(value: datetime | None) -> datetime:
    assert value is not None
    return value.replace(tzinfo=None)


def exists(moment: datetime, zone: ZoneInfo) -> bool:
    """Whether the wall clock of the zone ever shows this."""
    back = moment.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return back.replace(tzinfo=None) == moment


@given(nows, days)
def test_full_dates_survive_in_every_usual_order(now: datetime, day: date) -> None:
    month = MONTHS[day.month - 1]
    for text, language in (
        (f"{day.isoformat()}", "en"),
        (f"{day.year}/{day.month}/{day.day}", "zh"),
        (f"{month} {day.day}, {day.year}", "en"),
        (f"{day.day} {month[:3]} {day.year}", "en"),
        (f"{day.month}/{day.day}/{day.year}", "en"),
        (f"{day.year}年{day.month}月{day.day}日", "zh"),
        (f"{day.year}年{day.month}月{day.day}号", "zh"),
        ("".join(HAN[int(digit)] for digit in str(day.year)) + f"年{han(day.month)}月{han(day.day)}日", "zh"),
        (f"{day.year}年{day.month}月{day.day}日に", "ja"),
        (f"令和{day.year - 2018}年{day.month}月{day.day}日", "ja"),
    ):
        found = read(text, now, languages=(language,))[0]
        assert (found.kind, wall(found.start).date()) == (Kind.DATE, day), text


@given(nows, days, clocks)
def test_date_and_clock_time_survive(now: datetime, day: date, clock: tuple[int, int]) -> None:
    hour, minute = clock
    expected = datetime(day.year, day.month, day.day, hour, minute)
    if not exists(expected, now.tzinfo):  # type: ignore[arg-type]
        return
    twelve = f"{hour % 12 or 12}:{minute:02}{'am' if hour < 12 else 'pm'}"
    for text, language in (
        (f"{day.isoformat()} {hour:02}:{minute:02}", "en"),
        (f"{day.isoformat()}T{hour:02}:{minute:02}:00", "en"),
        (f"{MONTHS[day.month - 1]} {day.day}, {day.year} at {twelve}", "en"),
        (f"{twelve} on {day.day} {MONTHS[day.month - 1]} {day.year}", "en"),
        (f"{day.year}年{day.month}月{day.day}日{hour:02}:{minute:02}", "zh"),
        (f"{day.year}年{day.month}月{day.day}日の{hour:02}:{minute:02}に", "ja"),
    ):
        found = read(text, now, languages=(language,))[0]
        assert (found.kind, wall(found.start)) == (Kind.INSTANT, expected), text


@given(nows, st.integers(13, 23), st.integers(1, 59))
def test_hours_of_the_afternoon_are_said_alike_in_all_languages(now: datetime, hour: int, minute: int) -> None:
    expected = datetime(now.year, now.month, now.day, hour, minute)
    if not exists(expected, now.tzinfo):  # type: ignore[arg-type]
        return
    half = "下午" if hour < 18 else "晚上"
    for text, language in (
        (f"today at {hour - 12}:{minute:02} pm", "en"),
        (f"今天{half}{hour - 12}点{minute}分", "zh"),
        (f"今天{half}{han(hour - 12)}点{han(minute)}分", "zh"),
        (f"今日の午後{hour - 12}時{minute}分に", "ja"),
    ):
        found = read(text, now, languages=(language,))[0]
        assert (found.kind, wall(found.start)) == (Kind.INSTANT, expected), text


@given(nows, st.integers(1, 300))
def test_offsets_are_elapsed_time(now: datetime, minutes: int) -> None:
    expected = now.astimezone(UTC) + timedelta(minutes=minutes)
    for text, language in (
        (f"in {minutes} minutes", "en"),
        (f"{minutes} minutes from now", "en"),
        (f"{minutes}分钟后", "zh"),
        (f"{minutes}分後に", "ja"),
    ):
        found = read(text, now, languages=(language,))[0]
        assert found.start is not None
        assert (found.kind, found.start.astimezone(UTC)) == (Kind.INSTANT, expected), text


@given(nows, st.integers(1, 60))
def test_days_ahead_are_calendar_days(now: datetime, count: int) -> None:
    expected = now.date() + timedelta(days=count)
    for text, language in ((f"in {count} days", "en"), (f"{count}天后", "zh"), (f"{count}日後に", "ja")):
        found = read(text, now, languages=(language,))[0]
        assert (found.kind, wall(found.start).date()) == (Kind.DATE, expected), text


@given(nows, st.integers(0, 6), st.integers(-1, 2))
def test_weekdays_of_a_named_week_fall_in_it(now: datetime, weekday: int, week: int) -> None:
    monday = now.date() - timedelta(days=now.weekday())
    expected = monday + timedelta(days=7 * week + weekday)
    zh = {-1: "上", 0: "这", 1: "下", 2: "下下"}[week] + "周" + "一二三四五六日"[weekday]
    ja = {-1: "先週", 0: "今週", 1: "来週", 2: "再来週"}[week] + "の" + "月火水木金土日"[weekday] + "曜日に"
    en = f"{EN_DAYS[weekday]} " + {-1: "last week", 0: "this week", 1: "next week", 2: "the week after next"}[week]
    for text, language in ((zh, "zh"), (ja, "ja"), (en, "en")):
        found = read(text, now, languages=(language,))[0]
        assert (found.kind, wall(found.start).date()) == (Kind.DATE, expected), text


@given(nows, st.integers(8, 11), st.integers(12, 17))
def test_ranges_keep_both_ends(now: datetime, first: int, last: int) -> None:
    tomorrow = now.date() + timedelta(days=1)
    begin, end = (datetime(tomorrow.year, tomorrow.month, tomorrow.day, hour) for hour in (first, last))
    for text, language in (
        (f"tomorrow {first}:00-{last}:00", "en"),
        (f"tomorrow from {first}am to {(last - 1) % 12 + 1}pm", "en"),
        (f"明天{first}点到{last}点", "zh"),
        (f"明日{first}時から{last}時まで", "ja"),
    ):
        found = read(text, now, languages=(language,))[0]
        assert (found.kind, wall(found.start), wall(found.end)) == (Kind.RANGE, begin, end), text


@given(st.integers(1, 5), st.sampled_from((0, 15, 30, 45)))
def test_lengths_are_the_same_in_all_languages(hours: int, minutes: int) -> None:
    now = datetime(2026, 11, 18, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    tails = (f" {minutes} minutes", f"{minutes}分钟", f"{minutes}分") if minutes else ("", "", "")
    for text, language in (
        (f"{hours} hours{tails[0]}", "en"),
        (f"{hours}小时{tails[1]}", "zh"),
        (f"{hours}時間{tails[2]}です", "ja"),
    ):
        found = read(text, now, languages=(language,))[0]
        assert (found.kind, found.duration) == (Kind.DURATION, timedelta(hours=hours, minutes=minutes)), text


@given(st.integers(0, 6), st.integers(1, 4), st.integers(7, 23))
def test_weekly_rules_are_the_same_in_all_languages(weekday: int, interval: int, hour: int) -> None:
    now = datetime(2026, 11, 18, 6, tzinfo=ZoneInfo("Asia/Shanghai"))
    code = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[weekday]
    step = f";INTERVAL={interval}" if interval > 1 else ""
    name = EN_DAYS[weekday]
    zh = f"每{interval if interval > 1 else ''}周{'的周' if interval > 1 else ''}{'一二三四五六日'[weekday]}{hour}点"
    ja = f"{f'{interval}週間ごとの' if interval > 1 else '毎週'}{'月火水木金土日'[weekday]}曜{hour}時に"
    en = f"every {f'{interval} weeks on ' if interval > 1 else ''}{name} at {hour}:00"
    for text, language in ((en, "en"), (zh, "zh"), (ja, "ja")):
        found = read(text, now, languages=(language,))[0]
        assert (found.kind, found.rrule) == (Kind.RECURRENCE, f"FREQ=WEEKLY{step};BYDAY={code}"), text
        assert (wall(found.start).weekday(), wall(found.start).hour) == (weekday, hour), text


RELATIVE = (
    ("tomorrow at 3pm", "en"),
    ("next Tuesday 10:00-11:30", "en"),
    ("Friday afternoon", "en"),
    ("in 3 days", "en"),
    ("this weekend", "en"),
    ("every Monday at 9am", "en"),
    ("下周三下午3点", "zh"),
    ("后天上午", "zh"),
    ("周五下班前", "zh"),
    ("每两周的周四下午三点", "zh"),
    ("本周内", "zh"),
    ("来週の火曜14時から15時", "ja"),
    ("明後日の午前中", "ja"),
    ("金曜までに", "ja"),
    ("毎週月曜10時", "ja"),
)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(lambda value: value.replace(second=0, microsecond=0)),
    st.integers(1, 80),
    st.sampled_from(RELATIVE),
)
def test_saying_it_whole_weeks_later_moves_it_by_as_much(said: datetime, weeks: int, phrase: tuple[str, str]) -> None:
    text, language = phrase
    zone, shift = ZoneInfo("Asia/Shanghai"), timedelta(weeks=weeks)
    early = read(text, said.replace(tzinfo=zone), languages=(language,))
    late = read(text, (said + shift).replace(tzinfo=zone), languages=(language,))
    assert [(r.kind, r.start and r.start + shift, r.end and r.end + shift) for r in early] == [
        (r.kind, r.start, r.end) for r in late
    ]


def test_reading_does_not_look_at_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime(2026, 11, 18, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    before = [read(text, now, languages=(language,)) for text, language in RELATIVE]
    monkeypatch.setattr(time, "time", lambda: 0.0)
    old = os.environ.get("TZ")
    monkeypatch.setenv("TZ", "America/Sao_Paulo")
    time.tzset()
    kept = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, "C")
        assert [read(text, now, languages=(language,)) for text, language in RELATIVE] == before
    finally:
        locale.setlocale(locale.LC_ALL, kept)
        if old is None:
            monkeypatch.delenv("TZ")
        else:
            monkeypatch.setenv("TZ", old)
        time.tzset()


alphabet = st.sampled_from(
    list("明天后下周一二三四五六日月点半到前后每第个的、，。から時曜まで tomorrow next every at pm 0123456789:/-~.@`+")
)


@settings(max_examples=300)
@given(st.lists(alphabet, max_size=40).map("".join))
def test_nothing_people_type_breaks_it(text: str) -> None:
    now = datetime(2026, 11, 18, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    found = read(text, now)
    assert found
    for reading in found:
        assert (reading.kind is Kind.NONE) == (reading.reason is not None)
        if reading.kind is Kind.RANGE and reading.start and reading.end:
            assert reading.start < reading.end
    last = 0
    for phrase in phrases(text, now):
        assert last <= phrase.start < phrase.end <= len(text)
        assert phrase.readings
        last = phrase.start

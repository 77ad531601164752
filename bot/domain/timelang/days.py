"""Which day: relative days, weekdays, dates in every usual order."""

from __future__ import annotations

from bot.domain.timelang.cursor import Cursor, Found, Fragment, by_tag
from bot.domain.timelang.dates import named_month, ordinal_day, year_number
from bot.domain.timelang.dateshapes import full_date, iso_moment, month_and_day, year_and_month, year_last_date
from bot.domain.timelang.names import feast_thing
from bot.domain.timelang.numbered import numbered_date
from bot.domain.timelang.weekdays import modified_weekday, weekday, weekday_letter


def _relative(c: Cursor, i: int) -> Found | None:
    if c.text(i) == "day after":
        return None
    company = c.size == 1 or c.has(i + 1, "num", "hms", "part") or c.text(i + 1) == "at"
    if c.text(i) in ("tom", "td") and not company:
        return None
    offset = c.tags(i)["day"]
    j = i + 1
    fragment: Fragment = {"doff": offset}
    if c.has(i, "nextday") and offset == 1:
        fragment["nextday"] = True
    if c.has(i, "sameday"):
        fragment = {"doff": 0}
    if c.text(i) == "后日" and c.lang == "ja":
        return None  # some other day
    if c.text(i) == "后天" and "先天" in c.source.norm[:200]:
        return None  # what one learns, not what one is born with
    if c.text(j) == "week" and offset in (0, 1) and not c.num(j + 1) and not c.cjk(i):
        return {"doff": offset + 7}, j + 1  # today week
    if c.text(j) == "week" or (c.cjk(i) and c.text(j) == "子"):
        return None
    if c.text(i) in ("本日", "今日") and c.text(j).startswith("头条"):
        return None
    return fragment, j


def _next_day(c: Cursor, i: int) -> Found | None:
    if c.text(i) in ("day after", "the day after"):
        return None
    return {"doff": 1, "nextday": True}, i + 1


def _daypart(c: Cursor, i: int) -> Found | None:
    offset, part = c.tags(i)["daypart"]
    following: Fragment = {"nextday": True} if c.has(i, "nextday") else {}
    return {"doff": offset, "part": part} | following, i + 1


def _day_after(c: Cursor, i: int) -> Found | None:
    """翌2時: two o'clock on the day after."""
    if c.text(i) != "翌" or c.num(i + 1) is None or not c.has(i + 2, "clockunit"):
        return None
    return {"doff": 1, "nextday": True}, i + 1


def _era(c: Cursor, i: int) -> Found | None:
    base = c.tags(i)["era"]
    value = 1 if c.text(i + 1) == "元" else c.num(i + 1)
    if value is None or c.text(i + 2) != "年":
        return None
    return {"year": base + value}, i + 3


def _holiday(c: Cursor, i: int) -> Found | None:
    name = c.tags(i)["hol"]
    j = i + 1
    if name == "newyear" and c.text(j) in ("resolution", "resolutions", "快", "快乐"):
        return None
    if c.text(j)[:2] in ("快乐", "愉快") or c.text(j)[:1] in ("快", "愉") or c.text(i - 1) in ("happy", "merry"):
        return None
    if feast_thing(c, j):
        return None
    for _ in range(2):
        if (
            c.text(j) in ("那", "当", "节", "假期", "day", "holiday", "放假")
            and c.text(j + 1) in ("天", "日", "")
            and c.text(j) in ("那", "当")
        ):
            j += 2
        elif c.text(j) in ("当天", "那天", "当日", "当晚"):
            j += 1
    dated = c.source.norm.startswith("明けの", c.at(j).start) and c.has(j + 3, "num", "month", "md", "wd")
    if dated and c.at(j).start:
        return None  # お盆明けの8月17日 is that date
    fragment: Fragment = {"hol": "tanabata" if c.lang == "ja" and name == "qixi" else name}
    if c.text(i).endswith("夜") and c.num(j) is not None:
        fragment["part"] = "evening"
    if c.has(j, "weekend"):
        return fragment | {"weekof": True, "weekend": True}, j + 1
    year = year_number(c, j + 1 if c.text(j) in (",", "of", "in") else j)
    if year is not None and c.num(year[1] - 1) is not None:
        fragment["year"] = year[0]
        j = year[1]
    return fragment, j


def _named_moon_month(c: Cursor, i: int) -> Found | None:
    """腊月二十三, 正月初三."""
    k = i + 2 if c.text(i + 1) == "初" else i + 1
    number = c.num(k)
    if number is None or not 1 <= number <= 30 or c.has(k + 1, "unit", "clockunit", "measure"):
        return None
    return {"lunar": True, "month": c.tags(i)["lunarmonth"], "days": (number,)}, k + 1


def _day_name(c: Cursor, i: int) -> Found | None:
    return {"days": (c.tags(i)["dayname"],)}, i + 1


def _year_word(c: Cursor, i: int) -> Found | None:
    unit, offset = c.tags(i)["period"]
    if unit != "year":
        return None
    return {"yoff": -1 if c.text(i) == "前年" and c.lang == "ja" else offset}, i + 1


def _new_moon_month(c: Cursor, i: int) -> Found | None:
    """农历八月十五, 正月初三."""
    j = i + 1
    month = c.num(j)
    if month is None or c.text(j + 1) != "月":
        return None
    k = j + 2
    if c.text(k) == "初":
        k += 1
    number = c.num(k)
    if number is None:
        return None
    k += 1
    if c.text(k) in ("日", "号"):
        k += 1
    return {"lunar": True, "month": month, "days": (number,)}, k


_READERS = (
    ("iso", iso_moment),
    ("day", _relative),
    ("daypart", _daypart),
    ("nextday", _next_day),
    ("lunarmonth", _named_moon_month),
    ("hol", _holiday),
    ("wd", weekday),
    ("wds", weekday),
    ("ymd", full_date),
    ("dmy", year_last_date),
    ("ym", year_and_month),
    ("md", month_and_day),
    ("lunar", _new_moon_month),
    ("month", named_month),
    ("rel", _day_after),
    ("rel", modified_weekday),
    ("num", numbered_date),
    ("ord", ordinal_day),
    ("era", _era),
    ("dayname", _day_name),
    ("period", _year_word),
    ("wdc", weekday_letter),
)

day = by_tag(_READERS)  # a fragment about the day at i

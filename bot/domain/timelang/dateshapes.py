"""Dates in figures: ``2026-11-25``, ``11/25``, ``25.11.2026``, ISO timestamps."""

from __future__ import annotations

from bot.domain.timelang.cursor import Cursor, Found, Fragment

_FRACTION_TAILS = (
    "の確率",
    "の人",
    "の社",
    "サイズ",
    "の割合",
    "の量",
    "の大きさ",
    "のサイズ",
    "的概率",
    "的人",
    "的机会",
    "的量",
    "的员工",
    "以上",
    "以下",
)


def full_date(c: Cursor, i: int) -> Found | None:
    year, month, number = c.tags(i)["ymd"]
    if "compact" in c.tags(i) and (
        c.text(i - 1)[-1:] in ("号", "#", "-") or c.has(i - 1, "idword") or c.text(i + 1)[:1] == "-"
    ):
        return None
    j = i + 1
    if c.text(j) in ("日", "号"):
        j += 1
    return {"year": year, "month": month, "days": (number,)}, j


def year_last_date(c: Cursor, i: int) -> Found | None:
    first, second, year = c.tags(i)["dmy"]
    if c.tags(i)["sepchar"] == ".":
        first, second = second, first
    if c.lang != "en" and c.tags(i)["sepchar"] == "/" and year < 2100 and c.at(i).end - c.at(i).start == 8:
        short = c.text(i).split("/")
        if len(short[2]) == 2 and int(short[0]) > 12 and 1 <= int(short[1]) <= 12 and 1 <= int(short[2]) <= 31:
            return {"year": 2000 + int(short[0]), "month": int(short[1]), "days": (int(short[2]),)}, i + 1
    if first > 12:
        first, second = second, first
    if first > 12 or second > 31:
        return None
    return {"year": year, "month": first, "days": (second,)}, i + 1


def year_and_month(c: Cursor, i: int) -> Found | None:
    year, month = c.tags(i)["ym"]
    return {"year": year, "month": month}, i + 1


def month_and_day(c: Cursor, i: int) -> Found | None:
    """11/25, 2-15, 6.8（周二）."""
    first, second = c.tags(i)["md"]
    sep = c.tags(i)["sepchar"]
    raw = c.tags(i)["mdraw"]
    if c.lang == "en" and first > 12:
        first, second = second, first
    if not (1 <= first <= 12 and 1 <= second <= 31):
        return None
    after = c.at(i + 1)
    if sep == "/" and (first, second) in ((24, 7), (7, 24)) and c.tags(i)["md"] == (24, 7):
        return None
    if sep == "." and not _dotted_date(c, i):
        return None
    if sep == "/" and (
        c.has(i + 1, "unit", "countnoun", "mer")
        or (after.text in ("of", "th", "は") and c.tags(i)["md"] in ((1, 2), (13, 13)))
        or after.text == "of"
    ):
        return None
    if sep == "/" and c.text(i - 1) in ("了", "过") and first < second < 6:
        return None  # 完成了3/4
    if sep == "/" and first < second and c.source.norm.startswith(_FRACTION_TAILS, after.start):
        return None
    if sep == "/" and first == second == 13:
        return None
    lead = c.has(i - 1, "wd", "from", "to", "before", "after", "by", "until", "or", "every") or c.text(i - 1) in (
        "on",
        "for",
    )
    if (
        c.lang == "en"
        and first < second <= 10
        and first <= 3
        and not lead
        and after.text[:1].isalpha()
        and not after.tags
    ):
        return None  # 3/4 done, 1/2 cup
    if len(raw[0]) > 2 or c.has(i - 1, "idword"):
        return None
    j = i + 1
    if c.text(j) in ("号", "日"):
        j += 1
    return {"month": first, "days": (second,), "numeric": True}, j


def _dotted_date(c: Cursor, i: int) -> bool:
    """6.8 is a number unless its surroundings say it is a day."""
    if c.text(i + 1) in ("号", "日"):
        return c.lang != "ja"
    if (
        c.has(i + 1, "unit", "countnoun", "mer", "clockunit")
        or c.has(i - 1, "idword")
        or c.text(i - 1) in ("at", "is", "was", "=", ">", "<")
    ):
        return False
    opened = c.text(i + 1) == "(" and c.has(i + 2, "wd", "wdc")
    dated = (c.has(i + 1, "wd", "part", "hms", "daypart", "dash") and not c.has(i + 2, "dec")) or c.has(i + 1, "wd")
    ranged = (c.has(i + 1, "dash", "to") and c.has(i + 2, "md") and c.cjk(i + 3)) or (
        c.has(i - 1, "dash", "to") and c.has(i - 2, "md") and c.cjk(i + 1)
    )
    ranged = ranged or (c.lang != "en" and c.size == 3 and c.has(1, "dash", "to") and c.has(2, "md") and c.has(0, "md"))
    return (
        opened
        or (dated and not c.has(i + 1, "dash"))
        or c.text(i - 1) in ("on", "周", "从", "于")
        or ranged
        or c.text(i + 1) in ("号", "日", "开始", "之前", "前", "截止")
    )


def iso_moment(c: Cursor, i: int) -> Found | None:
    year, month, number, hour, minute, _ = c.tags(i)["iso"]
    fragment: Fragment = {
        "year": year,
        "month": month,
        "days": (number,),
        "hour": hour,
        "minute": minute,
        "explicit": True,
    }
    if "isozone" in c.tags(i):
        fragment["zone"] = c.tags(i)["isozone"]
    return fragment, i + 1

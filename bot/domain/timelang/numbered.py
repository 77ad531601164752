"""Dates that begin with a number: ``11月25日``, ``2026年``, ``15 June``, ``2-15``."""

from __future__ import annotations

from bot.domain.timelang.cursor import Cursor, Found, Fragment
from bot.domain.timelang.dates import day_number, ordinal_day, year_number, year_pair
from bot.domain.timelang.doubt import doubtful
from bot.domain.timelang.lengths import counts_days
from bot.domain.timelang.lexicon import word_set
from bot.domain.timelang.names import for_a_day, honoured, town
from bot.domain.timelang.seasons import FISCAL_YEAR

_HOUSE = (
    "楼",
    "房",
    "室",
    "会议室",
    "线",
    "门",
    "厅",
    "机",
    "桌",
    "文",
    "院",
    "馆",
    "店",
    "库",
    "车",
    "位",
    "员",
    "选",
    "单",
    "元",
    "包",
    "箱",
    "铺",
    "窗",
    "柜",
    "路",
    "站",
    "台",
    "仓",
    "公",
    "码",
    "方案",
    "项目",
    "提案",
    "样品",
    "服务器",
    "赛道",
    "模板",
    "链接",
    "电池",
    "电梯",
    "球员",
    "球衣",
    "队员",
    "汽油",
    "柴油",
    "种子",
    "嘉宾",
    "病",
    "染色",
    "令",
    "牌",
    "字",
    "跑道",
    "出口",
    "入口",
    "口",
    "航站",
    "检票",
    "停机",
    "摊",
    "档口",
    "泊位",
    "工位",
    "餐桌",
    "套餐",
    "选手",
    "运动员",
)


_WEEKDAY_WORDS = word_set("friday|monday|tuesday|wednesday|thursday|saturday|sunday|fri|mon|tue|wed|thu|sat|sun")


def numbered_date(c: Cursor, i: int) -> Found | None:
    """11月, 25号, 2026年, 15th, 15 June, 2022 11 23."""
    value = c.num(i)
    if value is None:
        return None
    j = i + 1
    unit = c.text(j)
    if unit in ("、", "和", ",", "・", "或", "或者", "か") and c.num(j + 1) is not None and value <= 31:
        shared = _shared_unit(c, i)
        if shared is not None:
            return shared
    if unit != "年" and value >= 1990 and year_pair(c, i):
        return {"year": value}, j
    if unit in ("年", "年度") and (value >= 1900 or not c.has(j + 1, "later", "ago", "withinsuf", "spanunit")):
        digits = c.tags(i).get("digits", "")
        positional = c.tags(i).get("positional", 0)
        if (
            value >= 1900
            or (len(digits) == 2 and (c.num(j + 1) is not None or value > 20))
            or (positional == 2 and c.num(j + 1) is not None)
        ):
            if not 1900 <= value < 2200 and value >= 100:
                return None
            j += 1
            if c.text(j) in (",", "、"):
                j += 1 if c.num(j + 1) is not None else 0
            fiscal: Fragment = {"season": FISCAL_YEAR} if unit == "年度" and c.lang == "ja" else {}
            return {"year": value if value >= 100 else 2000 + value} | fiscal, j
        return None
    if unit in ("月", "月份", "がつ") and 1 <= value <= 12 and not c.has(i - 1, "ordmark"):
        if honoured(c, j):
            return None
        j += 1
        if c.text(j) == "份":
            j += 1
        fragment: Fragment = {"month": value}
        moon = c.num(j + 1) if c.text(j) == "初" else None
        if moon is not None and 1 <= moon <= 10 and "han" in c.tags(j + 1) and not c.has(j + 2, "unit"):
            return fragment | {"lunar": True, "days": (moon,)}, j + 2
        k = j + 1 if c.text(j) in ("的", "の") else j
        number = c.num(k)
        if number is not None and 1 <= number <= 31 and (not c.at(k).space or c.text(k + 1) in ("号", "日")):
            if c.text(k + 1) in ("号", "日", "にち"):
                return _day_list(c, fragment | {"days": (number,)}, k + 2)
            if c.text(k + 1) in ("、", "和", ",", "・") and c.num(k + 2) is not None and c.text(k + 3) in ("号", "日"):
                return _day_list(c, fragment | {"days": (number, c.num(k + 2))}, k + 4)
            more = _spelled_days(c, k)
            if more is not None:
                return fragment | {"days": more[0]}, more[1]
            if c.has(k + 1, "to") and c.num(k + 2) is not None and c.text(k + 3) in ("号", "日"):
                return fragment | {"days": (number,)}, k + 1
            if (
                not c.has(k + 1, "clockunit", "unit", "monthsuf", "measure", "timesword")
                and c.text(k + 1) not in ("人", "名", "个", "家", "款", "上", "中", "下", "万")
                and number > 9
            ) or k + 1 >= c.size:
                return fragment | {"days": (number,)}, k + 1
        return fragment, j
    if c.text(i - 1) == "月" and not 0 < (c.num(i - 2) or 1) <= 12:
        return None  # 13月1号
    if unit in ("号", "日", "にち") and 1 <= value <= 31 and not c.has(i - 1, "ordmark", "every"):
        if (
            c.source.norm.startswith(_HOUSE, c.at(j + 1).start)
            or c.has(j + 1, "idword")
            or (unit == "日" and c.has(j + 1, "later", "withinsuf") and c.text(j + 1) not in ("先",))
        ):
            return None
        if unit == "号" and c.lang == "ja":
            return None
        if unit == "日" and (c.text(j + 1)[:1] in ("目", "制", "坊") or counts_days(c, i, j) or town(c, i, j)):
            return None
        if unit == "日" and (
            (c.num(j + 1) is not None and c.has(j + 2, "timescount"))
            or (c.lang == "ja" and c.text(i - 1) in ("周", "月"))
        ):
            return None  # 1日2回, 週2日
        if unit == "日" and ((c.lang == "zh" and not c.glued(j)) or (value == 1 and for_a_day(c, j))):
            return None
        if c.has(i - 1, "pastn", "nextn") and unit == "日" and c.text(i - 1) not in ("この", "前", "从"):
            return None
        return _day_list(c, {"days": (value,)}, j + 1)
    if unit in ("号", "日") and c.has(i - 1, "every") and 1 <= value <= 31 and unit == "号":
        return {"days": (value,)}, j + 1
    if (
        unit.startswith(("st", "nd", "rd", "th"))
        or c.has(j, "month")
        or (c.text(j) in ("of", "-", "/", ".") and c.has(j + 1, "month"))
        or (c.text(j) == "of" and c.has(j + 1, "rel") and c.tags(j + 2).get("unit") == "month")
    ):
        found = ordinal_day(c, i)
        if found is not None:
            return found
    year = year_number(c, i)
    if year is not None and "digits" in c.tags(i):
        k = year[1]
        if c.text(k) in (",", "-", "/"):
            k += 1
        if c.has(k, "month") and not doubtful(c, k):
            fragment = {"year": year[0], "month": c.tags(k)["month"]}
            k += 1
            if c.text(k) in ("-", "/") and c.glued(k):
                k += 1
            number, after = day_number(c, k)
            return (fragment | {"days": (number,)}, after) if number is not None else (fragment, k)
        if (
            c.text(i - 1) in ("in", "year", "during", "since", "until", "by", "before", "after", "of", "for")
            and not c.has(year[1], "countnoun", "unit", "num")
            and (not c.text(year[1]) or c.tags(year[1]) or not c.text(year[1])[0].isalpha())
            and c.text(year[1]) not in ("-", "/")
        ):
            return {"year": year[0]}, year[1]
        month, number = c.num(year[1]), c.num(year[1] + 1)
        if (
            month is not None
            and number is not None
            and 1 <= month <= 12
            and 1 <= number <= 31
            and "digits" in c.tags(year[1])
            and c.at(year[1] + 1).space
        ):
            return {"year": year[0], "month": month, "days": (number,)}, year[1] + 2
        if month is not None and 1 <= month <= 12 and c.text(year[1]) == "/":
            return {"year": year[0], "month": month}, year[1] + 1
        if (
            c.text(i + 1) in ("/", "-")
            and (month := c.num(i + 2)) is not None
            and 1 <= month <= 12
            and not c.glued(i + 1)
        ):
            return {"year": year[0], "month": month}, i + 3
    if 1 <= value <= 12 and c.text(j) in ("-", "/") and year_number(c, j + 1) is not None and "digits" in c.tags(i):
        return {"year": c.num(j + 1), "month": value}, j + 2
    if (
        1 <= value <= 12
        and c.text(j) in ("/", "-")
        and (c.at(j).space or not c.glued(j + 1))
        and (number := c.num(j + 1)) is not None
        and "digits" in c.tags(i)
    ) and (
        value <= 12 < number <= 31
        and not c.has(j + 2, "clockunit", "unit", "mer", "daysuf", "month", "measure", "countnoun", "hms")
        and c.text(j + 2) in ("", "/", ",", "at")
    ):
        return {"month": value, "days": (number,), "numeric": True}, j + 2
    dashed = _dashed(c, i, value)
    if dashed is not None:
        return dashed
    if (
        c.text(i - 1) == "on"
        and 1 <= value <= 31
        and c.text(j) not in ("%",)
        and not c.has(j, "countnoun", "unit", "mer", "oclock")
    ) and (not c.text(j) or c.text(j) in ("at", ",", ".")):
        return {"days": (value,)}, j
    if c.text(i - 1) in _WEEKDAY_WORDS and ((value > 12 and value <= 31) or c.text(j) == "at"):
        return {"days": (value,)}, j
    return None


def _shared_unit(c: Cursor, i: int) -> Found | None:
    """25、26号; 25或26号: the unit behind the last number is that of all."""
    if c.has(i - 1, "ordmark", "idword", "dec", "or", "sep", "and") or c.text(i + 3) in ("、", ","):
        more = _spelled_days(c, i) if not c.has(i - 1, "ordmark", "idword", "dec", "or", "sep", "and") else None
        return ({"days": more[0]}, more[1]) if more is not None and not _house(c, more[1]) else None
    last, unit = c.num(i + 2), c.text(i + 3)
    value = c.num(i) or 0
    if last is None or not value < last <= 31 or unit not in ("号", "日") or _house(c, i + 4):
        return None
    if unit == "号" and c.lang == "ja":
        return None
    return ({"days": (value,)}, i + 1) if c.has(i + 1, "or") else ({"days": (value, last)}, i + 4)


def _house(c: Cursor, j: int) -> bool:
    """1、2号楼; 3、4日目."""
    return c.source.norm.startswith((*_HOUSE, "目", "间", "游", "後", "后", "前", "以"), c.at(j).start)


def _spelled_days(c: Cursor, k: int) -> tuple[tuple[int, ...], int] | None:
    """3、4、5日: several numbers that share one 日."""
    days: list[int] = []
    for _ in range(8):
        value = c.num(k)
        if value is None or not 1 <= value <= 31:
            return None
        days.append(value)
        if c.text(k + 1) in ("号", "日"):
            return (tuple(days), k + 2) if len(days) > 1 else None
        if c.text(k + 1) not in ("、", "和", ",", "・"):
            return None
        k += 2
    return None


def _dashed(c: Cursor, i: int, value: int) -> Found | None:
    """2-15, 09-01 20:01: month and day with a dash, when nothing makes it a range."""
    if c.text(i + 1) != "-" or not 1 <= value <= 12 or len(c.tags(i).get("digits", "xxx")) > 2:
        return None
    number = c.num(i + 2)
    if number is None or not 1 <= number <= 31 or len(c.tags(i + 2).get("digits", "xxx")) > 2:
        return None
    tight = c.glued(i + 1) and c.glued(i + 2)
    alone = i == 0 and c.size == 3
    padded = [c.tags(k).get("digits", "") for k in (i, i + 2)]
    padded_date = all(len(d) == 2 for d in padded) and any(d[0] == "0" for d in padded)
    begins = i == 0 or (padded_date and c.text(i - 1) not in ("-", "/", ".", ":"))
    if alone or (tight and ((c.has(i + 3, "hms", "part") and begins) or c.text(i + 3) == "(")):
        return {"month": value, "days": (number,), "numeric": True}, i + 3
    return None


def _day_list(c: Cursor, fragment: Fragment, j: int) -> Found:
    """4号和10号, 5日・20日: several days of one month."""
    while (
        c.has(j, "and")
        and c.num(j + 1) is not None
        and c.text(j + 2) in ("号", "日")
        and not c.has(j + 3, "later", "withinsuf")
    ):
        fragment = fragment | {"days": (*fragment["days"], c.num(j + 1))}
        j += 3
    return fragment, j

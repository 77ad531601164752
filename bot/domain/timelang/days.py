"""Which day: relative days, weekdays, dates in every usual order."""

from __future__ import annotations

from bot.domain.timelang.cursor import Cursor, Found, Fragment
from bot.domain.timelang.lexicon import word_set
from bot.domain.timelang.numerals import HAN_DIGITS

_VERBS_AFTER_MAY = word_set("be|not|have|well|also|need|i|we|you|want")

_BEFORE_ORDINAL = word_set("on|by|until|till|before|after|from|to|of|and|since|between|for|through")

_WEEKDAY_WORDS = word_set("friday|monday|tuesday|wednesday|thursday|saturday|sunday|fri|mon|tue|wed|thu|sat|sun")


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
)
_DOUBT_LEADS = word_set(
    "on|this|next|last|in|by|before|after|until|till|since|from|every|each|,|to|and|or|-|/|(|of|the|"
    "early|late|mid|end|for|coming|at|first|second|third|fourth"
)
_COUNTED = word_set("time|party|thing|person|place|one|floor|option|half|century|draft|version|round|attempt|step|day")
_HAN_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}


def doubtful(c: Cursor, i: int) -> bool:
    """may, march, sat, sun, second …: words that are a time only in company."""
    token = c.at(i)
    if "doubt" not in token.tags:
        return False
    previous, following = c.at(i - 1), c.at(i + 1)
    if token.text.endswith(".") or c.size == 1:
        return False
    if "month" in token.tags and following.text == "the" and c.has(i + 2, "num", "ord"):
        return False
    if "month" in token.tags and (previous.text in ("the",) and token.text != "sept"):
        return True
    if previous.text in _DOUBT_LEADS and previous.text not in ("the",):
        return token.text == "may" and following.text in _VERBS_AFTER_MAY
    if "rel" in following.tags and not c.has(i + 2, "unit", "wd", "weekend"):
        return True
    near = ("num", "ord", "hms", "wd", "month", "ymd", "mer", "day", "nth", "hm", "part", "md", "edge", "rel")
    if any(name in following.tags for name in near) and following.text not in ("a", "an", "the", "one"):
        return False
    if following.text in ("at", ",", "-", "/", "~", "from", "(") or ("to" in following.tags and following.text != "to"):
        return False
    if any(name in previous.tags for name in near):
        return False
    if token.text in ("may", "march", "second", "sat", "sun", "mar"):
        return not (c.capital(i) and token.text in ("sat", "sun") and (i > 0 or not following.text)) and not (
            i == 0 and c.size <= 2 and not following.text
        )
    return not (c.capital(i) or i == 0 or not following.text)


def day(c: Cursor, i: int) -> Found | None:
    """A fragment about the day at i."""
    tags = c.tags(i)
    if not tags:
        return None
    for name, reader in _READERS:
        if name in tags:
            found = reader(c, i)
            if found is not None:
                return found
    return None


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
    if c.text(j) == "week" or (c.cjk(i) and c.text(j) == "子"):
        return None
    if c.text(i) in ("本日", "今日") and c.text(j).startswith("头条"):
        return None
    return fragment, j


def _next_day(c: Cursor, i: int) -> Found | None:
    if c.text(i) in ("day after", "the day after"):
        return None
    return {"doff": 1, "nextday": True}, i + 1


def _same_day(c: Cursor, i: int) -> Found | None:
    return None


def _daypart(c: Cursor, i: int) -> Found | None:
    offset, part = c.tags(i)["daypart"]
    return {"doff": offset, "part": part}, i + 1


def _weekday(c: Cursor, i: int) -> Found | None:
    if doubtful(c, i):
        return None
    value = c.tags(i).get("wd")
    plural = value is None
    value = c.tags(i)["wds"] if value is None else value
    days, j = [value], i + 1
    fragment: Fragment = {}
    if c.cjk(i) and c.text(i)[0] in "周星礼":
        while True:  # 周一三五, 周二、四
            k = j
            if c.text(k) in ("、", "和", ",", "/", "与"):
                k += 1
            word = c.text(k)
            more = [_HAN_WEEKDAYS[char] for char in word if char in _HAN_WEEKDAYS]
            if not more or len(more) != len(word) or c.at(k).space:
                break
            if c.has(k + 1, "unit", "clockunit", "monthsuf", "daysuf", "measure", "num", "clocklike", "hm") or (
                k > j and word in "日天"
            ):
                break
            if c.cjk(k + 1) and not c.tags(k + 1) and k > j:
                break
            days += more
            j = k + 1
    while c.has(j, "and", "or", "sep") and (
        c.text(j) in ("&", "/", ",", "、", "・", "と", "和", "and", "or", "および", "&") or c.has(j, "middot")
    ):
        if c.text(j) == "or" or (c.text(j) == "/" and not plural):
            break
        k = j + 1
        if c.text(j) == "," and c.has(k, "and"):
            k += 1
        if c.has(k, "wds") or (c.has(k, "wd") and (plural or c.lang == "ja" or c.cjk(k)) and not doubtful(c, k)):
            days.append(c.tags(k).get("wds", c.tags(k).get("wd")))
            plural = plural or c.has(k, "wds")
            j = k + 1
        elif c.has(k, "wd") and _repeat_before(c, i) and not doubtful(c, k):
            days.append(c.tags(k)["wd"])
            j = k + 1
        else:
            break
    if c.has(j, "to") and c.has(j + 1, "wds", "wd") and (plural or _repeat_before(c, i)) and not c.has(j + 2, "to"):
        last = c.tags(j + 1).get("wds", c.tags(j + 1).get("wd"))
        if plural or c.has(j + 1, "wds", "wd"):
            first = days[-1]
            step = first
            while step != last:
                step = (step + 1) % 7
                days.append(step)
            j += 2
            if c.has(j, "untilsuf") and c.text(j) == "まで":
                j += 1
    fragment["wds"] = tuple(dict.fromkeys(days))
    if plural:
        fragment["plural"] = True
    if c.text(j) == "." and c.glued(j):
        j += 1
    return fragment, j


def _repeat_before(c: Cursor, i: int) -> bool:
    return any(c.has(k, "every", "freq", "everyother") for k in range(max(0, i - 4), i))


def _weekday_letter(c: Cursor, i: int) -> Found | None:
    """月・水・金曜, （水）: one character each."""
    days, j = [c.tags(i)["wdc"]], i + 1
    boxed = c.text(i - 1) == "("
    weekly = c.has(i - 1, "period") or (c.text(i - 1) == "の" and c.has(i - 2, "period"))
    if c.has(j, "to") and "wdc" in c.tags(j + 1):
        span = (c.tags(j + 1)["wdc"] - days[0]) % 7
        return {"wds": tuple((days[0] + step) % 7 for step in range(span + 1))}, j + 2
    repeated = _repeat_before(c, i) or c.has(i - 1, "freq")
    for _ in range(7):
        k = j + 1 if c.text(j) in ("・", "、", "と", "/", ",") and not boxed else j
        if "wdc" in c.tags(k) and not c.at(k).space:
            days.append(c.tags(k)["wdc"])
            j = k + 1
        elif "wd" in c.tags(k) and k > j and len(c.text(k)) <= 3:
            return {"wds": (*days, c.tags(k)["wd"])}, k + 1
        else:
            break
    if c.has(j, "weekdaysuf"):
        return {"wds": tuple(days)}, j + 1
    if boxed and c.text(j) in (")", "祝") and len(days) == 1:
        return {"wds": tuple(days)}, j
    if weekly and (len(days) > 1 or c.text(j) in ("で", "に")):
        return {"wds": tuple(days)}, j
    if repeated and (len(days) > 1 or c.text(j) in ("の", "に", "は") or c.has(j, "num", "part", "hms")):
        return {"wds": tuple(days)}, j
    return None


def _modified(c: Cursor, i: int) -> Found | None:
    """this Friday, 下周三, 上个星期五, 次の火曜日."""
    rel = c.tags(i)["rel"]
    j = i + 1
    if c.cjk(i):
        if c.text(j) == "一":
            j += 1
        measured = c.has(j, "measure")
        if measured:
            j += 1
        if c.has(j, "wd") and c.text(j)[0] in "周星礼":
            found = _weekday(c, j)
            if found is not None:
                # 下个周五 is heard as next week's and as the coming one; 下周五 is not
                return found[0] | ({"wmode": "next"} if measured and rel == 1 else {"woff": rel}), found[1]
        if c.has(j, "wd") and c.text(i).startswith(("今度", "こんど")):
            found = _weekday(c, j)
            if found is not None:
                return found[0] | {"wmode": "soon"}, found[1]
        if c.has(j, "wd"):
            found = _weekday(c, j)
            if found is not None and c.text(i) not in ("前", "先"):
                return found[0] | {"wmode": {0: "this", 1: "coming", -1: "last"}[max(-1, min(1, rel))]}, found[1]
            if found is not None:
                return found[0] | {"wmode": "last"}, found[1]
        return None
    if c.has(j, "wd", "wds") and not c.has(j, "wds"):
        found = _weekday(c, j)
        if found is None:
            return None
        mode = {0: "this", 1: "next", -1: "last"}[rel]
        if c.has(i, "relsoon"):
            mode = "coming"
        elif c.text(i) == "following":
            mode = "next"
        return found[0] | {"wmode": mode}, found[1]
    if c.has(j, "weekday"):
        return {"workday": {0: "this", 1: "next", -1: "last"}[rel]}, j + 1
    return None


def _named_month(c: Cursor, i: int) -> Found | None:
    if doubtful(c, i):
        return None
    fragment: Fragment = {"month": c.tags(i)["month"]}
    j = i + 1
    k = j
    if c.text(k) in ("the", ",", "/", "-", ".") and (c.text(k) not in ("-", "/") or (c.glued(k) and c.glued(k + 1))):
        k += 1
    if c.text(k) == "the":
        k += 1
    if k > j and "ym" in c.tags(k):  # Dec/2/2026
        year, number = c.tags(k)["ym"]
        return fragment | {"days": (number,), "year": year}, k + 1
    value, after = _day_number(c, k)
    if value is not None and not _year_number(c, k):
        fragment["days"], j = (value,), after
        while c.has(j, "and", "sep") and c.text(j) in ("and", "&", ",", "/"):
            more, more_after = _day_number(c, j + 1)
            if more is None or (
                more_after == j + 2
                and not c.has(j + 1, "ord")
                and "ordsuffix" not in c.tags(j + 1)
                and not _repeat_before(c, i)
            ):
                break
            if c.has(more_after, "month", "clockunit", "mer", "unit"):
                break
            fragment["days"] = (*fragment["days"], more)
            j = more_after
    return _with_year(c, fragment, j)


def _with_year(c: Cursor, fragment: Fragment, j: int) -> Found:
    k = j
    for _ in range(2):
        if c.text(k) in (",", "of", "/", "-", ".") and (c.text(k) not in ("/", "-") or (c.glued(k) and c.glued(k + 1))):
            k += 1
    if c.text(k) == "in":
        k += 1
    found = _year_number(c, k)
    if found is not None and "year" not in fragment:
        return fragment | {"year": found[0]}, found[1]
    return fragment, j


def _year_number(c: Cursor, k: int) -> tuple[int, int] | None:
    value = c.num(k)
    if value is not None and "digits" in c.tags(k) and 1900 <= value <= 2199 and len(c.tags(k)["digits"]) == 4:
        if c.has(k + 1, "mer", "unit", "to") and not c.cjk(k + 1) and c.has(k + 1, "mer", "unit"):
            return None
        return value, k + 1
    if value == 2 and c.text(k + 1) == "thousand":
        j = k + 2
        if c.text(j) == "and":
            j += 1
        rest = c.num(j)
        return (2000 + rest, j + 1) if rest is not None and rest < 100 else (2000, k + 2)
    if (
        value == 20
        and "digits" not in c.tags(k)
        and (rest := c.num(k + 1)) is not None
        and 10 <= rest < 100
        and "digits" not in c.tags(k + 1)
    ):
        return 2000 + rest, k + 2
    return None


def _day_number(c: Cursor, i: int) -> tuple[int | None, int]:
    """5, 5th, fifth, twenty one: a day of the month, and where it ends."""
    tags = c.tags(i)
    if "ord" in tags and not c.cjk(i):
        return (tags["ord"], i + 1)
    value = c.num(i)
    if value is None or not 1 <= value <= 31:
        return None, i
    j = i + 1
    if c.text(j) in ("st", "nd", "rd", "th") and c.glued(j):
        return value, j + 1
    if c.has(j, "mer", "clockunit", "oclock", "unit", "countnoun", "timesword") or c.text(j) in (":", "h"):
        return None, i
    if c.text(j) in ("号", "日"):
        return value, j + 1
    if len(tags.get("digits", "")) > 2:
        return None, i
    return value, j


def _ordinal_day(c: Cursor, i: int) -> Found | None:
    """15th, the first, second of August, 15 June, 3rd and 4th of May."""
    if doubtful(c, i) and not ((c.text(i + 1) == "of" and c.has(i + 2, "month")) or c.has(i + 1, "month")):
        return None
    value, j = _day_number(c, i)
    if value is None:
        return None
    marked = "ord" in c.tags(i) or c.text(i + 1) in ("st", "nd", "rd", "th")
    days = [value]
    if marked and not c.has(i - 1, "between"):
        while c.text(j) in ("and", "&", ",", "or") or c.has(j, "and"):
            k = j + 1
            if c.text(k) == "and":
                k += 1
            if c.text(k) == "the":
                k += 1
            more, after = _day_number(c, k)
            if (
                more is None
                or not ("ord" in c.tags(k) or c.text(k + 1) in ("st", "nd", "rd", "th"))
                or c.text(j) == "or"
            ):
                break
            days.append(more)
            j = after
    k = j
    if c.text(k) in ("of", "-", "/", ".", "de") or (c.text(k) == "," and marked):
        k += 1
    if c.text(k) == "the":
        k += 1
    if (
        c.has(k, "month")
        and not (doubtful(c, k) and not c.glued(k))
        and (c.text(k - 1) not in ("-", "/") or c.glued(k))
    ):
        return _with_year(c, {"days": tuple(days), "month": c.tags(k)["month"]}, k + 1)
    if c.text(k - 1) == "of" and c.has(k, "rel") and c.tags(k + 1).get("unit") == "month":
        return {"days": tuple(days), "moff": c.tags(k)["rel"]}, k + 2
    if not marked:
        return None
    follows = ("unit", "countnoun", "wd", "wds", "half", "weekend", "weekday", "quarterword", "halfyear")
    if c.has(j, *follows) or c.text(j) in _COUNTED:
        return None
    lone_word = "ord" in c.tags(i) and "digits" not in c.tags(i)
    if lone_word and c.text(i - 1) != "the" and not c.has(i - 1, "every", "wd", "to", "between", "from", "and"):
        return None
    if (
        lone_word
        and c.text(i - 1) == "the"
        and not (c.text(i - 2) in _BEFORE_ORDINAL or c.has(i - 2, "wd", "month", "to") or c.has(i - 1, "every", "wd"))
    ):
        return None
    fragment: Fragment = {"days": tuple(days)}
    if c.text(k - 1) == "of" and c.text(k) in ("month", "this month"):
        return fragment, k + 1
    if c.text(j) == "of" and c.text(j + 1) == "the" and c.text(j + 2) == "month":
        return fragment, j + 3
    return fragment, j


def _numbered(c: Cursor, i: int) -> Found | None:
    """11月, 25号, 2026年, 15th, 15 June, 2022 11 23."""
    value = c.num(i)
    if value is None:
        return None
    j = i + 1
    unit = c.text(j)
    if unit in ("年", "年度") and not c.has(j + 1, "later", "ago", "withinsuf", "spanunit"):
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
            return {"year": value if value >= 100 else 2000 + value}, j
        return None
    if unit in ("月", "月份", "がつ") and 1 <= value <= 12 and not c.has(i - 1, "ordmark"):
        j += 1
        if c.text(j) == "份":
            j += 1
        fragment: Fragment = {"month": value}
        k = j + 1 if c.text(j) in ("的", "の") else j
        number = c.num(k)
        if number is not None and 1 <= number <= 31 and not c.at(k).space:
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
    if unit in ("号", "日", "にち") and 1 <= value <= 31 and not c.has(i - 1, "ordmark", "every"):
        if (
            c.text(j + 1).startswith(_HOUSE)
            or c.has(j + 1, "idword")
            or (unit == "日" and c.has(j + 1, "later", "withinsuf") and c.text(j + 1) not in ("先",))
        ):
            return None
        if unit == "日" and c.text(j + 1)[:1] in ("目", "制", "坊"):
            return None
        if unit == "日" and (
            (c.num(j + 1) is not None and c.has(j + 2, "timescount"))
            or (c.lang == "ja" and c.text(i - 1) in ("周", "月"))
        ):
            return None  # 1日2回, 週2日
        if unit == "日" and c.lang == "zh" and not c.glued(j):
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
    ):
        found = _ordinal_day(c, i)
        if found is not None:
            return found
    year = _year_number(c, i)
    if year is not None and "digits" in c.tags(i):
        k = year[1]
        if c.text(k) in (",", "-", "/"):
            k += 1
        if c.has(k, "month") and not doubtful(c, k):
            fragment = {"year": year[0], "month": c.tags(k)["month"]}
            k += 1
            if c.text(k) in ("-", "/") and c.glued(k):
                k += 1
            number, after = _day_number(c, k)
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
    if 1 <= value <= 12 and c.text(j) in ("-", "/") and _year_number(c, j + 1) is not None and "digits" in c.tags(i):
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
    if alone or (tight and ((c.has(i + 3, "hms", "part") and i == 0) or c.text(i + 3) == "(")):
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


def _full(c: Cursor, i: int) -> Found | None:
    year, month, number = c.tags(i)["ymd"]
    if "compact" in c.tags(i) and (
        c.text(i - 1)[-1:] in ("号", "#", "-") or c.has(i - 1, "idword") or c.text(i + 1)[:1] == "-"
    ):
        return None
    j = i + 1
    if c.text(j) in ("日", "号"):
        j += 1
    return {"year": year, "month": month, "days": (number,)}, j


def _year_last(c: Cursor, i: int) -> Found | None:
    first, second, year = c.tags(i)["dmy"]
    if c.tags(i)["sepchar"] == ".":
        first, second = second, first
    if first > 12:
        first, second = second, first
    if first > 12 or second > 31:
        return None
    return {"year": year, "month": first, "days": (second,)}, i + 1


def _year_month(c: Cursor, i: int) -> Found | None:
    year, month = c.tags(i)["ym"]
    return {"year": year, "month": month}, i + 1


def _month_day(c: Cursor, i: int) -> Found | None:
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
        return True
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
    return (
        opened
        or (dated and not c.has(i + 1, "dash"))
        or c.text(i - 1) in ("on", "周", "从", "于")
        or ranged
        or c.text(i + 1) in ("号", "日", "开始", "之前", "前", "截止")
    )


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
    for _ in range(2):
        if (
            c.text(j) in ("那", "当", "节", "假期", "day", "holiday", "放假")
            and c.text(j + 1) in ("天", "日", "")
            and c.text(j) in ("那", "当")
        ):
            j += 2
        elif c.text(j) in ("当天", "那天", "当日", "当晚"):
            j += 1
    fragment: Fragment = {"hol": name}
    year = _year_number(c, j + 1 if c.text(j) in (",", "of", "in") else j)
    if year is not None and c.num(year[1] - 1) is not None:
        fragment["year"] = year[0]
        j = year[1]
    return fragment, j


def _iso(c: Cursor, i: int) -> Found | None:
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


def _day_name(c: Cursor, i: int) -> Found | None:
    return {"days": (c.tags(i)["dayname"],)}, i + 1


def _year_word(c: Cursor, i: int) -> Found | None:
    unit, offset = c.tags(i)["period"]
    if unit != "year":
        return None
    return {"yoff": offset}, i + 1


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
    ("iso", _iso),
    ("day", _relative),
    ("nextday", _next_day),
    ("daypart", _daypart),
    ("hol", _holiday),
    ("wd", _weekday),
    ("wds", _weekday),
    ("ymd", _full),
    ("dmy", _year_last),
    ("ym", _year_month),
    ("md", _month_day),
    ("lunar", _new_moon_month),
    ("month", _named_month),
    ("rel", _modified),
    ("num", _numbered),
    ("ord", _ordinal_day),
    ("era", _era),
    ("dayname", _day_name),
    ("period", _year_word),
    ("wdc", _weekday_letter),
)
__all__ = ["HAN_DIGITS", "day", "doubtful"]

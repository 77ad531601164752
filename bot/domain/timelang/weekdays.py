"""Weekdays, alone and in lists: ``this Friday``, ``下周三``, ``周一三五``, ``月・水・金曜``."""

from __future__ import annotations

from bot.domain.timelang.cursor import Cursor, Found, Fragment
from bot.domain.timelang.doubt import doubtful, repeat_before
from bot.domain.timelang.names import given_name
from bot.domain.timelang.spec import Length

_HAN_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}


def _shared_parts(c: Cursor, i: int) -> bool:
    """Mon, Tue and Thu afternoons: the plural of the last stands for all."""
    if c.cjk(i):
        return False
    k = i + 1
    for _ in range(6):
        if not c.has(k, "and", "sep") and c.text(k) != "/":
            break
        k = c.skip(k, "and", "sep", most=2) if c.text(k) != "/" else k + 1
        if not c.has(k, "wd"):
            return False
        k += 1
    return k > i + 1 and c.has(k, "parts")


def weekday(c: Cursor, i: int) -> Found | None:
    if doubtful(c, i):
        return None
    value = c.tags(i).get("wd")
    plural = value is None or _shared_parts(c, i)
    value = c.tags(i)["wds"] if value is None else value
    if c.text(i) == "周一" and not c.has(i - 1, "rel", "measure") and given_name(c, i):
        return None
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
        scattered = len(days) > 2 and days[-1] - days[0] >= len(days)  # 周一三五 is a habit, 周二三四 three days
        plural = plural or (scattered and not c.has(i - 1, "rel", "measure", "period"))
    while c.has(j, "and", "or", "sep") and (
        c.text(j) in ("&", "/", ",", "、", "・", "と", "和", "and", "or", "および", "&") or c.has(j, "middot")
    ):
        if c.text(j) == "or" or (c.text(j) == "/" and not (plural or (i + 1 == j and _shared_parts(c, i)))):
            break
        k = j + 1
        if c.text(j) == "," and c.has(k, "and"):
            k += 1
        if c.has(k, "wds") or (c.has(k, "wd") and (plural or c.lang == "ja" or c.cjk(k)) and not doubtful(c, k)):
            days.append(c.tags(k).get("wds", c.tags(k).get("wd")))
            plural = plural or c.has(k, "wds")
            j = k + 1
        elif c.has(k, "wd") and repeat_before(c, i) and not doubtful(c, k):
            days.append(c.tags(k)["wd"])
            j = k + 1
        else:
            break
    if c.has(j, "to") and c.has(j + 1, "wds", "wd") and (plural or repeat_before(c, i)) and not c.has(j + 2, "to"):
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
    if c.text(j) == "week" and not plural and len(days) == 1 and not c.has(i - 1, "rel", "every") and not c.num(j + 1):
        return {"shift": Length(days=14), "sign": 1, "wmode": "count"} | fragment, j + 1  # Thursday week
    if plural:
        fragment["plural"] = True
    if c.text(j) == "." and c.glued(j):
        j += 1
    return fragment, j


def weekday_letter(c: Cursor, i: int) -> Found | None:
    """月・水・金曜, （水）: one character each."""
    days, j = [c.tags(i)["wdc"]], i + 1
    boxed = c.text(i - 1) == "("
    weekly = c.has(i - 1, "period") or (c.text(i - 1) == "の" and c.has(i - 2, "period"))
    if c.has(j, "to") and "wdc" in c.tags(j + 1):
        span = (c.tags(j + 1)["wdc"] - days[0]) % 7
        return {"wds": tuple((days[0] + step) % 7 for step in range(span + 1))}, j + 2
    repeated = repeat_before(c, i) or c.has(i - 1, "freq")
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
    listed = len(days) > 1 and set(days) != {0, 6} and (c.has(i + 1, "middot") or _ascending(c, days, i, j))
    k = j + 1 if c.text(j) == "の" else j
    if listed and (c.text(j) in ("", "は", "に", "で", "が") or c.has(k, "num", "part", "hms")):
        habit: Fragment = {"plural": True} if days[-1] - days[0] >= len(days) > 2 and not weekly else {}
        return {"wds": tuple(days)} | habit, j
    if repeated and (len(days) > 1 or c.text(j) in ("の", "に", "は") or c.has(j, "num", "part", "hms")):
        return {"wds": tuple(days)}, j
    return None


def _ascending(c: Cursor, days: list[int], i: int, j: int) -> bool:
    """木金で, 火木の夜: letters of the week side by side, in its order; 土木 and 金木 are other words."""
    if sorted(set(days)) != days or j - i != len(days) or (i and c.cjk(i - 1) and not c.tags(i - 1)):
        return False
    return c.text(j) in ("", "は", "に", "で", "が", "の", "か", "・", "、", "?") or c.has(j, "part", "num", "hms")


def modified_weekday(c: Cursor, i: int) -> Found | None:
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
            found = weekday(c, j)
            if found is not None:
                # 下个周五 is heard as next week's and as the coming one, 下一个周五 the other way; 下周五 is not
                mode = "soon" if c.text(j - 2).endswith("一") else "next"
                week = c.text(j)[0] in "礼星" and mode == "next"  # 下个礼拜五 is the Friday of 下个礼拜
                return found[0] | ({"wmode": mode} if measured and rel == 1 and not week else {"woff": rel}), found[1]
        if c.has(j, "wd") and c.text(i).startswith(("今度", "こんど")):
            found = weekday(c, j)
            if found is not None:
                return found[0] | {"wmode": "soon"}, found[1]
        if c.has(j, "wd"):
            found = weekday(c, j)
            if found is not None and c.text(i) not in ("前", "先"):
                return found[0] | {"wmode": {0: "this", 1: "coming", -1: "last"}[max(-1, min(1, rel))]}, found[1]
            if found is not None:
                return found[0] | {"wmode": "last"}, found[1]
        return None
    if c.has(j, "wd", "wds") and not c.has(j, "wds"):
        found = weekday(c, j)
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

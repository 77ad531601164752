"""What comes again: ``every other Friday``, ``每两周周三``, ``毎月第一月曜``, ``daily``, ``3x``."""

from __future__ import annotations

from bot.domain.timelang.clockwords import IN_ALL
from bot.domain.timelang.cursor import Cursor, Found, Fragment
from bot.domain.timelang.days import day
from bot.domain.timelang.lengths import quantity
from bot.domain.timelang.lexicon import word_set
from bot.domain.timelang.periods import nth

_WORKDAY_WORDS = word_set("workdays|weekdays|business days|working days|work days|平日|工作日|上班日")


_FREQ = {
    "second": "SECONDLY",
    "minute": "MINUTELY",
    "hour": "HOURLY",
    "day": "DAILY",
    "week": "WEEKLY",
    "month": "MONTHLY",
    "year": "YEARLY",
}
# What a repetition begins with.
_REPEATING = word_set(
    "weekday|weekend|dailywork|everyweekend|everypart|freq|wd|everyother|every|everygap|weekends|parts|workdays|num|"
    "dec|half|edge"
)
_REPORTS = ("刊", "报", "会报", "卡", "薪", "结", "检")


def repeat(c: Cursor, i: int) -> Found | None:
    """A fragment about repetition at i."""
    tags = c.tags(i)
    if _REPEATING.isdisjoint(tags):
        return None
    if c.has(i, "weekday", "weekend") and c.has(i + 1, "parts"):
        days: Fragment = {"weekdays": True} if c.has(i, "weekday") else {"wds": (5, 6)}
        return {"freq": "WEEKLY", "part": c.tags(i + 1)["parts"]} | days, i + 2
    if "dailywork" in tags:
        return {"freq": "WEEKLY", "weekdays": True}, i + 1
    if "everyweekend" in tags:
        return {"freq": "WEEKLY", "wds": (5, 6)}, i + 1
    if c.text(i) == "nightly" and i + 1 < c.size and not c.has(i + 1, "fill", "num", "hms", "hm"):
        return None  # a nightly build
    if "everypart" in tags:
        return {"freq": "DAILY", "part": tags["everypart"]}, i + 1
    if "freq" in tags:
        return _frequency(c, i)
    if "wd" in tags and c.text(i + 1) in ("ごと", "ごとに", "毎", "毎に", "每"):
        return {"freq": "WEEKLY", "wds": (tags["wd"],)}, i + 2
    if "everyother" in tags and c.text(i) in ("every second", "each second") and c.has(i + 1, "wd"):
        end = _of_each_month(c, i + 2)
        if end is not None:
            return {"freq": "MONTHLY", "nth": (2,), "nthof": "wd", "wds": (c.tags(i + 1)["wd"],)}, end
    if "everyother" in tags:
        return _every(c, i + 1, 2)
    if "every" in tags:
        return _every(c, i + 1, 1)
    if "everygap" in tags and c.cjk(i):
        return _gap(c, i)
    if "weekends" in tags:
        return {"freq": "WEEKLY", "wds": (5, 6)}, i + 1
    if "parts" in tags and (c.text(i + 1) == "only" or _of_options(c, i)):
        return None
    if "parts" in tags:
        return {"freq": "DAILY", "part": tags["parts"]}, i + 1
    if "workdays" in tags and c.num(i - 1) is None and not c.has(i - 1, "measure", "ordmark"):
        return _workdays(c, i)
    if "num" in tags or "dec" in tags or "half" in tags:
        return _each_suffix(c, i)
    if "edge" in tags and c.tags(i)["edge"] == "end" and not c.cjk(i):
        j = i + 1
        if c.has(j, "freq") and c.tags(j)["freq"] == ("MONTHLY", 1):
            return {"freq": "MONTHLY", "days": (-1,)}, j + 1
        if c.has(j, "freq") and c.tags(j)["freq"] == ("YEARLY", 1):
            return {"freq": "YEARLY", "month": 12, "days": (31,)}, j + 1
    return None


def _of_options(c: Cursor, i: int) -> bool:
    """Monday or Tuesday, afternoons: the part of either day, no habit."""
    k = i - 1 if c.has(i - 1, "sep") else i
    return c.has(k - 1, "wd") and c.has(k - 2, "or") and c.has(k - 3, "wd")


def _of_each_month(c: Cursor, k: int) -> int | None:
    """Behind "every second Tuesday": of the month, in each month."""
    if not c.text(k).startswith(("of", "in")):
        return None
    k = c.skip(k, "fill", "every", most=3)
    return k + 1 if c.text(k) == "month" or c.tags(k).get("freq") == ("MONTHLY", 1) else None


def _workdays(c: Cursor, i: int) -> Found | None:
    if c.text(i) in _WORKDAY_WORDS and not c.has(i - 1, "rel", "num", "nextn", "pastn"):
        if c.text(i + 1) in ("里", "内", "以内", "后", "前"):
            return None
        return {"freq": "WEEKLY", "weekdays": True}, i + 1
    return None


def _frequency(c: Cursor, i: int) -> Found | None:
    freq, interval = c.tags(i)["freq"]
    word, j = c.text(i), i + 1
    if c.has(i, "freqadj") and not _adjective_repeats(c, i):
        return None
    if c.cjk(i) and c.text(j).startswith(_REPORTS):
        return None
    if word == "天天" and not c.has(j, "part", "num", "hms"):
        return None
    fragment: Fragment = {"freq": freq}
    if interval > 1:
        fragment["interval"] = interval
    if c.text(j) == "的" and c.has(j + 1, "freq"):
        return None
    if not c.cjk(i) and word.startswith(("every ", "each ", "once ")) and c.text(j) == "of":
        return None
    if freq == "WEEKLY" and c.cjk(i):
        days, k = [], j
        if c.text(k) == "六" and c.text(k + 1) in ("日", "天"):
            return fragment | {"wds": (5, 6)}, k + 2
        while (
            c.text(k)
            and all(char in "一二三四五六日天" for char in c.text(k))
            and not c.has(k + 1, "clockunit", "measure", "timescount", "unit")
        ):
            days += ["一二三四五六日".index(char.replace("天", "日")) for char in c.text(k)]
            k += 1
            if (
                c.text(k) in ("、", "和", ",", "/")
                and c.text(k + 1)
                and all(char in "一二三四五六日" for char in c.text(k + 1))
            ):
                k += 1
        while days and c.has(k, "wd") and c.text(k)[0] in "周星礼":
            days.append(c.tags(k)["wd"])
            k += 1
        while days and c.text(k) in ("和", "、", "与", "及", "跟", ",") and c.has(k + 1, "wd"):
            days.append(c.tags(k + 1)["wd"])
            k += 2
        if days:
            fragment["wds"] = tuple(dict.fromkeys(days))
            j = k
    if freq == "WEEKLY" and c.has(j, "edge") and c.cjk(j) and c.text(j) == "末":
        return fragment | {"wds": (5, 6)}, j + 1
    counts = c.has(j + 1, "unit", "clockunit", "measure", "timescount", "daysuf", "monthsuf")
    if freq == "MONTHLY" and "han" in c.tags(j) and (c.num(j) or 0) in range(10, 32) and not counts:
        return fragment | {"days": (c.num(j),)}, j + 1  # 每月十五
    if freq == "MONTHLY" and c.has(j, "edge") and c.cjk(j) and c.text(j) in ("底", "末", "初"):
        return fragment | {"days": (-1,) if c.text(j) != "初" else (1,)}, j + 1
    if freq == "MONTHLY" and c.cjk(i) and interval == 1:
        k = j + 1 if c.text(j) in ("的", "の") else j
        if c.has(k, "monthedge"):
            return fragment | {"days": (-1,) if c.tags(k)["monthedge"] == "end" else (1,)}, k + 1
    return fragment, j


def _adjective_repeats(c: Cursor, i: int) -> bool:
    """weekly, daily: a rule ("weekly sync Mondays") or only a name ("the weekly report")?"""
    if c.text(i) == "per week":
        return c.has(i - 1, "countonce", "timesword")
    following = range(i + 1, min(c.size, i + 9))
    for k in following:
        if c.has(k, "hms", "wds", "mer", "wd", "parts", "everypart") or (
            c.text(k) == "at" and c.num(k + 1) is not None
        ):
            return c.text(i - 1) not in ("the", "our", "my", "last", "this", "today's")
        if c.text(k) in ("report", "template", "users", "policy", "newsletter", "active"):
            return False
    previous = c.text(i - 1)
    if i + 1 >= c.size or (not c.tags(i + 1) and c.text(i + 1) in (".", "!")):
        return True
    if previous in ("a", "an"):
        return True
    return (
        c.text(i + 1) in ("at", "on", "on the", "from", "starting", "until", "for", "@", "in")
        or (
            i == 0
            and c.text(i + 1)
            in ("meeting", "sync", "standup", "stand-up", "1on1", "call", "review", "reminder", "checkin", "check-in")
        )
        or c.has(i - 1, "hms", "mer", "wd", "parts")
    )


def _gap(c: Cursor, i: int) -> Found | None:
    """每隔两天, 隔三周."""
    counted = quantity(c, i + 1)
    if counted is None:
        return None
    count, j = counted
    unit = c.tags(j).get("unit")
    if unit not in _FREQ or count != int(count):
        if unit in ("hour",) and count == 0.5:
            return {"freq": "MINUTELY", "interval": 30}, j + 1
        return None
    step = int(count) + 1 if unit in ("day", "week", "month") and count == 1 else int(count)
    return _rule(unit, step), j + 1


def _rule(unit: str, interval: int) -> Fragment:
    if unit == "quarter":
        return {"freq": "MONTHLY", "interval": 3 * interval}
    fragment: Fragment = {"freq": _FREQ[unit]}
    if interval > 1:
        fragment["interval"] = interval
    return fragment


def _every(c: Cursor, j: int, step: int) -> Found | None:
    """What stands behind every, each, 每, 毎."""
    if c.cjk(j - 1) and c.has(j, "measure"):
        j += 1
    if c.text(j) in ("single", "the"):
        j += 1
    interval: Fragment = {"interval": step} if step > 1 else {}
    if c.text(j) == "other":
        interval, j = {"interval": 2}, j + 1
    if c.has(j, "monthedge"):
        return {"freq": "MONTHLY", "days": (-1,) if c.tags(j)["monthedge"] == "end" else (1,)} | interval, j + 1
    if c.has(j, "workdays", "weekday") and not c.has(j, "wd"):
        return {"freq": "WEEKLY", "weekdays": True} | interval, j + 1
    if c.has(j, "weekend", "weekends"):
        k = j + 1
        return {"freq": "WEEKLY", "wds": (5, 6)} | interval, k
    if c.has(j, "wd", "wds"):
        found = day(c, j)
        if found is not None and "wds" in found[0]:
            found[0].pop("plural", None)
            return {"freq": "WEEKLY"} | found[0] | interval, found[1]
    if c.has(j, "part") and not c.cjk(j):
        return {"freq": "DAILY", "part": c.tags(j)["part"]} | interval, j + 1
    if c.has(j, "part") and c.cjk(j) and c.text(j - 1) in ("毎", "每"):
        return {"freq": "DAILY", "part": c.tags(j)["part"]}, j + 1
    if c.has(j, "hm") and not c.cjk(j):
        return {"freq": "DAILY"} | interval, j
    if c.has(j, "rel") and c.cjk(j) is False and c.has(j, "lastord"):
        pass
    place = nth(c, j)
    if place is not None and "nth" in place[0]:
        fragment = {"freq": "MONTHLY"} | place[0]
        if place[0]["nthof"] == "week":
            return None
        if "month" in fragment:
            fragment["freq"] = "YEARLY"
        for name in ("moff", "yoff"):
            if fragment.pop(name, None) is not None and name == "yoff":
                fragment["freq"] = "YEARLY"
        return fragment | interval, place[1]
    if (c.has(j, "ord") and not c.cjk(j)) or (c.num(j) is not None and c.text(j + 1) in ("st", "nd", "rd", "th")):
        value = c.tags(j).get("ord", c.num(j))
        k = j + 1 if c.has(j, "ord") else j + 2
        unit = c.tags(k).get("unit")
        if unit in _FREQ and isinstance(value, int):
            return _rule(unit, value), k + 1
        found = day(c, j)
        if found is not None and "days" in found[0]:
            return {"freq": "YEARLY" if "month" in found[0] else "MONTHLY"} | {
                k: v for k, v in found[0].items() if k != "moff"
            }, found[1]
    counted = quantity(c, j)
    if counted is not None:
        count, k = counted
        if c.has(k, "measure"):
            k += 1
        unit = c.tags(k).get("unit")
        if (unit is not None and c.text(k) not in ("月", "号")) or (c.has(k - 1, "measure") and unit is not None):
            if count == 0.5 and unit == "hour":
                return {"freq": "MINUTELY", "interval": 30}, k + 1
            if count == 0.5 and unit == "year":
                return {"freq": "MONTHLY", "interval": 6}, k + 1
            if unit in _FREQ and count == int(count) and count >= 1:
                return _rule(unit, int(count) * step), k + 1
            if unit == "hour" and count == 1.5:
                return {"freq": "MINUTELY", "interval": 90}, k + 1
            if unit == "quarter":
                return _rule(unit, int(count)), k + 1
            if unit == "fortnight":
                return {"freq": "WEEKLY", "interval": 2}, k + 1
            if unit == "bday" and count == 1:
                return {"freq": "WEEKLY", "weekdays": True}, k + 1
    unit = c.tags(j).get("unit")
    if unit in _FREQ and (c.text(j) not in ("月",) or c.text(j - 1) in ("每", "个")):
        return _rule(unit, 1) | interval, j + 1
    if unit == "quarter":
        return {"freq": "MONTHLY", "interval": 3}, j + 1
    if c.has(j, "month", "md", "num", "hol"):
        found_day = day(c, j)
        if found_day is not None and ("month" in found_day[0] or "hol" in found_day[0]) and "year" not in found_day[0]:
            return {"freq": "YEARLY"} | found_day[0] | interval, found_day[1]
        if (
            found_day is not None
            and "days" in found_day[0]
            and "month" not in found_day[0]
            and "year" not in found_day[0]
        ):
            return {"freq": "MONTHLY"} | found_day[0] | interval, found_day[1]
    return None


def _each_suffix(c: Cursor, i: int) -> Found | None:
    """3週間ごと, 2日おき."""
    counted = quantity(c, i)
    if counted is None:
        return None
    count, j = counted
    unit = c.tags(j).get("unit")
    once = c.num(j + 1) == 1 and c.has(j + 2, "timescount")
    if once and unit in _FREQ and count == int(count) and c.cjk(j) and count >= 1:
        return _rule(unit, int(count)), j + 3
    if unit not in _FREQ or not c.has(j + 1, "everysuf", "everyskip") or count != int(count):
        return None
    step = int(count)
    if c.has(j + 1, "everyskip") and (unit == "day" or (step == 1 and unit in ("week", "month", "year"))):
        step += 1
    return _rule(unit, step), j + 2


_PLANNING = frozenset("开排办上做来搞订设建弄约练跑讲满够先定聊会课期共计全内")
_SERIES = word_set("次|回|场|期|节|堂|遍|轮|讲")


def _planned(c: Cursor, j: int) -> bool:
    """先安排8次, 一共开8次, 共10期: how often it is planned, not how often it was, nor the n-th time."""
    if c.text(j + 1) not in _SERIES or c.has(j - 1, "ordmark", "every", "freq"):
        return False
    marked = any(c.has(k, "countmark") for k in range(max(0, j - 3), j))
    return marked or c.text(j - 1)[-1:] in _PLANNING


def counted(c: Cursor, i: int) -> Found | None:
    """for 5 times, 10x, twice, 共6次, 全5回: how often in all."""
    j = i
    if c.text(j) in ("for", "(", ","):
        j += 1
    if c.has(j, "countmark"):
        j += 1
    if c.text(j) in ("で",):
        j += 1
    value = c.num(j)
    if value == 1 and c.cjk(j + 1):
        return None  # 每两周开一次会
    if value is not None and j == i and c.cjk(j + 1) and _planned(c, j):
        return {"count": value}, j + 2
    if (
        value is not None
        and c.has(j + 1, "timescount")
        and (
            c.has(j - 1, "countmark")
            or c.text(j - 1) in (",", "(", "连续")
            or c.has(i - 1, "clocklike", "clockunit", "sep")
        )
    ):
        return {"count": value}, j + 2
    if value is not None and c.has(j + 1, "timesword") and not (c.text(j + 1) == "x" and not c.glued(j + 1)):
        if c.text(j + 2) in ("a", "per", "as", "faster", "more") and c.text(j + 2) != "more":
            return None
        return {"count": value}, j + 2
    if value is not None and c.text(j + (2 if c.text(j + 1) == "in" else 1)) in IN_ALL:
        return {"count": value}, j + (3 if c.text(j + 1) == "in" else 2)
    if c.has(j, "countonce") and c.tags(j)["countonce"] > 1 and c.text(j + 1) not in ("a", "per", "as"):
        return {"count": c.tags(j)["countonce"]}, j + 1
    return None

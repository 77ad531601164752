"""How long: ``half an hour``, ``两个半小时``, ``1時間半``; how far from now: ``in 2 days``, ``三天后``."""

from __future__ import annotations

from bot.domain.timelang.cursor import Cursor, Found
from bot.domain.timelang.spec import Length

# Behind a number and a unit these make a grade, a rank or a rule of it: 3年生, 2日目, 24小时制.
_GRADES = (*tuple("目生制级代岁ぶ"), "労")
_NO_GRADES = ("代码", "代表", "目标", "生产", "生日", "制作", "制定", "制度")
_NOT_BARE_MINUTES = ("unit", "mer", "clocklike", "countnoun", "month", "num", "oclock")
_FREE_AFTER_MINUTES = ("please", "pls", "then", "thanks", "with", "works")
# What a length begins with.
_COUNTED = frozenset(("num", "dec", "md", "half", "threequarter", "couple", "one", "quarterword", "hms"))
_SHIFTED = _COUNTED | {"plus", "again", "in"}
_SECONDS = {"second": 1, "minute": 60, "hour": 3600}
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def amount(count: float, unit: str) -> Length:
    """So many of a unit; fractions of big units become the next smaller one."""
    if unit in _SECONDS:
        return Length(seconds=round(count * _SECONDS[unit]))
    if unit in _DAYS:
        days = count * _DAYS[unit]
        whole = int(days)
        return Length(days=whole, seconds=round((days - whole) * 86400))
    if unit in _MONTHS:
        months = count * _MONTHS[unit]
        whole = int(months)
        return Length(months=whole, days=round((months - whole) * 30))
    if unit == "weekend":
        return Length(weekends=int(count))
    return Length(bdays=int(count))


def quantity(c: Cursor, i: int) -> tuple[float, int] | None:
    """A number as it stands before a unit: ``2``, ``two and a half``, ``1/2``, ``半``, ``两个半``, ``an``."""
    tags = c.tags(i)
    if "dec" in tags and "." in c.text(i):
        return float(tags["dec"]), i + 2 if c.has(i + 1, "measure") else i + 1
    if "md" in tags and tags.get("sepchar") == "/" and tags["md"] in ((1, 2), (1, 4), (3, 4)):
        return tags["md"][0] / tags["md"][1], i + 1
    value = c.num(i)
    if value is not None:
        j = i + 1
        if c.has(j, "andhalf"):
            return value + 0.5, j + 1
        if c.has(j, "andquarter"):
            return value + 0.25, j + 1
        if c.has(j, "measure"):
            j += 1
            if c.has(j, "half") and c.cjk(j):
                return value + 0.5, j + 1
        elif c.text(j) in ("来", "多") and value % 10 == 0 and c.has(j + 1, "unit", "measure"):
            j += 2 if c.has(j + 1, "measure") else 1
        elif c.has(j, "md") and c.tags(j)["md"] == (1, 2):
            return value + 0.5, j + 1
        if c.text(j) == "more" or (
            c.text(j) == "-" and c.glued(j) and c.has(j + 1, "unit") and not c.has(j + 1, "num")
        ):
            j += 1
        return float(value), j
    if "half" in tags:
        j = i + 1
        if c.has(j, "measure") or _hyphen(c, j):
            j += 1
        return 0.5, j
    if "threequarter" in tags:
        j = i + 1
        return 0.75, j + 1 if c.has(j, "one") else j
    if "couple" in tags:
        return float(tags["couple"]), i + 2 if _hyphen(c, i + 1) else i + 1
    if "one" in tags:
        if c.has(i + 1, "half", "quarterword") and (part := quantity(c, i + 1)) and c.has(part[1], "unit"):
            return part  # another quarter of an hour
        return 1.0, i + 1
    if "quarterword" in tags and c.lang == "en":
        j = i + 1
        if c.text(j) == "of" or _hyphen(c, j):
            j += 1
        return 0.25, j + 1 if c.has(j, "one") else j
    return None


def _hyphen(c: Cursor, j: int) -> bool:
    """half-hour, quarter-hour."""
    return c.text(j) == "-" and c.glued(j) and c.glued(j + 1) and c.has(j + 1, "unit")


def length(c: Cursor, i: int, *, suffixed: bool = False) -> tuple[Length, int] | None:
    """A length at i. ``suffixed``: a word like 后 or 前 is known to follow, so that 日, 分 and 月 may count."""
    if _COUNTED.isdisjoint(c.tags(i)):
        return None
    place = (i, suffixed)
    if place not in c.lengths:  # several families of phrases ask at the same place
        c.lengths[place] = _length(c, i, suffixed)
    return c.lengths[place]


def _length(c: Cursor, i: int, suffixed: bool) -> tuple[Length, int] | None:
    if "hms" in c.tags(i):
        hours, minutes, _ = c.tags(i)["hms"]
        if "hform" in c.tags(i) or c.text(i + 1) in ("hours", "hrs", "hr", "hour"):
            return Length(seconds=hours * 3600 + minutes * 60), i + (1 if "hform" in c.tags(i) else 2)
        return None
    first = _piece(c, i, suffixed)
    if first is None:
        return None
    total, j = first
    for _ in range(5):
        k = j
        comma = c.has(k, "sep") and c.text(k) == ","
        if comma:
            k += 1
        if c.has(k, "and", "more") or c.text(k) == "と":
            k += 1
        more = _piece(c, k, suffixed, after=total)
        if more is None or not _smaller(more[0], total, apart=comma and c.cjk(j - 1)):
            break
        total, j = total.plus(more[0]), more[1]
    return _with_bare_minutes(c, total, j)


def _with_bare_minutes(c: Cursor, total: Length, j: int) -> tuple[Length, int]:
    """an hour and 15, 1 hour 20: minutes whose unit is left out."""
    if c.cjk(j - 1) or c.tags(j - 1).get("unit") != "hour":
        return total, j
    k = j + 1 if c.text(j) in ("and", "&") else j
    minutes, following = c.num(k), c.at(k + 1)
    if minutes is None or minutes not in range(5, 60, 5) or c.has(k + 1, *_NOT_BARE_MINUTES):
        return total, j
    if following.text[:1].isalpha() and not following.tags and following.text not in _FREE_AFTER_MINUTES:
        return total, j
    return total.plus(Length(seconds=60 * minutes)), k + 1


def _smaller(piece: Length, than: Length, *, apart: bool = False) -> bool:
    """Whether a piece goes on with a length: 一小时二十分, but not 两小时，一小时, which are two."""
    ranks = [
        (1 if part.seconds % 3600 or not part.seconds else 2)
        if not (part.days or part.months)
        else 3
        if not part.months
        else 5
        for part in (piece, than)
    ]
    return piece.total < than.total and (ranks[0] < ranks[1] if apart else ranks[0] <= ranks[1])


def _piece(c: Cursor, i: int, suffixed: bool, after: Length | None = None) -> tuple[Length, int] | None:
    counted = None if _COUNTED.isdisjoint(c.tags(i)) else quantity(c, i)
    if counted is None:
        return None
    count, j = counted
    if c.has(j, "quarterword") and c.cjk(j):
        if not (c.text(j) == "刻钟" or suffixed):
            return None
        return amount(count * 15, "minute"), j + 1
    if c.text(j) in ("full", "whole", "straight", "solid", "entire", "calendar"):
        j += 1
    unit = c.tags(j).get("unit")
    if c.text(j) == "钟" and c.text(j - 1) == "半" and c.has(j - 2, "measure"):
        unit = "hour"  # 三个半钟
    if c.has(i, "one") and c.has(i - 1, "countonce", "timesword", "unit"):
        return None
    if (
        c.text(i) == "one"
        and unit == "day"
        and c.text(j + 1) in ("i", "we", "you", "they", "he", "she", "it", "this", "the")
    ):
        return None
    if unit is None or (c.text(j) == "s" and not c.glued(j)):
        return None
    if c.text(j) == "时间" and c.lang == "zh" and (c.has(j - 1, "measure") or c.text(j - 1) in "俩仨两几"):
        return None  # 三个时间任选
    if not _unit_means_length(c, i, j, unit, count, suffixed, after):
        return None
    j += 1
    made = amount(count, unit)
    if c.text(j) == "long":
        j += 1
    if c.has(j, "andhalf"):
        return made.plus(amount(0.5, unit)), j + 1
    if c.has(j, "andquarter"):
        return made.plus(amount(0.25, unit)), j + 1
    if c.cjk(j) and c.has(j, "half") and c.text(j) == "半":
        k = j + 2 if c.text(j + 1) == "钟" else j + 1
        if not c.has(k, "unit", "measure"):
            return made.plus(amount(0.5, unit)), k
    return made, j


_ENOUGH = ("够了", "就够", "足够", "足矣", "够用")


def _unit_means_length(
    c: Cursor, i: int, j: int, unit: str, count: float, suffixed: bool, after: Length | None
) -> bool:
    """日, 月, 年, 分, 点 and single letters are also other things; say when they count time."""
    word = c.text(j)
    following = c.text(j + 1)
    if word in ("d", "m") and c.capital(j) and c.glued(j):
        return False  # 3D, 5M
    if following == "-" and c.text(j + 2) == "old":
        return False  # a two-year-old
    graded = following[:1] in _GRADES and not c.source.norm.startswith(_NO_GRADES, c.at(j + 1).start)
    if graded or (following in ("old", "ago's", "a", "per") and (following != "a" or c.has(j + 2, "unit"))):
        return False
    if word == "s" and (
        count >= 1000 or c.text(i - 1) in ("the", "late", "early", "mid", "my", "his", "her", "their", "your")
    ):
        return False  # the 90s
    if word == "s" and c.text(i - 1) == "-" and c.text(i - 2) in ("mid", "late", "early"):
        return False  # mid-40s
    if word == "分" and following == "の" and c.num(j + 2) is not None:
        return False
    if word == "月":
        if c.text(j - 1) == "半" and c.has(j + 1, "later", "ago"):
            return True
        return c.has(j - 1, "measure") or (c.text(j - 1) == "半" and c.has(j - 2, "measure"))
    if word == "日":
        return (
            suffixed
            or counts_days(c, i, j)
            or "dec" in c.tags(i)
            or (c.lang == "ja" and after is not None)
            or (c.glued(j) is False and c.size <= j + 1)
        )
    if word == "年":
        return count < 100
    if word == "分":
        seconds = c.num(j + 1) is not None and c.text(j + 2) in ("秒", "秒钟")
        enough = c.lang == "zh" and count % 5 == 0 and c.source.norm.startswith(_ENOUGH, c.at(j).end)
        return suffixed or c.lang == "ja" or after is not None or seconds or following == "半" or enough
    if word == "周" and c.has(i - 1, "ordmark"):
        return False
    if word in ("h", "hr", "hrs") and not suffixed and c.glued(j) and count >= 13 and not c.has(i - 1, "in"):
        return False
    if word in ("m", "s", "d", "w") and not c.glued(j) and not (after is not None):
        return word == "m" and c.num(i) is not None and count >= 5
    if word in ("m", "d", "w", "s") and c.has(i, "one"):
        return False
    if unit == "season":
        return False
    if c.has(i, "one", "half") and unit == "second":
        return c.text(j) != "second" or c.has(i, "half")
    if unit == "quarter" and word == "季":
        return False
    return not (c.has(i, "one") and unit == "day" and c.text(i) == "another")


_SHIFTS = tuple("延期 延ば 延长 延長 遅ら 遅れ 早め 早く 短縮 ずらし ずれ 繰り上 繰り下 前倒 后ろ".split())  # noqa: SIM905


def counts_days(c: Cursor, i: int, j: int) -> bool:
    """Whether 日 at j counts days and names none: 一日半, 丸1日, 1日と6時間, 三日三夜, 2日延期."""
    if c.lang == "ja" and c.source.norm.startswith(_SHIFTS, c.at(j).end):
        return True
    if c.text(i - 1) in ("丸", "まる", "泊") or (c.text(j + 1) == "半" and not c.has(j + 2, "unit", "measure")):
        return True
    k = j + 2 if c.text(j + 1) == "と" else j + 1
    return c.num(k) is not None and (c.tags(k + 1).get("unit") == "hour" or c.text(k + 1) == "夜")


def _length_then(c: Cursor, i: int, *names: str) -> tuple[Length, int] | None:
    """A length with one of these words right behind it."""
    found = length(c, i, suffixed=True)
    if found is None:
        return None
    j = found[1]
    if c.text(j) == "的" or (c.text(j) in ("の", "が") and c.has(j + 1, *names)):
        j += 1
    if c.has(j, "sharp") and c.has(j + 1, *names):
        j += 1
    if c.text(j) == "时间" and c.has(j + 1, *names):
        j += 1
    return (found[0], j) if c.has(j, *names) else None


def offset(c: Cursor, i: int) -> Found | None:
    """A distance from now: the fragment {shift, sign}."""
    if _SHIFTED.isdisjoint(c.tags(i)):
        return None
    if c.has(i, "plus"):
        found = length(c, i + 1)
        return ({"shift": found[0], "sign": 1}, found[1]) if found else None
    if c.has(i, "again") and c.cjk(i):
        found = _length_then(c, i + 1, "later") or (length(c, i + 1) if c.text(i) in ("再过", "还有", "过") else None)
        if found is not None:
            j = found[1] + 1 if c.has(found[1], "later") else found[1]
            return {"shift": found[0], "sign": 1}, j
    if c.has(i, "in") and not c.cjk(i):
        j = i + 1
        if c.has(j, "approx"):
            j += 1
        if c.has(j, "to") and c.text(j) == "~":
            j += 1
        found = length(c, j)
        if found is not None:
            j = found[1]
            if c.has(j, "poss"):
                j += 1
            if c.text(j) == "time":
                j += 1
            if c.has(j, "later") and c.text(j) in ("from now", "from today"):
                j += 1
            return {"shift": found[0], "sign": 1}, j
        return None
    if c.lang != "en" or c.cjk(i) or c.cjk(i + 1) or c.cjk(i + 2):
        found = _length_then(c, i, "later", "ago")
        dated = c.lang == "ja" and found is not None and c.text(found[1]) == "以前"  # 15日以前 names a day
        dated = dated or (found is not None and c.source.norm.startswith("前倒", c.at(found[1]).start))
        if found is not None and c.cjk(found[1]) and not c.has(i - 1, "ordmark") and not dated:
            j = found[1]
            if c.has(j, "later") and not c.has(j, "ago"):
                return {"shift": found[0], "sign": 1}, j + 1
            return {"shift": found[0], "sign": -1}, j + 1
    if c.has(i, "num", "one", "half", "couple", "dec", "quarterword", "threequarter", "md"):
        if (
            c.has(i + 1, "wds", "wd")
            and c.has(i + 2, "later")
            and (count := c.num(i)) is not None
            and c.text(i + 2) == "from now"
        ):
            return {
                "shift": Length(days=7 * count),
                "sign": 1,
                "wds": (c.tags(i + 1).get("wds", c.tags(i + 1).get("wd")),),
                "wmode": "count",
            }, i + 3
        left = c.lang == "ja" and c.text(i - 1) in ("あと", "残り")
        found = length(c, i, suffixed=left)
        if found is None:
            return None
        j = found[1]
        if left and (c.text(j) == "で" or (found[0].days and not found[0].seconds)):
            return {"shift": found[0], "sign": 1}, j + (c.text(j) == "で")
        if (
            c.lang == "ja"
            and c.text(j) == "で"
            and not c.text(j + 1).startswith(("终", "済", "十", "足"))
            and c.text(j + 1) != "す"
        ):
            return {"shift": found[0], "sign": 1}, j + 1
        if c.has(j, "later") and c.text(j) != "after":
            return {"shift": found[0], "sign": 1}, j + 1
        if c.has(j, "ago") and c.text(j) in ("ago", "back", "earlier"):
            return {"shift": found[0], "sign": -1}, j + 1
        if c.text(j) == "in advance":
            return None
    return None

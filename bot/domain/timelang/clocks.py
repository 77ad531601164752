"""What the clock shows: ``15:30``, ``half past ten``, ``三点一刻``, ``午後3時半``, ``noon``."""

from __future__ import annotations

from typing import Any

from bot.domain.timelang.cursor import Cursor, Found, Fragment
from bot.domain.timelang.lexicon import word_set

_AFTER_NUMBER_NOT_MINUTES = word_set("月|号|日|年|点|时|个|人|位|楼|次|天|周|小时|分钟|层|/|号楼")


# What 三点 counts when it does not stand on a clock.
_NOT_POINTS = frozenset(
    "建意要问原内想补疑希说确区共钱赞击评餐名心都也贵儿之一关事注信思感理看不太没了收经观教启体好发现总结新值重主难成工进计分差小大多少水头力利货料子"
)
_CLOCK_LEADS = frozenset("在到约改于定从是就前至或和还时会每的,:早晚午晨上夜挪提推延天日周号末与、，。(（~-")
_AT = word_set(
    "at|@|around|about|by|before|after|until|till|til|from|to|past|since|between|at around|at about|no later than"
)
_FREE_AFTER_HOUR = word_set(
    "works|work|for|with|and|or|to|on|in|at|if|then|please|pls|thanks|ok|okay|is|it|we|i|you|can|"
    "could|would|should|sharp|tomorrow|today|tonight|so|but|because|due|me|us|him|her|them|my|your|"
    "our|today's|tonight's|until|till|not|instead|via|over|who|what|by|before|after|from|when|where|"
    "that|this|the|a|an|room|zoom|meet|call|sync|let|lets|let's|?"
)


def clock(c: Cursor, i: int, *, day_said: bool = False) -> Found | None:
    """A clock time at i."""
    tags = c.tags(i)
    if "hms" in tags:
        return _shape(c, i)
    if "num" in tags:
        return _spoken(c, i) or _words(c, i) or _military(c, i) or _bare(c, i, day_said)
    if "hm" in tags:
        return _named(c, i)
    if "dec" in tags:
        return _dotted(c, i, day_said)
    if "lack" in tags:
        return _lacking(c, i)
    if "half" in tags or "quarterword" in tags or "one" in tags or "mer" in tags:
        return _words(c, i)
    return None


def _with_meridiem(c: Cursor, fragment: Fragment, j: int) -> Found:
    if c.has(j, "sharp") and c.text(j) == "ish":
        j += 1
    if c.has(j, "oclock"):
        j += 1
    if c.text(j) == "(" and c.has(j + 1, "mer"):
        j += 1
    if c.has(j, "mer"):
        fragment["mer"] = c.tags(j)["mer"]
        j += 1
    elif c.text(j) in ("am", "pm"):
        fragment["mer"] = c.text(j)
        j += 1
    return _trail(c, fragment, j)


def _trail(c: Cursor, fragment: Fragment, j: int) -> Found:
    """Words that only say how exactly: 左右, ごろ, sharp, ish."""
    for _ in range(2):
        if c.has(j, "sharp") and not c.has(j + 1, "unit") and c.text(j) not in ("多", "近"):
            if c.text(j) in ("前后", "上下") and c.has(j + 1, "num"):
                break
            j += 1
        elif c.has(j, "approxend"):
            j += 1
        elif c.text(j) == "-" and c.text(j + 1) == "ish":
            j += 2
        else:
            break
    return fragment, j


def _time(hour: int, minute: int, **more: Any) -> Fragment:
    return {"hour": hour, "minute": minute, **more}


def _shape(c: Cursor, i: int) -> Found | None:
    hour, minute, second = c.tags(i)["hms"]
    if minute > 59 or hour > 29 or (second or 0) > 59:
        return None
    if any(mark in c.text(i - 1) for mark in ("比分", "比", "score", "ratio")):
        return None
    if "hform" in c.tags(i) and hour <= 4 and c.text(i - 1) not in _AT and not c.has(i + 1, "to"):
        return None
    fragment = _time(hour, minute)
    if "explicit" in c.tags(i) or hour > 12 or hour == 0:
        fragment["explicit"] = True
    j = i + 1
    if c.text(j) in ("分", "时", "点", "h", "hrs", "hours", "hour") and not c.has(j + 1, "later"):
        j += 1
        if c.num(j) is not None and c.text(j + 1) == "秒":
            j += 2
    return _with_meridiem(c, fragment, j)


def _named(c: Cursor, i: int) -> Found | None:
    hour, minute = c.tags(i)["hm"]
    j = i + 1
    if c.cjk(i):
        if c.has(j, "num"):
            after = _minutes(c, j)
            if after is None:
                return None
            minute, j = after
        elif c.has(j, "half"):
            minute, j = 30, j + 1
        return _trail(c, _time(0, minute, explicit=True), j)
    if c.text(j) == "hours":
        j += 1
    return _trail(c, _time(hour % 24, minute, explicit=True), j)


def _minutes(c: Cursor, j: int) -> tuple[int, int] | None:
    """Minutes right behind 点 or 時; None when what stands there makes it no clock time."""
    value, han = c.num(j), c.tags(j).get("han", "")
    if value is None:
        return None
    after = c.text(j + 1)
    if after == "刻" or (after == "刻钟" and value in (1, 3)):
        return (value * 15, j + 2) if value in (1, 3) else None
    if after in ("分", "分正", "分整"):
        k = j + 2
        if c.num(k) is not None and c.text(k + 1) == "秒":
            k += 2
        return (value, k) if value < 60 else None
    if c.text(j + 1) in _AFTER_NUMBER_NOT_MINUTES or c.has(j + 1, "unit"):
        return (0, j)
    if "han" in c.tags(j):
        if 10 <= value < 60 and "positional" not in c.tags(j):
            return value, j + 1
        if len(han) == 2 and han[0] in "零〇" and value < 10:
            return value, j + 1
        return None
    if value < 60 and len(c.tags(j).get("digits", "")) == 2:
        return value, j + 1
    return None


def _spoken(c: Cursor, i: int) -> Found | None:
    """三点半, 15時20分, 9点过5分, 8点差10分."""
    hour = c.num(i)
    j = i + 1
    if hour is None or not c.has(j, "clockunit") or hour > 29:
        return None
    if c.has(i - 1, "ordmark"):
        return None
    unit = c.text(j)
    if unit == "点" and c.lang == "ja":
        return None
    if unit.startswith("时") and c.text(j + 1).startswith(("间", "候", "期", "代")):
        return None
    fragment = _time(hour, 0)
    han = "han" in c.tags(i)
    if "explicit" not in fragment and (hour > 12 or hour == 0 or c.tags(i).get("digits", "").startswith("0")):
        fragment["explicit"] = True
    j += 1
    follower = c.text(j)
    if c.has(j, "half") and follower == "半" and not c.has(j + 1, "unit", "measure"):
        fragment["minute"] = 30
        j += 1
    elif c.has(j, "half") and follower == "半":
        pass
    elif c.has(j, "hms"):
        return None
    elif c.has(j, "pass") and c.num(j + 1) is not None and (c.text(j + 2) in ("分", "刻") or c.text(j + 2) == "分钟"):
        value = c.num(j + 1) or 0
        fragment["minute"] = value * 15 if c.text(j + 2) == "刻" else value
        j += 3
    elif c.has(j, "lack") and c.num(j + 1) is not None and c.text(j + 2) in ("分", "分钟", "刻", "刻钟", "一刻"):
        value = c.num(j + 1) or 0
        lack = value * 15 if c.text(j + 2).startswith("刻") else value
        fragment["minute"] = -lack
        j += 3
    elif c.num(j) is not None and not c.at(j).space:
        after = _minutes(c, j)
        if after is None:
            if unit == "点":
                return None
        else:
            fragment["minute"], j = after
    elif c.has(j, "dec") or (unit == "点" and han and not _stands_as_clock(c, i, j)):
        return None
    elif unit == "点" and follower and follower[0] in _NOT_POINTS and not c.has(j, "clockunit"):
        if not _clock_before(c, i):
            return None
        if follower[0] in "建意要问原内想补疑区共赞" and not c.tags(j):
            return None
    if c.lang == "ja" and c.text(j) in ("前", "前に") and fragment["minute"] in (5, 10, 15) and "han" not in c.tags(i):
        fragment["minute"] = -fragment["minute"]  # 10時5分前 is five to ten
        j += 1
    if c.text(j).startswith("方") and c.source.norm.startswith("方向", c.at(j).start):
        return None
    if fragment["minute"] > 59:
        return None
    return _with_meridiem(c, fragment, j)


def _clock_before(c: Cursor, i: int) -> bool:
    """Words before it say that a clock time comes."""
    previous = c.text(i - 1)
    return (
        not previous
        or previous[-1] in _CLOCK_LEADS
        or c.has(i - 1, "part", "day", "daypart", "wd", "approx", "from", "to", "instead", "fill", "freq", "everypart")
    )


def _stands_as_clock(c: Cursor, i: int, j: int) -> bool:
    """两点 may be two o'clock or two items: look at both sides."""
    follower, previous = c.text(j), c.text(i - 1)
    if c.has(j, "betweensuf") and follower.startswith("之间") and not c.has(i - 1, "to", "and"):
        return False
    if (
        c.tokens
        and c.tags(i).get("han") == "一"
        and previous
        and previous[-1] in "有早晚快慢多少差大小好贵高低轻重点这那哪"
    ):
        return c.has(i - 1, "part", "day", "daypart")
    if follower and follower[0] in _NOT_POINTS and not c.tags(j):
        return c.has(i - 1, "part", "day", "daypart", "wd", "to") and follower[0] not in "建意要问原想补疑"
    if not _clock_before(c, i) and previous not in ("个",):
        return c.has(j, "to", "from", "fromsuf", "beforesuf", "aftersuf", "sharp") or not follower
    return True


def _lacking(c: Cursor, i: int) -> Found | None:
    """差一刻九点, 差5分8点."""
    value = c.num(i + 1)
    if value is None:
        return None
    j = i + 2
    if c.text(j) in ("刻", "刻钟"):
        lack = 15 * value
    elif c.text(j) in ("分", "分钟"):
        lack = value
    else:
        return None
    j += 1
    if c.text(j) == "到":
        j += 1
    hour = c.num(j)
    if hour is None or not c.has(j + 1, "clockunit") or not 0 < lack < 60:
        return None
    return _trail(c, _time(hour, -lack), j + 2)


def _words(c: Cursor, i: int) -> Found | None:
    """half past ten, quarter to 7, ten past 8, ten thirty, 3 pm, 4 o'clock."""
    if c.cjk(i):
        return None
    relative = _past_or_to(c, i)
    if relative is not None:
        return relative
    hour = c.num(i)
    if hour is None or not 0 <= hour <= 24 or "plain" in c.tags(i):
        return None
    j = i + 1
    if c.has(j, "mer"):
        if 0 < hour <= 12 or hour < 24:
            return _trail(c, _time(hour, 0, mer=c.tags(j)["mer"]), j + 1)
        return None
    if c.has(j, "oclock"):
        return _with_meridiem(c, _time(hour, 0), j)
    if (c.text(j) == "ish" and (c.glued(j) or c.glued(i + 1))) or (c.text(j) == "-" and c.text(j + 1) == "ish"):
        return _with_meridiem(c, _time(hour, 0), j + (1 if c.text(j) == "ish" else 2))
    if c.has(j, "hm") and not c.cjk(j) and hour == 12:
        return _named(c, j)
    if c.text(j) == "h" and hour > 12 and not c.has(j + 1, "num"):
        return _trail(c, _time(hour, 0, explicit=True), j + 1)
    if c.text(j) == "h" and c.glued(j) and c.text(i - 1) == "at":
        return _trail(c, _time(hour, 0), j + 1)
    minute = c.num(j)
    if minute is not None and not c.glued(j) and minute < 60 and hour >= 1:
        both_words = "digits" not in c.tags(i) and "digits" not in c.tags(j)
        two = c.tags(j).get("digits", "")
        if (
            (both_words and (minute >= 10 or c.text(i - 1) in _AT)) or (len(two) == 2 and c.has(j + 1, "mer"))
        ) and not c.has(j + 1, "unit"):
            if both_words and c.has(j + 1, "countnoun"):
                return None
            return _with_meridiem(c, _time(hour, minute), j + 1)
    if (
        (
            c.text(j) == "-"
            and c.glued(j)
            and (minute := c.num(j + 1)) is not None
            and 10 <= minute < 60
            and c.glued(j + 1)
        )
        and "digits" not in c.tags(i)
        and "digits" not in c.tags(j + 1)
        and 1 <= hour <= 12
    ):
        return _with_meridiem(c, _time(hour, minute), j + 2)  # eight-thirty
    if c.text(j) in ("oh", "o") and (minute := c.num(j + 1)) is not None and minute < 10 and "digits" not in c.tags(i):
        return _with_meridiem(c, _time(hour, minute), j + 2)
    return None


def _past_or_to(c: Cursor, i: int) -> Found | None:
    j = i
    if c.has(j, "one") and c.has(j + 1, "quarterword", "half"):
        j += 1
    if c.has(j, "half") and not c.has(j, "measure"):
        minutes: int | None = 30
        j += 1
    elif c.has(j, "quarterword"):
        minutes = 15
        j += 1
    else:
        minutes = c.num(j)
        if minutes is None or not 0 < minutes < 60:
            return None
        j += 1
        if c.has(j, "unit") and c.tags(j)["unit"] == "minute":
            j += 1
    spelled = "digits" not in c.tags(i) and "digits" not in c.tags(j + 1)  # "ten after six"
    if (c.has(j, "pastclock") and c.text(j) == "past") or (
        c.text(j) == "after" and (c.has(j - 1, "quarterword", "unit") or (spelled and c.num(i) is not None))
    ):
        sign = 1
    elif c.has(j, "toclock") and (minutes != 30 or c.has(j - 1, "unit")):
        sign = -1
        if c.text(j) not in ("to", "til", "till") and not c.has(j - 1, "quarterword", "unit"):
            return None
    else:
        return None
    j += 1
    if c.has(j, "approx"):
        j += 1
    hour = c.num(j)
    if c.has(j, "hm"):
        hour, minute = c.tags(j)["hm"]
        hour = hour or 24
        explicit = True
    elif c.has(j, "hms"):
        hour, minute = c.tags(j)["hms"][:2]
        explicit = hour > 12
    elif hour is not None and hour <= 24 and not c.has(j + 1, "unit"):
        minute, explicit = 0, hour > 12
        if (
            sign < 0
            and c.text(j - 1) == "to"
            and not c.has(j + 1, "mer", "oclock")
            and "digits" in c.tags(j)
            and "digits" in c.tags(i)
            and not c.has(i + 1, "unit")
        ):
            return None  # "5 to 6" is a range
    else:
        return None
    if not hour:
        return None
    # the hour that was spoken decides the half of the day, so "quarter to seven" stays 7 minus 15
    fragment = _time(hour, minute + sign * (minutes or 0))
    if explicit:
        fragment["explicit"] = True
    return _with_meridiem(c, fragment, j + 1)


def _dotted(c: Cursor, i: int, day_said: bool) -> Found | None:
    """8.30pm, at 2.30, 15.30分."""
    raw = c.tags(i).get("mdraw")
    if raw is None or len(raw[1]) != 2:
        return None
    hour, minute = int(raw[0]), int(raw[1])
    if hour > 24 or minute > 59:
        return None
    if c.has(i + 1, "mer"):
        return _trail(c, _time(hour, minute, mer=c.tags(i + 1)["mer"]), i + 2)
    said = c.text(i - 1) in ("at", "@", "around", "from", "until", "till", "before", "after")
    if (
        c.text(i + 1) == "分"
        or (day_said and not c.has(i + 1, "unit") and c.text(i - 1) != "on")
        or (said and (day_said or minute in (0, 15, 30, 45)))
    ):
        return _trail(c, _time(hour, minute), i + 2 if c.text(i + 1) == "分" else i + 1)
    return None


def _military(c: Cursor, i: int) -> Found | None:
    """1430, 0900: only where a time is expected."""
    digits = c.tags(i).get("digits", "")
    if len(digits) != 4 or int(digits[:2]) > 24 or int(digits[2:]) > 59:
        return None
    after = c.text(i + 1)
    ranged = (c.has(i + 1, "dash") and len(c.tags(i + 2).get("digits", "")) == 4) or (
        c.has(i - 1, "dash") and len(c.tags(i - 2).get("digits", "")) == 4
    )
    hours = after in ("h", "hrs", "hours", "hour")
    zoned = c.has(i + 1, "zone") and not c.has(i + 1, "fill")
    if not (ranged or hours or zoned or (c.text(i - 1) in _AT and not (1900 <= int(digits) <= 2099))):
        return None
    if c.has(i - 1, "idword") or (c.has(i + 1, "countnoun", "unit") and not hours):
        return None
    return _with_meridiem(c, _time(int(digits[:2]), int(digits[2:]), explicit=True), i + 2 if hours else i + 1)


def _bare(c: Cursor, i: int, day_said: bool) -> Found | None:
    """A lone number that words around it make an hour: ``at 4``, ``tomorrow three``."""
    hour = c.num(i)
    if (
        hour is None
        or not 1 <= hour <= 24
        or c.cjk(i)
        or (c.tags(i).get("digits", "00")[0:1] == "0" and len(c.tags(i).get("digits", "")) > 2)
    ):
        return None
    j = i + 1
    if c.has(j, "unit", "countnoun", "timesword", "month", "ord", "andhalf", "num", "slashmark", "plus") or c.text(
        j
    ) in ("%", "/", "x", "#"):
        return None
    if c.has(i - 1, "idword") or c.text(i - 1) in ("#",):
        return None
    following = c.at(j)
    if following.text and following.text[0].isascii() and following.text[0].isalpha() and not following.tags:
        word = following.text
        if word not in _FREE_AFTER_HOUR and (word.endswith("s") or c.capital(j)) and not day_said:
            return None
    elif c.cjk(j) and not following.tags and not c.at(j).space and c.lang != "en":
        return None
    strong = (
        c.text(i - 1) in ("at", "@", "at around", "at about")
        or (c.text(i - 1) == "to" and c.moves)
        or (c.text(i - 1) in _AT and c.text(i - 2) == "at")
        or (c.has(j, "zone") and not c.cjk(j))
    )
    weak = day_said and (hour <= 12 or c.text(i - 1) in _AT) and not c.cjk(i - 1)
    if not (strong or weak or (c.text(i - 1) in ("around", "about") and hour <= 12 and not c.cjk(j))):
        return None
    return _trail(c, _time(hour, 0), j)

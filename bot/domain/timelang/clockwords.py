"""Clock times in English words and figures: ``half past ten``, ``at 4``, ``1430``."""

from __future__ import annotations

from bot.domain.timelang.clockparts import named_time, time_of, with_meridiem, with_trail
from bot.domain.timelang.cursor import Cursor, Found
from bot.domain.timelang.dates import year_pair
from bot.domain.timelang.lexicon import word_set

_FREE_AFTER_HOUR = word_set(
    "works|work|for|with|and|or|to|on|in|at|if|then|please|pls|thanks|ok|okay|is|it|we|i|you|can|"
    "could|would|should|sharp|tomorrow|today|tonight|so|but|because|due|me|us|him|her|them|my|your|"
    "our|today's|tonight's|until|till|not|instead|via|over|who|what|by|before|after|from|when|where|"
    "that|this|the|a|an|room|zoom|meet|call|sync|let|lets|let's|?"
)


AT = word_set(
    "at|@|around|about|by|before|after|until|till|til|from|to|past|since|between|at around|at about|no later than"
)


def worded_time(c: Cursor, i: int) -> Found | None:
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
    if c.text(j) in ("a", "p") and c.has(i - 1, "idword"):
        return None  # seat 12A
    if c.has(j, "mer"):
        if 0 < hour <= 12 or hour < 24:
            return with_trail(c, time_of(hour, 0, mer=c.tags(j)["mer"]), j + 1)
        return None
    if c.has(j, "oclock"):
        return with_meridiem(c, time_of(hour, 0), j)
    if (c.text(j) == "ish" and (c.glued(j) or c.glued(i + 1))) or (c.text(j) == "-" and c.text(j + 1) == "ish"):
        return with_meridiem(c, time_of(hour, 0), j + (1 if c.text(j) == "ish" else 2))
    if c.has(j, "hm") and not c.cjk(j) and hour == 12:
        return named_time(c, j)
    if c.text(j) == "h" and hour > 12 and not c.has(j + 1, "num"):
        return with_trail(c, time_of(hour, 0, explicit=True), j + 1)
    if c.text(j) == "h" and c.glued(j) and c.text(i - 1) == "at":
        return with_trail(c, time_of(hour, 0), j + 1)
    minute = c.num(j)
    if minute is not None and not c.glued(j) and minute < 60 and hour >= 1:
        both_words = "digits" not in c.tags(i) and "digits" not in c.tags(j)
        two = c.tags(j).get("digits", "")
        if (
            (both_words and (minute >= 10 or c.text(i - 1) in AT)) or (len(two) == 2 and c.has(j + 1, "mer"))
        ) and not c.has(j + 1, "unit"):
            if both_words and c.has(j + 1, "countnoun"):
                return None
            return with_meridiem(c, time_of(hour, minute), j + 1)
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
        return with_meridiem(c, time_of(hour, minute), j + 2)  # eight-thirty
    if c.text(j) in ("oh", "o") and (minute := c.num(j + 1)) is not None and minute < 10 and "digits" not in c.tags(i):
        return with_meridiem(c, time_of(hour, minute), j + 2)
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
    if c.text(i) == "half" and minutes == 30 and _british_half(c, i):
        return with_meridiem(c, time_of(c.num(j) or 0, 30), j + 1)
    spelled = c.num(i) is not None and "digits" not in c.tags(i) and "digits" not in c.tags(j + 1)  # "ten after six"
    counted = c.has(j - 1, "quarterword", "unit") or spelled or c.has(j + 2, "mer", "oclock")  # "5 after 3pm"
    if (c.has(j, "pastclock") and c.text(j) == "past") or (c.text(j) == "after" and counted):
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
    led = c.has(i - 1, "wd", "day", "daypart", "from") or (minutes or 0) in (7, 8, 9, 11)
    counted = minutes in (5, 10, 15, 20, 25, 30) or c.has(i + 1, "unit")
    if c.has(j, "hm") and sign < 0 and not counted:
        return None  # "nine till noon"
    if c.has(j, "hm") and sign < 0 and led and "digits" in c.tags(i) and not c.has(i + 1, "unit"):
        return None  # "Friday 9 to noon" is a range
    if c.has(j, "hm"):
        hour, minute = c.tags(j)["hm"]
        hour = hour or 24
        explicit = True
    elif c.has(j, "hms"):
        hour, minute = c.tags(j)["hms"][:2]
        explicit = hour > 12
        if sign < 0 and "digits" in c.tags(i) and not c.has(i + 1, "unit"):
            return None  # "3 to 3:45" is a range
    elif hour is not None and hour <= 24 and not c.has(j + 1, "unit"):
        minute, explicit = 0, hour > 12
        if (
            sign < 0
            and not c.has(j + 1, "oclock")
            and "digits" in c.tags(j)
            and "digits" in c.tags(i)
            and not c.has(i + 1, "unit")
            and not (minutes in (20, 25) and hour <= 12 and c.text(j - 1) == "to")
        ):
            return None  # "5 to 6" is a range
    else:
        return None
    if not hour:
        return None
    # the hour that was spoken decides the half of the day, so "quarter to seven" stays 7 minus 15
    fragment = time_of(hour, minute + sign * (minutes or 0))
    if explicit:
        fragment["explicit"] = True
    return with_meridiem(c, fragment, j + 1)


def _british_half(c: Cursor, i: int) -> bool:
    """at half five: half past five."""
    hour = c.num(i + 1)
    if hour is None or not 1 <= hour <= 12 or c.has(i + 2, "unit", "countnoun", "num", "timesword", "slashmark"):
        return False
    return (i == 0 and c.size == 2) or c.text(i - 1) in AT or c.has(i - 1, "day", "wd", "part", "daypart", "approx")


def dotted_time(c: Cursor, i: int, day_said: bool) -> Found | None:
    """8.30pm, at 2.30, 15.30分."""
    raw = c.tags(i).get("mdraw")
    if raw is None or len(raw[1]) != 2:
        return None
    hour, minute = int(raw[0]), int(raw[1])
    if hour > 24 or minute > 59:
        return None
    if c.has(i + 1, "mer"):
        return with_trail(c, time_of(hour, minute, mer=c.tags(i + 1)["mer"]), i + 2)
    said = c.text(i - 1) in ("at", "@", "around", "from", "until", "till", "before", "after")
    if (
        c.text(i + 1) == "分"
        or (c.text(i + 1) == "on" and c.has(i + 2, "wd", "month"))
        or (c.has(i + 1, "day", "wd") and not c.cjk(i + 1))
        or (day_said and not c.has(i + 1, "unit") and c.text(i - 1) != "on")
        or (said and (day_said or minute in (0, 15, 30, 45)))
    ):
        return with_trail(c, time_of(hour, minute), i + 2 if c.text(i + 1) == "分" else i + 1)
    return None


def military_time(c: Cursor, i: int) -> Found | None:
    """1430, 0900: only where a time is expected."""
    digits = c.tags(i).get("digits", "")
    if len(digits) != 4 or int(digits[:2]) > 24 or int(digits[2:]) > 59 or year_pair(c, i):
        return None
    after = c.text(i + 1)
    ranged = (c.has(i + 1, "dash") and len(c.tags(i + 2).get("digits", "")) == 4) or (
        c.has(i - 1, "dash") and len(c.tags(i - 2).get("digits", "")) == 4
    )
    hours = after in ("h", "hrs", "hours", "hour")
    dayed = c.has(i + 1, "day", "daypart", "wd") or c.has(i - 1, "day", "daypart", "wd")
    dayed = dayed and not c.cjk(i + 1) and not c.cjk(i - 1)
    zoned = c.has(i + 1, "zone") and not c.has(i + 1, "fill")
    if not (ranged or hours or zoned or ((dayed or c.text(i - 1) in AT) and not (1900 <= int(digits) <= 2099))):
        return None
    if c.has(i - 1, "idword") or (c.has(i + 1, "countnoun", "unit") and not hours):
        return None
    return with_meridiem(c, time_of(int(digits[:2]), int(digits[2:]), explicit=True), i + 2 if hours else i + 1)


IN_ALL = frozenset(("total", "altogether", "overall"))  # 5 in total: so many, no hour


def bare_hour(c: Cursor, i: int, day_said: bool) -> Found | None:
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
    if c.text(j + (c.text(j) == "in")) in IN_ALL:
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
        or (c.text(i - 1) in AT and c.text(i - 2) == "at")
        or (c.has(j, "zone") and not c.cjk(j))
        or c.text(j) in ("sharp", "on the dot")
        or (c.text(i - 1) == "for" and c.text(i - 2) == "on" and hour <= 12)
        or (c.text(i - 1) == "it" and c.text(i - 2) == "make" and hour <= 12)
    )
    weak = day_said and (hour <= 12 or c.text(i - 1) in AT) and not c.cjk(i - 1)
    if not (strong or weak or (c.text(i - 1) in ("around", "about") and hour <= 12 and not c.cjk(j))):
        return None
    return with_trail(c, time_of(hour, 0), j)

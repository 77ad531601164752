"""Dates with names and ordinals: ``December 3rd, 2026``, ``the 15th``, ``second of August``."""

from __future__ import annotations

from bot.domain.timelang.cursor import Cursor, Found, Fragment
from bot.domain.timelang.doubt import doubtful, repeat_before
from bot.domain.timelang.lexicon import word_set
from bot.domain.timelang.names import addressed

_COUNTED = word_set(
    "time|party|thing|person|place|one|floor|option|half|century|draft|version|round|attempt|step|day|row|column|line|page|chapter|slide|section|item|question|paragraph|bullet|"
    "team|sprint|phase|batch|try|iteration|quarter|release|build|ticket|window|point|result|candidate|reason|"
    "avenue|ave|street|element|amendment|edition|anniversary|generation|place|world|degree|grade|prize|choice|inning"
)


_SAYS = word_set("said|says|asked|asks|sent|sends|thinks|wants|joined|told|agreed|mentioned")
_BEFORE_ORDINAL = word_set("on|by|until|till|before|after|from|to|of|and|since|between|for|through")


def named_month(c: Cursor, i: int) -> Found | None:
    if doubtful(c, i):
        return None
    if addressed(c, i):
        return None
    fragment: Fragment = {"month": c.tags(i)["month"]}
    j = i + 1
    if c.text(j) in _SAYS or (c.text(j) == "will" and c.text(j + 1) != "be"):
        return None  # April said …
    k = j
    if c.text(k) in ("the", ",", "/", "-", ".") and (c.text(k) not in ("-", "/") or (c.glued(k) and c.glued(k + 1))):
        k += 1
    if c.text(k) == "the":
        k += 1
    if k > j and "ym" in c.tags(k):  # Dec/2/2026
        year, number = c.tags(k)["ym"]
        return fragment | {"days": (number,), "year": year}, k + 1
    value, after = day_number(c, k)
    if value is not None and not year_number(c, k):
        fragment["days"], j = (value,), after
        while c.has(j, "and", "sep") and c.text(j) in ("and", "&", ",", "/"):
            more, more_after = day_number(c, j + 1)
            if more is None or (
                more_after == j + 2
                and not c.has(j + 1, "ord")
                and "ordsuffix" not in c.tags(j + 1)
                and not repeat_before(c, i)
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
    found = year_number(c, k) or _short_year(c, k)
    if found is not None and "year" not in fragment:
        return fragment | {"year": found[0]}, found[1]
    return fragment, j


def _short_year(c: Cursor, k: int) -> tuple[int, int] | None:
    """9-Dec-26, Dec/9/26: two figures are a year behind the mark that stands between day and month too."""
    mark, short = c.text(k - 1), c.tags(k).get("digits", "")
    if mark not in ("-", "/") or len(short) != 2 or c.text(k - 3) != mark:
        return None
    tight = all(c.glued(place) for place in (k - 3, k - 2, k - 1, k)) and not c.has(k + 1, "month", "to")
    return (2000 + int(short), k + 1) if tight and 20 <= int(short) < 60 else None


def year_number(c: Cursor, k: int) -> tuple[int, int] | None:
    value = c.num(k)
    if value is not None and "digits" in c.tags(k) and 1900 <= value <= 2199 and len(c.tags(k)["digits"]) == 4:
        if c.has(k + 1, "mer", "unit", "to") and not c.cjk(k + 1) and c.has(k + 1, "mer", "unit"):
            return None
        return value, k + 1
    short = c.tags(k + 1).get("digits", "")
    if c.text(k) == "'" and len(short) == 2 and c.glued(k + 1):
        return 2000 + int(short), k + 2  # '26
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


def year_pair(c: Cursor, i: int) -> bool:
    """2018 to 2020, 2016-2018年: whether the year at i stands beside another one."""
    for here, there in ((i, i + 2), (i - 2, i)):
        first, last = c.num(here), c.num(there)
        linked = c.has(here + 1, "to") or (c.has(here - 1, "between") and c.has(here + 1, "andto"))
        if first is None or last is None or not (linked and 1990 <= first < last <= first + 20):
            continue
        if len(c.tags(here).get("digits", "")) != 4 or len(c.tags(there).get("digits", "")) != 4:
            continue
        if c.text(there + 1) == "年" or not (c.has(here + 1, "dash") or c.has(there + 1, "countnoun", "unit", "mer")):
            return True
    return False


def day_number(c: Cursor, i: int) -> tuple[int | None, int]:
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


def ordinal_day(c: Cursor, i: int) -> Found | None:
    """15th, the first, second of August, 15 June, 3rd and 4th of May."""
    if doubtful(c, i) and not ((c.text(i + 1) == "of" and c.has(i + 2, "month")) or c.has(i + 1, "month")):
        return None
    value, j = day_number(c, i)
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
            more, after = day_number(c, k)
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
    if c.text(k - 1) == "of" and c.tags(k).get("freq") == ("MONTHLY", 1) and not c.cjk(k):
        return {"days": tuple(days), "freq": "MONTHLY"}, k + 1
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
        and not (i == 1 and value > 3 and (not c.text(j) or c.has(j, "fill", "hms", "part")))
        and not (c.text(i - 2) in _BEFORE_ORDINAL or c.has(i - 2, "wd", "month", "to") or c.has(i - 1, "every", "wd"))
    ):
        return None
    fragment: Fragment = {"days": tuple(days)}
    if c.text(k - 1) == "of" and c.text(k) in ("month", "this month"):
        return fragment, k + 1
    if c.text(j) == "of" and c.text(j + 1) == "the" and c.text(j + 2) == "month":
        return fragment, j + 3
    return fragment, j

"""Weeks, months, quarters and what is inside them: ``下周``, ``end of next month``, ``来月の第一月曜``."""

from __future__ import annotations

from bot.domain.timelang.cursor import Cursor, Found, Fragment, by_tag
from bot.domain.timelang.days import day
from bot.domain.timelang.doubt import doubtful
from bot.domain.timelang.quarters import (
    half_year,
    han_quarter,
    numbered_quarter,
    numbered_week,
    third_of_month,
    year_quarter,
)
from bot.domain.timelang.seasons import FISCAL_YEAR, related_season
from bot.domain.timelang.stretches import stretch, stretch_inverted

_OFFSETS = {"week": "woff", "month": "moff", "year": "yoff", "quarter": "qoff"}


def _named(c: Cursor, i: int) -> Found | None:
    unit, offset = c.tags(i)["period"]
    j = i + 1
    if c.text(i) == "前年" and c.lang == "ja":
        offset = -1
    if unit == "weekend":
        return {"weekend": True, "woff": offset}, j
    if unit == "month" and "han" in c.tags(j) and (c.num(j) or 0) in range(10, 32) and j + 1 >= c.size:
        return {"moff": offset, "days": (c.num(j),)}, j + 1  # 本月二十
    if c.text(i).endswith("年度") and c.lang == "ja":
        return {"season": FISCAL_YEAR} | ({"yoff": offset} if offset else {}), j
    return {_OFFSETS[unit]: offset}, j


def _relative(c: Cursor, i: int) -> Found | None:
    """next week, 这个月, 下下周, this weekend, 下个季度."""
    rel = c.tags(i)["rel"]
    j = i + 1
    if c.has(j, "season"):
        return related_season(c, i)
    if c.cjk(i):
        if (
            c.text(i) in ("去", "昨", "今", "该", "当")
            and not (c.text(i) == "今" and c.has(j, "measure"))
            and c.text(j) not in ("年", "周", "月")
            and c.text(i) != "当"
        ):
            return None
        if c.text(j) == "一":
            j += 1
        if c.has(j, "measure"):
            j += 1
        if c.has(j, "weekend") and c.text(i).startswith(("今度", "こんど")):
            return {"weekend": True}, j + 1
        if c.has(j, "weekend"):
            return {"weekend": True, "woff": rel}, j + 1
        if c.has(j, "halfyear"):
            return {"yoff": rel, "halfyear": c.tags(j)["halfyear"]}, j + 1
        if c.has(j, "monthedge") and c.text(i) not in ("前",):
            return {"moff": rel, "edge": c.tags(j)["monthedge"], "edgeof": "month"}, j + 1
    elif c.has(j, "num") and c.num(j) == 1 and c.has(j + 1, "unit"):
        return None
    if c.has(j, "weekend") and c.text(j + 1) in ("of", "in") and c.has(j + 2, "month") and c.has(i, "lastord"):
        return None
    if c.has(j, "weekend"):
        if rel == 0 or c.has(i, "relsoon"):
            return {"weekend": True}, j + 1
        return {"weekend": True, "woff": rel}, j + 1
    unit = c.tags(j).get("unit")
    if (
        unit not in _OFFSETS
        or (c.text(j) in ("周间", "年间", "w", "m", "年度") and c.text(j) != "年度")
        or (c.has(j, "spanunit") and c.text(j) not in ("周间",))
    ):
        if c.has(j, "quarterno") and not c.cjk(i):
            return {"quarter": c.tags(j)["quarterno"], "yoff": rel}, j + 1
        if c.has(j, "month") and not c.cjk(j) and rel != 0:
            found = day(c, j)
            if found is not None and c.text(i) not in ("the past", "past"):
                return found[0] | ({"wmode": "last"} if rel == -1 else {}), found[1]
        if c.has(j, "month") and not c.cjk(j):
            found = day(c, j)
            return (found[0] | {"yoff": 0}, found[1]) if found is not None and c.text(i) == "this" else found
        if c.has(j, "hol"):
            found = day(c, j)
            if found is not None:
                return found[0] | ({"wmode": "last"} if rel == -1 else {}), found[1]
        return None
    if (c.text(j).endswith("s") and not c.text(j).endswith("'s") and not c.cjk(j)) or c.text(j) in ("w", "m", "d"):
        return None
    if c.text(j) == "季" and c.text(j + 1) in ("节", "末"):
        return None
    return {_OFFSETS[unit]: rel}, j + 1


def _weekend(c: Cursor, i: int) -> Found | None:
    if c.text(i) in ("business hours",):
        return None
    j = i + 1
    if c.text(j) in ("after", "日") and c.text(j) == "after" and c.has(j + 1, "rel"):
        return {"weekend": True, "woff": 2}, j + 2
    if c.text(i + 1) in ("of", "of the"):
        named = day(c, c.skip(i + 2, "fill", most=1))
        if named is not None and ("days" in named[0] or "hol" in named[0]):
            return named[0] | {"weekof": True, "weekend": True}, named[1]
    return {"weekend": True}, j


def _skipping(c: Cursor, i: int) -> Found | None:
    tags = c.tags(i)
    if "weekskip" in tags:
        return {"woff": 2}, i + 1
    if "weekwas" in tags:
        return {"woff": -2}, i + 1
    if "monthskip" in tags:
        return {"moff": 2}, i + 1
    if "yearskip" in tags:
        return {"yoff": 2}, i + 1
    if "quarterskip" in tags:
        return {"qoff": 2}, i + 1
    if "weekendskip" in tags:
        return {"weekend": True, "woff": 2}, i + 1
    return None


def _ordinal(c: Cursor, i: int) -> tuple[int, int] | None:
    """first, 2nd, 第三个, 最后一个, 2nd to last, 第一: an ordinal and where it ends."""
    tags = c.tags(i)
    if "penult" in tags:
        return -2, i + 1
    if "backward" in tags and c.has(i + 1, "ordmark"):
        place = _ordinal(c, i + 1)
        return (-place[0], place[1]) if place is not None else None
    if "ordmark" in tags:
        value = c.num(i + 1)
        if value is None or value > 53:
            return None
        j = i + 2
        return value, j + 1 if c.has(j, "measure") or c.text(j) in ("の", "的") else j
    if "lastord" in tags:
        j = i + 1
        if c.has(j, "measure") or c.text(j) == "の":
            j += 1
        return -1, j
    if "ord" in tags:
        j = i + 1
        if c.text(j) in ("to", "the") and c.text(j + 1) == "last":
            return -tags["ord"], j + 2
        if c.cjk(i) and (c.has(j, "measure") or c.text(j) in ("の", "的")):
            j += 1
        return tags["ord"], j
    if c.text(i) == "首" and c.has(i + 1, "measure"):
        return 1, i + 2
    value = c.num(i)
    if value is not None and c.text(i + 1) in ("st", "nd", "rd", "th") and c.glued(i + 1):
        if c.text(i + 2) == "last":
            return -value, i + 3
        if c.text(i + 2) == "to" and c.text(i + 3) in ("last", "the last"):
            return -value, i + 4
        return value, i + 2
    return None


def nth(c: Cursor, i: int) -> Found | None:
    """first Monday, 第二个周三, last day, third week, first quarter; a list of ordinals before one weekday too."""
    if c.text(i) == "the":
        i += 1
    found = _ordinal(c, i)
    if found is None:
        return None
    places, j = [found[0]], found[1]
    for _ in range(4):
        k = j
        if c.has(k, "and", "sep", "or"):
            k += 1
            if c.has(k, "and"):
                k += 1
        if (k == j and not c.has(k, "ordmark")) or c.text(j) == "or":
            break
        if c.text(k) == "the":
            k += 1
        more = _ordinal(c, k)
        if more is None:
            break
        places.append(more[0])
        j = more[1]
    if len(places) > 1 and not c.has(j, "wd", "wds", "wdc"):
        return None
    fragment: Fragment = {"nth": tuple(places)}
    if len(places) > 1 and c.cjk(i) and not c.has(i - 1, "monthsuf", "period"):
        fragment["freq"] = "MONTHLY"
    if c.has(j, "wd", "wds") and not (doubtful(c, j) and c.text(j) in ("sat", "sun")):
        return _inside(c, fragment | {"nthof": "wd", "wds": (c.tags(j).get("wd", c.tags(j).get("wds")),)}, i, j + 1)
    if "wdc" in c.tags(j) and c.has(j + 1, "weekdaysuf"):
        return _inside(c, fragment | {"nthof": "wd", "wds": (c.tags(j)["wdc"],)}, i, j + 2)
    unit = c.tags(j).get("unit")
    if c.text(j) == "week of":
        inside = _inside(c, fragment | {"nthof": "week"}, i, j + 1)
        if inside is None or inside[0].keys() == fragment.keys() | {"nthof"}:
            found_month = period(c, j + 1) if c.has(j + 1, "rel", "period") else day(c, j + 1)
            inside = (
                (fragment | {"nthof": "week"} | found_month[0], found_month[1])
                if found_month and "days" not in found_month[0]
                else inside
            )
        return inside if inside is not None and _anchored(c, i, inside) else None
    if unit == "bday" or (c.has(j, "weekday", "workdays") and unit is None):
        return _inside(c, fragment | {"nthof": "workday"}, i, j + 1)
    if c.has(j, "weekend"):
        return _inside(c, fragment | {"nthof": "weekend"}, i, j + 1)
    if c.text(j) == "季" and not (c.has(i - 1, "period") or c.text(i - 1) in ("年", "的")):
        return None  # 第三季 of a show
    if unit == "quarter" and 1 <= places[0] <= 4:
        j += 1
        k = j + 1 if c.text(j) in ("of", ",", "in") else j
        year = c.num(k)
        if year is not None and 1900 < year < 2200:
            return {"quarter": places[0], "year": year}, k + 1
        return {"quarter": places[0]}, j
    if c.text(j) in ("季度", "四半期") and 1 <= places[0] <= 4:
        return {"quarter": places[0]}, j + 1
    if (unit == "day" and (c.text(j) != "日" or c.text(i) == "第")) or (unit == "day" and places[0] == -1):
        inside = _inside(c, fragment | {"nthof": "day"}, i, j + 1)
        return inside if inside is None or _anchored(c, i, inside) else None
    if unit == "week":
        inside = _inside(c, fragment | {"nthof": "week"}, i, j + 1)
        return inside if inside is None or _anchored(c, i, inside) else None
    return None


def _anchored(c: Cursor, i: int, found: Found) -> bool:
    """Whether the period it counts in was named."""
    if set(found[0]) & {"month", "moff", "yoff", "year", "woff", "quarter", "freq", "qoff"}:
        return True
    if any(c.has(k, "freq") for k in range(i - 4, i)):
        return True
    if any(c.has(k, "freq", "every") for k in range(found[1], found[1] + 3)):
        return True
    if c.tags(i - 1).get("unit") in _OFFSETS:
        return True
    return c.has(i - 1, "month", "period", "year", "freq", "monthedge") or c.text(i - 1) in ("的", "の", "年", "月")


def _inside(c: Cursor, fragment: Fragment, start: int, j: int) -> Found | None:
    """… of October, in the month, of next month."""
    k = j
    if c.text(k) == "." and c.glued(k):
        k += 1
    if c.has(k, "part") and c.has(k + 1, "fill") and c.text(k + 1) in ("of", "in"):
        inner = _inside(c, dict(fragment), start, k + 1)
        if inner is not None and inner[0].keys() != fragment.keys():
            return inner[0] | {"part": c.tags(k)["part"]}, inner[1]
    if c.text(k) in ("of", "in", "of the", "in the", "of this", "in this", ","):
        k += 1
    if c.text(k) == "the":
        k += 1
    if c.has(k, "every", "freq") and not c.cjk(k):
        return fragment, j
    found: Found | None = None
    if c.text(k) in ("month", "year") and c.text(k - 1) in ("of the", "in the", "the", "of"):
        if len(fragment["nth"]) > 1:
            return fragment | {"freq": "MONTHLY" if c.text(k) == "month" else "YEARLY"}, k + 1
        return fragment | ({"moff": 0} if c.text(k) == "month" else {"yoff": 0}), k + 1
    if k > j:
        if c.has(k, "rel", "period"):
            found = period(c, k)
        elif c.has(k, "month", "ym"):
            found = day(c, k)
        elif (year := c.num(k)) is not None and 1900 < year < 2200:
            found = {"year": year}, k + 1
    elif c.has(k, "month") and not c.cjk(k) and not doubtful(c, k):
        found = day(c, k)
    if found is not None and "days" not in found[0] and "wds" not in found[0]:
        return fragment | found[0], found[1]
    if fragment["nth"] == (-1,) and fragment["nthof"] in ("wd", "workday") and not c.cjk(start):
        # "last Friday" is the one that was
        if fragment["nthof"] == "workday":
            return {"workday": "last"}, j
        ruled = c.has(start - 1, "every", "freq") or (c.has(start - 1, "fill") and c.has(start - 2, "freq", "fill"))
        if (ruled and any(c.has(k, "every", "freq") for k in range(start - 3, start))) or _repeats_soon(c, j):
            return fragment, j
        return {"wds": fragment["wds"], "wmode": "last"}, j
    return fragment, j


def _repeats_soon(c: Cursor, j: int) -> bool:
    return any(c.has(k, "every", "freq") for k in range(j, j + 3))


def _edge(c: Cursor, i: int) -> Found | None:
    """end of next month, mid-November, beginning of the year, 6月頭."""
    where = c.tags(i)["edge"]
    if c.cjk(i):
        return None
    j = i + 1
    if c.text(i) == "late" and c.text(j) in ("for", "to"):
        return None
    if c.text(j) in ("of", "in", "-"):
        j += 1
    if c.text(j) == "the":
        j += 1
    if c.has(j, "month") and not doubtful(c, j):
        found = day(c, j)
        if found is None or "days" in found[0]:
            return None
        return found[0] | {"edge": where, "edgeof": "month"}, found[1]
    if c.has(j, "rel", "period", "quarterno") and not c.has(j, "wd"):
        found = period(c, j)
        if found is not None:
            unit = next(
                (
                    name
                    for name, key in (("week", "woff"), ("month", "moff"), ("quarter", "qoff"), ("year", "yoff"))
                    if key in found[0]
                ),
                None,
            )
            if "quarter" in found[0]:
                unit = "quarter"
            if unit is not None and "weekend" not in found[0]:
                return found[0] | {"edge": where, "edgeof": unit}, found[1]
    unit = c.tags(j).get("unit")
    if (
        unit in ("week", "month", "quarter", "year")
        and c.text(i) not in ("early", "late")
        and not c.text(j).endswith("s")
    ):
        return {"edge": where, "edgeof": unit}, j + 1
    year = c.num(j)
    if year is not None and 1900 < year < 2200:
        return {"year": year, "edge": where, "edgeof": "year"}, j + 1
    return None


def _edge_suffix(c: Cursor, i: int) -> Found | None:
    """底, 末, 頭, 初 right behind a month or a year."""
    where = c.tags(i)["edge"]
    previous = c.text(i - 1)
    if not c.cjk(i) or (not c.glued(i) and c.text(i - 1) not in ("的", "の")):
        return None
    if previous in ("的", "の"):
        previous = c.text(i - 2)
    if c.text(i) in ("中", "头", "头儿") and c.text(i) == "中":
        return None
    if previous.endswith("月") or previous in ("月份", "がつ") or c.has(i - 1, "month"):
        return {"edge": where, "edgeof": "month"}, i + 1
    if previous.endswith("年度") and c.lang == "ja":
        return {"edge": where, "edgeof": "year", "season": FISCAL_YEAR}, i + 1
    if previous.endswith(("年", "年度")):
        return {"edge": where, "edgeof": "year"}, i + 1
    if previous in ("周", "星期", "今周", "来周", "再来周"):
        return {"edge": where, "edgeof": "week"}, i + 1
    if previous in ("季度", "四半期", "今期", "当期", "来期", "前期"):
        return {"edge": where, "edgeof": "quarter"}, i + 1
    return None


def _edge_word(c: Cursor, i: int) -> Found | None:
    tags = c.tags(i)
    for name, unit in (("monthedge", "month"), ("yearedge", "year"), ("quarteredge", "quarter"), ("weekedge", "week")):
        if name in tags:
            fragment: Fragment = {"edge": tags[name], "edgeof": unit}
            j = i + 1
            if (
                c.text(j) in ("那天", "那", "的", "の")
                and c.has(j + 1, "lastord")
                and c.tags(j + 2).get("unit") == "day"
            ):
                j += 3
            elif c.has(j, "lastord") and c.tags(j + 1).get("unit") == "day":
                j += 2
            return fragment, j
    if "eow" in tags:
        return {"edge": "end", "edgeof": tags["eow"]}, i + 1
    if "quarterend" in tags:
        return {"edge": "end", "edgeof": "quarter"}, i + 1
    return None


def _week_of(c: Cursor, i: int) -> Found | None:
    found = day(c, i + 1) or (day(c, i + 2) if c.text(i + 1) == "the" else None)
    return (found[0] | {"weekof": True}, found[1]) if found is not None else None


def _rest(c: Cursor, i: int) -> Found | None:
    j = i + 1
    if c.text(j) == "the":
        j += 1
    if c.has(j, "rel"):
        found = period(c, j)
        return (found[0] | {"rest": True}, found[1]) if found is not None else None
    unit = c.tags(j).get("unit")
    if (unit == "day" or c.tags(j).get("day") == 0) and c.text(i) != "later":
        return {"doff": 0, "rest": True}, j + 1
    if unit in _OFFSETS and c.text(i) != "later":
        return {_OFFSETS[unit]: 0, "rest": True}, j + 1
    return None


def _half(c: Cursor, i: int) -> Found | None:
    """来週前半, 12月下半月, 上半个月."""
    which = {"halfof": c.tags(i)["halves"]}
    before = i - 2 if c.text(i - 1) in ("的", "の") else i - 1
    if c.has(before, "period", "monthsuf", "month") or c.tags(before).get("unit") in _OFFSETS:
        return which, i + 1
    return (which | {"moff": 0}, i + 1) if "月" in c.text(i) else None


def _half_of(c: Cursor, i: int) -> Found | None:
    """first half of next month, second half of December."""
    if c.cjk(i) or not c.text(i + 1).startswith(("of", "in")):
        return None
    j = c.skip(i + 1, "fill", most=2)
    found = day(c, j) if c.has(j, "month") else period(c, j)
    if found is None or "days" in found[0] or "halfyear" in found[0] or not (_OFFSETS_KEYS & found[0].keys()):
        return None
    return found[0] | {"halfof": c.tags(i)["halfyear"]}, found[1]


_OFFSETS_KEYS = {"woff", "moff", "qoff", "yoff", "month", "quarter"}
_READERS = (
    ("weekskip", _skipping),
    ("weekwas", _skipping),
    ("monthskip", _skipping),
    ("weekendskip", _skipping),
    ("yearskip", _skipping),
    ("quarterskip", _skipping),
    ("nextn", stretch),
    ("pastn", stretch),
    ("num", stretch_inverted),
    ("period", _named),
    ("week of", _week_of),
    ("rest", _rest),
    ("rel", _relative),
    ("weekno", numbered_week),
    ("unit", numbered_week),
    ("ordmark", numbered_week),
    ("ordmark", han_quarter),
    ("num", han_quarter),
    ("halfyear", _half_of),
    ("halfyear", half_year),
    ("halves", _half),
    ("backward", nth),
    ("lastord", nth),
    ("penult", nth),
    ("ordmark", nth),
    ("ord", nth),
    ("num", nth),
    ("monthedge", _edge_word),
    ("yearedge", _edge_word),
    ("quarteredge", _edge_word),
    ("weekedge", _edge_word),
    ("eow", _edge_word),
    ("quarterend", _edge_word),
    ("edge", _edge),
    ("edge", _edge_suffix),
    ("quarterno", numbered_quarter),
    ("yq", year_quarter),
    ("third", third_of_month),
    ("weekend", _weekend),
)

period = by_tag(_READERS)  # a fragment about a period of days at i

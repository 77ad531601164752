"""Parts of years and months: ``Q3``, ``第三季度``, ``上半年``, ``下旬``."""

from __future__ import annotations

from bot.domain.timelang.cursor import Cursor, Found, Fragment


def numbered_quarter(c: Cursor, i: int) -> Found | None:
    value = c.tags(i)["quarterno"]
    if c.text(i + 1) == "." or c.has(i + 1, "dec"):
        return None
    fragment: Fragment = {"quarter": value}
    j = i + 1
    if c.text(j) in ("of", ",", "'"):
        j += 1
    year = c.num(j)
    if year is not None and 1900 < year < 2200:
        return fragment | {"year": year}, j + 1
    return fragment, i + 1


def year_quarter(c: Cursor, i: int) -> Found | None:
    year, quarter = c.tags(i)["yq"]
    return {"year": year, "quarter": quarter}, i + 1


def han_quarter(c: Cursor, i: int) -> Found | None:
    """四季度, 第1四半期."""
    j = i + 1 if c.has(i, "ordmark") else i
    value = c.num(j)
    if value is not None and 1 <= value <= 4 and c.has(j + 1, "quarteredge"):
        return {"quarter": value, "edge": c.tags(j + 1)["quarteredge"], "edgeof": "quarter"}, j + 2
    if value is None or not 1 <= value <= 4 or c.text(j + 1) not in ("季度", "四半期"):
        return None
    return {"quarter": value}, j + 2


def numbered_week(c: Cursor, i: int) -> Found | None:
    """CW 48, calendar week 48, week 48, 第48周: a week of the ISO calendar."""
    named = c.has(i, "weekno")
    value = c.num(i + 1)
    if value is None or not 1 <= value <= 53 or c.has(i - 1, "rel", "num", "one", "every", "ord"):
        return None
    if c.has(i, "ordmark"):
        if value < 10 or c.text(i + 2) not in ("周", "星期") or c.has(i - 1, "monthsuf", "edge"):
            return None
        return {"weekno": value}, i + 3
    if not named and (
        value < 10 or c.text(i) not in ("week", "wk") or c.has(i + 2, "unit", "countnoun", "mer", "clocklike")
    ):
        return None
    return {"weekno": value}, i + 2


def half_year(c: Cursor, i: int) -> Found | None:
    if not c.cjk(i):
        j = i + 1
        if c.text(j) == "of":
            j += 1
        if c.text(j) == "the":
            j += 1
        year = c.num(j)
        if year is not None and 1900 < year < 2200:
            return {"halfyear": c.tags(i)["halfyear"], "year": year}, j + 1
        if c.has(j, "rel") and c.tags(j + 1).get("unit") == "year":
            return {"halfyear": c.tags(i)["halfyear"], "yoff": c.tags(j)["rel"]}, j + 2
        return ({"halfyear": c.tags(i)["halfyear"]}, i + 1) if c.text(i) in ("h1", "h2") and c.size == 1 else None
    return {"halfyear": c.tags(i)["halfyear"]}, i + 1


def third_of_month(c: Cursor, i: int) -> Found | None:
    return {"third": c.tags(i)["third"]}, i + 1

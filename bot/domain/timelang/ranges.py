"""From one moment to another: ``3-5pm``, ``20到22号``, ``3時から5時``, ``Mon-Fri 9-5``."""

from __future__ import annotations

from bot.domain.timelang.cursor import Cursor
from bot.domain.timelang.moments import moment
from bot.domain.timelang.node import Node
from bot.domain.timelang.spec import Spec

_SIDE_BY_SIDE = frozenset(("と", "、", ",", "・", "和"))
_AFTER_DAYS = frozenset(("", "は", "を", "に", "で", "も", "が", "。", "("))


def bare_range(c: Cursor, i: int, day_spec: Spec | None, *, forced: bool = False, paired: bool = False) -> Node | None:
    """A range whose first end is a naked number: 3-5pm, 20到22号, 10 - 22 August, 11-4 after a weekday."""
    first = c.num(i)
    if first is None or first > 31 or c.has(i - 1, "ordmark", "idword", "plus") or c.text(i - 1) in ("-", "/", "."):
        return None
    if "digits" in c.tags(i) and len(c.tags(i)["digits"]) > 2:
        return None
    if c.text(i + 1) in _SIDE_BY_SIDE and first >= 10 and c.num(i + 2) == first + 1 and c.has(i + 3, "daysuf"):
        last = moment(c, i + 2)  # 24、25日
        if last is not None and last[0].days and not last[0].has_clock:
            return Node(i, last[1], "range", Spec(days=(first,)), last[0])
    forced = forced or c.text(i - 1) == "say"
    j = i + 1
    spelled = first in (5, 10, 20, 25) and "digits" not in c.tags(i) and c.text(j) == "to"
    if spelled and not forced and (c.text(i - 1) == "at" or (first > 12 and (c.num(j + 1) or 24) <= 12)):
        return None  # "at ten to eleven tomorrow"
    if not (c.has(j, "to") or (paired and c.has(j, "andto"))):
        return None
    j += 1
    if c.text(j) == "the":
        j += 1
    value = c.num(j)
    if value is not None and value <= 31 and not c.has(j + 1, "clockunit", "mer", "oclock", "unit"):
        k = c.skip(j + 1, "fill", most=2)
        tail = moment(c, k)
        if (
            tail is not None
            and (tail[0].moff is not None or tail[0].month is not None)
            and not (tail[0].days or tail[0].has_clock or tail[0].edge or tail[0].nth)
        ):
            return Node(i, tail[1], "range", _with(tail[0], days=(first,)), _with(tail[0], days=(value,)))
    second = moment(c, j, day_said=day_spec is not None or forced)
    if (
        second is not None
        and second[0].month is not None
        and second[0].days
        and value is not None
        and second[0].hour is None
        and second[0].numeric is None
    ) and value == second[0].days[0]:
        spec = Spec(days=(first,))
        return Node(i, second[1], "range", spec, second[0])
    if (
        second is not None
        and second[0].days
        and not second[0].has_clock
        and second[0].numeric is None
        and value == second[0].days[0]
    ):
        if day_spec is not None and not (day_spec.month or day_spec.moff is not None or day_spec.year):
            return None
        spec = Spec(days=(first,)) if day_spec is None else _with(day_spec, days=(first,))
        return Node(i, second[1], "range", spec, second[0])
    if (
        second is not None
        and second[0].month is not None
        and not second[0].days
        and value == second[0].month
        and c.cjk(j + 1)
        and first <= 12
    ):
        return Node(i, second[1], "range", Spec(month=first), second[0])
    if second is not None and second[0].hour is not None and first <= 24 and second[0].shift is None:
        if not (c.has(j, "hms", "hm") or value is not None):
            return None
        if c.has(j + 1, "countnoun", "unit") and not c.has(j + 1, "clockunit"):
            return None
        if first in (20, 25) and c.text(i + 1) == "to" and second[0].mer:
            return None  # "20 to 4pm" is a clock time
        if c.cjk(i) and "han" in c.tags(i) and not c.has(j + 1, "clockunit"):
            return None
        if (
            not forced
            and day_spec is None
            and second[0].mer is None
            and not (c.has(j + 1, "clockunit", "oclock") or c.has(j, "hms") or second[0].part or second[0].has_day)
            and not (c.has(j, "hm") and first in (7, 8, 9, 11))
        ):
            return None
        spec = Spec(hour=first, minute=0) if day_spec is None else _with(day_spec, hour=first, minute=0, day_first=True)
        return Node(i, second[1], "range", spec, second[0])
    if (
        value is None
        or value > 31
        or (c.has(j + 1, "unit", "countnoun", "timesword", "clocklike") and not c.has(j + 1, "clockunit"))
    ):
        return None
    # two naked numbers: what follows or what was said before decides
    k = c.skip(j + 1, "fill", most=2)
    tail = moment(c, k) if k > j else None
    if c.cjk(j + 1) and not c.has(j + 1, "fill", "and", "or"):
        return None
    following = c.at(j + 1)
    if following.text and following.text[0].isalpha() and not following.tags and following.text.endswith("s"):
        return None
    if first > 24 or value > 24:
        return None
    if day_spec is not None and day_spec.month is not None and not day_spec.days:
        return Node(i, j + 1, "range", _with(day_spec, days=(first,)), Spec(days=(value,)))
    if day_spec is not None and not (
        day_spec.wds
        or day_spec.doff is not None
        or day_spec.days
        or day_spec.hol
        or day_spec.part
        or day_spec.nth
        or day_spec.repeats
    ):
        return None
    if (
        tail is not None
        and tail[0].has_day
        and not tail[0].has_clock
        and (forced or ((tail[0].doff or 0) >= 0 and (tail[0].doff is not None or tail[0].wds)))
    ):
        first_spec = Spec(hour=first, minute=0)
        second_spec = _with(tail[0], hour=value, minute=0)
        return Node(i, tail[1], "range", first_spec, second_spec)
    if not (day_spec is not None or forced):
        return None
    base = day_spec if day_spec is not None else Spec()
    return Node(
        i, j + 1, "range", _with(base, hour=first, minute=0, day_first=day_spec is not None), Spec(hour=value, minute=0)
    )


def _with(spec: Spec, **values: object) -> Spec:
    other = spec.copy()
    for name, value in values.items():
        setattr(other, name, value)
    return other


def range_from(c: Cursor, i: int, spec: Spec, j: int, *, paired: bool) -> Node | None:
    """A to B, A から B まで."""
    k = j
    if c.has(k, "fromsuf") and not c.has(k, "to") and c.text(k) in ("开始", "起", "开始起"):
        k += 1
        if c.text(k) in (",", "、"):
            k += 1
    if c.text(k) == "," and c.has(k + 1, "to") and c.cjk(k + 1):
        k += 1
    if c.text(k) == ")" and c.has(k + 1, "to"):
        k += 1
    linked = (
        c.has(k, "to")
        or (paired and c.has(k, "andto", "and"))
        or (c.has(k, "slashmark") and c.has(k + 1, "iso", "ymd") and spec.year is not None and c.glued(k))
    )
    if not linked and k > j and spec.has_clock:  # 10:00开始，12:00结束
        closing = moment(c, k, day_said=True)
        if closing is not None and closing[0].has_clock and c.has(closing[1], "untilsuf"):
            return Node(i, closing[1] + 1, "range", spec, closing[0])
    if not linked and c.text(k) in _SIDE_BY_SIDE and spec.days and not (spec.has_clock or spec.repeats):
        value = c.num(k + 1)  # 11/26と27
        if value == spec.days[-1] + 1 and (c.text(k + 2) in _AFTER_DAYS or not c.glued(k + 2)):
            return Node(i, k + 2, "range", spec, Spec(days=(value,)))
    bounded = not linked and c.text(k) in ("和", "と", "与", "跟")
    if not linked and not bounded:
        return None
    if spec.span is not None:
        return None
    k += 1
    for _ in range(2):
        if c.text(k) in ("的", "の", "the", "on", ",", "at") or (c.has(k, "approx") and not c.has(k, "dash")):
            k += 1
    second = moment(c, k, day_said=spec.has_clock)
    if second is None:
        second = _second_bare(c, spec, k)
    if second is None:
        return None
    b, end = second
    if (
        c.has(k - 1, "dash")
        and not spec.has_clock
        and b.has_clock
        and not b.has_day
        and spec.has_day
        and not spec.repeats
        and spec.part is None
    ):
        merged = spec.copy()  # "Jan 6 - 6:37am" only separates day and hour
        return (
            Node(i, end, "moment", merged)
            if merged.take({"hour": b.hour, "minute": b.minute, **({"mer": b.mer} if b.mer else {})})
            else None
        )
    if b.shift is not None and b.anchor is None and not b.has_clock:
        return None
    if b.repeats and not spec.repeats and c.text(k - 1) in ("から", "より", "から始めて"):
        return None
    if b.has_clock and b.has_day and not (spec.has_clock or spec.part):
        hours = _daily_hours(c, i, spec, b, end + 1) if c.has(end, "to") else _daily_hour(c, i, spec, b, end)
        if hours is not None:
            return hours
    if not _comparable(spec, b) or (bounded and not c.has(end, "betweensuf")):
        return None
    for _ in range(2):
        if c.has(end, "untilsuf", "betweensuf"):
            end += 1
        elif (
            c.text(end) in ("的", "の")
            and c.has(end + 1, "betweensuf")
            and c.text(end + 1) in ("间", "期间", "の間", "之间")
        ):
            end += 2
    return Node(i, end, "range", spec, b)


def _daily_hours(c: Cursor, i: int, a: Spec, b: Spec, k: int) -> Node | None:
    """Mon-Fri 9-5, 12月3日-5日 9:00-18:00: days on one side, hours on the other."""
    last = moment(c, k, day_said=True) or _second_bare(c, b, k)
    if last is None or not last[0].has_clock or last[0].has_day:
        return None
    begin, end = a.copy(), b.copy()
    for name in ("hour", "minute", "mer", "explicit", "part", "point"):
        setattr(begin, name, getattr(b, name))
        setattr(end, name, getattr(last[0], name))
    begin.day_first = True
    if not (a.wds and b.wds and len(a.wds) == len(b.wds) == 1 and a.woff is None and a.wmode is None):
        return Node(i, last[1], "range", begin, end)
    begin.wds = tuple((a.wds[0] + step) % 7 for step in range((b.wds[0] - a.wds[0]) % 7 + 1))
    begin.freq = begin.freq or "WEEKLY"
    return Node(i, last[1], "range", begin, last[0])


def _daily_hour(c: Cursor, i: int, a: Spec, b: Spec, end: int) -> Node | None:
    """周一至周五 9:00: every one of these days at nine."""
    bare = all(len(spec.wds or ()) == 1 and spec.woff is None and spec.wmode is None for spec in (a, b))
    if not bare or a.wds is None or b.wds is None or not c.cjk(i) or c.has(i - 1, "from") or c.has(end, "untilsuf"):
        return None
    if (b.wds[0] - a.wds[0]) % 7 < 2:
        return None
    begin = b.copy()
    begin.wds = tuple((a.wds[0] + step) % 7 for step in range((b.wds[0] - a.wds[0]) % 7 + 1))
    begin.freq = "WEEKLY"
    return Node(i, end, "moment", begin)


def _second_bare(c: Cursor, spec: Spec, k: int) -> tuple[Spec, int] | None:
    value = c.num(k)
    if value is None or not 1 <= value <= 31 or len(c.tags(k).get("digits", "")) > 2:
        return None
    j = k + 1
    if c.has(j, "unit", "countnoun", "timesword") and not c.has(j, "clockunit"):
        return None
    following = c.at(j)
    if (
        following.text
        and following.text[0].isalpha()
        and following.text[0].isascii()
        and not following.tags
        and following.text.endswith("s")
    ):
        return None
    if spec.has_clock or spec.now:
        return (Spec(hour=value, minute=0), j) if value <= 24 and "han" not in c.tags(k) else None
    if spec.days and len(spec.days) == 1:
        year = c.num(j + 1) if c.text(j) == "," else None
        if year is not None and 1900 < year < 2200:
            return Spec(days=(value,), year=year), j + 2
        year = c.num(j)
        if year is not None and 1900 < year < 2200:
            return Spec(days=(value,), year=year), j + 1
        return Spec(days=(value,)), j
    return None


def _comparable(a: Spec, b: Spec) -> bool:
    """Whether two moments can be the ends of one range."""
    if b.repeats and not a.repeats and not b.has_clock:
        return False
    if a.now or b.now or a.has_clock or b.has_clock:
        return True
    return ((a.has_day or a.repeats) and (b.has_day or b.repeats)) or (a.part is not None and b.part is not None)

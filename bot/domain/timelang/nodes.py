"""Moments with the words around them: ranges, open ranges, deadlines, lengths."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.timelang.cursor import Cursor
from bot.domain.timelang.days import day
from bot.domain.timelang.lengths import length
from bot.domain.timelang.moments import moment
from bot.domain.timelang.periods import period
from bot.domain.timelang.spec import Length, Spec, unit_spec


@dataclass(slots=True)
class Node:
    """One phrase: tokens ``start`` to ``end``, its shape, its moments."""

    start: int
    end: int
    shape: str  # moment range from until before after within inside length
    a: Spec | None = None
    b: Spec | None = None
    length: Length | None = None
    role: str | None = None

    @property
    def head(self) -> Spec:
        return self.a if self.a is not None else Spec()


def node(c: Cursor, i: int) -> Node | None:
    """The phrase that begins at i."""
    tags = c.tags(i)
    if not tags or "junk" in tags or "name" in tags:
        return None
    found = _marked(c, i)
    if found is None:
        found = _within(c, i) or _bare_range(c, i, None) or _plain(c, i) or _just_length(c, i)
    if found is not None:
        found.start = i
    return found


# -- words in front
def _marked(c: Cursor, i: int) -> Node | None:
    tags = c.tags(i)
    j = i + 1
    if "between" in tags and (not c.cjk(i) or c.text(i) == "介于"):
        return _from_to(c, j, paired=True)
    if "from" in tags:
        found = _from_to(c, j, paired=False)
        if found is not None:
            if found.shape == "moment":
                found.shape, found.role = "from", found.role or "from"
            return found
    if "except" in tags and not (False):
        inner = _days_only(c, j)
        if (inner is not None and c.text(i) not in ("not",)) or (inner is not None and c.text(i - 1) in (",", "but")):
            end = inner[1]
            if c.text(end) in ("以外", "之外", "除外", "外"):
                end += 1
            return Node(i, end, "moment", inner[0], role="except")
    if "instead" in tags and c.cjk(i):
        inner_node = node(c, c.skip(j, "fill", most=1)) if j < c.size else None
        if inner_node is not None and inner_node.role is None:
            inner_node.role = "instead"
            return inner_node
    if "by" in tags and not c.cjk(i):
        return _open(c, i, j, "until", "until")
    if "before" in tags:
        return _open(c, i, j, "before", "before")
    if "daypair" in tags:
        return Node(i, j, "range", Spec(doff=tags["daypair"][0]), Spec(doff=tags["daypair"][1]))
    if "dash" in tags and i == 0 and c.text(i) == "~":
        return _open(c, i, j, "until", "until")
    if "nowon" in tags:
        return Node(i, j, "from", Spec(now=True))
    if c.text(i) == "from now" and c.has(j, "to", "until"):
        return _rest(c, i, Spec(now=True), j, paired=False)
    if "after" in tags:
        if c.text(i) == "past" and not c.has(j, "num", "hms"):
            return None
        return _open(c, i, j, "after", "after")
    if "until" in tags:
        if c.cjk(i) and c.text(i) in ("到", "至") and not _ends_alone(c, i):
            return None
        found = _open(c, i, j, "until", "until")
        if found is not None and c.cjk(i) and c.has(found.end, "untilsuf"):
            found.end += 1
        return found
    return None


def _days_only(c: Cursor, j: int) -> tuple[Spec, int] | None:
    """A day or a part of one, without what is said to happen on the others."""
    spec = Spec()
    end = j = c.skip(j, "fill", most=1)
    for _ in range(3):
        found = day(c, j) or period(c, j)
        if found is None and c.has(j, "part"):
            found = {"part": c.tags(j)["part"]}, j + 1
        if found is None or not spec.take(found[0]):
            break
        end = found[1]
        j = c.skip(end, "fill", most=1)
    return (spec, end) if not spec.empty else None


def _ends_alone(c: Cursor, i: int) -> bool:
    return i == 0 or c.text(i - 1) in (",", "开", "持续", "睡", "忙", "一直")


def _open(c: Cursor, i: int, j: int, shape: str, role: str) -> Node | None:
    if c.text(j) == ":":
        j += 1
    inner = moment(c, j, day_said=True) or _lone_hour(c, j)
    if inner is None or (
        inner[0].shift is not None and inner[0].anchor is None and shape == "after" and c.text(i) != "after"
    ):
        return None
    spec, end = inner
    if spec.freq is not None and shape != "until":
        return None
    if shape == "after" and spec.shift is not None:
        return None
    if spec.now and shape == "before":
        return None
    return Node(i, end, shape, spec, role=role)


def _lone_hour(c: Cursor, j: int) -> tuple[Spec, int] | None:
    value = c.num(j)
    if (
        value is None
        or not 1 <= value <= 12
        or c.cjk(j)
        or c.has(j + 1, "unit", "countnoun", "clockunit", "num")
        or c.has(j - 1, "idword")
    ):
        return None
    following = c.at(j + 1)
    if following.text and not following.tags and following.text[0].isalpha() and following.text.endswith("s"):
        return None
    return Spec(hour=value, minute=0), j + 1


def _from_to(c: Cursor, j: int, *, paired: bool) -> Node | None:
    """from A to B, between A and B, 从A到B."""
    ranged = _bare_range(c, j, None, forced=True, paired=paired)
    if ranged is not None:
        return ranged
    first = moment(c, j, day_said=not c.cjk(j)) or _lone_hour(c, j)
    if first is None:
        return None
    found = _rest(c, j, first[0], first[1], paired=paired)
    if paired and found.shape != "range":
        return None
    return found


# -- a moment and what follows
def _plain(c: Cursor, i: int) -> Node | None:
    first = moment(c, i)
    if first is None:
        return None
    return _rest(c, i, first[0], first[1], paired=False)


def _rest(c: Cursor, i: int, spec: Spec, j: int, *, paired: bool) -> Node:
    """Whatever turns the moment at i into more than a moment."""
    inner = _inner(c, spec, j)
    if inner is not None:
        return inner
    ranged = _range(c, i, spec, j, paired=paired)
    if ranged is not None:
        return ranged
    return _suffixed(c, i, spec, j)


def _inner(c: Cursor, spec: Spec, j: int) -> Node | None:
    """Friday between 1 and 4, tomorrow before 5pm, 明天从9点到11点, Tuesday 6-8: the day first, then hours."""
    if spec.has_clock or not (spec.has_day or spec.repeats or spec.part) or spec.span is not None:
        return None
    k = j
    for _ in range(2):
        if c.has(k, "fill") and not c.has(k, "open"):
            k += 1
    bare = _bare_range(c, k, spec)
    if bare is not None:
        return bare
    if (
        not c.has(k, "from", "between", "before", "after", "until", "by")
        or (c.has(k, "to") and not c.has(k, "before", "from"))
        or (c.cjk(k) and not c.has(k, "from", "between"))
    ):
        return None
    found = _marked(c, k)
    if found is None or found.a is None or found.role == "except":
        return None
    if (
        found.shape == "range"
        and found.a.wds
        and spec.woff is not None
        and not spec.wds
        and found.a.woff is None
        and found.a.wmode is None
    ):
        found.a.woff = spec.woff
        return found
    if not (found.a.has_clock or found.a.part):
        return None
    if found.a.has_day:
        return None
    merged = spec.copy()
    for name in ("hour", "minute", "mer", "explicit", "point", "zone", "part"):
        value = getattr(found.a, name)
        if value is not None and not (name == "part" and merged.part):
            setattr(merged, name, value)
    merged.day_first = True
    found.a = merged
    return found


def _bare_range(c: Cursor, i: int, day_spec: Spec | None, *, forced: bool = False, paired: bool = False) -> Node | None:
    """A range whose first end is a naked number: 3-5pm, 20到22号, 10 - 22 August, 11-4 after a weekday."""
    first = c.num(i)
    if first is None or first > 31 or c.has(i - 1, "ordmark", "idword", "plus") or c.text(i - 1) in ("-", "/", "."):
        return None
    if "digits" in c.tags(i) and len(c.tags(i)["digits"]) > 2:
        return None
    j = i + 1
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


def _range(c: Cursor, i: int, spec: Spec, j: int, *, paired: bool) -> Node | None:
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
        hours = _daily_hours(c, i, spec, b, end + 1) if c.has(end, "to") else None
        if hours is not None:
            return hours
    if not _comparable(spec, b) or (bounded and not c.has(end, "betweensuf")):
        return None
    for _ in range(2):
        if c.has(end, "untilsuf", "betweensuf") and not (c.text(end) in ("止", "截止", "结束") and False):
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


def _next_to(c: Cursor, spec: Spec, j: int) -> tuple[Spec, int] | None:
    """12月10日の前日, 春节前一天: the day before or after one that was named."""
    if spec.has_clock or spec.part or spec.shift or spec.repeats or not (spec.days or spec.hol or spec.wds):
        return None
    k = j + 1 if c.text(j) in ("の", "的") else j
    word = c.text(k)
    sign = -1 if word in ("前日", "前一", "前の日") else 1 if word in ("翌日", "次日", "第二天", "次の日") else 0
    if c.text(k) in ("前", "后") and c.num(k + 1) == 1 and c.text(k + 2) in ("天", "日"):
        return Spec(shift=Length(days=1), sign=-1 if word == "前" else 1, anchor=spec), k + 3
    if c.text(j) == "の前" and c.text(j + 1) == "日":
        return Spec(shift=Length(days=1), sign=-1, anchor=spec), j + 2
    if not sign or (word == "前一" and c.text(k + 1) not in ("天", "日", "晚")):
        return None
    return Spec(shift=Length(days=1), sign=sign, anchor=spec), k + (2 if word == "前一" else 1)


def _suffixed(c: Cursor, i: int, spec: Spec, j: int) -> Node:
    """Words behind a moment: 前, 以后, まで, から, 内, or later."""
    beside = _next_to(c, spec, j)
    if beside is not None:
        return Node(i, beside[1], "moment", beside[0])
    k = j
    if c.text(k) in ("的", "の") and c.has(k + 1, "beforesuf", "aftersuf"):
        k += 1
    if c.text(k) == ")" and c.has(k + 1, "beforesuf", "aftersuf", "untilsuf", "fromsuf"):
        k += 1
    if c.text(k) in ("时", "時") and c.has(k + 1, "beforesuf", "aftersuf") and spec.point:
        k += 1
    if spec.part == "lunch" and not spec.has_clock and c.has(k, "aftersuf", "later") and c.cjk(k):
        after = spec.copy()
        after.part, after.point = None, "afterlunch"
        return Node(i, k + 1, "moment", after)
    if spec.shift is not None and not spec.has_clock:
        return Node(i, j, "moment", spec)
    if c.has(k, "beforesuf") and not (c.text(k) == "前" and c.text(k + 1)[:1] in ("台", "端", "面", "提")):
        if c.text(k) in ("前", "まえ") and c.has(k + 1, "untilsuf"):
            return Node(i, k + 2, "before", spec, role="before")
        shape = "before"
        return Node(i, k + 1, shape, spec, role="before")
    if c.has(k, "withinsuf", "inside") and (spec.has_day or spec.part) and not spec.has_clock and c.cjk(k):
        single = c.text(k) in ("里", "うち", "のうち", "のうちに") and not (
            (spec.woff is not None and not spec.wds) or (spec.moff is not None and not spec.days)
        )
        return Node(i, k + 1, "moment" if single else "inside", spec, role=None if single else "until")
    if c.has(k, "untilsuf") and c.text(k) not in ("结束",) and c.text(k) != "にかけて":
        return Node(i, k + 1, "until", spec, role="until")
    if c.has(k, "fromsuf") and not (c.text(k) == "以后" and c.lang == "zh"):
        if spec.now:
            return _with_length(c, Node(i, k + 1, "moment", spec, role="from" if c.has(k + 1, "num", "half") else None))
        if (
            c.has(k, "aftersuf") is False
            and spec.has_clock
            and c.text(k) in ("から", "より", "开始", "スタート", "開始")
        ):
            return _with_length(c, Node(i, k + 1, "moment", spec, role="from"))
        if c.text(k) == "より" and c.lang != "ja":
            return Node(i, j, "moment", spec)
        return _with_length(c, Node(i, k + 1, "from", spec, role="from"))
    if c.has(k, "dash") and spec.has_day and not spec.has_clock and k + 1 >= c.size and c.text(k) in ("~",):
        return Node(i, k + 1, "from", spec, role="from")
    if (
        c.has(k, "aftersuf")
        and c.cjk(k)
        and not spec.repeats
        and not (c.text(k) in ("後", "后", "あと") and c.text(k + 1)[:1] in ("半", "台", "端", "面", "续"))
    ):
        return Node(i, k + 1, "after", spec, role="after")
    if c.has(k, "exceptsuf") and c.cjk(k):
        return Node(i, k + 1, "moment", spec, role="except")
    if c.has(k, "exceptsuf") and not c.cjk(k):
        return Node(i, k + 1, "moment", spec, role="except")
    if c.has(k, "beforesuf") and not c.cjk(k):
        return Node(i, k + 1, "until", spec, role="until")
    return _with_length(c, Node(i, j, "moment", spec))


def _with_length(c: Cursor, found: Node) -> Node:
    """4pm for 30 mins, from 18th Dec for 10 days, 3時から1時間."""
    j = found.end
    if c.text(j) in (",", "の", "的", "に"):
        j += 1
    marked = c.text(j) in ("for", "持续", "为期", "开", "连续", "lasting", "for about")
    if marked:
        j += 1
        if c.has(j, "approx"):
            j += 1
    elif not (found.role == "from" and c.has(j, "num", "half", "one", "dec")):
        return found
    lasting = length(c, j)
    if lasting is None:
        return found
    spec = found.head
    if spec.repeats and runs_for(spec, lasting[0]):
        found.end = lasting[1]
        return found
    if (
        spec.has_clock
        or spec.now
        or (found.shape == "from" and (lasting[0].days or lasting[0].months) and spec.has_day)
        or (marked and lasting[0].days and spec.has_day and not spec.span and not lasting[0].seconds)
    ):
        found.length, found.end, found.shape = lasting[0], lasting[1], "lasting"
    return found


# -- lengths
def runs_for(spec: Spec, length: Length) -> bool:
    """every Tuesday for 4 weeks: a number of times, when the units agree."""
    if length.seconds or length.months or spec.interval or spec.count or not length.days:
        return False
    if spec.freq == "DAILY" and spec.wds is None and not spec.weekdays:
        spec.count = length.days
        return True
    if spec.freq in ("WEEKLY", None) and length.days % 7 == 0 and len(spec.wds or ()) <= 1 and not spec.weekdays:
        spec.count = length.days // 7
        return True
    return False


def _within(c: Cursor, i: int) -> Node | None:
    """within 2 hours, 三天内, 今から5時間以内."""
    tags = c.tags(i)
    if "inwithin" in tags and not c.cjk(i):
        j = i + 1
        if c.has(j, "nextday") and c.text(j).endswith("next day"):
            more = length(c, j + 2) if c.text(j + 1) == "and" else None
            return Node(
                i,
                more[1] if more else j + 1,
                "within",
                length=Length(days=1).plus(more[0]) if more else Length(days=1),
                role="until",
            )
        if c.has(j, "nextn"):
            j += 1
        elif c.text(j) == "the" and c.has(j + 1, "nextn"):
            j += 2
        if c.text(j) in ("about", "the"):
            j += 1
        found = length(c, j)
        if (
            found is None
            and c.tags(j).get("unit") in ("hour", "day", "week", "month", "minute")
            and c.has(j - 1, "nextn", "fill")
        ):
            unit = c.tags(j)["unit"]
            first = {
                "hour": Length(seconds=3600),
                "minute": Length(seconds=60),
                "day": Length(days=1),
                "week": Length(days=7),
                "month": Length(months=1),
            }[unit]
            more = length(c, j + 2) if c.text(j + 1) == "and" else None
            found = (first.plus(more[0]), more[1]) if more is not None else (first, j + 1)
        if found is not None:
            return Node(i, found[1], "within", length=found[0], role="until")
        inner = moment(c, i + 1)
        if inner is not None and inner[0].has_day and not inner[0].has_clock:
            return Node(i, inner[1], "inside", inner[0], role="until")
        return None
    if "periodin" in tags:
        unit = tags["periodin"]
        inside = unit_spec(unit, 0)
        if c.lang == "zh" and unit == "year":
            inside = Spec(edge="end", edgeof="year")
            return Node(i, i + 1, "moment", inside)
        return Node(i, i + 1, "inside", inside, role="until")
    j = i
    if c.cjk(i) and ("nextn" in tags or "now" in tags or "nowja" in tags):
        j = i + 1
        if c.text(j) in ("から", "的", "の"):
            j += 1
    if c.has(j, "num", "half", "couple", "dec"):
        found = length(c, j, suffixed=True)
        if found is not None and c.cjk(found[1]):
            end = found[1]
            if c.text(end) in ("的", "时间"):
                end += 1
            if (c.has(end, "withinsuf") and c.text(end) not in ("里", "间")) or (
                c.text(end) == "里" and c.has(i, "nextn")
            ):
                return Node(i, end + 1, "within", length=found[0], role="until")
    return None


def _just_length(c: Cursor, i: int) -> Node | None:
    if not c.has(i, "num", "one", "half", "couple", "dec", "md", "quarterword", "threequarter", "hform"):
        return None
    if c.has(i - 1, "ordmark", "idword"):
        return None
    found = length(c, i)
    if found is None:
        return None
    j = found[1]
    if c.has(i, "one") and found[0].total == 1:
        return None
    if c.text(j) in ("营业", "営業", "客服", "クッキング", "自动", "体制", "热线"):
        return None
    node_found = Node(i, j, "length", length=found[0], role="length")
    if c.has(j, "withinsuf") and c.cjk(j):
        return None
    k = j
    if c.text(k) in (",",):
        k += 1
    if c.has(k, "from") and not c.cjk(k):
        start = moment(c, k + 1, day_said=True)
        if start is not None and (start[0].has_clock or found[0].days or found[0].months) and not c.has(start[1], "to"):
            return Node(i, start[1], "lasting", start[0], length=found[0])
    return node_found

"""Moments with the words around them: ranges, open ranges, deadlines, lengths."""

from __future__ import annotations

from bot.domain.timelang.cursor import Cursor
from bot.domain.timelang.days import day
from bot.domain.timelang.lasting import just_length, with_length, within
from bot.domain.timelang.moments import moment
from bot.domain.timelang.node import Node
from bot.domain.timelang.periods import nth, period
from bot.domain.timelang.ranges import bare_range, range_from
from bot.domain.timelang.spec import Length, Spec


def node(c: Cursor, i: int) -> Node | None:
    """The phrase that begins at i."""
    tags = c.tags(i)
    if not tags or "junk" in tags or "name" in tags:
        return None
    found = _marked(c, i)
    if found is None:
        found = within(c, i) or bare_range(c, i, None) or _plain(c, i) or just_length(c, i)
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
        if c.text(i) == "at the earliest" and c.text(j) == "on":
            j += 1
        found = None if _on_a_scale(c, i) else _from_to(c, j, paired=False)
        if found is not None:
            if found.shape == "moment":
                found.shape, found.role = "from", found.role or "from"
            if c.text(i) == "since" and found.shape == "from":
                _begun(found.head)
            return found
    if "except" in tags and (
        c.text(i) != "but"
        or c.has(i - 1, "freq", "dailywork", "workdays")
        or c.text(i - 1) in ("anything", "anytime", "any time", "everything")
    ):
        inner = _days_only(c, j)
        if inner is not None and (c.text(i) != "not" or i == 0 or c.text(i - 1) in (",", "but")):
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
        due = _open(c, i, j, "until", "until")
        on_day = c.text(i) == "due" and c.text(j) in ("on", "on the") and due is not None and not due.head.has_clock
        return None if on_day else due  # due on Friday: that day
    if "before" in tags:
        return _open(c, i, j, "before", "before")
    if "daypair" in tags:
        return Node(i, j, "range", Spec(doff=tags["daypair"][0]), Spec(doff=tags["daypair"][1]))
    if tags.get("hol") == "national" and (c.text(j) == "期间" or c.text(i).endswith("期间")):
        return Node(i, j + (c.text(j) == "期间"), "range", Spec(month=10, days=(1,)), Spec(month=10, days=(7,)))
    if "goldenweek" in tags:
        return Node(i, j, "range", Spec(month=4, days=(29,)), Spec(month=5, days=(5,)))
    if "dash" in tags and i == 0 and c.text(i) == "~" and c.lang != "en":
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
        if c.text(i) == "through" and c.text(i - 1) in _LED_THROUGH:
            return None
        found = _open(c, i, j, "until", "until")
        if found is not None and c.cjk(i) and c.has(found.end, "untilsuf"):
            found.end += 1
        return found
    return None


# What is led through a day, or goes through it, does not end with it: "walk me through Monday's meetings".
_LED_THROUGH = frozenset(
    ("me", "us", "you", "him", "her", "them", "everyone", "go", "going", "run", "talk", "walk", "get")
)
_SCALES = (
    "scale",
    "rate",
    "rated",
    "count",
    "number",
    "numbers",
    "pick",
    "choose",
    "rank",
    "ranked",
    "score",
    "ranging",
)


def _on_a_scale(c: Cursor, i: int) -> bool:
    """on a scale from 1 to 10, pick a number from 1 to 5."""
    return c.num(i + 1) is not None and any(c.text(k) in _SCALES for k in range(max(0, i - 3), i))


def _days_only(c: Cursor, j: int) -> tuple[Spec, int] | None:
    """A day or a part of one, without what is said to happen on the others."""
    spec = Spec()
    end = j = c.skip(j, "fill", most=1)
    for _ in range(3):
        found = day(c, j) or period(c, j)
        if found is None and c.has(j, "weekends"):
            found = {"weekend": True}, j + 1
        if found is None and c.has(j, "part"):
            found = {"part": c.tags(j)["part"]}, j + 1
        if found is None or not spec.take(found[0]):
            break
        end = found[1]
        j = c.skip(end, "fill", most=1)
    return (spec, end) if not spec.empty else None


_RUNS = frozenset("做办上练跑排班行复环卡续施会课长值干学搞开持效限住")


def _ends_alone(c: Cursor, i: int) -> bool:
    if c.text(i - 1)[-1:] in _RUNS and any(c.has(k, "freq", "every") for k in range(max(0, i - 16), i)):
        return True  # 每周二站会，做到12月15号
    return i == 0 or c.text(i - 1) in (",", "开", "持续", "睡", "忙", "一直", "期", "效", "限", "留")


def _open(c: Cursor, i: int, j: int, shape: str, role: str) -> Node | None:
    if c.text(j) in (":", "on", "on the"):
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
    ranged = bare_range(c, j, None, forced=True, paired=paired)
    if ranged is not None:
        return ranged
    first = moment(c, j, day_said=not c.cjk(j)) or _lone_hour(c, j)
    if first is None:
        return None
    days = first[0].days
    if paired and days is not None and len(days) == 2 and not first[0].has_clock:  # the 24th and the 28th of May
        begin, last = first[0].copy(), first[0].copy()
        begin.days, last.days = days[:1], days[1:]
        return Node(j, first[1], "range", begin, last)
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
    ranged = range_from(c, i, spec, j, paired=paired)
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
    bare = bare_range(c, k, spec)
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


def _begun(spec: Spec) -> None:
    """since March, 九月以来: it lies behind us."""
    unsaid = spec.year is None and spec.yoff is None and spec.wmode is None
    if unsaid and (spec.month is not None or (spec.wds and spec.woff is None)):
        spec.wmode = "last"


_ITS_WEEK = frozenset(("那周", "那一周", "那个星期", "那星期", "那个礼拜", "那礼拜", "当周", "所在周", "那一星期"))


def _next_to(c: Cursor, spec: Spec, j: int) -> tuple[Spec, int] | None:
    """12月10日の前日, 春节前一天: the day before or after one that was named."""
    if spec.has_clock or spec.part or spec.shift or spec.repeats or not (spec.days or spec.hol or spec.wds):
        return None
    k = j + 1 if c.text(j) in ("の", "的") else j
    word = c.text(k)
    if (word == "周" and c.text(j) == "の" and not c.has(k, "spanunit")) or word in _ITS_WEEK:
        whole = spec.copy()
        whole.weekof = True
        return whole, k + 1
    sign = -1 if word in ("前日", "前一", "前の日") else 1 if word in ("翌日", "次日", "第二天", "次の日") else 0
    count = c.num(k + 1)
    counted = count is not None and 0 < count < 31 and not c.has(k + 3, "withinsuf", "beforesuf", "aftersuf")
    if count is not None and counted and c.text(k) in ("前", "后", "之前", "之后") and c.text(k + 2) in ("天", "日"):
        return Spec(shift=Length(days=count), sign=-1 if word.endswith("前") else 1, anchor=spec), k + 3
    if word in ("后", "之后") and c.has(k + 1, "ordmark") and c.num(k + 2) is not None and c.text(k + 3) == "天":
        return Spec(shift=Length(days=c.num(k + 2) or 1), sign=1, anchor=spec), k + 4  # 国庆后第一天
    after = {"后": "after", "之后": "after", "前": "before", "之前": "before"}.get(word)
    if spec.hol and after is not None:
        place = nth(c, k + 2 if c.text(k + 1) == "的" else k + 1)
        if place is not None and place[0].get("nthof") == "workday" and place[0]["nth"] in ((1,), (-1,)):
            return Spec(workday=after, anchor=spec), place[1]
    if c.text(j) == "の前" and c.text(j + 1) == "日":
        return Spec(shift=Length(days=1), sign=-1, anchor=spec), j + 2
    if not sign or (word == "前一" and c.text(k + 1) not in ("天", "日", "晚")):
        return None
    return Spec(shift=Length(days=1), sign=sign, anchor=spec), k + (2 if word == "前一" else 1)


def _clock_after_work(c: Cursor, spec: Spec, k: int) -> tuple[Spec, int] | None:
    """下班后七点, 午饭后一点半: a clock time says it better than "after work"."""
    if not (c.cjk(k) and c.has(k, "aftersuf", "later") and (spec.point == "eod" or spec.part == "lunch")):
        return None
    clock = moment(c, k + 1, day_said=True)
    if clock is None or clock[0].hour is None or clock[0].has_day or clock[0].repeats:
        return None
    merged = spec.copy()
    merged.point, merged.part = None, clock[0].part or ("evening" if spec.point == "eod" else "lunch")
    for name in ("hour", "minute", "mer", "explicit"):
        setattr(merged, name, getattr(clock[0], name))
    return merged, clock[1]


# 19時から空いています: nobody says when that ends
_FREE_FROM = (
    "空い",
    "空き",
    "は空い",
    "なら空い",
    "あいて",
    "なら大丈夫",
    "なら可能",
    "ならok",
    "以降",
    "有空",
    "就有空",
    "都有空",
)


def _suffixed(c: Cursor, i: int, spec: Spec, j: int) -> Node:
    """Words behind a moment: 前, 以后, まで, から, 内, or later."""
    beside = _next_to(c, spec, j)
    if beside is not None:
        spec, j = beside
        rest = moment(c, c.skip(j, "fill", most=1), day_said=True)
        if rest is not None and not (rest[0].has_day or rest[0].repeats or rest[0].now):
            for name in ("hour", "minute", "mer", "explicit", "point", "part"):
                setattr(spec, name, getattr(rest[0], name))
            j = rest[1]
        return Node(i, j, "moment", spec)
    k = j
    if c.text(k) in ("的", "の") and c.has(k + 1, "beforesuf", "aftersuf"):
        k += 1
    if c.text(k) == ")" and c.has(k + 1, "beforesuf", "aftersuf", "untilsuf", "fromsuf"):
        k += 1
    if c.text(k) in ("时", "時") and c.has(k + 1, "beforesuf", "aftersuf") and spec.point:
        k += 1
    clocked = _clock_after_work(c, spec, k)
    if clocked is not None:
        return Node(i, clocked[1], "moment", clocked[0])
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
            return with_length(c, Node(i, k + 1, "moment", spec, role="from" if c.has(k + 1, "num", "half") else None))
        if (
            c.has(k, "aftersuf") is False
            and spec.has_clock
            and c.text(k) in ("から", "より", "开始", "スタート", "開始")
        ):
            if c.source.norm.startswith(_FREE_FROM, c.at(k).end):
                return Node(i, k + 1, "from", spec, role="from")
            return with_length(c, Node(i, k + 1, "moment", spec, role="from"))
        if c.text(k) == "より" and c.lang != "ja":
            return Node(i, j, "moment", spec)
        if c.text(k) == "以来":
            _begun(spec)
        return with_length(c, Node(i, k + 1, "from", spec, role="from"))
    if c.has(k, "dash") and spec.has_day and not spec.has_clock and k + 1 >= c.size and c.text(k) in ("~",):
        return Node(i, k + 1, "from", spec, role="from")
    if (
        c.has(k, "aftersuf")
        and c.cjk(k)
        and not spec.repeats
        and not (c.text(k) == "あと" and 0 in (spec.doff, spec.woff, spec.moff))  # 今日あと何件
        and not (c.text(k) in ("後", "后", "あと") and c.text(k + 1)[:1] in ("半", "台", "端", "面", "续"))
    ):
        return Node(i, k + 1, "after", spec, role="after")
    if c.has(k, "exceptsuf") and c.cjk(k):
        return Node(i, k + 1, "moment", spec, role="except")
    if c.text(k) == "'s" and c.has(k + 1, "exceptsuf"):
        k += 1
    if c.has(k, "exceptsuf") and not c.cjk(k):
        return Node(i, k + 1, "moment", spec, role="except")
    if c.has(k, "beforesuf") and not c.cjk(k):
        return Node(i, k + 1, "until", spec, role="until")
    return with_length(c, Node(i, j, "moment", spec))

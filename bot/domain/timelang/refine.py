"""Phrases of one sentence seen together: a day here and an hour there are one time; options, exceptions, new times."""

from __future__ import annotations

import itertools

from bot.domain.timelang.cursor import Cursor
from bot.domain.timelang.lasting import runs_for
from bot.domain.timelang.moving import CLOCK, moved_phrases
from bot.domain.timelang.node import Node
from bot.domain.timelang.repeats import counted
from bot.domain.timelang.spec import Spec

_MOST = 60  # a text with more phrases is no sentence: they are left as they stand


_STOPS = frozenset(".!?。!?;;\n")


def refined(c: Cursor, found: list[Node]) -> list[Node]:
    """The phrases after they have looked at each other."""
    if not found or len(found) > _MOST:
        return found
    found = moved_phrases(c, found)
    found = _repeats(c, found)
    _roles(c, found)
    found = _neighbours(c, _options(c, found))
    return seasoned(c, _joined(c, found))


def _between(c: Cursor, first: Node, second: Node) -> list[str]:
    return [c.text(i) for i in range(first.end, second.start)]


# -- repetition said in several places
def _repeats(c: Cursor, found: list[Node]) -> list[Node]:
    rule = next((item for item in found if item.head.repeats and item.role not in ("except", "until")), None)
    if rule is None or rule.a is None:
        return found
    spec, out = rule.a, []
    for item in found:
        other = item.a
        if (
            item.length is not None
            and item.shape == "length"
            and item.start - rule.end <= 2
            and runs_for(spec, item.length)
        ):
            continue
        if item is rule or other is None or item.role in ("except", "instead"):
            out.append(item)
            continue
        if (
            item.shape in ("until", "before", "inside")
            and not other.repeats
            and other.has_day
            and not (other.has_clock and not other.has_day)
        ):
            spec.until = other
        elif (item.shape == "from" and other.has_day and not other.has_clock) or (
            item.role == "from" and other.has_day and not spec.has_day and not other.has_clock
        ):
            spec.anchor = other
        elif item.shape == "from" and other.has_day and other.has_clock and not spec.has_clock:
            spec.anchor = Spec()
            for name, value in other.day_fields().items():
                setattr(spec.anchor, name, value)
            for name in (*CLOCK, "part"):
                setattr(spec, name, getattr(other, name))
        elif (
            item.shape == "moment" and item.role is None and other.woff is not None and not (other.wds or other.repeats)
        ):
            week = Spec(woff=other.woff)
            spec.until, spec.anchor = week, week if other.woff > 0 else spec.anchor
            if other.has_clock and not spec.has_clock:
                for name in (*CLOCK, "part"):
                    setattr(spec, name, getattr(other, name))
        elif item.b is not None and spec.freq == "DAILY" and not spec.wds and _weekday_range(item):
            spec.wds = _weekday_range(item)
        elif item.shape in ("moment", "range", "lasting") and item.role is None and _joins(spec, other):
            _take(rule, item)
        else:
            out.append(item)
            continue
    if spec.count is None:
        for i in range(rule.end, min(c.size, rule.end + 12)):
            times = counted(c, i) if c.num(i) is not None or "countonce" in c.tags(i) else None
            if times is not None:
                spec.count = times[0]["count"]
                break
    return out


def _weekday_range(item: Node) -> tuple[int, ...]:
    """Monday to Friday, when nothing but the days is said."""
    a, b = item.a, item.b
    if item.shape != "range" or a is None or b is None or not a.wds or not b.wds or a.has_clock or b.has_clock:
        return ()
    return tuple((a.wds[0] + step) % 7 for step in range((b.wds[0] - a.wds[0]) % 7 + 1))


def _joins(spec: Spec, other: Spec) -> bool:
    if other.repeats:
        trial = spec.copy()
        return trial.take(_said(other))
    if other.has_clock and not other.has_day and not spec.has_clock:
        return True
    return (
        bool(other.wds or other.days)
        and not spec.has_day
        and other.woff is None
        and other.doff is None
        and spec.freq in ("WEEKLY", "MONTHLY", "YEARLY")
        and not other.has_clock
    ) or bool(
        other.wds
        and other.has_clock
        and not spec.has_day
        and not spec.has_clock
        and spec.freq == "WEEKLY"
        and other.woff is None
    )


def _said(spec: Spec) -> dict[str, object]:
    return {
        name: getattr(spec, name) for name in Spec.__slots__ if getattr(spec, name) is not None and name != "day_first"
    }


def _take(rule: Node, item: Node) -> None:
    if rule.a is None or item.a is None:
        return
    if rule.a.take(_said(item.a)):
        if item.b is not None and rule.b is None:
            rule.b, rule.shape = item.b, "range"
        if item.shape == "lasting" and rule.shape == "moment":
            rule.shape, rule.length = "lasting", item.length
        if item.start < rule.start:
            rule.start = item.start if rule.start - item.end <= 1 else rule.start
        elif item.start - rule.end <= 1:
            rule.end = item.end


# -- roles given by neighbours
_LEADS = ("提前", "提早", "前もって", "事前")


_REMINDERS = ("リマインド", "通知", "知らせ", "アラーム", "アラート", "提醒", "叫我", "remind", "alert", "notify")


_JA_DELTAS = ("早め", "遅ら", "延长", "延ば", "後ろ", "前倒", "繰り", "后ろ", "ずら", "短縮", "短く", "长く")


_EARLIER = ("early", "ahead", "beforehand", "before", "in advance", "earlier", "prior")


def _roles(c: Cursor, found: list[Node]) -> None:
    for item in found:
        if (
            item.shape == "moment"
            and item.a is not None
            and item.a.shift is not None
            and item.a.sign == -1
            and item.a.anchor is None
            and any(word in c.source.norm for word in _REMINDERS)
        ):
            item.shape, item.length, item.role, item.a = "length", item.a.shift, "lead", None
        if item.shape == "length":
            previous, following = c.text(item.start - 1), c.text(item.end)
            if (
                previous in _LEADS
                or (previous == "前" and item.length is not None and item.length.seconds)
                or following in _EARLIER
                or following in ("前に", "前", "まえ")
            ):
                item.role = "lead"
            elif (
                (c.lang == "ja" and c.source.norm.startswith(_JA_DELTAS, c.at(item.end).start))
                or "delay" in c.tags(item.end)
                or "advance" in c.tags(item.start - 1)
                or "delay" in c.tags(item.start - 1)
                or previous in ("推迟", "延后", "延长", "by")
                or ("delay" in c.tags(item.start - 2) and previous in ("by", "了"))
            ):
                item.role = "delta"


# -- options
def _options(c: Cursor, found: list[Node]) -> list[Node]:
    for first, second in itertools.pairwise(found):
        link = _between(c, first, second)
        if not 1 <= len(link) <= 3 or first.a is None or second.a is None or second.role is not None:
            continue
        if not any("or" in c.tags(i) for i in range(first.end, second.start)):
            continue
        if not (second.shape in ("moment", "range", "lasting") and first.shape in ("moment", "range", "lasting")):
            continue
        second.role = "or"
        _borrow(first, second)
    return found


def _neighbours(c: Cursor, found: list[Node]) -> list[Node]:
    """Thursday and Friday, 周四周五: days side by side are one stretch, others are options."""
    out: list[Node] = []
    for item in found:
        first = out[-1] if out else None
        link = _between(c, first, item) if first is not None else ["far"]
        if (
            first is not None
            and first.shape == item.shape == "moment"
            and first.a is not None
            and item.a is not None
            and first.role is None
            and item.role is None
            and (not link or (len(link) == 1 and c.has(item.start - 1, "and")))
            and _lone_day(first.a)
        ):
            step = _step(first.a, item.a)
            if step > 0 and not _lone_day(item.a):
                item.role = "or"
                _borrow(first, item)
                out.append(item)
                continue
            if step == 1:
                out[-1] = Node(first.start, item.end, "range", first.a, item.a)
                continue
            if step > 1 and first.a.doff is None:
                item.role = "or"
                _borrow(first, item)
        out.append(item)
    return out


def _lone_day(spec: Spec) -> bool:
    if spec.has_clock or spec.part or spec.repeats or spec.nth or spec.weekend or spec.span or spec.shift:
        return False
    return (
        (len(spec.wds or ()) == 1 and spec.days is None)
        or (len(spec.days or ()) == 1 and not spec.wds)
        or (spec.doff is not None and not spec.wds)
    )


def _step(a: Spec, b: Spec) -> int:
    """How many days the second comes after the first, when both are said alike; 0 otherwise."""
    if a.wds and b.wds and b.woff in (None, a.woff) and b.wmode is None:
        return (b.wds[0] - a.wds[0]) % 7
    if a.doff is not None and b.doff is not None:
        return b.doff - a.doff
    if a.days and b.days and b.month in (None, a.month) and b.moff is None and not a.wds and not b.wds:
        return b.days[0] - a.days[0]
    return 0


def _borrow(first: Node, second: Node) -> None:
    a, b = first.a, second.a
    if a is None or b is None:
        return
    if b.has_day:
        if b.wds and b.woff is None and b.wmode is None and a.woff is not None:
            b.woff = a.woff
        if b.wds and b.wmode is None and a.wmode is not None and b.woff is None:
            b.wmode = a.wmode
        if b.days and b.month is None and b.moff is None and a.month is not None:
            b.month, b.year = a.month, a.year
        if b.days and b.moff is None and b.month is None:
            b.moff = a.moff
        if a.days and a.month is None and a.moff is None and b.month is not None:
            a.month, a.year = b.month, b.year
    elif a.has_day:
        for name, value in a.day_fields().items():
            setattr(b, name, value)
    if not a.has_clock and a.part is None and second.shape == "moment":
        for name in (*CLOCK, "part", "zone"):
            setattr(a, name, getattr(b, name))
        if first.shape == "moment" and second.b is not None:
            first.b, first.shape = second.b, "range"
    elif not b.has_clock and b.part is None:
        for name in (*CLOCK, "part", "zone"):
            setattr(b, name, getattr(a, name))
    if (
        a.has_clock
        and b.has_clock
        and a.mer is None
        and a.part is None
        and b.mer is not None
        and not a.explicit
        and (a.hour or 13) <= 12
    ):
        a.mer = b.mer


# -- the day in one place, the hour in another
def _joined(c: Cursor, found: list[Node]) -> list[Node]:
    found = _hours_of_days(c, found)
    dayed = [
        item
        for item in found
        if item.shape == "moment" and item.role is None and item.a is not None and _only_day(item.a)
    ]
    clocked = [
        item
        for item in found
        if item.a is not None
        and item.role in (None, "from", "until", "before", "after")
        and item.shape != "length"
        and _only_clock(item)
    ]
    if len(dayed) != 1 or len(clocked) != 1:
        return found
    day, clock = dayed[0], clocked[0]
    first, second = (day, clock) if day.start < clock.start else (clock, day)
    if day.a is None or clock.a is None or any(text in _STOPS for text in _between(c, first, second)):
        return found
    if day.a.part is not None and clock.a.part is not None and day.a.part != clock.a.part:
        return found
    for name, value in day.a.day_fields().items():
        setattr(clock.a, name, value)
    if clock.a.part is None:
        clock.a.part = day.a.part
    clock.a.day_first = True
    if day.end == clock.start:
        clock.start = day.start
        return [item for item in found if item is not day]
    day.role = "day"
    return found


def _hours_of_days(c: Cursor, found: list[Node]) -> list[Node]:
    """Dec 1-3, 9am-5pm: days, then hours."""
    out: list[Node] = []
    for item in found:
        first = out[-1] if out else None
        if (
            first is not None
            and first.shape == item.shape == "range"
            and first.a is not None
            and first.b is not None
            and item.a is not None
            and item.b is not None
            and first.role is None
            and item.role is None
            and item.start - first.end <= 2
            and _only_day(first.a)
            and _only_day(first.b)
            and _only_clock(item)
            and item.b.has_clock
        ):
            for name in (*CLOCK, "part"):
                setattr(first.a, name, getattr(item.a, name))
                setattr(first.b, name, getattr(item.b, name))
            first.a.day_first = first.b.day_first = True
            first.end = item.end
            continue
        out.append(item)
    return out


def _only_day(spec: Spec) -> bool:
    if spec.has_clock or spec.repeats or spec.now or not spec.has_day or spec.span is not None:
        return False
    return bool(
        spec.doff is not None
        or spec.wds
        or spec.days
        or spec.hol
        or spec.nth
        or spec.edge == "end"
        or (spec.shift is not None and not spec.shift.seconds)
    )


def _only_clock(item: Node) -> bool:
    spec = item.a
    return (
        spec is not None
        and spec.has_clock
        and not spec.has_day
        and not spec.repeats
        and not spec.now
        and not (item.b is not None and item.b.has_day)
    )


# -- a meal says which half of the day an hour is in
_MEALS = {
    "breakfast": "breakfast|早饭|早餐|早茶|朝食|朝ご飯",
    "lunch": "lunch|午饭|午餐|中饭|ランチ|昼食|昼ご飯",
    "dinner": "dinner|supper|晚饭|晚餐|晚宴|聚餐|夕食|夕飯|ディナー|晩ご飯|飲み会",
}


_MEAL_WORDS = {word: meal for meal, words in _MEALS.items() for word in words.split("|")}


def seasoned(c: Cursor, found: list[Node]) -> list[Node]:
    """dinner at 7: the hour of the only naked clock time follows the meal."""
    naked = [
        item
        for item in found
        if item.a is not None
        and item.a.hour is not None
        and item.a.hour <= 12
        and not (item.a.mer or item.a.part or item.a.explicit)
    ]
    if len(naked) != 1 or naked[0].a is None:
        return found
    norm = c.source.norm
    for word, meal in _MEAL_WORDS.items():
        if word in norm:
            if (naked[0].a.hour or 0) in {"breakfast": range(5, 12), "lunch": range(13), "dinner": range(4, 12)}[meal]:
                naked[0].a.part = meal
            break
    return found

"""A rule of repetition said in several places: a start here, an hour there, an end elsewhere."""

from __future__ import annotations

from bot.domain.timelang.cursor import Cursor
from bot.domain.timelang.lasting import runs_for
from bot.domain.timelang.moving import CLOCK
from bot.domain.timelang.node import Node
from bot.domain.timelang.repeats import counted
from bot.domain.timelang.spec import Spec


# -- repetition said in several places
def gathered_rules(c: Cursor, found: list[Node]) -> list[Node]:
    rule = next((item for item in found if item.head.repeats and item.role not in ("except", "until")), None)
    if rule is None or rule.a is None:
        return found
    spec, out = rule.a, []
    if spec.span is not None and spec.ahead == 1 and runs_for(spec, spec.span):
        spec.span = spec.ahead = None  # daily at 8 for the next 5 days
    for item in found:
        other = item.a
        if (
            item.length is not None
            and item.shape == "length"
            and (item.start - rule.end <= 2 or _stretch_of_rule(c, item))
            and runs_for(spec, item.length)
        ):
            continue
        if item is rule or other is None or item.role in ("except", "instead"):
            out.append(item)
            continue
        if _days_in_a_row(spec, item) or _first_time(c, item):
            spec.anchor = other
            continue
        if (
            item.shape in ("until", "before", "inside")
            and not other.repeats
            and other.has_day
            and not (other.has_clock and not other.has_day)
        ):
            spec.until = other
            if other.has_clock and not spec.has_clock and item.shape == "until":
                spec.until = _only_days(other)
                for name in (*CLOCK, "part"):
                    setattr(spec, name, getattr(other, name))
        elif spec.until is None and (last := _last_weekday(spec, item)) is not None:
            spec.anchor, spec.until = other, last
        elif _runs_between(item) and spec.until is None:
            spec.anchor, spec.until = other, item.b
        elif (item.shape == "from" and other.has_day and not other.has_clock) or (
            item.role == "from" and other.has_day and not spec.has_day and not other.has_clock
        ):
            spec.anchor = other
            if spec.freq == "WEEKLY" and not (spec.wds or spec.weekdays) and len(other.wds or ()) == 1:
                spec.wds = other.wds
        elif item.shape == "from" and other.has_day and other.has_clock and not spec.has_clock:
            spec.anchor = _only_days(other)
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
            if times is not None and times[0]["count"] < 2 and c.cjk(i):
                continue  # 开一次会
            if times is not None:
                spec.count = times[0]["count"]
                break
    return out


def _days_in_a_row(spec: Spec, item: Node) -> bool:
    """来週月曜から5日間、毎日17時: when a daily rule begins, and how often it comes."""
    if item.shape != "lasting" or item.length is None:
        return False
    return item.head.has_day and not item.head.has_clock and runs_for(spec, item.length)


def _first_time(c: Cursor, item: Node) -> bool:
    """毎週月曜10時、初回は来週: when a rule begins, said apart."""
    head, k = item.head, item.start - 1
    if item.shape != "moment" or item.role is not None or head.repeats or head.has_clock or not head.has_day:
        return False
    if c.text(item.end) == "から始めて":
        return True
    while c.text(k) in _BEFORE_FIRST:
        k -= 1
    if c.has(k, "firstmark"):
        return True
    return c.text(k) in ("first", "first one") or (
        c.text(k - 1) == "first" and not c.tags(k).keys() & {"unit", "wd", "month"}
    )


_BEFORE_FIRST = frozenset(("は", "が", ":", "on", "is", "in", "be", "being", "from", "是", "从", "在", "就"))


_RUNNING = ("for", "坚持", "满", "连", "打满", "坚持满", "共", "持")


def _stretch_of_rule(c: Cursor, item: Node) -> bool:
    """每天9点打卡，连续7天; stand-up every day at 9 in the small room for 3 weeks."""
    before = c.text(item.start - 1)
    return c.has(item.start - 1, "countmark") or before in _RUNNING or before.endswith(_RUNNING[1:])


def _only_days(spec: Spec) -> Spec:
    days = Spec()
    for name, value in spec.day_fields().items():
        setattr(days, name, value)
    return days


def _day_of(end: Spec) -> tuple[object, ...]:
    return end.month, end.days or None, end.doff, end.woff, end.edge


def _runs_between(item: Node) -> bool:
    """from December 2 until January 27: the first and the last day of a rule."""
    ends = (item.a, item.b)
    return item.shape == "range" and all(
        end is not None and any(x is not None for x in _day_of(end)) and not end.has_clock for end in ends
    )


def _last_weekday(spec: Spec, item: Node) -> Spec | None:
    """来週月曜から水曜まで毎日: the days of one week, not of every week."""
    a, b = item.a, item.b
    if (
        item.shape != "range"
        or spec.freq != "DAILY"
        or a is None
        or b is None
        or not b.wds
        or a.has_clock
        or b.has_clock
    ):
        return None
    if a.woff is None and a.doff is None:
        return None
    last = _only_days(b)
    last.woff = a.woff if b.woff is None else b.woff
    return last


def _weekday_range(item: Node) -> tuple[int, ...]:
    """Monday to Friday, when nothing but the days is said."""
    a, b = item.a, item.b
    if item.shape != "range" or a is None or b is None or not a.wds or not b.wds or a.has_clock or b.has_clock:
        return ()
    return tuple((a.wds[0] + step) % 7 for step in range((b.wds[0] - a.wds[0]) % 7 + 1))


def _joins(spec: Spec, other: Spec) -> bool:
    if other.nth and spec.freq == "MONTHLY" and not spec.has_day and other.month is None and not other.repeats:
        other.moff = None  # monthly review, first Tuesday of the month
        return True
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
        and (not other.has_clock or _day_of_month_rule(spec, other))
    ) or bool(
        other.wds
        and other.has_clock
        and not spec.has_day
        and not spec.has_clock
        and spec.freq == "WEEKLY"
        and other.woff is None
    )


def _day_of_month_rule(spec: Spec, other: Spec) -> bool:
    """monthly review on the 5th at 10am."""
    if other.month is not None or spec.interval or spec.has_clock:
        return False
    return bool(other.days) and spec.freq == "MONTHLY"


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

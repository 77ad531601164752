"""How long a phrase says it takes: ``within 2 hours``, ``for 45 minutes``, ``3時から1時間``."""

from __future__ import annotations

from bot.domain.timelang.cursor import Cursor
from bot.domain.timelang.lengths import length
from bot.domain.timelang.lexicon import word_set
from bot.domain.timelang.moments import moment
from bot.domain.timelang.node import Node
from bot.domain.timelang.seasons import FISCAL_YEAR
from bot.domain.timelang.spec import Length, Spec, unit_spec

# What a limit to a length begins with.
_LIMITING = word_set("inwithin|periodin|nextn|now|nowja|num|half|couple|dec")


def with_length(c: Cursor, found: Node) -> Node:
    """4pm for 30 mins, from 18th Dec for 10 days, 3時から1時間."""
    j = found.end
    if c.text(j - 1) in ("以降", "以後"):  # 10時以降に30分: somewhere after ten
        return found
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


# 24小时客服, 24時間営業: what goes on all the time, not how long something takes
_SERVICES = tuple(
    word_set("营业|営业|客服|クッキング|自动|体制|热线|対応|受付|便利店|健身|365|在线|供应|不打烊|大的|大婴|大宝")
)
_ASKS_ATTENTION = word_set(
    "got|have|has|had|spare|wait|need|take|gimme|give|you|me|us|hold|hang|steal|grab|borrow|just|only"
)


# -- lengths
def runs_for(spec: Spec, length: Length) -> bool:
    """every Tuesday for 4 weeks: a number of times, when the units agree."""
    if length.months and not (length.seconds or length.days or spec.count or spec.until) and spec.freq != "YEARLY":
        spec.until = Spec(shift=length, sign=1)
        return True
    if length.seconds or length.months or spec.interval or spec.count or not length.days:
        return False
    if spec.freq == "DAILY" and spec.wds is None and not spec.weekdays:
        spec.count = length.days
        return True
    if spec.freq in ("WEEKLY", None) and length.days % 7 == 0 and len(spec.wds or ()) <= 1 and not spec.weekdays:
        spec.count = length.days // 7
        return True
    return False


def within(c: Cursor, i: int) -> Node | None:
    """within 2 hours, 三天内, 今から5時間以内."""
    tags = c.tags(i)
    if _LIMITING.isdisjoint(tags):
        return None
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
        inside = Spec(season=FISCAL_YEAR) if c.text(i) == "年度内" else unit_spec(unit, 0)
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


def just_length(c: Cursor, i: int) -> Node | None:
    if c.tags(i).get("unit") == "hour" and c.has(i + 1, "andhalf", "andquarter") and not c.cjk(i):
        seconds = 5400 if c.has(i + 1, "andhalf") else 4500  # hour and a half
        return Node(i, i + 2, "length", length=Length(seconds=seconds), role="length")
    if not c.has(i, "num", "one", "half", "couple", "dec", "md", "quarterword", "threequarter", "hms"):
        return None
    found = length(c, i)
    if found is None or c.has(i - 1, "ordmark") or c.text(found[1] - 1) == "連休":
        return None  # 三連休 is a name until it begins somewhere
    if c.has(i - 1, "idword") and len(c.text(found[1] - 1)) < 3:
        return None  # build 3 d
    j = found[1]
    if c.has(i, "one") and (found[0].total == 1 or (found[0].total == 60 and c.text(i - 1) in _ASKS_ATTENTION)):
        return None  # got a minute?
    if c.cjk(j) and c.num(j) is not None and c.has(j + 1, "timescount"):
        return None  # 一天三次
    if c.cjk(j) and c.source.norm.startswith(_SERVICES, c.at(j).start):
        return None
    if c.text(i) in ("24", "twenty-four") and c.text(i + 1) == "-" and c.tags(j - 1).get("unit") == "hour":
        return None  # a 24-hour gym
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

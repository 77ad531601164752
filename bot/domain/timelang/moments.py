"""One moment from neighbouring pieces: ``明天`` + ``下午`` + ``3点``, in any order that does not contradict."""

from __future__ import annotations

from bot.domain.timelang.clocks import clock
from bot.domain.timelang.cursor import Cursor, Found
from bot.domain.timelang.days import day
from bot.domain.timelang.doubt import doubtful
from bot.domain.timelang.lengths import length, offset
from bot.domain.timelang.lexicon import word_set
from bot.domain.timelang.periods import nth, period
from bot.domain.timelang.repeats import counted, repeat
from bot.domain.timelang.seasons import season
from bot.domain.timelang.spec import Length, Spec

# Words that mean something only behind or between others.
NEVER_FIRST = word_set(
    "fill|sep|open|dot|colon|bar|and|more|measure|poss|untilsuf|betweensuf|inside|withinsuf|sharp|"
    "junk|name|exceptsuf|timescount|countnoun|idword|oclock|or|middot|slashmark|neg|sametime|andto|"
    "at|everysuf|everyskip|countmark|ago|later|aftersuf|beforesuf|delay|timesword|clockunit|"
    "daysuf|monthsuf|spanunit"
)
_PART_LEADS = word_set(
    "in the|on the|in|the|at|on|during|during the|by|until|from|before|after|every|next|this|"
    "sometime|over|around|、|late|early"
)


# What a distance from some other day begins with.
_ANCHORING = word_set("num|one|half|couple|dec|again|unit|nextday|part|wd|day|nowja|now|period|rel|month")
_CLOCK_TAGS = frozenset(("num", "hms", "hm", "dec", "lack", "half", "quarterword", "one"))
_DAY_PIECES = frozenset(("wds", "days", "doff", "month", "hol", "weekend"))
_EVES = {("night", "before"): -1, ("evening", "before"): -1, ("morning", "after"): 1}
_NAMES_WITH_NOW = frozenset("井村田川野泉西岡枝関宮里城福")  # 今井, 今村
_DINING = frozenset(("lunch", "breakfast", "dinner"))


def moment(c: Cursor, i: int, *, day_said: bool = False) -> tuple[Spec, int] | None:
    """The longest run of pieces from i on that say one moment."""
    spec = Spec()
    j = end = i
    for _ in range(16):
        tags = c.tags(j)
        if "junk" in tags:
            break
        day_first = spec.has_day
        bare_filler = tags.keys() <= NEVER_FIRST and not spec.repeats and c.text(j) != "the"
        found = None if bare_filler else atom(c, j, spec, day_said=day_said or day_first)
        if found is not None and end > i and c.has(found[1], "exceptsuf") and not _DAY_PIECES.isdisjoint(found[0]):
            break  # what follows is an exception to this
        if found is not None and j > end and spec.has_clock and c.has(j - 1, "sep") and _ends_a_rule(c, found):
            break  # 月曜10時〜11時、3月末まで
        if found is not None and spec.take(found[0]):
            if "hour" in found[0]:
                spec.day_first = day_first or "doff" in found[0] or "month" in found[0]
            j = end = found[1]
            continue
        if end == i:
            break
        if "fill" in tags and j - end < 3 and not ("sep" in tags and j > end and c.text(j) == c.text(end)):
            j += 1
            continue
        if "approx" in tags and "dash" not in tags and j - end < 3:
            j += 1
            continue
        break
    if end == i:
        return None
    return spec, end


def _ends_a_rule(c: Cursor, found: Found) -> bool:
    """Whether a day behind a clock time and a comma is the last one."""
    return not _DAY_PIECES.isdisjoint(found[0]) and (c.has(found[1], "untilsuf") or c.has(found[1] + 1, "untilsuf"))


def atom(c: Cursor, i: int, spec: Spec, *, day_said: bool) -> Found | None:
    """The next piece of a moment."""
    tags = c.tags(i)
    if not tags or "junk" in tags or "name" in tags:
        return None
    found = repeat(c, i)
    if found is not None and not (spec.freq is None and spec.wds and "wds" in found[0]):
        return found
    if spec.repeats:
        found = counted(c, i)
        if found is not None:
            return found
    found = offset(c, i)
    if found is not None:
        return _anchored_weekday(c, found)
    found = _from_anchor(c, i)
    if found is not None:
        return found
    if "lead" not in tags or not c.cjk(i):
        found = period(c, i)
        if found is not None:
            return found
    if "season" in tags:
        return season(c, i, dated=spec.year is not None or spec.yoff is not None)
    if c.text(i) == "the":
        found = nth(c, i)
        if found is not None:
            return found
        found = _weekend_or_day(c, i + 1)
        if found is not None and ("days" in found[0] or "hol" in found[0] or "weekend" in found[0]):
            return found
    found = day(c, i)
    if found is not None:
        return found
    if not _CLOCK_TAGS.isdisjoint(tags):
        found = clock(c, i, day_said=day_said or (spec.part is not None and c.text(i - 1) in (",", "at", "of")))
        if found is not None:
            return found
        found = _hour_before_part(c, i)
        if found is not None:
            return found
    return _part(c, i, spec) or _point(c, i, spec) or _zone(c, i, spec)


def _weekend_or_day(c: Cursor, i: int) -> Found | None:
    return period(c, i) if c.has(i, "weekend") else day(c, i)


def _anchored_weekday(c: Cursor, found: Found) -> Found:
    """2週後の月曜日: the second such weekday from now."""
    shift: Length = found[0]["shift"]
    if (
        shift.days
        and shift.days % 7 == 0
        and not shift.seconds
        and found[0]["sign"] == 1
        and c.text(found[1]) in ("の", "的")
    ):
        k = found[1] + 1
        if c.has(k, "wd"):
            inner = day(c, k)
            if inner is not None and len(inner[0].get("wds", ())) == 1:
                return {"shift": shift, "sign": 1, "wds": inner[0]["wds"], "wmode": "count"}, inner[1]
    return found


def _from_anchor(c: Cursor, i: int) -> Found | None:
    """a week from Friday, 5 days before new year, 今日から2日後, 春节后三天."""
    if _ANCHORING.isdisjoint(c.tags(i)):
        return None
    if c.has(i, "num", "one", "half", "couple", "dec", "again"):
        found = length(c, i)
        if found is None:
            return None
        j = found[1]
        sign = 1 if c.has(j, "fromanchor") else -1 if c.has(j, "beforeanchor") else 0
        if c.text(j) == "on" and found[0].days and found[0].days % 7 == 0 and c.has(j + 1, "wd") and c.has(i, "one"):
            sign = 1
        if c.text(j) == "after" and c.has(i - 1, "from"):
            return None
        if sign and found[0].seconds and not found[0].days and c.has(j + 1, "hm") and not c.cjk(j):
            noon = moment(c, j + 1, day_said=True)
            if noon is not None and noon[0].has_clock:
                return {"shift": found[0], "sign": sign, "anchor": noon[0]}, noon[1]
        anchor = _anchor(c, j + 1) if sign and not c.cjk(j) else None
        if anchor is None:
            return None
        if found[0].seconds and not found[0].days and not anchor[0].has_clock and not anchor[0].shift:
            return None  # two hours before Friday: a length, and a limit
        if anchor[0].has_clock and not found[0].seconds and c.text(j) == "from":
            return None
        if c.text(j) == "from" and (anchor[0].has_clock or found[0].seconds):
            return None
        if c.text(j) == "from" and c.text(i - 1) == "for":
            return None
        return {"shift": found[0], "sign": sign, "anchor": anchor[0]}, anchor[1]
    if (c.text(i) == "day" and c.text(i + 1) == "before") or c.text(i) in ("day after", "the day after"):
        anchor = _anchor(c, i + 2 if c.text(i) == "day" else i + 1)
        if anchor is not None and (anchor[0].hol or anchor[0].days or anchor[0].wds):
            return {"shift": Length(days=1), "sign": -1 if c.text(i) == "day" else 1, "anchor": anchor[0]}, anchor[1]
    eve = _EVES.get((c.text(i), c.text(i + 1)))
    if eve is not None:  # the night before Christmas
        anchor = _anchor(c, i + 2)
        if anchor is not None and (anchor[0].hol or anchor[0].days or anchor[0].wds):
            return {"shift": Length(days=1), "sign": eve, "part": c.tags(i)["part"], "anchor": anchor[0]}, anchor[1]
    if c.has(i, "wd") and c.text(i + 1) in ("after", "before", "following") and not c.cjk(i):
        inner = day(c, i)
        if inner is not None and c.text(i + 2) == "next" and not c.has(i + 3, "unit", "wd", "month"):
            return inner[0] | {"woff": 2}, i + 3
        anchor = _anchor(c, i + 2)
        if inner is not None and anchor is not None and (anchor[0].hol or (anchor[0].days and not anchor[0].wds)):
            return inner[0] | {
                "wmode": "anchor",
                "anchor": anchor[0],
                "sign": -1 if c.text(i + 1) == "before" else 1,
            }, anchor[1]
    if c.has(i, "day", "nowja", "now", "wd", "period", "rel", "month") and c.lang == "ja":
        return _counted_from(c, i)
    return None


def _counted_from(c: Cursor, i: int) -> Found | None:
    """今日から2日後, 今から2週先の日曜日, 来週の月曜から3日後."""
    anchor = None if c.has(i, "nowja", "now") else _anchor(c, i)
    j = anchor[1] if anchor is not None else i + 1
    if c.text(j) != "から":
        return None
    found = offset(c, j + 1)
    if found is None or found[0]["sign"] != 1 or c.text(found[1] - 1) == "で":
        return None
    fragment, end = _anchored_weekday(c, found)
    if anchor is not None and anchor[0].doff != 0 and "wds" not in fragment:
        fragment["anchor"] = anchor[0]
    return fragment, end


def _anchor(c: Cursor, i: int) -> tuple[Spec, int] | None:
    spec = Spec()
    if c.text(i) == "the":
        i += 1
    found = day(c, i) or period(c, i)
    if found is None:
        return None
    if not spec.take(found[0]):
        return None
    return spec, found[1]


def _hour_before_part(c: Cursor, i: int) -> Found | None:
    """7, this morning; 8 in the night; 9 tomorrow evening; 3 in the afternoon."""
    hour = c.num(i)
    if (
        hour is None
        or not 1 <= hour <= 12
        or c.cjk(i)
        or (c.has(i - 1, "idword", "to", "and") and c.has(i - 1, "idword"))
    ):
        return None
    j = i + 1
    for _ in range(2):
        if c.text(j) in (",", "in", "in the", "at", "the", "on"):
            j += 1
    if c.text(j - 1) == "on" and not c.has(j, "wd", "rel"):
        return None
    if c.has(j, "daypart") or (
        c.has(j, "part") and c.text(j - 1) in ("in the", "at", "the", "in") and c.tags(j)["part"] not in _DINING
    ):
        return {"hour": hour, "minute": 0}, i + 1
    if (
        c.has(j, "day")
        and not c.cjk(j)
        and j == i + 1
        and (c.has(j + 1, "part") or c.text(i - 1) in ("at", "from", "by", "after", "before", "until"))
    ):
        return {"hour": hour, "minute": 0}, i + 1
    return None


def _part(c: Cursor, i: int, spec: Spec) -> Found | None:
    tags = c.tags(i)
    if "mer" in tags and c.text(i) in ("am", "pm") and "part" in tags:
        return ({"mer": c.text(i)}, i + 1) if c.has(i + 1, "hms") or spec.hour is not None else None
    if "mer" in tags and c.has(i + 1, "hms", "num") and not c.has(i - 1, "num"):
        return {"mer": tags["mer"]}, i + 1
    name = tags.get("part")
    if name is None and "parts" in tags:
        return {"part": tags["parts"]}, i + 1
    if name is None:
        return None
    word, j = c.text(i), i + 1
    alone = c.size == 1 or (c.size == 2 and c.has(1, "fill", "fromsuf", "untilsuf"))
    company = alone or spec.has_day or spec.has_clock or spec.part is not None or spec.repeats or _company(c, i)
    if name in _DINING:
        company = (
            company
            or c.has(i - 1, "before")
            or word in ("昼休み", "お昼休み", "ランチタイム", "午休", "午休时间", "午饭时间", "lunchtime", "lunch time")
            or (c.cjk(i) and c.has(j, "beforesuf", "aftersuf"))
        )
        if not company or (c.cjk(i) and not _meal_says_when(c, i, spec)):
            return None
        if not c.cjk(i) and not (
            c.text(i - 1) in ("after", "before")
            or (c.text(i - 1) in ("at", "during", "over", "around") and spec.has_day)
            or c.text(i) in ("lunchtime", "lunch time", "dinnertime", "dinner time", "lunch break", "lunch hour")
            or (
                spec.has_day
                and c.text(i - 1) not in ("for", "a", "to")
                and not spec.has_clock
                and not _clock_ahead(c, j)
            )
        ):
            return None
        return {"part": name}, j
    if name == "noon":
        if spec.hour is not None or _clock_follows(c, j):
            return {"part": "noon"}, j
        if spec.part is not None and spec.part != "noon":
            return None
        return {"hour": 12, "minute": 0, "explicit": True}, j
    if c.cjk(i) and len(word) == 1:
        if word in ("早", "晚", "晨", "夜", "朝", "夕", "宵", "晩") and not company and not _clock_follows(c, j):
            return None
        if word == "早" and c.text(j)[:1] in ("点", "日", "期", "前", "班", "就", "已"):
            return None
        if word in ("早", "晚") and c.num(j) is not None and c.tags(j + 1).get("unit") in ("minute", "hour", "day"):
            return None  # 晚5分钟到
        if word == "晚" and c.text(j)[:1] in ("点", "些", "了", "到", "会", "饭", "一", "上") and not c.num(j):
            return None
    if not c.cjk(i):
        if doubtful(c, i) and not company:
            return None
        if word in ("am", "pm"):
            return None
        if c.text(i - 1) in ("good", "a", "his", "her") or (
            c.text(i - 1) == "all" and not c.has(j, "day", "wd", "fill")
        ):
            return None
        if c.size > 1 and not company:
            return None
    meeting = c.text(j) == "会" and c.text(j + 1)[:1] in tuple("いうえおっ")  # 夜会いましょう
    if c.lang == "ja" and not meeting and c.text(j) in ("ご飯", "ごはん", "礼", "会") and len(word) == 1:
        return None
    return {"part": name}, j


def _company(c: Cursor, i: int) -> bool:
    previous, following = c.text(i - 1), c.tags(i + 1)
    if any(name in following for name in ("num", "hms", "hm", "day", "wd", "daypart")):
        return True
    if (
        previous == "the"
        and not c.text(i + 1).startswith("of")
        and not c.has(i - 2, "in", "by", "until", "from", "before", "after")
    ):
        return c.text(i - 2) in ("on", "during", "for", "all", "through")
    return previous in _PART_LEADS or (
        c.text(i + 1) in ("on", "of", "of the", "on the") and c.has(i + 2, "wd", "month", "day", "num", "ord")
    )


def _clock_follows(c: Cursor, j: int) -> bool:
    for k in (j, j + 1, j + 2):
        if c.has(k, "hms", "hm") or (c.num(k) is not None and (c.has(k + 1, "clockunit", "mer", "oclock") or k == j)):
            return True
        if not c.has(k, "fill", "approx", "part"):
            return False
    return False


def _clock_ahead(c: Cursor, j: int) -> bool:
    return any(c.has(k, "hms", "mer", "oclock") for k in range(j, j + 5))


def _meal_says_when(c: Cursor, i: int, spec: Spec) -> bool:
    """午饭后, 昼食時の1時: the meal as a time of day, not as a dish."""
    following = c.text(i + 1)
    return (
        c.has(i + 1, "beforesuf", "aftersuf", "sharp")
        or following in ("时间", "时", "の", "時", "に")
        or c.text(i).endswith(("时间", "時", "时", "タイム", "休み", "午休", "饭点"))
    )


def _point(c: Cursor, i: int, spec: Spec) -> Found | None:
    tags = c.tags(i)
    if "thistime" in tags:
        k = c.skip(i + 1, "rel", "fill", most=2)
        away = spec.doff is not None or _whole_weeks(spec) or c.has(i + 1, "day", "wd") or c.has(i + 2, "wd")
        away = away or (not c.cjk(i) and c.has(k - 1, "rel") and c.tags(k).get("unit") in ("week", "month", "year"))
        return ({"now": True}, i + 1) if away else None
    if "atonce" in tags:  # 马上到 is soon, 马上开会 is now
        asked = c.size == 1 or c.text(i + 1)[:1] in ("开", "约", "订", "安", "建")
        return ({"now": True}, i + 1) if asked and spec.empty else None
    if "now" in tags:
        if spec.has_day or spec.has_clock or (c.text(i) in ("目前", "当前", "现时") and c.size > 1):
            return None
        if (
            c.lang == "en"
            and c.text(i) == "now"
            and not (
                c.size == 1
                or c.has(i - 1, "between", "from", "to", "by")
                or c.has(i + 1, "to", "andto")
                or i + 1 >= c.size
                or c.text(i + 1) in (".", "!", "?")
            )
        ):
            return None
        return {"now": True}, i + 1
    if "nowja" in tags:
        if (
            c.lang != "ja"
            or (c.text(i + 1)[:1] in ("何", "の", "度", "ま", "日", "か") and c.text(i + 1) != "から")
            or c.has(i + 1, "unit")
            or c.source.norm[c.at(i + 1).start : c.at(i + 1).start + 3].endswith(("さん", "様", "氏", "君"))
            or c.text(i + 1) in _NAMES_WITH_NOW
        ):
            return None
        return {"now": True}, i + 1
    if "eod" in tags:
        if c.cjk(i) and not (
            c.has(i + 1, "beforesuf", "aftersuf", "untilsuf", "fill", "to")
            or spec.has_day
            or i + 1 >= c.size
            or c.text(i - 1) in ("到", "等")
            or c.has(i + 1, "sharp")
        ):
            return None
        if c.text(i).endswith("end of the day") and c.text(i - 1) in ("at", "at the") and _opinion(c, i + 1):
            return None
        return {"point": "eod"}, i + 1
    if "workstart" in tags:
        return ({"point": "first"}, i + 1) if c.has(i + 1, "beforesuf") else None
    if "first" in tags:
        return {"point": "first"}, i + 1
    if "firstpm" in tags:
        return {"point": "firstpm"}, i + 1
    if "afterlunch" in tags:
        return {"point": "afterlunch"}, i + 1
    if "allday" in tags and spec.has_day:
        return {"allday": True}, i + 1
    return None


def _whole_weeks(spec: Spec) -> bool:
    """下周, 来月, 三天后: a distance of whole days, behind which "this time" keeps the hour."""
    if spec.wds or spec.days or spec.has_clock or spec.part or spec.repeats:
        return False
    if spec.shift is not None:
        return not spec.shift.seconds and spec.anchor is None
    return spec.woff is not None or spec.moff is not None or (spec.yoff is not None and spec.season is None)


def _opinion(c: Cursor, j: int) -> bool:
    """at the end of the day it's their call: all in all."""
    k = j + 1 if c.text(j) == "," else j
    return c.text(k) in ("it", "it's", "they", "what", "everyone", "nobody", "all") or c.source.norm.startswith(
        ("it's", "that's", "what"), c.at(k).start
    )


def _zone(c: Cursor, i: int, spec: Spec) -> Found | None:
    tags = c.tags(i)
    zone = tags.get("zone")
    if zone is not None:
        if not c.cjk(i) and not (
            spec.has_clock or c.has(i + 1, "hms", "num") or c.text(i).endswith("time") or c.text(i + 1) == "时间"
        ):
            return None
        j = i + 1
        if c.text(j) in ("time", "时间"):
            j += 1
        return {"zone": zone}, j
    place = tags.get("place")
    if (
        place is not None
        and c.cjk(i)
        and (
            c.text(i + 1).startswith(("时", "当地", "標", "现地"))
            and c.text(i + 1) in ("时间", "当地时间", "標準時", "现地时间", "当地")
        )
    ):
        return {"zone": place}, i + 2
    if place is not None and spec.has_clock and c.text(i - 1) in ("in", "(") and not c.cjk(i):
        return None
    return None

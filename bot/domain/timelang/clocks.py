"""What the clock shows: ``15:30``, ``half past ten``, ``三点一刻``, ``午後3時半``, ``noon``."""

from __future__ import annotations

from bot.domain.timelang.clockparts import minutes_after, named_time, time_of, with_meridiem, with_trail
from bot.domain.timelang.clockwords import AT, bare_hour, dotted_time, military_time, worded_time
from bot.domain.timelang.cursor import Cursor, Found
from bot.domain.timelang.lexicon import word_set

# What 三点 counts when it does not stand on a clock.
_NOT_POINTS = frozenset(
    "建意要问原内想补疑希说确区共钱赞击评餐名心都也贵儿之一关事注信思感理看不太没了收经观教启体好发现总结新值重主难成工进计分差小大多少水头力利货料子"
)


_CLOCK_LEADS = frozenset(
    "始在到约改于定从是就前至或和还时会每的,:早晚午晨上夜后挪提推延天日周号末们我你他她咱与、，。(（~-"
)


_WEEKDAY_NUMERALS = frozenset("一二三四五六日天")


def clock(c: Cursor, i: int, *, day_said: bool = False) -> Found | None:
    """A clock time at i."""
    tags = c.tags(i)
    if "hms" in tags:
        return _shape(c, i)
    if "num" in tags:
        return _spoken(c, i) or worded_time(c, i) or military_time(c, i) or bare_hour(c, i, day_said)
    if "hm" in tags:
        return None if "part" in tags and _clock_follows(c, i + 1) else named_time(c, i)
    if "dec" in tags:
        return dotted_time(c, i, day_said)
    if "lack" in tags:
        return _lacking(c, i)
    if "half" in tags or "quarterword" in tags or "one" in tags or "mer" in tags:
        return worded_time(c, i)
    return None


def _clock_follows(c: Cursor, j: int) -> bool:
    if c.has(j, "fill"):
        j += 1
    return c.has(j, "hms") or (c.num(j) is not None and c.has(j + 1, "clockunit", "mer"))


_BOOKS = word_set(
    "genesis|exodus|leviticus|deuteronomy|psalm|psalms|proverbs|ecclesiastes|isaiah|jeremiah|ezekiel|corinthians|"
    "galatians|ephesians|philippians|colossians|thessalonians|hebrews|revelation|verse|surah|sura|quran"
)
_GOSPELS = word_set("matthew|mark|luke|john|acts|romans|timothy|titus|james|peter|jude|daniel|joshua|ruth|samuel|job")


def _shape(c: Cursor, i: int) -> Found | None:
    hour, minute, second = c.tags(i)["hms"]
    if minute > 59 or hour > 29 or (second or 0) > 59:
        return None
    if not c.cjk(i - 1) and (c.text(i - 1) in _BOOKS or (minute % 5 and c.text(i - 1) in _GOSPELS)):
        return None  # John 3:16; people meet on the five minutes
    if any(mark in c.text(i - 1) for mark in ("比分", "比", "score", "ratio")):
        return None
    if c.text(i + 1) in ("hours", "hrs", "hr", "hour") and hour < 12 and "explicit" not in c.tags(i):
        return None
    if c.tags(i).get("hform", 1) > 1:
        return None
    if "hform" in c.tags(i) and hour <= 4 and c.text(i - 1) not in AT and not c.has(i + 1, "to"):
        return None
    fragment = time_of(hour, minute)
    if "explicit" in c.tags(i) or hour > 12 or hour == 0:
        fragment["explicit"] = True
    j = i + 1
    if c.text(j) in ("分", "时", "点", "h", "hrs", "hours", "hour") and not c.has(j + 1, "later"):
        j += 1
        if c.num(j) is not None and c.text(j + 1) == "秒":
            j += 2
    return with_meridiem(c, fragment, j)


def _names_a_report(c: Cursor, i: int) -> bool:
    """十点半月度例会: a month or year that begins a name is no unit of the half before it."""
    return c.text(i) in ("月", "年") and c.text(i + 1).startswith(("度", "会", "终", "末", "底", "中"))


def _spoken(c: Cursor, i: int) -> Found | None:
    """三点半, 15時20分, 9点过5分, 8点差10分."""
    hour = c.num(i)
    j = i + 1
    if hour is None or not c.has(j, "clockunit") or hour > 30:
        return None
    if c.has(i - 1, "ordmark"):
        return None
    unit = c.text(j)
    if unit == "点" and c.lang == "ja":
        return None
    if unit.startswith("时") and c.text(j + 1).startswith(("间", "候", "期", "代")):
        return None
    fragment = time_of(hour, 0)
    han = "han" in c.tags(i)
    if "explicit" not in fragment and (hour > 12 or hour == 0 or c.tags(i).get("digits", "").startswith("0")):
        fragment["explicit"] = True
    j += 1
    follower = c.text(j)
    if c.has(j, "half") and follower == "半" and (not c.has(j + 1, "unit", "measure") or _names_a_report(c, j + 1)):
        fragment["minute"] = 30
        j += 1
    elif c.has(j, "half") and follower == "半":
        pass
    elif c.has(j, "hms"):
        return None
    elif c.has(j, "pass") and c.num(j + 1) is not None and (c.text(j + 2) in ("分", "刻") or c.text(j + 2) == "分钟"):
        value = c.num(j + 1) or 0
        fragment["minute"] = value * 15 if c.text(j + 2) == "刻" else value
        j += 3
    elif c.has(j, "lack") and c.num(j + 1) is not None and c.text(j + 2) in ("分", "分钟", "刻", "刻钟", "一刻"):
        value = c.num(j + 1) or 0
        lack = value * 15 if c.text(j + 2).startswith("刻") else value
        fragment["minute"] = -lack
        j += 3
    elif c.num(j) is not None and not c.at(j).space:
        after = minutes_after(c, j)
        if after is None:
            if unit == "点":
                return None
        else:
            fragment["minute"], j = after
    elif c.has(j, "dec") or (unit == "点" and han and not _stands_as_clock(c, i, j)):
        return None
    elif unit == "点" and follower and follower[0] in _NOT_POINTS and not c.has(j, "clockunit"):
        if not _clock_before(c, i):
            return None
        if follower[0] in "建意要问原内想补疑区共赞" and not c.tags(j) and not _wanted_then(c, i, j):
            return None
    if c.lang == "ja" and c.text(j) in ("前", "前に") and fragment["minute"] in (5, 10, 15) and "han" not in c.tags(i):
        fragment["minute"] = -fragment["minute"]  # 10時5分前 is five to ten
        j += 1
    if c.text(j).startswith("方") and c.source.norm.startswith("方向", c.at(j).start):
        return None
    if fragment["minute"] > 59:
        return None
    return with_meridiem(c, fragment, j)


def _clock_before(c: Cursor, i: int) -> bool:
    """Words before it say that a clock time comes."""
    previous = c.text(i - 1)
    return (
        not previous
        or previous[-1] in _CLOCK_LEADS
        or (previous in _WEEKDAY_NUMERALS and c.has(i - 2, "freq", "every", "rel"))
        or c.has(
            i - 1, "part", "day", "daypart", "wd", "approx", "from", "to", "instead", "fill", "freq", "everypart", "or"
        )
    )


def _wanted_then(c: Cursor, i: int, j: int) -> bool:
    """十点到十二点要一间, 周四三点要开会: what is wanted then, and no points of importance."""
    before = c.has(i - 1, "part", "day", "daypart", "wd", "to")
    return before and c.text(j)[:1] == "要" and not c.source.norm.startswith(_IMPORTANT, c.at(j).start)


_IMPORTANT = ("要求", "要点", "要素", "要领", "要义", "要紧", "要旨", "要害", "要闻")
_HANDLED = frozenset("把将给跟消删撤掉退推砍")
_EVENT_FOLLOWS = ("的会", "那个", "那场", "那次", "这场", "的评审", "的面试", "的周会", "的例会", "的站会", "的复盘")
_LISTED = ("以下", "下面", "如下", "上述", "以上", "上面", "下列", "有", "提", "补充", "强调", "总结")


def _stands_as_clock(c: Cursor, i: int, j: int) -> bool:
    """两点 may be two o'clock or two items: look at both sides."""
    follower, previous = c.text(j), c.text(i - 1)
    if previous == "后" and i == 1:
        return False  # 后两点我补充
    if previous and c.source.norm.endswith(_LISTED, 0, c.at(i).start) and not c.has(j, "half", "quarterword", "num"):
        return False  # 以下三点
    if follower[:2] == "水" and c.text(i) == "三" and i == 0:
        return False  # 三点水
    if c.source.norm.startswith(("档", "共识"), c.at(j).start):
        return False  # 八点档, 五点共识
    if c.has(j, "betweensuf") and follower.startswith("之间") and not c.has(i - 1, "to", "and"):
        return False
    if (
        c.tokens
        and c.tags(i).get("han") == "一"
        and previous
        and previous[-1] in "有早晚快慢多少差大小好贵高低轻重点这那哪"
    ):
        return c.has(i - 1, "part", "day", "daypart")
    if follower and follower[0] in _NOT_POINTS and not c.tags(j):
        told = c.has(i - 1, "part", "day", "daypart", "wd", "to")
        return told and (follower[0] not in "建意要问原想补疑" or _wanted_then(c, i, j))
    if not _clock_before(c, i) and previous not in ("个",):
        if previous and previous[-1] in _HANDLED and c.source.norm.startswith(_EVENT_FOLLOWS, c.at(j).start):
            return True  # 把三点那个会往后挪
        return c.has(j, "to", "from", "fromsuf", "beforesuf", "aftersuf", "sharp") or not follower
    return True


def _lacking(c: Cursor, i: int) -> Found | None:
    """差一刻九点, 差5分8点."""
    value = c.num(i + 1)
    if value is None:
        return None
    j = i + 2
    if c.text(j) in ("刻", "刻钟"):
        lack = 15 * value
    elif c.text(j) in ("分", "分钟"):
        lack = value
    else:
        return None
    j += 1
    if c.text(j) == "到":
        j += 1
    hour = c.num(j)
    if hour is None or not c.has(j + 1, "clockunit") or not 0 < lack < 60:
        return None
    return with_trail(c, time_of(hour, -lack), j + 2)

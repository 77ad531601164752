"""What a sentence holds that would pass for a time and is none, and times that would not pass for one."""

from __future__ import annotations

import re

from bot.language.cues import Cues
from bot.language.hours import plain_hours
from bot.language.lexicon import listed
from bot.language.text import blank, blanked
from bot.language.wordings import plain_times


def as_read(words: str, cues: Cues, languages: tuple[str, ...], *, at_hand: bool, offered: bool) -> str:
    """The words with what people mean by them in such a sentence said as the time language knows it; nothing moves."""
    if at_hand or (cues.any("move_to", "change") and cues.any("event", "this", "kind", "to_mark")):
        words = _with_hours(words)
    words = plain_hours(words) if languages == ("en",) else plain_times(words, languages)
    if cues.any("shorter"):
        words = blanked(_THE_LAST, words)
    if "/" in words:
        words = _CLOCKS_APART.sub("、", words)
    if cues.any("poll"):
        words = words.replace(" / ", " , ")  # "Thursday 2 / Friday 4" is no date
        words = _EITHER.sub(lambda m: f"        {m[1]} or  {m[2]}", words)
        words = _deadline_apart(words, cues)
    meant = cues.any("find_time", "book") or (cues.any("with", "people") and not cues.any("told", "was_q", "when_q"))
    if "最近" in words and meant and not cues.any("search", "past", "minutes", "agenda"):
        words = words.replace("最近", "未来")  # time is found in the days to come
    if offered:
        words = blanked(_ONE, words)
    if languages == ("en",) and "," in words and not cues.any("remind"):
        words = _AND_LENGTH.sub(_semicolon, words)
    if cues.any("next_gap", "free", "find_time"):
        words = _FREE_MINUTES.sub(lambda m: m[1].ljust(len(m[0])), words)
    if " day" in words:
        words = blanked(_ANY_DAY, words)
    if " week" in words:
        words = _SOME_MORNING.sub(lambda m: f"{m[1]}s".rjust(len(m[0])), words)
    if languages == ("en",) and cues.any("yesno", "can_you", "coming", "free"):
        words = _HOUR_ASKED.sub(lambda m: f"{'at'.ljust(len(m[1]))} {m[2]}", words)
    return words


_WEEK_ENDS = frozenset("周期拜")


def _deadline_apart(words: str, cues: Cues) -> str:
    """The clause that says when voting ends is no part of the last option."""
    for hit in cues.of("deadline"):
        comma = max(words.rfind(c, 0, hit.start) for c in ",，。.、")
        if comma > 0 and hit.start - comma < 24:
            words = blank(words, comma, comma + 1, "\n")
    return words


_THE_LAST = re.compile(r"\bthe last (?=\d+ ?(?:m|h))")  # "cut the last 10 minutes"
_EITHER = re.compile(  # "pick between Wed 9:30 and Wed 4": one of two, no stretch
    r"\bbetween ((?:mon|tue|wed|thu|fri|sat|sun)[a-z]* [^,.;?]{1,16}?) and ((?:mon|tue|wed|thu|fri|sat|sun)[a-z]* \d)"
)


def _semicolon(m: re.Match[str]) -> str:
    """ "In three hours, 45 min": when it begins, and how long it is."""
    return m[0].replace(",", ";")


_AND_LENGTH = re.compile(r"\bin (?:an?|\w+|half an) (?:h|hrs?|hours?|days?|weeks?) ?,(?= ?\d+ ?(?:m|mins?|minutes)\b)")
_ANY_DAY = re.compile(r"\b(?:any|whichever|some) (?:week|work|working )?day(?= (?:after|before|from|between|until) )")
_SOME_MORNING = re.compile(r"\b(?:any|some|one|an|a) (morning|afternoon|evening)(?=,? (?:next|this) week)")
_HOUR_ASKED = re.compile(  # "can Ann do 4 on Friday", "is 10 tomorrow OK"
    r"(?<![\w'])(do|does|make|manage|would|will|is|about) (1[0-2]|[1-9])"
    r"(?= (?:on|tomorrow|today|tmrw|tmr|mon|tue|wed|thu|fri|works?|ok|okay|good|suits?|fine|possible)\w*\b)"
)
_FREE_MINUTES = re.compile(
    r"\b(\d+|an?|one|two|three|half an) "
    r"(?:free|spare|open|clear|empty|quiet|uninterrupted|consecutive|straight|solid|full)(?= (?:min|hour|hr))"
)
_CLOCKS_APART = re.compile(r"(?<=:\d\d)/(?=\d{1,2}:\d\d)")  # 14:00/15:00/16:00
_ONE = re.compile(r"\bones?\b")  # "the Tuesday one" of the slots that were offered
_NUMERALS = frozenset("半一两二三五十12345")
_BARE_HOUR = re.compile(
    r"(?<![a-z])(to|it|or|either|do|actually|say) (1[0-2]|[1-9])"
    r"(?=\s*(?:$|[?.!,;]|(?:or|instead|please|pls|then|if|ok|and|is|works|on)\b))"
)


def _with_hours(words: str) -> str:
    """ "Change it to 7", "make it 4 or 4:30": what a time is changed to is an hour, though nothing says so."""
    return _BARE_HOUR.sub(_at_hour, words) if " " in words else words


def _at_hour(m: re.Match[str]) -> str:
    lead = m[1] if m[1] == "or" else "at".ljust(len(m[1]))
    return f"{lead} {m[2]}"


_TALKED_OVER = (
    "复盘",
    "复盘一次",
    "复盘一下",
    "复盘下",
    "聊聊",
    "聊下",
    "聊一下",
    "讨论",
    "讨论下",
    "讨论一下",
    "总结",
    "总结一下",
)
_OF_A_QUARTER = re.compile(
    r"(?:[一二三四]季度|[上下]半年|半年度?|年度|年终|季度)(?:总结|复盘|规划|述职|考核|汇报|评审|会)"
)
_OTHER_TIME = re.compile(r"\d|[周曜点時号日天][^一]|明|晨")


def without_traps(words: str, cues: Cues) -> str:
    """Blank words whose parts would pass for time words: 後ろ倒し, 朝会, "squeeze in"."""
    # 下周一起不开了, 从下周一起休假: from Monday on
    changed = cues.any("cancel", "move_to", "move_later", "move_earlier", "change", "leave")
    for hit in cues.of("move_later", "move_earlier", "kind", "kept", "we", "we_all", "find_time", "book"):
        ours = hit.name in ("we", "we_all")
        if len(hit.pieces) > 1 and not ours:
            continue
        said = words[hit.start : hit.end]
        if hit.name.startswith("move"):
            if said[0] in "晚早" and said[1:2] in _NUMERALS:  # how much later, not in the evening
                words = words[: hit.start] + "延" + words[hit.start + 1 :]
                continue
            trap = not said[0].isascii() and not any(c in _NUMERALS for c in said)
        elif ours:
            alone = said[0] == "一" and not (changed and words[hit.start - 1 : hit.start] in _WEEK_ENDS)
            trap = alone or " " in said  # "next week for the five of us" holds no hour
        elif hit.name in ("kind", "kept"):
            if said.endswith(("-in", "-up", "-on")):  # "check-in between", "stand-up to"
                words = blank(words, hit.end - 3, hit.end - 2, "x")
                continue
            trap = said.endswith(
                ("会", "议", "議", "報", "报", "活", "礼", "跑", "练", "through", "读", "检", "训", "课", "グ", "mtg")
            )
        else:
            trap = said.endswith(" in")
        if trap:
            words = blank(words, hit.start, hit.end, "、" if not said[0].isascii() else " ")
    return words


def without_periods(words: str, languages: tuple[str, ...]) -> tuple[str, list[tuple[int, int]]]:
    """A holiday or a quarter at the head of a name, beside another time, is no time: 双十一复盘, 季度总结."""
    if not _OTHER_TIME.search(words) and not _OF_A_QUARTER.search(words):
        return words, []
    names: list[tuple[int, int]] = []
    for period in listed(languages, "periods"):
        at = words.find(period)
        while at >= 0:
            end = at + len(period)
            after = next((t for t in listed(languages, "period_tails") if words.startswith(t, end)), None)
            half = words[at] == "半" and words[at - 1 : at] == "点"  # 三点半年会 is at half past three
            held = words[at] == "开" and after == "会"  # 十点开年会
            if after is None and words.endswith(_TALKED_OVER, 0, at):  # 复盘一次双十一
                after = ""
            if after is not None and not half and not held:
                names.append((at, end + len(after)))
                words = blank(words, at, end, "、")
            at = words.find(period, end)
    return words, names

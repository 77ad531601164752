"""Times as Chinese and Japanese chats put them, rewritten in place as the time language knows them: nothing moves."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HINT = re.compile(r"[点拉粒分][好要钟小儿]|一点|个点|钟|分|[ap]m|[月火水木金土日][と、]?休|[月火水木金土]と")
_DONE = re.compile(r"(?<=[点半刻分])(?:好了|要(?=[一两几]?[个间台张次场]))")
_HALF = re.compile(r"半(?:粒钟|个点(?!位|评|赞|数|子|名|歌|餐))")
_HALF_HOUR = re.compile(r"半拉(小时|钟头)")
_MINUTES = re.compile(r"(?<=[砍压缩减降控剪])([到成至为])([二三四五]?十[一二三四五六七八九]?|[1-9]\d)分(?![钟之享])")
_A_BIT = re.compile(r"(?<=[晚早快慢久多少大小轻近远长短迟])一点(?=[的儿吧吗可没不呢了，,。？?！]|$)")
_LATER = re.compile(r"(?<![今明昨后当每天日一二三四五六])([晚早迟延])一点(?![半钟整过\d十二三四五一])")
_DOTTED_DAYS = re.compile(
    r"(?<![\w.])(1[0-2]|0?[1-9])\.([0-2]?[1-9]|[1-3]0|31)(\s?[-–—~～到至]\s?)(1[0-2]|0?[1-9])\.([0-2]?[1-9]|[1-3]0|31)"
    r"(?![\d.%])(?!\s?(?:个|小|h|万|元|块|k|倍|米|公|亿|版|分|点))"
)
_AM_PM = re.compile(r"([ap])m(?=休|だけ|のみ|半休|不在|は休|お休)")
_WEEKDAYS = re.compile(r"(?<![月火水木金土])([月火水木金土])([火水木金土])と(?=休|お休|不在|出張|いま)")


def plain_times(words: str, languages: Sequence[str]) -> str:
    """ "七点好了" -> "七点，，", 半拉小时 -> 半个小时, "PM休" -> 午後休."""
    if "." in words:
        words = _DOTTED_DAYS.sub(r"\1/\2\3\4/\5", words)
    if not _HINT.search(words):
        return words
    if "zh" in languages:
        words = _DONE.sub(lambda m: "，" * len(m[0]), words)
        words = _LATER.sub(r"\1、、", _A_BIT.sub("、、", words))
        words = _HALF.sub("半小时", words)
        words = _HALF_HOUR.sub(r"半个\1", words)
        words = _MINUTES.sub(r"\2分钟", words)
    if "ja" in languages:
        words = _AM_PM.sub(lambda m: "午前" if m[1] == "a" else "午後", words)
        words = _WEEKDAYS.sub(r"\1\2は", words)
    return words

"""Where the name of a thing ends and what is said of it begins, and where who does it ends and the thing begins."""

from __future__ import annotations

import re
from functools import cache

from bot.language.cues import Cues
from bot.language.lexicon import listed

_TELLING_WHOM = ("做", "汇报", "讲", "介绍", "演示", "宣讲", "培训")  # 给某人……
_NAMED = "会"  # ends the name of a meeting, whatever stands before it


def name_end(text: str, start: int, end: int, cues: Cues, languages: tuple[str, ...]) -> int:
    """Where the predicate begins in 项目周会我这次 or 复盘撞上团建; ``end`` if none does."""
    if "zh" not in languages:
        return end
    places = {h.end for h in cues.of("kind") if start <= h.start and h.end < end}
    places |= {i + 1 for i in range(start + 1, end - 1) if text[i] == _NAMED}
    if not places:
        return end
    words = listed(languages, "predicates")
    kept = [(h.start, h.end) for h in cues.of("kept", "kind")]
    for place in sorted(places):
        inside = any(s < place < e or s == place for s, e in kept)
        if not inside and text.startswith(words, place):
            return place
    return end


def after_holder(text: str, start: int, end: int, cues: Cues, languages: tuple[str, ...]) -> int:
    """Where the thing begins in 孔主任发的那个协调会; ``start`` if nobody holds it."""
    held = any_of(languages, "led_by")
    found = held.search(text, start, end) if held is not None else None
    if found is None or found.end() >= end - 1:
        return start
    named = any(start <= h.start and h.end <= found.start() for h in cues.of("kind"))
    return start if named else found.end()


@cache
def any_of(languages: tuple[str, ...], name: str) -> re.Pattern[str] | None:
    """Any word of a list, the longest first; None for languages that have none."""
    words = listed(languages, name)
    return re.compile("|".join(map(re.escape, words))) if words else None


def thing_of(text: str, start: int, end: int, cues: Cues, languages: tuple[str, ...]) -> tuple[int, int]:
    """The thing in 课题组开一次开题会, behind who does it and the verb, or in 就库存问题开个会, before it."""
    if "zh" not in languages or end - start < 4:
        return start, end
    first = _thing_start(text, start, end, cues, languages)
    if first > start and text[:start].rstrip().endswith(listed(languages, "over")):
        rest = text[first:end]
        said = next((w for w in listed(languages, "holding") if rest.startswith(w)), "")
        if rest[len(said) :] == _NAMED or rest[len(said) :] in listed(languages, "plain_kinds"):
            return start, first
    return first, end


def _thing_start(text: str, start: int, end: int, cues: Cues, languages: tuple[str, ...]) -> int:
    plain = next((w for w in listed(languages, "plain_kinds") if text.startswith(w, start, end)), "")
    if plain.endswith(_NAMED) and any(h.start == start + len(plain) and h.end < end for h in cues.of("talk_over")):
        return start + len(plain)  # 短会说下奖金
    holding = any_of(languages, "holding")
    found = holding.search(text, start + 1, end) if holding is not None else None
    first = found.start() if found is not None else end
    said = ((text.find(verb, start + 1, min(end - 2, start + 8)), verb) for verb in _TELLING_WHOM)
    served, verb = min(((at, verb) for at, verb in said if at > 0), default=(-1, ""))
    for_whom = served > 0 and any(c in "给为帮替" for c in text[max(0, start - 8) : served])
    if for_whom and served < first and verb != "做":
        return served  # 给领导汇报预算执行情况
    if for_whom and served < first and any(served < h.start and h.end <= end for h in cues.of("kind")):
        first = served + 1  # 给新来的三个人做入职培训
    party = text[start:first]
    if first == end or party.endswith(_NAMED) or any(start <= h.start and h.end <= first for h in cues.of("kind")):
        return start
    return first


def describes(text: str, at: int, cues: Cues, languages: tuple[str, ...]) -> int:
    """Where begins what tells who somebody named at this place is: 约一下法务@某人; ``at`` if nothing does."""
    start = at
    while start > 0 and at - start < 12 and (text[start - 1].isalnum() or text[start - 1] == "@"):
        start -= 1
    before = text[start:at].rstrip("@")
    if len(before) < 2:
        return at
    role = next((r for r in listed(languages, "roles") if before.removesuffix("的").endswith(r)), "")
    words = listed(languages, "before_people")
    marks = [] if before.endswith(words) else [before.rfind(m) + len(m) for m in words if m in before]
    begin = start + max(marks) if marks else at
    if begin < at and not any(h.start < at and begin < h.end for h in cues.of("kind", "talk_over")):
        return begin
    return start + before.rfind(role) if role else at


def calls_itself(text: str, start: int, end: int, cues: Cues, languages: tuple[str, ...]) -> bool:
    """Whether a piece names an event: by its kind, or by "that one" right behind it."""
    if any(start <= h.start and h.end <= end for h in cues.of("reason", "talk")):
        return False
    kinds = [h for h in cues.of("kind", "event", "talk_over") if start <= h.start and h.end <= end]
    said, after = text[start:end], text[end:].lstrip()
    return bool(kinds) or said.endswith(listed(languages, "kind_suffix")) or after.startswith(_POINTING)


_POINTING = ("那", "这", "的那", "的这", "的会", "会", "の", "を", "は", "meeting", "call")

"""What is left of a sentence when times, names, commands and courtesy are taken away: the subject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from bot.language.cues import Cues
from bot.language.edges import NO_PARTICLES, PAIRS, PARTICLES, trim
from bot.language.lexicon import listed
from bot.language.nouns import nameless, noun_of
from bot.language.predicates import after_holder, any_of, calls_itself, name_end, thing_of
from bot.language.text import CLAUSE_END, HAN, Line, clause_of, inside_word, is_word

_THINGS = ("kind", "talk_over", "kept")
Places = Sequence[tuple[int, int]]


@cache
def _verbs(languages: tuple[str, ...]) -> re.Pattern[str] | None:
    words = listed(languages, "title_ends")
    return re.compile(rf"(?<=[\w)'\"] )(?:{'|'.join(map(re.escape, words))})(?![\w'-])") if words else None


@cache
def _generic(languages: tuple[str, ...]) -> frozenset[str]:
    return frozenset(w.replace(" ", "") for w in listed(languages, "generic"))


def find_title(
    line: Line,
    cues: Cues,
    holes: Places,
    languages: tuple[str, ...],
    *,
    near: Places = (),
    what: str = "title",
    named: bool = False,
    known: bool = False,
    event: bool = False,
    finding: bool = False,
) -> str | None:
    """The subject: quoted words if there are any, else the likeliest of the pieces between the holes.

    ``what`` is "title" for something with a name, "task" for something to do, whose verb belongs to it. ``named``: what
    is said of it is no part of it; ``known``: only what calls itself an event counts, for one is at hand already;
    ``event``: with one at hand, no verb names another; ``finding``: time is looked for, and no subject.
    """
    mark = cues.first("about_strong")
    for quote in line.quotes:
        if line.text[quote.start] == "【" and (mark or quote.inner.endswith(listed(languages, "headings"))):
            continue  # 【打ち合わせ依頼】 over lines of which one tells the subject
        before = line.text[: quote.start].rstrip()[-1:]  # 读书会，讲《…》
        work = line.raw[quote.start] == "《" and (
            "kind" in cues or (before != "" and before in "讲看读学聊谈评赏放演播")
        )
        work = work or line.text.startswith(_WORKS_ON, quote.end)  # “双旦”活动方案
        said = not work and not is_generic(quote.inner.lower(), languages)
        if said and not any(s <= quote.start and quote.end <= e for s, e in holes):
            return quote.inner
    things = things_of(cues)
    if mark is not None:
        start, end = trim(line.text, mark.end, clause_of(line.text, mark.end, mark.end)[1], things, languages, what)
        if start < end and not is_generic(line.text[start:end], languages):
            return tidy(line.raw[start:end])
    best: tuple[int, int] | None = None
    best_score = 0
    ends = {end for _, end in holes}
    pieces = _pieces(line.text, holes)
    for start, end in _split_about(pieces, cues, languages, line.text, things) if what == "title" else pieces:
        if (
            start
            and line.text[start] in PARTICLES
            and (line.text[start - 1] == " " or (start in ends and not any(s <= start < e for s, e in things)))
            and line.text[start : start + 2].strip()
            and not line.text.startswith(NO_PARTICLES, start)
        ):
            start += 2 if line.text.startswith(PAIRS, start) else 1
        begin = start
        start, end = trim(line.text, start, end, things, languages, what)
        start, end = _without_verb(line.text, start, end, things, languages, what)
        start, end = _past_party(line.text, begin, start, end, cues, languages)
        if named:
            start = after_holder(line.text, start, end, cues, languages)
            stop = name_end(line.text, start, end, cues, languages)
            start, end = trim(line.text, start, stop, things, languages) if stop < end else (start, end)
        elif what == "title":
            thing = thing_of(line.text, start, end, cues, languages)
            start, end = trim(line.text, *thing, things, languages) if thing != (start, end) else thing
        if what != "task":
            noun = noun_of(line.text, start, end, things, languages, named=named)
            start, end = trim(line.text, *noun, things, languages, what) if noun != (start, end) else noun
            if nameless(line.text, (start, end), cues, things, languages, named=named, event=event, finding=finding):
                continue
        score = _score(line.text, start, end, cues, languages, near, what)
        if score and what == "title" and not named and line.text.startswith(listed(languages, "matter_marks"), end):
            score += 4  # 予算の件で打ち合わせ
        weak = what == "title" and best is not None and line.text[slice(*best)] in listed(languages, "weak_titles")
        if score and (what == "task" or weak) and _is_told(line.text, begin, languages, "topic" if weak else what):
            score += 5
        if known and not calls_itself(line.text, start, end, cues, languages):
            continue
        if score > best_score:
            best, best_score = (start, end), score
    return None if best is None else tidy(line.raw[best[0] : best[1]])


def _without_verb(
    text: str, start: int, end: int, things: frozenset[tuple[int, int]], languages: tuple[str, ...], what: str
) -> tuple[int, int]:
    """ "The site visit won't be going ahead" is about the site visit."""
    verbs = _verbs(languages) if what == "title" else None
    for found in verbs.finditer(text, start, end) if verbs else ():
        if any(s <= found.start() < e for s, e in things):
            continue
        before = trim(text, start, found.start(), things, languages, what)
        if has_content(text, *before) and not is_generic(text[slice(*before)], languages):
            return before
        start, end = trim(text, found.end(), end, things, languages, what)
    return start, end


def _is_talk(said: str, languages: tuple[str, ...]) -> bool:
    """ "He's on leave" says why, not what."""
    begun = (said[len(word) :] for word in listed(languages, "title_not") if said.startswith(word))
    return any(not rest or not (is_word(rest[0]) or rest[0] in "-'") for rest in begun)


def _is_told(text: str, begin: int, languages: tuple[str, ...], what: str) -> bool:
    """What somebody is to be reminded of, or to do, or what a call is about: "to", "that", "about" say so."""
    before = text[:begin].rstrip()
    while begin < len(text) and text[begin] == " ":
        begin += 1
    marks = listed(languages, f"{what}_marks")
    return text.startswith(marks, begin) or before.endswith(":") or f" {before.rpartition(' ')[2]} ".lstrip() in marks


_WORKS_ON = ("活动", "方案", "项目", "计划", "专项", "大促", "课程", "版本", "需求", "功能")
_DOING = frozenset(
    {"汇报", "演示", "对接", "交接", "评审", "复盘", "培训", "验收", "盘点", "述职", "宣讲", "分享", "签约"}
)


_PAST = frozenset("的了去来年期程分会渡敏滤往得不后")  # after 过, which then goes over nothing


def _past_party(text: str, begin: int, start: int, end: int, cues: Cues, languages: tuple[str, ...]) -> tuple[int, int]:
    """跟供应商谈价格 is about the price; 跟客户吃饭 says with whom or nothing at all."""
    party = next((h for h in cues.of("with") if begin <= h.start and h.end == start), None)
    if party is None or not HAN.match(text[start : start + 1]):
        return start, end
    verbs = [h for h in cues.of("talk_over", "book") if start + 1 < h.start <= start + 8 and h.end <= end]
    verb = next((h for h in verbs if len(h.pieces) == 1), None)
    over = text.find("过", start + 2, min(end - 2, start + 7))
    if verb is None and over > 0 and text[over + 1] not in _PAST:
        return over, end
    if verb is None:  # 跟老板汇报进展
        kinds = (h for h in cues.of("kind", "kept") if start + 1 < h.start <= start + 6 and h.end < end - 1)
        at = next((h.start for h in kinds if text[h.start : h.end] in _DOING), start)
        return at, end
    if verb.name == "talk_over" and max(h.end for h in verbs if h.start == verb.start) >= end:
        return party.start, end
    return trim(text, verb.start, end, things_of(cues), languages)


def _split_about(
    pieces: list[tuple[int, int]], cues: Cues, languages: tuple[str, ...], text: str, things: frozenset[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Before and after "about": a call about pricing is "pricing", a design review about the API a "design review"."""
    marks = cues.of("about")
    if not marks:
        return pieces
    out: list[tuple[int, int]] = []
    for start, end in pieces:
        mark = next((h for h in marks if start <= h.start and h.end < end), None)
        if mark is None:
            out.append((start, end))
            continue
        lead = trim(text, start, mark.start, things, languages)
        said = text[slice(*lead)]
        empty = is_generic(said, languages) or not has_content(text, *lead) or _is_talk(said, languages)
        if empty or said in listed(languages, "weak_titles"):
            out.append((mark.end, end))
        else:
            out.append((start, mark.start))
    return out


def tidy(words: str) -> str:
    return " ".join(words.split())


def _pieces(text: str, holes: Places) -> list[tuple[int, int]]:
    """What lies between holes, clause by clause."""
    taken = bytearray(len(text))
    for start, end in holes:
        for i in range(max(0, start), min(len(text), end)):
            taken[i] = 1
    out: list[tuple[int, int]] = []
    begin = -1
    for i in range(len(text) + 1):
        stop = i == len(text) or taken[i] or (text[i] in CLAUSE_END and not inside_word(text, i))
        if stop and begin >= 0:
            out.append((begin, i))
            begin = -1
        elif not stop and begin < 0:
            begin = i
    return out


def _score(text: str, start: int, end: int, cues: Cues, languages: tuple[str, ...], near: Places, what: str) -> int:
    """How much a trimmed piece looks like the name of a meeting; 0: not at all."""
    said = text[start:end]
    things = [h for h in cues.of("kind", "talk_over") if start <= h.start and h.end <= end]
    if not (has_content(text, start, end) or things) or is_generic(said, languages):
        return 0
    if any((h.start, h.end) == (start, end) for h in cues.of("plain")):
        return 0
    if what == "title" and _is_talk(said, languages):
        return 0
    if said.startswith(listed(languages, "never_first")) or (
        (never := any_of(languages, "never")) and never.search(said)
    ):
        return 0
    score = 4
    if said not in listed(languages, "plain_kinds") and (things or said.endswith(listed(languages, "kind_suffix"))):
        score += 3
    if what != "task" and any(h.start < end and start < h.end for h in cues.of("reason", "talk")):
        score -= 3

    lo, hi = clause_of(text, start, end)
    if any(lo <= s and e <= hi for s, e in near):
        score += 2
    if end - start > 60:
        score -= 2
    return max(score, 1) if score > 0 else 0


def things_of(cues: Cues) -> frozenset[tuple[int, int]]:
    return frozenset((h.start, h.end) for h in cues.of(*_THINGS) if len(h.pieces) == 1)


def is_generic(words: str, languages: tuple[str, ...]) -> bool:
    return words.replace(" ", "") in _generic(languages)


def has_content(text: str, start: int, end: int) -> bool:
    """At least two characters of which one is a letter."""
    said = text[start:end]
    letters = sum(c.isalpha() for c in said)
    return letters >= 2 or (letters == 1 and any(HAN.match(c) for c in said) and len(said) >= 2)

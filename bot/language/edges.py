"""What never begins and never ends a subject: function words, commands, punctuation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bot.language.lexicon import listed
from bot.language.text import HAN, is_word

_EDGE = frozenset(' \t\n,.;:!?，。；：！？、-–—~～…·•*#|/\\()（）[]【】<>《》"“”「」『』+=&@')
PARTICLES = frozenset("とにのではをもがへ")  # right after a name or a time
_OPENING = frozenset("間後中内前枠")
NO_PARTICLES = ("とこ", "とき", "はじ")
PAIRS = ("にて", "との", "での", "への")


@dataclass(frozen=True, slots=True)
class Edges:
    """Words that never begin, and never end, a subject; indexed by their outer character."""

    lead: dict[str, tuple[str, ...]]
    trail: dict[str, tuple[str, ...]]
    whole_lead: dict[str, tuple[str, ...]]  # words of a subject that begin like one of those: 留存, 开庭
    whole_trail: dict[str, tuple[str, ...]]  # ... or end like one: 费用, 安全


@cache
def _edges(languages: tuple[str, ...], what: str) -> Edges:
    return Edges(
        _indexed(listed(languages, f"{what}_lead"), 0),
        _indexed(listed(languages, f"{what}_trail"), -1),
        _indexed(listed(languages, "whole_lead"), 0),
        _indexed(listed(languages, "whole_trail"), -1),
    )


def _indexed(words: tuple[str, ...], at: int) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in words:
        if word:
            found.setdefault(word[at], []).append(word)
    return {c: tuple(w) for c, w in found.items()}


def trim(
    text: str, start: int, end: int, things: frozenset[tuple[int, int]], languages: tuple[str, ...], what: str = "title"
) -> tuple[int, int]:
    """Take function words and commands off both ends."""
    edges = _edges(languages, what)
    while start < end:
        before = (start, end)
        while start < end and _at_edge(text[start]):
            start += 1
        while end > start and _at_edge(text[end - 1]):
            end -= 1
        aside = text.find("(", start + 1, end)
        if aside > 0 and text.find(")", aside, end) < 0:  # a remark that a hole has cut open
            end = aside
            continue
        if start >= end:
            break
        words = edges.lead.get(text[start], ())
        if words and text.startswith(words, start, end):  # mostly none does: asked once for all of them
            whole = next((w for w in edges.whole_lead.get(text[start], ()) if text.startswith(w, start, end)), "")
            for word in words:
                if len(word) <= len(whole):
                    break
                if _leads(text, start, end, word, things):
                    start += len(word)
                    break
        if (start, end) == before:
            words = edges.trail.get(text[end - 1], ())
            if not text.endswith(words, start, end):
                break
            whole = next((w for w in edges.whole_trail.get(text[end - 1], ()) if text.endswith(w, start, end)), "")
            for word in words:
                if len(word) <= len(whole):
                    break
                if _trails(text, start, end, word, things):
                    end -= len(word)
                    break
        if (start, end) == before:
            break
    return start, max(start, end)


def _at_edge(c: str) -> bool:
    return c in _EDGE or (c >= "\u2000" and not c.isalnum())


def _leads(text: str, start: int, end: int, word: str, things: frozenset[tuple[int, int]]) -> bool:
    stop = start + len(word)
    if stop > end or not text.startswith(word, start):
        return False
    if word in _OPENING and stop < end and HAN.match(text[stop]):
        return False  # 内容, 中期: one character before another is the beginning of a word
    if word[-1] == "た" and len(word) > 1 and stop < end and "\u3041" <= text[stop] <= "\u3096":
        return False  # 打ち合わせしたい
    if len(word) == 1 and word.isascii() and word.isalpha() and HAN.match(text[stop : stop + 1]):
        return False  # A客户
    if is_word(word[-1]) and stop < len(text) and (is_word(text[stop]) or text[stop] in "-'&/") and stop < end:
        return False
    if len(word) == 1 and "\u3041" <= word <= "\u3096" and stop < end and "\u3041" <= text[stop] <= "\u3096":
        return False  # one kana before kana is the beginning of a word, not a particle
    return not any((s <= start and stop < e <= end) or s < stop < e for s, e in things if s <= start or s < stop)


def _trails(text: str, start: int, end: int, word: str, things: frozenset[tuple[int, int]]) -> bool:
    at = end - len(word)
    if at < start or not text.startswith(word, at):
        return False
    if word == "ー" and at > start and "\u30a1" <= text[at - 1] <= "\u30fa":
        return False  # デイリー
    if is_word(word[0]) and at > start and (is_word(text[at - 1]) or text[at - 1] in "-'&"):
        return False
    return not any(
        s < at < e or (s <= at and e >= end and (s, e) != (at, end) and e - s > len(word)) for s, e in things
    )

"""Phrases that only qualify a noun: a vacation policy chat is a chat, no leave."""

from __future__ import annotations

from bot.language.cues import Cues, Hit
from bot.language.lexicon import leading_word, listed, opens_clause
from bot.language.text import is_word

_VERBS = frozenset({"cancel", "move_to", "move_later", "move_earlier", "change", "longer", "shorter", "undo", "remind"})
_ASKING = _VERBS | {
    *("undo_strong", "leave", "room", "poll", "settings", "search", "share", "subscribe", "agenda", "free", "remove"),
    *("minutes", "calendar", "help", "find_time", "add_in", "add", "next_gap", "accept", "decline", "chat", "loaded"),
}


_IF_ONLY = frozenset({"free", "yesno", "accept", "tentative", "coming"})  # said of a guest: "if she has time"
_BEFORE_VERBS = frozenset("请把我想要能再先就忙来")
_DONE = ("依頼", "希望", "願", "可", "不", "済", "予定", "確認")  # after a noun that is what is done


def without_modifiers(cues: Cues, text: str, languages: tuple[str, ...]) -> Cues:
    """The phrases without those that only qualify a noun: 投票系统评审 is a review, "vacation policy chat" a chat."""
    tails = listed(languages, "qualified")
    suffixes = listed(languages, "kind_suffix") if "ja" in languages else ()
    favours = [(h.start, h.end) for h in cues.of("optional")]
    onwards = [(h.start, h.end) for h in cues.of("scope_following")]
    names: list[tuple[int, int]] = []
    for h in cues.hits:
        tail = _qualifies(h, text, tails, suffixes) if h.name in _ASKING else 0
        if tail:
            names.append((h.start, tail))
    return Cues(
        h
        for h in cues.hits
        if not any(s <= h.start and h.end <= e for s, e in names)
        and (h.name not in _IF_ONLY or not any(s <= h.start and h.end <= e for s, e in favours))
        and (h.name != "move_later" or not any(s <= h.start and h.end <= e for s, e in onwards))
    ).with_names(names)


def _qualifies(hit: Hit, text: str, tails: tuple[str, ...], suffixes: tuple[str, ...]) -> int:
    """Where the noun ends that a phrase qualifies; 0 if it qualifies none."""
    if len(hit.pieces) > 1 or " " in text[hit.start : hit.end]:
        return 0
    last, at = text[hit.end - 1], hit.end
    opens = hit.name in _VERBS and opens_clause(text, hit.start)
    if is_word(last):
        word = leading_word(text[at + 1 :]) if text[at : at + 1] in (" ", "-") and not opens else ""
        return at + 1 + len(word) if word in tails else 0
    if not _is_han(last) or not _is_han(text[at : at + 1]):
        return 0
    tail = next((t for t in tails if text.startswith(t, at)), None)
    if tail is not None:
        verb = opens or (hit.name in _VERBS and text[hit.start - 1] in _BEFORE_VERBS)
        return 0 if verb else at + len(tail)
    end = at
    while end < len(text) and _is_han(text[end]):
        end += 1
    named = suffixes and text[at:end].endswith(suffixes) and not text.startswith(_DONE, at)
    return end if named else 0


def _is_han(c: str) -> bool:
    return "\u3400" <= c <= "\u9fff" or "\u30a1" <= c <= "\u30fc"

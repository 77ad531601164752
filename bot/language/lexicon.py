"""The phrases people use, per language, and one pass over a sentence that finds them all.

``locales/<tag>/lexicon.toml`` holds a table ``[words]``: class -> phrases. A phrase is plain text, with

- ``(a|b)`` either, ``(a|)`` optional;
- ``…`` a gap of a few words inside one sentence ("take … off");
- ``^`` in front: only at the start of a clause; ``$`` behind: only at the end of one;
- ``*`` behind a word in Latin letters: any ending.

A new language is such a file (and its time words): nothing here knows one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, product
from typing import NamedTuple

from bot.language.text import CLAUSE_END, fold, is_word
from bot.resources import locales

FOLDERS = {"zh": "zh_cn", "en": "en_us", "ja": "ja_jp"}
_GAP = 36  # how far apart the halves of a phrase may stand
_SENTENCE_END = frozenset("。.!！?？;；\n")
_FIRST_WORD = re.compile(r"\w+(?:'\w+)*", re.ASCII)
_LATIN = re.compile(r"[a-z+#&/]")
_VERBS = frozenset({"cancel", "move_to", "move_later", "move_earlier", "change", "longer", "shorter", "undo", "remind"})
_ASKING = _VERBS | {
    *("undo_strong", "leave", "room", "poll", "settings", "search", "share", "subscribe", "agenda", "free", "remove"),
    *("minutes", "calendar", "help", "find_time", "add_in", "add", "next_gap", "accept", "decline", "chat", "loaded"),
}
_IF_ONLY = frozenset({"free", "yesno", "accept", "tentative", "coming"})  # said of a guest: "if she has time"
_BEFORE_VERBS = frozenset("请把我想要能再先就忙来")
_DONE = ("依頼", "希望", "願", "可", "不", "済", "予定", "確認")  # after a noun that is what is done
_MASKING = frozenset({"noise", "kept", "room", "kind", "chat", "minutes", "help"})  # hide what lies inside them


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of one class found in a sentence. ``pieces`` are its words when there is a gap in it."""

    name: str
    start: int
    end: int
    pieces: tuple[tuple[int, int], ...]


class _Phrase(NamedTuple):
    parts: tuple[str, ...]
    tail: str  # the last of its parts when there is a gap in it
    names: list[str]
    opens: bool  # only at the start of a clause
    closes: bool  # only at its end
    open_ended: bool  # any ending of the last word


class Cues:
    """The phrases of a sentence, by class."""

    __slots__ = ("_by_name", "hits")

    def __init__(self, hits: Iterable[Hit]) -> None:
        self.hits = tuple(hits)
        self._by_name: dict[str, list[Hit]] = {}
        for hit in self.hits:
            self._by_name.setdefault(hit.name, []).append(hit)

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def any(self, *names: str) -> bool:
        return not self._by_name.keys().isdisjoint(names)

    def of(self, *names: str) -> list[Hit]:
        if len(names) == 1:
            return self._by_name.get(names[0], [])
        return sorted((h for n in names for h in self._by_name.get(n, ())), key=lambda h: h.start)

    def first(self, *names: str) -> Hit | None:
        found = self.of(*names)
        return found[0] if found else None

    def with_names(self, spans: Iterable[tuple[int, int]]) -> Cues:
        """The same and these places as words that belong to a name."""
        names = [Hit("kept", s, e, ((s, e),)) for s, e in spans]
        return Cues((*self.hits, *names)) if names else self

    def without(self, spans: Iterable[tuple[int, int]]) -> Cues:
        """The same without what lies inside these places (names, quoted titles)."""
        taken = list(spans)
        return Cues(h for h in self.hits if not any(s < h.end and h.start < e for s, e in taken)) if taken else self


def expand(phrase: str) -> list[str]:
    """``(a|b) c`` -> ``a c``, ``b c``."""
    if "(" not in phrase:
        return [phrase]
    pieces: list[list[str]] = []
    at, size = 0, len(phrase)
    while at < size:
        start = phrase.find("(", at)
        if start < 0:
            pieces.append([phrase[at:]])
            break
        if start > at:
            pieces.append([phrase[at:start]])
        ways, at = _ways(phrase, start)
        pieces.append(ways)
    return ["".join(chosen) for chosen in product(*pieces)]


def _ways(phrase: str, start: int) -> tuple[list[str], int]:
    """The alternatives of the group that opens here, and where it ends."""
    depth, end, cuts = 0, start, [start]
    for end in range(start, len(phrase)):
        if phrase[end] == "(":
            depth += 1
        elif phrase[end] == ")":
            depth -= 1
            if depth == 0:
                break
        elif phrase[end] == "|" and depth == 1:
            cuts.append(end)
    cuts.append(end)
    return [inner for a, b in pairwise(cuts) for inner in expand(phrase[a + 1 : b])], end + 1


class Lexicon:
    """All phrases of some languages, indexed by how they begin."""

    def __init__(self, tables: Iterable[Mapping[str, Iterable[str]]]) -> None:
        classes: dict[tuple[str, bool, bool, bool], list[str]] = {}
        for table in tables:
            for name, phrases in table.items():
                for phrase in phrases:
                    plain = fold(phrase.strip()).replace("……", "…")
                    for said in expand(plain) + _plurals(name, plain):
                        key = _key(said)
                        if key[0]:
                            names = classes.setdefault(key, [])
                            if name not in names:
                                names.append(name)
        self._index: dict[str, list[_Phrase]] = {}  # by what they begin with, up to a gap
        self._stems: dict[str, list[_Phrase]] = {}  # words with any ending, by their first three letters
        lengths: dict[str, set[int]] = {}
        for (said, opens, closes, open_ended), names in classes.items():
            parts = tuple(part for part in map(str.strip, said.split("…")) if part) if "…" in said else (said,)
            if not parts:
                continue
            head = parts[0]
            tail = parts[-1] if len(parts) > 1 else ""
            entry = _Phrase(parts, tail, names, opens, closes, open_ended)
            begins = _begins(head)
            if open_ended and not tail and begins == head:
                self._stems.setdefault(head[:3], []).append(entry)
            else:
                self._index.setdefault(head, []).append(entry)
                lengths.setdefault(begins, set()).add(len(head))
        # how phrases begin -> how long they are up to a gap, longest first
        self._lengths = {begins: tuple(sorted(found, reverse=True)) for begins, found in lengths.items()}

    def find(self, text: str) -> Cues:
        """Every phrase in the (folded) text, except inside one that says something else ("room" in "roommate")."""
        return _unhidden(self.scan(text))

    def scan(self, text: str) -> list[Hit]:
        out: list[Hit] = []
        tails: dict[str, bool] = {}
        at, size = 0, len(text)
        while at < size:
            c = text[at]
            if c == " ":
                at += 1
            elif is_word(c):
                end = _word_end(text, at)
                word = text[at:end]
                self._match(word, text, at, tails, out)
                self._match(text[at : end + 2], text, at, tails, out)
                for phrase in self._stems.get(word[:3], ()):
                    if word.startswith(phrase.parts[0]) and len(word) - len(phrase.parts[0]) <= 4:
                        _add(phrase, [(at, end)], text, out)
                at = end
            else:
                self._match(text[at : at + 2], text, at, tails, out)
                self._match(c, text, at, tails, out)
                at += 1
        return out

    def _match(self, begins: str, text: str, at: int, tails: dict[str, bool], out: list[Hit]) -> None:
        """Note the phrases that stand at this place."""
        for length in self._lengths.get(begins, ()):
            for phrase in self._index.get(text[at : at + length], ()):
                if not phrase.tail or _holds(text, phrase.tail, tails):
                    _note(phrase, text, at, out)


def _unhidden(hits: Iterable[Hit]) -> Cues:
    """The phrases without those inside a longer one that says something else."""
    kept: list[Hit] = []
    begun, reach = -1, -1  # the mask that reaches furthest so far
    for hit in sorted(hits, key=_place):  # a mask comes first: it begins earlier or, from the same place, goes further
        hidden = hit.end <= reach and (hit.start > begun or hit.end < reach)
        if hidden:
            continue
        kept.append(hit)
        if hit.end > reach and hit.name in _MASKING and len(hit.pieces) == 1:
            begun, reach = hit.start, hit.end
    return Cues(kept)


def _word_end(text: str, at: int) -> int:
    end, size = at + 1, len(text)
    while end < size and (is_word(text[end]) or (text[end] == "'" and end + 1 < size and is_word(text[end + 1]))):
        end += 1
    return end


def _holds(text: str, tail: str, known: dict[str, bool]) -> bool:
    """Whether the second half of a phrase is anywhere in the text; most are not. Asked once a text."""
    held = known.get(tail)
    if held is None:
        held = known[tail] = tail in text
    return held


def _note(phrase: _Phrase, text: str, at: int, out: list[Hit]) -> None:
    pieces: list[tuple[int, int]] = []
    last = len(phrase.parts) - 1
    for number, part in enumerate(phrase.parts):
        if number:
            at = _ahead(text, part, at, phrase.open_ended and number == last)
            if at < 0:
                return
        end = at + len(part)
        if is_word(part[-1]) and end < len(text) and is_word(text[end]):
            if number < last or not phrase.open_ended:
                return
            while end < len(text) and is_word(text[end]):
                end += 1
        pieces.append((at, end))
        at = end
    _add(phrase, pieces, text, out)


def _place(hit: Hit) -> tuple[int, int]:
    return hit.start, -hit.end


def _add(phrase: _Phrase, pieces: list[tuple[int, int]], text: str, out: list[Hit]) -> None:
    start, end = pieces[0][0], pieces[-1][1]
    if phrase.opens and not opens_clause(text, start):
        return
    if phrase.closes and not closes_clause(text, end):
        return
    places = tuple(pieces)
    out.extend(Hit(name, start, end, places) for name in phrase.names)


def _ahead(text: str, part: str, at: int, open_ended: bool) -> int:
    """Where the next half of a phrase begins, not too far on and in the same sentence; -1 if nowhere."""
    stop = min(len(text), at + _GAP + len(part))
    for i in range(at, stop):
        if text[i] in _SENTENCE_END:
            stop = i
            break
    found = text.find(part, at, stop)
    while found >= 0 and not _stands_alone(text, part, found, open_ended):
        found = text.find(part, found + 1, stop)
    return found


def _stands_alone(text: str, part: str, at: int, open_ended: bool) -> bool:
    end = at + len(part)
    if is_word(part[0]) and at and is_word(text[at - 1]):
        return False
    return open_ended or not (is_word(part[-1]) and end < len(text) and is_word(text[end]))


def opens_clause(text: str, at: int) -> bool:
    while at > 0 and text[at - 1] in " \t":
        at -= 1
    return at == 0 or text[at - 1] in CLAUSE_END or not (text[at - 1].isalnum() or text[at - 1] in "\"'@#)）」”")


def closes_clause(text: str, at: int) -> bool:
    if text[at : at + 1] == "-" and text[at + 1 : at + 2].isalnum():
        return False  # "all-day"
    while at < len(text) and text[at] in " \t":
        at += 1
    return at == len(text) or text[at] in CLAUSE_END or not (text[at].isalnum() or text[at] in "\"'@#(（「“$¥")


def _plurals(name: str, phrase: str) -> list[str]:
    """A kind of meeting in Latin letters also as several."""
    countable = name == "kind" and phrase[-1].isascii() and phrase[-1].isalpha() and phrase[-1] != "s"
    return [f"{phrase}s"] if countable and "(" not in phrase else []


def _key(said: str) -> tuple[str, bool, bool, bool]:
    opens, closes = said[:1] == "^", said[-1:] == "$"
    if opens or closes:
        said = said.removeprefix("^").removesuffix("$")
    open_ended = said[-1:] == "*"
    if open_ended:
        said = said[:-1]
    return " ".join(said.split()) if " " in said else said, opens, closes, open_ended


def _begins(head: str) -> str:
    """What a phrase is looked up by: a word, a word and the letter of the next, else its first two characters."""
    if not is_word(head[0]):
        return head[:2]
    word = _leading_word(head)
    return head[: len(word) + 2] if head[len(word) : len(word) + 1] == " " else word


def _leading_word(text: str) -> str:
    found = _FIRST_WORD.match(text)
    return found[0] if found else ""


@cache
def tables(language: str) -> dict[str, dict[str, list[str]]]:
    """The lexicon file of one language, as written."""
    path = locales() / FOLDERS[language] / "lexicon.toml"
    with path.open("rb") as file:
        return tomllib.load(file)


@cache
def lexicon(languages: tuple[str, ...]) -> Lexicon:
    """The phrases of these languages together: chats mix them."""
    return Lexicon(tables(language)["words"] for language in languages)


def phrases_in(text: str, languages: tuple[str, ...]) -> Cues:
    """Every phrase of these languages in a text; English is not even loaded for a text without a Latin letter."""
    spoken = [v for v in languages if v != "en" or len(languages) == 1 or _LATIN.search(text)]
    return _unhidden(dict.fromkeys(hit for v in spoken for hit in lexicon((v,)).scan(text)))


@cache
def listed(languages: tuple[str, ...], name: str) -> tuple[str, ...]:
    """A plain list of the ``[lists]`` table, longest first, over these languages."""
    found = {fold(w) for language in languages for p in tables(language)["lists"].get(name, ()) for w in expand(p)}
    return tuple(sorted(found, key=lambda w: (-len(w), w)))


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
        word = _leading_word(text[at + 1 :]) if text[at : at + 1] in (" ", "-") and not opens else ""
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

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
from functools import cache
from itertools import pairwise, product
from typing import NamedTuple

from bot.language.cues import Cues, Hit
from bot.language.text import CLAUSE_END, fold, is_word
from bot.resources import locales

FOLDERS = {"zh": "zh_cn", "en": "en_us", "ja": "ja_jp"}
_GAP = 36  # how far apart the halves of a phrase may stand
_SENTENCE_END = frozenset("。.!！?？;；\n")
_FIRST_WORD = re.compile(r"\w+(?:'\w+)*", re.ASCII)
_LATIN = re.compile(r"[a-z+#&/]")
_MARKS = frozenset("^$*…")
_MASKING = frozenset({"noise", "kept", "room", "kind", "chat", "minutes", "help"})  # hide what lies inside them


class _Phrase(NamedTuple):
    parts: tuple[str, ...]
    tail: str  # the last of its parts when there is a gap in it
    names: tuple[str, ...]
    opens: bool  # only at the start of a clause
    closes: bool  # only at its end
    open_ended: bool  # any ending of the last word


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
        self._plain: dict[str, tuple[str, ...]] = {}  # phrase -> classes, if nothing more is asked of it: most of them
        self._marked: dict[str, list[_Phrase]] = {}  # the others by what they begin with, up to a gap
        self._stems: dict[str, list[_Phrase]] = {}  # words with any ending, by their first three letters
        lengths: dict[str, set[int]] = {}
        marked: dict[tuple[str, bool, bool, bool], list[str]] = {}
        for table in tables:
            for name, phrases in table.items():
                alone = (name,)  # one tuple for all: tens of thousands are read
                for phrase in phrases:
                    folded = fold(phrase.strip()).replace("……", "…")
                    if not _MARKS.isdisjoint(folded):
                        for said in expand(folded):
                            names = marked.setdefault(_key(said), [])
                            if name not in names:
                                names.append(name)
                        continue
                    for each in expand(folded) + _plurals(name, folded):
                        said = " ".join(each.split()) if " " in each else each
                        known = self._plain.get(said)
                        if known is None:
                            self._plain[said] = alone
                            _lengthen(lengths, said)
                        elif name not in known:
                            self._plain[said] = (*known, name)
        for (said, opens, closes, open_ended), names in marked.items():
            parts = tuple(part for part in map(str.strip, said.split("…")) if part)
            if not parts:
                continue
            entry = _Phrase(parts, parts[-1] if len(parts) > 1 else "", tuple(names), opens, closes, open_ended)
            if open_ended and not entry.tail and _begins(parts[0]) == parts[0]:
                self._stems.setdefault(parts[0][:3], []).append(entry)
            else:
                self._marked.setdefault(parts[0], []).append(entry)
                _lengthen(lengths, parts[0])
        # how phrases begin -> how long they are up to a gap, longest first
        self._lengths = {begins: tuple(sorted(found, reverse=True)) for begins, found in lengths.items()}

    def find(self, text: str) -> Cues:
        """Every phrase in the (folded) text, except inside one that says something else ("room" in "roommate")."""
        return _unhidden(self.scan(text))

    def scan(self, text: str) -> list[Hit]:
        out: list[Hit] = []
        tails: dict[str, bool] = {}
        lengths = self._lengths
        at, size = 0, len(text)
        while at < size:
            c = text[at]
            if c == " ":
                at += 1
            elif is_word(c):
                end = _word_end(text, at)
                word = text[at:end]
                for begins in (word, text[at : end + 2]):
                    if begins in lengths:
                        self._match(begins, text, at, tails, out)
                for phrase in self._stems.get(word[:3], ()):
                    if word.startswith(phrase.parts[0]) and len(word) - len(phrase.parts[0]) <= 4:
                        _add(phrase, [(at, end)], text, out)
                at = end
            else:
                for begins in (text[at : at + 2], c):
                    if begins in lengths:
                        self._match(begins, text, at, tails, out)
                at += 1
        return out

    def _match(self, begins: str, text: str, at: int, tails: dict[str, bool], out: list[Hit]) -> None:
        """Note the phrases that stand at this place."""
        for length in self._lengths[begins]:
            end = at + length
            if end > len(text):
                continue
            said = text[at:end]
            names = self._plain.get(said)
            if names is not None and not (end < len(text) and is_word(said[-1]) and is_word(text[end])):
                places = ((at, end),)
                out.extend(Hit(name, at, end, places) for name in names)
            for phrase in self._marked.get(said, ()):
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


def _lengthen(lengths: dict[str, set[int]], head: str) -> None:
    begins = _begins(head)
    found = lengths.get(begins)
    if found is None:
        lengths[begins] = {len(head)}
    else:
        found.add(len(head))


def _begins(head: str) -> str:
    """What a phrase is looked up by: a word, a word and the letter of the next, else its first two characters."""
    if not is_word(head[0]):
        return head[:2]
    word = leading_word(head)
    return head[: len(word) + 2] if head[len(word) : len(word) + 1] == " " else word


def leading_word(text: str) -> str:
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

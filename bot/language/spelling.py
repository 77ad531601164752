"""Slips of the fingers in the words of scheduling: "shedule", "tommorow's", "avaliable", "confrence room".

Only words a list in the lexicon names (``spelled``) are ever meant, and only one slip away: two letters swapped, one
lost, one doubled, one vowel for another, or an apostrophe left out. Whatever is a word of its own (``own_words``:
"meting", "canceled"), a name of somebody here, quoted, code or part of an address stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from itertools import pairwise

from bot.domain.intent import Sentence
from bot.language.lexicon import listed
from bot.language.text import LONGEST, read_line

_LANGUAGE = ("en",)
_SHORTEST = 6  # letters of a word that is recognised with a slip in it
_WORD = re.compile(r"(?<![\w@#.'/_-])[a-z]{2,15}(?![\w@/]|\.\w)", re.ASCII | re.IGNORECASE)
_VOWELS = "aeiou"


def respelled(sentence: Sentence) -> Sentence:
    """The sentence with the words put right whose slips nobody can mean otherwise."""
    text = sentence.text
    if _WORD.search(text, 0, LONGEST) is None:
        return sentence
    slips = _slips()
    found = [(m, slips[said]) for m in _WORD.finditer(text, 0, LONGEST) if (said := m[0].lower()) in slips]
    if not found:
        return sentence
    kept = _kept_words(sentence)
    line = read_line(text)
    out, at = [], 0
    for m, meant in found:
        quoted = any(q.start <= m.start() < q.end for q in line.quotes)
        blank = m.start() >= len(line.text) or line.text[m.start()] == " "
        if quoted or blank or m[0].lower() in kept or (m[0].isupper() and len(m[0]) < _SHORTEST):
            continue
        out += [text[at : m.start()], meant.capitalize() if m[0][0].isupper() else meant]
        at = m.end()
    return replace(sentence, text="".join(out) + text[at:]) if out else sentence


def _kept_words(sentence: Sentence) -> set[str]:
    """The words of everybody's names."""
    people = (*sentence.mentions, *sentence.members, *((sentence.sender,) if sentence.sender else ()))
    return {word for p in people for word in p.name.lower().split()}


@cache
def _slips() -> dict[str, str]:
    """Slip -> the word meant; a slip of two different words is none."""
    words = {*listed(_LANGUAGE, "spelled")}
    own = words | set(listed(_LANGUAGE, "own_words"))
    out: dict[str, str] = {}
    twice: set[str] = set()
    for word in sorted(words):
        for slip in _slips_of(word):
            if len(slip) < _SHORTEST - 1 or slip in own:
                continue
            if out.setdefault(slip, word) != word:
                twice.add(slip)
    for pair in listed(_LANGUAGE, "slips"):
        slip, _, word = pair.partition(">")
        out[slip] = word
        twice.discard(slip)
    return {slip: word for slip, word in out.items() if slip not in twice}


def _slips_of(word: str) -> Iterable[str]:
    if len(word) < _SHORTEST:
        return
    for i, (a, b) in enumerate(pairwise(word)):
        head, tail = word[:i], word[i + 2 :]
        if not i:  # the first letter is rarely wrong
            continue
        yield head + b + tail  # a letter lost
        yield head + a + a + b + tail  # a letter doubled
        if a != b:
            yield head + b + a + tail  # two letters swapped
        if a in _VOWELS and len(word) > _SHORTEST:
            yield from (head + v + b + tail for v in _VOWELS if v != a)
    yield word + word[-1]
    if len(word) > _SHORTEST + 1:
        yield word[:-1]

"""Words that matter for times, with what each can mean; built from the per-language tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.domain.timelang.text import normalise


def word_set(text: str) -> frozenset[str]:
    """``a|b c`` -> the set of its words and phrases."""
    return frozenset(text.split("|"))


# tag -> value -> "surface|surface|…"
Table = Mapping[str, Mapping[Any, str]]


class Lexicon:
    """Surface -> tags. Latin words are looked up by whole words, the others by the longest match at a place."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self.words: dict[str, dict[str, Any]] = {}
        self.phrases: dict[str, tuple[int, ...]] = {}  # first Latin word -> numbers of words, longest first
        self.lengths: dict[str, tuple[int, ...]] = {}  # first character -> lengths, longest first
        self.seconds: dict[
            str, set[str]
        ] = {}  # first Latin word -> how second words begin, to rule phrases out at once
        counts: dict[str, set[int]] = {}
        lengths: dict[str, set[int]] = {}
        for table in tables:
            for tag, values in table.items():
                for value, surfaces in values.items():
                    for given in surfaces.split("|"):
                        surface = given if given.isascii() else normalise(given).norm
                        self.words.setdefault(surface, {}).setdefault(tag, value)
                        if surface[0].isascii() and surface[0].isalpha():
                            first, _, second = surface.partition(" ")
                            counts.setdefault(first, set()).add(surface.count(" ") + 1)
                            if "-" in first:
                                counts.setdefault(first.split("-")[0], set()).add(surface.count(" ") + 1)
                            if second:
                                self.seconds.setdefault(first, set()).add(second[:2].ljust(2))
                        else:
                            lengths.setdefault(surface[0], set()).add(len(surface))
        self.phrases = {word: tuple(sorted(found, reverse=True)) for word, found in counts.items()}
        self.lengths = {char: tuple(sorted(found, reverse=True)) for char, found in lengths.items()}

"""The phrases found in a sentence, by class."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of one class found in a sentence. ``pieces`` are its words when there is a gap in it."""

    name: str
    start: int
    end: int
    pieces: tuple[tuple[int, int], ...]


class Cues:
    """The phrases of a sentence, by class."""

    __slots__ = ("_by_name", "_names", "hits")

    def __init__(self, hits: Iterable[Hit]) -> None:
        self.hits = tuple(hits)
        self._by_name: dict[str, list[Hit]] = {}
        for hit in self.hits:
            self._by_name.setdefault(hit.name, []).append(hit)
        self._names = self._by_name.keys()

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def any(self, *names: str) -> bool:
        return not self._names.isdisjoint(names)

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

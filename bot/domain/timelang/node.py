"""One phrase of a sentence, before anybody asks what it means today."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.timelang.spec import Length, Spec


@dataclass(slots=True)
class Node:
    """One phrase: tokens ``start`` to ``end``, its shape, its moments."""

    start: int
    end: int
    shape: str  # moment range from until before after within inside length impossible
    a: Spec | None = None
    b: Spec | None = None
    length: Length | None = None
    role: str | None = None

    @property
    def head(self) -> Spec:
        return self.a if self.a is not None else Spec()

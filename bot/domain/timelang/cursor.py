"""The tokens of one text, and questions about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Literal

from bot.domain.timelang.lexicon import word_set
from bot.domain.timelang.spec import Length
from bot.domain.timelang.text import Text
from bot.domain.timelang.tokens import Token

Fragment = dict[str, Any]
Found = tuple[Fragment, int]
Language = Literal["zh", "en", "ja"]
MOVES = word_set(
    "move|moved|moving|reschedule|rescheduled|shift|shifted|change|changed|push|pushed|pull|pulled|"
    "bring|switch|swap|bump|postpone|postponed|改|挪|移|换|调"
)
END = Token(0, 0, "")
_PADDING = [END] * 64


class Cursor:
    """Random access to tokens; beyond either end stands an empty one."""

    __slots__ = ("_padded", "_tags", "_texts", "lang", "lengths", "moved_at", "size", "source", "tokens")

    def __init__(self, source: Text, tokens: list[Token], lang: Language) -> None:
        self.source = source
        self.tokens = tokens
        self.size = len(tokens)
        self.lang = lang
        # Asked hundreds of times a sentence, so without a test of bounds: what stands before the first is found at the
        # negative end of the list, and no phrase looks further beyond the last than the padding reaches.
        self._padded = tokens + _PADDING
        self._tags = [token.tags for token in self._padded]
        self._texts = [token.text for token in self._padded]
        self.lengths: dict[tuple[int, bool], tuple[Length, int] | None] = {}  # read already, by place
        # where the first word stands that moves something to another time
        self.moved_at = next((i for i, token in enumerate(tokens) if token.text in MOVES), self.size)

    def at(self, i: int) -> Token:
        return self._padded[i]

    def tags(self, i: int) -> dict[str, Any]:
        return self._tags[i]

    def has(self, i: int, *names: str) -> bool:
        tags = self._tags[i]
        for name in names:  # noqa: SIM110 - called a hundred times a sentence: no generator
            if name in tags:
                return True
        return False

    def text(self, i: int) -> str:
        return self._texts[i]

    def num(self, i: int) -> int | None:
        value = self._tags[i].get("num")
        return value if isinstance(value, int) else None

    @property
    def moves(self) -> bool:
        """Whether the sentence moves something to another time."""
        return self.moved_at < self.size

    def glued(self, i: int) -> bool:
        """No blank between token i-1 and token i."""
        return 0 < i < self.size and not self.tokens[i].space

    def cjk(self, i: int) -> bool:
        text = self._texts[i]
        return bool(text) and not text[0].isascii()

    def skip(self, i: int, *names: str, most: int = 3) -> int:
        """The first place from i on that has none of these tags."""
        for _ in range(most):
            if not self.has(i, *names):
                break
            i += 1
        return i

    def capital(self, i: int) -> bool:
        """Whether the person wrote it with a capital."""
        token = self.at(i)
        if not token.text:
            return False
        given = self.source.given[self.source.origin[token.start]]
        return given.isupper()


Reader = Callable[[Cursor, int], Found | None]


def by_tag(readers: Sequence[tuple[str, Reader]]) -> Reader:
    """One reader of many: at each token the first that can, of those named for a tag it has, in their order."""

    @lru_cache(maxsize=2048)
    def able(names: tuple[str, ...]) -> tuple[Reader, ...]:
        return tuple(reader for name, reader in readers if name in names)

    def read(c: Cursor, i: int) -> Found | None:
        tags = c.tags(i)
        if not tags:
            return None
        for reader in able(tuple(tags)):
            found = reader(c, i)
            if found is not None:
                return found
        return None

    return read

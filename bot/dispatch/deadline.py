"""How long a tap may take. The platform gives up after three seconds; we answer with a toast before that."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

ANSWER_WITHIN = 2.5  # seconds until the edge answers with a toast instead
CARRY_UNTIL = 2.2  # seconds until which a finished card still travels in the answer; later it is patched in


class Deadlines:
    """Which taps still have somebody waiting for the HTTP answer, by the update's key."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._since: dict[str, float] = {}

    @contextmanager
    def waiting(self, key: str) -> Iterator[None]:
        """Hold the line open for this update while its answer is awaited."""
        self._since[key] = self._monotonic()
        try:
            yield
        finally:
            self._since.pop(key, None)

    def open(self, key: str) -> bool:
        """Whether an answer given now still reaches the person through the HTTP response."""
        since = self._since.get(key)
        return since is not None and self._monotonic() - since < CARRY_UNTIL

"""Answers of the platform that stay good for a moment, so that a busy chat does not ask the same thing twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.clock import Clock

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """A small map whose entries are forgotten after ``ttl``, oldest first beyond ``most``."""

    def __init__(self, clock: Clock, ttl: timedelta, most: int = 2000) -> None:
        self._clock, self._ttl, self._most = clock, ttl, most
        self._kept: dict[K, tuple[datetime, V]] = {}

    def get(self, key: K) -> V | None:
        kept = self._kept.get(key)
        return kept[1] if kept is not None and self._clock.now() - kept[0] < self._ttl else None

    def put(self, key: K, value: V) -> None:
        self._kept.pop(key, None)
        self._kept[key] = (self._clock.now(), value)
        while len(self._kept) > self._most:
            self._kept.pop(next(iter(self._kept)))

"""What is remembered about the app's calls, how they can be made to fail, and how many are allowed."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.emulator.kernel import Json, Refusal

FREQUENCY = 99991400
CHAT_FREQUENCY = 230020


@dataclass(slots=True)
class Fault:
    """The next ``times`` calls of one endpoint misbehave. ``method`` PUSH with an event type is about deliveries."""

    method: str
    path: str
    times: int
    status: int | None = None
    code: int | None = None
    delay_ms: int = 0
    drop: bool | str = False
    duplicate: bool = False

    def takes(self, method: str, path: str) -> bool:
        """Whether this call is one of those; counts it."""
        if self.times <= 0 or (self.method, self.path) != (method, path):
            return False
        self.times -= 1
        return True


@dataclass(slots=True)
class Limits:
    """The gateway's two figures per call and the five messages a second per chat."""

    _seen: defaultdict[str, deque[datetime]] = field(default_factory=lambda: defaultdict(deque))

    def take(self, name: str, figures: str | None, now: datetime) -> tuple[int, int] | None:
        """Count one call; (limit, seconds to wait) when it is one too many."""
        for figure in (figures or "").split(","):
            amount, _, unit = figure.strip().partition("/")
            if not amount.isdigit():
                continue
            span = timedelta(minutes=1) if unit == "min" else timedelta(seconds=1)
            wait = self._count(f"{name}/{unit}", int(amount), span, now)
            if wait is not None:
                return int(amount), max(1, round(wait.total_seconds()))
        return None

    def chat(self, chat_id: str, now: datetime) -> None:
        if self._count(f"chat/{chat_id}", 5, timedelta(seconds=1), now) is not None:
            raise Refusal(CHAT_FREQUENCY)

    def _count(self, key: str, most: int, span: timedelta, now: datetime) -> timedelta | None:
        seen = self._seen[key]
        while seen and seen[0] <= now - span:
            seen.popleft()
        if len(seen) >= most:
            return seen[0] + span - now
        seen.append(now)
        return None


def idempotency_key(params: Json, body: Json) -> str | None:
    """The caller's own key against doing a thing twice, wherever the endpoint wants it."""
    for place in (params, body):
        for name in ("idempotency_key", "uuid", "client_token"):
            if isinstance(value := place.get(name), str):
                return value
    return None

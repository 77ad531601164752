"""Identifiers with the platform's shapes, the same on every run of the same seed."""

from __future__ import annotations

import uuid
from collections import Counter
from hashlib import sha256

LASTING = frozenset({"bot", "message", "event", "token", "code", "log", "calendar_event"})


class Ids:
    """Each kind of thing counts for itself, so adding a room never renames the people."""

    def __init__(self, seed: str = "daylark") -> None:
        self._seed = seed
        self._counts: Counter[str] = Counter()

    def restart(self) -> None:
        """Name people and chats as the first time again. What others may remember as seen (messages, pushes, tokens)
        never repeats: a bot that skips repeats would otherwise ignore everything after a reset."""
        self._counts = Counter({kind: n for kind, n in self._counts.items() if kind in LASTING})

    def hex(self, kind: str, length: int = 32) -> str:
        self._counts[kind] += 1
        return sha256(f"{self._seed}/{kind}/{self._counts[kind]}".encode()).hexdigest()[:length]

    def uuid(self, kind: str) -> str:
        return str(uuid.UUID(hex=self.hex(kind), version=4))

    def digits(self, kind: str, length: int = 19) -> str:
        number = str(int(self.hex(kind), 16))[: length - 1]
        return "7" + number.rjust(length - 1, "1")

    def app(self) -> str:
        return f"cli_{self.hex('app', 16)}"

    def open_id(self) -> str:
        return f"ou_{self.hex('open_id')}"

    def bot(self) -> str:
        return f"ou_{self.hex('bot')}"

    def union_id(self) -> str:
        return f"on_{self.hex('union_id')}"

    def user_id(self) -> str:
        return self.hex("user_id", 8)

    def chat(self) -> str:
        return f"oc_{self.hex('chat')}"

    def message(self) -> str:
        return f"om_{self.hex('message')}"

    def thread(self) -> str:
        return f"omt_{self.hex('thread', 16)}"

    def room(self) -> str:
        return f"omm_{self.hex('room')}"

    def room_level(self) -> str:
        return f"omb_{self.hex('room_level')}"

    def event(self) -> str:
        """The id of one push."""
        return self.hex("event")

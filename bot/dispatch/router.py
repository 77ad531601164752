"""Which handler answers what: one table for what is asked in words, one for taps. Two for one thing fail at import."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any, TypeVar

from bot.cards.actions import Action
from bot.dispatch.context import Context, Tap
from bot.dispatch.replies import Replies
from bot.domain.intent import Ask, Intent

AskHandler = Callable[[Intent, Context], Awaitable[Replies]]
CommandHandler = Callable[[Context], Awaitable[Replies]]
TapHandler = Callable[[Tap, Context], Awaitable[Replies]]
A = TypeVar("A", bound=AskHandler)
B = TypeVar("B", bound=TapHandler)
C = TypeVar("C", bound=CommandHandler)


class Router:
    """The handlers of one feature, or of all when ``including`` others."""

    def __init__(self) -> None:
        self.asks: dict[Ask, AskHandler] = {}
        self.taps: dict[type[Action], TapHandler] = {}
        self.commands: dict[str, CommandHandler] = {}

    def ask(self, *asks: Ask) -> Callable[[A], A]:
        """Register the handler of these intents, by sentence or by slash command alike."""

        def register(handler: A) -> A:
            for ask in asks:
                self._claim(self.asks, ask, handler)
            return handler

        return register

    def command(self, *names: str) -> Callable[[C], C]:
        """Register the handler of slash commands that no sentence can mean instead."""

        def register(handler: C) -> C:
            for name in names:
                self._claim(self.commands, name, handler)
            return handler

        return register

    def tap(self, *actions: type[Action]) -> Callable[[B], B]:
        """Register the handler of taps on buttons that carry these actions."""

        def register(handler: B) -> B:
            for kind in actions:
                self._claim(self.taps, kind, handler)
            return handler

        return register

    @classmethod
    def including(cls, routers: Iterable[Router]) -> Router:
        """One router with everything the others answer."""
        whole = cls()
        for router in routers:
            for ask, ask_handler in router.asks.items():
                cls._claim(whole.asks, ask, ask_handler)
            for kind, tap_handler in router.taps.items():
                cls._claim(whole.taps, kind, tap_handler)
            for name, command_handler in router.commands.items():
                cls._claim(whole.commands, name, command_handler)
        return whole

    @staticmethod
    def _claim(table: dict[Any, Any], key: object, handler: object) -> None:
        if key in table:
            raise ValueError(f"two handlers for {key}: {table[key]!r} and {handler!r}")
        table[key] = handler

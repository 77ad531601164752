"""Calls side by side, with the first trouble as itself rather than wrapped in a group."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any, TypeVar

from bot.domain.span import Span

T = TypeVar("T")


async def together(calls: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """Every result in the order of the calls; when one fails the others are cancelled and it is raised."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(call) for call in calls]
    except BaseExceptionGroup as failures:
        raise failures.exceptions[0] from None
    return [task.result() for task in tasks]


def pieces(span: Span, most: timedelta) -> Iterator[Span]:
    """The span in parts of at most ``most``."""
    start = span.start
    while start < span.end:
        end = min(start + most, span.end)
        yield Span(start, end)
        start = end


def batches(items: Sequence[T], size: int) -> Iterator[list[T]]:
    """The items in lists of at most ``size``."""
    for start in range(0, len(items), size):
        yield list(items[start : start + size])

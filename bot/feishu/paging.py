"""Lists that come in pages: go on while there is more, never by how long a page is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Protocol, TypeVar


class Page(Protocol):
    """What every paged answer has. Calls without ``has_more`` leave it true and end with an empty token."""

    @property
    def page_token(self) -> str: ...
    @property
    def has_more(self) -> bool: ...


P = TypeVar("P", bound=Page)


async def pages(fetch: Callable[[str | None], Awaitable[P]]) -> AsyncIterator[P]:
    """Every page in order; a page may be short or empty while there are more."""
    token: str | None = None
    while True:
        page = await fetch(token)
        yield page
        if not page.has_more or not page.page_token or page.page_token == token:
            return
        token = page.page_token

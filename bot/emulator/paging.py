"""Long answers in pages, with tokens that only fit the list they came from."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from bot.emulator.kernel import Json, Refusal

T = TypeVar("T")
MARK = "page/"


def token(position: int) -> str:
    return base64.urlsafe_b64encode(f"{MARK}{position}".encode()).decode()


def position(text: str | None, *, wrong: int) -> int:
    """Where a page starts; ``wrong`` is the endpoint's code for a token that is none."""
    if not text:
        return 0
    try:
        plain = base64.urlsafe_b64decode(text.encode()).decode()
    except ValueError:
        raise Refusal(wrong, msg="invalid page_token") from None
    if not plain.startswith(MARK) or not plain[len(MARK) :].isdigit():
        raise Refusal(wrong, msg="invalid page_token")
    return int(plain[len(MARK) :])


def page(
    rows: Sequence[T], params: Mapping[str, Any], show: Callable[[T], Json], *, wrong: int, key: str = "items"
) -> Json:
    """One page of ``rows`` as the platform's lists answer."""
    start, size = position(params.get("page_token"), wrong=wrong), params["page_size"]
    shown = rows[start : start + size]
    more = start + size < len(rows)
    answer: Json = {key: [show(row) for row in shown], "has_more": more, "page_token": ""}
    if more:
        answer["page_token"] = token(start + size)
    return answer

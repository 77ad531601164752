"""What every service of the emulator is written with: a call, a caller, a refusal, and the table of endpoints.

A service module registers plain synchronous functions under the names of the contract
(``calendar.v4.freebusy.batch``). By the time a function runs, the request has passed everything the contract can
check by itself: route, token kind, scopes, parameters, types, limits. The function holds the rules of state.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from bot.emulator.state import World

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: the app (tenant token), a person (user token), or nobody (no token)."""

    kind: Literal["tenant", "user", "none"]
    app_id: str | None = None
    open_id: str | None = None  # the person, for a user token
    scopes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Call:
    """One validated request. ``params`` holds path and query parameters, converted and with defaults filled in."""

    name: str
    world: World
    caller: Caller
    params: Mapping[str, Any]
    body: Json


class Refusal(Exception):
    """The platform says no: the documented code; status and wording come from the contract's row for the endpoint."""

    def __init__(self, code: int, *, msg: str | None = None, http: int | None = None, error: Json | None = None):
        super().__init__(code, msg)
        self.code, self.msg, self.http, self.error = code, msg, http, error


Endpoint = Callable[[Call], Json]
ENDPOINTS: dict[str, Endpoint] = {}


def endpoint(name: str) -> Callable[[Endpoint], Endpoint]:
    """Register the function that answers the contract's endpoint ``name``; twice is a mistake found at import."""

    def register(function: Endpoint) -> Endpoint:
        if name in ENDPOINTS:
            raise ValueError(f"two functions answer {name}")
        ENDPOINTS[name] = function
        return function

    return register

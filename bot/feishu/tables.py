"""All platform calls this bot makes, in one table: for the list of scopes, and to import their classes at start."""

from __future__ import annotations

from collections.abc import Mapping

from bot.feishu import auth, bot, calendar_endpoints, calendars, chats, contact, im, meetings, personal, vc
from bot.feishu.endpoint import Endpoint

ENDPOINTS: tuple[Endpoint, ...] = tuple(
    value for module in (auth, bot, im, chats, contact, calendar_endpoints, calendars, meetings, personal, vc)
    for value in vars(module).values()
    if isinstance(value, Endpoint)
)  # fmt: skip


def scopes() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """For each feature the groups of scopes it needs; of each group any one is enough."""
    needed: dict[str, dict[tuple[str, ...], None]] = {}
    for endpoint in ENDPOINTS:
        if endpoint.scopes:
            needed.setdefault(endpoint.feature, {})[endpoint.scopes] = None
    return {feature: tuple(groups) for feature, groups in needed.items()}


def load() -> None:
    """Import every request class now: at the first call it would cost that call some milliseconds."""
    for endpoint in ENDPOINTS:
        endpoint.load()

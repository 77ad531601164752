"""All platform calls this bot makes, in one table: for the list of scopes, and to import their classes at start."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

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


def fewest(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The fewest scopes with which every group has one, those for reading only first: what to grant for a feature."""
    left, found = list(groups), []
    while left:
        often = Counter(scope for group in left for scope in group)
        best = min(often, key=lambda scope: (-often[scope], not _only_reads(scope), _place(scope, left), scope))
        found.append(best)
        left = [group for group in left if best not in group]
    return tuple(found)


def _only_reads(scope: str) -> bool:
    return scope.endswith((":readonly", ":read"))


def _place(scope: str, groups: Iterable[tuple[str, ...]]) -> int:
    return min(group.index(scope) for group in groups if scope in group)


def load() -> None:
    """Import every request class now: at the first call it would cost that call some milliseconds."""
    for endpoint in ENDPOINTS:
        endpoint.load()

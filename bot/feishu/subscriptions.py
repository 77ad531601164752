"""What the app has to be subscribed to in the developer console. No call of the platform tells whether it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Subscription:
    """One event or callback: what it is for, the scopes of which each is needed, and as what it arrives here."""

    name: str
    feature: str
    kind: Literal["event", "callback"]
    job: str  # the kind of work it becomes in our database
    scopes: tuple[str, ...] = ()
    is_needed: bool = True


SUBSCRIPTIONS = (
    Subscription(
        "im.message.receive_v1",
        "messages",
        "event",
        "message",
        ("im:message.group_at_msg:readonly", "im:message.p2p_msg:readonly"),
    ),
    Subscription("card.action.trigger", "messages", "callback", "tap"),
    Subscription(
        "auth.user_access_token.revoked_v4",
        "login",
        "event",
        "login_ended",
        ("auth:user_access_token:read",),
        is_needed=False,
    ),
)

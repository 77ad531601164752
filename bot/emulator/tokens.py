"""Tokens and how long they live, on the emulator's clock."""

from __future__ import annotations

import base64
import json
from datetime import datetime, timedelta
from typing import Literal

from bot.emulator.kernel import Json
from bot.emulator.state import App, Token, World

APP_LIFE = timedelta(hours=2)
USER_LIFE = timedelta(seconds=7200)
REFRESH_LIFE = timedelta(seconds=604800)
CONSENT_LIFE = timedelta(days=365)
RENEW_BELOW = timedelta(minutes=30)


def for_app(world: World, app: App, kind: Literal["tenant", "app"] = "tenant") -> tuple[Token, int]:
    """The app's token and its seconds to live: the same one while it has half an hour left, then a new one."""
    now = world.clock.now()
    held = [token for token in world.tokens.values() if token.kind == kind and token.app_id == app.app_id]
    held = [token for token in held if token.expires <= now + APP_LIFE]  # others were made before the clock went back
    newest = max(held, key=lambda token: token.expires, default=None)
    if newest is None or newest.expires - now < RENEW_BELOW:
        prefix = "t-" if kind == "tenant" else "a-"
        newest = world.issue(Token(prefix + world.ids.hex("token", 40), kind, app.app_id, now + APP_LIFE))
    return newest, int((newest.expires - now).total_seconds())


def for_person(
    world: World, app: App, open_id: str, scopes: frozenset[str], *, consent: datetime | None = None
) -> Json:
    """A user token as the OAuth exchange answers it; with a refresh token when offline_access was granted."""
    now = world.clock.now()
    access = world.issue(Token(_jwt(world, open_id), "user", app.app_id, now + USER_LIFE, open_id, scopes))
    answer: Json = {
        "access_token": access.value,
        "expires_in": int(USER_LIFE.total_seconds()),
        "token_type": "Bearer",
        "scope": " ".join(sorted(scopes)),
    }
    if "offline_access" in scopes and app.refresh_allowed:
        refresh = Token(_jwt(world, open_id), "refresh", app.app_id, now + REFRESH_LIFE, open_id, scopes)
        refresh.consent = consent or now
        world.issue(refresh)
        answer |= {"refresh_token": refresh.value, "refresh_token_expires_in": int(REFRESH_LIFE.total_seconds())}
    return answer


def _jwt(world: World, open_id: str) -> str:
    """Shaped like the platform's: three dotted parts beginning ``eyJ``; about 1.2 KB, because real ones are long."""
    head = _part({"alg": "ES256", "typ": "JWT"})
    claims = _part({"sub": open_id, "jti": world.ids.hex("token"), "pad": "0" * 700})
    return f"{head}.{claims}.{world.ids.hex('token', 64)}"


def _part(value: Json) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

"""Tokens: the app's own, and a person's by OAuth.

https://open.feishu.cn/document/authentication-management/access-token/get-user-access-token
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import parse_qs, urlencode, urlsplit

import msgspec

from bot.feishu.endpoint import Endpoint
from bot.feishu.transport import Transport
from bot.feishu.wire import Answer, Json, TenantToken

SCOPES_PER_REQUEST = 50
OFFLINE = "offline_access"  # without it there is no refresh token
AUTHORIZE_PATH = "/open-apis/authen/v1/authorize"
CODE_LIVES = 300  # seconds, and it works once

TENANT_TOKEN = Endpoint(
    name="auth.v3.tenant_access_token.internal", feature="tokens", method="POST",
    path="/open-apis/auth/v3/tenant_access_token/internal", repeatable=True,
    doc="authentication-management/access-token/tenant_access_token_internal",
)  # fmt: skip
# A code and a refresh token work once: when an answer is lost nobody can know, so neither call is repeated.
EXCHANGE = Endpoint(
    name="authen.v2.oauth.token#authorization_code", feature="login", method="POST",
    path="/open-apis/authen/v2/oauth/token", doc="authentication-management/access-token/get-user-access-token",
)  # fmt: skip
REFRESH = Endpoint(
    name="authen.v2.oauth.token#refresh_token", feature="login", method="POST",
    path="/open-apis/authen/v2/oauth/token", doc="authentication-management/access-token/refresh-user-access-token",
)  # fmt: skip
USER_INFO = Endpoint(
    name="authen.v1.user_info.get", feature="login", sdk="authen.v1:GetUserInfoRequest", repeatable=True,
    doc="authentication-management/login-state-management/get",
)  # fmt: skip


LONG_CONNECTION = Endpoint(
    name="callback.ws.endpoint", feature="long connection", method="POST", path="/callback/ws/endpoint",
    repeatable=True, doc="event-subscription-guide/event-subscriptions/event-subscription-configure-/"
    "request-url-configuration-case",
)  # fmt: skip


class Patience(Answer, frozen=True, rename="pascal"):
    """How the platform wants a long connection to be kept, in seconds; a count of -1 means without end."""

    reconnect_count: int = -1
    reconnect_interval: int = 120
    reconnect_nonce: int = 30
    ping_interval: int = 120


class Address(Answer, frozen=True):
    """Where to connect; good for one connection."""

    url: str = msgspec.field(name="URL")
    patience: Patience = msgspec.field(name="ClientConfig", default_factory=Patience)

    @property
    def service(self) -> int:
        found = parse_qs(urlsplit(self.url).query).get("service_id", ["0"])[0]
        return int(found) if found.isdecimal() else 0

    def __repr__(self) -> str:
        return f"Address(service={self.service})"


class PersonToken(Answer, frozen=True):
    """A person's tokens and their lives in seconds; ``scope`` is what was really granted."""

    access_token: str
    expires_in: int
    refresh_token: str = ""
    refresh_token_expires_in: int = 0
    token_type: str = "Bearer"  # noqa: S105 - a kind of token, not one
    scope: str = ""

    @property
    def scopes(self) -> frozenset[str]:
        return frozenset(self.scope.split())

    def __repr__(self) -> str:
        return f"PersonToken(scope={self.scope!r}, expires_in={self.expires_in})"


class Login(Answer, frozen=True):
    """Who is behind a person's token."""

    open_id: str
    union_id: str = ""
    user_id: str = ""
    name: str = ""
    en_name: str = ""
    avatar_url: str = ""
    tenant_key: str = ""


class Auth:
    """Getting tokens. Nothing here stores them."""

    def __init__(self, transport: Transport, app_id: str, app_secret: str, *, accounts_url: str) -> None:
        self._transport, self._app_id, self._app_secret = transport, app_id, app_secret
        self._accounts_url = accounts_url.rstrip("/")

    async def tenant_token(self) -> TenantToken:
        """The app's token, for at most two hours. The platform answers the same one while it has half an hour left."""
        body = {"app_id": self._app_id, "app_secret": self._app_secret}
        return await self._transport.send(
            TENANT_TOKEN, TENANT_TOKEN.request({}, body), token=None, answer=TenantToken, repeatable=True
        )

    def authorize_url(
        self,
        *,
        redirect_uri: str,
        state: str,
        scopes: Iterable[str] = (),
        challenge: str | None = None,
        consent: bool = False,
    ) -> str:
        """Where a person's browser goes to log in. ``challenge`` is the S256 one of PKCE."""
        wanted = list(dict.fromkeys([*scopes, OFFLINE]))
        if len(wanted) > SCOPES_PER_REQUEST:
            raise ValueError(f"{len(wanted)} scopes, and one request takes {SCOPES_PER_REQUEST}")
        query = {
            "client_id": self._app_id,
            "response_type": "code",
            "redirect_uri": redirect_uri,
            "scope": " ".join(wanted),
            "state": state,
        }
        if challenge is not None:
            query |= {"code_challenge": challenge, "code_challenge_method": "S256"}
        if consent:
            query["prompt"] = "consent"
        return f"{self._accounts_url}{AUTHORIZE_PATH}?{urlencode(query)}"

    async def exchange(self, code: str, *, redirect_uri: str, verifier: str | None = None) -> PersonToken:
        """The tokens for a code: once, within five minutes, with the redirect address it was asked with."""
        grant: Json = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri}
        if verifier is not None:
            grant["code_verifier"] = verifier
        return await self._grant(EXCHANGE, grant)

    async def refresh(self, refresh_token: str) -> PersonToken:
        """New tokens for an old refresh token, which is void from then on: keep the new one before using it."""
        return await self._grant(REFRESH, {"grant_type": "refresh_token", "refresh_token": refresh_token})

    async def who(self, access_token: str) -> Login:
        """Whom a token belongs to; asked right after the exchange, before the token is kept."""
        request = USER_INFO.request({})
        return await self._transport.send(USER_INFO, request, token=access_token, answer=Login, repeatable=True)

    async def address(self) -> Address:
        """Where the long connection is opened, by the app's own secret; every connection asks for a new one."""
        body = {"AppID": self._app_id, "AppSecret": self._app_secret}
        request = LONG_CONNECTION.request({}, body)
        return await self._transport.send(LONG_CONNECTION, request, token=None, answer=Address, repeatable=True)

    async def _grant(self, endpoint: Endpoint, grant: Json) -> PersonToken:
        body = {**grant, "client_id": self._app_id, "client_secret": self._app_secret}
        return await self._transport.send(
            endpoint, endpoint.request({}, body), token=None, answer=PersonToken, repeatable=False
        )

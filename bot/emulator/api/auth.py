"""Tokens: the app's own, and a person's through OAuth."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from datetime import timedelta

from bot.emulator import tokens
from bot.emulator.kernel import Call, Json, Refusal, endpoint
from bot.emulator.state import App, Token

CODE_LIFE = timedelta(minutes=5)


def _app(call: Call) -> App:
    app = call.world.apps.get(call.body["app_id"])
    if app is None:
        raise Refusal(10003, msg="invalid param")
    if app.app_secret != call.body["app_secret"]:
        raise Refusal(10015 if call.name.startswith("auth.v3.app") else 10014, msg="app secret invalid")
    return app


@endpoint("auth.v3.tenant_access_token.internal")
def tenant_token(call: Call) -> Json:
    token, left = tokens.for_app(call.world, _app(call))
    return {"tenant_access_token": token.value, "expire": left}


@endpoint("auth.v3.app_access_token.internal")
def app_token(call: Call) -> Json:
    app = _app(call)
    token, left = tokens.for_app(call.world, app)
    # Custom apps get one and the same token under both names.
    return {"app_access_token": token.value, "tenant_access_token": token.value, "expire": left}


@endpoint("authen.v2.oauth.token")
def exchange(call: Call) -> Json:
    app = call.world.apps.get(call.body["client_id"])
    if app is None:
        raise Refusal(20048)
    if app.app_secret != call.body["client_secret"]:
        raise Refusal(20002)
    if call.body["grant_type"] == "refresh_token":
        return _refresh(call, app)
    return _redeem(call, app)


def _redeem(call: Call, app: App) -> Json:
    """An authorization code for tokens: five minutes, once, same app, same address, proof of the challenge."""
    code = call.world.codes.get(call.body["code"])
    if code is None:
        raise Refusal(20003)
    if code["used"]:
        raise Refusal(20065)
    if code["at"] + CODE_LIFE <= call.world.clock.now():
        raise Refusal(20004)
    if code["app_id"] != app.app_id:
        raise Refusal(20024)
    if (call.body.get("redirect_uri") or code["redirect_uri"]) != code["redirect_uri"]:
        raise Refusal(20071)
    _prove(code, call.body.get("code_verifier"))
    scopes = _narrowed(call, code["scopes"])
    code["used"] = True
    return tokens.for_person(call.world, app, code["open_id"], scopes)


def _prove(code: Json, verifier: str | None) -> None:
    if not code["challenge"]:
        return
    if verifier is None:
        raise Refusal(20049)
    shown = verifier
    if code["method"] == "S256":
        shown = urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    if shown != code["challenge"]:
        raise Refusal(20049)


def _narrowed(call: Call, granted: frozenset[str]) -> frozenset[str]:
    asked = (call.body.get("scope") or "").split()
    if not asked:
        return granted
    if len(set(asked)) != len(asked):
        raise Refusal(20067)
    if not set(asked) <= granted:
        raise Refusal(20068)
    return frozenset(asked)


def _refresh(call: Call, app: App) -> Json:
    """A refresh token works once; its successor replaces it."""
    held = call.world.token(call.body["refresh_token"])
    if held is None or held.kind != "refresh":
        raise Refusal(20026)
    if held.app_id != app.app_id:
        raise Refusal(20024)
    if held.used:
        raise Refusal(20073)
    if not app.refresh_allowed:
        raise Refusal(20074)
    _still_good(call, held)
    scopes = _narrowed(call, held.scopes)
    held.used = True
    return tokens.for_person(call.world, app, held.open_id or "", scopes, consent=held.consent)


def _still_good(call: Call, held: Token) -> None:
    now = call.world.clock.now()
    if held.expires <= now or (held.consent is not None and held.consent + tokens.CONSENT_LIFE <= now):
        raise Refusal(20037)
    user = call.world.users.get(held.open_id or "")
    if user is None:
        raise Refusal(20008)
    if user.resigned:
        raise Refusal(20066)


@endpoint("authen.v1.user_info.get")
def user_info(call: Call) -> Json:
    user = call.world.users.get(call.caller.open_id or "")
    if user is None:
        raise Refusal(20008)
    if user.resigned:
        raise Refusal(20021)
    picture = f"{call.world.base_url}/_emulator/avatar/{user.open_id}.svg"
    shown: Json = {
        "name": user.name,
        "en_name": user.en_name,
        "avatar_url": picture,
        "avatar_thumb": picture,
        "avatar_middle": picture,
        "avatar_big": picture,
        "open_id": user.open_id,
        "union_id": user.union_id,
        "tenant_key": call.world.tenant_key,
    }
    if "contact:user.employee_id:readonly" in call.caller.scopes:
        shown["user_id"] = user.user_id
    if "contact:user.email:readonly" in call.caller.scopes:
        shown["email"] = user.email
    return shown

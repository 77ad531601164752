"""Tokens: the app's, a person's, and what happens with the wrong one."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.emulator.seed import APP_ID, APP_SECRET
from tests.emulator.lab import Json, Reply, Tenant, tenant

BACK = "http://127.0.0.1:9/oauth/callback"
BOT = "/open-apis/bot/v3/info"


@pytest.fixture
async def lab() -> AsyncIterator[Tenant]:
    async with tenant() as it:
        yield it


async def app_token(lab: Tenant, secret: str = APP_SECRET, app_id: str = APP_ID) -> Reply:
    body = {"app_id": app_id, "app_secret": secret}
    return await lab.post("/open-apis/auth/v3/tenant_access_token/internal", body, as_="nobody")


async def test_the_app_gets_one_token_until_half_an_hour_is_left(lab: Tenant) -> None:
    first = (await app_token(lab)).body
    assert first["code"] == 0
    assert first["expire"] == 7200
    assert first["tenant_access_token"].startswith("t-")

    await lab.control("POST", "clock", {"advance_s": 5400})
    again = (await app_token(lab)).body
    assert again == {**first, "expire": 1800}

    await lab.control("POST", "clock", {"advance_s": 1})
    renewed = (await app_token(lab)).body
    assert renewed["tenant_access_token"] != first["tenant_access_token"]
    assert renewed["expire"] == 7200


async def test_both_tokens_work_while_the_old_one_lives(lab: Tenant) -> None:
    lab.tokens["app"] = (await app_token(lab)).body["tenant_access_token"]
    await lab.control("POST", "clock", {"advance_s": 5401})
    await app_token(lab)
    assert (await lab.get(BOT)).code == 0
    await lab.control("POST", "clock", {"advance_s": 1800})
    assert (await lab.get(BOT)).code == 99991663


async def test_wrong_credentials_are_refused(lab: Tenant) -> None:
    assert (await app_token(lab, secret="nonsense")).code == 10014
    assert (await app_token(lab, app_id="cli_0000000000000000")).code == 10003
    missing = await lab.post("/open-apis/auth/v3/app_access_token/internal", {"app_id": APP_ID}, as_="nobody")
    assert missing.code == 10003
    assert missing.body["error"]["field_violations"][0]["field"] == "app_secret"


async def test_the_app_access_token_also_speaks_for_the_tenant(lab: Tenant) -> None:
    body = {"app_id": APP_ID, "app_secret": APP_SECRET}
    answer = (await lab.post("/open-apis/auth/v3/app_access_token/internal", body, as_="nobody")).body
    assert set(answer) == {"code", "msg", "app_access_token", "tenant_access_token", "expire"}
    lab.tokens["app"] = answer["tenant_access_token"]
    assert (await lab.get(BOT)).code == 0


async def test_the_bot_says_who_it_is(lab: Tenant) -> None:
    answer = await lab.get(BOT)
    assert answer.body["bot"]["open_id"] == lab.world.app.open_id
    assert answer.body["bot"]["activate_status"] == 2
    assert "data" not in answer.body
    async with lab.http.get(answer.body["bot"]["avatar_url"]) as picture:
        assert picture.status == 200
        assert picture.content_type == "image/svg+xml"


@pytest.mark.parametrize(
    ("value", "path", "code"),
    [
        ("", BOT, 99991661),
        ("x-123", BOT, 99991671),
        ("t-unknown", BOT, 99991663),
        ("u-unknown", "/open-apis/authen/v1/user_info", 99991668),
        ("t-unknown", "/open-apis/authen/v1/user_info", 99991668),
        ("eyJunknown", BOT, 99991663),
    ],
)
async def test_tokens_that_are_none(lab: Tenant, value: str, path: str, code: int) -> None:
    lab.tokens["app"] = value
    answer = await lab.get(path)
    assert (answer.status, answer.code) == (400, code)
    assert answer.headers["x-tt-logid"] == answer.body["error"]["log_id"]


async def test_a_user_token_expires_on_the_emulators_clock(lab: Tenant) -> None:
    me = await lab.get("/open-apis/authen/v1/user_info", as_="Mei")
    assert me.data["open_id"] == lab.id("Mei")
    assert me.data["email"] == "mei@example.com"
    await lab.control("POST", "clock", {"advance_s": 7200})
    assert (await lab.get("/open-apis/authen/v1/user_info", as_="Mei")).code == 99991677


async def test_a_scope_the_app_lacks_is_named(lab: Tenant) -> None:
    await lab.control("POST", "app", {"scopes": ["im:message"]})
    answer = await lab.get(f"/open-apis/contact/v3/users/{lab.id('Bob')}")
    assert answer.code == 99991672
    subjects = [one["subject"] for one in answer.body["error"]["permission_violations"]]
    assert "contact:contact.base:readonly" in subjects


async def test_a_scope_the_person_did_not_grant_is_named(lab: Tenant) -> None:
    got = await lab.control("POST", "user_tokens", {"open_id": lab.id("Mei"), "scope": "im:message"})
    lab.tokens["Mei"] = got["access_token"]
    answer = await lab.get("/open-apis/search/v1/user", as_="Mei", query="Bob")
    assert answer.code == 99991679


# -- OAuth ------------------------------------------------------------------------------------------------------


async def authorize(lab: Tenant, who: str = "Mei", **more: str) -> dict[str, list[str]]:
    """Walk through the page as a browser would; what comes back to the app."""
    query = {"client_id": APP_ID, "response_type": "code", "redirect_uri": BACK, "state": "s-1", **more}
    async with lab.http.get(f"{lab.url}/open-apis/authen/v1/authorize", params=query) as page:
        text = await page.text()
        assert page.status == 200, text
    assert "<script" not in text
    links = [line.split('"')[0] for line in text.split('href="')[1:]]
    wanted = lab.id(who) if who != "nobody" else "nobody"
    link = next(link for link in links if link.endswith(f"_as={wanted}")).replace("&amp;", "&")
    async with lab.http.get(lab.url + link, allow_redirects=False) as answer:
        assert answer.status == 302
        return parse_qs(urlsplit(answer.headers["Location"]).query)


async def redeem(lab: Tenant, code: str, **more: str) -> Reply:
    body = {"grant_type": "authorization_code", "client_id": APP_ID, "client_secret": APP_SECRET, "code": code, **more}
    return await lab.post("/open-apis/authen/v2/oauth/token", body, as_="nobody")


async def refresh(lab: Tenant, token: str, **more: str) -> Reply:
    body = {
        "grant_type": "refresh_token",
        "client_id": APP_ID,
        "client_secret": APP_SECRET,
        "refresh_token": token,
        **more,
    }
    return await lab.post("/open-apis/authen/v2/oauth/token", body, as_="nobody")


async def test_a_person_logs_in_by_the_page(lab: Tenant) -> None:
    back = await authorize(lab, scope="calendar:calendar offline_access")
    assert back["state"] == ["s-1"]
    answer = (await redeem(lab, back["code"][0], redirect_uri=BACK)).body
    assert answer["scope"] == "calendar:calendar offline_access"
    assert (answer["token_type"], answer["expires_in"], answer["refresh_token_expires_in"]) == ("Bearer", 7200, 604800)
    assert answer["access_token"].startswith("eyJ")
    assert "msg" not in answer
    lab.tokens["Mei"] = answer["access_token"]
    assert (await lab.get("/open-apis/authen/v1/user_info", as_="Mei")).data["name"] == "Mei"


async def test_a_code_works_once_and_for_five_minutes(lab: Tenant) -> None:
    code = (await authorize(lab))["code"][0]
    assert (await redeem(lab, code)).code == 0
    used = await redeem(lab, code)
    assert (used.status, used.code) == (400, 20065)
    assert used.body["error"] == "invalid_grant"
    late = (await authorize(lab))["code"][0]
    await lab.control("POST", "clock", {"advance_s": 300})
    assert (await redeem(lab, late)).code == 20004
    assert (await redeem(lab, "nonsense")).code == 20003


async def test_without_offline_access_there_is_no_refresh_token(lab: Tenant) -> None:
    answer = (await redeem(lab, (await authorize(lab, scope="im:message"))["code"][0])).body
    assert "refresh_token" not in answer


async def test_the_challenge_has_to_be_proven(lab: Tenant) -> None:
    verifier = "v" * 50
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    more = {"code_challenge": challenge, "code_challenge_method": "S256"}
    assert (await redeem(lab, (await authorize(lab, **more))["code"][0])).code == 20049
    code = (await authorize(lab, **more))["code"][0]
    assert (await redeem(lab, code, code_verifier="w" * 50)).code == 20049
    assert (await redeem(lab, code, code_verifier=verifier)).code == 0


async def test_another_address_is_refused(lab: Tenant) -> None:
    code = (await authorize(lab))["code"][0]
    assert (await redeem(lab, code, redirect_uri="http://127.0.0.1:9/elsewhere")).code == 20071


async def test_somebody_refuses_on_the_page(lab: Tenant) -> None:
    assert await authorize(lab, who="nobody") == {"error": ["access_denied"], "state": ["s-1"]}


async def test_the_page_refuses_what_the_platform_refuses(lab: Tenant) -> None:
    async def page(**query: str) -> str:
        whole = {"client_id": APP_ID, "response_type": "code", "redirect_uri": BACK, **query}
        async with lab.http.get(f"{lab.url}/open-apis/authen/v1/authorize", params=whole) as answer:
            assert answer.status == 400
            return await answer.text()

    assert "20048" in await page(client_id="cli_0000000000000000")
    assert "20029" in await page(redirect_uri="nowhere")
    assert "20027" in await page(scope="made:up")
    await lab.control("POST", "app", {"redirect_uris": ["http://127.0.0.1:9/other"]})
    assert "20029" in await page()


async def test_a_refresh_token_works_once(lab: Tenant) -> None:
    first = await lab.control("POST", "user_tokens", {"open_id": lab.id("Bob"), "scope": "im:message"})
    second: Json = (await refresh(lab, first["refresh_token"])).body
    assert second["access_token"] != first["access_token"]
    assert (await refresh(lab, first["refresh_token"])).code == 20073
    assert (await refresh(lab, second["refresh_token"])).code == 0
    assert (await refresh(lab, "nonsense")).code == 20026


async def test_a_refresh_token_lives_a_week(lab: Tenant) -> None:
    got = await lab.control("POST", "user_tokens", {"open_id": lab.id("Bob")})
    await lab.control("POST", "clock", {"advance_s": 604800})
    assert (await refresh(lab, got["refresh_token"])).code == 20037


async def test_refreshing_can_be_switched_off_and_narrowed(lab: Tenant) -> None:
    got = await lab.control("POST", "user_tokens", {"open_id": lab.id("Bob"), "scope": "im:message im:chat"})
    assert (await refresh(lab, got["refresh_token"], scope="calendar:calendar")).code == 20068
    assert (await refresh(lab, got["refresh_token"], scope="im:message im:message")).code == 20067
    narrowed = await refresh(lab, got["refresh_token"], scope="im:message offline_access")
    assert narrowed.body["scope"] == "im:message offline_access"
    await lab.control("POST", "app", {"refresh_allowed": False})
    assert (await refresh(lab, narrowed.body["refresh_token"])).code == 20074


async def test_the_exchange_tells_its_faults_apart(lab: Tenant) -> None:
    async def ask(**body: str) -> int:
        return (await lab.post("/open-apis/authen/v2/oauth/token", body, as_="nobody")).code

    keys = {"client_id": APP_ID, "client_secret": APP_SECRET}
    assert await ask(grant_type="password", code="x", **keys) == 20036
    assert await ask(grant_type="authorization_code", **keys) == 20001
    assert await ask(grant_type="authorization_code", code="x", client_id=APP_ID, client_secret="no") == 20002
    assert await ask(grant_type="authorization_code", code="x", client_id="cli_0", client_secret="no") == 20048

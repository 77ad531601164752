"""Logging a person in, and keeping their token fresh."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx
import pytest

from bot.clock import SystemClock
from bot.errors import NeedsLogin, PlatformDown
from bot.feishu.auth import PersonToken
from bot.feishu.client import Feishu
from tests.feishu.conftest import Office

REDIRECT = "http://127.0.0.1:8421/oauth/callback"


async def code_for(office: Office, feishu: Feishu) -> str:
    """The code a browser comes back with when Mei agrees."""
    url = feishu.auth.authorize_url(redirect_uri=REDIRECT, state="s-1", scopes=["calendar:calendar"])
    async with httpx.AsyncClient() as browser:
        page = await browser.get(url)
        link = next(line for line in re.findall(r'<a href="([^"]+)"', page.text) if office.mei.open_id in line)
        page = await browser.get(urljoin(url, html.unescape(link)))
    assert page.status_code == 302, page.text
    back = parse_qs(urlsplit(page.headers["location"]).query)
    assert back["state"] == ["s-1"]
    return back["code"][0]


def test_the_login_page_is_asked_for_what_is_needed() -> None:
    feishu = Feishu(domain="lark", app_id="cli_1", app_secret="s", clock=SystemClock())
    url = urlsplit(feishu.auth.authorize_url(redirect_uri=REDIRECT, state="s", scopes=["a", "b", "a"], challenge="c"))
    assert (url.scheme, url.netloc, url.path) == ("https", "accounts.larksuite.com", "/open-apis/authen/v1/authorize")
    assert parse_qs(url.query) == {
        "client_id": ["cli_1"],
        "response_type": ["code"],
        "redirect_uri": [REDIRECT],
        "scope": ["a b offline_access"],
        "state": ["s"],
        "code_challenge": ["c"],
        "code_challenge_method": ["S256"],
    }


@pytest.mark.parametrize(
    ("domain", "base"),
    [("feishu", "https://open.feishu.cn"), ("lark", "https://open.larksuite.com"), ("http://h:1/", "http://h:1")],
)
def test_the_domain_names_the_world(domain: str, base: str) -> None:
    assert Feishu(domain=domain, app_id="cli_1", app_secret="s", clock=SystemClock()).base_url == base


def test_more_scopes_than_one_page_takes_never_leave() -> None:
    feishu = Feishu(domain="feishu", app_id="cli_1", app_secret="s", clock=SystemClock())
    with pytest.raises(ValueError, match="51 scopes"):
        feishu.auth.authorize_url(redirect_uri=REDIRECT, state="s", scopes=[f"scope:{n}" for n in range(50)])


async def test_a_code_becomes_tokens_once(office: Office, feishu: Feishu) -> None:
    code = await code_for(office, feishu)
    token = await feishu.auth.exchange(code, redirect_uri=REDIRECT)
    assert "calendar:calendar" in token.scopes
    assert (token.expires_in, token.refresh_token_expires_in) == (7200, 604800)
    assert (await feishu.auth.who(token.access_token)).open_id == office.mei.open_id
    with pytest.raises(NeedsLogin) as caught:
        await feishu.auth.exchange(code, redirect_uri=REDIRECT)
    assert caught.value.key == "error.login_again"


async def test_a_refresh_token_works_once(office: Office, feishu: Feishu) -> None:
    first = await feishu.auth.exchange(await code_for(office, feishu), redirect_uri=REDIRECT)
    second = await feishu.auth.refresh(first.refresh_token)
    assert second.access_token != first.access_token
    with pytest.raises(NeedsLogin):
        await feishu.auth.refresh(first.refresh_token)
    assert (await feishu.auth.refresh(second.refresh_token)).access_token


async def test_a_refresh_whose_answer_is_lost_is_not_tried_again(office: Office, feishu: Feishu) -> None:
    token = await feishu.auth.exchange(await code_for(office, feishu), redirect_uri=REDIRECT)
    office.world.calls.clear()
    office.goes_wrong("POST", "/authen/v2/oauth/token", drop=True)
    with pytest.raises(PlatformDown):
        await feishu.auth.refresh(token.refresh_token)
    assert len(office.calls("/authen/v2/oauth/token")) == 1


def test_tokens_do_not_show_themselves() -> None:
    token = PersonToken(access_token="u-secret", refresh_token="r-secret", expires_in=7200, scope="a")
    assert repr(token) == "PersonToken(scope='a', expires_in=7200)"


async def test_a_long_connection_is_opened_at_an_address_of_its_own(office: Office, feishu: Feishu) -> None:
    first, second = await feishu.auth.address(), await feishu.auth.address()
    assert first.url.startswith("ws://127.0.0.1:")
    assert first.url != second.url
    assert first.patience.ping_interval > 0
    assert "ticket" not in repr(first)

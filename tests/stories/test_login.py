"""Acting as oneself: logging in through the platform's page, booking as oneself, and what happens when it ends."""

from __future__ import annotations

import html
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import aiohttp
import pytest

from tests.stage import Actor, Seen, Stage

ASK = "@Daylark 明天下午3点和 @Alice @Bob 过一下方案"
AT_THREE = datetime.fromisoformat("2026-11-19T15:00:00+08:00")


def link_of(card: Seen) -> str:
    """Where the card's login button leads."""
    found = re.search(r'"default_url": ?"([^"]+/oauth/start[^"]+)"', str(card.row["card"]).replace("'", '"'))
    assert found is not None, card.text
    return found[1]


async def visit(url: str, language: str = "en") -> tuple[int, str]:
    """One page as a browser shows it, without going on to the next."""
    headers = {"Accept-Language": language}
    async with aiohttp.ClientSession() as http, http.get(url, allow_redirects=False, headers=headers) as answer:
        return answer.status, answer.headers.get("Location") or await answer.text()


async def comes_back(url: str, choice: str) -> str:
    """The address to which the platform's page sends the browser after this choice."""
    status, address = await visit(url)
    assert status == 302, address
    _, page = await visit(address)
    link = next(each for each in re.findall(r'href="([^"]+)"', page) if f"_as={choice}" in each)
    status, back = await visit(urljoin(address, html.unescape(link)))
    assert status == 302, back
    return back


async def logs_in(who: Actor) -> Seen:
    """From ``/login`` to the page that says it worked; answers with the card the bot sends then."""
    card = await who.asks("/login")
    status, page = await visit(await comes_back(link_of(card), who.open_id))
    assert status == 200, page
    await who.stage.idle()
    return (await who.reads(card.chat_id, after=card.message_id))[-1]


async def meetings_of(who: Actor) -> list[dict[str, Any]]:
    """What stands in this person's calendar at three tomorrow."""
    return [event for event in await who.calendar() if datetime.fromisoformat(event["start"]) == AT_THREE]


async def meeting_of(who: Actor) -> dict[str, Any]:
    (meeting,) = await meetings_of(who)
    return meeting


async def test_after_login_a_meeting_is_the_persons_own(scene: Stage, team: str, mei: Actor, bob: Actor) -> None:
    told = await logs_in(mei)
    assert "登录成功" in told.text
    card = await mei.asks(ASK, chat=team)
    booked = await mei.clicks("slot_1", on=card)
    assert booked.toast == "订好了。"
    meeting = await meeting_of(bob)
    assert meeting["organizer"]["id"] == mei.open_id
    assert {person["name"] for person in meeting["attendees"]} == {"Mei", "Alice", "Bob"}
    creation = next(row for row in await scene.calls("/events") if row["method"] == "POST")
    assert creation["token"] == "user"


async def test_without_login_the_bot_organizes(scene: Stage, team: str, mei: Actor, bob: Actor) -> None:
    await mei.clicks("slot_1", on=await mei.asks(ASK, chat=team))
    meeting = await meeting_of(bob)
    assert meeting["organizer"]["id"] == (await scene.get("state"))["bot_open_id"]


async def test_ones_own_meeting_is_refreshed_and_taken_back_as_oneself(
    scene: Stage, team: str, mei: Actor, bob: Actor
) -> None:
    await logs_in(mei)
    booked = await mei.clicks("slot_1", on=await mei.asks(ASK, chat=team))
    again = await bob.clicks("refresh", on=booked.card)
    assert again.card.text.startswith("Booked:")
    undone = await mei.clicks("undo", on=booked.card)
    assert undone.card.text.startswith("已撤销")
    assert await meetings_of(bob) == []


async def test_in_a_group_the_button_comes_in_private(scene: Stage, team: str, mei: Actor, bob: Actor) -> None:
    answer = await mei.asks("@Daylark /login", chat=team)
    assert "私下" in answer.text
    assert "oauth" not in str(answer.row["card"])
    private = (await mei.reads(await mei.direct_chat()))[-1]
    assert link_of(private)
    assert all("oauth" not in str(seen.row["card"]) for seen in await bob.reads(team))


async def test_after_logout_the_bot_organizes_again(scene: Stage, team: str, mei: Actor, bob: Actor) -> None:
    await logs_in(mei)
    assert "已退出" in (await mei.asks("/logout")).text
    assert "没有登录" in (await mei.asks("/logout")).text
    await mei.clicks("slot_1", on=await mei.asks(ASK, chat=team))
    meeting = await meeting_of(bob)
    assert meeting["organizer"]["id"] == (await scene.get("state"))["bot_open_id"]


async def test_a_revoked_login_is_said_and_the_bot_steps_in_only_when_told(
    scene: Stage, team: str, mei: Actor, alice: Actor, bob: Actor
) -> None:
    await logs_in(mei)
    card = await mei.asks(ASK, chat=team)
    await scene.post("user_tokens/revoke", open_id=mei.open_id)
    await scene.idle()
    refused = await mei.clicks("slot_1", on=card)
    assert "登录已失效" in refused.toast
    assert "登录已失效" in refused.card.text
    assert await meetings_of(bob) == []
    assert "oauth" not in str(refused.card.row["card"])
    other = await alice.clicks("book_as_bot", on=refused.card)
    assert "Mei" in other.toast
    booked = await mei.clicks("book_as_bot", on=refused.card)
    assert booked.toast == "订好了。"
    meeting = await meeting_of(bob)
    assert meeting["organizer"]["id"] == (await scene.get("state"))["bot_open_id"]


async def test_a_revoked_login_is_renewed_from_the_card_and_the_same_tap_works(
    scene: Stage, team: str, mei: Actor, bob: Actor
) -> None:
    await logs_in(mei)
    card = await mei.asks(ASK, chat=team)
    await scene.post("user_tokens/revoke", open_id=mei.open_id)
    await scene.idle()
    refused = await mei.clicks("slot_1", on=card)
    sent = await mei.clicks("login", on=refused.card)
    assert "私下" in sent.toast
    private = (await mei.reads(await mei.direct_chat()))[-1]
    status, _ = await visit(await comes_back(link_of(private), mei.open_id))
    assert status == 200
    await scene.idle()
    booked = await mei.clicks("again", on=refused.card)
    assert booked.toast == "订好了。"
    meeting = await meeting_of(bob)
    assert meeting["organizer"]["id"] == mei.open_id


async def test_a_revocation_that_was_never_delivered_is_found_at_the_next_call(
    scene: Stage, team: str, mei: Actor, bob: Actor
) -> None:
    await logs_in(mei)
    world = scene.playground.emulator.world
    for value in [value for value, token in world.tokens.items() if token.open_id == mei.open_id]:
        del world.tokens[value]
    refused = await mei.clicks("slot_1", on=await mei.asks(ASK, chat=team))
    assert "登录已失效" in refused.card.text
    assert await meetings_of(bob) == []


async def test_a_token_that_has_run_out_is_renewed_without_a_word(
    scene: Stage, team: str, mei: Actor, bob: Actor
) -> None:
    await logs_in(mei)
    await scene.passes(advance_s=3 * 3600)
    await mei.clicks("slot_1", on=await mei.asks(ASK, chat=team))
    meeting = await meeting_of(bob)
    assert meeting["organizer"]["id"] == mei.open_id
    assert len(await scene.calls("/oauth/token")) == 2


async def test_a_login_nobody_used_for_a_week_has_to_be_renewed(scene: Stage, team: str, mei: Actor) -> None:
    await logs_in(mei)
    await scene.passes(advance_s=8 * 86400)
    card = await mei.asks("@Daylark 明天下午3点和 @Alice 过一下方案", chat=team)
    refused = await mei.clicks("slot_1", on=card)
    assert "登录已失效" in refused.card.text
    assert len(await scene.calls("/oauth/token")) == 1


async def test_when_the_organizers_login_has_ended_only_they_are_asked_to_renew_it(
    scene: Stage, team: str, mei: Actor, bob: Actor
) -> None:
    await logs_in(mei)
    booked = (await mei.clicks("slot_1", on=await mei.asks(ASK, chat=team))).card
    await scene.post("user_tokens/revoke", open_id=mei.open_id)
    await scene.idle()
    looked = await bob.clicks("refresh", on=booked)
    assert "has to log in again" in looked.toast
    before = len(await mei.reads(await mei.direct_chat()))
    undone = await mei.clicks("undo", on=booked)
    assert "私下" in undone.toast
    assert len(await meetings_of(bob)) == 1
    private = (await mei.reads(await mei.direct_chat()))[before:]
    assert [bool(link_of(seen)) for seen in private] == [True]
    await visit(await comes_back(link_of(private[0]), mei.open_id))
    await scene.idle()
    await mei.clicks("undo", on=booked)
    assert await meetings_of(bob) == []


# -- what goes wrong in the browser -----------------------------------------------------------------------------


async def test_another_person_cannot_log_in_by_my_link(scene: Stage, team: str, mei: Actor, bob: Actor) -> None:
    card = await mei.asks("/login")
    status, page = await visit(await comes_back(link_of(card), bob.open_id), "zh-CN,zh;q=0.9")
    assert status == 400
    assert "别人的" in page
    await mei.clicks("slot_1", on=await mei.asks(ASK, chat=team))
    creation = next(row for row in await scene.calls("/events") if row["method"] == "POST")
    assert creation["token"] == "tenant"


async def test_a_link_works_for_a_quarter_of_an_hour(scene: Stage, mei: Actor) -> None:
    link = link_of(await mei.asks("/login"))
    back = await comes_back(link, mei.open_id)
    await scene.passes(advance_s=15 * 60)
    for url in (link, back):
        status, page = await visit(url, "ja")
        assert status == 400
        assert "期限切れ" in page
        assert "/login" in page
    assert await scene.calls("/oauth/token") == []


async def test_a_link_works_once(scene: Stage, mei: Actor) -> None:
    link = link_of(await mei.asks("/login"))
    back, second = await comes_back(link, mei.open_id), await comes_back(link, mei.open_id)
    assert (await visit(back))[0] == 200
    for url in (back, second):
        status, page = await visit(url)
        assert (status, "used already" in page) == (400, True)


async def test_who_refuses_is_told_that_nothing_changed(scene: Stage, mei: Actor) -> None:
    status, page = await visit(await comes_back(link_of(await mei.asks("/login")), "nobody"), "zh")
    assert status == 400
    assert "什么都没有改变" in page


@pytest.mark.parametrize("state", ["", "abc", "gAAAAAB" + "x" * 120, "%00%ff"])
async def test_a_link_that_is_not_ours_leads_nowhere(scene: Stage, mei: Actor, state: str) -> None:
    app = scene.playground.app
    assert app is not None
    for path in (f"start?state={state}", f"callback?state={state}&code=c0de"):
        status, page = await visit(f"{app.url}/oauth/{path}")
        assert (status, "not one of mine" in page) == (400, True)
    assert await scene.calls("/oauth/token") == []


async def test_a_changed_link_leads_nowhere(scene: Stage, mei: Actor) -> None:
    link = link_of(await mei.asks("/login"))
    assert (await visit(link[:-8] + "AAAAAAA="))[0] == 400


async def test_the_platforms_page_is_asked_with_proof_and_only_for_the_calendar(scene: Stage, mei: Actor) -> None:
    _, address = await visit(link_of(await mei.asks("/login")))
    query = parse_qs(urlsplit(address).query)
    assert query["code_challenge_method"] == ["S256"]
    assert len(query["code_challenge"][0]) == 43
    assert query["scope"] == ["calendar:calendar calendar:calendar:read offline_access"]
    assert mei.open_id not in address


async def test_when_the_platform_does_not_answer_nothing_is_kept(scene: Stage, mei: Actor) -> None:
    back = await comes_back(link_of(await mei.asks("/login")), mei.open_id)
    await scene.fault("POST", "/open-apis/authen/v2/oauth/token", status=500, code=20050)
    status, page = await visit(back)
    assert (status, "doesn’t answer" in page) == (502, True)
    assert "没有登录" in (await mei.asks("/logout")).text


async def test_the_pages_are_plain_and_closed(scene: Stage, mei: Actor) -> None:
    app = scene.playground.app
    assert app is not None
    async with aiohttp.ClientSession() as http, http.get(f"{app.url}/oauth/start") as answer:
        page = await answer.text()
        assert "<script" not in page
        assert "style=" not in page
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    async with aiohttp.ClientSession() as http, http.get(f"{app.url}/oauth/page.css") as answer:
        assert answer.content_type == "text/css"


async def test_no_token_is_written_down_in_the_clear(scene: Stage, mei: Actor, tmp_path: Path) -> None:
    await logs_in(mei)
    world = scene.playground.emulator.world
    held = [value for value, token in world.tokens.items() if token.open_id == mei.open_id]
    assert len(held) == 2
    files = list(tmp_path.glob("daylark.db*"))
    written = b"".join(path.read_bytes() for path in files)
    assert written
    assert [value for value in held if value.encode() in written or value[-64:].encode() in written] == []

"""The control surface: people, time, taps, faults, calls, the stream."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from aiohttp import web

from bot.emulator.clock import Clock
from bot.emulator.seed import make_world
from bot.emulator.server import Emulator, build
from tests.emulator.lab import Json, Tenant, button, card, listening, tenant

MESSAGES = "/open-apis/im/v1/messages"


@pytest.fixture
async def lab() -> AsyncIterator[Tenant]:
    async with tenant() as it:
        yield it


async def error(lab: Tenant, method: str, path: str, body: Json | None = None, status: int = 400, **query: str) -> str:
    return str((await lab.control(method, path, body, status=status, **query))["error"])


# -- the tenant -------------------------------------------------------------------------------------------------


async def test_the_default_tenant(lab: Tenant) -> None:
    state = await lab.control("GET", "state")
    assert set(state) == {"now", "users", "chats", "rooms", "apps", "bot_open_id"}
    assert state["now"] == "2026-11-18T02:00:00+00:00"
    assert len(state["users"]) == 14
    assert {user["timezone"] for user in state["users"]} == {
        "Asia/Shanghai",
        "Asia/Tokyo",
        "Europe/London",
        "America/New_York",
        "America/Los_Angeles",
    }
    first = state["users"][0]
    assert (first["name"], first["language"], first["timezone"]) == ("Mei", "zh_cn", "Asia/Shanghai")
    assert set(first) == {"open_id", "user_id", "union_id", "name", "en_name", "email", "timezone", "language"}
    names = [user["name"] for user in state["users"]]
    assert names.count("小雨") == 2
    assert {"Alice", "Bob", "さくら"} <= set(names)
    assert [(chat["name"], chat["mode"], len(chat["members"])) for chat in state["chats"]] == [
        ("Launch crew", "group", 3),
        ("产品讨论组", "group", 6),
        ("東京チーム", "group", 5),
    ]
    assert len(state["rooms"]) == 8
    assert [room["name"] for room in state["rooms"] if room["approval"]] == ["Observatory"]
    assert {room["place"][0] for room in state["rooms"]} == {"North Tower", "Harbour House"}
    assert state["apps"][0]["bot_open_id"] == state["bot_open_id"]


async def test_ids_have_the_platforms_shapes_and_never_change(lab: Tenant) -> None:
    state = await lab.control("GET", "state")
    other = make_world(now=datetime.fromisoformat("2030-01-01T00:00:00+00:00"), running=False)
    assert [user["open_id"] for user in state["users"]] == list(other.users)
    assert len(state["users"][0]["open_id"]) == len("ou_") + 32
    assert state["chats"][0]["chat_id"].startswith("oc_")
    assert state["rooms"][0]["room_id"].startswith("omm_")
    assert len(state["apps"][0]["app_id"]) == len("cli_") + 16
    int(state["apps"][0]["app_id"][4:], 16)


@pytest.mark.parametrize("now", ["2026-11-16T08:00:00+08:00", "2026-11-22T23:00:00+08:00", "2027-03-31T12:00:00+02:00"])
def test_the_seed_fits_any_day(now: str) -> None:
    world = make_world(now=datetime.fromisoformat(now), running=False)
    today = datetime.fromisoformat(now).astimezone(ZoneInfo("Asia/Shanghai")).replace(hour=0, minute=0)
    monday = today - timedelta(days=today.weekday())
    mei = next(iter(world.users))
    events = world.calendars.client_view(mei, monday, monday + timedelta(days=14))
    titles = [event["title"] for event in events]
    assert titles.count("产品周会") == 2
    sync = [event["start"] for event in events if event["title"] == "Launch sync"]
    weekdays = [datetime.fromisoformat(start).weekday() for start in sync]
    assert weekdays == [1, 2]  # the second one was moved from Tuesday to Wednesday
    assert [event["visibility"] for event in events if event["title"] == "牙医"] == ["private"]


async def test_the_seed_has_leave_and_a_whole_day(lab: Tenant) -> None:
    query = {"from": "2026-11-16T00:00:00+08:00", "to": "2026-11-30T00:00:00+08:00"}
    dawn = await lab.control("GET", f"calendars/{lab.id('Dawn')}", **query)
    assert [(one["start"], one["end"]) for one in dawn["events"] if one["title"] == "年假"] == [
        ({"date": "2026-11-26"}, {"date": "2026-11-27"})
    ]
    async with lab.http.get(f"{lab.url}/_emulator/calendars/{lab.id('Dawn')}?from={query['from']}") as plain:
        assert plain.status == 200  # a plus sign that nobody encoded
    alice = await lab.control("GET", f"calendars/{lab.id('Alice')}", **query)
    assert [one["start"] for one in alice["events"] if one["title"] == "Offsite"] == [{"date": "2026-11-27"}]


async def test_adding_people_groups_and_rooms(lab: Tenant) -> None:
    new = await lab.control(
        "POST", "users", {"name": "ノゾミ", "en_name": "Nozomi", "timezone": "Asia/Tokyo", "language": "ja"}
    )
    assert new["language"] == "ja_jp"
    chat = await lab.control("POST", "chats", {"name": "Trio", "members": [new["open_id"], lab.id("Mei")]})
    assert chat["members"] == [new["open_id"], lab.id("Mei")]
    assert (await lab.get(f"/open-apis/im/v1/chats/{chat['chat_id']}/members/is_in_chat")).data["is_in_chat"] is True
    room = await lab.control("POST", "rooms", {"name": "Nook", "capacity": 2, "building": "North Tower"})
    assert (room["name"], room["place"]) == ("Nook", ["North Tower"])
    assert "IANA" in await error(lab, "POST", "users", {"name": "X", "timezone": "Mars/Base"})
    assert "taken" in await error(lab, "POST", "users", {"name": "X", "email": "bob@example.com"}, status=409)
    assert "nobody has the open_id" in await error(lab, "POST", "chats", {"members": ["ou_none"]}, status=404)
    assert "field" in await error(lab, "POST", "rooms", {"name": "X", "colour": "red"})


async def test_back_to_the_seed(lab: Tenant) -> None:
    before = await lab.control("GET", "state")
    sent = await lab.send("hello")
    await lab.control("POST", "users", {"name": "Extra"})
    await lab.control("POST", "clock", {"advance_s": 3600})
    assert await lab.control("POST", "reset") == before
    assert (await lab.get(f"{MESSAGES}/{sent['message_id']}")).code == 230001
    again = await lab.send("hello")  # the app's token survives, and no id is given twice
    assert again["message_id"] != sent["message_id"]


async def test_a_seed_of_ones_own(lab: Tenant) -> None:
    seed = {"users": {"a": {"name": "Ada", "timezone": "Europe/London"}}, "chats": [{"name": "Solo", "members": ["a"]}]}
    state = await lab.control("POST", "reset", {"seed": seed})
    assert ([user["name"] for user in state["users"]], len(state["rooms"])) == (["Ada"], 0)
    assert "seed.json" in await error(lab, "POST", "reset", {"seed": {"users": {"a": {"nickname": "A"}}}})
    assert [user["name"] for user in (await lab.control("GET", "state"))["users"]] == ["Ada"]
    assert len((await lab.control("POST", "reset"))["users"]) == 14  # without one, the seed it started with


async def test_what_is_not_there(lab: Tenant) -> None:
    assert await error(lab, "GET", "nothing", status=404) == "there is no GET /_emulator/nothing"
    async with lab.http.post(f"{lab.url}/_emulator/messages", data="{") as answer:
        assert (answer.status, await answer.json()) == (400, {"error": "the body is not JSON"})


# -- speaking ---------------------------------------------------------------------------------------------------


async def spoken(lab: Tenant, words: str, chat: str = "Launch crew", who: str = "Mei") -> tuple[str, list[str]]:
    """The text as stored, and the English names of who was mentioned."""
    said = await lab.control("POST", "messages", {"from": lab.id(who), "chat_id": lab.chat(chat), "text": words})
    message = lab.world.messages[said["message_id"]]
    names = {user.open_id: user.en_name for user in lab.world.users.values()} | {lab.world.app.open_id: "Daylark"}
    return json.loads(message.content)["text"], [names[one.open_id] for one in message.mentions]


async def test_mentions_find_people_and_the_bot(lab: Tenant) -> None:
    assert await spoken(lab, "@Daylark meet @Bob and @alice") == (
        "@_user_1 meet @_user_2 and @_user_3",
        ["Daylark", "Bob", "Alice"],
    )
    assert await spoken(lab, "@Bob, @Bob!") == ("@_user_1, @_user_1!", ["Bob"])
    assert await spoken(lab, "@Bobby bob@example.com @all") == ("@Bobby bob@example.com @_all", [])
    assert await spoken(lab, "@阿杰和@さくら来吗", "产品讨论组") == ("@_user_1和@_user_2来吗", ["Jay", "Sakura"])


async def test_the_longest_name_wins(lab: Tenant) -> None:
    await lab.control("POST", "users", {"name": "Bob Junior", "en_name": "Junior"})
    assert (await spoken(lab, "@Bob Junior is here"))[1] == ["Junior"]


async def test_two_people_of_one_name(lab: Tenant) -> None:
    refused = {"from": lab.id("Mei"), "chat_id": lab.chat("产品讨论组"), "text": "@小雨 hi"}
    assert await error(lab, "POST", "messages", refused) == (
        "@小雨 could be several people; write @小雨 Rain or @小雨 Misty, or @ and the open_id"
    )
    assert await spoken(lab, "@小雨 Misty hi", "产品讨论组") == ("@_user_1 hi", ["Misty"])
    assert await spoken(lab, f"@{lab.id('Rain')} hi", "产品讨论组") == ("@_user_1 hi", ["Rain"])


async def test_speaking_where_one_is_not(lab: Tenant) -> None:
    said = {"from": lab.id("Carol"), "chat_id": lab.chat(), "text": "hi"}
    assert await error(lab, "POST", "messages", said, status=403) == "Carol is not in the chat 'Launch crew'"
    assert "reply_to" in await error(lab, "POST", "messages", {**said, "from": lab.id("Mei"), "reply_to": "om_none"})
    assert await error(lab, "POST", "messages", {**said, "text": "", "colour": 1}) == (
        "text: the minimum length is 1; colour: unknown field"
    )


# -- seeing -----------------------------------------------------------------------------------------------------


async def test_chats_with_their_unread_counts(lab: Tenant) -> None:
    await lab.send("one")
    two = await lab.send("two")
    await lab.control("POST", "clock", {"advance_s": 1})
    await lab.control("POST", "messages", {"from": lab.id("Bob"), "chat_id": lab.chat(), "text": "three"})

    async def unread(name: str) -> dict[str, int]:
        found = await lab.control("GET", "chats", **{"as": lab.id(name)})
        return {chat["name"]: chat["unread"] for chat in found["chats"]}

    assert await unread("Mei") == {"Daylark": 0, "Launch crew": 3, "产品讨论组": 0, "東京チーム": 0}
    assert await unread("Bob") == {"Daylark": 0, "Launch crew": 0}
    read = {"as": lab.id("Mei"), "chat_id": lab.chat(), "message_id": two["message_id"]}
    assert await lab.control("POST", "read", read) == {"unread": 1}
    listed = (await lab.control("GET", "chats", **{"as": lab.id("Mei")}))["chats"]
    assert (listed[0]["mode"], listed[1]["last"]["text"]) == ("p2p", "three")


async def test_messages_after_a_given_one(lab: Tenant) -> None:
    sent = [await lab.send(words) for words in ("one", "two", "three")]
    query = {"as": lab.id("Mei"), "after": sent[0]["message_id"]}
    found = await lab.control("GET", f"chats/{lab.chat()}/messages", **query)
    assert [one["text"] for one in found["messages"]] == ["two", "three"]
    assert found["messages"][0]["sender"] == {"id": lab.world.app.open_id, "type": "app", "name": "Daylark"}
    assert "as=" in await error(lab, "GET", f"chats/{lab.chat()}/messages")


async def test_everybody_reads_their_own_language(lab: Tenant) -> None:
    title = {"tag": "plain_text", "content": "Hello", "i18n_content": {"zh_cn": "你好", "ja_jp": "こんにちは"}}
    design = card(button("Yes", {"do": "yes"}, element_id="yes"))
    design["header"]["title"] = title
    design["body"]["elements"][0]["text"]["i18n_content"] = {"zh_cn": "好", "ja_jp": "はい"}
    await lab.send_card(design, to=lab.chat("東京チーム"))

    async def sees(name: str) -> tuple[str, str]:
        found = await lab.control("GET", f"chats/{lab.chat('東京チーム')}/messages", **{"as": lab.id(name)})
        shown = found["messages"][-1]
        return shown["text"].splitlines()[0], shown["buttons"][0]["text"]

    assert [await sees(name) for name in ("Mei", "Sakura", "Carol")] == [
        ("你好", "好"),
        ("こんにちは", "はい"),
        ("Hello", "Yes"),
    ]


# -- tapping ----------------------------------------------------------------------------------------------------


async def test_taps_that_are_not_possible(lab: Tenant) -> None:
    sent = await lab.send_card(card(button("Yes", {"do": "yes"}, element_id="yes"), button("Old", {}, disabled=True)))
    tap = {"by": lab.id("Mei"), "message_id": sent["message_id"], "button": "Yes"}
    assert "there is: 'Yes', 'Old'" in await error(lab, "POST", "clicks", {**tap, "button": "Maybe"}, status=404)
    assert await error(lab, "POST", "clicks", {**tap, "button": "Old"}, status=409) == "'Old' is disabled"
    assert "does not see" in await error(lab, "POST", "clicks", {**tap, "by": lab.id("Carol")}, status=403)
    words = await lab.send("words")
    assert "no card" in await error(lab, "POST", "clicks", {**tap, "message_id": words["message_id"]})


async def test_a_form_is_filled_in(lab: Tenant) -> None:
    options = [{"text": {"tag": "plain_text", "content": "Half an hour"}, "value": "30"}]
    form = {
        "tag": "form",
        "name": "f",
        "elements": [
            {"tag": "input", "name": "title", "required": True},
            {"tag": "date_picker", "name": "day"},
            {"tag": "picker_time", "name": "hour", "initial_time": "09:30"},
            {"tag": "select_static", "name": "length", "options": options},
            {
                "tag": "button",
                "name": "go",
                "text": {"tag": "plain_text", "content": "Send"},
                "form_action_type": "submit",
                "behaviors": [{"type": "callback", "value": {"do": "book"}}],
            },
        ],
    }
    sent = await lab.send_card(card(form))
    tap: Json = {"by": lab.id("Bob"), "message_id": sent["message_id"], "button": "Send"}
    async with listening(lab) as hook:
        assert await error(lab, "POST", "clicks", tap) == "the field 'title' is required"
        assert "no field colour" in await error(lab, "POST", "clicks", {**tap, "form": {"colour": "red"}})
        wrong = {"title": "Sync", "length": "An hour"}
        assert "no option" in await error(lab, "POST", "clicks", {**tap, "form": wrong})
        filled = {"title": "Sync", "day": "2026-12-01", "length": "Half an hour"}
        await lab.control("POST", "clicks", {**tap, "form": filled})
        assert hook.got[0]["event"]["action"] == {
            "tag": "button",
            "timezone": "America/New_York",
            "value": {"do": "book"},
            "name": "go",
            "form_value": {"title": "Sync", "day": "2026-12-01 -0500", "hour": "09:30 -0500", "length": "30"},
        }


async def test_selects_and_pickers_outside_a_form(lab: Tenant) -> None:
    options = [{"text": {"tag": "plain_text", "content": "Tokyo"}, "value": "jp"}]
    select = {"tag": "select_static", "name": "city", "element_id": "city", "options": options}
    picker = {"tag": "picker_datetime", "name": "when", "element_id": "when"}
    sent = await lab.send_card(card(select, picker))
    tap = {"by": lab.id("Mei"), "message_id": sent["message_id"]}
    async with listening(lab) as hook:
        await lab.control("POST", "clicks", {**tap, "button": "city", "option": "Tokyo"})
        await lab.control("POST", "clicks", {**tap, "button": "when", "option": "2026-12-01 09:00"})
        assert [one["event"]["action"]["option"] for one in hook.got] == ["jp", "2026-12-01 09:00 +0800"]
        assert "needs an option" in await error(lab, "POST", "clicks", {**tap, "button": "city"})


# -- time -------------------------------------------------------------------------------------------------------


async def test_moving_time(lab: Tenant) -> None:
    assert (await lab.control("POST", "clock", {"advance_s": 90}))["now"] == "2026-11-18T02:01:30+00:00"
    moved = await lab.control("POST", "clock", {"now": "2026-12-24T18:00:00+01:00"})
    assert (moved["now"], moved["running"]) == ("2026-12-24T17:00:00+00:00", False)
    assert (await lab.control("POST", "clock", {"run": True}))["running"] is True
    await asyncio.sleep(0.05)
    later = datetime.fromisoformat((await lab.control("GET", "clock"))["now"])
    assert timedelta(milliseconds=50) <= later - datetime.fromisoformat(moved["now"]) < timedelta(seconds=5)
    assert "offset" in await error(lab, "POST", "clock", {"now": "2026-12-24T18:00:00"})
    assert "advance_s" in await error(lab, "POST", "clock", {"advance_s": -1})
    assert "advance_s" in await error(lab, "POST", "clock", {})


async def test_what_is_due_happens_in_order_and_at_its_time() -> None:
    start = datetime.fromisoformat("2026-11-18T00:00:00+00:00")
    clock, seen = Clock(start, running=False), []

    def note(name: str) -> None:
        seen.append((name, int((clock.now() - start).total_seconds())))

    async def later() -> None:
        note("b")
        clock.after(timedelta(seconds=5), lambda: note("c"))

    clock.at(start + timedelta(seconds=30), lambda: note("d"))
    clock.at(start + timedelta(seconds=10), later)
    clock.at(start + timedelta(seconds=5), lambda: note("a"))
    clock.at(start + timedelta(seconds=7), lambda: note("never")).cancel()
    await clock.advance(timedelta(seconds=20))
    assert seen == [("a", 5), ("b", 10), ("c", 15)]
    assert clock.now() == start + timedelta(seconds=20)
    await clock.set(start)  # backwards nothing happens, and what is due stays due
    await clock.set(start + timedelta(hours=1))
    assert seen[3:] == [("d", 30)]


async def test_a_running_clock_fires_by_itself() -> None:
    clock, fired = Clock(), asyncio.Event()
    clock.start()
    clock.after(timedelta(milliseconds=20), fired.set)
    await asyncio.wait_for(fired.wait(), 2)
    await clock.stop()


async def test_tokens_of_people_expire_when_time_jumps(lab: Tenant) -> None:
    assert (await lab.get("/open-apis/authen/v1/user_info", as_="Bob")).code == 0
    await lab.control("POST", "clock", {"advance_s": 7201})
    assert (await lab.get("/open-apis/authen/v1/user_info", as_="Bob")).code == 99991677


# -- calls and faults -------------------------------------------------------------------------------------------


async def test_calls_are_remembered(lab: Tenant) -> None:
    await lab.token()
    before = (await lab.control("GET", "calls"))["next"]
    body = {"receive_id": lab.chat(), "msg_type": "text", "content": '{"text":"x"}', "uuid": "my-key"}
    await lab.post(MESSAGES, body, receive_id_type="chat_id")
    await lab.get(f"{MESSAGES}/om_none", as_="Mei")
    rows = (await lab.control("GET", "calls", since=str(before)))["calls"]
    rows = [row for row in rows if row["path"].startswith(MESSAGES)]
    assert [{**row, "ms": 0} for row in rows] == [
        {
            "at": "2026-11-18T02:00:00+00:00",
            "method": "POST",
            "path": "/open-apis/im/v1/messages",
            "token": "tenant",
            "status": 200,
            "code": 0,
            "idempotency_key": "my-key",
            "ms": 0,
        },
        {
            "at": "2026-11-18T02:00:00+00:00",
            "method": "GET",
            "path": "/open-apis/im/v1/messages/:message_id",
            "token": "user",
            "status": 400,
            "code": 230001,
            "idempotency_key": None,
            "ms": 0,
        },
    ]
    await lab.control("POST", "clock", {"advance_s": 10})
    await lab.get("/open-apis/bot/v3/info")
    since = await lab.control("GET", "calls", since="2026-11-18T10:00:05+08:00")
    assert [row["path"] for row in since["calls"]] == ["/open-apis/bot/v3/info"]


async def test_faults_hit_the_next_calls_only(lab: Tenant) -> None:
    info = {"method": "GET", "path": "/open-apis/bot/v3/info"}
    await lab.control("POST", "faults", {**info, "times": 2, "status": 503})
    answers = [await lab.get(info["path"]) for _ in range(3)]
    assert [answer.status for answer in answers] == [503, 503, 200]

    await lab.control("POST", "faults", {**info, "times": 1, "status": 429})
    limited = await lab.get(info["path"])
    assert (limited.code, limited.headers["x-ogw-ratelimit-reset"]) == (99991400, "1")

    body = {"receive_id": lab.chat(), "msg_type": "text", "content": '{"text":"x"}'}
    await lab.control("POST", "faults", {"method": "POST", "path": MESSAGES, "times": 1, "code": 230020})
    refused = await lab.post(MESSAGES, body, receive_id_type="chat_id")
    assert (refused.status, refused.body["msg"]) == (400, "This operation triggers the frequency limit.")

    await lab.control("POST", "faults", {**info, "times": 1, "delay_ms": 120})
    began = time.monotonic()
    await lab.get(info["path"])
    assert time.monotonic() - began >= 0.12


async def test_answers_get_lost_before_or_after_the_deed(lab: Tenant) -> None:
    body = {"receive_id": lab.chat(), "msg_type": "text", "content": '{"text":"x"}', "uuid": "k-1"}
    for drop, written in ((True, 0), ("after", 1)):
        await lab.control("POST", "faults", {"method": "POST", "path": MESSAGES, "times": 1, "drop": drop})
        with pytest.raises(aiohttp.ClientError):
            await lab.post(MESSAGES, body, receive_id_type="chat_id")
        assert len(lab.world.chats[lab.chat()].messages) == written
        row = (await lab.control("GET", "calls"))["calls"][-1]
        assert (row["path"], row["token"], row["idempotency_key"]) == (MESSAGES, "tenant", "k-1")


async def test_faults_are_checked_and_cleared(lab: Tenant) -> None:
    assert "no documented call" in await error(lab, "POST", "faults", {"method": "GET", "path": "/x", "status": 500})
    info = {"method": "GET", "path": "/open-apis/bot/v3/info"}
    assert "say what goes wrong" in await error(lab, "POST", "faults", {**info, "times": 1})
    await lab.control("POST", "faults", {**info, "times": 5, "status": 500})
    assert await lab.control("DELETE", "faults") == {"faults": []}
    assert (await lab.get(info["path"])).status == 200


# -- waiting and listening --------------------------------------------------------------------------------------


async def test_idle_waits_for_pushes_and_for_what_the_app_does_then(lab: Tenant) -> None:
    async with listening(lab) as hook:
        done = []

        async def answer(_: Json) -> web.Response:
            async def work() -> None:
                await asyncio.sleep(0.2)
                await lab.send("my answer")
                done.append(True)

            tasks.append(asyncio.create_task(work()))
            return web.json_response({})

        tasks: list[asyncio.Task[None]] = []
        hook.answer = answer
        await lab.token()
        await lab.control("POST", "messages", {"from": lab.id("Mei"), "to_bot": True, "text": "hi"})
        assert (await lab.control("GET", "idle", timeout_s="5"))["idle"] is True
        assert done == [True]
    assert (await lab.control("GET", "idle", timeout_s="0"))["idle"] in (True, False)


async def test_idle_gives_up(lab: Tenant) -> None:
    async with listening(lab) as hook:

        async def slow(_: Json) -> web.Response:
            await asyncio.sleep(0.6)
            return web.json_response({})

        hook.answer = slow
        await lab.control("POST", "messages", {"from": lab.id("Mei"), "to_bot": True, "text": "hi"})
        assert (await lab.control("GET", "idle", timeout_s="0.1"))["idle"] is False


async def test_the_stream_tells_what_changes(lab: Tenant) -> None:
    await lab.token()
    async with lab.http.get(f"{lab.url}/_emulator/stream") as stream:

        async def line() -> Any:
            while True:
                raw = (await asyncio.wait_for(stream.content.readline(), 5)).decode().strip()
                if raw.startswith("data: "):
                    return json.loads(raw[6:])

        assert await line() == {"type": "hello", "now": "2026-11-18T02:00:00+00:00", "running": False}
        sent = await lab.send("hi")
        told = [await line() for _ in range(5)]
        assert told[0] == {
            "type": "message",
            "chat_id": lab.chat(),
            "message_id": sent["message_id"],
            "only_for": None,
        }
        assert [(one["type"], one["unread"]) for one in told[1:4]] == [("unread", 1)] * 3
        assert (told[4]["type"], told[4]["row"]["path"]) == ("calls", MESSAGES)
        await lab.control("POST", "clock", {"advance_s": 1})
        assert await line() == {"type": "clock", "now": "2026-11-18T02:00:01+00:00", "running": False}


async def test_the_page_and_nothing_beside_it_is_served(lab: Tenant) -> None:
    async with lab.http.get(f"{lab.url}/") as page:
        assert (page.status, page.content_type) == (200, "text/html")
    async with lab.http.get(f"{lab.url}/playground/%2e%2e/seed.json") as outside:
        assert outside.status == 404
    async with lab.http.get(f"{lab.url}/_emulator/avatar/{lab.id('Mei')}.svg") as picture:
        assert ">M</text>" in await picture.text()


async def test_two_worlds_share_nothing() -> None:
    async with tenant() as one, Emulator(make_world()) as other:
        await one.send("only here")
        assert all(not chat.messages for chat in other.world.chats.values())


# -- what the documents leave open ------------------------------------------------------------------------------


async def test_switches(lab: Tenant) -> None:
    before = await lab.control("POST", "switches", {})
    assert (before["gateway_status"], before["short_pages"], before["all_day_end"]) == (400, False, "inclusive")
    turned = {"gateway_status": 401, "short_pages": True, "all_day_end": "exclusive"}
    assert await lab.control("POST", "switches", turned) == {**before, **turned}
    members = await lab.get(f"/open-apis/im/v1/chats/{lab.chat('产品讨论组')}/members", page_size=4)
    assert (len(members.data["items"]), members.data["has_more"]) == (2, True)
    assert (await lab.get("/open-apis/search/v1/user", query="x")).status == 401
    assert "short_pages" in await error(lab, "POST", "switches", {"short_pages": "yes"})
    await lab.control("POST", "reset")
    assert await lab.control("POST", "switches", {}) == before


async def test_every_switch_can_be_turned(lab: Tenant) -> None:
    found = await lab.control("POST", "switches", {})
    assert await lab.control("POST", "switches", found) == found


async def test_the_page_about_the_emulator_names_every_call(lab: Tenant) -> None:
    page = (Path(__file__).parents[2] / "docs" / "emulator.md").read_text(encoding="utf-8")
    routes = {
        route.method + " " + route.resource.canonical for route in build(lab.world).router.routes() if route.resource
    }
    calls = {route.replace("/_emulator/", "") for route in routes if "/_emulator/" in route and "rest" not in route}
    missing = {call for call in calls if not call.startswith("HEAD") and f"`{call}" not in page}
    assert missing == set()

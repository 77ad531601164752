"""Pushes over a connection the app opened, spoken byte by byte and by the official SDK."""

from __future__ import annotations

import asyncio
import base64
import json
import sys
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.emulator import longconn
from bot.emulator.frames import CONTROL, DATA, BadFrame, Frame, decode
from tests.emulator.lab import Json, Tenant, button, card, tenant


@pytest.fixture
async def lab() -> AsyncIterator[Tenant]:
    async with tenant() as it:
        await it.control("POST", "app", {"transport": "longconn"})
        yield it


async def address(lab: Tenant) -> Json:
    app = lab.world.app
    body = {"AppID": app.app_id, "AppSecret": app.app_secret}
    return dict((await lab.post("/callback/ws/endpoint", body, as_="nobody")).data)


async def connect(lab: Tenant) -> aiohttp.ClientWebSocketResponse:
    return await lab.http.ws_connect((await address(lab))["URL"])


async def take(socket: aiohttp.ClientWebSocketResponse) -> Frame:
    return decode(await socket.receive_bytes(timeout=5))


async def answer(socket: aiohttp.ClientWebSocketResponse, frame: Frame, code: int = 200, data: Any = None) -> None:
    body: Json = {"code": code, "headers": {}}
    if data is not None:
        body["data"] = base64.b64encode(json.dumps(data).encode()).decode()
    frame.headers["biz_rt"] = "1"
    frame.payload = json.dumps(body).encode()
    await socket.send_bytes(frame.encode())


async def say(lab: Tenant, words: str = "hi") -> Json:
    said = {"from": lab.id("Mei"), "to_bot": True, "text": words}
    return dict(await lab.control("POST", "messages", said))


def test_frames_byte_by_byte() -> None:
    frame = Frame(seq_id=1, log_id=300, service=7, method=DATA, headers={"type": "ping"}, payload=b"ok")
    assert frame.encode() == (
        b"\x08\x01"  # SeqID
        b"\x10\xac\x02"  # LogID, two bytes
        b"\x18\x07"  # service
        b"\x20\x01"  # method
        b"\x2a\x0c\x0a\x04type\x12\x04ping"  # a header
        b"\x42\x02ok"  # payload
    )
    assert decode(frame.encode()) == frame
    assert decode(Frame(log_id_new="x", payload_type="y", payload_encoding="z").encode()).log_id_new == "x"
    for broken in (b"\x42\x05ok", b"\x08", b"\x0d\x00\x00\x00\x00"):
        with pytest.raises(BadFrame):
            decode(broken)


async def test_an_event_over_the_connection(lab: Tenant) -> None:
    async with await connect(lab) as socket:
        assert (await say(lab, "早"))["delivered"] is True
        frame = await take(socket)
        assert (frame.method, frame.headers["type"], frame.headers["sum"], frame.headers["seq"]) == (
            DATA,
            "event",
            "1",
            "0",
        )
        payload = json.loads(frame.payload)  # neither encrypted nor signed
        assert payload["header"]["event_type"] == "im.message.receive_v1"
        assert json.loads(payload["event"]["message"]["content"]) == {"text": "早"}
        await answer(socket, frame)
        await lab.world.pushes.settle()
        assert lab.world.clock.pending() == []


async def test_no_answer_and_bad_answers_are_sent_again(lab: Tenant) -> None:
    async with await connect(lab) as socket:
        await say(lab)
        first = await take(socket)
        await answer(socket, first, code=500)
        await lab.world.pushes.settle()
        moving = asyncio.create_task(lab.control("POST", "clock", {"advance_s": 15}))
        again = await take(socket)
        assert json.loads(again.payload)["header"]["event_id"]
        await answer(socket, again)
        await moving
        assert lab.world.clock.pending() == []


async def test_without_a_connection_the_event_waits(lab: Tenant) -> None:
    assert (await say(lab))["delivered"] is False
    await lab.world.pushes.settle()
    async with await connect(lab) as socket:
        moving = asyncio.create_task(lab.control("POST", "clock", {"advance_s": 15}))
        await answer(socket, await take(socket))
        await moving


async def test_a_tap_over_the_connection(lab: Tenant) -> None:
    sent = await lab.send_card(card(button("Yes", {"do": "yes"})))
    tap = {"by": lab.id("Mei"), "message_id": sent["message_id"], "button": "Yes"}
    async with await connect(lab) as socket:
        tapping = asyncio.create_task(lab.control("POST", "clicks", tap))
        frame = await take(socket)
        assert frame.headers["type"] == "event"
        assert json.loads(frame.payload)["event"]["action"]["value"] == {"do": "yes"}
        await answer(socket, frame, data={"toast": {"type": "info", "content": "seen"}})
        assert (await tapping)["toast"] == {"type": "info", "content": "seen"}
    assert (await lab.control("POST", "clicks", tap))["toast"]["code"] == 200340


async def test_a_connection_that_breaks_before_the_answer(lab: Tenant) -> None:
    sent = await lab.send_card(card(button("Yes", {"do": "yes"})))
    tap = {"by": lab.id("Mei"), "message_id": sent["message_id"], "button": "Yes"}
    async with await connect(lab) as socket:
        tapping = asyncio.create_task(lab.control("POST", "clicks", tap))
        await take(socket)
        await socket.close()
        assert (await tapping)["toast"]["code"] == 200342


async def test_long_payloads_come_in_pieces(lab: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(longconn, "PIECE", 100)
    async with await connect(lab) as socket:
        await say(lab, "x" * 500)
        frames = [await take(socket)]
        frames += [await take(socket) for _ in range(int(frames[0].headers["sum"]) - 1)]
        assert [int(frame.headers["seq"]) for frame in frames] == list(range(len(frames)))
        whole = json.loads(b"".join(frame.payload for frame in frames))
        assert len(json.loads(whole["event"]["message"]["content"])["text"]) == 500
        await answer(socket, frames[-1])


async def test_each_message_goes_to_one_connection(lab: Tenant) -> None:
    async with await connect(lab) as one, await connect(lab) as two:
        for socket in (one, two):
            await say(lab)
            await answer(socket, await take(socket))
            await lab.world.pushes.settle()


async def test_pings_are_answered(lab: Tenant) -> None:
    async with await connect(lab) as socket:
        await socket.send_bytes(Frame(service=1, method=CONTROL, headers={"type": "ping"}).encode())
        pong = await take(socket)
        assert pong.headers == {"type": "pong"}
        assert json.loads(pong.payload)["PingInterval"] == 120
        await socket.send_bytes(b"\xff\xff")
        assert (await socket.receive(timeout=5)).type is aiohttp.WSMsgType.CLOSE


async def test_who_may_not_connect(lab: Tenant) -> None:
    app = lab.world.app
    for body, code in (
        ({"AppID": app.app_id, "AppSecret": "no"}, 10014),
        ({"AppID": "cli_0", "AppSecret": "no"}, 10003),
    ):
        refused = await lab.post("/callback/ws/endpoint", body, as_="nobody")
        assert (refused.status, refused.code) == (200, code)
    url = (await address(lab))["URL"]
    async with lab.http.ws_connect(url):
        with pytest.raises(aiohttp.WSServerHandshakeError) as used_up:
            await lab.http.ws_connect(url)
    assert used_up.value.headers is not None
    assert used_up.value.headers["handshake-status"] == "403"


async def test_fifty_connections_are_the_most(lab: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(longconn, "MOST_CONNECTIONS", 1)
    async with await connect(lab):
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await connect(lab)
    assert refused.value.headers is not None
    assert refused.value.headers["handshake-status"] == "514"
    assert refused.value.headers["handshake-autherrcode"] == "1000040350"


SDK_CLIENT = """
import json, sys, lark_oapi as lark
from lark_oapi.event.callback.model.p2_card_action_trigger import P2CardActionTriggerResponse
app_id, secret, domain = sys.argv[1:]
def said(event): print(json.dumps(["said", json.loads(event.event.message.content)["text"]]), flush=True)
def tapped(event):
    print(json.dumps(["tapped", event.event.action.value]), flush=True)
    return P2CardActionTriggerResponse({"toast": {"type": "success", "content": "from the SDK"}})
handler = (lark.EventDispatcherHandler.builder("", "").register_p2_im_message_receive_v1(said)
    .register_p2_card_action_trigger(tapped).build())
print("starting", flush=True)
lark.ws.Client(app_id, secret, event_handler=handler, domain=domain, log_level=lark.LogLevel.ERROR).start()
"""


async def opened(lab: Tenant) -> None:
    """The first connection of the app is there."""
    changes = lab.world.changes.subscribe()
    while not lab.world.pushes.lines.get(lab.world.app.app_id):
        await changes.get()
    lab.world.changes.unsubscribe(changes)


async def test_the_official_client(lab: Tenant) -> None:
    app = lab.world.app
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-W",
        "ignore",
        "-c",
        SDK_CLIENT,
        app.app_id,
        app.app_secret,
        lab.url,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(60):
            assert (await process.stdout.readline()).strip() == b"starting"
            await opened(lab)
            await say(lab, "hello SDK")
            assert json.loads(await process.stdout.readline()) == ["said", "hello SDK"]
            sent = await lab.send_card(card(button("Yes", {"do": "yes"})))
            tap = {"by": lab.id("Mei"), "message_id": sent["message_id"], "button": "Yes"}
            tapped = await lab.control("POST", "clicks", tap)
            assert json.loads(await process.stdout.readline()) == ["tapped", {"do": "yes"}]
            assert tapped["toast"] == {"type": "success", "content": "from the SDK"}
    finally:
        process.kill()
        await process.communicate()

"""The emulator before the vendor's Node SDK: every call it has, its WebSocket client, and its event dispatcher."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.emulator.envelope import seal
from tests.emulator.lab import Tenant as Lab
from tests.emulator.lab import button, card
from tests.emulator.lab import tenant as lab_of
from tests.emulator.node_sdk import HERE, Calls, NodeSdk, install, require, surroundings
from tests.emulator.sdk_stories import STORIES, WITHOUT_A_METHOD, wanted
from tests.emulator.tenant import running

require()
NUMBERS = itertools.count(1)


@pytest.fixture(scope="module")
def sdk_folder() -> Path:
    return install()


@pytest.fixture(scope="module")
def calls(sdk_folder: Path) -> Iterator[Calls]:
    with Calls(sdk_folder) as process:
        yield process


@pytest.mark.parametrize("story", STORIES)
async def test_a_system(calls: Calls, story: str) -> None:
    # The SDK keeps tokens by app id for as long as the process lives: every test is an app of its own.
    async with running(app_id=f"cli_40de{next(NUMBERS):012x}") as tenant:
        sdk = NodeSdk(tenant, calls)
        await STORIES[story](sdk)
        assert len(sdk.refusals) >= 2, "at least two documented refusals"


async def test_every_row_is_told(calls: Calls) -> None:
    """The stories leave no row out, and use the SDK's own methods wherever it has one."""
    answered, typed = set[str](), set[str]()
    for story in STORIES.values():
        async with running(app_id=f"cli_40df{next(NUMBERS):012x}") as tenant:
            sdk = NodeSdk(tenant, calls)
            await story(sdk)
            answered |= sdk.answered
            typed |= sdk.typed
    assert wanted() - answered == set()
    assert answered - typed == WITHOUT_A_METHOD


class Listening:
    """A Node process that tells what it received."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def tells(self) -> list[Any]:
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        assert line, "the Node process ended"
        told: list[Any] = json.loads(line)
        return told


@asynccontextmanager
async def listener(folder: Path, lab: Lab, over: str) -> AsyncIterator[Listening]:
    app = lab.world.app
    keys = {
        "appId": app.app_id,
        "appSecret": app.app_secret,
        "domain": lab.url,
        "encryptKey": app.encrypt_key,
        "verificationToken": app.verification_token,
        "over": over,
    }
    process = await asyncio.create_subprocess_exec(
        "node",
        str(HERE / "listens.mjs"),
        str(folder),
        json.dumps(keys),
        stdout=asyncio.subprocess.PIPE,
        env=surroundings(),
    )
    try:
        async with asyncio.timeout(30):
            yield Listening(process)
    finally:
        process.kill()
        await process.communicate()


async def hears_and_answers(lab: Lab, node: Listening) -> None:
    """A message reaches the SDK whole, and its answer to a tap reaches the person."""
    mei = lab.id("Mei")
    await lab.control("POST", "messages", {"from": mei, "to_bot": True, "text": "你好 Node"})
    assert await node.tells() == ["said", mei, "你好 Node"]
    sent = await lab.send_card(card(button("Yes", {"do": "yes"})))
    tap = {"by": mei, "message_id": sent["message_id"], "button": "Yes"}
    tapped = await lab.control("POST", "clicks", tap)
    told = await node.tells()
    assert told[:4] == ["tapped", mei, {"do": "yes"}, sent["message_id"]]
    assert tapped["toast"] == {"type": "success", "content": "from Node"}
    redrawn = {"token": told[4], "card": card(title="Done")}
    assert (await lab.post("/open-apis/interactive/v1/card/update", redrawn)).code == 0
    assert "Done" in lab.world.messages[sent["message_id"]].content


async def test_its_websocket_client(sdk_folder: Path) -> None:
    async with lab_of() as lab:
        await lab.control("POST", "app", {"transport": "longconn"})
        changes = lab.world.changes.subscribe()
        async with listener(sdk_folder, lab, "longconn") as node:
            assert await node.tells() == ["starting"]
            while not lab.world.pushes.lines.get(lab.world.app.app_id):
                await changes.get()
            await hears_and_answers(lab, node)
        lab.world.changes.unsubscribe(changes)


@pytest.mark.parametrize("encrypted", [True, False], ids=["encrypted", "plain"])
async def test_its_dispatcher_behind_http(sdk_folder: Path, encrypted: bool) -> None:
    """The challenge, the signature, the decryption and the answers of adaptDefault."""
    key = "a-key-of-32-letters-for-this-test" if encrypted else ""
    async with lab_of(encrypt_key=key) as lab, listener(sdk_folder, lab, "hook") as node:
        word, port = await node.tells()
        assert word == "listening"
        hook = {"transport": "webhook", "webhook_url": f"http://127.0.0.1:{port}/hook"}
        assert (await lab.control("POST", "app", hook))["verified"] is True
        await hears_and_answers(lab, node)
        mei = lab.world.calendars.primary(lab.id("Mei")).calendar_id
        events = f"/open-apis/calendar/v4/calendars/{mei}/events"
        assert (await lab.call("POST", f"{events}/subscription", as_="Mei")).code == 0
        hours = [{"timestamp": str(stamp), "timezone": "Asia/Shanghai"} for stamp in (1795395600, 1795399200)]
        made = {"summary": "Sync", "start_time": hours[0], "end_time": hours[1]}
        assert (await lab.call("POST", events, made, as_="Mei")).code == 0
        await lab.control("POST", "clock", {"advance_s": 4})
        assert await node.tells() == ["changed", mei]


async def test_its_dispatcher_checks_our_signature(sdk_folder: Path) -> None:
    """A delivery with somebody else's signature never becomes an event; the next one of ours does."""
    async with lab_of() as lab, listener(sdk_folder, lab, "hook") as node:
        _, port = await node.tells()
        url = f"http://127.0.0.1:{port}/hook"
        await lab.control("POST", "app", {"transport": "webhook", "webhook_url": url})
        header = {"event_type": "im.message.receive_v1", "token": lab.world.app.verification_token, "event_id": "e1"}
        sender = {"sender_id": {"open_id": lab.id("Mei")}}
        event = {"sender": sender, "message": {"content": json.dumps({"text": "forged"})}}
        body, headers = seal({"schema": "2.0", "header": header, "event": event}, lab.world.app.encrypt_key)
        async with lab.http.post(url, data=body, headers={**headers, "X-Lark-Signature": "0" * 64}) as answer:
            await answer.read()
        await lab.control("POST", "messages", {"from": lab.id("Mei"), "to_bot": True, "text": "genuine"})
        assert await node.tells() == ["said", lab.id("Mei"), "genuine"]

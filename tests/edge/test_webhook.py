"""The door: what it refuses, in which words, and that a refusal changes nothing."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.emulator.state import App
from tests.seal import encrypted, message, signed
from tests.stage import Stage, stage


@dataclass
class Door:
    """The bot's webhook and what a sender needs."""

    scene: Stage
    app: App
    http: aiohttp.ClientSession

    @property
    def url(self) -> str:
        bot = self.scene.playground.app
        assert bot is not None
        return f"{bot.url}/webhook/event"

    async def post(self, body: bytes, headers: dict[str, str] | None = None) -> tuple[int, dict[str, Any]]:
        async with self.http.post(self.url, data=body, headers=headers or {}) as answer:
            return answer.status, await answer.json()

    def asks(self, text: str = "/help", **more: str) -> dict[str, Any]:
        mei = self.scene.person("Mei")
        direct = self.scene.playground.emulator.world.direct_chat(self.app.app_id, mei.open_id)
        said = self.scene.playground.emulator.world.messages
        message_id = more.pop("message_id", "") or next(reversed(said), "")
        return message(
            text, token=more.pop("token", self.app.verification_token), app_id=more.pop("app_id", self.app.app_id),
            sender=mei.open_id, chat_id=direct.chat_id, message_id=message_id, **more,
        )  # fmt: skip

    async def delivers(self, payload: dict[str, Any], **how: Any) -> tuple[int, dict[str, Any]]:
        body = encrypted(payload, how.pop("key", self.app.encrypt_key))
        return await self.post(body, signed(body, how.pop("sign", self.app.encrypt_key), **how))

    async def replies(self) -> int:
        await self.scene.idle()
        return len([row for row in await self.scene.calls("/reply") if row["method"] == "POST"])


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    async with stage(tmp_path) as scene, aiohttp.ClientSession() as http:
        await scene.post("messages", **{"from": scene.person("Mei").open_id, "to_bot": True, "text": "hello"})
        await scene.idle()
        yield Door(scene, scene.playground.emulator.world.app, http)


async def test_the_address_is_confirmed_with_the_same_challenge(door: Door) -> None:
    payload = {"challenge": "abc", "token": door.app.verification_token, "type": "url_verification"}
    assert await door.post(encrypted(payload, door.app.encrypt_key)) == (200, {"challenge": "abc"})


async def test_the_same_delivery_twice_is_answered_twice_and_worked_on_once(door: Door) -> None:
    before = await door.replies()
    payload = door.asks()
    assert await door.delivers(payload) == (200, {})
    assert await door.delivers(payload) == (200, {})
    again = {**payload, "header": {**payload["header"], "event_id": "another-event-id"}}
    assert await door.delivers(again) == (200, {})
    assert await door.replies() == before + 1


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ({"sign": "another key"}, 401),
        ({"at": time.time() - 900}, 401),
        ({"at": time.time() + 900}, 401),
        ({"key": "another key"}, 401),
    ],
)
async def test_what_is_not_signed_by_the_platform_is_refused(how: dict[str, Any], status: int, door: Door) -> None:
    before = await door.replies()
    assert (await door.delivers(door.asks(), **how))[0] == status
    assert await door.replies() == before


async def test_an_unsigned_or_plain_body_is_refused(door: Door) -> None:
    before = await door.replies()
    sealed = encrypted(door.asks(), door.app.encrypt_key)
    assert (await door.post(sealed))[0] == 401
    plain = json.dumps(door.asks()).encode()
    assert (await door.post(plain, signed(plain, door.app.encrypt_key)))[0] == 401
    assert await door.replies() == before


@pytest.mark.parametrize(("field", "status"), [("token", 401), ("app_id", 403)])
async def test_another_apps_delivery_is_refused(field: str, status: int, door: Door) -> None:
    before = await door.replies()
    payload = door.asks()
    payload["header"][field] = "somebody else's"
    assert (await door.delivers(payload))[0] == status
    assert await door.replies() == before


@pytest.mark.parametrize(
    "body", [b"", b"not json", b"[]", b'"text"', b"\xff\xfe", b'{"encrypt": 7}', b'{"encrypt": "!!"}']
)
async def test_a_broken_body_is_a_clear_4xx(body: bytes, door: Door) -> None:
    status, answer = await door.post(body, signed(body, door.app.encrypt_key))
    assert 400 <= status < 500
    assert answer["error"]


async def test_more_than_a_megabyte_is_too_much(door: Door) -> None:
    body = b'{"encrypt": "' + b"A" * (1024 * 1024) + b'"}'
    headers = signed(body, door.app.encrypt_key)
    async with door.http.post(door.url, data=BytesIO(body), headers=headers) as answer:
        assert answer.status == 413


async def test_refusals_are_counted_by_reason(door: Door) -> None:
    await door.delivers(door.asks(), sign="another key")
    base = door.url.removesuffix("/webhook/event")
    async with door.http.get(f"{base}/metrics") as answer:
        figures = await answer.text()
    assert 'daylark_webhook_refused_total{reason="bad_signature"} 1.0' in figures


async def test_an_update_nobody_handles_is_acknowledged(door: Door) -> None:
    payload = door.asks()
    payload["header"]["event_type"] = "contact.user.created_v3"
    payload["event"] = {"object": {}}
    assert await door.delivers(payload) == (200, {})


async def test_health_and_readiness(door: Door) -> None:
    base = door.url.removesuffix("/webhook/event")
    for path in ("healthz", "readyz"):
        async with door.http.get(f"{base}/{path}") as answer:
            assert (answer.status, await answer.json()) == (200, {"ok": True})

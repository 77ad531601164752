"""What the tests of the page play on: a running emulator, and an app that is scripted here."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import aiohttp
from aiohttp import web
from playwright.async_api import Page, expect

from bot.emulator.seed import make_world
from bot.emulator.server import Emulator

Json = dict[str, Any]
MONDAY = datetime(2026, 11, 23, 1, 20, tzinfo=UTC)  # 09:20 in Shanghai
PEOPLE: Json = {
    "mei": {"name": "Mei", "en_name": "Mei", "timezone": "Asia/Shanghai", "language": "zh_cn"},
    "bob": {"name": "Bob", "en_name": "Bob", "timezone": "America/New_York", "language": "en_us"},
    "taro": {"name": "山田太郎", "en_name": "Taro Yamada", "timezone": "Asia/Tokyo", "language": "ja_jp"},
    "wei": {"name": "王伟", "en_name": "Wei Wang", "timezone": "Asia/Shanghai", "language": "zh_cn"},
    "william": {"name": "王伟", "en_name": "William Wang", "timezone": "Asia/Shanghai", "language": "zh_cn"},
}
SEED: Json = {
    "users": {key: {**fields, "email": f"{key}@example.com"} for key, fields in PEOPLE.items()},
    "chats": [{"name": "Launch", "members": list(PEOPLE)}],
}


def words(en: str, zh: str, ja: str) -> Json:
    return {"tag": "plain_text", "content": en, "i18n_content": {"en_us": en, "zh_cn": zh, "ja_jp": ja}}


def card(title: Json, *elements: Json) -> Json:
    head = {"title": title, "template": "blue"}
    return {"schema": "2.0", "config": {"update_multi": True}, "header": head, "body": {"elements": list(elements)}}


def button(text: Json, do: str, **more: Any) -> Json:
    return {"tag": "button", "text": text, "behaviors": [{"type": "callback", "value": {"do": do}}], **more}


BOOKED = card(words("Booked", "已预订", "予約済み"), {"tag": "markdown", "content": "**Tue 24 Nov**"})


@dataclass
class Scene:
    """The emulator, and an app that says what the tests want said and remembers what it was told."""

    emulator: Emulator
    http: aiohttp.ClientSession
    token: str = ""
    taps: list[Json] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)

    async def call(self, method: str, path: str, body: Json | None = None) -> Json:
        headers = {"Authorization": f"Bearer {self.token}"} if path.startswith("/open-apis") and self.token else {}
        async with self.http.request(method, self.emulator.base_url + path, json=body, headers=headers) as response:
            answer: Json = await response.json()
            return answer

    async def begin(self, webhook_url: str) -> None:
        app = self.emulator.world.app
        keys = {"app_id": app.app_id, "app_secret": app.app_secret}
        answer = await self.call("POST", "/open-apis/auth/v3/tenant_access_token/internal", keys)
        self.token = answer["tenant_access_token"]
        where = {"transport": "webhook", "webhook_url": webhook_url, "encrypt_key": ""}
        await self.call("POST", "/_emulator/app", where)

    async def hook(self, request: web.Request) -> web.Response:
        push = await request.json()
        if push.get("type") == "url_verification":
            return web.json_response({"challenge": push["challenge"]})
        if push["header"]["event_type"] == "im.message.receive_v1":
            self.heard.append(json.loads(push["event"]["message"]["content"])["text"])
        if push["header"]["event_type"] == "card.action.trigger":
            self.taps.append(push["event"]["action"])
            toast = {"type": "success", "content": "Booked it"}
            return web.json_response({"toast": toast, "card": {"type": "raw", "data": BOOKED}})
        return web.json_response({})

    def people(self) -> dict[str, str]:
        """The key of the seed → open_id."""
        return {user.email.split("@")[0]: user.open_id for user in self.emulator.world.users.values()}

    def address(self, who: str = "bob") -> str:
        return f"{self.emulator.base_url}/#as={self.people()[who]}"

    async def group(self) -> str:
        state = await self.call("GET", "/_emulator/state")
        group: str = next(chat["chat_id"] for chat in state["chats"] if chat["mode"] == "group")
        return group

    async def send(self, content: Json) -> str:
        body = {"receive_id": await self.group(), "msg_type": "interactive", "content": json.dumps(content)}
        answer = await self.call("POST", "/open-apis/im/v1/messages?receive_id_type=chat_id", body)
        assert answer["code"] == 0, answer
        message_id: str = answer["data"]["message_id"]
        return message_id


@asynccontextmanager
async def scene() -> AsyncIterator[Scene]:
    async with Emulator(make_world(SEED, now=MONDAY)) as emulator, aiohttp.ClientSession() as http:
        opened = Scene(emulator, http)
        app = web.Application()
        app.router.add_post("/hook", opened.hook)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        await opened.begin(f"http://127.0.0.1:{runner.addresses[0][1]}/hook")
        yield opened
        await runner.cleanup()


async def open_group(page: Page) -> None:
    await page.get_by_test_id("chat-item").filter(has_text="Launch").click()
    await expect(page.locator("#chat-name")).to_have_text("Launch")

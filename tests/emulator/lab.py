"""What the emulator's tests drive it with: an app that calls the platform, and an address that takes its pushes."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import aiohttp
from aiohttp import web
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from bot.emulator.checks import Violations, compile_check
from bot.emulator.contract import contract, events
from bot.emulator.seed import make_world
from bot.emulator.server import Emulator
from bot.emulator.state import World

NOW = "2026-11-18T10:00:00+08:00"  # a Wednesday
Json = dict[str, Any]


@dataclass
class Reply:
    """An HTTP answer of the platform."""

    status: int
    body: Json
    headers: Any

    @property
    def code(self) -> int:
        return int(self.body["code"])

    @property
    def data(self) -> Any:
        return self.body["data"]


@dataclass
class Tenant:
    """A frozen world, an HTTP client, and the app's token."""

    emulator: Emulator
    http: aiohttp.ClientSession
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def world(self) -> World:
        return self.emulator.world

    @property
    def url(self) -> str:
        return self.emulator.base_url

    def id(self, en_name: str) -> str:
        return next(user.open_id for user in self.world.users.values() if user.en_name == en_name)

    def chat(self, name: str = "Launch crew") -> str:
        return next(chat.chat_id for chat in self.world.chats.values() if chat.name == name)

    async def token(self, who: str | None = None) -> str:
        """The app's token, or a person's (by English name)."""
        key = who or "app"
        if key not in self.tokens:
            if who is None:
                keys = {"app_id": self.world.app.app_id, "app_secret": self.world.app.app_secret}
                answer = await self.post("/open-apis/auth/v3/tenant_access_token/internal", keys, as_="nobody")
                self.tokens[key] = answer.body["tenant_access_token"]
            else:
                answer = await self.control("POST", "user_tokens", {"open_id": self.id(who)})
                self.tokens[key] = answer["access_token"]
        return self.tokens[key]

    async def call(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        *,
        as_: str | None = None,
        raw: str | None = None,
        **query: Any,
    ) -> Reply:
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if as_ != "nobody":
            headers["Authorization"] = f"Bearer {await self.token(as_)}"
        data = raw if raw is not None else (json.dumps(body) if body is not None else None)
        async with self.http.request(method, self.url + path, data=data, headers=headers, params=query) as answer:
            reply = Reply(answer.status, await answer.json(), answer.headers)
        as_documented(method, path, reply.body)
        return reply

    async def get(self, path: str, **query: Any) -> Reply:
        return await self.call("GET", path, **query)

    async def post(self, path: str, body: Json | None = None, **query: Any) -> Reply:
        return await self.call("POST", path, body, **query)

    async def control(
        self, method: str, path: str, body: Json | None = None, *, status: int = 200, **query: str
    ) -> Any:
        async with self.http.request(method, f"{self.url}/_emulator/{path}", json=body, params=query) as answer:
            found = await answer.json()
            assert answer.status == status, found
            return found

    async def send(self, text: str, **fields: Any) -> Json:
        """The app writes into the default group; answers with the message."""
        receive_id, id_type = fields.pop("to", self.chat()), fields.pop("id_type", "chat_id")
        body = {"receive_id": receive_id, "msg_type": "text", "content": json.dumps({"text": text}), **fields}
        answer = await self.post("/open-apis/im/v1/messages", body, receive_id_type=id_type)
        assert answer.status == 200, answer.body
        return dict(answer.data)

    async def send_card(self, card: Json, **fields: Any) -> Json:
        receive_id, id_type = fields.pop("to", self.chat()), fields.pop("id_type", "chat_id")
        body = {"receive_id": receive_id, "msg_type": "interactive", "content": json.dumps(card), **fields}
        answer = await self.post("/open-apis/im/v1/messages", body, receive_id_type=id_type)
        assert answer.status == 200, answer.body
        return dict(answer.data)


def as_documented(method: str, path: str, body: Json) -> None:
    """Every successful answer has only the documented fields, of the documented types."""
    rows, _ = contract().find(method, path)
    if body["code"] != 0 or not rows:
        return
    shape = rows[0].raw.get("response_data")
    data = (
        body.get("data", {})
        if rows[0].envelope == "standard"
        else {k: body[k] for k in body if k not in ("code", "msg")}
    )
    assert shape or not data, f"{rows[0].name} answers nothing, not {data}"
    found = Violations()
    compile_check(shape or {})(data, "", found)
    assert not found.items, (rows[0].name, found.items)


def push_as_documented(payload: Json) -> None:
    """Every push has only the documented fields, of the documented types."""
    found = Violations()
    compile_check(events()[payload["header"]["event_type"]]["payload"])(payload["event"], "", found)
    assert not found.items, (payload["header"]["event_type"], found.items)


@asynccontextmanager
async def tenant(*, running: bool = False, limits: bool = False, **app: Any) -> AsyncIterator[Tenant]:
    world = make_world(now=datetime.fromisoformat(NOW), running=running, **app)
    async with Emulator(world, limits=limits) as emulator, aiohttp.ClientSession() as http:
        yield Tenant(emulator, http)


def button(text: str, value: Json, **more: Any) -> Json:
    return {
        "tag": "button",
        "text": {"tag": "plain_text", "content": text},
        "behaviors": [{"type": "callback", "value": value}],
        **more,
    }


def card(*elements: Json, title: str = "A card") -> Json:
    return {
        "schema": "2.0",
        "config": {"update_multi": True},
        "header": {"title": {"tag": "plain_text", "content": title}},
        "body": {"elements": list(elements)},
    }


def decrypt(text: str, key: str) -> bytes:
    """The documented scheme, written down a second time."""
    raw = base64.b64decode(text)
    plain = Cipher(algorithms.AES(hashlib.sha256(key.encode()).digest()), modes.CBC(raw[:16])).decryptor()
    padded = plain.update(raw[16:]) + plain.finalize()
    return padded[: -padded[-1]]


Answer = Callable[[Json], Awaitable[web.Response]]


@dataclass
class Listener:
    """The app's address: keeps what it is told and answers as a test wishes."""

    key: str
    url: str = ""
    got: list[Json] = field(default_factory=list)
    raw: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answer: Answer | None = None
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        payload = json.loads(body)
        if "encrypt" in payload:
            payload = json.loads(decrypt(payload["encrypt"], self.key))
        if payload.get("type") == "url_verification":
            return web.json_response({"challenge": payload["challenge"]})
        self.raw.append((dict(request.headers), body))
        self.got.append(payload)
        self.arrived.set()
        return await self.answer(payload) if self.answer else web.json_response({})

    def of(self, event_type: str) -> list[Json]:
        return [one["event"] for one in self.got if one["header"]["event_type"] == event_type]


@asynccontextmanager
async def listening(tenant: Tenant) -> AsyncIterator[Listener]:
    """An address that is saved in the app's settings."""
    listener = Listener(tenant.world.app.encrypt_key)
    app = web.Application()
    app.router.add_post("/hook", listener.take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    listener.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    saved = await tenant.control("POST", "app", {"transport": "webhook", "webhook_url": listener.url})
    assert saved["verified"] is True
    try:
        yield listener
    finally:
        await runner.cleanup()
    for payload in listener.got:
        push_as_documented(payload)

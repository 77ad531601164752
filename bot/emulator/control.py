"""The emulator's own surface under ``/_emulator``: what people do, what time it is, what goes wrong.

Everything is JSON; times are ISO 8601 with offset; whatever cannot be done answers ``{"error": "..."}`` with a 4xx.

For scripts: ``GET state``; ``POST reset``, ``users``, ``chats``, ``rooms``, ``app``, ``user_tokens``, ``messages``,
``clicks``, ``calendar``, ``clock``; ``GET chats/{id}/messages``, ``calendars/{open_id}``, ``calls``, ``idle``;
``POST`` and ``DELETE faults``; ``POST switches`` turns what the documents leave open (``{}`` only reads them).

For the page, beside those: ``GET stream`` (server-sent events), ``GET chats?as=``, ``POST read``, ``GET clock``,
``GET avatar/{open_id}.svg``; ``POST menu`` (a bot menu item), ``enter`` (the chat with the bot is opened), ``recall``
(one's own message), ``chats/{id}/members`` (people join and leave), ``user_tokens/revoke`` (a consent is withdrawn).
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

from bot.emulator import seed, talk, taps, tenancy, tokens
from bot.emulator.calls import Fault
from bot.emulator.control_fields import checked
from bot.emulator.gateway import Gateway
from bot.emulator.kernel import Json, Refusal
from bot.emulator.state import World
from bot.emulator.talk import Wrong

QUIET_S = 0.3
UNENCODED_PLUS = re.compile(r" (\d\d:\d\d)$")  # what becomes of +08:00 in an address when nobody encodes it
SOON = timedelta(seconds=5)  # what fires within this while time runs is about to be a push
Handler = Callable[[web.Request], Awaitable[Json]]


def when(text: object, name: str) -> datetime:
    """An instant from ISO 8601 with offset."""
    try:
        moment = datetime.fromisoformat(UNENCODED_PLUS.sub(r"+\1", str(text)))
    except ValueError:
        raise Wrong(f"{name} is not ISO 8601: {text!r}") from None
    if moment.tzinfo is None:
        raise Wrong(f"{name} needs an offset, such as {text}+00:00")
    return moment.astimezone(UTC)


async def body(request: web.Request, call: str) -> Json:
    raw = await request.read()
    try:
        fields = json.loads(raw) if raw.strip() else {}
    except ValueError:
        raise Wrong("the body is not JSON") from None
    return checked(call, fields)


class Control:
    """Handlers of the control surface for one world."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        self._world = world
        self._gateway = gateway
        self._tapping = 0

    def add_to(self, app: web.Application) -> None:
        gets = {
            "state": self.state,
            "chats": self.chats,
            "chats/{chat_id}/messages": self.seen,
            "calendars/{open_id}": self.calendar_view,
            "clock": self.clock,
            "calls": self.calls,
            "idle": self.idle,
        }
        posts = {
            "reset": self.reset,
            "users": self.add_user,
            "chats": self.add_chat,
            "chats/{chat_id}/members": self.change_members,
            "rooms": self.add_room,
            "app": self.set_app,
            "user_tokens": self.user_token,
            "messages": self.speak,
            "clicks": self.tap,
            "menu": self.menu,
            "enter": self.enter,
            "recall": self.recall,
            "user_tokens/revoke": self.revoke,
            "read": self.read,
            "calendar": self.calendar_act,
            "clock": self.set_clock,
            "faults": self.add_fault,
            "switches": self.turn_switches,
        }
        for path, handler in gets.items():
            app.router.add_get(f"/_emulator/{path}", self._answering(handler))
        for path, handler in posts.items():
            app.router.add_post(f"/_emulator/{path}", self._answering(handler))
        app.router.add_delete("/_emulator/faults", self._answering(self.clear_faults))
        app.router.add_route("*", "/_emulator/{rest:.*}", self._answering(self.unknown))

    def _answering(self, handler: Handler) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def answer(request: web.Request) -> web.Response:
            try:
                return web.json_response(await handler(request))
            except Wrong as wrong:
                return web.json_response({"error": wrong.text}, status=wrong.status)
            except Refusal as refusal:
                return web.json_response({"error": f"{refusal.code} {refusal.msg or ''}".strip()}, status=400)
            except ValueError as error:
                return web.json_response({"error": str(error)}, status=400)

        return answer

    async def unknown(self, request: web.Request) -> Json:
        raise Wrong(f"there is no {request.method} {request.path}", 404)

    # -- the tenant -----------------------------------------------------------------------------------------

    async def state(self, _: web.Request) -> Json:
        return tenancy.describe(self._world)

    async def reset(self, request: web.Request) -> Json:
        fields = await body(request, "reset")
        try:
            seed.reset(self._world, fields.get("seed"))
        except (LookupError, TypeError, AttributeError, ValueError) as error:
            raise Wrong(f"this seed cannot be used: {error!r}; bot/emulator/seed.json shows how one looks") from None
        self._world.changed("reset")
        return tenancy.describe(self._world)

    async def add_user(self, request: web.Request) -> Json:
        return tenancy.add_user(self._world, await body(request, "users"))

    async def add_chat(self, request: web.Request) -> Json:
        return tenancy.add_chat(self._world, await body(request, "chats"))

    async def change_members(self, request: web.Request) -> Json:
        return tenancy.change_members(
            self._world, request.match_info["chat_id"], await body(request, "chats/{chat_id}/members")
        )

    async def add_room(self, request: web.Request) -> Json:
        return tenancy.add_room(self._world, await body(request, "rooms"))

    async def set_app(self, request: web.Request) -> Json:
        return await tenancy.set_app(self._world, await body(request, "app"))

    async def user_token(self, request: web.Request) -> Json:
        fields = await body(request, "user_tokens")
        user = talk.person(self._world, fields.get("open_id"))
        app = self._world.app
        scopes = frozenset(str(fields["scope"]).split()) if fields.get("scope") else app.scopes
        answer = tokens.for_person(self._world, app, user.open_id, scopes | {"offline_access"})
        return {name: answer.get(name) for name in ("access_token", "refresh_token", "expires_in")}

    async def revoke(self, request: web.Request) -> Json:
        return tenancy.revoke(self._world, await body(request, "user_tokens/revoke"))

    # -- what people do and see -----------------------------------------------------------------------------

    async def speak(self, request: web.Request) -> Json:
        return talk.speak(self._world, await body(request, "messages"))

    async def tap(self, request: web.Request) -> Json:
        fields = await body(request, "clicks")
        self._tapping += 1
        try:
            return await taps.tap(self._world, fields)
        finally:
            self._tapping -= 1
            self._gateway.last_call = time.monotonic()

    async def menu(self, request: web.Request) -> Json:
        return tenancy.menu(self._world, await body(request, "menu"))

    async def enter(self, request: web.Request) -> Json:
        return talk.enter(self._world, await body(request, "enter"))

    async def recall(self, request: web.Request) -> Json:
        return talk.recall(self._world, await body(request, "recall"))

    async def chats(self, request: web.Request) -> Json:
        return {"chats": talk.chats_of(self._world, self._reader(request))}

    async def seen(self, request: web.Request) -> Json:
        reader = self._reader(request)
        chat = talk.chat_for(self._world, reader, request.match_info["chat_id"])
        return {"messages": talk.seen(self._world, reader, chat, request.query.get("after"))}

    def _reader(self, request: web.Request) -> Any:
        if "as" not in request.query:
            raise Wrong("say who is looking: ?as=<open_id>")
        return talk.person(self._world, request.query["as"])

    async def read(self, request: web.Request) -> Json:
        fields = await body(request, "read")
        user = talk.person(self._world, fields.get("as"))
        chat = talk.chat_for(self._world, user, fields.get("chat_id"))
        return {"unread": talk.read(self._world, user, chat, fields.get("message_id"))}

    # -- calendars ------------------------------------------------------------------------------------------

    async def calendar_act(self, request: web.Request) -> Json:
        fields = await body(request, "calendar")
        by, op = fields.pop("by", None), fields.pop("op", None)
        talk.person(self._world, by)
        return self._world.calendars.act(str(by), str(op), **fields)

    async def calendar_view(self, request: web.Request) -> Json:
        user = talk.person(self._world, request.match_info["open_id"])
        now = self._world.clock.now()
        start = when(request.query["from"], "from") if "from" in request.query else now - timedelta(days=7)
        end = when(request.query["to"], "to") if "to" in request.query else now + timedelta(days=28)
        return {"events": self._world.calendars.client_view(user.open_id, start, end)}

    # -- time, calls, faults --------------------------------------------------------------------------------

    async def clock(self, _: web.Request) -> Json:
        clock = self._world.clock
        return {
            "now": clock.now().isoformat(),
            "running": clock.running,
            "pending": [{"at": due.when.isoformat(), "what": due.what} for due in clock.pending()[:50]],
        }

    async def set_clock(self, request: web.Request) -> Json:
        fields = await body(request, "clock")
        if not fields:
            raise Wrong('say {"now": ISO} or {"advance_s": seconds} or {"run": true|false}')
        clock = self._world.clock
        if "run" in fields:
            clock.run(fields["run"])
        if "now" in fields:
            await clock.set(when(fields["now"], "now"))
        if "advance_s" in fields:
            await clock.advance(timedelta(seconds=fields["advance_s"]))
        self._world.changed("clock", now=clock.now().isoformat(), running=clock.running)
        return await self.clock(request)

    async def calls(self, request: web.Request) -> Json:
        since, rows = request.query.get("since"), list(self._world.calls)
        total = self._world.calls_total
        if since and since.isdigit():
            rows = rows[max(0, len(rows) - max(0, total - int(since))) :] if int(since) < total else []
        elif since:
            start = when(since, "since")
            rows = [row for row in rows if datetime.fromisoformat(row["at"]) >= start]
        return {"calls": rows, "next": total}

    async def add_fault(self, request: web.Request) -> Json:
        fields = await body(request, "faults")
        self._world.faults.append(tenancy.fault(self._gateway.rules, fields))
        return {"faults": [_shown(fault) for fault in self._world.faults if fault.times > 0]}

    async def turn_switches(self, request: web.Request) -> Json:
        return tenancy.switches(self._world, await body(request, "switches"))

    async def clear_faults(self, _: web.Request) -> Json:
        self._world.faults.clear()
        return {"faults": []}

    async def idle(self, request: web.Request) -> Json:
        """Waits for 300 quiet ms: no push under way or about to be, no call running or just answered."""
        try:
            timeout = float(request.query.get("timeout_s", "10"))
        except ValueError:
            raise Wrong("timeout_s is a number of seconds") from None
        end, began = time.monotonic() + timeout, time.monotonic()
        quiet_since = time.monotonic()
        while True:
            now = time.monotonic()
            if self._busy():
                quiet_since = now
            quiet_since = max(quiet_since, self._gateway.last_call)
            if now - quiet_since >= QUIET_S:
                return {"idle": True, "waited_ms": round((now - began) * 1000)}
            if now >= end:
                return {"idle": False, "waited_ms": round((now - began) * 1000)}
            await asyncio.sleep(0.02)

    def _busy(self) -> bool:
        clock = self._world.clock
        soon = clock.running and any(due.when <= clock.now() + SOON for due in clock.pending()[:1])
        return bool(self._world.pushes.in_flight or self._gateway.in_flight or self._tapping or soon)


def _shown(fault: Fault) -> Json:
    return {
        "method": fault.method,
        "path": fault.path,
        "times": fault.times,
        "status": fault.status,
        "code": fault.code,
        "delay_ms": fault.delay_ms,
        "drop": fault.drop,
    }

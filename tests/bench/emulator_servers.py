"""The servers that ``emulator`` measures: a bare aiohttp handler that reads and writes JSON, and the emulator."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime

from aiohttp import web

from bot.emulator import tokens
from bot.emulator.seed import make_world
from bot.emulator.server import Emulator
from bot.emulator.state import World

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
HOUR, DAY = 3600, 86400


def office(people: int, events: int) -> World:
    """People with full calendars: four meetings a day, as many days as it takes."""
    world = make_world({"users": {}}, now=MONDAY, running=False)
    world.quiet = True
    first = int(MONDAY.timestamp())
    for number in range(people):
        user = world.add_user(f"Person {number}", email=f"person{number}@office.example")
        home = world.calendars.primary(user.open_id)
        for place in range(events):
            start = first + place // 4 * DAY + place % 4 * 2 * HOUR
            fields = {"start": start, "end": start + HOUR, "zone": "Asia/Shanghai", "all_day": False}
            world.calendars.book.add(home, user.open_id, title="Meeting", **fields)
    world.quiet = False
    return world


async def floor(port: int) -> None:
    async def answer(request: web.Request) -> web.Response:
        asked = await request.json()
        return web.json_response({"code": 0, "msg": "success", "data": {"freebusy_list": [asked]}})

    app = web.Application()
    app.router.add_post("/open-apis/calendar/v4/freebusy/{which}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()


async def emulator(port: int, people: int, events: int) -> tuple[str, list[str]]:
    world = office(people, events)
    await Emulator(world).start(port=port)
    return tokens.for_app(world, world.app)[0].value, list(world.users)[:200]


async def main() -> None:
    kind, port, people, events = sys.argv[1], *map(int, sys.argv[2:])
    if kind == "floor":
        await floor(port)
        print("t-none", "ou_nobody", flush=True)
    else:
        token, known = await emulator(port, people, events)
        print(token, *known, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())

"""``daylark emulator``: the emulator alone, until it is stopped."""

from __future__ import annotations

import argparse
import asyncio
import signal
from typing import Any

from bot.emulator.seed import make_world
from bot.emulator.server import Emulator
from bot.emulator.state import World


def run(options: argparse.Namespace) -> int:
    """What the command line was asked for."""
    credentials: dict[str, Any] = {
        "app_id": options.app_id,
        "app_secret": options.app_secret,
        "encrypt_key": options.encrypt_key,
        "verification_token": options.verification_token,
        "webhook_url": options.webhook,
    }
    given = {name: value for name, value in credentials.items() if value is not None}
    try:
        world = make_world(options.seed, now=options.now, **given)
    except (OSError, LookupError, TypeError, AttributeError, ValueError) as error:
        raise SystemExit(f"the seed {options.seed} cannot be used: {error}") from None
    return asyncio.run(_serve(world, options.host, options.port, limits=options.limits))


async def _serve(world: World, host: str, port: int, *, limits: bool) -> int:
    stopping = asyncio.Event()
    for signal_ in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(signal_, stopping.set)
    emulator = Emulator(world, limits=limits)
    address = await emulator.start(host, port)
    try:
        await _greet(world, address)
        await stopping.wait()
    finally:
        await emulator.stop()
    return 0


async def _greet(world: World, address: str) -> None:
    app = world.app
    print(f"The emulator answers at {address} for the app {app.app_id}", flush=True)
    if app.webhook_url:
        outcome = await world.pushes.verify(app)
        good = outcome.accepted and outcome.failure is None
        print(f"Events go to {app.webhook_url}" + ("" if good else ", which did not return the challenge"), flush=True)

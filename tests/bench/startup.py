"""How soon ``daylark serve`` is ready and what it weighs, beside importing the vendor's SDK."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bot.emulator.seed import make_world
from bot.emulator.server import Emulator
from tests.faults.bots import BotProcess

SDK = "import lark_oapi, resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"


async def run() -> None:
    emulator = Emulator(make_world())
    await emulator.start()
    ready, weight = [], 0.0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(4):
            bot = BotProcess(emulator, f"sqlite:///{folder}/{number // 3}.db")
            began = time.perf_counter()
            await bot.start()
            ready.append(time.perf_counter() - began)
            weight = resident(bot.pid)
            await bot.stop()
    await emulator.stop()
    began = time.perf_counter()
    sdk = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", SDK], capture_output=True, text=True, check=True
    )
    took = time.perf_counter() - began
    best = min(ready)
    print(
        f"serve ready: best of {len(ready)} {best:.2f} s ({', '.join(f'{r:.2f}' for r in ready)}), "
        f"resident {weight:.0f} MB"
    )
    print(f"import lark_oapi alone: {took:.2f} s, {float(sdk.stdout):.0f} MB")
    print(f"ratio: {best / took:.2f}x of its time, {weight / float(sdk.stdout):.2f}x of its memory")


def resident(pid: int) -> float:
    """Megabytes of a process that are in memory."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0

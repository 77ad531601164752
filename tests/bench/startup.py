"""How soon ``daylark serve`` is ready and what it weighs, beside importing the vendor's SDK.

Both run from bytecode, as installed packages do, whatever this machine's Python is told about writing it.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bot.emulator.seed import make_world
from bot.emulator.server import Emulator
from tests.faults.bots import BotProcess

WARMED_AFTER = 3.0  # seconds: what the first message needs is read by then
SDK = "import lark_oapi, resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"


async def run() -> None:
    emulator = Emulator(make_world())
    await emulator.start()
    ready, weight, settled = [], 0.0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = f"{folder}/bytecode"
        for number in range(4):
            bot = BotProcess(emulator, f"sqlite:///{folder}/{number // 3}.db")
            began = time.perf_counter()
            await bot.start()
            ready.append(time.perf_counter() - began)
            weight = resident(bot.pid)
            await asyncio.sleep(WARMED_AFTER)
            settled = resident(bot.pid)
            await bot.stop()
        await emulator.stop()
        await import_sdk()  # writes the bytecode
        began = time.perf_counter()
        sdk = await import_sdk()
        took = time.perf_counter() - began
    best = min(ready)
    print(
        f"serve ready: best of {len(ready)} {best:.2f} s ({', '.join(f'{r:.2f}' for r in ready)}), "
        f"resident {weight:.0f} MB, {settled:.0f} MB with every grammar and sentence in memory"
    )
    print(f"import lark_oapi alone: {took:.2f} s, {sdk:.0f} MB")
    print(f"ratio: {best / took:.2f}x of its time, {weight / sdk:.2f}x of its memory")


async def import_sdk() -> float:
    """Import the vendor's SDK in a process of its own; the answer is its megabytes."""
    command = [sys.executable, "-c", SDK]
    done = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, check=True)
    return float(done.stdout)


def resident(pid: int) -> float:
    """Megabytes of a process that are in memory."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0

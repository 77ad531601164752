"""Acknowledging deliveries: our edge with its durable write, beside the vendor's dispatcher behind the same aiohttp.

Both servers run alone in a process of their own, one after the other; this process signs and sends.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
import uuid

import aiohttp

from tests.faults.bots import free_port
from tests.seal import encrypted, message, signed

KEY, TOKEN = "bench-encrypt-key", "bench-token"
SECONDS, WORKERS = 4.0, 16


def delivery() -> tuple[dict[str, str], bytes]:
    """A fresh signed and encrypted message, as the platform would deliver it."""
    person, chat = "ou_" + "a" * 32, f"oc_{uuid.uuid4().hex}"
    body = encrypted(message("hello", token=TOKEN, app_id="cli_bench", sender=person, chat_id=chat), KEY)
    return signed(body, KEY), body


async def run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        figures = {}
        for name in ("floor", "sdk", "ours"):
            port = free_port()
            server = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.bench.ack_servers", name, str(port), f"sqlite:///{folder}/ack.db"
            )
            try:
                figures[name] = await measure(f"http://127.0.0.1:{port}/webhook/event")
            finally:
                server.terminate()
                await server.wait()
    for name, (rate, pace) in figures.items():
        p50, p99 = statistics.median(pace) * 1000, statistics.quantiles(pace, n=100)[98] * 1000
        print(f"{name:>6}: {rate:.0f} acks/s flat out; at 100/s p50 {p50:.1f} ms, p99 {p99:.1f} ms")
    ours, sdk, floor = (figures[name][0] for name in ("ours", "sdk", "floor"))
    print(
        f"ratio: {ours / sdk:.2f}x of the SDK's dispatcher, which stores nothing; "
        f"{ours / floor:.2f}x of a bare aiohttp handler"
    )


async def measure(url: str) -> tuple[float, list[float]]:
    """Acks per second in a closed loop, then the time each ack takes at a steady hundred a second."""
    async with aiohttp.ClientSession() as http:
        for _ in range(400):
            try:
                async with http.get(url.rsplit("/", 2)[0] + "/healthz"):
                    break
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.05)

        async def send() -> float:
            headers, body = delivery()
            began = time.perf_counter()
            async with http.post(url, data=body, headers=headers) as answer:
                assert answer.status == 200, await answer.text()
                await answer.read()
            return time.perf_counter() - began

        for _ in range(50):
            await send()
        done, end = 0, time.perf_counter() + SECONDS

        async def loop() -> None:
            nonlocal done
            while time.perf_counter() < end:
                await send()
                done += 1

        await asyncio.gather(*(loop() for _ in range(WORKERS)))
        rate = done / SECONDS
        tasks = []
        for _ in range(500):
            tasks.append(asyncio.ensure_future(send()))
            await asyncio.sleep(0.01)
        return rate, list(await asyncio.gather(*tasks))

"""Acknowledging deliveries: our edge with its durable write, beside the vendor's dispatcher behind the same aiohttp.

Both servers run alone in a process of their own, one after the other; this process signs and sends.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import os
import statistics
import sys
import tempfile
import time
import uuid

import aiohttp
from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from tests.faults.bots import free_port

KEY, TOKEN = "bench-encrypt-key", "bench-token"
SECONDS, WORKERS = 4.0, 16


def delivery() -> tuple[dict[str, str], bytes]:
    """A fresh signed and encrypted message, as the platform would deliver it."""
    message = f"om_{uuid.uuid4().hex}"
    event = {
        "sender": {"sender_id": {"open_id": "ou_" + "a" * 32}, "sender_type": "user", "tenant_key": "t"},
        "message": {
            "message_id": message, "chat_id": f"oc_{uuid.uuid4().hex}", "chat_type": "p2p", "message_type": "text",
            "create_time": str(int(time.time() * 1000)), "content": json.dumps({"text": "hello"}),
        },
    }  # fmt: skip
    header = {
        "event_id": uuid.uuid4().hex, "event_type": "im.message.receive_v1", "token": TOKEN, "app_id": "cli_bench",
        "tenant_key": "t", "create_time": str(int(time.time() * 1000)),
    }  # fmt: skip
    plain = json.dumps({"schema": "2.0", "header": header, "event": event}, separators=(",", ":")).encode()
    pad = padding.PKCS7(128).padder()
    iv = os.urandom(16)
    seal = Cipher(algorithms.AES(hashlib.sha256(KEY.encode()).digest()), modes.CBC(iv)).encryptor()
    sealed = iv + seal.update(pad.update(plain) + pad.finalize()) + seal.finalize()
    body = json.dumps({"encrypt": base64.b64encode(sealed).decode()}, separators=(",", ":")).encode()
    stamp, nonce = str(int(time.time())), uuid.uuid4().hex
    signature = hashlib.sha256(f"{stamp}{nonce}{KEY}".encode() + body).hexdigest()
    headers = {
        "X-Lark-Request-Timestamp": stamp, "X-Lark-Request-Nonce": nonce, "X-Lark-Signature": signature,
        "Content-Type": "application/json",
    }  # fmt: skip
    return headers, body


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
        f"ratio: {ours / sdk:.2f}x of the SDK's dispatcher (which stores nothing), {ours / floor:.2f}x of a bare aiohttp handler"
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

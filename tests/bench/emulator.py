"""How many free/busy calls a second one core of the emulator answers, and what a big tenant weighs.

Each server runs alone in a process of its own; this process asks over a few open connections, with requests written
out beforehand, so that the server is what is measured. Calls per second of the server's own processor time count:
they stay true on a machine that others use too.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import random
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.startup import resident
from tests.faults.bots import free_port

SECONDS, CONNECTIONS, WARM_UP = 4.0, 8, 300
PEOPLE, EVENTS = 5000, 40
WANTED_RATE, MOST_MB = 1000, 400


@dataclass
class Server:
    pid: int
    port: int
    token: str
    people: list[str]

    def cpu(self) -> float:
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@asynccontextmanager
async def server(kind: str, people: int = 0, events: int = 0) -> AsyncIterator[Server]:
    port = free_port()
    command = ["-m", "tests.bench.emulator_servers", kind, str(port), str(people), str(events)]
    process = await asyncio.create_subprocess_exec(sys.executable, *command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        token, *known = (await process.stdout.readline()).decode().split()
        yield Server(process.pid, port, token, known)
    finally:
        process.kill()
        await process.communicate()


def questions(token: str, people: list[str], several: int) -> Iterator[bytes]:
    """Requests, ready to send: one person's day, or a batch of people's."""
    chance, made = random.Random(5), []
    day = {"time_min": "2026-11-24T00:00:00+08:00", "time_max": "2026-11-25T00:00:00+08:00"}
    for _ in range(400):
        who = [chance.choice(people) for _ in range(several)]
        body = json.dumps({**day, "user_ids": who} if several > 1 else {**day, "user_id": who[0]}).encode()
        head = (
            f"POST /open-apis/calendar/v4/freebusy/{'batch' if several > 1 else 'list'} HTTP/1.1\r\n"
            f"Host: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
            f"Content-Type: application/json; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        made.append(head.encode() + body)
    return itertools.cycle(made)


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, question: bytes) -> None:
    writer.write(question)
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    assert head.startswith(b"http/1.1 200"), head
    body = await reader.readexactly(int(head.partition(b"content-length: ")[2].split(b"\r", 1)[0]))
    assert body.startswith((b'{"code":0', b'{"code": 0')), body


async def measure(one: Server, several: int) -> tuple[float, float]:
    """Calls per second of the clock, and per second of the server's processor."""
    asked, done = questions(one.token, one.people, several), 0

    async def loop(until: float, most: int) -> None:
        nonlocal done
        reader, writer = await asyncio.open_connection("127.0.0.1", one.port)
        for question in itertools.islice(asked, most):
            if time.perf_counter() > until:
                break
            await ask(reader, writer, question)
            done += 1
        writer.close()
        await writer.wait_closed()

    await loop(float("inf"), WARM_UP)
    done, began, cpu = 0, time.perf_counter(), one.cpu()
    await asyncio.gather(*(loop(began + SECONDS, 10**9) for _ in range(CONNECTIONS)))
    return done / (time.perf_counter() - began), done / max(one.cpu() - cpu, 0.01)


async def run() -> None:
    async with server("floor") as bare:
        _, floor = await measure(bare, 1)
    print(f"floor, a bare aiohttp handler that reads and writes JSON: {floor:.0f} calls per core and second")
    async with server("emulator", PEOPLE, EVENTS) as full:
        for several, what in ((1, "one person's day"), (5, "five people's day")):
            wall, rate = await measure(full, several)
            verdict = "held" if rate >= WANTED_RATE else "MISSED"
            print(
                f"free/busy, {what}: {rate:.0f} calls per core and second ({wall:.0f} by the clock), "
                f"{rate / floor:.2f}x of the floor; {WANTED_RATE} wanted: {verdict}"
            )
        weight = resident(full.pid)
        verdict = "held" if weight <= MOST_MB else "MISSED"
        print(f"{PEOPLE} people with {EVENTS} events each: {weight:.0f} MB resident; {MOST_MB} at most: {verdict}")

"""Updates over the bot's own connection, against the emulator's side of it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from bot.clock import SystemClock
from bot.emulator import talk
from bot.errors import Forbidden
from bot.feishu.client import Feishu
from bot.feishu.inbound import MessageReceived, Secrets, read
from bot.feishu.longconn import PIECES_LIVE, LongConnection, Pieces
from tests.feishu.conftest import Office


async def no_pause(_: float) -> None:
    await asyncio.sleep(0)


@asynccontextmanager
async def connected(connection: LongConnection) -> AsyncIterator[None]:
    running = asyncio.create_task(connection.run())
    try:
        async with asyncio.timeout(20):
            await connection.connected.wait()
        yield
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


@pytest.fixture(autouse=True)
def by_long_connection(office: Office) -> None:
    office.world.app.transport = "longconn"


async def test_a_message_arrives_over_the_connection(office: Office, feishu: Feishu) -> None:
    heard: asyncio.Queue[bytes] = asyncio.Queue()
    async with connected(LongConnection(feishu.auth, heard.put, sleep=no_pause)):
        talk.speak(office.world, {"from": office.mei.open_id, "to_bot": True, "text": "明天下午三点开会"})
        async with asyncio.timeout(5):
            payload = await heard.get()
    update = read(json.loads(payload), secrets=Secrets(app_id=office.world.app.app_id))
    assert isinstance(update, MessageReceived)
    assert (update.text, update.sender.open_id) == ("明天下午三点开会", office.mei.open_id)


async def test_a_callback_carries_its_answer_back(office: Office, feishu: Feishu) -> None:
    async def answer(payload: bytes) -> bytes:
        assert json.loads(payload)["header"]["event_type"] == "card.action.trigger"
        return b'{"toast":{"type":"info","content":"ok"}}'

    async with connected(LongConnection(feishu.auth, answer, sleep=no_pause)):
        outcome = await office.world.pushes.callback(office.world.app, {"action": {"tag": "button"}})
    assert outcome.body == {"toast": {"type": "info", "content": "ok"}}


async def test_a_long_payload_is_joined(office: Office, feishu: Feishu) -> None:
    sizes: list[int] = []

    async def measure(payload: bytes) -> None:
        sizes.append(len(json.loads(payload)["event"]["text"]))

    async with connected(LongConnection(feishu.auth, measure, sleep=no_pause)):
        outcome = await office.world.pushes.callback(office.world.app, {"text": "长" * 100_000})
    assert (sizes, outcome.status) == ([100_000], 200)


async def test_a_handler_that_fails_is_told_as_a_failure(office: Office, feishu: Feishu) -> None:
    async def fail(payload: bytes) -> None:
        raise RuntimeError("no")

    async with connected(LongConnection(feishu.auth, fail, sleep=no_pause)):
        outcome = await office.world.pushes.callback(office.world.app, {})
    assert outcome.status == 500


async def test_a_broken_line_is_opened_again_with_a_new_address(office: Office, feishu: Feishu) -> None:
    heard: asyncio.Queue[bytes] = asyncio.Queue()
    lost = asyncio.Event()

    async def pause(_: float) -> None:
        lost.set()

    connection = LongConnection(feishu.auth, heard.put, sleep=pause)
    async with connected(connection), asyncio.timeout(5):
        await office.world.pushes.lines[office.world.app.app_id][0].close()
        await lost.wait()
        await connection.connected.wait()
        await office.world.pushes.callback(office.world.app, {})
        await heard.get()
    assert len(office.calls_to("/callback/ws/endpoint")) == 2


async def test_a_wrong_secret_ends_it(office: Office) -> None:
    app = office.world.app
    feishu = Feishu(domain=office.world.base_url, app_id=app.app_id, app_secret="wrong", clock=SystemClock())
    with pytest.raises(Forbidden) as caught:
        await LongConnection(feishu.auth, no_answer, sleep=no_pause).run()
    assert "DAYLARK_APP_SECRET" in caught.value.operator
    await feishu.aclose()


async def test_one_connection_too_many_ends_it(office: Office, feishu: Feishu) -> None:
    office.world.pushes.lines[office.world.app.app_id] = [None] * 50  # type: ignore[list-item]
    with pytest.raises(Forbidden) as caught:
        await LongConnection(feishu.auth, no_answer, sleep=no_pause).run()
    office.world.pushes.lines.clear()
    assert caught.value.code == 1000040350
    assert "at most 50" in caught.value.operator


async def no_answer(payload: bytes) -> None:
    return None


def test_pieces_come_in_any_order_and_do_not_mix() -> None:
    pieces = Pieces()

    def take(message: str, seq: int, data: bytes) -> bytes | None:
        return pieces.join({"message_id": message, "sum": "3", "seq": str(seq)}, data)

    assert [take("a", 2, b"z"), take("b", 0, b"1"), take("a", 0, b"x")] == [None, None, None]
    assert take("a", 1, b"y") == b"xyz"
    assert [take("b", 1, b"2"), take("b", 2, b"3")] == [None, b"123"]


def test_what_never_becomes_whole_is_forgotten() -> None:
    now = [0.0]
    pieces = Pieces(lambda: now[0])
    pieces.join({"message_id": "a", "sum": "2", "seq": "0"}, b"x")
    now[0] = PIECES_LIVE
    assert pieces.join({"message_id": "a", "sum": "2", "seq": "1"}, b"y") is None


@pytest.mark.parametrize(
    "headers", [{"sum": "2", "seq": "2"}, {"sum": "100000", "seq": "0"}], ids=["out of range", "too many"]
)
def test_nonsense_pieces_are_dropped(headers: dict[str, str]) -> None:
    assert Pieces().join({"message_id": "a", **headers}, b"x") is None

"""What happens when the platform is slow, busy, broken, or tired of a token."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp import web

from bot.clock import SystemClock
from bot.domain.span import Span
from bot.errors import (
    Forbidden,
    InvalidRequest,
    MissingScope,
    NeedsLogin,
    NotFound,
    PlatformDown,
    RateLimited,
    TokenExpired,
)
from bot.feishu.calendar import NewEvent
from bot.feishu.client import Feishu
from bot.feishu.identity import as_person
from bot.feishu.transport import Retry
from tests.feishu.conftest import NOW, QUICK, Logins, Office

INFO = "/bot/v3/info"
EVENTS = "/calendar/v4/calendars/:calendar_id/events"


async def test_a_refused_rate_is_waited_out_as_long_as_the_platform_asks(office: Office, feishu: Feishu) -> None:
    await feishu.bot.info()
    office.goes_wrong("GET", INFO, status=429)  # the emulator asks for one second
    began = time.monotonic()
    await feishu.bot.info()
    assert 1.0 <= time.monotonic() - began < 2.0
    assert [row["status"] for row in office.calls(INFO)] == [200, 429, 200]


async def test_a_rate_that_stays_refused_is_told_within_the_deadline(office: Office, feishu: Feishu) -> None:
    office.goes_wrong("GET", INFO, times=10, status=429)
    began = time.monotonic()
    with pytest.raises(RateLimited) as caught:
        await feishu.bot.info()
    assert (caught.value.code, caught.value.retry_after, caught.value.passing) == (99991400, 1.0, True)
    assert caught.value.key == "error.platform_busy"
    assert time.monotonic() - began < QUICK.within


async def test_a_refused_rate_repeats_even_a_message_without_key(office: Office, feishu: Feishu) -> None:
    office.goes_wrong("POST", "/im/v1/messages", status=429)
    await feishu.im.create(office.group.chat_id, "chat_id", "text", {"text": "hi"}, uuid=None)
    assert len(office.group.messages) == 1


@pytest.mark.parametrize("how", [{"status": 500}, {"status": 503}, {"drop": True}])
async def test_what_passes_is_tried_again(office: Office, feishu: Feishu, how: dict[str, object]) -> None:
    await feishu.bot.info()
    office.goes_wrong("GET", INFO, times=2, **how)
    assert (await feishu.bot.info()).open_id == office.world.app.open_id
    assert len(office.calls(INFO)) == 4


async def test_what_does_not_pass_in_time_is_down(office: Office, feishu: Feishu) -> None:
    office.goes_wrong("GET", INFO, times=99, status=500)
    with pytest.raises(PlatformDown) as caught:
        await feishu.bot.info()
    assert len(office.calls(INFO)) == QUICK.attempts
    assert (caught.value.status, caught.value.key) == (500, "error.platform_down")
    assert caught.value.log_id


async def test_a_message_without_key_is_never_sent_twice(office: Office, feishu: Feishu) -> None:
    office.goes_wrong("POST", "/im/v1/messages", times=1, status=500)
    with pytest.raises(PlatformDown):
        await feishu.im.create(office.group.chat_id, "chat_id", "text", {"text": "hi"}, uuid=None)
    assert len(office.calls("/im/v1/messages")) == 1


async def test_a_message_with_a_key_is_and_arrives_once(office: Office, feishu: Feishu) -> None:
    office.goes_wrong("POST", "/im/v1/messages", times=1, status=500)
    await feishu.im.create(office.group.chat_id, "chat_id", "text", {"text": "hi"}, uuid="u-1")
    assert len(office.calls("/im/v1/messages")) == 2
    assert len(office.group.messages) == 1


async def test_an_event_whose_answer_got_lost_is_made_once(office: Office, feishu: Feishu) -> None:
    own = (await feishu.calendar.primary()).calendar_id
    office.goes_wrong("POST", EVENTS, times=1, drop="after")
    span = Span(NOW, NOW.replace(hour=2))
    made = await feishu.calendar.create_event(own, NewEvent(title="One", span=span), idempotency_key="k" * 32)
    assert [event.event_id for event in await feishu.calendar.events(own, span)] == [made.event_id]


async def test_a_refusal_is_not_repeated(office: Office, feishu: Feishu) -> None:
    own = (await feishu.calendar.primary()).calendar_id
    with pytest.raises(NotFound):
        await feishu.calendar.get_event(own, "0f6c7c2e-3f3b-4f6e-9d3b-000000000000_0")
    assert len(office.calls(EVENTS + "/:event_id")) == 1


async def test_a_slow_platform_is_down_and_not_waited_for_forever() -> None:
    enough = asyncio.Event()

    async def slow(request: web.Request) -> web.Response:
        await enough.wait()
        return web.json_response({})

    async with served(slow) as url, client(url, Retry(within=0.4, attempts=9, base=0.01)) as feishu:
        began = time.monotonic()
        with pytest.raises(PlatformDown):
            await feishu.bot.info()
        enough.set()
        assert time.monotonic() - began < 1.5


async def test_nobody_there_is_down() -> None:
    async with client("http://127.0.0.1:9", Retry(within=0.3, attempts=2, base=0.01)) as feishu:
        with pytest.raises(PlatformDown) as caught:
            await feishu.im.create("oc_1", "chat_id", "text", {"text": "hi"}, uuid=None)
    assert caught.value.never_left


@pytest.mark.parametrize("body", ["<html>Bad gateway</html>", "", "[]", '{"code": 0, "msg": "ok"}'])
async def test_an_answer_nobody_can_read_is_down(body: str) -> None:
    async def odd(request: web.Request) -> web.Response:
        return web.Response(text=body, status=502 if body.startswith("<") else 200)

    async with served(odd) as url, client(url, Retry(attempts=1)) as feishu:
        with pytest.raises(PlatformDown):
            await feishu.auth.tenant_token()


async def test_nulls_and_numbers_in_strings_are_read_with_patience() -> None:
    async def loose(request: web.Request) -> web.Response:
        if request.path.endswith("internal"):
            return web.json_response({"code": 0, "msg": None, "tenant_access_token": "t-1", "expire": "7200"})
        item = {"member_id": "ou_1", "name": None, "tenant_key": None, "brand_new": {"a": 1}}
        return web.json_response({"code": 0, "data": {"items": [item, None], "has_more": False, "page_token": None}})

    async with served(loose) as url, client(url, QUICK) as feishu:
        assert [(m.open_id, m.name) async for m in feishu.im.members("oc_1")] == [("ou_1", "")]


async def test_many_calls_at_once_stay_below_the_platforms_rate(office: Office, feishu: Feishu) -> None:
    office.world.limits = True
    office.world.clock.run(True)
    people = [office.mei.open_id]
    await asyncio.gather(*(feishu.calendar.freebusy(people, Span(NOW, NOW.replace(hour=2))) for _ in range(90)))
    statuses = [row["status"] for row in office.calls("/calendar/v4/freebusy/batch")]
    assert statuses.count(200) == 90
    # Calls leave in time; a busy machine may still bunch a few on the way, and those are made again.
    assert statuses.count(429) == len(statuses) - 90 <= 9


# -- tokens ---------------------------------------------------------------------------------------------------

TOKEN = "/auth/v3/tenant_access_token/internal"


async def test_one_token_serves_many_calls(office: Office, feishu: Feishu) -> None:
    await asyncio.gather(*(feishu.bot.info() for _ in range(20)))
    assert len(office.calls(TOKEN)) == 1
    assert feishu.calls["bot.v3.info.get"] == 20


async def test_a_refused_token_is_renewed_and_the_call_made_again(office: Office, feishu: Feishu) -> None:
    await feishu.bot.info()
    office.world.tokens.clear()
    assert (await feishu.bot.info()).open_id == office.world.app.open_id
    assert [row["code"] for row in office.calls(INFO)] == [0, 99991663, 0]


async def test_a_token_refused_twice_is_an_error(office: Office, feishu: Feishu) -> None:
    office.goes_wrong("GET", INFO, times=9, code=99991663, status=400)
    with pytest.raises(TokenExpired):
        await feishu.bot.info()
    assert len(office.calls(INFO)) == 2


async def test_a_token_is_renewed_before_it_ends_while_the_old_one_serves(office: Office, feishu: Feishu) -> None:
    await feishu.bot.info()
    first = await feishu.tokens.get()
    await office.world.clock.set(NOW + timedelta(minutes=100))
    assert await feishu.tokens.get() == first
    await asyncio.sleep(0.1)
    assert await feishu.tokens.get() != first
    assert len(office.calls(TOKEN)) == 2


async def test_a_wrong_secret_tells_the_operator_what_to_change(office: Office) -> None:
    async with client(office.world.base_url, QUICK, app_id=office.world.app.app_id, app_secret="wrong") as feishu:
        with pytest.raises(Forbidden) as caught:
            await feishu.bot.info()
    assert caught.value.key == "error.setup"
    assert "DAYLARK_APP_SECRET" in caught.value.operator
    assert "wrong" not in str(caught.value)


async def test_a_persons_expired_token_is_renewed(office: Office, feishu: Feishu, logins: Logins) -> None:
    logins.log_in(office.mei, "calendar:calendar:read", "offline_access")
    office.world.tokens[logins.held[office.mei.open_id]].expires = NOW
    await feishu.calendar.primary(as_person(office.mei.open_id))
    assert logins.renewals == 1


async def test_a_persons_token_refused_twice_asks_for_a_login(office: Office, feishu: Feishu, logins: Logins) -> None:
    logins.log_in(office.mei, "calendar:calendar:read")
    office.goes_wrong("POST", "/calendar/v4/calendars/primary", times=2, code=99991677, status=400)
    with pytest.raises(NeedsLogin) as caught:
        await feishu.calendar.primary(as_person(office.mei.open_id))
    assert caught.value.scopes == ("calendar:calendar:read", "calendar:calendar:readonly")


# -- refusals -------------------------------------------------------------------------------------------------


async def test_a_missing_scope_names_itself_and_where_to_get_it(office: Office, feishu: Feishu) -> None:
    office.world.app.scopes = frozenset({"im:message"})
    with pytest.raises(MissingScope) as caught:
        await feishu.contact.users([office.mei.open_id])
    assert caught.value.scopes == ("contact:contact.base:readonly",)
    assert caught.value.url.startswith("https://open.feishu.cn/")
    assert "contact:contact.base:readonly" in caught.value.operator


async def test_a_missing_scope_that_is_not_named_is_one_of_the_calls_own(office: Office, feishu: Feishu) -> None:
    office.goes_wrong("GET", "/contact/v3/users/batch", code=99991672, status=400)
    with pytest.raises(MissingScope) as caught:
        await feishu.contact.users([office.mei.open_id])
    assert caught.value.values == {"scopes": "contact:contact.base:readonly"}
    assert caught.value.operator == "Grant contact:contact.base:readonly to the app and publish a version."


async def test_a_bad_field_is_named(office: Office, feishu: Feishu) -> None:
    with pytest.raises(InvalidRequest) as caught:
        await feishu.im.create(office.group.chat_id, "phone", "text", {"text": "hi"}, uuid="u")
    assert "receive_id_type" in str(caught.value)


class served:
    """A tiny server for answers the emulator would never give."""

    def __init__(self, handler: object) -> None:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", handler)  # type: ignore[arg-type]
        self._runner = web.AppRunner(app, shutdown_timeout=0)

    async def __aenter__(self) -> str:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()


@asynccontextmanager
async def client(url: str, retry: Retry, *, app_id: str = "cli_1", app_secret: str = "s") -> AsyncIterator[Feishu]:
    feishu = Feishu(domain=url, app_id=app_id, app_secret=app_secret, clock=SystemClock(), retry=retry)
    try:
        yield feishu
    finally:
        await feishu.aclose()

"""Corners that made-up requests once found, each told by itself."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.emulator import tokens
from tests.emulator.tenant import NOW, Json, Tenant, running


@pytest.fixture
async def tenant() -> AsyncIterator[Tenant]:
    async with running() as one:
        yield one


async def test_an_owner_cannot_be_made_less(tenant: Tenant) -> None:
    path = f"calendar/v4/calendars/{tenant.primary(tenant.mei)}/acls"
    reader = {"role": "reader", "scope": {"type": "user", "user_id": tenant.mei}}
    assert (await tenant.call("POST", path, reader, by=tenant.mei)).code == 191002
    again = await tenant.ok("POST", path, {**reader, "role": "owner"}, by=tenant.mei)
    assert again["role"] == "owner"
    assert tenant.world.calendars.calendars[tenant.primary(tenant.mei)].roles == {tenant.mei: "owner"}


async def test_null_is_as_good_as_absent(tenant: Tenant) -> None:
    path = "contact/v3/users/batch_get_id"
    assert await tenant.ok("POST", path, {"emails": None, "mobiles": None}) == {"user_list": []}
    names: Json = {"zh_cn": "旅行", "en_us": None, "ja_jp": None}
    made = await tenant.ok("POST", "im/v1/chats", {"name": "Trip", "user_id_list": None, "i18n_names": names})
    assert made["i18n_names"] == {"zh_cn": "旅行"}
    found = await tenant.ok("GET", "im/v1/chats/search", query="旅")
    assert [one["chat_id"] for one in found["items"]] == [made["chat_id"]]


async def test_nothing_hangs_on_a_card_for_one_person(tenant: Tenant) -> None:
    chat_id = next(iter(tenant.world.chats))
    card = {"schema": "2.0", "body": {"elements": [{"tag": "markdown", "content": "For you"}]}}
    only = {"chat_id": chat_id, "open_id": tenant.mei, "msg_type": "interactive", "card": card}
    shown = (await tenant.ok("POST", "ephemeral/v1/send", only))["message_id"]
    words = {"msg_type": "text", "content": json.dumps({"text": "and?"})}
    assert (await tenant.call("POST", f"im/v1/messages/{shown}/reply", words)).code == 230054
    onward = {"receive_id": chat_id}
    answer = await tenant.call("POST", f"im/v1/messages/{shown}/forward", onward, receive_id_type="chat_id")
    assert answer.code == 230061


async def test_the_apps_token_after_the_clock_went_back(tenant: Tenant) -> None:
    await tenant.world.clock.set(NOW + timedelta(hours=5))
    tokens.for_app(tenant.world, tenant.app)
    await tenant.world.clock.set(NOW)
    token, left = tokens.for_app(tenant.world, tenant.app)
    assert left <= 7200
    assert token.expires == NOW + timedelta(seconds=left)


async def test_minutes_of_one_occurrence_reach_whoever_asks_for_changes(tenant: Tenant) -> None:
    """Whatever makes an occurrence leave its series shows on every calendar the series is on."""
    series = await tenant.book(recurrence="FREQ=DAILY;COUNT=3", attendee_ability="can_see_others")
    await tenant.invite(series, tenant.mei, tenant.bob)
    since = (await tenant.ok("GET", tenant.events(tenant.bob), by=tenant.bob))["sync_token"]
    second = f"{series['event_id'].removesuffix('_0')}_{int(NOW.timestamp()) + 86400}"
    await tenant.ok("POST", f"{tenant.events()}/{second}/meeting_minute")
    changed = await tenant.ok("GET", tenant.events(tenant.bob), by=tenant.bob, sync_token=since)
    assert [one["event_id"] for one in changed["items"]] == [second]

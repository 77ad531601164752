"""What the contract can check by itself: paths, methods, parameters, bodies, pages; and how a refusal looks."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.emulator.checks import Violations, compile_check, compile_query
from bot.emulator.contract import contract, events
from bot.emulator.kernel import ENDPOINTS
from tests.emulator.lab import Tenant, tenant

MESSAGES = "/open-apis/im/v1/messages"


@pytest.fixture
async def lab() -> AsyncIterator[Tenant]:
    async with tenant() as it:
        yield it


def violations(schema: dict[str, object], value: object) -> list[tuple[str, str]]:
    found = Violations()
    compile_check(schema)(value, "", found)
    return [(item["field"], item["description"]) for item in found.items]


def test_the_contract_is_whole() -> None:
    assert len(contract().rows) == 107
    assert len(events()) == 27
    assert "im:message.group_msg" not in contract().scopes()
    assert "offline_access" in contract().scopes()


def test_every_call_but_cardkit_and_reservations_is_answered() -> None:
    missing = {name for name in contract().rows if name.partition("#")[0] not in ENDPOINTS}
    elsewhere = {"authen.v1.authorize"}  # a page
    assert {name for name in missing if not name.startswith(("cardkit.", "vc.v1.reserve."))} <= elsewhere


@pytest.mark.parametrize(
    ("method", "path", "name", "found"),
    [
        ("GET", "/open-apis/calendar/v4/calendars/c1", "calendar.v4.calendar.get", {"calendar_id": "c1"}),
        ("POST", "/open-apis/calendar/v4/calendars/search", "calendar.v4.calendar.search", {}),
        (
            "GET",
            "/open-apis/calendar/v4/calendars/c1/events/instance_view",
            "calendar.v4.calendar_event.instance_view",
            {"calendar_id": "c1"},
        ),
        (
            "GET",
            "/open-apis/calendar/v4/calendars/c1/events/e_0",
            "calendar.v4.calendar_event.get",
            {"calendar_id": "c1", "event_id": "e_0"},
        ),
        ("GET", "/open-apis/contact/v3/users/batch", "contact.v3.user.batch", {}),
    ],
)
def test_fixed_words_win_over_placeholders(method: str, path: str, name: str, found: dict[str, str]) -> None:
    rows, params = contract().find(method, path)
    assert ([row.name for row in rows], params) == ([name], found)


def test_schemas_find_every_fault() -> None:
    schema = {
        "type": "object",
        "required": ["name", "kind"],
        "properties": {
            "name": {"type": "string", "minLength": 2, "maxLength": 4},
            "kind": {"type": "string", "enum": ["a", "b"]},
            "count": {"type": "integer", "minimum": 1, "maximum": 9},
            "tags": {"type": "array", "items": {"type": "string"}, "maxItems": 2},
            "inner": {"type": "object", "properties": {"on": {"type": "boolean"}}, "required": ["on"]},
            "free": {"type": "object"},
            "either": {"type": ["object", "string"]},
        },
    }
    fine = {"name": "abc", "kind": "a", "count": 3, "tags": ["x"], "inner": {"on": True}, "free": {"any": [1]}}
    assert violations(schema, fine) == []
    assert violations(schema, {**fine, "either": "text", "count": None}) == []
    assert violations(schema, {"name": "a", "kind": "c", "count": True, "more": 1}) == [
        ("name", "the minimum length is 2"),
        ("kind", "one of a, b expected"),
        ("count", "integer expected"),
        ("more", "unknown field"),
    ]
    assert violations(schema, {"name": "abcde", "tags": ["x", 1, "y"], "inner": {}, "either": 3}) == [
        ("name", "the maximum length is 4"),
        ("tags", "at most 2 items allowed"),
        ("tags[1]", "string expected"),
        ("inner.on", "on is required"),
        ("either", "object or string expected"),
        ("kind", "kind is required"),
    ]
    assert violations(schema, {"name": "abc", "kind": "b", "count": 10}) == [("count", "the maximum value is 9")]


@pytest.mark.parametrize(
    ("schema", "texts", "value", "fault"),
    [
        ({"type": "integer"}, ["12"], 12, None),
        ({"type": "integer"}, ["twelve"], None, "integer expected"),
        ({"type": "boolean"}, ["True"], True, None),
        ({"type": "boolean"}, ["0"], False, None),
        ({"type": "boolean"}, ["ja"], None, "boolean expected"),
        ({"type": "integer", "maximum": 50, "x-clamp-minimum": 10}, ["3"], 10, None),
        ({"type": "integer", "maximum": 50, "x-clamp-minimum": 10}, ["51"], 51, "the maximum value is 50"),
        ({"type": "array", "items": {"type": "string"}, "maxItems": 2}, ["a", "b"], ["a", "b"], None),
        (
            {"type": "array", "items": {"type": "string"}, "maxItems": 1},
            ["a", "b"],
            ["a", "b"],
            "at most 1 items allowed",
        ),
    ],
)
def test_query_parameters_are_converted(
    schema: dict[str, object], texts: list[str], value: object, fault: str | None
) -> None:
    found = Violations()
    assert compile_query("p", schema)(texts, "p", found) == value
    assert [item["description"] for item in found.items] == ([fault] if fault else [])


async def test_an_unknown_path(lab: Tenant) -> None:
    answer = await lab.get("/open-apis/im/v1/mesages")
    assert (answer.status, answer.code, answer.body["msg"]) == (404, 99991201, "resource not find")


async def test_a_known_path_with_another_method(lab: Tenant) -> None:
    answer = await lab.call("PUT", "/open-apis/bot/v3/info")
    assert (answer.status, answer.code) == (404, 99991301)


async def test_a_body_that_is_no_json(lab: Tenant) -> None:
    for raw in ("{", "[1]", '"text"'):
        answer = await lab.call("POST", MESSAGES, raw=raw, receive_id_type="chat_id")
        assert (answer.status, answer.code) == (400, 9499)


async def test_every_family_has_its_own_code(lab: Tenant) -> None:
    async def code(method: str, path: str, body: dict[str, object] | None = None, **more: str) -> int:
        answer = await lab.call(method, path, body, **more)
        assert answer.body["error"]["field_violations"], answer.body
        return answer.code

    assert await code("POST", MESSAGES, {"receive_id": 1}, receive_id_type="chat_id") == 230001
    assert await code("GET", "/open-apis/im/v1/chats", sort_type="ByMood") == 232001
    assert await code("GET", f"/open-apis/contact/v3/users/{lab.id('Mei')}", user_id_type="name") == 40001
    assert await code("POST", "/open-apis/contact/v3/users/batch_get_id", {"mail": []}) == 99992402
    assert await code("POST", "/open-apis/calendar/v4/freebusy/list", {"time_min": "x", "extra": 1}) == 190014
    assert await code("GET", "/open-apis/vc/v1/rooms/omm_x", user_id_type="name") == 121003


async def test_a_page_size_out_of_bounds(lab: Tenant) -> None:
    answer = await lab.get("/open-apis/im/v1/chats", page_size=101)
    assert (answer.status, answer.code, answer.body["msg"]) == (400, 99992402, "field validation failed")
    assert answer.body["error"]["field_violations"] == [
        {"field": "page_size", "value": "101", "description": "the maximum value is 100"}
    ]


async def test_a_token_of_the_wrong_kind(lab: Tenant) -> None:
    assert (await lab.get("/open-apis/bot/v3/info", as_="Mei")).code == 99991663
    assert (await lab.get("/open-apis/search/v1/user", query="Mei")).code == 99991668


async def test_pages_join_up(lab: Tenant) -> None:
    chat, seen, token = lab.chat("产品讨论组"), [], ""
    while True:
        answer = (await lab.get(f"/open-apis/im/v1/chats/{chat}/members", page_size=2, page_token=token)).data
        seen += [item["name"] for item in answer["items"]]
        token = answer["page_token"]
        if not answer["has_more"]:
            break
    assert seen == ["Mei", "小雨", "小雨", "阿杰", "晓晨", "さくら"]
    assert answer["member_total"] == 6
    bad = await lab.get(f"/open-apis/im/v1/chats/{chat}/members", page_token="nonsense")
    assert bad.code == 232001


async def test_limits_when_asked_for() -> None:
    async with tenant(limits=True) as lab:
        for _ in range(50):
            assert (await lab.get("/open-apis/im/v1/chats")).code == 0
        over = await lab.get("/open-apis/im/v1/chats")
        assert (over.status, over.code) == (429, 99991400)
        assert over.headers["x-ogw-ratelimit-limit"] == "50"
        assert over.headers["x-ogw-ratelimit-reset"] == "1"
        await lab.control("POST", "clock", {"advance_s": 1})
        assert (await lab.get("/open-apis/im/v1/chats")).code == 0

        for _ in range(5):
            await lab.send("quick")
        body = {"receive_id": lab.chat(), "msg_type": "text", "content": '{"text":"too quick"}'}
        sixth = await lab.post(MESSAGES, body, receive_id_type="chat_id")
        assert (sixth.status, sixth.code) == (400, 230020)

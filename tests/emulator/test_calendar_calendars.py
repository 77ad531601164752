"""Calendars, their list, roles and grants; leave, CalDAV, Exchange; rooms and their rules."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.emulator.tenant import Json, Tenant, running

CALENDARS = "calendar/v4/calendars"


@pytest.fixture
async def tenant() -> AsyncIterator[Tenant]:
    async with running() as one:
        yield one


async def team(tenant: Tenant, by: str = "", **fields: object) -> str:
    made = await tenant.ok("POST", CALENDARS, {"summary": "Team", **fields}, by=by)
    calendar_id: str = made["calendar"]["calendar_id"]
    return calendar_id


def grant(person: str, role: str) -> Json:
    return {"role": role, "scope": {"type": "user", "user_id": person}}


async def test_everybody_and_the_app_have_a_primary_calendar(tenant: Tenant) -> None:
    own = (await tenant.ok("POST", f"{CALENDARS}/primary"))["calendars"][0]
    assert own["user_id"] == tenant.app.open_id
    assert (own["calendar"]["type"], own["calendar"]["role"]) == ("primary", "owner")
    assert own["calendar"]["calendar_id"] == tenant.primary()
    assert (await tenant.call("POST", f"{CALENDARS}/primary", user_id_type="user_id")).code == 190002
    hers = (await tenant.ok("POST", f"{CALENDARS}/primary", by=tenant.mei, user_id_type="user_id"))["calendars"][0]
    assert (hers["user_id"], hers["calendar"]["summary"]) == (tenant.user(tenant.mei).user_id, "Mei")

    found = (await tenant.ok("POST", f"{CALENDARS}/primarys", {"user_ids": [tenant.bob, tenant.mei]}))["calendars"]
    assert [(one["user_id"], one["calendar"]["role"]) for one in found] == [
        (tenant.bob, "free_busy_reader"),
        (tenant.mei, "free_busy_reader"),
    ]
    assert (await tenant.call("POST", f"{CALENDARS}/primarys", {"user_ids": ["ou_x"]})).code == 190002
    assert (await tenant.call("POST", f"{CALENDARS}/primarys", {"user_ids": ["ou_x"] * 11})).code == 198001


async def test_a_shared_calendar_lives_and_dies_with_its_owner(tenant: Tenant) -> None:
    calendar_id = await team(tenant, tenant.mei, permissions="public", color=-1, summary_alias="Ours")
    path = f"{CALENDARS}/{calendar_id}"
    seen = await tenant.ok("GET", path, by=tenant.mei)
    assert (seen["role"], seen["summary_alias"], seen["color"]) == ("owner", "Ours", -1)
    bob_sees = await tenant.ok("GET", path, by=tenant.bob)
    assert (bob_sees["role"], bob_sees["summary_alias"], bob_sees["color"]) == ("reader", "", -14513409)

    refused = await tenant.call("PATCH", path, {"color": 5}, by=tenant.bob)
    assert (refused.status, refused.code) == (400, 191009)
    await tenant.ok("POST", f"{path}/subscribe", by=tenant.bob)
    assert (await tenant.ok("PATCH", path, {"color": 5}, by=tenant.bob))["calendar"]["color"] == 5
    assert (await tenant.call("PATCH", path, {"summary": "Mine"}, by=tenant.bob)).code == 191002
    assert (await tenant.call("DELETE", path, by=tenant.bob)).code == 191002
    await tenant.ok("PATCH", path, {"summary": "Crew", "permissions": "private"}, by=tenant.mei)
    assert (await tenant.call("GET", path, by=tenant.bob)).code == 191002
    await tenant.ok("DELETE", path, by=tenant.mei)
    gone = await tenant.call("GET", path, by=tenant.mei)
    assert (gone.status, gone.code) == (403, 191003)
    primary = await tenant.call("DELETE", f"{CALENDARS}/{tenant.primary(tenant.mei)}", by=tenant.mei)
    assert (primary.status, primary.code) == (403, 191004)


async def test_the_list_and_what_changed_in_it(tenant: Tenant) -> None:
    ids = [await team(tenant, summary=f"T{n}") for n in range(60)]
    first = await tenant.ok("GET", CALENDARS, page_size=50)
    rest = await tenant.ok("GET", CALENDARS, page_size=50, page_token=first["page_token"])
    assert (len(first["calendar_list"]), len(rest["calendar_list"]), first["sync_token"]) == (50, 11, "")
    await tenant.ok("PATCH", f"{CALENDARS}/{ids[3]}", {"summary": "Changed"})
    await tenant.ok("POST", f"{CALENDARS}/{ids[4]}/unsubscribe")
    since = await tenant.ok("GET", CALENDARS, sync_token=rest["sync_token"])
    assert [(one["summary"], one["is_deleted"]) for one in since["calendar_list"]] == [("Changed", False), ("T4", True)]
    both = await tenant.call("GET", CALENDARS, sync_token="x", page_token="y")
    assert (both.status, both.code) == (400, 190009)
    assert (await tenant.call("GET", CALENDARS, sync_token="nonsense")).code == 190008
    assert (await tenant.call("GET", CALENDARS, page_token="nonsense")).code == 190008
    assert (await tenant.call("GET", CALENDARS, page_size=10)).code == 99992402
    await tenant.passes(days=91)
    assert (await tenant.call("GET", CALENDARS, sync_token=since["sync_token"])).code == 190008


async def test_what_can_be_subscribed_and_dropped(tenant: Tenant) -> None:
    hidden = await team(tenant, tenant.mei, permissions="private")
    refused = await tenant.call("POST", f"{CALENDARS}/{hidden}/subscribe", by=tenant.bob)
    assert (refused.status, refused.code) == (400, 191006)
    assert (await tenant.call("POST", f"{CALENDARS}/{tenant.primary()}/subscribe", by=tenant.bob)).code == 191006
    mei = f"{CALENDARS}/{tenant.primary(tenant.mei)}"
    assert (await tenant.ok("POST", f"{mei}/subscribe", by=tenant.bob))["calendar"]["summary"] == "Mei"
    await tenant.ok("POST", f"{mei}/unsubscribe", by=tenant.bob)
    assert (await tenant.call("POST", f"{mei}/unsubscribe", by=tenant.bob)).code == 191007
    assert (await tenant.call("POST", f"{mei}/unsubscribe", by=tenant.mei)).code == 191008


async def test_several_calendars_at_once(tenant: Tenant) -> None:
    one, two = await team(tenant), tenant.primary(tenant.mei)
    found = (await tenant.ok("POST", f"{CALENDARS}/mget", {"calendar_ids": [two, one]}))["calendars"]
    assert [calendar["calendar_id"] for calendar in found] == [two, one]
    assert (await tenant.call("POST", f"{CALENDARS}/mget", {"calendar_ids": [one] * 11})).code == 198007


async def test_search_for_calendars_finds_people_only_for_people(tenant: Tenant) -> None:
    await team(tenant, tenant.mei, summary="Mei's launch", permissions="public")
    await team(tenant, tenant.mei, summary="Mei's secrets")
    by_app = await tenant.ok("POST", f"{CALENDARS}/search", {"query": "mei"})
    assert [one["summary"] for one in by_app["items"]] == ["Mei's launch"]
    by_bob = await tenant.ok("POST", f"{CALENDARS}/search", {"query": "mei"}, by=tenant.bob)
    assert {one["summary"] for one in by_bob["items"]} == {"Mei's launch", "Mei"}


async def test_grants_open_a_calendar_and_are_told_to_who_asked(tenant: Tenant) -> None:
    path = f"{CALENDARS}/{tenant.primary(tenant.mei)}"
    await tenant.ok("POST", f"{path}/acls/subscription", by=tenant.mei)
    given = await tenant.ok("POST", f"{path}/acls", grant(tenant.bob, "writer"), by=tenant.mei)
    assert given["role"] == "writer"
    assert given["scope"] == {"type": "user", "user_id": tenant.bob}
    assert (await tenant.ok("GET", path, by=tenant.bob))["role"] == "writer"
    listed = (await tenant.ok("GET", f"{path}/acls", by=tenant.mei, page_size=1))["acls"]
    assert [(one["scope"]["user_id"], one["role"]) for one in listed] == [(tenant.mei, "owner"), (tenant.bob, "writer")]
    assert (await tenant.call("GET", f"{path}/acls", by=tenant.bob)).code == 191002
    assert (await tenant.call("POST", f"{path}/acls", grant(tenant.yui, "unknown"), by=tenant.mei)).code == 190002
    nobody = {"role": "reader", "scope": {"type": "user"}}
    assert (await tenant.call("POST", f"{path}/acls", nobody, by=tenant.mei)).code == 190002
    await tenant.ok("DELETE", f"{path}/acls/{given['acl_id']}", by=tenant.mei)
    again = await tenant.call("DELETE", f"{path}/acls/{given['acl_id']}", by=tenant.mei)
    assert (again.status, again.code) == (404, 192000)
    told = [(kind, one["acl_id"], one["role"], one["user_id_list"][0]["open_id"]) for kind, one in tenant.pushed]
    assert told == [
        ("calendar.calendar.acl.created_v4", given["acl_id"], "writer", tenant.mei),
        ("calendar.calendar.acl.deleted_v4", given["acl_id"], "writer", tenant.mei),
    ]


async def test_who_follows_their_list_hears_of_it(tenant: Tenant) -> None:
    assert (await tenant.call("POST", f"{CALENDARS}/subscription")).code == 99991668
    await tenant.ok("POST", f"{CALENDARS}/subscription", by=tenant.mei)
    await team(tenant, tenant.mei)
    ids = tenant.user(tenant.mei).ids()
    assert tenant.pushed == [("calendar.calendar.changed_v4", {"user_id_list": [ids]})]
    await tenant.ok("POST", f"{CALENDARS}/unsubscription", by=tenant.mei)
    await team(tenant, tenant.mei)
    assert len(tenant.pushed) == 1


async def test_leave_shows_on_the_calendar_and_belongs_to_the_app(tenant: Tenant) -> None:
    body = {"user_id": tenant.mei, "timezone": "Asia/Shanghai", "start_time": "2026-11-24", "end_time": "2026-11-25"}
    made = await tenant.ok("POST", "calendar/v4/timeoff_events", body)
    assert made["timeoff_event_id"].startswith("timeoff:")
    assert made["title"] == "请假中(全天) / 1-Day Time Off"
    span = {"time_min": "2026-11-24T00:00:00+08:00", "time_max": "2026-11-27T00:00:00+08:00", "user_id": tenant.mei}
    busy = (await tenant.ok("POST", "calendar/v4/freebusy/list", span))["freebusy_list"]
    assert busy == [{"start_time": "2026-11-24T00:00:00+08:00", "end_time": "2026-11-26T00:00:00+08:00"}]
    for wrong in ({"end_time": "1795399200"}, {"start_time": "soon"}, {"timezone": "here"}, {"end_time": "2026-11-23"}):
        assert (await tenant.call("POST", "calendar/v4/timeoff_events", {**body, **wrong})).code == 190002
    assert (await tenant.call("POST", "calendar/v4/timeoff_events", body, by=tenant.mei)).code == 99991663
    path = f"calendar/v4/timeoff_events/{made['timeoff_event_id']}"
    tenant.world.calendars.settings.leaves[made["timeoff_event_id"]].timeoff = "cli_another"
    refused = await tenant.call("DELETE", path)
    assert (refused.status, refused.code) == (403, 195000)
    tenant.world.calendars.settings.leaves[made["timeoff_event_id"]].timeoff = tenant.app.app_id
    await tenant.ok("DELETE", path)
    assert (await tenant.ok("POST", "calendar/v4/freebusy/list", span))["freebusy_list"] == []


async def test_caldav_is_a_persons_own(tenant: Tenant) -> None:
    account = await tenant.ok(
        "POST", "calendar/v4/settings/generate_caldav_conf", {"device_name": "iPad"}, by=tenant.mei
    )
    assert (len(account["password"]), account["device_name"]) == (16, "iPad")
    assert (await tenant.call("POST", "calendar/v4/settings/generate_caldav_conf", {})).code == 99991668


async def test_exchange_is_a_super_administrators_business(tenant: Tenant) -> None:
    path, body = (
        "calendar/v4/exchange_bindings",
        {"admin_account": "root@x.example", "exchange_account": "mei@x.example"},
    )
    refused = await tenant.call("POST", path, body, by=tenant.bob)
    assert (refused.status, refused.code) == (403, 195101)
    made = await tenant.ok("POST", path, {**body, "user_id": tenant.bob}, by=tenant.mei)
    assert (made["status"], made["user_id"], made["exchange_account"]) == ("doing", tenant.bob, "mei@x.example")
    one = f"{path}/{made['exchange_binding_id']}"
    await tenant.passes(seconds=20)
    assert (await tenant.ok("GET", one, by=tenant.mei))["status"] == "done"
    assert (await tenant.call("POST", path, body, by=tenant.mei)).code == 195105
    await tenant.ok("DELETE", one, by=tenant.mei)
    assert (await tenant.call("GET", one, by=tenant.mei)).code == 195103
    assert (await tenant.call("GET", f"{path}/abc", by=tenant.mei)).code == 195102


async def test_rooms_by_list_level_and_id(tenant: Tenant) -> None:
    listed = (await tenant.ok("GET", "vc/v1/rooms"))["rooms"]
    assert [(one["name"], one["capacity"], one["room_status"]["status"]) for one in listed] == [
        ("Lotus", 6, True),
        ("Board", 20, True),
    ]
    levels = (await tenant.ok("GET", "vc/v1/room_levels"))["items"]
    assert [(one["name"], one["has_child"]) for one in levels] == [("North", True), ("South", False)]
    below = (await tenant.ok("GET", "vc/v1/rooms", room_level_id=levels[0]["room_level_id"]))["rooms"]
    assert [one["name"] for one in below] == ["Lotus"]
    assert below[0]["path"][0] == levels[0]["room_level_id"]
    floor = (await tenant.ok("GET", "vc/v1/room_levels", room_level_id=levels[0]["room_level_id"]))["items"][0]
    assert (floor["name"], floor["parent_id"]) == ("3F", levels[0]["room_level_id"])
    top = (await tenant.ok("GET", "vc/v1/room_levels/0"))["room_level"]
    assert top["has_child"] is True
    both = (await tenant.ok("POST", "vc/v1/room_levels/mget", {"level_ids": [floor["room_level_id"], "omb_x"]}))[
        "items"
    ]
    assert [one["name"] for one in both] == ["3F"]
    assert (await tenant.ok("GET", f"vc/v1/rooms/{tenant.lotus}"))["room"]["custom_room_id"] == "L1"
    got = (await tenant.ok("POST", "vc/v1/rooms/mget", {"room_ids": [tenant.board, "omm_x"]}))["items"]
    assert [one["name"] for one in got] == ["Board"]
    missing = await tenant.call("GET", "vc/v1/rooms/omm_x")
    assert (missing.status, missing.code) == (404, 121004)
    assert (await tenant.call("GET", "vc/v1/rooms", by=tenant.mei)).code == 99991663
    page = await tenant.ok("GET", "vc/v1/rooms", page_size=1)
    assert (page["has_more"], [one["name"] for one in page["rooms"]]) == (True, ["Lotus"])


async def test_a_person_finds_the_rooms_they_may_book(tenant: Tenant) -> None:
    tenant.world.calendars.rooms.rooms[tenant.board].bookable_by = [tenant.mei]
    search = "vc/v1/rooms/search"
    assert [one["name"] for one in (await tenant.ok("POST", search, {}, by=tenant.bob))["rooms"]] == ["Lotus"]
    assert len((await tenant.ok("POST", search, {}, by=tenant.mei))["rooms"]) == 2
    by_word = await tenant.ok("POST", search, {"keyword": "LOT"}, by=tenant.bob)
    by_level = await tenant.ok("POST", search, {"keyword": "north", "search_level_name": True}, by=tenant.bob)
    by_number = await tenant.ok("POST", search, {"custom_room_ids": ["L1"], "keyword": "nothing"}, by=tenant.bob)
    assert [[one["name"] for one in found["rooms"]] for found in (by_word, by_level, by_number)] == [["Lotus"]] * 3
    assert (await tenant.ok("POST", search, {"keyword": "north"}, by=tenant.bob))["rooms"] == []
    assert (await tenant.call("POST", search, {})).code == 99991668


async def test_the_rules_of_a_room(tenant: Tenant) -> None:
    path = "vc/v1/reserve_configs/reserve_scope"
    rules = await tenant.ok("GET", path, scope_id=tenant.board, scope_type="2")
    assert rules["approve_config"]["approval_switch"] == 1
    assert rules["approve_config"]["approvers"] == [{"user_id": tenant.mei}]
    assert rules["reserve_scope_config"]["allow_all_users"] == 1
    mixed = await tenant.call("GET", path, scope_id=tenant.board, scope_type="1")
    assert (mixed.status, mixed.code) == (400, 126001)
    form = await tenant.call("GET", f"vc/v1/reserve_configs/{tenant.board}/form", scope_type=2)
    assert (form.status, form.code) == (400, 126002)


@pytest.mark.parametrize(
    ("rule", "verdict"),
    [
        ({}, "accept"),
        ({"enabled": False}, "decline"),
        ({"schedulable": False}, "decline"),
        ({"bookable_by": []}, "decline"),
        ({"longest_hours": 0.5}, "decline"),
        ({"longest_hours": 1}, "accept"),
        ({"opens": 10 * 3600, "closes": 18 * 3600}, "decline"),  # the event begins at nine
        ({"opens": 8 * 3600, "closes": 10 * 3600}, "accept"),
        ({"days_in_advance": 0}, "accept"),
        ({"disabled_from": 1795395600, "disabled_until": 1795399200}, "decline"),
        ({"disabled_from": 1795399200}, "accept"),
        ({"approval": True, "approval_hours": 2}, "accept"),
    ],
)
async def test_a_room_keeps_its_rules(tenant: Tenant, rule: Json, verdict: str) -> None:
    room = tenant.world.calendars.rooms.rooms[tenant.lotus]
    for name, value in rule.items():
        setattr(room, name, value)
    event = await tenant.book(tenant.mei)
    await tenant.invite(event, rooms=(tenant.lotus,), by=tenant.mei)
    await tenant.passes(seconds=5)
    assert (await tenant.answers(event, tenant.mei))["Lotus"] == verdict


async def test_a_video_number_is_reserved_for_a_while(tenant: Tenant) -> None:
    path, settings = "vc/v1/reserves", {"topic": "Launch", "password": "1234", "auto_record": True}
    assert (await tenant.call("POST", f"{path}/apply", {"meeting_settings": settings})).code == 121003, "whose is it?"
    body = {"owner_id": tenant.mei, "meeting_settings": settings, "end_time": str(1795395600 + 86400)}
    made = (await tenant.ok("POST", f"{path}/apply", body))["reserve"]
    assert made["url"] == f"https://vc.feishu.cn/j/{made['meeting_no']}"
    one = f"{path}/{made['id']}"
    read = (await tenant.ok("GET", one))["reserve"]
    assert (read["reserve_user_id"], read["expire_status"], read["meeting_settings"]["topic"]) == (
        tenant.mei,
        1,
        "Launch",
    )
    foreign = await tenant.call("GET", one, by=tenant.bob)
    assert (foreign.status, foreign.code) == (403, 121005)
    too_far = {"end_time": str(1795395600 + 31 * 86400)}
    assert (await tenant.call("PUT", one, too_far)).code == 121003
    for wrong, code in (({"password": "12"}, 123006), ({"assign_host_list": [{"id": tenant.mei}] * 11}, 123003)):
        assert (await tenant.call("PUT", one, {"meeting_settings": wrong})).code == code
    renewed = await tenant.ok("PUT", one, {"meeting_settings": {"assign_host_list": [{"user_type": 1, "id": "ou_x"}]}})
    assert renewed["reserve_correction_check_info"]["invalid_host_id_list"] == ["ou_x"]
    assert (await tenant.call("GET", f"{one}/get_active_meeting")).code == 121004
    await tenant.passes(days=2)
    assert (await tenant.ok("GET", one))["reserve"]["expire_status"] == 2
    await tenant.ok("DELETE", one)
    assert (await tenant.call("GET", one)).code == 121004

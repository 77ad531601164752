"""Events through the platform's own calls."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.emulator.tenant import NOW, Json, Tenant, running

NINE = int(NOW.timestamp())
KEY = "25fdf41b-8c80-2ce1-e94c-de8b5e7aa7e6"


@pytest.fixture
async def tenant() -> AsyncIterator[Tenant]:
    async with running() as one:
        yield one


async def test_an_event_is_created_read_changed_and_called_off(tenant: Tenant) -> None:
    made = await tenant.book(description="Numbers", location={"name": "Cafe"})
    assert made["event_id"].endswith("_0")
    assert made["start_time"] == {"timestamp": "1795395600", "timezone": "Asia/Shanghai"}
    assert made["status"] == "confirmed"
    assert made["event_organizer"] == {"user_id": tenant.app.open_id, "display_name": tenant.app.name}
    assert made["app_link"].startswith("https://applink.feishu.cn/client/calendar/event/detail?calendarId=")
    path = f"{tenant.events()}/{made['event_id']}"
    read = (await tenant.ok("GET", path))["event"]
    assert (read["summary"], read["description"], read["location"]) == ("Sync", "Numbers", {"name": "Cafe"})

    moved = {"timestamp": str(NINE + 7200), "timezone": "Europe/Berlin"}
    later = {"timestamp": str(NINE + 9000), "timezone": "Europe/Berlin"}
    changed = (await tenant.ok("PATCH", path, {"summary": "Moved", "start_time": moved, "end_time": later}))["event"]
    assert (changed["summary"], changed["start_time"], changed["description"]) == ("Moved", moved, "Numbers")
    only_start = (await tenant.ok("PATCH", path, {"start_time": later}))["event"]
    assert only_start["start_time"] == moved, "start and end only count together"

    await tenant.ok("DELETE", path, need_notification="false")
    assert (await tenant.ok("GET", path))["event"]["status"] == "cancelled"
    assert (await tenant.call("PATCH", path, {"summary": "Again"})).code == 193003
    assert (await tenant.call("DELETE", path)).code == 193003
    tenant.world.calendars.switches.deleted_event = "refused"
    refused = await tenant.call("GET", path)
    assert (refused.status, refused.code) == (403, 193003)


@pytest.mark.parametrize(
    "times",
    [
        {"start_time": {"timestamp": "1"}},
        {"start_time": {"timestamp": "1795395600"}, "end_time": {"date": "2026-11-23"}},
        {"start_time": {"timestamp": "1795395600", "date": "2026-11-23"}, "end_time": {"timestamp": "1795395601"}},
        {"start_time": {}, "end_time": {}},
        {"start_time": {"timestamp": "soon"}, "end_time": {"timestamp": "later"}},
        {"start_time": {"timestamp": "1795395600"}, "end_time": {"timestamp": "1795395599"}},
        {"start_time": {"date": "23.11.2026"}, "end_time": {"date": "2026-11-23"}},
        {
            "start_time": {"timestamp": "1795395600", "timezone": "Mars/Olympus"},
            "end_time": {"timestamp": "1795395601"},
        },
    ],
)
async def test_times_that_are_none_are_refused(tenant: Tenant, times: Json) -> None:
    refused = await tenant.call("POST", tenant.events(), times)
    assert (refused.status, refused.code) == (400, 190014)
    assert refused.body["error"]["field_violations"]


@pytest.mark.parametrize(
    "field",
    [
        {"summary": "x" * 1001},
        {"description": "x" * 40961},
        {"location": {"name": "x" * 513}},
        {"reminders": [{"minutes": 20161}]},
        {"visibility": "secret"},
        {"recurrence": "FREQ=WEEKLY;COUNT=3;UNTIL=20270101T000000Z"},
        {"recurrence": "FREQ=HOURLY"},
        {"recurrence": "every Monday"},
        {"attendees": []},
        {
            "event_check_in": {
                "enable_check_in": True,
                "check_in_start_time": {"time_type": "before_event_start", "duration": 0},
            }
        },
    ],
)
async def test_a_field_out_of_bounds_is_refused(tenant: Tenant, field: Json) -> None:
    times = {"start_time": {"timestamp": "1795395600"}, "end_time": {"timestamp": "1795399200"}}
    refused = await tenant.call("POST", tenant.events(), {**times, **field})
    assert (refused.status, refused.code) == (400, 190014)


async def test_an_idempotency_key_makes_one_event_per_calendar(tenant: Tenant) -> None:
    times = {"start_time": {"timestamp": "1795395600"}, "end_time": {"timestamp": "1795399200"}}
    first = await tenant.ok("POST", tenant.events(), {**times, "summary": "A"}, idempotency_key=KEY)
    again = await tenant.ok("POST", tenant.events(), {**times, "summary": "B"}, idempotency_key=KEY)
    assert again["event"]["event_id"] == first["event"]["event_id"]
    assert again["event"]["summary"] == "A"
    elsewhere = await tenant.ok("POST", tenant.events(tenant.mei), times, by=tenant.mei, idempotency_key=KEY)
    assert elsewhere["event"]["event_id"] != first["event"]["event_id"]
    assert (await tenant.call("POST", tenant.events(), times, idempotency_key="short")).code == 190014
    listed = await tenant.ok("GET", tenant.events())
    assert len(listed["items"]) == 1


async def test_a_whole_day_ends_with_its_last_day(tenant: Tenant) -> None:
    made = await tenant.book(start_time={"date": "2026-11-24"}, end_time={"date": "2026-11-25"})
    assert made["start_time"] == {"date": "2026-11-24", "timezone": "UTC"}
    assert made["end_time"] == {"date": "2026-11-25", "timezone": "UTC"}
    tenant.world.calendars.switches.all_day_end = "exclusive"
    read = await tenant.ok("GET", f"{tenant.events()}/{made['event_id']}")
    assert read["event"]["end_time"]["date"] == "2026-11-26"


async def test_ids_are_told_apart_by_what_is_wrong_with_them(tenant: Tenant) -> None:
    event = await tenant.book()
    full = (await tenant.ok("GET", f"{tenant.events()}/{event['event_id']}"))["event"]
    calendar = tenant.primary()
    assert (await tenant.call("GET", "calendar/v4/calendars/mine/events/a_0")).code == 191001
    unknown = "feishu.cn_nobody@group.calendar.feishu.cn"
    assert (await tenant.call("GET", f"calendar/v4/calendars/{unknown}/events/a_0")).code == 191000
    assert (await tenant.call("GET", f"calendar/v4/calendars/{calendar}/events/abc")).code == 193000
    assert (await tenant.call("GET", f"calendar/v4/calendars/{calendar}/events/abc_0")).code == 193001
    assert (await tenant.call("GET", f"{tenant.events(tenant.mei)}/{event['event_id']}", by=tenant.mei)).code == 193001
    assert (await tenant.ok("GET", f"calendar/v4/calendars/primary/events/{event['event_id']}"))["event"] == full


async def test_the_app_may_not_write_where_it_has_no_role(tenant: Tenant) -> None:
    times = {"start_time": {"timestamp": "1795395600"}, "end_time": {"timestamp": "1795399200"}}
    refused = await tenant.call("POST", tenant.events(tenant.mei), times)
    assert (refused.status, refused.code) == (403, 191002)
    assert (await tenant.call("GET", tenant.events(tenant.mei))).code == 191002
    tenant.app.bot_ability = False
    refused = await tenant.call("POST", tenant.events(), times)
    assert (refused.status, refused.code) == (404, 190007)


async def test_the_invited_change_only_what_is_their_own(tenant: Tenant) -> None:
    event = await tenant.book(visibility="public")
    await tenant.invite(event, tenant.mei)
    hers = f"{tenant.events(tenant.mei)}/{event['event_id']}"
    changed = (await tenant.ok("PATCH", hers, {"color": 7, "free_busy_status": "free"}, by=tenant.mei))["event"]
    assert (changed["color"], changed["free_busy_status"]) == (7, "free")
    app_sees = (await tenant.ok("GET", f"{tenant.events()}/{event['event_id']}"))["event"]
    assert (app_sees["color"], app_sees["free_busy_status"]) == (-1, "busy")
    refused = await tenant.call("PATCH", hers, {"summary": "Mine"}, by=tenant.mei)
    assert (refused.status, refused.code) == (403, 193002)
    refused = await tenant.call("DELETE", hers, by=tenant.mei)
    assert (refused.status, refused.code) == (403, 193002)


async def test_whoever_may_modify_may(tenant: Tenant) -> None:
    event = await tenant.book(attendee_ability="can_modify_event")
    await tenant.invite(event, tenant.mei)
    hers = f"{tenant.events(tenant.mei)}/{event['event_id']}"
    assert (await tenant.ok("PATCH", hers, {"summary": "Ours"}, by=tenant.mei))["event"]["summary"] == "Ours"


async def test_a_private_title_is_for_writers_only(tenant: Tenant) -> None:
    event = await tenant.book(tenant.mei, visibility="private", summary="Doctor")
    role = {"role": "reader", "scope": {"type": "user", "user_id": tenant.bob}}
    await tenant.ok("POST", f"calendar/v4/calendars/{tenant.primary(tenant.mei)}/acls", role, by=tenant.mei)
    path = f"{tenant.events(tenant.mei)}/{event['event_id']}"
    assert (await tenant.ok("GET", path, by=tenant.bob))["event"]["summary"] == ""
    role["role"] = "writer"
    await tenant.ok("POST", f"calendar/v4/calendars/{tenant.primary(tenant.mei)}/acls", role, by=tenant.mei)
    assert (await tenant.ok("GET", path, by=tenant.bob))["event"]["summary"] == "Doctor"
    await tenant.ok("PATCH", path, {"summary": "Dentist"}, by=tenant.bob)
    assert (await tenant.ok("GET", path, by=tenant.mei))["event"]["summary"] == "Dentist"


async def test_a_video_meeting_appears_with_the_first_attendee_unless_none_is_wanted(tenant: Tenant) -> None:
    plain, silent = await tenant.book(), await tenant.book(vchat={"vc_type": "no_meeting"})
    linked = await tenant.book(
        vchat={"vc_type": "third_party", "icon_type": "live", "meeting_url": "https://z.example/1"}
    )
    assert plain["vchat"]["meeting_url"] == ""
    seen = []
    for event in (plain, silent, linked):
        await tenant.invite(event, tenant.mei)
        seen.append((await tenant.ok("GET", f"{tenant.events()}/{event['event_id']}"))["event"]["vchat"])
    assert seen[0]["vc_type"] == "vc"
    assert seen[0]["meeting_url"].startswith("https://vc.feishu.cn/j/")
    assert seen[1] == {"vc_type": "no_meeting"}
    assert seen[2] == {
        "vc_type": "third_party",
        "icon_type": "live",
        "description": "",
        "meeting_url": "https://z.example/1",
    }


async def test_meeting_settings_of_an_event_of_the_app(tenant: Tenant) -> None:
    times = {"start_time": {"timestamp": "1795395600"}, "end_time": {"timestamp": "1795399200"}}
    for settings in ({"assign_hosts": [tenant.mei]}, {"allow_attendees_start": False}):
        body = {**times, "vchat": {"vc_type": "vc", "meeting_settings": settings}}
        assert (await tenant.call("POST", tenant.events(), body)).code == 193101
    body = {**times, "vchat": {"vc_type": "vc", "meeting_settings": {"auto_record": True, "owner_id": tenant.mei}}}
    made = (await tenant.ok("POST", tenant.events(), body))["event"]
    plain = (await tenant.ok("GET", f"{tenant.events()}/{made['event_id']}"))["event"]
    assert "meeting_settings" not in plain["vchat"]
    full = await tenant.ok("GET", f"{tenant.events()}/{made['event_id']}", need_meeting_settings="true")
    assert full["event"]["vchat"]["meeting_settings"]["auto_record"] is True


async def test_a_series_its_instances_and_exceptions(tenant: Tenant) -> None:
    series = await tenant.book(recurrence="FREQ=WEEKLY;UNTIL=20261231T000000Z")
    path = f"{tenant.events()}/{series['event_id']}"
    window = {"start_time": NINE - 1, "end_time": NINE + 22 * 86400}
    found = (await tenant.ok("GET", f"{path}/instances", **window))["items"]
    uid = series["event_id"].removesuffix("_0")
    week = 7 * 86400
    assert [one["event_id"] for one in found] == [f"{uid}_{NINE + n * week}" for n in range(4)]
    assert not any(one["is_exception"] for one in found)

    second, third = (f"{tenant.events()}/{found[n]['event_id']}" for n in (1, 2))
    virtual = (await tenant.ok("GET", second))["event"]
    assert (virtual["recurring_event_id"], virtual["recurrence"], virtual["is_exception"]) == (f"{uid}_0", "", False)
    new = {"timestamp": str(NINE + week + 3600), "timezone": "Asia/Shanghai"}
    end = {"timestamp": str(NINE + week + 7200), "timezone": "Asia/Shanghai"}
    moved = (await tenant.ok("PATCH", second, {"start_time": new, "end_time": end}))["event"]
    assert (moved["is_exception"], moved["recurring_event_id"], moved["start_time"]) == (True, f"{uid}_0", new)
    await tenant.ok("DELETE", third)

    after = (await tenant.ok("GET", f"{path}/instances", **window))["items"]
    assert [(one["event_id"], one["start_time"]["timestamp"]) for one in after] == [
        (f"{uid}_{NINE}", str(NINE)),
        (f"{uid}_{NINE + week}", str(NINE + week + 3600)),
        (f"{uid}_{NINE + 3 * week}", str(NINE + 3 * week)),
    ]
    listed = (await tenant.ok("GET", tenant.events()))["items"]
    assert {(one["event_id"], one["status"]) for one in listed} == {
        (f"{uid}_0", "confirmed"),
        (f"{uid}_{NINE + week}", "confirmed"),
        (f"{uid}_{NINE + 2 * week}", "cancelled"),
    }
    assert (await tenant.call("GET", f"{tenant.events()}/{uid}_{NINE + 60}")).code == 193001
    assert (await tenant.call("PATCH", second, {"recurrence": "FREQ=DAILY"})).code == 190014
    view = await tenant.ok("GET", f"{tenant.events()}/instance_view", start_time=NINE, end_time=NINE + 39 * 86400)
    assert len(view["items"]) == 5
    too_long = await tenant.call("GET", f"{tenant.events()}/instance_view", start_time=NINE, end_time=NINE + 40 * 86400)
    assert (too_long.status, too_long.code) == (400, 193103)


async def test_a_thousand_instances_are_too_many_to_view(tenant: Tenant) -> None:
    for _ in range(30):
        await tenant.book(recurrence="FREQ=DAILY")
    view = f"{tenant.events()}/instance_view"
    assert len((await tenant.ok("GET", view, start_time=NINE, end_time=NINE + 30 * 86400))["items"]) == 900
    assert (await tenant.call("GET", view, start_time=NINE, end_time=NINE + 35 * 86400)).code == 193104


async def test_ten_oclock_stays_ten_oclock_when_clocks_change(tenant: Tenant) -> None:
    berlin = {"timezone": "Europe/Berlin"}
    series = await tenant.book(
        tenant.bob,
        start_time={"timestamp": "1774170000", **berlin},  # Sunday 22 March 2026, 10:00 in Berlin
        end_time={"timestamp": "1774173600", **berlin},
        recurrence="FREQ=WEEKLY;COUNT=3",
    )
    path = f"{tenant.events(tenant.bob)}/{series['event_id']}/instances"
    found = await tenant.ok("GET", path, by=tenant.bob, start_time=1774000000, end_time=1780000000)
    assert [one["start_time"]["timestamp"] for one in found["items"]] == ["1774170000", "1774771200", "1775376000"]


async def test_three_ways_to_list_and_no_mixing(tenant: Tenant) -> None:
    for hour in range(60):
        await tenant.book(at=hour, summary=f"E{hour}")
    first = await tenant.ok("GET", tenant.events(), anchor_time=NINE, page_size=50)
    assert (len(first["items"]), first["has_more"], first["sync_token"]) == (50, True, "")
    rest = await tenant.ok("GET", tenant.events(), anchor_time=NINE, page_size=50, page_token=first["page_token"])
    assert (len(rest["items"]), rest["has_more"], rest["page_token"]) == (10, False, "")
    nothing = await tenant.ok("GET", tenant.events(), sync_token=rest["sync_token"])
    assert nothing["items"] == []

    gone, changed = first["items"][0]["event_id"], first["items"][1]["event_id"]
    await tenant.ok("DELETE", f"{tenant.events()}/{gone}")
    await tenant.ok("PATCH", f"{tenant.events()}/{changed}", {"summary": "New"})
    new = await tenant.book(summary="Born")
    since = await tenant.ok("GET", tenant.events(), sync_token=nothing["sync_token"])
    assert [(one["event_id"], one["status"], one["summary"]) for one in since["items"]] == [
        (gone, "cancelled", "E0"),
        (changed, "confirmed", "New"),
        (new["event_id"], "confirmed", "Born"),
    ]
    window = await tenant.ok("GET", tenant.events(), start_time=NINE + 3600, end_time=NINE + 3 * 3600)
    assert sorted(one["summary"] for one in window["items"]) == ["E2", "New"]
    for mix in ({"start_time": NINE, "end_time": NINE + 1, "anchor_time": 1}, {"sync_token": "x", "page_token": "y"}):
        assert (await tenant.call("GET", tenant.events(), **mix)).code == 190009
    await tenant.passes(days=91)
    late = await tenant.call("GET", tenant.events(), sync_token=since["sync_token"])
    assert (late.status, late.code) == (400, 190008)
    assert (await tenant.call("GET", tenant.events(), sync_token="nonsense")).code == 190008


async def test_long_changes_come_in_pages(tenant: Tenant) -> None:
    token = (await tenant.ok("GET", tenant.events()))["sync_token"]
    for hour in range(55):
        await tenant.book(at=hour)
    first = await tenant.ok("GET", tenant.events(), sync_token=token, page_size=50)
    rest = await tenant.ok("GET", tenant.events(), page_token=first["page_token"], page_size=50)
    assert (len(first["items"]), len(rest["items"]), rest["has_more"]) == (50, 5, False)
    assert (await tenant.ok("GET", tenant.events(), sync_token=rest["sync_token"]))["items"] == []


async def test_search_is_fuzzy_but_exact_with_an_underscore(tenant: Tenant) -> None:
    await tenant.book(summary="Budget review")
    await tenant.book(summary="budget_2027")
    await tenant.book(summary="Budget of long ago", at=-24 * 40)
    search = f"{tenant.events()}/search"
    found = await tenant.ok("POST", search, {"query": "BUDGET"})
    assert [one["summary"] for one in found["items"]] == ["Budget review"]
    assert "has_more" not in found
    assert len((await tenant.ok("POST", search, {"query": "budget_2027"}))["items"]) == 1
    long_ago = {"start_time": {"timestamp": str(NINE - 50 * 86400)}, "end_time": {"timestamp": str(NINE - 86400)}}
    found = await tenant.ok("POST", search, {"query": "budget", "filter": long_ago})
    assert [one["summary"] for one in found["items"]] == ["Budget of long ago"]


async def test_search_by_participant(tenant: Tenant) -> None:
    with_mei, alone = await tenant.book(summary="One"), await tenant.book(summary="One")
    await tenant.invite(with_mei, tenant.mei)
    found = await tenant.ok("POST", f"{tenant.events()}/search", {"query": "one", "filter": {"user_ids": [tenant.mei]}})
    assert [one["event_id"] for one in found["items"]] == [with_mei["event_id"]]
    assert alone["event_id"] != with_mei["event_id"]


async def test_a_meeting_is_dropped_and_taken_up_again(tenant: Tenant) -> None:
    event = await tenant.book()
    await tenant.invite(event, tenant.mei)
    path = f"{tenant.events()}/{event['event_id']}"

    async def becomes(**vchat: str) -> Json:
        changed: Json = (await tenant.ok("PATCH", path, {"vchat": vchat}))["event"]["vchat"]
        return changed

    assert await becomes(vc_type="no_meeting") == {"vc_type": "no_meeting"}
    linked = await becomes(vc_type="third_party", meeting_url="https://z.example/1")
    assert linked["meeting_url"] == "https://z.example/1"
    again = await becomes(vc_type="vc")
    assert again["meeting_url"].startswith("https://vc.feishu.cn/j/")
    assert (await becomes(vc_type="vc"))["meeting_url"] == again["meeting_url"], "the address stays"


async def test_hosts_are_the_organizers_to_name(tenant: Tenant) -> None:
    event = await tenant.book(tenant.mei, attendee_ability="can_modify_event")
    await tenant.invite(event, tenant.bob, by=tenant.mei)
    hosts = {"vchat": {"vc_type": "vc", "meeting_settings": {"assign_hosts": [tenant.bob]}}}
    refused = await tenant.call("PATCH", f"{tenant.events(tenant.bob)}/{event['event_id']}", hosts, by=tenant.bob)
    assert (refused.status, refused.code) == (400, 193102)
    path = f"{tenant.events(tenant.mei)}/{event['event_id']}"
    changed = (await tenant.ok("PATCH", path, hosts, by=tenant.mei))["event"]
    assert changed["vchat"]["meeting_settings"]["assign_hosts"] == [tenant.bob]


@pytest.mark.parametrize(
    ("opens", "closes", "code"),
    [
        (("before_event_start", 15), ("after_event_end", 0), 0),
        (("after_event_start", 0), ("after_event_start", 5), 0),
        (("before_event_start", 5), ("before_event_start", 15), 190014),
        (("after_event_end", 0), ("after_event_start", 60), 190014),
        (("before_event_start", 0), ("after_event_end", 0), 190014),
        (("before_event_start", 7), ("after_event_end", 0), 190014),
    ],
)
async def test_the_window_for_checking_in(
    tenant: Tenant, opens: tuple[str, int], closes: tuple[str, int], code: int
) -> None:
    check_in = {
        "enable_check_in": True,
        "check_in_start_time": {"time_type": opens[0], "duration": opens[1]},
        "check_in_end_time": {"time_type": closes[0], "duration": closes[1]},
    }
    times = {"start_time": {"timestamp": str(NINE)}, "end_time": {"timestamp": str(NINE + 3600)}}
    answer = await tenant.call("POST", tenant.events(), {**times, "event_check_in": check_in})
    assert answer.code == code

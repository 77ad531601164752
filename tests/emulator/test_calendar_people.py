"""Invitations, answers, rooms, free/busy, and what the app is told of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.emulator.tenant import NOW, Json, Tenant, running

NINE = int(NOW.timestamp())
DAY = {"time_min": "2026-11-23T00:00:00+08:00", "time_max": "2026-11-24T00:00:00+08:00"}


@pytest.fixture
async def tenant() -> AsyncIterator[Tenant]:
    async with running() as one:
        yield one


async def test_people_are_asked_and_answer_for_themselves(tenant: Tenant) -> None:
    event = await tenant.book(attendee_ability="can_see_others")
    listed = (await tenant.invite(event, tenant.mei, tenant.bob))["attendees"]
    assert [(one["display_name"], one["rsvp_status"], one["is_organizer"]) for one in listed] == [
        ("Mei", "needs_action", False),
        ("Bob", "needs_action", False),
    ]
    assert listed[0]["attendee_id"].startswith("user_")
    hers = f"{tenant.events(tenant.mei)}/{event['event_id']}"
    await tenant.ok("POST", f"{hers}/reply", {"rsvp_status": "accept"}, by=tenant.mei)
    await tenant.ok(
        "POST", f"{tenant.events(tenant.bob)}/{event['event_id']}/reply", {"rsvp_status": "tentative"}, by=tenant.bob
    )
    assert await tenant.answers(event) == {"Mei": "accept", "Bob": "tentative"}
    assert (await tenant.ok("GET", hers, by=tenant.mei))["event"]["summary"] == "Sync"
    refused = await tenant.call("POST", f"{tenant.events()}/{event['event_id']}/reply", {"rsvp_status": "accept"})
    assert (refused.status, refused.code) == (403, 193002), "the app was not invited"


async def test_the_organizer_with_a_login_has_accepted(tenant: Tenant) -> None:
    event = await tenant.book(tenant.mei)
    await tenant.invite(event, tenant.mei, tenant.bob, by=tenant.mei)
    assert await tenant.answers(event, tenant.mei) == {"Mei": "accept", "Bob": "needs_action"}


async def test_who_may_see_invite_and_remove(tenant: Tenant) -> None:
    event = await tenant.book()
    listed = (await tenant.invite(event, tenant.mei, tenant.bob))["attendees"]
    hers = f"{tenant.events(tenant.mei)}/{event['event_id']}"
    hidden = await tenant.call("GET", f"{hers}/attendees", by=tenant.mei)
    assert (hidden.status, hidden.code) == (403, 194001)
    assert (await tenant.call("GET", hers, by=tenant.mei, need_attendee="true")).code == 194001
    more: Json = {"attendees": [{"type": "user", "user_id": tenant.yui}]}
    assert (await tenant.call("POST", f"{hers}/attendees", more, by=tenant.mei)).code == 194002
    gone: Json = {"attendee_ids": [listed[1]["attendee_id"]]}
    assert (await tenant.call("POST", f"{hers}/attendees/batch_delete", gone, by=tenant.mei)).code == 194003

    path = f"{tenant.events()}/{event['event_id']}"
    await tenant.ok("PATCH", path, {"attendee_ability": "can_invite_others"})
    await tenant.ok("POST", f"{hers}/attendees", more, by=tenant.mei)
    seen = await tenant.ok("GET", path, need_attendee="true", max_attendee_num=2)
    assert [one["display_name"] for one in seen["event"]["attendees"]] == ["Mei", "Bob"]
    assert seen["event"]["has_more_attendee"] is True

    await tenant.ok("POST", f"{path}/attendees/batch_delete", gone)
    await tenant.ok("POST", f"{path}/attendees/batch_delete", {"delete_ids": [{"type": "user", "user_id": tenant.yui}]})
    assert await tenant.answers(event) == {"Mei": "needs_action"}
    again = await tenant.call("POST", f"{path}/attendees/batch_delete", gone)
    assert (again.status, again.code) == (404, 194000)
    assert (await tenant.call("GET", f"{tenant.events(tenant.bob)}/{event['event_id']}", by=tenant.bob)).code == 193001


async def test_somebody_taken_off_the_list_syncs_a_cancelled_event(tenant: Tenant) -> None:
    event = await tenant.book()
    await tenant.invite(event, tenant.bob)
    token = (await tenant.ok("GET", tenant.events(tenant.bob), by=tenant.bob))["sync_token"]
    gone = {"delete_ids": [{"type": "user", "user_id": tenant.bob}]}
    await tenant.ok("POST", f"{tenant.events()}/{event['event_id']}/attendees/batch_delete", gone)
    since = await tenant.ok("GET", tenant.events(tenant.bob), by=tenant.bob, sync_token=token)
    assert [(one["event_id"], one["status"]) for one in since["items"]] == [(event["event_id"], "cancelled")]


@pytest.mark.parametrize(
    ("attendee", "code"),
    [
        ({"user_id": "ou_x"}, 194004),
        ({"type": "user"}, 190002),
        ({"type": "user", "user_id": "ou_nobody"}, 190002),
        ({"type": "chat", "chat_id": "oc_nowhere"}, 190002),
        ({"type": "resource", "room_id": "omm_none", "operate_id": "ou_x"}, 190002),
        ({"type": "third_party", "third_party_email": "nobody"}, 190002),
        ({"type": "resource", "approval_reason": "x" * 201}, 190002),
        ({"type": "ghost"}, 190002),
    ],
)
async def test_an_attendee_that_is_none(tenant: Tenant, attendee: Json, code: int) -> None:
    event = await tenant.book()
    refused = await tenant.call("POST", f"{tenant.events()}/{event['event_id']}/attendees", {"attendees": [attendee]})
    assert (refused.status, refused.code) == (400, code)


async def test_how_many_may_come(tenant: Tenant) -> None:
    event = await tenant.book()
    path = f"{tenant.events()}/{event['event_id']}/attendees"

    async def invite(first: int, last: int) -> int:
        people = [{"type": "third_party", "third_party_email": f"p{n}@x.example"} for n in range(first, last)]
        return (await tenant.call("POST", path, {"attendees": people})).code

    assert await invite(0, 1001) == 190002, "a thousand per call"
    assert [await invite(first, first + 1000) for first in (0, 1000, 2000)] == [0, 0, 0]
    assert await invite(3000, 3001) == 190002, "three thousand in all"
    assert await invite(2999, 3000) == 0, "who is there already may be named again"
    rooms = [{"type": "resource", "room_id": tenant.lotus, "operate_id": tenant.mei}] * 101
    assert (await tenant.call("POST", path, {"attendees": rooms})).code == 190002, "a hundred rooms per call"
    gone = {"delete_ids": [{"type": "third_party", "third_party_email": f"p{n}@x.example"} for n in range(501)]}
    assert (await tenant.call("POST", f"{path}/batch_delete", gone)).code == 190002, "five hundred removals per call"
    gone["delete_ids"].pop()
    await tenant.ok("POST", f"{path}/batch_delete", gone)
    page = await tenant.ok("GET", path, page_size=100)
    assert (len(page["items"]), page["has_more"]) == (100, True)


async def test_a_group_brings_its_people_and_each_answers_alone(tenant: Tenant) -> None:
    chat = next(iter(tenant.world.chats))
    event = await tenant.book(attendee_ability="can_see_others")
    path = f"{tenant.events()}/{event['event_id']}"
    listed = (await tenant.ok("POST", f"{path}/attendees", {"attendees": [{"type": "chat", "chat_id": chat}]}))[
        "attendees"
    ]
    assert [(one["type"], one["display_name"]) for one in listed] == [("chat", "Launch crew")]
    members = f"{path}/attendees/{listed[0]['attendee_id']}/chat_members"
    await tenant.ok(
        "POST", f"{tenant.events(tenant.bob)}/{event['event_id']}/reply", {"rsvp_status": "decline"}, by=tenant.bob
    )
    found = (await tenant.ok("GET", members))["items"]
    assert {one["display_name"]: one["rsvp_status"] for one in found} == {"Mei": "needs_action", "Bob": "decline"}
    assert {one["open_id"] for one in found} == {tenant.mei, tenant.bob}
    assert (await tenant.call("GET", f"{path}/attendees/user_1/chat_members")).code == 194000


async def test_a_room_answers_after_a_moment_and_only_the_first_gets_it(tenant: Tenant) -> None:
    first, second = await tenant.book(), await tenant.book(minutes=30)
    for event in (first, second):
        rooms = (await tenant.invite(event, rooms=(tenant.lotus,)))["attendees"]
        assert [(one["type"], one["rsvp_status"]) for one in rooms if one["type"] == "resource"] == [
            ("resource", "needs_action")
        ]
    assert (await tenant.answers(first))["Mei"] == "needs_action", "the contact is invited too"
    await tenant.passes(seconds=5)
    assert (await tenant.answers(first))["Lotus"] == "accept"
    assert (await tenant.answers(second))["Lotus"] == "decline"
    await tenant.ok("DELETE", f"{tenant.events()}/{first['event_id']}")
    await tenant.invite(second, rooms=(tenant.lotus,))
    await tenant.passes(seconds=5)
    assert (await tenant.answers(second))["Lotus"] == "accept", "a refused room may be asked again"


async def test_a_moved_event_asks_its_room_again(tenant: Tenant) -> None:
    taken, moving = await tenant.book(at=2), await tenant.book(at=0)
    for event in (taken, moving):
        await tenant.invite(event, rooms=(tenant.lotus,))
    await tenant.passes(seconds=5)
    times = {"start_time": taken["start_time"], "end_time": taken["end_time"]}
    await tenant.ok("PATCH", f"{tenant.events()}/{moving['event_id']}", times)
    assert (await tenant.answers(moving))["Lotus"] == "needs_action"
    await tenant.passes(seconds=5)
    assert (await tenant.answers(moving))["Lotus"] == "decline"


async def test_an_app_names_a_contact_for_its_rooms(tenant: Tenant) -> None:
    event = await tenant.book()
    body = {"attendees": [{"type": "resource", "room_id": tenant.lotus}]}
    assert (await tenant.call("POST", f"{tenant.events()}/{event['event_id']}/attendees", body)).code == 190002
    listed = await tenant.invite(event, rooms=(tenant.lotus,), add_operator_to_attendee=False)
    assert [one["type"] for one in listed["attendees"]] == ["resource"]


async def test_rooms_with_approval(tenant: Tenant) -> None:
    by_app, plain, asked = await tenant.book(), await tenant.book(tenant.bob), await tenant.book(tenant.bob, at=4)
    await tenant.invite(by_app, rooms=(tenant.board,))
    await tenant.invite(plain, tenant.bob, rooms=(tenant.board,), by=tenant.bob)
    body = {"attendees": [{"type": "resource", "room_id": tenant.board, "approval_reason": "All hands"}]}
    await tenant.ok("POST", f"{tenant.events(tenant.bob)}/{asked['event_id']}/attendees", body, by=tenant.bob)
    await tenant.passes(minutes=5)
    assert (await tenant.answers(by_app))["Board"] == "decline"
    assert (await tenant.answers(plain, tenant.bob))["Board"] == "decline"
    assert (await tenant.answers(asked, tenant.bob))["Board"] == "needs_action"
    verdict = {
        "room_id": tenant.board,
        "uid": asked["event_id"][:-2],
        "original_time": 0,
        "status": "ACCEPTED_BY_ADMIN",
    }
    await tenant.ok("POST", "meeting_room/instance/reply", verdict)
    assert (await tenant.answers(asked, tenant.bob))["Board"] == "accept"
    wrong = await tenant.call("POST", "meeting_room/instance/reply", {**verdict, "original_time": 12})
    assert wrong.code == 105003


async def test_a_series_takes_a_room_for_all_its_times(tenant: Tenant) -> None:
    in_three_weeks = await tenant.book(at=21 * 24)
    await tenant.invite(in_three_weeks, rooms=(tenant.lotus,))
    series = await tenant.book(recurrence="FREQ=WEEKLY")
    await tenant.invite(series, rooms=(tenant.lotus,))
    short = await tenant.book(recurrence="FREQ=WEEKLY;COUNT=3")
    await tenant.invite(short, rooms=(tenant.lotus,))
    await tenant.passes(seconds=5)
    assert (await tenant.answers(series))["Lotus"] == "decline"
    assert (await tenant.answers(short))["Lotus"] == "accept"


async def test_busy_is_what_was_not_declined_or_marked_free(tenant: Tenant) -> None:
    organized = await tenant.book(tenant.mei, at=1)
    invited, declined = await tenant.book(at=3), await tenant.book(at=5)
    await tenant.book(tenant.mei, at=7, free_busy_status="free")
    await tenant.invite(invited, tenant.mei)
    await tenant.invite(declined, tenant.mei)
    reply = f"{tenant.events(tenant.mei)}/{declined['event_id']}/reply"
    await tenant.ok("POST", reply, {"rsvp_status": "decline"}, by=tenant.mei)
    asked = {**DAY, "user_id": tenant.mei, "need_rsvp_status": True}
    found = (await tenant.ok("POST", "calendar/v4/freebusy/list", asked))["freebusy_list"]
    assert found == [
        {"start_time": "2026-11-23T10:00:00+08:00", "end_time": "2026-11-23T11:00:00+08:00", "rsvp_status": "accept"},
        {
            "start_time": "2026-11-23T12:00:00+08:00",
            "end_time": "2026-11-23T13:00:00+08:00",
            "rsvp_status": "needs_action",
        },
    ]
    assert organized["status"] == "confirmed"
    everything = await tenant.ok(
        "POST", "calendar/v4/freebusy/list", {**DAY, "user_id": tenant.mei, "only_busy": False}
    )
    assert len(everything["freebusy_list"]) == 3
    assert "rsvp_status" not in everything["freebusy_list"][0]


async def test_a_batch_answers_for_each_person(tenant: Tenant) -> None:
    event = await tenant.book(recurrence="FREQ=DAILY", at=1)
    await tenant.invite(event, tenant.mei, tenant.bob)
    two_days = {"time_min": "2026-11-23T00:00:00Z", "time_max": "2026-11-25T00:00:00Z"}
    asked = {**two_days, "user_ids": [tenant.bob, tenant.mei, tenant.yui]}
    found = (await tenant.ok("POST", "calendar/v4/freebusy/batch", asked))["freebusy_lists"]
    assert [(one["user_id"], len(one["freebusy_items"])) for one in found] == [
        (tenant.bob, 2),
        (tenant.mei, 2),
        (tenant.yui, 0),
    ]
    assert found[0]["freebusy_items"][0]["start_time"] == "2026-11-23T02:00:00+00:00"
    by_user_id = {**two_days, "user_ids": [tenant.user(tenant.bob).user_id]}
    found = (await tenant.ok("POST", "calendar/v4/freebusy/batch", by_user_id, user_id_type="user_id"))[
        "freebusy_lists"
    ]
    assert found[0]["user_id"] == tenant.user(tenant.bob).user_id


async def test_a_whole_day_is_the_persons_own_day(tenant: Tenant) -> None:
    event = await tenant.book(start_time={"date": "2026-11-24"}, end_time={"date": "2026-11-24"})
    await tenant.invite(event, tenant.mei, tenant.bob)
    span = {"time_min": "2026-11-23T00:00:00Z", "time_max": "2026-11-26T00:00:00Z"}
    found = (await tenant.ok("POST", "calendar/v4/freebusy/batch", {**span, "user_ids": [tenant.mei, tenant.bob]}))[
        "freebusy_lists"
    ]
    assert [one["freebusy_items"][0]["start_time"] for one in found] == [
        "2026-11-23T16:00:00+00:00",
        "2026-11-23T23:00:00+00:00",
    ]


@pytest.mark.parametrize(
    ("window", "code"),
    [
        ({"time_min": "2026-11-23", "time_max": "2026-11-24T00:00:00Z"}, 198002),
        ({"time_min": "2026-13-23T00:00:00Z", "time_max": "2026-11-24T00:00:00Z"}, 198002),
        ({"time_min": "2026-11-23T00:00:00", "time_max": "2026-11-24T00:00:00"}, 198004),
        ({"time_min": "2026-11-24T00:00:00Z", "time_max": "2026-11-23T00:00:00Z"}, 198003),
        ({"time_min": "2026-11-23T00:00:00Z", "time_max": "2026-12-07T00:00:01Z"}, 198003),
    ],
)
async def test_windows_a_batch_does_not_take(tenant: Tenant, window: Json, code: int) -> None:
    refused = await tenant.call("POST", "calendar/v4/freebusy/batch", {**window, "user_ids": [tenant.mei]})
    assert (refused.status, refused.code) == (400, code)


async def test_whom_free_busy_does_not_know(tenant: Tenant) -> None:
    eleven = [f"ou_{n}" for n in range(11)]
    assert (await tenant.call("POST", "calendar/v4/freebusy/batch", {**DAY, "user_ids": eleven})).code == 198001
    assert (await tenant.call("POST", "calendar/v4/freebusy/batch", {**DAY, "user_ids": ["ou_x"]})).code == 190014
    assert (await tenant.call("POST", "calendar/v4/freebusy/list", DAY)).code == 190014
    long = {"time_min": "2026-11-23T00:00:00Z", "time_max": "2027-02-22T00:00:00Z", "user_id": tenant.mei}
    assert (await tenant.call("POST", "calendar/v4/freebusy/list", long)).code == 198003


async def test_an_event_that_leaves_people_free_still_takes_its_room(tenant: Tenant) -> None:
    event = await tenant.book(tenant.mei, free_busy_status="free")
    await tenant.invite(event, rooms=(tenant.lotus,), by=tenant.mei)
    await tenant.passes(seconds=5)
    for who, taken in (({"user_id": tenant.mei}, 0), ({"room_id": tenant.lotus}, 1)):
        found = await tenant.ok("POST", "calendar/v4/freebusy/list", {**DAY, **who})
        assert len(found["freebusy_list"]) == taken


async def test_shared_calendars_never_count_as_busy(tenant: Tenant) -> None:
    team = (await tenant.ok("POST", "calendar/v4/calendars", {"summary": "Team"}, by=tenant.mei))["calendar"][
        "calendar_id"
    ]
    times = {"start_time": {"timestamp": str(NINE)}, "end_time": {"timestamp": str(NINE + 60)}}
    await tenant.ok("POST", f"calendar/v4/calendars/{team}/events", times, by=tenant.mei)
    found = await tenant.ok("POST", "calendar/v4/freebusy/list", {**DAY, "user_id": tenant.mei})
    assert found["freebusy_list"] == []


async def test_room_times_name_who_is_there(tenant: Tenant) -> None:
    mine, private = await tenant.book(tenant.mei), await tenant.book(tenant.mei, at=2, visibility="private")
    for event in (mine, private):
        await tenant.invite(event, rooms=(tenant.lotus,), by=tenant.mei)
    span = {"time_min": "2026-11-23T00:00:00+08:00", "time_max": "2026-11-24T00:00:00+08:00"}
    asked = {"room_ids": [tenant.lotus, tenant.board], **span}
    assert (await tenant.ok("GET", "meeting_room/freebusy/batch_get", **asked))["free_busy"][tenant.lotus] == []
    await tenant.passes(seconds=5)
    found = await tenant.ok("GET", "meeting_room/freebusy/batch_get", **asked)
    assert (found["time_min"], found["free_busy"][tenant.board]) == (span["time_min"], [])
    assert found["free_busy"][tenant.lotus] == [
        {
            "start_time": "2026-11-23T09:00:00+08:00",
            "end_time": "2026-11-23T10:00:00+08:00",
            "uid": mine["event_id"][:-2],
            "original_time": 0,
            "organizer_info": {"name": "Mei", "open_id": tenant.mei},
        },
        {
            "start_time": "2026-11-23T11:00:00+08:00",
            "end_time": "2026-11-23T12:00:00+08:00",
            "uid": private["event_id"][:-2],
            "original_time": 0,
        },
    ]
    single = await tenant.ok("POST", "calendar/v4/freebusy/list", {**DAY, "room_id": tenant.lotus})
    assert len(single["freebusy_list"]) == 2
    uids = [{"uid": mine["event_id"][:-2], "original_time": 0}, {"uid": "none", "original_time": 0}]
    told = await tenant.ok("POST", "meeting_room/summary/batch_get", {"EventUids": uids})
    assert [one["summary"] for one in told["EventInfos"]] == ["Sync"]
    assert [one["uid"] for one in told["ErrorEventUids"]] == ["none"]
    too_many = await tenant.call("GET", "meeting_room/freebusy/batch_get", **{**asked, "room_ids": [tenant.lotus] * 21})
    assert too_many.code != 0


async def test_only_subscribers_hear_of_changes_and_only_vaguely(tenant: Tenant) -> None:
    event = await tenant.book(tenant.mei)
    await tenant.passes(seconds=10)
    assert tenant.pushed == []
    assert (await tenant.call("POST", f"{tenant.events(tenant.mei)}/subscription", by="")).code != 0
    await tenant.ok("POST", f"{tenant.events(tenant.mei)}/subscription", by=tenant.mei)
    path = f"{tenant.events(tenant.mei)}/{event['event_id']}"
    for title in ("B", "C"):
        await tenant.ok("PATCH", path, {"summary": title}, by=tenant.mei)
    await tenant.passes(seconds=2)
    assert tenant.pushed == []
    await tenant.passes(seconds=2)
    ids = tenant.user(tenant.mei).ids()
    told = {"calendar_id": tenant.primary(tenant.mei), "user_id_list": [ids]}
    assert tenant.pushed == [("calendar.calendar.event.changed_v4", told)]

    await tenant.ok("POST", f"{tenant.events(tenant.mei)}/unsubscription", by=tenant.mei)
    await tenant.ok("DELETE", path, by=tenant.mei)
    await tenant.passes(seconds=10)
    assert len(tenant.pushed) == 1


async def test_the_rolled_out_fields_and_how_changes_merge(tenant: Tenant) -> None:
    tenant.world.calendars.switches.change_details = True
    await tenant.ok("POST", f"{tenant.events(tenant.mei)}/subscription", by=tenant.mei)
    brief = await tenant.book(tenant.mei)
    await tenant.ok("DELETE", f"{tenant.events(tenant.mei)}/{brief['event_id']}", by=tenant.mei)
    await tenant.passes(seconds=4)
    assert tenant.pushed == [], "born and gone within three seconds"

    event = await tenant.book(tenant.mei)
    await tenant.invite(event, tenant.bob, by=tenant.mei)
    await tenant.passes(seconds=4)
    await tenant.ok(
        "POST", f"{tenant.events(tenant.bob)}/{event['event_id']}/reply", {"rsvp_status": "accept"}, by=tenant.bob
    )
    await tenant.passes(seconds=4)
    await tenant.ok("PATCH", f"{tenant.events(tenant.mei)}/{event['event_id']}", {"summary": "X"}, by=tenant.mei)
    await tenant.ok("DELETE", f"{tenant.events(tenant.mei)}/{event['event_id']}", by=tenant.mei)
    await tenant.passes(seconds=4)
    told = [(one["change_type"], one["calendar_event_id"]) for _, one in tenant.pushed]
    assert told == [(kind, event["event_id"]) for kind in ("create", "rsvp", "delete")]
    assert tenant.pushed[1][1]["rsvp_infos"] == [
        {"from_user_id": tenant.user(tenant.bob).ids(), "rsvp_status": "accept"}
    ]


async def test_an_invitation_is_a_new_event_for_who_was_invited(tenant: Tenant) -> None:
    tenant.world.calendars.switches.change_details = True
    event = await tenant.book()
    await tenant.ok("POST", f"{tenant.events(tenant.bob)}/subscription", by=tenant.bob)
    await tenant.invite(event, tenant.bob)
    await tenant.passes(seconds=4)
    gone = {"delete_ids": [{"type": "user", "user_id": tenant.bob}]}
    await tenant.ok("POST", f"{tenant.events()}/{event['event_id']}/attendees/batch_delete", gone)
    await tenant.passes(seconds=4)
    assert [one["change_type"] for _, one in tenant.pushed] == ["create", "delete"]


async def test_a_settled_room_is_named(tenant: Tenant) -> None:
    event = await tenant.book()
    await tenant.invite(event, rooms=(tenant.lotus,))
    await tenant.passes(seconds=5)
    assert tenant.pushed == [
        ("meeting_room.meeting_room.status_changed_v1", {"room_name": "Lotus", "room_id": tenant.lotus})
    ]


async def test_a_meeting_chat_of_an_event(tenant: Tenant) -> None:
    event = await tenant.book(attendee_ability="can_see_others", summary="Launch")
    path = f"{tenant.events()}/{event['event_id']}"
    assert (await tenant.call("POST", f"{path}/meeting_chat")).code == 195109, "nobody is there yet"
    await tenant.invite(event, tenant.mei, tenant.bob)
    made = await tenant.ok("POST", f"{path}/meeting_chat")
    chat = tenant.world.chats[made["meeting_chat_id"]]
    assert (chat.name, chat.members, chat.apps) == ("Launch", [tenant.mei, tenant.bob], {tenant.app.app_id})
    assert (await tenant.ok("POST", f"{path}/meeting_chat"))["meeting_chat_id"] == chat.chat_id
    await tenant.invite(event, tenant.yui)
    assert tenant.yui in chat.members
    assert (await tenant.call("DELETE", f"{path}/meeting_chat", meeting_chat_id="oc_other")).code == 195108
    await tenant.ok("DELETE", f"{path}/meeting_chat", meeting_chat_id=chat.chat_id)
    hidden = await tenant.book()
    await tenant.invite(hidden, tenant.mei, tenant.bob)
    refused = await tenant.call("POST", f"{tenant.events()}/{hidden['event_id']}/meeting_chat")
    assert (refused.status, refused.code) == (400, 195109)


async def test_only_the_owner_unties_a_meeting_chat(tenant: Tenant) -> None:
    event = await tenant.book(tenant.mei, attendee_ability="can_see_others")
    await tenant.invite(event, tenant.bob, tenant.yui, by=tenant.mei)
    path = f"{tenant.events(tenant.mei)}/{event['event_id']}/meeting_chat"
    made = await tenant.ok("POST", path, by=tenant.mei)
    tenant.world.chats[made["meeting_chat_id"]].owner = tenant.bob
    refused = await tenant.call("DELETE", path, by=tenant.mei, meeting_chat_id=made["meeting_chat_id"])
    assert (refused.status, refused.code) == (403, 195107)
    foreign = await tenant.call("POST", f"{tenant.events(tenant.bob)}/{event['event_id']}/meeting_chat", by=tenant.bob)
    assert foreign.code == 193002


async def test_minutes_need_somebody_who_may_see(tenant: Tenant) -> None:
    event = await tenant.book(attendee_ability="can_see_others")
    path = f"{tenant.events()}/{event['event_id']}/meeting_minute"
    refused = await tenant.call("POST", path)
    assert (refused.status, refused.code) == (400, 195110)
    await tenant.invite(event, tenant.mei)
    first = await tenant.ok("POST", path)
    assert first["doc_url"].startswith("https://")
    assert await tenant.ok("POST", path) == first


async def test_a_big_batch_of_people_stays_quick(tenant: Tenant) -> None:
    """Ten people with forty events each: the second question is answered from what the first one sorted."""
    calendars = tenant.world.calendars
    for person in (tenant.mei, tenant.bob, tenant.yui):
        for day in range(40):
            start = NOW + timedelta(days=day)
            calendars.act(person, "create", start=start.isoformat(), title=f"Day {day}")
    window = int(NOW.timestamp()), int((NOW + timedelta(days=14)).timestamp())
    began = datetime.now(UTC)
    for _ in range(500):
        for person in (tenant.mei, tenant.bob, tenant.yui):
            assert len(calendars.freebusy.of(person, calendars.primary(person), *window)) == 14
    assert datetime.now(UTC) - began < timedelta(seconds=2)

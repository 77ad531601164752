"""Every system of the platform, told once for all official SDKs: success, the state afterwards, and refusals."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from bot.emulator.api.authorize import CHOSEN, PATH
from bot.emulator.contract import contract
from tests.emulator.tenant import NOW, Json
from tests.emulator.witness import Witness, moment

Story = Callable[[Witness], Awaitable[None]]
NINE = int(NOW.timestamp())
DAY: Json = {"time_min": "2026-11-23T00:00:00+08:00", "time_max": "2026-11-24T00:00:00+08:00"}
FOREIGN_CALENDAR = "feishu.cn_zzzzzzzzzzzzzzzzzzzzzz@group.calendar.feishu.cn"
EVENTS, PEOPLE = "calendar.v4.calendar_event", "calendar.v4.calendar_event_attendee"

APART = {
    "authen.v1.authorize",  # a page for browsers; ``log_in`` walks through it
    "callback.ws.endpoint",  # the WebSocket clients', in tests of their own
    "vc.v1.reserve.get_active_meeting",  # only ever refused: nobody joins a video meeting here
}
# Neither SDK has a class or method for these; their way out for other calls takes them.
WITHOUT_A_METHOD = {
    "meeting_room.freebusy.batch_get", "meeting_room.summary.batch_get", "meeting_room.instance.reply",
    "ephemeral.v1.send", "ephemeral.v1.delete", "interactive.v1.card.update", "search.v1.user", "bot.v3.info.get",
    "authen.v2.oauth.token#authorization_code", "authen.v2.oauth.token#refresh_token",
}  # fmt: skip


def wanted() -> set[str]:
    """The rows that have to succeed; card entities are not part of the emulator."""
    return {name for name in contract().rows if not name.startswith("cardkit.")} - APART


async def calendars(sdk: Witness) -> None:
    tenant, name = sdk.tenant, "calendar.v4.calendar"
    mine = await sdk.ok(f"{name}.primary")
    assert mine["calendars"][0]["calendar"]["calendar_id"] == sdk.app_calendar
    theirs = await sdk.ok(f"{name}.primarys", {"user_ids": [tenant.mei, tenant.bob]}, user_id_type="open_id")
    assert [one["user_id"] for one in theirs["calendars"]] == [tenant.mei, tenant.bob]
    made = (await sdk.ok(f"{name}.create", {"summary": "Team", "permissions": "public"}))["calendar"]
    calendar_id = made["calendar_id"]
    assert (await sdk.ok(f"{name}.get", calendar_id=calendar_id))["role"] == "owner"
    several = await sdk.ok(f"{name}.mget", {"calendar_ids": [calendar_id, sdk.app_calendar]})
    assert [one["summary"] for one in several["calendars"]] == ["Team", tenant.app.name]
    await sdk.ok(f"{name}.patch", {"summary": "Crew"}, calendar_id=calendar_id)
    assert tenant.world.calendars.calendars[calendar_id].summary == "Crew"
    listed = await sdk.ok(f"{name}.list", page_size=50)
    assert [one["summary"] for one in listed["calendar_list"]] == [tenant.app.name, "Crew"]
    found = await sdk.ok(f"{name}.search", {"query": "crew"}, by=tenant.bob)
    assert [one["calendar_id"] for one in found["items"]] == [calendar_id]
    await sdk.ok(f"{name}.subscribe", by=tenant.bob, calendar_id=calendar_id)
    assert calendar_id in tenant.world.calendars.shelf(tenant.bob).calendars
    await sdk.ok(f"{name}.subscription", by=tenant.bob)
    await sdk.ok(f"{name}.unsubscribe", by=tenant.bob, calendar_id=calendar_id)
    assert ("calendar.calendar.changed_v4" in [kind for kind, _ in tenant.pushed]) is True
    await sdk.ok(f"{name}.unsubscription", by=tenant.bob)
    assert tenant.bob not in tenant.world.calendars.list_watchers

    await sdk.refused(191007, f"{name}.unsubscribe", by=tenant.bob, calendar_id=calendar_id)
    await sdk.refused(191009, f"{name}.patch", {"summary": "Mine"}, by=tenant.bob, calendar_id=calendar_id)
    await sdk.refused(191002, f"{name}.delete", by=tenant.bob, calendar_id=calendar_id)
    await sdk.refused(191000, f"{name}.get", calendar_id=FOREIGN_CALENDAR)
    await sdk.refused(190002, f"{name}.primarys", {"user_ids": ["ou_nobody"]}, user_id_type="open_id")
    fresh = await sdk.ok(f"{name}.list", page_size=50)
    await sdk.ok(f"{name}.delete", calendar_id=calendar_id)
    since = await sdk.ok(f"{name}.list", page_size=50, sync_token=fresh["sync_token"])
    assert [(one["calendar_id"], one["is_deleted"]) for one in since["calendar_list"]] == [(calendar_id, True)]
    await sdk.refused(191003, f"{name}.get", calendar_id=calendar_id)
    await sdk.refused(190008, f"{name}.list", page_size=50, sync_token="ListCalendarsSyncToken_1_1")


async def grants(sdk: Witness) -> None:
    tenant, name = sdk.tenant, "calendar.v4.calendar_acl"
    where: Json = {"calendar_id": tenant.primary(tenant.mei)}
    event_id = await sdk.book(tenant.mei)
    await sdk.refused(191002, f"{EVENTS}.get", by=tenant.bob, event_id=event_id, **where)
    await sdk.ok(f"{name}.subscription", by=tenant.mei, **where)
    wish: Json = {"role": "reader", "scope": {"type": "user", "user_id": tenant.bob}}
    given = await sdk.ok(f"{name}.create", wish, by=tenant.mei, user_id_type="open_id", **where)
    listed = await sdk.ok(f"{name}.list", by=tenant.mei, page_size=10, user_id_type="open_id", **where)
    roles = {one["scope"]["user_id"]: one["role"] for one in listed["acls"]}
    assert roles[tenant.bob] == "reader"
    assert (await sdk.ok(f"{EVENTS}.get", by=tenant.bob, event_id=event_id, **where))["event"]["summary"] == "Sync"
    await sdk.refused(191002, f"{EVENTS}.patch", {"summary": "Mine"}, by=tenant.bob, event_id=event_id, **where)

    await sdk.refused(191002, f"{name}.create", wish, by=tenant.bob, user_id_type="open_id", **where)
    stranger: Json = {"role": "reader", "scope": {"type": "user", "user_id": "ou_nobody"}}
    await sdk.refused(190002, f"{name}.create", stranger, by=tenant.mei, user_id_type="open_id", **where)
    await sdk.ok(f"{name}.delete", by=tenant.mei, acl_id=given["acl_id"], **where)
    assert tenant.bob not in tenant.world.calendars.calendars[where["calendar_id"]].roles
    await sdk.refused(192000, f"{name}.delete", by=tenant.mei, acl_id=given["acl_id"], **where)
    told = [kind for kind, _ in tenant.pushed if ".acl." in kind]
    assert told == ["calendar.calendar.acl.created_v4", "calendar.calendar.acl.deleted_v4"]
    await sdk.ok(f"{name}.unsubscription", by=tenant.mei, **where)
    assert not tenant.world.calendars.calendars[where["calendar_id"]].acl_watchers


async def events(sdk: Witness) -> None:
    tenant = sdk.tenant
    where: Json = {"calendar_id": sdk.app_calendar}
    body: Json = {
        "summary": "Review",
        "description": "What is left",
        "start_time": moment(NINE),
        "end_time": moment(NINE + 3600),
        "visibility": "public",
        "free_busy_status": "busy",
        "reminders": [{"minutes": 15}],
        "vchat": {"vc_type": "third_party", "meeting_url": "https://meet.example/1", "description": "Join"},
        "location": {"name": "Lake", "address": "South gate"},
    }
    key = "8f2c6a90" * 4
    first = (await sdk.ok(f"{EVENTS}.create", body, idempotency_key=key, **where))["event"]
    again = (await sdk.ok(f"{EVENTS}.create", body, idempotency_key=key, **where))["event"]
    assert first["event_id"] == again["event_id"]
    assert first["vchat"]["meeting_url"] == "https://meet.example/1"
    one: Json = {**where, "event_id": first["event_id"]}
    assert (await sdk.ok(f"{EVENTS}.get", **one))["event"]["location"]["name"] == "Lake"
    sync = (await sdk.ok(f"{EVENTS}.list", page_size=50, **where))["sync_token"]
    moved: Json = {"start_time": moment(NINE + 7200), "end_time": moment(NINE + 10800), "color": -1}
    assert (await sdk.ok(f"{EVENTS}.patch", moved, **one))["event"]["start_time"]["timestamp"] == str(NINE + 7200)
    since = await sdk.ok(f"{EVENTS}.list", page_size=50, sync_token=sync, **where)
    assert [(item["summary"], item["start_time"]["timestamp"]) for item in since["items"]] == [
        ("Review", str(NINE + 7200))
    ]
    wish: Json = {"query": "view", "filter": {"start_time": moment(NINE), "end_time": moment(NINE + 86400)}}
    found = await sdk.ok(f"{EVENTS}.search", wish, page_size=10, **where)
    assert [item["event_id"] for item in found["items"]] == [first["event_id"]]
    seen = await sdk.ok(f"{EVENTS}.instance_view", start_time=str(NINE), end_time=str(NINE + 86400), **where)
    assert [item["summary"] for item in seen["items"]] == ["Review"]

    await sdk.refused(193103, f"{EVENTS}.instance_view", start_time=str(NINE), end_time=str(NINE + 41 * 86400), **where)
    await sdk.refused(193001, f"{EVENTS}.get", event_id="nothing_0", **where)
    await sdk.refused(193000, f"{EVENTS}.get", event_id="nothing", **where)
    await sdk.refused(190014, f"{EVENTS}.create", {**body, "end_time": moment(NINE - 60)}, **where)
    await sdk.refused(190014, f"{EVENTS}.create", {**body, "recurrence": "FREQ=HOURLY"}, **where)
    await sdk.refused(191002, f"{EVENTS}.create", body, calendar_id=tenant.primary(tenant.mei))
    await sdk.ok(f"{EVENTS}.delete", need_notification="false", **one)
    assert (await sdk.ok(f"{EVENTS}.get", **one))["event"]["status"] == "cancelled"
    await sdk.refused(193003, f"{EVENTS}.delete", **one)


async def series(sdk: Witness) -> None:
    tenant = sdk.tenant
    where: Json = {"calendar_id": sdk.app_calendar}
    event_id = await sdk.book(recurrence="FREQ=DAILY;COUNT=4", hours=0)
    window: Json = {"start_time": str(NINE - 1), "end_time": str(NINE + 10 * 86400), "page_size": 20}
    found = (await sdk.ok(f"{EVENTS}.instances", event_id=event_id, **window, **where))["items"]
    assert [one["event_id"].rpartition("_")[2] for one in found] == [str(NINE + n * 86400) for n in range(4)]
    second = found[1]["event_id"]
    changed = await sdk.ok(f"{EVENTS}.patch", {"summary": "Only today"}, event_id=second, **where)
    assert (changed["event"]["is_exception"], changed["event"]["recurring_event_id"]) == (True, event_id)
    await sdk.ok(f"{EVENTS}.patch", {"summary": "Renamed"}, event_id=event_id, **where)
    book = tenant.world.calendars.book.series[event_id.removesuffix("_0")]
    assert (book.master.title, [one.title for one in book.exceptions.values()]) == ("Renamed", ["Only today"])
    await sdk.ok(f"{EVENTS}.delete", event_id=found[3]["event_id"], **where)
    left = (await sdk.ok(f"{EVENTS}.instances", event_id=event_id, **window, **where))["items"]
    assert [one["summary"] for one in left if one["status"] != "cancelled"] == ["Renamed", "Only today", "Renamed"]
    off_beat = f"{event_id.removesuffix('_0')}_{NINE + 60}"
    await sdk.refused(193001, f"{EVENTS}.patch", {"summary": "Never"}, event_id=off_beat, **where)
    await sdk.refused(193003, f"{EVENTS}.delete", event_id=found[3]["event_id"], **where)


async def people(sdk: Witness) -> None:
    tenant, chat_id = sdk.tenant, next(iter(sdk.tenant.world.chats))
    event_id = await sdk.book()
    where: Json = {"calendar_id": sdk.app_calendar, "event_id": event_id}
    body: Json = {
        "attendees": [
            {"type": "user", "user_id": tenant.yui, "is_optional": True},
            {"type": "chat", "chat_id": chat_id},
            {"type": "resource", "room_id": tenant.lotus, "operate_id": tenant.mei},
            {"type": "third_party", "third_party_email": "guest@elsewhere.example"},
        ]
    }
    made = (await sdk.ok(f"{PEOPLE}.create", body, user_id_type="open_id", **where))["attendees"]
    assert [one["display_name"] for one in made] == ["Yui", "Launch crew", "Lotus", "Mei", "guest@elsewhere.example"]
    await tenant.passes(seconds=5)
    mine: Json = {"calendar_id": tenant.primary(tenant.bob), "event_id": event_id}
    await sdk.ok(f"{EVENTS}.reply", {"rsvp_status": "accept"}, by=tenant.bob, **mine)
    listed = (await sdk.ok(f"{PEOPLE}.list", page_size=20, user_id_type="open_id", **where))["items"]
    assert {one["type"]: one["rsvp_status"] for one in listed}["resource"] == "accept"
    group = next(one["attendee_id"] for one in listed if one["type"] == "chat")
    members = await sdk.ok(
        "calendar.v4.calendar_event_attendee_chat_member.list",
        attendee_id=group, page_size=20, user_id_type="open_id", **where,
    )  # fmt: skip
    assert {one["display_name"]: one["rsvp_status"] for one in members["items"]} == {
        "Mei": "needs_action", "Bob": "accept",
    }  # fmt: skip
    await sdk.ok(f"{PEOPLE}.batch_delete", {"delete_ids": [{"type": "user", "user_id": tenant.yui}]}, **where)
    left = tenant.world.calendars.book.series[event_id.removesuffix("_0")].master
    assert tenant.yui not in list(left.people)

    await sdk.refused(194000, f"{PEOPLE}.batch_delete", {"attendee_ids": ["user_1"]}, **where)
    await sdk.refused(194001, f"{PEOPLE}.list", by=tenant.bob, page_size=20, **mine)
    await sdk.refused(194002, f"{PEOPLE}.create", body, by=tenant.bob, **mine)
    absent: Json = {"calendar_id": tenant.primary(tenant.yui), "event_id": event_id}
    await sdk.refused(193001, f"{EVENTS}.reply", {"rsvp_status": "accept"}, by=tenant.yui, **absent)


async def event_subscription(sdk: Witness) -> None:
    tenant = sdk.tenant
    where: Json = {"calendar_id": sdk.tenant.primary(sdk.tenant.mei)}
    await sdk.ok(f"{EVENTS}.subscription", by=tenant.mei, **where)
    event_id = await sdk.book(tenant.mei)
    await sdk.ok(f"{EVENTS}.patch", {"summary": "Twice"}, by=tenant.mei, event_id=event_id, **where)
    await tenant.passes(seconds=4)
    assert [kind for kind, _ in tenant.pushed] == ["calendar.calendar.event.changed_v4"], "two changes, one push"
    await sdk.ok(f"{EVENTS}.unsubscription", by=tenant.mei, **where)
    await sdk.refused(191002, f"{EVENTS}.subscription", by=tenant.bob, **where)
    await sdk.refused(191001, f"{EVENTS}.subscription", by=tenant.mei, calendar_id="mine")


async def free_busy(sdk: Witness) -> None:
    tenant, name = sdk.tenant, "calendar.v4.freebusy"
    await sdk.book(tenant.mei)
    both: Json = {**DAY, "user_ids": [tenant.mei, tenant.bob], "need_rsvp_status": True}
    found = (await sdk.ok(f"{name}.batch", both, user_id_type="open_id"))["freebusy_lists"]
    assert [(one["user_id"], len(one.get("freebusy_items") or [])) for one in found] == [
        (tenant.mei, 1), (tenant.bob, 0),
    ]  # fmt: skip
    assert found[0]["freebusy_items"][0]["start_time"] == "2026-11-23T10:00:00+08:00"
    one = await sdk.ok(f"{name}.list", {**DAY, "user_id": tenant.mei}, user_id_type="open_id")
    assert [item["end_time"] for item in one["freebusy_list"]] == ["2026-11-23T11:00:00+08:00"]
    month: Json = {"time_min": DAY["time_min"], "time_max": "2026-12-24T00:00:00+08:00"}
    await sdk.refused(198003, f"{name}.batch", {**month, "user_ids": [tenant.mei]})
    await sdk.refused(198001, f"{name}.batch", {**DAY, "user_ids": [tenant.mei] * 11})
    naive: Json = {"time_min": "2026-11-23T00:00:00", "time_max": "2026-11-24T00:00:00"}
    await sdk.refused(198004, f"{name}.batch", {**naive, "user_ids": [tenant.mei]})
    await sdk.refused(190014, f"{name}.list", {**DAY, "user_id": "ou_nobody"})
    await sdk.refused(190014, f"{name}.list", {**DAY})


async def room_time(sdk: Witness) -> None:
    tenant = sdk.tenant
    event_id = await sdk.book(tenant.mei)
    where: Json = {"calendar_id": tenant.primary(tenant.mei), "event_id": event_id}
    body = {"attendees": [{"type": "resource", "room_id": tenant.board, "operate_id": tenant.mei}]}
    await sdk.ok(f"{PEOPLE}.create", body, by=tenant.mei, **where)
    await tenant.passes(seconds=5)
    uid = event_id.removesuffix("_0")
    verdict: Json = {"room_id": tenant.board, "uid": uid, "original_time": 0, "status": "ACCEPTED_BY_ADMIN"}
    await sdk.ok("meeting_room.instance.reply", verdict)
    taken = await sdk.ok("meeting_room.freebusy.batch_get", room_ids=[tenant.board, tenant.lotus], **DAY)
    holder = taken["free_busy"][tenant.board][0]
    assert (holder["uid"], holder["organizer_info"]["name"], taken["free_busy"][tenant.lotus]) == (uid, "Mei", [])
    titles = await sdk.ok("meeting_room.summary.batch_get", {"EventUids": [{"uid": uid, "original_time": 0}]})
    assert titles["EventInfos"][0]["summary"] == "Sync"
    await sdk.refused(99992402, "meeting_room.freebusy.batch_get", room_ids=["omm_none"], **DAY)
    await sdk.refused(105003, "meeting_room.instance.reply", {**verdict, "original_time": 5})
    await sdk.refused(105003, "meeting_room.instance.reply", {**verdict, "room_id": tenant.lotus})


async def meeting_chat(sdk: Witness) -> None:
    tenant, name = sdk.tenant, "calendar.v4.calendar_event_meeting_chat"
    event_id = await sdk.book(attendee_ability="can_see_others")
    where: Json = {"calendar_id": sdk.app_calendar, "event_id": event_id}
    await sdk.refused(195109, f"{name}.create", **where)
    await sdk.refused(195110, "calendar.v4.calendar_event_meeting_minute.create", **where)
    await sdk.invite(event_id, tenant.mei, tenant.bob)
    chat_id = (await sdk.ok(f"{name}.create", **where))["meeting_chat_id"]
    assert tenant.world.chats[chat_id].members == [tenant.mei, tenant.bob]
    minutes = await sdk.ok("calendar.v4.calendar_event_meeting_minute.create", **where)
    assert minutes["doc_url"].startswith("https://")
    await sdk.refused(195108, f"{name}.delete", meeting_chat_id="oc_other", **where)
    await sdk.ok(f"{name}.delete", meeting_chat_id=chat_id, **where)
    assert tenant.world.calendars.book.series[event_id.removesuffix("_0")].master.meeting_chat is None
    await sdk.refused(
        193001, "calendar.v4.calendar_event_meeting_minute.create", calendar_id=sdk.app_calendar, event_id="none_0"
    )


async def leave(sdk: Witness) -> None:
    tenant, name = sdk.tenant, "calendar.v4.timeoff_event"
    fields: Json = {
        "user_id": tenant.mei,
        "timezone": "Asia/Shanghai",
        "start_time": "2026-11-23",
        "end_time": "2026-11-23",
    }
    made = (await sdk.ok(f"{name}.create", fields, user_id_type="open_id"))["timeoff_event_id"]
    busy = await sdk.ok("calendar.v4.freebusy.list", {**DAY, "user_id": tenant.mei}, user_id_type="open_id")
    assert [one["start_time"] for one in busy["freebusy_list"]] == [DAY["time_min"]]
    await sdk.refused(190002, f"{name}.create", {**fields, "end_time": "1795395600"}, user_id_type="open_id")
    await sdk.refused(190002, f"{name}.create", {**fields, "timezone": "Mars/Base"}, user_id_type="open_id")
    await sdk.ok(f"{name}.delete", timeoff_event_id=made)
    assert made not in tenant.world.calendars.settings.leaves
    await sdk.refused(190002, f"{name}.delete", timeoff_event_id=made)


async def caldav_and_exchange(sdk: Witness) -> None:
    tenant, name = sdk.tenant, "calendar.v4.exchange_binding"
    setting = "calendar.v4.setting.generate_caldav_conf"
    account = await sdk.ok(setting, {"device_name": "iPad"}, by=tenant.mei)
    assert (account["device_name"], len(account["password"])) == ("iPad", 16)
    tenant.user(tenant.bob).resigned = True
    await sdk.refused(195100, setting, {"device_name": "iPad"}, by=tenant.bob)
    tenant.user(tenant.bob).resigned = False
    fields: Json = {"admin_account": "root@x.example", "exchange_account": "mei@x.example", "user_id": tenant.mei}
    bound = (await sdk.ok(f"{name}.create", fields, by=tenant.mei, user_id_type="open_id"))["exchange_binding_id"]
    assert (await sdk.ok(f"{name}.get", by=tenant.mei, exchange_binding_id=bound))["status"] == "doing"
    await sdk.refused(195105, f"{name}.create", fields, by=tenant.mei, user_id_type="open_id")
    await sdk.refused(195101, f"{name}.create", fields, by=tenant.yui, user_id_type="open_id")
    await sdk.refused(195102, f"{name}.get", by=tenant.mei, exchange_binding_id="x")
    await sdk.ok(f"{name}.delete", by=tenant.mei, exchange_binding_id=bound)
    await sdk.refused(195103, f"{name}.delete", by=tenant.mei, exchange_binding_id=bound)


async def rooms(sdk: Witness) -> None:
    tenant, name = sdk.tenant, "vc.v1"
    listed = await sdk.ok(f"{name}.room.list", page_size=1)
    assert ([one["name"] for one in listed["rooms"]], listed["has_more"]) == (["Lotus"], True)
    assert (await sdk.ok(f"{name}.room.get", room_id=tenant.lotus))["room"]["capacity"] == 6
    several = await sdk.ok(f"{name}.room.mget", {"room_ids": [tenant.board, "omm_none"]})
    assert [one["room_id"] for one in several["items"]] == [tenant.board]
    found = await sdk.ok(f"{name}.room.search", {"keyword": "board"}, by=tenant.mei)
    assert [one["room_id"] for one in found["rooms"]] == [tenant.board]
    levels = (await sdk.ok(f"{name}.room_level.list", page_size=10))["items"]
    assert [one["name"] for one in levels] == ["North", "South"]
    north = levels[0]["room_level_id"]
    assert (await sdk.ok(f"{name}.room_level.get", room_level_id=north))["room_level"]["name"] == "North"
    assert len((await sdk.ok(f"{name}.room_level.mget", {"level_ids": [north]}))["items"]) == 1
    assert not (await sdk.ok(f"{name}.room_level.search", custom_level_ids="none")).get("level_ids")
    rules = await sdk.ok(f"{name}.reserve_config.reserve_scope", scope_id=tenant.board, scope_type="2")
    assert rules["approve_config"]["approval_switch"] == 1
    tenant.world.calendars.rooms.rooms[tenant.lotus].form = []
    form = await sdk.ok(f"{name}.reserve_config_form.get", reserve_config_id=tenant.lotus, scope_type=2)
    assert form["reserve_form_config"]["reserve_form"] is True
    await sdk.refused(121004, f"{name}.room.get", room_id="omm_none")
    await sdk.refused(121004, f"{name}.room_level.get", room_level_id="omb_none")
    await sdk.refused(126001, f"{name}.reserve_config.reserve_scope", scope_id=tenant.board, scope_type="1")
    await sdk.refused(126002, f"{name}.reserve_config_form.get", reserve_config_id=tenant.board, scope_type=2)


async def reserves(sdk: Witness) -> None:
    tenant, name = sdk.tenant, "vc.v1.reserve"
    end = str(NINE + 86400)
    body: Json = {"end_time": end, "owner_id": tenant.mei, "meeting_settings": {"topic": "Review"}}
    made = (await sdk.ok(f"{name}.apply", body, user_id_type="open_id"))["reserve"]
    where: Json = {"reserve_id": made["id"]}
    later: Json = {"end_time": str(NINE + 172800), "meeting_settings": {"topic": "Review 2"}}
    renewed = (await sdk.ok(f"{name}.update", later, user_id_type="open_id", **where))["reserve"]
    assert (renewed["meeting_no"], renewed["end_time"]) == (made["meeting_no"], str(NINE + 172800))
    got = (await sdk.ok(f"{name}.get", user_id_type="open_id", **where))["reserve"]
    assert got["meeting_settings"]["topic"] == "Review 2"
    await sdk.refused(121004, f"{name}.get_active_meeting", with_participants=False, **where)
    await sdk.refused(121003, f"{name}.apply", {"end_time": end, "meeting_settings": {}}, user_id_type="open_id")
    await sdk.ok(f"{name}.delete", **where)
    await sdk.refused(121004, f"{name}.get", user_id_type="open_id", **where)


async def contacts(sdk: Witness) -> None:
    tenant, name = sdk.tenant, "contact.v3.user"
    mei = (await sdk.ok(f"{name}.get", user_id=tenant.mei, user_id_type="open_id"))["user"]
    assert (mei["name"], mei["email"]) == ("Mei", "mei@daylark.example")
    several = await sdk.ok(f"{name}.batch", user_ids=[tenant.bob, tenant.yui], user_id_type="open_id")
    assert [one["name"] for one in several["items"]] == ["Bob", "Yui"]
    names = await sdk.ok(f"{name}.basic_batch", {"user_ids": [tenant.bob]}, user_id_type="open_id")
    assert names["users"][0]["user_id"] == tenant.bob
    ids = await sdk.ok(f"{name}.batch_get_id", {"emails": ["bob@daylark.example"]}, user_id_type="open_id")
    assert ids["user_list"][0]["user_id"] == tenant.bob
    everybody = await sdk.ok(f"{name}.find_by_department", department_id="0", page_size=50, user_id_type="open_id")
    assert [one["name"] for one in everybody["items"]] == ["Mei", "Bob", "Yui"]
    found = await sdk.ok("search.v1.user", by=tenant.mei, query="yu")
    assert [one["open_id"] for one in found["users"]] == [tenant.yui]
    await sdk.refused(41012, f"{name}.get", user_id="ou_nobody", user_id_type="open_id")
    await sdk.refused(40001, f"{name}.get", user_id=tenant.mei, user_id_type="nick")
    tenant.user(tenant.yui).in_range = False
    await sdk.refused(41050, f"{name}.get", user_id=tenant.yui, user_id_type="open_id")
    await sdk.refused(99991668, "search.v1.user", query="yu")


async def messages(sdk: Witness) -> None:
    tenant, name, chat_id = sdk.tenant, "im.v1.message", next(iter(sdk.tenant.world.chats))
    tenant.app.scopes |= {"im:message.group_msg"}  # to read what people say to each other
    hello: Json = {"receive_id": chat_id, "msg_type": "text", "content": json.dumps({"text": "hello"}), "uuid": "u-1"}
    sent = (await sdk.ok(f"{name}.create", hello, receive_id_type="chat_id"))["message_id"]
    again = (await sdk.ok(f"{name}.create", hello, receive_id_type="chat_id"))["message_id"]
    assert sent == again
    reply: Json = {"msg_type": "text", "content": json.dumps({"text": "and more"})}
    answer = await sdk.ok(f"{name}.reply", reply, message_id=sent)
    assert tenant.world.messages[answer["message_id"]].parent_id == sent
    edited: Json = {"msg_type": "text", "content": json.dumps({"text": "hello all"})}
    await sdk.ok(f"{name}.update", edited, message_id=sent)
    got = await sdk.ok(f"{name}.get", message_id=sent, user_id_type="open_id")
    assert json.loads(got["items"][0]["body"]["content"]) == {"text": "hello all"}
    design = {"schema": "2.0", "body": {"elements": [{"tag": "markdown", "content": "Before"}]}}
    card: Json = {"receive_id": tenant.mei, "msg_type": "interactive", "content": json.dumps(design)}
    shown = (await sdk.ok(f"{name}.create", card, receive_id_type="open_id"))["message_id"]
    after = json.dumps(design).replace("Before", "After")
    await sdk.ok(f"{name}.patch", {"content": after}, message_id=shown)
    assert "After" in tenant.world.messages[shown].content
    passed_on = await sdk.ok(f"{name}.forward", {"receive_id": chat_id}, message_id=sent, receive_id_type="chat_id")
    assert passed_on["message_id"] in tenant.world.chats[chat_id].messages
    listed = await sdk.ok(f"{name}.list", container_id_type="chat", container_id=chat_id, page_size=50)
    assert [one["message_id"] for one in listed["items"]] == [sent, answer["message_id"], passed_on["message_id"]]
    tenant.world.cards["c-tapped"] = (shown, tenant.world.clock.now() + timedelta(minutes=30), 2)
    delayed: Json = {"token": "c-tapped", "card": json.loads(after.replace("After", "Later"))}
    await sdk.ok("interactive.v1.card.update", delayed)
    assert "Later" in tenant.world.messages[shown].content

    await sdk.refused(300020, "interactive.v1.card.update", {**delayed, "token": "c-other"})
    await sdk.refused(230001, f"{name}.patch", {"content": after}, message_id=sent)
    await sdk.refused(230034, f"{name}.create", {**hello, "receive_id": "oc_none"}, receive_id_type="chat_id")
    broken = json.dumps({"schema": "2.0", "body": {"elements": [{"tag": "nothing"}]}})
    await sdk.refused(230099, f"{name}.create", {**card, "content": broken}, receive_id_type="open_id")
    await sdk.ok(f"{name}.delete", message_id=sent)
    assert tenant.world.messages[sent].recalled
    await sdk.refused(230011, f"{name}.reply", reply, message_id=sent)


async def reactions_pins_and_cards_for_one(sdk: Witness) -> None:
    tenant, chat_id = sdk.tenant, next(iter(sdk.tenant.world.chats))
    hello: Json = {"receive_id": chat_id, "msg_type": "text", "content": json.dumps({"text": "hello"})}
    sent = (await sdk.ok("im.v1.message.create", hello, receive_id_type="chat_id"))["message_id"]
    seen: Json = {"reaction_type": {"emoji_type": "OK"}}
    reaction = (await sdk.ok("im.v1.message_reaction.create", seen, message_id=sent))["reaction_id"]
    assert reaction in tenant.world.messages[sent].reactions
    await sdk.ok("im.v1.message_reaction.delete", message_id=sent, reaction_id=reaction)
    assert tenant.world.messages[sent].reactions == {}
    await sdk.refused(231011, "im.v1.message_reaction.delete", message_id=sent, reaction_id=reaction)
    await sdk.refused(231003, "im.v1.message_reaction.create", seen, message_id="om_none")
    await sdk.ok("im.v1.pin.create", {"message_id": sent})
    pins = await sdk.ok("im.v1.pin.list", chat_id=chat_id, page_size=20)
    assert [one["message_id"] for one in pins["items"]] == [sent]
    await sdk.ok("im.v1.pin.delete", message_id=sent)
    assert tenant.world.messages[sent].pin is None
    await sdk.refused(230001, "im.v1.pin.create", {"message_id": "om_none"})
    design: Json = {"schema": "2.0", "body": {"elements": [{"tag": "markdown", "content": "For you"}]}}
    only: Json = {"chat_id": chat_id, "open_id": tenant.mei, "msg_type": "interactive", "card": design}
    shown = (await sdk.ok("ephemeral.v1.send", only))["message_id"]
    assert tenant.world.messages[shown].only_for == tenant.mei
    await sdk.ok("ephemeral.v1.delete", {"message_id": shown})
    await sdk.refused(18051, "ephemeral.v1.delete", {"message_id": shown})


async def groups(sdk: Witness) -> None:
    tenant, name = sdk.tenant, "im.v1.chat"
    body: Json = {"name": "Trip", "owner_id": tenant.mei, "user_id_list": [tenant.yui]}
    chat_id = (await sdk.ok(f"{name}.create", body, user_id_type="open_id"))["chat_id"]
    assert tenant.world.chats[chat_id].members == [tenant.mei, tenant.yui]
    assert (await sdk.ok(f"{name}.get", chat_id=chat_id, user_id_type="open_id"))["owner_id"] == tenant.mei
    found = await sdk.ok(f"{name}.search", query="trip", page_size=20, user_id_type="open_id")
    assert [one["chat_id"] for one in found["items"]] == [chat_id]
    listed = await sdk.ok(f"{name}.list", page_size=20, user_id_type="open_id")
    assert [one["name"] for one in listed["items"]] == ["Launch crew", "Trip"]
    inside = await sdk.ok(f"{name}_members.get", chat_id=chat_id, member_id_type="open_id", page_size=20)
    assert [one["name"] for one in inside["items"]] == ["Mei", "Yui"]
    assert (await sdk.ok(f"{name}_members.is_in_chat", by=tenant.yui, chat_id=chat_id))["is_in_chat"] is True
    await sdk.refused(232006, f"{name}.get", chat_id="oc_none", user_id_type="open_id")
    await sdk.refused(232043, f"{name}.create", {"name": "x", "owner_id": "ou_nobody"}, user_id_type="open_id")
    await sdk.refused(232011, f"{name}_members.get", by=tenant.bob, chat_id=chat_id, member_id_type="open_id")
    await sdk.refused(99992402, f"{name}.list", page_size=500)


async def identities(sdk: Witness) -> None:
    tenant, app = sdk.tenant, sdk.tenant.app
    keys: Json = {"app_id": app.app_id, "app_secret": app.app_secret}
    for kind in ("tenant", "app"):
        row = f"auth.v3.{kind}_access_token.internal"
        assert (await sdk.ok(row, keys))["tenant_access_token"].startswith("t-")
        await sdk.refused(10003, row, {**keys, "app_id": "cli_ffffffffffffffff"})
    await sdk.refused(10014, "auth.v3.tenant_access_token.internal", {**keys, "app_secret": "no"})
    assert (await sdk.ok("bot.v3.info.get"))["bot"]["open_id"] == app.open_id

    code = await log_in(sdk, tenant.bob)
    redeem, renew = "authen.v2.oauth.token#authorization_code", "authen.v2.oauth.token#refresh_token"
    client: Json = {"client_id": app.app_id, "client_secret": app.app_secret}
    asked: Json = {"grant_type": "authorization_code", "code": code, "redirect_uri": "https://bot.example/in", **client}
    await sdk.refused(20002, redeem, {**asked, "client_secret": "no"})
    granted = await sdk.ok(redeem, asked)
    await sdk.refused(20065, redeem, asked)
    again: Json = {"grant_type": "refresh_token", "refresh_token": granted["refresh_token"], **client}
    fresh = await sdk.ok(renew, again)
    assert tenant.world.tokens[fresh["access_token"]].open_id == tenant.bob
    await sdk.refused(20073, renew, again)
    assert (await sdk.ok("authen.v1.user_info.get", by=tenant.bob))["name"] == "Bob"
    app.scopes -= {"calendar:calendar", "calendar:calendar:readonly", "calendar:calendar:read"}
    await sdk.refused(99991672, "calendar.v4.calendar.list")
    held, old = tenant.token(tenant.bob), tenant.world.clock.now()
    tenant.world.tokens[held].expires = old
    await sdk.refused(99991677, "authen.v1.user_info.get", by=tenant.bob)


async def log_in(sdk: Witness, who: str) -> str:
    """What a browser does: the page, a person, and back with a code."""
    asked: Json = {
        "client_id": sdk.tenant.app.app_id,
        "response_type": "code",
        "redirect_uri": "https://bot.example/in",
        "scope": "offline_access",
        CHOSEN: who,
    }
    url = sdk.tenant.emulator.base_url + PATH
    async with sdk.tenant.session.get(url, params=asked, allow_redirects=False) as answer:
        return parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]


STORIES: dict[str, Story] = {
    story.__name__: story
    for story in (
        calendars, grants, events, series, people, event_subscription, free_busy, room_time, meeting_chat, leave,
        caldav_and_exchange, rooms, reserves, contacts, messages, reactions_pins_and_cards_for_one, groups, identities,
    )
}  # fmt: skip

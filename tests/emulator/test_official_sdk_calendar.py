"""The calendar half of the emulator, driven by the vendor's own Python SDK: unmodified, with its own transport."""

from __future__ import annotations

import asyncio
import importlib
import itertools
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from tests.emulator.tenant import NOW, Tenant, running
from tests.official import lark_oapi

NINE = int(NOW.timestamp())
NUMBERS = itertools.count(1)


@pytest.fixture(scope="module")
def v4() -> Any:
    """The SDK's calendar models; importing them takes seconds, so once for all tests of this file."""
    lark_oapi()
    return importlib.import_module("lark_oapi.api.calendar.v4")


class Sdk:
    """The SDK's client for one tenant, called off the event loop because it blocks."""

    def __init__(self, tenant: Tenant):
        self.lark, self.tenant = lark_oapi(), tenant
        domain, app = tenant.emulator.base_url, tenant.app
        builder = self.lark.Client.builder().app_id(app.app_id).app_secret(app.app_secret).domain(domain)
        self.client = builder.enable_set_token(True).build()

    async def __call__(self, method: Callable[..., Any], request: Any, by: str = "") -> Any:
        option = self.lark.RequestOption.builder()
        if by:
            option = option.user_access_token(self.tenant.token(by))
        return await asyncio.to_thread(method, request, option.build())

    async def ok(self, method: Callable[..., Any], request: Any, by: str = "") -> Any:
        answer = await self(method, request, by)
        assert answer.success(), (answer.code, answer.msg, answer.error)
        return answer.data


@pytest.fixture
async def tenant() -> AsyncIterator[Tenant]:
    # The SDK keeps tokens by app id for as long as the process lives: every test is an app of its own.
    async with running(app_id=f"cli_ca1e{next(NUMBERS):012x}") as one:
        yield one


@pytest.fixture
def sdk(tenant: Tenant, v4: Any) -> Sdk:
    return Sdk(tenant)


def times(v4: Any, hours: int = 0) -> tuple[Any, Any]:
    start = NINE + hours * 3600
    return tuple(
        v4.TimeInfo.builder().timestamp(str(moment)).timezone("Asia/Shanghai").build()
        for moment in (start, start + 3600)
    )  # type: ignore[return-value]


async def book(sdk: Sdk, v4: Any, by: str = "", hours: int = 0, key: str = "", **fields: Any) -> Any:
    start, end = times(v4, hours)
    event = v4.CalendarEvent.builder().summary("Sync").start_time(start).end_time(end)
    for name, value in fields.items():
        event = getattr(event, name)(value)
    request = v4.CreateCalendarEventRequest.builder().calendar_id(sdk.tenant.primary(by)).request_body(event.build())
    if key:
        request = request.idempotency_key(key)
    return (await sdk.ok(sdk.client.calendar.v4.calendar_event.create, request.build(), by)).event


async def test_calendars(sdk: Sdk, v4: Any, tenant: Tenant) -> None:
    calendars = sdk.client.calendar.v4.calendar
    primary = await sdk.ok(calendars.primary, v4.PrimaryCalendarRequest.builder().build())
    assert primary.calendars[0].calendar.calendar_id == tenant.primary()
    body = v4.Calendar.builder().summary("Team").permissions("public").build()
    made = (await sdk.ok(calendars.create, v4.CreateCalendarRequest.builder().request_body(body).build())).calendar
    assert (made.type, made.role, made.summary) == ("shared", "owner", "Team")
    assert tenant.world.calendars.calendars[made.calendar_id].permissions == "public"
    one = v4.PatchCalendarRequest.builder().calendar_id(made.calendar_id)
    patched = await sdk.ok(calendars.patch, one.request_body(v4.Calendar.builder().summary("Crew").build()).build())
    assert patched.calendar.summary == "Crew"
    listed = await sdk.ok(calendars.list, v4.ListCalendarRequest.builder().page_size(50).build())
    assert [calendar.summary for calendar in listed.calendar_list] == [tenant.app.name, "Crew"]

    delete = v4.DeleteCalendarRequest.builder().calendar_id(made.calendar_id)
    foreign = await sdk(calendars.delete, delete.build(), tenant.bob)
    assert (foreign.code, foreign.raw.status_code) == (191002, 403)
    delete = v4.DeleteCalendarRequest.builder().calendar_id(made.calendar_id)  # the SDK writes into what it sent
    assert (await sdk(calendars.delete, delete.build())).success()
    gone = await sdk(calendars.get, v4.GetCalendarRequest.builder().calendar_id(made.calendar_id).build())
    assert (gone.code, gone.raw.status_code) == (191003, 403)
    nowhere = await sdk(calendars.get, v4.GetCalendarRequest.builder().calendar_id("mine").build())
    assert (nowhere.code, nowhere.raw.status_code) == (191001, 400)


async def test_events(sdk: Sdk, v4: Any, tenant: Tenant) -> None:
    events, key = sdk.client.calendar.v4.calendar_event, "k" * 32
    first, again = await book(sdk, v4, key=key), await book(sdk, v4, key=key)
    assert first.event_id == again.event_id
    uid = first.event_id.removesuffix("_0")
    assert tenant.world.calendars.book.series[uid].master.title == "Sync"
    where = {"calendar_id": tenant.primary(), "event_id": first.event_id}

    def about(builder: Any, **fields: Any) -> Any:
        for name, value in {**where, **fields}.items():
            builder = getattr(builder, name)(value)
        return builder

    start, end = times(v4, hours=2)
    changes = v4.CalendarEvent.builder().summary("Moved").start_time(start).end_time(end).build()
    patched = await sdk.ok(events.patch, about(v4.PatchCalendarEventRequest.builder()).request_body(changes).build())
    assert (patched.event.summary, patched.event.start_time.timestamp) == ("Moved", str(NINE + 7200))
    listed = await sdk.ok(events.list, v4.ListCalendarEventRequest.builder().calendar_id(tenant.primary()).build())
    assert ([event.summary for event in listed.items], bool(listed.sync_token)) == (["Moved"], True)
    assert (await sdk(events.delete, about(v4.DeleteCalendarEventRequest.builder()).build())).success()
    read = await sdk.ok(events.get, about(v4.GetCalendarEventRequest.builder()).build())
    assert read.event.status == "cancelled"

    twice = await sdk(events.delete, about(v4.DeleteCalendarEventRequest.builder()).build())
    assert (twice.code, twice.raw.status_code) == (193003, 403)
    unknown = await sdk(events.get, about(v4.GetCalendarEventRequest.builder(), event_id="nothing_0").build())
    assert (unknown.code, unknown.raw.status_code) == (193001, 404)
    foreign = about(v4.GetCalendarEventRequest.builder(), calendar_id=tenant.primary(tenant.mei))
    assert (await sdk(events.get, foreign.build())).code == 191002


async def test_a_series(sdk: Sdk, v4: Any, tenant: Tenant) -> None:
    events = sdk.client.calendar.v4.calendar_event
    series = await book(sdk, v4, recurrence="FREQ=DAILY;UNTIL=20261201T000000Z")
    asked = v4.InstancesCalendarEventRequest.builder().calendar_id(tenant.primary()).event_id(series.event_id)
    window = asked.start_time(str(NINE - 1)).end_time(str(NINE + 3 * 86400 - 1))
    found = await sdk.ok(events.instances, window.build())
    assert [one.event_id.rpartition("_")[2] for one in found.items] == [str(NINE + n * 86400) for n in range(3)]
    view = v4.InstanceViewCalendarEventRequest.builder().calendar_id(tenant.primary())
    assert (
        len((await sdk.ok(events.instance_view, view.start_time(str(NINE)).end_time(str(NINE + 86400)).build())).items)
        == 1
    )
    too_long = view.start_time(str(NINE)).end_time(str(NINE + 41 * 86400)).build()
    refused = await sdk(events.instance_view, too_long)
    assert (refused.code, refused.raw.status_code) == (193103, 400)
    start, end = times(v4)
    bad = (
        v4.CalendarEvent.builder()
        .start_time(start)
        .end_time(end)
        .recurrence("FREQ=DAILY;COUNT=2;UNTIL=20261201T000000Z")
    )
    request = v4.CreateCalendarEventRequest.builder().calendar_id(tenant.primary()).request_body(bad.build()).build()
    refused = await sdk(events.create, request)
    assert (refused.code, refused.raw.status_code) == (190014, 400)


async def test_attendees_and_answers(sdk: Sdk, v4: Any, tenant: Tenant) -> None:
    attendees = sdk.client.calendar.v4.calendar_event_attendee
    event = await book(sdk, v4)
    person = v4.CalendarEventAttendee.builder().type("user").user_id(tenant.mei).build()
    room = v4.CalendarEventAttendee.builder().type("resource").room_id(tenant.lotus).operate_id(tenant.mei).build()
    body = v4.CreateCalendarEventAttendeeRequestBody.builder().attendees([person, room]).build()
    invite = v4.CreateCalendarEventAttendeeRequest.builder().calendar_id(tenant.primary()).event_id(event.event_id)
    made = await sdk.ok(attendees.create, invite.request_body(body).build())
    assert [(one.type, one.rsvp_status) for one in made.attendees] == [
        ("user", "needs_action"),
        ("resource", "needs_action"),
    ]
    await tenant.passes(seconds=5)
    reply = v4.ReplyCalendarEventRequest.builder().event_id(event.event_id)
    says = v4.ReplyCalendarEventRequestBody.builder().rsvp_status("accept").build()
    mine = reply.calendar_id(tenant.primary(tenant.mei)).request_body(says).build()
    assert (await sdk(sdk.client.calendar.v4.calendar_event.reply, mine, tenant.mei)).success()
    asked = v4.ListCalendarEventAttendeeRequest.builder().calendar_id(tenant.primary()).event_id(event.event_id)
    listed = await sdk.ok(attendees.list, asked.build())
    assert {one.display_name: one.rsvp_status for one in listed.items} == {"Mei": "accept", "Lotus": "accept"}

    hers = (
        v4.ListCalendarEventAttendeeRequest.builder().calendar_id(tenant.primary(tenant.mei)).event_id(event.event_id)
    )
    hidden = await sdk(attendees.list, hers.build(), tenant.mei)
    assert (hidden.code, hidden.raw.status_code) == (194001, 403)
    gone = v4.BatchDeleteCalendarEventAttendeeRequestBody.builder().attendee_ids(["user_1"]).build()
    remove = v4.BatchDeleteCalendarEventAttendeeRequest.builder().calendar_id(tenant.primary()).event_id(event.event_id)
    missing = await sdk(attendees.batch_delete, remove.request_body(gone).build())
    assert (missing.code, missing.raw.status_code) == (194000, 404)
    guests = (
        v4.CreateCalendarEventAttendeeRequest.builder().calendar_id(tenant.primary(tenant.mei)).event_id(event.event_id)
    )
    uninvited = await sdk(attendees.create, guests.request_body(body).build(), tenant.mei)
    assert (uninvited.code, uninvited.raw.status_code) == (194002, 403)


async def test_free_busy(sdk: Sdk, v4: Any, tenant: Tenant) -> None:
    freebusy = sdk.client.calendar.v4.freebusy
    await book(sdk, v4, by=tenant.mei)

    def batch(people: list[str], start: str, end: str) -> Any:
        body = v4.BatchFreebusyRequestBody.builder().user_ids(people).time_min(start).time_max(end).build()
        return v4.BatchFreebusyRequest.builder().request_body(body).build()

    day = ("2026-11-23T00:00:00+08:00", "2026-11-24T00:00:00+08:00")
    found = (await sdk.ok(freebusy.batch, batch([tenant.mei, tenant.bob], *day))).freebusy_lists
    assert [(one.user_id, len(one.freebusy_items or [])) for one in found] == [(tenant.mei, 1), (tenant.bob, 0)]
    assert found[0].freebusy_items[0].start_time == "2026-11-23T09:00:00+08:00"
    one = v4.ListFreebusyRequestBody.builder().user_id(tenant.mei).time_min(day[0]).time_max(day[1]).build()
    single = await sdk.ok(freebusy.list, v4.ListFreebusyRequest.builder().request_body(one).build())
    assert [item.end_time for item in single.freebusy_list] == ["2026-11-23T10:00:00+08:00"]

    long = await sdk(freebusy.batch, batch([tenant.mei], day[0], "2026-12-24T00:00:00+08:00"))
    assert (long.code, long.raw.status_code) == (198003, 400)
    naive = await sdk(freebusy.batch, batch([tenant.mei], "2026-11-23T00:00:00", "2026-11-24T00:00:00"))
    assert (naive.code, naive.raw.status_code) == (198004, 400)
    crowd = await sdk(freebusy.batch, batch([tenant.mei] * 11, *day))
    assert (crowd.code, crowd.raw.status_code) == (198001, 400)


async def test_grants(sdk: Sdk, v4: Any, tenant: Tenant) -> None:
    acls = sdk.client.calendar.v4.calendar_acl
    scope = v4.AclScope.builder().type("user").user_id(tenant.bob).build()
    body = v4.CalendarAcl.builder().role("writer").scope(scope).build()
    create = v4.CreateCalendarAclRequest.builder().calendar_id(tenant.primary(tenant.mei)).request_body(body).build()
    refused = await sdk(acls.create, create, tenant.bob)
    assert (refused.code, refused.raw.status_code) == (191002, 403)
    given = await sdk.ok(acls.create, create, tenant.mei)
    assert tenant.world.calendars.calendars[tenant.primary(tenant.mei)].roles[tenant.bob] == "writer"
    delete = v4.DeleteCalendarAclRequest.builder().calendar_id(tenant.primary(tenant.mei)).acl_id(given.acl_id).build()
    assert (await sdk(acls.delete, delete, tenant.mei)).success()
    again = await sdk(acls.delete, delete, tenant.mei)
    assert (again.code, again.raw.status_code) == (192000, 404)


async def test_subscriptions_are_a_persons(sdk: Sdk, v4: Any, tenant: Tenant) -> None:
    watch = v4.SubscriptionCalendarEventRequest.builder().calendar_id(tenant.primary(tenant.mei)).build()
    events = sdk.client.calendar.v4.calendar_event
    assert (await sdk(events.subscription, watch, tenant.mei)).success()
    await book(sdk, v4, by=tenant.mei)
    await tenant.passes(seconds=4)
    assert [kind for kind, _ in tenant.pushed] == ["calendar.calendar.event.changed_v4"]
    foreign = await sdk(events.subscription, watch, tenant.bob)
    assert (foreign.code, foreign.raw.status_code) == (191002, 403)


async def test_meeting_chat_and_minutes(sdk: Sdk, v4: Any, tenant: Tenant) -> None:
    event = await book(sdk, v4, attendee_ability="can_see_others")
    chats, minutes = (
        sdk.client.calendar.v4.calendar_event_meeting_chat,
        sdk.client.calendar.v4.calendar_event_meeting_minute,
    )
    chat = (
        v4.CreateCalendarEventMeetingChatRequest.builder()
        .calendar_id(tenant.primary())
        .event_id(event.event_id)
        .build()
    )
    minute = (
        v4.CreateCalendarEventMeetingMinuteRequest.builder()
        .calendar_id(tenant.primary())
        .event_id(event.event_id)
        .build()
    )
    assert (await sdk(chats.create, chat)).code == 195109
    assert (await sdk(minutes.create, minute)).code == 195110
    await tenant.invite({"event_id": event.event_id}, tenant.mei, tenant.bob)
    made = await sdk.ok(chats.create, chat)
    assert tenant.world.chats[made.meeting_chat_id].members == [tenant.mei, tenant.bob]
    assert (await sdk.ok(minutes.create, minute)).doc_url.startswith("https://")
    delete = v4.DeleteCalendarEventMeetingChatRequest.builder().calendar_id(tenant.primary()).event_id(event.event_id)
    assert (await sdk(chats.delete, delete.meeting_chat_id("oc_other").build())).code == 195108
    assert (await sdk(chats.delete, delete.meeting_chat_id(made.meeting_chat_id).build())).success()


async def test_leave_caldav_and_exchange(sdk: Sdk, v4: Any, tenant: Tenant) -> None:
    leave = sdk.client.calendar.v4.timeoff_event
    fields = v4.TimeoffEvent.builder().user_id(tenant.mei).timezone("Asia/Shanghai").start_time("2026-11-24")
    create = v4.CreateTimeoffEventRequest.builder().user_id_type("open_id")
    made = await sdk.ok(leave.create, create.request_body(fields.end_time("2026-11-24").build()).build())
    assert made.timeoff_event_id in tenant.world.calendars.settings.leaves
    mixed = await sdk(leave.create, create.request_body(fields.end_time("1795395600").build()).build())
    assert (mixed.code, mixed.raw.status_code) == (190002, 400)
    gone = v4.DeleteTimeoffEventRequest.builder().timeoff_event_id(made.timeoff_event_id).build()
    assert (await sdk(leave.delete, gone)).success()
    assert (await sdk(leave.delete, gone)).code == 190002

    body = v4.GenerateCaldavConfSettingRequestBody.builder().device_name("iPad").build()
    caldav = v4.GenerateCaldavConfSettingRequest.builder().request_body(body).build()
    account = await sdk.ok(sdk.client.calendar.v4.setting.generate_caldav_conf, caldav, tenant.mei)
    assert account.device_name == "iPad"

    bindings = sdk.client.calendar.v4.exchange_binding
    fields = v4.ExchangeBinding.builder().admin_account("root@x.example").exchange_account("mei@x.example").build()
    bind = v4.CreateExchangeBindingRequest.builder().request_body(fields).build()
    refused = await sdk(bindings.create, bind, tenant.bob)
    assert (refused.code, refused.raw.status_code) == (195101, 403)
    bound = await sdk.ok(bindings.create, bind, tenant.mei)
    one = v4.GetExchangeBindingRequest.builder().exchange_binding_id(bound.exchange_binding_id).build()
    assert (await sdk.ok(bindings.get, one, tenant.mei)).status == "doing"
    missing = v4.GetExchangeBindingRequest.builder().exchange_binding_id("7000").build()
    assert (await sdk(bindings.get, missing, tenant.mei)).code == 195103


async def test_rooms(sdk: Sdk, v4: Any, tenant: Tenant) -> None:
    from lark_oapi.api.vc import v1

    rooms = sdk.client.vc.v1.room
    listed = await sdk.ok(rooms.list, v1.ListRoomRequest.builder().page_size(1).build())
    assert ([room.name for room in listed.rooms], listed.has_more) == (["Lotus"], True)
    search = v1.SearchRoomRequest.builder().request_body(v1.SearchRoomRequestBody.builder().keyword("board").build())
    found = await sdk.ok(rooms.search, search.build(), tenant.mei)
    assert [room.room_id for room in found.rooms] == [tenant.board]
    missing = await sdk(rooms.get, v1.GetRoomRequest.builder().room_id("omm_x").build())
    assert (missing.code, missing.raw.status_code) == (121004, 404)
    scope = v1.ReserveScopeReserveConfigRequest.builder().scope_id(tenant.board)
    rules = await sdk.ok(sdk.client.vc.v1.reserve_config.reserve_scope, scope.scope_type("2").build())
    assert rules.approve_config.approval_switch == 1
    refused = await sdk(sdk.client.vc.v1.reserve_config.reserve_scope, scope.scope_type("1").build())
    assert (refused.code, refused.raw.status_code) == (126001, 400)
    levels = await sdk.ok(sdk.client.vc.v1.room_level.list, v1.ListRoomLevelRequest.builder().build())
    assert [level.name for level in levels.items] == ["North", "South"]

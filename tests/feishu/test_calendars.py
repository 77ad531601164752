"""Shared calendars, roles, subscriptions; meeting chats and minutes; leave and accounts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.span import Span
from bot.errors import Forbidden, Gone, NeedsLogin
from bot.feishu.calendar import Days, NewEvent
from bot.feishu.client import Feishu
from bot.feishu.identity import as_person
from tests.feishu.conftest import Logins, Office

TUESDAY = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
HOUR = Span.of(TUESDAY, timedelta(hours=1))


async def event_of(feishu: Feishu, *people: str) -> tuple[str, str]:
    """An event of the bot's with these people; its calendar and its id."""
    own = (await feishu.calendar.primary()).calendar_id
    made = await feishu.calendar.create_event(
        own, NewEvent(title="Sync", span=HOUR, zone="Asia/Tokyo"), idempotency_key="k" * 32, notify=False
    )
    if people:
        await feishu.calendar.add_attendees(own, made.event_id, people, notify=False)
    return own, made.event_id


async def test_a_shared_calendar_lives_and_ends(feishu: Feishu) -> None:
    made = await feishu.calendars.create("Releases", description="what ships when", permissions="public")
    assert (made.type, made.role, made.permissions) == ("shared", "owner", "public")
    renamed = await feishu.calendars.patch(made.calendar_id, name="Releases 2")
    assert renamed.summary == "Releases 2"
    assert (await feishu.calendars.get(made.calendar_id)).description == "what ships when"
    assert [c.calendar_id for c in await feishu.calendars.search("releases")] == [made.calendar_id]
    await feishu.calendars.delete(made.calendar_id)
    with pytest.raises(Gone):
        await feishu.calendars.patch(made.calendar_id, name="Releases 3")


async def test_several_calendars_are_asked_ten_at_a_time(office: Office, feishu: Feishu) -> None:
    ids = [(await feishu.calendars.create(f"C{n}")).calendar_id for n in range(12)]
    found = await feishu.calendars.several(ids)
    assert [found[each].summary for each in ids] == [f"C{n}" for n in range(12)]
    assert len(office.calls("/calendar/v4/calendars/mget")) == 2


async def test_roles_are_given_and_taken_back(office: Office, feishu: Feishu) -> None:
    calendar = (await feishu.calendars.create("Team")).calendar_id
    share = await feishu.calendars.share(calendar, office.mei.open_id, "writer")
    listed = [each for each in await feishu.calendars.shares(calendar) if each.open_id == office.mei.open_id]
    assert [(each.acl_id, each.role) for each in listed] == [(share.acl_id, "writer")]
    await feishu.calendars.unshare(calendar, share.acl_id)
    assert office.mei.open_id not in {each.open_id for each in await feishu.calendars.shares(calendar)}


async def test_a_calendar_is_followed_and_left(office: Office, feishu: Feishu, logins: Logins) -> None:
    calendar = (await feishu.calendars.create("Public", permissions="public")).calendar_id
    logins.log_in(office.mei, "calendar:calendar", "calendar:calendar:read")
    mei = as_person(office.mei.open_id)
    before = await feishu.calendars.followed(as_=mei)
    await feishu.calendars.subscribe(calendar, as_=mei)
    after = await feishu.calendars.followed(sync_token=before.sync_token, as_=mei)
    assert [each.calendar_id for each in after.calendars] == [calendar]
    await feishu.calendars.unsubscribe(calendar, as_=mei)
    assert calendar not in {each.calendar_id for each in (await feishu.calendars.followed(as_=mei)).calendars}


async def test_only_a_person_can_watch_their_calendar(office: Office, feishu: Feishu, logins: Logins) -> None:
    logins.log_in(office.mei, "calendar:calendar", "calendar:calendar:read")
    mei = as_person(office.mei.open_id)
    own = (await feishu.calendar.primary(mei)).calendar_id
    await feishu.calendars.watch(own, as_=mei)
    await feishu.calendars.unwatch(own, as_=mei)
    await feishu.calendars.watch_list(as_=mei)
    await feishu.calendars.watch_shares(own, as_=mei)
    await feishu.calendars.watch_shares(own, as_=mei, on=False)
    await feishu.calendars.watch_list(as_=mei, on=False)
    with pytest.raises(NeedsLogin):
        await feishu.calendars.watch(own, as_=as_person(office.bob.open_id))


async def test_a_meeting_gets_its_chat_once_two_people_come(office: Office, feishu: Feishu) -> None:
    own, event_id = await event_of(feishu, office.mei.open_id)
    with pytest.raises(Forbidden) as caught:
        await feishu.meetings.create_chat(own, event_id)
    assert caught.value.key == "error.no_meeting_chat"
    await feishu.calendar.add_attendees(own, event_id, [office.bob.open_id], notify=False)
    chat = await feishu.meetings.create_chat(own, event_id)
    assert chat.meeting_chat_id
    assert chat.applink.startswith("http")
    await feishu.meetings.unlink_chat(own, event_id, chat.meeting_chat_id)


async def test_minutes_need_a_guest(office: Office, feishu: Feishu) -> None:
    own, event_id = await event_of(feishu)
    with pytest.raises(Forbidden) as caught:
        await feishu.meetings.create_minutes(own, event_id)
    assert caught.value.key == "error.no_minutes"
    await feishu.calendar.add_attendees(own, event_id, [office.mei.open_id], notify=False)
    assert (await feishu.meetings.create_minutes(own, event_id)).doc_url.startswith("http")


async def test_occurrences_of_one_series(feishu: Feishu) -> None:
    own = (await feishu.calendar.primary()).calendar_id
    wish = NewEvent(title="Weekly", span=HOUR, zone="Asia/Tokyo", rrule="FREQ=WEEKLY;UNTIL=20260401T000000Z")
    made = await feishu.calendar.create_event(own, wish, idempotency_key="k" * 32, notify=False)
    window = Span(TUESDAY - timedelta(days=1), TUESDAY + timedelta(days=30))
    seen = await feishu.calendar.instances(own, made.event_id, window)
    assert [event.span for event in seen] == [HOUR.shifted(timedelta(weeks=n)) for n in range(5)]


async def test_leave_is_entered_and_removed(office: Office, feishu: Feishu) -> None:
    days = Days(date(2026, 3, 5), date(2026, 3, 6))
    leave = await feishu.personal.create_leave(office.mei.open_id, days, "Asia/Shanghai", title="休假")
    assert (leave.start_time, leave.end_time) == ("2026-03-05", "2026-03-06")
    assert leave.timeoff_event_id.startswith("timeoff:")
    found = await feishu.calendar.freebusy([office.mei.open_id], Span.of(TUESDAY, timedelta(days=7)))
    assert found[office.mei.open_id]
    await feishu.personal.delete_leave(leave.timeoff_event_id)
    found = await feishu.calendar.freebusy([office.mei.open_id], Span.of(TUESDAY, timedelta(days=7)))
    assert found[office.mei.open_id] == ()


async def test_a_caldav_account_does_not_show_its_password(office: Office, feishu: Feishu, logins: Logins) -> None:
    logins.log_in(office.mei, "calendar:settings.caldav:create")
    account = await feishu.personal.caldav("phone", as_=as_person(office.mei.open_id))
    assert account.user_name
    assert account.server_address
    assert account.password not in repr(account)


async def test_only_an_administrator_binds_exchange(office: Office, feishu: Feishu, logins: Logins) -> None:
    logins.log_in(office.bob, "calendar:calendar", "calendar:calendar:readonly")
    bob = as_person(office.bob.open_id)
    with pytest.raises(Forbidden) as caught:
        await feishu.personal.bind_exchange("a@example.com", "b@example.com", office.mei.open_id, as_=bob)
    assert caught.value.key == "error.admin_only"
    office.bob.admin = True
    bound = await feishu.personal.bind_exchange("a@example.com", "b@example.com", office.mei.open_id, as_=bob)
    again = await feishu.personal.exchange(bound.exchange_binding_id, as_=bob)
    assert again.exchange_account == "b@example.com"
    await feishu.personal.unbind_exchange(bound.exchange_binding_id, as_=bob)

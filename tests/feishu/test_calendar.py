"""Events, invitations and free/busy against the emulator."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.draft import Busy
from bot.domain.span import Span
from bot.errors import Forbidden, Gone, NeedsLogin, SyncExpired
from bot.feishu.calendar import NO_VIDEO, Days, EventChange, Location, NewEvent
from bot.feishu.client import Feishu
from bot.feishu.events import Attachment, CheckIn, CheckInTime
from bot.feishu.identity import as_person
from tests.feishu.conftest import Logins, Office

TUESDAY = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai
HOUR = Span.of(TUESDAY, timedelta(hours=1))
KEY = "k" * 40


def wish(**fields: object) -> NewEvent:
    return NewEvent(**{"title": "Roadmap", "span": HOUR, "zone": "Asia/Shanghai", **fields})  # type: ignore[arg-type]


@pytest.fixture
async def own(feishu: Feishu) -> str:
    """The id of the bot's own calendar."""
    return (await feishu.calendar.primary()).calendar_id


async def test_the_bot_has_one_calendar_it_owns(feishu: Feishu) -> None:
    calendar = await feishu.calendar.primary()
    assert (calendar.type, calendar.role) == ("primary", "owner")


async def test_primary_calendars_of_people_are_asked_ten_at_a_time(office: Office, feishu: Feishu) -> None:
    crowd = [office.world.add_user(f"Person {n:02}").open_id for n in range(23)]
    found = await feishu.calendar.primarys(crowd)
    assert set(found) == set(crowd)
    assert len({calendar.calendar_id for calendar in found.values()}) == 23
    assert len(office.calls("/calendar/v4/calendars/primarys")) == 3


async def test_an_event_is_made_once_per_key(office: Office, feishu: Feishu, own: str) -> None:
    first = await feishu.calendar.create_event(own, wish(), idempotency_key=KEY, notify=False)
    again = await feishu.calendar.create_event(own, wish(), idempotency_key=KEY, notify=False)
    assert first.event_id == again.event_id
    assert [event.event_id for event in await feishu.calendar.events(own, HOUR)] == [first.event_id]
    assert office.calls("/calendar/v4/calendars/:calendar_id/events")[0]["idempotency_key"] == KEY


async def test_an_event_reads_as_it_was_asked_for(feishu: Feishu, own: str) -> None:
    new = wish(
        description="Q2",
        rrule="FREQ=WEEKLY;UNTIL=20260401T000000Z",
        visibility="private",
        vchat=NO_VIDEO,
        reminders=(5, 60),
        location=Location(name="Kitchen"),
    )
    made = await feishu.calendar.create_event(own, new, idempotency_key=KEY, notify=False)
    event = await feishu.calendar.get_event(own, made.event_id)
    assert (event.title, event.description, event.span, event.zone) == ("Roadmap", "Q2", HOUR, "Asia/Shanghai")
    assert event.rrule == "FREQ=WEEKLY;UNTIL=20260401T000000Z"
    assert (event.visibility, event.attendee_ability) == ("private", "can_see_others")
    assert [reminder.minutes for reminder in event.reminders] == [5, 60]
    assert event.location.name == "Kitchen"
    assert event.meeting_url is None
    assert event.days is None


async def test_whole_days_include_the_last_one(feishu: Feishu, own: str) -> None:
    days = Days(date(2026, 3, 5), date(2026, 3, 6))
    made = await feishu.calendar.create_event(own, wish(span=days), idempotency_key=KEY)
    event = await feishu.calendar.get_event(own, made.event_id)
    assert (event.days, event.span) == (days, None)


async def test_a_short_key_never_leaves(feishu: Feishu, own: str) -> None:
    with pytest.raises(ValueError, match="32 to 128"):
        await feishu.calendar.create_event(own, wish(), idempotency_key="short")


async def test_people_are_invited_and_a_video_meeting_appears(office: Office, feishu: Feishu, own: str) -> None:
    made = await feishu.calendar.create_event(own, wish(), idempotency_key=KEY, notify=False)
    added = await feishu.calendar.add_attendees(
        own, made.event_id, [office.mei.open_id], optional=[office.bob.open_id], emails=["a@example.com"], notify=False
    )
    assert {(a.type, a.user_id, a.is_optional, a.rsvp) for a in added} == {
        ("user", office.mei.open_id, False, "needs_action"),
        ("user", office.bob.open_id, True, "needs_action"),
        ("third_party", None, False, "needs_action"),
    }
    listed = await feishu.calendar.attendees(own, made.event_id)
    assert {a.name for a in listed if a.type == "user"} == {"陈梅", "Bob Hill"}
    event = await feishu.calendar.get_event(own, made.event_id, attendees=True)
    assert len(event.attendees) == 3
    assert event.meeting_url is not None
    assert event.meeting_url.startswith("http")


async def test_many_attendees_come_page_by_page(office: Office, feishu: Feishu, own: str) -> None:
    crowd = [office.world.add_user(f"Person {n:03}").open_id for n in range(230)]
    made = await feishu.calendar.create_event(own, wish(), idempotency_key=KEY, notify=False)
    await feishu.calendar.add_attendees(own, made.event_id, crowd, notify=False)
    listed = await feishu.calendar.attendees(own, made.event_id)
    assert sorted(str(a.user_id) for a in listed) == sorted(crowd)


async def test_people_are_taken_off_again(office: Office, feishu: Feishu, own: str) -> None:
    made = await feishu.calendar.create_event(own, wish(), idempotency_key=KEY, notify=False)
    people = [office.mei.open_id, office.bob.open_id]
    await feishu.calendar.add_attendees(own, made.event_id, people, notify=False)
    await feishu.calendar.remove_attendees(own, made.event_id, [office.bob.open_id], notify=False)
    assert [a.user_id for a in await feishu.calendar.attendees(own, made.event_id)] == [office.mei.open_id]


async def test_a_group_brings_its_people(office: Office, feishu: Feishu, own: str) -> None:
    made = await feishu.calendar.create_event(own, wish(), idempotency_key=KEY, notify=False)
    added = await feishu.calendar.add_attendees(own, made.event_id, chats=[office.group.chat_id], notify=False)
    group = next(a for a in added if a.type == "chat")
    assert group.chat_id == office.group.chat_id
    people = await feishu.calendar.chat_members(own, made.event_id, group.attendee_id)
    assert {office.mei.open_id, office.bob.open_id, office.sato.open_id} <= {who.open_id for who in people}


async def test_an_event_moves_with_both_its_ends(feishu: Feishu, own: str) -> None:
    made = await feishu.calendar.create_event(own, wish(), idempotency_key=KEY, notify=False)
    later = HOUR.shifted(timedelta(hours=3))
    change = EventChange(span=later, zone="Asia/Shanghai", title="Roadmap 2")
    await feishu.calendar.patch_event(own, made.event_id, change, notify=False)
    event = await feishu.calendar.get_event(own, made.event_id)
    assert (event.span, event.title) == (later, "Roadmap 2")


def test_a_new_time_needs_its_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        EventChange(span=HOUR).body(notify=False)


async def test_a_deleted_event_is_gone(office: Office, feishu: Feishu, own: str) -> None:
    made = await feishu.calendar.create_event(own, wish(), idempotency_key=KEY, notify=False)
    await feishu.calendar.delete_event(own, made.event_id, notify=False)
    with pytest.raises(Gone) as caught:
        await feishu.calendar.delete_event(own, made.event_id, notify=False)
    assert caught.value.key == "error.event_gone"


async def test_the_app_may_not_write_into_a_persons_calendar(office: Office, feishu: Feishu) -> None:
    theirs = (await feishu.calendar.primarys([office.mei.open_id]))[office.mei.open_id].calendar_id
    with pytest.raises(Forbidden) as caught:
        await feishu.calendar.create_event(theirs, wish(), idempotency_key=KEY)
    assert (caught.value.code, caught.value.key) == (191002, "error.calendar_forbidden")


async def test_a_person_books_on_their_own_calendar(office: Office, feishu: Feishu, logins: Logins) -> None:
    logins.log_in(office.mei, "calendar:calendar", "calendar:calendar:read")
    mei = as_person(office.mei.open_id)
    theirs = (await feishu.calendar.primary(mei)).calendar_id
    made = await feishu.calendar.create_event(theirs, wish(), idempotency_key=KEY, as_=mei)
    assert made.organizer_calendar_id == theirs
    assert office.calls("/calendar/v4/calendars/:calendar_id/events")[-1]["token"] == "user"


async def test_somebody_without_a_login_is_asked_for_one(office: Office, feishu: Feishu) -> None:
    with pytest.raises(NeedsLogin) as caught:
        await feishu.calendar.primary(as_person(office.bob.open_id))
    assert caught.value.scopes == ("calendar:calendar:read", "calendar:calendar:readonly")


async def test_a_login_without_the_right_grant_names_what_is_missing(
    office: Office, feishu: Feishu, logins: Logins
) -> None:
    logins.log_in(office.mei, "im:message")
    with pytest.raises(NeedsLogin) as caught:
        await feishu.calendar.primary(as_person(office.mei.open_id))
    assert caught.value.code == 99991679
    assert "calendar:calendar:read" in caught.value.scopes


async def test_occurrences_are_listed_one_by_one_over_a_long_window(feishu: Feishu, own: str) -> None:
    new = wish(rrule="FREQ=WEEKLY;UNTIL=20260601T000000Z")
    made = await feishu.calendar.create_event(own, new, idempotency_key=KEY, notify=False)
    seen = await feishu.calendar.instance_view(own, Span.of(TUESDAY, timedelta(days=60)))
    assert [event.span for event in sorted(seen, key=lambda e: e.start_time.timestamp)] == [
        HOUR.shifted(timedelta(weeks=n)) for n in range(9)
    ]
    assert {event.event_id.rpartition("_")[0] for event in seen} == {made.event_id.rpartition("_")[0]}
    assert {event.original_start for event in seen} == {TUESDAY + timedelta(weeks=n) for n in range(9)}


async def test_events_are_found_by_their_title(feishu: Feishu, own: str) -> None:
    made = await feishu.calendar.create_event(own, wish(), idempotency_key=KEY, notify=False)
    await feishu.calendar.create_event(own, wish(title="Lunch"), idempotency_key="j" * 40, notify=False)
    found = await feishu.calendar.search(own, "roadmap", span=Span.of(TUESDAY, timedelta(days=1)))
    assert [event.event_id for event in found] == [made.event_id]


async def test_a_sync_token_brings_only_what_changed(feishu: Feishu, own: str) -> None:
    first = await feishu.calendar.create_event(own, wish(), idempotency_key=KEY, notify=False)
    start = await feishu.calendar.sync(own, since=TUESDAY - timedelta(days=1))
    assert [event.event_id for event in start.events] == [first.event_id]
    second = await feishu.calendar.create_event(own, wish(title="Two"), idempotency_key="j" * 40, notify=False)
    changes = await feishu.calendar.sync(own, sync_token=start.sync_token)
    assert [event.event_id for event in changes.events] == [second.event_id]
    assert (await feishu.calendar.sync(own, sync_token=changes.sync_token)).events == ()


async def test_an_old_sync_token_says_start_over(office: Office, feishu: Feishu, own: str) -> None:
    start = await feishu.calendar.sync(own)
    office.goes_wrong("GET", "/calendar/v4/calendars/:calendar_id/events", code=190008, status=400)
    with pytest.raises(SyncExpired):
        await feishu.calendar.sync(own, sync_token=start.sync_token)


# -- free/busy ------------------------------------------------------------------------------------------------


async def test_busy_times_tell_accepted_from_unanswered(
    office: Office, feishu: Feishu, logins: Logins, own: str
) -> None:
    made = await feishu.calendar.create_event(own, wish(), idempotency_key=KEY, notify=False)
    people = [office.mei.open_id, office.bob.open_id, office.sato.open_id]
    await feishu.calendar.add_attendees(own, made.event_id, people[:2], notify=False)
    logins.log_in(office.mei, "calendar:calendar", "calendar:calendar:read")
    mei = as_person(office.mei.open_id)
    theirs = (await feishu.calendar.primary(mei)).calendar_id
    await feishu.calendar.reply(theirs, made.event_id, "accept", as_=mei)
    found = await feishu.calendar.freebusy(people, Span.of(TUESDAY, timedelta(days=1)))
    assert found == {
        office.mei.open_id: (Busy(HOUR),),
        office.bob.open_id: (Busy(HOUR, tentative=True),),
        office.sato.open_id: (),
    }


async def test_any_number_of_people_over_any_span(office: Office, feishu: Feishu, own: str) -> None:
    crowd = [office.world.add_user(f"Person {n:02}").open_id for n in range(25)]
    new = wish(rrule="FREQ=WEEKLY;UNTIL=20260501T000000Z")
    made = await feishu.calendar.create_event(own, new, idempotency_key=KEY, notify=False)
    await feishu.calendar.add_attendees(own, made.event_id, crowd[:1], notify=False)
    found = await feishu.calendar.freebusy(crowd, Span.of(TUESDAY, timedelta(days=30)))
    assert list(found) == crowd
    assert [busy.span for busy in found[crowd[0]] or ()] == [HOUR.shifted(timedelta(weeks=n)) for n in range(5)]
    assert {found[who] for who in crowd[1:]} == {()}
    assert len(office.calls("/calendar/v4/freebusy/batch")) == 9  # three groups of people, three pieces of time


async def test_a_meeting_across_two_pieces_stays_what_it_is(feishu: Feishu, office: Office, own: str) -> None:
    start = TUESDAY + timedelta(days=14, minutes=-30)
    across = Span.of(start, timedelta(hours=1))
    made = await feishu.calendar.create_event(own, wish(span=across), idempotency_key=KEY, notify=False)
    await feishu.calendar.add_attendees(own, made.event_id, [office.mei.open_id], notify=False)
    found = await feishu.calendar.freebusy([office.mei.open_id], Span.of(TUESDAY, timedelta(days=20)))
    pieces = [busy.span for busy in found[office.mei.open_id] or ()]
    assert pieces[0].start == across.start
    assert pieces[-1].end == across.end
    assert all(a.end == b.start for a, b in itertools.pairwise(pieces))


async def test_one_unreadable_calendar_is_unknown_and_spoils_nobody_elses(office: Office, feishu: Feishu) -> None:
    crowd = [office.world.add_user(f"Person {n:02}").open_id for n in range(12)]
    office.world.users[crowd[3]].resigned = True
    found = await feishu.calendar.freebusy(crowd, Span.of(TUESDAY, timedelta(days=1)))
    assert [who for who, busy in found.items() if busy is None] == [crowd[3]]
    assert {found[who] for who in crowd if who != crowd[3]} == {()}


async def test_a_missing_scope_is_not_blamed_on_people(office: Office, feishu: Feishu) -> None:
    office.world.app.scopes = frozenset({"im:message"})
    with pytest.raises(Forbidden) as caught:
        await feishu.calendar.freebusy([office.mei.open_id, office.bob.open_id], HOUR)
    assert caught.value.code == 99991672
    assert len(office.calls("/calendar/v4/freebusy/batch")) == 1


async def test_nobody_is_free_without_a_call(office: Office, feishu: Feishu) -> None:
    assert await feishu.calendar.freebusy([], HOUR) == {}
    assert list(office.world.calls) == []


async def test_files_and_checking_in_travel_with_an_event(feishu: Feishu, own: str) -> None:
    check_in = CheckIn(
        enable_check_in=True,
        check_in_start_time=CheckInTime("before_event_start", 15),
        check_in_end_time=CheckInTime("after_event_end", 0),
    )
    new = wish(attachments=(Attachment("boxToken1"),), check_in=check_in)
    made = await feishu.calendar.create_event(own, new, idempotency_key=KEY, notify=False)
    kept = await feishu.calendar.get_event(own, made.event_id)
    assert kept.attachments == (Attachment("boxToken1"),)
    assert kept.event_check_in == check_in
    await feishu.calendar.patch_event(own, made.event_id, EventChange(check_in=CheckIn(enable_check_in=False)))
    assert (await feishu.calendar.get_event(own, made.event_id)).event_check_in == CheckIn(enable_check_in=False)

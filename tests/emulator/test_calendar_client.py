"""What people see and do in their own calendar clients, and rules of series on their own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.emulator.client import CannotDo
from bot.emulator.recurrence import BadRule, Recurrence, check
from bot.emulator.state import World

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
WEEK = timedelta(weeks=1)


class Office:
    def __init__(self) -> None:
        self.world = World(now=NOW, running=False)
        self.mei = self.world.add_user("Mei", timezone="Asia/Shanghai").open_id
        self.bob = self.world.add_user("Bob", timezone="America/New_York").open_id
        self.yui = self.world.add_user("Yui", timezone="Asia/Tokyo").open_id
        self.lotus = self.world.calendars.rooms.add("Lotus").room_id

    def act(self, by: str, op: str, **fields: Any) -> dict[str, Any]:
        return self.world.calendars.act(by, op, **fields)

    def sync(self, **fields: Any) -> dict[str, Any]:
        """Mei's meeting with Bob, Monday at ten."""
        times = {"start": "2026-11-23T10:00:00+08:00", "end": "2026-11-23T11:00:00+08:00"}
        return self.act(self.mei, "create", **{**times, "title": "Sync", "attendees": [self.bob], **fields})

    def sees(self, who: str, days: int = 7) -> list[dict[str, Any]]:
        return self.world.calendars.client_view(who, NOW - timedelta(days=1), NOW + timedelta(days=days))


@pytest.fixture
def office() -> Office:
    return Office()


def test_the_view_has_exactly_the_promised_keys_in_the_persons_zone(office: Office) -> None:
    made = office.sync(rooms=[office.lotus])
    assert office.sees(office.bob) == [
        {
            "event_id": made["event_id"],
            "title": "Sync",
            "start": "2026-11-22T21:00:00-05:00",
            "end": "2026-11-22T22:00:00-05:00",
            "organizer": {"id": office.mei, "name": "Mei"},
            "attendees": [
                {"id": office.mei, "name": "Mei", "rsvp": "accept"},
                {"id": office.bob, "name": "Bob", "rsvp": "needs_action"},
            ],
            "rooms": [{"id": office.lotus, "name": "Lotus", "rsvp": "needs_action"}],
            "recurrence": None,
            "status": "confirmed",
            "visibility": "default",
            "meeting_chat_id": None,
        }
    ]
    assert office.sees(office.yui) == []


def test_whole_days_are_days_for_everybody(office: Office) -> None:
    office.sync(start={"date": "2026-11-24"}, end={"date": "2026-11-25"})
    (row,) = office.sees(office.bob)
    assert (row["start"], row["end"]) == ({"date": "2026-11-24"}, {"date": "2026-11-25"})


def test_a_move_keeps_the_length_and_only_the_organizer_may(office: Office) -> None:
    made = office.sync(attendee_ability="none")
    moved = office.act(office.mei, "move", event_id=made["event_id"], start="2026-11-24T14:00:00+08:00")
    assert (moved["start"], moved["end"]) == ("2026-11-24T14:00:00+08:00", "2026-11-24T15:00:00+08:00")
    with pytest.raises(CannotDo, match="organizer"):
        office.act(office.bob, "move", event_id=made["event_id"], start="2026-11-24T14:00:00+08:00")


def test_one_occurrence_moves_and_the_others_stay(office: Office) -> None:
    made = office.sync(recurrence="FREQ=WEEKLY;UNTIL=20261231T000000Z")
    uid = made["event_id"][:-2]
    second = int((NOW + WEEK + timedelta(hours=1)).timestamp())
    office.act(office.mei, "move", event_id=f"{uid}_{second}", start="2026-12-01T15:00:00+08:00")
    assert [(row["event_id"], row["start"]) for row in office.sees(office.mei, days=15)] == [
        (f"{uid}_{int(NOW.timestamp()) + 3600}", "2026-11-23T10:00:00+08:00"),
        (f"{uid}_{second}", "2026-12-01T15:00:00+08:00"),
        (f"{uid}_{second + 604800}", "2026-12-07T10:00:00+08:00"),
    ]


def test_answers_and_farewells(office: Office) -> None:
    made = office.sync()
    office.act(office.bob, "rsvp", event_id=made["event_id"], status="decline")
    (row,) = office.sees(office.mei)
    assert [one["rsvp"] for one in row["attendees"]] == ["accept", "decline"]
    with pytest.raises(CannotDo, match="not on the calendar of Yui"):
        office.act(office.yui, "rsvp", event_id=made["event_id"], status="accept")
    office.act(office.bob, "delete", event_id=made["event_id"])
    assert office.sees(office.bob) == []
    (row,) = office.sees(office.mei)
    assert [one["name"] for one in row["attendees"]] == ["Mei"]
    office.act(office.mei, "delete", event_id=made["event_id"])
    assert office.sees(office.mei) == []


def test_the_list_of_the_others_can_be_hidden(office: Office) -> None:
    office.sync(attendees=[office.bob, office.yui], attendee_ability="none")
    (mine,) = office.sees(office.mei)
    (bobs,) = office.sees(office.bob)
    assert len(mine["attendees"]) == 3
    assert [one["id"] for one in bobs["attendees"]] == [office.bob]


def test_private_titles_on_a_shared_calendar_are_hidden(office: Office) -> None:
    calendars = office.world.calendars
    team = calendars.create(office.mei, summary="Team", permissions="public")
    start = int(NOW.timestamp())
    for visibility in ("default", "private"):
        calendars.book.add(
            team,
            office.mei,
            start=start,
            end=start + 3600,
            zone="UTC",
            all_day=False,
            title=visibility,
            visibility=visibility,
        )
    calendars.subscribe(office.bob, team)
    assert sorted(row["title"] for row in office.sees(office.bob)) == ["", "default"]
    assert sorted(row["title"] for row in office.sees(office.mei)) == ["default", "private"]


@pytest.mark.parametrize(
    ("op", "fields", "words"),
    [
        ("dance", {}, "op is one of"),
        ("create", {"title": "x"}, "start is required"),
        ("create", {"start": "tomorrow"}, "cannot read the time"),
        ("create", {"start": "2026-11-23T10:00:00"}, "needs an offset"),
        ("create", {"start": "2026-11-23T10:00:00+08:00", "end": {"date": "2026-11-23"}}, "both days or both times"),
        ("create", {"start": "2026-11-23T10:00:00+08:00", "end": "2026-11-23T09:00:00+08:00"}, "before the start"),
        ("create", {"start": "2026-11-23T10:00:00+08:00", "attendees": ["ou_x"]}, "nobody here"),
        ("create", {"start": "2026-11-23T10:00:00+08:00", "rooms": ["omm_x"]}, "no room"),
        ("create", {"start": "2026-11-23T10:00:00+08:00", "recurrence": "daily"}, "no rule of a series"),
        ("create", {"start": "2026-11-23T10:00:00+08:00", "colour": "red"}, "does not know colour"),
        ("create", {"start": "2026-11-23T10:00:00+08:00", "visibility": "secret"}, "visibility is one of"),
        ("create", {"start": "2026-11-23T10:00:00+08:00", "timezone": "Mars/Olympus"}, "no time zone is called"),
        ("move", {"start": "2026-11-23T10:00:00+08:00"}, "event_id is required"),
        ("rsvp", {"event_id": "x_0", "status": "maybe"}, "status is one of"),
        ("delete", {"event_id": "x_0"}, "not on the calendar of Mei"),
    ],
)
def test_what_a_client_cannot_do_is_said(office: Office, op: str, fields: dict[str, Any], words: str) -> None:
    with pytest.raises(CannotDo, match=words):
        office.act(office.mei, op, **fields)


def test_nobody_acts_for_a_stranger(office: Office) -> None:
    with pytest.raises(CannotDo, match="nobody here"):
        office.act("ou_stranger", "create", start="2026-11-23T10:00:00+08:00")


# Series on their own.


def starts(rule: str, start: str, zone: str, until: str) -> list[str]:
    moment = int(datetime.fromisoformat(start).timestamp())
    found = Recurrence(rule, moment, zone).between(0, int(datetime.fromisoformat(until).timestamp()))
    return [datetime.fromtimestamp(one, UTC).isoformat() for one in found]


def test_a_day_as_the_end_of_a_series_still_counts() -> None:
    assert starts(
        "FREQ=DAILY;UNTIL=20261125", "2026-11-23T22:00:00+08:00", "Asia/Shanghai", "2027-01-01T00:00:00Z"
    ) == [
        "2026-11-23T14:00:00+00:00",
        "2026-11-24T14:00:00+00:00",
        "2026-11-25T14:00:00+00:00",
    ]


def test_an_instant_as_the_end_of_a_series_is_an_instant() -> None:
    rule = "FREQ=DAILY;UNTIL=20261124T135959Z"
    assert starts(rule, "2026-11-23T22:00:00+08:00", "Asia/Shanghai", "2027-01-01T00:00:00Z") == [
        "2026-11-23T14:00:00+00:00"
    ]


def test_months_without_a_31st_are_left_out() -> None:
    assert starts("FREQ=MONTHLY;COUNT=3", "2026-10-31T10:00:00+00:00", "UTC", "2028-01-01T00:00:00Z") == [
        "2026-10-31T10:00:00+00:00",
        "2026-12-31T10:00:00+00:00",
        "2027-01-31T10:00:00+00:00",
    ]


def test_a_time_that_a_clock_change_skips_moves_on() -> None:
    found = starts("FREQ=DAILY;COUNT=3", "2026-03-28T02:30:00+01:00", "Europe/Berlin", "2027-01-01T00:00:00Z")
    assert found == ["2026-03-28T01:30:00+00:00", "2026-03-29T01:30:00+00:00", "2026-03-30T00:30:00+00:00"]


def test_asking_back_and_forth_answers_the_same() -> None:
    rule, start = "FREQ=WEEKLY;BYDAY=MO,WE", int(NOW.timestamp())
    far, near = start + 400 * 86400, start + 20 * 86400
    one, two = Recurrence(rule, start, "UTC"), Recurrence(rule, start, "UTC")
    assert one.between(start, far)[:6] == two.between(start, near)
    assert one.between(start, near) == two.between(start, far)[:6]
    assert start + 2 * 86400 in one
    assert start + 86400 not in one


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "DAILY",
        "FREQ=SECONDLY",
        "FREQ=DAILY;UNTIL=soon",
        "FREQ=DAILY;BYDAY=XX",
        "FREQ=DAILY;FREQ=DAILY",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    ],
)
def test_rules_that_are_none(rule: str) -> None:
    with pytest.raises(BadRule):
        check(rule, int(NOW.timestamp()), "UTC")

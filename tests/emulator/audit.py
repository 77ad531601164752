"""What must hold of a world, whatever was asked of it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from bot.emulator.calendars import Calendar
from bot.emulator.events import Event
from bot.emulator.freebusy import FreeBusy
from bot.emulator.state import World

Json = dict[str, Any]
Ask = Callable[..., Json]  # (who, method, path, **query) → the answer's body


def references(world: World) -> None:
    """Nothing points at what is not there."""
    calendars, bots = world.calendars, {app.open_id for app in world.apps.values()}
    somebody = world.users.keys() | bots
    for series in calendars.book.series.values():
        for event in series:
            assert event.calendar_id in calendars.calendars
            assert event.creator in somebody
            assert event.start <= event.end
            for attendee_id, one in event.attendees.items():
                assert attendee_id == one.attendee_id
                pools = {
                    "user": somebody,
                    "resource": calendars.rooms.rooms,
                    "chat": world.chats,
                    "third_party": {one.id},
                }
                assert one.id in pools[one.kind], one
                assert set(one.members or ()) <= world.users.keys()
    for calendar in calendars.calendars.values():
        assert calendar.owner in somebody or calendar.owner in calendars.rooms.rooms
        assert calendar.roles.keys() <= somebody
        assert calendar.uids.keys() <= calendars.book.series.keys()
        assert calendar.watchers.keys() | calendar.acl_watchers.keys() <= somebody
    for who, shelf in calendars.shelves.items():
        assert who in somebody
        assert shelf.calendars.keys() <= calendars.calendars.keys()
        assert all(place <= shelf.sequence for place in shelf.changes.values())
    for chat in world.chats.values():
        assert set(chat.members) <= world.users.keys()
        assert len(set(chat.members)) == len(chat.members)
        assert chat.apps <= world.apps.keys()
        assert all(world.messages[one].chat_id == chat.chat_id for one in chat.messages)
    held = set(itertools.chain.from_iterable(chat.messages for chat in world.chats.values()))
    assert held == world.messages.keys()
    for message in world.messages.values():
        assert not message.parent_id or message.parent_id in world.messages
    for token in world.tokens.values():
        assert token.app_id in world.apps
        assert token.open_id is None or token.open_id in world.users


def indexes(world: World) -> None:
    """What is kept beside the events says the same as the events."""
    calendars = world.calendars
    for series in calendars.book.series.values():
        for event in series:
            for home in calendars.book.homes(event).values():
                assert event.uid in home.uids, f"{event.event_id} shows on a calendar that does not know it"
                assert event.event_id in home.entries
    for calendar in calendars.calendars.values():
        places = list(calendar.entries.values())
        assert places == sorted(set(places))
        assert not places or places[-1] <= calendar.sequence
        for event_id in calendar.entries:
            assert event_id.rpartition("_")[0] in calendars.book.series
    start = int(world.clock.now().timestamp())
    for who, home in calendars.primaries.items():
        again = FreeBusy(calendars)  # knows nothing yet
        for after in (start - 86400 * 7, start):
            window = (after, after + 86400 * 14)
            assert calendars.freebusy.of(who, home, *window) == again.of(who, home, *window)


def listings(world: World, ask: Ask) -> None:
    """Every list can be read to its end, and holds what it should."""
    calendars = world.calendars
    for who in [*world.users, ""]:
        me = who or world.app.open_id
        listed = pages(ask, who, "calendar/v4/calendars", "calendar_list", page_size=50)
        shelf = calendars.shelf(me)
        assert {one["calendar_id"] for one in listed} == shelf.calendars.keys()
        home = calendars.primary(me)
        grants = pages(ask, who, f"calendar/v4/calendars/{home.calendar_id}/acls", "acls", page_size=50)
        assert {one["scope"]["user_id"] for one in grants} == home.roles.keys() & world.users.keys()
        chats = pages(ask, who, "im/v1/chats", "items", page_size=50)
        inside = me if who else world.app.app_id
        mine = {
            chat.chat_id
            for chat in world.chats.values()
            if chat.mode == "group" and inside in (chat.members if who else chat.apps)
        }
        assert {one["chat_id"] for one in chats} == mine
        for event in standing(world, home)[-3:]:
            shown = f"calendar/v4/calendars/{home.calendar_id}/events/{event.event_id}"
            found = ask(who, "GET", shown)
            assert found["code"] == 0, found
            assert found["data"]["event"]["event_id"] == event.event_id
            if event.calendar_id == home.calendar_id:
                people = pages(ask, who, f"{shown}/attendees", "items", page_size=50)
                assert {one["attendee_id"] for one in people} == event.attendees.keys()
    rooms = pages(ask, "", "vc/v1/rooms", "rooms", page_size=10)
    assert {one["room_id"] for one in rooms} == calendars.rooms.rooms.keys()


def standing(world: World, calendar: Calendar) -> list[Event]:
    """The events that show on a calendar, out of the events themselves."""
    calendars = world.calendars
    return [
        event
        for series in calendars.book.series.values()
        for event in series
        if not event.cancelled
        and not series.master.cancelled
        and calendars.freebusy.rsvp(event, calendar.owner, calendar) is not None
    ]


def pages(ask: Ask, who: str, path: str, key: str, **query: Any) -> list[Json]:
    return list(_pages(ask, who, path, key, query))


def _pages(ask: Ask, who: str, path: str, key: str, query: Json) -> Iterator[Json]:
    while True:
        answer = ask(who, "GET", path, **query)
        assert answer["code"] == 0, (path, answer)
        yield from answer["data"].get(key) or ()
        if not answer["data"]["has_more"]:
            return
        query["page_token"] = answer["data"]["page_token"]
        query.pop("sync_token", None)


class Copies:
    """What somebody knows of their calendar who only ever asks for changes."""

    def __init__(self, world: World, ask: Ask) -> None:
        self.world, self.ask = world, ask
        self.known: dict[str, dict[str, Json]] = {}
        self.tokens: dict[str, tuple[str, Any]] = {}

    def replay(self, who: str) -> None:
        """Changes since the last time, on top of what was known, give what a full read gives."""
        home = self.world.calendars.primary(who or self.world.app.open_id).calendar_id
        path, now = f"calendar/v4/calendars/{home}/events", self.world.clock.now()
        token, when = self.tokens.get(who, ("", now))
        full, last = self._read(who, path)
        if token and timedelta(0) <= now - when < timedelta(days=89):
            changed, last = self._read(who, path, sync_token=token)
            self.known[who] |= changed
            assert alive(self.known[who]) == {event_id: told(item) for event_id, item in full.items()}
        self.known[who] = full
        self.tokens[who] = (last, now)

    def _read(self, who: str, path: str, **query: Any) -> tuple[dict[str, Json], str]:
        items: dict[str, Json] = {}
        query["page_size"] = 500
        while True:
            answer = self.ask(who, "GET", path, **query)
            assert answer["code"] == 0, answer
            items |= {item["event_id"]: item for item in answer["data"]["items"]}
            if not answer["data"]["has_more"]:
                return items, answer["data"]["sync_token"]
            query = {"page_size": 500, "page_token": answer["data"]["page_token"]}


def told(item: Json) -> Json | str:
    """All there is to an event; of a tombstone only that it is one."""
    return "cancelled" if item["status"] == "cancelled" else item


def alive(copy: dict[str, Json]) -> dict[str, Json | str]:
    """What is left: tombstones only where they hide an occurrence of a series that goes on."""
    left = {event_id for event_id, item in copy.items() if item["status"] != "cancelled"}
    return {
        event_id: told(item)
        for event_id, item in copy.items()
        if event_id in left or (item["is_exception"] and item["recurring_event_id"] in left)
    }

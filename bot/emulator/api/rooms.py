"""Meeting rooms, their levels and rules, and the older calls about their time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.emulator.calendar_calls import RFC3339, id_type, identity, listing, shortened, stamped
from bot.emulator.event_views import Views
from bot.emulator.freebusy import Taken
from bot.emulator.kernel import Call, Json, Refusal, endpoint
from bot.emulator.paging import page
from bot.emulator.rooms import Room, RoomLevel, Rooms

BAD, MISSING, BAD_TIME = 121003, 121004, 99992402
PAGE = 10


def _shown(call: Call) -> Callable[[Room], Json]:
    rooms, kind = call.world.calendars.rooms, id_type(call)

    def shown(room: Room) -> Json:
        return {
            "room_id": room.room_id,
            "name": room.name,
            "capacity": room.capacity,
            "description": room.description,
            "display_id": room.display_id,
            "custom_room_id": room.custom_id,
            "room_level_id": room.level_id,
            "path": rooms.levels[room.level_id].path,
            "room_status": {
                "status": room.enabled,
                "schedule_status": room.schedulable,
                "disable_start_time": str(room.disabled_from or ""),
                "disable_end_time": str(room.disabled_until or ""),
                "disable_reason": room.disabled_reason,
                "contact_ids": [call.world.calendars.id_of(one, kind) for one in room.contacts],
                "disable_notice": False,
                "resume_notice": False,
            },
            "device": [{"name": name} for name in room.devices],
        }

    return shown


def _level(level: RoomLevel, rooms: Rooms) -> Json:
    return {
        "room_level_id": level.level_id,
        "name": level.name,
        "parent_id": level.parent_id,
        "path": level.path,
        "has_child": any(one.parent_id == level.level_id for one in rooms.levels.values()),
        "custom_group_id": level.custom_id,
    }


def _below(rooms: Rooms, level_id: str) -> set[str]:
    """A level and everything under it."""
    if level_id not in rooms.levels and level_id != "0":
        raise Refusal(MISSING)
    inside = {rooms.root.level_id} if level_id == "0" else {level_id}
    return {
        level.level_id
        for level in rooms.levels.values()
        if rooms.root.level_id in inside or inside & {level.level_id, *level.path}
    }


@endpoint("vc.v1.room.list")
def list_rooms(call: Call) -> Json:
    rooms = call.world.calendars.rooms
    inside = _below(rooms, call.params.get("room_level_id") or "0")
    found = [room for room in rooms if room.level_id in inside]
    return page(found, listing(call, PAGE), _shown(call), wrong=BAD, key="rooms")


@endpoint("vc.v1.room.get")
def get_room(call: Call) -> Json:
    return {"room": _shown(call)(_room(call, call.params["room_id"]))}


def _room(call: Call, room_id: str) -> Room:
    room = call.world.calendars.rooms.rooms.get(room_id)
    if room is None:
        raise Refusal(MISSING)
    return room


@endpoint("vc.v1.room.mget")
def get_rooms(call: Call) -> Json:
    known, shown = call.world.calendars.rooms.rooms, _shown(call)
    return {"items": [shown(known[one]) for one in dict.fromkeys(call.body["room_ids"]) if one in known]}


@endpoint("vc.v1.room.search")
def search_rooms(call: Call) -> Json:
    """What this person may book, by own ids, or by words and level."""
    who, rooms, body = identity(call), call.world.calendars.rooms, call.body
    found = [
        room
        for room in rooms
        if room.enabled and room.schedulable and (room.bookable_by is None or who in room.bookable_by)
    ]
    if body.get("custom_room_ids"):
        found = [room for room in found if room.custom_id in body["custom_room_ids"]]
        return {"rooms": [_shown(call)(room) for room in found], "page_token": "", "has_more": False}
    if body.get("room_level_id"):
        inside = _below(rooms, body["room_level_id"])
        found = [room for room in found if room.level_id in inside]
    words = (body.get("keyword") or "").casefold()
    found = [room for room in found if words in _searched(rooms, room, levels=bool(body.get("search_level_name")))]
    start = body.get("page_token")
    # "0" is the documents' own example of a first page.
    asked = {"page_size": body.get("page_size") or PAGE, "page_token": None if start == "0" else start}
    return page(found, shortened(call, asked), _shown(call), wrong=BAD, key="rooms")


def _searched(rooms: Rooms, room: Room, *, levels: bool) -> str:
    return "\n".join([room.name, *(rooms.place(room) if levels else ())]).casefold()


@endpoint("vc.v1.room_level.list")
def list_levels(call: Call) -> Json:
    rooms, parent = call.world.calendars.rooms, call.params.get("room_level_id") or "0"
    parent = rooms.root.level_id if parent == "0" else parent
    if parent not in rooms.levels:
        raise Refusal(MISSING)
    children = [level for level in rooms.levels.values() if level.parent_id == parent]
    return page(children, listing(call, PAGE), lambda one: _level(one, rooms), wrong=BAD)


@endpoint("vc.v1.room_level.get")
def get_level(call: Call) -> Json:
    rooms, level_id = call.world.calendars.rooms, call.params["room_level_id"]
    level = rooms.root if level_id == "0" else rooms.levels.get(level_id)
    if level is None:
        raise Refusal(MISSING)
    return {"room_level": _level(level, rooms)}


@endpoint("vc.v1.room_level.mget")
def get_levels(call: Call) -> Json:
    rooms = call.world.calendars.rooms
    return {"items": [_level(rooms.levels[one], rooms) for one in call.body["level_ids"] if one in rooms.levels]}


@endpoint("vc.v1.room_level.search")
def search_levels(call: Call) -> Json:
    wanted = {one.strip() for one in call.params["custom_level_ids"].split(",") if one.strip()}
    levels = call.world.calendars.rooms.levels.values()
    return {"level_ids": [level.level_id for level in levels if level.custom_id in wanted]}


# Booking rules.


@endpoint("vc.v1.reserve_config.reserve_scope")
def rules(call: Call) -> Json:
    """Who may book a room, when, how long, and who approves."""
    room, kind = _scoped(call, call.params["scope_id"], call.params["scope_type"]), id_type(call)
    calendars = call.world.calendars
    if room is None:
        room = Room("", "", "", 0, "")  # a level has no rules of its own here
    allowed = room.bookable_by
    return {
        "approve_config": {
            "approval_switch": int(room.approval),
            "approval_condition": 1 if room.approval_hours else 0,
            "meeting_duration": room.approval_hours,
            "approvers": [{"user_id": calendars.id_of(one, kind)} for one in room.approvers],
        },
        "time_config": {
            "if_cover_child_scope": False,
            "time_switch": int(room.days_in_advance is not None),
            "days_in_advance": room.days_in_advance or 0,
            "opening_hour": "0",
            "start_time": str(room.opens),
            "end_time": str(room.closes),
            "max_duration": int(room.longest_hours or 0),
        },
        "reserve_scope_config": {
            "if_cover_child_scope": False,
            "allow_all_users": int(allowed is None),
            "allow_users": [{"user_id": calendars.id_of(one, kind)} for one in allowed or ()],
            "allow_depts": [],
        },
    }


@endpoint("vc.v1.reserve_config_form.get")
def form(call: Call) -> Json:
    room = _scoped(call, call.params["reserve_config_id"], str(call.params["scope_type"]))
    if room is None or room.form is None:
        raise Refusal(126002)
    contacts = [{"user_id": call.world.calendars.id_of(one, id_type(call))} for one in room.contacts]
    config = {"if_cover_child_scope": False, "reserve_form": True, "notified_users": contacts}
    return {"reserve_form_config": config}


def _scoped(call: Call, some_id: str, scope_type: str) -> Room | None:
    """The room, or None for a level; 126001 when the id is neither or of the other kind."""
    rooms = call.world.calendars.rooms
    if scope_type == "2" and some_id in rooms.rooms:
        return rooms.rooms[some_id]
    if scope_type == "1" and some_id in rooms.levels:
        return None
    raise Refusal(126001)


# The older calls about rooms' time.


@endpoint("meeting_room.freebusy.batch_get")
def room_times(call: Call) -> Json:
    """When up to twenty rooms are taken, and by whom."""
    given, calendars = call.params, call.world.calendars
    start, end = (_instant(given[name]) for name in ("time_min", "time_max"))
    if end <= start:
        raise Refusal(BAD_TIME, http=400, msg="time_max lies before time_min")
    busy: dict[str, list[Json]] = {}
    for room_id in dict.fromkeys(given["room_ids"]):
        if room_id not in calendars.rooms.rooms:
            raise Refusal(BAD_TIME, http=400, msg=f"invalid room id {room_id}")
        home = calendars.rooms.calendar(room_id)
        taken = calendars.freebusy.of(room_id, home, int(start.timestamp()), int(end.timestamp()))
        busy[room_id] = [_booking(call, one, start) for one in taken if one.rsvp == "accept"]
    return {"time_min": given["time_min"], "time_max": given["time_max"], "free_busy": busy}


def _instant(text: str) -> datetime:
    found = RFC3339.fullmatch(text)
    if found is None or found["offset"] is None:
        raise Refusal(BAD_TIME, http=400, msg="RFC 3339 with offset expected")
    return datetime.fromisoformat(text.upper())


def _booking(call: Call, taken: Taken, like: datetime) -> Json:
    calendars, event = call.world.calendars, taken.occurrence.event
    owner = calendars.calendars[event.calendar_id].owner
    row: Json = {
        "start_time": stamped(taken.start, like.tzinfo),
        "end_time": stamped(taken.end, like.tzinfo),
        "uid": event.uid,
        "original_time": taken.occurrence.original if event.original or event.recurrence else 0,
    }
    if event.visibility != "private":
        row["organizer_info"] = {"name": calendars.name_of(owner), "open_id": owner}
    return row


@endpoint("meeting_room.summary.batch_get")
def summaries(call: Call) -> Json:
    """Titles of events by uid and original time."""
    calendars, infos, errors = call.world.calendars, [], []
    for asked in call.body["EventUids"]:
        series = calendars.book.series.get(asked["uid"])
        event = series.find(asked["original_time"]) if series else None
        if event is None or event.cancelled:
            errors.append({**asked, "error_msg": "event not found"})
            continue
        views = Views(calendars, calendars.calendars[event.calendar_id].owner, calendars.calendars[event.calendar_id])
        infos.append({**asked, "summary": event.title, "vchat": views.vchat(event)})
    return {"EventInfos": infos, "ErrorEventUids": errors}


VERDICTS = {
    "NOT_CHECK_IN": "decline",
    "ENDED_BEFORE_DUE": "decline",
    "ACCEPTED_BY_ADMIN": "accept",
    "DECLINED_BY_ADMIN": "decline",
}


@endpoint("meeting_room.instance.reply")
def settle(call: Call) -> Json:
    """The room's side decides: nobody came, it ended early, or an administrator said yes or no."""
    calendars, body = call.world.calendars, call.body
    series = calendars.book.series.get(body["uid"])
    original = body["original_time"]
    event = series.find(original) if series else None
    if series is None or (event is None and not series.happens(original)):
        raise Refusal(105003, http=400, msg="original_time is not valid")
    event = event or series.master
    booking = next((room for room in event.rooms if room.id == body["room_id"]), None)
    if booking is None:
        raise Refusal(105003, http=400, msg="the room is not part of this event")
    verdict = VERDICTS[body["status"]]
    if event.original != original:
        event = series.exceptions[original] = series.master.exception(original)
        booking = event.attendees[booking.attendee_id]
    calendars.rooms.decide(series, event, booking, verdict)
    return {}

"""Free/busy of people and rooms."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from bot.emulator.calendar_calls import id_type, identity, instant, person_in, stamped, wrong
from bot.emulator.contract import contract
from bot.emulator.freebusy import Taken
from bot.emulator.kernel import Call, Json, Refusal, endpoint

SINGLE_SPAN = timedelta(days=90)
BATCH_SPAN = timedelta(days=14)


@endpoint("calendar.v4.freebusy.list")
def single(call: Call) -> Json:
    """One person, or one room; with both, the person."""
    identity(call)
    start, end = _window(call, SINGLE_SPAN)
    calendars, body = call.world.calendars, call.body
    if body.get("user_id"):
        who = person_in(call, body["user_id"], "user_id")
        calendar = calendars.primary(who)
    elif body.get("room_id"):
        who = body["room_id"]
        if who not in calendars.rooms.rooms:
            raise wrong(call, "room_id", "no such room", who)
        calendar = calendars.rooms.calendar(who)
    else:
        raise wrong(call, "user_id", "one of user_id and room_id is required")
    taken = calendars.freebusy.of(
        who, calendar, int(start.timestamp()), int(end.timestamp()), only_busy=body.get("only_busy") is not False
    )
    return {"freebusy_list": _items(taken, start.tzinfo, body)}


@endpoint("calendar.v4.freebusy.batch")
def batch(call: Call) -> Json:
    """Up to ten people, two weeks."""
    identity(call)
    body = call.body
    start, end = _window(call, BATCH_SPAN)
    calendars, kind, only_busy = call.world.calendars, id_type(call), body.get("only_busy") is not False
    after, before = int(start.timestamp()), int(end.timestamp())
    lists = []
    for value in dict.fromkeys(body["user_ids"]):
        who = person_in(call, value, "user_ids")
        taken = calendars.freebusy.of(who, calendars.primary(who), after, before, only_busy=only_busy)
        lists.append({"user_id": calendars.id_of(who, kind), "freebusy_items": _items(taken, start.tzinfo, body)})
    return {"freebusy_lists": lists}


def _window(call: Call, most: timedelta) -> tuple[datetime, datetime]:
    try:
        start, end = instant(call.body["time_min"]), instant(call.body["time_max"])
    except Refusal as refusal:
        if refusal.code in contract().rows[call.name].errors:
            raise
        raise wrong(call, "time_min", refusal.msg or "") from refusal  # the single call has no code for it
    if not timedelta() < end - start <= most:
        raise Refusal(198003, http=400, msg="the time range is illegal")
    return start, end


def _items(taken: list[Taken], zone: tzinfo | None, body: Json) -> list[Json]:
    items: list[Json] = [{"start_time": stamped(one.start, zone), "end_time": stamped(one.end, zone)} for one in taken]
    if body.get("need_rsvp_status"):
        for item, one in zip(items, taken, strict=True):
            item["rsvp_status"] = one.rsvp
    return items

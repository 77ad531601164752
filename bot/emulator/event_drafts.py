"""The body of a create or patch call, read and checked, as changes to an event."""

from __future__ import annotations

from typing import Any

from bot.emulator.book import Found
from bot.emulator.calendar_calls import person_in, time_info, wrong
from bot.emulator.calendars import Calendar
from bot.emulator.event_views import Views
from bot.emulator.events import Event
from bot.emulator.kernel import Call, Json, Refusal
from bot.emulator.recurrence import BadRule, check, parts_of

PERSONAL = {"visibility", "free_busy_status", "color", "reminders"}
EXTRA = ("description", "location", "schemas", "attachments", "event_check_in")
DAY = 86400
CHECK_IN: dict[str, Json] = {
    "check_in_start_time": {"time_type": "before_event_start", "duration": 15},
    "check_in_end_time": {"time_type": "after_event_end", "duration": 0},
}
# Minutes on a line on which every event lasts longer than any offset.
MARKS = {"before_event_start": (-1, 0), "after_event_start": (1, 0), "after_event_end": (1, 1000)}


def given(body: Json) -> Json:
    """The fields that were really sent: null reads as absent."""
    return {key: value for key, value in body.items() if value is not None and key != "need_notification"}


def span(call: Call, body: Json) -> dict[str, Any]:
    """Start, end, zone and whether these are whole days; the last day of an all-day event is sent included."""
    start, zone, whole = time_info(call, body["start_time"], "start_time")
    end, _, end_whole = time_info(call, body["end_time"], "end_time")
    if whole != end_whole:
        raise wrong(call, "end_time", "start and end are both dates or both timestamps")
    end += DAY if whole else 0
    if end < start or (whole and end == start):
        raise wrong(call, "end_time", "the end lies before the start")
    return {"start": start, "end": end, "zone": zone, "all_day": whole}


def rule(call: Call, text: str, start: int, zone: str) -> str:
    try:
        counted = "COUNT" in parts_of(text)
        check(text, start, zone)
    except BadRule as why:
        raise wrong(call, "recurrence", str(why), text) from why
    if counted and not call.world.calendars.switches.count_allowed:
        raise wrong(call, "recurrence", "COUNT is not supported", text)
    return text.removeprefix("RRULE:")


def details(call: Call, body: Json) -> Json:
    """What few events have, checked."""
    if "event_check_in" in body:
        check_in(call, body["event_check_in"])
    extra = {key: body[key] for key in EXTRA if key in body}
    if "attachments" in extra:
        kept = [one for one in extra["attachments"] if not one.get("is_deleted")]
        if any(not one.get("file_token") for one in kept):
            raise Refusal(193105)
        extra["attachments"] = [{"file_token": one["file_token"], "name": "", "file_size": "0"} for one in kept]
    if "schemas" in extra:
        extra["schemas"] = [dict(one) for one in extra["schemas"]]
    return extra


def check_in(call: Call, wanted: Json) -> None:
    """Nobody checks in zero minutes before a start, and the window opens before it closes."""
    places: list[int] = []
    for key, usual in CHECK_IN.items():
        mark: Json = wanted.get(key) or usual
        if mark["time_type"] == "before_event_start" and mark["duration"] == 0:
            raise wrong(call, f"event_check_in.{key}.duration", "0 is not allowed before the start", 0)
        sign, base = MARKS[mark["time_type"]]
        places.append(base + sign * mark["duration"])
    if places[0] >= places[1]:
        raise wrong(call, "event_check_in", "the window closes before it opens")


def video(call: Call, wanted: Json, calendar: Calendar, *, organizer: bool = True) -> Json:
    """The meeting of an event: Feishu's own, a link of somebody else's, or none."""
    kind = wanted.get("vc_type")
    if kind == "third_party":
        return {"vc_type": kind, **_only(wanted, "icon_type", "description", "meeting_url")}
    if kind == "no_meeting":
        return {"vc_type": kind}
    settings = {key: value for key, value in (wanted.get("meeting_settings") or {}).items() if value is not None}
    if settings and kind != "vc":
        raise wrong(call, "vchat.meeting_settings", "only for vc_type vc")
    people = [person_in(call, one, "vchat.meeting_settings.assign_hosts") for one in settings.get("assign_hosts", ())]
    bot = calendar.owner not in call.world.users
    if bot and (people or settings.get("allow_attendees_start") is False):
        raise Refusal(193101)
    if people and not organizer:
        raise Refusal(193102)
    if "owner_id" in settings:
        person_in(call, settings["owner_id"], "vchat.meeting_settings.owner_id")
        if not bot:
            del settings["owner_id"]
    video: Json = {"vc_type": "vc"}
    if settings:
        video["meeting_settings"] = settings
    return video


def fields(call: Call, body: Json, calendar: Calendar) -> dict[str, Any]:
    """A create body as the fields of a new event."""
    when = span(call, body)
    extra = details(call, body)
    if "vchat" in body:
        extra["vchat"] = video(call, body["vchat"], calendar)
    return {
        **when,
        "title": body.get("summary", ""),
        "recurrence": rule(call, body["recurrence"], when["start"], when["zone"]) if body.get("recurrence") else "",
        "visibility": body.get("visibility", "default"),
        "ability": body.get("attendee_ability", "none"),
        "free": body.get("free_busy_status") == "free",
        "extra": extra,
    }


def change(call: Call, found: Found, body: Json, views: Views) -> Event:
    """Apply a patch: everything for who may edit, four private fields for who was invited."""
    _permitted(found.event, body, views)
    when = span(call, body) if {"start_time", "end_time"} <= set(body) else None
    new_rule = _new_rule(call, found, body, when)
    extra = _new_extra(call, found.event, body, views)
    calendars = call.world.calendars
    event = calendars.book.editable(found)
    event.extra = {key: value for key, value in {**event.extra, **extra}.items() if value != []}
    event.title = body.get("summary", event.title)
    event.ability = body.get("attendee_ability", event.ability)
    event.recurrence = new_rule
    personal(event, views.who, body)
    if event.attendees:
        calendars.invitations.video(event)
    if when and _moved(event, when):
        calendars.invitations.moved(found.series, event)
    calendars.book.touch(found.series, event, "update")
    return event


def _permitted(event: Event, body: Json, views: Views) -> None:
    guest = event.answer_of(views.who) is not None
    if views.edits(event) or (event.ability == "can_modify_event" and guest):
        return
    if set(body) - PERSONAL or event.answer_of(views.calendar.owner) is None:
        raise Refusal(193002)


def _new_rule(call: Call, found: Found, body: Json, when: Json | None) -> str:
    """The rule after the patch; it has to fit the start after the patch too."""
    event = found.event
    if found.original:
        if body.get("recurrence"):
            raise wrong(call, "recurrence", "one occurrence has no rule of its own", body["recurrence"])
        return ""
    text = body.get("recurrence", event.recurrence)
    start, zone = (when["start"], when["zone"]) if when else (event.start, event.zone)
    return rule(call, text, start, zone) if text and (when or "recurrence" in body) else text


def _new_extra(call: Call, event: Event, body: Json, views: Views) -> Json:
    extra = details(call, body)
    if "vchat" in body:
        organizers = call.world.calendars.calendars[event.calendar_id]
        wanted = video(call, body["vchat"], organizers, organizer=views.edits(event))
        extra["vchat"] = {**(_link(event) if wanted["vc_type"] == "vc" else {}), **wanted}
    return extra


def _moved(event: Event, when: Json) -> bool:
    """Set the new times; true when they are other ones."""
    before = (event.start, event.end)
    event.start, event.end, event.zone, event.all_day = when["start"], when["end"], when["zone"], when["all_day"]
    return before != (event.start, event.end)


def _link(event: Event) -> Json:
    """A Feishu meeting keeps its address while it stays one."""
    vchat = event.extra.get("vchat") or {}
    return {"meeting_url": vchat["meeting_url"]} if vchat.get("vc_type") == "vc" and "meeting_url" in vchat else {}


def personal(event: Event, who: str, body: Json) -> None:
    """Colour, reminders, visibility and busy or free: each identity's own, once the event exists."""
    mine = _only(body, "visibility", "color", "reminders")
    if "free_busy_status" in body:
        mine["free"] = body["free_busy_status"] == "free"
    if mine:
        event.personal = event.personal or {}
        event.personal[who] = {**event.personal.get(who, {}), **mine}


def _only(body: Json, *keys: str) -> Json:
    return {key: body[key] for key in keys if key in body}

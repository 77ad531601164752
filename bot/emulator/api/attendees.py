"""Participants of an event: invited, listed, taken off."""

from __future__ import annotations

from bot.emulator.book import Found
from bot.emulator.calendar_calls import WRITABLE, calendar_of, id_type, listing, person_in, wrong
from bot.emulator.calendars import Calendars
from bot.emulator.contract import contract
from bot.emulator.event_views import Views
from bot.emulator.events import Attendee, Event, attendee_id
from bot.emulator.kernel import Call, Json, Refusal, endpoint
from bot.emulator.paging import page

ID_FIELD = {"user": "user_id", "chat": "chat_id", "resource": "room_id", "third_party": "third_party_email"}
MOST_PER_CALL, MOST_ROOMS, MOST_REMOVED = 1000, 100, 500
OPEN_TO_GUESTS = ("can_invite_others", "can_modify_event")


def found_with(call: Call, *, least: str) -> tuple[Calendars, Views, Found]:
    calendars, who, calendar = calendar_of(call, least=least, types=WRITABLE if least == "writer" else ())
    try:
        found = calendars.book.find(calendar, call.params["event_id"])
    except Refusal as refusal:
        if refusal.code in contract().rows[call.name].errors:
            raise
        raise Refusal(193001) from refusal  # the meeting chat has no code for an id that is malformed
    return calendars, Views(calendars, who, calendar, id_type(call)), found


@endpoint("calendar.v4.calendar_event_attendee.create")
def create(call: Call) -> Json:
    """Invite people, groups, rooms and mail addresses; rooms answer a moment later."""
    calendars, views, found = found_with(call, least="writer")
    event, asked = found.event, call.body.get("attendees") or []
    guest = event.ability in OPEN_TO_GUESTS and event.answer_of(views.who) is not None
    if not views.edits(event) and not guest:
        raise Refusal(194002)
    if len(asked) > MOST_PER_CALL:
        raise wrong(call, "attendees", f"at most {MOST_PER_CALL} attendees per call", len(asked))
    if sum(one.get("type") == "resource" for one in asked) > MOST_ROOMS:
        raise wrong(call, "attendees", f"at most {MOST_ROOMS} rooms per call")
    admin = call.body.get("is_enable_admin", False)
    invited: list[Attendee] = []
    for index, one in enumerate(asked):
        attendee = _attendee(call, one, f"attendees[{index}]", event)
        if admin and attendee.kind != "resource":
            continue
        invited.append(attendee)
        if attendee.operate_id and call.body.get("add_operator_to_attendee", True):
            invited.append(calendars.invitations.person(attendee.operate_id))
    event = calendars.book.editable(_occurrence(call, found))
    calendars.invitations.invite(found.series, event, invited)
    return {"attendees": [views.attendee(event, one, form=True, reason=True) for one in event.attendees.values()]}


def _occurrence(call: Call, found: Found) -> Found:
    """A room administrator may name one occurrence by its original time."""
    original = call.body.get("instance_start_time_admin")
    if not original or not call.body.get("is_enable_admin"):
        return found
    if not original.isdigit() or not found.series.happens(int(original)):
        raise wrong(call, "instance_start_time_admin", "not an occurrence of this series", original)
    known = found.series.exceptions.get(int(original))
    return Found(found.series, known or found.series.master, int(original))


def _attendee(call: Call, asked: Json, field: str, event: Event) -> Attendee:
    kind = asked.get("type")
    if kind is None:
        raise Refusal(194004)
    value = asked.get(ID_FIELD[kind])
    if not value:
        raise wrong(call, f"{field}.{ID_FIELD[kind]}", f"{ID_FIELD[kind]} is required for type {kind}")
    optional = bool(asked.get("is_optional", False))
    calendars = call.world.calendars
    if kind == "user":
        return Attendee("user", person_in(call, value, f"{field}.user_id"), optional=optional)
    if kind == "chat":
        chat = call.world.chats.get(value)
        if chat is None or chat.dissolved:
            raise wrong(call, f"{field}.chat_id", "no such group", value)
        return calendars.invitations.group(value, optional=optional)
    if kind == "resource":
        return _room(call, asked, field, event)
    if "@" not in value:
        raise wrong(call, f"{field}.third_party_email", "a mail address expected", value)
    return Attendee("third_party", value, optional=optional)


def _room(call: Call, asked: Json, field: str, event: Event) -> Attendee:
    calendars = call.world.calendars
    if asked["room_id"] not in calendars.rooms.rooms:
        raise wrong(call, f"{field}.room_id", "no such room", asked["room_id"])
    by_app = calendars.calendars[event.calendar_id].owner not in call.world.users
    operator = asked.get("operate_id")
    if by_app and not operator:
        raise wrong(call, f"{field}.operate_id", "an event of the app needs a contact for its rooms")
    return Attendee(
        "resource",
        asked["room_id"],
        operate_id=person_in(call, operator, f"{field}.operate_id") if operator else None,
        reason=asked.get("approval_reason"),
        customization=asked.get("resource_customization"),
        by_app=call.caller.kind == "tenant",
    )


@endpoint("calendar.v4.calendar_event_attendee.list")
def list_attendees(call: Call) -> Json:
    _, views, found = found_with(call, least="reader")
    event = found.event
    if not views.sees_attendees(event):
        raise Refusal(194001)
    forms = bool(call.params["need_resource_customization"])
    if forms and not views.edits(event):
        raise Refusal(193002)
    return page(
        list(event.attendees.values()),
        listing(call),
        lambda one: views.attendee(event, one, form=forms),
        wrong=190008,
    )


@endpoint("calendar.v4.calendar_event_attendee.batch_delete")
def remove(call: Call) -> Json:
    """The organizer takes participants off the list."""
    calendars, views, found = found_with(call, least="writer")
    if not views.edits(found.event):
        raise Refusal(194003)
    by_id, by_kind = call.body.get("attendee_ids") or [], call.body.get("delete_ids") or []
    if len(by_id) + len(by_kind) > MOST_REMOVED:
        raise wrong(call, "attendee_ids", f"at most {MOST_REMOVED} attendees per call")
    wanted = [*by_id, *(_named(call, one) for one in by_kind)]
    if unknown := [one for one in wanted if one not in found.event.attendees]:
        raise Refusal(194000, error={"field_violations": [{"field": "attendee_ids", "value": unknown[0]}]})
    event = calendars.book.editable(_occurrence(call, found))
    if call.body.get("is_enable_admin", False):
        wanted = [one for one in wanted if one in event.attendees and event.attendees[one].kind == "resource"]
    calendars.invitations.remove(found.series, event, wanted)
    return {}


def _named(call: Call, one: Json) -> str:
    kind = one.get("type")
    if kind is None:
        raise Refusal(194004)
    value = one.get(ID_FIELD[kind])
    if not value:
        raise wrong(call, f"delete_ids.{ID_FIELD[kind]}", f"{ID_FIELD[kind]} is required for type {kind}")
    return attendee_id(kind, person_in(call, value, "delete_ids.user_id") if kind == "user" else value)


@endpoint("calendar.v4.calendar_event_attendee_chat_member.list")
def chat_members(call: Call) -> Json:
    """The people of a group that was invited; only for somebody among them."""
    _, views, found = found_with(call, least="reader")
    event = found.event
    if not views.sees_attendees(event):
        raise Refusal(194001)
    group = event.attendees.get(call.params["attendee_id"])
    if group is None:
        raise Refusal(194000)
    if group.kind != "chat" or group.members is None:
        raise Refusal(194004)
    chat = call.world.chats.get(group.id)
    inside = views.who in group.members or (
        chat is not None and call.caller.kind == "tenant" and call.caller.app_id in chat.apps
    )
    if not inside:
        raise Refusal(194001)
    return page(
        list(group.members.items()),
        listing(call),
        lambda one: {**views.member(event, group, *one), "open_id": one[0]},
        wrong=190008,
    )

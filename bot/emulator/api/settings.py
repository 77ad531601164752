"""Leave, CalDAV and Exchange."""

from __future__ import annotations

import re
from datetime import date

from bot.emulator.calendar_calls import LATEST, ZONES, id_type, identity, person_in, wrong
from bot.emulator.events import day_start
from bot.emulator.kernel import Call, Json, Refusal, endpoint
from bot.emulator.settings import Binding

DAY = 86400
SECONDS = re.compile(r"\d{1,11}")
DEFAULT_TITLES = {True: "请假中(全天) / 1-Day Time Off", False: "请假中 / Time Off"}
DEFAULT_DESCRIPTION = "Deleting this event removes the time-off tag in Feishu; the request itself is not withdrawn."


@endpoint("calendar.v4.timeoff_event.create")
def take_leave(call: Call) -> Json:
    """Whole days as dates, or hours as seconds; never one of each."""
    identity(call)
    body = call.body
    who = person_in(call, body["user_id"], "user_id")
    if body["timezone"] not in ZONES:
        raise wrong(call, "timezone", "not a name of the IANA time zone database", body["timezone"])
    start, whole = _moment(call, "start_time")
    end, end_whole = _moment(call, "end_time")
    if whole != end_whole:
        raise wrong(call, "end_time", "start and end are both dates or both seconds", body["end_time"])
    if end < start or (end == start and not whole):
        raise wrong(call, "end_time", "the end lies before the start", body["end_time"])
    title, text = body.get("title") or DEFAULT_TITLES[whole], body.get("description") or DEFAULT_DESCRIPTION
    leave_id = call.world.calendars.settings.take_leave(
        call.caller.app_id or "",
        who,
        start=start,
        end=end + DAY if whole else end,
        zone="UTC" if whole else body["timezone"],
        all_day=whole,
        title=title,
        extra={"description": text, "vchat": {"vc_type": "no_meeting"}},
    )
    return {
        "timeoff_event_id": leave_id,
        "user_id": call.world.calendars.id_of(who, id_type(call)),
        "timezone": body["timezone"],
        "start_time": body["start_time"],
        "end_time": body["end_time"],
        "title": title,
        "description": text,
    }


def _moment(call: Call, name: str) -> tuple[int, bool]:
    text = call.body[name]
    if SECONDS.fullmatch(text) and int(text) <= LATEST:
        return int(text), False
    try:
        return day_start(date.fromisoformat(text)), True
    except ValueError:
        raise wrong(call, name, "YYYY-MM-DD or seconds expected", text) from None


@endpoint("calendar.v4.timeoff_event.delete")
def end_leave(call: Call) -> Json:
    identity(call)
    call.world.calendars.settings.end_leave(call.caller.app_id or "", call.params["timeoff_event_id"])
    return {}


@endpoint("calendar.v4.setting.generate_caldav_conf")
def caldav(call: Call) -> Json:
    return call.world.calendars.settings.caldav(identity(call), call.body.get("device_name") or "")


# Exchange: a super administrator's business.


def _administrator(call: Call) -> str:
    who = identity(call)
    if not call.world.users[who].admin:
        raise Refusal(195101)
    return who


def _binding(call: Call, binding: Binding) -> Json:
    shown: Json = {
        "user_id": call.world.calendars.id_of(binding.open_id, id_type(call)),
        "status": binding.status(call.world.clock.now()),
        "exchange_binding_id": binding.binding_id,
    }
    if "contact:user.email:readonly" in call.world.apps[call.caller.app_id or ""].scopes:
        shown |= {"admin_account": binding.admin_account, "exchange_account": binding.exchange_account}
    return shown


@endpoint("calendar.v4.exchange_binding.create")
def bind(call: Call) -> Json:
    who, body = _administrator(call), call.body
    for name in ("admin_account", "exchange_account"):
        if "@" not in (body.get(name) or ""):
            raise Refusal(195106) if name == "admin_account" else wrong(call, name, "a mail address expected")
    person = person_in(call, body["user_id"], "user_id") if body.get("user_id") else who
    return _binding(call, call.world.calendars.settings.bind(body["admin_account"], body["exchange_account"], person))


@endpoint("calendar.v4.exchange_binding.get")
def binding(call: Call) -> Json:
    _administrator(call)
    return _binding(call, call.world.calendars.settings.binding(call.params["exchange_binding_id"]))


@endpoint("calendar.v4.exchange_binding.delete")
def unbind(call: Call) -> Json:
    _administrator(call)
    call.world.calendars.settings.unbind(call.params["exchange_binding_id"])
    return {}

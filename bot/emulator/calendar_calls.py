"""What the calendar endpoints have in common: who calls, what is wrong with a field, and reading times."""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo
from functools import lru_cache
from zoneinfo import available_timezones

from bot.emulator.calendars import Calendar, Calendars
from bot.emulator.contract import contract
from bot.emulator.events import day_start
from bot.emulator.kernel import Call, Json, Refusal

ZONES = available_timezones()
DEFAULT_ZONE = "Asia/Shanghai"
LATEST = 16725225600
WRITABLE = ("primary", "shared")
RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?(?P<offset>[Zz]|[+-]\d\d:\d\d)?")


def identity(call: Call) -> str:
    """The open_id that acts: a person's, or the bot's for the app."""
    world, caller = call.world, call.caller
    if caller.kind == "user":
        user = world.users.get(caller.open_id or "")
        if user is None or user.resigned:
            raise Refusal(195100)
        return user.open_id
    app = world.apps[caller.app_id or ""]
    if not app.bot_ability:
        raise Refusal(190007)
    return app.open_id


def calendar_of(call: Call, *, least: str, types: tuple[str, ...] = ()) -> tuple[Calendars, str, Calendar]:
    """The calendar named in the path, when the caller's role on it is enough."""
    who = identity(call)
    calendars = call.world.calendars
    return calendars, who, calendars.reach(call.params["calendar_id"], who, least=least, types=types)


def wrong(call: Call, field: str, why: str, value: object = "") -> Refusal:
    """The endpoint's code for a bad parameter, with the field named."""
    return Refusal(
        contract().rows[call.name].invalid,
        error={"field_violations": [{"field": field, "value": str(value), "description": why}]},
    )


def listing(call: Call, usual: int = 20) -> Json:
    """The paging parameters of a list."""
    return shortened(call, {"page_size": usual, **call.params})


def shortened(call: Call, asked: Json) -> Json:
    """With short pages switched on, less than the caller asked for: nothing at first, then half."""
    if not call.world.calendars.switches.short_pages:
        return asked
    return {**asked, "page_size": (asked["page_size"] + 1) // 2 if asked.get("page_token") else 0}


def id_type(call: Call) -> str:
    return str(call.params.get("user_id_type", "open_id"))


def person_in(call: Call, value: object, field: str) -> str:
    """The open_id behind an id of the type the call speaks."""
    user = call.world.calendars.user(value, id_type(call))
    if user is None or user.resigned:
        raise wrong(call, field, f"not the {id_type(call)} of anybody here", value)
    return user.open_id


def seconds(call: Call, name: str) -> int:
    """A query parameter that is a time in seconds."""
    text = str(call.params[name])
    if not text.isdigit() or int(text) > LATEST:
        raise wrong(call, name, "a Unix time in seconds expected", text)
    return int(text)


def time_info(call: Call, value: Json, field: str) -> tuple[int, str, bool]:
    """Seconds, zone and whether it is a whole day, out of ``{date}`` or ``{timestamp, timezone}``."""
    day, stamp, zone = value.get("date"), value.get("timestamp"), value.get("timezone") or DEFAULT_ZONE
    if bool(day) == bool(stamp):
        raise wrong(call, field, "exactly one of date and timestamp expected")
    if zone not in ZONES:
        raise wrong(call, f"{field}.timezone", "not a name of the IANA time zone database", zone)
    if day:
        try:
            return day_start(date.fromisoformat(day)), "UTC", True
        except ValueError:
            raise wrong(call, f"{field}.date", "YYYY-MM-DD expected", day) from None
    if not str(stamp).isdigit() or not 1 <= int(stamp or 0) <= LATEST:
        raise wrong(call, f"{field}.timestamp", "a Unix time in seconds expected", stamp)
    return int(stamp or 0), str(zone), False


def instant(text: str) -> datetime:
    """An RFC 3339 date-time; 198002 for no time, 198004 for no offset."""
    found = RFC3339.fullmatch(text)
    if found is None:
        raise Refusal(198002, http=400, msg="the time format is illegal")
    if found["offset"] is None:
        raise Refusal(198004, http=400, msg="the time zone format is illegal")
    try:
        return datetime.fromisoformat(text.upper())
    except ValueError:
        raise Refusal(198002, http=400, msg="the time format is illegal") from None


@lru_cache(maxsize=32_768)  # free/busy answers say the same half hours over and over
def stamped(moment: int, zone: tzinfo | None) -> str:
    """Seconds as RFC 3339, with the offset the question was asked in."""
    return datetime.fromtimestamp(moment, zone).isoformat()

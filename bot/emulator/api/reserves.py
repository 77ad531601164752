"""Video meeting numbers reserved in advance."""

from __future__ import annotations

from bot.emulator.calendar_calls import id_type, identity
from bot.emulator.kernel import Call, Json, Refusal, endpoint
from bot.emulator.reserves import BAD, MISSING, Reserve

HIDDEN = {"password"}


def _shown(reserve: Reserve) -> Json:
    link = f"https://vc.feishu.cn/j/{reserve.number}"
    return {
        "id": reserve.reserve_id,
        "meeting_no": reserve.number,
        "password": reserve.settings.get("password") or "",
        "url": link,
        "app_link": f"https://applink.feishu.cn/client/videochat/open?source=openplatform&action=join&id={reserve.number}",
        "live_link": "",
        "end_time": str(reserve.end),
    }


def _status(call: Call, reserve: Reserve) -> int:
    return 2 if call.world.calendars.reserves.expired(reserve) else 1


@endpoint("vc.v1.reserve.apply")
def apply(call: Call) -> Json:
    """A person reserves for themselves; the app names the owner."""
    by, reserves, owner = identity(call), call.world.calendars.reserves, identity(call)
    if call.caller.kind == "tenant":
        user = call.world.calendars.user(call.body.get("owner_id"), id_type(call))
        if user is None:
            raise Refusal(BAD, msg="owner_id is required for an app")
        owner = user.open_id
    settings = call.body["meeting_settings"]
    reserve = reserves.apply(by, owner, call.body.get("end_time"), settings)
    checked = {"invalid_host_id_list": reserves.strangers(settings)}
    return {"reserve": _shown(reserve), "reserve_correction_check_info": checked}


@endpoint("vc.v1.reserve.update")
def update(call: Call) -> Json:
    reserves = call.world.calendars.reserves
    reserve, settings = reserves.own(identity(call), call.params["reserve_id"]), call.body.get("meeting_settings") or {}
    reserves.renew(reserve, call.body.get("end_time"), settings)
    shown = {**_shown(reserve), "expire_status": _status(call, reserve)}
    del shown["app_link"]
    checked = {"invalid_host_id_list": reserves.strangers(settings)}
    return {"reserve": shown, "reserve_correction_check_info": checked}


@endpoint("vc.v1.reserve.get")
def get(call: Call) -> Json:
    calendars = call.world.calendars
    reserve = calendars.reserves.own(identity(call), call.params["reserve_id"])
    settings = {key: value for key, value in reserve.settings.items() if key not in HIDDEN}
    more = {
        "expire_status": _status(call, reserve),
        "reserve_user_id": calendars.id_of(reserve.owner, id_type(call)),
        "meeting_settings": settings,
    }
    return {"reserve": {**_shown(reserve), **more}}


@endpoint("vc.v1.reserve.delete")
def delete(call: Call) -> Json:
    reserves = call.world.calendars.reserves
    del reserves.reserves[reserves.own(identity(call), call.params["reserve_id"]).reserve_id]
    return {}


@endpoint("vc.v1.reserve.get_active_meeting")
def active(call: Call) -> Json:
    """Nobody ever joins a video meeting here, so none is running."""
    call.world.calendars.reserves.own(identity(call), call.params["reserve_id"])
    raise Refusal(MISSING)

"""Who the bot is."""

from __future__ import annotations

from bot.emulator.kernel import Call, Json, endpoint

ENABLED = 2


@endpoint("bot.v3.info.get")
def info(call: Call) -> Json:
    app = call.world.apps[call.caller.app_id or ""]
    return {
        "bot": {
            "activate_status": ENABLED,
            "app_name": app.name,
            "avatar_url": f"{call.world.base_url}/_emulator/avatar/{app.open_id}.svg",
            "ip_white_list": [],
            "open_id": app.open_id,
        }
    }

"""The first step of the long connection: where to connect, and how patiently."""

from __future__ import annotations

from bot.emulator.kernel import Call, Json, Refusal, endpoint

PATH = "/callback/ws/"
# Shorter waits than the platform's two minutes: whoever restarts a local emulator does not want to wait for them.
CLIENT = {"ReconnectCount": -1, "ReconnectInterval": 3, "ReconnectNonce": 1, "PingInterval": 120}


@endpoint("callback.ws.endpoint")
def address(call: Call) -> Json:
    app = call.world.apps.get(call.body["AppID"])
    # Clients take any other HTTP status for a busy server and try for ever.
    if app is None:
        raise Refusal(10003, http=200, msg="invalid param")
    if app.app_secret != call.body["AppSecret"]:
        raise Refusal(10014, http=200, msg="app secret invalid")
    ticket = call.world.ids.hex("token")
    call.world.tickets[ticket] = app.app_id
    device, host = call.world.ids.digits("token"), call.world.base_url.replace("http", "ws", 1)
    return {
        "URL": f"{host}{PATH}?device_id={device}&service_id=1&ticket={ticket}",
        "ClientConfig": CLIENT,
    }

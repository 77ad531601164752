"""Cards that one person sees, and the delayed answer to a tap."""

from __future__ import annotations

import json

from bot.emulator import messages
from bot.emulator.kernel import Call, Json, Refusal, endpoint
from bot.emulator.state import User

INVALID, OUTSIDE, NO_USER, NO_CHAT, GONE = 10003, 10002, 10004, 10029, 18051
BAD_CARD, RECALLED, FOREIGN, BAD_TOKEN, EXPIRED, USED_UP = 11311, 200000, 200310, 300020, 300030, 300040


def _receiver(call: Call) -> User:
    for id_type in ("open_id", "user_id", "email"):  # with several, this order decides
        if call.body.get(id_type):
            user = call.world.person(call.body[id_type], id_type)
            if user is None:
                raise Refusal(NO_USER)
            return user
    raise Refusal(INVALID, msg="one of open_id, user_id and email is required")


@endpoint("ephemeral.v1.send")
def send(call: Call) -> Json:
    user = _receiver(call)
    chat = call.world.chats.get(call.body["chat_id"])
    if chat is None:
        raise Refusal(NO_CHAT)
    if call.caller.app_id not in chat.apps or user.open_id not in chat.members:
        raise Refusal(OUTSIDE)
    if chat.mode != "group" or chat.thread_style:
        raise Refusal(INVALID, msg="only ordinary groups show cards to one person")
    try:
        messages.accept_card(call.world, call.body["card"])
    except Refusal as refusal:
        raise Refusal(INVALID, msg=refusal.msg) from refusal
    message = messages.post(
        call.world,
        chat,
        sender_id=call.caller.app_id or "",
        sender_type="app",
        msg_type="interactive",
        content=messages.compact(call.body["card"]),
        only_for=user.open_id,
    )
    return {"message_id": message.message_id}


@endpoint("ephemeral.v1.delete")
def delete(call: Call) -> Json:
    """Gone without a trace."""
    message = call.world.messages.get(call.body["message_id"])
    if message is None or message.only_for is None or message.sender_id != call.caller.app_id:
        raise Refusal(GONE)
    messages.remove(call.world, message)
    return {}


@endpoint("interactive.v1.card.update")
def update(call: Call) -> Json:
    """The card that was just tapped, once more: within half an hour, twice at most."""
    known = call.world.cards.get(call.body["token"])
    if known is None:
        raise Refusal(BAD_TOKEN)
    message_id, expires, uses = known
    message = call.world.messages.get(message_id)
    if expires <= call.world.clock.now():
        raise Refusal(EXPIRED)
    if uses <= 0:
        raise Refusal(USED_UP)
    if message is None or message.recalled:
        raise Refusal(RECALLED)
    if message.sender_id != call.caller.app_id:
        raise Refusal(FOREIGN)
    card = {name: value for name, value in call.body["card"].items() if name != "open_ids"}
    if json.loads(message.content).get("schema") == "2.0" and card.get("schema") != "2.0":
        raise Refusal(BAD_CARD, msg="card format invalid: a JSON 2.0 card is replaced by a JSON 2.0 card")
    try:
        messages.accept_card(call.world, card)
    except Refusal as refusal:
        raise Refusal(BAD_CARD, msg=refusal.msg) from refusal
    call.world.cards[call.body["token"]] = (message_id, expires, uses - 1)
    message.content = messages.compact(card)
    messages.touch(call.world, message)
    return {}

"""Reactions to messages, and messages pinned in a chat."""

from __future__ import annotations

from bot.emulator import messages
from bot.emulator.api.im import message_of, must_be_inside, speaker
from bot.emulator.kernel import Call, Json, Refusal, endpoint
from bot.emulator.paging import page
from bot.emulator.state import Chat, Message

UNKNOWN_KIND, NOT_IN_CHAT, UNKNOWN_MESSAGE, NOT_YOURS, FOREIGN, GONE = 231001, 231002, 231003, 231007, 231010, 230110
UNKNOWN_REACTION, INVALID, RECALLED = 231011, 230001, 230011


def _operator(call: Call) -> Json:
    return {"operator_id": speaker(call), "operator_type": "user" if call.caller.kind == "user" else "app"}


def _reacted(call: Call) -> Message:
    message = call.world.messages.get(call.params["message_id"])
    if message is None:
        raise Refusal(UNKNOWN_MESSAGE)
    chat = call.world.chats[message.chat_id]
    known = chat.members if call.caller.kind == "user" else chat.apps
    if speaker(call) not in known:
        raise Refusal(NOT_IN_CHAT)
    if message.recalled:
        raise Refusal(GONE)
    return message


@endpoint("im.v1.message_reaction.create")
def react(call: Call) -> Json:
    message = _reacted(call)
    kind = call.body["reaction_type"]["emoji_type"]
    if not kind or not kind.replace("_", "").isalnum():
        raise Refusal(UNKNOWN_KIND)
    operator = _operator(call)
    for known in message.reactions.values():  # the same reaction of the same identity is one
        if known["operator"] == operator and known["reaction_type"]["emoji_type"] == kind:
            return known
    reaction: Json = {
        "reaction_id": call.world.ids.hex("reaction", 22),
        "operator": operator,
        "action_time": call.world.millis(),
        "reaction_type": {"emoji_type": kind},
    }
    message.reactions[reaction["reaction_id"]] = reaction
    call.world.changed("message_updated", chat_id=message.chat_id, message_id=message.message_id)
    return reaction


@endpoint("im.v1.message_reaction.delete")
def take_back(call: Call) -> Json:
    message = _reacted(call)
    reaction_id = call.params["reaction_id"]
    reaction = message.reactions.get(reaction_id)
    if reaction is None:
        elsewhere = any(reaction_id in one.reactions for one in call.world.messages.values())
        raise Refusal(FOREIGN if elsewhere else UNKNOWN_REACTION)
    if reaction["operator"] != _operator(call):
        raise Refusal(NOT_YOURS)
    del message.reactions[reaction_id]
    call.world.changed("message_updated", chat_id=message.chat_id, message_id=message.message_id)
    return reaction


@endpoint("im.v1.pin.create")
def pin(call: Call) -> Json:
    message = message_of(call, call.body["message_id"])
    must_be_inside(call, call.world.chats[message.chat_id])
    if message.recalled:
        raise Refusal(RECALLED)
    if message.pin is None:  # pinning twice gives the pin there is
        message.pin = {
            "message_id": message.message_id,
            "chat_id": message.chat_id,
            "operator_id": speaker(call),
            "operator_id_type": "open_id" if call.caller.kind == "user" else "app_id",
            "create_time": call.world.millis(),
        }
        messages.touch(call.world, message)
    return {"pin": message.pin}


@endpoint("im.v1.pin.delete")
def unpin(call: Call) -> Json:
    message = message_of(call)
    must_be_inside(call, call.world.chats[message.chat_id])
    if message.pin is not None:
        message.pin = None
        messages.touch(call.world, message)
    return {}


@endpoint("im.v1.pin.list")
def pins(call: Call) -> Json:
    chat = _pinned_chat(call)
    start, end = call.params.get("start_time") or "0", call.params.get("end_time") or str(1 << 62)
    if not (start.isdigit() and end.isdigit()):
        raise Refusal(INVALID, msg="start_time and end_time are milliseconds")
    every = [one.pin for one in map(call.world.messages.__getitem__, chat.messages) if one.pin is not None]
    found = [one for one in every if int(start) <= int(one["create_time"]) <= int(end)]
    found.sort(key=lambda one: int(one["create_time"]), reverse=True)
    return page(found, call.params, lambda one: one, wrong=INVALID)


def _pinned_chat(call: Call) -> Chat:
    chat = call.world.chats.get(call.params["chat_id"])
    if chat is None:
        raise Refusal(INVALID, msg="invalid chat_id")
    must_be_inside(call, chat)
    return chat

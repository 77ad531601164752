"""Messages: say, answer, redraw, edit, recall, read."""

from __future__ import annotations

import json
from datetime import timedelta

from bot.emulator import looks, messages
from bot.emulator.kernel import Call, Json, Refusal, endpoint
from bot.emulator.paging import page
from bot.emulator.state import Chat, Message

INVALID, OUTSIDE, NO_ABILITY, RECALLED, OUT_OF_RANGE = 230001, 230002, 230006, 230011, 230013
NOT_ALLOWED_TO_RECALL, NO_PERMISSION, RESIGNED, TOO_OLD, BAD_RECEIVER, DENIED = (
    230026,
    230027,
    230029,
    230031,
    230034,
    230035,
)
WRONG_KIND = 230054
NOT_SENDER, EDITED_TOO_OFTEN, EDITED_TOO_LATE, DISSOLVED = 230071, 230072, 230075, 232009
SAME_UUID = timedelta(hours=1)
PATCH_DAYS, EDIT_DAYS, RECALL_DAYS, EDITS = 14, 1, 365, 20
ALL_GROUP = {"im:message.group_msg", "im:message.group_msg:readonly"}


# -- who speaks where -------------------------------------------------------------------------------------------


def speaker(call: Call) -> str:
    """Under which id the caller's messages stand: the app's, or the person's."""
    return call.caller.open_id or call.caller.app_id or ""


def inside(call: Call, chat: Chat) -> bool:
    if call.caller.kind == "user":
        return call.caller.open_id in chat.members
    return call.caller.app_id in chat.apps


def must_be_inside(call: Call, chat: Chat) -> None:
    if call.caller.kind == "tenant" and not call.world.apps[call.caller.app_id or ""].bot_ability:
        raise Refusal(NO_ABILITY)
    if chat.dissolved:
        raise Refusal(DISSOLVED)
    if not inside(call, chat):
        raise Refusal(OUTSIDE)


def message_of(call: Call, message_id: str | None = None) -> Message:
    message = call.world.messages.get(call.params["message_id"] if message_id is None else message_id)
    if message is None:
        raise Refusal(INVALID, msg="invalid message_id, ext=the message does not exist")
    return message


def receiver(call: Call, receive_id: str, id_type: str) -> Chat:
    """The chat a message goes to; a person means the one-to-one chat with the bot."""
    if id_type == "chat_id":
        chat = call.world.chats.get(receive_id)
        if chat is None:
            raise Refusal(BAD_RECEIVER, msg="invalid receive_id")
        must_be_inside(call, chat)
        return chat
    user = call.world.person(receive_id, id_type)
    if user is None:
        raise Refusal(BAD_RECEIVER, msg="invalid receive_id")
    if user.resigned:
        raise Refusal(RESIGNED)
    if call.caller.kind == "user":
        # People's private chats with each other are not part of this world.
        raise Refusal(DENIED)
    if not user.in_range:
        raise Refusal(OUT_OF_RANGE)
    chat = call.world.direct_chat(call.caller.app_id or "", user.open_id)
    must_be_inside(call, chat)
    return chat


def once(call: Call, *key: str | None) -> Message | None:
    """The message an earlier call with the same uuid made within the hour."""
    if key[0] is None:
        return None
    known = call.world.dedup.get((speaker(call), *map(str, key)))
    if known is None or known[0] + SAME_UUID <= call.world.clock.now():
        return None
    return call.world.messages.get(known[1])


def remember(call: Call, message: Message, *key: str | None) -> None:
    if key[0] is not None:
        call.world.dedup[(speaker(call), *map(str, key))] = (call.world.clock.now(), message.message_id)


def say(
    call: Call, chat: Chat, msg_type: str, raw: str, parent: Message | None = None, *, thread: bool = False
) -> Message:
    if msg_type == "system" and chat.mode != "p2p":
        raise Refusal(INVALID, msg="system messages are for one-to-one chats")
    content, mentions = messages.accept(call.world, msg_type, raw)
    if call.world.limits:
        call.world.limiter.chat(chat.chat_id, call.world.clock.now())
    return messages.post(
        call.world,
        chat,
        sender_id=speaker(call),
        sender_type="user" if call.caller.kind == "user" else "app",
        msg_type=msg_type,
        content=content,
        mentions=mentions,
        parent=parent,
        in_thread=thread,
    )


# -- the calls --------------------------------------------------------------------------------------------------


@endpoint("im.v1.message.create")
def create(call: Call) -> Json:
    chat = receiver(call, call.body["receive_id"], call.params["receive_id_type"])
    key = call.body.get("uuid")
    message = once(call, key, "create")
    if message is None:
        message = say(call, chat, call.body["msg_type"], call.body["content"])
        remember(call, message, key, "create")
    return looks.item(call.world, message)


@endpoint("im.v1.message.reply")
def reply(call: Call) -> Json:
    parent = message_of(call)
    chat = call.world.chats[parent.chat_id]
    must_be_inside(call, chat)
    if parent.recalled:
        raise Refusal(RECALLED)
    if parent.only_for is not None:  # may vanish without a trace, so nothing hangs on it
        raise Refusal(WRONG_KIND)
    key = call.body.get("uuid")
    message = once(call, key, "reply")
    if message is None:
        thread = bool(call.body.get("reply_in_thread"))
        message = say(call, chat, call.body["msg_type"], call.body["content"], parent, thread=thread)
        remember(call, message, key, "reply")
    return looks.item(call.world, message)


@endpoint("im.v1.message.forward")
def forward(call: Call) -> Json:
    source = message_of(call)
    must_be_inside(call, call.world.chats[source.chat_id])
    if source.recalled:
        raise Refusal(230065)
    if source.msg_type in ("system", "audio") or source.only_for is not None:
        raise Refusal(230061)
    chat, parent = _target(call)
    key = call.params.get("uuid")
    message = once(call, key, "forward", call.body["receive_id"])
    if message is None:
        message = say(call, chat, source.msg_type, source.content, parent, thread=parent is not None)
        message.upper_id = source.message_id
        remember(call, message, key, "forward", call.body["receive_id"])
    return looks.item(call.world, message)


def _target(call: Call) -> tuple[Chat, Message | None]:
    receive_id, id_type = call.body["receive_id"], call.params["receive_id_type"]
    if id_type != "thread_id":
        return receiver(call, receive_id, id_type), None
    root = next((one for one in call.world.messages.values() if one.thread_id == receive_id), None)
    if root is None:
        raise Refusal(230019)
    chat = call.world.chats[root.chat_id]
    must_be_inside(call, chat)
    return chat, root


@endpoint("im.v1.message.patch")
def patch(call: Call) -> Json:
    message = message_of(call)
    if message.sender_id != speaker(call):
        raise Refusal(NO_PERMISSION, msg="only the identity that sent a card may change it")
    if message.recalled:
        raise Refusal(RECALLED)
    if message.msg_type != "interactive" or message.only_for is not None:
        raise Refusal(INVALID, msg="This message is not a card that can be changed")
    if messages.age_days(message, call.world.clock.now()) > PATCH_DAYS:
        raise Refusal(TOO_OLD)
    content, _ = messages.accept(call.world, "interactive", call.body["content"])
    for card in (json.loads(message.content), json.loads(content)):
        if card.get("config", {}).get("update_multi", card.get("schema") == "2.0") is not True:
            raise Refusal(INVALID, msg="config.update_multi must be true in the old and in the new card")
    message.content = content
    messages.touch(call.world, message)
    return {}


@endpoint("im.v1.message.update")
def update(call: Call) -> Json:
    message = message_of(call)
    must_be_inside(call, call.world.chats[message.chat_id])
    if message.sender_id != speaker(call):
        raise Refusal(NOT_SENDER)
    if message.recalled:
        raise Refusal(RECALLED)
    if message.msg_type not in ("text", "post"):
        raise Refusal(230054)
    if message.edits >= EDITS:
        raise Refusal(EDITED_TOO_OFTEN)
    if messages.age_days(message, call.world.clock.now()) > EDIT_DAYS:
        raise Refusal(EDITED_TOO_LATE)
    message.content, message.mentions = messages.accept(call.world, call.body["msg_type"], call.body["content"])
    message.msg_type = call.body["msg_type"]
    message.edits += 1
    messages.touch(call.world, message)
    return looks.item(call.world, message)


@endpoint("im.v1.message.delete")
def delete(call: Call) -> Json:
    message = message_of(call)
    chat = call.world.chats[message.chat_id]
    must_be_inside(call, chat)
    if message.recalled:
        raise Refusal(230110)
    if message.sender_id != speaker(call) and chat.owner != speaker(call):
        raise Refusal(NOT_ALLOWED_TO_RECALL)
    if messages.age_days(message, call.world.clock.now()) > RECALL_DAYS:
        raise Refusal(230009)
    messages.recall(call.world, message)
    return {}


@endpoint("im.v1.message.get")
def get(call: Call) -> Json:
    message = message_of(call)
    chat = call.world.chats[message.chat_id]
    must_be_inside(call, chat)
    _may_read(call, chat, message)
    full = call.params.get("card_msg_content_type") == "user_card_content"
    return {"items": [looks.item(call.world, message, call.params["user_id_type"], full_card=full)]}


def _may_read(call: Call, chat: Chat, message: Message | None = None) -> None:
    """What a group said is for apps with im:message.group_msg; an app always sees its own words."""
    if call.caller.kind == "user" or chat.mode == "p2p":
        return
    if message is not None and message.sender_id == call.caller.app_id:
        return
    if call.world.apps[call.caller.app_id or ""].scopes.isdisjoint(ALL_GROUP):
        raise Refusal(NO_PERMISSION, msg="Lack of necessary permissions, ext=need scope: im:message.group_msg")


@endpoint("im.v1.message.list")
def history(call: Call) -> Json:
    found = _container(call)
    start, end = call.params.get("start_time"), call.params.get("end_time")
    if start or end:
        if call.params["container_id_type"] == "thread":
            raise Refusal(INVALID, msg="start_time and end_time do not work with a thread")
        found = [one for one in found if _second(start, 0) <= one.created.timestamp() <= _second(end, 1 << 62)]
    if call.params["sort_type"] == "ByCreateTimeDesc":
        found.reverse()
    full = call.params.get("card_msg_content_type") == "user_card_content"
    return page(found, call.params, lambda one: looks.item(call.world, one, full_card=full), wrong=INVALID)


def _second(text: str | None, default: int) -> int:
    if not text:
        return default
    if not text.isdigit():
        raise Refusal(INVALID, msg="start_time and end_time are seconds")
    return int(text)


def _container(call: Call) -> list[Message]:
    container = call.params["container_id"]
    if call.params["container_id_type"] == "thread":
        inside_it = [one for one in call.world.messages.values() if one.thread_id == container]
        if not inside_it:
            raise Refusal(INVALID, msg="invalid container_id")
        chat = call.world.chats[inside_it[0].chat_id]
    else:
        known = call.world.chats.get(container)
        if known is None:
            raise Refusal(INVALID, msg="invalid container_id")
        chat = known
        every = [call.world.messages[one] for one in chat.messages]
        inside_it = [one for one in every if not one.thread_id or not one.parent_id]
    must_be_inside(call, chat)
    _may_read(call, chat)
    return [one for one in inside_it if one.only_for is None]

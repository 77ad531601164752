"""What is said in chats: posting, replies, threads, mentions, and what the app may say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from bot.emulator import cards
from bot.emulator.kernel import Json, Refusal
from bot.emulator.state import Chat, Mention, Message, World

if TYPE_CHECKING:
    from datetime import datetime

AT = re.compile(r"<at\s+user_id\s*=\s*[\"']([^\"']+)[\"']\s*>(.*?)</at>", re.DOTALL)
ALL = "@_all"
TEXT_LIMIT, RICH_LIMIT = 150 * 1024, 30 * 1024
# What the content of each other kind of message names.
KEYS = {
    "image": "image_key",
    "file": "file_key",
    "audio": "file_key",
    "media": "file_key",
    "sticker": "file_key",
    "share_chat": "chat_id",
    "share_user": "user_id",
}
INVALID, TOO_LONG, NO_CARD = 230001, 230025, 230099


def compact(value: Json) -> str:
    """The content of a message as the platform serialises it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def post(
    world: World,
    chat: Chat,
    *,
    sender_id: str,
    sender_type: Literal["user", "app"],
    msg_type: str,
    content: str,
    mentions: list[Mention] | None = None,
    parent: Message | None = None,
    in_thread: bool = False,
    only_for: str | None = None,
) -> Message:
    """Put a message into a chat and tell every open client."""
    now = world.clock.now()
    message = Message(
        world.ids.message(), chat.chat_id, sender_id, sender_type, msg_type, content, now, now, only_for=only_for
    )
    message.mentions = mentions or []
    if parent is not None:
        _attach(world, message, parent, in_thread=in_thread or chat.thread_style)
    elif chat.thread_style:
        message.thread_id = world.ids.thread()
    world.messages[message.message_id] = message
    chat.messages.append(message.message_id)
    if sender_type == "user":
        chat.read[sender_id] = len(chat.messages)
    world.changed("message", chat_id=chat.chat_id, message_id=message.message_id, only_for=only_for)
    for member in chat.members if world.changes.heard else ():  # counting is for who looks on
        if member != sender_id and visible(message, member):
            world.changed("unread", open_id=member, chat_id=chat.chat_id, unread=unread(world, chat, member))
    return message


def _attach(world: World, message: Message, parent: Message, *, in_thread: bool) -> None:
    if in_thread and not parent.thread_id:
        parent.thread_id = world.ids.thread()
    if parent.thread_id:
        # Inside a thread both ids name the thread's root message.
        message.thread_id = parent.thread_id
        message.root_id = message.parent_id = parent.root_id or parent.message_id
        return
    message.parent_id = parent.message_id
    message.root_id = parent.root_id or parent.message_id


def touch(world: World, message: Message) -> None:
    """Somebody changed a message: its clients redraw it."""
    message.updated = world.clock.now()
    world.changed("message_updated", chat_id=message.chat_id, message_id=message.message_id)


def recall(world: World, message: Message) -> None:
    """Take a message back: its place stays, its content goes, and bots of the chat are told."""
    message.recalled, message.reactions, message.pin = True, {}, None
    touch(world, message)
    event = {
        "message_id": message.message_id,
        "chat_id": message.chat_id,
        "recall_time": world.millis(),
        "recall_type": "message_owner",
    }
    for app_id in world.chats[message.chat_id].apps:
        if app_id != message.sender_id:
            world.push("im.message.recalled_v1", event, app_id=app_id)


def remove(world: World, message: Message) -> None:
    """Take a one-person card away as if it had never been."""
    chat = world.chats[message.chat_id]
    place = chat.messages.index(message.message_id)
    chat.messages.remove(message.message_id)
    chat.read = {who: count - (count > place) for who, count in chat.read.items()}
    del world.messages[message.message_id]
    world.changed("message_updated", chat_id=chat.chat_id, message_id=message.message_id)


def age_days(message: Message, now: datetime) -> float:
    return (now - message.created).total_seconds() / 86400


def visible(message: Message, open_id: str) -> bool:
    return message.only_for is None or message.only_for == open_id


def unread(world: World, chat: Chat, open_id: str) -> int:
    waiting = (world.messages[one] for one in chat.messages[chat.read.get(open_id, 0) :])
    return sum(visible(one, open_id) and one.sender_id != open_id and not one.recalled for one in waiting)


# -- what the app sends -----------------------------------------------------------------------------------------


def accept(world: World, msg_type: str, content: str) -> tuple[str, list[Mention]]:
    """Check what an app wants to say; returns it as stored, with mentions taken out. Refuses as documented."""
    if len(content.encode()) > (TEXT_LIMIT if msg_type == "text" else RICH_LIMIT):
        raise Refusal(TOO_LONG)
    try:
        parsed = json.loads(content)
    except ValueError:
        if msg_type == "interactive":
            raise Refusal(NO_CARD, msg=_card_words(200621, "parse card json err")) from None
        raise Refusal(INVALID, msg="content is not a string in json format") from None
    if not isinstance(parsed, dict):
        raise Refusal(INVALID, msg="content must be a JSON object")
    if msg_type == "interactive":
        accept_card(world, parsed)
        return content, []
    if msg_type == "text":
        return _accept_text(world, parsed)
    if msg_type == "post":
        return _accept_post(world, parsed)
    if (key := KEYS.get(msg_type)) is not None and not isinstance(parsed.get(key), str):
        raise Refusal(INVALID, msg=f"{key} is required in the content of this message")
    return content, []


def accept_card(world: World, card: Json) -> None:
    if card.get("type") == "template":
        name = card.get("data", {}).get("template_id", "")
        words = "template does not exist, please confirm whether this template has been released"
        raise Refusal(NO_CARD, msg=_card_words(200380, words, f"templateID: {name}"))
    if card.get("type") == "card":
        raise Refusal(NO_CARD, msg=_card_words(200621, "card entities are not part of this emulator"))
    cards.validate(card, world)


def _card_words(code: int, words: str, value: str = "") -> str:
    return f"Failed to create card content, ext=ErrCode: {code}; ErrMsg: {words}; ErrorValue: {value}"


def _accept_text(world: World, parsed: Json) -> tuple[str, list[Mention]]:
    text = parsed.get("text")
    if not isinstance(text, str) or not text.strip():
        raise Refusal(INVALID, msg="the text of a text message is required")
    found: list[Mention] = []

    def placeholder(match: re.Match[str]) -> str:
        if match[1] == "all":
            return ALL
        return _mention(world, match[1], match[2], found)

    return compact({"text": AT.sub(placeholder, text)}), found


def _mention(world: World, some_id: str, shown: str, found: list[Mention]) -> str:
    known = next((mention for mention in found if mention.open_id == some_id), None)
    if known is None:
        user = world.person(some_id) or world.person(some_id, "user_id") or world.person(some_id, "union_id")
        someone = user or world.app_of(some_id)
        if someone is None:
            return shown
        known = Mention(f"@_user_{len(found) + 1}", someone.open_id, someone.name)
        found.append(known)
    return known.key


def _accept_post(world: World, parsed: Json) -> tuple[str, list[Mention]]:
    found: list[Mention] = []
    bodies = [parsed] if "content" in parsed else list(parsed.values())
    if not bodies or not all(isinstance(body, dict) and isinstance(body.get("content"), list) for body in bodies):
        raise Refusal(INVALID, msg="a post needs a list of lines under content")
    for body in bodies:
        for element in _elements(body):
            if element.get("tag") == "at" and element.get("user_id") not in (None, "all"):
                element["user_id"] = _mention(world, element["user_id"], element.get("user_name", ""), found)
    return compact(parsed), found


def _elements(body: Json) -> Iterable[Json]:
    for line in body.get("content", ()):
        if not isinstance(line, list):
            raise Refusal(INVALID, msg="every line of a post is a list of elements")
        yield from (element for element in line if isinstance(element, dict))

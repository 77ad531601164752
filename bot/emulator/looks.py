"""How a message looks: to the app, in answers and pushes, and to a reader, in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from bot.emulator import cards
from bot.emulator.kernel import Json
from bot.emulator.messages import ALL, compact
from bot.emulator.state import App, Mention, Message, User, World

RECALLED_TEXT = {
    "zh_cn": "此消息已撤回",
    "en_us": "This message was recalled",
    "ja_jp": "このメッセージは取り消されました",
}


# -- what the app is shown --------------------------------------------------------------------------------------


def item(world: World, message: Message, id_type: str = "open_id", *, full_card: bool = False) -> Json:
    """A message as the platform's calls return it."""
    shown: Json = {
        "message_id": message.message_id,
        "msg_type": message.msg_type,
        "create_time": world.millis(message.created),
        "update_time": world.millis(message.updated),
        "deleted": message.recalled,
        "updated": message.edits > 0,
        "chat_id": message.chat_id,
        "sender": sender(world, message),
        "body": {"content": _shown_content(world, message, full_card=full_card)},
    }
    optional = {
        "root_id": message.root_id,
        "parent_id": message.parent_id,
        "thread_id": message.thread_id,
        "upper_message_id": message.upper_id,
    }
    shown |= {name: value for name, value in optional.items() if value}
    if message.mentions:
        shown["mentions"] = [_mention_item(world, mention, id_type) for mention in message.mentions]
    return shown


def sender(world: World, message: Message) -> Json:
    id_type = "app_id" if message.sender_type == "app" else "open_id"
    return {
        "id": message.sender_id,
        "id_type": id_type,
        "sender_type": message.sender_type,
        "tenant_key": world.tenant_key,
    }


def _shown_content(world: World, message: Message, *, full_card: bool) -> str:
    if message.recalled:
        return "This message was recalled"
    if message.msg_type != "interactive" or full_card:
        return message.content
    text = cards.plain_text(json.loads(message.content), language="zh_cn", timezone="Asia/Shanghai", names=names(world))
    title, _, rest = text.partition("\n")
    return compact({"title": title, "elements": [[{"tag": "text", "text": rest}]]})


def _mention_item(world: World, mention: Mention, id_type: str) -> Json:
    user = world.person(mention.open_id)
    shown = user.id(id_type) if user else mention.open_id
    return {
        "key": mention.key,
        "id": shown,
        "id_type": id_type if user else "open_id",
        "name": mention.name,
        "tenant_key": world.tenant_key,
    }


def received(world: World, app: App, message: Message) -> Json:
    """The body of ``im.message.receive_v1``."""
    author = world.users[message.sender_id]
    chat = world.chats[message.chat_id]
    body: Json = {
        "message_id": message.message_id,
        "create_time": world.millis(message.created),
        "update_time": world.millis(message.updated),
        "chat_id": message.chat_id,
        "chat_type": chat.mode,
        "message_type": message.msg_type,
        "content": message.content,
    }
    optional = {"root_id": message.root_id, "parent_id": message.parent_id, "thread_id": message.thread_id}
    body |= {name: value for name, value in optional.items() if value}
    if message.mentions:
        body["mentions"] = [_mention_event(world, app, mention) for mention in message.mentions]
    who = {"sender_id": world.ids_of(author, app), "sender_type": "user", "tenant_key": world.tenant_key}
    return {"sender": who, "message": body}


def _mention_event(world: World, app: App, mention: Mention) -> Json:
    user = world.person(mention.open_id)
    bot_ids = {"open_id": mention.open_id, "union_id": "on_" + mention.open_id[3:], "user_id": ""}
    return {
        "key": mention.key,
        "id": world.ids_of(user, app) if user else bot_ids,
        "mentioned_type": "user" if user else "bot",
        "name": mention.name,
        "tenant_key": world.tenant_key,
    }


# -- what a person sees -----------------------------------------------------------------------------------------


def names(world: World) -> Callable[[str], str | None]:
    """From an id to the name a client shows."""

    def name(some_id: str) -> str | None:
        someone = world.users.get(some_id) or world.person(some_id, "user_id") or world.app_of(some_id)
        return someone.name if someone else None

    return name


def spoken(world: World, message: Message, user: User) -> str:
    """The message as plain readable text in that person's language."""
    if message.recalled:
        return RECALLED_TEXT.get(user.language, RECALLED_TEXT["en_us"])
    content = json.loads(message.content)
    if message.msg_type == "interactive":
        return cards.plain_text(content, language=user.language, timezone=user.timezone, names=names(world))
    if message.msg_type == "text":
        return named(content["text"], message.mentions)
    if message.msg_type == "post":
        return named(_post_text(content, user.language), message.mentions)
    return f"[{message.msg_type}]"


def named(text: str, mentions: Iterable[Mention]) -> str:
    """Placeholders written out; from the last one on, because ``@_user_1`` also begins ``@_user_12``."""
    for mention in sorted(mentions, key=lambda one: len(one.key), reverse=True):
        text = text.replace(mention.key, f"@{mention.name}")
    return text.replace(ALL, "@all")


def _post_text(content: Json, language: str) -> str:
    body = content if "content" in content else content.get(language) or next(iter(content.values()))
    lines = [body.get("title", "")]
    lines += ["".join(_element_text(element) for element in line) for line in body["content"]]
    return "\n".join(line for line in lines if line)


def _element_text(element: Any) -> str:
    if not isinstance(element, dict):
        return ""
    if element.get("tag") == "at":
        return str(element.get("user_id", ""))
    return str(element.get("text", ""))

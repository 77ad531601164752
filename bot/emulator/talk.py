"""People at their clients: what they say, whom they mention, what they see."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.emulator import cards, looks, messages
from bot.emulator.contract import ALL_GROUP_MESSAGES
from bot.emulator.kernel import Json
from bot.emulator.state import App, Chat, Mention, Message, User, World

EVERYONE = ("all", "所有人", "全員", "everyone")
DIRECT = frozenset({"im:message.p2p_msg", "im:message.p2p_msg:readonly"})
MENTIONING = frozenset({"im:message.group_at_msg", "im:message.group_at_msg:readonly"})
WORD = re.compile(r"[0-9A-Za-z_]")


class Wrong(Exception):
    """What was asked is not possible; the text says why and what would be."""

    def __init__(self, text: str, status: int = 400) -> None:
        super().__init__(text)
        self.text, self.status = text, status


def person(world: World, open_id: object) -> User:
    user = world.users.get(open_id) if isinstance(open_id, str) else None
    if user is None:
        raise Wrong(f"nobody has the open_id {open_id!r}; GET /_emulator/state lists the people", 404)
    return user


def chat_for(world: World, user: User, chat_id: object) -> Chat:
    chat = world.chats.get(chat_id) if isinstance(chat_id, str) else None
    if chat is None:
        raise Wrong(f"there is no chat {chat_id!r}; GET /_emulator/state lists the groups", 404)
    if user.open_id not in chat.members:
        raise Wrong(f"{user.name} is not in the chat {chat.name!r}", 403)
    return chat


# -- speaking ---------------------------------------------------------------------------------------------------


def speak(world: World, fields: Json) -> Json:
    """A person says something; the app hears of it under the platform's rules."""
    user = person(world, fields.get("from"))
    text = fields["text"]
    if fields.get("to_bot"):
        chat = world.direct_chat(world.app.app_id, user.open_id)
    else:
        chat = chat_for(world, user, fields.get("chat_id"))
    written, mentions = mention(world, chat, text)
    message = messages.post(
        world,
        chat,
        sender_id=user.open_id,
        sender_type="user",
        msg_type="text",
        content=messages.compact({"text": written}),
        mentions=mentions,
        parent=_parent(world, chat, fields.get("reply_to")),
    )
    told = [tell(world, world.apps[app_id], chat, message) for app_id in sorted(chat.apps)]
    return {"message_id": message.message_id, "chat_id": chat.chat_id, "delivered": any(told)}


def _parent(world: World, chat: Chat, message_id: object) -> Message | None:
    if message_id is None:
        return None
    parent = world.messages.get(message_id) if isinstance(message_id, str) else None
    if parent is None or parent.chat_id != chat.chat_id:
        raise Wrong(f"reply_to names no message of this chat: {message_id!r}")
    return parent


def tell(world: World, app: App, chat: Chat, message: Message) -> bool:
    """Deliver a person's message to a bot: one-to-one always, in groups when it is mentioned or may hear everything."""
    mentioned = any(one.open_id == app.open_id for one in message.mentions)
    opening = DIRECT if chat.mode == "p2p" else ALL_GROUP_MESSAGES | (MENTIONING if mentioned else set())
    if app.scopes.isdisjoint(opening):
        return False
    return world.pushes.event(app, "im.message.receive_v1", looks.received(world, app, message))


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write somebody after an @."""

    text: str
    open_id: str
    shown: str


def mention(world: World, chat: Chat, text: str) -> tuple[str, list[Mention]]:
    """``@Name`` becomes a placeholder and an entry; the longest fitting name wins, people of the chat come first."""
    near = sorted(_names(world, chat), key=lambda name: len(name.text), reverse=True)
    found: list[Mention] = []
    out, rest = [], text
    while (at := rest.find("@")) >= 0:
        out.append(rest[:at])
        rest = rest[at + 1 :]
        if (everyone := next((word for word in EVERYONE if _begins(rest, word)), None)) is not None:
            out.append(messages.ALL)
            rest = rest[len(everyone) :]
        elif (name := _pick(world, chat, rest, near)) is not None:
            out.append(_key(found, name))
            rest = rest[len(name.text) :]
        else:
            out.append("@")
    return "".join([*out, rest]), found


def _pick(world: World, chat: Chat, rest: str, names: list[Name]) -> Name | None:
    fitting = [name for name in names if _begins(rest, name.text)]
    if not fitting:
        return None
    longest = [name for name in fitting if len(name.text) == len(fitting[0].text)]
    inside = [name for name in longest if name.open_id in chat.members or world.app_of(name.open_id)] or longest
    if len({name.open_id for name in inside}) > 1:
        ways = " or ".join(f"@{_both(world.users[name.open_id])}" for name in inside)
        raise Wrong(f"@{inside[0].text} could be several people; write {ways}, or @ and the open_id")
    return inside[0]


def _names(world: World, chat: Chat) -> Iterable[Name]:
    for app_id in chat.apps:
        app = world.apps[app_id]
        yield Name(app.name, app.open_id, app.name)
        yield Name(app.open_id, app.open_id, app.name)
    for user in world.users.values():
        ways = {user.name, user.en_name, _both(user), f"{user.name}({user.en_name})", f"{user.name}（{user.en_name}）"}
        for way in ways | {user.open_id}:
            if way:
                yield Name(way, user.open_id, user.name)


def _both(user: User) -> str:
    return f"{user.name} {user.en_name}" if user.en_name and user.en_name != user.name else user.name


def _begins(text: str, name: str) -> bool:
    """``@Bob`` is not ``@Bobby``; a Chinese or Japanese name may be followed by anything."""
    if text[: len(name)].casefold() != name.casefold():
        return False
    after = text[len(name) : len(name) + 1]
    return not (WORD.match(name[-1]) and WORD.match(after))


def _key(found: list[Mention], name: Name) -> str:
    for known in found:
        if known.open_id == name.open_id:
            return known.key
    found.append(Mention(f"@_user_{len(found) + 1}", name.open_id, name.shown))
    return found[-1].key


def recall(world: World, fields: Json) -> Json:
    """A person takes their own words back."""
    user = person(world, fields.get("by"))
    message = world.messages.get(str(fields.get("message_id")))
    if message is None or message.sender_id != user.open_id or message.recalled:
        raise Wrong(f"{user.name} has no such message to take back: {fields.get('message_id')!r}", 404)
    messages.recall(world, message)
    return {"recalled": message.message_id}


def enter(world: World, fields: Json) -> Json:
    """A person opens the one-to-one chat with the bot; it hears of it every time."""
    user, app = person(world, fields.get("by")), world.app
    chat = world.direct_chat(app.app_id, user.open_id)
    event: Json = {"chat_id": chat.chat_id, "operator_id": world.ids_of(user, app)}
    if chat.messages:
        last = world.messages[chat.messages[-1]]
        event |= {"last_message_id": last.message_id, "last_message_create_time": world.millis(last.created)}
    told = world.pushes.event(app, "im.chat.access_event.bot_p2p_chat_entered_v1", event)
    return {"chat_id": chat.chat_id, "delivered": told}


# -- seeing -----------------------------------------------------------------------------------------------------


def seen(world: World, user: User, chat: Chat, after: str | None = None) -> list[Json]:
    """What this person's client shows of a chat, newest last."""
    ids = chat.messages
    if after:
        if after not in ids:
            raise Wrong(f"after names no message of this chat: {after}")
        ids = ids[ids.index(after) + 1 :]
    shown = (world.messages[one] for one in ids)
    return [show(world, user, message) for message in shown if messages.visible(message, user.open_id)]


def show(world: World, user: User, message: Message) -> Json:
    content = {} if message.recalled else json.loads(message.content)
    row: Json = {
        "message_id": message.message_id,
        "chat_id": message.chat_id,
        "sender": _sender(world, message),
        "msg_type": message.msg_type,
        "content": _written_out(content, message),
        "text": looks.spoken(world, message, user),
        "mentions": [{"key": one.key, "open_id": one.open_id, "name": one.name} for one in message.mentions],
        "buttons": [],
        "parent_id": message.parent_id or None,
        "root_id": message.root_id or None,
        "thread_id": message.thread_id or None,
        "created_at": message.created.isoformat(),
        "updated_at": message.updated.isoformat(),
        "edited": message.edits > 0,
        "recalled": message.recalled,
        "only_for_you": message.only_for is not None,
        "reactions": _reactions(message),
    }
    if message.msg_type == "interactive" and not message.recalled:
        row["card"] = content
        row["buttons"] = cards.buttons(content, language=user.language)
    return row


def _sender(world: World, message: Message) -> Json:
    if message.sender_type == "app":
        app = world.apps[message.sender_id]
        return {"id": app.open_id, "type": "app", "name": app.name}
    return {"id": message.sender_id, "type": "user", "name": world.users[message.sender_id].name}


def _written_out(content: Json, message: Message) -> Json:
    if message.msg_type == "text" and "text" in content:
        return {"text": looks.named(content["text"], message.mentions)}
    return content


def _reactions(message: Message) -> list[Json]:
    counts: dict[str, int] = {}
    for reaction in message.reactions.values():
        kind = reaction["reaction_type"]["emoji_type"]
        counts[kind] = counts.get(kind, 0) + 1
    return [{"emoji_type": kind, "count": count} for kind, count in counts.items()]


def chats_of(world: World, user: User) -> list[Json]:
    """The chat list of a person's client: the bot first, then groups, the liveliest on top."""
    direct = world.direct_chat(world.app.app_id, user.open_id)
    groups = [chat for chat in world.chats.values() if chat.mode == "group" and user.open_id in chat.members]
    groups.sort(key=lambda chat: _last_time(world, chat), reverse=True)
    return [_listed(world, user, chat) for chat in (direct, *groups) if not chat.dissolved]


def _last_time(world: World, chat: Chat) -> float:
    last = world.messages[chat.messages[-1]].created if chat.messages else chat.created
    return last.timestamp()


def _listed(world: World, user: User, chat: Chat) -> Json:
    seen_by = [one for one in chat.messages if messages.visible(world.messages[one], user.open_id)]
    return {
        "chat_id": chat.chat_id,
        "name": chat.name,
        "mode": chat.mode,
        "members": list(chat.members),
        "last": show(world, user, world.messages[seen_by[-1]]) if seen_by else None,
        "unread": messages.unread(world, chat, user.open_id),
    }


def read(world: World, user: User, chat: Chat, message_id: object) -> int:
    """Everything up to a message is read; one-to-one, the bot hears of it."""
    if message_id not in chat.messages:
        raise Wrong(f"message_id names no message of this chat: {message_id!r}")
    before, upto = chat.read.get(user.open_id, 0), chat.messages.index(str(message_id)) + 1
    if upto > before:
        chat.read[user.open_id] = upto
        _tell_read(world, user, chat, chat.messages[before:upto])
    left = messages.unread(world, chat, user.open_id)
    world.changed("unread", open_id=user.open_id, chat_id=chat.chat_id, unread=left)
    return left


def _tell_read(world: World, user: User, chat: Chat, ids: list[str]) -> None:
    of_the_bot = [one for one in ids if world.messages[one].sender_type == "app"]
    if chat.mode != "p2p" or not of_the_bot:
        return
    for app_id in chat.apps:
        reader = {
            "reader_id": world.ids_of(user, world.apps[app_id]),
            "read_time": world.millis(),
            "tenant_key": world.tenant_key,
        }
        event = {"reader": reader, "message_id_list": of_the_bot}
        world.push("im.message.message_read_v1", event, app_id=app_id)

"""Changes to the tenant that no platform call makes: people, groups, rooms, the app's settings, menu taps."""

from __future__ import annotations

import dataclasses
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.emulator.calls import Fault
from bot.emulator.contract import Contract
from bot.emulator.control_fields import checked
from bot.emulator.kernel import Json
from bot.emulator.state import App, Chat, User, World
from bot.emulator.talk import Wrong, person

LANGUAGES = {"zh": "zh_cn", "en": "en_us", "ja": "ja_jp"}


def describe(world: World) -> Json:
    """The tenant at a glance."""
    return {
        "now": world.clock.now().isoformat(),
        "users": [show_user(user) for user in world.users.values()],
        "chats": [show_chat(chat) for chat in world.chats.values() if chat.mode == "group" and not chat.dissolved],
        "rooms": world.calendars.rooms.describe(),
        "apps": [show_app(app) for app in world.apps.values()],
        "bot_open_id": world.app.open_id,
    }


def show_user(user: User) -> Json:
    return {
        **user.ids(),
        "name": user.name,
        "en_name": user.en_name,
        "email": user.email,
        "timezone": user.timezone,
        "language": user.language,
    }


def show_chat(chat: Chat) -> Json:
    return {"chat_id": chat.chat_id, "name": chat.name, "mode": chat.mode, "members": list(chat.members)}


def show_app(app: App) -> Json:
    return {
        "app_id": app.app_id,
        "name": app.name,
        "bot_open_id": app.open_id,
        "transport": app.transport,
        "webhook_url": app.webhook_url,
        "encrypted": bool(app.encrypt_key),
    }


# -- people, groups, rooms --------------------------------------------------------------------------------------


def add_user(world: World, fields: Json) -> Json:
    if fields.get("email") and world.person(fields["email"], "email"):
        raise Wrong(f"the address {fields['email']} is taken", 409)
    values = dict(fields)
    values["timezone"] = _zone(values.get("timezone", "Asia/Shanghai"))
    values["language"] = _language(values.get("language", "zh_cn"))
    values.setdefault("en_name", "")
    user = world.add_user(**values)
    world.changed("user", open_id=user.open_id)
    return show_user(user)


def _zone(name: Any) -> str:
    try:
        return ZoneInfo(str(name)).key
    except (ZoneInfoNotFoundError, ValueError):
        raise Wrong(f"timezone is an IANA name such as Asia/Tokyo, not {name!r}") from None


def _language(name: Any) -> str:
    tag = str(name).replace("-", "_").lower()
    tag = LANGUAGES.get(tag.partition("_")[0], tag)
    if tag not in LANGUAGES.values():
        raise Wrong(f"language is one of {', '.join(LANGUAGES.values())}, not {name!r}")
    return tag


def add_chat(world: World, fields: Json) -> Json:
    people = [person(world, open_id) for open_id in fields.get("members", ())]
    owner = people[0].open_id if people else None
    chat = world.add_chat(
        str(fields.get("name") or "Group"), [user.open_id for user in people], apps=world.apps, owner=owner
    )
    chat.description = str(fields.get("description") or "")
    operator = people[0] if people else None
    for app in world.apps.values():
        world.push("im.chat.member.bot.added_v1", _membership(world, app, chat, operator), app_id=app.app_id)
    return show_chat(chat)


def change_members(world: World, chat_id: str, fields: Json) -> Json:
    """People join and leave a group; its bots are told."""
    chat = world.chats.get(chat_id)
    if chat is None or chat.mode != "group":
        raise Wrong(f"there is no group {chat_id!r}", 404)
    joined = [
        user for user in (person(world, one) for one in fields.get("add", ())) if user.open_id not in chat.members
    ]
    left = [user for user in (person(world, one) for one in fields.get("remove", ())) if user.open_id in chat.members]
    chat.members += [user.open_id for user in joined]
    chat.members[:] = [one for one in chat.members if one not in {user.open_id for user in left}]
    for event_type, users in (("added", joined), ("deleted", left)):
        if users:
            _tell_members(world, chat, f"im.chat.member.user.{event_type}_v1", users)
    world.changed("chat", chat_id=chat.chat_id)
    return show_chat(chat)


def _tell_members(world: World, chat: Chat, event_type: str, users: list[User]) -> None:
    for app_id in sorted(chat.apps):
        app = world.apps[app_id]
        event = _membership(world, app, chat, world.users.get(chat.owner or ""))
        event["users"] = [
            {"name": user.name, "tenant_key": world.tenant_key, "user_id": world.ids_of(user, app)} for user in users
        ]
        world.push(event_type, event, app_id=app_id)


def _membership(world: World, app: App, chat: Chat, operator: User | None) -> Json:
    return {
        "chat_id": chat.chat_id,
        "operator_id": world.ids_of(operator, app) if operator else {},
        "external": False,
        "operator_tenant_key": world.tenant_key,
        "name": chat.name,
        "i18n_names": {"zh_cn": chat.name, "en_us": chat.name, "ja_jp": chat.name},
    }


def add_room(world: World, fields: Json) -> Json:
    room = world.calendars.rooms.add(**fields)
    return next(row for row in world.calendars.rooms.describe() if row["room_id"] == room.room_id)


# -- the app ----------------------------------------------------------------------------------------------------


async def set_app(world: World, fields: Json) -> Json:
    """How pushes reach the app. Saving an address asks it for the challenge; a failure is told, the address is kept."""
    app = world.app
    for name in ("webhook_url", "encrypt_key", "verification_token", "name", "transport", "refresh_allowed"):
        if name in fields:
            setattr(app, name, fields[name])
    if "scopes" in fields:
        app.scopes = frozenset(fields["scopes"])
    if "events" in fields:
        app.events = set(fields["events"]) or None
    if "redirect_uris" in fields:
        app.redirect_uris = set(fields["redirect_uris"])
    answer = show_app(app)
    if app.transport == "webhook" and fields.get("webhook_url"):
        outcome = await world.pushes.verify(app)
        answer["verified"] = outcome.accepted and outcome.failure is None
        if not answer["verified"]:
            answer["reason"] = f"the address did not return the challenge (status {outcome.status})"
    return answer


def menu(world: World, fields: Json) -> Json:
    """A person taps an item of the bot's menu."""
    user = person(world, fields.get("by"))
    key = fields["event_key"]
    operator = {"operator_name": user.name, "operator_id": world.ids_of(user)}
    event = {"operator": operator, "event_key": key, "timestamp": int(world.clock.now().timestamp())}
    return {"delivered": world.pushes.event(world.app, "application.bot.menu_v6", event)}


def revoke(world: World, fields: Json) -> Json:
    """A person withdraws what they granted: their tokens are void, and the app is told."""
    user = person(world, fields.get("open_id"))
    held = [token for token in world.tokens.values() if token.open_id == user.open_id]
    for token in held:
        del world.tokens[token.value]
    if not held:
        return {"revoked": 0, "delivered": False}
    event = {
        "revoke_token_type": "user_access_token refresh_token",
        "revoke_reason": "Revoked by user action.",
        **world.ids_of(user),
    }
    told = world.pushes.event(world.app, "auth.user_access_token.revoked_v4", event)
    return {"revoked": len(held), "delivered": told}


# -- switches ---------------------------------------------------------------------------------------------------


def switches(world: World, fields: Json) -> Json:
    """Turn what the documents leave open; answers with how everything stands."""
    known = {one.name for one in dataclasses.fields(world.switches)}
    mine = checked("switches/kernel", {name: value for name, value in fields.items() if name in known})
    shared = {one.name for one in dataclasses.fields(world.calendars.switches)} & known
    world.calendars.switches.change(**{name: v for name, v in fields.items() if name not in known or name in shared})
    for name, value in mine.items():
        setattr(world.switches, name, value)
    return {**dataclasses.asdict(world.switches), **dataclasses.asdict(world.calendars.switches)}


# -- faults -----------------------------------------------------------------------------------------------------


def fault(rules: Contract, fields: Json) -> Fault:
    """A fault to come, checked: a mistyped path would otherwise never fire."""
    method, path = fields["method"].upper(), fields["path"]
    if method != "PUSH" and not any((row.method, row.path) == (method, path) for row in rules.rows.values()):
        raise Wrong(f"no documented call is {method} {path}; path is a template such as /open-apis/im/v1/messages")
    made = Fault(**{"times": 1, **fields, "method": method, "path": path})
    if made.status is None and made.code is None and not (made.delay_ms or made.drop or made.duplicate):
        raise Wrong("say what goes wrong: status, code, delay_ms or drop")
    return made

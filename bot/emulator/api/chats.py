"""Groups: make one, look at it, find it, see who is in."""

from __future__ import annotations

from datetime import timedelta

from bot.emulator.api.im import inside
from bot.emulator.kernel import Call, Json, Refusal, endpoint
from bot.emulator.paging import page
from bot.emulator.state import App, Chat, User

INVALID, UNKNOWN_CHAT, DISSOLVED, OUTSIDE, NO_ABILITY = 232001, 232006, 232009, 232011, 232025
SHORT_NAME, UNKNOWN_USER, RESIGNED, UNNAMED, UNAVAILABLE = 232020, 232030, 232022, 232042, 232043
SAME_UUID = timedelta(hours=10)
QUERY_LIMIT = 64
# What a group looks like before anybody changed its settings.
SETTINGS: Json = {
    "urgent_setting": "all_members",
    "video_conference_setting": "all_members",
    "add_member_permission": "all_members",
    "share_card_permission": "allowed",
    "at_all_permission": "all_members",
    "edit_permission": "all_members",
    "join_message_visibility": "all_members",
    "leave_message_visibility": "all_members",
    "membership_approval": "no_approval_required",
    "moderation_permission": "all_members",
    "hide_member_count_setting": "all_members",
}


def _able(call: Call) -> None:
    if call.caller.kind == "tenant" and not call.world.apps[call.caller.app_id or ""].bot_ability:
        raise Refusal(NO_ABILITY)


def _chat(call: Call) -> Chat:
    _able(call)
    chat = call.world.chats.get(call.params["chat_id"])
    if chat is None:
        raise Refusal(UNKNOWN_CHAT)
    return chat


def _owner(call: Call, chat: Chat) -> Json:
    """A person who owns the group; nothing is said when a bot does."""
    owner = call.world.users.get(chat.owner or "")
    if owner is None:
        return {}
    id_type = call.params.get("user_id_type", "open_id")
    return {"owner_id": owner.id(id_type), "owner_id_type": id_type}


def _avatar(call: Call, chat: Chat) -> str:
    return f"{call.world.base_url}/_emulator/avatar/{chat.chat_id}.svg"


def _settings(chat: Chat) -> Json:
    return {name: chat.options.get(name, default) for name, default in SETTINGS.items()}


def _full(call: Call, chat: Chat) -> Json:
    return {
        "avatar": _avatar(call, chat),
        "name": chat.name,
        "description": chat.description,
        "i18n_names": chat.options.get("i18n_names", {}),
        **_owner(call, chat),
        **_settings(chat),
        "group_message_type": "thread" if chat.thread_style else "chat",
        "chat_mode": chat.mode,
        "chat_type": chat.options.get("chat_type", "private"),
        "chat_tag": chat.tag,
        "external": False,
        "tenant_key": call.world.tenant_key,
    }


@endpoint("im.v1.chat.create")
def create(call: Call) -> Json:
    _able(call)
    if (known := _same(call)) is not None:
        return {"chat_id": known.chat_id, **_full(call, known)}
    body, id_type = _given(call.body), call.params["user_id_type"]
    if body.get("chat_type") == "public" and len(body.get("name", "")) < 2:
        raise Refusal(SHORT_NAME if body.get("name") else UNNAMED)
    owner = _person(call, body["owner_id"], id_type) if body.get("owner_id") else None
    members = [_person(call, one, id_type) for one in body.get("user_id_list", ())]
    people = [user.open_id for user in ([owner] if owner else []) + members]
    app_id = call.caller.app_id or ""
    bots = {app_id, *(app.app_id for app in _bots(call, body))}
    chat = call.world.add_chat(body.get("name") or "", people, apps=bots, owner=owner.open_id if owner else app_id)
    chat.description = body.get("description", "")
    chat.thread_style = body.get("group_message_type") == "thread"
    chat.options = body
    if (key := call.params.get("uuid")) is not None:
        call.world.dedup["chat", app_id, key, body.get("owner_id", "")] = (call.world.clock.now(), chat.chat_id)
    return {"chat_id": chat.chat_id, **_full(call, chat)}


def _same(call: Call) -> Chat | None:
    """The group an earlier call with the same uuid and owner made within ten hours."""
    key = ("chat", call.caller.app_id or "", call.params.get("uuid", ""), call.body.get("owner_id") or "")
    known = call.world.dedup.get(key)
    if known is None or known[0] + SAME_UUID <= call.world.clock.now():
        return None
    return call.world.chats.get(known[1])


def _person(call: Call, some_id: str, id_type: str) -> User:
    user = call.world.person(some_id, id_type)
    if user is None:
        raise Refusal(UNAVAILABLE if some_id else UNKNOWN_USER)
    if user.resigned:
        raise Refusal(RESIGNED)
    return user


def _given(body: Json) -> Json:
    """The fields that say something: null is as good as absent, inside of them too."""
    return {
        name: _given(value) if isinstance(value, dict) else value for name, value in body.items() if value is not None
    }


def _bots(call: Call, body: Json) -> list[App]:
    found = []
    for app_id in body.get("bot_id_list", ()):
        if app_id not in call.world.apps:
            raise Refusal(232021)
        found.append(call.world.apps[app_id])
    return found


@endpoint("im.v1.chat.get")
def get(call: Call) -> Json:
    chat = _chat(call)
    counts = {
        "user_count": str(len(chat.members)),
        "bot_count": str(len(chat.apps)),
        "chat_status": "dissolved" if chat.dissolved else "normal",
    }
    if not inside(call, chat):
        return {"avatar": _avatar(call, chat), "name": chat.name, **counts}
    if chat.mode == "p2p":
        brief = {"chat_mode": "p2p", "external": False, "tenant_key": call.world.tenant_key}
        return {"avatar": _avatar(call, chat), **_owner(call, chat), **brief, **counts}
    return {**_full(call, chat), **counts}


def _groups(call: Call) -> list[Chat]:
    return [chat for chat in call.world.chats.values() if chat.mode == "group" and inside(call, chat)]


def _listed(call: Call, chat: Chat) -> Json:
    return {
        "chat_id": chat.chat_id,
        "avatar": _avatar(call, chat),
        "name": chat.name,
        "description": chat.description,
        **_owner(call, chat),
        "external": False,
        "tenant_key": call.world.tenant_key,
        "chat_status": "dissolved" if chat.dissolved else "normal",
    }


@endpoint("im.v1.chat.list")
def chats(call: Call) -> Json:
    _able(call)
    found = [chat for chat in _groups(call) if not chat.dissolved]
    if call.params["sort_type"] == "ByActiveTimeDesc":
        found.sort(key=lambda chat: _active(call, chat), reverse=True)
    return page(found, call.params, lambda chat: _listed(call, chat), wrong=INVALID)


def _active(call: Call, chat: Chat) -> float:
    last = call.world.messages[chat.messages[-1]].created if chat.messages else chat.created
    return last.timestamp()


@endpoint("im.v1.chat.search")
def search(call: Call) -> Json:
    """By the name of the group or of somebody in it; groups the caller is in, and public ones."""
    _able(call)
    query = call.params.get("query", "").strip('"').casefold()
    if not query or len(query) > QUERY_LIMIT:
        return {"items": [], "page_token": "", "has_more": False}
    public = [one for one in call.world.chats.values() if one.options.get("chat_type") == "public"]
    reachable = {chat.chat_id: chat for chat in [*_groups(call), *public]}
    found = [chat for chat in reachable.values() if any(query in text.casefold() for text in _texts(call, chat))]
    return page(found, call.params, lambda chat: _listed(call, chat), wrong=INVALID)


def _texts(call: Call, chat: Chat) -> list[str]:
    people = [call.world.users[open_id] for open_id in chat.members]
    names = [name for user in people for name in (user.name, user.en_name)]
    return [chat.name, *chat.options.get("i18n_names", {}).values(), *names]


@endpoint("im.v1.chat_members.get")
def members(call: Call) -> Json:
    chat = _chat(call)
    if chat.dissolved:
        raise Refusal(DISSOLVED)
    if not inside(call, chat):
        raise Refusal(OUTSIDE)
    id_type = call.params["member_id_type"]
    people = [call.world.users[open_id] for open_id in chat.members]

    def row(user: User) -> Json:
        return {
            "member_id_type": id_type,
            "member_id": user.id(id_type),
            "name": user.name,
            "tenant_key": call.world.tenant_key,
        }

    return {**page(people, call.params, row, wrong=INVALID), "member_total": len(people)}


@endpoint("im.v1.chat_members.is_in_chat")
def is_in_chat(call: Call) -> Json:
    return {"is_in_chat": inside(call, _chat(call))}

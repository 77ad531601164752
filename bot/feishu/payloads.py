"""The platform's event payloads, one reader per event type. The shapes are those of its event pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec

from bot.feishu.updates import (
    BotAdded,
    CardTapped,
    ChatEntered,
    EventChanged,
    Mention,
    MenuTapped,
    MessageReceived,
    PersonId,
    TokenRevoked,
    Update,
)
from bot.feishu.words import named, plain_text

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Envelope:
    """What every event has, whichever of the two envelopes it came in."""

    event_id: str
    event_type: str
    created: datetime
    token: str
    app_id: str
    tenant_key: str
    event: Json


Reader = Callable[[Envelope, str], Update]


class _Ids(msgspec.Struct):
    open_id: str
    union_id: str | None = None
    user_id: str | None = None

    def person(self) -> PersonId:
        return PersonId(self.open_id, self.union_id or "", self.user_id or "")


class _Mention(msgspec.Struct):
    key: str
    name: str = ""
    id: _Ids | None = None
    mentioned_type: str | None = None


class _Sender(msgspec.Struct):
    sender_id: _Ids
    sender_type: str = "user"
    tenant_key: str | None = None


class _Message(msgspec.Struct):
    message_id: str
    chat_id: str
    chat_type: str
    message_type: str
    create_time: str
    content: str = ""
    root_id: str | None = None
    parent_id: str | None = None
    thread_id: str | None = None
    mentions: list[_Mention] | None = None


class _Received(msgspec.Struct):
    sender: _Sender
    message: _Message


class _Action(msgspec.Struct):
    tag: str = ""
    name: str | None = None
    value: Any = None
    form_value: Json | None = None
    option: str | None = None
    options: list[str] | None = None
    input_value: str | None = None
    checked: bool | None = None
    timezone: str | None = None


class _Context(msgspec.Struct):
    open_message_id: str = ""
    open_chat_id: str = ""


class _Tapped(msgspec.Struct):
    operator: _Ids
    action: _Action
    context: _Context
    token: str = ""


class _Changed(msgspec.Struct):
    calendar_id: str
    user_id_list: list[_Ids] | None = None
    calendar_event_id: str | None = None
    change_type: str | None = None


class _Added(msgspec.Struct):
    chat_id: str
    operator_id: _Ids
    name: str | None = None
    external: bool | None = None


class _Entered(msgspec.Struct):
    chat_id: str
    operator_id: _Ids


class _MenuOperator(msgspec.Struct):
    operator_id: _Ids


class _Menu(msgspec.Struct):
    operator: _MenuOperator
    event_key: str


class _Revoked(msgspec.Struct):
    open_id: str
    union_id: str | None = None
    user_id: str | None = None
    revoke_token_type: str = ""
    revoke_reason: str = ""


def message(envelope: Envelope, bot_open_id: str) -> MessageReceived:
    """``im.message.receive_v1``: the message's own time counts, not the delivery's."""
    found = msgspec.convert(envelope.event, _Received)
    sent = found.message
    people = [(m, _mention(m, bot_open_id)) for m in sent.mentions or []]
    names = {m.key: "" if who.is_bot and _is_us(who, bot_open_id) else f"@{who.name}" for m, who in people}
    return MessageReceived(
        event_id=envelope.event_id,
        message_id=sent.message_id,
        chat_id=sent.chat_id,
        chat_type=sent.chat_type,
        sender=found.sender.sender_id.person(),
        text=named(plain_text(sent.message_type, sent.content), names),
        created=moment(sent.create_time),
        mentions=tuple(who for _, who in people),
        msg_type=sent.message_type,
        root_id=sent.root_id or None,
        parent_id=sent.parent_id or None,
        thread_id=sent.thread_id or None,
        tenant_key=found.sender.tenant_key or envelope.tenant_key,
        from_bot=found.sender.sender_type != "user",
    )


def tap(envelope: Envelope, _: str) -> CardTapped:
    """``card.action.trigger``."""
    found = msgspec.convert(envelope.event, _Tapped)
    action = found.action
    return CardTapped(
        event_id=envelope.event_id,
        operator=found.operator.person(),
        message_id=found.context.open_message_id,
        chat_id=found.context.open_chat_id,
        token=found.token,
        created=envelope.created,
        tag=action.tag,
        name=action.name or "",
        value=_value(action.value),
        form=action.form_value or {},
        option=action.option,
        options=tuple(action.options or ()),
        input_value=action.input_value,
        checked=action.checked,
        timezone=action.timezone or None,
        tenant_key=envelope.tenant_key,
    )


def change(envelope: Envelope, _: str) -> EventChanged:
    """``calendar.calendar.event.changed_v4``."""
    found = msgspec.convert(envelope.event, _Changed)
    return EventChanged(
        event_id=envelope.event_id,
        calendar_id=found.calendar_id,
        people=tuple(ids.person() for ids in found.user_id_list or ()),
        created=envelope.created,
        calendar_event_id=found.calendar_event_id,
        change_type=found.change_type,
    )


def added(envelope: Envelope, _: str) -> BotAdded:
    """``im.chat.member.bot.added_v1``."""
    found = msgspec.convert(envelope.event, _Added)
    return BotAdded(
        event_id=envelope.event_id,
        chat_id=found.chat_id,
        operator=found.operator_id.person(),
        name=found.name or "",
        created=envelope.created,
        external=bool(found.external),
    )


def entered(envelope: Envelope, _: str) -> ChatEntered:
    """``im.chat.access_event.bot_p2p_chat_entered_v1``."""
    found = msgspec.convert(envelope.event, _Entered)
    return ChatEntered(
        event_id=envelope.event_id,
        chat_id=found.chat_id,
        operator=found.operator_id.person(),
        created=envelope.created,
    )


def menu(envelope: Envelope, _: str) -> MenuTapped:
    """``application.bot.menu_v6``."""
    found = msgspec.convert(envelope.event, _Menu)
    return MenuTapped(
        event_id=envelope.event_id,
        event_key=found.event_key,
        operator=found.operator.operator_id.person(),
        created=envelope.created,
    )


def revoked(envelope: Envelope, _: str) -> TokenRevoked:
    """``auth.user_access_token.revoked_v4``."""
    found = msgspec.convert(envelope.event, _Revoked)
    return TokenRevoked(
        event_id=envelope.event_id,
        person=PersonId(found.open_id, found.union_id or "", found.user_id or ""),
        kinds=tuple(found.revoke_token_type.split()),
        reason=found.revoke_reason,
        created=envelope.created,
    )


READERS: dict[str, Reader] = {
    "im.message.receive_v1": message,
    "card.action.trigger": tap,
    "calendar.calendar.event.changed_v4": change,
    "im.chat.member.bot.added_v1": added,
    "im.chat.access_event.bot_p2p_chat_entered_v1": entered,
    "application.bot.menu_v6": menu,
    "auth.user_access_token.revoked_v4": revoked,
}


def _mention(raw: _Mention, bot_open_id: str) -> Mention:
    open_id = raw.id.open_id if raw.id is not None else ""
    is_bot = raw.mentioned_type == "bot" or bool(bot_open_id and open_id == bot_open_id)
    return Mention(raw.name, open_id, is_bot)


def _is_us(who: Mention, bot_open_id: str) -> bool:
    return not bot_open_id or who.open_id == bot_open_id


def _value(raw: Any) -> Json:
    if isinstance(raw, str):  # an old client sends the object as a string
        try:
            raw = msgspec.json.decode(raw)
        except msgspec.DecodeError:
            return {}
    return raw if isinstance(raw, dict) else {}


def moment(raw: object) -> datetime:
    """An instant in seconds, milliseconds or microseconds: the pages disagree, but the magnitude tells them apart."""
    number = float(str(raw))
    if number >= 1e14:
        number /= 1e6
    elif number >= 1e11:
        number /= 1e3
    return datetime.fromtimestamp(number, UTC)

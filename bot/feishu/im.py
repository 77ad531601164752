"""Messages and chats. Every method's page is named in its endpoint; limits are the platform's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import msgspec

from bot.feishu.endpoint import Endpoint
from bot.feishu.identity import APP, Identity
from bot.feishu.paging import pages
from bot.feishu.transport import Caller
from bot.feishu.wire import Answer, Json, Nothing

MAX_CARD_BYTES = 30 * 1024  # also of a rich text; templates count expanded
MAX_TEXT_BYTES = 150 * 1024
MAX_UUID = 50  # characters; the platform remembers one for an hour
MEMBERS_PER_PAGE = 100
PATCHABLE_DAYS = 14
DELAYED_UPDATES = 2  # per tap, within 30 minutes

SEND = ("im:message", "im:message:send_as_bot", "im:message:send")

CREATE = Endpoint(
    name="im.v1.message.create", feature="messages", sdk="im.v1:CreateMessageRequest", scopes=SEND,
    doc="im-v1/message/create",
)  # fmt: skip
REPLY = Endpoint(
    name="im.v1.message.reply", feature="messages", sdk="im.v1:ReplyMessageRequest", scopes=SEND,
    doc="im-v1/message/reply",
)  # fmt: skip
PATCH = Endpoint(
    name="im.v1.message.patch", feature="messages", sdk="im.v1:PatchMessageRequest", repeatable=True,
    scopes=("im:message", "im:message:send_as_bot", "im:message:update"), doc="im-v1/message-card/patch",
)  # fmt: skip
GET = Endpoint(
    name="im.v1.message.get", feature="messages", sdk="im.v1:GetMessageRequest", repeatable=True,
    scopes=("im:message", "im:message:readonly"), doc="im-v1/message/get-message",
)  # fmt: skip
DELETE = Endpoint(
    name="im.v1.message.delete", feature="messages", sdk="im.v1:DeleteMessageRequest", repeatable=True,
    scopes=("im:message", "im:message:recall", "im:message:send_as_bot"), doc="im-v1/message/delete",
)  # fmt: skip
UPDATE_DELAYED = Endpoint(
    name="interactive.v1.card.update", feature="messages", method="POST",
    path="/open-apis/interactive/v1/card/update", tokens=("tenant",),
    scopes=("im:message", "im:message:send_as_bot", "im:message:update"), doc="im-v1/message-card/uMDO1YjLzgTN24yM4UjN",
)  # fmt: skip
CHAT = Endpoint(
    name="im.v1.chat.get", feature="groups", sdk="im.v1:GetChatRequest", repeatable=True,
    scopes=("im:chat", "im:chat:read", "im:chat:readonly"), doc="group/chat/get-chat",
)  # fmt: skip
MEMBERS = Endpoint(
    name="im.v1.chat_members.get", feature="groups", sdk="im.v1:GetChatMembersRequest", repeatable=True,
    scopes=("im:chat", "im:chat:readonly", "im:chat.members:read", "im:chat.group_info:readonly"),
    doc="group/chat-member/get",
)  # fmt: skip


class Sender(Answer, frozen=True):
    """Who sent a message."""

    id: str = ""
    id_type: str = ""
    sender_type: str = ""


class Body(Answer, frozen=True):
    """The content of a message, a JSON document in a string."""

    content: str = ""


class Message(Answer, frozen=True):
    """A message as the platform keeps it."""

    message_id: str
    chat_id: str = ""
    msg_type: str = ""
    root_id: str | None = None
    parent_id: str | None = None
    thread_id: str | None = None
    create_time: str = ""
    update_time: str = ""
    deleted: bool = False
    updated: bool = False
    sender: Sender = msgspec.field(default_factory=Sender)
    body: Body = msgspec.field(default_factory=Body)


class Chat(Answer, frozen=True):
    """A group or a conversation between two."""

    name: str = ""
    description: str = ""
    chat_mode: str = ""  # group, topic or p2p
    chat_type: str = ""
    group_message_type: str = ""
    owner_id: str = ""
    external: bool = False
    tenant_key: str = ""
    user_count: str = ""
    bot_count: str = ""
    chat_status: str = ""

    @property
    def is_group(self) -> bool:
        return self.chat_mode != "p2p"


class Member(Answer, frozen=True):
    """Somebody in a chat; bots are never listed."""

    member_id: str
    name: str = ""
    tenant_key: str = ""

    @property
    def open_id(self) -> str:
        return self.member_id


class _Messages(Answer, frozen=True):
    items: tuple[Message, ...] = ()


class _Members(Answer, frozen=True):
    items: tuple[Member, ...] = ()
    page_token: str = ""
    has_more: bool = False


class Im:
    """Sending, changing and recalling messages; looking at chats."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def create(
        self,
        receive_id: str,
        receive_id_type: str,
        msg_type: str,
        content: Json | str,
        *,
        uuid: str | None,
        as_: Identity = APP,
    ) -> Message:
        """Send a message to a chat or a person. At most one message is sent per ``uuid`` within an hour.

        Cards and rich texts up to 30 KB, texts up to 150 KB; five a second to one person or group.
        """
        body = _without_none(
            receive_id=receive_id, msg_type=msg_type, content=_as_text(content), uuid=_checked_uuid(uuid)
        )
        return await self._caller.call(
            CREATE, Message, body=body, as_=as_, key=uuid, chat=receive_id, receive_id_type=receive_id_type
        )

    async def reply(
        self,
        message_id: str,
        msg_type: str,
        content: Json | str,
        *,
        uuid: str | None,
        in_thread: bool = False,
        chat_id: str | None = None,
        as_: Identity = APP,
    ) -> Message:
        """Answer a message. ``in_thread`` opens a thread on it; what is in a thread already stays there.

        ``chat_id`` lets the rate per chat be kept; without it only answers to the same message wait for each other.
        """
        body = _without_none(
            msg_type=msg_type,
            content=_as_text(content),
            reply_in_thread=in_thread or None,
            uuid=_checked_uuid(uuid),
        )
        return await self._caller.call(
            REPLY, Message, body=body, as_=as_, key=uuid, chat=chat_id or message_id, message_id=message_id
        )

    async def patch(self, message_id: str, card: Json | str, *, as_: Identity = APP) -> None:
        """Replace a card of ours for everybody: within 14 days, five times a second, up to 30 KB."""
        await self._caller.call(
            PATCH, Nothing, body={"content": _as_text(card)}, as_=as_, chat=message_id, message_id=message_id
        )

    async def get(self, message_id: str, *, as_: Identity = APP) -> Message | None:
        """One message; cards come back as they were sent. None when the platform lists nothing."""
        found = await self._caller.call(
            GET, _Messages, as_=as_, message_id=message_id, card_msg_content_type="user_card_content"
        )
        return found.items[0] if found.items else None

    async def delete(self, message_id: str, *, as_: Identity = APP) -> None:
        """Recall a message of ours, within the window the tenant allows."""
        await self._caller.call(DELETE, Nothing, as_=as_, message_id=message_id)

    async def update_card_delayed(self, token: str, card: Json) -> None:
        """Change the tapped card after the tap was answered: 30 minutes, two times, never before the answer."""
        await self._caller.call(UPDATE_DELAYED, Nothing, body={"token": token, "card": card})

    async def chat(self, chat_id: str, *, as_: Identity = APP) -> Chat:
        """A chat's name and kind. Outside a group only its name and avatar are told."""
        return await self._caller.call(CHAT, Chat, as_=as_, chat_id=chat_id)

    async def members(self, chat_id: str, *, as_: Identity = APP) -> AsyncIterator[Member]:
        """Everybody in a chat, page by page; pages may be short or empty while there are more."""
        async for page in pages(
            lambda token: self._caller.call(
                MEMBERS, _Members, as_=as_, chat_id=chat_id, page_size=MEMBERS_PER_PAGE, page_token=token
            )
        ):
            for member in page.items:
                yield member


def _as_text(content: Json | str) -> str:
    return content if isinstance(content, str) else msgspec.json.encode(content).decode()


def _checked_uuid(uuid: str | None) -> str | None:
    if uuid is not None and not 1 <= len(uuid) <= MAX_UUID:
        raise ValueError(f"a uuid has 1 to {MAX_UUID} characters, this one {len(uuid)}")
    return uuid


def _without_none(**fields: Any) -> Json:
    return {name: value for name, value in fields.items() if value is not None}

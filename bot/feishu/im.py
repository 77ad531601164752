"""Messages and chats. Every method's page is named in its endpoint; limits are the platform's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import msgspec

from bot.feishu.chats import Chat, Chats, Member
from bot.feishu.endpoint import Endpoint
from bot.feishu.identity import APP, Identity
from bot.feishu.paging import pages
from bot.feishu.wire import Answer, Json, Nothing

__all__ = ["Body", "Chat", "Im", "Member", "Message", "Sender"]

MAX_CARD_BYTES = 30 * 1024  # also of a rich text; templates count expanded
MAX_TEXT_BYTES = 150 * 1024
MAX_UUID = 50  # characters; the platform remembers one for an hour
MESSAGES_PER_PAGE = 50
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
LIST = Endpoint(
    name="im.v1.message.list", feature="history", sdk="im.v1:ListMessageRequest", repeatable=True,
    scopes=("im:message", "im:message:readonly", "im:message.history:readonly"), doc="im-v1/message/list",
)  # fmt: skip
ONE_PERSON = ("im:message", "im:message:send_as_bot", "im:message:update")
SEND_TO_ONE = Endpoint(
    name="ephemeral.v1.send", feature="cards for one person", method="POST", path="/open-apis/ephemeral/v1/send",
    tokens=("tenant",), scopes=ONE_PERSON, doc="im-v1/message-card/uETOyYjLxkjM24SM5IjN",
)  # fmt: skip
DELETE_FOR_ONE = Endpoint(
    name="ephemeral.v1.delete", feature="cards for one person", method="POST",
    path="/open-apis/ephemeral/v1/delete", tokens=("tenant",), scopes=ONE_PERSON, repeatable=True,
    doc="im-v1/message-card/uITOyYjLykjM24iM5IjN",
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


class _Messages(Answer, frozen=True):
    items: tuple[Message, ...] = ()
    page_token: str = ""
    has_more: bool = False


class Im(Chats):
    """Sending, changing and recalling messages; the chats they go to."""

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

    async def history(
        self, chat_id: str, *, since: datetime | None = None, newest_first: bool = False, as_: Identity = APP
    ) -> AsyncIterator[Message]:
        """The messages of a chat, page by page; of a group only with the scope for all its messages.

        Of a thread only its root is among them. What was recalled keeps its place, with fixed words.
        """
        async for page in pages(
            lambda token: self._caller.call(
                LIST,
                _Messages,
                as_=as_,
                container_id_type="chat",
                container_id=chat_id,
                start_time=str(int(since.timestamp())) if since is not None else None,
                sort_type="ByCreateTimeDesc" if newest_first else "ByCreateTimeAsc",
                page_size=MESSAGES_PER_PAGE,
                page_token=token,
                card_msg_content_type="user_card_content",
            )
        ):
            for message in page.items:
                yield message

    async def send_to_one(self, chat_id: str, open_id: str, card: Json) -> str:
        """A card that one member of an ordinary group sees, while they are online; answers with its message_id.

        Its texts cannot be translated one by one, and it cannot be patched.
        """
        body = {"chat_id": chat_id, "open_id": open_id, "msg_type": "interactive", "card": card}
        return (await self._caller.call(SEND_TO_ONE, Message, body=body, chat=chat_id)).message_id

    async def delete_for_one(self, message_id: str) -> None:
        """Take such a card away without a trace."""
        await self._caller.call(DELETE_FOR_ONE, Nothing, body={"message_id": message_id})


def _as_text(content: Json | str) -> str:
    return content if isinstance(content, str) else msgspec.json.encode(content).decode()


def _checked_uuid(uuid: str | None) -> str | None:
    if uuid is not None and not 1 <= len(uuid) <= MAX_UUID:
        raise ValueError(f"a uuid has 1 to {MAX_UUID} characters, this one {len(uuid)}")
    return uuid


def _without_none(**fields: Any) -> Json:
    return {name: value for name, value in fields.items() if value is not None}

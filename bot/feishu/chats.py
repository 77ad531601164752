"""Groups: looking at them, finding them, who is in them, making one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from bot.feishu.endpoint import Endpoint
from bot.feishu.identity import APP, Identity
from bot.feishu.paging import pages
from bot.feishu.transport import Caller
from bot.feishu.wire import Answer, Json

MEMBERS_PER_PAGE = 100
CHATS_PER_PAGE = 100
MOST_INVITED = 50  # people per call that makes a group
MAX_QUERY = 64  # characters; a longer one finds nothing, without a word

SEEING = ("im:chat", "im:chat:readonly", "im:chat:read", "im:chat.group_info:readonly")

CHAT = Endpoint(
    name="im.v1.chat.get", feature="groups", sdk="im.v1:GetChatRequest", repeatable=True,
    scopes=("im:chat", "im:chat:read", "im:chat:readonly"), doc="group/chat/get-chat",
)  # fmt: skip
MEMBERS = Endpoint(
    name="im.v1.chat_members.get", feature="groups", sdk="im.v1:GetChatMembersRequest", repeatable=True,
    scopes=("im:chat", "im:chat:readonly", "im:chat.members:read", "im:chat.group_info:readonly"),
    doc="group/chat-member/get",
)  # fmt: skip
IS_INSIDE = Endpoint(
    name="im.v1.chat_members.is_in_chat", feature="groups", sdk="im.v1:IsInChatChatMembersRequest", repeatable=True,
    scopes=("im:chat", "im:chat:readonly", "im:chat.members:read", "im:chat.group_info:readonly"),
    doc="group/chat-member/is_in_chat",
)  # fmt: skip
LIST = Endpoint(
    name="im.v1.chat.list", feature="groups", sdk="im.v1:ListChatRequest", repeatable=True, scopes=SEEING,
    doc="group/chat/list",
)  # fmt: skip
SEARCH = Endpoint(
    name="im.v1.chat.search", feature="groups", sdk="im.v1:SearchChatRequest", repeatable=True, scopes=SEEING,
    doc="group/chat/search",
)  # fmt: skip
CREATE_CHAT = Endpoint(
    name="im.v1.chat.create", feature="new groups", sdk="im.v1:CreateChatRequest",
    tokens=("tenant",), scopes=("im:chat", "im:chat:create"), doc="group/chat/create",
)  # fmt: skip


class Chat(Answer, frozen=True):
    """A group or a conversation between two."""

    chat_id: str = ""
    name: str = ""
    description: str = ""
    chat_mode: str = ""  # group, topic or p2p; lists, which hold groups only, leave it out
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


class _Members(Answer, frozen=True):
    items: tuple[Member, ...] = ()
    page_token: str = ""
    has_more: bool = False


class _Chats(Answer, frozen=True):
    items: tuple[Chat, ...] = ()
    page_token: str = ""
    has_more: bool = False


class _Inside(Answer, frozen=True):
    is_in_chat: bool = False


class Chats:
    """The calls about chats."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

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

    async def is_inside(self, chat_id: str, *, as_: Identity = APP) -> bool:
        """Whether the caller is in this chat."""
        return (await self._caller.call(IS_INSIDE, _Inside, as_=as_, chat_id=chat_id)).is_in_chat

    async def chats(self, *, as_: Identity = APP) -> AsyncIterator[Chat]:
        """Every group the caller is in, oldest first; one-to-one chats are not listed."""
        async for page in pages(
            lambda token: self._caller.call(LIST, _Chats, as_=as_, page_size=CHATS_PER_PAGE, page_token=token)
        ):
            for chat in page.items:
                yield chat

    async def search_chats(self, words: str, *, as_: Identity = APP) -> AsyncIterator[Chat]:
        """Groups the caller can see, by the group's name or a member's. Words with a hyphen are sent in quotes."""
        query = f'"{words}"' if "-" in words and not words.startswith('"') else words
        async for page in pages(
            lambda token: self._caller.call(
                SEARCH, _Chats, as_=as_, query=query[:MAX_QUERY], page_size=CHATS_PER_PAGE, page_token=token
            )
        ):
            for chat in page.items:
                yield chat

    async def create_chat(
        self,
        name: str,
        people: Sequence[str],
        *,
        uuid: str | None,
        owner: str | None = None,
        description: str = "",
    ) -> Chat:
        """Make a group of these people and the bot. At most one is made per ``uuid`` and owner within ten hours."""
        if len(people) > MOST_INVITED:
            raise ValueError(f"a group begins with at most {MOST_INVITED} people, these are {len(people)}")
        body: Json = {"name": name, "user_id_list": list(people)}
        body |= {key: value for key, value in (("owner_id", owner), ("description", description)) if value}
        return await self._caller.call(CREATE_CHAT, Chat, body=body, key=uuid, uuid=uuid, user_id_type="open_id")

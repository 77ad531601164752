"""Everything one emulated tenant knows. A world is an ordinary object: two of them never share anything."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from bot.emulator.calendars import Calendars
from bot.emulator.calls import Fault, Limits
from bot.emulator.clock import Clock
from bot.emulator.ids import Ids
from bot.emulator.kernel import Json
from bot.emulator.push import Pushes

TOKEN_LIFE = timedelta(hours=2)
CALLS_KEPT = 20_000


@dataclass(slots=True)
class User:
    """A person of the tenant. The platform shows no time zone and no language: only their own client knows them."""

    open_id: str
    union_id: str
    user_id: str
    name: str
    en_name: str = ""
    email: str = ""
    timezone: str = "Asia/Shanghai"
    language: str = "zh_cn"
    department_ids: list[str] = field(default_factory=lambda: ["0"])
    admin: bool = False
    resigned: bool = False
    in_range: bool = True  # inside the app's availability and contact range

    def ids(self) -> dict[str, str]:
        return {"open_id": self.open_id, "union_id": self.union_id, "user_id": self.user_id}

    def id(self, id_type: str = "open_id") -> str:
        return self.ids()[id_type]


@dataclass(slots=True)
class App:
    """The application under development, with its bot."""

    app_id: str
    app_secret: str
    open_id: str  # the bot's
    name: str = "Daylark"
    encrypt_key: str = ""
    verification_token: str = ""
    transport: Literal["webhook", "longconn"] = "webhook"
    webhook_url: str = ""
    scopes: frozenset[str] = frozenset()
    redirect_uris: set[str] = field(default_factory=set)  # empty: any address is taken as registered
    bot_ability: bool = True
    refresh_allowed: bool = True
    events: set[str] | None = None  # subscribed event types; None means all


@dataclass(slots=True)
class Token:
    """An access or refresh token and whom it stands for."""

    value: str
    kind: Literal["tenant", "app", "user", "refresh"]
    app_id: str
    expires: datetime
    open_id: str | None = None
    scopes: frozenset[str] = frozenset()
    used: bool = False
    consent: datetime | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention inside a message: the placeholder in the text and who it stands for."""

    key: str
    open_id: str
    name: str


@dataclass(slots=True)
class Message:
    message_id: str
    chat_id: str
    sender_id: str  # open_id of a person, app_id of an app
    sender_type: Literal["user", "app"]
    msg_type: str
    content: str
    created: datetime
    updated: datetime
    root_id: str = ""
    parent_id: str = ""
    thread_id: str = ""
    upper_id: str = ""
    mentions: list[Mention] = field(default_factory=list)
    only_for: str | None = None  # the one person who sees an ephemeral card
    recalled: bool = False
    edits: int = 0
    reactions: dict[str, Json] = field(default_factory=dict)
    pin: Json | None = None


@dataclass(slots=True)
class Chat:
    chat_id: str
    name: str
    mode: Literal["group", "p2p"]
    created: datetime
    members: list[str] = field(default_factory=list)  # open_ids of people
    apps: set[str] = field(default_factory=set)  # app_ids of bots inside
    owner: str | None = None
    description: str = ""
    tag: str = "inner"
    thread_style: bool = False
    dissolved: bool = False
    options: Json = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)
    read: dict[str, int] = field(default_factory=dict)  # how many messages each person has seen


@dataclass(slots=True)
class Switches:
    """What the documents leave open outside the calendar; a test may turn any of them."""

    gateway_status: int = 400  # of token and scope errors
    card_updates: int = 2  # how often a tap's token updates the card; one page says 3
    create_time: Literal["ms", "us"] = "ms"  # of events; the overview's sample has microseconds
    short_pages: bool = False  # pages hold half of what was asked for, and say that there is more


class Changes:
    """Tells whoever listens (the page's event stream) what just changed."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Json]] = set()

    def subscribe(self) -> asyncio.Queue[Json]:
        queue: asyncio.Queue[Json] = asyncio.Queue(maxsize=10_000)
        self._listeners.add(queue)
        return queue

    def unsubscribe(self, queue: asyncio.Queue[Json]) -> None:
        self._listeners.discard(queue)

    @property
    def heard(self) -> bool:
        return bool(self._listeners)

    def publish(self, change: Json) -> None:
        for queue in self._listeners:
            if not queue.full():
                queue.put_nowait(change)


class World:
    """One tenant with its people, chats, calendars, and the app that is being tried out."""

    def __init__(self, *, now: datetime | None = None, running: bool = True, name: str = "daylark") -> None:
        self.name = name
        self.started = now  # None: the machine's time
        self.seed: Json = {}
        self.clock = Clock(now, running=running)
        self.ids = Ids(name)
        self.changes = Changes()
        self.pushes = Pushes(self)
        self.apps: dict[str, App] = {}
        self.tokens: dict[str, Token] = {}
        self.base_url = "http://127.0.0.1"
        self.limits = False
        self.tickets: dict[str, str] = {}  # what a long connection is opened with, once → app_id
        self.quiet = False  # while the seed is loaded
        self.clear()

    def clear(self) -> None:
        """Forget people, chats and calendars; the app keeps its credentials, its address and its tokens."""
        self.ids.restart()
        self.tenant_key = self.ids.hex("tenant", 16)
        self.users: dict[str, User] = {}
        self._by_id: dict[tuple[str, str], User] = {}
        self.chats: dict[str, Chat] = {}
        self.messages: dict[str, Message] = {}
        self.p2p: dict[tuple[str, str], str] = {}  # (app_id, open_id) → chat_id
        self.cards: dict[str, tuple[str, datetime, int]] = {}  # callback token → message, expiry, uses left
        self.codes: dict[str, Json] = {}  # OAuth authorization codes
        self.dedup: dict[tuple[str, ...], tuple[datetime, str]] = {}
        self.tokens = {value: token for value, token in self.tokens.items() if token.kind in ("tenant", "app")}
        for token in self.tokens.values():
            token.expires = self.clock.now() + TOKEN_LIFE
        self.calls: deque[Json] = deque(maxlen=CALLS_KEPT)
        self.calls_total = 0
        self.faults: list[Fault] = []
        self.limiter = Limits()
        self.switches = Switches()
        self.calendars = Calendars(self)

    # -- people and apps ------------------------------------------------------------------------------------

    @property
    def app(self) -> App:
        """The app on trial; a world holds exactly one unless a test adds more."""
        return next(iter(self.apps.values()))

    def add_app(self, app: App) -> App:
        self.apps[app.app_id] = app
        return app

    def add_user(self, name: str, **fields: Any) -> User:
        user = User(self.ids.open_id(), self.ids.union_id(), self.ids.user_id(), name, **fields)
        self.users[user.open_id] = user
        for id_type, value in user.ids().items():
            self._by_id[id_type, value] = user
        if user.email:
            self._by_id["email", user.email] = user
        return user

    def person(self, value: str, id_type: str = "open_id") -> User | None:
        """The person behind an open_id, union_id, user_id or e-mail address."""
        return self._by_id.get((id_type, value))

    def ids_of(self, user: User, app: App | None = None) -> dict[str, str]:
        """A person's ids as pushes carry them; the tenant-wide user_id only for apps that may know it."""
        ids = user.ids()
        if "contact:user.employee_id:readonly" not in (app or self.app).scopes:
            del ids["user_id"]
        return ids

    def app_of(self, open_id: str) -> App | None:
        """The app whose bot has this open_id."""
        return next((app for app in self.apps.values() if app.open_id == open_id), None)

    # -- chats ----------------------------------------------------------------------------------------------

    def add_chat(
        self,
        name: str,
        members: Iterable[str],
        *,
        apps: Iterable[str] = (),
        owner: str | None = None,
        tag: str = "inner",
    ) -> Chat:
        chat = Chat(self.ids.chat(), name, "group", self.clock.now(), list(dict.fromkeys(members)), set(apps), owner)
        chat.tag = tag
        self.chats[chat.chat_id] = chat
        self.changed("chat", chat_id=chat.chat_id)
        return chat

    def direct_chat(self, app_id: str, open_id: str) -> Chat:
        """The one-to-one chat of a person and a bot, opened at first use."""
        if (known := self.p2p.get((app_id, open_id))) is not None:
            return self.chats[known]
        name = self.apps[app_id].name
        chat = Chat(self.ids.chat(), name, "p2p", self.clock.now(), [open_id], {app_id}, open_id)
        self.chats[chat.chat_id] = chat
        self.p2p[app_id, open_id] = chat.chat_id
        self.changed("chat", chat_id=chat.chat_id)
        return chat

    # -- telling others -------------------------------------------------------------------------------------

    def push(self, event_type: str, event: Json, *, app_id: str | None = None) -> None:
        """Deliver an event to the app, with the platform's envelope, signature and retries."""
        if not self.quiet:
            self.pushes.event(self.apps[app_id] if app_id else self.app, event_type, event)

    def changed(self, kind: str, **fields: Any) -> None:
        """Tell the page that something it may show is different now."""
        if not self.quiet:
            self.changes.publish({"type": kind, **fields})

    # -- tokens ---------------------------------------------------------------------------------------------

    def token(self, value: str) -> Token | None:
        return self.tokens.get(value)

    def issue(self, token: Token) -> Token:
        self.tokens[token.value] = token
        return token

    def millis(self, when: datetime | None = None) -> str:
        return str(int((when or self.clock.now()).astimezone(UTC).timestamp() * 1000))

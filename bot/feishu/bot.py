"""The bot itself."""

from __future__ import annotations

from bot.feishu.endpoint import Endpoint
from bot.feishu.transport import Caller
from bot.feishu.wire import Answer

INFO = Endpoint(
    name="bot.v3.info.get", feature="bot", method="GET", path="/open-apis/bot/v3/info", tokens=("tenant",),
    repeatable=True, doc="bot-v3/uAjMxEjLwITMx4CMyETM",
)  # fmt: skip


class BotInfo(Answer, frozen=True):
    """Who the bot is; ``open_id`` tells a mention of it from a mention of another bot."""

    open_id: str
    app_name: str = ""
    avatar_url: str = ""
    activate_status: int = 0


class _Info(Answer, frozen=True):
    bot: BotInfo


class Bot:
    """What the platform knows about the bot."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def info(self) -> BotInfo:
        """The bot's own id, name and picture. No scope is needed."""
        return (await self._caller.call(INFO, _Info)).bot

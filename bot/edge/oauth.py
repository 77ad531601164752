"""The two addresses a person's browser visits to log in: out to the platform's page, and back.

https://open.feishu.cn/document/authentication-management/access-token/obtain-oauth-code
"""

from __future__ import annotations

from html import escape
from typing import Protocol

from aiohttp import web

from bot import log
from bot.dispatch.logins import enqueue_begin
from bot.errors import BotError, PlatformError
from bot.i18n import LOCALES, T, render
from bot.store.engine import Engine, StoreUnavailable

KEPT_WITHIN = 3.0  # seconds the page waits for the login to be kept
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
STYLE = (
    ":root{color-scheme:light dark}body{font:17px/1.6 system-ui,sans-serif;max-width:32rem;margin:16vh auto 0;"
    "padding:0 1.5rem}h1{font-size:1.5rem;line-height:1.3}p{margin:.6rem 0}"
)
PAGE = (
    '<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
    '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/oauth/page.css"></head>'
    "<body><main><h1>{title}</h1><p>{text}</p></main></body></html>\n"
)
LANGUAGES = {"en_us": "en", "zh_cn": "zh-CN", "ja_jp": "ja"}
logger = log.get(__name__)


class Ticket(Protocol):
    """Who asked to log in."""

    @property
    def open_id(self) -> str: ...
    @property
    def key(self) -> str: ...


class Logins(Protocol):
    """What is behind these pages; each raises ``BotError`` with what the page has to say."""

    def begin(self, state: str) -> str: ...
    async def redeem(self, state: str, code: str) -> tuple[Ticket, bytes]: ...


class OAuth:
    """``GET /oauth/start`` and ``GET /oauth/callback``."""

    def __init__(self, logins: Logins, engine: Engine) -> None:
        self._logins, self._engine = logins, engine

    def routes(self) -> list[web.RouteDef]:
        """The two addresses, and how their pages look."""
        return [
            web.get("/oauth/start", self.start),
            web.get("/oauth/callback", self.callback),
            web.get("/oauth/page.css", self.style),
        ]

    async def start(self, request: web.Request) -> web.Response:
        """From the button in the chat to the platform's page."""
        try:
            address = self._logins.begin(request.query.get("state", ""))
        except BotError as wrong:
            return _page(request, T(wrong.key, **wrong.values), 400)
        return web.Response(status=302, headers={**HEADERS, "Location": address})

    async def callback(self, request: web.Request) -> web.Response:
        """Back from the platform's page, with a code or a refusal."""
        try:
            await self._log_in(request.query.get("state", ""), request.query.get("code", ""))
        except BotError as wrong:
            return _page(request, T(wrong.key, **wrong.values), 400)
        except (PlatformError, StoreUnavailable) as error:
            logger.error("login_failed", detail=str(error), operator=getattr(error, "operator", ""))
            return _page(request, T("login.failed"), 502)
        return _page(request, T("login.welcome"), 200)

    async def _log_in(self, state: str, code: str) -> None:
        ticket, sealed = await self._logins.redeem(state, code)
        job = await enqueue_begin(self._engine, ticket.key, ticket.open_id, sealed)
        if job is None:
            raise BotError("login.used")
        await self._engine.outcome(job.id, KEPT_WITHIN)
        logger.info("logged_in", person=ticket.open_id)

    async def style(self, request: web.Request) -> web.Response:
        return web.Response(text=STYLE, content_type="text/css", headers={"Cache-Control": "max-age=3600"})


def _page(request: web.Request, said: T, status: int) -> web.Response:
    locale = language(request.headers.get("Accept-Language", ""))
    title = render(T("login.page_title") if status == 200 else T("login.page_problem"), locale)
    text = render(said, locale)
    html = PAGE.format(lang=LANGUAGES[locale], title=escape(title), text=escape(text))
    return web.Response(text=html, status=status, content_type="text/html", headers=HEADERS)


def language(accepted: str) -> str:
    """The best of our languages for an ``Accept-Language`` header; English when it names none of them."""
    known = {tag.partition("_")[0]: tag for tag in LOCALES}
    best, found = 0.0, "en_us"
    for part in accepted.split(","):
        tag, _, weight = part.partition(";")
        locale = known.get(tag.strip().lower()[:2])
        try:
            quality = float(weight.partition("=")[2]) if weight else 1.0
        except ValueError:
            continue
        if locale is not None and best < quality <= 1:
            best, found = quality, locale
    return found

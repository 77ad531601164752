"""The page where a person lets the app act for them: plain links, one per person, no scripts."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from aiohttp import web

from bot.emulator.kernel import Json
from bot.emulator.state import App, User, World

PATH = "/open-apis/authen/v1/authorize"
CHOSEN = "_as"  # who was clicked
MOST_SCOPES = 50
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{app} · log in</title>
<style>body{{font:16px/1.5 system-ui;max-width:34rem;margin:3rem auto;padding:0 1rem}}li{{margin:.4rem 0}}
small{{color:#667}}a{{text-decoration:none}}</style>
<h1>Log in to {app}</h1><p>Who are you? The app asks for: <small>{scopes}</small></p><ul>{people}</ul>
<p><a href="{deny}">Refuse</a></p></html>"""


class Authorize:
    """Issues authorization codes; what becomes of them is told in ``auth``."""

    def __init__(self, world: World) -> None:
        self._world = world

    def add_to(self, app: web.Application) -> None:
        app.router.add_get(PATH, self.answer)

    async def answer(self, request: web.Request) -> web.Response:
        query = dict(request.query)
        app = self._world.apps.get(query.get("client_id") or query.get("app_id", ""))
        trouble = self._trouble(app, query)
        if app is None or trouble is not None:
            return web.Response(text=trouble, status=400, content_type="text/plain")
        if (chosen := query.pop(CHOSEN, None)) is None:
            return self._page(app, query)
        if chosen == "nobody":
            raise web.HTTPFound(_back(query, error="access_denied"))
        user = self._world.users.get(chosen)
        if user is None:
            return web.Response(text=f"no such person: {chosen}", status=400)
        raise web.HTTPFound(_back(query, code=self._code(app, user, query)))

    def _trouble(self, app: App | None, query: Json) -> str | None:
        if app is None:
            return "20048: the app does not exist (client_id)"
        if query.get("response_type", "code") != "code":
            return "20001: response_type must be code"
        redirect = query.get("redirect_uri", "")
        if not redirect.startswith(("http://", "https://")):
            return "20029: redirect_uri is missing or no web address"
        if app.redirect_uris and redirect.split("?")[0].split("#")[0] not in app.redirect_uris:
            return "20029: redirect_uri is not registered in the app's security settings"
        scopes = query.get("scope", "").split()
        if len(scopes) > MOST_SCOPES:
            return f"20001: at most {MOST_SCOPES} scopes at a time"
        if missing := sorted(set(scopes) - app.scopes - {"offline_access"}):
            return f"20027: the app has not enabled {', '.join(missing)}"
        if query.get("code_challenge_method", "plain") not in ("plain", "S256"):
            return "20001: code_challenge_method is S256 or plain"
        return None

    def _page(self, app: App, query: Json) -> web.Response:
        people = "".join(
            f'<li><a href="{_here(query, user.open_id)}">{escape(user.name)}</a> {escape(user.email)}</li>'
            for user in self._world.users.values()
            if not user.resigned
        )
        text = PAGE.format(
            app=escape(app.name),
            scopes=escape(query.get("scope", "") or "basic information"),
            people=people,
            deny=_here(query, "nobody"),
        )
        return web.Response(text=text, content_type="text/html")

    def _code(self, app: App, user: User, query: Json) -> str:
        code = self._world.ids.hex("code")
        asked = frozenset(query.get("scope", "").split())
        earlier = (token.scopes for token in self._world.tokens.values() if token.open_id == user.open_id)
        self._world.codes[code] = {
            "at": self._world.clock.now(),
            "used": False,
            "app_id": app.app_id,
            "open_id": user.open_id,
            "scopes": asked.union(*earlier),  # grants add up over time
            "redirect_uri": query["redirect_uri"],
            "challenge": query.get("code_challenge", ""),
            "method": query.get("code_challenge_method", "plain"),
        }
        return code


def _here(query: Json, chosen: str) -> str:
    return escape(f"{PATH}?{urlencode({**query, CHOSEN: chosen})}")


def _back(query: Json, **answer: str) -> str:
    redirect = query["redirect_uri"]
    if "state" in query:
        answer["state"] = query["state"]
    return f"{redirect}{'&' if '?' in redirect else '?'}{urlencode(answer)}"

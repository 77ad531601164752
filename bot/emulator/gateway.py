"""One platform call from the wire to the answer: route, faults, token, scopes, limits, parameters, endpoint."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from aiohttp import web

from bot.emulator.calls import FREQUENCY, Fault, idempotency_key
from bot.emulator.checks import PAGE_SIZE, Violations
from bot.emulator.contract import Contract, Row, contract
from bot.emulator.envelope import compact
from bot.emulator.kernel import ENDPOINTS, Call, Caller, Json, Refusal
from bot.emulator.state import Token, World

LOG = logging.getLogger("daylark.emulator")
NOT_FOUND, WRONG_METHOD, BAD_REQUEST, INTERNAL = 99991201, 99991301, 9499, 2200
NO_TOKEN, BAD_TENANT_TOKEN, BAD_USER_TOKEN, WRONG_PREFIX, EXPIRED = 99991661, 99991663, 99991668, 99991671, 99991677
APP_SCOPE, USER_SCOPE = 99991672, 99991679
TOKEN_CODES = {NO_TOKEN, BAD_TENANT_TOKEN, BAD_USER_TOKEN, WRONG_PREFIX, EXPIRED, APP_SCOPE, USER_SCOPE}
UNKNOWN_GRANT = 20036
OWN_PAGES = ("calendar.", "vc.")  # these turn the switch themselves
OAUTH = "authen.v2.oauth.token"
TROUBLE = "https://open.feishu.cn/search?from=openapi&code={code}&log_id={log_id}"


@dataclass(slots=True)
class Answer:
    """What goes back, before it is bytes."""

    body: Json
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Trip:
    """One call on its way, with what the log will say about it."""

    method: str
    path: str
    token: str = "none"  # noqa: S105 - its kind
    params: Json = field(default_factory=dict)
    body: Json = field(default_factory=dict)
    row: Row | None = None

    @property
    def template(self) -> str:
        return self.row.path if self.row else self.path


class Gateway:
    """Answers ``/open-apis/…`` for one world."""

    def __init__(self, world: World, rules: Contract | None = None) -> None:
        self.world = world
        self.rules = rules or contract()
        self.last_call = time.monotonic()
        self.in_flight = 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        began = time.perf_counter()
        self.in_flight += 1
        trip = Trip(request.method, request.path)
        try:
            answer, lost = await self._answer(request, trip)
        finally:
            self.in_flight -= 1
            self.last_call = time.monotonic()
        self._log(trip, answer, (time.perf_counter() - began) * 1000)
        if lost and request.transport is not None:
            request.transport.abort()
        return web.Response(
            body=compact(answer.body), status=answer.status, headers=answer.headers, content_type="application/json"
        )

    async def _answer(self, request: web.Request, trip: Trip) -> tuple[Answer, bool]:
        rows, found = self.rules.find(trip.method, trip.path)
        trip.row = rows[0] if rows else None
        trip.params = dict(request.query)  # as sent; the checked ones replace them
        fault = self._fault(trip)
        raw = await request.read()
        answer, is_lost = self._carried_out(request.headers, request.query_string, trip, rows, found, raw, fault)
        if fault is not None and fault.delay_ms:
            await asyncio.sleep(fault.delay_ms / 1000)  # the answer comes late; what was asked is done already
        return answer, is_lost

    def answer(self, method: str, path: str, query: str, headers: Mapping[str, str], raw: bytes) -> Answer:
        """One call that does not come over the wire, and so cannot be lost on it."""
        trip = Trip(method, path)
        rows, found = self.rules.find(method, path)
        trip.row = rows[0] if rows else None
        answer, _ = self._carried_out(headers, query, trip, rows, found, raw, None)
        self._log(trip, answer, 0)
        return answer

    def _carried_out(
        self,
        headers: Mapping[str, str],
        query: str,
        trip: Trip,
        rows: list[Row],
        found: dict[str, str],
        raw: bytes,
        fault: Fault | None,
    ) -> tuple[Answer, bool]:
        """The answer, and whether it gets lost. ``drop`` true loses the call itself, ``"after"`` only the answer."""
        if fault is not None:
            self._note(trip, headers, raw)
        if fault is not None and fault.drop is True:
            return self._failure(trip, Refusal(INTERNAL, http=500)), True
        if fault is not None and (fault.status is not None or fault.code is not None):
            return self._misbehave(trip, fault), False
        try:
            answer = self._call(headers, query, raw, trip, rows, found)
        except Refusal as refusal:
            answer = self._failure(trip, refusal)
        except Exception:
            LOG.exception("%s %s", trip.method, trip.template)
            answer = self._failure(trip, Refusal(INTERNAL, http=500))
        return answer, fault is not None and bool(fault.drop)

    def _call(
        self,
        headers: Mapping[str, str],
        query: str,
        raw: bytes,
        trip: Trip,
        rows: list[Row],
        found: dict[str, str],
    ) -> Answer:
        if not rows:
            raise Refusal(WRONG_METHOD if self.rules.knows(trip.path) else NOT_FOUND, http=404)
        trip.body = _body(raw, headers.get("Content-Type", ""))
        row = trip.row = _choose(rows, trip.body)
        caller = self._caller(row, headers, trip)
        if self.world.limits and (over := self.world.limiter.take(row.name, row.rate_limit, self.world.clock.now())):
            return self._limited(trip, *over)
        violations = Violations()
        trip.params = row.params(found, parse_qsl(query, keep_blank_values=True), violations)
        row.check(trip.body, violations)
        row.refuse(violations)
        if self.world.switches.short_pages and trip.params.get(PAGE_SIZE, 1) > 1 and not row.name.startswith(OWN_PAGES):
            trip.params[PAGE_SIZE] //= 2
        if (function := ENDPOINTS.get(row.name.partition("#")[0])) is None:
            raise Refusal(NOT_FOUND, http=404, msg="resource not find: documented, but not part of this emulator")
        data = function(Call(row.name, self.world, caller, trip.params, trip.body))
        if row.envelope == "flat":
            head: Json = {"code": 0} if row.name.startswith(OAUTH) else {"code": 0, "msg": "ok"}
            return Answer({**head, **data}, headers=self._headers())
        return Answer({"code": 0, "msg": "success", "data": data}, headers=self._headers())

    # -- who is calling -------------------------------------------------------------------------------------

    def _caller(self, row: Row, headers: Mapping[str, str], trip: Trip) -> Caller:
        value = headers.get("Authorization", "").removeprefix("Bearer").strip()
        if not row.tokens:
            return Caller("none")
        if not value:
            raise Refusal(NO_TOKEN)
        if not value.startswith(("t-", "u-", "a-", "eyJ")):
            raise Refusal(WRONG_PREFIX)
        kind = "tenant" if value.startswith(("t-", "a-")) else "user"
        trip.token = kind
        token = self.world.token(value)
        wrong = BAD_TENANT_TOKEN if kind == "tenant" else BAD_USER_TOKEN
        if kind not in row.tokens:
            raise Refusal(BAD_USER_TOKEN if "user" in row.tokens else BAD_TENANT_TOKEN)
        if token is None or token.kind == "refresh":
            raise Refusal(wrong)
        if token.expires <= self.world.clock.now():
            raise Refusal(EXPIRED if kind == "user" else wrong)
        self._scopes(row, token)
        return Caller("tenant" if kind == "tenant" else "user", token.app_id, token.open_id, token.scopes)

    def _scopes(self, row: Row, token: Token) -> None:
        if not row.scopes_any:
            return
        app = self.world.apps[token.app_id]
        if app.scopes.isdisjoint(row.scopes_any):
            raise Refusal(APP_SCOPE, msg=_scope_words(row, "application"), error=_violations(row, app.app_id))
        if token.kind == "user" and token.scopes.isdisjoint(row.scopes_any):
            raise Refusal(USER_SCOPE, error=_violations(row, app.app_id))

    # -- answers --------------------------------------------------------------------------------------------

    def _headers(self) -> dict[str, str]:
        stamp = self.world.clock.now().strftime("%Y%m%d%H%M%S")
        return {"X-Tt-Logid": stamp + self.world.ids.hex("log", 18).upper()}

    def _failure(self, trip: Trip, refusal: Refusal, headers: dict[str, str] | None = None) -> Answer:
        headers = {**self._headers(), **(headers or {})}
        documented = trip.row.errors.get(refusal.code) if trip.row else None
        status = refusal.http or self._status(refusal.code, documented)
        msg = refusal.msg or (documented or {}).get("msg") or self.rules.gateway.get(refusal.code) or "failed"
        if refusal.code == 99992402:
            msg = "field validation failed"
        if trip.row is not None and trip.row.name.startswith(OAUTH):
            body = {"code": refusal.code, "error": _oauth_word(refusal.code), "error_description": msg}
            return Answer(body, status, headers)
        log_id = headers["X-Tt-Logid"]
        error = {"log_id": log_id, "troubleshooter": TROUBLE.format(code=refusal.code, log_id=log_id)}
        return Answer({"code": refusal.code, "msg": msg, "error": {**error, **(refusal.error or {})}}, status, headers)

    def _status(self, code: int, documented: Json | None) -> int:
        if documented is None:
            return self.world.switches.gateway_status if code in TOKEN_CODES else 400
        return documented["http"] or 200

    def _limited(self, trip: Trip, limit: int, wait_s: int) -> Answer:
        headers = {"X-Ogw-Ratelimit-Limit": str(limit), "X-Ogw-Ratelimit-Reset": str(wait_s)}
        return self._failure(trip, Refusal(FREQUENCY, http=429), headers)

    def _fault(self, trip: Trip) -> Fault | None:
        return next((fault for fault in self.world.faults if fault.takes(trip.method, trip.template)), None)

    def _note(self, trip: Trip, headers: Mapping[str, str], raw: bytes) -> None:
        """What the log says of a call that gets no further: the token's kind and the caller's own key."""
        value = headers.get("Authorization", "").removeprefix("Bearer").strip()
        if value:
            trip.token = "tenant" if value.startswith(("t-", "a-")) else "user"
        with contextlib.suppress(Refusal):
            trip.body = _body(raw, headers.get("Content-Type", ""))

    def _misbehave(self, trip: Trip, fault: Fault) -> Answer:
        code = fault.code or (FREQUENCY if fault.status == 429 else INTERNAL)
        if fault.status == 429 or code == FREQUENCY:
            answer = self._limited(trip, 50, 1)
            return Answer({**answer.body, "code": code}, fault.status or 429, answer.headers)
        return self._failure(trip, Refusal(code, http=fault.status))

    def _log(self, trip: Trip, answer: Answer, ms: float) -> None:
        row = {
            "at": self.world.clock.now().isoformat(),
            "method": trip.method,
            "path": trip.template,
            "token": trip.token,
            "status": answer.status,
            "code": answer.body.get("code", 0),
            "idempotency_key": idempotency_key(trip.params, trip.body),
            "ms": round(ms, 3),
        }
        self.world.calls.append(row)
        self.world.calls_total += 1
        self.world.changed("calls", row=row)


def _body(raw: bytes, content_type: str) -> Json:
    if not raw.strip():
        return {}
    if content_type.startswith("application/x-www-form-urlencoded"):
        return dict(parse_qsl(raw.decode(errors="replace")))
    try:
        body = json.loads(raw)
    except ValueError:
        raise Refusal(BAD_REQUEST, http=400) from None
    if body is None:
        return {}
    if not isinstance(body, dict):
        raise Refusal(BAD_REQUEST, http=400)
    return body


def _choose(rows: list[Row], body: Json) -> Row:
    """Of the two OAuth exchanges on one path, the one this body asks for."""
    if len(rows) > 1:
        grant = body.get("grant_type")
        chosen = next((row for row in rows if row.name.endswith(f"#{grant}")), None)
        if chosen is None and grant is not None:
            raise Refusal(UNKNOWN_GRANT)
        return chosen or rows[0]
    return rows[0]


def _scope_words(row: Row, kind: str) -> str:
    return f"Access denied. One of the following scopes is required: [{', '.join(row.scopes_any)}] ({kind} identity)."


def _violations(row: Row, app_id: str) -> Json:
    url = f"https://open.feishu.cn/app/{app_id}/auth?q={','.join(row.scopes_any)}"
    return {
        "permission_violations": [{"type": "action_scope_required", "subject": scope} for scope in row.scopes_any],
        "helps": [{"url": url, "description": "grant the scope, publish the version, or ask the person again"}],
    }


def _oauth_word(code: int) -> str:
    if code in (20002, 20048):
        return "invalid_client"
    if code == 20036:
        return "unsupported_grant_type"
    if code in (20067, 20068):
        return "invalid_scope"
    if code in (20050, 20072):
        return "server_error"
    return "invalid_grant" if code in (20003, 20004, 20024, 20026, 20037, 20064, 20065, 20073) else "invalid_request"

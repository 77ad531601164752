"""One way to call the platform by the contract's names, whichever official SDK does the talking."""

from __future__ import annotations

import asyncio
import importlib
import json
import typing
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from bot.emulator.contract import Row, contract
from tests.emulator.tenant import Json, Tenant
from tests.official import lark_oapi


@dataclass
class Reply:
    """What the SDK handed back."""

    status: int
    code: int
    data: Json
    typed: bool = True  # by a method of the SDK's own, not through its way out for calls it has no method for


@dataclass
class Question:
    """One call, taken apart the way SDKs want it."""

    row: Row
    path: Json
    query: Json
    body: Json | None
    token: str = ""

    @property
    def name(self) -> str:
        return self.row.name.partition("#")[0]

    @property
    def filled(self) -> str:
        """The path with everything in it, for calls without a method."""
        path = self.row.path
        for name, value in self.path.items():
            path = path.replace(f":{name}", str(value))
        return path


@dataclass
class Witness(ABC):
    """An official SDK that calls one tenant's emulator, and what it saw."""

    tenant: Tenant
    answered: set[str] = field(default_factory=set)  # rows that succeeded
    refusals: set[tuple[str, int]] = field(default_factory=set)
    typed: set[str] = field(default_factory=set)  # rows the SDK has a method for

    @abstractmethod
    async def ask(self, question: Question) -> Reply:
        """Make the call with the SDK's own client."""

    async def call(self, row_name: str, body: Json | None = None, *, by: str = "", **params: Any) -> Reply:
        row = contract().rows[row_name]
        inside = {name: value for name, value in params.items() if f":{name}" in row.path}
        query = {name: value for name, value in params.items() if name not in inside}
        reply = await self.ask(Question(row, inside, query, body, self.tenant.token(by) if by else ""))
        if reply.typed:
            self.typed.add(row_name)
        return reply

    async def ok(self, row_name: str, body: Json | None = None, *, by: str = "", **params: Any) -> Json:
        reply = await self.call(row_name, body, by=by, **params)
        assert (reply.code, reply.status) == (0, 200), (row_name, reply)
        self.answered.add(row_name)
        return reply.data

    async def refused(self, code: int, row_name: str, body: Json | None = None, *, by: str = "", **params: Any) -> None:
        """The documented code with the status its page names."""
        reply = await self.call(row_name, body, by=by, **params)
        assert reply.code == code, (row_name, reply)
        documented = contract().rows[row_name].errors.get(code)
        assert documented or code in contract().gateway, f"{row_name} does not document {code}"
        if documented and documented["http"]:
            assert reply.status == documented["http"], (row_name, reply)
        self.refusals.add((row_name, code))

    # What most stories need.

    @property
    def app_calendar(self) -> str:
        return self.tenant.primary()

    async def book(self, by: str = "", **fields: Any) -> str:
        """An event of the caller's, an hour from the tenant's now; its id."""
        start = int(self.tenant.world.clock.now().timestamp()) + fields.pop("hours", 1) * 3600
        body = {"summary": "Sync", "start_time": moment(start), "end_time": moment(start + 3600), **fields}
        made = await self.ok("calendar.v4.calendar_event.create", body, by=by, calendar_id=self.tenant.primary(by))
        return str(made["event"]["event_id"])

    async def invite(self, event_id: str, *people: str, by: str = "") -> None:
        body = {"attendees": [{"type": "user", "user_id": one} for one in people]}
        where = {"calendar_id": self.tenant.primary(by), "event_id": event_id}
        await self.ok("calendar.v4.calendar_event_attendee.create", body, by=by, **where)


def moment(seconds: int) -> Json:
    return {"timestamp": str(seconds), "timezone": "Asia/Shanghai"}


class PythonSdk(Witness):
    """lark-oapi with its request classes, models and transport; the generic request where it has no class."""

    def __init__(self, tenant: Tenant) -> None:
        super().__init__(tenant)
        self.lark = lark_oapi()
        keys = tenant.app
        builder = self.lark.Client.builder().app_id(keys.app_id).app_secret(keys.app_secret)
        self.client = builder.domain(tenant.emulator.base_url).enable_set_token(True).build()

    async def ask(self, question: Question) -> Reply:
        built = self._typed(question)
        request, method = built or (self._bare(question), self.client.request)
        option = self.lark.RequestOption.builder()
        if question.token:
            option = option.user_access_token(question.token)
        answer = await asyncio.to_thread(method, request, option.build())
        wire = json.loads(answer.raw.content)
        decoded = getattr(answer, "data", None)
        data = wire.get("data", wire)
        if decoded is not None and built:
            data = json.loads(self.lark.JSON.marshal(decoded))  # what the SDK's models understood of it
        return Reply(answer.raw.status_code, answer.code or 0, data, typed=built is not None)

    def _typed(self, question: Question) -> tuple[Any, Any] | None:
        service, version, resource, *rest = question.name.split(".")
        action = rest[-1] if rest else ""
        try:
            models = importlib.import_module(f"lark_oapi.api.{service}.{version}")
            builder = getattr(models, f"{pascal(action)}{pascal(resource)}Request").builder()
        except (ImportError, AttributeError):
            return None
        for name, value in {**question.path, **question.query}.items():
            getattr(builder, name)(value)
        if question.body is not None:
            model = typing.get_type_hints(type(builder).request_body)["request_body"]
            builder.request_body(model(question.body))
        holder = getattr(getattr(getattr(self.client, service), version), resource)
        return builder.build(), getattr(holder, action)

    def _bare(self, question: Question) -> Any:
        kinds = {
            "tenant": self.lark.AccessTokenType.TENANT,
            "user": self.lark.AccessTokenType.USER,
        }
        wanted = "user" if question.token else "tenant"
        request = self.lark.BaseRequest.builder().http_method(self.lark.HttpMethod[question.row.method])
        request = request.uri(question.filled).token_types({kinds[wanted]} if question.row.tokens else set())
        pairs = [
            (name, str(one))
            for name, value in question.query.items()
            for one in (value if isinstance(value, list) else [value])
        ]
        request = request.queries(pairs)
        return request.body(question.body).build() if question.body is not None else request.build()


def pascal(words: str) -> str:
    return "".join(part.capitalize() for part in words.split("_"))


def with_query(question: Question) -> str:
    """The path with its query, for a client that only takes an address."""
    return f"{question.filled}?{urlencode(question.query, doseq=True)}" if question.query else question.filled

"""Our declarations beside the platform's contract: paths, token kinds, scopes, parameters and codes."""

from __future__ import annotations

from typing import Any

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl

from bot import errors, resources
from bot.emulator.contract import contract
from bot.errors import PlatformError
from bot.feishu import scopes
from bot.feishu.endpoint import Endpoint
from bot.feishu.errors import CODES, error_for, meaning
from bot.feishu.tables import ENDPOINTS


def row(endpoint: Endpoint) -> Any:
    return contract().rows[endpoint.name]


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda e: e.name)
def test_a_call_goes_where_the_contract_says(endpoint: Endpoint) -> None:
    documented = row(endpoint)
    wanted = {name: f"x-{name}" for name in _path_names(documented.path)}
    request = endpoint.request(wanted)
    path = documented.path
    for name, value in wanted.items():
        path = path.replace(f":{name}", value)
    assert (request.method, request.path) == (documented.method, path)


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda e: e.name)
def test_a_call_takes_the_tokens_the_contract_says(endpoint: Endpoint) -> None:
    wanted = dict.fromkeys(_path_names(row(endpoint).path), "x")
    assert endpoint.request(wanted).tokens == set(row(endpoint).tokens)


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda e: e.name)
def test_a_call_names_the_scopes_the_contract_says(endpoint: Endpoint) -> None:
    assert set(endpoint.scopes) == set(row(endpoint).scopes_any)


def test_a_parameter_the_call_does_not_have_is_found_at_once() -> None:
    with pytest.raises(AttributeError):
        next(e for e in ENDPOINTS if e.name == "im.v1.message.get").request({"message_id": "x", "colour": "red"})


def test_scopes_are_listed_by_what_they_are_for() -> None:
    listed = scopes()
    assert listed["people"] == (("contact:contact.base:readonly",),)
    assert ("calendar:calendar", "calendar:calendar.event:create") in listed["events"]
    assert set(listed) >= {"messages", "groups", "people", "calendars", "availability", "events", "attendees"}


# -- codes ----------------------------------------------------------------------------------------------------


def documented_codes() -> set[int]:
    found: set[int] = set()
    for endpoint in ENDPOINTS:
        found |= set(row(endpoint).errors)
    return found


def test_every_code_our_calls_may_answer_has_a_meaning() -> None:
    assert sorted(documented_codes() - set(CODES)) == []


def test_every_common_code_but_those_of_web_sessions_and_batches_has_a_meaning() -> None:
    sessions = {99991501, 99991503, 99991543, *range(99991611, 99991646), 99991670, 99991674, 99991675}
    sessions |= {99991681, 99991691, 99991692, 99991693}
    batches = {99993201, 99993202, 99993203}
    common = set(contract().gateway) - sessions - batches
    assert sorted(common - set(CODES)) == []


@pytest.mark.parametrize("locale", ["en_us", "zh_cn", "ja_jp"])
def test_every_meaning_can_be_said(locale: str) -> None:
    text = (resources.locales() / locale / "messages.ftl").read_text(encoding="utf-8")
    said = {entry.id.name for entry in FluentParser().parse(text).body if isinstance(entry, ftl.Message)}
    keys = {what.key or what.error.default_key for what in CODES.values()} | {e.default_key for e in _tree()}
    assert sorted(key for key in keys if key.replace(".", "-") not in said) == []


def test_what_an_operator_can_change_is_said_for_everything_about_the_set_up() -> None:
    assert [code for code, what in CODES.items() if what.key == "error.setup" and not what.operator] == []


@pytest.mark.parametrize(
    ("code", "status", "error"),
    [
        (99991400, 400, errors.RateLimited),
        (190004, 429, errors.RateLimited),
        (190010, 429, errors.RateLimited),
        (230020, 400, errors.RateLimited),
        (99991663, 400, errors.TokenExpired),
        (99991672, 400, errors.MissingScope),
        (99991679, 400, errors.NeedsLogin),
        (190008, 400, errors.SyncExpired),
        (193003, 403, errors.Gone),
        (195100, 404, errors.NotFound),
        (424242, 429, errors.RateLimited),
        (424242, 500, errors.PlatformDown),
        (424242, 403, errors.Forbidden),
        (424242, 404, errors.NotFound),
        (424242, 400, errors.InvalidRequest),
    ],
)
def test_codes_become_errors(code: int, status: int, error: type[PlatformError]) -> None:
    assert meaning(code, status).error is error


def test_an_error_says_everything_an_operator_wants_to_know() -> None:
    error = error_for(230002, 400, "The bot can not be outside the group.", api="im.v1.message.create", log_id="2026")
    assert str(error) == "im.v1.message.create 230002 The bot can not be outside the group. (HTTP 400) log 2026"


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    drawn = errors.__doc__ or ""
    for error in [*_tree(), errors.BotError]:
        assert error.__name__ in drawn


def _tree() -> list[type[PlatformError]]:
    found, todo = [], [PlatformError]
    while todo:
        each = todo.pop()
        found.append(each)
        todo += each.__subclasses__()
    return found


def _path_names(path: str) -> list[str]:
    return [part[1:] for part in path.split("/") if part.startswith(":")]

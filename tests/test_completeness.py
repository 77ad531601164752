"""No holes: the platform's calls as documented, as the emulator answers them, and as our gateway makes them."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

from bot.emulator import api
from bot.emulator.api.authorize import PATH as AUTHORIZE_PATH
from bot.emulator.contract import contract
from bot.emulator.kernel import ENDPOINTS as ANSWERED
from bot.feishu.auth import AUTHORIZE_PATH as ASKED_PATH
from bot.feishu.auth import Auth
from bot.feishu.bot import Bot
from bot.feishu.calendar import Calendar
from bot.feishu.calendars import Calendars
from bot.feishu.contact import Contact
from bot.feishu.im import Im
from bot.feishu.meetings import Meetings
from bot.feishu.personal import Personal
from bot.feishu.tables import ENDPOINTS
from bot.feishu.vc import Vc

TESTS = Path(__file__).parent / "feishu"
api.register()
DOCUMENTED = frozenset(contract().rows)
MADE = frozenset(endpoint.name for endpoint in ENDPOINTS)

# A browser opens this page; it is no call. One function answers both ways to get a person's token.
PAGES = {"authen.v1.authorize"}
TOKEN = {"authen.v2.oauth.token#authorization_code", "authen.v2.oauth.token#refresh_token"}
EMULATED = (frozenset(ANSWERED) - {"authen.v2.oauth.token"}) | PAGES | TOKEN

STREAMING = "cards that grow while they are shown; ours are replaced whole"
DECORATION = "for decorating messages; the bot answers with cards"
VIDEO = "books a video meeting without a calendar event; our events bring their own"
NOT_MADE = {
    "auth.v3.app_access_token.internal": "custom apps get one and the same token from the call we make",
    "contact.v3.user.basic_batch": "names only; the call we make tells them as well, with the address",
    "contact.v3.user.get": "one person; the call we make takes fifty",
    "im.v1.message.forward": "the bot writes its own messages",
    "im.v1.message.update": "changes texts; we send cards, which have their own call",
    "im.v1.message_reaction.create": DECORATION,
    "im.v1.message_reaction.delete": DECORATION,
    "im.v1.pin.create": DECORATION,
    "im.v1.pin.delete": DECORATION,
    "im.v1.pin.list": DECORATION,
    "meeting_room.instance.reply": "how another vendor's room system answers for its rooms; we book rooms, we run none",
    "meeting_room.summary.batch_get": "titles of strangers' meetings in a room, which nobody here may see",
    "vc.v1.reserve.apply": VIDEO,
    "vc.v1.reserve.delete": VIDEO,
    "vc.v1.reserve.get": VIDEO,
    "vc.v1.reserve.get_active_meeting": VIDEO,
    "vc.v1.reserve.update": VIDEO,
    "vc.v1.reserve_config_form.get": "the questions of a form only the platform's client can show",
    "vc.v1.room.get": "one room; the call we make takes fifty",
    "vc.v1.room_level.get": "one level; the call we make takes many",
    "vc.v1.room_level.search": "levels by a company's own numbering; we go by name and parent",
}
NOT_EMULATED = {name: STREAMING for name in DOCUMENTED if name.startswith("cardkit.")}

# What must never be left out, whatever reason somebody finds.
CORE = {
    "contact.v3.user.batch", "contact.v3.user.batch_get_id", "contact.v3.user.find_by_department", "search.v1.user",
    "im.v1.message.create", "im.v1.message.reply", "im.v1.message.patch", "im.v1.message.get",
    "im.v1.message.delete", "im.v1.message.list", "interactive.v1.card.update", "ephemeral.v1.send",
    "ephemeral.v1.delete", "im.v1.chat.create", "im.v1.chat.get", "im.v1.chat.list", "im.v1.chat.search",
    "im.v1.chat_members.get", "im.v1.chat_members.is_in_chat", "vc.v1.room.list", "vc.v1.room.mget",
    "vc.v1.room.search", "vc.v1.room_level.list", "vc.v1.room_level.mget", "vc.v1.reserve_config.reserve_scope",
    "meeting_room.freebusy.batch_get", "auth.v3.tenant_access_token.internal", "authen.v1.user_info.get",
    "callback.ws.endpoint", *TOKEN,
}  # fmt: skip
CORE |= {name for name in DOCUMENTED if name.startswith("calendar.v4.")}


def test_the_whole_calendar_is_documented() -> None:
    systems = {name.split(".")[2] for name in DOCUMENTED if name.startswith("calendar.v4.")}
    assert systems == {
        "calendar", "calendar_acl", "calendar_event", "calendar_event_attendee",
        "calendar_event_attendee_chat_member", "calendar_event_meeting_chat", "calendar_event_meeting_minute",
        "exchange_binding", "freebusy", "setting", "timeoff_event",
    }  # fmt: skip


def test_the_core_is_documented_answered_and_made() -> None:
    assert sorted(CORE - DOCUMENTED) == []
    assert sorted(CORE - EMULATED) == []
    assert sorted(CORE - MADE) == []


def test_the_emulator_answers_what_is_documented_and_nothing_else() -> None:
    assert sorted(EMULATED - DOCUMENTED) == []
    assert sorted(DOCUMENTED - EMULATED) == sorted(NOT_EMULATED)


def test_the_gateway_makes_every_call_that_is_not_left_out_for_a_reason() -> None:
    assert sorted(MADE - DOCUMENTED) == []
    assert sorted(DOCUMENTED - MADE - PAGES) == sorted([*NOT_MADE, *NOT_EMULATED])
    assert AUTHORIZE_PATH == ASKED_PATH == contract().rows["authen.v1.authorize"].path


def test_nothing_is_declared_twice() -> None:
    names = [endpoint.name for endpoint in ENDPOINTS]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def methods() -> list[str]:
    """Every call of the gateway by its method's name."""
    found = set()
    for service in (Auth, Bot, Calendar, Calendars, Contact, Im, Meetings, Personal, Vc):
        for name, member in inspect.getmembers(service, inspect.isfunction):
            if not name.startswith("_"):
                found.add(f"{service.__name__}.{member.__name__}")
    return sorted(found)


def called() -> set[str]:
    """The methods that the gateway's tests call."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in TESTS.glob("test_*.py")]
    return {node.attr for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


@pytest.mark.parametrize("method", methods())
def test_every_method_is_tried_against_the_emulator(method: str) -> None:
    assert method.split(".")[1] in called()

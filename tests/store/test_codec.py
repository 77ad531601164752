"""Domain values survive the way to the database and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import msgspec
import pytest

from bot.domain.draft import Busy, Draft, Guest, Reason, Receipt, Slot, Standing, Status
from bot.domain.span import Span
from bot.store.codec import decode, encode

TEN = datetime(2026, 11, 19, 2, tzinfo=UTC)
SPAN = Span(TEN, TEN + timedelta(minutes=30))

FULL = Draft(
    id="d1",
    chat_id="oc_1",
    requester="ou_mei",
    title="方案评审 <b>",
    guests=(Guest("ou_mei", "Mei", organizer=True), Guest("ou_bob", "Bob", optional=True)),
    length=timedelta(minutes=30),
    windows=(SPAN, SPAN.shifted(timedelta(days=1, microseconds=7))),
    zone="Asia/Shanghai",
    status=Status.BOOKED,
    asked=SPAN,
    slots=(
        Slot(
            SPAN,
            "A",
            102.5,
            MappingProxyType({"ou_mei": Standing.FREE, "ou_bob": Standing.UNKNOWN}),
            (Reason("all_free", MappingProxyType({"n": 2})), Reason("busy", {"names": "Bob", "count": 1})),
        ),
    ),
    shown=(SPAN,),
    busy={"ou_mei": (Busy(SPAN, tentative=True),), "ou_bob": None},
    receipts=(Receipt("when", "明天"),),
    chosen=SPAN,
    event_id="e_0",
    joined={"ou_bob": "needs_action"},
    revision=4,
    missing=("when",),
)


def test_a_draft_with_everything_in_it_comes_back_equal() -> None:
    back = decode(encode(FULL), Draft)
    assert back == FULL
    assert isinstance(back.windows[0].start, datetime)
    assert back.windows[0].start.tzinfo is UTC
    assert back.slots[0].standing["ou_bob"] is Standing.UNKNOWN


def test_a_draft_with_nothing_in_it_comes_back_equal() -> None:
    bare = Draft("d", "oc", "ou", "", (), timedelta(hours=1), (), "Asia/Tokyo")
    assert decode(encode(bare), Draft) == bare


def test_plain_values_need_no_type() -> None:
    assert decode(encode({"a": [1, "二", None]})) == {"a": [1, "二", None]}


def test_a_wrong_shape_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        decode(b'{"id": 3}', Draft)


def test_what_has_no_shape_is_refused() -> None:
    with pytest.raises(NotImplementedError, match="object cannot be stored"):
        encode(object())

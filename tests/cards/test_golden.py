"""Every card as it goes out, in all languages, against what was read and found good.

After a wanted change run ``UPDATE_GOLDEN=1 pytest tests/cards/test_golden.py`` and read the difference.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.cards import actions
from bot.cards.kit import MAX_BYTES, Card, plain_text, render, weight
from bot.cards.meeting import meeting_card
from bot.domain.draft import Busy, Guest, Receipt, Slot, Standing
from bot.emulator.card_check import Check
from bot.i18n import LOCALES
from tests.cards.cast import BOOKED, DRAFT, NOW, span
from tests.cards.gallery import GALLERY

GOLDEN = Path(__file__).parent / "golden"


def written(card: Card) -> str:
    """One card as its file has it: what each reader reads, then what the platform gets."""
    page = {"text": {tag: plain_text(card, tag).splitlines() for tag in LOCALES}, "card": render(card)}
    return json.dumps(page, ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("name", GALLERY)
def test_the_card_is_the_one_that_was_reviewed(name: str) -> None:
    path, found = GOLDEN / f"{name}.json", written(GALLERY[name]())
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")


def test_no_golden_file_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(GALLERY)


@pytest.mark.parametrize("name", GALLERY)
def test_the_platform_would_take_it(name: str) -> None:
    card = render(GALLERY[name]())
    assert weight(card) <= MAX_BYTES
    Check(lambda _: True).card(card)


@pytest.mark.parametrize("name", GALLERY)
def test_every_button_means_something(name: str) -> None:
    values = list(_values(render(GALLERY[name]())))
    for value in values:
        assert actions.pack(actions.unpack(value)) == value


@pytest.mark.parametrize("name", GALLERY)
def test_every_button_can_be_called_by_its_id(name: str) -> None:
    """Scripts tap by id: texts differ from reader to reader."""
    for node in _nodes(render(GALLERY[name]())):
        if node.get("tag") in ("button", "select_static"):
            assert node["element_id"], node


@pytest.mark.parametrize("name", GALLERY)
def test_no_gap_is_left_in_any_language(name: str) -> None:
    card = GALLERY[name]()
    for locale in LOCALES:
        text = plain_text(card, locale)
        assert "{" not in text, text
        assert not re.search(r"\b(slots|meeting|help|problem|error|reason|toast|kit|time)\.[a-z_]+\b", text), text


def _values(card: Any) -> Iterator[dict[str, Any]]:
    return (node["value"] for node in _nodes(card) if node.get("type") == "callback")


def _nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for item in node.values():
            yield from _nodes(item)
    elif isinstance(node, list):
        for item in node:
            yield from _nodes(item)


CROWD = tuple(Guest(f"ou_{number:032x}", f"非常に長い名前の参加者 {number} " + "長" * 60) for number in range(200))


def crowded() -> Any:
    """Two hundred people with long names, a title of a thousand characters, everybody's day in pieces."""
    busy = tuple(Busy(span(19, hour, minute, minutes=7)) for hour in range(24) for minute in (0, 20, 40))
    standing = {guest.open_id: list(Standing)[number % 5] for number, guest in enumerate(CROWD)}
    times = [span(19, 9), span(19, 11), span(19, 16)]
    return replace(
        DRAFT,
        title="题" * 1000,
        guests=CROWD,
        requester=CROWD[0].open_id,
        busy={guest.open_id: busy for guest in CROWD},
        receipts=tuple(Receipt("when", "话" * 500) for _ in range(40)),
        asked=times[0],
        slots=tuple(Slot(time, "D", 1.0, standing) for time in times),
    )


def test_a_crowd_still_fits_on_a_card() -> None:
    from bot.cards.ask import ask_people, ask_when
    from bot.cards.availability import availability_card
    from bot.cards.slots import slot_picker

    draft = crowded()
    booked = replace(BOOKED, title=draft.title, guests=CROWD, requester=draft.requester)
    cards = [
        slot_picker(draft, now=NOW),
        ask_when(draft, now=NOW),
        ask_people(draft, candidates=[guest.open_id for guest in CROWD]),
        meeting_card(booked, now=NOW),
        availability_card(
            CROWD,
            draft.busy,
            [span(day, 0, minutes=24 * 60) for day in range(19, 26)],
            [span(day, hour, minutes=30) for day in range(19, 26) for hour in range(9, 18)],
            zone="Asia/Shanghai",
            now=NOW,
        ),
    ]
    for card in cards:
        rendered = render(card)
        Check(lambda _: True).card(rendered)
        assert weight(rendered) <= MAX_BYTES

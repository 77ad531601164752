"""What a sentence known to be about a room wishes for, though it may have no word for one: "put it in Everest"."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.domain.intent import RoomWish
from bot.language.facts import Facts
from bot.language.rooms import number, seats_said

_DAYS = "Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Today|Tomorrow|Tonight|Daylark"
_CALLED_EN = (
    re.compile(r"\b[Rr](?:oom|m) (\d{1,2}\.\d{1,2}[A-Z]?|\d{1,3}[A-Z]|[A-Z]\d{0,3})\b(?! ?[ap]m)"),
    re.compile(rf"\broom: ?(?!(?:{_DAYS}))([A-Z][a-z]+(?: \d{{1,2}})?)\b"),
)
_CALLED_BARE = re.compile(
    r"\b(?:[Ii]s|[Ii]nto|[Ii]n|[Bb]ook|[Rr]eserve|[Gg]rab|[Uu]se|[Gg]et|[Hh]old|[Tt]o|[Dd]oes) (?:the |us )?"
    rf"(?!(?:{_DAYS}|I\b|The\b))([A-Z][a-z]{{2,}}(?: \d{{1,2}}\b(?![:.]))?)(?! (?:[A-Z]|wing|building|office))"
)
_NOT_PLACES = frozenset({"Zoom", "Teams", "Room", "Meet", "English", "Level", "Floor", "Building", "Tower"})
_CALLED_ZH = re.compile(r"(?<![\d.:：/-])(\d{3,4})(?![\d.:：/-]|[点年月日号人块元分个页条])")
_CALLED_JA = re.compile(
    r"(?:(?<=から)|(?<=[、「])|^)([\u4e00-\u9fff\u3041-\u3096\u30a1-\u30fc]{1,6}?の間)(?:に|へ|で|を|は|って)"
    r"|(?<![\u4e00-\u9fff\u30a1-\u30fc])([\u4e00-\u9fff]{2,4}|[\u30a1-\u30fc]{2,8})の(?:部屋|会議室)(?=[、を,は]|って)"
)
_NOT_NAMES_JA = re.compile(r"[人名用付階別他隣次空今明曜午分時間件全各側奥端]|同じ")
_PEOPLE = re.compile(
    r"\b(?:be|are|we're) (\d{1,3})(?= (?:of us|now|people|in total)\b|$)"
    r"|\b(\d{1,2}) of us\b|\bfor (\d{1,2}) (?:bitte|pls|please)\b"
    r"|\bseats? (\d{1,3})\b"
)
_AT_ONCE = re.compile(
    r"现在|马上|立刻|立马|这会儿|立即|\bnow\b|\basap\b|right away|今すぐ|いますぐ|いま|このあとすぐ|すぐに"
)


def at_once(f: Facts) -> bool:
    """Whether a room is wanted there and then."""
    return not f.moments and _AT_ONCE.search(f.text) is not None


def fuller(wish: RoomWish | None, f: Facts) -> RoomWish | None:
    """The wish with the seats and the name that only a sentence about a room can mean."""
    known = wish or RoomWish()
    if known.capacity is None:
        known = replace(known, capacity=_seats(f))
    if known.name is None:
        known = replace(known, name=_name(f))
    return known if known != RoomWish() else wish


def _seats(f: Facts) -> int | None:
    found = _PEOPLE.search(f.text)
    said = next(g for g in found.groups() if g) if found else seats_said(f.text)
    return number(said) if said else None


def _name(f: Facts) -> str | None:
    raw, named = f.line.raw, f.has("room")
    if not named and f.line.quotes:
        return f.line.quotes[0].inner
    patterns = [*_CALLED_EN] if named else [*_CALLED_EN, _CALLED_BARE]
    patterns += [_CALLED_ZH] if "zh" in f.languages and not named else []
    patterns += [_CALLED_JA] if "ja" in f.languages else []
    people = {word for p in f.people for word in p.name.split()}
    for pattern in patterns:
        for found in pattern.finditer(raw):
            name = next(g for g in found.groups() if g)
            if name in people or name.split()[0] in _NOT_PLACES or (pattern is _CALLED_JA and _plain(name)):
                continue
            return name
    return None


def _plain(name: str) -> bool:
    return not name.endswith("の間") and _NOT_NAMES_JA.search(name) is not None

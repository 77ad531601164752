"""What a sentence wishes for in a room: how many seats, which floor, building or name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.intent import RoomWish
from bot.language.cues import Cues
from bot.language.text import Line

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_NUMBER = r"(\d{1,3}|[一二两三四五六七八九十]{1,3})"
_SEATS = re.compile(
    rf"(?:能?坐|容纳|可坐|能装)?得?下?\s?{_NUMBER}\s?(?:来|多)?[个個]?(?:人|名|位)(?:以上|左右|くらい|ぐらい|程度)?"
    r"(?:的|用|间|坐|の|で|が入|入れ)?"
    r"|(?:seats?|fits?|holds?|capacity(?: of)?|cap:?)\s?(\d{1,3})\b"
    r"|\b(\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)[ -]"
    r"(?:people|persons?|ppl|pax|seats?|seater|attendees|guests|of us)\b",
    re.ASCII,
)
_ROOM_FOR = re.compile(
    r"\b(?:rooms?|boardroom|booth|space) (?:for|that (?:seats|fits|holds)|big enough for|to fit) "
    r"(?:about |around |at least |up to )?"
    r"(\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)\b"
    r"(?!\s?(?::|am\b|pm\b|h\b|hours?|hrs?|min|m\b))",
    re.ASCII,
)
_FOR = re.compile(
    r"\bfor (\d{1,2})\b(?!\s?(?:[:%/.-]|am\b|pm\b|h\b|hours?|hrs?|min|m\b|days?|weeks?|o'clock|th\b))", re.ASCII
)
_WORDS = {
    w: n
    for n, w in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}
_WORDS |= {"fifteen": 15, "twenty": 20}
_NTH = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_NTH |= {"top": 99, "ground": 0}
_FLOOR = re.compile(
    r"地下(\d{1,2}|[一二三])[层階楼]|\b(b\d)\s?[层階楼f]?\b"
    r"|(?<![\d号])(\d{1,3}|[一二两三四五六七八九十]{1,3})\s?(?:楼|层|階|f\b|フロア)(?!之间)"
    r"|\bf\s?(\d{1,3})\b|\b(\d{1,3})(?:st|nd|rd|th) floor\b|\b(?:floor|on level|at level)\s?:?\s?([a-z]?\d{1,3})\b"
    r"|\b(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|ground|top) floor\b",
    re.ASCII,
)
_BUILDING = re.compile(
    r"([a-z]|\d{1,2}|[一二三四五六七八九十东南西北主副新老])\s?(?:座|栋|棟|号楼|号館|号馆|号ビル)"
    r"|([东南西北主副新老])楼|(本館|新館|別館|東館|西館|南館|北館)"
    r"|\b(?:building|bldg|tower)\s?:?\s?([a-z]|\d{1,2})\b|\b(?:in|at|of) block ([a-z]|\d{1,2})\b"
    r"|\b(north|south|east|west|main|new|old) (?:building|tower|wing)\b"
    r"|([a-z]|\d{1,2})\s?(?:ビル|タワー)",
    re.ASCII,
)
_NAME_ZH = re.compile(
    r"((?<![月\d])\d{1,2}号(?=会)|[\u4e00-\u9fff]{2,5}|\d{3,4}|[a-z]\d{2,4})(?:号|)会[议議]室|会[议議]室\s?([a-z]?-?\d{2,4}|[a-z](?![a-z]))"
    r"|([\u4e00-\u9fff]{1,4}厅)"
    r"|((?:洽谈室|讨论室|接待室|培训室|活动室|会客室|电话间|教室|直播间|研讨室)(?:[a-z](?![a-z])|\d{1,3})号?)(?![\d点:：人个月号日])"
)
_CHANGED = re.compile(
    r"(?:换|改|调|挪|移|搬)(?:到|成|为|去|在)([\u4e00-\u9fff]{1,5}厅)|"
    r"(?:会[议議]室|地点|房间)(?:改|换|定|调|挪)(?:成|到|为|在|去)([\u4e00-\u9fffa-z0-9]{2,6}?)(?=[吧呢了好行]|[^\u4e00-\u9fffa-z0-9]|$)"
    r"|(?:换|改|挪|移|搬)(?:到|去|在)([a-z]\d{3,4}|\d{1,2}0[1-9])(?:开|吧|$)"
)
_NUMBERED = re.compile(
    r"(?<![\w:.#@%+\u4e00-\u9fff-])([a-z]?-?\d{3,4})(?:房间|号房|房|室|号|)(?![\w:.%年月日人元块分个岁点])", re.ASCII
)
_NAME_EN = re.compile(
    r"\b(?:room|rm\.?)\s([a-z]?-?\d{2,4}[a-z]?)\b|\b(?:room|rm\.?)\s([A-Z][A-Za-z]+)"
    r"|\b([A-Z][A-Za-z]+) (?:[Rr]oom|[Bb]oardroom)\b",
    re.ASCII,
)
_NAME_JA = re.compile(r"([\u4e00-\u9fff\u30a1-\u30fa\u30fcA-Za-z0-9]{1,10})(?:会議室|ルーム)")
_WHOLE_JA = re.compile(
    r"((?:大会議室|応接室|研修室|商談室|面談室|面接室|多目的室|集会室|視聴覚室|カンファレンスルーム)(?:[a-z]|\d{1,2})?)(?![a-z0-9\u4e00-\u9fff])"
    r"|会議室([\u3041-\u3096\u30a1-\u30fc]{2,6}|[\u4e00-\u9fff]{1,4})(?<![てつ])(?=[、,]|って|は|を)"
)
_NO_ROOM = (  # what stands behind "room" and asks for one
    *("book", "find_time", "free", "room_use", "can_you", "want", "give", "move_to", "change", "cancel", "remove"),
    *("add", "add_in", "share", "search", "when_q", "what_q", "undo", "loaded", "need", "me", "yesno", "agree"),
)
_NOT_NAMES = frozenset(
    [
        "会议",
        "个",
        "大",
        "小",
        "间",
        "人",
        "的",
        "空",
        "订",
        "找",
        "有",
        "哪",
        "meeting",
        "conference",
        "a",
        "the",
        "this",
        "that",
        "any",
        "free",
        "huddle",
        "big",
        "small",
        "board",
        "chat",
        "need",
        "book",
        "reserve",
        "find",
        "get",
        "is",
        "can",
        "room",
        "large",
        "quiet",
        "ミーティング",
        "セミナー",
        "トーク",
        "チャット",
        "空き",
        "大",
        "小",
        "中",
        "other",
        "another",
        "which",
        "what",
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *(
            "mon",
            "tue",
            "tues",
            "wed",
            "weds",
            "thu",
            "thur",
            "thurs",
            "fri",
            "sat",
            "sun",
            "today",
            "tomorrow",
            "tonight",
        ),
        *("for", "from", "on", "at", "with", "in", "by", "please", "next", "now", "asap", "and", "to", "or", "i", "we"),
    ]
)
_LEADING = re.compile(
    r"^(?:.*(?:的|个|间|订|定|约|用|在|到|去|把|给|占|换成|换到|点|分|半|天|午|和|有|是|要|找|层|楼|座|栋|问|看|查|下|让|把|与|进|借|抢|挑|选|里|上|定在|改到))+"
)


@dataclass(frozen=True, slots=True)
class Wished:
    wish: RoomWish
    places: tuple[tuple[int, int], ...]


def read_room(line: Line, cues: Cues) -> Wished | None:
    """The room wish of a sentence, if it speaks of a room, a floor, a building or seats."""
    text = line.text
    about_room = cues.any("room")
    floor = _FLOOR.search(text)
    building = _BUILDING.search(text)
    seats = _ROOM_FOR.search(text) or (_SEATS.search(text) if about_room or floor or "cap" in text else None)
    seats = seats or (_FOR.search(text) if about_room else None)
    if not (about_room or floor or building):
        changed = _CHANGED.search(text) if cues.any("move_to", "change") else None
        return _called(line, changed) if changed else _numbered(line) if cues.any("room_use") else None
    places = [m.span() for m in (seats, floor, building) if m]
    places += [(h.start, h.end) for h in cues.of("room")]
    name, place = _name(line, cues) if about_room else (None, None)
    if place:
        places.append(place)
    wish = RoomWish(
        name=name,
        building=_said(building).upper() if building else None,
        floor=_floor(_said(floor)) if floor else None,
        capacity=number(_said(seats)) if seats else None,
    )
    if wish == RoomWish() and not about_room:
        return None
    return Wished(wish, tuple(places))


def seats_said(text: str) -> str | None:
    """The number of people a room is for, in a text that is about one."""
    found = _ROOM_FOR.search(text) or _SEATS.search(text) or _FOR.search(text)
    return _said(found) if found else None


def _numbered(line: Line) -> Wished | None:
    """A room that is called by its number alone: 301明天下午有人用吗."""
    found = _NUMBERED.search(line.text)
    return _called(line, found) if found else None


def _called(line: Line, found: re.Match[str]) -> Wished:
    start, end = found.span(found.lastindex or 0)
    return Wished(RoomWish(name=line.raw[start:end]), ((start, end),))


def _name(line: Line, cues: Cues) -> tuple[str | None, tuple[int, int] | None]:
    for quote in line.quotes:  # 会議室「さくら」
        if any(-1 <= h.start - quote.end <= 1 or -1 <= quote.start - h.end <= 1 for h in cues.of("room")):
            return quote.inner, (quote.start, quote.end)
    for pattern, source in (
        (_CHANGED, line.text),
        (_NAME_ZH, line.text),
        (_NAME_EN, line.raw),
        (_WHOLE_JA, line.text),
        (_NAME_JA, line.text),
    ):
        found = pattern.search(source)
        if found is None:
            continue
        index = next(i for i, g in enumerate(found.groups(), 1) if g)
        start, end = found.span(index)
        name = source[start:end]
        cut = _LEADING.match(name)
        if cut:
            start += cut.end()
            name = source[start:end]
        if (
            not name
            or _ASKED.search(name)
            or (name.lower() in _NOT_NAMES and not (pattern in (_NAME_ZH, _NAME_JA) and name.isascii()))
            or _FLOOR.fullmatch(name.lower())
            or re.fullmatch(r"\d{1,2}人?", name)
        ):
            continue
        if any(
            h.start <= start and end <= h.end
            for h in cues.of("everyone", "kind", "event", "book", "find_time", "noise")
        ):
            continue
        if (
            pattern is _WHOLE_JA
            and found.lastindex == 2
            and any(h.start < end and start < h.end for h in cues.of(*_NO_ROOM))
        ):
            continue  # 会議室お願いします、…
        return line.raw[start:end], (start, found.end())
    return None, None


_ASKED = re.compile(r"[哪空几剩]|什么|有没")


def _said(found: re.Match[str]) -> str:
    return next(g for g in found.groups() if g)


def _floor(said: str) -> str:
    if said in _NTH:
        return str(_NTH[said])
    if "a" <= said[0] <= "z" and said[0] != "b":
        return said[1:] or said
    if said[0] == "b":
        return said.upper()
    n = number(said)
    return str(n) if n is not None else said


def number(said: str) -> int | None:
    """Digits, Chinese numerals up to 99, a few English words."""
    if said.isdecimal():
        return int(said)
    if said in _WORDS:
        return _WORDS[said]
    if "十" in said:
        tens, _, units = said.partition("十")
        return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(units, 0) if units else 0)
    return _DIGITS.get(said)

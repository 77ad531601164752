"""Slash commands: the same slots as in sentences, with short forms for lengths, shifts and wishes."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from difflib import SequenceMatcher

from bot.domain.draft import DEFAULT_LENGTH
from bot.domain.intent import Ask, Intent, RoomWish, Sentence, Window
from bot.domain.timelang.model import Kind
from bot.language.moments import DAY, Moment, later
from bot.language.text import fold
from bot.language.typed import COMMANDS, LENGTH, Typed, blank, head, read, span
from bot.language.when import read_times

__all__ = ["COMMANDS", "head", "nearest", "parse", "read"]

_REPLIES = {
    "accept": "accept", "yes": "accept", "y": "accept", "going": "accept", "ok": "accept", "in": "accept",
    "decline": "decline", "no": "decline", "n": "decline", "out": "decline",
    "maybe": "tentative", "tentative": "tentative", "perhaps": "tentative",
    "参加": "accept", "接受": "accept", "去": "accept", "待定": "tentative", "暂定": "tentative",
    "不参加": "decline", "拒绝": "decline", "不去": "decline",
    "出席": "accept", "承諾": "accept", "欠席": "decline", "辞退": "decline", "未定": "tentative", "仮": "tentative",
}  # fmt: skip


def nearest(name: str, among: Collection[str] = COMMANDS) -> list[str]:
    """The three commands of ``among`` that look most like a mistyped one, likeliest first."""
    name = name.lower().lstrip("/")

    def likeness(known: str) -> float:
        same = SequenceMatcher(None, name, known).ratio()
        return same + (0.2 if known[:1] == name[:1] else 0)

    return sorted(among, key=lambda known: (-likeness(known), known))[:3]


def parse(sentence: Sentence) -> Intent | None:
    """The intent of a slash command, or None if the text is none."""
    text = sentence.text
    for name in sentence.bot_names:
        text = re.sub(rf"^\s*@{re.escape(name)}\s*(?=[/／])", "", text)
    typed = read(text)
    if typed is None:
        return None
    return _complete(typed, sentence)


def _complete(typed: Typed, sentence: Sentence) -> Intent:
    # Commands are filled like sentences; imported late because sentences look for commands first.
    from bot.language.sentence import gather
    from bot.language.slots import fill

    ask = typed.ask
    plain = replace(sentence, text=typed.rest)
    f = gather(plain, command=True)
    if (
        ask is Ask.CREATE
        and f.moments
        and not f.exact
        and f.times.rule is None
        and f.moments[0].best.kind is not Kind.DATE
    ):
        ask = Ask.FIND
    if typed.length is not None:
        f.times.lengths.clear()
    intent = fill(ask, f)
    intent = replace(intent, scope=typed.scope or intent.scope, room=_room(typed, intent.room))
    special = _SPECIAL.get(ask)
    if special is not None:
        intent = special(intent, typed, sentence)
    elif typed.length is not None:
        intent = _with_length(intent, typed.length)
    return intent


def _with_length(intent: Intent, length: timedelta) -> Intent:
    choices = tuple(replace(c, end=later(c.start, length)) for c in intent.choices)
    if (
        intent.start is not None
        and not intent.all_day
        and intent.ask in (Ask.CREATE, Ask.AVAILABILITY, Ask.ROOM, Ask.TIMEOFF)
    ):
        explicit = intent.end is not None and intent.end - intent.start != DEFAULT_LENGTH
        return replace(
            intent, duration=length, end=intent.end if explicit else later(intent.start, length), choices=choices
        )
    return replace(intent, duration=length, choices=choices)


def _room(typed: Typed, wish: RoomWish | None) -> RoomWish | None:
    s = typed.settings
    if not s.keys() & {"floor", "building", "cap", "room"}:
        return wish
    wish = wish or RoomWish()
    cap = re.search(r"\d+", s.get("cap", ""))
    floor = re.sub(r"^[Ff](?=\d)|(?:楼|层|階|[Ff])$", "", s["floor"]) if "floor" in s else wish.floor
    building = re.sub(r"(?:座|栋|棟|号楼|ビル)$", "", s["building"]) if "building" in s else wish.building
    return RoomWish(s.get("room", wish.name), building, floor, int(cap[0]) if cap else wish.capacity)


def _times(text: str, sentence: Sentence) -> list[Moment]:
    return read_times(fold(text), sentence.now, ("zh", "en", "ja"), ask_numeric=False).moments


def _clock(text: str, sentence: Sentence) -> timedelta | None:
    """``10:00`` or ``5pm`` as a time of day."""
    plain = re.fullmatch(r"(\d{1,2})[:：](\d{2})", text.strip())
    if plain:
        return timedelta(hours=int(plain[1]), minutes=int(plain[2]))
    moments = _times(text, sentence)
    if not moments or moments[0].best.start is None:
        return None
    start = moments[0].best.start
    return timedelta(hours=start.hour, minutes=start.minute)


def _find(intent: Intent, typed: Typed, sentence: Sentence) -> Intent:
    """``after:`` and ``before:`` narrow every day that is looked at."""
    lo = _clock(typed.settings["after"], sentence) if "after" in typed.settings else None
    hi = _clock(typed.settings["before"], sentence) if "before" in typed.settings else None
    windows = intent.windows
    if lo is not None or hi is not None:
        if not windows:
            today = _midnight(sentence.now)
            windows = (Window(today, today + 7 * DAY, whole_days=True),)
        windows = tuple(
            w
            for wide in windows
            for w in _narrowed(wide, lo or timedelta(hours=9), hi or timedelta(hours=18), sentence.now)
        )
    return replace(intent, windows=windows, duration=typed.length or intent.duration)


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _narrowed(wide: Window, lo: timedelta, hi: timedelta, now: datetime) -> list[Window]:
    start = wide.start or now
    end = wide.end or start + DAY
    single = end - start <= DAY
    out = []
    day = _midnight(start)
    while day < end:
        if single or day.weekday() < 5:
            first, last = max(_wall(day, lo), start), min(_wall(day, hi), end)
            first = max(first, now)
            if first < last:
                out.append(Window(first, last))
        day += DAY
    return out


def _wall(day: datetime, clock: timedelta) -> datetime:
    return day.replace(hour=0, minute=0) + clock


def _move(intent: Intent, typed: Typed, sentence: Sentence) -> Intent:
    if typed.shift is not None:
        return replace(intent, delta=typed.shift, start=None, end=None, choices=())
    return _with_length(intent, typed.length) if typed.length else intent


def _extend(intent: Intent, typed: Typed, sentence: Sentence) -> Intent:
    if typed.shift is not None:
        return replace(intent, delta=typed.shift, duration=None, end=None)
    if typed.length is not None:
        return replace(intent, duration=typed.length, delta=None, end=None)
    if "until" in typed.settings:
        clock = _clock(typed.settings["until"], sentence)
        if clock is not None:
            day = _midnight(sentence.event.start if sentence.event else sentence.now)
            return replace(intent, end=_wall(day, clock))
    return intent


def _poll(intent: Intent, typed: Typed, sentence: Sentence) -> Intent:
    """Options are parted by ``|``."""
    body = re.sub(r"[\"“][^\"”]*[\"”]", blank, typed.rest)
    windows: list[Window] = []
    day: datetime | None = None
    for option in body.split("|"):
        for m in _times(option, sentence):
            if m.best.start is None:
                continue
            start = m.best.start
            if (
                day is not None
                and m.best.kind is Kind.INSTANT
                and not re.search(r"[^\d:\s.-]", option)
                and "-" not in option
                and "/" not in option
            ):
                start = start.replace(year=day.year, month=day.month, day=day.day)
            day = start
            windows.append(
                Window(start, m.best.end if m.best.kind is Kind.RANGE else None, whole_days=m.best.kind is Kind.DATE)
            )
    end = intent.end
    if "deadline" in typed.settings:
        limits = _times(typed.settings["deadline"], sentence)
        if limits:
            r = limits[0].best
            end = r.start + DAY if r.kind is Kind.DATE and r.start else r.start or r.end
    return replace(intent, windows=tuple(windows) or intent.windows, end=end, duration=typed.length)


def _rsvp(intent: Intent, typed: Typed, sentence: Sentence) -> Intent:
    for word in typed.rest.lower().split():
        if word in _REPLIES:
            return replace(intent, reply=_REPLIES[word], title=_rest_of(intent.title, word))
    return intent


def _rest_of(title: str | None, word: str) -> str | None:
    if title is None:
        return None
    left = " ".join(w for w in title.split() if w.lower() != word)
    return left or None


def _remind(intent: Intent, typed: Typed, sentence: Sentence) -> Intent:
    if intent.start is not None or intent.rrule is not None or intent.delta is not None or intent.choices:
        return intent
    found = LENGTH.search(typed.rest)
    before = span(found[1], found[2]) if found else None
    if before is None:
        return intent
    if sentence.event is not None:
        return replace(intent, delta=-before)
    return replace(intent, start=later(sentence.now, before))


def _settings_of(intent: Intent, typed: Typed, sentence: Sentence) -> Intent:
    words = " ".join(typed.rest.split())
    return replace(intent, title=f"{typed.name} {words}".strip() if typed.name != "settings" else words or None)


def _until(intent: Intent, typed: Typed, sentence: Sentence) -> Intent:
    """``until:12/31`` ends a series."""
    if typed.length is not None:
        intent = _with_length(intent, typed.length)
    if intent.rrule and "until" in typed.settings and "UNTIL" not in intent.rrule and "COUNT" not in intent.rrule:
        limits = _times(typed.settings["until"], sentence)
        if limits and limits[0].best.start is not None:
            last = _midnight(limits[0].best.start) + timedelta(hours=23, minutes=59, seconds=59)
            intent = replace(intent, rrule=f"{intent.rrule};UNTIL={last.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    return intent


_SPECIAL: dict[Ask, Callable[[Intent, Typed, Sentence], Intent]] = {
    Ask.CREATE: _until,
    Ask.FIND: _find,
    Ask.MOVE: _move,
    Ask.EXTEND: _extend,
    Ask.POLL: _poll,
    Ask.RSVP: _rsvp,
    Ask.REMIND: _remind,
    Ask.SETTINGS: _settings_of,
}

"""A command line taken apart: name, settings, lengths, shifts, and what is left to read as words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.intent import Ask
from bot.language.text import fold

COMMANDS: dict[str, Ask] = {
    "meet": Ask.CREATE,
    "find": Ask.FIND,
    "free": Ask.AVAILABILITY,
    "agenda": Ask.AGENDA,
    "gap": Ask.NEXT_GAP,
    "search": Ask.SEARCH,
    "room": Ask.ROOM,
    "move": Ask.MOVE,
    "extend": Ask.EXTEND,
    "cancel": Ask.CANCEL,
    "invite": Ask.INVITE,
    "uninvite": Ask.UNINVITE,
    "rsvp": Ask.RSVP,
    "poll": Ask.POLL,
    "remind": Ask.REMIND,
    "timeoff": Ask.TIMEOFF,
    "chat": Ask.MEETING_CHAT,
    "minutes": Ask.MINUTES,
    "calendars": Ask.CALENDARS,
    "share": Ask.SHARE,
    "subscribe": Ask.SUBSCRIBE,
    "caldav": Ask.CALDAV,
    "exchange": Ask.EXCHANGE,
    "digest": Ask.SETTINGS,
    "settings": Ask.SETTINGS,
    "login": Ask.SETTINGS,
    "logout": Ask.SETTINGS,
    "undo": Ask.UNDO,
    "help": Ask.HELP,
}

_HEAD = re.compile(r"\s*/([A-Za-z][A-Za-z_-]{0,20})(?=\s|$)")

_KEY = re.compile(r"(?<!\S)(floor|cap|capacity|bldg|building|room|after|before|until|deadline|quorum):\s?", re.I)

_FLAG = re.compile(r"(?<!\S)--(this|following|all)(?!\S)", re.I)

_SPAN = r"(?:(\d{1,3}(?:\.\d)?)\s?(?:h|hr|hrs|hours?))?\s?(?:(\d{1,4})\s?(?:m|min|mins|minutes?))?"

LENGTH = re.compile(rf"(?<![\w:/.+-])(?=\d){_SPAN}(?![\w:/])", re.I)

_SHIFT = re.compile(rf"(?<!\S)([+-])(?=\d)(?:(\d{{1,2}})\s?(?:d|days?))?\s?{_SPAN}(?!\S)", re.I)

_WHICH = re.compile(
    r"(?<!\S)(last|this)(?!\s+(?:week|month|year|mon|tue|wed|thu|fri|sat|sun|morning|afternoon|evening|quarter))(?!\S)",
    re.I,
)

_WORDS_KEPT = re.compile(r"(?<!\S)(silent|quiet|please|pls)(?!\S)", re.I)

_MANY_TOKENS = frozenset({"deadline", "until"})


@dataclass(frozen=True, slots=True)
class Typed:
    """A command as typed: its name, its settings, and what is left to read as words."""

    name: str
    ask: Ask
    rest: str
    settings: dict[str, str]
    length: timedelta | None
    shift: timedelta | None
    scope: str | None


def head(text: str) -> str | None:
    """The name after the slash, whether known or not; None for what is no command, such as a file path."""
    found = _HEAD.match(fold(text))
    return found[1].lower() if found else None


def read(text: str) -> Typed | None:
    """Take a command line apart; None if it does not begin with a known command."""
    folded = fold(text)
    found = _HEAD.match(folded)
    ask = COMMANDS.get(found[1]) if found else None
    if found is None or ask is None:
        return None
    start = found.end()
    rest = " " * start + text[start:]
    rest, settings = _settings(rest)
    scope = None
    for flag in _FLAG.finditer(rest):
        scope = flag[1].lower()
    rest = _FLAG.sub(blank, rest)
    shift = None
    for m in _SHIFT.finditer(rest):
        by = timedelta(days=int(m[2] or 0)) + (span(m[3], m[4]) or timedelta())
        shift = -by if m[1] == "-" else by
    rest = _SHIFT.sub(blank, rest)
    length = None
    if ask is not Ask.REMIND:
        for m in LENGTH.finditer(rest):
            if (
                m[0].strip()
                and length is None
                and (m[1] or m[2])
                and not _quoted(rest, m.start())
                and not _in_phrase(rest, m)
            ):
                length = span(m[1], m[2])
                rest = rest[: m.start()] + " " * (m.end() - m.start()) + rest[m.end() :]
    rest = _WORDS_KEPT.sub(blank, _WHICH.sub(blank, rest))
    return Typed(found[1], ask, rest, settings, length, shift, scope)


def _settings(rest: str) -> tuple[str, dict[str, str]]:
    """``floor:F3 cap:8 deadline:11/19 18:00``; values of times may be of several words."""
    settings: dict[str, str] = {}
    out = rest
    found = [m for m in _KEY.finditer(rest) if not _quoted(rest, m.start())]
    for m, after in zip(found, [*found[1:], None], strict=False):
        limit = after.start() if after else len(rest)
        key = m[1].lower()
        if key in _MANY_TOKENS:
            stop = min(
                [
                    limit,
                    *(p for p in (rest.find(c, m.end()) for c in '|"“@') if p >= 0),
                    *(p for p in [rest.find("--", m.end())] if p >= 0),
                ]
            )
        else:
            tail = re.match(r"\"[^\"]*\"|\S*", rest[m.end() : limit])
            stop = m.end() + (tail.end() if tail else 0)
        settings[{"bldg": "building", "capacity": "cap"}.get(key, key)] = rest[m.end() : stop].strip().strip('"')
        out = out[: m.start()] + " " * (stop - m.start()) + out[stop:]
    return out, settings


def blank(m: re.Match[str]) -> str:
    return " " * (m.end() - m.start())


def _quoted(text: str, at: int) -> bool:
    return text[:at].count('"') % 2 == 1 or text[:at].count("“") > text[:at].count("”")


def _in_phrase(text: str, m: re.Match[str]) -> bool:
    """A number of hours or minutes that belongs to a time ("in 45m", "30m ago", "next 2h")."""
    before = text[: m.start()].rstrip().lower()
    after = text[m.end() :].lstrip().lower()
    return before.endswith((" in", " next", " within", " last")) or after.startswith(
        ("ago", "later", "after", "后", "前", "before")
    )


def span(hours: str | None, minutes: str | None) -> timedelta | None:
    if not hours and not minutes:
        return None
    return timedelta(hours=float(hours or 0), minutes=int(minutes or 0))

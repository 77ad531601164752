"""From a text to its time phrases, and to one overall answer."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache

from bot.domain.timelang import en, ja, zh, zones
from bot.domain.timelang.cursor import Cursor, Language
from bot.domain.timelang.lexer import Lexer
from bot.domain.timelang.lexicon import Lexicon
from bot.domain.timelang.model import Kind, Phrase, Reading
from bot.domain.timelang.moments import NEVER_FIRST
from bot.domain.timelang.node import Node
from bot.domain.timelang.nodes import node
from bot.domain.timelang.refine import refined
from bot.domain.timelang.resolve import readings
from bot.domain.timelang.spec import Length, Spec
from bot.domain.timelang.text import Text, normalise
from bot.domain.timelang.times import Now

LANGUAGES = ("zh", "en", "ja")
_LONGEST = 20_000


@lru_cache(maxsize=1)
def _lexer() -> Lexer:
    tables = (zh.WORDS, zh.HOLIDAYS, ja.WORDS, ja.HOLIDAYS, en.WORDS, en.HOLIDAYS, zones.ABBREVIATIONS, zones.PLACES)
    return Lexer(Lexicon(tables))


def _language(source: Text, languages: Sequence[str]) -> Language:
    """The language the doubtful words are read in: kana decide for Japanese, then the order of ``languages``."""
    if source.kana:
        return "ja"
    if not source.han and not any("a" <= char <= "z" for char in source.norm[:80]):
        first = next(iter(languages), "en")  # nothing but figures: 5.10-5.12
        return "zh" if first == "zh" else "ja" if first == "ja" else "en"
    if source.han:
        return "ja" if next((name for name in languages if name in ("zh", "ja")), "zh") == "ja" else "zh"
    return "en"


def _nodes(text: str, languages: Sequence[str]) -> tuple[Text, Cursor, list[Node]]:
    source = normalise(text[:_LONGEST])
    c = Cursor(source, _lexer().tokens(source), _language(source, languages))
    found: list[Node] = []
    i = 0
    while i < c.size:
        if c.tokens[i].tags.keys() <= NEVER_FIRST:
            i += 1
            continue
        phrase = node(c, i)
        if phrase is None or phrase.end <= i:
            i += 1
            continue
        found.append(phrase)
        i = phrase.end
    for item in found:
        if not item.head.has_clock and (wrong := _impossible_clock(c, item.end)) is not None:
            item.shape, item.end = "impossible", wrong
    return source, c, refined(c, found)


def phrases(text: str, now: datetime, *, languages: Sequence[str] = LANGUAGES) -> tuple[Phrase, ...]:
    """Every time phrase of the text, in order."""
    source, c, found = _nodes(text, languages)
    return tuple(_phrase(source, c, item, Now(now)) for item in found)


def _phrase(source: Text, c: Cursor, item: Node, now: Now) -> Phrase:
    start, end = source.place(c.at(item.start).start, c.at(item.end - 1).end)
    return Phrase(start, end, readings(item, now), item.role)


_WEIGHTS = {"instead": 50, "or": -1, "except": -1000, "lead": -25, "delta": -25, "day": -60}


def _weight(c: Cursor, item: Node) -> int:
    """How much a phrase says about when the thing itself is; quoted titles say little."""
    spec = item.head
    if item.shape == "length":
        weight = 10
    elif spec.repeats:
        weight = 80
    elif spec.now and item.shape == "moment":
        weight = 20
    else:
        clock = spec.has_clock or (item.b is not None and item.b.has_clock)
        dayed = spec.has_day or (item.b is not None and item.b.has_day)
        topic = 5 if spec.hol and item.shape == "moment" and not clock else 0  # 双十二方案周一评审
        weight = 30 + 20 * clock + 10 * dayed + 5 * (spec.part is not None) + 5 * (item.shape == "range") - topic
    if c.text(item.start - 1) in ("「", "《", "『", "“", '"'):
        weight -= 25
    return weight + _WEIGHTS.get(item.role or "", 0)


def read(text: str, now: datetime, *, languages: Sequence[str] = LANGUAGES) -> tuple[Reading, ...]:
    """What the text as a whole says about when, best first; never empty."""
    if not text.strip():
        return (Reading(Kind.NONE, reason="empty"),)
    _, c, found = _nodes(text, languages)
    told = Now(now)
    wanted = [item for item in found if item.role != "except"]
    if not wanted:
        return (Reading(Kind.NONE, reason="impossible" if _broken_clock(c) else "empty"),)
    if any(item.shape == "impossible" for item in wanted):
        return (Reading(Kind.NONE, reason="impossible"),)
    if _contradicts(wanted):
        return (Reading(Kind.NONE, reason="contradiction"),)
    _without(found)
    main = max(wanted, key=lambda item: _weight(c, item))
    lasting = next(
        (item for item in wanted if item.shape == "length" and item is not main and item.role == "length"), None
    )
    if lasting is not None and _starts(c, main, lasting):
        main, lasting = replace(main, shape="lasting", length=lasting.length), None
    answer = list(readings(main, told))
    if lasting is not None:
        answer = [
            replace(reading, duration=timedelta(seconds=(lasting.length or Length()).total))
            if reading.kind is not Kind.NONE
            else reading
            for reading in answer
        ]
    excluded = tuple(
        (reading.start, reading.end or reading.start + timedelta(days=1))
        for item in found
        if item.role == "except"
        for reading in readings(item, told)[:1]
        if reading.start is not None
    )
    if excluded:
        answer = [replace(reading, excluded=excluded) for reading in answer]
    for item in wanted:
        if item.role == "or" and item is not main:
            answer += readings(item, told)[:1]
    return tuple(answer)


def _starts(c: Cursor, main: Node, lasting: Node) -> bool:
    """三点开始培训，两小时; 18時半スタートで2時間: from then, so long."""
    timed = main.shape == "moment" and main.role == "from" and main.head.has_clock and not main.head.repeats
    if not timed or not 0 <= lasting.start - main.end <= _NEAR:
        return False
    return not any(c.text(i) in _APART or c.has(i, "every") for i in range(main.end, lasting.start))


_NEAR = 8
_APART = frozenset(".!?。;\n")


def _without(found: list[Node]) -> None:
    """every weekday except Wednesday: the rule loses the day."""
    rule = next((item.head for item in found if item.head.repeats and item.role is None), None)
    gone = {day for item in found if item.role == "except" for day in _days_of_week(item.head)}
    if rule is None or not gone:
        return
    days = rule.wds or (tuple(range(5)) if rule.weekdays else tuple(range(7)) if rule.freq == "DAILY" else ())
    left = tuple(day for day in days if day not in gone)
    if left:
        rule.wds, rule.weekdays = left, None
        rule.freq = "WEEKLY"


def _days_of_week(spec: Spec) -> tuple[int, ...]:
    return spec.wds or ((5, 6) if spec.weekend else ())


def _broken_clock(c: Cursor) -> bool:
    return (
        any("hms" in token.tags and (token.tags["hms"][1] > 59 or token.tags["hms"][0] > 29) for token in c.tokens)
        and c.size <= 3
    )


def _impossible_clock(c: Cursor, i: int) -> int | None:
    """明天25点61分, tomorrow at 13:75: where an hour that no clock shows ends, right behind a day."""
    i = c.skip(i, "fill", most=1)
    if "hms" in c.tags(i):
        hour, minute, _ = c.tags(i)["hms"]
        return i + 1 if hour > 30 or minute > 59 else None
    minutes = c.num(i + 2)
    if c.num(i) is None or c.text(i + 1) not in ("点", "时") or not c.glued(i + 1):
        return None
    return i + 4 if minutes is not None and minutes > 59 and c.text(i + 3) == "分" else None


def _contradicts(found: list[Node]) -> bool:
    """Two days side by side that cannot both hold: yesterday next week."""
    for first, second in itertools.pairwise(found):
        if (
            second.start != first.end
            or first.shape != "moment"
            or second.shape != "moment"
            or second.role
            or first.role
        ):
            continue
        a, b = first.head, second.head
        if (a.doff is not None and (b.woff is not None or b.moff is not None)) or (
            b.doff is not None and (a.woff is not None or a.moff is not None)
        ):
            return True
    return False

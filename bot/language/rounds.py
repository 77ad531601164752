"""How often something that repeats takes place: "8 sessions in total", "x4", "five weekly calls", "for 6 weeks"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.domain.timelang.model import Kind, Phrase, Reading
from bot.language.moments import DAY, Times

_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_N = rf"(?P<n>\d{{1,2}}|{'|'.join(_WORDS)})"
_THINGS = (
    "sessions|lessons|classes|meetings|rounds|occurrences|occurences|times|editions|iterations|instances|dates|calls|"
    "workshops|installments|runs|slots|of them|of these"
)
_ALL = r"(?: (?:in total|total|in all|all told|altogether|all together|overall|all up|tops|max))?"
_LEAD = (
    r"(?:\b(?:(?:stop|stops|stopping|end|ends|ending|finish|finishing|done) after|a total of|total of|in total|total:?|"
    r"just|only|for|repeat|repeats|repeating|let's do|we'll do|there are|there will be|make it|"
    r"a (?:run|series|set) of) )*"
)
_ROUNDS = re.compile(
    rf"{_LEAD}(?<![\d:./-])\b{_N} (?:{_THINGS})\b{_ALL}(?! (?:a|per|each|every)\b)"
    rf"|\b{_N.replace('<n>', '<x>')} ?x\b(?! \d)|\bx ?(?P<y>\d{{1,2}})\b"
    rf"|\b(?:stop|stops|end|ends) after {_N.replace('<n>', '<z>')}\b(?! \w)"
)
_EACH = re.compile(
    rf"{_LEAD}(?<![\d:./-])\b{_N}"
    rf"(?= (?:weekly|biweekly|bi-weekly|fortnightly|daily|monthly)(?: [a-z0-9-]+){{0,4}} (?:{_THINGS})\b)"
)
_FOR = re.compile(rf"\bfor (?:the )?(?:next |first |coming |following |another )?{_N} (?P<unit>days|weeks)\b")


def with_rounds(times: Times, words: str) -> None:
    """Put the number of rounds into the rule of a sentence that says one."""
    if times.rule is None:
        return
    found = _EACH.search(words) or _ROUNDS.search(words)
    if found is not None:
        rounds = number(next(v for v in found.groups() if v))
        _limit(times, found.span(), lambda r: _counted(r, rounds))
        return
    found = _FOR.search(words)
    if found is not None:
        span = timedelta(days=number(found["n"]) * (7 if found["unit"] == "weeks" else 1))
        _limit(times, found.span(), lambda r: _lasting(r, span))


def number(said: str) -> int:
    return int(said) if said.isdigit() else _WORDS.index(said) + 2


def _limit(times: Times, span: tuple[int, int], change: Callable[[Reading], Reading]) -> None:
    assert times.rule is not None
    times.rule = replace(times.rule, readings=tuple(change(r) for r in times.rule.readings))
    times.phrases = (*times.phrases, Phrase(*span, (Reading(Kind.NONE),), "limit"))


def _counted(r: Reading, rounds: int) -> Reading:
    """A number that was understood already stays."""
    if r.rrule is None or "COUNT" in r.rrule or "UNTIL" in r.rrule:
        return r
    return replace(r, rrule=f"{r.rrule};COUNT={rounds}")


def _lasting(r: Reading, span: timedelta) -> Reading:
    """So many days or weeks of a rule, from its first day on; ``end`` is that of the first round, never of the last."""
    rule = r.rrule
    start = r.start
    if rule is None or start is None or "COUNT" in rule or "UNTIL" in rule:
        return r
    if r.end is not None and r.end - start >= DAY:
        r = replace(r, end=None)
    if rule == "FREQ=DAILY":
        return replace(r, rrule=f"{rule};COUNT={span // DAY}")
    once_a_week = rule.startswith("FREQ=WEEKLY;BYDAY=") and "," not in rule
    if once_a_week and span >= 7 * DAY:
        return replace(r, rrule=f"{rule};COUNT={span // (7 * DAY)}")
    last = start.date() + span - DAY
    return replace(r, rrule=f"{rule};UNTIL={last:%Y%m%d}")

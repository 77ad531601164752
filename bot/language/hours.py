"""Hours as English chats put them, rewritten in place as the time language knows them: same length, same meaning."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from bot.domain.timelang.model import Kind, Reading
from bot.language.moments import Moment

_DAYS = (
    r"today|tomorrow|tmrw|tmr|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|mon|tues?|weds?|thur?s?|fri|sat|sun"
)
_HOURS = {
    name: hour
    for hour, name in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
}
_HINT = re.compile(r"\d|half|2moro|hour and")  # most sentences hold none of these: asked once
_FOR = re.compile(rf"\bfor (\d{{1,2}}(?:[:.]\d\d)?)(?= (?:{_DAYS})\b)")
_DO = re.compile(rf"\b(do|say|for) (\d{{1,2}})(?= (?:on )(?:{_DAYS})\b)")
_FIRST = re.compile(rf"\b(would|will|does|is|say|about|around|maybe|the) (\d{{1,2}}) ({_DAYS})\b")
_HALF = re.compile(
    rf"(?<!and a )(?<!first )(?<!second )\bhalf (1[0-2]|[1-9]|{'|'.join(_HOURS)})(?= (?:{_DAYS})\b| ?[,.?!]|$)"
)
_AND_HALF = re.compile(r"(?<!an )(?<!one )(?<![\d.] )\bhour and (?:a half|half)\b")
_HOUR = re.compile(
    r"(?<!half )(?<!an )(?<!one )(?<!per )(?<!happy )(?<!office )(?<!rush )(?<!quarter )(?<!\d )(?<!\d\d )"
    r"\bhour(?= ?(?:with\b|w/|w\b))|(?<=\bfree )hour\b|(?<=\bspare )hour\b|(?<=\bclear )hour\b"
)
_THEN_LENGTH = re.compile(r"\b(in \d{1,2} ?(?:hours?|hrs?|h)),(?= \d{1,2} ?(?:min|m\b))")
_PART = re.compile(r" ?(am|pm)\b")


def plain_hours(words: str) -> str:
    """ "For 3 tomorrow" -> "at  3 tomorrow", "2moro" -> "tmrw ", "w/ Ann" -> ",  Ann": nothing moves."""
    if "hour" in words:
        words = _HOUR.sub("1 hr", words)
    words = words.replace("w/", ", ")
    if not _HINT.search(words):
        return words
    words = words.replace("2moro ", "tmrw  ")
    words = _FOR.sub(lambda m: f"at  {m[1]}", words)
    words = _DO.sub(lambda m: f"{'at'.ljust(len(m[1]))} {m[2]}", words)
    words = _FIRST.sub(lambda m: f"{m[1]} {m[3]} {m[2]}", words)
    words = _HALF.sub(_half_past, words)
    words = _AND_HALF.sub(lambda m: "90 minutes".ljust(len(m[0])), words)
    return _THEN_LENGTH.sub(lambda m: f"{m[1]};", words)


def _half_past(m: re.Match[str]) -> str:
    return f"{_HOURS.get(m[1]) or m[1]}:30".ljust(len(m[0]))


def half_day(m: Moment, text: str) -> Moment:
    """A day with "am" or "pm" alone behind it is its morning or its afternoon."""
    r = m.best
    found = _PART.match(text, m.end) if r.kind is Kind.DATE and r.start is not None else None
    if found is None:
        return m
    part, begin, end = ("morning", 8, 12) if found[1] == "am" else ("afternoon", 12, 18)
    place = (m.start, found.end())
    return replace(m, end=found.end(), spans=(place,), readings=tuple(_part(x, part, begin, end) for x in m.readings))


def _part(r: Reading, part: str, begin: int, end: int) -> Reading:
    if r.start is None:
        return r
    day = r.start.replace(hour=0, minute=0)
    start, stop = day + timedelta(hours=begin), day + timedelta(hours=end)
    return replace(r, kind=Kind.RANGE, start=start, end=stop, daypart=part, whole_days=False)

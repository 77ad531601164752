"""Hours as English chats put them, rewritten in place as the time language knows them: same length, same meaning."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.timelang.model import Kind, Part, Reading
from bot.language.moments import Moment
from bot.language.text import blanked

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
_HINT = re.compile(r"\d|half|2moro|hour and|all [mae]|thru|n off ")  # most sentences hold none of these: asked once
_FOR = re.compile(rf"\b(?:for|on) (\d{{1,2}}(?:[:.]\d\d)?)(?= (?:{_DAYS})\b)")
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
_THEN_LENGTH = re.compile(r"\b(in \d{1,2} ?(?:hours?|hrs?|h|minutes?|mins?)),(?= \d{1,2} ?(?:min|m\b|h\b|hour))")
_WHEN_IT_IS = re.compile(r"\b(?:when|once) it(?:'s| is) (?=\d|half|quarter|noon)")
_ALL = re.compile(r"\ball(?= (?:morning|afternoon|evening)\b)")
_SHOWN = re.compile(r"\b(me|us) thr(?:u|ough)\b")
_PART_OFF = re.compile(rf"\b(afternoon) off (?:on )?({_DAYS})\b")
_DOT = re.compile(
    r"(?:(?<=\b(?:at|to|by) )|(?<=\bfrom )|(?<=\bblock ))(1[0-2]|[1-9])\.([0-5]\d)(?![\d.%])(?! ?(?:%|k\b|m\b))"
)
_COLON = re.compile(r"(?<=\d):(?= )")  # "Dec 15: stocktake"
_NOT_AFTER = re.compile(r"\bnot (?:after|later than) (?=\d|noon)")
_LENGTH_AFTER = re.compile(r"(?<=[sdnykh]),(?= (?:an?|\d+|half|one|two) ?(?:h|hrs?|hours?|m|mins?|minutes?|an hour)\b)")
_ONE_MORE = re.compile(r"\b(?:an extra|an additional|another|one more|one extra) hour\b")
_PART_APART = re.compile(r", (?:ideally |preferably |maybe |pref )?(?:late|early|mid)[ -](morning|afternoon|evening)\b")
_DOTTED = re.compile(
    r"(?<![\w.])(\d{1,2})\.([0-5]\d)(?= ?(?:[-–—]|to|till|until) ?\d{1,2}\b)|(?<=\d[-–—])(\d{1,2})\.([0-5]\d)\b"
)
_STOP = re.compile(r"\.(?= \d{1,3} ?(?:m|h|mins?|minutes?|hours?|hrs?)\b)")  # "4pm Friday. 20 minutes."
_FOUR_DIGITS = re.compile(r"\b([01]\d[0-5]\d) (?:to|till|til|until) ((?:[01]\d|2[0-3])[0-5]\d)\b")
_ALARM = re.compile(r"\b(alarm|reminder|timer) for (\d{1,2}(?:[:.]\d\d)?)(?= to\b| ?[,.!]|$)")
_BETWEEN_DAYS = re.compile(
    r"\bbetween (the \d{1,2}(?:st|nd|rd|th)) and ((?:the )?\d{1,2}(?:st|nd|rd|th))\b"
    r"(?! (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
)
_END_OF_DAY = re.compile(r"\b(?:before|by) (?:the )?(?:end of (?:the |play )?(?:day|play)|close of (?:the )?play)\b")
_NOT_SO_LONG = re.compile(
    r"\b(?:rather than|instead of) (?:an? |\d{1,3} ?|half an |one |two )(?:hours?|hrs?|h|mins?|minutes?|m)\b"
)
_NAME_OF = re.compile(  # followed by a noun, a time is the beginning of a name: "Q2 forecast", "xmas party"
    r"\b(?:q[1-4]|h[12]|xmas|christmas|thanksgiving|halloween|easter|diwali|black friday|new year'?s?)"
    r"(?= (?!eve\b|days?\b|weeks?\b|weekends?\b|mornings?\b|afternoons?\b|evenings?\b|nights?\b|breaks?\b|holidays?\b"
    r"|periods?\b|seasons?\b|times?\b|at\b|on\b|in\b|by\b|and\b|or\b|for\b|from\b|to\b|till\b|until\b|with\b|w\b"
    r"|works?\b|is\b|are\b|if\b|please\b|pls\b|then\b|this\b|next\b|last\b|after\b|before\b|between\b|instead\b"
    r"|ok\b|okay\b|good\b|fine\b|would\b|can\b|could\b|should\b|we\b|i\b|the\b|a\b|an\b|my\b|our\b|of\b|but\b"
    r"|so\b|not\b|only\b|ideally\b|sometime\b|anytime\b|about\b|re\b|has\b|have\b|will\b|isn't\b|when\b|off\b)"
    r"[a-z][a-z'&-]+)"
)
_MEAL = re.compile(
    r"(?:(?<=the )|(?<=my )|(?<=our )|(?<='s )|(?<=cancel )|(?<=team )|(?<=christmas )|(?<=xmas )|(?<=board )"
    r"|(?<=work )|(?<=client )|(?<=family )|(?<=leaving )|(?<=birthday )|(?<=holiday ))"
    r"(?:breakfast|brunch|lunch|dinner|supper)\b"
    r"|\b(?:breakfast|brunch|lunch|dinner) (?=(?:talk|briefing|meeting|seminar|session|club|run|party|lecture|demo|date"
    r"|presentation|event|reservation|booking|social|concert|and learn|n learn|& learn)\b)"
)
_PART = re.compile(r" ?(am|pm)\b")


def plain_hours(words: str) -> str:
    """ "For 3 tomorrow" -> "at  3 tomorrow", "2moro" -> "tmrw ", "w/ Ann" -> ",  Ann": nothing moves."""
    if "hour" in words:
        words = _ONE_MORE.sub(lambda m: "1 hour".rjust(len(m[0])), words)
        words = _HOUR.sub("1 hr", words)
    words = words.replace("w/", ", ")
    if "end of" in words or "close of" in words:
        words = _END_OF_DAY.sub(lambda m: "by eod".ljust(len(m[0])), words)
    if " than" in words or "instead" in words:
        words = blanked(_NOT_SO_LONG, words)
    if " it" in words:
        words = _WHEN_IT_IS.sub(lambda m: "at".ljust(len(m[0])), words)
    if "noon" in words or "ning" in words:
        words = _PART_APART.sub(lambda m: f", {m[1]}".rjust(len(m[0])), words)
    if not _HINT.search(words):
        return words
    words = words.replace("2moro ", "tmrw  ")
    words = words.replace("up to and including", "through            ")
    words = _SHOWN.sub(lambda m: m[1].ljust(len(m[0])), words)
    words = _ALL.sub("   ", words)
    words = _PART_OFF.sub(lambda m: m[2] + m[1].rjust(len(m[0]) - len(m[2])), words)
    words = _STOP.sub(";", words)
    words = _COLON.sub(",", words)
    words = _NOT_AFTER.sub(lambda m: "before ".rjust(len(m[0])), words)
    if "two weeks," in words or "days," in words or "weeks," in words or "week," in words:
        words = _LENGTH_AFTER.sub(";", words)
    if "." in words:
        words = _DOTTED.sub(lambda m: f"{m[1] or m[3]}:{m[2] or m[4]}", words)
        words = _DOT.sub(r"\1:\2", words)
    words = _FOUR_DIGITS.sub(lambda m: f"{m[1]}-{m[2]}".ljust(len(m[0])), words)
    words = _ALARM.sub(lambda m: f"{m[1]} at  {m[2]}", words)
    words = _BETWEEN_DAYS.sub(lambda m: f"from    {m[1]} to  {m[2]}", words)
    words = _FOR.sub(lambda m: f"at {m[1]}".rjust(len(m[0])), words)
    words = _DO.sub(lambda m: f"{'at'.ljust(len(m[1]))} {m[2]}", words)
    words = _FIRST.sub(lambda m: f"{m[1]} {m[3]} {m[2]}", words)
    words = _HALF.sub(_half_past, words)
    words = _AND_HALF.sub(lambda m: "90 minutes".ljust(len(m[0])), words)
    return _THEN_LENGTH.sub(lambda m: f"{m[1]};", words)


def named_times(words: str, *, meals: bool) -> str:
    """The words without the times that only begin a name; a meal is one when it is an event that is spoken of."""
    words = blanked(_NAME_OF, words)
    return blanked(_MEAL, words) if meals else words


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


def part_until(m: Moment) -> Moment:
    """金曜の午後、15時まで: from when the part of the day begins; 午後3時まで is only its end."""
    r = m.best
    said = (
        _PART_THEN_HOUR.search(m.words)
        if r.start is None and r.end is not None and Part.PART_OF_DAY in r.said
        else None
    )
    if said is None or r.end is None:
        return m
    start = r.end.replace(hour=_PART_BEGINS[said[1]], minute=0)
    return replace(m, role=None, readings=(replace(r, start=start),)) if start < r.end else m


_PART_BEGINS = {"午前": 9, "午前中": 9, "午後": 13, "夕方": 18, "夜": 18, "上午": 9, "下午": 13, "晚上": 18}
_PART_THEN_HOUR = re.compile(r"(午前中|午前|午後|夕方|夜|上午|下午|晚上)[、,，の]\s*\d")
_MINUTES_PAST = {"five": 5, "ten": 10, "quarter": 15, "twenty": 20, "half": 30}
_PAST_WHICH = re.compile(
    r"\b(?:to|at|until|till|for) (?:a )?(five|ten|quarter|twenty|half) (past|to)"
    r"(?= ?(?:$|[.,;!?]|please\b|pls\b|instead\b|ok\b))"
)


def past_the_hour(text: str, hour: datetime) -> datetime | None:
    """ "Nudge it to quarter past", "start at ten to": so many minutes past or to the hour of an event."""
    found = _PAST_WHICH.search(text)
    if found is None:
        return None
    minutes = _MINUTES_PAST[found[1]]
    return hour.replace(minute=minutes if found[2] == "past" else 60 - minutes)

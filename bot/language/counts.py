"""Numbers that are minutes though nobody says so: "make it 45", "another 20", "shorten it by ten"."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.domain.timelang.model import Kind, Phrase, Reading
from bot.language.cues import Cues
from bot.language.text import blank

_WORDS = {"five": 5, "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "forty-five": 45, "fifty": 50}
_N = r"(five|ten|fifteen|twenty|thirty|forty-five|forty|fifty|[1-9]0|[1-9]?5)"
_UNIT = r"am|pm|a\.m|p\.m|h|hrs?|hours?|mins?|minutes?|m|o'clock|past|to|days?|weeks?|people|ppl|pax"
_END = rf"(?![\d:.%/\w-])(?! ?(?:{_UNIT})\b)"
_MORE = re.compile(
    rf"\b(?:by|another|extra|additional|add|us|me|need|needs|tack|on|trim|shave|knock|chop|lop) {_N}{_END}"
)
_SPARE = re.compile(rf"\b{_N}(?= (?:more|extra|longer|early|earlier|sooner|over|off)\b)")
_TO = re.compile(
    rf"\b(?:cut|trim|shorten|reduce|down|cap|limit|keep) (?:(?:it|this|that) )?(?:down )?(?:to|at) {_N}{_END}"
    rf"|\bfrom (?:{_N[1:-1]})(?: ?(?:m|mins?|minutes?))? (?:down )?to {_N}{_END}"
)
_SHIFT = re.compile(
    rf"\b{_N}(?= (?:later|earlier|sooner|back|forward)\b)"
    rf"|\b(?:push|move|bump|shift|slide|delay|nudge|bring|pull|knock|slip)(?: (?:it|this|that|us))?"
    rf"(?: (?:back|forward|up|out|by|down)){{1,2}} {_N}{_END}"
    rf"|\b(?:push|bump|shift|slide|delay|nudge|slip) (?:it|this|that) {_N}{_END}"
)
_LENGTH = re.compile(rf"\b(?:length|duration) (?:up |down |back )?to {_N}{_END}")
_MAKE = re.compile(
    r"\b(?:make|keep|let's do|lets do|do) (?:it |this |that )?(?:a )?"
    rf"(15|20|25|30|35|40|45|50|55|60|75|90){_END}"
)
_WITH = re.compile(
    r"(?:^|[,.:;!?] |\b(?:grab|get|need|needs|book|borrow|steal|have|want|wants|me|quick|find|spare|for) )"
    r"(10|15|20|25|30|40|45|50|60|90)(?= (?:with|w/|w|on the (?:books|calendar)|together)(?![a-z]))"
    r"|\b(?:morning|afternoon|evening|week|pm|am) (15|20|25|30|40|45|50|60|90)(?= (?:with|w/|w)(?![a-z]))"
)


def minutes_together(words: str) -> tuple[str, Phrase | None]:
    """ "Grab 15 with Ann": how long, not when."""
    found = _WITH.search(words)
    return (words, None) if found is None else _taken(words, found)


def bare_minutes(words: str, cues: Cues) -> tuple[str, Phrase | None]:
    """The length that is said by its number alone about an event at hand, and the text without it."""
    if length := _LENGTH.search(words):
        return _taken(words, length)
    if cues.any("longer", "shorter", "more", "needs_more"):
        found = _MORE.search(words) or _SPARE.search(words) or _TO.search(words)
    elif cues.any("move_later", "move_earlier", "shift_by"):
        found = _SHIFT.search(words)
    elif cues.any("enough"):
        found = _TO.search(words)
    else:
        found = _MAKE.search(words) if cues.any("change", "book") else None
    if found is None:
        return words, None
    return _taken(words, found)


def _taken(words: str, found: re.Match[str]) -> tuple[str, Phrase]:
    number = found.lastindex or 1
    start, end = found.span(number)
    minutes = _WORDS.get(found[number]) or int(found[number])
    length = Reading(Kind.DURATION, duration=timedelta(minutes=minutes))
    return blank(words, start, end), Phrase(start, end, (length,))

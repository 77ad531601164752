"""Words before and after a request that ask for nothing: "hi team, …", "… — thanks!", "お疲れ様です。…"."""

from __future__ import annotations

from bot.language.lexicon import listed
from bot.language.text import blank, is_word

_BREAKS = frozenset(" \t\n,.;:!~，。；：！、～〜…—–-")
_SMALL = 5  # letters that must remain for a request; more of them where letters are not syllables


def without_courtesy(text: str, languages: tuple[str, ...]) -> str:
    """The text with greetings in front and thanks behind blanked out, when something is left to read."""
    start, end = _inside(text)
    begin, stop = start, end
    while (at := _opened(text, begin, stop, languages)) > begin:
        begin = at
    while (at := _closed(text, begin, stop, languages)) < stop:
        stop = at
    left = [c for c in text[begin:stop] if c.isalnum()]
    if len(left) < (2 * _SMALL if left[:1] and left[0].isascii() else _SMALL):
        return text
    return blank(blank(text, 0, begin), stop, len(text))


def _inside(text: str) -> tuple[int, int]:
    start, end = 0, len(text)
    while start < end and not (text[start].isalnum() or text[start] in "@\"'“「『《【(（+＋#/"):
        start += 1
    while end > start and (text[end - 1] in " \t\n!！~～〜" or _picture(text[end - 1])):
        end -= 1
    return start, end


def _picture(c: str) -> bool:
    return c > "\u2190" and not c.isalnum() and not "\u3000" <= c <= "\u30ff" and not "\uff00" <= c <= "\uffef"


def _opened(text: str, start: int, end: int, languages: tuple[str, ...]) -> int:
    openers = listed(languages, "openers")
    if not text.startswith(openers, start):  # most sentences: asked once for all words, not once for each
        return start
    for word in openers:
        stop = start + len(word)
        if not text.startswith(word, start) or stop >= end or (is_word(word[-1]) and is_word(text[stop])):
            continue
        apart = stop
        while apart < end and (text[apart] in _BREAKS or _picture(text[apart])):
            apart += 1
        if apart > stop and not (text[stop] == "-" and apart == stop + 1):
            return apart
    return start


def _closed(text: str, start: int, end: int, languages: tuple[str, ...]) -> int:
    closers = listed(languages, "closers")
    if not text.endswith(closers, start, end):
        return end
    for word in closers:
        at = end - len(word)
        if at <= start or not text.startswith(word, at):
            continue
        before = at
        while before > start and (text[before - 1] in _BREAKS or _picture(text[before - 1])):
            before -= 1
        if before < at and (word[0].isascii() or text[before:at].strip(" 、,，")):
            while before > start and text[before - 1] in "!！":
                before -= 1
            return before
    return end

"""A sentence made comparable: same length as it was written, width and case folded, code and links blanked out."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FOLD = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20, 0x00A0: 0x20, 0x2019: 0x27, 0x2018: 0x27}
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.S)
_LINK = re.compile(r"(?:https?|ftp|webcal|lark|feishu)://[^\s，。；、）」』”<>]+|\bwww\.[^\s，。；、）」』”<>]+")
_MAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.){1,8}[A-Za-z]{2,24}")
_QUOTES = {'"': '"', "“": "”", "”": "”", "「": "」", "『": "』", "《": "》", "【": "】", "‘": "’"}
_FORWARDED = re.compile(r"^[ \t]*>.*$", re.M)
_WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc]")
HAN = re.compile(r"[\u3400-\u9fff]")
CLAUSE_END = frozenset("，,。.!！?？;；:：、\n…～~〜｜|—")
LONGEST = 2000  # what comes after this many characters is not a request to a scheduling assistant


@dataclass(frozen=True, slots=True)
class Quote:
    """Something between quotation marks: ``start``..``end`` with the marks, ``inner`` without."""

    start: int
    end: int
    inner: str


@dataclass(frozen=True, slots=True)
class Line:
    """What was written and its comparable form; positions mean the same place in both."""

    raw: str
    text: str  # folded and lower case; code, links and addresses are blank
    quotes: tuple[Quote, ...]
    mails: tuple[tuple[int, int, str], ...]
    has_code: bool

    def with_text(self, text: str) -> Line:
        """The same with other words in the same places."""
        return Line(self.raw, text, self.quotes, self.mails, self.has_code)


def fold(raw: str) -> str:
    """Half-width, lower case, never longer or shorter than before."""
    text = raw.translate(_FOLD)
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def blank(text: str, start: int, end: int, filler: str = " ") -> str:
    return text[:start] + filler * (end - start) + text[end:]


def blanked(pattern: re.Pattern[str], text: str) -> str:
    """The text with all that a pattern finds blank."""
    return pattern.sub(lambda m: " " * len(m[0]), text)


def read_line(raw: str) -> Line:
    """Fold a message and set aside what is never read as words: code, links, addresses, forwarded lines."""
    raw = raw[:LONGEST]
    text = fold(raw)
    has_code = False
    if "`" in text:
        for m in _CODE.finditer(text):
            text = blank(text, m.start(), m.end())
            has_code = True
    if ">" in text:
        for m in _FORWARDED.finditer(text):
            text = blank(text, m.start(), m.end())
    if "://" in text or "www." in text:
        for m in _LINK.finditer(text):
            text = blank(text, m.start(), m.end())
    mails: list[tuple[int, int, str]] = []
    if "@" in text:
        mails += [(m.start(), m.end(), raw[m.start() : m.end()]) for m in _MAIL.finditer(text)]
        for start, end, _ in mails:
            text = blank(text, start, end)
    return Line(raw, text, tuple(_quotes(text, raw)), tuple(mails), has_code)


def _quotes(text: str, raw: str) -> list[Quote]:
    found: list[Quote] = []
    at = 0
    while at < len(text):
        closing = _QUOTES.get(text[at])
        end = text.find(closing, at + 1, at + 120) if closing else -1
        if end > at + 1 and "\n" not in text[at:end]:
            found.append(Quote(at, end + 1, raw[at + 1 : end].strip()))
            at = end
        at += 1
    return [q for q in found if q.inner]


def is_word(c: str) -> bool:
    """A letter or digit of a script that puts spaces between words."""
    return c in _WORD


def languages_of(text: str, hint: str | None) -> tuple[str, ...]:
    """Whose words to look for. Kana decides for Japanese; kanji alone follow the chat's language."""
    if KANA.search(text):
        return ("ja", "en")
    if HAN.search(text):
        return ("ja", "zh", "en") if hint == "ja" else ("zh", "en")
    return ("en",)


def inside_word(text: str, i: int) -> bool:
    """The dot of "v2.3" and the colon of "1:1" part nothing."""
    return text[i] in ".:|" and 0 < i < len(text) - 1 and is_word(text[i - 1]) and is_word(text[i + 1])


def clause_of(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause around a place."""
    while start > 0 and not (text[start - 1] in CLAUSE_END and not inside_word(text, start - 1)):
        start -= 1
    while end < len(text) and not (text[end] in CLAUSE_END and not inside_word(text, end)):
        end += 1
    return start, end

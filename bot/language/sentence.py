"""From a sentence to its intent."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.intent import Ask, Intent, Sentence
from bot.language import commands
from bot.language.asks import Facts, decide
from bot.language.lexicon import Cues, lexicon
from bot.language.people import bot_names, decided, named_people
from bot.language.picks import picked
from bot.language.rooms import read_room
from bot.language.slots import fill
from bot.language.text import Line, blank, languages_of, read_line
from bot.language.when import Times, read_times


def understand(sentence: Sentence) -> Intent:
    """What a sentence asks for. The same sentence with the same context always gives the same answer."""
    command = commands.parse(sentence)
    if command is not None:
        return command
    if sentence.text.lstrip().startswith("/"):
        return Intent(Ask.NONE)
    f = gather(sentence)
    if not any(c.isalnum() for c in f.line.text):
        return Intent(Ask.GREET if f.bot_called and not f.line.has_code else Ask.NONE)
    choice = picked(f)
    if choice is not None:
        return choice
    return fill(decide(f), f)


def gather(sentence: Sentence, *, command: bool = False) -> Facts:
    """All that can be known about a sentence before its intent is."""
    line = read_line(sentence.text)
    called = bot_names(line, sentence)
    text = line.text
    for start, end in called:
        text = blank(text, start, end)
    line = replace(line, text=text)
    languages = languages_of(text, sentence.lang)
    named = named_people(line, sentence)
    words = text
    for n in named:
        if n.start >= 0:
            words = blank(words, n.start, n.end)
    for q in line.quotes:
        words = blank(words, q.start, q.end)
    line = replace(line, text=_without_names(text, line, named_spans=[(n.start, n.end) for n in named if n.start >= 0]))
    cues = lexicon(languages).find(words)
    people = decided(named, cues, replace(line, text=text), sender=sentence.sender, command=command)
    times = _times(_without_shifts(words, cues), sentence, languages, command=command)
    return Facts(
        sentence=sentence,
        line=line,
        cues=cues,
        named=tuple(named),
        people=people,
        everyone="everyone" in cues,
        times=times,
        room=read_room(replace(line, text=words), cues),
        languages=languages,
        bot_called=bool(called),
    )


def _times(words: str, sentence: Sentence, languages: tuple[str, ...], *, command: bool) -> Times:
    zone = getattr(sentence.now.tzinfo, "key", "") or ""
    english = languages == ("en",) and not command and not zone.startswith(("America/", "US/"))
    return read_times(words, sentence.now, languages, ask_numeric=english)


def _without_names(text: str, line: Line, named_spans: list[tuple[int, int]]) -> str:
    for start, end in named_spans:
        text = blank(text, start, end)
    return text


def _without_shifts(words: str, cues: Cues) -> str:
    """Blank words such as 後ろ倒し and 推后, whose first character would pass for a time word."""
    for hit in cues.of("move_later", "move_earlier"):
        if len(hit.pieces) == 1 and not words[hit.start].isascii():
            words = blank(words, hit.start, hit.end, "、")
    return words

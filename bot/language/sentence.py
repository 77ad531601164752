"""From a sentence to its intent."""

from __future__ import annotations

import re

from bot.domain.intent import Ask, Intent, Sentence
from bot.language import commands
from bot.language.asks import decide
from bot.language.counts import bare_minutes, minutes_together
from bot.language.courtesy import without_courtesy
from bot.language.cues import Cues
from bot.language.facts import Facts
from bot.language.hours import named_times
from bot.language.lexicon import phrases_in
from bot.language.modifiers import without_modifiers
from bot.language.moments import Times
from bot.language.people import all_but, bot_names, decided, named_people
from bot.language.picks import picked
from bot.language.rooms import read_room
from bot.language.rounds import with_rounds
from bot.language.slots import fill
from bot.language.spelling import respelled
from bot.language.text import blank, languages_of, read_line
from bot.language.topics import with_topics
from bot.language.traps import as_read, without_periods, without_traps
from bot.language.when import read_times


def understand(sentence: Sentence) -> Intent:
    """What a sentence asks for. The same sentence with the same context always gives the same answer."""
    command = commands.parse(sentence)
    if command is not None:
        return command
    if sentence.text.lstrip().startswith("/"):
        return Intent(Ask.NONE)
    f = gather(respelled(sentence))
    if not any(c.isalnum() for c in f.line.text) and not f.people:
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
    languages = languages_of(text, sentence.lang)
    if not command:
        text = without_courtesy(text, languages)
    line = line.with_text(text)
    named = named_people(line, sentence)
    words = nameless = text
    for n in named:
        if n.start >= 0:
            words, nameless = blank(words, n.start, n.end), blank(nameless, n.start, n.end)
            if words[: n.start].rstrip().endswith(_LEANING):
                words = blank(words, n.start, n.start + 1, "、")
            over = _GONE_OVER.match(words, n.end)
            words = blank(words, n.end, over.end()) if over else words
    for q in line.quotes:
        words = blank(words, q.start, q.end)
    line = line.with_text(nameless)
    cues = without_modifiers(phrases_in(words, languages), words, languages)
    cues = with_topics(cues, people=bool(named))
    people = all_but(named, cues, sentence) or decided(
        named, cues, line.with_text(text), sender=sentence.sender, command=command
    )
    room = read_room(line.with_text(words), cues)
    for start, end in room.places if room else ():
        words = blank(words, start, end, "、")
    words, names = without_periods(words, languages)
    cues = cues.with_names(names)
    bare = None
    if languages == ("en",):
        words = named_times(words, meals=cues.any(*_OF_EVENTS))
        at_hand = sentence.event or cues.any("shorter")
        words, bare = bare_minutes(words, cues) if at_hand else minutes_together(words)
    times = _times(without_traps(words, cues), sentence, languages, cues, command=command)
    if languages == ("en",):
        with_rounds(times, words)
    if bare is not None:
        times.lengths.append(bare)
        times.phrases = (*times.phrases, bare)
    return Facts(
        sentence=sentence,
        line=line,
        cues=cues,
        named=tuple(named),
        people=people,
        everyone="everyone" in cues,
        times=times,
        room=room,
        languages=languages,
        bot_called=bool(called),
    )


def _times(words: str, sentence: Sentence, languages: tuple[str, ...], cues: Cues, *, command: bool) -> Times:
    zone = getattr(sentence.now.tzinfo, "key", "") or ""
    english = languages == ("en",) and not command and not zone.startswith(("America/", "US/"))
    words = as_read(words, cues, languages, at_hand=sentence.event is not None, offered=bool(sentence.options))
    meal = "morning" if cues.any("meal_am") else "evening" if cues.any("meal_pm") else None
    absence = cues.any("coming", "loaded") or ("不在" in words and "leave" in cues and "除" not in words)
    alarm = cues.any("remind")
    return read_times(words, sentence.now, languages, ask_numeric=english, meal=meal, absence=absence, alarm=alarm)


_OF_EVENTS = ("cancel", "accept", "decline", "tentative", "search", "when_q", "minutes", "chat", "remove", "add_in")
_LEANING = ("上", "下", "前", "后", "半", "每")  # 叫上某人周五: not last Friday
_GONE_OVER = re.compile(r" *过(?=[\d一两二三半])")  # 跟某人过1小时预算: goes over it with them, not "in an hour"

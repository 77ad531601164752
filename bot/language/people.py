"""Who a sentence is about: mentions, members of the chat by any of their names, everybody, mail guests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from bot.domain.intent import Person, Sentence
from bot.language.cues import Cues
from bot.language.lexicon import listed
from bot.language.text import HAN, Line, fold, is_word

EVERYBODY = Person("*")


@dataclass(frozen=True, slots=True)
class Named:
    """A person and the place of their name in the text (``start`` < 0: not written out)."""

    start: int
    end: int
    person: Person


@dataclass(frozen=True, slots=True)
class Aliases:
    """All names that members of one chat go by, indexed by the first character."""

    by_first: dict[str, tuple[tuple[str, tuple[Person, ...]], ...]]


def named_people(line: Line, sentence: Sentence) -> list[Named]:
    """The names in a sentence, in order, without looking at what is said about them."""
    found: list[Named] = []
    taken: list[tuple[int, int]] = []
    cursor = 0
    for person in sentence.mentions:
        place = _mention(line, person.name, cursor)
        if place is None:
            found.append(Named(-1, -1, person))
            continue
        cursor = place[1]
        found.append(Named(place[0], _after_honorific(line.text, place[1], sentence.lang), person))
        taken.append((place[0], cursor))
    known = {n.person.name for n in found}
    for start, end, person in _members(line.text, sentence, taken):
        if person.name not in known or person.name == EVERYBODY.name:
            known.add(person.name)
            found.append(Named(start, end, person))
        else:  # said again: the place is a name all the same
            found.append(Named(start, end, next(n.person for n in found if n.person.name == person.name)))
    found.extend(Named(start, end, Person(address)) for start, end, address in line.mails)
    return sorted(found, key=lambda n: n.start)


def bot_names(line: Line, sentence: Sentence) -> list[tuple[int, int]]:
    """Where the bot itself is called, with or without @."""
    found: list[tuple[int, int]] = []
    for name in sentence.bot_names:
        wanted = fold(name)
        at = line.text.find(wanted)
        while at >= 0:
            start = at - 1 if at and line.text[at - 1] == "@" else at
            found.append((start, at + len(wanted)))
            at = line.text.find(wanted, at + len(wanted))
    return found


def decided(
    found: Sequence[Named], cues: Cues, line: Line, *, sender: Person | None, command: bool = False
) -> tuple[Person, ...]:
    """The people of an intent: each once, in order, with who is optional, the sender left out."""
    optional = _optional(found, cues, line.text, command=command)
    people: dict[str, Person] = {}
    for named in found:
        person = named.person
        if sender is not None and person.name == sender.name and person.open_id in (None, sender.open_id):
            continue
        if (named.start, named.end) in optional or person.name in optional:
            person = replace(person, optional=True)
        earlier = people.get(person.name)
        people[person.name] = person if earlier is None or person.optional else earlier
    return tuple(people.values())


def all_but(found: Sequence[Named], cues: Cues, sentence: Sentence) -> tuple[Person, ...]:
    """Everybody in the chat when a sentence leaves somebody out ("everyone except Rob"); nobody if it does not."""
    marks = (cues.of("except_before"), cues.of("except_after"))
    if not any(marks) or not cues.any("everyone", "others") or not sentence.members:
        return ()
    placed = [n for n in found if n.start >= 0]
    out = {n.person.name for h in marks[0] for n in placed if 0 <= n.start - h.end <= 2}
    out |= {n.person.name for h in marks[1] for n in placed if 0 <= h.start - n.end <= 2}
    for one, other in pairwise(placed):  # "except @a and @b"
        if one.person.name in out and other.start - one.end <= 5 and other.end <= one.end + 40:
            out.add(other.person.name)
    if not out:
        return ()
    if sentence.sender is not None:
        out.add(sentence.sender.name)
    return tuple(p for p in sentence.members if p.name not in out and p.name not in sentence.bot_names)


def _mention(line: Line, name: str, cursor: int) -> tuple[int, int] | None:
    wanted = "@" + fold(name)
    at = line.text.find(wanted, cursor)
    if at < 0:
        at = line.text.find(wanted)
    return None if at < 0 else (at, at + len(wanted))


def _after_honorific(text: str, end: int, lang: str | None) -> int:
    """Past "さん", "老师" and the like after a name, also with the blank a mention leaves."""
    at = end + 1 if end < len(text) and text[end] == " " else end
    for title in listed((lang or "zh", "ja") if lang in ("zh", "ja") else ("zh", "ja"), "honorifics"):
        if text.startswith(title, at):
            return at + len(title)
    return end


def _members(text: str, sentence: Sentence, taken: list[tuple[int, int]]) -> Iterable[tuple[int, int, Person]]:
    if not sentence.members:  # one to one, nobody's names are read
        return
    aliases = _aliases(sentence.members).by_first
    at = 0
    while at < len(text):
        here = aliases.get(text[at])
        hit = _longest(text, at, here, sentence) if here else None
        if hit is None:
            at += 1
            continue
        end, people = hit
        if not any(s < end and at < e for s, e in taken):
            start = at - 1 if at and text[at - 1] == "@" else at
            if len(people) == 1:
                yield start, end, people[0]
            else:  # two people share this name: nobody is picked for the sender
                yield start, end, Person(text[at:end])
        at = end


def _longest(
    text: str, at: int, here: tuple[tuple[str, tuple[Person, ...]], ...], sentence: Sentence
) -> tuple[int, tuple[Person, ...]] | None:
    for alias, people in here:
        if not text.startswith(alias, at):
            continue
        end = at + len(alias)
        if is_word(alias[0]) and at and is_word(text[at - 1]):
            continue
        if is_word(alias[-1]) and end < len(text) and is_word(text[end]):
            continue
        if is_word(alias[0]) and not _is_name_here(alias, sentence.text, at, end):
            continue
        if len(alias) == 1 and not _has_honorific(text, end):
            continue
        if text.startswith(listed(("zh",), "name_stop"), end - 1) and alias != people[0].name.lower():
            continue
        return _after_honorific(text, end, sentence.lang), people
    return None


def _is_name_here(alias: str, raw: str, start: int, end: int) -> bool:
    """Whether "may" or "will" is a person: written with a capital, not opening the sentence, no number next to it."""
    if alias not in listed(("en",), "common_names") or (start and raw[start - 1] == "@"):
        return True
    if not raw[start : start + 1].isupper():
        return False
    if start == 0:
        return raw[end + 1 : end + 12].split(" ")[0].lower() in listed(("en",), "after_names")
    around = raw[max(0, start - 3) : start] + raw[end : end + 3]
    return not any(c.isdigit() for c in around) and not raw[:start].rstrip().lower().endswith(
        (" in", " by", " of", "until")
    )


def _has_honorific(text: str, end: int) -> bool:
    return any(text.startswith(title, end) for title in listed(("zh", "ja"), "honorifics"))


@lru_cache(maxsize=256)
def _aliases(members: tuple[Person, ...]) -> Aliases:
    owners: dict[str, list[Person]] = {}
    for member in members:
        for alias in set(_names_of(member.name)):
            owners.setdefault(alias, []).append(member)
    full = {fold(m.name) for m in members}
    never = set(listed(("zh", "ja", "en"), "not_names"))
    by_first: dict[str, list[tuple[str, tuple[Person, ...]]]] = {}
    for alias, people in owners.items():
        if alias in never and alias not in full:
            continue
        exact = [p for p in people if fold(p.name) == alias]
        by_first.setdefault(alias[0], []).append((alias, tuple(exact or people)))
    return Aliases({c: tuple(sorted(a, key=lambda x: -len(x[0]))) for c, a in by_first.items()})


def _names_of(full: str) -> Iterable[str]:
    """The ways colleagues write a name: whole, given name, family name with a title."""
    name = fold(full).strip()
    if not name:
        return
    yield name
    words = name.replace("·", " ").replace("・", " ").split()
    if len(words) > 1:
        yield "".join(words)
        for word in words:
            if len(word) >= 2 or HAN.match(word):
                yield word
        return
    if not HAN.match(name) or not all(HAN.match(c) or c == "々" for c in name):
        return
    if name[0] in "小老阿" and len(name) == 2:
        for title in listed(("zh",), "titles_after"):
            yield name[1] + title
        return
    if len(name) >= 3:
        yield name[-2:]
    if len(name) in (2, 3):
        for title in listed(("zh",), "titles_before"):
            yield title + name[0]
        for title in listed(("zh",), "titles_after"):
            yield name[0] + title
        for title in ("哥", "姐"):
            yield name[-1] + title
    for size in range(1, min(4, len(name))):
        for title in listed(("ja",), "honorifics"):
            yield name[:size] + title


def _optional(found: Sequence[Named], cues: Cues, text: str, *, command: bool) -> set[object]:
    """Places (or names) of those a sentence calls optional."""
    chosen: set[object] = set()
    placed = [n for n in found if n.start >= 0]
    for hit in cues.of("optional", "optional_all"):
        before = [n for n in placed if n.end <= hit.start and not _new_sentence(text, n.end, hit.start)]
        after = [n for n in placed if n.start >= hit.end]
        if after and _introduces(text, hit.end, after[0].start):
            chosen.update(_linked(after, text))
            continue
        if hit.name == "optional_all":
            chosen.update(_linked(before[::-1], text))
        elif before:
            chosen.add((before[-1].start, before[-1].end))
            chosen.add(before[-1].person.name)
        elif after:
            chosen.add((after[0].start, after[0].end))
    if command:
        chosen.update((n.start, n.end) for n in placed if text[n.end : n.end + 1] == "?")
    return chosen


def _linked(people: Sequence[Named], text: str) -> list[tuple[int, int]]:
    """The first of these and whoever is named right beside: "@a and @b"."""
    out = [(people[0].start, people[0].end)] if people else []
    for one, other in pairwise(people):
        lo, hi = sorted([(one.start, one.end), (other.start, other.end)])
        if hi[0] - lo[1] > 5:
            break
        out.append((other.start, other.end))
    return out


def _introduces(text: str, end: int, start: int) -> bool:
    between = text[end:start].strip()
    return between in (
        "",
        ":",
        "で",
        "は",
        "的",
        "的是",
        "有",
        "人员",
        "人员:",
        "for",
        "參加",
        "参加:",
        "参加",
        "guests:",
        "guest:",
        "attendees:",
        "is",
        "are",
    )


def _new_sentence(text: str, start: int, end: int) -> bool:
    return any(c in "。.!！?？\n;；" for c in text[start:end])

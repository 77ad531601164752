"""All that is known about a sentence before its intent is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.intent import Person, Sentence
from bot.domain.timelang.model import Kind
from bot.language.cues import Cues, Hit
from bot.language.moments import Moment, Times, hours_of_a_week, open_hours_of_a_week
from bot.language.people import Named
from bot.language.rooms import Wished
from bot.language.text import Line, clause_of


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known about a sentence before its intent is."""

    sentence: Sentence
    line: Line
    cues: Cues
    named: tuple[Named, ...]
    people: tuple[Person, ...]  # without the sender and without "everybody"
    everyone: bool
    times: Times
    room: Wished | None
    languages: tuple[str, ...]
    bot_called: bool

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def ctx(self) -> bool:
        return self.sentence.event is not None

    @property
    def moments(self) -> list[Moment]:
        return self.times.moments

    @property
    def exact(self) -> bool:
        return any(m.exact for m in self.moments)

    @property
    def about_event(self) -> bool:
        """An event is meant: the one at hand, one by its kind or title, or one at a time."""
        return self.ctx or self.cues.any("event", "kind", "this") or bool(self.moments) or bool(self.line.quotes)

    @property
    def length_only(self) -> bool:
        return bool(self.times.lengths) and not self.exact

    def has(self, *names: str) -> bool:
        return self.cues.any(*names)


def brief(f: Facts) -> bool:
    return len(f.text.strip()) <= (44 if f.languages[0] == "en" else 24)


def is_over(m: Moment, f: Facts) -> bool:
    """Whether a time lies wholly in the past."""
    r = m.best
    last = r.end or r.start
    if last is None:
        return False
    if r.kind is Kind.DATE and r.start is not None:
        return r.start.date() < f.sentence.now.date()
    if hours_of_a_week(r) or open_hours_of_a_week(r):
        last += timedelta(days=4 - last.weekday())
    return last <= f.sentence.now


def only_talk(f: Facts) -> bool:
    return f.has("talk") and not f.has("can_you", "this", "past", "me")


def overlaps(hit: Hit, others: list[Hit]) -> bool:
    return any(o.start < hit.end and hit.start < o.end for o in others)


def beside(f: Facts, hits: list[Hit]) -> bool:
    """Whether a name stands right at one of these words."""
    return any(
        abs(n.start - piece[1]) <= 2 or abs(piece[0] - n.end) <= 3
        for n in f.named
        if n.start >= 0
        for h in hits
        for piece in h.pieces
    )


def same_clause(f: Facts, hits: list[Hit]) -> bool:
    """Whether a time stands in the clause of one of these words."""
    for h in hits:
        lo, hi = clause_of(f.text, h.start, h.end)
        if any(lo <= m.start and m.end <= hi for m in f.moments):
            return True
    return False


def within_any(hit: Hit, others: list[Hit]) -> bool:
    """Whether a phrase is part of a longer one that says something else, or begins inside one."""
    return any(
        o.start < hit.end and (o.start < hit.start or (o.start == hit.start and hit.end < o.end)) and hit.start < o.end
        for o in others
    )


def goes_on(hit: Hit, others: list[Hit]) -> bool:
    """Whether a longer phrase goes on from the same words: "put … on the calendar"."""
    return any(o.start <= hit.start < o.end and o.end > hit.end for o in others)


def around_a_time(hit: Hit, f: Facts) -> bool:
    """Whether a time and a comma lie between the halves of a phrase: 把明天两点定下来，叫上赵敏."""
    start, end = hit.pieces[0][1], hit.pieces[-1][0]
    return any(c in ",，" for c in f.text[start:end]) and any(start <= m.start and m.end <= end for m in f.moments)

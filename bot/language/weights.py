"""Which intent the words of a sentence speak for: weights fitted to written examples, kept in ``locales``.

Rules know the constructions somebody thought of; people have others. So each word, each class of phrases and each fact
about a sentence also has a weight for or against every intent (a multinomial logistic regression), and their sum
decides together with the rules. The same sentence always gets the same sum, and ``clues`` says what it was made of.

``locales/weights.tsv`` is written by ``tests/language/fit.py`` from the sentences in ``tests/language``; a new language
needs sentences, not code. A line is a clue, a tab, and pairs ``intent:weight``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from math import exp

from bot.domain.intent import Ask
from bot.language.facts import Facts, is_over
from bot.resources import locales

_WORD = re.compile(r"[a-z0_']+|<who>|<when>|[^\s\x00-\x7f]|[?!]")
_FIGURES = re.compile(r"\d+")

Row = tuple[tuple[int, float], ...]  # which intent, how much
ASKS = tuple(Ask)


def clues(f: Facts) -> list[str]:
    """What a sentence holds that can speak for an intent: ``[class]``, ``<fact>``, words, pairs of characters."""
    found = ["<any>", *(f"[{hit.name}]" for hit in f.cues.hits), *(f"<{name}>" for name in _facts(f))]
    words = _WORD.findall(_without_particulars(f))
    if words:
        pairs = (a + b for a, b in pairwise(words) if not (a.isascii() and b.isascii()))
        found += [*words, *pairs, f"^{words[0]}", f"{words[-1]}$"]
    return list(dict.fromkeys(found))


def _facts(f: Facts) -> list[str]:
    times = f.times
    told = {
        "event": f.ctx,
        "options": f.sentence.options,
        "hour": f.exact,
        "time": f.moments,
        "past": f.moments and all(is_over(m, f) for m in f.moments),
        "several": len(f.moments) > 1,
        "length": times.lengths,
        "rule": times.rule,
        "shift": times.deltas,
        "lead": times.leads,
        "people": f.people,
        "everyone": f.everyone,
        "room": f.room,
        "called": f.bot_called,
        "quote": f.line.quotes,
        "code": f.line.has_code,
    }
    return [name for name, holds in told.items() if holds]


def _without_particulars(f: Facts) -> str:
    """The text with times, names and figures as what they are: which hour and who says nothing about the intent."""
    places = [(s, e, " <when> ") for m in f.moments for s, e in m.spans]
    places += [(n.start, n.end, " <who> ") for n in f.named if n.start >= 0]
    out, at = [], 0
    for start, end, sign in sorted(places):
        if start >= at:
            out += [f.text[at:start], sign]
            at = end
    return _FIGURES.sub("0", "".join(out) + f.text[at:])


class Weights:
    """How much each clue speaks for each intent."""

    def __init__(self, rows: Mapping[str, Row]) -> None:
        self._rows = rows

    def chances(self, f: Facts) -> dict[Ask, float]:
        """How likely each intent is, from 0 to 1; together 1."""
        sums = [0.0] * len(ASKS)
        for clue in clues(f):
            for ask, weight in self._rows.get(clue, ()):
                sums[ask] += weight
        most = max(sums)
        powers = [exp(each - most) for each in sums]
        total = sum(powers)
        return {ask: power / total for ask, power in zip(ASKS, powers, strict=True)}


@cache
def weights() -> Weights:
    """The weights of all languages, read once."""
    places = {ask.value: place for place, ask in enumerate(ASKS)}
    rows: dict[str, Row] = {}
    for line in (locales() / "weights.tsv").read_text("utf-8").splitlines():
        clue, _, said = line.partition("\t")
        pairs = (each.split(":") for each in said.split())
        rows[clue] = tuple((places[ask], float(weight)) for ask, weight in pairs)
    return Weights(rows)

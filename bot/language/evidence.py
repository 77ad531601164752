"""What speaks for a wish to meet: a time and something to meet for."""

from __future__ import annotations

from bot.domain.intent import Ask
from bot.domain.timelang.model import Kind, Part
from bot.language.facts import Facts, is_over
from bot.language.lexicon import listed
from bot.language.text import CLAUSE_END


def spread(f: Facts) -> bool:
    """A stretch with a shorter length beside it, or said to be one: somewhere inside it."""
    return any(m.best.kind is Kind.RANGE and m.exact for m in f.moments) and (bool(f.times.lengths) or within(f))


def within(f: Facts) -> bool:
    return f.has("within", "find_time_strong") and any(m.best.kind is Kind.RANGE and m.exact for m in f.moments)


def meeting(f: Facts) -> Ask | None:
    """A time and something to meet for: an exact time is a booking, a stretch is a search."""
    weight = _evidence(f)
    if not f.times.any:
        return Ask.CREATE if f.times.problem and weight >= 4 else _untimed(f)
    if f.times.rule is not None and weight >= 2:
        return Ask.CREATE
    if not f.moments:
        return None
    whole = [m for m in f.moments if not m.exact]
    alone = not (f.people or f.everyone or f.times.lengths or f.has("we", "find_time", "can_you"))
    if f.exact and (alone or not spread(f)):
        return Ask.CREATE if weight >= 2 else None
    if (f.has("all_day") or (f.times.days and f.has("kind"))) and weight >= 2 and not f.has("find_time"):
        return Ask.CREATE
    if f.has("talk") and not f.has("book", "find_time"):
        return None
    if whole or spread(f):
        wants = (
            f.has("find_time")
            or f.times.lengths
            or (f.people and f.has("book", "talk_over", "kind", "event", "can_you", "add"))
            or (f.has("book") and f.has("kind", "talk_over", "event"))
            or (len(f.moments) > 1 and f.people)
        )
        return Ask.FIND if wants and weight >= 2 else None
    return None


def _evidence(f: Facts) -> int:
    """How much speaks for a wish to meet."""
    weight = 0
    wished = f.has("needs_more") and bool(f.times.lengths) and not f.ctx
    weight += 3 if wished or f.has("book", "can_you", "find_time") else 0
    weight += 2 if f.people or f.everyone else 0
    weight += 2 if f.has("kind") or f.line.quotes or _ends_like_a_meeting(f) else 0
    weight += 1 if f.times.rule and f.times.rule.best.start else 0
    weight += 1 if _bare(f) else 0
    weight += 2 if f.has("talk_over", "event") else 0
    weight += 1 if f.times.lengths or f.times.rule else 0
    weight += 1 if f.room is not None else 0
    weight += 1 if f.has("with") else 0
    weight -= 2 if f.has("chatter") and not f.has("can_you", "book") else 0
    weight += 1 if _short_name(f) else 0
    weight -= 3 if f.has("talk") and not f.has("can_you") else 0
    weight -= 4 if f.has("why_q") else 0
    weight -= 6 if f.has("errand") else 3 if f.has("thanks") else 0
    weight -= 4 if _tells_of_somebody(f) and not f.has("book", "find_time") else 0
    weight -= 4 if f.moments and all(is_over(m, f) for m in f.moments) and not f.has("book") else 0
    weight -= 2 if f.line.has_code else 0
    weight -= 3 if f.has("when_q") and not f.has("book", "can_you", "find_time", "talk_over") else 0
    asked = f.has("book", "can_you")
    weight -= 3 if f.has("told") and not asked and not (f.people or f.everyone) else 0
    weight -= 2 if f.has("told") and f.people and not asked and not f.has("kind", "talk_over", "event", "also") else 0
    weight -= 2 if _of_the_time(f) and not asked and not f.has("kind", "event") else 0
    return weight


def _tells_of_somebody(f: Facts) -> bool:
    """Whether a clause says what somebody is or did: "Ann is at the dentist until 3"."""
    verbs = listed(f.languages, "telling_verbs")
    return any(f.text[n.end : n.end + 12].split(" ")[:2][-1] in verbs for n in f.named if n.start >= 0)


def _of_the_time(f: Facts) -> bool:
    """Whether the time only tells which thing is meant: 9点的太阳, 3点那班飞机."""
    return any(m.exact and f.text[m.end : m.end + 1] in _ATTRIBUTES for m in f.moments) and not _ends_like_a_meeting(f)


_ATTRIBUTES = frozenset("的那")


def _ends_like_a_meeting(f: Facts) -> bool:
    """Whether a clause ends in what meetings' names end in."""
    ends = listed(f.languages, "kind_suffix")
    hidden = [(h.start, h.end) for h in f.cues.of("noise")]
    for i, c in enumerate(f.text + "\n"):
        if (c in CLAUSE_END or c == " ") and f.text[:i].endswith(ends) and not any(s < i <= e for s, e in hidden):
            return True
    return False


def _bare(f: Facts) -> bool:
    """Nothing that makes a statement: a time and a name for it."""
    if not any(m.best.said - {Part.OFFSET} for m in f.moments) and f.times.rule is None:
        return False
    return _short_name(f) and not f.has("sentence_mark", "talk", "chatter", "yesno", "what_q", "past")


def _short_name(f: Facts) -> bool:
    """Nothing but a few words beside the time: a calendar entry, not a tale."""
    rest = len(" ".join(f.text.split())) - sum(e - s for m in f.moments for s, e in m.spans)
    return rest <= 24 and not f.has("me") and not any(c in f.text for c in "!！?？。")


def _untimed(f: Facts) -> Ask | None:
    if f.has("talk", "why_q") or not (f.people or f.everyone):
        return None
    if f.times.lengths and f.has("book", "with", "can_you", "find_verb") and not f.has("yesno", "past"):
        return Ask.FIND
    if (
        f.times.lengths
        and f.people
        and _with_them(f)
        and not f.has("yesno", "past", "told", "chatter", "sentence_mark")
    ):
        return Ask.FIND
    met = f.has("event", "talk_over", "kind")
    return Ask.FIND if met and f.has("book", "find_time") and f.has("can_you", "find_time", "book_strong") else None


def _with_them(f: Facts) -> bool:
    """伊藤さんと30分: whether the word for company stands right behind a name."""
    ends = {n.end for n in f.named}
    return any(h.start in ends or h.start - 1 in ends for h in f.cues.of("with_after"))

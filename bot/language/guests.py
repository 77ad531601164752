"""Rules for the people of an event: who comes, who is added, who is taken off."""

from __future__ import annotations

from bot.domain.intent import Ask
from bot.language.cues import Hit
from bot.language.facts import (
    Facts,
    around_a_time,
    beside,
    goes_on,
    overlaps,
    same_clause,
    within_any,
)
from bot.language.text import clause_of

_CHANGES = (
    *("find_time", "cancel", "move_to", "move_later", "move_earlier", "remove", "room", "add_in", "longer", "shorter"),
)


def rsvp(f: Facts) -> Ask | None:
    if f.ctx and f.has("refuse") and len(f.text.strip()) <= 16:
        return Ask.RSVP
    theirs = f.people and not f.has("me") and not _owners(f)
    if not f.has("accept", "decline", "tentative") or f.has("coming") or theirs:
        return None
    if f.has("yesno") and f.people:
        return None
    if not f.ctx and f.has("loaded") and f.has("yesno"):
        return None
    chatter = [h for h in f.cues.of("chatter") if not overlaps(h, f.cues.of("accept", "decline"))]
    if not f.ctx and chatter and not f.has("event", "kind", "this") and not f.line.quotes:
        return None
    if not f.ctx and f.moments and f.has("leave") and (not f.has("event", "kind", "this") or _only_away(f)):
        return None  # away at that time, which is no answer to anybody
    answers = f.cues.of("softener", "accept", "decline", "tentative")  # "will be there" asks nothing
    asked = any(not overlaps(h, answers) or "?" in f.text for h in f.cues.of("yesno"))
    strong = f.has("decline") or (f.has("accept") and not f.has("yesno"))
    if f.ctx and f.has("tentative") and not f.times.phrases and not asked and not f.has("find_time"):
        return Ask.RSVP
    answers = f.cues.of("accept", "decline")
    if f.ctx and all(within_any(h, answers) for h in f.cues.of(*_CHANGES)):
        if f.exact and f.has("book") and not strong:
            return None
        return Ask.RSVP if not (asked and not f.has("me", "decline")) else None
    if (
        strong
        and not f.has("who_q")
        and not (f.everyone and not f.has("decline"))
        and (f.moments or f.has("event", "kind", "this") or f.line.quotes)
    ):
        wishes = f.cues.of("cancel", "move_to", "move_later", "move_earlier", "remove", "find_time", "book")
        if any(not overlaps(h, answers) for h in wishes) and not f.has("decline"):
            return None
        other = [h for h in f.cues.of("move_to", "move_later", "cancel") if not within_any(h, f.cues.of("decline"))]
        if other and f.has("decline"):
            return None
        return Ask.RSVP
    if f.has("tentative") and f.has("me") and f.moments and f.has("event", "kind", "this") and not f.has("book"):
        return Ask.RSVP
    return None


def _owners(f: Facts) -> bool:
    """Whether people are only named as whose meeting it is: 伊藤さんのレビュー."""
    answers = {h.start for h in f.cues.of("accept", "decline", "tentative")}
    return all(n.start >= 0 and f.text[n.end : n.end + 1] in ("の", "的") and n.end + 1 not in answers for n in f.named)


def _only_away(f: Facts) -> bool:
    """Whether leave is all that speaks against coming; right behind a meeting it is an answer: 例会我请假."""
    leave, kinds = f.cues.of("leave"), f.cues.of("kind", "event", "this")
    answers = [h for h in f.cues.of("accept", "decline", "tentative") if not overlaps(h, leave)]
    return not answers and not any(0 <= h.start - k.end <= 2 for h in f.cues.of("decline") for k in kinds)


def uninvite(f: Facts) -> Ask | None:
    if not f.has("remove", "negation") or not (f.people or (f.everyone and f.ctx)):
        return None
    unwanted = [h for h in f.cues.of("negation") if not overlaps(h, f.cues.of("cancel"))]
    if f.ctx and unwanted and not f.moments and f.people:
        return Ask.UNINVITE
    removing = f.cues.of("remove")
    if f.has("add_in"):  # also invited, and free to stay away
        removing = [h for h in removing if not overlaps(h, f.cues.of("optional"))]
    others = [h for h in f.cues.of("cancel") if not overlaps(h, removing)]
    if not removing or others or (f.has("cancel") and not beside(f, removing) and not f.ctx):
        return None
    if (f.has("calendar") and not f.ctx) or _ends_the_meeting(f, removing):
        return None
    return None if not f.ctx and f.exact and _met_with(f) else Ask.UNINVITE


def _ends_the_meeting(f: Facts, removing: list[Hit]) -> bool:
    """@Ann 家里有事，这场先撤掉吧: a clause in which a meeting, and nobody, is what is taken away."""
    if not f.ctx or not all(overlaps(h, f.cues.of("cancel")) for h in removing):
        return False
    for h in removing:
        lo, hi = clause_of(f.text, h.start, h.end)
        places = [n.start for n in f.named] + [t.start for t in f.cues.of("third")]
        somebody = any(lo <= at < hi for at in places)
        if somebody or not any(lo <= t.start < h.start for t in f.cues.of("this_event")):
            return False
    return True


def _met_with(f: Facts) -> bool:
    """Whether a name only tells which meeting is meant: "the 2pm with Ann isn't needed"."""
    ends = {h.end for h in f.cues.of("with")}
    return any(n.start - 1 in ends for n in f.named)


def _of_an_event(f: Facts) -> bool:
    """Whether the time only tells which event is meant: 明天的选题会, 周五那个评审."""
    things = f.cues.of("kind", "event")
    return any(f.text[m.end : m.end + 1] in _WHICH and any(0 <= h.end - m.end <= 14 for h in things) for m in f.moments)


_WHICH = frozenset("的那")


def _onto_an_event(f: Facts) -> bool:
    """Whether somebody is brought along to an event called by its name alone: 周会拉上小郑."""
    if f.times.phrases or not f.people or f.has("told", "yesno", "past", "talk", "room", "find_time"):
        return False
    adding = [h for h in f.cues.of("add") if h.end - h.start > 1]
    return any(0 <= h.start - k.end <= 1 for h in adding for k in f.cues.of("kind", "event"))


def invite(f: Facts) -> Ask | None:
    if not (f.people or f.everyone):
        return None
    lone = f.ctx and f.people and not f.moments and not f.times.lengths
    lone = lone and not f.has("free", "yesno", "when_q", "who_q", "talk", "room")
    if lone and f.has("negation"):
        return Ask.UNINVITE
    if lone and f.has("also", "add", "add_in"):
        return Ask.INVITE
    adding = [h for h in f.cues.of("add_in") if not goes_on(h, f.cues.of("book", "find_time"))]
    adding = [h for h in adding if f.ctx or not around_a_time(h, f)]
    if adding:
        if f.exact and not f.ctx and not same_clause(f, adding):
            return None
        if f.times.rule is not None and not f.ctx:
            return None
        return Ask.INVITE if f.people or f.ctx or f.has("kind", "event") else None
    if f.has("add") and f.ctx and not f.moments and not f.times.lengths and not f.has("room"):
        return Ask.INVITE
    if _onto_an_event(f):
        return Ask.INVITE
    if f.has("add") and _of_an_event(f) and not f.has("book", "talk_over", "find_time", "room", "yesno"):
        return Ask.INVITE
    if f.has("optional", "optional_all") and f.ctx and not f.moments and not f.times.lengths:
        return Ask.INVITE
    return None

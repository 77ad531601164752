"""Which of the things people ask for a sentence asks for: a list of rules, read from the top, and fitted weights.

The rules look at classes of phrases (``locales/*/lexicon.toml``) and at what else the sentence holds: times, people,
a room, an event it can mean. No rule knows a word of any language.
"""

from __future__ import annotations

from bot.domain.intent import Ask
from bot.language.cues import Hit
from bot.language.edits import cancel, extend, undo
from bot.language.errands import (
    accounts,
    asks_for_help,
    calendars,
    chat,
    greet,
    minutes,
    poll,
    remind,
    search,
    settings,
    thanks,
    timeoff,
)
from bot.language.evidence import meeting, spread, within
from bot.language.facts import Facts, is_over
from bot.language.guests import invite, rsvp, uninvite
from bot.language.moments import day_said
from bot.language.shifts import move
from bot.language.weights import weights

_SURER = 0.4  # how much likelier an intent is that the rules find,
_SURER_NONE = 0.2  # ... and none when they find nothing: they know fewer ways to ask than people do
_SURE = (1 + _SURER) / 2  # from here on nothing the rules find can make another intent likelier


def decide(f: Facts) -> Ask:
    """What the weights of its words and the rules together find likeliest."""
    if f.line.has_code and not (f.moments or f.people or f.has("can_you")):
        return Ask.NONE
    likely = weights().chances(f)
    ask = max(likely, key=likely.__getitem__)
    if likely[ask] < _SURE:
        said = ruled(f)
        likely[said] += surer(said)
        ask = max(likely, key=likely.__getitem__)
    return Ask.NONE if ask in _COMING and _told_of_yesterday(f) else ask


def surer(said: Ask) -> float:
    """How much likelier an intent is that the rules say."""
    return _SURER if said is not Ask.NONE else _SURER_NONE


def ruled(f: Facts) -> Ask:
    """The first rule that fits."""
    return next((ask for rule in _RULES if (ask := rule(f)) is not None), Ask.NONE)


_COMING = frozenset({Ask.CREATE, Ask.REMIND, Ask.ROOM, Ask.FIND})


def _told_of_yesterday(f: Facts) -> bool:
    """Whether all times are on days gone by and nothing is asked for."""
    today = f.sentence.now.date()
    days = [m.best.end or m.best.start for m in f.moments if day_said(m.best) and is_over(m, f)]
    gone = bool(days) and all(d is not None and d.date() < today for d in days) and len(days) == len(f.moments)
    return gone and not f.ctx and not f.has("book_strong", "find_time_strong", "remind_do")


_MEETING_WORDS = ("book", "talk_over", "kind", "event", "we", "find_time")


def _whose(f: Facts) -> Ask | None:
    """Who can, who cannot."""
    if _some(f) and f.moments and not f.ctx and not f.has("remind", "poll", "room", "errand"):
        return Ask.AVAILABILITY
    return None


def _some(f: Facts) -> bool:
    """Whether it is asked who can; 谁都有空 means all."""
    finding = f.cues.of("find_time")
    return any(all(h.start != c.start for h in finding) for c in f.cues.of("coming"))


def _room(f: Facts) -> Ask | None:
    wished = f.room is not None
    moved = wished and f.ctx and f.has("move_to", "change") and not f.times.phrases
    if not (f.has("room") or (f.has("room_use") and wished) or moved):
        return None
    if f.has("talk") and not f.has("can_you", "yesno", "book", "find_time"):
        return None
    if f.room is not None and not f.has("room") and not f.room.wish.floor and not f.moments and not moved:
        return None
    if f.has("fault") and not f.moments:
        return None
    asks = f.has("room_use", "free", "book", "find_time", "who_q", "can_you", "yesno", "when_q")
    asks = asks or f.has("add", "add_in", "want", "search") or (f.ctx and f.has("move_to", "change"))
    plain = wished and f.moments and not f.has("talk", "me", "sentence_mark")
    if not asks and not plain:
        return None
    if f.ctx and not f.exact:
        return Ask.ROOM
    if f.people and not f.has("room_use"):
        return None
    kinds = [
        h
        for h in f.cues.of("kind", "talk_over")
        if f.room is None or not any(s <= h.start and h.end <= e for s, e in f.room.places)
    ]
    first = f.cues.first("room")
    if kinds and (first is None or _leads_room(f, kinds, first)):
        return None
    return Ask.ROOM


def _leads_room(f: Facts, kinds: list[Hit], room: Hit) -> bool:
    """Whether the meeting is what is asked for and the room a wish beside it."""
    if f.text[kinds[0].end : room.start].strip(" ") in ("的", "用的", "の", "用の", "用"):
        return False
    given = any(h.start < kinds[0].start and kinds[0].end < h.end <= room.start + 2 for h in f.cues.of("room_for"))
    return not given and (kinds[0].start < room.start or not f.has("room_for"))


def _gap(f: Facts) -> Ask | None:
    if not f.has("next_gap") or f.people or f.everyone or f.has("we"):
        return None
    return Ask.NEXT_GAP


def _loaded(f: Facts) -> Ask | None:
    """Who can come; whether somebody, or I myself, already has something."""
    if _some(f) and (f.times.any or f.ctx) and not f.has("errand") and not (f.has("talk") and not f.moments):
        return Ask.AVAILABILITY
    over = bool(f.moments) and all(is_over(m, f) for m in f.moments)
    if f.has("loaded") and not f.has("book", "remind") and f.has("yesno", "agenda_show") and not over:
        return Ask.AVAILABILITY if f.people or f.everyone or (f.exact and not f.has("me")) else Ask.AGENDA
    asked = f.has("check") or ("?" in f.text and f.has("yesno")) or _asked_of_them(f)
    asked = asked and not f.times.lengths
    if (
        (f.people or f.everyone)
        and f.exact
        and asked
        and not f.has(*_MEETING_WORDS, "talk", "why_q", "errand")
        and not f.ctx
    ):
        return Ask.AVAILABILITY
    return None


def _asked_of_them(f: Facts) -> bool:
    """Whether a question begins with those it is about: "can Ann do 3pm"."""
    asking = {h.end + 1 for h in f.cues.of("yesno")}
    return any(n.start in asking for n in f.named) or any(h.start in asking for h in f.cues.of("everyone"))


def _find(f: Facts) -> Ask | None:
    """A search for time: words for it, or a question when everybody can meet."""
    if f.has("talk") and not f.times.phrases:
        return None
    together = f.everyone or f.has("we_all", "we")
    if f.exact and f.has("free") and f.has("yesno") and not f.has("when_q") and not f.times.lengths:
        return Ask.AVAILABILITY if f.people or f.everyone else None
    if not f.has("find_time") and not (f.has("find_verb") and f.times.lengths):
        wants = f.has("talk_over", "kind", "book") or f.times.lengths
        asked = together and f.has("when_q") and wants and not f.has("free", "search", "agenda", "talk")
        return Ask.FIND if asked else None
    if not (f.times.any or f.times.lengths or f.people or f.everyone or f.has("we", "talk_over", "kind", "event")):
        return None
    if f.people and f.has("check") and f.has("free") and not f.times.lengths:
        return Ask.AVAILABILITY
    if f.exact and not f.has("when_q") and not (f.has("free") and f.has("yesno")):
        return Ask.FIND if spread(f) or within(f) else Ask.CREATE
    theirs = f.people and not f.everyone and not f.has("we", "talk_over", "book", "kind", "can_you", "me")
    if theirs and f.has("when_q", "free") and not f.times.lengths:
        return Ask.AVAILABILITY
    return Ask.FIND


def _free(f: Facts) -> Ask | None:
    """Whose time: named people's is availability, everybody's is a search for a slot."""
    if not f.has("free"):
        when = f.people and f.moments and f.has("when_q")
        if not when or f.has("book", "talk_over", "talk", "kind"):
            return None
        return Ask.FIND if f.times.lengths else Ask.AVAILABILITY
    if not (f.times.any or f.people or f.everyone) or (f.has("errand") and not f.people):
        return None
    asks = f.has("yesno", "when_q", "can_you", "agenda_show", "who_q") or (f.people and f.has("what_q"))
    if f.has("talk") and (not asks or not f.times.phrases):
        return None
    if f.has("me") and f.has("when_q") and not (f.people or f.everyone or f.has("we")):
        return Ask.NEXT_GAP
    alone = f.has("me") and not (f.people or f.everyone or f.has("we"))
    if alone and asks and f.moments and not f.exact and not f.has("who_q", "coming"):
        return Ask.NEXT_GAP if f.times.lengths else Ask.AGENDA
    if f.has("third") and not asks:
        return None
    if f.has("agenda") and not (f.people or f.everyone or f.exact or f.has("we", "who_q", "coming", "third")):
        return None  # nobody's time but one's own
    together = f.everyone or f.has("we", "we_all")
    ours = together and not (f.people and not f.has("we", "we_all"))
    if ours and not f.exact and (f.has("when_q") or f.times.lengths):
        return Ask.FIND
    if f.people and f.times.lengths and not f.exact and f.has("when_q"):
        return Ask.FIND
    if not asks and f.exact and f.has("book") and f.has("kind", "talk_over", "about"):
        return None  # a call to talk through the gaps
    known = f.people or f.everyone or f.has("yesno", "who_q", "when_q")
    return Ask.AVAILABILITY if known and (asks or f.people) else None


def _agenda(f: Facts) -> Ask | None:
    listing = f.has("agenda_show") and f.has("event") and (f.has("me") or f.moments) and not f.has("kind", "book")
    weak = f.has("agenda_weak") and bool(f.moments) and not f.people and not f.has("kind", "book")
    if not f.has("agenda") and not listing and not weak:
        return None
    if (
        f.has("book")
        and (f.exact or f.times.lengths or f.has("talk_over", "kind"))
        and not f.has("agenda_show", "what_q")
    ):
        return None
    if f.has("talk") and not f.has("yesno", "what_q", "agenda_show", "when_q", "can_you"):
        return None
    if f.people and f.times.lengths and not f.has("agenda_show", "what_q"):
        return None
    if (
        f.people
        and f.exact
        and f.has("kind", "talk_over", "with")
        and not f.has("yesno", "what_q", "when_q", "can_you")
    ):
        return None
    if f.people and not f.has("me"):
        return Ask.AVAILABILITY
    if f.exact and not f.has("agenda_show", "yesno", "what_q", "when_q"):
        return None
    asks = f.has("agenda_show", "yesno", "what_q", "when_q", "can_you", "search", "me")
    if asks or len(f.text.strip()) <= 14:
        return Ask.AGENDA
    return None


_RULES = (
    *(undo, asks_for_help, accounts, calendars, poll, settings, remind, chat, minutes, _whose),
    *(uninvite, extend, move, cancel, rsvp, invite),
    *(_room, timeoff, _gap, search, _loaded, _find, _free, _agenda, meeting, greet, thanks),
)

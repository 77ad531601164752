"""Which of the things people ask for a sentence asks for: a list of rules, read from the top.

The rules look at classes of phrases (``locales/*/lexicon.toml``) and at what else the sentence holds: times, people,
a room, an event it can mean. No rule knows a word of any language.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.intent import Ask, Person, Sentence
from bot.domain.timelang.model import Kind, Part
from bot.language.lexicon import Cues, Hit, listed
from bot.language.people import Named
from bot.language.rooms import Wished
from bot.language.text import CLAUSE_END, Line
from bot.language.title import clause_of
from bot.language.when import Moment, Times, clock_said


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


def decide(f: Facts) -> Ask:
    """The first rule that fits decides."""
    for rule in _RULES:
        ask = rule(f)
        if ask is not None:
            return ask
    return Ask.NONE


def _undo(f: Facts) -> Ask | None:
    if not f.has("undo", "undo_strong") or f.exact:
        return None
    strong = f.cues.first("undo_strong")
    verb = f.cues.first("cancel", "move_to", "book")
    if strong is not None and (verb is None or strong.start <= verb.start) and (f.ctx or not f.has("talk")):
        return Ask.UNDO
    undo = f.cues.of("undo")
    others = [h for h in f.cues.of("cancel", "remove", "move_to", "book") if not _overlaps(h, undo)]
    if others and not f.has("this", "past") and (not f.ctx or f.moments or f.has("kind", "event")):
        return None
    return Ask.UNDO if not _only_talk(f) else None


def _help(f: Facts) -> Ask | None:
    if f.has("help") and not f.times.any and not f.people and not f.has("why_talk"):
        return Ask.HELP
    return None


def _accounts(f: Facts) -> Ask | None:
    """Other calendars and clients."""
    if f.has("talk") and not f.has("can_you", "yesno", "settings"):
        return None
    if f.has("caldav") and not f.exact:
        return Ask.CALDAV
    if f.has("exchange") and not f.exact and not f.people:
        return Ask.EXCHANGE
    return None


def _calendars(f: Facts) -> Ask | None:
    if f.has("subscribe") and (f.has("calendar") or f.people):
        return Ask.SUBSCRIBE
    if f.has("share") and f.has("calendar", "agenda") and (f.people or f.everyone or f.has("calendar")):
        return Ask.SHARE
    if f.has("calendar_make") and not f.exact:
        return Ask.CALENDARS
    return None


def _poll(f: Facts) -> Ask | None:
    if not f.has("poll") or f.has("remind"):
        return None
    if f.has("talk") and not f.moments:
        return None
    return Ask.POLL


def _settings(f: Facts) -> Ask | None:
    if not f.has("settings") or f.has("find_time") or f.people or f.has("remind_do"):
        return None
    if f.has("talk", "why_q") and not f.has("can_you", "change", "me"):
        return None
    if f.has("kind") and f.exact and f.has("book") and f.times.rule is None:
        return None
    return Ask.SETTINGS


def _remind(f: Facts) -> Ask | None:
    if not f.has("remind") or (f.has("add_in") and f.people and f.ctx and not f.times.phrases):
        return None
    if f.times.any or f.times.leads or f.times.lengths or f.ctx or f.times.deltas:
        return Ask.REMIND
    return Ask.REMIND if f.has("can_you") and not f.has("talk") else None


def _chat(f: Facts) -> Ask | None:
    if f.has("chat") and not f.has("talk_wide") and not (f.has("search") and f.has("past")):
        return Ask.MEETING_CHAT
    return None


def _minutes(f: Facts) -> Ask | None:
    if f.has("talk") and not f.has("can_you", "when_q"):
        return None
    if f.has("minutes") and (
        f.ctx
        or f.has("can_you", "agenda_show", "book", "search", "share", "give", "event", "kind", "past")
        or f.moments
    ):
        if f.has("who_q") and not f.ctx:
            return None
        return Ask.MINUTES
    return None


def _rsvp(f: Facts) -> Ask | None:
    if not f.has("accept", "decline", "tentative") or f.has("coming") or (f.people and not f.has("me")):
        return None
    if f.has("yesno") and f.people:
        return None
    strong = f.has("decline") or (f.has("accept") and not f.has("yesno"))
    if f.ctx and not f.has(
        "find_time", "cancel", "move_to", "move_later", "move_earlier", "remove", "room", "add_in", "longer", "shorter"
    ):
        if f.exact and f.has("book") and not strong:
            return None
        return Ask.RSVP if not (f.has("yesno") and not f.has("me", "decline")) else None
    if (
        strong
        and not f.has("who_q")
        and not (f.everyone and not f.has("decline"))
        and (f.moments or f.has("event", "kind", "this") or f.line.quotes)
    ):
        if f.has("cancel", "move_to", "move_later", "move_earlier", "remove", "find_time", "book") and not f.has(
            "decline"
        ):
            return None
        if f.has("move_to", "move_later", "cancel") and f.has("decline"):
            return None
        return Ask.RSVP
    if f.has("tentative") and f.has("me") and f.moments and f.has("event", "kind", "this") and not f.has("book"):
        return Ask.RSVP
    return None


def _uninvite(f: Facts) -> Ask | None:
    if not f.has("remove", "negation") or not (f.people or (f.everyone and f.ctx)):
        return None
    if f.ctx and f.has("negation") and not f.moments and f.people:
        return Ask.UNINVITE
    removing = f.cues.of("remove")
    others = [h for h in f.cues.of("cancel") if not _overlaps(h, removing)]
    if not removing or others or (f.has("cancel") and not _beside(f, removing) and not f.ctx):
        return None
    return None if f.has("calendar") and not f.ctx else Ask.UNINVITE


_MEETING_WORDS = ("book", "talk_over", "kind", "event", "we", "find_time")


_OTHER_EDITS = (
    *("move_later", "move_earlier", "remind", "find_time", "next_gap", "room", "talk"),
    *("book_strong", "settings", "cancel", "free", "search"),
)


def _whose(f: Facts) -> Ask | None:
    """Who can, who cannot."""
    if f.has("coming") and f.moments and not f.ctx and not f.has("remind", "poll"):
        return Ask.AVAILABILITY
    return None


def _extend(f: Facts) -> Ask | None:
    if f.times.rule is not None and not f.ctx:
        return None
    until = any(m.best.start is None and m.best.end is not None and clock_said(m.best) for m in f.moments)
    said_end = bool(f.exact or until or f.times.lengths or f.times.deltas)
    if f.has("talk") and not f.ctx and not f.has("can_you"):
        return None
    said_end = said_end or bool(f.times.leads)
    if f.ctx and (f.exact or until) and _says_the_end(f):
        return Ask.EXTEND
    if f.ctx and f.length_only and not f.moments and not f.people and not f.has(*_OTHER_EDITS):
        return Ask.EXTEND
    if f.ctx and until and f.has("change", "move_to") and not f.has("move_later", "move_earlier"):
        return Ask.EXTEND
    if f.has("longer", "shorter") and said_end and f.about_event and not f.people:
        if f.has("remind") or (f.has("room") and not f.ctx):
            return None
        return Ask.EXTEND
    if f.has("change", "move_to") and f.length_only and f.about_event:
        return None if f.has("room", "settings", "move_later", "move_earlier") else Ask.EXTEND
    if (
        f.ctx
        and f.has("ends")
        and f.has("change", "longer", "shorter", "this", "can_you", "early")
        and (f.exact or until)
        and not f.has("kind", "book", "move_to")
    ):
        return Ask.EXTEND
    return None


def _move(f: Facts) -> Ask | None:
    if f.ctx and f.exact and f.has("change_ctx") and _brief(f) and not f.people and not f.has("book", "kind"):
        return Ask.MOVE
    if not f.has("move_to", "move_later", "move_earlier", "change", "move_touch") and not f.times.deltas:
        return None
    if f.has("talk") and not f.ctx and not f.has("can_you", "yesno"):
        return None
    shift = f.times.lengths or f.times.deltas or f.times.days
    if f.has("move_later", "move_earlier") and (shift or f.moments) and (f.ctx or shift or not f.has("book")):
        return Ask.MOVE
    if f.has("move_to") and (f.moments or shift or f.ctx or f.has("event", "kind")):
        return Ask.MOVE
    if f.ctx and f.times.deltas and not f.people:
        return Ask.MOVE
    if _touches(f) and (f.ctx or f.has("event", "kind", "this")):
        return Ask.MOVE
    if f.has("change") and f.moments and not f.has("cancel") and (f.ctx or f.has("event", "kind", "this")):
        return Ask.MOVE
    return Ask.MOVE if f.ctx and f.has("move_later", "move_earlier") else None


def _brief(f: Facts) -> bool:
    return len(f.text.strip()) <= (44 if f.languages[0] == "en" else 24)


def _says_the_end(f: Facts) -> bool:
    """Whether the time is when an event ends."""
    if not f.has("end_time", "ends") or f.people or f.has("accept", "decline", "book", "kind"):
        return False
    return f.has("change", "move_to", "change_ctx", "can_you", "we") or _brief(f)


def _touches(f: Facts) -> bool:
    """Whether a word for change stands right before a time: 改3点."""
    ends = {h.end for h in f.cues.of("move_touch")}
    return any(m.start in ends for m in f.moments if m.exact)


def _cancel(f: Facts) -> Ask | None:
    if not f.has("cancel") or f.has("why_q"):
        return None
    if f.has("talk") and not f.ctx and not f.has("can_you", "me", "scope_this", "scope_all", "scope_following"):
        return None
    if (
        f.ctx
        or f.moments
        or f.has("event", "kind", "this", "room", "leave", "scope_all", "scope_following", "scope_this")
        or f.line.quotes
    ):
        return Ask.CANCEL
    return None


def _invite(f: Facts) -> Ask | None:
    if not (f.people or f.everyone):
        return None
    lone = f.ctx and f.people and not f.moments and not f.times.lengths
    lone = lone and not f.has("free", "yesno", "when_q", "who_q", "talk", "room")
    if lone and f.has("negation"):
        return Ask.UNINVITE
    if lone and f.has("also", "add", "add_in"):
        return Ask.INVITE
    if f.has("add_in"):
        if f.exact and not f.ctx and not _same_clause(f, f.cues.of("add_in")):
            return None
        if f.times.rule is not None and not f.ctx:
            return None
        return Ask.INVITE if f.people or f.ctx else None
    if f.has("add") and f.ctx and not f.moments and not f.times.lengths and not f.has("room"):
        return Ask.INVITE
    if f.has("optional", "optional_all") and f.ctx and not f.moments and not f.times.lengths:
        return Ask.INVITE
    return None


def _room(f: Facts) -> Ask | None:
    wished = f.room is not None
    if not (f.has("room") or (f.has("room_use") and wished)):
        return None
    if f.has("talk") and not f.has("can_you", "yesno", "book", "find_time"):
        return None
    asks = f.has("room_use", "free", "book", "find_time", "who_q", "can_you", "yesno", "when_q")
    asks = asks or f.has("add", "add_in", "want", "search")
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
    return kinds[0].start < room.start or not f.has("room_for")


def _timeoff(f: Facts) -> Ask | None:
    if not f.has("leave") or not f.times.any:
        return None
    if f.has("book", "find_time", "talk_over") and f.people:
        return None
    if f.has("coming", "who_q", "why_q", "remind") or (f.people and not f.has("me")):
        return None
    if f.has("yesno", "third") and not f.has("me", "can_you"):
        return None
    if f.has("past") and not f.exact and all(_over(m, f) for m in f.moments):
        return None
    return Ask.TIMEOFF


def _search(f: Facts) -> Ask | None:
    named = f.has("kind", "event", "kept") or bool(f.line.quotes)
    over = bool(f.moments) and all(_over(m, f) for m in f.moments)
    if f.has("was_q") and (f.moments or named) and (named or f.people or f.has("this")):
        return Ask.SEARCH
    if f.has("search") and f.has("free") and not over:
        return None
    searching = [h for h in f.cues.of("search") if not _overlaps(h, f.cues.of("find_time"))]
    if f.line.quotes and f.has("find_verb") and not f.times.lengths and not f.exact:
        return Ask.SEARCH
    named = named or (f.has("when_q") and not f.moments and _says_more(f)) or bool(f.people and f.has("when_q"))
    if searching and named and not f.has("find_time_strong"):
        if f.has("agenda") and not f.line.quotes and not over and not f.has("kind"):
            return None
        if f.has("talk") and not f.has("can_you", "when_q", "past", "yesno") and not f.line.quotes:
            return None
        return Ask.SEARCH
    if over and f.has("when_q", "what_q", "search") and (named or f.people):
        return Ask.SEARCH
    return None


def _says_more(f: Facts) -> bool:
    """Whether something with a name is asked about."""
    taken = sum(h.end - h.start for h in f.cues.of("search", "when_q", "polite"))
    return len("".join(f.text.split())) - taken >= 3


def _gap(f: Facts) -> Ask | None:
    if not f.has("next_gap") or f.people or f.everyone or f.has("we"):
        return None
    return Ask.NEXT_GAP


def _free(f: Facts) -> Ask | None:
    """Whose time: named people's is availability, everybody's is a search for a slot."""
    if f.has("coming") and (f.times.any or f.ctx):
        return Ask.AVAILABILITY
    over = bool(f.moments) and all(_over(m, f) for m in f.moments)
    if f.has("loaded") and not f.has("book", "remind") and f.has("yesno", "agenda_show") and not over:
        return Ask.AVAILABILITY if f.people or f.everyone or (f.exact and not f.has("me")) else Ask.AGENDA
    if f.people and f.exact and "?" in f.text and f.has("yesno") and not f.has(*_MEETING_WORDS) and not f.ctx:
        return Ask.AVAILABILITY
    if not f.has("free", "find_time"):
        together = f.everyone or f.has("we_all", "we")
        wants = f.has("talk_over", "kind", "book") or f.times.lengths
        if together and f.has("when_q") and wants and not f.has("search", "agenda", "talk"):
            return Ask.FIND
        if f.people and f.moments and f.has("when_q") and not f.has("book", "talk_over", "talk", "kind"):
            return Ask.AVAILABILITY
        return None
    asks = f.has("yesno", "when_q", "can_you", "find_time", "agenda_show", "who_q")
    if (
        f.exact
        and f.has("free")
        and f.has("yesno")
        and not f.has("when_q")
        and not f.times.lengths
        and (f.people or f.everyone)
    ):
        return Ask.AVAILABILITY
    if f.has("find_time") and (
        f.times.any or f.times.lengths or f.people or f.everyone or f.has("we", "talk_over", "kind", "event")
    ):
        if f.has("talk") and not asks:
            return None
        if f.exact and not f.has("free", "when_q"):
            return Ask.FIND if _spread(f) or _within(f) else Ask.CREATE
        if (
            f.people
            and not f.has("we", "talk_over", "book", "kind", "can_you", "me")
            and not f.everyone
            and f.has("when_q", "free")
            and not f.times.lengths
        ):
            return Ask.AVAILABILITY
        return Ask.FIND
    if not f.has("free") or not (f.times.any or f.people or f.everyone):
        return None
    if f.has("talk") and not asks:
        return None
    together = f.everyone or f.has("we", "we_all")
    if (
        together
        and not f.exact
        and (f.has("when_q", "find_time") or f.times.lengths)
        and not (f.people and not f.has("we", "we_all"))
    ):
        return Ask.FIND
    if f.people and f.times.lengths and not f.exact and f.has("when_q", "which_q"):
        return Ask.FIND
    if f.people or f.everyone or f.has("yesno", "who_q", "when_q"):
        return Ask.AVAILABILITY if asks or f.people else None
    return None


def _spread(f: Facts) -> bool:
    """A stretch with a shorter length beside it, or said to be one: somewhere inside it."""
    return any(m.best.kind is Kind.RANGE and m.exact for m in f.moments) and (bool(f.times.lengths) or _within(f))


def _within(f: Facts) -> bool:
    return f.has("within", "find_time_strong") and any(m.best.kind is Kind.RANGE and m.exact for m in f.moments)


def _agenda(f: Facts) -> Ask | None:
    listing = f.has("agenda_show") and f.has("event") and (f.has("me") or f.moments) and not f.has("kind", "book")
    if not f.has("agenda") and not listing:
        return None
    if (
        f.has("book")
        and (f.exact or f.times.lengths or f.has("talk_over", "kind"))
        and not f.has("agenda_show", "what_q")
    ):
        return None
    if f.people and not f.has("me"):
        return Ask.AVAILABILITY
    if f.exact and not f.has("agenda_show", "yesno", "what_q", "when_q"):
        return None
    if f.has("talk") and not f.has("yesno", "what_q", "agenda_show", "when_q", "can_you"):
        return None
    asks = f.has("agenda_show", "yesno", "what_q", "when_q", "can_you", "search", "me")
    if asks or len(f.text.strip()) <= 14:
        return Ask.AGENDA
    return None


def _greet(f: Facts) -> Ask | None:
    """A greeting is for us unless it is for somebody else or something follows it."""
    if not f.has("greet") or f.times.any or f.people or f.everyone or f.has("talk", "yesno_other"):
        return None
    rest = f.text
    for hit in f.cues.of("greet", "thanks", "polite"):
        rest = rest[: hit.start] + " " * (hit.end - hit.start) + rest[hit.end :]
    left = "".join(c for c in rest if c.isalnum())
    return Ask.GREET if len(left) <= 4 else None


def _meeting(f: Facts) -> Ask | None:
    """A time and something to meet for: an exact time is a booking, a stretch is a search."""
    if not f.times.any:
        return _untimed(f)
    weight = _evidence(f)
    if f.times.rule is not None and weight >= 2:
        return Ask.CREATE
    if not f.moments:
        return None
    whole = [m for m in f.moments if not m.exact]
    if f.exact and not _spread(f):
        return Ask.CREATE if weight >= 2 else None
    if f.has("all_day") and weight >= 1:
        return Ask.CREATE
    if whole or _spread(f):
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
    weight += 3 if f.has("book", "can_you", "find_time") else 0
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
    weight -= 4 if f.moments and all(_over(m, f) for m in f.moments) and not f.has("book") else 0
    weight -= 2 if f.line.has_code else 0
    return weight


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
    rest = len(f.text) - sum(e - s for m in f.moments for s, e in m.spans)
    return rest <= 24 and not f.has("me") and not any(c in f.text for c in "!！?？。")


def _untimed(f: Facts) -> Ask | None:
    if f.has("talk", "why_q") or not (f.people or f.everyone):
        return None
    if (
        f.has("book", "find_time")
        and f.has("event", "talk_over", "kind")
        and (f.times.lengths or f.has("can_you", "find_time") or f.has("book_strong"))
    ):
        return Ask.FIND
    return None


def _thanks(f: Facts) -> Ask | None:
    return Ask.GREET if f.has("thanks") and f.bot_called and not f.times.any and len(f.text.strip()) < 24 else None


def _over(m: Moment, f: Facts) -> bool:
    """Whether a time lies wholly in the past."""
    r = m.best
    last = r.end or r.start
    if last is None:
        return False
    if r.kind is Kind.DATE and r.start is not None:
        return r.start.date() < f.sentence.now.date()
    return last <= f.sentence.now


def _only_talk(f: Facts) -> bool:
    return f.has("talk") and not f.has("can_you", "this", "past", "me")


def _overlaps(hit: Hit, others: list[Hit]) -> bool:
    return any(o.start < hit.end and hit.start < o.end for o in others)


def _beside(f: Facts, hits: list[Hit]) -> bool:
    """Whether a name stands right at one of these words."""
    return any(
        abs(n.start - piece[1]) <= 2 or abs(piece[0] - n.end) <= 3
        for n in f.named
        if n.start >= 0
        for h in hits
        for piece in h.pieces
    )


def _same_clause(f: Facts, hits: list[Hit]) -> bool:
    """Whether a time stands in the clause of one of these words."""
    for h in hits:
        lo, hi = clause_of(f.text, h.start, h.end)
        if any(lo <= m.start and m.end <= hi for m in f.moments):
            return True
    return False


_RULES = (
    *(_undo, _help, _accounts, _calendars, _poll, _settings, _remind, _chat, _minutes, _whose),
    *(_uninvite, _extend, _move, _cancel, _rsvp, _invite),
    *(_room, _timeoff, _search, _gap, _free, _agenda, _meeting, _greet, _thanks),
)

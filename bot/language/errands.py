"""Rules for what is asked beside meetings: help, calendars, settings, reminders, polls, leave, searches."""

from __future__ import annotations

from bot.domain.intent import Ask
from bot.language.cues import Hit
from bot.language.facts import Facts, is_over, overlaps


def asks_for_help(f: Facts) -> Ask | None:
    if f.has("help") and not f.times.any and not f.people and not f.has("why_talk", "errand"):
        return Ask.HELP
    return None


def accounts(f: Facts) -> Ask | None:
    """Other calendars and clients."""
    if f.has("talk") and not f.has("can_you", "yesno", "settings", "what_q"):
        return None
    if f.has("caldav") and not f.exact:
        return Ask.CALDAV
    if f.has("exchange") and not f.exact and not f.people:
        return Ask.EXCHANGE
    return None


def calendars(f: Facts) -> Ask | None:
    if f.has("subscribe") and (f.has("calendar") or f.people):
        return Ask.SUBSCRIBE
    others = f.people or f.everyone
    if f.has("share") and f.has("me") and others and f.has("event", "free") and not f.times.any:
        return Ask.SHARE
    if f.has("share") and f.has("calendar", "agenda") and (f.people or f.everyone or f.has("calendar")):
        return Ask.SHARE
    if f.has("calendar_make") and not f.exact and not (f.has("cancel") and (f.has("this") or _an_event(f))):
        return Ask.CALENDARS
    return None


def _an_event(f: Facts) -> bool:
    """Whether an event is meant, not a calendar that is called by its kind: 健身日历."""
    calendars = {h.start for h in f.cues.of("calendar")}
    return any(h.end not in calendars for h in f.cues.of("kind", "event"))


def poll(f: Facts) -> Ask | None:
    if not f.has("poll") or f.has("remind"):
        return None
    if f.has("talk") and not f.moments:
        return None
    return Ask.POLL


def settings(f: Facts) -> Ask | None:
    if not f.has("settings") or f.has("find_time") or f.people or f.has("remind_do"):
        return None
    if f.has("talk", "why_q") and not f.has("can_you", "change", "me"):
        return None
    if f.has("remind") and f.times.rule is None and (f.exact or (f.ctx and f.times.leads)):
        return None
    if f.has("kind") and f.exact and f.has("book") and f.times.rule is None:
        return None
    rule = f.times.rule
    if rule and rule.best.start and not rule.best.end and f.has("kind") and not f.has("me", "change", "can_you"):
        return None
    return Ask.SETTINGS


def remind(f: Facts) -> Ask | None:
    if f.ctx and f.has("decline") and f.has("me"):
        return None
    if f.ctx and f.people and f.has("negation") and not f.moments:
        return None
    if f.exact and f.has("book") and all(f.text[h.start] == "@" for h in f.cues.of("remind")):
        return None
    asking = f.cues.of("search", "agenda")
    if asking and all(any(a.start <= h.start and h.end < a.end for a in asking) for h in f.cues.of("remind")):
        return None  # "tell me when the audit is"
    if not f.has("remind") or (f.has("add_in") and f.people and f.ctx and not f.times.phrases):
        return None
    if f.times.any or f.times.leads or f.times.lengths or f.ctx or f.times.deltas:
        return Ask.REMIND
    asked = f.has("can_you") or (f.has("remind_do") and f.has("before_mark", "me") and not f.has("search", "when_q"))
    return Ask.REMIND if asked and not f.has("talk") else None


def chat(f: Facts) -> Ask | None:
    if f.has("chat") and not f.has("talk_wide") and not (f.has("search") and f.has("past")):
        return Ask.MEETING_CHAT
    return None


def minutes(f: Facts) -> Ask | None:
    asked = f.has("can_you", "when_q", "agenda_show") or (f.has("give") and not f.has("yesno"))
    if f.has("talk") and not asked:
        return None
    if f.has("minutes") and (
        f.ctx
        or f.has("can_you", "agenda_show", "book", "search", "share", "give", "event", "kind", "past")
        or f.moments
    ):
        if f.has("who_q") and not f.ctx and not f.has("give"):
            return None
        return Ask.MINUTES
    return None


def timeoff(f: Facts) -> Ask | None:
    if not f.has("leave") or not f.times.any:
        return None
    if f.has("book", "find_time", "talk_over") and f.people:
        return None
    if _rests(f):
        return Ask.CANCEL
    if f.has("coming", "who_q", "why_q", "remind") or (f.people and not f.has("me", "backup")):
        return None
    if f.has("yesno", "third") and not f.has("me", "can_you"):
        return None
    if f.has("past") and not f.exact and all(is_over(m, f) for m in f.moments):
        return None
    return Ask.TIMEOFF


def _rests(f: Facts) -> bool:
    """Whether it is a meeting that takes the day off: 朝会は休みにします."""
    return any(
        0 < leave.start - kind.end <= 6 and f.text[kind.end : kind.end + 1] in {"は", "も", "、"}
        for kind in f.cues.of("kind", "event")
        for leave in f.cues.of("leave")
    )


def search(f: Facts) -> Ask | None:
    if f.has("errand") and f.has("who_q"):
        return None  # which of the people here has it
    named = f.has("kind", "event", "kept") or bool(f.line.quotes)
    over = bool(f.moments) and all(is_over(m, f) for m in f.moments)
    if f.has("was_q") and (f.moments or named) and (named or f.people or f.has("this")):
        return Ask.SEARCH
    free = f.has("free") and (f.people or any(not overlaps(h, f.cues.of("loaded")) for h in f.cues.of("free")))
    if f.has("search") and (free or f.times.lengths) and not over:
        return None
    searching = [h for h in f.cues.of("search") if not overlaps(h, f.cues.of("find_time"))]
    if f.line.quotes and f.has("find_verb") and not f.times.lengths and not f.exact:
        return Ask.SEARCH
    asked = f.has("when_q") and not f.moments and _says_more(f) and not f.has("topic")
    asked = asked or (over and f.has("talk_over") and f.has("when_q"))
    named = named or asked or bool(f.people and f.has("when_q"))
    if searching and named and not f.has("find_time_strong"):
        kinds = [h for h in f.cues.of("kind") if not overlaps(h, f.cues.of("agenda"))]
        listing = [h for h in f.cues.of("agenda") if not _inside(h, searching)]
        if listing and not f.line.quotes and not over and not kinds:
            return None
        tale = any(not _inside(h, searching) for h in f.cues.of("talk"))
        if tale and not f.has("can_you", "when_q", "past", "yesno", "find_verb") and not f.line.quotes:
            return None
        return Ask.SEARCH
    mine = f.has("agenda") and f.has("me") and not f.line.quotes
    if over and not mine and f.has("when_q", "what_q", "search") and (named or f.people):
        return Ask.SEARCH
    return Ask.SEARCH if _asks_for_date(f) else None


def _inside(hit: Hit, others: list[Hit]) -> bool:
    return any(o.start <= hit.start and hit.end <= o.end and o.end - o.start > hit.end - hit.start for o in others)


def _asks_for_date(f: Facts) -> bool:
    """ "When's Ann's leaving do": somebody's thing, asked for by its name."""
    asked = f.cues.first("when_q")
    if (
        asked is None
        or f.moments
        or f.has("talk", "free", "find_time", "agenda", "next_gap", "book", "why_q", "we", "me")
    ):
        return False
    return any(asked.end == n.start - 1 and f.text.startswith("'s ", n.end) for n in f.named) and _says_more(f)


def _says_more(f: Facts) -> bool:
    """Whether something with a name is asked about."""
    taken = {i for h in f.cues.of("search", "when_q", "polite") for s, e in h.pieces for i in range(s, e)}
    return sum(not c.isspace() for i, c in enumerate(f.text) if i not in taken) >= 3


def greet(f: Facts) -> Ask | None:
    """A greeting is for us unless it is for somebody else or something follows it."""
    greetings = f.cues.of("greet")
    others = f.everyone and not all(overlaps(h, greetings) for h in f.cues.of("everyone"))
    if not greetings or f.times.any or f.people or others or f.has("talk"):
        return None
    rest = f.text
    for hit in f.cues.of("greet", "thanks", "polite"):
        rest = rest[: hit.start] + " " * (hit.end - hit.start) + rest[hit.end :]
    left = "".join(c for c in rest if c.isalnum())
    return Ask.GREET if len(left) <= 4 else None


def thanks(f: Facts) -> Ask | None:
    return Ask.GREET if f.has("thanks") and f.bot_called and not f.times.any and len(f.text.strip()) < 24 else None

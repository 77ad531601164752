"""Rules for what is asked about an event that exists: undo, answer, invite, move, extend, cancel."""

from __future__ import annotations

from bot.domain.intent import Ask, RoomWish
from bot.domain.timelang.model import Part
from bot.language.facts import Facts, beside, brief, is_over, only_talk, overlaps, same_clause
from bot.language.lexicon import Hit
from bot.language.moments import clock_said
from bot.language.subjects import title_of
from bot.language.title import clause_of


def undo(f: Facts) -> Ask | None:
    if not f.has("undo", "undo_strong") or f.exact or (f.moments and f.has("yesno")):
        return None
    strong = f.cues.first("undo_strong")
    verb = f.cues.first("cancel", "move_to", "book")
    if strong is not None and (verb is None or strong.start <= verb.start + 8) and (f.ctx or not f.has("talk")):
        return Ask.UNDO
    undo = f.cues.of("undo")
    others = [h for h in f.cues.of("cancel", "remove", "move_to", "book") if not overlaps(h, undo)]
    if others and not f.has("this", "past") and (not f.ctx or f.moments or f.has("kind", "event")):
        return None
    return Ask.UNDO if not only_talk(f) else None


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
    if f.ctx and all(_within_any(h, answers) for h in f.cues.of(*_CHANGES)):
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
        other = [h for h in f.cues.of("move_to", "move_later", "cancel") if not _within_any(h, f.cues.of("decline"))]
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


_OTHER_EDITS = (
    *("move_later", "move_earlier", "remind", "find_time", "next_gap", "room", "talk"),
    *("book_strong", "settings", "cancel", "free", "search", "shift_by"),
)


def extend(f: Facts) -> Ask | None:
    if (f.times.rule is not None and not f.ctx) or _put_off_to_a_day(f):
        return None
    until = any(m.best.start is None and m.best.end is not None and clock_said(m.best) for m in f.moments)
    said_end = bool(f.exact or until or f.times.lengths or f.times.deltas)
    if f.has("talk") and not f.ctx and not f.has("can_you"):
        return None
    said_end = said_end or bool(f.times.leads)
    put_off = any(not overlaps(h, f.cues.of("ends")) for h in f.cues.of("move_later"))
    if f.ctx and (f.exact or until) and not put_off and _says_the_end(f):
        return Ask.EXTEND
    if f.ctx and f.length_only and not f.moments and not f.people and not f.has(*_OTHER_EDITS):
        return Ask.EXTEND
    if f.ctx and until and f.has("change", "move_to") and not f.has("move_later", "move_earlier"):
        return Ask.EXTEND
    changes = f.has("longer", "shorter") or (f.ctx and f.has("needs_more"))
    if changes and said_end and (f.about_event or f.has("breaks_up")) and not f.people:
        if f.has("remind") or (f.has("room", "find_time") and not f.ctx):
            return None
        return Ask.EXTEND
    if f.has("change", "move_to") and f.length_only and f.about_event:
        return None if f.has("room", "settings", "move_later", "move_earlier", "shift_by") else Ask.EXTEND
    if f.exact and f.has("kind", "event") and f.has("change", "move_to") and _end_at(f):
        return Ask.EXTEND
    if (
        f.ctx
        and f.has("ends")
        and f.has("change", "longer", "shorter", "this", "can_you", "early")
        and (f.exact or until)
        and not f.has("kind", "book", "move_to")
    ):
        return Ask.EXTEND
    return None


def move(f: Facts) -> Ask | None:
    if f.ctx and f.exact and f.has("change_ctx") and brief(f) and not f.people and not f.has("book", "kind"):
        return Ask.MOVE
    if f.ctx and f.moments and not f.people and _wished_then(f):
        return Ask.MOVE
    if (
        f.exact
        and f.times.rule is None
        and f.has("scope_this", "scope_following")
        and f.has("kind", "event", "this")
        and _bare(f)
    ):
        return Ask.MOVE
    other_time = f.has("same_time") or (f.times.excluded and f.has("change_ctx", "yesno", "can_you"))
    if (
        f.ctx
        and f.moments
        and other_time
        and not f.people
        and not f.has("book", "kind", "cancel", "find_time", "remind", "decline")
    ):
        return Ask.MOVE
    timed = any(clock_said(m.best) for m in f.moments)
    if f.ctx and timed and f.has("move_touch") and f.has("scope_this", "scope_following", "scope_all"):
        return Ask.MOVE
    if f.room is not None and not f.times.phrases and f.ctx and f.room.wish != RoomWish():
        return None  # to another room
    if _only_a_time(f):
        return Ask.MOVE
    moving = f.has("move_to", "move_later", "move_earlier", "change", "move_touch") or _put_off_to_a_day(f)
    moving = moving or any(m.role == "instead" for m in f.moments)  # 木曜の棚卸しを金曜の10時に
    if not moving and not f.times.deltas:
        return None
    if f.has("talk") and not f.ctx and not f.has("can_you", "yesno"):
        return None
    if not f.ctx and _was_moved(f):
        return None
    shift = f.times.lengths or f.times.deltas or f.times.days
    if not shift and not f.has("move_to") and f.has("cancel") and f.has("scope_following"):
        return None  # 下周往后全部停掉: from then on it is off
    if f.has("move_later", "move_earlier") and (shift or f.moments) and (f.ctx or shift or not f.has("book")):
        return Ask.MOVE
    if _put_off_to_a_day(f) and f.about_event:
        return Ask.MOVE
    if f.has("move_to") and (f.moments or shift or f.ctx or f.has("event", "kind")):
        return Ask.MOVE
    if f.ctx and f.times.deltas and not f.people:
        return Ask.MOVE
    if any(m.role == "instead" for m in f.moments) and (f.ctx or f.has("event", "kind", "this")):
        return Ask.MOVE
    if f.times.rule is not None and f.has("move_to", "change") and (f.ctx or f.has("kind", "this")):
        return Ask.MOVE
    if _touches(f) and (f.ctx or f.has("event", "kind", "this")):
        return Ask.MOVE
    replies = f.cues.of("tentative", "accept", "decline")
    ends = {h.end for h in replies}  # 仮承諾にして
    changing = [h for h in f.cues.of("change") if h.start not in ends and not _within_any(h, replies)]
    if changing and f.moments and not f.has("cancel") and (f.ctx or f.has("event", "kind", "this")):
        return Ask.MOVE
    meant = f.ctx or (f.has("kind", "event") and f.has("softener", "can_you"))
    return Ask.MOVE if meant and f.has("move_later", "move_earlier") and not replies else None


def _around_a_time(hit: Hit, f: Facts) -> bool:
    """Whether a time and a comma lie between the halves of a phrase: 把明天两点定下来，叫上赵敏."""
    start, end = hit.pieces[0][1], hit.pieces[-1][0]
    return any(c in ",，" for c in f.text[start:end]) and any(start <= m.start and m.end <= end for m in f.moments)


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


def _was_moved(f: Facts) -> bool:
    """Whether it is told that something was moved: 推迟了, 推迟了半小时才开."""
    moved = f.cues.of("move_later", "move_earlier")
    told = bool(moved) and all(f.text[h.end : h.end + 1] == "了" for h in moved)
    return told and not f.has("can_you", "softener", "move_to", "yesno")


_OTHERWISE = (
    "kind",
    "cancel",
    "find_time",
    "remind",
    "room",
    "accept",
    "decline",
    "tentative",
    "free",
    "leave",
    "talk",
)
_DEEDS = ("book_strong", "cancel", "find_time", "remind", "room", "talk", "free", "leave", "accept", "decline", "yesno")


def _bare(f: Facts) -> bool:
    """Whether nothing but a time is wished for."""
    booking = [h for h in f.cues.of("book") if not overlaps(h, f.cues.of("can_you"))]
    return brief(f) and not f.people and not booking and not f.has(*_DEEDS)


def _wished_then(f: Facts) -> bool:
    """Whether a sentence about an event is no more than a wish for another time: 15時でお願いします."""
    if f.has(*_OTHERWISE) or f.line.quotes:
        return False
    times = [m for m in f.moments if Part.OFFSET not in m.best.said and m.best.start is not None]
    wishes = [h for h in f.cues.of("then_please") if any(0 <= h.start - m.end <= 2 for m in times)]
    said = {i for h in f.cues.of("then_please", "book", "can_you", "polite", "yesno") for i in range(h.start, h.end)}
    said |= {i for m in f.moments for s, e in m.spans for i in range(s, e)}
    return bool(wishes) and sum(c.isalnum() for i, c in enumerate(f.text) if i not in said) <= 4


def _put_off_to_a_day(f: Facts) -> bool:
    """来週に延ばす: what is stretched to a day, not to an hour, is put off."""
    days = {m.end for m in f.moments if not clock_said(m.best)} if "ja" in f.languages else set()
    return any(days & {h.start, h.start - 1} for h in f.cues.of("longer"))


def _end_at(f: Facts) -> bool:
    """終了を18時に: whether words for its end stand right before a time."""
    ends = f.cues.of("end_time")
    return any(0 <= m.start - h.end <= 3 for h in ends for m in f.moments if m.exact)


_OTHER_WISHES = (
    *("free", "find_time", "next_gap", "accept", "decline", "tentative", "remind", "poll", "leave", "agenda", "search"),
    *("coming", "ends", "end_time", "talk", "kind", "book_strong", "room", "cancel", "longer", "shorter", "enough"),
    *("add_in", "remove", "minutes", "chat", "settings", "what_q", "who_q", "why_q", "undo", "talk_over", "errand"),
)


def _only_a_time(f: Facts) -> bool:
    """Whether all that is said of the event at hand is another time: "actually 4 is better", "10 or 11 on Monday"."""
    if not (f.ctx and f.exact and brief(f)) or f.people or f.everyone or f.times.rule or f.has(*_OTHER_WISHES):
        return False
    return f.languages == ("en",) and title_of(f, Ask.MOVE) is None


def _says_the_end(f: Facts) -> bool:
    """Whether the time is when an event ends."""
    if not f.has("end_time", "ends") or f.people or f.has("accept", "decline", "kind"):
        return False
    near = any(-1 <= h.start - m.end <= 2 for h in f.cues.of("ends") for m in f.moments)
    if f.has("book") and not (near and brief(f)):
        return False
    return f.has("change", "move_to", "change_ctx", "can_you", "we") or brief(f)


def _within_any(hit: Hit, others: list[Hit]) -> bool:
    """Whether a phrase is part of a longer one that says something else, or begins inside one."""
    return any(
        o.start < hit.end and (o.start < hit.start or (o.start == hit.start and hit.end < o.end)) and hit.start < o.end
        for o in others
    )


def _goes_on(hit: Hit, others: list[Hit]) -> bool:
    """Whether a longer phrase goes on from the same words: "put … on the calendar"."""
    return any(o.start <= hit.start < o.end and o.end > hit.end for o in others)


def _touches(f: Facts) -> bool:
    """Whether a word for change stands right before a time: 改3点."""
    ends = {h.end for h in f.cues.of("move_touch")}
    return any(m.start in ends for m in f.moments if m.exact)


def cancel(f: Facts) -> Ask | None:
    if f.has("why_q") or not (f.has("cancel") or _takes_away(f)):
        return None
    if f.moments and not f.ctx and all(is_over(m, f) for m in f.moments):
        return None
    cancelling = f.cues.of("cancel", "take_away")
    if all(_within_any(h, f.cues.of("decline", "ends") if f.ctx else f.cues.of("decline")) for h in cancelling):
        return None
    talk = [h for h in f.cues.of("talk") if not overlaps(h, cancelling)]
    if talk and not f.ctx and not f.has("can_you", "softener", "me", "scope_this", "scope_all", "scope_following"):
        return None
    if (
        f.ctx
        or f.moments
        or f.has("event", "kind", "this", "room", "leave", "scope_all", "scope_following", "scope_this")
        or f.line.quotes
    ):
        return Ask.CANCEL
    return None


def _takes_away(f: Facts) -> bool:
    """Whether a meeting is what is to be removed, not one of its guests."""
    return f.has("take_away") and (f.exact or f.has("kind", "event")) and not f.has("calendar", "room")


def invite(f: Facts) -> Ask | None:
    if not (f.people or f.everyone):
        return None
    lone = f.ctx and f.people and not f.moments and not f.times.lengths
    lone = lone and not f.has("free", "yesno", "when_q", "who_q", "talk", "room")
    if lone and f.has("negation"):
        return Ask.UNINVITE
    if lone and f.has("also", "add", "add_in"):
        return Ask.INVITE
    adding = [h for h in f.cues.of("add_in") if not _goes_on(h, f.cues.of("book", "find_time"))]
    adding = [h for h in adding if f.ctx or not _around_a_time(h, f)]
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

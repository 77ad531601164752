"""Rules for moving an event to another time."""

from __future__ import annotations

from bot.domain.intent import Ask, RoomWish
from bot.domain.timelang.model import Part
from bot.language.facts import (
    Facts,
    brief,
    overlaps,
    within_any,
)
from bot.language.moments import clock_said
from bot.language.subjects import title_of


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
    moving = f.has("move_to", "move_later", "move_earlier", "change", "move_touch") or put_off_to_a_day(f)
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
    if put_off_to_a_day(f) and f.about_event:
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
    changing = [h for h in f.cues.of("change") if h.start not in ends and not within_any(h, replies)]
    if changing and f.moments and not f.has("cancel") and (f.ctx or f.has("event", "kind", "this")):
        return Ask.MOVE
    meant = f.ctx or (f.has("kind", "event") and f.has("softener", "can_you"))
    return Ask.MOVE if meant and f.has("move_later", "move_earlier") and not replies else None


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


def put_off_to_a_day(f: Facts) -> bool:
    """来週に延ばす: what is stretched to a day, not to an hour, is put off."""
    days = {m.end for m in f.moments if not clock_said(m.best)} if "ja" in f.languages else set()
    return any(days & {h.start, h.start - 1} for h in f.cues.of("longer"))


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


def _touches(f: Facts) -> bool:
    """Whether a word for change stands right before a time: 改3点."""
    ends = {h.end for h in f.cues.of("move_touch")}
    return any(m.start in ends for m in f.moments if m.exact)

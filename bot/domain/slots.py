"""Finding times that suit people: candidates, tiers, a short list that differs, and a reason for each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.attendance import Availability, Facts, facts, in_order, standing
from bot.domain.draft import Guest, Reason, Slot
from bot.domain.rank import TIERS, Board, Wish, choose
from bot.domain.shortage import Relaxation, Relaxed, Shortage, explain, relax
from bot.domain.span import Span
from bot.domain.timeline import bits

LIMIT = 3
MIN_NOTICE = timedelta(minutes=10)
A_DAY = timedelta(days=1)
NEAR = timedelta(hours=2)  # as near to the asked time as is worth a word
MOMENT = timedelta(minutes=5)  # how soon after somebody's meeting is right after it

__all__ = [
    "Availability",
    "Proposal",
    "Relaxation",
    "Relaxed",
    "Shortage",
    "arithmetic",
    "judge",
    "propose",
    "relax",
    "standing",
]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Times to offer, the best first. ``shortage`` tells why none of them suits everybody, if none does."""

    slots: tuple[Slot, ...]
    shortage: Shortage | None = None


def propose(
    windows: Sequence[Span],
    people: Sequence[Availability],
    *,
    length: timedelta,
    now: datetime,
    asked: Span | None = None,
    excluded: Collection[Span] = (),
    limit: int = LIMIT,
    min_notice: timedelta = MIN_NOTICE,
    known: Span | None = None,
) -> Proposal:
    """The best times for a meeting of this length.

    At most one for each half-day when the windows reach over more than a day, as long as there is a choice. A
    compromise (tier D) is offered only when there is nothing better. ``known`` is where calendars were read beyond
    the windows: only there a later day can be suggested instead.
    """
    wish = Wish(tuple(sorted(windows)), length, now + min_notice, asked, tuple(sorted(excluded)))
    if not wish.windows or limit <= 0:
        return Proposal((), Shortage("window_past") if not wish.windows else None)
    board = Board(wish, people)
    tiers = board.tiers(board.possible())
    picked = _pick(board, tiers, limit)
    slots = [_slot(board.span(minute), people, asked, tier, board.score(minute)) for tier, minute in picked]
    if len(slots) > 1:
        first = min(range(len(slots)), key=lambda n: slots[n].span)
        slots[first] = replace(slots[first], reasons=(*slots[first].reasons, Reason("earliest")))
    suits_all = any(slot.tier in "AB" for slot in slots)
    return Proposal(tuple(slots), None if suits_all else explain(board, people, known=known))


def _pick(board: Board, tiers: dict[str, int], limit: int) -> list[tuple[str, int]]:
    def best_first(tier: str) -> list[int]:
        return sorted(bits(tiers[tier]), key=lambda minute: (-board.score(minute), minute))

    wide = board.windows[-1].end - board.windows[0].start > A_DAY
    picked: list[tuple[str, int]] = []
    for group in ("AB", "C", "D"):
        if len(picked) == limit or (group == "D" and picked):
            break
        ranked = {tier: best_first(tier) for tier in group}
        for spread in (True, False) if wide else (False,):
            for tier, starts in ranked.items():
                taken = [minute for _, minute in picked]
                picked += [(tier, minute) for minute in choose(board, starts, taken, limit, spread=spread)]
    return sorted(picked, key=lambda each: (each[0], -board.score(each[1]), each[1]))


def judge(span: Span, people: Sequence[Availability], asked: Span | None = None) -> Slot:
    """One exact time: how everybody stands to it, in which tier it is, and why."""
    board = Board(Wish((span,), span.length, span.start, asked), people)
    minute = board.line.before(span.start)
    tiers = board.tiers(1 << minute)
    tier = next((tier for tier in TIERS if tiers[tier]), "D")
    return _slot(span, people, asked, tier, board.score(minute))


def arithmetic(
    span: Span, people: Sequence[Availability], *, windows: Sequence[Span] = (), asked: Span | None = None
) -> dict[str, float]:
    """The terms whose sum is the score of one time, for whoever asks why it is where it is."""
    around = (*windows, span)
    board = Board(Wish(around, span.length, min(each.start for each in around), asked), people)
    return {name: round(points, 3) for name, points in board.terms(board.line.before(span.start)).items() if points}


def whole_day(span: Span, people: Sequence[Availability]) -> Slot:
    """Whole days, judged by what is in the calendars only: nobody's hours or lunch speak against an outing."""
    known = [(person.guest, replace(facts(person, span), off_hours=False, lunch=False)) for person in in_order(people)]
    tier = "D" if any(fact.busy for _, fact in known) else "A"
    standings = {guest.open_id: fact.standing for guest, fact in known}
    return Slot(span, tier, 0.0, standings, _reasons(span, people, known, span, tier))


def _slot(span: Span, people: Sequence[Availability], asked: Span | None, tier: str, score: float) -> Slot:
    known = [(person.guest, facts(person, span)) for person in in_order(people)]
    return Slot(
        span=span,
        tier=tier,
        score=score,
        standing={guest.open_id: fact.standing for guest, fact in known},
        reasons=_reasons(span, people, known, asked, tier),
    )


def _reasons(
    span: Span,
    people: Sequence[Availability],
    known: Sequence[tuple[Guest, Facts]],
    asked: Span | None,
    tier: str,
) -> tuple[Reason, ...]:
    """The terms that decided, as keys and names; never what anybody is busy with."""
    # Lunch and off hours are named below: whoever has nothing on then is free all the same.
    free = sum(not (fact.busy or fact.unknown or fact.tentative) for _, fact in known)
    reasons = [Reason("compromise")] if tier == "D" else []
    if free == len(known):
        reasons.append(Reason("all_free", {"n": free}))
    else:
        reasons.append(Reason("most_free", {"free": free, "total": len(known)}))
    for key in ("busy", "unknown", "tentative", "off_hours", "lunch"):
        whom = [guest for guest, fact in known if getattr(fact, key) and (key == "busy" or not fact.busy)]
        if key == "lunch":
            whom = [guest for guest, fact in known if fact.lunch and not fact.busy and not fact.off_hours]
        if whom:
            reasons.append(_about(key, whom))
    if asked is not None and span != asked and (away := abs(span.start - asked.start)) <= NEAR:
        minutes = int(away / timedelta(minutes=1))
        reasons.append(Reason("near_asked", {"minutes": minutes, "way": "later" if span > asked else "earlier"}))
    if span.start.minute % 30 and (whom := _just_done(span, people)):
        reasons.append(_about("after_busy", whom))
    return tuple(reasons)


def _about(key: str, guests: Sequence[Guest]) -> Reason:
    return Reason(key, {"names": ", ".join(guest.name for guest in guests), "count": len(guests)})


def _just_done(span: Span, people: Sequence[Availability]) -> list[Guest]:
    """Whose meeting ends just before this one begins."""
    return [
        person.guest
        for person in in_order(people)
        if any(timedelta(0) <= span.start - b.span.end < MOMENT and not b.tentative for b in person.busy or ())
    ]

"""Why nothing suits everybody, and the smallest thing to give up for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.domain.attendance import Availability
from bot.domain.draft import Guest
from bot.domain.rank import Board, Person, Wish, at_least
from bot.domain.span import Span
from bot.domain.timeline import bits

LENGTHS = tuple(timedelta(minutes=m) for m in (90, 60, 45, 30, 15))  # what a meeting can be shortened to
DAYS_LATER = 7
COUNTED = 9  # more slots than this are as good as these
MOST = 3  # relaxations offered
MINUTE = timedelta(minutes=1)

Values = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One wish to give up. ``key`` is a locale key under ``relax.``; ``by`` is what ``relax`` understands."""

    key: str
    by: str
    slots: int  # how many times that do not overlap it would give, up to nine
    values: Values = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Shortage:
    """Why there is no time for everybody who must come: a locale key under ``shortage.``."""

    key: str
    values: Values = field(default_factory=lambda: MappingProxyType({}))
    relaxations: tuple[Relaxation, ...] = ()


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A request with one wish given up."""

    windows: tuple[Span, ...]
    length: timedelta
    guests: tuple[Guest, ...]


def relax(
    by: str, *, windows: Sequence[Span], length: timedelta, guests: Sequence[Guest], zone: ZoneInfo
) -> Relaxed | None:
    """The request after giving up what ``Relaxation.by`` names; None for a name that means nothing here."""
    what, _, argument = by.partition(":")
    same = Relaxed(tuple(windows), length, tuple(guests))
    if what == "shorter" and argument.isdecimal() and timedelta(0) < int(argument) * MINUTE < length:
        return replace(same, length=int(argument) * MINUTE)
    if what == "later" and argument.isdecimal() and 0 < int(argument) <= DAYS_LATER:
        return replace(same, windows=days_later(windows, int(argument), zone))
    if what == "optional" and any(g.open_id == argument and not (g.organizer or g.optional) for g in guests):
        freed = tuple(replace(g, optional=True) if g.open_id == argument else g for g in guests)
        return replace(same, guests=freed)
    return None


def days_later(windows: Iterable[Span], days: int, zone: ZoneInfo) -> tuple[Span, ...]:
    """The same hours on the clock, so many days later."""

    def later(instant: datetime) -> datetime:
        local = instant.astimezone(zone)
        return datetime.combine(local.date() + timedelta(days=days), local.time(), zone)

    moved = ((later(window.start), later(window.end)) for window in windows)
    return tuple(Span(start, end) for start, end in moved if start.timestamp() < end.timestamp())


def explain(board: Board, people: Sequence[Availability], *, known: Span | None = None) -> Shortage:
    """The cause, most basic first, with what could be given up. ``known``: where the calendars were read."""
    cause = _cause(board)
    if cause.key == "window_past":
        return cause
    return replace(cause, relaxations=relaxations(board, people, known=known))


def _cause(board: Board) -> Shortage:
    wish, minutes = board.wish, board.length
    left = [Span(max(w.start, wish.earliest), w.end) for w in wish.windows if w.end > wish.earliest]
    if not left:
        return Shortage("window_past")
    if all(window.length < wish.length for window in wish.windows):
        longest = max(window.length for window in wish.windows)
        return Shortage("window_short", {"minutes": minutes, "window": int(longest // MINUTE)})
    if all(window.length < wish.length for window in left):
        return Shortage("window_past")
    starts = board.inside() & board.grid()
    if not starts:
        return Shortage("window_short", {"minutes": minutes, "window": int(max(w.length for w in left) // MINUTE)})
    tiers = board.tiers(starts)
    if (tiers["A"] | tiers["B"]) & board.excluded():
        return Shortage("all_shown")
    return _who(board, starts)


def _who(board: Board, starts: int) -> Shortage:
    """The people because of whom no start is left."""
    minutes = board.length
    at_work = starts if board.hours_given_up else starts & ~at_least([p.off_hours for p in board.required], 1)[1]
    if not at_work:
        away = [p for p in board.required if not starts & ~p.off_hours]
        return Shortage("off_hours", _named(away or board.required))
    throughout = [p for p in board.required if not at_work & ~p.busy]
    if len(throughout) == len(board.required) > 1:
        return Shortage("everyone_busy", {"count": len(throughout), "minutes": minutes})
    if throughout and throughout[0].availability.guest.organizer:
        return Shortage("organizer_busy", {"minutes": minutes})
    if throughout:
        return Shortage("someone_busy", {**_named(throughout), "minutes": minutes})
    free = at_work & ~at_least([p.busy for p in board.required], 1)[1]
    if not free:
        most = max((at_work & p.busy).bit_count() for p in board.required)
        worst = [p for p in board.required if (at_work & p.busy).bit_count() == most]
        return Shortage("no_common_time", {**_named(worst), "minutes": minutes})
    unread = [p for p in board.required if p.unknown]
    if len(unread) > 1:
        return Shortage("unknown", _named(unread))
    return Shortage("only_maybe", _named([p for p in board.required if free & p.soft]))


def _named(people: Sequence[Person]) -> dict[str, str | int]:
    return {"names": ", ".join(p.availability.guest.name for p in people), "count": len(people)}


def relaxations(board: Board, people: Sequence[Availability], *, known: Span | None) -> tuple[Relaxation, ...]:
    """What could be given up, the most fruitful first, one of each kind."""
    found = [_shorter(board.wish, people), _optional(board), _later(board, people, known)]
    worth = [each for each in found if each is not None]
    return tuple(sorted(worth, key=lambda each: -min(each.slots, MOST)))


def _shorter(wish: Wish, people: Sequence[Availability]) -> Relaxation | None:
    for length in LENGTHS:
        if length < wish.length and (slots := fitting(Board(replace(wish, length=length), people))):
            minutes = int(length // MINUTE)
            return Relaxation("shorter", f"shorter:{minutes}", slots, {"minutes": minutes, "slots": slots})
    return None


def _optional(board: Board) -> Relaxation | None:
    """Do without one person, if two others who must come are left."""
    if len(board.required) < 3:
        return None
    best: Relaxation | None = None
    for guest in [person.availability.guest for person in board.required]:
        if guest.organizer:
            continue
        slots = fitting(board.without(guest.open_id))
        if slots and (best is None or slots > best.slots):
            values: Values = {"names": guest.name, "count": 1, "slots": slots}
            best = Relaxation("optional", f"optional:{guest.open_id}", slots, values)
    return best


def _later(board: Board, people: Sequence[Availability], known: Span | None) -> Relaxation | None:
    """The same hours on a later day, as far as the calendars were read."""
    if known is None:
        return None
    for days in range(1, DAYS_LATER + 1):
        windows = days_later(board.wish.windows, days, board.zone)
        if not windows or not all(known.contains(window) for window in windows):
            return None
        then = Board(replace(board.wish, windows=windows), people)
        if then.hours_given_up and not board.hours_given_up:
            continue  # a day off
        if slots := fitting(then):
            first = min(windows).start.astimezone(board.zone).date().isoformat()
            values: Values = {"days": days, "date": first, "slots": slots}
            return Relaxation("later", f"later:{days}", slots, values)
    return None


def fitting(board: Board) -> int:
    """How many times that do not overlap suit everybody who must come, with one soft miss at most."""
    tiers = board.tiers(board.possible())
    count, free_from = 0, 0
    for minute in bits(tiers["A"] | tiers["B"]):
        if minute >= free_from:
            count, free_from = count + 1, minute + board.length
            if count == COUNTED:
                break
    return count

"""The picture of who is free: from calendars to rows of pieces that tile the time shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from itertools import chain, count, pairwise
from zoneinfo import ZoneInfo

from bot.cards.chart import Piece, Row
from bot.cards.kit import Element, FreeBusyChart, Markdown, Note
from bot.cards.words import clipped, dotted
from bot.domain.draft import Busy, Guest
from bot.domain.span import Span
from bot.i18n import T, When, Zone

DAY_BEGINS, DAY_ENDS = time(9), time(18)
MOST_ROWS = 10
MOST_PIECES = 90  # of all rows together: about a quarter of what a card may weigh
LONGEST_ON_AXIS = 20
STATES = ("free", "tentative", "busy", "unknown", "proposed")

BusyTimes = Mapping[str, tuple[Busy, ...] | None]


def day_around(spans: Sequence[Span], zone: str) -> Span:
    """The working day of the first span, widened to whole hours so that all spans of that day are in it."""
    where = ZoneInfo(zone)
    working = working_day(spans[0].start, zone)
    start, end = working.start.astimezone(where), working.end.astimezone(where)
    day = start.date()
    for span in spans:
        begins, ends = span.start.astimezone(where), span.end.astimezone(where)
        if begins.date() == day:
            start = min(start, begins.replace(minute=0))
            end = max(end, ends.replace(minute=0) + timedelta(hours=1 if ends.minute else 0))
    return Span(start, min(end, datetime.combine(day + timedelta(days=1), time(), where)))


def working_day(at: datetime, zone: str) -> Span:
    """The hours people meet in, on the local day of this instant."""
    where = ZoneInfo(zone)
    day = at.astimezone(where).date()
    return Span(datetime.combine(day, DAY_BEGINS, where), datetime.combine(day, DAY_ENDS, where))


def picture(
    guests: Sequence[Guest],
    busy: BusyTimes,
    window: Span,
    zone: str,
    *,
    now: datetime,
    proposed: Sequence[Span] = (),
    most_pieces: int = MOST_PIECES,
) -> list[Element]:
    """Caption, chart and legend. Nothing of an event is shown but that it takes time."""
    rows: list[Row] = []
    pieces = 0
    for guest in guests[:MOST_ROWS]:
        row = Row(
            _on_axis(guest.name, {row.who for row in rows}), tuple(_pieces(busy.get(guest.open_id), window, proposed))
        )
        pieces += len(row.pieces)
        if pieces > most_pieces:
            break
        rows.append(row)
    shown = {piece.state for row in rows for piece in row.pieces}
    caption = T("chart.caption", when=When(window, zone, "full", now), zone=Zone(zone))
    legend = dotted([_LEGEND[state] for state in STATES if state in shown])
    hidden = [T("chart.hidden", count=len(guests) - len(rows))] if len(rows) < len(guests) else []
    return [Note(caption), FreeBusyChart(rows, zone), Markdown([legend, *hidden], size="notation")]


def _on_axis(name: str, taken: Collection[str]) -> str:
    """A name for the axis; bars of one name would be drawn as one, so a namesake gets a number."""
    name = clipped(name, LONGEST_ON_AXIS)
    numbered = (f"{name} ({number})" for number in count(2))
    return next(each for each in chain([name], numbered) if each not in taken)


_LEGEND = {
    "free": T("legend.free"),
    "tentative": T("legend.tentative"),
    "busy": T("legend.busy"),
    "unknown": T("legend.unknown"),
    "proposed": T("legend.proposed"),
}


def _pieces(busy: tuple[Busy, ...] | None, window: Span, proposed: Sequence[Span]) -> Iterator[Piece]:
    """The window cut wherever something begins or ends, equal neighbours joined."""
    taken = [(item.span, "tentative" if item.tentative else "busy") for item in busy or ()]
    edges = {window.start, window.end}
    for span in [*(span for span, _ in taken), *proposed]:
        edges |= {edge for edge in (span.start, span.end) if window.start < edge < window.end}
    open_piece: Piece | None = None
    for start, end in pairwise(sorted(edges)):
        piece = Piece(Span(start, end), "unknown" if busy is None else _state(Span(start, end), taken, proposed))
        if open_piece is not None and open_piece.state == piece.state:
            open_piece = Piece(Span(open_piece.span.start, end), piece.state)
            continue
        if open_piece is not None:
            yield open_piece
        open_piece = piece
    if open_piece is not None:
        yield open_piece


def _state(span: Span, taken: Sequence[tuple[Span, str]], proposed: Sequence[Span]) -> str:
    states = {state for stretch, state in taken if stretch.overlaps(span)}
    if "busy" in states:
        return "busy"
    if states:
        return "tentative"
    return "proposed" if any(stretch.overlaps(span) for stretch in proposed) else "free"

"""Free and busy as a picture: one bar a person, cut into pieces that tile the time shown.

A horizontal stacked bar of VChart, the library behind the platform's chart component. https://www.visactor.io/vchart
Pieces are told apart by colour only and labelled with clock times, so the picture needs no language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.span import Span

COLOURS: Mapping[str, str] = {
    "free": "#CDE9D6",
    "tentative": "#AEB9E8",
    "busy": "#4A5A8F",
    "unknown": "#C9CCD3",
    "off_hours": "#EDEFF2",
    "proposed": "#E07A3F",
}


@dataclass(frozen=True, slots=True)
class Piece:
    span: Span
    state: str


@dataclass(frozen=True, slots=True)
class Row:
    who: str
    pieces: Sequence[Piece]


def spec(rows: Sequence[Row], zone: str) -> dict[str, Any]:
    """The chart_spec; the first row is drawn on top."""
    values = [
        {
            "who": row.who,
            "piece": f"{number:02}",
            "state": piece.state,
            "minutes": round(piece.span.length.total_seconds() / 60),
            "label": _label(piece.span, zone),
        }
        for row in rows
        for number, piece in enumerate(row.pieces)
    ]
    states = [state for state in COLOURS if any(value["state"] == state for value in values)]
    fill = {"type": "ordinal", "field": "state", "domain": states, "range": [COLOURS[state] for state in states]}
    return {
        "type": "bar",
        "direction": "horizontal",
        "stack": True,
        "data": [{"id": "freebusy", "values": values}],
        "xField": "minutes",
        "yField": "who",
        "seriesField": "piece",
        "bar": {"style": {"fill": fill}},
        "axes": [{"orient": "bottom", "visible": False}, {"orient": "left", "type": "band", "inverse": True}],
        "legends": {"visible": False},
        "media": [],  # else clients lay out charts as they think best, and bring the legend of pieces back
    }


def taken(row: Row, zone: str) -> list[tuple[str, str]]:
    """The clock times and states of all that is not plainly free: the picture in words."""
    return [(_label(piece.span, zone), piece.state) for piece in row.pieces if piece.state not in ("free", "proposed")]


def _label(span: Span, zone: str) -> str:
    start, end = span.start.astimezone(ZoneInfo(zone)), span.end.astimezone(ZoneInfo(zone))
    return f"{start:%H:%M}–{end:%H:%M}"

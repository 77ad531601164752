"""From calendars to the picture: pieces that tile the time shown, and nothing of what people do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.cards.freebusy import day_around, picture, working_day
from bot.cards.kit import Card, Element, FreeBusyChart, Markdown, plain_text, render
from bot.domain.draft import Busy, Guest
from bot.domain.span import Span
from tests.cards.cast import ALICE, BOB, BUSY, HANAKO, MEI, NOW, at, span

WINDOW = span(19, 9, minutes=540)


def rows(body: list[Element]) -> dict[str, list[tuple[str, int]]]:
    (drawn,) = [element for element in body if isinstance(element, FreeBusyChart)]
    return {
        row.who: [(piece.state, int(piece.span.length / timedelta(minutes=1))) for piece in row.pieces]
        for row in drawn.rows
    }


def drawn(busy: Any, guests: tuple[Guest, ...] = (MEI, BOB, ALICE, HANAKO), **more: Any) -> dict[str, Any]:
    return rows(picture(guests, busy, WINDOW, "Asia/Shanghai", now=NOW, **more))


def test_every_row_is_the_whole_window_in_pieces() -> None:
    assert drawn(BUSY) == {
        "李梅": [("busy", 60), ("free", 480)],
        "Bob": [("free", 330), ("busy", 90), ("free", 120)],
        "Alice": [("free", 120), ("busy", 30), ("free", 225), ("tentative", 60), ("free", 105)],
        "山田 花子": [("unknown", 540)],
    }


def test_offered_times_show_where_the_person_is_free() -> None:
    found = drawn(BUSY, (BOB, HANAKO), proposed=[span(19, 14), span(19, 15)])
    assert found["Bob"] == [("free", 300), ("proposed", 30), ("busy", 90), ("free", 120)]
    assert found["山田 花子"] == [("unknown", 540)]


def test_busy_wins_over_maybe() -> None:
    both = {BOB.open_id: (Busy(span(19, 10, minutes=60), tentative=True), Busy(span(19, 10, 30)))}
    assert drawn(both, (BOB,))["Bob"] == [("free", 60), ("tentative", 30), ("busy", 30), ("free", 420)]


def test_what_reaches_over_the_window_is_cut() -> None:
    night = {BOB.open_id: (Busy(span(18, 20, minutes=14 * 60)), Busy(span(19, 17, 30, minutes=600)))}
    assert drawn(night, (BOB,))["Bob"] == [("busy", 60), ("free", 450), ("busy", 30)]


def test_somebody_whose_calendar_was_not_asked_is_unknown_not_free() -> None:
    assert drawn({}, (BOB,)) == {"Bob": [("unknown", 540)]}


def test_namesakes_keep_bars_of_their_own() -> None:
    twins = tuple(Guest(f"ou_{number}", "小雨") for number in range(3))
    assert list(drawn({"ou_1": (Busy(span(19, 9)),)}, twins)) == ["小雨", "小雨 (2)", "小雨 (3)"]


def test_more_people_than_fit_are_counted() -> None:
    crowd = tuple(Guest(f"ou_{number}", f"Guest {number}") for number in range(14))
    body = picture(crowd, {}, WINDOW, "Asia/Shanghai", now=NOW)
    assert len(rows(body)) == 10
    assert isinstance(body[-1], Markdown)
    assert "4 more people are not in the picture" in plain_text(Card("x", body), "en_us")


def test_days_in_many_pieces_draw_fewer_people() -> None:
    busy = tuple(Busy(Span.of(at(19, 9) + timedelta(minutes=20 * n), timedelta(minutes=10))) for n in range(26))
    found = drawn({guest.open_id: busy for guest in (MEI, BOB, ALICE)}, (MEI, BOB, ALICE))
    assert list(found) == ["李梅"]


def test_the_legend_names_only_what_is_there() -> None:
    text = plain_text(Card("x", picture((BOB,), BUSY, WINDOW, "Asia/Shanghai", now=NOW)), "en_us")
    assert "■ free · ■ busy" in text
    assert "unknown" not in text


def test_the_day_is_widened_to_what_is_offered() -> None:
    assert day_around([span(19, 15)], "Asia/Shanghai") == WINDOW
    assert day_around([span(19, 7, 30), span(19, 18, 15)], "Asia/Shanghai") == span(19, 7, minutes=12 * 60)
    assert day_around([span(19, 23, minutes=120)], "Asia/Shanghai") == span(19, 9, minutes=15 * 60)
    assert day_around([span(19, 15), span(20, 7)], "Asia/Shanghai") == WINDOW


def test_the_working_day_is_that_of_the_zone() -> None:
    late = datetime(2026, 11, 18, 23, 0, tzinfo=UTC)
    assert working_day(late, "Asia/Tokyo").start == datetime(2026, 11, 19, 0, 0, tzinfo=UTC)
    assert working_day(late, "Europe/London").start == datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


minutes = st.integers(min_value=-300, max_value=900)
busies = st.lists(st.tuples(minutes, st.integers(min_value=1, max_value=400), st.booleans()), max_size=8)
offers = st.lists(st.tuples(minutes, st.integers(min_value=1, max_value=120)), max_size=3)


@given(busies, offers)
def test_pieces_always_tile_the_window(taken: list[tuple[int, int, bool]], offered: list[tuple[int, int]]) -> None:
    nine = at(19, 9)
    busy = tuple(
        Busy(Span.of(nine + timedelta(minutes=start), timedelta(minutes=length)), maybe)
        for start, length, maybe in taken
    )
    proposed = [Span.of(nine + timedelta(minutes=start), timedelta(minutes=length)) for start, length in offered]
    body = picture((BOB,), {BOB.open_id: busy}, WINDOW, "Asia/Shanghai", now=NOW, proposed=proposed)
    (chart,) = [element for element in body if isinstance(element, FreeBusyChart)]
    pieces = chart.rows[0].pieces
    assert pieces[0].span.start == WINDOW.start
    assert pieces[-1].span.end == WINDOW.end
    for before, after in pairwise(pieces):
        assert before.span.end == after.span.start
        assert before.state != after.state
    hard = [item.span for item in busy if not item.tentative]
    for piece in pieces:
        assert (piece.state == "busy") == any(piece.span.overlaps(taken_span) for taken_span in hard)
    assert render(Card("x", body))

"""The tiers, and every term of the score on its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.domain.attendance import Availability
from bot.domain.rank import Board, Wish, at_least
from bot.domain.span import Span
from bot.domain.timeline import bits, every, touched
from tests.domain.people import HALF_HOUR, NEW_YORK, THURSDAY, at, person, span, whole_day

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)


def board(*people: Availability, asked: str | None = None, window: Span | None = None) -> Board:
    around = window or whole_day()
    return Board(Wish((around,), HALF_HOUR, around.start, span(asked) if asked else None), people)


def minute(board: Board, words: str, day: date = THURSDAY) -> int:
    return board.line.before(at(words, day))


def tier_at(words: str, *people: Availability) -> str:
    on = board(*people)
    tiers = on.tiers(1 << minute(on, words))
    return "".join(tier for tier, mask in tiers.items() if mask)


def term(name: str, words: str, *people: Availability, asked: str | None = None, day: date = THURSDAY) -> float:
    on = board(*people, asked=asked, window=whole_day(day))
    return on.terms(minute(on, words, day)).get(name, 0.0)


MEI = person("Mei", organizer=True)


@pytest.mark.parametrize(
    ("others", "tier"),
    [
        ([person("Bob")], "A"),
        ([person("Bob", "14:00-15:00", optional=True)], "A"),
        ([person("Bob", maybe=("14:00-15:00",))], "B"),
        ([person("Bob", unknown=True)], "B"),
        ([person("Bob", maybe=("14:00-15:00",)), person("Cai", unknown=True)], "C"),
        ([person("Bob", "14:00-15:00")], ""),
        ([person("Bob", "14:00-15:00"), person("Cai"), person("Dan")], "C"),
        ([person("Bob", "14:00-15:00"), person("Cai")], "D"),
        ([person("Bob", "14:00-15:00"), person("Cai", "14:00-15:00")], ""),
        ([person("Bob", zone=NEW_YORK)], "D"),
        ([person("Bob", zone=NEW_YORK), person("Cai"), person("Dan")], "C"),
    ],
)
def test_the_tier_of_two_in_the_afternoon(others: list[Availability], tier: str) -> None:
    assert tier_at("14:00", MEI, *others) == tier
    assert tier_at("14:00", *reversed(others), MEI) == tier


def test_lunch_is_a_soft_miss_of_each_person() -> None:
    assert tier_at("12:30", MEI) == "B"
    assert tier_at("12:30", MEI, person("Bob")) == "C"
    assert tier_at("11:45", MEI) == "B"


def test_nothing_is_offered_while_the_organizer_is_busy() -> None:
    busy = person("Mei", "14:00-15:00", organizer=True)
    assert tier_at("14:00", busy, person("Bob"), person("Cai"), person("Dan")) == ""
    assert tier_at("15:00", busy, person("Bob")) == "A"


def test_a_time_outside_the_organizers_hours_was_meant() -> None:
    evening = board(MEI, person("Bob"), window=span("19:00-21:00"))
    tiers = evening.tiers(evening.possible())
    assert [len(list(bits(tiers[tier]))) for tier in "ABCD"] == [0, 7, 0, 0]


@pytest.mark.parametrize(
    ("other", "confidence"),
    [
        (person("Bob"), 100),
        (person("Bob", "14:00-15:00"), 100 * 2 / 3),
        (person("Bob", maybe=("14:00-15:00",)), 100 * 2.55 / 3),
        (person("Bob", unknown=True), 100 * 2.49 / 3),
        (person("Bob", zone=NEW_YORK), 100 * 2.25 / 3),
        (person("Bob", "14:00-15:00", optional=True), 100 * 2 / 2.3),
    ],
)
def test_confidence_weighs_who_may_come(other: Availability, confidence: float) -> None:
    assert term("confidence", "14:00", MEI, other) == pytest.approx(confidence)


def test_lunch_is_worth_little() -> None:
    assert term("confidence", "12:00", MEI) == pytest.approx(60)


@pytest.mark.parametrize(
    ("taken", "points"),
    [("14:45-16:00", -6), ("13:00-13:45", -6), ("14:30-16:00", 0), ("15:00-16:00", 0), ("13:00-13:30", 0)],
)
def test_scraps_of_time_cost(taken: str, points: float) -> None:
    assert term("fragments", "14:00", person("Mei", taken)) == points


@pytest.mark.parametrize(("taken", "points"), [("14:30-17:00", 0), ("14:30-17:01", -4), ("11:00-14:00", -4)])
def test_three_hours_in_a_row_are_enough(taken: str, points: float) -> None:
    assert term("back_to_back", "14:00", person("Mei", taken)) == points


@pytest.mark.parametrize(
    ("words", "hours"),
    [("09:30", 0), ("17:00", 0), ("09:00", 0.5), ("18:00", 1), ("20:30", 3.5), ("03:00", 6.5), ("00:00", 7)],
)
def test_early_and_late_hours_cost_by_their_square(words: str, hours: float) -> None:
    assert term("outside_hours", words, MEI) == pytest.approx(-5 * hours**2)


def test_a_day_off_counts_as_four_hours() -> None:
    assert term("outside_hours", "14:00", MEI, day=date(2026, 11, 21)) == pytest.approx(-5 * 16)


def test_each_day_of_delay_costs_two_points() -> None:
    week = board(MEI, window=whole_day(days=5))
    assert [week.terms(minute(week, "14:00", day))["delay"] for day in (THURSDAY, FRIDAY, MONDAY)] == [0, -2, -8]


def test_whole_and_half_hours_are_liked() -> None:
    assert [term("round", words, MEI) for words in ("14:00", "14:30", "14:15", "14:20")] == [2, 2, 0, -2]


def test_the_edges_of_the_week_are_not_liked() -> None:
    assert term("week_edge", "09:30", MEI, day=MONDAY) == -3
    assert term("week_edge", "10:00", MEI, day=MONDAY) == 0
    assert term("week_edge", "16:45", MEI, day=FRIDAY) == -3
    assert term("week_edge", "16:30", MEI, day=FRIDAY) == 0
    assert term("week_edge", "09:30", MEI) == 0


def test_nearness_to_the_asked_time_fades_by_the_hour() -> None:
    points = [term("near_asked", words, MEI, asked="14:00-14:30") for words in ("14:00", "15:00", "17:00", "11:00")]
    assert points == pytest.approx([8, 4, 2, 2])
    halves = [term("same_half_day", words, MEI, asked="14:00-14:30") for words in ("13:00", "17:00", "11:00")]
    assert halves == [4, 4, 0]


def test_the_score_is_the_sum_of_its_terms() -> None:
    on = board(MEI, person("Bob", "14:45-16:00"), asked="15:00-15:30")
    terms = on.terms(minute(on, "14:00"))
    assert set(terms) >= {"confidence", "fragments", "back_to_back", "outside_hours", "delay", "round", "near_asked"}
    assert on.score(minute(on, "14:00")) == pytest.approx(100 - 6 + 2 + 4 + 4, abs=1e-3)
    assert sum(terms.values()) == pytest.approx(104)


def test_people_are_weighed_the_same_in_any_order() -> None:
    people = [MEI, person("Bob", "14:45-16:00"), person("Cai", optional=True), person("Dan", zone=NEW_YORK)]
    one, two = board(*people), board(*reversed(people))
    assert one.score(minute(one, "14:00")) == two.score(minute(two, "14:00"))


def test_a_public_holiday_is_a_day_off() -> None:
    resting = replace(MEI, hours=replace(MEI.hours, closed=frozenset({THURSDAY})))
    assert term("outside_hours", "14:00", resting) == pytest.approx(-80)


# ---- the bits underneath


def test_counting_masks() -> None:
    assert at_least([0b0011, 0b0101, 0b1001], 3) == [-1, 0b1111, 0b0001, 0b0001]
    assert at_least([], 2) == [-1, 0, 0]


@pytest.mark.parametrize("length", [1, 2, 3, 5, 7, 30])
def test_starts_that_touch_a_mask(length: int) -> None:
    mask = 1 << 40 | 1 << 3
    expected = {n for n in range(64) if any(mask >> k & 1 for k in range(n, n + length))}
    assert set(bits(touched(mask, length))) == expected


@pytest.mark.parametrize(("step", "size", "offset"), [(15, 100, 0), (7, 50, 3), (15, 15, 0), (15, 16, 0), (5, 3, 4)])
def test_a_grid_is_every_so_many_minutes(step: int, size: int, offset: int) -> None:
    assert list(bits(every(step, size, offset))) == list(range(offset, size, step))


def test_busy_time_is_rounded_outwards_to_minutes() -> None:
    sharp = datetime.combine(THURSDAY, at("14:00").time(), at("14:00").tzinfo)
    blurred = Span(sharp + timedelta(seconds=30), sharp + timedelta(minutes=9, seconds=1))
    on = board(MEI)
    first = minute(on, "14:00")
    assert list(bits(on.line.taken([blurred]))) == list(range(first, first + 10))
    assert list(bits(on.line.within([blurred]))) == list(range(first + 1, first + 9))

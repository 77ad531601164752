"""Every card the bot can show, with the draft or question that brings it about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.cards.ask import ask_people, ask_title, ask_when
from bot.cards.availability import availability_card
from bot.cards.choices import ask_reading
from bot.cards.help import greeting_card, help_card, not_understood_card, not_yet_card, unknown_command
from bot.cards.kit import Card
from bot.cards.login import logged_in_card, login_card, login_over_card
from bot.cards.meeting import cancelled_card, meeting_card, working
from bot.cards.nothing import nothing_fits
from bot.cards.problem import error_card, notice_card, problem_card, time_problem
from bot.cards.slots import slot_picker
from bot.domain.draft import Reason, Status
from bot.domain.intent import Ask, Choice
from bot.domain.shortage import Relaxation, Shortage
from bot.i18n import Names, T, Zone
from tests.cards.cast import ALICE, BOB, BOOKED, BUSY, DRAFT, MEI, NASTY_TITLE, NOW, PEOPLE, at, slot, span

ABOUT_HANAKO = Reason("unknown", {"names": "山田 花子", "count": 1})
ASKED_FREE = replace(DRAFT, asked=span(19, 16, 30), slots=(slot(19, 16, 30), slot(19, 17), slot(20, 9, 30)))
ASKED_TAKEN = replace(DRAFT, asked=span(19, 15), slots=(slot(19, 15, tier="D"), slot(19, 16, 30), slot(19, 17)))
ONLY_TAKEN = replace(DRAFT, asked=span(19, 15), slots=(slot(19, 15, tier="D"),))
SEARCHED = replace(DRAFT, slots=(slot(19, 10), slot(19, 13), slot(19, 17, 30)))
COMPROMISE = replace(DRAFT, slots=(slot(19, 14, 30, tier="D"), slot(19, 9, tier="D")))
OVER = replace(ASKED_FREE, slots=(slot(18, 9, 30), slot(19, 17)))
ALONE = replace(DRAFT, guests=(MEI,), receipts=())
LAST_OF_FEBRUARY = at(28, 15, month=2, year=2027)
REASONED = replace(
    DRAFT,
    asked=span(19, 16, 30),
    slots=(
        slot(19, 16, 30, reasons=(Reason("most_free", {"free": 3, "total": 4}), ABOUT_HANAKO, Reason("earliest"))),
        slot(19, 17, reasons=(Reason("near_asked", {"minutes": 30, "way": "later"}), Reason("all_free", {"n": 4}))),
        slot(19, 14, tier="D", reasons=(Reason("compromise"), Reason("lunch", {"names": "Bob, Alice", "count": 2}))),
    ),
)
LATE = replace(DRAFT, windows=(span(19, 14, minutes=180),), length=timedelta(minutes=90))
NO_COMMON_TIME = Shortage(
    "no_common_time",
    {"names": "Bob", "count": 1, "minutes": 90},
    (
        Relaxation("shorter", "shorter:45", 3, {"minutes": 45, "slots": 3}),
        Relaxation("optional", f"optional:{BOB.open_id}", 1, {"names": "Bob", "count": 1, "slots": 1}),
        Relaxation("later", "later:1", 2, {"days": 1, "date": "2026-11-20", "slots": 2}),
    ),
)
SERIES = replace(
    BOOKED,
    rrule="FREQ=WEEKLY;BYDAY=TH;UNTIL=20270331T155959Z",
    meeting_url=None,
    joined={ALICE.open_id: "tentative"},
)
NASTY = replace(ASKED_TAKEN, title=NASTY_TITLE)
FREE_TIMES = [
    span(19, 10, minutes=60),
    span(19, 13, minutes=90),
    span(19, 16, 15, minutes=105),
    span(20, 9, minutes=540),
]

GALLERY: dict[str, Callable[[], Card]] = {
    "slots_asked_free": lambda: slot_picker(ASKED_FREE, now=NOW),
    "slots_asked_taken": lambda: slot_picker(ASKED_TAKEN, now=NOW),
    "slots_asked_taken_no_other": lambda: slot_picker(ONLY_TAKEN, now=NOW),
    "slots_searched": lambda: slot_picker(SEARCHED, now=NOW),
    "slots_compromise": lambda: slot_picker(COMPROMISE, now=NOW),
    "slots_over": lambda: slot_picker(OVER, now=NOW),
    "slots_nasty": lambda: slot_picker(NASTY, now=NOW),
    "slots_reasons": lambda: slot_picker(REASONED, now=NOW),
    "nothing_common": lambda: nothing_fits(LATE, NO_COMMON_TIME, now=NOW),
    "nothing_past": lambda: nothing_fits(replace(LATE, windows=(), busy={}), Shortage("window_past"), now=NOW),
    "choices": lambda: ask_reading(
        replace(DRAFT, title="周会"),
        [Choice(at(20, 7), at(20, 7, 30)), Choice(at(20, 19), at(20, 19, 30)), Choice(at(20, 0), all_day=True)],
        now=NOW,
    ),
    "ask_when": lambda: ask_when(DRAFT, now=NOW),
    "ask_when_evening": lambda: ask_when(DRAFT, now=at(18, 18)),
    "ask_title": lambda: ask_title(DRAFT),
    "ask_people": lambda: ask_people(ALONE, candidates=[ALICE.open_id, BOB.open_id]),
    "ask_people_alone": lambda: ask_people(replace(ALONE, title="")),
    "meeting_working": lambda: working(replace(BOOKED, status=Status.BOOKING), now=NOW),
    "meeting_booked": lambda: meeting_card(BOOKED, now=NOW),
    "meeting_series": lambda: meeting_card(
        SERIES, now=NOW
    ),
    "meeting_started": lambda: meeting_card(BOOKED, now=at(19, 16, 40)),
    "meeting_undone": lambda: meeting_card(replace(BOOKED, status=Status.UNDONE), now=NOW),
    "meeting_cancelled": lambda: meeting_card(replace(BOOKED, status=Status.CANCELLED), now=NOW),
    "meeting_dropped": lambda: cancelled_card(replace(DRAFT, status=Status.CANCELLED), now=NOW),
    "availability": lambda: availability_card(
        PEOPLE, BUSY, [span(19, 9, minutes=540), span(20, 9, minutes=540)], FREE_TIMES,
        zone="Asia/Shanghai", now=NOW, length=timedelta(minutes=45),
    ),
    "availability_one": lambda: availability_card(
        [BOB], BUSY, [span(19, 13, minutes=300)], [span(19, 13, minutes=90), span(19, 16, minutes=120)],
        zone="Asia/Tokyo", now=NOW,
    ),
    "availability_none": lambda: availability_card(
        [BOB, ALICE], BUSY, [span(19, 14, 30, minutes=60)], [], zone="Asia/Shanghai", now=NOW
    ),
    "help": help_card,
    "help_meet": lambda: help_card("meet"),
    "help_free": lambda: help_card("/free"),
    "help_undo": lambda: help_card("undo"),
    "help_settings": lambda: help_card("settings"),
    "help_login": lambda: help_card("login"),
    "help_help": lambda: help_card("help"),
    "greeting": lambda: greeting_card("Mei"),
    "greeting_group": greeting_card,
    "unknown_command": lambda: unknown_command("/meeet", ["meet", "settings"]),
    "not_understood": not_understood_card,
    "not_yet": lambda: not_yet_card(Ask.ROOM),
    "problem_past": lambda: time_problem(
        DRAFT, "past", [Choice(at(19, 8), at(19, 8, 30)), Choice(at(20, 8), at(20, 8, 30))], now=NOW
    ),
    "problem_backwards": lambda: time_problem(DRAFT, "backwards", [Choice(at(19, 15), at(19, 15, 30))], now=NOW),
    "problem_too_long": lambda: time_problem(DRAFT, "too_long", [Choice(at(19, 10), at(19, 11))], now=NOW),
    "problem_impossible": lambda: time_problem(DRAFT, "impossible", [Choice(LAST_OF_FEBRUARY)], now=NOW),
    "problem_contradiction": lambda: time_problem(
        DRAFT, "contradiction", [Choice(at(24, 15), at(24, 15, 30)), Choice(at(27, 15), at(27, 15, 30))], now=NOW
    ),
    "problem_far": lambda: time_problem(DRAFT, "far", [], now=NOW),
    "problem_strangers": lambda: problem_card("strangers", {"names": Names(["Zaphod", "小王"]), "count": 2}),
    "problem_nothing_to_undo": lambda: problem_card("nothing_to_undo"),
    "problem_zone": lambda: problem_card("zone", {"name": "Asia/Tokio", "near": Names(["Asia/Tokyo"])}),
    "error_missing_scope": lambda: error_card(T("error.missing_scope", scopes="calendar:calendar.free_busy:read")),
    "error_platform_busy": lambda: error_card(T("error.platform_busy")),
    "login": lambda: login_card("https://bot.example/oauth/start?state=abc"),
    "login_again": lambda: login_card("https://bot.example/oauth/start?state=abc", T("error.login_again")),
    "login_done": logged_in_card,
    "login_over": lambda: login_over_card(ASKED_FREE, span(19, 16, 30), anyway=False, now=NOW),
    "login_over_anyway": lambda: login_over_card(ASKED_TAKEN, span(19, 15), anyway=True, now=NOW),
    "settings_shown": lambda: notice_card(T("settings.shown", zone=Zone("Asia/Tokyo"), name="Asia/Tokyo")),
    "settings_zone_set": lambda: notice_card(T("settings.zone_set", zone=Zone("Asia/Tokyo"), name="Asia/Tokyo")),
}  # fmt: skip

"""Public holidays of the country somebody lives in are not offered; the rest of the world works on."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.domain.span import Span
from bot.services.scheduling import working_hours

SHANGHAI, TOKYO, REYKJAVIK = ZoneInfo("Asia/Shanghai"), ZoneInfo("Asia/Tokyo"), ZoneInfo("Atlantic/Reykjavik")


def test_each_zone_keeps_its_own_holidays() -> None:
    hours = working_hours(
        {SHANGHAI, TOKYO, REYKJAVIK}, Span(datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 27, tzinfo=UTC))
    )
    thanksgiving_for_labour, national_day, working_saturday = date(2026, 11, 23), date(2026, 10, 1), date(2026, 10, 10)
    assert thanksgiving_for_labour in hours[TOKYO].closed
    assert national_day in hours[SHANGHAI].closed
    assert working_saturday in hours[SHANGHAI].open
    assert not hours[TOKYO].closed & {national_day}
    assert not hours[SHANGHAI].closed & {thanksgiving_for_labour}
    assert hours[REYKJAVIK].closed == frozenset()


def test_a_week_over_new_year_knows_both_years() -> None:
    reach = Span(datetime(2025, 12, 29, tzinfo=UTC), datetime(2026, 1, 5, tzinfo=UTC))
    closed = working_hours({TOKYO}, reach)[TOKYO].closed
    assert {date(2025, 11, 3), date(2026, 1, 1)} <= closed

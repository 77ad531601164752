"""When several people are free at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.draft import Busy
from bot.domain.span import Span, gaps, merged

LONG = timedelta(hours=12)  # a window this long was said in days: only the hours people meet in count
DAY_START, DAY_END = time(9), time(18)


def common_free(
    windows: Sequence[Span],
    busy: Mapping[str, Sequence[Busy] | None],
    *,
    zone: ZoneInfo,
    length: timedelta,
) -> tuple[Span, ...]:
    """The stretches of at least ``length`` that nobody with a readable calendar is taken in, in order.

    Unanswered invitations do not count as taken. A calendar that cannot be read takes nothing: who it belongs to is
    said elsewhere.
    """
    taken = [item.span for items in busy.values() if items is not None for item in items if not item.tentative]
    hours = [part for window in windows for part in meeting_hours(window, zone)]
    return tuple(gap for window in merged(hours) for gap in gaps(window, taken) if gap.length >= length)


def meeting_hours(window: Span, zone: ZoneInfo) -> Iterable[Span]:
    """What of a window people meet in: all of a short one; of days, nine to six on Monday to Friday."""
    if window.length < LONG:
        yield window
        return
    day = window.start.astimezone(zone).date()
    while datetime.combine(day, time(), zone) < window.end:
        if day.weekday() < 5:
            office = Span(datetime.combine(day, DAY_START, zone), datetime.combine(day, DAY_END, zone))
            if part := office.intersection(window):
                yield part
        day += timedelta(days=1)

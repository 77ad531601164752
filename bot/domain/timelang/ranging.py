"""What a range means: each end may leave out what the other says."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.domain.timelang import dayclock
from bot.domain.timelang.daymath import UnreadableError
from bot.domain.timelang.model import Kind
from bot.domain.timelang.spec import Spec
from bot.domain.timelang.times import DAY, Now, Value, moment_values, wall_at


# -- ranges
def ranged(a: Spec, b: Spec, now: Now) -> list[Value]:
    """From one moment to another; each may leave out what the other says."""
    a, b = a.copy(), b.copy()
    _share(a, b)
    _share_night(a, b)
    if b.now:
        _share_past(a)
    starts = _starts(a, b, now)
    return [_end_of(a, b, start, now) for start in starts]


def _share(a: Spec, b: Spec) -> None:
    if b.zone is not None and a.zone is None:
        a.zone = b.zone
    elif a.zone is not None and b.zone is None:
        b.zone = a.zone
    if not a.has_day and b.has_day and not a.now and not (b.has_clock and b.day_first) and not b.nextday:
        for name, value in b.day_fields().items():
            setattr(a, name, value)
        for name in b.day_fields():
            if b.has_clock:
                setattr(b, name, None)
    if a.days and a.month is None and a.moff is None and a.year is None and b.days:
        a.month, a.moff = b.month, b.moff
        if a.days[0] > b.days[-1]:  # 30号到下月2号
            a.moff = None if b.moff is None else b.moff - 1
            a.month = None
        if b.year is not None:
            a.year = b.year
        if b.yoff is not None:
            a.yoff = b.yoff
    if (
        a.month is not None
        and a.year is None
        and a.yoff is None
        and b.month is not None
        and (b.year is not None or b.yoff is not None)
    ):
        later = (a.month, (a.days or (1,))[0]) > (b.month, (b.days or (31,))[0])
        if b.year is not None:
            a.year = b.year - later
        else:
            a.yoff = (b.yoff or 0) - later
    if a.month is not None and a.days and b.days and b.month is None and b.year is not None and a.year is None:
        a.year = b.year
        b.month = a.month
    if b.days and b.month is None and b.moff is None and b.woff is None and a.moff is not None and b.year is None:
        b.moff = a.moff
    if b.wds and b.woff is None and a.woff is not None and a.wds:
        b.woff = a.woff
        if b.wds[0] < a.wds[0]:
            b.woff += 1
    if b.wds and a.wds and b.wmode in (None, "this") and b.woff is None:
        b.wmode = None
    if (
        a.month is not None
        and a.year is not None
        and b.month is not None
        and b.year is None
        and b.yoff is None
        and not b.days
        and not a.days
    ):
        b.year = a.year + (b.month < a.month)


def _share_night(a: Spec, b: Spec) -> None:
    """22:00到次日6:00: what ends a night is in the morning."""
    if b.nextday and b.hour is not None and b.mer is None and b.part is None and a.has_clock:
        first, guessed = dayclock.minutes(a)
        if not guessed and first[0] >= 1080:
            b.explicit = True


def _share_past(a: Spec) -> None:
    """从九月到现在: what lasts until now has begun."""
    if a.year is not None or a.yoff is not None or a.moff is not None:
        return
    if a.edge is not None and a.edgeof is not None and a.month is None:
        setattr(a, {"week": "woff", "month": "moff", "quarter": "qoff", "year": "yoff"}[a.edgeof], 0)
    elif a.wmode is None and (a.month is not None or a.wds):
        a.wmode = "last"


def _starts(a: Spec, b: Spec, now: Now) -> list[Value]:
    if a.has_clock and b.has_clock and not b.has_day:
        chosen = half_by_end(a, b)
        if chosen is not None:
            a.mer, a.explicit = None, True
            a.hour, a.minute = chosen // 60, chosen % 60
            a.part = None
    return moment_values(a, now)


def half_by_end(a: Spec, b: Spec) -> int | None:
    """11 to 3am starts at 23:00, 10 to 11am at 10:00: the half of the day nearest before the end."""
    firsts, guessed = dayclock.minutes(a)
    lasts, open_end = dayclock.minutes(b)
    if not guessed or open_end or b.point is not None or not (b.mer or b.part or b.explicit or (b.hour or 0) > 12):
        return None
    return min(firsts, key=lambda first: (lasts[0] - first - 1) % 1440)


def _end_of(a: Spec, b: Spec, start: Value, now: Now) -> Value:
    begin = start.start
    if begin is None:
        raise UnreadableError("empty")
    said_on = begin.date()
    if a.now and b.has_clock and not b.has_day and b.point is None:
        office = wall_at(said_on, dayclock.minutes(b)[0][0], b, now)
        if office > begin:
            return Value(Kind.RANGE, begin, office)
    if b.has_clock and not b.has_day:
        return Value(Kind.RANGE, begin, clock_after(b, begin, now), guessed=start.guessed)
    if b.part is not None and not b.has_day:
        last = dayclock.PARTS[b.part][1]
        end = datetime.combine(said_on, time()) + timedelta(minutes=last)
        return Value(Kind.RANGE, begin, end if end > begin else end + DAY, daypart=None if a.has_clock else "day")
    if b.now:
        while begin > now.wall and a.has_clock and not a.has_day:  # 从三点到现在
            begin -= DAY / 2 if start.guessed else DAY
        return Value(Kind.RANGE, begin, now.wall)
    last_value = moment_values(b, now, after=said_on)[0]
    end_at = last_value.start if last_value.kind is Kind.INSTANT else last_value.end
    if last_value.kind is Kind.DATE and last_value.start is not None:
        end_at = last_value.start + DAY
    if end_at is not None and end_at <= begin:
        raise UnreadableError("contradiction")
    whole = not a.has_clock and not b.has_clock and a.part is None and b.part is None and not a.now
    return Value(Kind.RANGE, begin, end_at, whole_days=whole, guessed=start.guessed)


def clock_after(b: Spec, begin: datetime, now: Now) -> datetime:
    """The first time after ``begin`` at which the clock shows what was said."""
    offsets, guessed = dayclock.minutes(b)
    if b.zone is not None:
        days = [begin.date() - DAY, begin.date(), begin.date() + DAY]
    else:
        days = [begin.date(), begin.date() + DAY]
    found = [wall_at(day, minutes, b, now) for day in days for minutes in (offsets if guessed else offsets[:1])]
    later = sorted(moment for moment in found if moment > begin)
    if not later:
        raise UnreadableError("contradiction")
    return later[0]

"""What a phrase says, field by field, before anybody asks which day that is."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from bot.domain.timelang.lexicon import word_set


@dataclass(frozen=True, slots=True)
class Length:
    """An amount of time. Months and business days have no fixed number of seconds, so they are kept apart."""

    months: int = 0
    days: int = 0
    seconds: int = 0
    bdays: int = 0
    weekends: int = 0

    def plus(self, other: Length) -> Length:
        return Length(
            self.months + other.months, self.days + other.days, self.seconds + other.seconds, self.bdays + other.bdays
        )

    @property
    def by_clock(self) -> bool:
        """Said to the hour or finer: an offset by it is an instant, else a day."""
        return bool(self.seconds)

    @property
    def total(self) -> int:
        """Its seconds, with months of 30 and years of 365 days."""
        years, months = divmod(self.months, 12)
        return (years * 365 + months * 30 + self.days + self.bdays) * 86400 + self.seconds


@dataclass(slots=True)
class Spec:
    """The fields of one moment. None: not said."""

    year: int | None = None
    yoff: int | None = None
    month: int | None = None
    moff: int | None = None
    days: tuple[int, ...] | None = None
    wds: tuple[int, ...] | None = None
    woff: int | None = None
    wmode: str | None = None  # this next last coming: said before a weekday, in English
    doff: int | None = None
    nextday: bool | None = None
    nth: tuple[int, ...] | None = None  # ordinals of weekdays, days or weeks inside the period; -1 is the last
    nthof: str | None = None  # wd day week weekend workday
    hol: str | None = None
    weekend: bool | None = None
    workday: str | None = None  # next last: "next weekday"
    quarter: int | None = None
    qoff: int | None = None
    halfyear: int | None = None
    third: int | None = None
    season: tuple[int, int] | None = None  # its first month, and how many
    halfof: int | None = None  # which half of the period
    edge: str | None = None  # start end mid
    edgeof: str | None = None  # week month quarter year
    weekof: bool | None = None
    weekno: int | None = None  # of the ISO calendar
    rest: bool | None = None
    lunar: bool | None = None
    numeric: bool | None = None  # month and day came as 5/12
    shift: Length | None = None
    sign: int | None = None
    anchor: Spec | None = None
    span: Length | None = None  # next three days, past two weeks
    ahead: int | None = None
    part: str | None = None
    hour: int | None = None
    minute: int | None = None
    mer: str | None = None
    explicit: bool | None = None
    point: str | None = None  # eod first afterlunch: conventions that stand for a clock time
    now: bool | None = None
    zone: Any = None
    freq: str | None = None
    interval: int | None = None
    plural: bool | None = None
    weekdays: bool | None = None  # Monday to Friday
    count: int | None = None
    until: Spec | None = None
    day_first: bool | None = None  # the day was said before the clock time
    allday: bool | None = None

    def take(self, fragment: dict[str, Any]) -> bool:
        """Add what a fragment says; False, and nothing changed, when it contradicts what is there."""
        for name, value in fragment.items():
            old = getattr(self, name)
            if old is not None and old != value:
                if name == "freq" and value == "DAILY" and (self.weekdays or self.plural):
                    continue
                if name == "part" and (old, value) in _SAME_HALF:
                    continue
                return False
        if not self._fits(fragment):
            return False
        if "hour" in fragment:
            self.point = None  # 朝イチ9時: the clock says it better
        for name, value in fragment.items():
            if name == "part" and self.part is not None and value in ("evening", "noon", "day"):
                continue
            if name == "freq" and self.freq is not None:
                continue
            setattr(self, name, value)
        return True

    def _fits(self, new: dict[str, Any]) -> bool:
        if new.get("freq", self.freq) in ("DAILY", "WEEKLY") and ("freq" in new or _DATES & new.keys()):
            merged = {name: new.get(name, getattr(self, name)) for name in _DATES}
            if any(value is not None for value in merged.values()):
                return False
        if "hour" in new and self.now:
            return False
        if new.get("freq") == "DAILY" and "part" not in new and len(self.wds or ()) == 1 and not self.repeats:
            return False  # next Monday is where it starts
        if "doff" in new and ((self.month is not None and self.days is None) or self.weekend or self.span):
            return False
        if "shift" in new and self.has_day and not self._weekday_of(new):
            return False
        if "nextday" in new and (self.hol or self.days or self.wds):
            return False
        if "nth" in new and self.days is not None:
            return False
        if ("span" in new and self.has_day) or (self.span is not None and _DAY_FIELDS & new.keys()):
            return False
        if ("yoff" in new or "year" in new) and (self.woff is not None or (self.moff is not None and "year" in new)):
            return False
        if "moff" in new and (self.month is not None or self.woff is not None):
            return False
        dated = self.days is not None and not (self.month is not None and "wds" in new)  # 11月26号下周三
        if "woff" in new and (self.moff is not None or dated or self.doff is not None):
            return False
        if "doff" in new and self.woff is not None and new["doff"] != 0:
            return False
        if "days" in new and self.doff is not None and self.month is None and "month" not in new:
            return False
        if "days" in new and self.woff is not None and "month" not in new:
            return False
        return not ("point" in new and self.hour is not None)

    def _weekday_of(self, new: dict[str, Any]) -> bool:
        """Saturday two weeks ago: that day of a week so far away."""
        shift: Length = new["shift"]
        weeks = shift.days and not (shift.days % 7 or shift.seconds or shift.months or shift.bdays)
        named = len(self.wds or ()) == 1 and self.wmode is None and self.woff is None and not self.repeats
        return bool(weeks) and named and not (self.days or self.month or self.doff or self.nth)

    @property
    def has_day(self) -> bool:
        return (
            self.doff is not None
            or self.wds is not None
            or self.woff is not None
            or self.days is not None
            or self.month is not None
            or self.shift is not None
            or self.hol is not None
            or self.span is not None
            or self.year is not None
            or self.yoff is not None
            or self.moff is not None
            or self.nth is not None
            or self.weekend is not None
            or self.workday is not None
            or self.quarter is not None
            or self.qoff is not None
            or self.halfyear is not None
            or self.third is not None
            or self.season is not None
            or self.edge is not None
            or self.weekof is not None
            or self.weekno is not None
            or self.rest is not None
        )

    @property
    def has_clock(self) -> bool:
        return self.hour is not None or self.point is not None

    @property
    def repeats(self) -> bool:
        return self.freq is not None or bool(self.plural) or bool(self.weekdays)

    @property
    def empty(self) -> bool:
        return not (self.has_day or self.has_clock or self.part or self.now or self.repeats)

    def copy(self) -> Spec:
        other = Spec()
        for name in _NAMES:
            setattr(other, name, getattr(self, name))
        return other

    def day_fields(self) -> dict[str, Any]:
        """What it says about the day alone."""
        found = {name: getattr(self, name) for name in _DAY_FIELDS | {"numeric", "lunar", "ahead", "sign", "anchor"}}
        return {name: value for name, value in found.items() if value is not None}


def unit_spec(unit: str, offset: int) -> Spec:
    """This, next or last week, month, quarter or year."""
    spec = Spec()
    setattr(spec, {"week": "woff", "month": "moff", "quarter": "qoff", "year": "yoff"}[unit], offset)
    return spec


_NAMES = tuple(f.name for f in fields(Spec))
_DAY_FIELDS = word_set(
    "year|yoff|month|moff|days|wds|woff|wmode|doff|nextday|nth|nthof|hol|weekend|workday|quarter|"
    "qoff|halfyear|third|season|halfof|edge|edgeof|weekof|weekno|rest|shift|span"
)
_DATES = frozenset(("days", "month", "doff", "woff", "moff", "year", "hol", "edge"))
_HALVES = (
    {"morning", "dawn", "day", "breakfast"},
    {"afternoon", "evening", "night", "dinner", "day", "lunch"},
    {"lunch", "noon", "afternoon", "day"},
    {"evening", "night", "dinner", "dawn"},
)
_SAME_HALF = frozenset((a, b) for half in _HALVES for a in half for b in half)

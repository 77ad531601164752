"""The times of a sentence, put together: which is the day, which the hour, which a length, which a limit.

``bot.domain.timelang`` reads single phrases by the letter; here they become what a meeting is asked for: office hours
for parts of the day, one moment out of a day and an hour said apart, and the readings a person has to choose from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from bot.domain.intent import Choice, Window
from bot.domain.timelang import phrases as time_phrases
from bot.domain.timelang.model import Kind, Part, Phrase, Reading

DAY = timedelta(days=1)
OFFICE = {  # hours people meet in, by the part of day they name
    "morning": (9, 12),
    "noon": (12, 14),
    "lunch": (12, 14),
    "after_lunch": (13, 15),
    "afternoon": (13, 18),
    "evening": (18, 21),
    "night": (18, 21),
    "dawn": (0, 6),
}
WORK = (9, 18)
_DAY_PARTS = frozenset({Part.YEAR, Part.QUARTER, Part.MONTH, Part.WEEK, Part.DAY, Part.WEEKDAY, Part.HOLIDAY})
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})/(\d{1,2})(?![\d/])")
_OWNERS = {  # zone letters that several places call their own
    "cst": ("Asia/Shanghai", "America/Chicago"),
    "ist": ("Asia/Kolkata", "Asia/Jerusalem"),
}
_LETTERS = re.compile(r"(?<![a-z])(cst|ist)(?![a-z])")
_MIDNIGHT = re.compile(r"midnight|零点|午夜|半夜(?:12|十二)点|真夜中|深夜0時|夜中の(?:12|0)時|深夜(?:12|0|零)[時点]")
_LUNCHTIME = re.compile(r"中午|晌午|お昼|昼(?!食|ご)")
_COMING = re.compile(r"下一?个(?:周[一二三四五六日天末])|(?:今度|次)の(?:[月火水木金土日]曜|週末)")
_LISTED = re.compile(r"\d\s*(?:am|pm|点|時|:\d\d|点半|時半)?\s*[、,，]\s*\S")
_SEVEN = re.compile(r"(?<![\d:.：])(?:7(?!\d)|七(?!十))|\bseven\b")
_TOMORROW = re.compile(r"明[天日早晚]|明儿|あした|あす|\btom+or+ow|\btm[rw]+w?\b|\b2moro\b|\btomo\b")


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of a sentence: where it stands, its readings (best first) and what it is to the others."""

    start: int
    end: int
    readings: tuple[Reading, ...]
    role: str | None = None
    words: str = ""
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def best(self) -> Reading:
        return self.readings[0]

    @property
    def exact(self) -> bool:
        """A clock time was said, with or without an end."""
        r = self.best
        return r.kind is Kind.INSTANT or (
            r.kind is Kind.RANGE and clock_said(r) and r.start is not None and r.end is not None and r.daypart is None
        )


@dataclass(slots=True)
class Times:
    """Everything a sentence says about time."""

    now: datetime
    phrases: tuple[Phrase, ...] = ()
    moments: list[Moment] = field(default_factory=list)
    lengths: list[Phrase] = field(default_factory=list)
    days: list[Phrase] = field(default_factory=list)  # lengths of a day and more
    leads: list[Phrase] = field(default_factory=list)
    deltas: list[Phrase] = field(default_factory=list)
    rule: Moment | None = None
    daily: str | None = None  # a part of the day said for every day ("mornings only")
    deadline: Moment | None = None
    excluded: list[Moment] = field(default_factory=list)
    problem: str | None = None

    @property
    def length(self) -> timedelta | None:
        return self.lengths[0].readings[0].duration if self.lengths else None

    @property
    def any(self) -> bool:
        return bool(self.moments or self.rule)


def day_said(r: Reading) -> bool:
    return bool(r.said & _DAY_PARTS) or (Part.OFFSET in r.said and not clock_said(r))


def clock_said(r: Reading) -> bool:
    return Part.HOUR in r.said


def hour_only(r: Reading) -> bool:
    """An hour or part of the day without a day."""
    return not day_said(r) and (clock_said(r) or r.daypart is not None) and Part.OFFSET not in r.said


def day_only(r: Reading) -> bool:
    return day_said(r) and not clock_said(r) and r.daypart is None and r.kind in (Kind.DATE, Kind.RANGE)


def read_times(
    text: str,
    now: datetime,
    languages: Sequence[str],
    *,
    ask_numeric: bool,
    meal: str | None = None,
    absence: bool = False,
) -> Times:
    """Read and sort the time phrases of a text in which names and titles are already blank."""
    times = Times(now)
    times.phrases = _listed(text, time_phrases(text, now, languages=languages), now, languages)
    loose: list[Moment] = []
    for phrase in times.phrases:
        first = phrase.readings[0] if phrase.readings else Reading(Kind.NONE)
        if first.kind is Kind.NONE:
            if first.reason and first.reason != "empty":
                times.problem = times.problem or first.reason
            continue
        words = text[phrase.start : phrase.end]
        here = Moment(phrase.start, phrase.end, phrase.readings, phrase.role, words, ((phrase.start, phrase.end),))
        if phrase.role == "day":  # told again by the phrase it belongs to
            continue
        if phrase.role == "lead":
            times.leads.append(phrase)
        elif phrase.role == "delta":
            times.deltas.append(phrase)
        elif phrase.role == "except" and not absence:
            times.excluded.append(here)
        elif first.kind is Kind.DURATION:
            if first.duration is not None and first.duration < DAY:
                times.lengths.insert(0, phrase)
            else:
                times.days.append(phrase)
        elif first.kind is Kind.RECURRENCE:
            if (first.rrule or "").startswith("FREQ=DAILY") and first.daypart and first.start is None:
                times.daily = first.daypart
                loose.extend(_stretch(phrase, text, now, languages))
            else:
                times.rule = times.rule or here
        else:
            loose.append(here)
            if first.duration is not None and Part.LENGTH in first.said and first.kind is not Kind.INSTANT:
                times.lengths.append(Phrase(phrase.start, phrase.end, (replace(first, kind=Kind.DURATION),)))
    if times.rule is not None:
        times.phrases += _limits(text, times.phrases, now, languages)
    if times.daily:
        times.phrases += tuple(Phrase(m.start, m.end, m.readings) for m in loose)
        loose = [_only(m, times.daily) if _is_week(m.best) or m.best.kind is Kind.DATE else m for m in loose]
    if times.rule is not None and times.rule.best.start is None and any(_dated(m.best) for m in loose):
        adjective = times.rule  # "quarterly planning on Nov 30" is one meeting
        times.rule = None
        times.phrases = tuple(p for p in times.phrases if (p.start, p.end) not in adjective.spans)
    loose = [replace(m, readings=tuple(_meal_hour(r, meal) for r in m.readings)) if meal else m for m in loose]
    loose = [_midday(m, now) for m in loose]
    loose = [_with_letters(m, text) for m in loose]
    if times.lengths:
        loose = [_begun(m) for m in loose]
    if len(loose) > 1 and not times.lengths:
        loose = _at_most(loose, times, now)
    if len(loose) > 1 or times.lengths or times.rule:
        loose = _without_topics(loose, times, text)
    loose = _lengths_said_plainly(loose, times, now)
    times.moments = [_ask(_once(m), now, ask_numeric=ask_numeric) for m in _ascending(_join(loose, text, now))]
    return times


# -- a day and an hour said apart


def _join(loose: list[Moment], text: str, now: datetime) -> list[Moment]:
    """Give hours without a day the day that was said beside them, and days in a row the hour that follows them."""
    week = next((m for m in loose if _is_week(m.best)), None)
    loose = _same_week(loose)
    out: list[Moment] = []
    used: set[int] = set()
    for i, m in enumerate(loose):
        if i in used:
            continue
        if week is not None and m is not week and _weekday_loose(m.best):
            m = _into_week(m, week.best)
        if day_only(m.best):
            partner = _hour_beside(loose, i, used, text)
            if partner is not None:
                used.add(partner)
                m = _combine(m, loose[partner])
        elif hour_only(m.best) and m.role is None and _day_after(loose, i, used, text):
            used.add(i + 1)
            m = _combine(loose[i + 1], m)
        elif hour_only(m.best) and m.role != "deadline":
            earlier = [d for d in out if day_only(d.best) and _same_sentence(text, d.end, m.start)]
            if earlier and m.role in (None, "or", "after", "before", "until"):
                out.remove(earlier[-1])
                m = _combine(earlier[-1], m)
        out.append(m)
    if week is not None and any(m.best.said & {Part.WEEKDAY} for m in out if m is not week):
        out = [m for m in out if not (_is_week(m.best) and m.start == week.start and m.end == week.end)]
    return _share(out, text)


def _same_week(loose: list[Moment]) -> list[Moment]:
    """ "Next week: Mon 10, Tue 3pm or Wed 11": bare weekdays after one with a week are in that week."""
    out: list[Moment] = []
    monday: datetime | None = None
    for m in loose:
        r = m.best
        if monday is not None and _weekday_loose(r) and r.start is not None:
            days = (monday.date() - r.start.date()).days + r.start.weekday()
            m = replace(m, readings=(_shifted(r, timedelta(days=days)),))
        elif {Part.WEEK, Part.WEEKDAY} <= r.said and r.start is not None:
            monday = r.start - timedelta(days=r.start.weekday())
        elif r.said & {Part.DAY, Part.MONTH}:
            monday = None
        out.append(m)
    return out


def _listed(text: str, found: tuple[Phrase, ...], now: datetime, languages: Sequence[str]) -> tuple[Phrase, ...]:
    """ "Thu 14:00, Thu 16:00, Fri 10:00": each item of a list for itself, when the phrases run across its commas."""
    if not any(
        p.readings[0].kind is Kind.INSTANT and _LISTED.search(text[p.start : p.end]) for p in found if p.readings
    ):
        return found
    apart: list[Phrase] = []
    begin = 0
    for i, c in enumerate(text + "\n"):
        if c in ",，、;；\n":
            here = time_phrases(text[begin:i], now, languages=languages) if i - begin > 1 else ()
            apart += [Phrase(begin + p.start, begin + p.end, p.readings, p.role) for p in here]
            begin = i + 1
    return tuple(apart) if _clocks(apart) > 1 and _clocks(apart) >= _clocks(found) else found


def _clocks(found: Sequence[Phrase]) -> int:
    """How many of these are a day with an hour."""
    return sum(1 for p in found if p.readings and clock_said(p.readings[0]) and day_said(p.readings[0]))


def _limits(text: str, known: Sequence[Phrase], now: datetime, languages: Sequence[str]) -> tuple[Phrase, ...]:
    """ "From next Tuesday on" and "until January" around a rule: read already, but they are no part of the subject."""
    out: list[Phrase] = []
    inside = {i for p in known for i in range(p.start, p.end)}
    begin = 0
    for i, c in enumerate(text + "\n"):
        if c not in ",，、;；。\n" and i not in inside:
            continue
        if i - begin > 1:
            found = time_phrases(text[begin:i], now, languages=languages)
            out += [Phrase(begin + p.start, begin + p.end, p.readings, "limit") for p in found]
        begin = i + 1
    return tuple(out)


def _stretch(phrase: Phrase, text: str, now: datetime, languages: Sequence[str]) -> list[Moment]:
    """The days said in one breath with "mornings"."""
    words = text[phrase.start : phrase.end]
    cut = min((words.find(c) for c in ",，、" if c in words), default=-1)
    if cut < 0:  # "next week, afternoons preferred": the days stand apart
        apart = _limits(text, (phrase,), now, languages)
        days = [p for p in apart if p.readings and (day_only(p.readings[0]) or _is_week(p.readings[0]))]
        return [Moment(p.start, p.end, p.readings, None, text[p.start : p.end], ((p.start, p.end),)) for p in days[:1]]
    found = time_phrases(words[:cut], now, languages=languages)
    return [
        Moment(phrase.start, phrase.end, p.readings, p.role, words, ((phrase.start, phrase.end),)) for p in found[:1]
    ]


def _ascending(moments: list[Moment]) -> list[Moment]:
    """Of "Mon 10, Tue 2, Wed 4", said on a Wednesday, the last is not today."""
    out: list[Moment] = []
    for m in moments:
        r = m.best
        before = out[-1].best if out else None
        if (
            before is not None
            and before.start is not None
            and r.start is not None
            and r.start < before.start
            and _weekday_loose(r)
            and Part.WEEKDAY in before.said
            and clock_said(r)
            and clock_said(before)
            and before.start - r.start < DAY * 7
            and r.start.weekday() > before.start.weekday()
            and m.role in (None, "or")
            and m.start - out[-1].end < 6
        ):
            m = replace(m, readings=tuple(_shifted(x, DAY * 7) for x in m.readings))
        out.append(m)
    return out


def _once(m: Moment) -> Moment:
    return replace(m, readings=tuple(_unique(m.readings))) if len(m.readings) > 1 else m


def _only(m: Moment, daypart: str) -> Moment:
    return replace(m, readings=tuple(replace(r, daypart=daypart, whole_days=False) for r in m.readings))


def _without_topics(loose: list[Moment], times: Times, text: str) -> list[Moment]:
    """The quarter or year of "Q1 planning" belongs to the subject."""
    out = []
    for m in loose:
        after = text[m.end : m.end + 2].strip()
        if (
            m.best.said <= {Part.QUARTER, Part.YEAR}
            and after[:1].isalnum()
            and not text[: m.start].rstrip().endswith((" in", "during", "在", "this", "for"))
        ):
            times.phrases = tuple(p for p in times.phrases if (p.start, p.end) not in m.spans)
        else:
            out.append(m)
    return out


def _lengths_said_plainly(loose: list[Moment], times: Times, now: datetime) -> list[Moment]:
    """ "10分で" beside another time is how long, not when."""
    if times.lengths or not (times.rule or len(loose) > 1):
        return loose
    out = []
    for m in loose:
        r = m.best
        if m.words.endswith("で") and Part.OFFSET in r.said and r.kind is Kind.INSTANT and r.start is not None:
            times.lengths.append(Phrase(m.start, m.end, (Reading(Kind.DURATION, duration=r.start - now),)))
        else:
            out.append(m)
    return out


def _with_letters(m: Moment, text: str) -> Moment:
    """Zone letters said right before or after a time."""
    if not clock_said(m.best) or _LETTERS.search(m.words):
        return m
    around = text[max(0, m.start - 5) : m.start] + "|" + text[m.end : m.end + 5]
    found = _LETTERS.search(around)
    return replace(m, words=f"{m.words} {found[1]}") if found else m


def _begun(m: Moment) -> Moment:
    """ "From half past nine", with a length beside it, is when it begins."""
    r = m.best
    open_ended = r.kind is Kind.RANGE and r.start is not None and r.end is None
    if open_ended and clock_said(r) and Part.START in r.said and m.role != "after":
        return replace(m, readings=tuple(replace(x, kind=Kind.INSTANT) for x in m.readings))
    return m


def _at_most(loose: list[Moment], times: Times, now: datetime) -> list[Moment]:
    """ "Within half an hour" beside another time is a length."""
    out = []
    for m in loose:
        r = m.best
        if Part.LENGTH in r.said and r.start is None and r.end is not None and now < r.end < now + DAY:
            times.lengths.append(Phrase(m.start, m.end, (Reading(Kind.DURATION, duration=r.end - now),)))
        else:
            out.append(m)
    return out


def _dated(r: Reading) -> bool:
    return r.kind in (Kind.INSTANT, Kind.RANGE) and clock_said(r) and bool(r.said & {Part.DAY, Part.MONTH})


def _midday(m: Moment, now: datetime) -> Moment:
    """中午 is a stretch to meet in; English noon and 正午 are a moment."""
    r = m.best
    if r.kind is not Kind.INSTANT or r.start is None or not _LUNCHTIME.search(m.words):
        return m
    if re.search(r"[\d一二三四五六七八九十两]\s*[点時时:：]|半", m.words) or r.start.hour != 12:
        return m
    end = r.start + timedelta(hours=2)
    return replace(
        m, readings=(replace(r, kind=Kind.RANGE, end=end, daypart="noon", said=r.said - {Part.HOUR, Part.MINUTE}),)
    )


def _meal_hour(r: Reading, meal: str) -> Reading:
    """A meal is a part of the day: breakfast at 7 is in the morning, dinner at 7 is not."""
    if r.start is None or not clock_said(r) or r.said & {Part.MERIDIEM, Part.PART_OF_DAY, Part.ZONE, Part.OFFSET}:
        return r
    if not 5 <= r.start.hour % 12 <= (9 if meal == "evening" else 10):
        return r
    hour = r.start.hour % 12 + (12 if meal == "evening" else 0)
    moved = _shifted(r, timedelta(hours=hour - r.start.hour))
    return replace(moved, said=moved.said | {Part.PART_OF_DAY})


def _is_week(r: Reading) -> bool:
    return (
        r.kind is Kind.RANGE
        and r.whole_days
        and r.start is not None
        and r.end is not None
        and timedelta(days=5) <= r.end - r.start <= timedelta(days=8)
        and not clock_said(r)
        and r.daypart is None
    )


def _weekday_loose(r: Reading) -> bool:
    """A bare weekday: no week, month or date beside it."""
    return Part.WEEKDAY in r.said and not r.said & {Part.WEEK, Part.DAY, Part.MONTH, Part.YEAR}


def _into_week(m: Moment, week: Reading) -> Moment:
    readings = []
    assert week.start is not None
    for r in m.readings[:1]:
        if r.start is None:
            return m
        shift = (week.start.date() - r.start.date()).days + (r.start.weekday() - week.start.weekday()) % 7
        readings.append(_shifted(r, timedelta(days=shift)))
    return replace(m, readings=tuple(readings))


def _shifted(r: Reading, by: timedelta) -> Reading:
    """The same wall clock another day."""
    return replace(r, start=r.start + by if r.start else None, end=r.end + by if r.end else None)


def _hour_beside(loose: list[Moment], i: int, used: set[int], text: str) -> int | None:
    """The hour that goes with the day at ``i``: the next phrase, if it has none of its own."""
    for j in range(i + 1, len(loose)):
        other = loose[j]
        if j in used or day_said(other.best):
            return None
        if (
            hour_only(other.best)
            and other.role in (None, "after", "before", "until", "from")
            and other.start - loose[i].end < 60
        ):
            return j if _same_sentence(text, loose[i].end, other.start) else None
    return None


def _day_after(loose: list[Moment], i: int, used: set[int], text: str) -> bool:
    """Whether the day of an hour follows it: "the morning off on the 30th"."""
    if i + 1 >= len(loose) or i + 1 in used or not day_only(loose[i + 1].best) or loose[i + 1].role is not None:
        return False
    between = text[loose[i].end : loose[i + 1].start]
    return len(between) < 24 and not any(c in ",，、;；。.!?！？\n" for c in between)


def _same_sentence(text: str, start: int, end: int) -> bool:
    between = text[min(start, end) : max(start, end)]
    return not any(c in "。!！?？" for c in between) and "\n\n" not in between


def _combine(day: Moment, hour: Moment) -> Moment:
    hours = hour.readings[:2] if len(day.readings) == 1 else hour.readings[:1]
    readings = [_at_hour(d, h) for d in day.readings for h in hours]
    lo, hi = min(day.start, hour.start), max(day.end, hour.end)
    return Moment(
        lo, hi, tuple(readings), hour.role or day.role, f"{day.words} {hour.words}", (*day.spans, *hour.spans)
    )


def _at_hour(d: Reading, h: Reading) -> Reading:
    """The day of one reading with the hours of another."""
    assert d.start is not None or d.end is not None
    base = d.start or d.end
    assert base is not None
    said = d.said | h.said
    if _is_week(d) or (d.kind is Kind.RANGE and d.end is not None and d.start is not None and d.end - d.start > DAY):
        return replace(d, daypart=h.daypart, said=said, whole_days=False, duration=_clock_of(h))
    anchor = h.start or h.end
    if anchor is None:
        return d
    shift = timedelta(days=(base.date() - anchor.date()).days)
    return replace(_shifted(h, shift), said=said)


def _clock_of(h: Reading) -> timedelta | None:
    return h.duration


def _share(moments: list[Moment], text: str) -> list[Moment]:
    """ "Tue or Thu afternoon": what the last of several days says of the hour goes for the others."""
    out = list(moments)
    for i in range(len(out) - 2, -1, -1):
        here, after = out[i], out[i + 1]
        if day_only(here.best) and here.best.kind is Kind.DATE and (clock_said(after.best) or after.best.daypart):
            between = text[here.end : after.start].strip(" ,、，")
            if after.role == "or" or between in _ALTERNATIVE:
                day = replace(after.best, said=after.best.said | here.best.said)
                assert here.best.start is not None
                anchor = day.start or day.end
                if anchor is None:
                    continue
                shift = timedelta(days=(here.best.start.date() - anchor.date()).days)
                out[i] = replace(here, readings=(_shifted(day, shift),))
                if after.role is None:
                    out[i + 1] = replace(after, role="or")
    return out


_ALTERNATIVE = frozenset(
    {
        "",
        "or",
        "或",
        "或者",
        "或是",
        "还是",
        "和",
        "跟",
        "及",
        "and",
        "or on",
        "and on",
        "か",
        "または",
        "もしくは",
        "と",
        "/",
        "or maybe",
        "&",
        "or else",
        "あるいは",
        "or the",
    }
)


# -- what a person has to choose


def _ask(m: Moment, now: datetime, *, ask_numeric: bool) -> Moment:
    """Add the readings that a person has to choose from although a time phrase picks one."""
    for doubt in (
        _mismatch,
        _this_or_next,
        _several_owners,
        _slashes if ask_numeric else None,
        _seven,
        _midnight,
        _small_hours,
    ):
        if doubt is not None:
            m = doubt(m, now)
    return m


def _mismatch(m: Moment, now: datetime) -> Moment:
    """A weekday and a date that do not fit: the weekday of that week, or the date."""
    r = m.best
    if not {Part.WEEKDAY, Part.DAY} <= r.said or len(m.readings) < 2:
        return m
    known = [x for x in m.readings if x.start is not None]
    nearest = min(known, key=lambda x: abs(x.start - now) if x.start else DAY)
    close = [x for x in known if x.start and nearest.start and abs(x.start - nearest.start) < DAY * 7]
    if len(close) > 1:
        return replace(m, readings=tuple(close))
    other = next((x for x in known if x is not nearest), None)
    if other is None or other.start is None or nearest.start is None:
        return m
    days = timedelta(days=other.start.weekday() - nearest.start.weekday())
    return replace(m, readings=(_shifted(nearest, days), nearest))


def _this_or_next(m: Moment, now: datetime) -> Moment:
    """The "coming" weekday, said while it is still ahead in this week: this one or next week's?"""
    r = m.best
    if (
        len(m.readings) > 1
        or Part.WEEKDAY not in r.said | {Part.WEEKDAY}
        or r.start is None
        or not _COMING.search(m.words)
    ):
        return m
    monday = now.date() - timedelta(days=now.weekday())
    offset = (r.start.date() - monday).days
    if not now.weekday() < offset % 7 <= 6:
        return m
    this = _shifted(r, timedelta(days=offset % 7 - offset))
    return replace(m, readings=(this, _shifted(this, DAY * 7)))


def _seven(m: Moment, now: datetime) -> Moment:
    """Seven o'clock is breakfast for some and dinner for others."""
    r = m.best
    if r.start is None or r.start.hour not in (7, 19) or not clock_said(r) or r.kind not in (Kind.INSTANT, Kind.RANGE):
        return m
    if r.said & {Part.MERIDIEM, Part.PART_OF_DAY, Part.ZONE, Part.OFFSET} or r.daypart or not _SEVEN.search(m.words):
        return m
    early = [_shifted(x, timedelta(hours=7 - x.start.hour)) for x in m.readings if x.start]
    both = [y for x in early for y in (x, _shifted(x, timedelta(hours=12)))]
    coming = [x for x in both if x.start is not None and x.start > now]
    if not day_said(r) and coming and len(coming) < len(both):
        return replace(m, readings=tuple(coming))
    return replace(m, readings=tuple(_unique(both)))


def _midnight(m: Moment, now: datetime) -> Moment:
    """The midnight of a named day: the one it begins with or the one it ends with?"""
    r = m.best
    if r.kind is not Kind.INSTANT or r.start is None or not r.said & (_DAY_PARTS | {Part.OFFSET}):
        return m
    if not _MIDNIGHT.search(m.words):
        return m
    if len(m.readings) > 1:
        return m
    named = r.start.replace(hour=0, minute=0)
    rest = time_phrases(_MIDNIGHT.sub(" ", m.words), now, languages=("zh", "en", "ja"))
    day = next((p.readings[0].start for p in rest if p.readings and day_only(p.readings[0])), None)
    if day is not None:
        named = day.replace(hour=0, minute=0)
    return replace(m, readings=(replace(r, start=named), replace(r, start=named + DAY)))


def _small_hours(m: Moment, now: datetime) -> Moment:
    """After midnight, "tomorrow" is the day that has begun for those who are still up."""
    if now.hour >= 4 or len(m.readings) > 1 or not _TOMORROW.search(m.words):
        return m
    r = m.best
    day = r.start or r.end
    if day is None:
        return m
    late = r if (day.date() - now.date()).days == 1 else _shifted(r, DAY)
    return replace(m, readings=(_shifted(late, -DAY), late))


def _slashes(m: Moment, now: datetime) -> Moment:
    """3/12 is in March for some and in December for others."""
    found = _NUMERIC.search(m.words)
    if found is None or m.best.start is None:
        return m
    a, b = int(found[1]), int(found[2])
    if not (1 <= a <= 12 and 1 <= b <= 12) or a == b or re.search(r"\d{4}", m.words[found.end() : found.end() + 6]):
        return m
    readings = []
    for month, day in ((a, b), (b, a)):
        date = _next_date(now, month, day)
        readings.append(_shifted(m.best, timedelta(days=(date - m.best.start.date()).days)))
    return replace(m, readings=tuple(readings))


def _next_date(now: datetime, month: int, day: int) -> date:
    here = now.date().replace(month=month, day=day)
    return here if here >= now.date() else here.replace(year=here.year + 1)


def _several_owners(m: Moment, now: datetime) -> Moment:
    """Zone letters that several places call their own."""
    found = _LETTERS.search(m.words)
    r = m.best
    if found is None or r.start is None or not clock_said(r):
        return m
    plain = time_phrases(_LETTERS.sub("   ", m.words), now, languages=("en", "zh", "ja"))
    local = next((p.readings[0] for p in plain if p.readings and p.readings[0].start is not None), None)
    if local is None or local.start is None:
        return m
    return replace(m, readings=tuple(_in_zone(local, ZoneInfo(owner), now) for owner in _OWNERS[found[1]]))


def _in_zone(r: Reading, zone: tzinfo, now: datetime) -> Reading:
    def told(moment: datetime | None) -> datetime | None:
        return moment.replace(tzinfo=zone).astimezone(now.tzinfo) if moment else None

    return replace(r, start=told(r.start), end=told(r.end), said=r.said | {Part.ZONE})


def _unique(readings: Sequence[Reading]) -> list[Reading]:
    out: list[Reading] = []
    for r in readings:
        if all((r.start, r.end) != (o.start, o.end) for o in out):
            out.append(r)
    return out


# -- what is done with them


def window_of(r: Reading, now: datetime) -> list[Window]:
    """Where to look for time: office hours of the parts of the day, each working day of a longer stretch."""
    if r.kind is Kind.DATE and r.start is not None:
        return [Window(r.start, r.start + DAY, whole_days=True)]
    if r.kind is Kind.INSTANT and r.start is not None:
        return [Window(r.start, None)]
    hours = OFFICE.get(r.daypart or "")
    start, end = r.start, r.end
    if r.daypart == "eod" or (start is None and end is not None and not r.whole_days):
        return [Window(_opening(r, now), end)] if end else []
    if start is not None and end is not None and end - start > timedelta(hours=36) and (hours or clock_said(r)):
        return _each_day(start, end, hours or WORK)
    if hours and start is not None:
        day = start.replace(hour=0, minute=0)
        first, last = _at(day, hours[0]), _at(day, hours[1])
        if clock_said(r):
            return [Window(start, end or last)]
        return [Window(max(first, now) if first < now < last else first, last)]
    if start is not None and end is None and not r.whole_days:
        close = _at(start, 18) if start.hour < 18 else _at(start, 21) if start.hour < 21 else _at(start, 24)
        return [Window(start, close if day_said(r) or clock_said(r) else None)]
    if start is None and end is not None and Part.WEEK in r.said and end - 7 * DAY > now:
        start = end - 7 * DAY  # "within next week"
    return [Window(start, end, whole_days=r.whole_days or _midnights(start, end))]


def _opening(r: Reading, now: datetime) -> datetime:
    """When a stretch that only has an end begins: now, or in the morning of a later day that was named."""
    assert r.end is not None
    morning = _at(r.end, WORK[0])
    if r.end.date() > now.date() and (clock_said(r) or r.daypart) and day_said(r) and morning < r.end:
        return morning
    return now


def _midnights(start: datetime | None, end: datetime | None) -> bool:
    return all(t is None or (t.hour, t.minute) == (0, 0) for t in (start, end)) and (start or end) is not None


def _each_day(start: datetime, end: datetime, hours: tuple[int, int]) -> list[Window]:
    day = start.replace(hour=0, minute=0)
    out = []
    while day < end:
        if day.weekday() < 5:
            out.append(Window(_at(day, hours[0]), _at(day, hours[1])))
        day += DAY
    return out


def _at(day: datetime, hour: int) -> datetime:
    midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + DAY if hour == 24 else midnight.replace(hour=hour)


def choice_of(r: Reading, length: timedelta | None, now: datetime) -> Choice:
    """One reading as something to tap."""
    if r.kind is Kind.DATE and r.start is not None:
        return Choice(r.start, None, all_day=True)
    if r.kind is Kind.RANGE and (r.daypart or r.whole_days or r.start is None):
        window = window_of(r, now)[0]
        return Choice(window.start or now, window.end, all_day=window.whole_days)
    assert r.start is not None
    end = r.end if r.kind is Kind.RANGE else None
    return Choice(r.start, end or (later(r.start, length) if length else None))


def later(start: datetime, by: timedelta) -> datetime:
    """``by`` of elapsed time after ``start``, whatever the clock does in between."""
    return (start.astimezone(UTC) + by).astimezone(start.tzinfo)

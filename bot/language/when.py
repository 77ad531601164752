"""The times of a sentence, put together: which is the day, which the hour, which a length, which a limit.

``bot.domain.timelang`` reads single phrases by the letter; here they become what a meeting is asked for: office hours
for parts of the day, one moment out of a day and an hour said apart, and the readings a person has to choose from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.timelang import phrases as all_phrases
from bot.domain.timelang.model import Kind, Part, Phrase, Reading
from bot.language.daylists import each_day
from bot.language.doubts import LETTERS, ask
from bot.language.hours import half_day, part_until
from bot.language.joins import ascending, join
from bot.language.moments import DAY, Moment, Times, clock_said, day_only, day_said, is_week, shifted, unique
from bot.language.rules import rests, within_bounds, without_days
from bot.language.turns import dates_in_turn, hours_in_turn

_LUNCHTIME = re.compile(r"中午|晌午|お昼|昼(?!食|ご)")

_TWO_HEARD = re.compile(r"midnight|零点|午夜|半夜|真夜中|深夜|\b(?:cst|ist)\b")  # one day, two hours or zones

_LISTED = re.compile(r"\d\s*(?:am|pm|点|時|:\d\d|点半|時半)?\s*[、,，]\s*\S")
_FROM = ("から", "を", "より", "->", "→")


def read_times(
    text: str,
    now: datetime,
    languages: Sequence[str],
    *,
    ask_numeric: bool,
    meal: str | None = None,
    absence: bool = False,
    alarm: bool = False,
) -> Times:
    """Read and sort the time phrases of a text in which names and titles are already blank."""
    times = Times(now)
    times.phrases = each_day(text, _listed(text, time_phrases(text, now, languages=languages), now, languages))
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
            apart = _apart(phrase, text, now, languages)
            times.excluded += [m for m in apart if m.role == "except"] or [here]
            loose += [m for m in apart if m.role != "except"]
        elif first.kind is Kind.DURATION:
            if first.duration is not None and first.duration < DAY:
                times.lengths.insert(0, phrase)
            else:
                times.days.append(phrase)
        elif first.kind is Kind.RECURRENCE and words.startswith("各"):  # 各一小时: how long each of them is
            each = time_phrases(words[1:], now, languages=languages)
            times.lengths += [p for p in each if p.readings and p.readings[0].kind is Kind.DURATION][:1]
        elif first.kind is Kind.RECURRENCE:
            parts = (first.rrule or "").startswith("FREQ=DAILY") or words in _SUCH_PARTS
            if parts and first.daypart and first.start is None:
                times.daily = first.daypart
                loose.extend(_stretch(phrase, text, now, languages))
            elif times.rule is None or text[times.rule.end : here.start].rstrip().endswith(
                _FROM
            ):  # 毎週月曜から毎週火曜に
                times.rule = here
        else:
            loose.append(here)
            if first.duration is not None and Part.LENGTH in first.said and first.kind is not Kind.INSTANT:
                times.lengths.append(Phrase(phrase.start, phrase.end, (replace(first, kind=Kind.DURATION),)))
    if times.rule is not None:
        off = [m for m in loose if rests(m, text)]
        loose = [m for m in loose if m not in off]
        times.rule = without_days(times.rule, times.excluded + off)
        times.phrases += _limits(text, times.phrases, now, languages)
        loose = within_bounds(times, loose)
    loose = _every_part(loose, times)
    if times.daily:
        times.phrases += tuple(Phrase(m.start, m.end, m.readings) for m in loose)
        loose = [_only(m, times.daily) if day_only(m.best) or is_week(m.best) else m for m in loose]
    if times.rule is not None and times.rule.best.start is None and any(_dated(m.best) for m in loose):
        adjective = times.rule  # "quarterly planning on Nov 30" is one meeting
        times.rule = None
        times.phrases = tuple(p for p in times.phrases if (p.start, p.end) not in adjective.spans)
    loose = [replace(m, readings=tuple(_meal_hour(r, meal) for r in m.readings)) if meal else m for m in loose]
    loose = [part_until(_midday(m, now)) for m in loose]
    if "en" in languages and (" am" in text or " pm" in text):
        loose = [half_day(m, text) for m in loose]
        times.phrases += tuple(Phrase(m.start, m.end, m.readings) for m in loose if m.best.daypart)
    loose = [_with_letters(m, text) for m in loose]
    if times.lengths:
        loose = [_begun(m) for m in loose]
    if len(loose) > 1 and not times.lengths:
        loose = _at_most(loose, times, now)
    if len(loose) > 1 or times.lengths or times.rule:
        loose = _without_topics(loose, times, text)
    loose = _lengths_said_plainly(loose, times, now, alarm=alarm)
    loose = [day for m in _in_brackets(loose, text) for day in _each_weekday(m)]
    if "en" in languages and " or " in text:
        loose = dates_in_turn(hours_in_turn(loose, text), text)
    times.moments = [ask(_once(m), now, ask_numeric=ask_numeric) for m in ascending(join(loose, text, now))]
    return times


MINUTE = timedelta(minutes=1)
_SUCH_PARTS = frozenset({"mornings", "afternoons", "evenings"})  # of the days said beside them


def time_phrases(text: str, now: datetime, *, languages: Sequence[str]) -> tuple[Phrase, ...]:
    """The time phrases of a text. Nobody meets for seconds: "5S" is a name."""
    return tuple(p for p in all_phrases(text, now, languages=languages) if not _of_seconds(p))


def _of_seconds(p: Phrase) -> bool:
    length = p.readings[0].duration if p.readings and p.readings[0].kind is Kind.DURATION else None
    return length is not None and length < MINUTE


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


def _apart(phrase: Phrase, text: str, now: datetime, languages: Sequence[str]) -> list[Moment]:
    """除了周五，下周哪天都行: what does not suit and where to look, on both sides of a comma."""
    cut = min(
        (text.find(c, phrase.start, phrase.end) for c in ",，、" if c in text[phrase.start : phrase.end]), default=-1
    )
    if cut < 0:
        return []
    out: list[Moment] = []
    for start, end in ((phrase.start, cut), (cut, phrase.end)):
        for p in time_phrases(text[start:end], now, languages=languages):
            place = (start + p.start, start + p.end)
            out.append(Moment(*place, p.readings, p.role, text[place[0] : place[1]], (place,)))
    return out if {m.role == "except" for m in out} == {True, False} else []


def _stretch(phrase: Phrase, text: str, now: datetime, languages: Sequence[str]) -> list[Moment]:
    """The days said in one breath with "mornings"."""
    words = text[phrase.start : phrase.end]
    cut = min((words.find(c) for c in ",，、" if c in words), default=-1)
    if cut < 0 and (part := _PARTS.search(words)) is not None and part.start():
        cut = part.start()  # "next week for us? afternoons": read as one, with something else between
    if cut < 0:  # "next week, afternoons preferred": the days stand apart
        apart = _limits(text, (phrase,), now, languages)
        days = [p for p in apart if p.readings and (day_only(p.readings[0]) or is_week(p.readings[0]))]
        return [Moment(p.start, p.end, p.readings, None, text[p.start : p.end], ((p.start, p.end),)) for p in days[:1]]
    found = time_phrases(words[:cut], now, languages=languages)
    return [
        Moment(phrase.start, phrase.end, p.readings, p.role, words, ((phrase.start, phrase.end),)) for p in found[:1]
    ]


def _in_brackets(loose: list[Moment], text: str) -> list[Moment]:
    """下周二（25号）下午2点: one day said twice; when the two do not fit, a person has to choose."""
    out: list[Moment] = []
    for m in loose:
        before = out[-1] if out else None
        if before is None or text[before.end : m.start].strip() != "(" or not _one_day_twice(before.best, m.best):
            out.append(m)
            continue
        day, date = before.best, m.best
        assert day.start is not None
        assert date.start is not None
        apart = timedelta(days=(day.start.date() - date.start.date()).days)
        date = replace(date, said=date.said | day.said)
        readings = (shifted(date, apart), date) if apart else (date,)
        out[-1] = replace(m, start=before.start, readings=readings, spans=(*before.spans, *m.spans))
    return out


def _one_day_twice(first: Reading, then: Reading) -> bool:
    """A weekday and a number of a month, the first of them with no hour."""
    said = [r.said & {Part.WEEKDAY, Part.DAY} for r in (first, then)]
    both = said in ([{Part.WEEKDAY}, {Part.DAY}], [{Part.DAY}, {Part.WEEKDAY}])
    return both and first.kind is Kind.DATE and first.start is not None and then.start is not None


def _each_weekday(m: Moment) -> list[Moment]:
    """下周一三五: the days of a list are options, not opinions about one day."""
    days = {r.start.weekday() for r in m.readings if r.start is not None}
    listed = len(m.readings) > 1 and len(days) == len(m.readings) and Part.WEEKDAY in m.best.said
    if not listed or m.best.said & {Part.DAY, Part.MONTH} or _TWO_HEARD.search(m.words):
        return [m]
    return [replace(m, readings=(r,), role="or" if i else m.role) for i, r in enumerate(m.readings)]


_PARTS = re.compile(r"(morning|afternoon|evening)s\b")


def _every_part(loose: list[Moment], times: Times) -> list[Moment]:
    """ "Next week? Afternoons please": a part of each day, said in a clause of its own."""
    parts = [m for m in loose if m.best.daypart and not day_said(m.best) and _PARTS.search(m.words)]
    days = [m for m in loose if is_week(m.best) or day_only(m.best)]
    if not parts or not days or times.daily:
        return loose
    times.daily = parts[0].best.daypart
    return [m for m in loose if m not in parts]


def _once(m: Moment) -> Moment:
    return replace(m, readings=tuple(unique(m.readings))) if len(m.readings) > 1 else m


def _only(m: Moment, daypart: str) -> Moment:
    return replace(m, readings=tuple(replace(r, daypart=daypart, whole_days=False) for r in m.readings))


def _without_topics(loose: list[Moment], times: Times, text: str) -> list[Moment]:
    """The quarter or year of "Q1 planning" belongs to the subject."""
    out = []
    for m in loose:
        after = text[m.end : m.end + 2].strip()
        if (
            (_AT_EDGE.search(m.words) or (m.best.said <= _PERIODS and not m.best.daypart))
            and (times.rule is not None or times.lengths or any(day_said(o.best) for o in loose if o is not m))
            and after[:1].isalnum()
            and not text[: m.start].rstrip().endswith((" in", "during", "在", "this", "for"))
        ):
            times.phrases = tuple(p for p in times.phrases if (p.start, p.end) not in m.spans)
        else:
            out.append(m)
    return out


_PERIODS = frozenset({Part.QUARTER, Part.YEAR, Part.HOLIDAY})
_AT_EDGE = re.compile(r"^(?:月|年|期|季|季度|学期)?(?:底|末|初|中|中旬|上旬|下旬)$")  # 月底结账会


def _lengths_said_plainly(loose: list[Moment], times: Times, now: datetime, *, alarm: bool) -> list[Moment]:
    """ "10分で" is how long, not when, but for somebody who wants to be called then."""
    if times.lengths or (alarm and not (times.rule or len(loose) > 1)):
        return loose
    out = []
    for m in loose:
        r = m.best
        if (
            m.words.endswith("で")
            and Part.OFFSET in r.said
            and r.kind is Kind.INSTANT
            and r.start
            and r.start - now >= MINUTE
        ):
            times.lengths.append(Phrase(m.start, m.end - 1, (Reading(Kind.DURATION, duration=r.start - now),)))
        else:
            out.append(m)
    return out


def _with_letters(m: Moment, text: str) -> Moment:
    """Zone letters said right before or after a time."""
    if not clock_said(m.best) or LETTERS.search(m.words):
        return m
    found = LETTERS.search(text, max(0, m.start - 5), m.start) or LETTERS.search(text, m.end, m.end + 5)
    return replace(m, words=f"{m.words} {found[1]}") if found else m


def _begun(m: Moment) -> Moment:
    """ "From half past nine", with a length beside it, is when it begins."""
    r = m.best
    open_ended = r.kind is Kind.RANGE and r.start is not None and r.end is None
    from_then_on = (
        m.role == "after" or "以降" in m.words or (Part.WEEK in r.said and not r.said & {Part.DAY, Part.WEEKDAY})
    )
    if open_ended and clock_said(r) and Part.START in r.said and not from_then_on:
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
    moved = shifted(r, timedelta(hours=hour - r.start.hour))
    return replace(moved, said=moved.said | {Part.PART_OF_DAY})

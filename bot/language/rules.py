"""A rule that repeats, without the days that are said not to count: 每天九点晨会，周末除外."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain.timelang.model import Kind, Part, Reading
from bot.language.moments import DAY, Moment, Times, shifted

_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_REST = ("不开", "不用", "不算", "不需要", "不要", "休息", "跳过", "停", "免")  # behind a day, when something repeats
_WEEK = timedelta(days=7)


def without_days(rule: Moment, excluded: Sequence[Moment]) -> Moment:
    """The rule on the weekdays that are left, if any are."""
    gone = {day for m in excluded for day in _weekdays(m.best)}
    r = rule.best
    days = _days_of(r.rrule or "")
    left = [d for d in days if d not in gone]
    if not left or left == days:
        return rule
    wait = 0 if r.start is None else min((d - r.start.weekday()) % 7 for d in left)
    kept = ";".join(p for p in (r.rrule or "").split(";")[1:] if not p.startswith("BYDAY="))
    rrule = f"FREQ=WEEKLY;BYDAY={','.join(_CODES[d] for d in left)}" + (f";{kept}" if kept else "")
    return replace(rule, readings=(replace(shifted(r, wait * DAY), rrule=rrule),))


def rests(m: Moment, text: str) -> bool:
    """Whether a day beside a rule is one it leaves out."""
    return bool(_weekdays(m.best)) and text.startswith(_REST, m.end)


def _days_of(rrule: str) -> list[int]:
    """The weekdays of a daily or weekly rule; none for others."""
    fields = dict(part.split("=", 1) for part in rrule.split(";") if "=" in part)
    if fields.get("INTERVAL", "1") != "1" or fields.get("FREQ") not in ("DAILY", "WEEKLY"):
        return []
    named = fields.get("BYDAY", "")
    if not named:
        return list(range(7)) if fields["FREQ"] == "DAILY" else []
    return [_CODES.index(code) for code in named.split(",") if code in _CODES]


def _weekdays(r: Reading) -> set[int]:
    """The weekdays a reading names: one of them, or the weekend."""
    if r.start is None or r.said & {Part.DAY, Part.MONTH, Part.HOUR}:
        return set()
    if r.kind is Kind.DATE and Part.WEEKDAY in r.said:
        return {r.start.weekday()}
    if r.kind is Kind.RANGE and r.whole_days and r.end is not None and r.end - r.start < _WEEK:
        return {(r.start + n * DAY).weekday() for n in range((r.end - r.start).days)}
    return set()


def within_bounds(times: Times, loose: list[Moment]) -> list[Moment]:
    """ "Every day at 9, from Monday till 18 December": the days are the bounds of the rule."""
    assert times.rule is not None
    rule = times.rule.best.rrule or ""
    days = next((m for m in loose if m.best.kind is Kind.RANGE and m.best.whole_days), None)
    if days is None or "UNTIL" in rule or "COUNT" in rule or not _BOUNDS.match(days.words):
        return loose
    begin, end = days.best.start, days.best.end
    if begin is None or end is None or "FREQ=" not in rule:
        return loose

    def bounded(r: Reading) -> Reading:
        ahead = timedelta(days=(begin.date() - r.start.date()).days) if r.start and r.start < begin else timedelta()
        return replace(shifted(r, ahead), rrule=f"{r.rrule};UNTIL={end - DAY:%Y%m%d}")

    if not rule.startswith(("FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")):
        return loose
    times.rule = replace(times.rule, readings=tuple(bounded(r) for r in times.rule.readings))
    return [m for m in loose if m is not days]


_BOUNDS = re.compile(r"(?:starting )?from .* (?:to|till|until|through|thru) ")

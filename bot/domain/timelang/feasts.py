"""Holidays and workdays: on which day of a year a feast falls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

_FIXED = {
    "newyear": (1, 1),
    "valentine": (2, 14),
    "groundhog": (2, 2),
    "women": (3, 8),
    "arbor": (3, 12),
    "pi": (3, 14),
    "whiteday": (3, 14),
    "consumer": (3, 15),
    "stpatrick": (3, 17),
    "fools": (4, 1),
    "earth": (4, 22),
    "anzac": (4, 25),
    "labour": (5, 1),
    "youth": (5, 4),
    "cincodemayo": (5, 5),
    "children": (6, 1),
    "flag": (6, 14),
    "june18": (6, 18),
    "juneteenth": (6, 19),
    "cpc": (7, 1),
    "canada": (7, 1),
    "independence": (7, 4),
    "tanabata": (7, 7),
    "bastille": (7, 14),
    "army": (8, 1),
    "obon": (8, 15),
    "teacher": (9, 10),
    "programmer": (10, 24),
    "coder1024": (10, 24),
    "national": (10, 1),
    "halloween": (10, 31),
    "allsaints": (11, 1),
    "guyfawkes": (11, 5),
    "veterans": (11, 11),
    "singles": (11, 11),
    "shichigosan": (11, 15),
    "double12": (12, 12),
    "memorial1213": (12, 13),
    "xmas_eve": (12, 24),
    "xmas": (12, 25),
    "boxing": (12, 26),
    "nye": (12, 31),
    "australia": (1, 26),
    "emancipation": (4, 16),
    "setsubun": (2, 3),
    "hina": (3, 3),
    "jp_foundation": (2, 11),
    "jp_emperor": (2, 23),
    "jp_showa": (4, 29),
    "jp_constitution": (5, 3),
    "jp_greenery": (5, 4),
    "jp_children": (5, 5),
    "jp_mountain": (8, 11),
    "jp_culture": (11, 3),
    "jp_labour": (11, 23),
}
# month, weekday (Monday 0), which one (-1: the last)
_FLOATING = {
    "mlk": (1, 0, 3),
    "presidents": (2, 0, 3),
    "superbowl": (2, 6, 2),
    "mother": (5, 6, 2),
    "memorial": (5, 0, -1),
    "father": (6, 6, 3),
    "us_labor": (9, 0, 1),
    "columbus": (10, 0, 2),
    "thanksgiving": (11, 3, 4),
    "jp_coming": (1, 0, 2),
    "jp_marine": (7, 0, 3),
    "jp_aged": (9, 0, 3),
    "jp_sports": (10, 0, 2),
}
_LUNAR = {
    "spring": (1, 1),
    "lny2": (1, 2),
    "lny3": (1, 3),
    "lny4": (1, 4),
    "lny5": (1, 5),
    "lny6": (1, 6),
    "lny7": (1, 7),
    "lny8": (1, 8),
    "lantern": (1, 15),
    "longtaitou": (2, 2),
    "dragon": (5, 5),
    "buddha": (4, 8),
    "qixi": (7, 7),
    "ghost": (7, 15),
    "midautumn": (8, 15),
    "doubleninth": (9, 9),
    "laba": (12, 8),
    "xiaonian": (12, 23),
}
_EASTER = {"easter": 0, "eastermonday": 1, "goodfriday": -2, "ashwed": -46, "palmsunday": -7}
# Solar terms by the usual century formula: day = int(years * 0.2422 + c) - leap days.
_TERMS = {
    "lichun": (2, 3.87),
    "qingming": (4, 4.81),
    "lixia": (5, 5.52),
    "geshi": (6, 21.37),
    "dongzhi": (12, 21.94),
    "jp_vernal": (3, 20.646),
    "jp_autumn": (9, 23.042),
}


def weekday_of_month(year: int, month: int, weekday: int, place: int) -> date | None:
    """The place-th such weekday of a month; negative places count from the end."""
    if place > 0:
        first = date(year, month, 1)
        found = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (place - 1))
    else:
        last = month_end(year, month)
        found = last - timedelta(days=(last.weekday() - weekday) % 7 + 7 * (-place - 1))
    return found if found.month == month else None


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def lunar_day(year: int, month: int, day: int) -> date | None:
    """A day of the Chinese calendar whose year began in this year of ours."""
    from lunardate import LunarDate

    try:
        found = LunarDate(year, month, day)
        convert: Callable[[], date] = getattr(found, "to_solar_date", None) or found.toSolarDate
        solar = convert()
    except (ValueError, KeyError, IndexError):
        return None
    return date(solar.year, solar.month, solar.day)


@lru_cache(maxsize=512)
def feast(name: str, year: int) -> date | None:
    """The day of a feast in a year (of the Chinese calendar for its own feasts)."""
    if name in _FIXED:
        return date(year, *_FIXED[name])
    if name in _FLOATING:
        return weekday_of_month(year, *_FLOATING[name])
    if name in _EASTER:
        from dateutil.easter import easter

        return easter(year) + timedelta(days=_EASTER[name])
    if name in _TERMS:
        month, constant = _TERMS[name]
        short = year % 100
        leaps = (short - 1) // 4 if month <= 2 else short // 4
        return date(year, month, int(short * 0.2422 + constant) - leaps)
    if name == "lny_eve":
        found = lunar_day(year + 1, 1, 1)
        return found - timedelta(days=1) if found else None
    if name in _LUNAR:
        return lunar_day(year, *_LUNAR[name])
    if name in ("blackfriday", "cybermonday"):
        base = weekday_of_month(year, 11, 3, 4)
        return base + timedelta(days=1 if name == "blackfriday" else 4) if base else None
    return _foreign(name, year)


def _foreign(name: str, year: int) -> date | None:
    """Feasts that move by other calendars, from the holidays package."""
    titles = {"diwali": ("IN", "Diwali"), "hanukkah": ("IL", "Hanukkah")}
    if name not in titles:
        return None
    import holidays

    country, title = titles[name]
    days = [
        day for day, text in holidays.country_holidays(country, years=year, language="en_US").items() if title in text
    ]
    return min(days) if days else None


def is_workday(day: date) -> bool:
    """Whether people in China work: by the yearly list of days off and make-up days, else Monday to Friday."""
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def plus_workdays(day: date, count: int) -> date:
    """So many weekdays further; the first day does not count."""
    step = 1 if count > 0 else -1
    while count:
        day += timedelta(days=step)
        if day.weekday() < 5:
            count -= step
    return day

"""Dates with month names of other European languages: handed to dateparser, believed only as far as the words go."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache

_LANGUAGES = ["de", "fr", "es", "it", "pt", "nl", "sv", "pl"]
_DATE = re.compile(r"(\d{1,2})\.? (?:de )?([a-zà-ÿąćęłńóśźż]{3,12})\.? (?:de )?(\d{4})(?!\d)")
# The first letters of all those months: anything else never costs the import of a parser.
_PREFIXES = frozenset(
    [
        "jan",
        "jän",
        "fev",
        "fév",
        "feb",
        "mar",
        "mär",
        "mrt",
        "maa",
        "apr",
        "abr",
        "avr",
        "kwi",
        "mai",
        "maj",
        "may",
        "mei",
        "jun",
        "jui",
        "jul",
        "giu",
        "gen",
        "lug",
        "lip",
        "ago",
        "aoû",
        "aug",
        "sie",
        "set",
        "sep",
        "wrz",
        "oct",
        "okt",
        "out",
        "ott",
        "paź",
        "nov",
        "lis",
        "dec",
        "dez",
        "déc",
        "dic",
        "ene",
        "gru",
        "sty",
        "lut",
        "cze",
        "mag",
    ]
)


def foreign_date(text: str, at: int, known: Container[str]) -> tuple[tuple[int, int, int], int] | None:
    """``24. Dezember 2026`` at this place: year, month and day, and where it ends; not for a word we know ourselves."""
    found = _DATE.match(text, at)
    if found is None or found[2][:3] not in _PREFIXES or found[2] in known:
        return None
    day, year = int(found[1]), int(found[3])
    month = _month(found[2])
    if month is None or not 1 <= day <= 31 or not 1900 <= year < 2200:
        return None
    return (year, month, day), found.end()


@lru_cache(maxsize=256)
def _month(word: str) -> int | None:
    """The month a word names; None unless the parser kept the day and the year it was given with."""
    import dateparser

    parsed = dateparser.parse(f"17 {word} 2023", languages=_LANGUAGES, settings={"DATE_ORDER": "DMY"})
    if parsed is None or (parsed.year, parsed.day) != (2023, 17):
        return None
    return parsed.month

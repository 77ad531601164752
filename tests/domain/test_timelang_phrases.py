"""Our own phrase tables: what people write, and when that is, said on Wednesday 2026-11-18 at 10:00 in Shanghai."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.timelang import Kind, Reading, read

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TABLES = Path(__file__).parent / "phrases"
LANGUAGES = ("zh", "en", "ja")


def shown_length(length: timedelta) -> str:
    left, out = int(length.total_seconds()), ""
    for size, letter in ((86400, "d"), (3600, "h"), (60, "m"), (1, "s")):
        count, left = divmod(left, size)
        out += f"{count}{letter}" if count else ""
    return out


def shown(reading: Reading) -> str:
    """A reading in the short form of the tables: ``..`` is an open end, ``-`` no time at all."""

    def at(value: datetime | None) -> str:
        return f"{value:%Y-%m-%d %H:%M}" if value else ".."

    length = f" [{shown_length(reading.duration)}]" if reading.duration else ""
    match reading.kind:
        case Kind.NONE:
            return "-"
        case Kind.INSTANT:
            return at(reading.start) + length
        case Kind.DATE:
            return at(reading.start)[:10] + length
        case Kind.RANGE:
            return f"{at(reading.start)} ~ {at(reading.end)}{length}"
        case Kind.DURATION:
            return length.strip(" []")
    first = f" @ {at(reading.start)}" if reading.start else ""
    last = f" ~ {at(reading.end)}" if reading.end else ""
    return f"{reading.rrule}{first}{last}{length}"


def rows() -> Iterator[tuple[str, str, str]]:
    for language in LANGUAGES:
        for line in (TABLES / f"{language}.tsv").read_text(encoding="utf-8").splitlines():
            text, expected = line.split("\t")
            yield language, text, expected


@pytest.mark.parametrize(("language", "text", "expected"), list(rows()))
def test_a_phrase_means_what_the_table_says(language: str, text: str, expected: str) -> None:
    languages = (language, *(other for other in LANGUAGES if other != language))
    assert " | ".join(shown(reading) for reading in read(text, NOW, languages=languages)) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_a_full_table(language: str) -> None:
    texts = [text for name, text, _ in rows() if name == language]
    assert len(texts) >= 400
    assert len(set(texts)) == len(texts)

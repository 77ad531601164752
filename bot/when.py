"""``daylark when``: what a time phrase means, as a table for people or as JSON Lines for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from time import perf_counter
from typing import Any, TextIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.timelang import Kind, Reading, read

_LANGUAGES = ("zh", "en", "ja")


def languages_from(first: str | None) -> tuple[str, ...]:
    """All languages, the given one first."""
    name = (first or "").replace("-", "_").split("_")[0].lower()
    return (name, *(other for other in _LANGUAGES if other != name)) if name in _LANGUAGES else _LANGUAGES


def moment_from(text: str | None, zone: ZoneInfo) -> datetime:
    """An ISO time in its own or the given zone; nothing: now."""
    if not text:
        return datetime.now(UTC).astimezone(zone)
    found = datetime.fromisoformat(text)
    return found.replace(tzinfo=zone) if found.tzinfo is None else found.astimezone(zone)


def answer(reading: Reading) -> dict[str, Any]:
    """A reading as plain values."""
    out: dict[str, Any] = {"kind": reading.kind.value}
    if reading.start is not None:
        out["start"] = reading.start.date().isoformat() if reading.kind is Kind.DATE else reading.start.isoformat()
    if reading.end is not None:
        out["end"] = reading.end.isoformat()
    if reading.duration is not None:
        out["duration_s"] = int(reading.duration.total_seconds())
    if reading.rrule is not None:
        out["rrule"] = reading.rrule
    if reading.reason is not None:
        out["reason"] = reading.reason
    return out


def answer_line(line: str) -> str:
    """One JSON line in, one JSON line out."""
    case = json.loads(line)
    zone = ZoneInfo(case.get("tz") or "UTC")
    now = moment_from(case.get("now"), zone)
    started = perf_counter()
    found = read(case.get("text") or "", now, languages=languages_from(case.get("lang")))
    spent = (perf_counter() - started) * 1000
    out: dict[str, Any] = {"id": case.get("id")} | answer(found[0])
    if len(found) > 1:
        out["alternatives"] = [answer(other) for other in found[1:]]
    out["ms"] = round(spent, 4)
    return json.dumps(out, ensure_ascii=False)


def _shown(value: datetime | None, reading: Reading) -> str:
    if value is None:
        return "open" if reading.kind is Kind.RANGE else ""
    return f"{value:%a %Y-%m-%d}" if reading.kind is Kind.DATE else f"{value:%a %Y-%m-%d %H:%M}"


def table(text: str, now: datetime, found: Iterable[Reading]) -> str:
    """The readings for a person."""
    rows = [("", "kind", "from", "to", "length", "repeats", "said")]
    for number, reading in enumerate(found, 1):
        rows.append(
            (
                str(number),
                reading.kind.value if reading.reason is None else f"{reading.kind.value} ({reading.reason})",
                _shown(reading.start, reading),
                "" if reading.kind is not Kind.RANGE and reading.end is None else _shown(reading.end, reading),
                str(reading.duration or ""),
                reading.rrule or "",
                ", ".join(sorted(part.value for part in reading.said)),
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [f"{text}    (said {now:%a %Y-%m-%d %H:%M %Z})", ""]
    lines += ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join(lines)


def run(
    text: str | None,
    tz: str,
    now: str | None,
    lang: str | None,
    jsonl: bool,
    source: TextIO | None = None,
    target: TextIO | None = None,
) -> int:
    """The command; 0 when a time was found, 1 when none was, 2 for a usage error."""
    source, target = source or sys.stdin, target or sys.stdout
    if jsonl:
        for line in source:
            if line.strip():
                target.write(answer_line(line) + "\n")
        return 0
    try:
        moment = moment_from(now, ZoneInfo(tz))
    except (ValueError, ZoneInfoNotFoundError) as refused:
        sys.stderr.write(f"daylark when: {refused}\n")
        return 2
    found = read(text or "", moment, languages=languages_from(lang))
    target.write(table(text or "", moment, found) + "\n")
    return 0 if found[0].kind is not Kind.NONE else 1


def when_main(args: Iterable[str]) -> int:
    """``when`` with its own arguments, for use without the ``daylark`` command."""
    import argparse

    parser = argparse.ArgumentParser(prog="daylark when", description=__doc__)
    parser.add_argument("text", nargs="?")
    parser.add_argument("--tz", default="Asia/Shanghai")
    parser.add_argument("--now")
    parser.add_argument("--lang")
    parser.add_argument("--jsonl", action="store_true")
    given = parser.parse_args(list(args))
    if given.text is None and not given.jsonl:
        parser.error("give a TEXT, or --jsonl")
    return run(given.text, given.tz, given.now, given.lang, given.jsonl)


if __name__ == "__main__":
    sys.exit(when_main(sys.argv[1:]))

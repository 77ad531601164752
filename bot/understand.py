"""``daylark understand --jsonl``: sentences in, intents out, one JSON object a line."""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime, timedelta
from typing import Any, TextIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.intent import Ask, Choice, Intent, KnownEvent, Person, Sentence, Window
from bot.language import understand


def run(stdin: TextIO, stdout: TextIO) -> int:
    """Answer every line. 1 if a line could not be read: it gets an answer with ``error`` all the same."""
    code = 0
    for text in stdin:
        if not text.strip():
            continue
        answer: dict[str, Any]
        case: Any = None
        try:
            case = json.loads(text)
            sentence = sentence_of(case)
            began = time.perf_counter()
            intent, failed = _understood(sentence)
            took = time.perf_counter() - began
            answer = {"id": case.get("id"), **answer_of(intent), "ms": round(took * 1000, 3)}
            if failed:
                answer["error"] = failed
        except (ValueError, KeyError, TypeError, AttributeError, ZoneInfoNotFoundError) as why:
            code = 1
            answer = {"id": case.get("id") if isinstance(case, dict) else None, "intent": "none", "error": str(why)}
        stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    stdout.flush()
    return code


def _understood(sentence: Sentence) -> tuple[Intent, str | None]:
    """The intent; none, and why, when our own rules trip over a sentence: one line must not cost the others."""
    try:
        return understand(sentence), None
    except (ArithmeticError, AssertionError, LookupError, TypeError, ValueError) as why:
        return Intent(Ask.NONE), f"{type(why).__name__}: {why}"


def sentence_of(case: dict[str, Any]) -> Sentence:
    """The input half of a case as the sentence it stands for."""
    zone = ZoneInfo(case["tz"])
    mentions = case.get("mentions") or []
    context = case.get("context") or {}
    return Sentence(
        text=case["text"],
        now=_moment(case["now"], zone),
        lang=case.get("lang"),
        sender=_person(case["sender"]) if case.get("sender") else None,
        members=tuple(_person(m) for m in (case.get("chat") or {}).get("members", ())),
        mentions=tuple(_person(m) for m in mentions if not m.get("is_bot")),
        bot_names=("Daylark", *(m["name"] for m in mentions if m.get("is_bot") and m["name"] != "Daylark")),
        event=_event(context["event"], zone) if context.get("event") else None,
        options=tuple(Choice(_moment(o["start"], zone), _moment(o["end"], zone)) for o in context.get("options") or ()),
    )


def answer_of(intent: Intent) -> dict[str, Any]:
    """An intent as the keys of the answer; what does not apply is left out."""
    days = intent.all_day
    out: dict[str, Any] = {
        "intent": intent.ask.value,
        "start": _said(intent.start, days),
        "end": _said(_last(intent.end, days), days),
        "duration_s": _seconds(intent.duration),
        "windows": [_window(w) for w in intent.windows],
        "rrule": intent.rrule,
        "people": [{"name": p.name, "open_id": p.open_id, "optional": p.optional} for p in intent.people],
        "title": intent.title,
        "room": _room(intent),
        "delta_s": _seconds(intent.delta),
        "scope": intent.scope,
        "reply": intent.reply,
        "choices": [
            {"start": _said(c.start, c.all_day), "end": _said(_last(c.end, c.all_day), c.all_day)}
            for c in intent.choices
        ],
        "problem": intent.problem,
        "receipts": [{"slot": r.slot, "words": r.words} for r in intent.receipts],
    }
    return {key: value for key, value in out.items() if value not in (None, [], {})}


def _moment(text: str, zone: ZoneInfo) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)


def _person(raw: dict[str, Any]) -> Person:
    return Person(raw["name"], raw.get("open_id"), bool(raw.get("optional")))


def _event(raw: dict[str, Any], zone: ZoneInfo) -> KnownEvent:
    return KnownEvent(
        title=raw.get("title") or "",
        start=_moment(raw["start"], zone),
        end=_moment(raw["end"], zone),
        rrule=raw.get("rrule"),
        people=tuple(_person(p) for p in raw.get("people") or ()),
        room=raw["room"] if isinstance(raw.get("room"), str) else None,
    )


def _last(end: datetime | None, days: bool) -> datetime | None:
    """The last day of a stretch of whole days."""
    return end - timedelta(days=1) if days and end is not None else end


def _said(moment: datetime | None, days: bool) -> str | None:
    if moment is None:
        return None
    return moment.date().isoformat() if days else moment.isoformat(timespec="minutes")


def _window(window: Window) -> dict[str, str | None]:
    days = window.whole_days
    return {"start": _said(window.start, days), "end": _said(_last(window.end, days), days)}


def _seconds(span: timedelta | None) -> int | None:
    return None if span is None else int(span.total_seconds())


def _room(intent: Intent) -> dict[str, Any] | None:
    wish = intent.room
    if wish is None:
        return None
    said = {"name": wish.name, "building": wish.building, "floor": wish.floor, "capacity": wish.capacity}
    return {key: value for key, value in said.items() if value is not None}


if __name__ == "__main__":
    sys.exit(run(sys.stdin, sys.stdout))

"""Sentences of our own with written-out expectations, and how an intent is compared with one."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.intent import Choice, Intent, KnownEvent, Person, Sentence

FOLDER = Path(__file__).parent / "sentences"
CHATS = {  # the first is the sender
    "zh": ("林夏", "王浩", "刘芳", "赵敏", "孙一凡", "周建国", "小郑", "何雨桐", "欧阳雪"),
    "en": (
        "Sam Lee",
        "Priya Shah",
        "Mike O'Neil",
        "Chloe",
        "Victor Hale",
        "Omar",
        "Lena",
        "Will Turner",
        "Zoe",
        "May Lin",
    ),
    "ja": ("中村", "高橋 健", "伊藤", "渡辺", "小林 さくら", "加藤", "吉田"),
}
EVERYBODY_ELSE = tuple(n for names in CHATS.values() for n in names[1:])


@dataclass(frozen=True)
class Case:
    text: str
    sentence: Sentence
    expect: dict[str, Any]


def load(name: str) -> list[Case]:
    lines = (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [case_of(json.loads(line)) for line in lines if line.strip()]


def case_of(row: dict[str, Any]) -> Case:
    lang = row["lang"]
    zone = ZoneInfo(row.get("tz", "Asia/Shanghai"))
    names = CHATS[lang] if lang in CHATS else CHATS["zh"]
    everybody = tuple(
        Person(n, f"ou_{i}") for i, n in enumerate([*names, *(n for n in EVERYBODY_ELSE if n not in names)])
    )
    members = everybody[: len(names)]
    mentions = sorted(
        (
            (row["text"].find("@" + called), p)
            for p in everybody
            for called in _called(p.name)
            if "@" + called in row["text"]
        ),
        key=lambda found: found[0],
    )
    seen: dict[int, Person] = {}
    for at, person in mentions:
        seen.setdefault(at, Person(_as_written(row["text"], at, person.name), person.open_id))
    event = row.get("event")
    sentence = Sentence(
        text=row["text"],
        now=moment(row.get("now", "2026-11-18T10:00"), zone),
        lang=lang,
        sender=members[0],
        members=members,
        mentions=tuple(seen.values()),
        event=KnownEvent(event["title"], moment(event["start"], zone), moment(event["end"], zone)) if event else None,
        options=tuple(Choice(moment(o["start"], zone), moment(o["end"], zone)) for o in row.get("options", ())),
    )
    return Case(row["text"], sentence, row["expect"])


def _called(name: str) -> list[str]:
    return [name, *name.split()[:1]] if " " in name else [name]


def _as_written(text: str, at: int, name: str) -> str:
    return name if text.startswith("@" + name, at) else name.split()[0]


def moment(said: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(said).replace(tzinfo=zone)


def differences(case: Case, intent: Intent) -> list[str]:
    """What of the expectation the intent does not meet; empty when it is right."""
    want = case.expect
    asks = want["intent"] if isinstance(want["intent"], list) else [want["intent"]]
    off = [] if intent.ask.value in asks else [f"{intent.ask.value}, not {asks[0]}"]
    for slot in want.keys() - {"intent"}:
        got = _SLOTS[slot](intent)
        if not _meets(slot, want[slot], got):
            off.append(f"{slot} {got!r}, not {want[slot]!r}")
    if len(intent.choices) > 1 and "choices" not in want:
        off.append(f"asks: {_SLOTS['choices'](intent)}")
    return off


def _said(m: datetime | None, days: bool) -> str | None:
    return None if m is None else m.strftime("%Y-%m-%d" if days else "%Y-%m-%dT%H:%M")


def _last(m: datetime | None, days: bool) -> datetime | None:
    return m - timedelta(days=1) if m is not None and days else m


def _span(intent: Intent, which: str) -> str | None:
    if intent.start is None and intent.end is None and len(intent.windows) == 1:
        w = intent.windows[0]
        return _said(w.start if which == "start" else _last(w.end, w.whole_days), w.whole_days)
    return _said(intent.start if which == "start" else _last(intent.end, intent.all_day), intent.all_day)


def _windows(intent: Intent) -> list[list[str | None]]:
    if not intent.windows and intent.start is not None:
        return [[_said(intent.start, intent.all_day), _said(_last(intent.end, intent.all_day), intent.all_day)]]
    return [[_said(w.start, w.whole_days), _said(_last(w.end, w.whole_days), w.whole_days)] for w in intent.windows]


_SLOTS = {
    "start": lambda i: _span(i, "start"),
    "end": lambda i: _span(i, "end"),
    "duration_s": lambda i: int(i.duration.total_seconds()) if i.duration else None,
    "delta_s": lambda i: int(i.delta.total_seconds()) if i.delta is not None else None,
    "windows": _windows,
    "rrule": lambda i: i.rrule,
    "people": lambda i: [{"name": p.name, "optional": p.optional} for p in i.people],
    "title": lambda i: i.title,
    "room": lambda i: {k: getattr(i.room, k) for k in ("name", "building", "floor", "capacity")} if i.room else None,
    "scope": lambda i: i.scope,
    "reply": lambda i: i.reply,
    "choices": lambda i: [_said(c.start, c.all_day) for c in i.choices],
    "problem": lambda i: i.problem,
}


def _fold(text: str | None) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text or "").casefold() if c.isalnum())


def _meets(slot: str, want: Any, got: Any) -> bool:
    if slot == "title" and want is None:
        return got is None
    if slot == "title":
        return _fold(got) in {_fold(w) for w in ([want] if isinstance(want, str) else want)}
    if slot == "scope":
        return got in want
    if slot == "people":
        return {(_first(p["name"]), p["optional"]) for p in want} == {(_first(p["name"]), p["optional"]) for p in got}
    if slot == "room":
        return bool(got) and all(_fold(str(got[k])) == _fold(str(v)) for k, v in want.items())
    if slot == "windows":
        pairs = [[w["start"], w.get("end")] for w in want]
        return len(pairs) == len(got) and all(
            w[0] == g[0] and (w[1] in (None, "") or w[1] == g[1]) for w, g in zip(pairs, got, strict=True)
        )
    if slot == "choices":
        return set(want) <= set(got) and len(got) <= len(want) + 1
    if slot == "rrule":
        return got is not None and set(want.split(";")) == set(got.split(";"))
    return bool(want == got)


def _first(name: str) -> str:
    """Members may be mentioned by their first name."""
    return name.split()[0]

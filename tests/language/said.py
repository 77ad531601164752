"""Messages with the intent each has, a tab between intent, context, people named and text: what weights come from.

The context is ``event`` (it answers a card or a thread about an event), ``options`` (times were just offered) or ``-``;
names are those of colleagues in the text, comma separated, or ``-``; ``\\n`` in a text is a line break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.intent import Choice, KnownEvent, Person, Sentence

FOLDER = Path(__file__).parent / "said"
LANGUAGES = ("zh", "en", "ja")
NOW = datetime(2026, 11, 18, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
_CALLED = re.compile(r"@([^\s,，。、!?！？;；:：()（）@]+)")
_TITLES = {"zh": "周会", "en": "weekly sync", "ja": "定例"}
_HOUR = timedelta(hours=1)


class Said(NamedTuple):
    intent: str
    sentence: Sentence


def said(lang: str) -> Iterator[Said]:
    """Every message of one language."""
    for line in (FOLDER / f"{lang}.tsv").read_text("utf-8").splitlines():
        intent, context, names, text = line.split("\t")
        yield Said(intent, sentence_of(lang, context, names, text.replace("\\n", "\n")))


def sentence_of(lang: str, context: str, names: str, text: str) -> Sentence:
    listed = [name for name in names.split(",") if name != "-"]
    mentioned = [name for name in listed if f"@{name}" in text]
    mentioned += [n for n in _CALLED.findall(text) if n != "Daylark" and not any(m.startswith(n) for m in mentioned)]
    people = {name: Person(name, f"ou_{name}") for name in (*mentioned, *listed)}
    tomorrow = NOW + timedelta(days=1)
    return Sentence(
        text=text,
        now=NOW,
        lang=lang,
        members=tuple(people.values()),
        mentions=tuple(people[name] for name in sorted(mentioned, key=lambda name: text.find(f"@{name}"))),
        event=KnownEvent(_TITLES[lang], tomorrow, tomorrow + _HOUR) if context == "event" else None,
        options=(Choice(tomorrow + 4 * _HOUR, tomorrow + 5 * _HOUR), Choice(tomorrow + 6 * _HOUR, tomorrow + 7 * _HOUR))
        if context == "options"
        else (),
    )

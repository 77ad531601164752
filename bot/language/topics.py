"""Words for things that tales are told about and meetings are held about alike: a build, a price, the weather."""

from __future__ import annotations

from dataclasses import replace

from bot.language.cues import Cues

_TELLING = ("sentence_mark", "chatter", "past", "why_q", "talk", "yesno")
_MEETING = ("kind", "book", "book_strong", "with", "find_time")


def with_topics(cues: Cues, *, people: bool) -> Cues:
    """Count such a word as talk unless the sentence names a meeting and tells nothing: "price list review with Li"."""
    topics = cues.of("topic")
    if not topics or ((people or cues.any(*_MEETING)) and not cues.any(*_TELLING)):
        return cues
    return Cues((*cues.hits, *(replace(h, name="talk") for h in topics)))

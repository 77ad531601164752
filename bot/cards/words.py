"""Turns of phrase that several cards share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.cards.kit import Note
from bot.domain.draft import Draft, Guest, Standing
from bot.domain.request import working_title
from bot.domain.span import Span
from bot.i18n import Names, ReaderTime, Style, T, Text, When, Zone

DOT = " · "
MANY, FEW = 7, 3  # more names than this in a list, in a sentence, are counted
LONGEST_TITLE, LONGEST_NAME, LONGEST_WORDS = 80, 24, 40  # every text is on the card four times


def clipped(text: str, most: int) -> str:
    """What somebody typed, on one line and short enough that a card stays a card."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def title_of(draft: Draft) -> str:
    return clipped(working_title(draft), LONGEST_TITLE)


def name_of(draft: Draft, open_id: str) -> str:
    """The name of a guest; somebody who is none is shown by their id, which only a bug could bring about."""
    return clipped(next((guest.name for guest in draft.guests if guest.open_id == open_id), open_id), LONGEST_NAME)


def names(people: Iterable[str], *, polite: bool = False) -> Names:
    """Names in the language's way of listing; a long list ends in "and 5 others".

    ``polite`` where a sentence is made of them: fewer, and Japanese adds an honorific to each.
    """
    most = FEW if polite else MANY
    everybody = [clipped(name, LONGEST_NAME) for name in people]
    listed: list[Text] = [T("people.one", name=name) for name in everybody] if polite else [*everybody]
    if len(listed) > most:
        listed = [*listed[: most - 1], T("people.others", count=len(listed) - most + 1)]
    return Names(listed)


def guest_names(guests: Sequence[Guest]) -> Names:
    return names(guest.name for guest in guests)


def when(time: Span | datetime, draft: Draft, now: datetime, style: Style = "full") -> When:
    return When(time, draft.zone, style, now)


def reader_note(time: datetime, zone: str) -> Note:
    """The zone the times are told in, and the same moment on the reader's own clock."""
    return Note([T("time.zone", zone=Zone(zone)), T("time.reader", time=ReaderTime(time, zone))])


def dotted(texts: Sequence[Text]) -> T:
    """Short texts in one line."""
    return T("kit.line", text=Names(texts, DOT))


def standing_line(people: Iterable[tuple[str, Standing]]) -> T | None:
    """Who is free, busy or unknown, in one readable line; the same the picture shows."""
    by_standing: dict[Standing, list[str]] = {}
    for name, standing in people:
        by_standing.setdefault(standing, []).append(name)
    groups = [_GROUPS[standing](by_standing[standing]) for standing in _GROUPS if standing in by_standing]
    return dotted(groups) if groups else None


_GROUPS = {
    Standing.FREE: lambda who: T("standing.free", names=names(who)),
    Standing.TENTATIVE: lambda who: T("standing.tentative", names=names(who)),
    Standing.BUSY: lambda who: T("standing.busy", names=names(who)),
    Standing.OFF_HOURS: lambda who: T("standing.off_hours", names=names(who)),
    Standing.UNKNOWN: lambda who: T("standing.unknown", names=names(who)),
}

"""What a sentence is about: its words without times, names and verbs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.intent import Ask
from bot.language.facts import Facts
from bot.language.lexicon import listed
from bot.language.moments import Moment
from bot.language.people import Named
from bot.language.predicates import describes
from bot.language.text import HAN, Line, fold
from bot.language.title import find_title, is_generic, things_of

_VERBS = {
    Ask.MOVE: ("move_to", "move_later", "move_earlier", "change", "same_time"),
    Ask.EXTEND: ("longer", "shorter", "halved", "double", "enough", "change", "ends", "move_to"),
    Ask.CANCEL: ("cancel", "take_away"),
    Ask.RSVP: ("accept", "decline", "tentative"),
    Ask.INVITE: ("add_in", "add"),
    Ask.UNINVITE: ("remove",),
    Ask.REMIND: ("remind", "remind_do", "before_mark", "to_go"),
    Ask.SEARCH: ("search", "when_q", "agenda_show"),
    Ask.POLL: ("poll", "when_q", "agenda_show"),
    Ask.SHARE: ("share", "calendar"),
    Ask.SUBSCRIBE: ("subscribe", "calendar"),
    Ask.CALENDARS: ("calendar_make", "calendar"),
    Ask.MEETING_CHAT: ("chat", "chat_for"),
    Ask.MINUTES: ("minutes", "minutes_for", "agenda_show", "search"),
    Ask.CREATE: (),
    Ask.FIND: ("find_time",),
    Ask.ROOM: ("room", "room_use"),
}

EDITS = frozenset({Ask.MOVE, Ask.EXTEND, Ask.CANCEL, Ask.INVITE, Ask.UNINVITE, Ask.RSVP, Ask.ROOM})

_OF_EVENTS = EDITS | {Ask.SEARCH, Ask.MINUTES, Ask.MEETING_CHAT}


def holes(f: Facts, ask: Ask, *, keep: Sequence[Moment] = ()) -> list[tuple[int, int]]:
    """Places of the sentence that are something else than its subject."""
    kept = {s for m in keep for s in m.spans}
    out = [(p.start, p.end) for p in f.times.phrases if (p.start, p.end) not in kept]
    if ask in (Ask.CREATE, Ask.FIND) and f.moments:
        out = [s for s in out if not _gone_by(f, *s)]
    if f.times.rule is not None and ask is Ask.CREATE:
        rule = f.times.rule.spans
        out = [part for s in out for part in (_around_names(s, f) if s in rule else [s])]
    if ask is Ask.REMIND and f.exact:  # a time after the one to remind at belongs to the task
        at = next(m for m in f.moments if m.exact)
        out = [s for s in out if s[0] <= at.end]
    out += [(n.start, n.end) for n in f.named if n.start >= 0 and not (ask is Ask.REMIND and _in_task(f, n))]
    if "zh" in f.languages and ask is not Ask.REMIND:
        out += [(describes(f.text, n.start, f.cues, f.languages), n.start) for n in f.named if n.start > 0]
    things = things_of(f.cues)
    out += [
        piece
        for h in f.cues.of("everyone", "optional", "optional_all", "all_day", "venue", *_VERBS.get(ask, ()))
        for piece in h.pieces
        if len(h.pieces) == 1 or not any(s < piece[0] and piece[1] <= e for s, e in things)  # the "up" of a stand-up
        if not _part_of_name(f.text, *piece)
    ]
    if f.room is not None:
        out += list(f.room.places)
    if ask is Ask.MEETING_CHAT:  # 設計会議のチャット: the first of these words ends a name
        named = [s for s, _ in out if s and f.text.startswith("会議", s) and HAN.match(f.text[s - 1])]
        out = [(s + 2 if s in named else s, e) for s, e in out]
    if ask is Ask.EXTEND:
        out += [place for p in f.times.phrases if (place := _runs(f, p.start)) is not None]
    if ask in EDITS:
        scopes = f.cues.of("scope_this", "scope_following", "scope_all", "this_event")
        kinds = f.cues.of("kind")
        for start, end in (piece for h in scopes for piece in h.pieces):  # 所有的站会 are the 站会
            out.append((start, next((k.start for k in kinds if start < k.start and k.end == end), end)))
    return out


def _around_names(place: tuple[int, int], f: Facts) -> list[tuple[int, int]]:
    """ "Weekly sync every Tuesday" is one rule to the clock; what it repeats stands inside."""
    start, end = place
    parts: list[tuple[int, int]] = []
    for h in f.cues.of("kind", "kept"):
        if start <= h.start and h.end < end and len(h.pieces) == 1:
            parts.append((start, h.start))
            start = h.end
    return [*parts, (start, end)]


def title_of(f: Facts, ask: Ask) -> str | None:
    near = [s for m in f.moments for s in m.spans] if ask in (Ask.CREATE, Ask.FIND) else []
    if ask is Ask.REMIND and "zh" in f.languages:
        near = [(h.start, h.end) for h in f.cues.of("remind", "remind_do")]
    what = "task" if ask is Ask.REMIND else "title"
    finding = ask is Ask.FIND or (ask is Ask.CREATE and bool(f.sentence.options))
    event = f.ctx and ask in _OF_EVENTS
    line = _with_names(f) if ask is Ask.REMIND else f.line
    if f.ctx and ask in EDITS and not f.line.quotes and any(f.text[h.start] in "这该" for h in f.cues.of("this_event")):
        return None
    named, known = ask in _OF_EVENTS, f.ctx and ask in _OF_EVENTS
    if ask is Ask.SEARCH or "zh" not in f.languages:
        known = False
    title = find_title(
        line,
        f.cues,
        holes(f, ask),
        f.languages,
        near=near,
        what=what,
        named=named,
        known=known,
        event=event,
        finding=finding,
    )
    if title is None and ask in (Ask.CREATE, Ask.FIND):
        return _weak_title(f, ask)
    if title is None or is_generic(title.lower(), f.languages) or (ask in _OF_THIS and _is_aside(f, title, ask)):
        return None
    if ask is Ask.REMIND:
        return _AT.sub("", title)
    return title if ask in (Ask.CREATE, Ask.FIND) else _with_rhythm(f, title)


def _runs(f: Facts, at: int) -> tuple[int, int] | None:
    """The verb before a time: "can the review run until 5"."""
    before = f.text[:at].rstrip()
    verb = next((w for w in listed(f.languages, "runs") if before.endswith(f" {w}")), None)
    return (len(before) - len(verb), len(before)) if verb else None


def _is_aside(f: Facts, title: str, ask: Ask) -> bool:
    """Of an event at hand, words that neither name a meeting nor stand by the verb say why: "dentist at four"."""
    if f.sentence.event is None or f.languages != ("en",) or any(q.inner == title for q in f.line.quotes):
        return False
    start = f.line.raw.find(title)
    end = start + len(title)
    if start < 0 or any(start <= h.start and h.end <= end for h in f.cues.of("kind", "talk_over")):
        return False
    before = f.text[:start].rstrip()
    verbs = [end for h in f.cues.of(*_VERBS.get(ask, ())) for _, end in h.pieces]
    return not (before.endswith(listed(f.languages, "definite")) or len(before) in verbs)


_OF_THIS = (*EDITS, Ask.EXTEND, Ask.MINUTES, Ask.MEETING_CHAT)


def _weak_title(f: Facts, ask: Ask) -> str | None:
    """A "catch up" or a "call" is what a meeting is called when nothing else is said."""
    taken = holes(f, ask)
    weak = listed(f.languages, "weak_titles")
    for h in f.cues.of("kind", "talk_over"):
        said = f.text[h.start : h.end]
        if said in weak and not any(s < h.end and h.start < e for s, e in taken):
            return f.line.raw[h.start : h.end]
    return None


def _in_task(f: Facts, n: Named) -> bool:
    """Whether a name belongs to what is to be done: "remind me to call Ann"."""
    asked = next((h.end for h in f.cues.of("remind", "remind_do") if h.end <= n.start), None)
    between = f.text[asked : n.start] if asked is not None else ""
    return any(f" {mark}" in between for mark in listed(f.languages, "task_marks"))


def _with_names(f: Facts) -> Line:
    """The text with the names that belong to a task put back."""
    text = f.text
    for n in f.named:
        if n.start >= 0 and _in_task(f, n):
            text = text[: n.start] + fold(f.line.raw[n.start : n.end]) + text[n.end :]
    return replace(f.line, text=text)


_AT = re.compile(r"(?<!\w)@")


def _gone_by(f: Facts, start: int, end: int) -> bool:
    """复查上周的整改项: a time that is over belongs to the subject."""
    if f.text[end : end + 1] != "的" or not HAN.match(f.text[start - 1 : start]):
        return False
    r = next((p.readings[0] for p in f.times.phrases if (p.start, p.end) == (start, end) and p.readings), None)
    last = (r.end or r.start) if r is not None else None
    return last is not None and last <= f.sentence.now


def _part_of_name(text: str, start: int, end: int) -> bool:
    """搜：供应商大会 asks for no 供应商大; 还给前台 is no time before."""
    if text[start:end] == "会":
        return bool(HAN.match(text[start - 1 : start])) and text[start - 1] not in "的个这那次"
    return text[start:end] == "前" and text.startswith(("前台", "前厅", "前端", "前任", "前期", "前置"), start)


_RHYTHMS = frozenset({"双周", "隔周", "双月", "隔月", "隔週"})


def _with_rhythm(f: Facts, title: str) -> str:
    """双周复盘, of a meeting that exists, is its name and no rule."""
    rule = f.times.rule
    if rule is None or rule.words not in _RHYTHMS or not f.line.raw.startswith(title, rule.end):
        return title
    return rule.words + title

"""What of a clause is a name: 棚卸しの反省会を開きたいので is about 棚卸しの反省会, 渋谷で懇親会 about 懇親会.

For languages whose verbs come last, by the lists of their lexicon; where those lists are empty nothing is cut.
"""

from __future__ import annotations

from bot.language.cues import Cues
from bot.language.lexicon import listed
from bot.language.text import HAN, KANA

Things = frozenset[tuple[int, int]]
_FINDING = ("find_time", "free", "next_gap", "loaded")  # 空きが重なるところ is asked for, not its subject


def noun_of(
    text: str, start: int, end: int, things: Things, languages: tuple[str, ...], *, named: bool
) -> tuple[int, int]:
    """A piece of a clause without the verb its noun is the object of, what is said about it, and where it is.

    ``named``: it names something that exists, to which something is done: 職員研修に栄養士の….
    """
    marks = listed(languages, "object_marks")
    if not marks:
        return start, end
    start, end = _because(text, start, end, things, languages)
    end = _matter(text, start, end, things, languages)
    end = _object(text, start, end, languages, marks)
    heads = listed(languages, "topic_heads")
    end = _topic(text, start, end, things, listed(languages, "topic_marks"), heads)
    if named:
        end = _topic(text, start, end, things, listed(languages, "named_marks"), heads)
    start = _related(text, start, end, languages)
    return _placed(text, start, end, things, languages), end


def nameless(
    text: str,
    place: tuple[int, int],
    cues: Cues,
    things: Things,
    languages: tuple[str, ...],
    *,
    named: bool,
    event: bool,
    finding: bool,
) -> bool:
    """Whether a piece names nothing: endings alone; a verb or a reason where an event is meant; when and for whom.

    ``named``: an event that exists is meant, ``event``: one is at hand already, ``finding``: time is looked for.
    """
    start, end = place
    if "ja" not in languages or any(start <= s and e <= end for s, e in things):
        return False
    said = text[start:end]
    if all(_hiragana(c) or c in "ー〜～ " for c in said) and not said.endswith(listed(languages, "kana_names")):
        return True
    if event and not said.endswith(listed(languages, "kind_suffix")):
        return True  # 急患, 電車遅延: why an event at hand is moved
    verbal = bool(said) and _hiragana(said[-1])  # 早めて, 時間足りない
    if named and verbal and not _marked(text, end, languages, ("matter", "topic", "object")):
        return True
    if not finding or _marked(text, end, languages, ("matter", "object")):
        return False
    if any(h.start < end and start < h.end for h in cues.of(*_FINDING)):
        return True
    return verbal or text.startswith("が", end) or any(h.start == end for h in cues.of("everyone"))  # 店舗スタッフ全員


def _marked(text: str, end: int, languages: tuple[str, ...], marks: tuple[str, ...]) -> bool:
    """Whether what follows makes it an object or a topic: 引っ越しを, 見積もりの件."""
    return text.startswith(tuple(w for m in marks for w in listed(languages, f"{m}_marks")), end)


def _object(text: str, start: int, end: int, languages: tuple[str, ...], marks: tuple[str, ...]) -> int:
    """合宿の計画を立てたい: up to the mark before a verb of arranging, holding, deciding."""
    verbs = listed(languages, "object_verbs")
    if text[end - 1] == "会" and _hiragana(text[end - 2]):
        return end  # 段取りを決める会
    for mark in marks:
        at = text.rfind(mark, start + 2, end)
        while at > 0:
            if text.startswith(verbs, at + len(mark)):
                end = at
            at = text.rfind(mark, start + 2, at)
    return end


def _because(text: str, start: int, end: int, things: Things, languages: tuple[str, ...]) -> tuple[int, int]:
    """人間ドックの予約が取れたのでカレンダーに: the side of "because" on which something is named."""
    for mark in listed(languages, "because_marks"):
        at = text.rfind(mark, start, end)
        after = at + len(mark)
        if at >= 0 and after < end:
            told = any(after <= s and e <= end for s, e in things)
            if told or text[after:end].endswith(listed(languages, "kind_suffix")) or at == start:
                return after, end
            return start, at
    return start, end


def _matter(text: str, start: int, end: int, things: Things, languages: tuple[str, ...]) -> int:
    """評価制度の件で話す, 人事評価について聞きたい: what it is about, unless a kind of meeting closes it."""
    closed = any(e == end and not _hiragana(text[e - 1]) for _, e in things)
    marks = listed(languages, "affair_marks" if closed else "matter_marks")
    found = [text.find(mark, start + 2, end) for mark in marks]
    return min((at for at in found if at > 0), default=end)


def _topic(text: str, start: int, end: int, things: Things, marks: tuple[str, ...], heads: tuple[str, ...]) -> int:
    """採用面接は候補者辞退のため: up to where something is said about it."""
    stops = [e for s, e in things if start <= s and e < end and text.startswith(marks, e)]
    for head in heads:
        at = text.find(head, start + 1, end)
        if at > 0 and text.startswith(marks, at + len(head)):
            stops.append(at + len(head))
    return min(stops, default=end)


def _related(text: str, start: int, end: int, languages: tuple[str, ...]) -> int:
    """総務とやった引っ越しのMTG: from behind the verb that tells which."""
    for verb in listed(languages, "relative_verbs"):
        at = text.rfind(verb, start, end)
        after = at + len(verb)
        if at >= 0 and after < end and _written(text[after]):
            start = after
    return start


def _placed(text: str, start: int, end: int, things: Things, languages: tuple[str, ...]) -> int:
    """渋谷で懇親会: what a kind of meeting closes begins behind the place."""
    closing = [s for s, e in things if start < s and e == end and text[e - 1] not in "うくすつぬむるぐぶ"]
    for mark in listed(languages, "place_marks") if closing else ():
        at = text.rfind(mark, start + 2, min(closing))
        after = at + len(mark)
        place = text[start:at]
        parted = at > 0 and _written(place[-1]) and _written(text[after]) and not place.endswith(("名", "人"))
        if parted and not any(s < at < e for s, e in things):
            return after
    return start


def _written(c: str) -> bool:
    return bool(HAN.match(c)) or (c.isascii() and c.isalnum()) or (bool(KANA.match(c)) and not _hiragana(c))


def _hiragana(c: str) -> bool:
    return "\u3041" <= c <= "\u3096"

"""Phrases of one sentence seen together: a day here and an hour there are one time; options, exceptions, new times."""

from __future__ import annotations

from bot.domain.timelang.cursor import Cursor
from bot.domain.timelang.joining import joined_phrases
from bot.domain.timelang.moving import moved_phrases
from bot.domain.timelang.node import Node
from bot.domain.timelang.options import days_apart, with_neighbours, with_options
from bot.domain.timelang.repeating import gathered_rules

_MOST = 60  # a text with more phrases is no sentence: they are left as they stand


def refined(c: Cursor, found: list[Node]) -> list[Node]:
    """The phrases after they have looked at each other."""
    if not found or len(found) > _MOST:
        return found
    found = moved_phrases(c, found)
    found = gathered_rules(c, found)
    _roles(c, found)
    found = with_neighbours(c, with_options(c, found))
    return seasoned(c, days_apart(c, joined_phrases(c, found)))


# -- roles given by neighbours
_LEADS = ("提前", "提早", "前もって", "事前")


_REMINDERS = ("リマインド", "通知", "知らせ", "アラーム", "アラート", "提醒", "叫我", "remind", "alert", "notify")


_JA_DELTAS = ("早め", "遅ら", "延长", "延ば", "後ろ", "前倒", "繰り", "后ろ", "ずら", "短縮", "短く", "长く")


_EARLIER = ("early", "ahead", "beforehand", "before", "in advance", "earlier", "prior")


def _before_something(c: Cursor, item: Node) -> bool:
    """会議の15分前: before a thing that is no time."""
    timed = item.a is not None and item.a.shift is not None and bool(item.a.shift.seconds)
    return timed and item.start > 1 and c.text(item.start - 1) == "の" and not c.tags(item.start - 2)


def _roles(c: Cursor, found: list[Node]) -> None:
    for item in found:
        if (
            item.shape == "moment"
            and item.a is not None
            and item.a.shift is not None
            and item.a.sign == -1
            and item.a.anchor is None
            and (any(word in c.source.norm for word in _REMINDERS) or _before_something(c, item))
        ):
            item.shape, item.length, item.role, item.a = "length", item.a.shift, "lead", None
        if item.shape == "length":
            previous, following = c.text(item.start - 1), c.text(item.end)
            if (
                previous in _LEADS
                or (previous == "前" and item.length is not None and item.length.seconds)
                or following in _EARLIER
                or following in ("前に", "前", "まえ")
            ):
                item.role = "lead"
            elif (
                (c.lang == "ja" and c.source.norm.startswith(_JA_DELTAS, c.at(item.end).start))
                or "delay" in c.tags(item.end)
                or "advance" in c.tags(item.start - 1)
                or "delay" in c.tags(item.start - 1)
                or previous in ("推迟", "延后", "延长", "by")
                or ("delay" in c.tags(item.start - 2) and previous in ("by", "了"))
            ):
                item.role = "delta"


# -- a meal says which half of the day an hour is in
_MEALS = {
    "breakfast": "breakfast|早饭|早餐|早茶|朝食|朝ご飯",
    "lunch": "lunch|午饭|午餐|中饭|ランチ|昼食|昼ご飯",
    "dinner": "dinner|supper|晚饭|晚餐|晚宴|聚餐|夕食|夕飯|ディナー|晩ご飯|飲み会",
}


_MEAL_WORDS = {word: meal for meal, words in _MEALS.items() for word in words.split("|")}


def seasoned(c: Cursor, found: list[Node]) -> list[Node]:
    """dinner at 7: the hour of the only naked clock time follows the meal."""
    naked = [
        item
        for item in found
        if item.a is not None
        and item.a.hour is not None
        and item.a.hour <= 12
        and not (item.a.mer or item.a.part or item.a.explicit)
    ]
    if len(naked) != 1 or naked[0].a is None:
        return found
    norm = c.source.norm
    for word, meal in _MEAL_WORDS.items():
        if word in norm:
            if (naked[0].a.hour or 0) in {"breakfast": range(5, 12), "lunch": range(13), "dinner": range(4, 12)}[meal]:
                naked[0].a.part = meal
            break
    return found

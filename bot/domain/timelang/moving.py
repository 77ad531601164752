"""A new time for something: ``from Wed 2pm to Thu 4pm``, ``改到周五``, ``15時に変更``."""

from __future__ import annotations

from bot.domain.timelang.cursor import Cursor
from bot.domain.timelang.node import Node
from bot.domain.timelang.spec import Spec

CLOCK = ("hour", "minute", "mer", "explicit", "point")


_JA_MOVES = (
    "変更",
    "移動",
    "変え",
    "変わ",
    "うつ",
    "移し",
    "ずら",
    "リスケ",
    "延期",
    "振替",
    "振り替",
    "动か",
    "变更",
    "移动",
    "なりま",
    "なった",
    "なって",
    "改め",
)


# -- a new time for something
def _moving(c: Cursor, upto: int) -> bool:
    return c.moved_at < upto


def moved_phrases(c: Cursor, found: list[Node]) -> list[Node]:
    out: list[Node] = []
    for item in found:
        if item.shape == "range" and item.b is not None and item.role is None:
            split = _split(c, item)
            if split is not None:
                out += split
                continue
        if item.role is None and item.start and c.text(item.start - 1) == "to" and _moving(c, item.start):
            item.role = "instead"
        if item.role in (None, "from") and item.shape == "moment" and c.lang == "ja" and _moves_to(c, item, out):
            item.role = "instead"
        if item.role is None and item.shape == "moment" and len(found) > 1 and _at_same_time(c, item):
            item.role = "instead"
        out.append(item)
    for item in out:
        if item.role == "instead":
            old = next((other for other in out if other is not item and other.head.has_clock), None)
            dayed = next(
                (other for other in out if other.start < item.start and other.head.has_day and _one_day(other.head)),
                None,
            )
            if dayed is not None and item.head.has_clock and not item.head.has_day:
                for name, value in dayed.head.day_fields().items():
                    setattr(item.head, name, value)
            if old is not None and not item.head.has_clock and _same_time(c):
                for name in (*CLOCK, "part"):
                    setattr(item.head, name, getattr(old.head, name))
    return out


_SAMES = ("同じ时间", "同じ时刻", "同时刻", "同一时间", "同样时间")
_SAME_TIME = tuple(link + same for same in _SAMES for link in ("", "の", "も", "的"))


def _at_same_time(c: Cursor, item: Node) -> bool:
    """水曜15時の会議を金曜の同じ時間に: the day is new, the hour is the one that was said."""
    if not item.head.has_day or item.head.has_clock or item.head.repeats:
        return False
    return c.source.norm.startswith(_SAME_TIME, c.at(item.end - 1).end)


def _one_day(spec: Spec) -> bool:
    return spec.doff is not None or (bool(spec.wds) and not spec.repeats) or bool(spec.days) or spec.hol is not None


def _moves_to(c: Cursor, item: Node, before: list[Node]) -> bool:
    """15時に変更, 明日へ移動."""
    at = c.at(item.end - 1).end
    tail = c.source.norm[at : at + 6]
    if tail[:1] not in ("に", "へ"):
        return False
    return any(word in tail for word in _JA_MOVES) or (
        bool(before) and c.text(item.start - 1) == "を" and (len(tail) == 1 or tail[1:].startswith(_ASKED))
    )


_ASKED = ("して", "した", "しよ", "しま", "でき", "お愿", "お願", "。", "、")  # 明日の会議を明後日にして


def _same_time(c: Cursor) -> bool:
    if any(word in c.source.norm for word in _SAMES):
        return True
    return any("sametime" in c.tags(i) for i in range(c.size))


def _split(c: Cursor, item: Node) -> list[Node] | None:
    """from Wed 2pm to Thu 4pm, when something is moved: the old time and the new one."""
    joint = next((i for i in range(item.end - 1, item.start, -1) if c.has(i, "to") and not c.has(i, "dash")), None)
    if joint is None or item.b is None:
        return None
    japanese = c.text(joint) in ("から", "より")
    if japanese:
        tail = "".join(c.text(i) for i in range(item.end, min(c.size, item.end + 5)))
        if not any(word in tail for word in _JA_MOVES) or c.text(item.end - 1).startswith("まで"):
            return None
    elif c.text(joint) == "to":
        if not _moving(c, item.start):
            return None
    else:
        return None
    return [
        Node(item.start, joint, "moment", item.a, role="from"),
        Node(joint + 1, item.end, "moment", item.b, role="instead"),
    ]

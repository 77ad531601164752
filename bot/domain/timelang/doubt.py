"""Words that are a time only in company: may, march, sat, sun, second."""

from __future__ import annotations

from bot.domain.timelang.cursor import Cursor
from bot.domain.timelang.lexicon import word_set

_VERBS_AFTER_MAY = word_set("be|not|have|well|also|need|i|we|you|want")


_DOUBT_LEADS = word_set(
    "on|this|next|last|in|by|before|after|until|till|since|from|every|each|,|to|and|or|-|/|(|of|the|"
    "early|late|mid|end|for|coming|at|first|second|third|fourth"
)


_TILL = frozenset(("through", "thru", "till", "until", "to", "-"))


def doubtful(c: Cursor, i: int) -> bool:
    """may, march, sat, sun, second …: words that are a time only in company."""
    token = c.at(i)
    if "doubt" not in token.tags:
        return False
    previous, following = c.at(i - 1), c.at(i + 1)
    if token.text.endswith(".") or c.size == 1:
        return False
    if ("month" in token.tags or "wd" in token.tags) and following.text == "the" and c.has(i + 2, "num", "ord"):
        return False
    if following.text in ("and", "&", "or") and "wd" in token.tags and c.has(i + 2, "wd"):
        return False
    if "month" in token.tags and (previous.text in ("the",) and token.text != "sept"):
        return True
    if previous.text in _DOUBT_LEADS and previous.text not in ("the",):
        return token.text == "may" and following.text in _VERBS_AFTER_MAY
    if "month" in token.tags and previous.text in _TILL and c.has(i - 2, "month"):
        return False  # January through March
    if "month" in token.tags and "to" in following.tags and c.has(i + 2, "month"):
        return False  # March through May
    if "month" in token.tags and following.text == "of" and c.has(i + 2, "rel", "num", "period"):
        return False
    if "rel" in following.tags and not c.has(i + 2, "unit", "wd", "weekend"):
        return True
    near = ("num", "ord", "hms", "wd", "month", "ymd", "mer", "day", "nth", "hm", "part", "md", "edge", "rel")
    if any(name in following.tags for name in near) and following.text not in ("a", "an", "the", "one"):
        return False
    if following.text in ("at", ",", "-", "/", "~", "from", "(") or ("to" in following.tags and following.text != "to"):
        return False
    if any(name in previous.tags for name in near):
        return False
    if token.text in ("may", "march", "second", "sat", "sun", "mar"):
        return not (c.capital(i) and token.text in ("sat", "sun") and (i > 0 or not following.text)) and not (
            i == 0 and c.size <= 2 and not following.text
        )
    return not (c.capital(i) or i == 0 or not following.text)


def repeat_before(c: Cursor, i: int) -> bool:
    return any(c.has(k, "every", "freq", "everyother") for k in range(max(0, i - 4), i))

"""Numbers written with Chinese characters."""

from __future__ import annotations

HAN_DIGITS = {
    "〇": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "俩": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
HAN_DIGITS |= {"幺": 1, "仨": 3}
_TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10}
_TWENTIES = {"廿": 20, "卅": 30}
HAN_NUMERALS = frozenset(HAN_DIGITS) | frozenset(_TENS) | frozenset(_TWENTIES)


def han_number(text: str) -> int | None:
    """``二十三`` -> 23, ``二〇一六`` -> 2016, ``一百三十`` -> 130; None when it is not one number."""
    if len(text) > 9:
        return None
    if all(char in HAN_DIGITS for char in text):
        return int("".join(str(HAN_DIGITS[char]) for char in text))
    total, pending = 0, -1
    for char in text:
        if char in HAN_DIGITS:
            digit = HAN_DIGITS[char]
            if pending > 0:
                return None
            pending = digit if digit else -1
        elif char in _TWENTIES:
            total += _TWENTIES[char]
        else:
            size = _TENS[char]
            if pending == -1 and size > 10 and text != char:
                return None
            if total and total % (size * 10):
                return None
            total += (1 if pending == -1 else pending) * size
            pending = -1
    return total + (pending if pending > 0 else 0)

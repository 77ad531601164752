"""Figures with separators: ``9:30``, ``11/25``, ``2026-11-25``, ``1400-1530``."""

from __future__ import annotations

import re
from typing import Any

from bot.domain.timelang.tokens import PUNCTUATION, Token

_GLUED_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(\d\d):(\d\d)\Z")


_DAY_PAIR = re.compile(r"(\d{4}[./]\d{1,2}[./]\d{1,2})-(\d{1,2}[./]\d{1,2}|\d{4}[./]\d{1,2}[./]\d{1,2})\Z")


_PAIR = re.compile(r"([\d:./]+)-([\d:./]+)\Z")


_MY = re.compile(r"(\d{1,2})([./\-])(\d{4})\Z")


_YM = re.compile(r"(\d{4})([./\-])(\d{1,2})\Z")


_MD = re.compile(r"(\d{1,2})([./\-])(\d{1,2})\Z")


_DMY = re.compile(r"(\d{1,2})([./\-])(\d{1,2})\2(\d{4}|\d\d)\Z")


_YMD = re.compile(r"(\d{4})([./\-])(\d{1,2})\2(\d{1,2})\Z")


_HMS = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?\Z")


def run_together(shape: str, at: int, space: bool) -> list[Token] | None:
    """1140am, 630-930am: hours and minutes without anything between."""
    out: list[Token] = []
    for piece in re.split("(-)", shape):
        start = at + sum(len(token.text) for token in out)
        if piece == "-":
            out.append(Token(start, start + 1, "-", PUNCTUATION["-"]))
            continue
        if not (piece.isdigit() and len(piece) in (3, 4) and 0 < int(piece[:-2]) <= 12 and int(piece[-2:]) < 60):
            return None
        tags: dict[str, Any] = {"hms": (int(piece[:-2]), int(piece[-2:]), None), "clocklike": 1}
        out.append(Token(start, start + len(piece), piece, tags, space and not out))
    return out if len(out) in (1, 3) else None


def iso_token(found: re.Match[str], space: bool) -> Token | None:
    # an offset behind a blank is one only with a plus: "14:30-15:30" is a range
    clock = found.groups()[3:7] if found[4] else found.groups()[7:11]
    year, month, day, hour, minute = (int(part) for part in (*found.groups()[:3], *clock[:2]))
    if month > 12 or day > 31 or hour > 24 or minute > 59:
        return None
    tags: dict[str, Any] = {"iso": (year, month, day, hour, minute, int(clock[2] or 0))}
    mark = clock[3]
    if mark == "z":
        tags["isozone"] = 0
    elif mark:
        sign = -1 if mark[0] == "-" else 1
        tags["isozone"] = sign * (int(mark[1:3]) * 60 + int(mark[-2:]))
    return Token(found.start(), found.end(), found[0], tags, space)


def shape_tokens(shape: str, at: int, space: bool) -> list[Token] | None:
    """Tokens of a chain of digits and separators; None when it is no time at all."""
    single = single_shape(shape, at, space)
    if single is not None:
        return [single]
    pair = _DAY_PAIR.match(shape) or _PAIR.match(shape)
    if pair is None:
        return None
    first = single_shape(pair[1], at, space)
    second = single_shape(pair[2], at + pair.start(2), False)
    if first is None or second is None or ("dec" in first.tags and "hms" in second.tags):
        return None
    if "num" in first.tags and "num" in second.tags:
        low, high = pair[1], pair[2]
        dated = len(low) < 3 and len(high) == 4 and 1900 < int(high) < 2200 and 0 < int(low) < 32  # Nov-30-2026
        if len(low) > 4 or len(high) > 4 or (not dated and (len(low) == 4) != (len(high) in (3, 4))):
            return None
        if len(low) == 4 and not (
            int(low) < 2400 and int(high) <= 2400 and int(low) % 100 < 60 and int(high) % 100 < 60
        ):
            return None
        if len(low) == 4 and 1900 < int(low) < 2100 and int(high) <= int(low):
            return None
    dash = Token(at + pair.end(1), at + pair.start(2), "-", PUNCTUATION["-"])
    return [first, dash, second]


def single_shape(shape: str, at: int, space: bool) -> Token | None:
    end = at + len(shape)
    if shape.isdigit():
        if (
            len(shape) == 8
            and 1990 <= int(shape[:4]) <= 2099
            and 1 <= int(shape[4:6]) <= 12
            and 1 <= int(shape[6:]) <= 31
        ):
            return Token(
                at, end, shape, {"ymd": (int(shape[:4]), int(shape[4:6]), int(shape[6:])), "compact": 1}, space
            )
        if len(shape) > 5:
            return None
        return Token(at, end, shape, {"num": int(shape), "digits": shape}, space)
    found = _HMS.match(shape)
    if found is not None:
        hour, minute = int(found[1]), int(found[2])
        second = int(found[3]) if found[3] else None
        tags: dict[str, Any] = {"hms": (hour, minute, second), "clocklike": 1}
        if len(found[1]) == 2 and found[1][0] == "0":
            tags["explicit"] = 1
        return Token(at, end, shape, tags, space)
    found = _GLUED_DAY.match(shape)
    if found is not None:
        return Token(at, end, shape, {"iso": (*(int(g) for g in found.groups()), 0)}, space)
    found = _YMD.match(shape)
    if found is not None:
        if 1 <= int(found[3]) <= 12 and 1 <= int(found[4]) <= 31 and 1900 <= int(found[1]) < 2200:
            return Token(at, end, shape, {"ymd": (int(found[1]), int(found[3]), int(found[4]))}, space)
        return None
    found = _DMY.match(shape)
    if found is not None:
        if found[2] == "." and len(found[4]) < 4:
            return None
        year = int(found[4])
        year = year + 2000 if year < 100 else year
        first, second = int(found[1]), int(found[3])
        if (
            1900 <= year < 2200
            and first
            and second
            and ((first <= 12 and second <= 31) or (second <= 12 and first <= 31))
        ):
            return Token(at, end, shape, {"dmy": (first, second, year), "sepchar": found[2]}, space)
        return None
    found = _YM.match(shape)
    if found is not None:
        if 1 <= int(found[3]) <= 12 and 1900 <= int(found[1]) < 2200 and found[2] != ".":
            return Token(at, end, shape, {"ym": (int(found[1]), int(found[3]))}, space)
        return None
    found = _MY.match(shape)
    if found is not None:
        if 1 <= int(found[1]) <= 12 and 1900 <= int(found[3]) < 2200 and found[2] != ".":
            return Token(at, end, shape, {"ym": (int(found[3]), int(found[1]))}, space)
        return None
    found = _MD.match(shape)
    if found is not None:
        if found[2] == "-":
            return None
        first, second = int(found[1]), int(found[3])
        tags = {"md": (first, second), "sepchar": found[2], "mdraw": (found[1], found[3])}
        if found[2] == ".":
            tags["dec"] = float(shape)
            tags["clocklike"] = 1
        return Token(at, end, shape, tags, space)
    if re.fullmatch(r"\d+\.\d+", shape):
        return Token(at, end, shape, {"dec": float(shape)}, space)
    return None

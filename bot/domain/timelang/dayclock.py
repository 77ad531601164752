"""From hours as people say them to minutes after midnight."""

from __future__ import annotations

from bot.domain.timelang.spec import Spec

# part of day -> first and last minute
PARTS = {
    "dawn": (0, 360),
    "morning": (480, 720),
    "breakfast": (420, 540),
    "lunch": (660, 840),
    "noon": (720, 840),
    "afternoon": (720, 1080),
    "evening": (1080, 1440),
    "night": (1080, 1440),
    "dinner": (1080, 1260),
    "day": (540, 1080),
}
POINTS = {"eod": 1080, "first": 540, "firstpm": 780, "afterlunch": 780}


def minutes(spec: Spec) -> tuple[list[int], bool]:
    """The minutes after midnight a clock time may mean, best first; whether half of the day had to be guessed."""
    if spec.point is not None:
        return [POINTS[spec.point]], False
    hour, minute = spec.hour or 0, spec.minute or 0
    if spec.mer is not None and 0 < hour <= 12:
        return [(hour % 12 + (12 if spec.mer == "pm" else 0)) * 60 + minute], False
    if hour == 0 and spec.part == "afternoon":
        return [720 + minute], False
    if hour > 12 or hour == 0:
        return [hour * 60 + minute], False
    if spec.part is not None:
        guessed = _in_part(spec.part, hour)
        if guessed is not None:
            return [guessed * 60 + minute], False
    if spec.explicit:
        return [hour * 60 + minute], False
    office = office_hour(hour, minute)
    other = office + 12 if office < 12 else office - 12
    return [office * 60 + minute, other * 60 + minute], True


def office_hour(hour: int, minute: int) -> int:
    """1 to 6 are in the afternoon, 7 to 11 in the morning, 12 is noon."""
    return hour + 12 if 1 <= hour <= 6 else hour


def _in_part(part: str, hour: int) -> int | None:
    if part == "dawn":
        return hour % 12
    if part in ("morning", "breakfast"):
        return hour
    if part in ("noon", "lunch"):
        return hour + 12 if hour <= 4 else hour
    if part == "afternoon":
        return hour if hour == 12 else hour + 12
    if part in ("evening", "dinner"):
        return 24 if hour == 12 else hour + 24 if hour <= 2 else hour + 12
    if part == "night":
        return 24 if hour == 12 else hour + 24 if hour <= 5 else hour + 12
    return None

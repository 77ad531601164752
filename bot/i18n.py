"""Words in every language the bot speaks: keys in the code, sentences in ``locales/``, dates and lists by Babel.

A text is a ``T`` until the moment it is shown, because one card is read by people of several languages. Plain
strings are what people typed; only they are escaped, and only where markdown would read them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias
from zoneinfo import ZoneInfo

from bot import resources

if TYPE_CHECKING:
    from fluent.runtime import FluentBundle

LOCALES = ("en_us", "zh_cn", "ja_jp")
DEFAULT = "en_us"
_BY_LANGUAGE = {tag.partition("_")[0]: tag for tag in LOCALES}

Style: TypeAlias = Literal["full", "short", "day", "time"]
Value: TypeAlias = "str | int | float | T | When | Length | Names | Zone | Weekday | ReaderTime"
Text: TypeAlias = "T | str"


class Stretch(Protocol):
    """Anything with a beginning and an end; in practice a ``Span`` of the domain."""

    @property
    def start(self) -> datetime: ...
    @property
    def end(self) -> datetime: ...


def locale_of(lang: str | None) -> str:
    """The locale for a language tag as people, messages or the platform give it: ``zh``, ``zh-CN``, ``ja_jp``."""
    return _BY_LANGUAGE.get(re.split(r"[-_]", (lang or "").lower())[0], DEFAULT)


@dataclass(frozen=True, slots=True, init=False)
class T:
    """A sentence to be said: its key in ``messages.ftl`` and what goes into its gaps."""

    key: str
    values: Mapping[str, Value] = field(hash=False)

    def __init__(self, key: str, /, **values: Value) -> None:
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "values", values)


@dataclass(frozen=True, slots=True)
class When:
    """A time in somebody's zone, with weekday and date unless only the clock is asked for.

    ``short`` leaves the end out. The year is told when it is not that of ``now``.
    """

    time: Stretch | datetime
    zone: str
    style: Style = "full"
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class Length:
    """How long something takes."""

    time: timedelta


@dataclass(frozen=True, slots=True)
class Names:
    """Several names (or other texts) joined the way the language joins them, or by ``joiner``."""

    names: Sequence[Text]
    joiner: str | None = None


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone by its city: "Shanghai time"."""

    name: str


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week by its number, Monday being 0."""

    number: int


@dataclass(frozen=True, slots=True)
class ReaderTime:
    """An instant each reader sees on their own clock; only markdown can, elsewhere it is told in ``zone``."""

    time: datetime
    zone: str


def render(text: Text, locale: str, *, markdown: bool = False) -> str:
    """The text in one language; what people typed is escaped when ``markdown`` will be read out of the result."""
    if isinstance(text, str):
        return escape(text) if markdown else text
    return _format(text.key, locale, {name: _word(value, locale, markdown) for name, value in text.values.items()})


def all_locales(text: Text) -> dict[str, Any]:
    """The text as a toast takes it: ``content`` for clients in other languages, ``i18n`` for ours."""
    return {"content": render(text, DEFAULT), "i18n": {locale: render(text, locale) for locale in LOCALES}}


def has(key: str, locale: str = DEFAULT) -> bool:
    """Whether there is a sentence under this key."""
    return bool(_bundle(locale).has_message(_message_id(key)))


def escape(text: str) -> str:
    """Typed text for markdown: one line, in which no mark, tag, link, emoji code or list can begin."""
    line = " ".join(text.split())
    line = _SPECIAL.sub(lambda match: f"&#{ord(match[0])};", line)
    return _LIST_START.sub(lambda match: f"{match[1]}&#{ord(match[2])};", line)


_SPECIAL = re.compile(r"[&<>*_~`\[\]()#!|\\$:]")
_LIST_START = re.compile(r"^(\d*)([-+.])")


def _word(value: Value, locale: str, markdown: bool) -> str | int | float:
    match value:
        case T() | str():
            return render(value, locale, markdown=markdown)
        case When():
            return _when(value, locale)
        case Length():
            return _length(value.time, locale)
        case Names():
            return _names(value, locale, markdown)
        case Zone():
            return _zone(value.name, locale)
        case Weekday():
            return _weekday(value.number, locale)
        case ReaderTime():
            return _reader_time(value) if markdown else _when(When(value.time, value.zone, "short"), locale)
        case _:
            return value


def _when(when: When, locale: str) -> str:
    zone = ZoneInfo(when.zone)
    if isinstance(when.time, datetime):
        start = end = when.time.astimezone(zone)
    else:
        start, end = when.time.start.astimezone(zone), when.time.end.astimezone(zone)
    year = when.now is not None and start.year != when.now.astimezone(zone).year
    if when.style in ("full", "short") and _is_whole_days(start, end):
        return _all_day(start, end - timedelta(days=1), locale, year)
    if when.style == "short":
        end = start
    if when.style == "day":
        return _day(start, locale, year)
    clock = _clock(start, end, locale)
    if when.style == "time":
        return clock
    if end.date() > start.date() and not _at_midnight_after(start, end):
        until = _format("format.full", locale, {"day": _day(end, locale, year), "time": _time(end, locale)})
        since = _format("format.full", locale, {"day": _day(start, locale, year), "time": _time(start, locale)})
        return _format("format.range", locale, {"start": f"{since} ", "end": f" {until}"})
    return _format("format.full", locale, {"day": _day(start, locale, year), "time": clock})


def _is_whole_days(start: datetime, end: datetime) -> bool:
    return start.time() == end.time() == time.min and end.date() > start.date()


def _all_day(first: datetime, last: datetime, locale: str, year: bool) -> str:
    days = _day(first, locale, year)
    if last.date() > first.date():
        days = _format("format.range", locale, {"start": f"{days} ", "end": f" {_day(last, locale, year)}"})
    return _format("time.all_day", locale, {"day": days})


def _at_midnight_after(start: datetime, end: datetime) -> bool:
    return end - timedelta(days=1) <= start and (end.hour, end.minute) == (0, 0)


def _clock(start: datetime, end: datetime, locale: str) -> str:
    if end == start:
        return _time(start, locale)
    last = "24:00" if end.date() > start.date() and _at_midnight_after(start, end) else _time(end, locale)
    return _format("format.range", locale, {"start": _time(start, locale), "end": last})


def _day(moment: datetime, locale: str, year: bool) -> str:
    from babel.dates import format_date

    pattern = _format("format.day_year" if year else "format.day", locale, {})
    return format_date(moment.date(), pattern, locale=_babel(locale))


def _weekday(number: int, locale: str) -> str:
    from babel.dates import format_date

    monday = date(2024, 1, 1)
    pattern = _format("format.weekday", locale, {})
    return format_date(monday + timedelta(days=number), pattern, locale=_babel(locale))


def _time(moment: datetime, locale: str) -> str:
    from babel.dates import format_time

    return format_time(moment.timetz(), _format("format.time", locale, {}), locale=_babel(locale))


def _length(length: timedelta, locale: str) -> str:
    minutes = round(length.total_seconds() / 60)
    days, rest = divmod(minutes, 24 * 60)
    if days and not rest:
        return _format("length.days", locale, {"days": days})
    hours, minutes = divmod(minutes, 60)
    if not hours:
        return _format("length.minutes", locale, {"minutes": minutes})
    if not minutes:
        return _format("length.hours", locale, {"hours": hours})
    return _format("length.hours_minutes", locale, {"hours": hours, "minutes": minutes})


def _names(several: Names, locale: str, markdown: bool) -> str:
    from babel.lists import format_list

    names = [render(name, locale, markdown=markdown) for name in several.names]
    return format_list(names, locale=_babel(locale)) if several.joiner is None else several.joiner.join(names)


def _zone(name: str, locale: str) -> str:
    from babel.dates import get_timezone_location

    if name.startswith("Etc/"):
        return name.removeprefix("Etc/")
    try:
        city = get_timezone_location(name, _babel(locale), return_city=True)
    except LookupError:  # zones that are no place, such as "localtime"
        return name
    return city if city in ("UTC", "GMT") else _format("format.zone", locale, {"city": city})


def _reader_time(value: ReaderTime) -> str:
    at = round(value.time.timestamp() * 1000)
    kinds = ("week_short", "date_short", "time")
    return " ".join(f"<local_datetime millisecond='{at}' format_type='{kind}'></local_datetime>" for kind in kinds)


def _format(key: str, locale: str, values: Mapping[str, str | int | float]) -> str:
    """The sentence under ``key``. A missing one falls back to English, then to the key: a card must still come."""
    for tag in (locale, DEFAULT):
        bundle = _bundle(tag)
        if bundle.has_message(_message_id(key)):
            pattern = bundle.get_message(_message_id(key)).value
            return str(bundle.format_pattern(pattern, dict(values))[0])
    return key


def _message_id(key: str) -> str:
    return key.replace(".", "-")


def _babel(locale: str) -> str:
    language, _, country = locale.partition("_")
    return f"{language}_{country.upper()}"


@cache
def _bundle(locale: str) -> FluentBundle:
    # Fluent and Babel cost a tenth of a second to import: whoever says nothing does not pay.
    from fluent.runtime import FluentBundle, FluentResource

    # Isolation marks would be copied along with names and break comparisons; no language here is right-to-left.
    bundle = FluentBundle([_babel(locale).replace("_", "-")], use_isolating=False)
    path = resources.locales() / locale / "messages.ftl"
    bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return bundle

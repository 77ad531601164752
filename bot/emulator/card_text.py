"""A card as a reader sees it, in plain words: their language, their time zone, no markup."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.emulator.card_shape import ATTRIBUTE, TAG

Json = dict[str, Any]
Names = Callable[[str], str | None]

LOCALES = {"zh": "zh_cn", "en": "en_us", "ja": "ja_jp"}
WEEKDAYS = {
    "en_us": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "zh_cn": ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"],
    "ja_jp": ["月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日", "日曜日"],
}
SHORT_WEEKDAYS = {
    "en_us": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    "zh_cn": ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
    "ja_jp": ["月", "火", "水", "木", "金", "土", "日"],
}
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
STATES = {
    "en_us": {"busy": "busy", "tentative": "tentative", "free": "free", "unknown": "unknown", "proposed": "proposed"},
    "zh_cn": {"busy": "忙碌", "tentative": "待定", "free": "空闲", "unknown": "未知", "proposed": "建议时间"},
    "ja_jp": {"busy": "予定あり", "tentative": "仮", "free": "空き", "unknown": "不明", "proposed": "候補"},
}
DATETIME = re.compile(r"<local_datetime\b([^>]*?)/?>(?:[^<]*</local_datetime>)?", re.IGNORECASE)
PERSON = re.compile(r"<(at|person)\b([^>]*?)/?>(?:([^<]*)</\1>)?", re.IGNORECASE)
CODE = re.compile(r"`([^`\n]+)`")


def locale_of(language: str) -> str:
    return LOCALES.get(language[:2].lower(), "en_us")


class Reader:
    """One person's way to read a card."""

    def __init__(self, card: Json, *, language: str, timezone: str, names: Names | None = None):
        self.locale = locale_of(language)
        self.zone = ZoneInfo(timezone)
        self.names = names or (lambda _: None)
        only = card.get("config", {}).get("locales")
        if only and self.locale not in only:
            self.locale = "en_us" if "en_us" in only else only[0]

    def words(self, text: object) -> str:
        """A text object, a markdown component or a plain string, in this reader's language."""
        if isinstance(text, str):
            return text
        if not isinstance(text, dict):
            return ""
        spoken = self.pick(text, "content")
        return self.unmarked(spoken) if text.get("tag") in ("markdown", "lark_md") else spoken

    def pick(self, text: Json, key: str) -> str:
        """The client shows the reader's language, else English, else what there is."""
        choices = text.get(f"i18n_{key}") or text.get("i18n") or {}  # plain ``i18n`` in JSON 1.0
        for locale in (self.locale, "en_us"):
            if locale in choices:
                return str(choices[locale])
        return str(text.get(key) or next(iter(choices.values()), ""))

    def unmarked(self, text: str) -> str:
        """Markdown without its marks; entities last, so that an escaped star stays a star."""
        text = DATETIME.sub(lambda found: self.local_datetime(found[1]), text)
        text = PERSON.sub(self.person, text)
        text = re.sub(r"<br\s*/?>", "\n", text, flags=re.IGNORECASE)
        text = re.sub(r"^\s*(<hr\s*/?>|-{3,})\s*$", "———", text, flags=re.MULTILINE | re.IGNORECASE)
        text = re.sub(r"!\[([^\]]*)\]\([^)]*\)", r"\1", text)
        text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
        text = TAG.sub("", text)
        text = re.sub(r"^```.*$\n?", "", text, flags=re.MULTILINE)
        text = re.sub(r"^\s*#{1,6}\s+", "", text, flags=re.MULTILINE)
        for mark in (r"\*\*\*", r"\*\*", r"__", r"~~", r"\*"):
            text = re.sub(rf"{mark}(?=\S)(.+?)(?<=\S){mark}", r"\1", text)
        text = CODE.sub(r"\1", text)
        return html.unescape(text)

    def person(self, found: re.Match[str]) -> str:
        attributes = attributes_of(found[2])
        some_id = next((attributes[key] for key in ("id", "user_id", "open_id", "email") if key in attributes), "")
        ids = attributes["ids"].split(",") if "ids" in attributes else [some_id]
        everyone = {"zh_cn": "所有人", "ja_jp": "全員"}.get(self.locale, "all")
        shown = [everyone if one == "all" else (self.names(one.strip()) or found[3] or one) for one in ids]
        return " ".join(f"@{name}" if found[1].lower() == "at" else name for name in shown)

    def local_datetime(self, attributes: str) -> str:
        given = attributes_of(attributes)
        moment = datetime.fromtimestamp(int(given.get("millisecond") or 0) / 1000, UTC).astimezone(self.zone)
        return self.moment(moment, given.get("format_type", "date_num"))

    def moment(self, moment: datetime, form: str) -> str:
        english = self.locale == "en_us"
        month = MONTHS[moment.month - 1]
        match form:
            case "date_short":
                return f"{month} {moment.day}" if english else f"{moment.month}月{moment.day}日"
            case "date":
                east = f"{moment.year}年{moment.month}月{moment.day}日"
                return f"{month} {moment.day}, {moment.year}" if english else east
            case "week":
                return WEEKDAYS.get(self.locale, WEEKDAYS["en_us"])[moment.weekday()]
            case "week_short":
                return SHORT_WEEKDAYS.get(self.locale, SHORT_WEEKDAYS["en_us"])[moment.weekday()]
            case "time":
                return f"{moment:%H:%M}"
            case "time_sec":
                return f"{moment:%H:%M:%S}"
            case "timezone":
                return offset_of(moment)
        return f"{moment:%Y-%m-%d}"

    def elements(self, card: Json) -> list[Json]:
        """The card's components; JSON 1.0 may hold a whole set of them per language."""
        whole = card.get("i18n_elements") or {}
        for locale in (self.locale, "en_us", *whole):
            if locale in whole:
                return list(whole[locale])
        return list(card.get("body", card).get("elements", []))

    # Components, each as the lines it is read as.

    def lines(self, elements: object) -> Iterator[str]:
        row: list[str] = []
        for element in elements if isinstance(elements, list) else []:
            tag = element.get("tag")
            if tag in ("button", "overflow"):
                row.append(" ".join(self.component(element)))
                continue
            if row:
                yield " ".join(row)
                row = []
            yield from self.component(element)
        if row:
            yield " ".join(row)

    def component(self, element: Json) -> Iterator[str]:
        tag = str(element.get("tag"))
        if tag == "column_set":
            yield from self.columns(element)
        elif tag in ("column", "form", "interactive_container", "collapsible_panel"):
            title = self.words(element.get("header", {}).get("title"))
            yield from ([title] if title else [])
            yield from self.lines(element.get("elements"))
        elif tag == "chart":
            yield from self.chart(element.get("chart_spec", {}))
        elif tag == "table":
            yield from self.table(element)
        elif tag in ("action", "note"):
            yield from self.lines(element.get("actions", element.get("elements")))
        else:
            yield from (line for line in self.simple(tag, element) if line)

    def simple(self, tag: str, element: Json) -> Iterator[str]:
        match tag:
            case "markdown":
                yield self.words(element)
            case "plain_text" | "lark_md":
                yield self.words(element)
            case "div":
                yield self.words(element.get("text"))
                for part in element.get("fields", []):
                    yield self.words(part.get("text"))
            case "hr":
                yield "———"
            case "img":
                yield self.words(element.get("title")) or self.words(element.get("alt"))
            case "person":
                yield self.names(element["user_id"]) or element["user_id"]
            case "person_list":
                people = [person["id"] for person in element.get("persons", [])]
                yield ", ".join(self.names(one) or one for one in people)
            case "button":
                yield f"[{self.words(element.get('text'))}]"
            case "checker":
                yield f"[{'x' if element.get('checked') else ' '}] {self.words(element.get('text'))}"
            case "overflow":
                yield " ".join(f"[{self.words(option.get('text'))}]" for option in element.get("options", []))
            case _:
                yield self.field(tag, element)

    def field(self, tag: str, element: Json) -> str:
        label = self.words(element.get("label"))
        value = (
            self.pick(element, "default_value") or self.chosen(tag, element) or self.words(element.get("placeholder"))
        )
        shown = f"[{value or '…'}]"
        return f"{label} {shown}" if label else shown

    def chosen(self, tag: str, element: Json) -> str:
        if tag in ("select_static", "multi_select_static"):
            wanted = element.get("selected_values") or [element.get("initial_option")]
            options = element.get("options", [])
            return ", ".join(self.words(option["text"]) for option in options if option.get("value") in wanted)
        if tag in ("select_person", "multi_select_person"):
            wanted = element.get("selected_values") or [element.get("initial_option") or ""]
            return ", ".join(self.names(one) or one for one in wanted if one)
        return str(next((element[key] for key in element if key.startswith("initial_")), ""))

    def columns(self, element: Json) -> Iterator[str]:
        """Columns stand side by side, so what is one line in each is read as one line."""
        columns = [list(self.lines(column.get("elements"))) for column in element.get("columns", [])]
        if all(len(column) <= 1 for column in columns):
            joined = "  ".join(column[0] for column in columns if column)
            yield from ([joined] if joined else [])
        else:
            for column in columns:
                yield from column

    def table(self, element: Json) -> Iterator[str]:
        columns = element.get("columns", [])
        yield " | ".join(column.get("display_name", column["name"]) for column in columns)
        for row in element.get("rows", []):
            yield " | ".join(self.cell(row.get(column["name"], ""), column) for column in columns)

    def cell(self, value: Any, column: Json) -> str:
        kind = column.get("data_type", "text")
        if kind == "date" and str(value).lstrip("-").isdigit():
            moment = datetime.fromtimestamp(int(value) / 1000, UTC).astimezone(self.zone)
            return f"{moment:%Y-%m-%d}" if "H" not in column.get("date_format", "") else f"{moment:%Y-%m-%d %H:%M}"
        if kind == "options":
            return ", ".join(option.get("text", "") for option in value) if isinstance(value, list) else str(value)
        if kind == "persons":
            people = value if isinstance(value, list) else [value]
            return ", ".join(self.names(str(one)) or str(one) for one in people)
        return self.unmarked(str(value)) if kind in ("markdown", "lark_md") else str(value)

    def chart(self, spec: Json) -> Iterator[str]:
        """One line per row of the chart: who, and when in which state."""
        title = spec.get("title", {})
        text = title.get("text") if isinstance(title, dict) else None
        yield from ([str(text)] if text else [])
        sets = spec.get("data", [])
        listed = [data.get("values") for data in (sets if isinstance(sets, list) else [sets])]
        values = [value for rows in listed if isinstance(rows, list) for value in rows]
        across, down = spec.get("xField"), spec.get("yField")
        who = down if spec.get("direction") == "horizontal" else across
        amount = across if who == down else down
        by_name: dict[str, list[Json]] = {}
        for value in values:
            by_name.setdefault(str(value.get(first(who), "")), []).append(value)
        for name, pieces in by_name.items():
            yield f"{name}: {self.pieces(pieces, amount)}"

    def pieces(self, pieces: list[Json], amount: object) -> str:
        if not all("state" in piece for piece in pieces):
            return ", ".join(str(piece.get(first(amount), "")) for piece in pieces)
        spoken = STATES.get(self.locale, STATES["en_us"])
        groups: dict[str, list[str]] = {}
        for piece in pieces:
            if piece["state"] in ("busy", "tentative", "unknown", "proposed"):
                groups.setdefault(piece["state"], []).append(str(piece.get("label", "")))
        told = [f"{spoken[state]} {', '.join(filter(None, labels))}".strip() for state, labels in groups.items()]
        return "; ".join(told) or spoken["free"]


def first(name: object) -> str:
    return str(name[0]) if isinstance(name, list) and name else str(name)


def attributes_of(text: str) -> dict[str, str]:
    return {
        name.lower(): html.unescape(single or double or bare) for name, single, double, bare in ATTRIBUTE.findall(text)
    }


def offset_of(moment: datetime) -> str:
    offset = moment.utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    sign = "+" if minutes >= 0 else "-"
    return f"GMT{sign}{abs(minutes) // 60}:{abs(minutes) % 60:02d}"

"""Names of time zones and of places that stand for one."""

from __future__ import annotations

import re
from datetime import timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.domain.timelang.lexicon import Table

# Abbreviations are fixed offsets in minutes: people say "9am PST" in summer and may mean either.
# Letters with several owners carry all their zones, the first reading first.
ABBREVIATIONS: Table = {
    "zone": {
        (0,): "utc|gmt|wet|zulu|utc time|gmt time|协调世界时|格林尼治时间|格林威治时间|世界標準時|世界时",
        (-300,): "est|eastern standard time|cdt",
        (-240,): "edt",
        (-360,): "central standard time|mdt",
        (-420,): "mst|mountain standard time|pdt",
        (-480,): "pst|pacific standard time",
        ("Asia/Shanghai", "America/Chicago"): "cst",
        (540,): "jst|kst",
        (480,): "sgt|hkt|awst|myt|pht|sgt time",
        (60,): "bst|cet|wat",
        (120,): "cest|eet|sast|cat",
        (180,): "eest|msk|eat",
        ("Asia/Kolkata", "Asia/Jerusalem"): "ist",
        (420,): "ict|wib",
        (600,): "aest",
        (660,): "aedt",
        (570,): "acst",
        (720,): "nzst",
        (780,): "nzdt",
        (-180,): "brt|art",
        (-540,): "akst",
        (-600,): "hst",
        (240,): "gst",
        (300,): "pkt",
    }
}
_PLACES = {
    "Asia/Shanghai": "beijing|shanghai|china|shenzhen|hangzhou|guangzhou|北京|上海|中国|深圳|杭州|广州|國內|国内|大陆",
    "Asia/Tokyo": "tokyo|japan|osaka|日本|东京|大阪",
    "Asia/Seoul": "seoul|korea|首尔|韩国|汉城|ソウル|韓国",
    "Asia/Singapore": "singapore|新加坡|シンガポール",
    "Asia/Hong_Kong": "hong kong|hk|香港",
    "Asia/Taipei": "taipei|taiwan|台北|台湾",
    "Asia/Kolkata": "india|mumbai|delhi|bangalore|bengaluru|印度|孟买|班加罗尔|インド|ムンバイ",
    "Asia/Dubai": "dubai|迪拜|ドバイ",
    "Asia/Bangkok": "bangkok|曼谷|泰国|バンコク|タイ",
    "Asia/Jakarta": "jakarta|雅加达|ジャカルタ",
    "Asia/Ho_Chi_Minh": "vietnam|hanoi|越南|河内|ベトナム",
    "Asia/Manila": "manila|马尼拉|マニラ",
    "Asia/Kuala_Lumpur": "kuala lumpur|吉隆坡",
    "Europe/London": "london|uk|伦敦|英国|ロンドン|イギリス",
    "Europe/Paris": "paris|france|巴黎|法国|パリ|フランス",
    "Europe/Berlin": "berlin|germany|munich|frankfurt|柏林|德国|慕尼黑|法兰克福|ベルリン|ドイツ",
    "Europe/Madrid": "madrid|马德里|マドリード",
    "Europe/Rome": "rome|罗马|ローマ",
    "Europe/Amsterdam": "amsterdam|阿姆斯特丹|アムステルダム",
    "Europe/Zurich": "zurich|苏黎世|チューリッヒ",
    "Europe/Moscow": "moscow|莫斯科|モスクワ",
    "Europe/Dublin": "dublin|都柏林|ダブリン",
    "America/New_York": "new york|ny|nyc|boston|eastern|et|eastern time|us east|纽约|美东|美国东部|波士顿|华盛顿|"
    "ニューヨーク|米国東部|アメリカ東部",
    "America/Chicago": "chicago|central|ct|central time|芝加哥|美中|シカゴ",
    "America/Denver": "denver|mountain|mt|mountain time|丹佛|デンバー",
    "America/Los_Angeles": "los angeles|la|san francisco|sf|seattle|pacific|pt|pacific time|us west|california|"
    "旧金山|洛杉矶|西雅图|加州|硅谷|美西|美国西部|太平洋|サンフランシスコ|ロサンゼルス|シアトル|米国西部|"
    "太平洋標準",
    "America/Toronto": "toronto|多伦多|トロント",
    "America/Vancouver": "vancouver|温哥华|バンクーバー",
    "America/Sao_Paulo": "sao paulo|brazil|圣保罗|巴西|サンパウロ",
    "America/Mexico_City": "mexico city|墨西哥",
    "Australia/Sydney": "sydney|melbourne|australia|悉尼|墨尔本|澳洲|シドニー|メルボルン",
    "Pacific/Auckland": "auckland|new zealand|奥克兰|新西兰",
    "Africa/Cairo": "cairo|开罗|カイロ",
    "Africa/Johannesburg": "johannesburg|约翰内斯堡",
    "Asia/Jerusalem": "tel aviv|israel|以色列|特拉维夫",
    "Europe/Istanbul": "istanbul|伊斯坦布尔",
    "Pacific/Honolulu": "hawaii|夏威夷|ハワイ",
}
_SHORT = {"ny", "nyc", "la", "sf", "et", "ct", "mt", "pt", "uk", "hk", "eastern", "central", "mountain", "pacific"}


def _place_words() -> dict[str, str]:
    words: dict[str, str] = {}
    for name, places in _PLACES.items():
        surfaces = []
        for place in places.split("|"):
            if place.isascii():
                surfaces += [f"{place} time", f"{place} local time"]
                if place in _SHORT or place.endswith(" time"):
                    surfaces.append(place)
            else:
                surfaces += [f"{place}时间", f"{place}当地时间", f"{place}時間", f"{place}標準時", f"{place}现地时间"]
        words[name] = "|".join(surfaces)
    return words


PLACES: Table = {
    "zone": _place_words(),
    "place": {
        name: "|".join(p for p in places.split("|") if p not in _SHORT and not p.endswith(" time"))
        for name, places in _PLACES.items()
    },
}
_OFFSET = re.compile(r"(?:utc|gmt) ?([+-])(\d{1,2})(?::?(\d{2}))?(?!\d)")


def offset_at(text: str, at: int) -> tuple[int, int] | None:
    """``utc+8``: its minutes and where it ends."""
    found = _OFFSET.match(text, at)
    if found is None:
        return None
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    if minutes > 14 * 60:
        return None
    return (minutes if found[1] == "+" else -minutes), found.end()


@lru_cache(maxsize=128)
def zone_named(value: object) -> tzinfo:
    """The zone of a lexicon value: minutes east of Greenwich, or an IANA name."""
    if isinstance(value, tuple):
        return zone_named(value[0])
    if isinstance(value, int):
        return timezone(timedelta(minutes=value))
    return ZoneInfo(str(value))

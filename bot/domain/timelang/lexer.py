"""From a normal text to tokens: numbers, number shapes (9:30, 11/25), words of the lexicons. One pass."""

from __future__ import annotations

import re
from typing import Any

from bot.domain.timelang.foreign import foreign_date
from bot.domain.timelang.hidden import hidden_spans
from bot.domain.timelang.lexicon import Lexicon, word_set
from bot.domain.timelang.numerals import HAN_DIGITS, HAN_NUMERALS, han_number
from bot.domain.timelang.shapes import iso_token, run_together, shape_tokens
from bot.domain.timelang.text import Text
from bot.domain.timelang.tokens import PUNCTUATION, Token
from bot.domain.timelang.zones import offset_at

_HIRAGANA = re.compile(r"[\u3041-\u3096]+")


_AFTER_NO_FEAST = tuple(
    word_set(
        "路|街|桥|居士|会儿|直|些|样|广场|大道|大街|新村|村|镇|社区|小区|公园|商场|商圈|中学|小学|大学|学校|学院|医院|"
        "宾馆|饭店|酒店|大厦|厂|矿|水库|湖|体育|棒球|篮球|制片|电影|起义|运动|精神|文化|口号|奖章|红旗|队"
    )
)  # 五一路, 八一中学, 五四运动, 王五一会儿到
_SURNAMES = frozenset("张王李赵刘陈杨吴徐孙朱胡郭罗宋郑谢韩唐冯董萧曹袁邓")
# idiom -> what behind it, what before it makes it the plain words again: 四周后, 未来四周, 十一个小时
_JUNK_UNLESS = {
    "一下": ("午", ""),
    "四周": ("后前内以之间时期半", "来去后近过约要每隔"),
    "下一个": ("周星礼月季小工", ""),
    "十一个": ("小钟星礼月半工季周", ""),
}


_KANA_FREE = frozenset(("day", "part", "now", "wd", "month", "daypart", "hm", "later", "unit"))


_FREE_BEFORE_NUMBER = frozenset(("month", "wd", "fill", "approx", "from", "zone"))


_HOURS_H = re.compile(r"(\d{1,2})(hrs?|h)(\d\d)(?![0-9a-z])")


_MERIDIEM_ALONE = re.compile(r"[ap]\.?m\b")
_YEAR_QUARTER = re.compile(r"((?:19|20)\d\d)[- ]?q([1-4])(?![0-9a-z])")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)t(\d\d)(\d\d)(?:\d\d)?(z)?(?![0-9a-z])")
_CHAIN = re.compile(r"\d+(?:[.:/\-]\d+)*")


_CLOCK = re.compile(r"\d{1,2}(?::\d\d|[时点])")
_SITE = re.compile(r"\.(?:com|net|org|io|app|dev|ai|co|cn|jp)\b")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")


_MERIDIEM = re.compile(r"([ap])\. ?m\b\.?|([ap])m?\b(?!'|[/&][a-z])\.?")


_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:t(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(z|[+-]\d\d:?\d\d)?"
    r"| ?(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(z|\+\d\d:?\d\d)?)(?!\d)"
)


_SUFFIXES = word_set(
    "am|pm|a|p|h|hr|hrs|hour|hours|min|mins|minute|minutes|m|s|sec|secs|st|nd|rd|th|d|day|days|w|wk|"
    "wks|week|weeks|x|ish|mo|month|months|y|yr|years|pst|est|cst"
)


_TEXTS_AFTER_NUMBER_ARE_NOT_TIMES = frozenset("%℃°元円块¥$€£")


_CURRENCY = frozenset("$¥€£#@_=￥₩℃№")


def end_of_digits(text: str, at: int) -> int:
    while at < len(text) and text[at].isdigit():
        at += 1
    return at


class Lexer:
    """Reads texts with one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def tokens(self, source: Text) -> list[Token]:
        text, out = source.norm, []
        size, at, space = len(text), 0, False
        hidden = hidden_spans(text) if ("`" in text or "@" in text or "://" in text or "www." in text) else []
        next_hidden = 0
        while at < size:
            while next_hidden < len(hidden) and hidden[next_hidden][1] <= at:
                next_hidden += 1
            if next_hidden < len(hidden) and hidden[next_hidden][0] <= at:
                end = hidden[next_hidden][1]
                out.append(Token(at, end, text[at:end], {"junk": 1}, space))
                at, space = end, False
                continue
            char = text[at]
            if char == " " or char == "\xa0":
                at, space = at + 1, True
                continue
            before = len(out)
            if char.isdigit() and char.isascii():
                at = self._number(text, at, out, space)
            elif "a" <= char <= "z":
                at = self._word(text, at, out, space)
            elif char.isascii() or char in PUNCTUATION:
                at = self._mark(text, at, out, space)
            else:
                at = self._cjk(text, at, out, space)
            if len(out) > before:
                space = False
        return out

    def _mark(self, text: str, at: int, out: list[Token], space: bool) -> int:
        if text[at] == "-":
            end = at + 1
            while end < len(text) and text[end] in "->":
                end += 1
            out.append(Token(at, end, "-", PUNCTUATION["-"], space))
            return end
        out.append(Token(at, at + 1, text[at], PUNCTUATION.get(text[at], {}), space))
        return at + 1

    # -- latin words
    def _word(self, text: str, at: int, out: list[Token], space: bool) -> int:
        if out and (
            (not space and ("clocklike" in out[-1].tags or "clockunit" in out[-1].tags or out[-1].text == "分"))
            or "num" in out[-1].tags
            or "hms" in out[-1].tags
        ):
            found = _MERIDIEM.match(text, at)
            if found is not None:
                letters = found[0].replace(".", "").replace(" ", "")
                if len(letters) == 2 or not space:
                    out.append(Token(at, found.end(), found[0], {"mer": "am" if letters[0] == "a" else "pm"}, space))
                    return found.end()
        zone = offset_at(text, at) if text[at] in "ug" else None
        if zone is not None:
            out.append(Token(at, zone[1], text[at : zone[1]], {"zone": zone[0]}, space))
            return zone[1]
        found = _WORD.match(text, at)
        assert found is not None
        word, end = found[0], found.end()
        if word in ("am", "pm") and _CLOCK.match(text, end):  # PM3:30
            out.append(Token(at, end, word, self.lexicon.words[word], space))
            return end
        if text[end : end + 1] == "." and (site := _SITE.match(text, end)) is not None:  # monday.com
            return self._junk(text, at, site.end(), out, space)
        if text.startswith("-and-a-half", end) and "num" in (halved := self.lexicon.words.get(word, {})):
            out.append(Token(at, end + 11, text[at : end + 11], {"couple": halved["num"] + 0.5}, space))
            return end + 11
        tags = None
        counts = self.lexicon.phrases.get(word)
        base = word
        if counts is None and "'" in word:
            base = word.split("'")[0]
            counts = self.lexicon.phrases.get(base)
            if counts is not None:
                end = at + len(base)
        if counts is None:
            stop = end
            while stop < len(text) and text[stop].isdigit() and text[stop].isascii():
                stop += 1
            if stop > end and text[at:stop] in self.lexicon.words:  # q1, h2
                out.append(Token(at, stop, text[at:stop], self.lexicon.words[text[at:stop]], space))
                return stop
            hyphen = text.find("-", end, end + 1)
            attached = at > 0 and text[at - 1].isdigit()  # 24th-26th
            if (
                hyphen >= 0
                and hyphen - at < 7
                and not attached
                and text[end + 1 : end + 3].isdigit()
                and ":" not in text[end : end + 9]
            ):
                return self._junk(text, at, end, out, space)  # AB-2016-11
            if hyphen < 0 and end < len(text) and text[end] in "0123456789" and word not in self.lexicon.words:
                # a name with a number in it (i7, a4, room12): swallow the digits too
                while end < len(text) and text[end].isascii() and (text[end].isalnum() or text[end] in "-."):
                    end += 1
                out.append(Token(at, end, text[at:end], {"name": 1}, space))
                return end
            out.append(Token(at, end, word, {}, space))
            return end
        begins = self.lexicon.seconds.get(base)
        phrased = begins is not None and (
            text[end : end + 1] != " " or text[end + 1 : end + 2] == " " or text[end + 1 : end + 3] in begins
        )
        for count in counts:
            if count > 1 and not phrased:
                continue
            if count == 1 and text[end : end + 1] not in ("-", ".", "'"):
                tags = self.lexicon.words.get(base)
                break
            last = self._words_end(text, at, count)
            if last is None:
                continue
            surface = " ".join(text[at:last].split())
            tags = self.lexicon.words.get(surface)
            if tags is not None:
                end = last
                break
        if tags is None:
            tags = self.lexicon.words.get(base)
            if tags is None:
                end = found.end()
                out.append(Token(at, end, word, {}, space))
                return end
        stop = end
        while stop < len(text) and text[stop].isdigit() and text[stop].isascii():
            stop += 1
        if stop > end and text[at:stop] in self.lexicon.words:  # q1, h2
            out.append(Token(at, stop, text[at:stop], self.lexicon.words[text[at:stop]], space))
            return stop
        counted = "unit" in tags and bool(out) and "num" in out[-1].tags and not space  # 1h30min
        if stop > end and not counted and _FREE_BEFORE_NUMBER.isdisjoint(tags):
            while end < len(text) and text[end].isascii() and (text[end].isalnum() or text[end] in "-."):
                end += 1
            out.append(Token(at, end, text[at:end], {"name": 1}, space))
            return end
        out.append(Token(at, end, text[at:end], tags, space))
        if text.startswith("'s", end) and not text[end + 2 : end + 3].isalpha():
            out.append(Token(end, end + 2, "'s", {"fill": 1, "poss": 1}))
            end += 2
        elif end < len(text) and text[end] == "." and ("month" in tags or "wd" in tags or "unit" in tags):
            out[-1].end = end = end + 1
        return end

    def _words_end(self, text: str, at: int, count: int) -> int | None:
        """Where ``count`` words from ``at`` end, when that many stand there."""
        end = at
        for number in range(count):
            if number:
                if end >= len(text) or text[end] != " ":
                    return None
                while end < len(text) and text[end] == " ":
                    end += 1
            start = end
            while end < len(text) and end - start < 24 and text[end] not in " ,;!?()[]\n" and (text[end].isascii()):
                end += 1
            if end == start:
                return None
        while end > at and text[end - 1] in ".:'\"" and text[at:end] not in self.lexicon.words:
            end -= 1
        if count == 1 or text[at:end] not in self.lexicon.words:
            found = _WORD.match(text, text.rfind(" ", at, end) + 1 if count > 1 else at)
            last = found.end() if found else end
            hyphened = text[at:end].split("-")
            if len(hyphened) > 1 and text[at:end] in self.lexicon.words:
                return end
            end = min(end, last)
            if text[at:end].endswith("'s") and " ".join(text[at:end].split()) not in self.lexicon.words:
                end -= 2
        return end

    # -- numbers
    def _number(self, text: str, at: int, out: list[Token], space: bool) -> int:
        before = text[at - 1] if at else ""
        iso = _ISO.match(text, at)
        if iso is not None and before not in _CURRENCY and not (before.isalnum() and before.isascii()):
            found = iso_token(iso, space)
            if found is not None:
                out.append(found)
                return iso.end()
        compact = _COMPACT.match(text, at)
        if compact is not None and int(compact[2]) <= 12 and int(compact[4]) < 25 and not before.isalnum():
            stamp: dict[str, Any] = {"iso": (*(int(part) for part in compact.groups()[:5]), 0)}
            if compact[6]:
                stamp["isozone"] = 0
            out.append(Token(at, compact.end(), compact[0], stamp, space))
            return compact.end()
        abroad = foreign_date(text, at, self.lexicon.words) if not before.isalnum() else None
        if abroad is not None:
            out.append(Token(at, abroad[1], text[at : abroad[1]], {"ymd": abroad[0]}, space))
            return abroad[1]
        if before == "-" and not space and len(out) > 1 and out[-1].text == "-" and "idword" in out[-2].tags:
            return self._junk(text, at, end_of_digits(text, at), out, space)  # PR-2024-11
        quarter = _YEAR_QUARTER.match(text, at)
        if quarter is not None and not before.isalnum():
            out.append(Token(at, quarter.end(), quarter[0], {"yq": (int(quarter[1]), int(quarter[2]))}, space))
            return quarter.end()
        chain = _CHAIN.match(text, at)
        assert chain is not None
        shape, end = chain[0], chain.end()
        after = text[end] if end < len(text) else ""
        if before in _CURRENCY or (after in _TEXTS_AFTER_NUMBER_ARE_NOT_TIMES and after):
            return self._junk(text, at, end, out, space)
        if (
            before == "."
            and not space
            and out
            and out[-1].text == "."
            and at >= 2
            and text[at - 2].isalnum()
            and not text[at - 2].isdigit()
            and "month" not in (out[-2].tags if len(out) > 1 else {})
        ):
            return self._junk(text, at, end, out, space)
        if after == "," and re.match(r",\d{3}(?!\d)", text[end : end + 5]) and len(shape) <= 3:
            while end + 3 < len(text) and text[end] == "," and text[end + 1 : end + 4].isdigit():
                end += 4
            return self._junk(text, at, end, out, space)
        letters_end = end
        while letters_end < len(text) and "a" <= text[letters_end] <= "z":
            letters_end += 1
        letters = text[end:letters_end]
        if letters and letters not in _SUFFIXES and letters not in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"):
            tags = self.lexicon.words.get(letters, {})
            if not ("month" in tags or "zone" in tags or letters in ("t", "onwards")):
                return self._junk(text, at, letters_end, out, space)
        if letters in ("h", "hr", "hrs") and letters_end < len(text) and text[letters_end].isdigit():
            hours = _HOURS_H.match(text, at)
            if hours is not None and int(hours[1]) < 25 and int(hours[3]) < 60:
                spelled = {
                    "hms": (int(hours[1]), int(hours[3]), None),
                    "clocklike": 1,
                    "explicit": 1,
                    "hform": len(hours[2]),
                }
                out.append(Token(at, hours.end(), hours[0], spelled, space))
                return hours.end()
        made = (
            run_together(shape, at, space)
            if letters in ("am", "pm")
            or (letters in ("a", "p") and text[letters_end : letters_end + 1] == ".")
            or (after == " " and len(shape) in (3, 4) and _MERIDIEM_ALONE.match(text, end + 1))
            else None
        )
        made = made or shape_tokens(shape, at, space)
        if made is None:
            return self._junk(text, at, end, out, space)
        out.extend(made)
        return end

    def _junk(self, text: str, at: int, end: int, out: list[Token], space: bool) -> int:
        while (
            end < len(text)
            and text[end].isascii()
            and (text[end].isalnum() or (text[end] in "._-:/" and text[end + 1 : end + 2].isalnum()))
        ):
            end += 1
        out.append(Token(at, end, text[at:end], {"name": 1}, space))
        return end

    # -- Chinese and Japanese
    def _cjk(self, text: str, at: int, out: list[Token], space: bool) -> int:
        char = text[at]
        lengths = self.lexicon.lengths.get(char, ())
        words = self.lexicon.words
        numeral_end = at
        if char in HAN_NUMERALS:
            while numeral_end < len(text) and numeral_end - at < 9 and text[numeral_end] in HAN_NUMERALS:
                numeral_end += 1
        for length in lengths:
            surface = text[at : at + length]
            if (
                len(surface) == length
                and surface in words
                and (at + length > numeral_end or (at + length == numeral_end and "hol" in words[surface]))
            ):
                tags = words[surface]
                if self._cut(text, at, at + length, tags, out, space):
                    continue
                if (
                    "junk" in tags
                    and length <= numeral_end - at + 1
                    and text[at + length : at + length + 1] in ("点", "月", "号", "日")
                ):
                    continue
                out.append(Token(at, at + length, surface, tags, space))
                return at + length
        if numeral_end > at:
            value = han_number(text[at:numeral_end])
            if value is None:
                while numeral_end > at + 1 and value is None:
                    numeral_end -= 1
                    value = han_number(text[at:numeral_end])
            if value is not None:
                surface = text[at:numeral_end]
                if (
                    len(surface) == 2
                    and all(HAN_DIGITS.get(c) for c in surface)
                    and text[numeral_end : numeral_end + 1] != "年"
                ):
                    out.append(Token(at, numeral_end, surface, {}, space))  # 两三天: nobody knows how many
                    return numeral_end
                tags = {"num": value, "han": surface}
                if all(c in HAN_DIGITS for c in surface):
                    tags["positional"] = len(surface)
                out.append(Token(at, numeral_end, surface, tags, space))
                return numeral_end
        if "\u30a0" < char <= "\u30ff" and char != "・":
            end = at
            while end < len(text) and "\u30a0" < text[end] <= "\u30ff" and text[end] != "・":
                if end > at and any(
                    text[end : end + n] in words for n in self.lexicon.lengths.get(text[end], ()) if n > 1
                ):
                    break
                end += 1
            surface = text[at:end]
            tags = words.get(surface, {}) if len(surface) == 1 else {}
            out.append(Token(at, end, surface, tags, space))
            return end
        out.append(Token(at, at + 1, char, {}, space))
        return at + 1

    def _cut(self, text: str, start: int, end: int, tags: dict[str, Any], out: list[Token], space: bool) -> bool:
        """Whether a word is not the one that was meant: 周一 in 周一定, 月末 in 7月末, 十分 in 十分前."""
        following = text[end : end + 1]
        before = out[-1] if out and not space else None
        if before is not None and "wd" in tags and len(out) > 1 and "freq" in out[-2].tags and text[start] == "周":
            return False
        if before is not None and text[start:end] == "前の" and ("unit" in before.tags or "num" in before.tags):
            return True
        if (
            before is not None
            and text[start] in "月年日周"
            and end - start > 1
            and "num" in before.tags
            and before.end == start
        ):
            return not ("unit" in tags or "monthsuf" in tags or "everysuf" in tags)
        if "junk" in tags and text[start:end] == "十分":
            counted = before is not None and (
                "clockunit" in before.tags
                or "lack" in before.tags
                or "pass" in before.tags
                or before.tags.get("unit") == "hour"
            )
            return counted or (following in tuple("前后以间ほ半く、钟") and following != "" and following != "、")
        if (
            "period" in tags
            and text[end - 1] == "周"
            and following
            and following in "一二三四五六日天"
            and text[end + 1 : end + 2] not in tuple("间曜号月年")
        ):
            return True
        if (
            before is not None
            and text[start] in "一二三四五六日"
            and before.tags.get("freq", ("",))[0] == "WEEKLY"
            and before.end == start
            and "wd" not in tags
        ):
            return True
        if "junk" in tags and text[start:end] in _JUNK_UNLESS:
            last, first = _JUNK_UNLESS[text[start:end]]
            if (following and following in last) or (start and text[start - 1] in first):
                return True
        if following == "曜" and text[end - 1] in "月日" and (end - start > 1 or "edge" in tags):
            return True  # 次の月曜: the coming Monday, not the coming month
        if "junk" in tags and text[start] in "前后" and before is not None and "unit" in before.tags:
            return True  # 两天前回去
        if text[start:end] in ("の前", "の后") and following == "半":
            return True
        if "firstpm" in tags and text[end - 1] == "一" and following == "时":
            return True
        if (
            _HIRAGANA.fullmatch(text, start, end)
            and start
            and _HIRAGANA.match(text, start - 1)
            and end - start < 5
            and not _KANA_FREE.isdisjoint(tags)
        ):
            return before is None or ("fill" not in before.tags and "num" not in before.tags)
        if "hol" in tags and text[end - 1] in HAN_NUMERALS and text.startswith(_AFTER_NO_FEAST, end):
            return True
        if "hol" in tags and text[start] in HAN_NUMERALS and start and text[start - 1] in _SURNAMES:
            return True  # 张六一
        if (
            "hol" in tags
            and text[end - 1] in HAN_NUMERALS
            and following
            and following in "一二三四五六七八九十月日号点时个年天"
        ):
            return True
        if "periodin" in tags and start and text[start - 1] in "这本今来先下上当个明去一二两三四五六七八九十半":
            return True
        if "wd" in tags and text[end - 1] == "一" and following:
            if following in "定直些样般切共边":
                return True
            if (
                following == "起"
                and text[end + 1 : end + 2] not in ("", ",", " ", "、", "。")
                and "从" not in text[max(0, start - 6) : start]
                and "自" not in text[max(0, start - 6) : start]
            ):
                return True
            if following == "下" and text[end + 1 : end + 2] not in "午班周个":
                return True
        return False

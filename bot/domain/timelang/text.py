"""One spelling for everything people type, with the way back to where it stood in their text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Traditional and Japanese forms of characters that time words are made of -> the one form the lexicons are kept in.
_FORMS = dict(
    zip(
        "晝個點鐘鍾週後時間開兩倆禮這號內從過還節曆陰陽國慶誕勞動兒復聖婦軍師萬當現剛將來毎終結東紐約倫無單雙際處頭晩會與離際氣預參補調歲結業參見",
        "昼个点钟钟周后时间开两俩礼这号内从过还节历阴阳国庆诞劳动儿复圣妇军师万当现刚将来每终结东纽约伦无单双际处头晚会与离际气预参补调岁结业参见",
        strict=True,
    )
)
_FORMS |= {
    "〜": "~",
    "～": "~",
    "∼": "~",
    "–": "-",
    "—": "-",
    "−": "-",
    "‐": "-",
    "‑": "-",
    "―": "-",
    "’": "'",
    "‘": "'",
    "ˋ": "`",
    "、": "、",
    "　": " ",
    "\t": " ",
    "\n": "\n",
}
_TRANSLATION = str.maketrans(_FORMS)
_HAN, _KANA = re.compile("[\u4e00-\u9fff]"), re.compile("[\u3041-\u30fa]")
_KANA_FIRST, _KANA_LAST = "\u3041", "\u30fa"


@dataclass(frozen=True, slots=True)
class Text:
    """A text in its normal form. ``origin[i]`` is where character ``i`` stood; one more entry closes the last."""

    given: str
    norm: str
    origin: tuple[int, ...] | range
    kana: bool
    han: bool

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The given text's offsets of ``norm[start:end]``."""
        return self.origin[start], self.origin[end - 1] + 1 if end > start else self.origin[start]


def normalise(given: str) -> Text:
    """Compatibility forms undone, small letters, one form of each Chinese character."""
    if given.isascii():
        return Text(given, given.lower(), range(len(given) + 1), kana=False, han=False)
    if unicodedata.is_normalized("NFKC", given):
        norm = given.translate(_TRANSLATION).lower()
        if len(norm) == len(given):  # one character for each: the usual case, and quick
            kana, han = _KANA.search(norm) is not None, _HAN.search(norm) is not None
            return Text(given, norm, range(len(given) + 1), kana, han)
    out: list[str] = []
    origin: list[int] = []
    kana = han = False
    for index, char in enumerate(given):
        plain = _FORMS.get(char)
        if plain is None:
            plain = char
            if not char.isascii():
                if "\u4e00" <= char <= "\u9fff":
                    han = True
                elif _KANA_FIRST <= char <= _KANA_LAST:
                    kana = True
                else:
                    plain = unicodedata.normalize("NFKC", char)
        elif "\u4e00" <= plain <= "\u9fff":
            han = True
        for piece in plain.lower():
            out.append(_FORMS.get(piece, piece))
            origin.append(index)
    origin.append(len(given))
    return Text(given, "".join(out), tuple(origin), kana, han)

"""Time words inside names of people, places and things: 周一鸣, 十日町, a Christmas tree, 一日店長, ask April."""

from __future__ import annotations

from bot.domain.timelang.cursor import Cursor
from bot.domain.timelang.lexicon import word_set

# What given names of two characters end in behind 一 and hardly any word begins with; and those few words.
_GIVEN_NAMES = frozenset("鸣凡帆诺桐珊涵轩铭婷妍菲萱琪彤宸琳瑶昊皓熙鑫楠岚围")
_NO_NAMES = ("凡是", "凡有", "凡事", "诺贝", "诺基", "帆布", "帆船", "鸣谢", "菲律", "围绕", "围观")
_OF_THE_TOWN = ("市内", "市役", "市民", "市長", "市长", "町内")
_ADDRESSED = word_set("ask|tell|ping|cc|thank|thanks|hi|hey|hello|dear|invite|remind|message|email|miss|ms|mrs|mr")
_FIRST_NAMES = word_set("april|may|june|jan|august|summer|autumn")
_PEOPLE_DO = word_set(
    "called|said|says|asked|asks|told|thinks|thought|wants|wanted|sent|left|joined|knows|wrote|replied|answered|"
    "suggested|mentioned|agreed|promised"
)
_IS_OURS = word_set("our|my|your|his|her|their|sick|away|off|out|late|leaving|joining|pregnant|retiring")
_HONOURED = ("さん", "ちゃん", "くん", "様", "さま", "氏", "先輩", "先生")
_ONE_DAY_ONLY = ("署", "店", "駅", "乗", "体験", "パス", "券", "フリー", "警", "消防", "一", "頑張", "がんば", "过ご")
_FEAST_THINGS = word_set(
    "tree|trees|carol|carols|card|cards|present|presents|gift|gifts|costume|costumes|decorations|bunny|egg|eggs|sale|"
    "sales|shopping|sweater|sweaters|jumper|lights|song|songs|music|cookies|movie|movies|playlist|bonus|spirit|stocking"
)
_FEAST_GOODS = tuple(
    word_set(
        "树|老人|帽|贺卡|礼物|礼盒|歌|粽|月饼|红包|对联|套餐|大餐|限定|专场|ケーキ|ソング|ツリー|カード|プレゼント|チョコ|"
        "仮装|コスプレ|飾り|ギフト|商戦|セール|キャンペーン|限定|映画|マーケット"
    )
)


def given_name(c: Cursor, i: int) -> bool:
    """周一鸣在吗: somebody whose surname is that of the week; 周一婷姐请客 is Monday."""
    start = c.at(i).end
    behind = c.source.norm[start : start + 2]
    return behind[:1] in _GIVEN_NAMES and behind[1:] not in tuple("姐哥总姨叔") and behind not in _NO_NAMES


def town(c: Cursor, i: int, j: int) -> bool:
    """十日町, 四日市: markets were held on such days, towns are called so."""
    behind = c.source.norm[c.at(j).end : c.at(j).end + 2]
    return "han" in c.tags(i) and behind[:1] in ("町", "市") and behind not in _OF_THE_TOWN


def for_a_day(c: Cursor, j: int) -> bool:
    """一日店長, 1日乗車券: for one day, not on the first."""
    return c.lang == "ja" and c.source.norm.startswith(_ONE_DAY_ONLY, c.at(j).end)


def honoured(c: Cursor, j: int) -> bool:
    """三月さん: what ends at j is somebody's name."""
    return c.lang == "ja" and c.source.norm.startswith(_HONOURED, c.at(j).end)


def addressed(c: Cursor, i: int) -> bool:
    """ask April about it, Jan is our new PM: a month that can be asked, or does things, is a person."""
    if c.has(i + 1, "num", "ord", "md", "hms"):
        return False
    if c.text(i - 1) in _ADDRESSED:
        return True
    who = c.text(i) in _FIRST_NAMES and c.capital(i) and not c.has(i - 1, "fill", "to", "from", "until", "rel", "and")
    return who and (c.text(i + 1) in _PEOPLE_DO or (c.text(i + 1) in ("is", "was") and c.text(i + 2) in _IS_OURS))


def feast_thing(c: Cursor, j: int) -> bool:
    """A Christmas tree, 圣诞树, クリスマスケーキ: things of a feast, bought on other days."""
    if not c.cjk(j):
        return c.text(j) in _FEAST_THINGS
    return c.glued(j) and c.source.norm.startswith(_FEAST_GOODS, c.at(j).start)

"""In which language the login pages speak."""

from __future__ import annotations

import pytest

from bot.edge.oauth import language


@pytest.mark.parametrize(
    ("accepted", "locale"),
    [
        ("", "en_us"),
        ("de-DE,de;q=0.9", "en_us"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh_cn"),
        ("ja", "ja_jp"),
        ("de, ja;q=0.7, zh;q=0.3", "ja_jp"),
        ("en;q=0.2, zh-TW;q=0.8", "zh_cn"),
        ("zh;q=0, ja;q=0.1", "ja_jp"),
        ("zh;q=many, en", "en_us"),
        ("*", "en_us"),
        ("ZH-hans", "zh_cn"),
    ],
)
def test_the_page_speaks_the_readers_language(accepted: str, locale: str) -> None:
    assert language(accepted) == locale

"""Sentences whose words do not tell their language: kanji alone, read in the language the operator set."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stage import stage


@pytest.mark.parametrize(("language", "title"), [("ja", "面談"), ("zh", "今度")])
async def test_kanji_alone_are_read_in_the_language_of_the_house(tmp_path: Path, language: str, title: str) -> None:
    async with stage(tmp_path, language=language) as scene:  # type: ignore[arg-type]
        team = await scene.team("Mei", "Alice", "Bob")
        card = await scene.person("Mei").asks("@Daylark 今度月曜15時面談 @Alice", chat=team)
        assert f"“{title}”" in card.text

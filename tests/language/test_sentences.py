"""What people say, in our own words: at least a hundred sentences a language."""

import pytest

from bot.language import understand
from tests.language.cases import Case, differences, load

LANGUAGES = ("zh", "en", "ja", "slash")
CASES = {lang: load(lang) for lang in LANGUAGES}


@pytest.mark.parametrize("lang", ["zh", "en", "ja"])
def test_there_are_enough_sentences(lang: str) -> None:
    assert len(CASES[lang]) >= 100


@pytest.mark.parametrize("case", [c for lang in LANGUAGES for c in CASES[lang]], ids=lambda c: c.text[:40])
def test_a_sentence_is_understood(case: Case) -> None:
    assert differences(case, understand(case.sentence)) == []

"""Fit the weights of clues to the sentences in this folder: ``uv run --group fit python -m tests.language.fit``.

Writes ``locales/weights.tsv`` and prints what is to be expected of sentences it has not seen (five-fold
cross-validation), alone and with the rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from bot.domain.intent import Ask, Sentence
from bot.language.asks import ruled, surer
from bot.language.picks import picked
from bot.language.sentence import gather
from bot.language.weights import clues
from bot.resources import locales
from tests.language import cases, said

LEAST = 2  # how many sentences must have a clue
SMALLEST = 0.15  # weights nearer to nothing are left out: the file shrinks by nine tenths, the result stays
STRENGTH = 3.0  # inverse of the regularisation

Clues = dict[str, float]


def main() -> None:
    """Fit, write, and say how good it is."""
    asked = [(intent, sentence) for intent, sentence in _sentences() if not sentence.text.startswith("/")]
    facts = [(intent, gather(sentence)) for intent, sentence in asked]
    facts = [(intent, f) for intent, f in facts if picked(f) is None]
    rows = [dict.fromkeys(clues(f), 1.0) for _, f in facts]
    intents = np.array([intent for intent, _ in facts])
    rules = [ruled(f) for _, f in facts]
    print(
        f"{len(rows)} sentences; the rules alone: {np.mean([r == i for r, i in zip(rules, intents, strict=True)]):.2%}"
    )
    _cross_validate(rows, intents, rules)
    model, names = _fit(rows, intents)
    _write(model, names)


def _sentences() -> list[tuple[str, Sentence]]:
    found = [(each.intent, each.sentence) for lang in said.LANGUAGES for each in said.said(lang)]
    for lang in said.LANGUAGES:
        for case in cases.load(lang):
            intent = case.expect["intent"]
            found.append((intent if isinstance(intent, str) else intent[0], case.sentence))
    return found


def _fit(rows: Sequence[Clues], intents: np.ndarray) -> tuple[LogisticRegression, DictVectorizer]:
    seen = Counter(clue for row in rows for clue in row)
    names = DictVectorizer()
    table = names.fit_transform([{clue: 1.0 for clue in row if seen[clue] >= LEAST} for row in rows])
    model = LogisticRegression(C=STRENGTH, max_iter=1000, fit_intercept=False).fit(table, intents)
    model.coef_ = np.where(abs(model.coef_) >= SMALLEST, np.round(model.coef_, 2), 0.0)
    return model, names


def _cross_validate(rows: Sequence[Clues], intents: np.ndarray, rules: Sequence[Ask]) -> None:
    alone, together = [], []
    for train, test in StratifiedKFold(5, shuffle=True, random_state=0).split(rows, intents):
        model, names = _fit([rows[i] for i in train], intents[train])
        sure = model.predict_proba(names.transform([rows[i] for i in test]))
        alone += list(model.classes_[sure.argmax(1)] == intents[test])
        places = {name: place for place, name in enumerate(model.classes_)}
        for line, i in enumerate(test):
            sure[line, places[rules[i]]] += surer(rules[i])
        together += list(model.classes_[sure.argmax(1)] == intents[test])
    print(
        f"unseen sentences: weights alone {np.mean(alone):.2%}, with the rules (which saw them) {np.mean(together):.2%}"
    )


def _write(model: LogisticRegression, names: DictVectorizer) -> None:
    lines = []
    for clue, column in sorted(names.vocabulary_.items()):
        weights = [f"{ask}:{w:g}" for ask, w in zip(model.classes_, model.coef_[:, column], strict=True) if w]
        if weights:
            lines.append(f"{clue}\t{' '.join(weights)}\n")
    (locales() / "weights.tsv").write_text("".join(lines), "utf-8")
    print(f"{len(lines)} clues written")


if __name__ == "__main__":
    main()

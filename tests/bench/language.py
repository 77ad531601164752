"""Reading whole chat sentences: how fast, against dateparser's search for the dates in them, and how lean."""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.intent import Sentence
from bot.domain.timelang import phrases
from bot.language import understand
from tests.language.cases import FOLDER

ROUNDS, PEERS, MANY = 3, 200, 1_000_000
NOW = datetime(2026, 11, 18, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
FIRST = (
    "import time; from datetime import datetime; from zoneinfo import ZoneInfo\n"
    "from bot.domain.intent import Sentence; from bot.language import understand\n"
    "now = datetime(2026, 11, 18, 10, tzinfo=ZoneInfo('Asia/Shanghai')); began = time.perf_counter()\n"
    "understand(Sentence('明天下午3点和张三过一下方案', now)); print(time.perf_counter() - began)"
)


async def run() -> None:
    texts = {lang: _written(lang) for lang in ("zh", "en", "ja")}
    sentences = [Sentence(text, NOW) for several in texts.values() for text in several]
    for sentence in sentences:  # warm
        understand(sentence)
    took = sorted(_timed(sentence) for _ in range(ROUNDS) for sentence in sentences)
    mean, p95 = statistics.mean(took) * 1000, took[int(len(took) * 0.95)] * 1000
    print(f"{len(sentences)} sentences: mean {mean:.2f} ms, p95 {p95:.2f} ms")
    several = {lang: said[:PEERS] for lang, said in texts.items()}
    flat = [Sentence(text, NOW) for said in several.values() for text in said]
    whole, times = (statistics.mean(_timed(s, read) for s in flat) * 1000 for read in (understand, _time_phrases))
    for name, all_three in (("all three languages given", True), ("only the right one given", False)):
        told = [(text, list(texts) if all_three else [lang]) for lang, said in several.items() for text in said]
        for text, given in told:  # warm
            _search(text, given)
        theirs = statistics.mean(_search(text, given) for text, given in told) * 1000
        print(f"dateparser.search_dates, {name}: mean {theirs:.2f} ms; the same {len(told)} sentences here:")
        print(
            f"  understood {whole:.2f} ms ({theirs / whole:.1f}x), times alone {times:.2f} ms ({theirs / times:.1f}x)"
        )
    first = min(_first_call() for _ in range(3))
    print(f"first call in a fresh process: {first * 1000:.0f} ms")
    before = _resident()
    for number in range(MANY):
        understand(sentences[number % len(sentences)])
    print(f"{MANY:,} sentences later: {_resident() - before:+.1f} MB")


def _written(lang: str) -> list[str]:
    lines = (FOLDER / f"{lang}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines if line.strip()]


def _first_call() -> float:
    done = subprocess.run([sys.executable, "-c", FIRST], capture_output=True, text=True, check=True)
    return float(done.stdout)


def _timed(sentence: Sentence, read: Callable[[Sentence], object] = understand) -> float:
    began = time.perf_counter()
    read(sentence)
    return time.perf_counter() - began


def _time_phrases(sentence: Sentence) -> object:
    return phrases(sentence.text, sentence.now)


def _mean_of(texts: list[str], read: Callable[[Sentence], object]) -> float:
    return statistics.mean(_timed(Sentence(text, NOW), read) for text in texts)


def _search(text: str, languages: list[str]) -> float:
    from dateparser.search import search_dates

    began = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        search_dates(text, languages=languages, settings={"RELATIVE_BASE": NOW.replace(tzinfo=None)})
    return time.perf_counter() - began


def _resident() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

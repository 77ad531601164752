"""Whatever arrives, it is an update or a refusal with a reason; never a traceback."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.feishu.inbound import Rejected, Secrets, parse

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SAMPLES = [
    json.loads(path.read_text(encoding="utf-8")) for path in sorted((Path(__file__).parent / "samples").glob("*"))
]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)
CONTENT = st.builds(
    lambda title, content, text: json.dumps({"title": title, "content": content, "text": text}),
    ANYTHING,
    ANYTHING,
    ANYTHING,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place inside a document, by its path."""
    found = [path] if path else []
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        found += places(value[key], (*path, key))
    return found


@st.composite
def spoiled(draw: st.DrawFn) -> bytes:
    """A sample in which one thing is something else."""
    sample = copy.deepcopy(draw(st.sampled_from(SAMPLES)))
    *way, last = draw(st.sampled_from(places(sample)))
    target = sample
    for step in way:
        target = target[step]
    target[last] = draw(ANYTHING | CONTENT)
    return json.dumps(sample).encode()


@given(st.binary(max_size=200) | ANYTHING.map(lambda value: json.dumps(value).encode()) | spoiled())
def test_anything_is_an_update_or_a_refusal(body: bytes) -> None:
    with suppress(Rejected):
        parse({}, body, secrets=Secrets(), now=NOW)


@given(CONTENT, st.sampled_from(["text", "post", "image"]))
def test_any_content_of_a_message_is_words_or_a_refusal(content: str, kind: str) -> None:
    message = copy.deepcopy(next(sample for sample in SAMPLES if "message" in sample.get("event", {})))
    message["event"]["message"] |= {"content": content, "message_type": kind}
    with suppress(Rejected):
        parse({}, json.dumps(message).encode(), secrets=Secrets(), now=NOW)


@given(st.dictionaries(st.text(max_size=30), st.text(max_size=40), max_size=5), st.binary(max_size=100))
def test_any_headers_are_taken(headers: dict[str, str], body: bytes) -> None:
    with suppress(Rejected):
        parse(headers, body, secrets=Secrets(encrypt_key="k", verification_token="t"), now=NOW)

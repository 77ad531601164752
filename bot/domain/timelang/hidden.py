"""What is never time language: code in backticks, links, mail addresses."""

from __future__ import annotations


def hidden_spans(text: str) -> list[tuple[int, int]]:
    """What is never time language: code in backticks, links, mail addresses."""
    spans: list[tuple[int, int]] = []
    at = text.find("`")
    while at >= 0:
        close = text.find("`", at + 1)
        if close < 0:
            break
        spans.append((at, close + 1))
        at = text.find("`", close + 1)
    for mark in ("://", "www."):
        at = text.find(mark)
        while at >= 0:
            start, end = at, at
            while start and text[start - 1].isascii() and text[start - 1].isalpha():
                start -= 1
            while end < len(text) and text[end].isascii() and not text[end].isspace():
                end += 1
            spans.append((start, end))
            at = text.find(mark, end)
    at = text.find("@")
    while at >= 0:
        start, end = at, at + 1
        while start and text[start - 1].isascii() and (text[start - 1].isalnum() or text[start - 1] in "._+-"):
            start -= 1
        while end < len(text) and text[end].isascii() and (text[end].isalnum() or text[end] in ".-"):
            end += 1
        if start < at and "." in text[at:end]:
            spans.append((start, end))
        at = text.find("@", end)
    return sorted(spans)

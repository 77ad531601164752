"""Time language: what Chinese, English and Japanese say about when, read at a given moment. Pure: no clock, no I/O."""

from bot.domain.timelang.model import Kind, Part, Phrase, Reading
from bot.domain.timelang.reader import phrases, read

__all__ = ["Kind", "Part", "Phrase", "Reading", "phrases", "read"]

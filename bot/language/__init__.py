"""Sentence in, intent out: what somebody asks a scheduling assistant for, in Chinese, English or Japanese."""

from bot.language import commands
from bot.language.sentence import understand

__all__ = ["commands", "understand"]

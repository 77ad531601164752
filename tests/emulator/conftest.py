"""Helpers that assert say as much as tests do when they fail."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite(
    *(f"tests.emulator.{name}" for name in ("audit", "sdk_stories", "witness", "lab", "tenant"))
)

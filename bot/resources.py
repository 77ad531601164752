"""Where the files that ship with the packages lie: in the checkout, or inside the installed package."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def locales() -> Path:
    """The folder with one sub-folder per language (``en_us``, ``zh_cn``, ``ja_jp``)."""
    installed = _PACKAGE / "locales"
    return installed if installed.is_dir() else _PACKAGE.parent / "locales"

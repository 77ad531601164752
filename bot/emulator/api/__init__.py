"""The platform's services, one module each; importing them fills the table of endpoints."""

from __future__ import annotations

import importlib
import pkgutil


def register() -> None:
    """Import every service module once."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")

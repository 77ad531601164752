"""The platform: typed updates in (``inbound``), calls out (``client.Feishu``). No transport or models of the SDK."""

from __future__ import annotations

from bot.feishu.tables import scopes

__all__ = ["scopes"]

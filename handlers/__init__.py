"""The table of contents: everything a person can ask for, one module a feature."""

from __future__ import annotations

from bot.dispatch.router import Router
from handlers import free, login, meet, meeting, settings
from handlers import help as help_

ROUTER = Router.including([meet.router, meeting.router, free.router, settings.router, login.router, help_.router])

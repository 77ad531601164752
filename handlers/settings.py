"""What people tell the bot about themselves; for now the zone they live in."""

from __future__ import annotations

import difflib
from zoneinfo import available_timezones

from bot.cards.problem import notice_card, problem_card
from bot.dispatch.context import Context
from bot.dispatch.replies import Replies, Say
from bot.dispatch.router import Router
from bot.domain.intent import Ask, Intent
from bot.i18n import Names, T, Zone

router = Router()


@router.ask(Ask.SETTINGS)
async def settings(intent: Intent, ctx: Context) -> Replies:
    """``/settings`` shows the person's zone; ``/settings timezone Asia/Tokyo`` changes it."""
    words = ctx.text.split()
    if len(words) < 3 or words[0] != "/settings" or words[1].lower() not in ("timezone", "tz"):
        return Say(notice_card(T("settings.shown", zone=Zone(ctx.zone.key), name=ctx.zone.key)))
    name = words[2]
    if not await ctx.services.people.learn_zone(ctx.sender.open_id or "", name, said=True):
        near = difflib.get_close_matches(name, sorted(available_timezones()), n=3, cutoff=0.5)
        return Say(problem_card("zone", {"name": name, "near": Names(near or ["Asia/Shanghai", "Europe/Berlin"])}))
    return Say(notice_card(T("settings.zone_set", zone=Zone(name), name=name)))

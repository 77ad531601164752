"""When somebody is free: ``/free`` and questions about people's time. Shows that they are busy, never with what."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.cards.availability import availability_card
from bot.cards.problem import problem_card
from bot.dispatch.context import Context
from bot.dispatch.replies import Replies, Say
from bot.dispatch.router import Router
from bot.domain.draft import DEFAULT_LENGTH
from bot.domain.intent import Ask, Intent
from bot.domain.request import guests_of, problem_of, strangers, windows_of
from bot.domain.span import Span
from bot.i18n import Names

router = Router()
DAYS_SHOWN = 2  # when no time was said: the rest of today, and tomorrow


@router.ask(Ask.AVAILABILITY, Ask.NEXT_GAP)
async def availability(intent: Intent, ctx: Context) -> Replies:
    """Busy and free times of the people named, or of the person who asks."""
    if problem := problem_of(intent, ctx.now, ctx.zone):
        return Say(problem_card(problem.key))
    if unknown := strangers(intent.people):
        return Say(problem_card("strangers", {"names": Names(unknown), "count": len(unknown)}))
    named = guests_of(intent.people, ctx.sender, ctx.members)
    guests = named[1:] if intent.people and ctx.sender.open_id not in {p.open_id for p in intent.people} else named
    windows = _exact(intent) or windows_of(intent, ctx.now, ctx.zone) or _soon(ctx)
    length = intent.duration or DEFAULT_LENGTH
    shown = guests or named
    busy, free = await ctx.services.scheduling.common_free(shown, windows, zone=ctx.zone, length=length)
    return Say(availability_card(shown, busy, windows, free, zone=ctx.zone.key, now=ctx.now, length=intent.duration))


def _exact(intent: Intent) -> tuple[Span, ...]:
    if intent.start is None or intent.all_day:
        return ()
    return (Span(intent.start, intent.end or Span.of(intent.start, DEFAULT_LENGTH).end),)


def _soon(ctx: Context) -> tuple[Span, ...]:
    today = ctx.now.astimezone(ctx.zone).date()
    return (Span(ctx.now, datetime.combine(today + timedelta(days=DAYS_SHOWN), time(), ctx.zone)),)

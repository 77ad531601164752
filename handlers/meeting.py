"""A meeting that stands: who has answered, and taking it back."""

from __future__ import annotations

from dataclasses import replace

from bot.cards.actions import RefreshMeeting, UndoMeeting
from bot.cards.meeting import cancelled_card, meeting_card
from bot.cards.problem import problem_card
from bot.dispatch.context import Context, Tap
from bot.dispatch.replies import Redraw, Replies, Say, Toast
from bot.dispatch.router import Router
from bot.domain.draft import Draft, Status
from bot.domain.intent import Ask, Intent
from bot.i18n import T
from handlers.ownership import owned

router = Router()


@router.tap(UndoMeeting)
@owned
async def undo(tap: Tap, ctx: Context, draft: Draft) -> Replies:
    """Take the event out of everybody's calendar. A second tap finds it done."""
    if draft.status is not Status.BOOKED:
        return Redraw(cancelled_card(draft, now=ctx.now), toast=Toast(T("toast.already_closed"), "info"))
    undone = replace(await ctx.services.scheduling.undo(draft, ctx.run), revision=draft.revision + 1)
    return Redraw(meeting_card(undone, now=ctx.now), keep=undone, toast=Toast(T("toast.undone"), "success"))


@router.tap(RefreshMeeting)
async def refresh(tap: Tap, ctx: Context) -> Replies:
    """Everybody who sees the card may look again who is coming."""
    if tap.draft is None:
        return Toast(T("toast.gone"), "warning")
    fresh = await ctx.services.scheduling.refresh(tap.draft)
    fresh = replace(fresh, revision=tap.draft.revision + 1)
    return Redraw(meeting_card(fresh, now=ctx.now), keep=fresh)


@router.ask(Ask.UNDO)
async def ask_undo(intent: Intent, ctx: Context) -> Replies:
    """Show the person's latest meeting here again, with its undo button: taking back is never done on a guess."""
    draft = await ctx.services.drafts.last_in_chat(ctx.chat_id, ctx.sender.open_id or "")
    if draft is None or draft.status is not Status.BOOKED:
        return Say(problem_card("nothing_to_undo"))
    return Say(meeting_card(draft, now=ctx.now), keep=replace(draft, revision=draft.revision + 1))

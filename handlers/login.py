"""Acting as oneself: logging in and out. The button is only ever shown to the person it belongs to."""

from __future__ import annotations

from bot.cards.actions import StartLogin
from bot.cards.login import login_card
from bot.cards.problem import notice_card
from bot.dispatch.context import Context, Tap
from bot.dispatch.replies import Replies, Say, Toast, Whisper
from bot.dispatch.router import Router
from bot.i18n import T

router = Router()


@router.command("login")
async def log_in(ctx: Context) -> Replies:
    """``/login``: the button here, or in private when others would see it."""
    card = login_card(ctx.services.identity.link(ctx.sender.open_id or ""))
    return [Say(notice_card(T("login.wrote_privately"))), Whisper(card)] if ctx.is_group else Say(card)


@router.command("logout")
async def log_out(ctx: Context) -> Replies:
    """``/logout``: forget the tokens; from now on the bot organizes again."""
    known = await ctx.services.identity.forget(ctx.sender.open_id or "")
    return Say(notice_card(T("login.out") if known else T("login.was_out")))


@router.tap(StartLogin)
async def start(tap: Tap, ctx: Context) -> Replies:
    """Whoever taps gets their own button in their own chat."""
    card = login_card(ctx.services.identity.link(ctx.sender.open_id or ""))
    return [Toast(T("toast.login_sent")), Whisper(card)]

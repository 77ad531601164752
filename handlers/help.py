"""Help, greetings, and everything that is not (yet) a wish this bot can grant."""

from __future__ import annotations

from bot.cards.actions import ShowHelp
from bot.cards.help import TOPICS, greeting_card, help_card, not_understood_card, not_yet_card, unknown_command
from bot.dispatch.context import Context, Tap
from bot.dispatch.replies import Redraw, Replies, Say
from bot.dispatch.router import Router
from bot.domain.intent import Ask, Intent
from bot.language import commands

router = Router()
LATER = tuple(
    set(Ask)
    - {Ask.CREATE, Ask.FIND, Ask.AVAILABILITY, Ask.NEXT_GAP, Ask.UNDO, Ask.SETTINGS, Ask.HELP, Ask.GREET, Ask.NONE}
)


@router.ask(Ask.HELP)
async def show_help(intent: Intent, ctx: Context) -> Replies:
    """What can be asked, with examples; after a mistyped command the three nearest."""
    if ctx.unknown_command is not None:
        return Say(unknown_command(ctx.unknown_command, commands.nearest(ctx.unknown_command, among=TOPICS)))
    words = ctx.text.split()
    return Say(help_card(words[1] if words[:1] == ["/help"] and len(words) > 1 else None))


@router.ask(Ask.GREET)
async def greet(intent: Intent, ctx: Context) -> Replies:
    """Hello, and what this bot is for."""
    return Say(greeting_card(ctx.sender.name))


@router.ask(Ask.NONE)
async def not_understood(intent: Intent, ctx: Context) -> Replies:
    """Nothing to arrange was found in the words: say so once, with examples."""
    return Say(not_understood_card())


@router.ask(*LATER)
async def not_yet(intent: Intent, ctx: Context) -> Replies:
    """Understood, but not something this version does: say which wish it was and what works instead."""
    return Say(not_yet_card(intent.ask))


@router.tap(ShowHelp)
async def turn_page(tap: Tap, ctx: Context) -> Replies:
    """The help card with another topic."""
    assert isinstance(tap.action, ShowHelp)
    return Redraw(help_card(tap.action.topic or None))

"""Who may tap what. Anybody in a group sees a card; only the person who asked decides on it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps

from bot.cards.meeting import cancelled_card, meeting_card
from bot.dispatch.context import Context, Tap
from bot.dispatch.replies import Redraw, Replies, Toast
from bot.domain.draft import Draft, Status
from bot.i18n import T

Handler = Callable[[Tap, Context], Awaitable[Replies]]
DraftHandler = Callable[[Tap, Context, Draft], Awaitable[Replies]]


def owned(handler: DraftHandler) -> Handler:
    """The tapped card's draft is there and this person's; everybody else is told kindly, and nothing happens."""

    @wraps(handler)
    async def guarded(tap: Tap, ctx: Context) -> Replies:
        if tap.draft is None:
            return Toast(T("toast.gone"), "warning")
        if tap.draft.requester != ctx.sender.open_id:
            name = await ctx.services.people.name(tap.draft.requester, ctx.members)
            return Toast(T("toast.not_yours", name=name), "warning")
        return await handler(tap, ctx, tap.draft)

    return guarded


def open_draft(handler: DraftHandler) -> Handler:
    """As ``owned``, for a draft still undecided. A second tap on a decided one shows how it was decided."""

    @owned
    @wraps(handler)
    async def guarded(tap: Tap, ctx: Context, draft: Draft) -> Replies:
        if draft.status is Status.BOOKED:
            return Redraw(meeting_card(draft, now=ctx.now), toast=Toast(T("toast.already_booked"), "info"))
        if draft.status in (Status.CANCELLED, Status.UNDONE):
            return Redraw(cancelled_card(draft, now=ctx.now), toast=Toast(T("toast.already_closed"), "info"))
        return await handler(tap, ctx, draft)

    return guarded

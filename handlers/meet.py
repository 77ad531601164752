"""Arranging a meeting: from a sentence to a card with times, and every tap on it until a time is chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.cards.actions import (
    Again,
    BookAnyway,
    BookAsBot,
    CancelDraft,
    ChangeLength,
    Correct,
    OtherTimes,
    PickReading,
    PickSlot,
    Relax,
    SetPeople,
    SetTitle,
    SetWhen,
    SetWhenExact,
)
from bot.cards.ask import ask_people, ask_title, ask_when
from bot.cards.choices import ask_reading
from bot.cards.kit import Card
from bot.cards.login import login_over_card
from bot.cards.meeting import cancelled_card, meeting_card
from bot.cards.nothing import nothing_fits
from bot.cards.problem import notice_card, problem_card, time_problem
from bot.cards.slots import slot_picker
from bot.dispatch.context import Context, Tap
from bot.dispatch.replies import Redraw, Replies, Say, Toast
from bot.dispatch.router import Router
from bot.domain.draft import MAX_LENGTH, Draft, Status
from bot.domain.intent import Ask, Intent, Person, Sentence
from bot.domain.request import Problem, around, draft_again, draft_of, guests_of, problem_of, strangers, windows_of
from bot.domain.span import Span
from bot.errors import NeedsLogin
from bot.i18n import Names, T
from bot.language import understand
from handlers.ownership import open_draft, owned

router = Router()
LONGEST_TITLE = 1000  # characters the platform takes


@router.ask(Ask.CREATE, Ask.FIND)
async def propose(intent: Intent, ctx: Context) -> Replies:
    """Show what was understood and when it could be; nothing is written until a time is tapped."""
    if picked := _picked(intent, ctx):
        return await _book_in_words(*picked, ctx)
    draft = draft_of(
        intent,
        id_=ctx.draft_id,
        chat_id=ctx.chat_id,
        requester=ctx.sender,
        members=ctx.members,
        now=ctx.now,
        zone=ctx.zone,
    )
    if problem := problem_of(intent, ctx.now, ctx.zone):
        return _cannot(draft, problem, ctx)
    if unknown := strangers(intent.people):
        return Say(problem_card("strangers", {"names": Names(unknown), "count": len(unknown)}))
    if len(intent.choices) > 1:
        return Say(ask_reading(draft, intent.choices, now=ctx.now), keep=draft)
    card, draft = await _next_card(draft, ctx)
    return Say(card, keep=draft)


async def _next_card(draft: Draft, ctx: Context) -> tuple[Card, Draft]:
    """Ask for what is missing, one thing at a time; then the times."""
    if draft.missing[:1] == ("when",):
        return ask_when(draft, now=ctx.now), draft
    if draft.missing[:1] == ("people",):
        return ask_people(draft, candidates=[m.open_id for m in ctx.members if m.open_id]), draft
    draft, shortage = await ctx.services.scheduling.look(draft, now=ctx.now)
    if shortage is not None:
        return nothing_fits(draft, shortage, now=ctx.now), draft
    return slot_picker(draft, now=ctx.now), draft


def _cannot(draft: Draft, problem: Problem, ctx: Context) -> Say:
    card = time_problem(draft, problem.key, problem.suggestions, now=ctx.now)
    return Say(card, keep=replace(draft, asked=None, windows=(), missing=_without(draft, "when")))


async def _redraw(draft: Draft, ctx: Context) -> Redraw:
    """The next revision of the draft and its card."""
    card, draft = await _next_card(replace(draft, revision=draft.revision + 1), ctx)
    return Redraw(card, keep=draft)


@router.tap(PickSlot, BookAnyway, BookAsBot)
@open_draft
async def book(tap: Tap, ctx: Context, draft: Draft) -> Replies:
    """Make the event, after one last look that nobody has become busy meanwhile."""
    assert isinstance(tap.action, PickSlot | BookAnyway | BookAsBot)
    span = Span.of(tap.action.start, draft.length)
    if span not in {slot.span for slot in draft.slots}:
        return await _with_toast(draft, ctx, Toast(T("toast.stale"), "warning"))
    if isinstance(tap.action, BookAsBot):
        return await _book(draft, span, ctx, anyway=tap.action.anyway, by_bot=True)
    return await _book(draft, span, ctx, anyway=isinstance(tap.action, BookAnyway))


async def _book(draft: Draft, span: Span, ctx: Context, *, anyway: bool, by_bot: bool = False) -> Redraw:
    if span.start <= ctx.now:
        return await _with_toast(draft, ctx, Toast(T("toast.slot_past"), "warning"))
    draft, slot = await ctx.services.scheduling.recheck(draft, span)
    if slot.conflicts and not anyway:
        names = [guest.name for guest in draft.guests if guest.open_id in slot.conflicts]
        again = replace(draft, asked=span)
        return await _with_toast(again, ctx, Toast(T("toast.just_taken", names=Names(names)), "warning"))
    draft = replace(draft, revision=draft.revision + 1)
    try:
        booked = await ctx.services.scheduling.book(draft, span, ctx.run, by_bot=by_bot)
    except NeedsLogin:
        # They chose to act as themselves: the bot does not step in unasked.
        over = login_over_card(draft, span, anyway=anyway, now=ctx.now)
        return Redraw(over, keep=draft, toast=Toast(T("toast.login_over"), "warning"))
    return Redraw(meeting_card(booked, now=ctx.now), keep=booked, toast=Toast(T("toast.booked"), "success"))


def _picked(intent: Intent, ctx: Context) -> tuple[Draft, Span] | None:
    """The offered time that was picked in words: "the second one", or its hour and nothing else."""
    draft = ctx.draft
    if draft is None or draft.status is not Status.PROPOSED or draft.requester != ctx.sender.open_id:
        return None
    if intent.start is None or intent.people or intent.title or len(intent.choices) > 1:
        return None
    span = Span.of(intent.start, draft.length)
    return (draft, span) if span in {slot.span for slot in draft.slots} else None


async def _book_in_words(draft: Draft, span: Span, ctx: Context) -> Replies:
    """As if its button had been tapped; the card changes where it is, and the words get an answer of their own."""
    done = await _book(draft, span, ctx, anyway=False)
    return (done, Say(notice_card(done.toast.text))) if done.toast else done


@router.tap(OtherTimes)
@open_draft
async def others(tap: Tap, ctx: Context, draft: Draft) -> Replies:
    """Times that were not shown before."""
    draft = replace(draft, revision=draft.revision + 1)
    found, shortage = await ctx.services.scheduling.look(draft, now=ctx.now, others=True)
    if shortage is not None:
        return Redraw(nothing_fits(found, shortage, now=ctx.now), keep=found)
    return Redraw(slot_picker(found, now=ctx.now), keep=found)


@router.tap(ChangeLength)
@open_draft
async def change_length(tap: Tap, ctx: Context, draft: Draft) -> Replies:
    """The same request, shorter or longer."""
    assert isinstance(tap.action, ChangeLength)
    length = timedelta(minutes=tap.action.minutes)
    if not timedelta(0) < length <= MAX_LENGTH:
        return Toast(T("toast.stale"), "warning")
    asked = Span.of(draft.asked.start, length) if draft.asked else None
    return await _redraw(replace(draft, length=length, asked=asked), ctx)


@router.tap(Relax)
@open_draft
async def relax(tap: Tap, ctx: Context, draft: Draft) -> Replies:
    """Search again with one wish given up."""
    assert isinstance(tap.action, Relax)
    relaxed = ctx.services.scheduling.relaxed(draft, tap.action.by)
    return Toast(T("toast.stale"), "warning") if relaxed is None else await _redraw(relaxed, ctx)


@router.tap(PickReading)
@open_draft
async def pick_reading(tap: Tap, ctx: Context, draft: Draft) -> Replies:
    """The reading that was meant; an exact time goes on as one, a day or a stretch is searched."""
    assert isinstance(tap.action, PickReading)
    start, end = tap.action.start.astimezone(ctx.zone), tap.action.end
    if start <= ctx.now and not tap.action.all_day:
        return Toast(T("toast.slot_past"), "warning")
    if tap.action.all_day:
        windows: tuple[Span, ...] = (Span(max(start, ctx.now), end or start + timedelta(days=1)),)
        return await _redraw(
            replace(draft, all_day=False, windows=windows, asked=None, missing=_without(draft, "when")), ctx
        )
    return await _redraw(_asked_at(draft, Span(start, end) if end else Span.of(start, draft.length), ctx), ctx)


@router.tap(SetWhen)
@open_draft
async def set_when(tap: Tap, ctx: Context, draft: Draft) -> Replies:
    """An answer in words, read as if typed."""
    assert isinstance(tap.action, SetWhen)
    intent = understand(Sentence(f"/find {tap.action.words}", ctx.now.astimezone(ctx.zone), sender=ctx.sender))
    windows = windows_of(intent, ctx.now, ctx.zone)
    if not windows:
        return Toast(T("toast.slot_past"), "warning")
    return await _redraw(
        replace(draft, all_day=False, windows=windows, asked=None, missing=_without(draft, "when")), ctx
    )


@router.tap(SetWhenExact)
@open_draft
async def set_when_exact(tap: Tap, ctx: Context, draft: Draft) -> Replies:
    """An answer by the picker."""
    assert isinstance(tap.action, SetWhenExact)
    if tap.action.when is None:
        return Toast(T("toast.pick_time"), "warning")
    if tap.action.when <= ctx.now:
        return Toast(T("toast.slot_past"), "warning")
    return await _redraw(_asked_at(draft, Span.of(tap.action.when, draft.length), ctx), ctx)


@router.tap(SetPeople)
@open_draft
async def set_people(tap: Tap, ctx: Context, draft: Draft) -> Replies:
    """An answer to "with whom?"; nobody means only the requester, ``*`` everybody here."""
    assert isinstance(tap.action, SetPeople)
    people = [Person(await ctx.services.people.name(who, ctx.members), who) if who != "*" else Person("*")
              for who in tap.action.people]  # fmt: skip
    guests = guests_of(people, ctx.sender, ctx.members)
    return await _redraw(replace(draft, guests=guests, missing=_without(draft, "people")), ctx)


@router.tap(Correct)
@open_draft
async def correct(tap: Tap, ctx: Context, draft: Draft) -> Replies:
    """What was misunderstood is asked again; everything else stays."""
    assert isinstance(tap.action, Correct)
    slot = tap.action.slot
    misread = "when" if slot == "repeats" else slot  # its words are no longer what the card was made from
    draft = replace(draft, receipts=tuple(each for each in draft.receipts if each.slot != misread))
    if not draft.windows:  # a card of readings: none of them was picked yet
        draft = replace(draft, missing=("when", *_without(draft, "when")))
    if slot == "title":
        draft = replace(draft, revision=draft.revision + 1)
        return Redraw(ask_title(draft), keep=draft)
    if slot == "repeats":
        return await _redraw(replace(draft, rrule=None), ctx)
    if slot not in ("when", "people"):
        return Toast(T("toast.stale"), "warning")
    return await _redraw(replace(draft, missing=(slot, *_without(draft, slot))), ctx)


@router.tap(SetTitle)
@open_draft
async def set_title(tap: Tap, ctx: Context, draft: Draft) -> Replies:
    """The title as typed."""
    assert isinstance(tap.action, SetTitle)
    title = " ".join((tap.action.title or "").split())[:LONGEST_TITLE]
    return await _redraw(replace(draft, title=title or draft.title), ctx)


@router.tap(CancelDraft)
@open_draft
async def cancel(tap: Tap, ctx: Context, draft: Draft) -> Replies:
    """Forget it; nothing was written."""
    gone = replace(draft, status=Status.CANCELLED, revision=draft.revision + 1)
    return Redraw(cancelled_card(gone, now=ctx.now), keep=gone)


@router.tap(Again)
@owned
async def again(tap: Tap, ctx: Context, draft: Draft) -> Replies:
    """The same request once more, as a new draft on a new card."""
    asked = draft.asked if draft.asked and draft.asked.start > ctx.now else None
    windows = tuple(Span(max(w.start, ctx.now), w.end) for w in draft.windows if w.end > ctx.now)
    missing = draft.missing if windows else ("when", *_without(draft, "when"))
    fresh = draft_again(draft, id_=ctx.draft_id, asked=asked, windows=windows, missing=missing)
    card, fresh = await _next_card(fresh, ctx)
    return Say(card, keep=fresh)


async def _with_toast(draft: Draft, ctx: Context, toast: Toast) -> Redraw:
    return replace(await _redraw(draft, ctx), toast=toast)


def _asked_at(draft: Draft, asked: Span, ctx: Context) -> Draft:
    windows = around(asked.start, ctx.now, ctx.zone)
    return replace(
        draft, all_day=False, asked=asked, length=asked.length, windows=windows, missing=_without(draft, "when")
    )


def _without(draft: Draft, answered: str) -> tuple[str, ...]:
    return tuple(each for each in draft.missing if each != answered)

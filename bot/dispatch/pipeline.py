"""From a stored update to its reply: read the words, ask the handler, carry out what it returned, each step once."""

from __future__ import annotations

import asyncio
import hashlib
import json
from dataclasses import replace
from typing import Any, Literal

import msgspec

from bot import log
from bot.cards import kit
from bot.cards.actions import Action, StaleAction, TryWords, unpack
from bot.cards.problem import error_card
from bot.dispatch import logins
from bot.dispatch.context import Context, Services, Tap
from bot.dispatch.deadline import Deadlines
from bot.dispatch.replies import Redraw, Replies, Say, Toast, Whisper, flattened
from bot.dispatch.router import Router
from bot.domain.draft import Draft
from bot.domain.intent import Ask, Choice, Intent, KnownEvent, Person, Sentence
from bot.errors import BotError, NeedsLogin, PlatformError
from bot.feishu.client import Feishu
from bot.feishu.im import Message
from bot.feishu.inbound import CardTapped, MessageReceived, TokenRevoked, Update
from bot.i18n import T, all_locales
from bot.language import commands, understand
from bot.metrics import Metrics
from bot.store.drafts import Drafts
from bot.store.engine import Engine, Job, Run

TELL_AT = 3  # the attempt at which a fault of ours is admitted to the person instead of tried again
Commits = list[tuple[Draft | None, str | None]]  # drafts to write, and the message that shows each
KINDS: dict[type[Any], str] = {MessageReceived: "message", CardTapped: "tap"}
logger = log.get(__name__)


async def enqueue(engine: Engine, update: Update) -> Job | None:
    """Store the update under its key; None when it was here before, or when nobody handles its kind."""
    if isinstance(update, TokenRevoked):
        return await logins.enqueue_end(engine, update)
    if not isinstance(update, MessageReceived | CardTapped):
        logger.info("update_without_handler", update=update)
        return None
    return await engine.accept(KINDS[type(update)], update.dedup_key, msgspec.json.encode(update), lane=update.chat_id)


class Pipeline:
    """The work of the engine: one call a job. An error it raises makes the engine try the job again later."""

    def __init__(
        self,
        router: Router,
        services: Services,
        feishu: Feishu,
        deadlines: Deadlines,
        metrics: Metrics,
        *,
        language: str,
    ) -> None:
        self._language = language  # of a sentence whose words do not tell: 会議室 in kanji alone
        self._router, self._services, self._feishu = router, services, feishu
        self._deadlines, self._metrics = deadlines, metrics

    async def __call__(self, run: Run) -> None:
        """Handle one job."""
        with self._metrics.handled.time():
            match run.job.kind:
                case "message":
                    await self._message(run, msgspec.json.decode(run.job.payload, type=MessageReceived))
                case logins.BEGUN:
                    await logins.begin(run, self._services.identity, self._feishu)
                case logins.ENDED:
                    await logins.end(run, self._services.identity)
                case _:
                    await self._tap(run, msgspec.json.decode(run.job.payload, type=CardTapped))
        self._metrics.updates.labels(run.job.kind, "done").inc()

    async def _message(self, run: Run, message: MessageReceived) -> None:
        ctx = await self._context(run, message.sender.open_id, message.chat_id, message.chat_type == "group")
        ctx = replace(ctx, now=message.created, text=message.text)
        replies = flattened(await self._guarded(run, self._ask(ctx, message), message.sender.open_id, ctx.is_group))
        commits: Commits = []
        for number, reply in enumerate(replies):
            if isinstance(reply, Say):
                sent = await self._say(run, number, message, reply)
                commits.append((reply.keep, sent))
            elif isinstance(reply, Whisper):
                await self._whisper(run, number, message.sender.open_id, reply)
            elif isinstance(reply, Redraw) and reply.keep is not None:
                await self._patch(run, number, await self._card_of(reply.keep), reply)
                commits.append((reply.keep, None))
        await run.finish(lambda connection: _keep(Drafts(connection), commits))

    async def _tap(self, run: Run, tap: CardTapped) -> None:
        replies = flattened(await self._guarded(run, self._answer(run, tap), tap.operator.open_id, tapped=True))
        answer: dict[str, Any] = {}
        commits: Commits = []
        for number, reply in enumerate(replies):
            match reply:
                case Toast():
                    answer["toast"] = _toast(reply)
                case Redraw():
                    if reply.toast is not None:
                        answer["toast"] = _toast(reply.toast)
                    if self._deadlines.open(tap.dedup_key) and run.job.attempt == 1:
                        answer["card"] = {"type": "raw", "data": kit.render(reply.card)}
                    else:
                        await self._patch(run, number, tap.message_id, reply)
                    commits.append((reply.keep, tap.message_id))
                case Whisper():
                    await self._whisper(run, number, tap.operator.open_id, reply)
                case Say():
                    sent = await self._say(run, number, tap, reply)
                    commits.append((reply.keep, sent))
        result = json.dumps(answer, ensure_ascii=False).encode()
        await run.finish(lambda connection: _keep(Drafts(connection), commits), result=result)

    async def _ask(self, ctx: Context, message: MessageReceived) -> Replies:
        """What the words mean, and what the handler of that meaning says."""
        draft = await self._draft_at_hand(message)
        sentence = Sentence(
            text=ctx.text,
            now=ctx.now.astimezone(ctx.zone),
            lang=self._language,
            sender=ctx.sender,
            members=ctx.members,
            mentions=tuple(Person(m.name, m.open_id) for m in message.mentions if not m.is_bot),
            event=_known_event(draft, ctx),
            options=_options(draft, ctx),
        )
        return await self._handle(sentence, replace(ctx, draft=draft))

    async def _handle(self, sentence: Sentence, ctx: Context) -> Replies:
        named = commands.head(sentence.text)
        if named in self._router.commands:
            return await self._router.commands[named](ctx)
        unknown = named if named is not None and named not in commands.COMMANDS else None
        intent = Intent(Ask.HELP) if unknown else understand(sentence)
        ctx = replace(ctx, unknown_command=unknown)
        handler = self._router.asks.get(intent.ask) or self._router.asks[Ask.NONE]
        return await handler(intent, ctx)

    async def _answer(self, run: Run, tap: CardTapped) -> Replies:
        try:
            action = unpack(tap.value, option=tap.option, form=tap.form)
        except StaleAction as stale:
            logger.info("stale_action", why=stale.why)
            return Toast(T("toast.stale"), "warning")
        ctx = await self._context(run, tap.operator.open_id, tap.chat_id, is_group=None)
        if tap.timezone and await self._services.people.learn_zone(tap.operator.open_id, tap.timezone, said=False):
            ctx = replace(ctx, zone=await self._services.people.zone(tap.operator.open_id))
        ctx = replace(ctx, now=tap.created)
        if isinstance(action, TryWords):
            words = replace(ctx, text=action.words)
            return await self._handle(
                Sentence(action.words, ctx.now.astimezone(ctx.zone), sender=ctx.sender, members=ctx.members), words
            )
        handler = self._router.taps.get(type(action))
        if handler is None:
            return Toast(T("toast.stale"), "warning")
        return await handler(Tap(action, tap.message_id, await self._draft_of(action)), ctx)

    async def _guarded(
        self, run: Run, replies: Any, asker: str, in_group: bool = False, *, tapped: bool = False
    ) -> Replies:
        """Errors made for people become a card or a toast; passing troubles are the engine's to repeat."""
        try:
            answer: Replies = await replies
        except BotError as error:
            return _sorry(T(error.key, **error.values), "warning", tapped)
        except NeedsLogin as error:
            return logins.offer(self._services.identity, error, asker, in_group=in_group, tapped=tapped)
        except PlatformError as error:
            if error.passing and not run.last_attempt:
                raise
            self._metrics.failures.labels(type(error).__name__).inc()
            logger.error("platform_refused", code=error.code, detail=str(error), operator=error.operator)
            return _sorry(T(error.key, **error.values), "error", tapped)
        except Exception as error:
            if run.job.attempt < TELL_AT:
                raise
            self._metrics.failures.labels(type(error).__name__).inc()
            logger.exception("handler_failed", kind=run.job.kind, key=run.job.key)
            return _sorry(T("problem.unexpected"), "error", tapped)
        return answer

    async def _context(self, run: Run, open_id: str, chat_id: str, is_group: bool | None) -> Context:
        people = self._services.people
        if is_group is None:
            is_group = await people.is_group(chat_id)
        members, zone = await asyncio.gather(
            _nobody() if not is_group else people.members(chat_id), people.zone(open_id)
        )
        return Context(
            run=run,
            now=run.job.run_at,
            zone=zone,
            sender=Person(await people.name(open_id, members), open_id),
            chat_id=chat_id,
            is_group=is_group,
            services=self._services,
            members=members,
            draft_id=hashlib.sha256(f"{run.job.kind}:{run.job.key}".encode()).hexdigest()[:16],
        )

    async def _draft_at_hand(self, message: MessageReceived) -> Draft | None:
        """What "it" means: the card replied to, else the person's latest draft here."""
        drafts = self._services.drafts
        for message_id in (message.parent_id, message.root_id):
            if message_id and (draft := await drafts.of_message(message_id)):
                return draft
        return await drafts.last_in_chat(message.chat_id, message.sender.open_id)

    async def _draft_of(self, action: Action) -> Draft | None:
        draft_id = getattr(action, "draft", None)
        return await self._services.drafts.get(draft_id) if draft_id else None

    async def _card_of(self, draft: Draft) -> str | None:
        return await self._services.drafts.message_of(draft.id)

    async def _say(self, run: Run, number: int, update: MessageReceived | CardTapped, reply: Say) -> str:
        content = kit.render(reply.card)
        sent = await run.once(
            f"say:{number}",
            lambda key: self._feishu.im.reply(
                update.message_id, "interactive", content, uuid=key, chat_id=update.chat_id
            ),
            type=Message,
        )
        return sent.message_id

    async def _whisper(self, run: Run, number: int, open_id: str, reply: Whisper) -> None:
        content = kit.render(reply.card)
        await run.once(
            f"whisper:{number}",
            lambda key: self._feishu.im.create(open_id, "open_id", "interactive", content, uuid=key),
            type=Message,
        )

    async def _patch(self, run: Run, number: int, message_id: str | None, reply: Redraw) -> None:
        if message_id is None:
            return
        card = kit.render(reply.card)

        async def patch(_: str) -> bool:
            await self._feishu.im.patch(message_id, card)
            return True

        await run.once(f"patch:{number}", patch, type=bool)


def _sorry(text: T, kind: Literal["warning", "error"], tapped: bool) -> Toast | Say:
    """What went wrong, where the person is looking: at the button, or at the chat."""
    return Toast(text, kind) if tapped else Say(error_card(text))


async def _nobody() -> tuple[Person, ...]:
    return ()


def _keep(drafts: Drafts, commits: Commits) -> None:
    for draft, message_id in commits:
        if draft is not None:
            drafts.put(draft, message_id=message_id)


def _toast(toast: Toast) -> dict[str, Any]:
    return {"type": toast.kind, **all_locales(toast.text)}


def _known_event(draft: Draft | None, ctx: Context) -> KnownEvent | None:
    if draft is None or draft.chosen is None:
        return None
    return KnownEvent(
        title=draft.title,
        start=draft.chosen.start.astimezone(ctx.zone),
        end=draft.chosen.end.astimezone(ctx.zone),
        rrule=draft.rrule,
        people=tuple(Person(g.name, g.open_id, g.optional) for g in draft.guests),
    )


def _options(draft: Draft | None, ctx: Context) -> tuple[Choice, ...]:
    if draft is None or draft.chosen is not None:
        return ()
    return tuple(
        Choice(slot.span.start.astimezone(ctx.zone), slot.span.end.astimezone(ctx.zone)) for slot in draft.slots
    )

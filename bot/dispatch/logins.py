"""Logins on their way through: offered where a call needs one, begun and ended as durable work like any update."""

from __future__ import annotations

import msgspec

from bot import log
from bot.cards import kit
from bot.cards.login import logged_in_card, login_card
from bot.cards.problem import error_card, notice_card
from bot.dispatch.replies import Replies, Say, Toast, Whisper
from bot.errors import BotError, NeedsLogin, PlatformError
from bot.feishu.client import Feishu
from bot.feishu.inbound import TokenRevoked
from bot.i18n import T
from bot.services.identity import Identity
from bot.store.engine import Engine, Job, Run
from bot.store.tokens import Tokens

BEGUN, ENDED = "login", "login_ended"
DONE = b"{}"
logger = log.get(__name__)


async def enqueue_begin(engine: Engine, key: str, open_id: str, sealed: bytes) -> Job | None:
    """Store that somebody logged in; None when this way in was used before."""
    return await engine.accept(BEGUN, key, sealed, lane=open_id)


async def enqueue_end(engine: Engine, update: TokenRevoked) -> Job | None:
    """Store that what somebody granted is void."""
    payload = msgspec.json.encode(update)
    return await engine.accept(ENDED, update.dedup_key, payload, lane=update.person.open_id)


async def begin(run: Run, identity: Identity, feishu: Feishu) -> None:
    """Keep the tokens together with the end of the job, then tell the person; the page they are on tells it too."""
    row = identity.row(run.job.payload)
    await run.finish(lambda connection: Tokens(connection).put(row), result=DONE)
    try:
        card = kit.render(logged_in_card())
        await feishu.im.create(row.open_id, "open_id", "interactive", card, uuid=run.key("told"))
    except PlatformError as error:
        logger.warning("login_not_told", person=row.open_id, detail=str(error))


async def end(run: Run, identity: Identity) -> None:
    """What was granted before is void."""
    revoked = msgspec.json.decode(run.job.payload, type=TokenRevoked)
    renewable = bool(revoked.kinds) and "refresh_token" not in revoked.kinds
    await identity.end(revoked.person.open_id, at=revoked.created, renewable=renewable)
    await run.finish(lambda connection: None, result=DONE)


def offer(identity: Identity, error: NeedsLogin, asker: str, *, in_group: bool, tapped: bool) -> Replies:
    """The login button for whoever needs it, shown to nobody else. Another person's login is theirs to renew."""
    if error.person not in ("", asker):
        text = T("error.others_login")
        return Toast(text, "warning") if tapped else Say(error_card(text))
    try:
        card = login_card(identity.link(asker, error.scopes), T(error.key))
    except BotError as off:
        text = T(off.key, **off.values)
        return Toast(text, "warning") if tapped else Say(error_card(text))
    if tapped:
        return [Toast(T("toast.login_sent"), "warning"), Whisper(card)]
    return [Say(notice_card(T("login.wrote_privately"))), Whisper(card)] if in_group else Say(card)

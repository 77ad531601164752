"""When people are taken: any number of people, any stretch of time, asked in as few calls as the platform allows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.domain.draft import Busy
from bot.domain.span import Span
from bot.errors import Forbidden, InvalidRequest, MissingScope, NotFound, PlatformError
from bot.feishu.calendar_endpoints import FREEBUSY_BATCH, FREEBUSY_LIST
from bot.feishu.identity import APP, Identity
from bot.feishu.parallel import batches, pieces, together
from bot.feishu.transport import Caller
from bot.feishu.wire import Answer

PEOPLE_PER_CALL = 10
SPAN_PER_CALL = timedelta(days=14)

BusyTimes = dict[str, tuple[Busy, ...] | None]


class _Item(Answer, frozen=True):
    start_time: datetime
    end_time: datetime
    rsvp_status: str = ""


class _Person(Answer, frozen=True):
    user_id: str
    freebusy_items: tuple[_Item, ...] = ()


class _Batch(Answer, frozen=True):
    freebusy_lists: tuple[_Person, ...] = ()


class _List(Answer, frozen=True):
    freebusy_list: tuple[_Item, ...] = ()


class FreeBusy:
    """Asks for free/busy. A calendar that cannot be read is None, which is never the same as free."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def __call__(self, open_ids: Iterable[str], span: Span, *, as_: Identity = APP) -> BusyTimes:
        """When each of these people is taken within ``span``; all calls go out side by side."""
        people = list(dict.fromkeys(open_ids))
        answers = await together(
            self._batch(group, piece, as_)
            for piece in pieces(span, SPAN_PER_CALL)
            for group in batches(people, PEOPLE_PER_CALL)
        )
        found: dict[str, set[Busy] | None] = {}
        for answer in answers:
            for who, busy in answer.items():
                known = found.get(who, set())
                found[who] = None if known is None or busy is None else known | set(busy)
        return {who: _in_order(taken) if (taken := found.get(who)) is not None else None for who in people}

    async def _batch(self, people: Sequence[str], span: Span, as_: Identity) -> BusyTimes:
        body = {**_window(span), "user_ids": list(people)}
        try:
            found = await self._caller.call(FREEBUSY_BATCH, _Batch, body=body, as_=as_, user_id_type="open_id")
        except PlatformError as error:
            if not is_about_people(error):
                raise
            # One unreadable person spoils the whole batch: halve it until it is known who.
            if len(people) == 1:
                return {people[0]: None}
            middle = len(people) // 2
            halves = await together([self._batch(people[:middle], span, as_), self._batch(people[middle:], span, as_)])
            return halves[0] | halves[1]
        busy: BusyTimes = {person.user_id: _busy(person.freebusy_items, span) for person in found.freebusy_lists}
        left_out = [who for who in people if who not in busy]
        # The pages do not say what being left out means; asked alone, a person is either answered or refused.
        for who, alone in zip(left_out, await together(self._one(who, span, as_) for who in left_out), strict=True):
            busy[who] = alone
        return busy

    async def _one(self, who: str, span: Span, as_: Identity) -> tuple[Busy, ...] | None:
        body = {**_window(span), "user_id": who}
        try:
            found = await self._caller.call(FREEBUSY_LIST, _List, body=body, as_=as_, user_id_type="open_id")
        except PlatformError as error:
            if not is_about_people(error):
                raise
            return None
        return _busy(found.freebusy_list, span)


def is_about_people(error: PlatformError) -> bool:
    """Whether a refusal is about somebody in the list rather than about us or the whole call."""
    if isinstance(error, InvalidRequest):
        return any(field.startswith("user_id") for field in error.fields)
    return isinstance(error, NotFound | Forbidden) and not isinstance(error, MissingScope) and not error.operator


def _window(span: Span) -> dict[str, object]:
    return {
        "time_min": span.start.isoformat(timespec="seconds"),
        "time_max": span.end.isoformat(timespec="seconds"),
        "need_rsvp_status": True,
    }


def _busy(items: Iterable[_Item], span: Span) -> tuple[Busy, ...]:
    taken = []
    for item in items:
        if item.rsvp_status in ("decline", "removed") or item.end_time <= item.start_time:
            continue
        inside = Span(item.start_time, item.end_time).intersection(span)
        if inside is not None:
            taken.append(Busy(inside, tentative=item.rsvp_status in ("needs_action", "tentative")))
    return _in_order(taken)


def _in_order(busy: Iterable[Busy]) -> tuple[Busy, ...]:
    return tuple(sorted(busy, key=lambda taken: (taken.span, taken.tentative)))

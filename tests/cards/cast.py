"""The people and drafts of the golden cards. Now is Wednesday, 18 November 2026, ten o'clock in Shanghai."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.draft import Busy, Draft, Guest, Reason, Receipt, Slot, Standing, Status
from bot.domain.span import Span

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 18, 10, 0, tzinfo=SHANGHAI)

MEI = Guest("ou_0000000000000000000000000000a001", "李梅", organizer=True)
BOB = Guest("ou_0000000000000000000000000000a002", "Bob")
ALICE = Guest("ou_0000000000000000000000000000a003", "Alice")
HANAKO = Guest("ou_0000000000000000000000000000a004", "山田 花子", optional=True)
PEOPLE = (MEI, BOB, ALICE, HANAKO)


def at(day: int, hour: int, minute: int = 0, *, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


def span(day: int, hour: int, minute: int = 0, *, minutes: int = 30) -> Span:
    return Span.of(at(day, hour, minute), timedelta(minutes=minutes))


BUSY = {
    MEI.open_id: (Busy(span(19, 9, minutes=60)),),
    BOB.open_id: (Busy(span(19, 14, 30, minutes=90)),),
    ALICE.open_id: (Busy(span(19, 11)), Busy(span(19, 15, 15, minutes=60), tentative=True)),
    HANAKO.open_id: None,
}


def slot(day: int, hour: int, minute: int = 0, *, tier: str = "A", reasons: tuple[Reason, ...] = ()) -> Slot:
    """A slot with everybody's standing read off ``BUSY``."""
    when = span(day, hour, minute)
    standing = {}
    for guest in PEOPLE:
        taken = BUSY[guest.open_id]
        hits = [item.tentative for item in taken or () if item.span.overlaps(when)]
        standing[guest.open_id] = (
            Standing.UNKNOWN
            if taken is None
            else Standing.BUSY
            if False in hits
            else Standing.TENTATIVE
            if hits
            else Standing.FREE
        )
    return Slot(when, tier, 90.0, standing, reasons)


DRAFT = Draft(
    id="d41d8cd98f00b204",
    chat_id="oc_0000000000000000000000000000c001",
    requester=MEI.open_id,
    title="过一下方案",
    guests=PEOPLE,
    length=timedelta(minutes=30),
    windows=(span(19, 0, minutes=24 * 60),),
    zone="Asia/Shanghai",
    receipts=(Receipt("when", "明天下午3点"), Receipt("people", "@Bob @Alice @花子"), Receipt("title", "过一下方案")),
    busy=BUSY,
)
BOOKED = replace(
    DRAFT,
    status=Status.BOOKED,
    chosen=span(19, 16, 30),
    event_id="7f9a1c2e-0000-4000-8000-000000000001_0",
    calendar_id="feishu.cn_daylark@group.calendar.feishu.cn",
    event_url="https://applink.feishu.cn/client/calendar/event/detail?id=1",
    meeting_url="https://vc.feishu.cn/j/123456789",
    joined={BOB.open_id: "accept", ALICE.open_id: "decline", HANAKO.open_id: "needs_action"},
)

NASTY_TITLE = (
    "**bold** <at id=all></at> [x](https://evil.example) `code` :OK: # 1. 标题\n---\n~~s~~ <font color='red'>r</font>"
)

"""Reserved video meeting numbers: neither a room nor an event, and invisible in calendars."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.emulator.kernel import Refusal

if TYPE_CHECKING:
    from bot.emulator.calendars import Calendars

Json = dict[str, Any]
LONGEST = timedelta(days=30)
MOST_HOSTS = 10
PASSWORD = re.compile(r"|\d{4,9}")
BAD, MISSING, NOT_YOURS, TOO_MANY_HOSTS, BAD_PASSWORD = 121003, 121004, 121005, 123003, 123006


@dataclass(slots=True)
class Reserve:
    """One number, for one owner, until it expires."""

    reserve_id: str
    number: str
    by: str  # who reserved: a person's or the bot's open_id
    owner: str
    end: int
    settings: Json = field(default_factory=dict)


class Reserves:
    """All reserved numbers of the tenant."""

    def __init__(self, calendars: Calendars) -> None:
        self.calendars = calendars
        self.reserves: dict[str, Reserve] = {}

    def apply(self, by: str, owner: str, end: str | None, settings: Json) -> Reserve:
        ids = self.calendars.world.ids
        self._check(settings)
        reserve = Reserve(ids.digits("reserve"), ids.digits("video", 9), by, owner, self._end(end), settings)
        self.reserves[reserve.reserve_id] = reserve
        return reserve

    def own(self, by: str, reserve_id: str) -> Reserve:
        reserve = self.reserves.get(reserve_id)
        if reserve is None:
            raise Refusal(MISSING)
        if reserve.by != by:
            raise Refusal(NOT_YOURS)
        return reserve

    def renew(self, reserve: Reserve, end: str | None, settings: Json) -> None:
        self._check(settings)
        if end is not None:
            reserve.end = self._end(end)
        reserve.settings |= settings

    def strangers(self, settings: Json) -> list[str]:
        """Hosts the tenant does not know: told, not refused."""
        hosts = [one.get("id") or "" for one in settings.get("assign_host_list") or ()]
        return [host for host in hosts if host not in self.calendars.world.users]

    def expired(self, reserve: Reserve) -> bool:
        return reserve.end <= self.calendars.world.clock.now().timestamp()

    def _end(self, text: str | None) -> int:
        now = self.calendars.world.clock.now()
        latest = int((now + LONGEST).timestamp())
        if not text:
            return latest
        if not text.isdigit() or not now.timestamp() < int(text) <= latest:
            raise Refusal(BAD, msg="end_time lies between now and thirty days from now")
        return int(text)

    def _check(self, settings: Json) -> None:
        if len(settings.get("assign_host_list") or ()) > MOST_HOSTS:
            raise Refusal(TOO_MANY_HOSTS)
        if not PASSWORD.fullmatch(settings.get("password") or ""):
            raise Refusal(BAD_PASSWORD)

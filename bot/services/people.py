"""Who is who: members of a chat, people's names, the zone each of them lives in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.clock import Clock
from bot.domain.intent import Person
from bot.feishu.client import Feishu
from bot.services.cache import Recent
from bot.store.db import Db
from bot.store.profiles import Profile, Profiles

MEMBERS_FOR = timedelta(minutes=5)


class People:
    """Names come from the platform; zones are ours to learn, since no call of the platform tells them."""

    def __init__(self, feishu: Feishu, db: Db, clock: Clock, *, default_zone: str) -> None:
        self._feishu, self._db, self._default = feishu, db, ZoneInfo(default_zone)
        self._members: Recent[str, tuple[Person, ...]] = Recent(clock, MEMBERS_FOR)
        self._names: Recent[str, str] = Recent(clock, timedelta(hours=1))
        self._groups: Recent[str, bool] = Recent(clock, timedelta(hours=1))

    async def members(self, chat_id: str) -> tuple[Person, ...]:
        """Everybody in a group, the bot left out, as the platform lists them."""
        known = self._members.get(chat_id)
        if known is None:
            known = tuple([Person(m.name, m.open_id) async for m in self._feishu.im.members(chat_id)])
            self._members.put(chat_id, known)
        return known

    async def is_group(self, chat_id: str) -> bool:
        """Whether a chat is a group; a tap does not say."""
        known = self._groups.get(chat_id)
        if known is None:
            known = (await self._feishu.im.chat(chat_id)).chat_mode != "p2p"
            self._groups.put(chat_id, known)
        return known

    async def name(self, open_id: str, among: Iterable[Person] = ()) -> str:
        """A person's name: from the people at hand, else from the contacts, else the empty string."""
        for person in among:
            if person.open_id == open_id:
                return person.name
        known = self._names.get(open_id)
        if known is None:
            users = await self._feishu.contact.users([open_id])
            known = users[open_id].name if open_id in users else ""
            self._names.put(open_id, known)
        return known

    async def zone(self, open_id: str) -> ZoneInfo:
        """The zone a person told us or taps from, else the default."""
        return (await self.zones([open_id]))[open_id]

    async def zones(self, open_ids: Iterable[str]) -> dict[str, ZoneInfo]:
        """The same for several people, in one look."""
        wanted = list(open_ids)
        profiles = await self._db.tx(lambda connection: Profiles(connection).several(wanted))
        return {who: _zone(profiles.get(who)) or self._default for who in wanted}

    async def learn_zone(self, open_id: str, name: str, *, said: bool) -> bool:
        """Remember a zone; one from a device never replaces one that was said. Answers whether it is a zone."""
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return False
        source = "said" if said else "device"

        def learn(profiles: Profiles) -> None:
            before = profiles.get(open_id)
            if said or before is None or before.zone_source != "said":
                profiles.put(Profile(open_id=open_id, zone=name, zone_source=source))

        await self._db.tx(lambda connection: learn(Profiles(connection)))
        return True


def _zone(profile: Profile | None) -> ZoneInfo | None:
    return ZoneInfo(profile.zone) if profile is not None and profile.zone else None

"""What people told us about themselves: the platform knows neither their zone nor their hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from bot.store.codec import decode, encode
from bot.store.schema import profiles


@dataclass(frozen=True, slots=True)
class Profile:
    """One person's settings; None means not known. ``zone_source`` is ``said`` or ``device``."""

    open_id: str
    zone: str | None = None
    zone_source: str | None = None
    language: str | None = None
    body: Mapping[str, Any] | None = None  # working hours and other wishes


class Profiles:
    """The profiles table inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, open_id: str) -> Profile | None:
        return self.several([open_id]).get(open_id)

    def several(self, open_ids: Sequence[str]) -> dict[str, Profile]:
        """The profiles that exist, by open_id."""
        rows = self._connection.execute(select(profiles).where(profiles.c.open_id.in_(list(open_ids))))
        return {row.open_id: _profile(row) for row in rows}

    def put(self, profile: Profile) -> None:
        """Write what is known; a field that is None leaves what was known before."""
        told: dict[str, Any] = {"zone": profile.zone, "zone_source": profile.zone_source, "language": profile.language}
        values = {name: value for name, value in told.items() if value is not None}
        if profile.body is not None:
            values["body"] = encode(profile.body).decode()
        here = profiles.c.open_id == profile.open_id
        if self._connection.execute(select(profiles.c.open_id).where(here)).one_or_none() is None:
            new = {"body": "{}", **values}
            self._connection.execute(insert(profiles).values(open_id=profile.open_id, **new))
        elif values:
            self._connection.execute(update(profiles).where(here).values(values))


def _profile(row: Row[Any]) -> Profile:
    return Profile(row.open_id, row.zone, row.zone_source, row.language, decode(row.body))

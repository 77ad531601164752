"""People's names and mail addresses, as far as the app may see them."""

from __future__ import annotations

from collections.abc import Iterable

from bot.feishu.endpoint import Endpoint
from bot.feishu.identity import APP, Identity
from bot.feishu.parallel import batches, together
from bot.feishu.transport import Caller
from bot.feishu.wire import Answer

USERS_PER_CALL = 50

USERS = Endpoint(
    name="contact.v3.user.batch", feature="people", sdk="contact.v3:BatchUserRequest", repeatable=True,
    scopes=("contact:contact.base:readonly",), doc="contact-v3/user/batch",
)  # fmt: skip


class Person(Answer, frozen=True):
    """Somebody of the tenant. Fields the app has no scope for are empty."""

    open_id: str
    union_id: str = ""
    user_id: str = ""
    name: str = ""
    en_name: str = ""
    email: str = ""
    enterprise_email: str = ""
    city: str = ""
    country: str = ""
    work_station: str = ""
    job_title: str = ""
    leader_user_id: str = ""


class _People(Answer, frozen=True):
    items: tuple[Person, ...] = ()


class Contact:
    """Who is behind an id."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def users(self, open_ids: Iterable[str], *, as_: Identity = APP) -> dict[str, Person]:
        """Persons by open_id, 50 per call, all calls side by side. Whom the app may not see is left out."""
        wanted = list(dict.fromkeys(open_ids))
        pages = await together(
            self._caller.call(USERS, _People, as_=as_, user_ids=batch, user_id_type="open_id")
            for batch in batches(wanted, USERS_PER_CALL)
        )
        return {person.open_id: person for page in pages for person in page.items}

"""People's names and mail addresses, as far as the app may see them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable

from bot.feishu.endpoint import Endpoint
from bot.feishu.identity import APP, Identity
from bot.feishu.paging import pages
from bot.feishu.parallel import batches, together
from bot.feishu.transport import Caller
from bot.feishu.wire import Answer

USERS_PER_CALL = 50
EMAILS_PER_CALL = 50
USERS_PER_PAGE = 50
HITS_PER_PAGE = 200

USERS = Endpoint(
    name="contact.v3.user.batch", feature="people", sdk="contact.v3:BatchUserRequest", repeatable=True,
    scopes=("contact:contact.base:readonly",), doc="contact-v3/user/batch",
)  # fmt: skip

IDS = Endpoint(
    name="contact.v3.user.batch_get_id", feature="people by e-mail", sdk="contact.v3:BatchGetIdUserRequest",
    repeatable=True, scopes=("contact:user.id:readonly",), doc="contact-v3/user/batch_get_id",
)  # fmt: skip
DEPARTMENT = Endpoint(
    name="contact.v3.user.find_by_department", feature="departments",
    sdk="contact.v3:FindByDepartmentUserRequest", repeatable=True,
    scopes=(
        "contact:contact.base:readonly", "contact:department.organize:readonly", "contact:contact:access_as_app",
        "contact:contact:readonly", "contact:contact:readonly_as_app",
    ),
    doc="contact-v3/user/find_by_department",
)  # fmt: skip
SEARCH = Endpoint(
    name="search.v1.user", feature="people by name", method="GET", path="/open-apis/search/v1/user",
    tokens=("user",), repeatable=True, scopes=("contact:user:search",), doc="contact-v3/user/uMTM4UjLzEDO14yMxgTN",
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


class _PeoplePage(Answer, frozen=True):
    items: tuple[Person, ...] = ()
    page_token: str = ""
    has_more: bool = False


class _Hits(Answer, frozen=True):
    users: tuple[Person, ...] = ()
    page_token: str = ""
    has_more: bool = False


class _Id(Answer, frozen=True):
    user_id: str = ""
    email: str = ""


class _Ids(Answer, frozen=True):
    user_list: tuple[_Id, ...] = ()


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

    async def ids_of(self, emails: Iterable[str]) -> dict[str, str]:
        """open_ids by mail address, 50 per call; addresses that are nobody's here are left out."""
        wanted = list(dict.fromkeys(emails))
        answers = await together(
            self._caller.call(IDS, _Ids, body={"emails": batch}, user_id_type="open_id")
            for batch in batches(wanted, EMAILS_PER_CALL)
        )
        return {found.email: found.user_id for answer in answers for found in answer.user_list if found.user_id}

    async def department(self, department_id: str, *, as_: Identity = APP) -> AsyncIterator[Person]:
        """Everybody right inside a department (``0`` is the top one), as far as the app may see them."""
        async for page in pages(
            lambda token: self._caller.call(
                DEPARTMENT,
                _PeoplePage,
                as_=as_,
                department_id=department_id,
                user_id_type="open_id",
                page_size=USERS_PER_PAGE,
                page_token=token,
            )
        ):
            for person in page.items:
                yield person

    async def search(self, name: str, *, as_: Identity) -> AsyncIterator[Person]:
        """People by a part of their name, as this person's own search finds them."""
        async for page in pages(
            lambda token: self._caller.call(
                SEARCH, _Hits, as_=as_, query=name, page_size=HITS_PER_PAGE, page_token=token
            )
        ):
            for person in page.users:
                yield person

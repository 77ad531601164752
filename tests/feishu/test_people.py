"""Who is who."""

from __future__ import annotations

import pytest

from bot.errors import NeedsLogin, PlatformError
from bot.feishu.client import Feishu
from bot.feishu.identity import as_person
from tests.feishu.conftest import Logins, Office


async def test_the_bot_knows_its_own_id(office: Office, feishu: Feishu) -> None:
    info = await feishu.bot.info()
    assert info.open_id == office.world.app.open_id
    assert info.app_name == "Daylark"


async def test_people_are_asked_fifty_at_a_time(office: Office, feishu: Feishu) -> None:
    crowd = [office.world.add_user(f"Person {n:03}") for n in range(120)]
    found = await feishu.contact.users([who.open_id for who in crowd] + [crowd[0].open_id])
    assert {person.name for person in found.values()} == {f"Person {n:03}" for n in range(120)}
    assert len(office.calls("/contact/v3/users/batch")) == 3


async def test_a_person_has_names_and_mail(office: Office, feishu: Feishu) -> None:
    mei = (await feishu.contact.users([office.mei.open_id]))[office.mei.open_id]
    assert (mei.name, mei.en_name, mei.email) == ("陈梅", "Mei Chen", "mei@example.com")


async def test_somebody_unknown_is_left_out(office: Office, feishu: Feishu) -> None:
    found = await feishu.contact.users([office.mei.open_id, "ou_" + "0" * 32])
    assert found.keys() == {office.mei.open_id}


async def test_nobody_is_asked_about_nobody(office: Office, feishu: Feishu) -> None:
    assert await feishu.contact.users([]) == {}
    assert list(office.world.calls) == []


async def test_mail_addresses_become_ids_fifty_at_a_time(office: Office, feishu: Feishu) -> None:
    crowd = [office.world.add_user(f"Person {n:03}", email=f"p{n}@example.com") for n in range(60)]
    emails = [f"p{n}@example.com" for n in range(60)] + ["nobody@example.com"]
    assert await feishu.contact.ids_of(emails) == {f"p{n}@example.com": who.open_id for n, who in enumerate(crowd)}
    assert len(office.calls("/contact/v3/users/batch_get_id")) == 2


async def test_a_department_comes_page_by_page(office: Office, feishu: Feishu) -> None:
    for number in range(120):
        office.world.add_user(f"Person {number:03}")
    names = [person.name async for person in feishu.contact.department("0")]
    assert sorted(names) == sorted(["陈梅", "Bob Hill", "佐藤 健", *(f"Person {n:03}" for n in range(120))])
    assert len(office.calls("/contact/v3/users/find_by_department")) == 3


async def test_an_unknown_department_is_said_so(feishu: Feishu) -> None:
    with pytest.raises(PlatformError) as caught:
        _ = [person async for person in feishu.contact.department("od-" + "0" * 32)]
    assert caught.value.code == 40004


async def test_people_are_searched_as_a_person_only(office: Office, feishu: Feishu, logins: Logins) -> None:
    mei = as_person(office.mei.open_id)
    with pytest.raises(NeedsLogin) as caught:
        _ = [person async for person in feishu.contact.search("Bob", as_=mei)]
    assert caught.value.scopes == ("contact:user:search",)
    logins.log_in(office.mei, "contact:user:search")
    assert [person.open_id async for person in feishu.contact.search("Bob", as_=mei)] == [office.bob.open_id]
    assert [person async for person in feishu.contact.search("Nobody", as_=mei)] == []


async def test_a_login_without_the_scope_needs_another(office: Office, feishu: Feishu, logins: Logins) -> None:
    logins.log_in(office.mei, "calendar:calendar")
    with pytest.raises(NeedsLogin) as caught:
        _ = [person async for person in feishu.contact.search("Bob", as_=as_person(office.mei.open_id))]
    assert (caught.value.code, caught.value.scopes) == (99991679, ("contact:user:search",))
    assert caught.value.person == office.mei.open_id

"""Who is who."""

from __future__ import annotations

from bot.feishu.client import Feishu
from tests.feishu.conftest import Office


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

"""Groups against the emulator: made, found, listed, looked into."""

from __future__ import annotations

import pytest

from bot.errors import InvalidRequest, NeedsLogin, NotFound
from bot.feishu.client import Feishu
from bot.feishu.identity import as_person
from tests.feishu.conftest import Logins, Office

READ = "im:chat:readonly"


async def test_a_group_is_made_once_per_uuid(office: Office, feishu: Feishu) -> None:
    people = [office.mei.open_id, office.bob.open_id]
    first = await feishu.im.create_chat("Offsite", people, uuid="offsite-1", owner=office.mei.open_id)
    again = await feishu.im.create_chat("Offsite", people, uuid="offsite-1", owner=office.mei.open_id)
    assert first.chat_id == again.chat_id
    assert (first.name, first.owner_id, first.is_group) == ("Offsite", office.mei.open_id, True)
    assert {member.open_id async for member in feishu.im.members(first.chat_id)} == set(people)
    assert await feishu.im.is_inside(first.chat_id)


async def test_a_group_whose_answer_was_lost_is_not_made_twice(office: Office, feishu: Feishu) -> None:
    office.goes_wrong("POST", "/im/v1/chats", drop=True)
    made = await feishu.im.create_chat("Offsite", [office.mei.open_id], uuid="offsite-1")
    assert [chat.chat_id for chat in office.world.chats.values() if chat.name == "Offsite"] == [made.chat_id]


async def test_too_many_people_never_leave(office: Office, feishu: Feishu) -> None:
    with pytest.raises(ValueError, match="at most 50 people, these are 51"):
        await feishu.im.create_chat("Crowd", ["ou_x"] * 51, uuid=None)
    assert office.calls("/im/v1/chats") == []


async def test_a_group_of_somebody_unknown_is_refused(feishu: Feishu) -> None:
    with pytest.raises(InvalidRequest) as caught:
        await feishu.im.create_chat("Ghosts", ["ou_" + "0" * 32], uuid=None)
    assert caught.value.code == 232043


async def test_all_groups_come_page_by_page(office: Office, feishu: Feishu) -> None:
    app_id = office.world.app.app_id
    for number in range(230):
        office.world.add_chat(f"Group {number:03}", [office.mei.open_id], apps=[app_id])
    office.world.add_chat("Without the bot", [office.mei.open_id])
    names = [chat.name async for chat in feishu.im.chats()]
    assert names == ["Launch", *(f"Group {number:03}" for number in range(230))]
    assert len(office.calls("/im/v1/chats")) == 3


async def test_a_person_lists_their_own_groups(office: Office, feishu: Feishu, logins: Logins) -> None:
    office.world.add_chat("Without the bot", [office.mei.open_id])
    logins.log_in(office.mei, READ)
    names = [chat.name async for chat in feishu.im.chats(as_=as_person(office.mei.open_id))]
    assert names == ["Launch", "Without the bot"]


@pytest.mark.parametrize(("words", "found"), [("laun", ["Launch"]), ("佐藤", ["Launch"]), ("nothing", []), ("", [])])
async def test_groups_are_found_by_their_name_or_a_members(
    office: Office, feishu: Feishu, words: str, found: list[str]
) -> None:
    assert [chat.name async for chat in feishu.im.search_chats(words)] == found


async def test_a_hyphen_is_quoted(office: Office, feishu: Feishu) -> None:
    office.world.add_chat("Q4-Plan", [office.mei.open_id], apps=[office.world.app.app_id])
    assert [chat.name async for chat in feishu.im.search_chats("q4-plan")] == ["Q4-Plan"]


async def test_who_is_inside_is_asked_as_oneself(office: Office, feishu: Feishu, logins: Logins) -> None:
    closed = office.world.add_chat("Closed", [office.mei.open_id])
    assert not await feishu.im.is_inside(closed.chat_id)
    with pytest.raises(NeedsLogin) as caught:
        await feishu.im.is_inside(closed.chat_id, as_=as_person(office.mei.open_id))
    assert (caught.value.person, READ in caught.value.scopes) == (office.mei.open_id, True)
    logins.log_in(office.mei, READ)
    assert await feishu.im.is_inside(closed.chat_id, as_=as_person(office.mei.open_id))


async def test_an_unknown_group_is_nobodys(feishu: Feishu) -> None:
    with pytest.raises(NotFound) as caught:
        await feishu.im.is_inside("oc_" + "0" * 32)
    assert caught.value.key == "error.no_such_chat"

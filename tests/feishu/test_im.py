"""Messages, cards and chats against the emulator."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from bot.emulator import messages
from bot.errors import Forbidden, Gone, NotFound, PlatformError
from bot.feishu.client import Feishu
from tests.feishu.conftest import Office

CARD = {
    "schema": "2.0",
    "config": {"update_multi": True},
    "body": {"elements": [{"tag": "markdown", "content": "Tuesday 10:00"}]},
}


async def test_a_text_goes_to_a_group_once_per_uuid(office: Office, feishu: Feishu) -> None:
    first = await feishu.im.create(office.group.chat_id, "chat_id", "text", {"text": "好的 ok"}, uuid="a" * 50)
    again = await feishu.im.create(office.group.chat_id, "chat_id", "text", {"text": "好的 ok"}, uuid="a" * 50)
    assert first.message_id == again.message_id
    assert first.chat_id == office.group.chat_id
    assert json.loads(office.world.messages[first.message_id].content) == {"text": "好的 ok"}


async def test_a_message_to_a_person_tells_the_chat_of_the_two(office: Office, feishu: Feishu) -> None:
    sent = await feishu.im.create(office.mei.open_id, "open_id", "text", {"text": "hi"}, uuid=None)
    assert (await feishu.im.chat(sent.chat_id)).is_group is False


async def test_a_reply_hangs_under_what_it_answers(office: Office, feishu: Feishu) -> None:
    sent = await feishu.im.create(office.group.chat_id, "chat_id", "text", {"text": "one"}, uuid="u-1")
    reply = await feishu.im.reply(sent.message_id, "interactive", CARD, uuid="u-2")
    assert reply.parent_id == sent.message_id
    assert reply.msg_type == "interactive"
    assert reply.thread_id is None


async def test_a_reply_can_open_a_thread(office: Office, feishu: Feishu) -> None:
    sent = await feishu.im.create(office.group.chat_id, "chat_id", "text", {"text": "one"}, uuid="u-1")
    reply = await feishu.im.reply(sent.message_id, "text", {"text": "two"}, uuid="u-2", in_thread=True)
    assert reply.thread_id is not None
    assert reply.thread_id.startswith("omt_")


async def test_a_card_is_replaced_and_read_back_as_it_was_sent(office: Office, feishu: Feishu) -> None:
    sent = await feishu.im.create(office.group.chat_id, "chat_id", "interactive", CARD, uuid="u-1")
    changed = {**CARD, "body": {"elements": [{"tag": "markdown", "content": "Tuesday 11:00"}]}}
    await feishu.im.patch(sent.message_id, changed)
    kept = await feishu.im.get(sent.message_id)
    assert kept is not None
    assert json.loads(kept.body.content) == changed


async def test_a_recalled_message_is_gone(office: Office, feishu: Feishu) -> None:
    sent = await feishu.im.create(office.group.chat_id, "chat_id", "text", {"text": "one"}, uuid="u-1")
    await feishu.im.delete(sent.message_id)
    with pytest.raises(Gone) as caught:
        await feishu.im.reply(sent.message_id, "text", {"text": "two"}, uuid="u-2")
    assert caught.value.key == "error.message_gone"


async def test_members_come_page_by_page_without_bots(office: Office, feishu: Feishu) -> None:
    crowd = [office.world.add_user(f"Person {n:03}") for n in range(230)]
    chat = office.world.add_chat("Everybody", [who.open_id for who in crowd], apps=[office.world.app.app_id])
    names = [member.name async for member in feishu.im.members(chat.chat_id)]
    assert sorted(names) == [f"Person {n:03}" for n in range(230)]
    assert len(office.calls("/im/v1/chats/:chat_id/members")) == 3


async def test_a_group_tells_its_name(office: Office, feishu: Feishu) -> None:
    chat = await feishu.im.chat(office.group.chat_id)
    assert (chat.name, chat.is_group) == ("Launch", True)


async def test_a_group_without_the_bot_takes_no_message(office: Office, feishu: Feishu) -> None:
    closed = office.world.add_chat("Closed", [office.mei.open_id])
    with pytest.raises(Forbidden) as caught:
        await feishu.im.create(closed.chat_id, "chat_id", "text", {"text": "hi"}, uuid="u-1")
    assert (caught.value.code, caught.value.key) == (230002, "error.not_in_chat")


async def test_an_unknown_chat_is_not_found(feishu: Feishu) -> None:
    with pytest.raises(NotFound):
        await feishu.im.chat("oc_" + "0" * 32)


async def test_a_uuid_that_is_too_long_never_leaves(office: Office, feishu: Feishu) -> None:
    with pytest.raises(ValueError, match="1 to 50 characters"):
        await feishu.im.create(office.group.chat_id, "chat_id", "text", {"text": "hi"}, uuid="u" * 51)
    assert office.calls("/im/v1/messages") == []


async def test_the_token_of_a_tap_changes_the_card_twice(office: Office, feishu: Feishu) -> None:
    sent = await feishu.im.create(office.group.chat_id, "chat_id", "interactive", CARD, uuid="u-1")
    due = office.world.clock.now().replace(year=2027)
    office.world.cards["c-tap"] = (sent.message_id, due, 2)
    for hour in ("12:00", "13:00"):
        elements = [{"tag": "markdown", "content": f"Tuesday {hour}"}]
        await feishu.im.update_card_delayed("c-tap", {**CARD, "body": {"elements": elements}})
    assert "13:00" in office.world.messages[sent.message_id].content
    with pytest.raises(Gone) as caught:
        await feishu.im.update_card_delayed("c-tap", CARD)
    assert caught.value.code == 300040


async def test_a_card_for_one_person_is_seen_by_nobody_else(office: Office, feishu: Feishu) -> None:
    message_id = await feishu.im.send_to_one(office.group.chat_id, office.mei.open_id, CARD)
    message = office.world.messages[message_id]
    assert (message.only_for, message.chat_id) == (office.mei.open_id, office.group.chat_id)
    await feishu.im.delete_for_one(message_id)
    assert message_id not in office.world.messages
    with pytest.raises(Gone) as caught:
        await feishu.im.delete_for_one(message_id)
    assert caught.value.code == 18051


async def test_a_card_for_somebody_outside_the_group_is_refused(office: Office, feishu: Feishu) -> None:
    stranger = office.world.add_user("Stranger")
    with pytest.raises(PlatformError) as caught:
        await feishu.im.send_to_one(office.group.chat_id, stranger.open_id, CARD)
    assert caught.value.code == 10002


async def test_the_history_of_a_chat_comes_page_by_page(office: Office, feishu: Feishu) -> None:
    office.world.app.scopes |= {"im:message.group_msg"}
    said = [
        messages.post(
            office.world, office.group, sender_id=office.mei.open_id, sender_type="user", msg_type="text",
            content=json.dumps({"text": f"no {number}"}),
        )
        for number in range(60)
    ]  # fmt: skip
    ids = [message.message_id async for message in feishu.im.history(office.group.chat_id)]
    assert ids == [message.message_id for message in said]
    assert len([row for row in office.calls("/im/v1/messages") if row["method"] == "GET"]) == 2
    latest = [message.message_id async for message in feishu.im.history(office.group.chat_id, newest_first=True)]
    assert latest == ids[::-1]


async def test_the_history_begins_where_it_is_asked_to(office: Office, feishu: Feishu) -> None:
    office.world.app.scopes |= {"im:message.group_msg"}
    await feishu.im.create(office.group.chat_id, "chat_id", "text", {"text": "early"}, uuid=None)
    later = office.world.clock.now() + timedelta(hours=1)
    await office.world.clock.set(later)
    sent = await feishu.im.create(office.group.chat_id, "chat_id", "text", {"text": "late"}, uuid=None)
    ids = [message.message_id async for message in feishu.im.history(office.group.chat_id, since=later)]
    assert ids == [sent.message_id]


async def test_the_history_of_a_foreign_group_stays_closed(office: Office, feishu: Feishu) -> None:
    closed = office.world.add_chat("Closed", [office.mei.open_id])
    with pytest.raises(Forbidden) as caught:
        _ = [message async for message in feishu.im.history(closed.chat_id)]
    assert caught.value.key == "error.not_in_chat"


async def test_the_history_of_a_group_needs_more_than_reading(office: Office, feishu: Feishu) -> None:
    with pytest.raises(Forbidden) as caught:
        _ = [message async for message in feishu.im.history(office.group.chat_id)]
    assert (caught.value.code, "im:message.group_msg" in caught.value.message) == (230027, True)

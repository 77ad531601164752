"""Messages, cards and groups, as the app meets them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest

from tests.emulator.lab import Json, Reply, Tenant, button, card, tenant

MESSAGES = "/open-apis/im/v1/messages"


@pytest.fixture
async def lab() -> AsyncIterator[Tenant]:
    async with tenant() as it:
        yield it


def text(words: str, **more: str) -> Json:
    return {"msg_type": "text", "content": json.dumps({"text": words}), **more}


async def create(lab: Tenant, body: Json, id_type: str = "chat_id", **more: str) -> Reply:
    return await lab.post(MESSAGES, {"receive_id": lab.chat(), **body}, receive_id_type=id_type, **more)


# -- sending ----------------------------------------------------------------------------------------------------


async def test_a_text_with_a_mention(lab: Tenant) -> None:
    bob = lab.id("Bob")
    sent = await lab.send(f'hello <at user_id="{bob}">whoever</at> and <at user_id="all"></at>')
    assert sent["body"]["content"] == '{"text":"hello @_user_1 and @_all"}'
    assert sent["mentions"] == [
        {"key": "@_user_1", "id": bob, "id_type": "open_id", "name": "Bob", "tenant_key": lab.world.tenant_key}
    ]
    assert sent["sender"]["id"] == lab.world.app.app_id
    assert (sent["create_time"], sent["deleted"], sent["updated"]) == ("1794967200000", False, False)
    seen = await lab.control("GET", f"chats/{lab.chat()}/messages", **{"as": lab.id("Mei")})
    assert seen["messages"][-1]["text"] == "hello @Bob and @all"


@pytest.mark.parametrize("id_type", ["open_id", "union_id", "user_id", "email"])
async def test_a_person_can_be_named_in_four_ways(lab: Tenant, id_type: str) -> None:
    alice = lab.world.users[lab.id("Alice")]
    ids = {**alice.ids(), "email": alice.email}
    sent = await lab.send("hi", to=ids[id_type], id_type=id_type)
    again = await lab.send("hi", to=alice.open_id, id_type="open_id")
    assert sent["chat_id"] == again["chat_id"]
    assert lab.world.chats[sent["chat_id"]].mode == "p2p"


async def test_who_cannot_be_written_to(lab: Tenant) -> None:
    far = await lab.control("POST", "users", {"name": "Yonder", "in_range": False})
    gone = await lab.control("POST", "users", {"name": "Former", "resigned": True})
    assert (await create(lab, text("x", receive_id=far["open_id"]), "open_id")).code == 230013
    assert (await create(lab, text("x", receive_id=gone["open_id"]), "open_id")).code == 230029
    assert (await create(lab, text("x", receive_id="ou_" + "0" * 32), "open_id")).code == 230034
    assert (await create(lab, text("x", receive_id="oc_" + "0" * 32))).code == 230034


async def test_the_bot_must_be_in_the_group(lab: Tenant) -> None:
    sent = await lab.send("first")
    lab.world.chats[lab.chat()].apps.clear()
    refused = await create(lab, text("second"))
    assert (refused.status, refused.code) == (400, 230002)
    assert refused.body["msg"] == "The bot can not be outside the group."
    assert (await lab.post(f"{MESSAGES}/{sent['message_id']}/reply", text("third"))).code == 230002
    lab.world.chats[lab.chat()].dissolved = True
    assert (await create(lab, text("x"))).code == 232009


async def test_contents_that_do_not_fit_their_type(lab: Tenant) -> None:
    assert (await create(lab, {"msg_type": "text", "content": "plain words"})).code == 230001
    assert (await create(lab, {"msg_type": "text", "content": "{}"})).code == 230001
    assert (await create(lab, {"msg_type": "post", "content": '{"zh_cn":{}}'})).code == 230001
    assert (await create(lab, {"msg_type": "system", "content": '{"type":"divider"}'})).code == 230001
    assert (await create(lab, {"msg_type": "share_user", "content": '{"name":"Mei"}'})).code == 230001
    assert (await create(lab, {"msg_type": "poem", "content": "{}"})).code == 230001
    assert (await create(lab, text("x" * 150 * 1024))).code == 230025


async def test_the_same_uuid_sends_once_within_the_hour(lab: Tenant) -> None:
    first = await create(lab, text("once", uuid="k-1"))
    again = await create(lab, text("once", uuid="k-1"))
    assert first.data["message_id"] == again.data["message_id"]
    assert len(lab.world.chats[lab.chat()].messages) == 1
    await lab.control("POST", "clock", {"advance_s": 3600})
    later = await create(lab, text("once", uuid="k-1"))
    assert later.data["message_id"] != first.data["message_id"]
    assert (await create(lab, text("x", uuid="k" * 51))).code == 230001


async def test_a_post_reads_as_text(lab: Tenant) -> None:
    lines = [[{"tag": "text", "text": "see "}, {"tag": "at", "user_id": lab.id("Bob")}, {"tag": "a", "text": "here"}]]
    content = json.dumps({"en_us": {"title": "Note", "content": lines}})
    sent = await create(lab, {"msg_type": "post", "content": content})
    assert sent.data["mentions"][0]["name"] == "Bob"
    seen = await lab.control("GET", f"chats/{lab.chat()}/messages", **{"as": lab.id("Alice")})
    assert seen["messages"][-1]["text"] == "Note\nsee @Bobhere"


# -- replies and threads ----------------------------------------------------------------------------------------


async def test_replies_know_their_tree(lab: Tenant) -> None:
    top = await lab.send("top")
    one = (await lab.post(f"{MESSAGES}/{top['message_id']}/reply", text("one"))).data
    two = (await lab.post(f"{MESSAGES}/{one['message_id']}/reply", text("two"))).data
    assert (one["root_id"], one["parent_id"]) == (top["message_id"], top["message_id"])
    assert (two["root_id"], two["parent_id"]) == (top["message_id"], one["message_id"])
    assert "thread_id" not in two


async def test_a_thread_holds_its_replies(lab: Tenant) -> None:
    top = await lab.send("top")
    inside = (await lab.post(f"{MESSAGES}/{top['message_id']}/reply", text("in", reply_in_thread=True))).data
    deeper = (await lab.post(f"{MESSAGES}/{inside['message_id']}/reply", text("deeper"))).data
    assert inside["thread_id"].startswith("omt_")
    assert deeper["thread_id"] == inside["thread_id"]
    assert (deeper["root_id"], deeper["parent_id"]) == (top["message_id"], top["message_id"])


async def test_a_reply_with_the_same_uuid_is_one(lab: Tenant) -> None:
    path = f"{MESSAGES}/{(await lab.send('top'))['message_id']}/reply"
    first, again = await lab.post(path, text("r", uuid="u")), await lab.post(path, text("r", uuid="u"))
    assert first.data["message_id"] == again.data["message_id"]


async def test_no_reply_to_a_recalled_message(lab: Tenant) -> None:
    path = f"{MESSAGES}/{(await lab.send('top'))['message_id']}"
    assert (await lab.call("DELETE", path)).code == 0
    assert (await lab.post(f"{path}/reply", text("late"))).code == 230011


# -- changing and recalling -------------------------------------------------------------------------------------


async def test_a_card_is_redrawn_for_fourteen_days(lab: Tenant) -> None:
    sent = await lab.send_card(card(button("Yes", {"do": "yes"}), title="Before"))
    path = f"{MESSAGES}/{sent['message_id']}"
    after = {"content": json.dumps(card(button("No", {"do": "no"}), title="After"))}
    assert (await lab.call("PATCH", path, after)).body == {"code": 0, "msg": "success", "data": {}}
    seen = (await lab.control("GET", f"chats/{lab.chat()}/messages", **{"as": lab.id("Mei")}))["messages"][-1]
    assert seen["text"].startswith("After")
    assert [(one["text"], one["value"]) for one in seen["buttons"]] == [("No", {"do": "no"})]

    await lab.control("POST", "clock", {"advance_s": 14 * 86400})
    lab.tokens.clear()  # two weeks outlive every token
    assert (await lab.call("PATCH", path, after)).code == 0
    await lab.control("POST", "clock", {"advance_s": 1})
    assert (await lab.call("PATCH", path, after)).code == 230031


async def test_only_cards_of_its_own_are_redrawn(lab: Tenant) -> None:
    after = {"content": json.dumps(card())}
    words = await lab.send("words")
    assert (await lab.call("PATCH", f"{MESSAGES}/{words['message_id']}", after)).code == 230001
    said = await lab.control("POST", "messages", {"from": lab.id("Mei"), "chat_id": lab.chat(), "text": "hi"})
    assert (await lab.call("PATCH", f"{MESSAGES}/{said['message_id']}", after)).code == 230027
    assert (await lab.call("PATCH", f"{MESSAGES}/om_none", after)).code == 230001
    sent = await lab.send_card(card())
    await lab.call("DELETE", f"{MESSAGES}/{sent['message_id']}")
    assert (await lab.call("PATCH", f"{MESSAGES}/{sent['message_id']}", after)).code == 230011


async def test_bad_cards_name_their_fault(lab: Tenant) -> None:
    broken = await create(lab, {"msg_type": "interactive", "content": "{"})
    assert (broken.code, "200621" in broken.body["msg"]) == (230099, True)
    template = {"type": "template", "data": {"template_id": "AAq1"}}
    missing = await create(lab, {"msg_type": "interactive", "content": json.dumps(template)})
    assert (missing.code, "200380" in missing.body["msg"]) == (230099, True)
    stranger = card({"tag": "markdown", "content": "<at id=ou_00000000000000000000000000000000></at>"})
    unknown = await create(lab, {"msg_type": "interactive", "content": json.dumps(stranger)})
    assert (unknown.code, "100290" in unknown.body["msg"]) == (230099, True)
    big = card({"tag": "markdown", "content": "x" * 31 * 1024})
    assert (await create(lab, {"msg_type": "interactive", "content": json.dumps(big)})).code == 230025


async def test_a_text_is_edited_twenty_times(lab: Tenant) -> None:
    path = f"{MESSAGES}/{(await lab.send('v0'))['message_id']}"
    for number in range(1, 21):
        edited = await lab.call("PUT", path, text(f"v{number}"))
    assert (edited.data["updated"], edited.data["body"]["content"]) == (True, '{"text":"v20"}')
    assert (await lab.call("PUT", path, text("v21"))).code == 230072
    other = await lab.control("POST", "messages", {"from": lab.id("Mei"), "chat_id": lab.chat(), "text": "hi"})
    assert (await lab.call("PUT", f"{MESSAGES}/{other['message_id']}", text("x"))).code == 230071


async def test_recalling(lab: Tenant) -> None:
    sent = await lab.send("oops")
    path = f"{MESSAGES}/{sent['message_id']}"
    said = await lab.control("POST", "messages", {"from": lab.id("Mei"), "chat_id": lab.chat(), "text": "hi"})
    assert (await lab.call("DELETE", f"{MESSAGES}/{said['message_id']}")).code == 230026
    assert (await lab.call("DELETE", path)).code == 0
    assert (await lab.call("DELETE", path)).code == 230110
    seen = (await lab.control("GET", f"chats/{lab.chat()}/messages", **{"as": lab.id("Mei")}))["messages"][0]
    assert (seen["recalled"], seen["text"]) == (True, "此消息已撤回")


# -- reading ----------------------------------------------------------------------------------------------------


async def test_reading_a_message(lab: Tenant) -> None:
    design = card({"tag": "markdown", "content": "**Hello**"}, title="Title")
    sent = await lab.send_card(design)
    path = f"{MESSAGES}/{sent['message_id']}"
    simple = (await lab.get(path)).data["items"][0]
    assert json.loads(simple["body"]["content"])["title"] == "Title"
    full = (await lab.get(path, card_msg_content_type="user_card_content")).data["items"][0]
    assert json.loads(full["body"]["content"]) == design


async def test_other_peoples_group_messages_need_a_scope(lab: Tenant) -> None:
    said = await lab.control("POST", "messages", {"from": lab.id("Mei"), "chat_id": lab.chat(), "text": "secret"})
    path = f"{MESSAGES}/{said['message_id']}"
    assert (await lab.get(path)).code == 230027
    assert (await lab.get(path, as_="Bob")).data["items"][0]["sender"]["id"] == lab.id("Mei")
    assert (await lab.get(path, as_="Carol")).code == 230002
    await lab.control("POST", "app", {"scopes": [*lab.world.app.scopes, "im:message.group_msg"]})
    assert (await lab.get(path)).code == 0


async def test_history_of_a_chat_and_of_a_thread(lab: Tenant) -> None:
    mei = lab.id("Mei")
    first = await lab.send("one", to=mei, id_type="open_id")
    await lab.control("POST", "clock", {"advance_s": 60})
    reply = (await lab.post(f"{MESSAGES}/{first['message_id']}/reply", text("two", reply_in_thread=True))).data
    await lab.send("three", to=mei, id_type="open_id")

    async def listed(**query: str) -> list[str]:
        query = {"container_id_type": "chat", "container_id": first["chat_id"], **query}
        answer = await lab.get(MESSAGES, **query)
        return [json.loads(item["body"]["content"])["text"] for item in answer.data["items"]]

    assert await listed() == ["one", "three"]
    assert await listed(sort_type="ByCreateTimeDesc") == ["three", "one"]
    assert await listed(container_id_type="thread", container_id=reply["thread_id"]) == ["one", "two"]
    assert await listed(start_time="1794967230") == ["three"]
    wrong = await lab.get(MESSAGES, container_id_type="thread", container_id=reply["thread_id"], start_time="1")
    assert wrong.code == 230001


async def test_forwarding(lab: Tenant) -> None:
    sent = await lab.send("pass it on")
    path = f"{MESSAGES}/{sent['message_id']}/forward"
    first = await lab.post(path, {"receive_id": lab.id("Bob")}, receive_id_type="open_id", uuid="f")
    again = await lab.post(path, {"receive_id": lab.id("Bob")}, receive_id_type="open_id", uuid="f")
    assert first.data["message_id"] == again.data["message_id"]
    assert first.data["upper_message_id"] == sent["message_id"]


# -- reactions, pins, one-person cards --------------------------------------------------------------------------


async def test_reactions(lab: Tenant) -> None:
    path = f"{MESSAGES}/{(await lab.send('hm'))['message_id']}/reactions"
    made = await lab.post(path, {"reaction_type": {"emoji_type": "OK"}})
    assert made.data["operator"] == {"operator_id": lab.world.app.app_id, "operator_type": "app"}
    again = await lab.post(path, {"reaction_type": {"emoji_type": "OK"}})
    assert again.data["reaction_id"] == made.data["reaction_id"]
    seen = (await lab.control("GET", f"chats/{lab.chat()}/messages", **{"as": lab.id("Mei")}))["messages"][-1]
    assert seen["reactions"] == [{"emoji_type": "OK", "count": 1}]
    assert (await lab.call("DELETE", f"{path}/{made.data['reaction_id']}", as_="Mei")).code == 231007
    assert (await lab.call("DELETE", f"{path}/{made.data['reaction_id']}")).code == 0
    assert (await lab.call("DELETE", f"{path}/{made.data['reaction_id']}")).code == 231011
    assert (await lab.post(path, {"reaction_type": {"emoji_type": "!"}})).code == 231001
    assert (await lab.post(path, {"reaction_type": {"emoji_type": "OK"}}, as_="Carol")).code == 231002
    assert (await lab.post(f"{MESSAGES}/om_none/reactions", {"reaction_type": {"emoji_type": "OK"}})).code == 231003


async def test_pins(lab: Tenant) -> None:
    first, second = await lab.send("one"), await lab.send("two")
    pin = (await lab.post("/open-apis/im/v1/pins", {"message_id": first["message_id"]})).data["pin"]
    assert (await lab.post("/open-apis/im/v1/pins", {"message_id": first["message_id"]})).data["pin"] == pin
    await lab.control("POST", "clock", {"advance_s": 1})
    await lab.post("/open-apis/im/v1/pins", {"message_id": second["message_id"]})
    listed = (await lab.get("/open-apis/im/v1/pins", chat_id=lab.chat())).data["items"]
    assert [one["message_id"] for one in listed] == [second["message_id"], first["message_id"]]
    for _ in range(2):
        assert (await lab.call("DELETE", f"/open-apis/im/v1/pins/{first['message_id']}")).code == 0
    assert len((await lab.get("/open-apis/im/v1/pins", chat_id=lab.chat())).data["items"]) == 1


async def test_a_card_for_one_person(lab: Tenant) -> None:
    body = {"chat_id": lab.chat(), "open_id": lab.id("Mei"), "msg_type": "interactive", "card": card(title="Psst")}
    made = await lab.post("/open-apis/ephemeral/v1/send", body)

    async def sees(name: str) -> list[str]:
        found = await lab.control("GET", f"chats/{lab.chat()}/messages", **{"as": lab.id(name)})
        return [one["text"] for one in found["messages"]]

    assert (await sees("Mei"), await sees("Bob")) == (["Psst"], [])
    path = f"{MESSAGES}/{made.data['message_id']}"
    assert (await lab.call("PATCH", path, {"content": json.dumps(card())})).code == 230001
    message = {"message_id": made.data["message_id"]}
    assert (await lab.post("/open-apis/ephemeral/v1/delete", message)).code == 0
    assert (await lab.post("/open-apis/ephemeral/v1/delete", message)).code == 18051
    assert await sees("Mei") == []
    outside = await lab.post("/open-apis/ephemeral/v1/send", {**body, "open_id": lab.id("Carol")})
    assert outside.code == 10002


# -- groups and people ------------------------------------------------------------------------------------------


async def test_making_a_group(lab: Tenant) -> None:
    body = {"name": "New", "user_id_list": [lab.id("Mei"), lab.id("Bob")], "owner_id": lab.id("Mei")}
    made = await lab.post("/open-apis/im/v1/chats", body, uuid="g")
    again = await lab.post("/open-apis/im/v1/chats", body, uuid="g")
    assert made.data["chat_id"] == again.data["chat_id"]
    assert (made.data["owner_id"], made.data["chat_mode"], made.data["chat_type"]) == (
        lab.id("Mei"),
        "group",
        "private",
    )
    got = (await lab.get(f"/open-apis/im/v1/chats/{made.data['chat_id']}")).data
    assert (got["name"], got["user_count"], got["bot_count"]) == ("New", "2", "1")
    assert (await lab.post("/open-apis/im/v1/chats", {"user_id_list": ["ou_none"]})).code == 232043
    assert (await lab.post("/open-apis/im/v1/chats", {"chat_type": "public"})).code == 232042


async def test_finding_groups(lab: Tenant) -> None:
    listed = (await lab.get("/open-apis/im/v1/chats")).data["items"]
    assert [chat["name"] for chat in listed] == ["Launch crew", "产品讨论组", "東京チーム"]
    found = (await lab.get("/open-apis/im/v1/chats/search", query="launch")).data["items"]
    assert [chat["name"] for chat in found] == ["Launch crew"]
    by_member = (await lab.get("/open-apis/im/v1/chats/search", query="Sora")).data["items"]
    assert [chat["name"] for chat in by_member] == ["東京チーム"]
    hers = (await lab.get("/open-apis/im/v1/chats", as_="Carol")).data["items"]
    assert [chat["name"] for chat in hers] == ["東京チーム"]


async def test_a_group_seen_from_outside(lab: Tenant) -> None:
    path = f"/open-apis/im/v1/chats/{lab.chat()}"
    outside = (await lab.get(path, as_="Carol")).data
    assert set(outside) == {"avatar", "name", "user_count", "bot_count", "chat_status"}
    assert (await lab.get(f"{path}/members", as_="Carol")).code == 232011
    assert (await lab.get(f"{path}/members/is_in_chat", as_="Carol")).data == {"is_in_chat": False}
    assert (await lab.get(f"{path}/members/is_in_chat")).data == {"is_in_chat": True}
    assert (await lab.get("/open-apis/im/v1/chats/oc_none")).code == 232006


async def test_people(lab: Tenant) -> None:
    mei = lab.world.users[lab.id("Mei")]
    got = (await lab.get(f"/open-apis/contact/v3/users/{mei.user_id}", user_id_type="user_id")).data["user"]
    assert (got["open_id"], got["name"], got["email"]) == (mei.open_id, "Mei", "mei@example.com")
    assert not {"timezone", "language"} & set(got)
    many = await lab.get("/open-apis/contact/v3/users/batch", user_ids=[mei.open_id, lab.id("Bob"), "ou_none"])
    assert [user["name"] for user in many.data["items"]] == ["Mei", "Bob"]
    names = await lab.post("/open-apis/contact/v3/users/basic_batch", {"user_ids": [lab.id("Rain")]})
    assert names.data["users"][0]["i18n_name"] == {"zh_cn": "小雨", "ja_jp": "小雨", "en_us": "Rain"}
    mails = {"emails": ["bob@example.com", "nobody@example.com"]}
    ids = (await lab.post("/open-apis/contact/v3/users/batch_get_id", mails)).data["user_list"]
    assert [one.get("user_id") for one in ids] == [lab.id("Bob"), None]
    found = (await lab.get("/open-apis/search/v1/user", as_="Bob", query="小雨")).data["users"]
    assert {one["open_id"] for one in found} == {lab.id("Rain"), lab.id("Misty")}


async def test_people_who_are_not_there_or_out_of_range(lab: Tenant) -> None:
    far = await lab.control("POST", "users", {"name": "Yonder", "in_range": False})
    assert (await lab.get(f"/open-apis/contact/v3/users/{far['open_id']}")).code == 41050
    assert (await lab.get("/open-apis/contact/v3/users/ou_none")).code == 41012
    department = "/open-apis/contact/v3/users/find_by_department"
    first = (await lab.get(department, department_id="0", page_size=10)).data
    rest = (await lab.get(department, department_id="0", page_token=first["page_token"])).data
    assert (len(first["items"]), first["has_more"], len(rest["items"]), rest["has_more"]) == (10, True, 4, False)


async def test_fields_hide_without_their_scope(lab: Tenant) -> None:
    await lab.control("POST", "app", {"scopes": ["contact:contact.base:readonly", "contact:user.base:readonly"]})
    got = (await lab.get(f"/open-apis/contact/v3/users/{lab.id('Mei')}")).data["user"]
    assert got["name"] == "Mei"
    assert not {"email", "user_id", "department_ids"} & set(got)

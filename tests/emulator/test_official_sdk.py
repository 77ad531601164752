"""The emulator taken at its word by the vendor's own Python SDK: its client, its transport, its models."""

from __future__ import annotations

import asyncio
import importlib
import json
import warnings
from collections.abc import AsyncIterator
from itertools import count
from typing import Any

import pytest

from tests.emulator.lab import Tenant, button, card, listening, tenant
from tests.official import lark_oapi

# The SDK keeps tokens per app id for the whole process, so every test is another app.
APPS = count(1)


@pytest.fixture(scope="module")
def lark() -> Any:
    """Importing it takes seconds, so once for all tests of this file."""
    return lark_oapi()


@pytest.fixture
async def lab() -> AsyncIterator[Tenant]:
    async with tenant(app_id=f"cli_{next(APPS):016x}") as it:
        yield it


@pytest.fixture
def client(lark: Any, lab: Tenant) -> Any:
    app = lab.world.app
    return lark.Client.builder().app_id(app.app_id).app_secret(app.app_secret).domain(lab.url).build()


@pytest.fixture
def for_people(lark: Any, lab: Tenant) -> Any:
    """A client that takes the token it is handed."""
    app = lab.world.app
    builder = lark.Client.builder().app_id(app.app_id).app_secret(app.app_secret).domain(lab.url)
    return builder.enable_set_token(True).build()


async def ask(function: Any, *arguments: Any) -> Any:
    """The SDK blocks; the emulator it talks to lives in this event loop."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return await asyncio.to_thread(function, *arguments)


def message(lark: Any, receive_id: str, id_type: str, msg_type: str, content: Any, uuid: str | None = None) -> Any:
    im = lark.api.im.v1
    body = im.CreateMessageRequestBody.builder().receive_id(receive_id).msg_type(msg_type).content(json.dumps(content))
    body = body.uuid(uuid) if uuid else body
    return im.CreateMessageRequest.builder().receive_id_type(id_type).request_body(body.build()).build()


async def test_messages(lark: Any, lab: Tenant, client: Any) -> None:
    im = lark.api.im.v1
    request = message(lark, lab.chat(), "chat_id", "text", {"text": "hello"}, "u-1")
    sent = await ask(client.im.v1.message.create, request)
    assert sent.success(), sent.msg
    assert sent.data.chat_id == lab.chat()
    again = await ask(client.im.v1.message.create, request)
    assert again.data.message_id == sent.data.message_id

    body = im.ReplyMessageRequestBody.builder().msg_type("text").content('{"text":"re"}').reply_in_thread(True).build()
    reply = im.ReplyMessageRequest.builder().message_id(sent.data.message_id).request_body(body).build()
    replied = await ask(client.im.v1.message.reply, reply)
    assert replied.data.thread_id.startswith("omt_")

    got = await ask(client.im.v1.message.get, im.GetMessageRequest.builder().message_id(sent.data.message_id).build())
    assert json.loads(got.data.items[0].body.content) == {"text": "hello"}


async def test_cards_are_redrawn(lark: Any, lab: Tenant, client: Any) -> None:
    im = lark.api.im.v1
    design = card(button("Yes", {"do": "yes"}))
    sent = await ask(client.im.v1.message.create, message(lark, lab.id("Mei"), "open_id", "interactive", design))
    body = im.PatchMessageRequestBody.builder().content(json.dumps(card(title="After"))).build()
    patch = im.PatchMessageRequest.builder().message_id(sent.data.message_id).request_body(body).build()
    assert (await ask(client.im.v1.message.patch, patch)).success()
    assert "After" in lab.world.messages[sent.data.message_id].content


async def test_refused_messages(lark: Any, lab: Tenant, client: Any) -> None:
    unknown = message(lark, "oc_" + "0" * 32, "chat_id", "text", {"text": "x"})
    refused = await ask(client.im.v1.message.create, unknown)
    assert (refused.success(), refused.code, refused.raw.status_code) == (False, 230034, 400)
    assert refused.get_log_id() == refused.error["log_id"]
    lab.world.chats[lab.chat()].apps.clear()
    outside = await ask(client.im.v1.message.create, message(lark, lab.chat(), "chat_id", "text", {"text": "x"}))
    assert outside.code == 230002
    wrong = await ask(client.im.v1.message.create, message(lark, lab.chat(), "chat", "text", {"text": "x"}))
    assert wrong.code == 230001
    assert wrong.error["field_violations"][0]["field"] == "receive_id_type"
    broken = card({"tag": "nothing"})
    bad = await ask(client.im.v1.message.create, message(lark, lab.id("Mei"), "open_id", "interactive", broken))
    assert bad.code == 230099


async def test_groups(lark: Any, lab: Tenant, client: Any) -> None:
    im = lark.api.im.v1
    listed = await ask(client.im.v1.chat.list, im.ListChatRequest.builder().page_size(2).build())
    assert [chat.name for chat in listed.data.items] == ["Launch crew", "产品讨论组"]
    assert listed.data.has_more is True
    request = im.GetChatMembersRequest.builder().chat_id(lab.chat()).member_id_type("open_id").build()
    members = await ask(client.im.v1.chat_members.get, request)
    assert [one.name for one in members.data.items] == ["Mei", "Alice", "Bob"]
    nowhere = im.GetChatMembersRequest.builder().chat_id("oc_none").build()
    assert (await ask(client.im.v1.chat_members.get, nowhere)).code == 232006
    many = im.ListChatRequest.builder().page_size(500).build()
    assert (await ask(client.im.v1.chat.list, many)).code == 99992402


async def test_people(lark: Any, lab: Tenant, client: Any) -> None:
    contact = lark.api.contact.v3
    request = contact.GetUserRequest.builder().user_id(lab.id("Mei")).user_id_type("open_id").build()
    got = await ask(client.contact.v3.user.get, request)
    assert (got.data.user.name, got.data.user.email) == ("Mei", "mei@example.com")
    body = contact.BatchGetIdUserRequestBody.builder().emails(["bob@example.com"]).build()
    batch = contact.BatchGetIdUserRequest.builder().user_id_type("open_id").request_body(body).build()
    assert (await ask(client.contact.v3.user.batch_get_id, batch)).data.user_list[0].user_id == lab.id("Bob")
    nobody = contact.GetUserRequest.builder().user_id("ou_none").user_id_type("open_id").build()
    assert (await ask(client.contact.v3.user.get, nobody)).code == 41012
    strange = contact.GetUserRequest.builder().user_id(lab.id("Mei")).user_id_type("nick").build()
    assert (await ask(client.contact.v3.user.get, strange)).code == 40001


async def test_wrong_credentials(lark: Any, lab: Tenant) -> None:
    impostor = lark.Client.builder().app_id(lab.world.app.app_id).app_secret("wrong").domain(lab.url).build()
    with pytest.raises(lark.core.exception.ObtainAccessTokenException) as refused:
        await ask(impostor.im.v1.message.create, message(lark, lab.chat(), "chat_id", "text", {"text": "x"}))
    assert refused.value.code == 10014
    stranger = lark.Client.builder().app_id("cli_ffffffffffffffff").app_secret("x").domain(lab.url).build()
    with pytest.raises(lark.core.exception.ObtainAccessTokenException) as unknown:
        await ask(stranger.im.v1.message.create, message(lark, lab.chat(), "chat_id", "text", {"text": "x"}))
    assert unknown.value.code == 10003


async def test_a_persons_token(lark: Any, lab: Tenant, for_people: Any) -> None:
    token = await lab.token("Bob")
    request = lark.api.authen.v1.GetUserInfoRequest.builder().build()
    option = lark.RequestOption.builder().user_access_token(token).build()
    me = await ask(for_people.authen.v1.user_info.get, request, option)
    assert (me.data.open_id, me.data.en_name) == (lab.id("Bob"), "Bob")
    await lab.control("POST", "clock", {"advance_s": 7200})
    assert (await ask(for_people.authen.v1.user_info.get, request, option)).code == 99991677
    unknown = lark.RequestOption.builder().user_access_token("u-none").build()
    assert (await ask(for_people.authen.v1.user_info.get, request, unknown)).code == 99991668


async def test_calls_the_sdk_has_no_class_for(lark: Any, lab: Tenant, client: Any) -> None:
    def raw(path: str, kind: Any) -> Any:
        built = lark.BaseRequest.builder().http_method(lark.HttpMethod.GET).uri(path).token_types({kind})
        return built.build()

    info = await ask(client.request, raw("/open-apis/bot/v3/info", lark.AccessTokenType.TENANT))
    assert json.loads(info.raw.content)["bot"]["open_id"] == lab.world.app.open_id
    nowhere = await ask(client.request, raw("/open-apis/bot/v9/info", lark.AccessTokenType.TENANT))
    assert (nowhere.code, nowhere.raw.status_code) == (99991201, 404)


async def test_the_sdk_reads_our_pushes(lark: Any, lab: Tenant) -> None:
    """Decryption, signature check and models of the SDK's own event dispatcher accept what the emulator sends."""
    seen: list[Any] = []
    app = lab.world.app
    callback = importlib.import_module("lark_oapi.event.callback.model.p2_card_action_trigger")

    def tapped(event: Any) -> Any:
        seen.append(event)
        return callback.P2CardActionTriggerResponse({"toast": {"type": "info", "content": "seen"}})

    handler = (
        lark.EventDispatcherHandler.builder(app.encrypt_key, app.verification_token)
        .register_p2_im_message_receive_v1(seen.append)
        .register_p2_card_action_trigger(tapped)
        .build()
    )
    async with listening(lab) as hook:
        await lab.control("POST", "messages", {"from": lab.id("Mei"), "to_bot": True, "text": "hi"})
        await lab.world.pushes.settle()
        sent = await lab.send_card(card(button("Yes", {"do": "yes"})))
        await lab.control("POST", "clicks", {"by": lab.id("Mei"), "message_id": sent["message_id"], "button": "Yes"})
        for headers, body in hook.raw:
            request = lark.core.model.RawRequest()
            request.uri, request.headers, request.body = "/hook", headers, body
            answer = handler.do(request)
            assert answer.status_code == 200, answer.content
    assert seen[0].event.sender.sender_id.open_id == lab.id("Mei")
    assert json.loads(seen[0].event.message.content) == {"text": "hi"}
    assert seen[1].event.action.value == {"do": "yes"}
    assert seen[1].event.context.open_message_id == sent["message_id"]

"""What the app is told, when, and how it looks on the wire."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.emulator.envelope import encrypt
from tests.emulator.lab import Json, Listener, Tenant, button, card, decrypt, listening, tenant


@pytest.fixture
async def lab() -> AsyncIterator[Tenant]:
    async with tenant() as it:
        yield it


@pytest.fixture
async def hook(lab: Tenant) -> AsyncIterator[Listener]:
    async with listening(lab) as it:
        yield it


async def say(lab: Tenant, who: str, words: str, **more: object) -> Json:
    where = {} if "to_bot" in more else {"chat_id": lab.chat()}
    said = await lab.control("POST", "messages", {"from": lab.id(who), "text": words, **where, **more})
    await lab.world.pushes.settle()
    return dict(said)


def test_the_documented_sample_of_the_encryption() -> None:
    assert decrypt("P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=", "test key") == b"hello world"
    assert decrypt(encrypt("早上好".encode(), "a key"), "a key") == "早上好".encode()


# -- what is told -----------------------------------------------------------------------------------------------


async def test_a_one_to_one_message(lab: Tenant, hook: Listener) -> None:
    said = await say(lab, "Mei", "明天下午三点", to_bot=True)
    assert said["delivered"] is True
    mei = lab.world.users[lab.id("Mei")]
    envelope = hook.got[0]
    assert envelope["schema"] == "2.0"
    assert envelope["header"] | {"event_id": ""} == {
        "event_id": "",
        "event_type": "im.message.receive_v1",
        "create_time": "1794967200000",
        "token": lab.world.app.verification_token,
        "app_id": lab.world.app.app_id,
        "tenant_key": lab.world.tenant_key,
    }
    assert envelope["event"] == {
        "sender": {"sender_id": mei.ids(), "sender_type": "user", "tenant_key": lab.world.tenant_key},
        "message": {
            "message_id": said["message_id"],
            "create_time": "1794967200000",
            "update_time": "1794967200000",
            "chat_id": said["chat_id"],
            "chat_type": "p2p",
            "message_type": "text",
            "content": '{"text":"明天下午三点"}',
        },
    }


async def test_a_group_message_only_with_a_mention(lab: Tenant, hook: Listener) -> None:
    assert (await say(lab, "Mei", "just talking"))["delivered"] is False
    assert (await say(lab, "Mei", "@Bob look"))["delivered"] is False
    assert (await say(lab, "Mei", "@Daylark find 30m with @Bob"))["delivered"] is True
    message = hook.of("im.message.receive_v1")[0]["message"]
    assert json.loads(message["content"])["text"] == "@_user_1 find 30m with @_user_2"
    assert [(one["key"], one["name"], one["mentioned_type"]) for one in message["mentions"]] == [
        ("@_user_1", "Daylark", "bot"),
        ("@_user_2", "Bob", "user"),
    ]
    assert message["mentions"][0]["id"]["open_id"] == lab.world.app.open_id
    assert message["mentions"][1]["id"]["open_id"] == lab.id("Bob")


async def test_everything_with_the_scope_for_it(lab: Tenant, hook: Listener) -> None:
    await lab.control("POST", "app", {"scopes": [*lab.world.app.scopes, "im:message.group_msg"]})
    assert (await say(lab, "Mei", "just talking"))["delivered"] is True


async def test_messages_need_the_scope_of_their_kind(lab: Tenant, hook: Listener) -> None:
    await lab.control("POST", "app", {"scopes": ["im:message.group_at_msg:readonly"]})
    assert (await say(lab, "Mei", "hi", to_bot=True))["delivered"] is False
    assert (await say(lab, "Mei", "@Daylark hi"))["delivered"] is True
    await lab.control("POST", "app", {"scopes": ["im:message.p2p_msg:readonly"]})
    assert (await say(lab, "Mei", "hi", to_bot=True))["delivered"] is True
    assert (await say(lab, "Mei", "@Daylark hi"))["delivered"] is False


async def test_the_bots_own_messages_never_come_back(lab: Tenant, hook: Listener) -> None:
    await lab.send(f'<at user_id="{lab.world.app.open_id}"></at> talking to myself')
    await lab.world.pushes.settle()
    assert hook.got == []


async def test_a_reply_names_what_it_answers(lab: Tenant, hook: Listener) -> None:
    sent = await lab.send("question")
    await say(lab, "Bob", "@Daylark yes", reply_to=sent["message_id"])
    message = hook.of("im.message.receive_v1")[0]["message"]
    assert (message["root_id"], message["parent_id"]) == (sent["message_id"], sent["message_id"])


async def test_without_the_scope_the_tenant_wide_id_is_missing(lab: Tenant, hook: Listener) -> None:
    await lab.control("POST", "app", {"scopes": ["im:message", "im:message.p2p_msg"]})
    await say(lab, "Mei", "hi", to_bot=True)
    assert set(hook.got[0]["event"]["sender"]["sender_id"]) == {"open_id", "union_id"}


async def test_groups_menus_and_reading(lab: Tenant, hook: Listener) -> None:
    made = await lab.control("POST", "chats", {"name": "New", "members": [lab.id("Mei")]})
    await lab.control("POST", f"chats/{made['chat_id']}/members", {"add": [lab.id("Bob")]})
    await lab.control("POST", f"chats/{made['chat_id']}/members", {"remove": [lab.id("Mei")]})
    await lab.control("POST", "menu", {"by": lab.id("Mei"), "event_key": "help"})
    sent = await lab.send("hi", to=lab.id("Mei"), id_type="open_id")
    read = {"as": lab.id("Mei"), "chat_id": sent["chat_id"], "message_id": sent["message_id"]}
    assert await lab.control("POST", "read", read) == {"unread": 0}
    await lab.world.pushes.settle()
    assert hook.of("im.chat.member.bot.added_v1")[0]["chat_id"] == made["chat_id"]
    assert [user["name"] for user in hook.of("im.chat.member.user.added_v1")[0]["users"]] == ["Bob"]
    assert [user["name"] for user in hook.of("im.chat.member.user.deleted_v1")[0]["users"]] == ["Mei"]
    assert hook.of("application.bot.menu_v6")[0]["event_key"] == "help"
    assert hook.of("im.message.message_read_v1")[0]["message_id_list"] == [sent["message_id"]]


async def test_only_subscribed_events(lab: Tenant, hook: Listener) -> None:
    await lab.control("POST", "app", {"events": ["application.bot.menu_v6"]})
    assert (await say(lab, "Mei", "hi", to_bot=True))["delivered"] is False


# -- on the wire ------------------------------------------------------------------------------------------------


async def test_bodies_are_encrypted_and_signed(lab: Tenant, hook: Listener) -> None:
    await say(lab, "Mei", "hi", to_bot=True)
    headers, body = hook.raw[0]
    assert body.startswith(b'{"encrypt":"')
    key = lab.world.app.encrypt_key
    told = headers["X-Lark-Request-Timestamp"] + headers["X-Lark-Request-Nonce"] + key
    assert headers["X-Lark-Signature"] == hashlib.sha256(told.encode() + body).hexdigest()
    plain = decrypt(json.loads(body)["encrypt"], key)
    assert plain == json.dumps(json.loads(plain), ensure_ascii=False, separators=(",", ":")).encode()


async def test_without_a_key_bodies_are_plain(lab: Tenant, hook: Listener) -> None:
    await lab.control("POST", "app", {"encrypt_key": ""})
    await say(lab, "Mei", "hi", to_bot=True)
    headers, body = hook.raw[0]
    assert json.loads(body)["header"]["token"] == lab.world.app.verification_token
    assert "X-Lark-Signature" not in headers


async def test_saving_an_address_that_does_not_answer(lab: Tenant) -> None:
    saved = await lab.control("POST", "app", {"webhook_url": "http://127.0.0.1:9/nowhere"})
    assert saved["verified"] is False
    assert "challenge" in saved["reason"]
    assert lab.world.app.webhook_url == "http://127.0.0.1:9/nowhere"


# -- again and again --------------------------------------------------------------------------------------------


async def test_an_event_is_sent_again_four_times(lab: Tenant, hook: Listener) -> None:
    async def busy(_: Json) -> web.Response:
        return web.Response(status=503)

    hook.answer = busy
    await say(lab, "Mei", "hi", to_bot=True)
    counts = [len(hook.got)]
    for seconds in (14, 1, 300, 3600, 21600, 86400):
        await lab.control("POST", "clock", {"advance_s": seconds})
        counts.append(len(hook.got))
    assert counts == [1, 1, 2, 3, 4, 5, 5]
    assert len({one["header"]["event_id"] for one in hook.got}) == 1
    assert {one["header"]["create_time"] for one in hook.got} == {"1794967200000"}


async def test_one_jump_fires_everything_in_order(lab: Tenant, hook: Listener) -> None:
    async def busy(_: Json) -> web.Response:
        return web.Response(status=500)

    hook.answer = busy
    await say(lab, "Mei", "hi", to_bot=True)
    await lab.control("POST", "clock", {"advance_s": 8 * 3600})
    assert len(hook.got) == 5


async def test_an_accepted_event_comes_once(lab: Tenant, hook: Listener) -> None:
    await say(lab, "Mei", "hi", to_bot=True)
    await lab.control("POST", "clock", {"advance_s": 86400})
    assert len(hook.got) == 1


async def test_a_push_can_be_lost_or_come_twice(lab: Tenant, hook: Listener) -> None:
    fault = {"method": "PUSH", "path": "im.message.receive_v1", "times": 1}
    await lab.control("POST", "faults", {**fault, "drop": True})
    await say(lab, "Mei", "hi", to_bot=True)
    assert hook.got == []
    await lab.control("POST", "clock", {"advance_s": 15})
    assert len(hook.got) == 1
    await lab.control("POST", "faults", {**fault, "duplicate": True})
    await say(lab, "Mei", "again", to_bot=True)
    assert hook.got[1] == hook.got[2]


async def test_the_running_clock_redelivers_by_itself() -> None:
    async with tenant(running=True) as lab, listening(lab) as hook:

        async def once_busy(_: Json) -> web.Response:
            return web.Response(status=500 if len(hook.got) == 1 else 200)

        hook.answer = once_busy
        await say(lab, "Mei", "hi", to_bot=True)
        hook.arrived.clear()
        await lab.control("POST", "clock", {"advance_s": 14.9})
        assert len(hook.got) == 1
        await asyncio.wait_for(hook.arrived.wait(), 5)
        assert len(hook.got) == 2


# -- taps on cards ----------------------------------------------------------------------------------------------


async def test_a_tap_is_asked_about_at_once(lab: Tenant, hook: Listener) -> None:
    sent = await lab.send_card(card(button("Yes", {"do": "yes"}, name="b1")))

    async def answer(_: Json) -> web.Response:
        return web.json_response({"toast": {"type": "success", "content": "Done", "i18n": {"zh_cn": "好了"}}})

    hook.answer = answer
    tap = {"by": lab.id("Mei"), "message_id": sent["message_id"], "button": "Yes"}
    tapped = await lab.control("POST", "clicks", tap)
    assert tapped["toast"] == {"type": "success", "content": "好了"}
    payload = hook.got[0]
    assert payload["header"]["event_type"] == "card.action.trigger"
    assert payload["header"]["create_time"] == "1794967200000000"
    event = payload["event"]
    assert event["operator"] == {"tenant_key": lab.world.tenant_key, **lab.world.users[lab.id("Mei")].ids()}
    assert event["action"] == {"tag": "button", "timezone": "Asia/Shanghai", "value": {"do": "yes"}, "name": "b1"}
    assert event["context"] == {"open_message_id": sent["message_id"], "open_chat_id": lab.chat()}
    assert event["host"] == "im_message"
    assert event["token"].startswith("c-")


async def test_the_answer_redraws_the_card(lab: Tenant, hook: Listener) -> None:
    sent = await lab.send_card(card(button("Yes", {"do": "yes"}), title="Before"))

    async def answer(_: Json) -> web.Response:
        return web.json_response({"card": {"type": "raw", "data": card(title="After")}})

    hook.answer = answer
    tap = {"by": lab.id("Bob"), "message_id": sent["message_id"], "button": "Yes"}
    tapped = await lab.control("POST", "clicks", tap)
    assert (tapped["toast"], tapped["card"]["header"]["title"]["content"]) == (None, "After")
    seen = await lab.control("GET", f"chats/{lab.chat()}/messages", **{"as": lab.id("Mei")})
    assert seen["messages"][-1]["text"] == "After"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{}", 500, 200671),
        (b"not json", 200, 200672),
        (b'{"toast":{"type":"loud","content":"x"}}', 200, 200672),
        (b'{"card":{"type":"raw","data":{"schema":"2.0","body":{"elements":[{"tag":"nothing"}]}}}}', 200, 200673),
        (b'{"card":{"type":"raw","data":{"elements":[]}}}', 200, 200830),
    ],
)
async def test_answers_the_client_cannot_use(lab: Tenant, hook: Listener, body: bytes, status: int, code: int) -> None:
    sent = await lab.send_card(card(button("Yes", {"do": "yes"}), title="Before"))

    async def answer(_: Json) -> web.Response:
        return web.Response(body=body, status=status, content_type="application/json")

    hook.answer = answer
    tap = {"by": lab.id("Mei"), "message_id": sent["message_id"], "button": "Yes"}
    tapped = await lab.control("POST", "clicks", tap)
    assert (tapped["toast"]["type"], tapped["toast"]["code"], tapped["response"]) == ("error", code, None)
    assert json.loads(lab.world.messages[sent["message_id"]].content)["header"]["title"]["content"] == "Before"


async def test_a_tap_without_an_address_or_answer(lab: Tenant) -> None:
    sent = await lab.send_card(card(button("Yes", {"do": "yes"})))
    tap = {"by": lab.id("Mei"), "message_id": sent["message_id"], "button": "Yes"}
    assert (await lab.control("POST", "clicks", tap))["toast"]["code"] == 200340
    async with listening(lab) as hook:

        async def slow(_: Json) -> web.Response:
            await asyncio.sleep(3.5)
            return web.json_response({})

        hook.answer = slow
        assert (await lab.control("POST", "clicks", tap))["toast"]["code"] == 200341


async def test_the_delayed_update_works_twice_within_half_an_hour(lab: Tenant, hook: Listener) -> None:
    sent = await lab.send_card(card(button("Yes", {"do": "yes"}), title="Before"))
    path, codes = "/open-apis/interactive/v1/card/update", []

    async def update(token: str, design: Json) -> int:
        return (await lab.post(path, {"token": token, "card": design})).code

    async def too_early(payload: Json) -> web.Response:
        codes.append(await update(payload["event"]["token"], card()))
        return web.json_response({})

    hook.answer = too_early
    tap = {"by": lab.id("Mei"), "message_id": sent["message_id"], "button": "Yes"}
    await lab.control("POST", "clicks", tap)
    token = hook.got[0]["event"]["token"]
    codes += [await update(token, {"elements": []}), await update(token, card(title="One"))]
    codes += [await update(token, card(title="Two")), await update(token, card(title="Three"))]
    assert codes == [300020, 11311, 0, 0, 300040]
    assert json.loads(lab.world.messages[sent["message_id"]].content)["header"]["title"]["content"] == "Two"

    hook.answer = None
    await lab.control(
        "POST", "clicks", {**tap, "message_id": (await lab.send_card(card(button("Yes", {}))))["message_id"]}
    )
    await lab.control("POST", "clock", {"advance_s": 1800})
    assert await update(hook.got[1]["event"]["token"], card()) == 300030


# -- what people do beside talking ------------------------------------------------------------------------------


async def test_opening_the_chat_taking_words_back_and_withdrawing(lab: Tenant, hook: Listener) -> None:
    mei = lab.id("Mei")
    entered = await lab.control("POST", "enter", {"by": mei})
    said = await say(lab, "Mei", "hi", to_bot=True)
    await lab.control("POST", "recall", {"by": mei, "message_id": said["message_id"]})
    await lab.control("POST", "recall", {"by": mei, "message_id": said["message_id"]}, status=404)
    await lab.token("Mei")
    assert await lab.control("POST", "user_tokens/revoke", {"open_id": mei}) == {"revoked": 2, "delivered": True}
    await lab.world.pushes.settle()
    assert hook.of("im.chat.access_event.bot_p2p_chat_entered_v1")[0]["chat_id"] == entered["chat_id"]
    assert hook.of("im.message.recalled_v1")[0]["message_id"] == said["message_id"]
    assert hook.of("auth.user_access_token.revoked_v4")[0]["open_id"] == mei
    assert (await lab.get("/open-apis/authen/v1/user_info", as_="Mei")).code == 99991668

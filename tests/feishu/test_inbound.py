"""Deliveries as the platform's pages show them, and those that are none. No network anywhere."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from Crypto.Cipher import AES

from bot.feishu import crypto
from bot.feishu.inbound import (
    BotAdded,
    CardTapped,
    ChatEntered,
    EventChanged,
    Mention,
    MenuTapped,
    MessageReceived,
    PersonId,
    Rejected,
    Secrets,
    TokenRevoked,
    Unhandled,
    Update,
    UrlVerification,
    parse,
    read,
)

SAMPLES = Path(__file__).parent / "samples"
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TOKEN = "rvaYgkND1GOiu5MM0E1rncYC6PLtF7JV"
KEY = "kudryavka"
PLAIN = Secrets(verification_token=TOKEN, app_id="cli_9f5343c580712544")
SEALED = Secrets(verification_token=TOKEN, encrypt_key=KEY, app_id="cli_9f5343c580712544")
TOM = PersonId("ou_84aad35d084aa403a838cf73ee18467", "on_8ed6aa67826108097d9ee143816345", "e33ggbyz")


def sample(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return found


def wire(payload: object) -> bytes:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()


def parsed(payload: object, secrets: Secrets = PLAIN) -> Update:
    return parse({}, wire(payload), secrets=secrets, now=NOW)


def sealed(payload: object, key: str = KEY) -> bytes:
    """Encrypted as the platform's page describes it, by a library the bot's own path does not use for it."""
    text = wire(payload)
    text += bytes([16 - len(text) % 16]) * (16 - len(text) % 16)
    vector = b"0123456789abcdef"
    body = AES.new(hashlib.sha256(key.encode()).digest(), AES.MODE_CBC, vector).encrypt(text)
    return wire({"encrypt": base64.b64encode(vector + body).decode()})


def signed(body: bytes, *, at: datetime = NOW, key: str = KEY, nonce: str = "n0nce") -> dict[str, str]:
    stamp = str(int(at.timestamp()))
    digest = hashlib.sha256(stamp.encode() + nonce.encode() + key.encode() + body).hexdigest()
    return {"X-Lark-Request-Timestamp": stamp, "X-Lark-Request-Nonce": nonce, "X-Lark-Signature": digest}


def refusal(body: bytes, headers: dict[str, str] | None = None, secrets: Secrets = SEALED) -> tuple[int, str]:
    with pytest.raises(Rejected) as caught:
        parse(headers or {}, body, secrets=secrets, now=NOW)
    return caught.value.status, caught.value.reason


# -- what arrives ---------------------------------------------------------------------------------------------


def test_the_check_of_the_address() -> None:
    secrets = Secrets(verification_token="verification-token")
    assert parsed(sample("url_verification"), secrets) == UrlVerification("ajls384kdjtest")


def test_a_message_in_a_group() -> None:
    assert parsed(sample("message_group")) == MessageReceived(
        event_id="5e3702a84e847582be8db7fb73283c02",
        message_id="om_5ce6d572455d361153b7cb51da133945",
        chat_id="oc_5ce6d572455d361153b7xx51da133945",
        chat_type="group",
        sender=TOM,
        text="@Tom hello",
        created=datetime(2020, 12, 27, 12, 45, 51, 345000, tzinfo=UTC),
        mentions=(Mention("Tom", TOM.open_id, is_bot=False),),
        msg_type="text",
        root_id="om_5ce6d572455d361153b7cb5xxfsdfsdfdsf",
        parent_id="om_5ce6d572455d361153b7cb5xxfsdfsdfdsf",
        thread_id="omt_d4be107c616",
        tenant_key="736588c9260f175e",
    )


def test_messages_are_told_apart_by_their_own_id() -> None:
    assert parsed(sample("message_group")).dedup_key == "om_5ce6d572455d361153b7cb51da133945"  # type: ignore[union-attr]


def test_a_rich_text_is_read_line_by_line() -> None:
    message = parsed(sample("message_post"))
    assert isinstance(message, MessageReceived)
    assert message.text == "Roadmap\n周二 @Tompage\nsecond line"


def test_a_form_that_was_submitted() -> None:
    tap = parsed(sample("card_tap_form"))
    assert isinstance(tap, CardTapped)
    assert tap.created == datetime(2020, 10, 29, 13, 14, 58, tzinfo=UTC)
    assert (tap.tag, tap.name, tap.timezone) == ("button", "Button_lvkepfu3", "Asia/Shanghai")
    assert tap.value == {"key": "value"}
    assert tap.form["field name1"] == ["selectDemo1", "selectDemo2"]
    assert tap.form["DateTimePicker_ihz2d7a74i"] == "2024-04-29 07:07 +0800"
    assert tap.message_id == "om_574d639e4a44e4dd646eaf628e2*****"
    assert tap.dedup_key == "f7984f25108f8137722bb63c*****"


def test_a_button_that_was_tapped() -> None:
    tap = parsed(sample("card_tap_button"))
    assert isinstance(tap, CardTapped)
    assert (tap.value, tap.form, tap.option, tap.timezone) == (
        {"do": "slot.pick", "draft": "d1"},
        {},
        None,
        "Europe/London",
    )


@pytest.mark.parametrize(("raw", "value"), [('{"do":"x"}', {"do": "x"}), ("x", {}), (["x"], {}), (None, {})])
def test_a_value_in_any_shape_is_an_object_or_empty(raw: object, value: dict[str, str]) -> None:
    payload = sample("card_tap_button")
    payload["event"]["action"]["value"] = raw
    tap = parsed(payload)
    assert isinstance(tap, CardTapped)
    assert tap.value == value


@pytest.mark.parametrize(
    ("action", "field", "value"),
    [
        ({"tag": "select_static", "option": "2"}, "option", "2"),
        ({"tag": "multi_select_static", "options": ["1", "2"]}, "options", ("1", "2")),
        ({"tag": "input", "input_value": "tomorrow 3pm"}, "input_value", "tomorrow 3pm"),
        ({"tag": "checker", "checked": False}, "checked", False),
    ],
)
def test_every_component_says_its_own(action: dict[str, object], field: str, value: object) -> None:
    payload = sample("card_tap_button")
    payload["event"]["action"] = action
    assert getattr(parsed(payload), field) == value


def test_a_calendar_that_changed() -> None:
    change = parsed(sample("event_changed"))
    assert isinstance(change, EventChanged)
    assert change.calendar_id == "feishu.cn_xxxxxxxxxx@group.calendar.feishu.cn"
    assert change.people == (PersonId("ou_xxxxxx", "on_xxxxxx", "exxxxxxz"),)
    assert (change.change_type, change.calendar_event_id) == ("create", "efa67a98-06a8-4df5-8559-746c8f4477ef_0")


def test_a_calendar_that_changed_without_the_details_not_rolled_out_yet() -> None:
    payload = sample("event_changed")
    for name in ("calendar_event_id", "change_type", "rsvp_infos"):
        del payload["event"][name]
    change = parsed(payload)
    assert isinstance(change, EventChanged)
    assert (change.change_type, change.calendar_event_id) == (None, None)


def test_the_bot_in_a_new_group() -> None:
    added = parsed(sample("bot_added"))
    assert isinstance(added, BotAdded)
    assert (added.chat_id, added.name) == ("oc_413871888e0d5492e25b173f0812efb7", "sample")


def test_a_chat_that_was_opened() -> None:
    assert isinstance(parsed(sample("chat_entered")), ChatEntered)


def test_a_menu_item() -> None:
    menu = parsed(sample("menu"))
    assert isinstance(menu, MenuTapped)
    assert menu.operator.open_id == TOM.open_id


def test_a_token_that_was_withdrawn() -> None:
    revoked = parsed(sample("token_revoked"))
    assert isinstance(revoked, TokenRevoked)
    assert revoked.kinds == ("user_access_token", "refresh_token")
    assert revoked.person.open_id == "ou_c99c5f35d542efc7ee492afe11af19ef"


def test_the_old_envelope() -> None:
    assert parsed(sample("p2p_chat_create_v1"), Secrets(verification_token=TOKEN)) == Unhandled(
        event_type="p2p_chat_create", event_id="bc447199585340d1f3728d26b1c0297a"
    )


def test_what_nobody_handles_keeps_its_name() -> None:
    assert parsed(sample("room_created")) == Unhandled(
        event_type="vc.room.created_v1", event_id="5e3702a84e847582be8db7fb73283c02"
    )


def test_every_update_survives_being_stored() -> None:
    for path in sorted(SAMPLES.glob("*.json")):
        update = parsed(sample(path.stem), Secrets())
        assert msgspec.json.decode(msgspec.json.encode(update), type=type(update)) == update


# -- the words of a message -----------------------------------------------------------------------------------


def mention(n: int, name: str, open_id: str, kind: str | None = "user") -> dict[str, object]:
    found: dict[str, object] = {"key": f"@_user_{n}", "id": {"open_id": open_id}, "name": name}
    return found | ({"mentioned_type": kind} if kind else {})


def said(text: str, mentions: list[dict[str, object]], bot: str = "ou_bot") -> MessageReceived:
    payload = sample("message_group")
    payload["event"]["message"] |= {"content": json.dumps({"text": text}), "mentions": mentions}
    update = read(payload, secrets=Secrets(bot_open_id=bot))
    assert isinstance(update, MessageReceived)
    return update


def test_our_own_mention_is_left_out_of_the_words() -> None:
    heard = said("@_user_1 meet @_user_2 tomorrow", [mention(1, "Daylark", "ou_bot"), mention(2, "Mei", "ou_mei")])
    assert heard.text == "meet @Mei tomorrow"
    assert heard.mentions == (Mention("Daylark", "ou_bot", is_bot=True), Mention("Mei", "ou_mei"))


def test_our_own_mention_leaves_no_gap_in_the_middle() -> None:
    assert said("hey @_user_1 /help", [mention(1, "Daylark", "ou_bot")]).text == "hey /help"


def test_another_bot_keeps_its_name() -> None:
    heard = said("@_user_1 ask @_user_2", [mention(1, "Daylark", "ou_bot", "bot"), mention(2, "Other", "ou_o", "bot")])
    assert heard.text == "ask @Other"


def test_before_we_know_who_we_are_any_bot_is_us() -> None:
    assert said("@_user_1 hi", [mention(1, "Daylark", "ou_bot", "bot")], bot="").text == "hi"


def test_the_twelfth_mention_is_not_the_first_one_and_a_two() -> None:
    people = [mention(n, f"P{n}", f"ou_{n}") for n in range(1, 13)]
    assert said("@_user_12 and @_user_1", people).text == "@P12 and @P1"


def test_everybody_needs_no_entry() -> None:
    assert said("@_all lunch?", []).text == "@all lunch?"


def test_lines_stay_lines() -> None:
    assert said("@_user_1 one\n  two  three\n", [mention(1, "Daylark", "ou_bot")]).text == "one\ntwo three"


def test_a_message_recalled_before_delivery_is_empty() -> None:
    payload = sample("message_group")
    payload["event"]["message"] |= {"content": "", "mentions": []}
    update = parsed(payload)
    assert isinstance(update, MessageReceived)
    assert update.text == ""


@pytest.mark.parametrize("content", ["no json", "[]", '{"text": 5}', '{"title": 1, "content": [null]}'])
@pytest.mark.parametrize("kind", ["text", "post"])
def test_content_nobody_can_read_has_no_words(kind: str, content: str) -> None:
    payload = sample("message_group")
    payload["event"]["message"] |= {"message_type": kind, "content": content, "mentions": []}
    update = parsed(payload)
    assert isinstance(update, MessageReceived)
    assert update.text == ""


def test_a_picture_has_no_words() -> None:
    payload = sample("message_group")
    payload["event"]["message"] |= {"message_type": "image", "content": '{"image_key":"img_1"}', "mentions": []}
    update = parsed(payload)
    assert isinstance(update, MessageReceived)
    assert (update.msg_type, update.text) == ("image", "")


@pytest.mark.parametrize("stamp", ["1609073151", "1609073151000", "1609073151000000"])
def test_times_are_read_by_their_magnitude(stamp: str) -> None:
    payload = sample("card_tap_button")
    payload["header"]["create_time"] = stamp
    tap = parsed(payload)
    assert isinstance(tap, CardTapped)
    assert tap.created == datetime(2020, 12, 27, 12, 45, 51, tzinfo=UTC)


# -- what is none of the platform's ----------------------------------------------------------------------------


def test_the_example_of_the_encryption_page() -> None:
    assert crypto.decrypt("test key", "P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=") == "hello world"


def test_a_sealed_and_signed_delivery_is_opened() -> None:
    body = sealed(sample("message_group"))
    update = parse(signed(body), body, secrets=SEALED, now=NOW)
    assert isinstance(update, MessageReceived)


def test_a_sealed_check_of_the_address_needs_no_signature() -> None:
    body = sealed({"challenge": "c", "token": TOKEN, "type": "url_verification"})
    assert parse({}, body, secrets=SEALED, now=NOW) == UrlVerification("c")


def test_headers_are_read_whatever_their_case() -> None:
    body = sealed(sample("message_group"))
    headers = {name.lower(): value for name, value in signed(body).items()}
    assert isinstance(parse(headers, body, secrets=SEALED, now=NOW), MessageReceived)


@pytest.mark.parametrize("minutes", [-4.9, 4.9])
def test_a_signature_may_be_a_little_old_or_early(minutes: float) -> None:
    body = sealed(sample("message_group"))
    headers = signed(body, at=NOW + timedelta(minutes=minutes))
    assert isinstance(parse(headers, body, secrets=SEALED, now=NOW), MessageReceived)


@pytest.mark.parametrize("minutes", [-5.1, 5.1])
def test_an_old_delivery_is_not_played_again(minutes: float) -> None:
    body = sealed(sample("message_group"))
    assert refusal(body, signed(body, at=NOW + timedelta(minutes=minutes))) == (401, "stale")


SPOILED: list[tuple[str, Callable[[bytes], tuple[bytes, dict[str, str]]], tuple[int, str]]] = [
    ("another body", lambda body: (body + b" ", signed(body)), (401, "bad_signature")),
    ("another key", lambda body: (body, signed(body, key="other")), (401, "bad_signature")),
    ("no headers", lambda body: (body, {}), (401, "unsigned")),
    ("another stamp", lambda body: (body, signed(body) | {"X-Lark-Request-Timestamp": "1"}), (401, "bad_signature")),
    ("another nonce", lambda body: (body, signed(body) | {"X-Lark-Request-Nonce": "x"}), (401, "bad_signature")),
    ("no signature", lambda body: (body, signed(body) | {"X-Lark-Signature": ""}), (401, "unsigned")),
]  # fmt: skip


@pytest.mark.parametrize(("_", "spoil", "expected"), SPOILED, ids=[row[0] for row in SPOILED])
def test_a_spoiled_delivery_is_refused(
    _: str, spoil: Callable[[bytes], tuple[bytes, dict[str, str]]], expected: tuple[int, str]
) -> None:
    body, headers = spoil(sealed(sample("message_group")))
    assert refusal(body, headers) == expected


def test_a_stamp_that_is_signed_but_no_number_is_stale() -> None:
    body = sealed(sample("message_group"))
    stamp = "next week"
    digest = crypto.signature(stamp, "n", KEY, body)
    headers = {"X-Lark-Request-Timestamp": stamp, "X-Lark-Request-Nonce": "n", "X-Lark-Signature": digest}
    assert refusal(body, headers) == (401, "stale")


def test_a_delivery_for_another_key_cannot_be_opened() -> None:
    body = sealed(sample("message_group"), key="other")
    assert refusal(body, signed(body)) == (401, "undecryptable")


@pytest.mark.parametrize("text", ["", "AAAA", "not base64 at all!", "P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk"])
def test_garbage_cannot_be_opened(text: str) -> None:
    body = wire({"encrypt": text})
    assert refusal(body, signed(body)) == (401, "undecryptable")


def test_without_a_signature_nothing_is_told_about_what_is_inside() -> None:
    bodies = [
        sealed(sample("message_group")),
        sealed("{}"),
        sealed(["x"]),
        sealed({}, key="other"),
        wire({"encrypt": "AAAA"}),
    ]
    assert {refusal(body) for body in bodies} == {(401, "unsigned")}


def test_a_plain_body_is_refused_where_a_key_is_set() -> None:
    body = wire(sample("message_group"))
    assert refusal(body, signed(body)) == (401, "not_encrypted")
    assert refusal(wire({"challenge": "c", "token": TOKEN, "type": "url_verification"})) == (401, "not_encrypted")


def test_a_sealed_body_is_refused_where_no_key_is_set() -> None:
    assert refusal(sealed(sample("message_group")), secrets=PLAIN) == (401, "undecryptable")


def test_the_verification_token_proves_the_origin() -> None:
    payload = sample("message_group")
    payload["header"]["token"] = "guess"
    assert refusal(wire(payload), secrets=PLAIN) == (401, "bad_token")
    check = wire({"challenge": "c", "token": "guess", "type": "url_verification"})
    assert refusal(check, secrets=PLAIN) == (401, "bad_token")


def test_a_delivery_for_another_app_is_refused() -> None:
    payload = sample("message_group")
    payload["header"]["app_id"] = "cli_other"
    assert refusal(wire(payload), secrets=PLAIN) == (403, "wrong_app")


def test_a_body_that_is_too_large_is_not_even_read() -> None:
    assert refusal(b"x" * (1024 * 1024 + 1)) == (413, "too_large")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff\xfe{}", b"null"])
def test_what_is_no_object_is_refused(body: bytes) -> None:
    assert refusal(body, secrets=PLAIN) == (400, "not_json")


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"schema": "2.0", "header": {}, "event": {}},
        {"schema": "2.0", "header": {"event_type": "x", "create_time": "soon", "token": TOKEN}, "event": {}},
        {"type": "event_callback"},
    ],
)
def test_a_half_envelope_is_refused(payload: object) -> None:
    assert refusal(wire(payload), secrets=Secrets())[1] == "malformed"


@pytest.mark.parametrize("missing", ["message_id", "chat_id", "chat_type", "message_type", "create_time"])
def test_a_message_without_what_it_needs_is_refused(missing: str) -> None:
    payload = sample("message_group")
    del payload["event"]["message"][missing]
    assert refusal(wire(payload), secrets=PLAIN) == (400, "malformed")


def test_secrets_do_not_show_themselves() -> None:
    assert repr(SEALED) == "Secrets(app_id='cli_9f5343c580712544')"

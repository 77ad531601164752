"""A person taps a card: which control it is, what the client sends, and what becomes of the app's answer."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.emulator import cards, messages
from bot.emulator.kernel import Json, Refusal
from bot.emulator.push import BAD_BODY, BAD_CARD, CARD_VERSION, Outcome
from bot.emulator.state import App, Message, User, World
from bot.emulator.talk import Wrong, person

CALLBACK_TOKEN_LIFE = timedelta(minutes=30)
CARD_DAYS = 14
TOASTS = ("info", "success", "error", "warning")
MULTIPLE = ("multi_select_static", "multi_select_person")
# What a picker shows and what the client sends: the date, a blank, the offset of the person's zone.
PICKERS = {"date_picker": "%Y-%m-%d", "picker_time": "%H:%M", "picker_datetime": "%Y-%m-%d %H:%M"}
INITIAL = ("initial_date", "initial_time", "initial_datetime", "initial_option", "default_value", "initial_index")
WORDS = {
    200340: "The app has no usable address for callbacks",
    200341: "The app did not answer within 3 seconds",
    200342: "The app could not be reached",
    200671: "The app answered with an error status",
    200672: "The app's answer could not be read",
    200673: "The app answered with a card that is not valid",
    200830: "A JSON 2.0 card can only be replaced by a JSON 2.0 card",
}


async def tap(world: World, fields: Json) -> Json:
    """One tap: the callback, and its answer as the client applies it."""
    user = person(world, fields.get("by"))
    message = _card_message(world, user, fields.get("message_id"))
    card = json.loads(message.content)
    control = _control(card, user, fields["button"])
    if not control.callback:
        if control.url is not None:
            return {"toast": None, "response": None, "url": control.url}
        raise Wrong("this control reports nothing by itself: tap the submit button of its form")
    action = _action(world, user, card, control, fields)
    app = world.apps[message.sender_id]
    token = f"c-{world.ids.hex('token', 40)}"
    outcome = await world.pushes.callback(app, _event(world, app, user, message, token, action))
    result = _apply(world, user, message, outcome)
    # The delayed update is for after the answer, never before or beside it.
    world.cards[token] = (message.message_id, world.clock.now() + CALLBACK_TOKEN_LIFE, world.switches.card_updates)
    return result


def _card_message(world: World, user: User, message_id: object) -> Message:
    message = world.messages.get(message_id) if isinstance(message_id, str) else None
    if message is None:
        raise Wrong(f"there is no message {message_id!r}", 404)
    if user.open_id not in world.chats[message.chat_id].members or not messages.visible(message, user.open_id):
        raise Wrong(f"{user.name} does not see this message", 403)
    if message.msg_type != "interactive" or message.recalled or message.sender_type != "app":
        raise Wrong("this message is no card, or it was recalled")
    if messages.age_days(message, world.clock.now()) > CARD_DAYS:
        raise Wrong(f"cards can be tapped for {CARD_DAYS} days")
    return message


def _control(card: Json, user: User, button: str) -> cards.Control:
    control = cards.find_control(card, button)
    if control is None:
        there = ", ".join(repr(row["text"] or row["element_id"]) for row in cards.buttons(card, language=user.language))
        raise Wrong(f"nothing on this card is called {button!r}; there is: {there or 'nothing to tap'}", 404)
    if control.disabled:
        raise Wrong(f"{button!r} is disabled", 409)
    return control


# -- what the client sends --------------------------------------------------------------------------------------


def _event(world: World, app: App, user: User, message: Message, token: str, action: Json) -> Json:
    return {
        "operator": {"tenant_key": world.tenant_key, **world.ids_of(user, app)},
        "token": token,
        "action": action,
        "host": "im_message",
        "context": {"open_message_id": message.message_id, "open_chat_id": message.chat_id},
    }


def _action(world: World, user: User, card: Json, control: cards.Control, fields: Json) -> Json:
    action: Json = {"tag": control.tag, "timezone": user.timezone}
    if control.value is not None:
        action["value"] = control.value
    if control.name:
        action["name"] = control.name
    if control.form is not None:
        if control.submits:
            action["form_value"] = _form(world, user, card, control.form, fields.get("form") or {})
        return action
    if (option := fields.get("option")) is not None:
        action |= _chosen(world, user, control, option)
    elif control.tag not in ("button", "interactive_container"):
        raise Wrong(f"a {control.tag} needs an option")
    return action


def _chosen(world: World, user: User, control: cards.Control, option: Any) -> Json:
    if control.tag == "checker":
        return {"checked": option in (True, "true", "True")}
    if control.tag == "input":
        return {"input_value": str(option)}
    value = _field(world, user, control, option)
    return {"options": value} if isinstance(value, list) else {"option": value}


def _form(world: World, user: User, card: Json, form: Json, given: Json) -> Json:
    """The named fields of a form, as filled in; what is required and empty keeps the client from sending."""
    fields = {one.name: one for one in cards.controls(card) if one.form is form and one.name and one.tag != "button"}
    if unknown := sorted(set(given) - set(fields)):
        raise Wrong(f"the form has no field {', '.join(unknown)}; it has {', '.join(map(str, fields))}")
    filled: Json = {}
    for name, control in fields.items():
        value = given[name] if name in given else _initial(control)
        if value in (None, "", []):
            if control.component.get("required", control.tag in MULTIPLE):
                raise Wrong(f"the field {name!r} is required")
            continue
        filled[str(name)] = _field(world, user, control, value)
    return filled


def _initial(control: cards.Control) -> Any:
    if control.tag == "checker":
        return bool(control.component.get("checked", False))
    for key in INITIAL:
        if key in control.component:
            value = control.component[key]
            return value.get("content") if isinstance(value, dict) else value
    return control.component.get("selected_values")


def _field(world: World, user: User, control: cards.Control, value: Any) -> Any:
    if control.tag in PICKERS:
        return _picked(user, PICKERS[control.tag], str(value), world.clock.now())
    if control.tag in MULTIPLE:
        many = value if isinstance(value, list) else [value]
        return [_option(world, control, str(one)) for one in many]
    if control.tag in ("select_static", "select_person", "overflow", "select_img"):
        return _option(world, control, str(value))
    return value


def _option(world: World, control: cards.Control, value: str) -> str:
    if (chosen := control.option(value)) is not None:
        return chosen
    if "person" in control.tag and not control.options:
        named = (user.open_id for user in world.users.values() if value in (user.open_id, user.name, user.en_name))
        if (open_id := next(named, None)) is not None:
            return open_id
    there = ", ".join(str(option.get("value")) for option in control.options)
    raise Wrong(f"there is no option {value!r}; there is: {there}")


def _picked(user: User, shape: str, value: str, now: datetime) -> str:
    try:
        moment = datetime.strptime(value, shape).replace(tzinfo=ZoneInfo(user.timezone))
    except ValueError:
        raise Wrong(f"{value!r} does not read as {shape}") from None
    if moment.year == 1900:  # a time of day alone: today's offset
        moment = moment.replace(year=now.year, month=now.month, day=now.day)
    return f"{value} {moment:%z}"


# -- what becomes of the answer ---------------------------------------------------------------------------------


def _apply(world: World, user: User, message: Message, outcome: Outcome) -> Json:
    if outcome.failure is not None:
        return _failed(outcome.failure)
    answer = outcome.body
    toast = answer.get("toast") if isinstance(answer, dict) else None
    if not isinstance(answer, dict) or not _readable(toast):
        return _failed(BAD_BODY)
    result: Json = {"toast": _worded(toast, user), "response": answer}
    if (replacement := answer.get("card")) is not None:
        card = replacement.get("data") if isinstance(replacement, dict) else None
        if not isinstance(card, dict) or replacement.get("type") != "raw":
            return _failed(BAD_CARD)
        if json.loads(message.content).get("schema") == "2.0" and card.get("schema") != "2.0":
            return _failed(CARD_VERSION)
        try:
            messages.accept_card(world, card)
        except Refusal as refusal:
            return _failed(BAD_CARD, refusal.msg or "")
        message.content = messages.compact(card)
        messages.touch(world, message)
        result["card"] = card
    return result


def _readable(toast: Any) -> bool:
    if toast is None:
        return True
    return isinstance(toast, dict) and toast.get("type", "info") in TOASTS


def _worded(toast: Json | None, user: User) -> Json | None:
    if not toast:
        return None
    words = (toast.get("i18n") or {}).get(user.language) or toast.get("content", "")
    return {"type": toast.get("type", "info"), "content": words}


def _failed(code: int, detail: str = "") -> Json:
    words = f"{WORDS.get(code, 'The callback failed')} ({code})"
    return {
        "toast": {"type": "error", "content": f"{words}: {detail}" if detail else words, "code": code},
        "response": None,
    }

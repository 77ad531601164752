"""What hangs on the participants of an event: the meeting chat and the minutes."""

from __future__ import annotations

from bot.emulator.api.attendees import found_with
from bot.emulator.book import Found
from bot.emulator.calendars import Calendars
from bot.emulator.event_views import Views
from bot.emulator.kernel import Call, Json, Refusal, endpoint


def _own(call: Call, *, least: int, refused: int) -> tuple[Calendars, Views, Found]:
    """An event on the caller's own primary calendar with enough participants who may see each other."""
    calendars, views, found = found_with(call, least="writer")
    event = found.event
    invited = [one for one in event.attendees.values() if one.kind != "resource"]
    people = set(event.people)
    enough = max(len(invited), len(people)) >= least
    if views.calendar is not calendars.primary(views.who) or not views.edits(event):
        raise Refusal(193002)
    if not enough or event.ability == "none":
        raise Refusal(refused)
    return calendars, views, found


@endpoint("calendar.v4.calendar_event_meeting_chat.create")
def open_chat(call: Call) -> Json:
    """A group of everybody invited, tied to the event."""
    calendars, views, found = _own(call, least=2, refused=195109)
    event, world = calendars.book.editable(found), call.world
    known = world.chats.get(event.meeting_chat or "")
    if known is None or known.dissolved:
        people = list(dict.fromkeys(event.people))
        bot = views.who not in world.users
        apps = [call.caller.app_id or ""] if bot else []
        members = people if bot else list(dict.fromkeys([views.who, *people]))
        known = world.add_chat(
            event.title or "Meeting", members, apps=apps, owner=None if bot else views.who, tag="meeting"
        )
        event.meeting_chat = known.chat_id
        calendars.book.touch(found.series, event, "update")
    link = f"https://applink.feishu.cn/client/chat/open?openChatId={known.chat_id}"
    return {"meeting_chat_id": known.chat_id, "applink": link}


@endpoint("calendar.v4.calendar_event_meeting_chat.delete")
def unbind_chat(call: Call) -> Json:
    """Untie the chat; its owner's to do."""
    calendars, views, found = found_with(call, least="writer")
    if views.calendar is not calendars.primary(views.who):
        raise Refusal(193002)
    event, chat_id = found.event, call.params["meeting_chat_id"]
    if event.meeting_chat != chat_id:
        raise Refusal(195108)
    chat = call.world.chats.get(chat_id)
    bots = [app.open_id for app in call.world.apps.values()]
    if chat is not None and views.who not in ([chat.owner] if chat.owner else bots):  # without a person, a bot owns it
        raise Refusal(195107)
    event = calendars.book.editable(found)
    event.meeting_chat = None
    calendars.book.touch(found.series, event, "update")
    return {}


@endpoint("calendar.v4.calendar_event_meeting_minute.create")
def write_minutes(call: Call) -> Json:
    """A document for the minutes, one per event."""
    calendars, _, found = _own(call, least=1, refused=195110)
    event = calendars.book.editable(found)
    if event.minutes is None:
        event.minutes = f"https://feishu.cn/docx/{call.world.ids.hex('minutes', 27)}"
    return {"doc_url": event.minutes}

"""Events: create, read, change, delete, list, search, answer, expand."""

from __future__ import annotations

from bot.emulator import event_drafts as drafts
from bot.emulator.book import Found
from bot.emulator.calendar_calls import WRITABLE, calendar_of, id_type, listing, person_in, seconds, time_info, wrong
from bot.emulator.calendars import Calendar, Calendars
from bot.emulator.event_views import Views
from bot.emulator.events import Event, attendee_id
from bot.emulator.kernel import Call, Json, Refusal, endpoint
from bot.emulator.paging import page, position, token
from bot.emulator.sync import expired, issued, read

DAY = 86400
MONTH = 30 * DAY


@endpoint("calendar.v4.calendar_event.create")
def create(call: Call) -> Json:
    """A new event; the same idempotency key on the same calendar answers with the event it made."""
    calendars, who, calendar = calendar_of(call, least="writer", types=WRITABLE)
    views, key = Views(calendars, who, calendar, id_type(call)), call.params.get("idempotency_key")
    place = (call.caller.app_id or "", calendar.calendar_id, key or "")
    if key and (known := calendars.book.idempotent.get(place)) is not None:
        return {"event": views.event(calendars.book.find(calendar, known, deleted=True).event, settings=True)}
    body = drafts.given(call.body)
    event = calendars.book.add(calendar, who, **drafts.fields(call, body, calendar))
    drafts.personal(event, who, {name: body[name] for name in ("color", "reminders") if name in body})
    if key:
        calendars.book.idempotent[place] = event.event_id
    return {"event": views.event(event, settings=True)}


def _found(call: Call, *, least: str, deleted: bool = False) -> tuple[Calendars, Views, Found]:
    types = () if least == "reader" else WRITABLE
    calendars, who, calendar = calendar_of(call, least=least, types=types)
    found = calendars.book.find(calendar, call.params["event_id"], deleted=deleted)
    return calendars, Views(calendars, who, calendar, id_type(call)), found


@endpoint("calendar.v4.calendar_event.get")
def get(call: Call) -> Json:
    """One event; a deleted one is still there as ``cancelled``, unless the world is told to refuse."""
    calendars, _, _ = calendar_of(call, least="reader")
    tombs = calendars.switches.deleted_event == "cancelled"
    calendars, views, found = _found(call, least="reader", deleted=tombs)
    event = found.event
    shown = views.event(event, original=found.original, settings=bool(call.params["need_meeting_settings"]))
    if call.params["need_attendee"]:
        if not views.sees_attendees(event):
            raise Refusal(194001)
        most = call.params["max_attendee_num"]
        attendees = list(event.attendees.values())
        shown["attendees"] = [views.attendee(event, one) for one in attendees[:most]]
        shown["has_more_attendee"] = len(attendees) > most
    return {"event": shown}


@endpoint("calendar.v4.calendar_event.patch")
def patch(call: Call) -> Json:
    _, views, found = _found(call, least="writer")
    event = drafts.change(call, found, drafts.given(call.body), views)
    return {"event": views.event(event, settings=True)}


@endpoint("calendar.v4.calendar_event.delete")
def delete(call: Call) -> Json:
    """The organizer's to do; one occurrence of a series leaves a cancelled exception."""
    calendars, views, found = _found(call, least="writer")
    if not views.edits(found.event):
        raise Refusal(193002)
    calendars.book.cancel(found.series, calendars.book.editable(found))
    return {}


@endpoint("calendar.v4.calendar_event.list")
def list_events(call: Call) -> Json:
    """Masters and exceptions in one of three exclusive ways: a window, everything from an anchor, or what changed."""
    calendars, who, calendar = calendar_of(call, least="reader", types=(*WRITABLE, "resource"))
    views, given = Views(calendars, who, calendar, id_type(call)), call.params
    window = "start_time" in given or "end_time" in given
    paged = "page_token" in given or "sync_token" in given
    if (window and (paged or "anchor_time" in given)) or ("sync_token" in given and len(_ways(call)) > 1):
        raise Refusal(190009)
    if window:
        return _windowed(call, views)
    if "sync_token" in given or given.get("page_token", "").startswith("Sync"):
        return _changes(call, views)
    events = _on(calendars, calendar)
    if "anchor_time" in given:
        anchor = seconds(call, "anchor_time")
        events = [event for event in events if _reaches(event, anchor)]
    size = (listing(call) if "anchor_time" in given else given)["page_size"]
    start = position(given.get("page_token"), wrong=190008)
    more = start + size < len(events)
    answer: Json = {
        "has_more": more,
        "page_token": token(start + size) if more and "anchor_time" in given else "",
        "sync_token": "" if more else issued(calendar.sequence, "events", call.world.clock.now()),
        "items": [views.listed(event) for event in events[start : start + size]],
    }
    return answer


def _ways(call: Call) -> set[str]:
    return {"anchor_time", "page_token", "sync_token", "start_time", "end_time"} & set(call.params)


def _on(calendars: Calendars, calendar: Calendar) -> list[Event]:
    """Everything that shows on a calendar, oldest first, and tombstones for what a series would show but does not."""

    def stands(event: Event) -> bool:
        return not event.cancelled and calendars.freebusy.rsvp(event, calendar.owner, calendar) is not None

    found: list[Event] = []
    for uid in calendar.uids:
        series = calendars.book.series[uid]
        here = stands(series.master)
        found.extend(event for event in series if stands(event) or (here and event.original))
    return found


def _reaches(event: Event, anchor: int) -> bool:
    if event.recurrence:
        return True
    return event.end >= anchor and (event.original == 0 or event.original >= anchor)


def _windowed(call: Call, views: Views) -> Json:
    if not {"start_time", "end_time"} <= set(call.params):
        raise wrong(call, "end_time", "start_time and end_time go together")
    after, before = seconds(call, "start_time"), seconds(call, "end_time")
    if before < after:
        raise wrong(call, "end_time", "the end lies before the start", before)
    shown = []
    for event in _on(views.calendars, views.calendar):
        if event.recurrence:
            series = views.calendars.book.series[event.uid]
            inside = any(True for _ in series.occurrences(after, before))
        else:
            inside = event.start < before and event.end > after
        if inside:
            shown.append(views.listed(event))
    return {"has_more": False, "page_token": "", "sync_token": "", "items": shown[: call.params["page_size"]]}


def _changes(call: Call, views: Views) -> Json:
    """What is different since the token, each event once, as it is now."""
    calendar, given, now = views.calendar, call.params, call.world.clock.now()
    if "sync_token" in given:
        since, start = read(given["sync_token"], "events", now), 0
    else:
        sync, _, offset = given["page_token"].removeprefix("Sync").partition("@")
        since, start = read(sync, "events", now), position(offset, wrong=190008)
    if since > calendar.sequence:
        raise expired()
    changed = [event_id for event_id, sequence in calendar.entries.items() if sequence > since]
    size = given["page_size"]
    more = start + size < len(changed)
    items = [_now(views, event_id) for event_id in changed[start : start + size]]
    return {
        "has_more": more,
        "page_token": f"Sync{issued(since, 'events', now)}@{token(start + size)}" if more else "",
        "sync_token": "" if more else issued(calendar.sequence, "events", now),
        "items": items,
    }


def _now(views: Views, event_id: str) -> Json:
    uid, _, original = event_id.rpartition("_")
    series = views.calendars.book.series[uid]
    return views.listed(series.find(int(original)) or series.master)


@endpoint("calendar.v4.calendar_event.search")
def search(call: Call) -> Json:
    """By title, fuzzily; a title with an underscore only by its exact words."""
    calendars, who, calendar = calendar_of(call, least="reader", types=WRITABLE)
    if call.caller.kind == "tenant" and not calendars.switches.search_as_app:
        raise Refusal(99991668)
    views = Views(calendars, who, calendar, id_type(call))
    filters = call.body.get("filter") or {}
    after, before = _searched(call, filters)
    wanted = _participants(call, filters)
    hits = []
    for event in _on(calendars, calendar):
        stands = not event.cancelled and calendars.freebusy.rsvp(event, calendar.owner, calendar) is not None
        if not stands or not _titled(event.title, call.body["query"]) or not views.reads(event):
            continue
        series = calendars.book.series[event.uid]
        if event.recurrence:
            inside = any(one.event is event for one in series.occurrences(after, before))
        else:
            inside = event.start < before and event.end > after
        if inside and all(group & event.attendees.keys() for group in wanted):
            hits.append(event)
    answer = page(sorted(hits, key=lambda one: one.start), listing(call), views.found, wrong=190008)
    del answer["has_more"]
    return answer


def _searched(call: Call, filters: Json) -> tuple[int, int]:
    now = int(call.world.clock.now().timestamp())
    after, before = now - MONTH, now + MONTH
    if filters.get("start_time"):
        after = time_info(call, filters["start_time"], "filter.start_time")[0]
        before = max(before, after + MONTH)
    if filters.get("end_time"):
        moment, _, whole = time_info(call, filters["end_time"], "filter.end_time")
        before = moment + DAY if whole else moment
        after = after if filters.get("start_time") else min(after, before - MONTH)
    return after, before


def _participants(call: Call, filters: Json) -> list[set[str]]:
    """Each kind of filter keeps events with at least one of its participants."""
    people = [attendee_id("user", person_in(call, one, "filter.user_ids")) for one in filters.get("user_ids") or ()]
    rooms = [attendee_id("resource", one) for one in filters.get("room_ids") or ()]
    chats = [attendee_id("chat", one) for one in filters.get("chat_ids") or ()]
    return [set(group) for group in (people, rooms, chats) if group]


def _titled(title: str, query: str) -> bool:
    if "_" in title:
        return title == query
    return all(word in title.casefold() for word in query.casefold().split())


@endpoint("calendar.v4.calendar_event.reply")
def reply(call: Call) -> Json:
    """The calling identity answers for itself."""
    calendars, who, calendar = calendar_of(call, least="reader")
    found = calendars.book.find(calendar, call.params["event_id"])
    if found.event.answer_of(who) is None:
        raise Refusal(193002)
    event = calendars.book.editable(found)
    calendars.invitations.answer(found.series, event, who, call.body["rsvp_status"])
    return {}


@endpoint("calendar.v4.calendar_event.instances")
def instances(call: Call) -> Json:
    """The occurrences of one series, bounds excluded, two years at most."""
    _, views, found = _found(call, least="reader")
    after, before = seconds(call, "start_time"), seconds(call, "end_time")
    if not after < before <= after + 2 * 366 * DAY:
        raise wrong(call, "end_time", "a window of at most two years expected", before)
    rows = sorted(
        (one for one in found.series.occurrences(after, before) if one.start > after and one.end < before),
        key=lambda one: one.start,
    )
    return page(rows, listing(call), lambda one: views.instance(one.event, one.original), wrong=190008)


@endpoint("calendar.v4.calendar_event.instance_view")
def instance_view(call: Call) -> Json:
    """Everything on a calendar in a window, expanded."""
    calendars, who, calendar = calendar_of(call, least="reader", types=WRITABLE)
    after, before = seconds(call, "start_time"), seconds(call, "end_time")
    if before - after >= 40 * DAY:
        raise Refusal(193103)
    if before <= after:
        raise wrong(call, "end_time", "the end lies before the start", before)
    views, rows = Views(calendars, who, calendar, id_type(call)), []
    for uid in calendar.uids:
        for one in calendars.book.series[uid].occurrences(after, before):
            if calendars.freebusy.rsvp(one.event, calendar.owner, calendar) is not None:
                rows.append(one)
                if len(rows) >= 1000:
                    raise Refusal(193104)
    rows.sort(key=lambda one: (one.start, one.event_id))
    return {"items": [_viewed(views, one.event, one.original) for one in rows]}


def _viewed(views: Views, event: Event, original: int) -> Json:
    shown = views.event(event, original=original)
    for key in ("reminders", "recurrence", "create_time", "schemas", "attachments", "event_check_in"):
        shown.pop(key, None)
    if not event.attendees:
        shown.pop("vchat", None)
    elif views.reads(event):
        shown["attendees"] = [views.attendee(event, room, form=True, reason=True) for room in event.rooms]
    return shown


@endpoint("calendar.v4.calendar_event.subscription")
def watch(call: Call) -> Json:
    _, who, calendar = calendar_of(call, least="reader")
    calendar.watchers[who] = None
    return {}


@endpoint("calendar.v4.calendar_event.unsubscription")
def unwatch(call: Call) -> Json:
    _, who, calendar = calendar_of(call, least="reader")
    calendar.watchers.pop(who, None)
    return {}

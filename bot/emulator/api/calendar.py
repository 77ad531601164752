"""Calendars, the list of them, and grants."""

from __future__ import annotations

from bot.emulator.calendar_calls import calendar_of, id_type, identity, listing, person_in, wrong
from bot.emulator.calendars import Calendar
from bot.emulator.kernel import Call, Json, Refusal, endpoint
from bot.emulator.paging import page
from bot.emulator.sync import expired, issued, read

PRIVATE = {"color", "summary_alias"}


@endpoint("calendar.v4.calendar.primary")
def primary(call: Call) -> Json:
    who = identity(call)
    if call.caller.kind == "tenant" and id_type(call) == "user_id":
        raise wrong(call, "user_id_type", "an app has no user_id", "user_id")
    return {"calendars": [_of(call, who, who)]}


@endpoint("calendar.v4.calendar.primarys")
def primarys(call: Call) -> Json:
    who = identity(call)
    people = [person_in(call, value, "user_ids") for value in call.body["user_ids"]]
    return {"calendars": [_of(call, who, person) for person in dict.fromkeys(people)]}


def _of(call: Call, who: str, owner: str) -> Json:
    calendars = call.world.calendars
    shown = calendars.view(calendars.primary(owner), who)
    return {"calendar": shown, "user_id": calendars.id_of(owner, id_type(call))}


@endpoint("calendar.v4.calendar.create")
def create(call: Call) -> Json:
    who = identity(call)
    given = {name: value for name, value in call.body.items() if value is not None}
    calendar = call.world.calendars.create(who, **given)
    return {"calendar": call.world.calendars.view(calendar, who)}


@endpoint("calendar.v4.calendar.get")
def get(call: Call) -> Json:
    calendars, who, calendar = calendar_of(call, least="free_busy_reader")
    return calendars.view(calendar, who)


@endpoint("calendar.v4.calendar.mget")
def mget(call: Call) -> Json:
    who, calendars = identity(call), call.world.calendars
    return {"calendars": [calendars.view(calendars.reach(one, who), who) for one in call.body["calendar_ids"]]}


@endpoint("calendar.v4.calendar.list")
def list_calendars(call: Call) -> Json:
    """All in the identity's list, or what changed in it since a sync token."""
    who, calendars = identity(call), call.world.calendars
    shelf, now = calendars.shelf(who), call.world.clock.now()
    sync = call.params.get("sync_token")
    if sync and call.params.get("page_token"):
        raise Refusal(190009)
    if sync:
        since = read(sync, "calendars", now)
        if since > shelf.sequence:
            raise expired()
        ids = [one for one, sequence in shelf.changes.items() if sequence > since]
    else:
        ids = list(shelf.calendars)
    answer = page(ids, listing(call), lambda one: _listed(call, who, one), wrong=190008, key="calendar_list")
    answer["sync_token"] = "" if answer["has_more"] else issued(shelf.sequence, "calendars", now)
    return answer


def _listed(call: Call, who: str, calendar_id: str) -> Json:
    calendars = call.world.calendars
    shown = calendars.view(calendars.calendars[calendar_id], who)
    shown["is_deleted"] = shown["is_deleted"] or calendar_id not in calendars.shelf(who).calendars
    return shown


@endpoint("calendar.v4.calendar.patch")
def patch(call: Call) -> Json:
    """The owner changes the calendar; everybody changes how it looks to them."""
    calendars, who, calendar = calendar_of(call, least="free_busy_reader")
    mine = calendars.subscription(who, calendar)
    owner = calendars.role(who, calendar) == "owner"
    given = {key: value for key, value in call.body.items() if value is not None}
    if not owner and mine is None:
        raise Refusal(191009)
    if not owner and given.keys() - PRIVATE:
        raise Refusal(191002)
    if calendar.type == "resource" and "summary_alias" in given:
        raise wrong(call, "summary_alias", "a meeting room's calendar has no alias")
    for name in given.keys() - PRIVATE:
        setattr(calendar, name, given[name])
    if mine is not None:
        mine.alias = given.get("summary_alias", mine.alias)
        mine.color = given.get("color", mine.color)
    calendars.changed(calendar, only=None if given.keys() - PRIVATE else who)
    return {"calendar": calendars.view(calendar, who)}


@endpoint("calendar.v4.calendar.delete")
def delete(call: Call) -> Json:
    calendars, _, calendar = calendar_of(call, least="owner", types=("shared",))
    calendars.delete(calendar)
    return {}


@endpoint("calendar.v4.calendar.search")
def search(call: Call) -> Json:
    """Public calendars and people's primary ones, by title or description; for the app without the people."""
    who, calendars = identity(call), call.world.calendars
    wanted = call.body["query"].casefold()

    def matches(calendar: Calendar) -> bool:
        person = calendar.type == "primary" and calendar.owner in call.world.users and call.caller.kind == "user"
        public = calendar.type == "shared" and calendar.permissions == "public"
        text = f"{calendar.summary}\n{calendar.description}".casefold()
        return (person or public) and not calendar.deleted and wanted in text

    if call.caller.kind == "user":
        for open_id in call.world.users:
            calendars.primary(open_id)
    hits = [calendar for calendar in calendars.calendars.values() if matches(calendar)]
    answer = page(hits, listing(call), lambda one: calendars.view(one, who), wrong=190008)
    del answer["has_more"]
    return answer


@endpoint("calendar.v4.calendar.subscribe")
def subscribe(call: Call) -> Json:
    who, calendars = identity(call), call.world.calendars
    calendar = calendars.find(call.params["calendar_id"], who)
    calendars.subscribe(who, calendar)
    return {"calendar": calendars.view(calendar, who)}


@endpoint("calendar.v4.calendar.unsubscribe")
def unsubscribe(call: Call) -> Json:
    who, calendars = identity(call), call.world.calendars
    calendars.unsubscribe(who, calendars.find(call.params["calendar_id"], who))
    return {}


@endpoint("calendar.v4.calendar.subscription")
def watch_list(call: Call) -> Json:
    call.world.calendars.list_watchers[identity(call)] = None
    return {}


@endpoint("calendar.v4.calendar.unsubscription")
def unwatch_list(call: Call) -> Json:
    call.world.calendars.list_watchers.pop(identity(call), None)
    return {}


# Grants.


@endpoint("calendar.v4.calendar_acl.create")
def grant(call: Call) -> Json:
    calendars, _, calendar = calendar_of(call, least="owner", types=("primary", "shared"))
    scope = call.body["scope"]
    if not scope.get("user_id"):
        raise wrong(call, "scope.user_id", "user_id is required")
    person = person_in(call, scope["user_id"], "scope.user_id")
    calendars.acls.grant(calendar, person, call.body["role"])
    return calendars.acls.view(calendar, person, id_type(call))


@endpoint("calendar.v4.calendar_acl.delete")
def withdraw(call: Call) -> Json:
    calendars, _, calendar = calendar_of(call, least="owner", types=("primary", "shared"))
    calendars.acls.withdraw(calendar, call.params["acl_id"])
    return {}


@endpoint("calendar.v4.calendar_acl.list")
def grants(call: Call) -> Json:
    calendars, _, calendar = calendar_of(call, least="owner", types=("primary", "shared"))
    people = [who for who in calendar.roles if who in call.world.users]
    return page(
        people, listing(call), lambda one: calendars.acls.view(calendar, one, id_type(call)), wrong=190008, key="acls"
    )


@endpoint("calendar.v4.calendar_acl.subscription")
def watch_grants(call: Call) -> Json:
    _, who, calendar = calendar_of(call, least="free_busy_reader")
    calendar.acl_watchers[who] = None
    return {}


@endpoint("calendar.v4.calendar_acl.unsubscription")
def unwatch_grants(call: Call) -> Json:
    _, who, calendar = calendar_of(call, least="free_busy_reader")
    calendar.acl_watchers.pop(who, None)
    return {}

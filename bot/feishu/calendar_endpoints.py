"""The calendar calls: their request classes, their scopes, their pages, and whether they may be repeated."""

from __future__ import annotations

from bot.feishu.endpoint import Endpoint

READ_CALENDAR = ("calendar:calendar:read", "calendar:calendar:readonly")
READ_EVENT = ("calendar:calendar", "calendar:calendar.event:read", "calendar:calendar:readonly")
CHANGE_EVENT = ("calendar:calendar", "calendar:calendar.event:update")
FREE_BUSY = ("calendar:calendar", "calendar:calendar.free_busy:read", "calendar:calendar:readonly")

PRIMARY = Endpoint(
    name="calendar.v4.calendar.primary", feature="calendars", sdk="calendar.v4:PrimaryCalendarRequest",
    scopes=READ_CALENDAR, doc="calendar-v4/calendar/primary", repeatable=True,
)  # fmt: skip
PRIMARYS = Endpoint(
    name="calendar.v4.calendar.primarys", feature="calendars", sdk="calendar.v4:PrimarysCalendarRequest",
    scopes=READ_CALENDAR, doc="calendar-v4/calendar/primarys", repeatable=True,
)  # fmt: skip
FREEBUSY_BATCH = Endpoint(
    name="calendar.v4.freebusy.batch", feature="availability", sdk="calendar.v4:BatchFreebusyRequest",
    scopes=FREE_BUSY, doc="calendar-v4/calendar/batch", repeatable=True,
)  # fmt: skip
FREEBUSY_LIST = Endpoint(
    name="calendar.v4.freebusy.list", feature="availability", sdk="calendar.v4:ListFreebusyRequest",
    scopes=FREE_BUSY, doc="calendar-v4/calendar/list-freebusy", repeatable=True,
)  # fmt: skip
CREATE = Endpoint(
    name="calendar.v4.calendar_event.create", feature="events", sdk="calendar.v4:CreateCalendarEventRequest",
    scopes=("calendar:calendar", "calendar:calendar.event:create"), doc="calendar-v4/calendar-event/create",
)  # fmt: skip
GET = Endpoint(
    name="calendar.v4.calendar_event.get", feature="events", sdk="calendar.v4:GetCalendarEventRequest",
    scopes=READ_EVENT, doc="calendar-v4/calendar-event/get", repeatable=True,
)  # fmt: skip
PATCH = Endpoint(
    name="calendar.v4.calendar_event.patch", feature="events", sdk="calendar.v4:PatchCalendarEventRequest",
    scopes=CHANGE_EVENT, doc="calendar-v4/calendar-event/patch", repeatable=True,
)  # fmt: skip
DELETE = Endpoint(
    name="calendar.v4.calendar_event.delete", feature="events", sdk="calendar.v4:DeleteCalendarEventRequest",
    scopes=("calendar:calendar", "calendar:calendar.event:delete"), doc="calendar-v4/calendar-event/delete",
    repeatable=True,
)  # fmt: skip
LIST = Endpoint(
    name="calendar.v4.calendar_event.list", feature="events", sdk="calendar.v4:ListCalendarEventRequest",
    scopes=READ_EVENT, doc="calendar-v4/calendar-event/list", repeatable=True,
)  # fmt: skip
INSTANCES = Endpoint(
    name="calendar.v4.calendar_event.instances", feature="events", sdk="calendar.v4:InstancesCalendarEventRequest",
    scopes=READ_EVENT, doc="calendar-v4/calendar-event/instances", repeatable=True,
)  # fmt: skip
INSTANCE_VIEW = Endpoint(
    name="calendar.v4.calendar_event.instance_view", feature="events",
    sdk="calendar.v4:InstanceViewCalendarEventRequest", scopes=READ_EVENT,
    doc="calendar-v4/calendar-event/instance_view", repeatable=True,
)  # fmt: skip
SEARCH = Endpoint(
    name="calendar.v4.calendar_event.search", feature="events", sdk="calendar.v4:SearchCalendarEventRequest",
    scopes=READ_EVENT, doc="calendar-v4/calendar-event/search", repeatable=True,
)  # fmt: skip
REPLY = Endpoint(
    name="calendar.v4.calendar_event.reply", feature="events", sdk="calendar.v4:ReplyCalendarEventRequest",
    scopes=("calendar:calendar", "calendar:calendar.event:reply", "calendar:calendar.event:writeonly"),
    doc="calendar-v4/calendar-event/reply", repeatable=True,
)  # fmt: skip
# Inviting somebody who is invited already changes nothing, and so does taking off somebody who is not there.
ADD_ATTENDEES = Endpoint(
    name="calendar.v4.calendar_event_attendee.create", feature="attendees",
    sdk="calendar.v4:CreateCalendarEventAttendeeRequest", scopes=CHANGE_EVENT,
    doc="calendar-v4/calendar-event-attendee/create", repeatable=True,
)  # fmt: skip
ATTENDEES = Endpoint(
    name="calendar.v4.calendar_event_attendee.list", feature="attendees",
    sdk="calendar.v4:ListCalendarEventAttendeeRequest", scopes=READ_EVENT,
    doc="calendar-v4/calendar-event-attendee/list-calendar-event-attendee", repeatable=True,
)  # fmt: skip
CHAT_MEMBERS = Endpoint(
    name="calendar.v4.calendar_event_attendee_chat_member.list", feature="attendees",
    sdk="calendar.v4:ListCalendarEventAttendeeChatMemberRequest", scopes=READ_EVENT,
    doc="calendar-v4/calendar-event-attendee/list-calendar-event-attendee-chat_member", repeatable=True,
)  # fmt: skip
REMOVE_ATTENDEES = Endpoint(
    name="calendar.v4.calendar_event_attendee.batch_delete", feature="attendees",
    sdk="calendar.v4:BatchDeleteCalendarEventAttendeeRequest", scopes=CHANGE_EVENT,
    doc="calendar-v4/calendar-event-attendee/batch_delete", repeatable=True,
)  # fmt: skip

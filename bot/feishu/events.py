"""Events and the people on them, as the platform keeps them and as we ask for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

import msgspec

from bot.domain.span import Span
from bot.feishu.wire import Answer, Json

MAX_TITLE = 1000
MAX_DESCRIPTION = 40960
MAX_RRULE = 2000
MAX_LOCATION_NAME = 512
MAX_LOCATION_ADDRESS = 255

Rsvp = Literal["needs_action", "accept", "tentative", "decline", "removed"]


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days, both included: how the platform writes all-day events."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("the last day cannot come before the first")


class EventTime(Answer, frozen=True):
    """One end of an event: an instant with the zone it is meant in, or a day."""

    timestamp: str = ""
    timezone: str = ""
    on: str = msgspec.field(name="date", default="")

    @property
    def instant(self) -> datetime | None:
        return datetime.fromtimestamp(int(self.timestamp), UTC) if self.timestamp else None

    @property
    def day(self) -> date | None:
        return date.fromisoformat(self.on) if self.on else None


class MeetingSettings(Answer, frozen=True, omit_defaults=True):
    """Who may enter the video meeting, and how."""

    owner_id: str | None = None
    join_meeting_permission: str | None = None
    auto_record: bool | None = None
    open_lobby: bool | None = None
    allow_attendees_start: bool | None = None
    password: str | None = None


class Vchat(Answer, frozen=True, omit_defaults=True):
    """The video meeting of an event. ``no_meeting`` must be said: left out, the platform makes one."""

    vc_type: str = msgspec.field(default="")
    icon_type: str | None = None
    description: str | None = None
    meeting_url: str | None = None
    meeting_settings: MeetingSettings | None = None


VIDEO = Vchat(vc_type="vc")
NO_VIDEO = Vchat(vc_type="no_meeting")


class Location(Answer, frozen=True, omit_defaults=True):
    """Where people meet, in words. It never books a room."""

    name: str = ""
    address: str | None = None
    latitude: float | None = None
    longitude: float | None = None


class Reminder(Answer, frozen=True):
    """Minutes before the start, negative after it; for the calling identity only."""

    minutes: int


class Organizer(Answer, frozen=True):
    """Who organizes an event."""

    user_id: str = ""
    display_name: str = ""


class Attendee(Answer, frozen=True):
    """A person, group, room or mail address on an event."""

    type: str = "user"
    attendee_id: str = ""
    rsvp_status: str = "needs_action"
    is_optional: bool = False
    is_organizer: bool = False
    is_external: bool = False
    display_name: str = ""
    user_id: str | None = None
    chat_id: str | None = None
    room_id: str | None = None
    third_party_email: str | None = None
    operate_id: str | None = None
    approval_reason: str | None = None

    @property
    def rsvp(self) -> str:
        """accept, decline, tentative, needs_action or removed."""
        return self.rsvp_status

    @property
    def name(self) -> str:
        return self.display_name


class CheckInTime(msgspec.Struct, frozen=True):
    """One end of the time in which people may check in: 0, 5, 15, 30 or 60 minutes from a moment of the event."""

    time_type: Literal["before_event_start", "after_event_start", "after_event_end"]
    duration: Literal[0, 5, 15, 30, 60] = 0


class CheckIn(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whether people sign in at the event, and when they may."""

    enable_check_in: bool
    check_in_start_time: CheckInTime | None = None
    check_in_end_time: CheckInTime | None = None
    need_notify_attendees: bool = False


class Attachment(msgspec.Struct, frozen=True):
    """A file that was uploaded for a calendar before."""

    file_token: str


class Event(Answer, frozen=True):
    """An event: a single one, a series, or one changed occurrence of a series."""

    event_id: str
    organizer_calendar_id: str = ""
    summary: str = ""
    description: str = ""
    start_time: EventTime = msgspec.field(default_factory=EventTime)
    end_time: EventTime = msgspec.field(default_factory=EventTime)
    vchat: Vchat = msgspec.field(default_factory=Vchat)
    visibility: str = "default"
    attendee_ability: str = "none"
    free_busy_status: str = "busy"
    location: Location = msgspec.field(default_factory=Location)
    color: int = 0
    reminders: tuple[Reminder, ...] = ()
    recurrence: str = ""
    attachments: tuple[Attachment, ...] = ()
    event_check_in: CheckIn | None = None
    status: str = "confirmed"
    is_exception: bool = False
    recurring_event_id: str = ""
    create_time: str = ""
    event_organizer: Organizer = msgspec.field(default_factory=Organizer)
    app_link: str | None = None
    attendees: tuple[Attendee, ...] = ()
    has_more_attendee: bool = False

    @property
    def title(self) -> str:
        return self.summary

    @property
    def span(self) -> Span | None:
        """The instants of a timed event; None for whole days, which have no instants without a zone."""
        start, end = self.start_time.instant, self.end_time.instant
        return Span(start, max(start, end)) if start is not None and end is not None else None

    @property
    def days(self) -> Days | None:
        """The days of an all-day event, both included."""
        first, last = self.start_time.day, self.end_time.day
        return Days(first, max(first, last)) if first is not None and last is not None else None

    @property
    def zone(self) -> str:
        """The IANA zone the event is meant in."""
        return self.start_time.timezone

    @property
    def rrule(self) -> str | None:
        return self.recurrence or None

    @property
    def meeting_url(self) -> str | None:
        return self.vchat.meeting_url or None

    @property
    def is_cancelled(self) -> bool:
        return self.status == "cancelled"

    @property
    def original_start(self) -> datetime | None:
        """Which occurrence of its series this is: the number after the last underscore of the id."""
        tail = self.event_id.rpartition("_")[2]
        return datetime.fromtimestamp(int(tail), UTC) if tail.isdecimal() and int(tail) > 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """An event to be made. What is None is left to the platform."""

    title: str
    span: Span | Days
    zone: str = "UTC"  # always sent: left out, the platform takes Asia/Shanghai
    description: str | None = None
    rrule: str | None = None
    visibility: Literal["default", "public", "private"] | None = None
    free_busy_status: Literal["busy", "free"] | None = None
    vchat: Vchat | None = VIDEO
    location: Location | None = None
    reminders: tuple[int, ...] | None = None  # minutes before the start
    attachments: tuple[Attachment, ...] | None = None
    check_in: CheckIn | None = None
    # Seeing each other is needed for a meeting chat; the platform's own default lets nobody see anybody.
    attendee_ability: Literal["none", "can_see_others", "can_invite_others", "can_modify_event"] = "can_see_others"

    def body(self, *, notify: bool) -> Json:
        """What the platform is sent."""
        return {
            "summary": self.title[:MAX_TITLE],
            **times(self.span, self.zone),
            "need_notification": notify,
            "attendee_ability": self.attendee_ability,
            **_optional(
                description=self.description,
                recurrence=self.rrule,
                visibility=self.visibility,
                free_busy_status=self.free_busy_status,
                vchat=self.vchat,
                location=self.location,
                reminders=_reminders(self.reminders),
                attachments=self.attachments,
                event_check_in=self.check_in,
            ),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class EventChange:
    """What to change on an event; None leaves it. Start and end always travel together."""

    title: str | None = None
    span: Span | Days | None = None
    zone: str | None = None
    description: str | None = None
    rrule: str | None = None
    visibility: Literal["default", "public", "private"] | None = None
    free_busy_status: Literal["busy", "free"] | None = None
    vchat: Vchat | None = None
    location: Location | None = None
    reminders: tuple[int, ...] | None = None
    attachments: tuple[Attachment, ...] | None = None
    check_in: CheckIn | None = None
    color: int | None = None
    attendee_ability: Literal["none", "can_see_others", "can_invite_others", "can_modify_event"] | None = None

    def body(self, *, notify: bool) -> Json:
        """What the platform is sent."""
        if self.span is not None and self.zone is None and isinstance(self.span, Span):
            raise ValueError("a new time needs its zone")
        return {
            "need_notification": notify,
            **(times(self.span, self.zone or "UTC") if self.span is not None else {}),
            **_optional(
                summary=self.title[:MAX_TITLE] if self.title is not None else None,
                description=self.description,
                recurrence=self.rrule,
                visibility=self.visibility,
                free_busy_status=self.free_busy_status,
                vchat=self.vchat,
                location=self.location,
                reminders=_reminders(self.reminders),
                attachments=self.attachments,
                event_check_in=self.check_in,
                color=self.color,
                attendee_ability=self.attendee_ability,
            ),
        }


def times(when: Span | Days, zone: str) -> Json:
    """Start and end as the platform writes them: seconds with a zone, or dates, both included."""
    if isinstance(when, Days):
        return {"start_time": {"date": when.first.isoformat()}, "end_time": {"date": when.last.isoformat()}}
    return {
        "start_time": {"timestamp": str(int(when.start.timestamp())), "timezone": zone},
        "end_time": {"timestamp": str(int(when.end.timestamp())), "timezone": zone},
    }


def _reminders(minutes: tuple[int, ...] | None) -> list[Reminder] | None:
    return None if minutes is None else [Reminder(minutes=each) for each in minutes]


def _optional(**fields: Any) -> Json:
    return {name: value for name, value in fields.items() if value is not None}

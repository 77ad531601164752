"""What the platform's codes mean: one table, taken from the platform's own pages.

A row says which error the code becomes, what the person who asked reads (a locale key under ``error.``, empty for the
class's own sentence), and what whoever runs the bot has to change (empty: nothing).
Sources: the page of common codes and the error tables of each call; never another SDK.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.errors import (
    Forbidden,
    Gone,
    InvalidRequest,
    MissingScope,
    NeedsLogin,
    NotFound,
    PlatformDown,
    PlatformError,
    RateLimited,
    SyncExpired,
    TokenExpired,
)

CREDENTIALS = "Check DAYLARK_APP_ID and DAYLARK_APP_SECRET: developer console → your app → Credentials & Basic Info."
BOT_ABILITY = "Switch the bot ability on and publish a version: developer console → your app → Add features → Bot."
PUBLISH = "The app is not installed or not enabled here: publish a version and have an administrator approve it."
AVAILABILITY = "Widen the app's availability: developer console → your app → Version Management."
CONTACT_RANGE = "Widen the app's contact range: developer console → your app → Permissions → Contacts range."
LONG_CONNECTIONS = "Close other connections of this app: at most 50 are allowed, and every replica opens one."
IP_LIST = "Add this machine's address to the app's IP allowlist: developer console → your app → Security Settings."
QUOTA = "The tenant's monthly call quota is used up: an administrator can raise the plan."
REDIRECT = "Register DAYLARK_PUBLIC_URL + /oauth/callback: developer console → your app → Security Settings."
REFRESH_SWITCH = "Switch the refresh of user tokens on: developer console → your app → Security Settings."


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one code stands for."""

    error: type[PlatformError]
    key: str = ""
    operator: str = ""


def _same(meaning: Meaning, *codes: int) -> dict[int, Meaning]:
    return dict.fromkeys(codes, meaning)


GATEWAY = {
    **_same(Meaning(RateLimited), 99991400, 11232, 11233),
    **_same(Meaning(PlatformDown), 1, 1500, 2200, 5000, 20007, 1000040343),
    **_same(
        Meaning(TokenExpired), 4001, 20005, 20006, 20013, 99991661, 99991663, 99991664, 99991668, 99991671, 99991677
    ),
    99991672: Meaning(MissingScope),
    **_same(Meaning(Forbidden), 10023, 99991676),
    99991679: Meaning(NeedsLogin),
    **_same(Meaning(NeedsLogin), 99991543, 99991645, 99991669, 99991675),
    99991401: Meaning(Forbidden, "error.setup", IP_LIST),
    1000040344: Meaning(Forbidden, "error.setup", CREDENTIALS),
    1000040350: Meaning(Forbidden, "error.setup", LONG_CONNECTIONS),
    99991403: Meaning(Forbidden, "error.quota", QUOTA),
    **_same(Meaning(Forbidden, "error.setup", PUBLISH), 10005, 99991662, 99991665, 99991673, 20009, 20069),
    **_same(
        Meaning(Forbidden, "error.setup", CREDENTIALS), 10003, 10012, 10013, 10014, 10015, 10016, 20014, 20048, 232004
    ),
    **_same(Meaning(InvalidRequest), 9499, 10001, 10002, 10019, 99991300, 99991301, 99992402),
    **_same(Meaning(NotFound), 10020, 10037, 99991201, 99992501),
    **_same(
        Meaning(NotFound, "error.no_such_person"),
        *(
            10004,
            10032,
            99992361,
            99992381,
            99992351,
            99992352,
            99992353,
            99992354,
            99992355,
            99992358,
            99992359,
            99992360,
            99992363,
            99992364,
        ),
        *(99992370, 99992376, 99992379, 99992380, 99992500),
    ),
    **_same(Meaning(NotFound, "error.no_such_chat"), 10009, 10034, 99992356),
    **_same(Meaning(NotFound, "error.no_such_room"), 99992375, 99992378),
    99992357: Meaning(NotFound),
}

OAUTH = {
    20002: Meaning(Forbidden, "error.setup", CREDENTIALS),
    **_same(Meaning(NeedsLogin, "error.login_again"), 20003, 20004, 20024, 20026, 20037, 20049, 20064, 20065, 20073),
    **_same(Meaning(Forbidden, "error.person_unavailable"), 20008, 20021, 20022, 20023, 20066),
    20010: Meaning(Forbidden, "error.setup", AVAILABILITY),
    **_same(Meaning(InvalidRequest), 20001, 20036, 20063, 20067, 20068, 20070),
    **_same(Meaning(PlatformDown), 20050, 20072),
    20071: Meaning(InvalidRequest, "error.setup", REDIRECT),
    20074: Meaning(Forbidden, "error.setup", REFRESH_SWITCH),
}

CALENDAR = {
    **_same(Meaning(RateLimited), 190004, 190005, 190010),
    190003: Meaning(PlatformDown),
    190006: Meaning(Forbidden, "error.setup", CREDENTIALS),
    190007: Meaning(Forbidden, "error.setup", BOT_ABILITY),
    190008: Meaning(SyncExpired),
    **_same(Meaning(Forbidden), 190011, 190012),
    190013: Meaning(Forbidden, "error.content_risk"),
    **_same(Meaning(InvalidRequest), 190002, 190009, 190014, 191001, 193000, 194004, 195102, 195108, 195112),
    **_same(Meaning(InvalidRequest), 198001, 198002, 198003, 198004, 198007, 193101, 193102),
    191000: Meaning(NotFound, "error.no_such_calendar"),
    **_same(Meaning(Forbidden, "error.calendar_forbidden"), 191002, 191004, 191009),
    191003: Meaning(Gone, "error.calendar_gone"),
    191005: Meaning(Forbidden, "error.subscriptions_full"),
    191006: Meaning(Forbidden, "error.subscription_refused"),
    191007: Meaning(NotFound, "error.not_subscribed"),
    191008: Meaning(Forbidden, "error.primary_stays"),
    192000: Meaning(NotFound),
    193001: Meaning(Gone, "error.event_gone"),
    193002: Meaning(Forbidden, "error.event_forbidden"),
    193003: Meaning(Gone, "error.event_gone"),
    **_same(Meaning(InvalidRequest), 193103, 193104, 193105, 193106),
    193107: Meaning(Forbidden),
    194000: Meaning(NotFound, "error.not_invited"),
    194001: Meaning(Forbidden, "error.guests_hidden"),
    194002: Meaning(Forbidden, "error.invite_forbidden"),
    194003: Meaning(Forbidden, "error.uninvite_forbidden"),
    195000: Meaning(Forbidden, "error.timeoff_forbidden"),
    195100: Meaning(NotFound, "error.no_such_person"),
    195101: Meaning(Forbidden, "error.admin_only"),
    195103: Meaning(NotFound),
    **_same(Meaning(Forbidden), 195104, 195105, 195113),
    195106: Meaning(NotFound),
    195107: Meaning(Forbidden, "error.chat_owner_only"),
    195109: Meaning(Forbidden, "error.no_meeting_chat"),
    195110: Meaning(Forbidden, "error.no_minutes"),
}

MESSAGES = {
    **_same(Meaning(RateLimited), 230020, 232019, 230049, 231015),
    **_same(Meaning(InvalidRequest), 230001, 230015, 230055, 232001, 232030, 232043, 300020, 300090, 200320),
    **_same(Meaning(InvalidRequest), 11311, 100000, 100030, 230025, 230099),
    **_same(Meaning(Forbidden, "error.not_in_chat"), 230002, 232011, 10030),
    **_same(Meaning(Forbidden, "error.setup", BOT_ABILITY), 230006, 232025),
    **_same(Meaning(Forbidden, "error.setup", AVAILABILITY), 230013, 231022, 232034),
    **_same(Meaning(Forbidden), 230009, 230017, 230026, 230027, 230028, 230036, 230038, 230054, 230075, 232010, 200310),
    **_same(Meaning(Forbidden), 231002, 231007, 231008, 231019, 231020, 231021, 232033, 10010, 10017),
    **_same(Meaning(Forbidden, "error.muted"), 230018, 230035, 230053),
    230022: Meaning(Forbidden, "error.content_risk"),
    **_same(
        Meaning(Gone, "error.message_gone"), 230011, 230019, 230031, 230050, 230110, 230111, 231003, 231018, 200000
    ),
    **_same(Meaning(Gone, "error.person_unavailable"), 230029, 232022),
    230034: Meaning(NotFound, "error.no_such_person"),
    **_same(Meaning(Gone, "error.chat_gone"), 232009, 231004),
    **_same(Meaning(NotFound, "error.no_such_chat"), 230045, 232006, 10029),
    **_same(Meaning(Forbidden), 230071, 230072),
    **_same(Meaning(Gone), 300030, 300040, 18051),
    **_same(Meaning(NotFound), 230073, 232021),
    **_same(Meaning(InvalidRequest), 231203, 232020, 232042, 232069, 232079),
    **_same(Meaning(Forbidden), 231204, 232032, 232037, 232057, 232078, 232091, 232095),
    232023: Meaning(Forbidden, "error.content_risk"),
    232068: Meaning(PlatformDown),  # the same group is just being made
}

PEOPLE_AND_ROOMS = {
    **_same(Meaning(InvalidRequest), 40001, 40011, 40012, 121002, 121003, 123002, 126001),
    **_same(Meaning(PlatformDown), 40003, 121001),
    **_same(Meaning(Forbidden, "error.setup", CONTACT_RANGE), 40004, 41050),
    41012: Meaning(NotFound, "error.no_such_person"),
    121004: Meaning(NotFound, "error.no_such_room"),
    121005: Meaning(Forbidden, "error.room_forbidden"),
    121006: Meaning(Forbidden, "error.room_taken"),
    126002: Meaning(NotFound),
}

CODES: dict[int, Meaning] = {**GATEWAY, **OAUTH, **CALENDAR, **MESSAGES, **PEOPLE_AND_ROOMS}


def meaning(code: int, status: int) -> Meaning:
    """What a refusal means; a code nobody wrote down is judged by its HTTP status."""
    known = CODES.get(code)
    if known is not None:
        return known
    if status == 429:
        return Meaning(RateLimited)
    if status >= 500:
        return Meaning(PlatformDown)
    by_status: dict[int, type[PlatformError]] = {401: TokenExpired, 403: Forbidden, 404: NotFound, 410: Gone}
    return Meaning(by_status.get(status, InvalidRequest))


def error_for(
    code: int,
    status: int,
    message: str,
    *,
    api: str = "",
    log_id: str = "",
    retry_after: float | None = None,
    scopes: tuple[str, ...] = (),
    url: str = "",
    fields: tuple[str, ...] = (),
) -> PlatformError:
    """The error of our tree for a refused call."""
    what = meaning(code, status)
    extra: dict[str, Any] = {}
    if issubclass(what.error, RateLimited):
        extra = {"retry_after": retry_after}
    elif issubclass(what.error, MissingScope):
        extra = {"scopes": scopes, "url": url}
    elif issubclass(what.error, NeedsLogin):
        extra = {"scopes": scopes}
    elif issubclass(what.error, InvalidRequest):
        extra = {"fields": fields}
    operator = how_to_grant(scopes, url) if what.error is MissingScope else what.operator
    return what.error(
        message, code=code, status=status, key=what.key, operator=operator, api=api, log_id=log_id, **extra
    )


def how_to_grant(scopes: tuple[str, ...], url: str) -> str:
    """What an administrator does about a missing scope."""
    wanted = " or ".join(scopes) or "the missing permission"
    return f"Grant {wanted} to the app and publish a version{': ' + url if url else '.'}"

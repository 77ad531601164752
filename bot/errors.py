"""Everything that can go wrong on purpose.

::

    BotError                    a sentence for the person who asked; nobody has to be alarmed
    PlatformError               the platform said no, or did not answer
    ├── Passing                 the same call may succeed later
    │   ├── RateLimited         too many calls; ``retry_after`` seconds if the platform said so
    │   └── PlatformDown        no answer, a 5xx, or an answer nobody can read
    ├── TokenExpired            the token is no longer good; renewed and tried again before anybody sees this
    ├── NeedsLogin              only the person's own token may do this: offer the login button
    ├── Forbidden               understood and refused
    │   └── MissingScope        the app lacks a permission; ``scopes`` says which would do, ``url`` where to ask
    ├── NotFound                there is no such thing
    │   └── Gone                there was, and it is deleted, recalled or dissolved
    ├── SyncExpired             the sync or page token is too old: start over
    └── InvalidRequest          our mistake: a field, a limit, a card the platform does not take

Catch the narrowest. Every one carries ``key`` and ``values``: a sentence under ``error.`` in the locales.
"""

from __future__ import annotations


class BotError(Exception):
    """Said to the person instead of an answer: a locale key under ``error.`` and what goes into it."""

    def __init__(self, key: str, **values: str | int) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values


class PlatformError(Exception):
    """The platform said no, or did not answer.

    ``key`` is what the person reads, ``operator`` what whoever runs the bot has to change (empty: nothing).
    """

    passing = False
    default_key = "error.platform_refused"

    def __init__(
        self,
        message: str = "",
        *,
        code: int | None = None,
        status: int | None = None,
        key: str = "",
        operator: str = "",
        api: str = "",
        log_id: str = "",
    ) -> None:
        self.message, self.code, self.status = message, code, status
        self.key = key or self.default_key
        self.operator, self.api, self.log_id = operator, api, log_id
        super().__init__(message)

    @property
    def values(self) -> dict[str, str | int]:
        """What goes into the sentence of ``key``."""
        return {}

    def __str__(self) -> str:
        parts = [self.api, str(self.code) if self.code is not None else "", self.message]
        if self.status is not None:
            parts.append(f"(HTTP {self.status})")
        if self.log_id:
            parts.append(f"log {self.log_id}")
        return " ".join(part for part in parts if part) or type(self).__name__


class Passing(PlatformError):
    """The same call may succeed later."""

    passing = True
    default_key = "error.platform_busy"


class RateLimited(Passing):
    """Too many calls. ``retry_after`` is in seconds, None when the platform did not say."""

    def __init__(self, message: str = "", *, retry_after: float | None = None, **details: object) -> None:
        super().__init__(message, **details)  # type: ignore[arg-type]
        self.retry_after = retry_after


class PlatformDown(Passing):
    """No answer, a 5xx, or an answer nobody can read. ``never_left``: the call surely did not reach it."""

    default_key = "error.platform_down"

    def __init__(self, message: str = "", *, never_left: bool = False, **details: object) -> None:
        super().__init__(message, **details)  # type: ignore[arg-type]
        self.never_left = never_left


class TokenExpired(PlatformError):
    """The token is no longer good."""


class NeedsLogin(PlatformError):
    """Only the person's own token may do this. ``scopes`` are what to ask them for; ``person`` empty: whoever asked."""

    default_key = "error.needs_login"

    def __init__(self, message: str = "", *, scopes: tuple[str, ...] = (), **details: object) -> None:
        super().__init__(message, **details)  # type: ignore[arg-type]
        self.scopes, self.person = scopes, ""


class Forbidden(PlatformError):
    """Understood and refused."""

    default_key = "error.forbidden"


class MissingScope(Forbidden):
    """The app lacks a permission. One of ``scopes`` is enough; ``url`` leads to the page where it is asked for."""

    default_key = "error.missing_scope"

    def __init__(self, message: str = "", *, scopes: tuple[str, ...] = (), url: str = "", **details: object) -> None:
        super().__init__(message, **details)  # type: ignore[arg-type]
        self.scopes, self.url = scopes, url

    @property
    def values(self) -> dict[str, str | int]:
        return {"scopes": ", ".join(self.scopes)}


class NotFound(PlatformError):
    """There is no such thing."""

    default_key = "error.not_found"


class Gone(NotFound):
    """There was such a thing, and it is deleted, recalled or dissolved."""

    default_key = "error.gone"


class SyncExpired(PlatformError):
    """The sync or page token is too old: read everything anew."""


class InvalidRequest(PlatformError):
    """Our mistake: a field, a limit, a card the platform does not take. ``fields`` names them when it says."""

    default_key = "error.invalid_request"

    def __init__(self, message: str = "", *, fields: tuple[str, ...] = (), **details: object) -> None:
        super().__init__(message, **details)  # type: ignore[arg-type]
        self.fields = fields

    def __str__(self) -> str:
        plain = super().__str__()
        return f"{plain}: {'; '.join(self.fields)}" if self.fields else plain

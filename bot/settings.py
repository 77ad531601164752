"""What an operator can set: environment variables (or a ``.env`` file) that begin with ``DAYLARK_``, read once."""

from __future__ import annotations

import base64
import difflib
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

PREFIX = "DAYLARK_"


class SettingsError(Exception):
    """A setting is missing, unknown or unusable; the message is one line that names it and says what to do."""


class Secret(str):
    """A string that never shows itself in logs, errors or ``repr``; use ``reveal()`` where it is sent."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Secret('…')" if self else "Secret('')"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)

    def reveal(self) -> str:
        return str.__str__(self)


def _setting(help_: str, *, default: Any = MISSING, factory: Any = MISSING) -> Any:
    metadata = {"help": help_}
    if factory is not MISSING:
        return field(default_factory=factory, metadata=metadata)
    return field(metadata=metadata) if default is MISSING else field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting with its meaning. The README's table is checked against these fields."""

    app_id: str = _setting("The app's id (cli_…): developer console → your app → Credentials & Basic Info.")
    app_secret: Secret = _setting("The app's secret: developer console → your app → Credentials & Basic Info.")
    verification_token: Secret = _setting(
        "Proves that an event is the platform's: developer console → Events & Callbacks → Encryption Strategy.",
        default=Secret(""),
    )
    encrypt_key: Secret = _setting(
        "Encrypts and signs events: developer console → Events & Callbacks → Encryption Strategy.", default=Secret("")
    )
    domain: str = _setting("feishu, lark, or the base address of an emulator.", default="feishu")
    transport: Literal["webhook", "longconn"] = _setting(
        "How events arrive: webhook (a public address) or longconn (an outgoing connection).", default="webhook"
    )
    host: str = _setting("The address the bot's HTTP server listens on.", default="127.0.0.1")
    port: int = _setting("The port the bot's HTTP server listens on.", default=8421)
    public_url: str = _setting("How people's browsers reach the bot, for login.", default="")
    database_url: str = _setting(
        "Where everything is kept: sqlite:///file or postgresql://user:password@host/name.",
        default="sqlite:///daylark.db",
    )
    secret_keys: tuple[Secret, ...] = _setting(
        "Keys that seal people's tokens, newest first, separated by commas; make one with "
        "python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'.",
        default=(),
    )
    default_timezone: str = _setting("The zone of a person who has not told theirs.", default="Asia/Shanghai")
    default_language: Literal["zh", "en", "ja"] = _setting(
        "The language of a person whose words do not tell.", default="zh"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = _setting("How much is logged.", default="INFO")
    log_format: Literal["json", "console"] = _setting("json for machines, console for people.", default="json")
    admins: tuple[str, ...] = _setting("open_ids of those who may use /admin, separated by commas.", default=())

    @classmethod
    def read(cls, environ: Mapping[str, str], *, dotenv: Path | None = None) -> Settings:
        """Settings from ``environ``, which wins over the file. Raises ``SettingsError``."""
        from dotenv import dotenv_values

        in_file = dotenv_values(dotenv) if dotenv is not None and dotenv.is_file() else {}
        merged = {**{k: v for k, v in in_file.items() if v is not None}, **environ}
        said = {name[len(PREFIX) :]: value for name, value in merged.items() if name.startswith(PREFIX)}
        known = {f.name.upper(): f for f in fields(cls)}
        for name in said:
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1, cutoff=0.0)
                raise SettingsError(f"unknown setting {PREFIX}{name}: did you mean {PREFIX}{near[0]}?")
        hints = get_type_hints(cls)
        values = {f.name: _convert(name, said[name], hints[f.name]) for name, f in known.items() if said.get(name)}
        for name, f in known.items():
            if f.name not in values and _is_required(f):
                raise SettingsError(f"missing setting {PREFIX}{name}: {f.metadata['help']}")
        settings = cls(**values)
        settings._check()
        return settings

    def _check(self) -> None:
        if self.transport == "webhook" and not self.verification_token:
            raise SettingsError(f"missing setting {PREFIX}VERIFICATION_TOKEN: {self._help('verification_token')}")
        if not all(_is_key(key.reveal()) for key in self.secret_keys):
            raise SettingsError(f"{PREFIX}SECRET_KEYS: one of them is no such key. {self._help('secret_keys')}")
        if self.public_url and not self.public_url.startswith(("http://", "https://")):
            raise SettingsError(f"{PREFIX}PUBLIC_URL: {self.public_url!r} is no http(s) address")
        try:
            ZoneInfo(self.default_timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise SettingsError(
                f"{PREFIX}DEFAULT_TIMEZONE: {self.default_timezone!r} is no time zone; write it like Asia/Shanghai"
            ) from None
        if self.domain not in ("feishu", "lark") and not self.domain.startswith(("http://", "https://")):
            raise SettingsError(f"{PREFIX}DOMAIN: {self.domain!r} is neither feishu, lark nor an http(s) address")
        if not self.database_url.startswith(("sqlite:///", "postgresql://")):
            raise SettingsError(f"{PREFIX}DATABASE_URL: begin it with sqlite:/// or postgresql://")

    @classmethod
    def _help(cls, name: str) -> str:
        return next(str(f.metadata["help"]) for f in fields(cls) if f.name == name)


def _is_key(text: str) -> bool:
    """32 bytes as base64 that is safe in addresses, which is what Fernet takes."""
    try:
        return len(base64.urlsafe_b64decode(text)) == 32
    except ValueError:
        return False


def _is_required(f: Field[Any]) -> bool:
    return f.default is MISSING and f.default_factory is MISSING


def _convert(name: str, raw: str, kind: Any) -> Any:
    if get_origin(kind) is Literal:
        allowed = get_args(kind)
        if raw not in allowed:
            raise SettingsError(f"{PREFIX}{name}: {raw!r} is not one of {', '.join(allowed)}")
        return raw
    if get_origin(kind) is tuple:
        item = get_args(kind)[0]
        return tuple(item(part.strip()) for part in raw.split(",") if part.strip())
    if kind is int:
        if not raw.isdecimal() or not 0 <= int(raw) <= 65535:
            raise SettingsError(f"{PREFIX}{name}: {raw!r} is not a port number")
        return int(raw)
    return kind(raw)

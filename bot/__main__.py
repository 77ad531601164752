"""The ``daylark`` command. Each sub-command imports what it needs and nothing more, so that all of them start fast."""

from __future__ import annotations

import argparse
import asyncio
import errno
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    """Run one sub-command; the exit code is 0 for success, 1 for a failed check, 2 for a wrong call or setting."""
    options = _parser().parse_args(argv)
    try:
        code: int = options.run(options)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        print("daylark: that port is taken; choose another with --port or DAYLARK_PORT", file=sys.stderr)
        return 2
    return code


def _with_settings(module: str, function: str) -> Callable[[argparse.Namespace], int]:
    """A sub-command that needs settings: they are read before the heavy module is imported."""

    def run(options: argparse.Namespace) -> int:
        from bot.settings import Settings, SettingsError

        try:
            settings = Settings.read(os.environ, dotenv=Path(".env"))
        except SettingsError as error:
            print(f"daylark: {error}", file=sys.stderr)
            return 2
        code: int = asyncio.run(getattr(importlib.import_module(module), function)(settings))
        return code

    return run


def _playground(options: argparse.Namespace) -> int:
    from bot.playground import play

    return asyncio.run(
        play(
            host=options.host,
            port=options.port,
            seed=options.seed,
            now=options.now,
            database_url=options.database_url,
            browser=not options.no_browser,
        )
    )


def _emulator(options: argparse.Namespace) -> int:
    from bot.emulator.command import run

    return run(options)


def _when(options: argparse.Namespace) -> int:
    from bot.when import run

    return run(" ".join(options.text) or None, options.tz, options.now, options.lang, options.jsonl)


def _understand(options: argparse.Namespace) -> int:
    from bot.understand import run

    return run(sys.stdin, sys.stdout)


def _moment(text: str) -> datetime:
    """An ISO time; one without an offset is this machine's."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no ISO 8601 time; write it like 2026-11-18T10:00+08:00"
        ) from None
    return moment.astimezone() if moment.tzinfo is None else moment


def _file(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"there is no file {text!r}")
    return path


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="daylark", description="A scheduling assistant that lives in Feishu / Lark.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    play = commands.add_parser("playground", help="emulator, bot and web page in one process")
    play.add_argument("--host", default="127.0.0.1")
    play.add_argument("--port", type=int, default=8420)
    play.add_argument("--seed", type=_file, help="a tenant to begin with (JSON)")
    play.add_argument("--now", type=_moment, help="what time it is there (ISO 8601)")
    play.add_argument("--database-url", help="keep the bot's memory there instead of in a file of this run")
    play.add_argument("--no-browser", action="store_true", help="do not open the page")
    play.set_defaults(run=_playground)

    emulator = commands.add_parser("emulator", help="the emulator alone, for any bot or SDK")
    emulator.add_argument("--host", default="127.0.0.1")
    emulator.add_argument("--port", type=int, default=8420)
    emulator.add_argument("--seed", type=_file)
    emulator.add_argument("--now", type=_moment)
    emulator.add_argument("--webhook", metavar="URL", help="where events are pushed to")
    emulator.add_argument("--app-id")
    emulator.add_argument("--app-secret")
    emulator.add_argument("--encrypt-key")
    emulator.add_argument("--verification-token")
    emulator.add_argument("--limits", action="store_true", help="enforce the platform's rate limits")
    emulator.set_defaults(run=_emulator)

    commands.add_parser("serve", help="the bot against the platform in DAYLARK_DOMAIN").set_defaults(
        run=_with_settings("bot.app", "serve")
    )

    when = commands.add_parser("when", help="what a time phrase means")
    when.add_argument("text", nargs="*", metavar="TEXT")
    when.add_argument("--tz", default="Asia/Shanghai")
    when.add_argument("--now", help="ISO 8601; the machine's clock when left out")
    when.add_argument("--lang", choices=("zh", "en", "ja"))
    when.add_argument("--jsonl", action="store_true", help="read and answer JSON Lines")
    when.set_defaults(run=_when)

    understand = commands.add_parser("understand", help="sentences to intents and slots")
    understand.add_argument("--jsonl", action="store_true", required=True, help="read and answer JSON Lines")
    understand.set_defaults(run=_understand)

    commands.add_parser("doctor", help="check credentials, scopes, events, clock, database").set_defaults(
        run=_with_settings("bot.doctor", "examine")
    )

    db = commands.add_parser("db", help="the database").add_subparsers(required=True, metavar="ACTION")
    db.add_parser("upgrade", help="bring the database up to date").set_defaults(
        run=_with_settings("bot.app", "upgrade")
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())

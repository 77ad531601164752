"""Fill a world: people, groups, rooms, two weeks of events; times count from the Monday of the world's first day."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.emulator.contract import contract
from bot.emulator.kernel import Json
from bot.emulator.seed_events import Diary
from bot.emulator.state import App, World

DEFAULT = Path(__file__).resolve().parent / "seed.json"

# The playground's application: constants, so that a bot can be pointed at a fresh emulator without asking.
APP_ID = "cli_da71a2c0ffee0001"
APP_SECRET = "daylark-playground-secret"  # noqa: S105 - opens nothing but this emulator
ENCRYPT_KEY = "daylark-playground-encrypt-key"
VERIFICATION_TOKEN = "daylark-playground-token"  # noqa: S105


def default_app(world: World, **fields: Any) -> App:
    """The app on trial; ``fields`` override its credentials."""
    values = {
        "app_id": APP_ID,
        "app_secret": APP_SECRET,
        "encrypt_key": ENCRYPT_KEY,
        "verification_token": VERIFICATION_TOKEN,
        "scopes": contract().scopes(),
        **fields,
    }
    return world.add_app(App(open_id=world.ids.bot(), **values))


def make_world(
    seed: Path | Json | None = None, *, now: datetime | None = None, running: bool = True, **app: Any
) -> World:
    """A new world with the app in it, filled from ``seed`` (a file, its content, or the one that ships)."""
    world = World(now=now, running=running)
    default_app(world, **app)
    world.seed = read(seed)
    load(world, world.seed)
    return world


def reset(world: World, seed: Json | None = None) -> None:
    """Everything as at the start, the time too; the app keeps its credentials and where it listens."""
    if seed is not None:
        make_world(seed, now=world.started)  # a seed that cannot be used fails here, and nothing is lost
    world.clock.restart(world.started)
    world.clear()
    load(world, world.seed if seed is None else seed)


def read(seed: Path | Json | None = None) -> Json:
    if isinstance(seed, dict):
        return seed
    data: Json = json.loads((seed or DEFAULT).read_text(encoding="utf-8"))
    return data


def load(world: World, data: Json) -> None:
    """Fill an empty world; nobody is told of what was always there."""
    world.quiet = True
    people = {}
    for key, fields in data.get("users", {}).items():
        people[key] = world.add_user(**fields).open_id
    for fields in data.get("chats", ()):
        members = [people[key] for key in fields["members"]]
        owner = people.get(fields.get("owner", ""))
        chat = world.add_chat(fields["name"], members, apps=world.apps, owner=owner)
        chat.description = fields.get("description", "")
    diary = Diary(world, people)
    for fields in data.get("rooms", ()):
        diary.room(fields)
    for fields in data.get("events", ()):
        diary.event(fields)
    for due in world.clock.pending():  # rooms that answered above would answer again
        due.cancel()
    world.quiet = False

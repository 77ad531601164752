"""How many platform calls a meeting of five people costs, and how many of them wait for one another."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.stage import Stage, stage


async def run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with stage(Path(folder)) as scene:
            names = list(dict.fromkeys(p["name"] for p in scene.people.values()))[:5]
            chat = await scene.team(*names)
            asker = scene.person(names[0])
            guests = " ".join(f"@{name}" for name in names[1:])
            for which in ("first", "second"):  # the second finds tokens, names and the calendar at hand
                before = len(await scene.calls())
                card = await asker.asks(
                    f"@Daylark /meet tomorrow {15 if which == 'first' else 17}:00 {guests}", chat=chat
                )
                shown = len(await scene.calls())
                await asker.clicks("slot_1", on=card)
                await report(scene, which, before, shown)


async def report(scene: Stage, which: str, before: int, shown: int) -> None:
    rows = await scene.calls()
    for what, part in (("until the card", rows[before:shown]), ("from tap to event", rows[shown:])):
        names = [f"{row['method']} {row['path'].removeprefix('/open-apis/')}" for row in part]
        print(f"{which} meeting, {what}: {len(part)} calls: {', '.join(names)}")

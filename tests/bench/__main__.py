"""Speed, as ratios against a named peer or floor measured in the same run: ``make bench``.

Nothing here is a test: machines are shared and noisy. Each part prints what it measured and against what.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib

PARTS = ("startup", "ack", "calls", "language", "emulator")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", choices=[*PARTS, []], default=list(PARTS), help="which parts; all when left out"
    )
    for part in parser.parse_args().parts:
        print(f"\n== {part}")
        asyncio.run(importlib.import_module(f"tests.bench.{part}").run())


if __name__ == "__main__":
    main()

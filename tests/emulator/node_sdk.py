"""The vendor's Node SDK: put beside, never inside, the tree; then driven line by line."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from tests.emulator.tenant import Json, Tenant
from tests.emulator.witness import Question, Reply, Witness, with_query

HERE = Path(__file__).resolve().parent / "node"
FILES = ("package.json", "package-lock.json")
NEEDED = "the Node SDK needs node and npm"


def require() -> None:
    """Without Node there is nothing to see here; where everything is checked, it has to be there."""
    if shutil.which("node") and shutil.which("npm"):
        return
    if os.environ.get("CI"):
        raise RuntimeError(NEEDED)
    pytest.skip(NEEDED, allow_module_level=True)


def install() -> Path:
    """The folder that holds ``node_modules`` as the lock file wants them; filled once per lock file."""
    lock = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in FILES)).hexdigest()[:12]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "daylark-tests"
    folder = cache / f"node-sdk-{lock}"
    if folder.is_dir():
        return folder
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as fresh:
        whole = Path(fresh) / "sdk"
        whole.mkdir()
        for name in FILES:
            shutil.copy(HERE / name, whole)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(command, cwd=whole, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, f"npm cannot install the Node SDK:\n{done.stderr}"
        if not folder.is_dir():  # somebody else may have been quicker
            whole.rename(folder)
    return folder


def surroundings() -> dict[str, str]:
    """No proxy between the SDK and the emulator."""
    return {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}


class Calls:
    """One Node process that makes calls for any number of apps."""

    def __init__(self, folder: Path) -> None:
        command = ["node", str(HERE / "calls.mjs"), str(folder)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=surroundings())

    def ask(self, question: Json) -> Json:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question).encode() + b"\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the Node process ended"
        answer: Json = json.loads(line)
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()


class NodeSdk(Witness):
    """@larksuiteoapi/node-sdk with its own client and transport."""

    def __init__(self, tenant: Tenant, calls: Calls) -> None:
        super().__init__(tenant)
        self._calls = calls

    async def ask(self, question: Question) -> Reply:
        app = self.tenant.app
        asked = {
            "app": {
                "appId": app.app_id,
                "appSecret": app.app_secret,
                "domain": self.tenant.emulator.base_url,
            },
            "name": question.name,
            "raw": {"method": question.row.method, "path": with_query(question)},
            "path": question.path,
            "params": question.query,
            "data": question.body,
            "token": question.token,
        }
        answer = await asyncio.to_thread(self._calls.ask, {key: one for key, one in asked.items() if one is not None})
        body = answer["body"]
        data = body.get("data", {}) if "data" in body else body
        return Reply(answer["status"], body["code"], data, answer["typed"])

"""A private PostgreSQL for tests: a cluster of our own in a temporary folder, on a free port, gone afterwards.

Other folders use it with ``from tests.store.postgres import postgres_cluster, postgres_url`` in their ``conftest.py``.
"""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

MISSING = "PostgreSQL is not installed (no initdb on PATH or in /usr/lib/postgresql)"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",  # we kill processes here, not machines
    "max_connections": "60",
    "shared_buffers": "32MB",
    "log_min_messages": "warning",
}


class Cluster:
    """One server process and its data folder."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs, self._folder, self._port = programs, folder, _free_port()
        self._names = itertools.count()
        self._server: subprocess.Popen[bytes] | None = None

    def create(self) -> None:
        if os.geteuid() == 0:
            shutil.chown(self._folder, "postgres", "postgres")
        self._run("initdb", "-D", str(self._data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = [option for name, value in SETTINGS.items() for option in ("-c", f"{name}={value}")]
        command = [*_as_postgres(), str(self._programs / "postgres"), "-D", str(self._data), "-p", str(self._port)]
        with (self._folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                [*command, "-k", str(self._folder), *options], stdout=log, stderr=log, cwd=self._folder
            )
        ready = [str(self._programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self._port)]
        deadline = time.monotonic() + 30
        while subprocess.run(ready, check=False).returncode != 0:
            assert self._server.poll() is None, (self._folder / "log").read_text()
            assert time.monotonic() < deadline, "PostgreSQL does not answer"
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop at once, as a crash would: the next start recovers from the log."""
        assert self._server is not None
        self._server.send_signal(signal.SIGQUIT)
        self._server.wait(timeout=30)
        self._server = None

    def remove(self) -> None:
        if self._server is not None:
            self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def new_database(self) -> str:
        """The address of an empty database."""
        name = f"test{next(self._names)}"
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self._port), "-U", "postgres", name)
        return f"postgresql://postgres@127.0.0.1:{self._port}/{name}"

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _run(self, program: str, *arguments: str) -> None:
        command = [*_as_postgres(), str(self._programs / program), *arguments]
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=self._folder)
        assert done.returncode == 0, done.stderr


def _as_postgres() -> list[str]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam("postgres")
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _programs() -> Path | None:
    """Where initdb and postgres lie side by side; the newest when there are several."""
    on_path = shutil.which("initdb")
    candidates = [Path(on_path).resolve().parent] if on_path else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name), reverse=True)
    return next(
        (folder for folder in candidates if (folder / "initdb").exists() and (folder / "postgres").exists()), None
    )


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    """A running server; skipped where PostgreSQL is not installed, except in CI."""
    programs = _programs()
    if programs is None:
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    folder = Path(tempfile.mkdtemp(prefix="daylark-postgres-"))
    cluster = Cluster(programs, folder)
    try:
        cluster.create()
        cluster.start()
        yield cluster
    finally:
        cluster.remove()


@pytest.fixture
def postgres_url(postgres_cluster: Cluster) -> str:
    """The address of an empty database of one's own."""
    return postgres_cluster.new_database()

"""The vendor's SDK is taken in small pieces. Each check runs in a process of its own: imports cannot be undone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
# Everything below the root that our path may run. A new line here is a decision about start-up time and memory.
ALLOWED_PACKAGES = {
    "lark_oapi",
    "lark_oapi.api",
    "lark_oapi.core",
    "lark_oapi.core.cache",
    "lark_oapi.core.model",
    "lark_oapi.core.utils",
    *{f"lark_oapi.api.{name}" for name in ("authen", "calendar", "contact", "im", "vc")},
    *{f"lark_oapi.api.{name}" for name in ("authen.v1", "calendar.v4", "contact.v3", "im.v1", "vc.v1")},
    *{f"lark_oapi.api.{name}.model" for name in ("authen.v1", "calendar.v4", "contact.v3", "im.v1", "vc.v1")},
}
HEAVY_ROOTS = {"requests", "requests_toolbelt", "websockets", "google", "pandas", "numpy"}
MOST_MODULES = 400  # of over 13 000 in the whole SDK


def run(code: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


LOAD_ALL = """
import json, sys
from bot.feishu import crypto, inbound, tables
from bot.feishu.client import Feishu
tables.load()
crypto.decrypt("test key", "P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=")
names = [name for name in sys.modules if name.split(".")[0] == "lark_oapi"]
packages = [name for name in names if hasattr(sys.modules[name], "__path__")]
print(json.dumps({"names": names, "packages": packages, "roots": sorted({n.split(".")[0] for n in sys.modules})}))
"""


@pytest.fixture(scope="module")
def loaded() -> dict[str, list[str]]:
    found: dict[str, list[str]] = run(LOAD_ALL)
    return found


def test_no_package_of_the_sdk_is_run_that_we_do_not_use(loaded: dict[str, list[str]]) -> None:
    assert set(loaded["packages"]) - ALLOWED_PACKAGES == set()


def test_the_sdk_brings_no_heavy_friend(loaded: dict[str, list[str]]) -> None:
    assert set(loaded["roots"]) & HEAVY_ROOTS == set()


def test_no_response_models_of_the_sdk_are_loaded(loaded: dict[str, list[str]]) -> None:
    models = {name for name in loaded["names"] if name.endswith("_response") and ".core." not in name}
    assert models == set()


def test_the_sdk_stays_small(loaded: dict[str, list[str]]) -> None:
    assert len(loaded["names"]) < MOST_MODULES


def test_importing_the_bots_side_loads_nothing_of_the_sdk_yet() -> None:
    found = run(
        "import json, sys, bot.feishu.client\n"
        "print(json.dumps([name for name in sys.modules if name.startswith('lark_oapi')]))"
    )
    assert found == []


def test_a_request_class_knows_its_call() -> None:
    found = run(
        "import json\n"
        "from bot.feishu.calendar_endpoints import GET\n"
        "made = GET.request({'calendar_id': 'a b', 'event_id': 'e/1', 'need_attendee': True, 'user_id_type': None})\n"
        "print(json.dumps([made.method, made.path, made.query, sorted(made.tokens)]))"
    )
    assert found == [
        "GET",
        "/open-apis/calendar/v4/calendars/a%20b/events/e%2F1",
        [["need_attendee", "true"]],
        ["tenant", "user"],
    ]


def test_an_sdk_imported_before_us_is_used_as_it_is() -> None:
    found = run(
        "import json, sys, types\n"
        "import importlib.util\n"
        "spec = importlib.util.find_spec('lark_oapi')\n"
        "root = types.ModuleType('lark_oapi'); root.__path__ = list(spec.submodule_search_locations); root.mine = 1\n"
        "sys.modules['lark_oapi'] = root\n"
        "from bot.feishu import sdk\n"
        "name = sdk.request_class('im.v1', 'CreateMessageRequest').__name__\n"
        "print(json.dumps([sys.modules['lark_oapi'].mine, name]))"
    )
    assert found == [1, "CreateMessageRequest"]


RACE = """
import threading
from bot.feishu import sdk, tables
gate, failures = threading.Barrier(2), []
def enter(way):
    gate.wait()
    try:
        way()
    except ImportError as error:
        failures.append(error)
threads = [threading.Thread(target=enter, args=(way,)) for way in (lambda: sdk.aes("key"), tables.load)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(failures)
"""


def test_two_threads_may_enter_the_sdk_at_once() -> None:
    """A delivery that arrives while the request classes are being warmed up needs the cipher at that moment."""
    for _ in range(4):
        done = subprocess.run([sys.executable, "-c", RACE], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "[]"

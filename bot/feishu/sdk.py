"""The vendor's SDK without its price.

``import lark_oapi`` runs package roots that import every API there is: seconds, and well over a hundred megabytes.
Here each package on the way to a module is replaced by an empty stand-in with the right ``__path__``, so that only
the modules asked for are run. We take request classes (method, path, token kinds, parameters), AES and the long
connection's frames; never the SDK's transport or its response models.

Where the whole SDK was imported before us, it is used as it is.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
import sys
import threading
from functools import cache
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = "lark_oapi"
_ONE_AT_A_TIME = threading.RLock()


def request_class(family: str, name: str) -> Any:
    """The class ``name`` (``BatchFreebusyRequest``) of a family of calls (``calendar.v4``)."""
    return getattr(module(f"api.{family}.model.{_snake(name)}"), name)


def aes(key: str) -> Any:
    """The vendor's cipher for event bodies; ``decrypt_str`` takes base64 and answers text."""
    return module("core.utils.decryptor").AESCipher(key)


def frames() -> Any:
    """The protobuf module with ``Frame``, which the long connection speaks."""
    return module("ws.pb.pbbp2_pb2")


def module(path: str) -> ModuleType:
    """A module of the SDK by its path below the root, imported without the packages above it.

    ``core`` is small and runs as it is; below ``api`` and ``ws`` every package is stood in for. One at a time: the
    SDK's packages import one another in circles, and two threads that enter a circle at different places would see
    each other's half-made modules.
    """
    with _ONE_AT_A_TIME:
        return _imported(path)


@cache
def _imported(path: str) -> ModuleType:
    _stand_in(ROOT)
    parts = path.split(".")
    if parts[0] != "core":
        for depth in range(1, len(parts)):
            _stand_in(".".join([ROOT, *parts[:depth]]))
    return importlib.import_module(f"{ROOT}.{path}")


def _stand_in(name: str) -> None:
    if name in sys.modules:
        return
    spec = ModuleSpec(name, None, is_package=True)
    spec.submodule_search_locations = [str(_root().joinpath(*name.split(".")[1:]))]
    sys.modules[name] = importlib.util.module_from_spec(spec)


@cache
def _root() -> Path:
    if ROOT in sys.modules:
        return Path(next(iter(sys.modules[ROOT].__path__)))
    spec = importlib.util.find_spec(ROOT)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"{ROOT} is not installed", name=ROOT)
    return Path(next(iter(spec.submodule_search_locations)))


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()

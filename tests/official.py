"""The vendor's SDK as its users import it, whatever was imported before.

Our client puts empty stand-ins in the place of the SDK's package roots (``bot.feishu.sdk``). Where tests of both share
a process, the stand-ins are taken away first; what our client holds already goes on working.
"""

from __future__ import annotations

import importlib
import sys
import warnings
from types import ModuleType


def lark_oapi() -> ModuleType:
    """The whole SDK; the first import in a process takes seconds."""
    there = sys.modules.get("lark_oapi")
    if there is None or not hasattr(there, "Client"):
        for name in [name for name in sys.modules if name.split(".")[0] == "lark_oapi"]:
            del sys.modules[name]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module("lark_oapi")

"""What a start need not do.

Called before anything else of the window is imported: two habits of the interpreter cost a third of the time
until Northing is ready and a sixth of its memory, and neither is of use to it.
"""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from types import ModuleType
from typing import Any

import PySide6.QtCore  # noqa: F401  (brings the module that is looked for below)


def start_lean() -> None:
    """Collect no garbage while modules load, and let PySide6 read no sources.

    `ui.kit.garbage` takes the collecting over, on the GUI thread, when the first worker starts. After every import
    PySide6 reads the module's source to see whether it may use ``__feature__`` and keeps all lines of it
    (eight million characters for SQLAlchemy alone). Northing uses no such feature. Where a PySide6 has it
    otherwise, nothing is changed; `docs/decisions` tells what it brings.
    """
    sys.setswitchinterval(0.0005)
    gc.disable()
    try:
        feature: Any = import_module("shibokensupport.feature")
    except ImportError:
        return
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = _uses_no_feature


def _uses_no_feature(_module: ModuleType) -> bool:
    return False

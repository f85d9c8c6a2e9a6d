"""What a start need not do.

Called before anything else of the window is imported: habits of the interpreter and of PySide6 cost a third of the
time until Northing is ready and a sixth of its memory, and none of them is of use to it.
"""

from __future__ import annotations

import atexit
import builtins
import dataclasses
import gc
import inspect
import re
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from app.ui.kit.keptcode import KeptCode

_SUPPORT: Final = "shibokensupport/"
_FOR_AUTHORS: Final = ("lib/pyi_generator.py", "lib/enum_sig.py")


def start_lean(kept: Path | None = None) -> None:
    """Collect no garbage while modules load, read no sources for PySide6, and compile no text twice.

    `ui.kit.garbage` takes the collecting over, on the GUI thread, when the first worker starts. After every import
    PySide6 reads the module's source to see whether it may use ``__feature__`` and keeps all lines of it
    (eight million characters for SQLAlchemy alone). Northing uses no such feature. Where a PySide6 has it
    otherwise, nothing is changed; `docs/decisions` tells what it brings.

    Args:
        kept: Where the code of PySide6's support modules and of dataclasses is kept from one start to the next.
    """
    sys.setswitchinterval(0.0005)
    gc.disable()
    code = KeptCode(kept)
    _import_pyside(code)
    # A dataclass writes its methods as text; 85% of the time it takes to define one goes into compiling them.
    vars(dataclasses)["exec"] = code.run
    atexit.register(code.write)
    _put_off("asyncio", iscoroutine=inspect.iscoroutine)
    _put_off("importlib.metadata")
    try:
        feature: Any = import_module("shibokensupport.feature")
    except ImportError:
        return
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = _uses_no_feature


def _import_pyside(code: KeptCode) -> None:
    """Import PySide6 with the code of its support modules compiled once, and without its writer of type stubs.

    PySide6 carries these modules as source text and compiles it at every start. Two of them only write stubs for
    the authors of PySide6, and bring argparse and logging for it. A pattern for signatures takes 3 ms and is used
    where something is called wrongly.
    """
    compiles: Callable[..., Any] = builtins.compile
    patterns: Callable[..., Any] = re.compile

    def compile_pattern(pattern: Any, *rest: Any, **named: Any) -> Any:
        is_support = str(sys._getframe(1).f_globals.get("__name__")).startswith("shibokensupport.")
        return _LaterPattern(pattern, *rest, **named) if is_support else patterns(pattern, *rest, **named)

    def compile_once(source: Any, filename: Any, *rest: Any, **named: Any) -> Any:
        name = str(filename)
        if not (name.startswith(_SUPPORT) and isinstance(source, bytes)):
            return compiles(source, filename, *rest, **named)
        return code.code(b"" if name.endswith(_FOR_AUTHORS) else source, name, compiles)

    builtins.compile, vars(re)["compile"] = compile_once, compile_pattern
    try:
        import PySide6.QtCore  # noqa: F401
    finally:
        builtins.compile, vars(re)["compile"] = compiles, patterns


class _LaterPattern:
    """A regular expression that is compiled when it is first matched."""

    def __init__(self, *asked: Any, **named: Any) -> None:
        self._asked, self._named = asked, named

    def finditer(self, *text: Any) -> Any:
        """As that of the pattern."""
        return re.compile(*self._asked, **self._named).finditer(*text)

    def __getattr__(self, name: str) -> Any:
        return getattr(re.compile(*self._asked, **self._named), name)


def _put_off(name: str, **known: object) -> None:
    """Let `import name` cost nothing until something of it is used that is not `known`.

    SQLAlchemy imports the one for connections that wait and the other for plug-ins. They bring 60 modules.
    """
    if name not in sys.modules:
        sys.modules[name] = made = _Later(name)
        vars(made).update(known)
        parent, _, child = name.rpartition(".")
        if parent:
            setattr(import_module(parent), child, made)


class _Later(ModuleType):
    """Stands for a module until something is asked of it; then the module itself takes its place."""

    def __getattr__(self, wanted: str) -> Any:
        if wanted.startswith("__") and wanted != "__path__":
            raise AttributeError(wanted)  # somebody looks through all modules
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), wanted)


def _uses_no_feature(_module: ModuleType) -> bool:
    return False

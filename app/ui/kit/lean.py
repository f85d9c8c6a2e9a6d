"""What a start need not do.

Called before anything else of the window is imported: habits of the interpreter and of PySide6 cost a third of the
time until Northing is ready and a sixth of its memory, and none of them is of use to it.
"""

from __future__ import annotations

import builtins
import gc
import inspect
import marshal
import os
import sys
import zlib
from collections.abc import Callable
from importlib import import_module
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from types import ModuleType
from typing import Any, Final

_SUPPORT: Final = "shibokensupport/"
_FOR_AUTHORS: Final = ("lib/pyi_generator.py", "lib/enum_sig.py")
_HEAD: Final = b"northing-1\n" + MAGIC_NUMBER + b"\0"


def start_lean(kept: Path | None = None) -> None:
    """Collect no garbage while modules load, and let PySide6 read and compile no sources.

    `ui.kit.garbage` takes the collecting over, on the GUI thread, when the first worker starts. After every import
    PySide6 reads the module's source to see whether it may use ``__feature__`` and keeps all lines of it
    (eight million characters for SQLAlchemy alone). Northing uses no such feature. Where a PySide6 has it
    otherwise, nothing is changed; `docs/decisions` tells what it brings.

    Args:
        kept: Where code of PySide6's own is kept from one start to the next, as Python keeps that of others.
    """
    sys.setswitchinterval(0.0005)
    gc.disable()
    _import_pyside(kept)
    _put_off("asyncio", iscoroutine=inspect.iscoroutine)
    _put_off("importlib.metadata")
    try:
        feature: Any = import_module("shibokensupport.feature")
    except ImportError:
        return
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = _uses_no_feature


def _import_pyside(kept: Path | None) -> None:
    """Import PySide6 with the code of its support modules compiled once, and without its writer of type stubs.

    PySide6 carries these modules as source text and compiles it at every start. Two of them only write stubs for
    the authors of PySide6, and bring argparse and logging for it.
    """
    before = _read(kept)
    after: dict[str, tuple[int, Any]] = {}
    compiles: Callable[..., Any] = builtins.compile

    def compile_once(source: Any, filename: Any, *rest: Any, **named: Any) -> Any:
        name = str(filename)
        if not (name.startswith(_SUPPORT) and isinstance(source, bytes)):
            return compiles(source, filename, *rest, **named)
        text = b"" if name.endswith(_FOR_AUTHORS) else source
        seal = zlib.crc32(text)
        was = before.get(name)
        code = was[1] if was and was[0] == seal else compiles(text, filename, *rest, **named)
        after[name] = seal, code
        return code

    builtins.compile = compile_once
    try:
        import PySide6.QtCore  # noqa: F401
    finally:
        builtins.compile = compiles
    if kept is not None and after != before:
        _write(kept, after)


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


def _read(kept: Path | None) -> dict[str, tuple[int, Any]]:
    """What was compiled before by this Python; nothing where that cannot be read or was damaged."""
    try:
        said = kept.read_bytes() if kept is not None else b""
        if said[:16] == _HEAD and zlib.crc32(said[20:]) == int.from_bytes(said[16:20], "little"):
            found: dict[str, tuple[int, Any]] = marshal.loads(said[20:])
            return found
    except (OSError, ValueError, EOFError, TypeError):
        pass
    return {}


def _write(kept: Path, compiled: dict[str, tuple[int, Any]]) -> None:
    said = marshal.dumps(compiled)
    part = kept.with_name(f"{kept.name}.{os.getpid()}")
    try:
        kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part.write_bytes(_HEAD + zlib.crc32(said).to_bytes(4, "little") + said)
        part.replace(kept)
    except OSError:
        part.unlink(missing_ok=True)  # a start without it is slower, and that is all


def _uses_no_feature(_module: ModuleType) -> bool:
    return False

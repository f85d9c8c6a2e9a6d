"""Code that is made from text at every start, kept from one start to the next as Python keeps that of modules."""

from __future__ import annotations

import marshal
import os
import zlib
from collections.abc import Callable
from contextlib import suppress
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from typing import Any, Final

from app import __version__

_HEAD: Final = b"northing-3 " + __version__.encode() + b"\n" + MAGIC_NUMBER + b"\0"
_SUM: Final = len(_HEAD) + 4
LARGEST: Final = 4_000_000
"""Bytes; what is no longer asked for is left out of a file that would be larger."""

Source = str | bytes
Key = tuple[str, int, int]
"""File name, length and CRC-32 of a text; the text itself lies beside its code and is compared."""
Compile = Callable[..., Any]


class KeptCode:
    """Compiles each text once for this Python and this Northing; without a file, once in this process."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._before = _read(file)
        self._asked: dict[Key, bytes] = {}

    def code(self, source: Source, name: str, compiles: Compile = compile) -> Any:
        """What `compile` makes of `source`, as it stands, for the file name `name`."""
        key = name, len(source), zlib.crc32(source if isinstance(source, bytes) else source.encode("utf-8"))
        packed = self._before.get(key) or self._asked.get(key)
        if packed is not None:
            text, code = marshal.loads(packed)
            if text == source:
                self._asked[key] = packed
                return code
        made = compiles(source, name, "exec", dont_inherit=True)
        self._asked[key] = marshal.dumps((source, made))
        return made

    def run(self, source: str, known: dict[str, Any] | None = None, into: dict[str, Any] | None = None) -> None:
        """As `exec` of a text."""
        exec(self.code(source, "<string>"), known, into)

    def write(self) -> None:
        """Keep what was asked for, if there was anything new. Where that cannot be, the next start is slower."""
        if self._file is None or self._asked.keys() <= self._before.keys():
            return
        said = marshal.dumps({**self._before, **self._asked})
        if len(said) > LARGEST:
            said = marshal.dumps(self._asked)
        part = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                part.write_bytes(_HEAD + zlib.crc32(said).to_bytes(4, "little") + said)
                part.replace(self._file)
            finally:
                part.unlink(missing_ok=True)


def _read(file: Path | None) -> dict[Key, bytes]:
    """What was compiled before; nothing where that is another's, cannot be read, or was damaged."""
    try:
        said = memoryview(file.read_bytes() if file is not None else b"")
        if said[: len(_HEAD)] == _HEAD and zlib.crc32(said[_SUM:]) == int.from_bytes(
            said[len(_HEAD) : _SUM], "little"
        ):
            found: dict[Key, bytes] = marshal.loads(said[_SUM:])
            return found
    except (OSError, ValueError, EOFError, TypeError):
        pass
    return {}

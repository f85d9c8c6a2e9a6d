"""Files and names that are on the disk for good when a function returns, so that no power cut takes them back."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

PART: Final = ".part"
"""The end of the name of a file that is not whole yet."""

BLOCK: Final = 1 << 20
_CANNOT: Final = (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS)


def sync(path: Path) -> None:
    """Have the disk keep what was written to a file that nobody has open."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Have the disk keep the names in `folder`; some systems and drives cannot, or do so by themselves."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _CANNOT:
            raise
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """The folder, and those above it, for its owner alone; nothing happens where it is."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent)


def write_synced(path: Path, text: str) -> None:
    """The whole file or, when it goes wrong, nothing under this name; `sync_folder` makes the name last."""
    part = path.with_name(f"{path.name}.{os.getpid()}{PART}")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink()


def copy_synced(source: Path, target: Path) -> None:
    """The whole copy or, when it goes wrong, nothing under the name `target`; `sync_folder` makes it last."""
    part = target.with_name(f"{target.name}.{os.getpid()}{PART}")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file, source.open("rb") as read:
            shutil.copyfileobj(read, file, BLOCK)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        with suppress(OSError):
            part.unlink()

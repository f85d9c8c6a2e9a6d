"""Files and names that are on the disk for good when a function returns, so that no power cut takes them back."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

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


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A new file to fill, which takes the name `path` once the disk has it; when it goes wrong, nothing does.

    Its own name, until then, is the `name` of what is given. `sync_folder` makes the new one last.
    """
    part = path.with_name(f"{path.name}.{os.getpid()}{PART}")
    try:
        with open(part, "w+b", opener=_for_its_owner) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink()


def write_synced(path: Path, text: str) -> None:
    """The whole text in a file of this name, or nothing; see `replacing`."""
    with replacing(path) as file:
        file.write(text.encode("utf-8"))


def copy_synced(source: Path, target: Path) -> None:
    """The whole copy under the name `target`, or nothing; see `replacing`."""
    with replacing(target) as file, source.open("rb") as read:
        shutil.copyfileobj(read, file, BLOCK)


def _for_its_owner(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)

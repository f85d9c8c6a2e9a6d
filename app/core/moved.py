"""A journal that is moved, deleted or replaced while it is open: found before a word is written, and kept whole.

SQLite goes on writing into a file that nobody finds any more, and the log of the last words stays behind under
the old name: beside nothing, or beside another file that it does not belong to.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app import paths
from app.core.disk import PART, sync, sync_folder
from app.core.errors import reason_of
from app.core.refusals import JournalMoved, PlaceRefused, reached

if TYPE_CHECKING:
    from app.core.store import Store

_Identity = tuple[int, int]


class Place:
    """Whether the file that stands at `path` is the one that was opened there.

    Attributes:
        is_unseen: Whether writing goes on in the file that was opened, wherever it is, until it is copied.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: _Identity | None = None
        self._log: _Identity | None = None
        self.is_unseen = False

    @property
    def is_known(self) -> bool:
        """Whether `note` found it."""
        return self._file is not None

    def forget(self) -> None:
        """A drive that is connected again may number its files anew."""
        self._file = self._log = None

    def note(self) -> None:
        """What stands there now is what is open.

        Raises:
            DriveGone: nothing can be found there.
        """
        with reached(self._path):
            self._file = _identity(self._path)
        with suppress(OSError):
            self._log = _identity(_beside(self._path, "-wal"))

    def require(self, *, opening: bool = False) -> None:
        """Refuse where it is not, unless what is open already is written to unseen.

        Raises:
            JournalMoved: another file stands there, or none. DriveGone: nobody can tell.
        """
        if self._file is None or (self.is_unseen and not opening):
            return
        with reached(self._path):
            try:
                found = _identity(self._path)
            except FileNotFoundError as error:
                raise JournalMoved(self._path, is_replaced=False) from error
        if found != self._file:
            raise JournalMoved(self._path, is_replaced=True)

    def take_log(self) -> None:
        """Remove the log of the file that was opened: whatever stands in its place is another's."""
        with suppress(OSError):
            if self._log is not None and _identity(_beside(self._path, "-wal")) == self._log:
                for end in ("-wal", "-shm"):
                    _beside(self._path, end).unlink(missing_ok=True)


def write_out(store: Store, *, now: datetime) -> Path:
    """Write all that a moved or replaced journal holds into a file, close the store, and return that file.

    It takes the old name where nothing stands there; else it lies beside what does.

    Raises:
        PlaceRefused: it cannot be written; the store is still open.
    """
    path = store.path
    folder = path.parent if os.path.isdir(path.parent) else paths.data_dir()
    aside = free(folder / aside_name(path, now))
    part = aside.with_name(f"{aside.name}{PART}")
    try:
        store.copy_unseen_to(part)
        sync(part)
        part.rename(aside)
        sync_folder(folder)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise PlaceRefused(f"The journal cannot be written as “{aside}”: {reason_of(error)}.") from error
    store.leave()
    if folder == path.parent and not os.path.lexists(path):
        with suppress(OSError):
            aside.rename(path)
            sync_folder(folder)
            return path
    return aside


def aside_name(journal: Path, now: datetime) -> str:
    """The name under which a journal is kept when something else takes its place."""
    return f"{journal.stem} set aside {now:%Y-%m-%d %H%M%S}Z{journal.suffix}"


def free(path: Path) -> Path:
    """The path, with a number where something stands there."""
    names = (path if not number else path.with_stem(f"{path.stem} {number}") for number in range(10_000))
    return next(name for name in names if not name.exists())


def _identity(path: Path) -> _Identity:
    found = os.stat(path)
    return found.st_dev, found.st_ino


def _beside(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)

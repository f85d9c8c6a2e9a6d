"""Why a journal is not opened, read or written: each reason a sentence that a person can act on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError
from sqlcipher3 import dbapi2 as sqlite

from app.core import keys
from app.core.errors import Damage, UserError, reason_of
from app.core.model.base import parse_instant

_OF_DAMAGE: Final = ("malformed", "Could not decode", "unsupported file format")


class NotAJournal(UserError):
    """The file is something else; it was not touched."""


class NewerJournal(UserError):
    """The file was written by a newer Northing; it was not touched."""


class PlaceRefused(UserError):
    """The file or its folder cannot be read or written."""


class DriveGone(PlaceRefused):
    """Nothing on the file's drive can be read or written; it may come back."""

    def __init__(self, path: Path, said: str) -> None:
        super().__init__(f"The journal “{path}” cannot be reached: {said}. Is its drive connected?")


class JournalMoved(PlaceRefused):
    """The file that is open is not the one that stands in its place any more; nothing was written.

    Attributes:
        is_replaced: Another file stands there; else none does.
    """

    def __init__(self, path: Path, *, is_replaced: bool) -> None:
        self.is_replaced = is_replaced
        super().__init__(
            f"Another file took the place of “{path}” while it was open."
            if is_replaced
            else f"“{path}” was moved, renamed or deleted while it was open."
        )


class JournalMissing(UserError):
    """There is no file where a journal was; none was made."""


class JournalLocked(UserError):
    """The file is encrypted and no key of it is known; it was not touched."""


class JournalBusy(UserError):
    """Another program holds the file for longer than we wait."""


class ChangedMeanwhile(UserError):
    """The item was changed elsewhere since it was read; nothing was written."""


class JournalDamaged(Damage):
    """SQLite reports damage in the file."""


class SearchDamaged(JournalDamaged):
    """The search index is damaged, which holds nothing of its own; `integrity.mend_search` makes it again."""


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite says into sentences that a person can act on; bugs pass unchanged."""
    try:
        yield
    except StaleDataError as error:
        raise ChangedMeanwhile(
            "This was changed elsewhere meanwhile. Open it again to see how it stands."
        ) from error
    except UnicodeDecodeError as error:  # of bytes where the file promises text
        raise _damaged(path) from error
    except ValueError as error:
        if not _is_about_a_row(error):
            raise
        raise _damaged(path) from error
    except (DBAPIError, sqlite.DatabaseError) as error:
        if sentence := _sentence(path, str(getattr(error, "orig", error))):
            raise sentence from error
        raise


@contextmanager
def reached(path: Path) -> Iterator[None]:
    """Say in a sentence that the file's drive refuses even to be looked at."""
    try:
        yield
    except OSError as error:
        raise DriveGone(path, reason_of(error)) from error


def _sentence(path: Path, said: str) -> UserError | None:
    if "not a database" in said:
        if keys.key_of(path) is not None:
            return _damaged(path)
        if keys.is_encrypted(path):
            return JournalLocked(
                f"“{path}” is locked, or no journal: only its passphrase can tell. It was left as it is."
            )
        return NotAJournal(f"“{path}” is not a Northing journal, or it is damaged. It was left as it is.")
    if "fts5" in said or "vtable constructor failed" in said:
        return SearchDamaged(
            f"The search index of “{path.name}” is damaged, which holds no text. Open Northing again to mend it."
        )
    if any(word in said for word in _OF_DAMAGE) or (" column" in said and _lacks_columns(path)):
        return _damaged(path)
    if "full" in said:
        return PlaceRefused(
            f"The disk that holds “{path.name}” is full. Free some space; what you typed is kept here."
        )
    if "readonly" in said and _forbids_itself(path):
        return _damaged(path)
    if "readonly" in said:
        return PlaceRefused(f"The journal “{path}” can only be read. Change its permissions or open a copy.")
    if "locked" in said or "busy" in said:
        return JournalBusy(f"Another program holds the journal “{path.name}”. Close it, then try again.")
    if os.path.isdir(path):  # where a drive is gone, `Path.is_dir` raises
        return PlaceRefused(f"“{path}” is a folder, not a journal.")
    if "unable to open" in said or "disk I/O" in said:
        return DriveGone(path, said)
    return None


def _forbids_itself(path: Path) -> bool:
    """Whether the head of the file alone says that nobody may write to it, which ours never does."""
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        return False
    try:
        with closing(keys.connect(path, keys.key_of(path), timeout=0)) as connection:
            connection.execute("BEGIN IMMEDIATE")
    except sqlite.DatabaseError as error:
        return "readonly" in str(error)
    return False


def _lacks_columns(path: Path) -> bool:
    """Whether the schema in the file is not the one that it was given; else it is our own mistake."""
    from app.core.integrity import missing_columns

    try:
        return bool(missing_columns(path))
    except sqlite.DatabaseError:
        return True


def _is_about_a_row(error: ValueError) -> bool:
    """Whether it came up where the mapping reads a value, such as a day that is none, and not in our own code."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    place = str(frame.tb_frame.f_globals.get("__name__", "")) if frame else ""
    return place.startswith("sqlalchemy.") or place == parse_instant.__module__


def _damaged(path: Path) -> JournalDamaged:
    return JournalDamaged(
        f"The journal “{path}” is damaged. Nothing more is written to it; "
        "restore a backup, or run “northing salvage” on a copy."
    )

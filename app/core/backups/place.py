"""Where backups lie, and what the note beside each says of it."""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from app import paths
from app.core.errors import UserError
from app.core.model.base import instant_text, parse_instant
from app.core.refusals import JournalMissing, reached
from app.core.settings import settings
from app.core.store import Store

NOTE_SUFFIX: Final = ".json"
FILES: Final = "files"
"""The folder in which all backups share attachments, each by its SHA-256."""

COPIES: Final = ".northing-"
"""How folders begin in which a copy of a backup is worked on, beside the journal."""

_NAME: Final = re.compile(r".* (\d{4}-\d\d-\d\d) (\d\d)(\d\d)(\d\d)Z(?: \d+)?$")


class BackupDamaged(UserError):
    """A backup is not what was written; it was left as it is."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup, as the note beside it tells.

    Attributes:
        at: When it was taken (UTC).
        reason: `start`, `time`, `migration`, `import`, `delete`, `restore`, `passphrase` or `asked`.
        sha256: Of the file's bytes; "" where no note tells. content: `integrity.Content.sha256`.
        stamp: `integrity.stamp_of` what it holds. of: The journal's path. files: Its attachments' SHA-256.
    """

    path: Path
    at: datetime
    reason: str
    items: int
    entries: int
    size: int
    sha256: str = ""
    content: str = ""
    stamp: str = ""
    of: str = ""
    files: tuple[str, ...] = ()

    @property
    def is_verified(self) -> bool:
        """Whether it was read again in full after it was written."""
        return bool(self.sha256)


def place_of(store: Store) -> Path:
    """The folder for backups as the journal's choices say."""
    with store.read() as session:
        return folder_of(store.path, settings(session).backup_place)


def folder_of(journal: Path, chosen: str = "") -> Path:
    """The folder of this journal's backups, in the `chosen` one where there is any."""
    return Path(chosen) / journal.stem if chosen else paths.backups_dir(journal)


def listed(folder: Path) -> list[Backup]:
    """Every backup in `folder`, newest first; files without a readable note are shown as not verified."""
    try:
        found = [Path(entry.path) for entry in os.scandir(folder) if entry.name.endswith(paths.JOURNAL_SUFFIX)]
    except OSError:
        return []
    backups = [backup for path in found if (backup := _told_by_note(path) or _told_by_name(path))]
    return sorted(backups, key=age_of, reverse=True)


def age_of(backup: Backup) -> tuple[datetime, int, str]:
    """By which backups are in order; those of one moment are numbered in their names."""
    return backup.at, len(backup.path.name), backup.path.name


def latest(folder: Path, of: Path | None = None) -> Backup | None:
    """The newest verified backup, of the journal `of` when given."""
    mine = str(of.absolute()) if of else ""
    return next((one for one in listed(folder) if one.is_verified and mine in ("", one.of)), None)


def found_for(journal: Path) -> list[Backup]:
    """Backups of a journal that cannot be asked where they are: what lies in the usual place, newest first."""
    return listed(folder_of(journal))


def require_there(journal: Path, chosen: str = "") -> None:
    """Refuse to make a new journal where there was one: it has backups, or a place for them was `chosen`.

    Raises:
        JournalMissing: there is no such file. PlaceRefused: its drive does not say whether there is.
    """
    with reached(journal):
        is_there = journal.exists()
    if not is_there and (chosen or found_for(journal)):
        raise JournalMissing(
            f"There is no file “{journal}” any more, only backups of it. "
            "It may lie elsewhere, or on a drive that is not connected."
        )


def note_of(path: Path) -> Path:
    """The note beside the backup at `path`."""
    return path.with_suffix(NOTE_SUFFIX)


def note_text(backup: Backup) -> str:
    """What the note beside a backup says."""
    said = asdict(backup)
    del said["path"]
    return json.dumps({**said, "at": instant_text(backup.at)}, indent=1) + "\n"


def shared_file(folder: Path, sha: str) -> Path:
    """Where backups in `folder` keep the attachment `sha`."""
    return folder / FILES / sha


def _told_by_note(path: Path) -> Backup | None:
    try:
        said: Any = json.loads(note_of(path).read_text(encoding="utf-8"))
        known = {
            key: said[key] for key in ("reason", "items", "entries", "size", "sha256", "content", "stamp", "of")
        }
        if path.stat().st_size != known["size"]:
            return None
        return Backup(path, parse_instant(said["at"]), files=tuple(map(str, said["files"])), **known)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _told_by_name(path: Path) -> Backup | None:
    name = _NAME.match(path.stem)
    try:
        size = path.stat().st_size
        at = parse_instant("{}T{}:{}:{}+00:00".format(*name.groups())) if name else None
    except (OSError, ValueError):
        return None
    return Backup(path, at, "", 0, 0, size) if at else None

"""Taking a backup: copy, sync, read again in full, note, and only then the name under which it counts."""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from app import paths
from app.core import files, integrity
from app.core.backups.place import (
    COPIES,
    FILES,
    Backup,
    BackupDamaged,
    folder_of,
    latest,
    listed,
    note_of,
    note_text,
    place_of,
    shared_file,
)  # fmt: skip
from app.core.backups.thinning import surplus
from app.core.disk import BLOCK, PART, copy_synced, make_folder, sync, sync_folder, write_synced
from app.core.errors import reason_of
from app.core.refusals import JournalDamaged, PlaceRefused, told
from app.core.settings import change_settings
from app.core.store import Store, bare

LEFT_BEHIND_S: Final = 3600
_UNKNOWN: Final = datetime.min.replace(tzinfo=UTC)
_one_at_a_time: Final = threading.Lock()


def is_due(store: Store) -> bool:
    """Whether something was written since the newest verified backup."""
    return not _is_unchanged(store, latest(place_of(store), store.path))


def take(store: Store, *, reason: str, now: datetime, always: bool = False, folder: Path | None = None) -> Backup:
    """A verified backup of all that is committed; the newest one where nothing was written since, unless `always`.

    Writers go on meanwhile, other backups wait. What is older than it needs to be is thinned afterwards.

    Args:
        folder: Where it goes, instead of where the journal's choices say.

    Raises:
        PlaceRefused: it cannot be written there. JournalDamaged: the journal is; older backups are left alone.
    """
    with _one_at_a_time:
        return _take(store, folder or place_of(store), reason=reason, now=now, always=always)


def move(store: Store, chosen: str, *, now: datetime) -> Backup:
    """Put backups into the folder `chosen`, "" for the usual one, with a first one there; those before stay.

    Raises:
        PlaceRefused: nothing can be written there; backups go on where they went. JournalDamaged: the journal is.
    """
    made = take(store, reason="asked", now=now, folder=folder_of(store.path, chosen))
    with store.write() as session:
        change_settings(session, backup_place=chosen)
    return made


def _take(store: Store, folder: Path, *, reason: str, now: datetime, always: bool) -> Backup:
    from app.core.passphrase import keep_slots_with

    before = latest(folder, store.path)
    if before is not None and not always and _is_unchanged(store, before):
        return before
    with _refused(folder):
        make_folder(folder)
        _sweep(folder)
        _sweep_copies(store.path.parent)
        path = _free_name(folder, store.path, now)
        part = path.with_name(f"{path.name}.{os.getpid()}{PART}")
        try:
            store.copy_to(part)
            sync(part)
            made = replace(_read_again(store, part), path=path, at=now, reason=reason)
            made = replace(made, files=_copy_files(paths.files_dir(store.path), part, folder))
            write_synced(note_of(path), note_text(made))
            keep_slots_with(store.path, folder)
            part.replace(path)
            sync_folder(folder)
        finally:
            with suppress(OSError):
                part.unlink()
        _thin(folder, store.path, now)
    return made


def verify(backup: Backup) -> None:
    """Read a backup again in full.

    Raises:
        BackupDamaged: it is not what was written, or cannot be read.
    """
    if backup.sha256 and sha256_of(backup.path) != backup.sha256:
        raise BackupDamaged(f"The backup “{backup.path}” is damaged. Choose another one.")
    report = integrity.check(backup.path)
    if report.problems:
        raise BackupDamaged(f"The backup “{backup.path}” is damaged: {report.problems[0]}. Choose another one.")


def sha256_of(path: Path) -> str:
    """Of the file's bytes, read a little at a time."""
    whole = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            whole.update(block)  # hashing lets other threads run by itself
    return whole.hexdigest()


def _is_unchanged(store: Store, newest: Backup | None) -> bool:
    if newest is None or newest.of != str(store.path.absolute()):
        return False
    with told(store.path), closing(bare(store.path)) as connection:
        connection.execute("BEGIN")
        return integrity.stamp_of(connection) == newest.stamp


def _read_again(store: Store, part: Path) -> Backup:
    with integrity.beside() as other:
        sha = other.submit(sha256_of, part)
        report = integrity.check(part)
    if report.problems:
        raise JournalDamaged(
            f"The journal “{store.path}” is damaged: {report.problems[0]}. "
            "No backup was made of it and the older ones are left as they are; restore one of them."
        )
    with closing(bare(part)) as connection:
        stamp = integrity.stamp_of(connection)
    size = part.stat().st_size
    of = str(store.path.absolute())
    return Backup(part, _UNKNOWN, "", report.items, report.entries, size, sha.result(), report.sha256, stamp, of)


def _copy_files(source: Path, part: Path, folder: Path) -> tuple[str, ...]:
    """Copy attachments that no earlier backup has; they never change, so one copy serves all.

    Returns the SHA-256 of all that belong to the backup `part`, also of those that only earlier backups hold.
    """
    there = [file for file in sorted(source.rglob("*")) if file.is_file() and files.is_name(file.name)]
    shared = folder / FILES
    missing = [file for file in there if not (shared / file.name).exists()]
    for file in missing:
        if file.suffix or integrity.is_file_whole(file):
            make_folder(shared)
            copy_synced(file, shared / file.name)
    if missing and shared.is_dir():
        sync_folder(shared)
    with closing(bare(part)) as connection:
        has_table = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'attachment'").fetchone()
        rows = connection.execute("SELECT sha256 FROM attachment").fetchall() if has_table else []
    lying = {file.name for file in there}
    forms = [{sha, files.sealed_name(sha)} for (sha,) in rows]
    wanted = lying.union(*(form for form in forms if not form & lying))
    return tuple(sha for sha in sorted(wanted) if shared_file(folder, sha).exists())


def _thin(folder: Path, journal: Path, now: datetime) -> None:
    mine = str(journal.absolute())
    backups = listed(folder)
    gone = surplus([(one.at, one.is_verified) for one in backups if one.of == mine], now)
    kept: set[str] = set()
    dropped = False
    for backup in backups:
        if backup.of == mine and backup.at in gone:
            backup.path.unlink()
            with suppress(FileNotFoundError):
                note_of(backup.path).unlink()
            dropped = True
        else:
            kept.update(backup.files)
    if dropped and all(backup.is_verified for backup in backups):
        for file in (folder / FILES).glob("*"):
            if files.is_name(file.name) and file.name not in kept:
                file.unlink()


def _sweep(folder: Path) -> None:
    """Remove what a backup that was cut short left behind: parts, and notes without their backup."""
    for entry in list(os.scandir(folder)):
        path = Path(entry.path)
        is_part = entry.name.endswith(PART)
        is_widow = entry.name.endswith(".json") and not path.with_suffix(paths.JOURNAL_SUFFIX).exists()
        with suppress(OSError):
            if (is_part or is_widow) and time.time() - entry.stat().st_mtime > LEFT_BEHIND_S:
                path.unlink()


def _sweep_copies(folder: Path) -> None:
    """Remove the copies of a backup that a restore worked on and was killed before it could."""
    for left in folder.glob(f"{COPIES}*"):
        with suppress(OSError):
            if left.is_dir() and time.time() - left.stat().st_mtime > LEFT_BEHIND_S:
                shutil.rmtree(left, ignore_errors=True)


def _free_name(folder: Path, journal: Path, now: datetime) -> Path:
    stem = f"{journal.stem} {now:%Y-%m-%d %H%M%S}Z"
    names = (stem if not number else f"{stem} {number}" for number in range(10_000))
    free = (folder / f"{name}{paths.JOURNAL_SUFFIX}" for name in names)
    return next(path for path in free if not path.exists() and not note_of(path).exists())


@contextmanager
def _refused(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PlaceRefused(
            f"A backup cannot be written to “{folder}”: {reason_of(error)}. "
            "Make room there or choose another place for backups."
        ) from error

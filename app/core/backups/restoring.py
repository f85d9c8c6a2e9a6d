"""The way back: the current journal is set aside, then becomes what a backup holds, wholly or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import paths
from app.core import files, integrity, items, keys
from app.core.backups.place import COPIES, Backup, BackupDamaged, latest, listed, place_of, shared_file
from app.core.backups.taking import take, verify
from app.core.disk import copy_synced, make_folder, sync, sync_folder
from app.core.errors import UserError, reason_of
from app.core.model import Item
from app.core.moved import aside_name, free
from app.core.refusals import JournalDamaged, NewerJournal, PlaceRefused
from app.core.settings import change_settings, settings
from app.core.store import Store, bare, open_store


def restore(store: Store, source: Path, *, now: datetime) -> Backup:
    """Make the open journal what the backup `source` holds; returns the backup of what it was before.

    One transaction: other windows see the journal before or after it.

    Raises:
        BackupDamaged: `source` is; nothing was changed. UserError: the current journal could not be set aside.
    """
    _refuse_itself(source, store.path)
    require_sound(source)
    with opened_copy(source, beside=store.path) as whole:
        aside = _set_aside(store, now)
        with suppress(JournalDamaged):
            _keep_place(store, whole)
        whole.close()
        _bring_files(source, store.path)
        store.become(_as_secret_as(store.key, whole.path))
    store.announce(frozenset({Item}))
    return aside


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """Items that were brought back alone.

    Attributes:
        aside: The backup of what was before; None where that was damaged.
        revs: The `rev` of each since then, by its uid.
    """

    aside: Path | None
    revs: Mapping[str, int]


def restore_items(store: Store, source: Path, uids: Sequence[str], *, now: datetime) -> BroughtBack:
    """Make some items what they were in `source`, with what they cannot be without.

    What they say until now is kept as a version of each; the journal is backed up before, or set aside as it is
    where something in it is damaged: to bring that back may mend it.
    """
    _refuse_itself(source, store.path)
    objects = _objects_in(source, uids)
    aside = _set_aside(store, now)
    _bring_files(source, store.path)
    with store.write() as session:
        put = _put_back(session, objects, uids, now)
        revs = {uid: rev for uid, rev in session.execute(select(Item.uid, Item.rev)) if uid in put}
    return BroughtBack(aside.path if aside.is_verified else None, revs)


def take_back_items(store: Store, brought: BroughtBack, *, now: datetime) -> int:
    """Make items what they were before `restore_items`; those that were not there go to the Trash.

    The journal is backed up before. What was edited since stays as it is; returns how many did not.
    """
    if brought.aside is None:
        raise UserError("The journal was damaged before; it stays as it is now.")
    objects = _objects_in(brought.aside, list(brought.revs))
    take(store, reason="restore", now=now)
    were_there = {one["uid"] for one in objects}
    with store.write() as session:
        rows = session.execute(select(Item.uid, Item.id, Item.rev)).all()
        untouched = {uid: item_id for uid, item_id, rev in rows if brought.revs.get(uid) == rev}
        _put_back(session, objects, untouched, now)
        items.trash(session, [untouched[uid] for uid in untouched.keys() - were_there], now=now)
    return len(untouched)


def _objects_in(source: Path, uids: Sequence[str]) -> list[dict[str, Any]]:
    """The items of a sound backup as plain objects, with what they cannot be without."""
    from app.core.transfer.own import reading, scope

    require_sound(source)
    with opened_copy(source) as whole, closing(bare(whole.path)) as then:
        return list(reading.objects(then, scope.ids_with_needed(then, uids)))


def _put_back(
    session: Session, objects: Sequence[dict[str, Any]], uids: Collection[str], now: datetime
) -> set[str]:
    """Put back those of `uids`, and what else is not there; returns the uids of both."""
    from app.core.transfer.own import writing

    present = set(session.scalars(select(Item.uid)))
    wanted = [one for one in objects if one["uid"] in uids or one["uid"] not in present]
    writing.Arrival(session, wanted).put_back(now=now)
    return {one["uid"] for one in wanted}


def bring_back_files(store: Store) -> tuple[int, list[str]]:
    """Copy lost or damaged attachments from the backups; how many, and the names of those that stay lost."""
    folder, kept = paths.files_dir(store.path), place_of(store)
    mended, lost = 0, []
    for sha, name in integrity.lost_files(store.path):
        source = files.place(shared_file(kept, sha).parent, sha)
        if source is not None and files.is_whole(source.parent, sha):
            try:
                make_folder(folder)
                copy_synced(source, folder / source.name)
                sync_folder(folder)
            except OSError as error:
                raise PlaceRefused(f"“{folder}” cannot be written: {reason_of(error)}.") from error
            mended += 1
        else:
            lost.append(name)
    return mended, lost


def replace_damaged(journal: Path, source: Path, *, now: datetime) -> Path:
    """Put a backup in the place of a journal that cannot be opened any more, or is gone.

    Returns where that one lies now, if it was there. Nobody may have the journal open.
    """
    _refuse_itself(source, journal)
    require_sound(source)
    aside = free(journal.with_name(aside_name(journal, now)))
    key, is_plain = keys.key_of(journal), keys.head_of(journal) == keys.PLAIN_HEAD
    try:
        make_folder(journal.parent)
        with opened_copy(source, beside=journal) as whole:
            whole.close()
            if key is None and not is_plain:
                key = whole.key  # nobody can tell any more what it was
            _bring_files(source, journal)
            log = journal.with_name(journal.name + "-wal")
            if log.exists():
                copy_synced(log, aside.with_name(aside.name + "-wal"))
            if journal.exists():
                copy_synced(journal, aside)
            sync_folder(journal.parent)
            # A log of the old file must not be played into the new one.
            for suffix in ("-wal", "-shm"):
                with suppress(FileNotFoundError):
                    journal.with_name(journal.name + suffix).unlink()
            sync_folder(journal.parent)
            _as_secret_as(key, whole.path).replace(journal)
            sync_folder(journal.parent)
    except OSError as error:
        raise PlaceRefused(f"“{journal}” cannot be replaced: {reason_of(error)}.") from error
    return aside


def lost_its_passphrase(journal: Path, source: Path) -> bool:
    """Whether a journal that `source` replaced is plain, and was encrypted as far as what is left of it tells.

    Nobody may have the journal open.
    """
    if keys.head_of(journal) != keys.PLAIN_HEAD:
        return False
    newest = latest(source.parent)
    is_newest_plain = newest is None or keys.head_of(newest.path) == keys.PLAIN_HEAD
    return not is_newest_plain or paths.recovery_file(journal).exists()


def require_sound(source: Path) -> None:
    """Refuse a backup that is not there, not ours, newer than this Northing, or not what was written.

    Raises:
        UserError: with the reason.
    """
    if not source.is_file():
        raise UserError(f"There is no backup at “{source}”.")
    known = next((backup for backup in listed(source.parent) if backup.path == source), None)
    try:
        verify(known or Backup(source, datetime.min.replace(tzinfo=UTC), "", 0, 0, 0))
    except (BackupDamaged, NewerJournal):
        raise
    except JournalDamaged as error:
        raise BackupDamaged(f"The backup “{source}” is damaged. Choose another one.") from error


@contextmanager
def opened_copy(source: Path, *, beside: Path | None = None) -> Iterator[Store]:
    """A copy of the journal file `source`, brought to today's schema, in a folder that is gone afterwards.

    Args:
        beside: Make that folder beside this file, so that the copy can take its place by renaming.
    """
    folder = beside.parent if beside else None
    try:
        made = tempfile.TemporaryDirectory(prefix=COPIES, dir=folder, ignore_cleanup_errors=True)
    except OSError as error:
        raise PlaceRefused(f"Nothing can be written beside “{beside}”: {reason_of(error)}.") from error
    with made as place:
        path = Path(place, "copy" + paths.JOURNAL_SUFFIX)
        try:
            copy_synced(source, path)
            log = source.with_name(source.name + "-wal")
            if log.exists():
                copy_synced(log, path.with_name(path.name + "-wal"))
        except OSError as error:
            raise PlaceRefused(f"There is no room for a copy of “{source}”: {reason_of(error)}.") from error
        with _opened(path, source) as store:
            yield store


def _opened(copy: Path, source: Path) -> Store:
    """The copy; a refusal speaks of what it was made of."""
    try:
        return open_store(copy, is_copy=True)
    except UserError as error:
        said = str(error).replace(str(copy), str(source)).replace(copy.name, source.name)
        raise type(error)(said) from error


def _keep_place(store: Store, whole: Store) -> None:
    """Let backups go on where they go now, not where they went when the backup was taken."""
    with store.read() as session:
        place = settings(session).backup_place
    with whole.read() as session:
        is_same = settings(session).backup_place == place
    if not is_same:
        with whole.write() as session:
            change_settings(session, backup_place=place)


def _as_secret_as(key: keys.Key | None, copy: Path) -> Path:
    """The copy, or another one beside it where one of the two is encrypted and the other is not."""
    from app.core import passphrase

    if (keys.key_of(copy) is None) == (key is None):
        return copy
    target = copy.with_name("as secret" + paths.JOURNAL_SUFFIX)
    passphrase.converted(copy, target, key)
    return target


def _set_aside(store: Store, now: datetime) -> Backup:
    """A backup of the journal as it is; of a damaged one a copy of its pages beside it, for salvage."""
    try:
        return take(store, reason="restore", now=now)
    except JournalDamaged:
        path = free(store.path.with_name(aside_name(store.path, now)))
        try:
            store.copy_to(path)
            sync(path)
        except OSError as error:
            why = reason_of(error)
            raise PlaceRefused(f"The journal cannot be set aside as “{path}”: {why}.") from error
        return Backup(path, now, "restore", 0, 0, path.stat().st_size)


def _refuse_itself(source: Path, journal: Path) -> None:
    if source.exists() and journal.exists() and source.samefile(journal):
        raise UserError(f"“{source}” is the journal itself, not a backup of it.")


def _bring_files(source: Path, journal: Path) -> None:
    """Copy the attachments of a backup that the journal does not have."""
    known = next((backup for backup in listed(source.parent) if backup.path == source), None)
    folder = paths.files_dir(journal)
    have = {file.name for file in folder.rglob("*")} if folder.is_dir() else set()
    try:
        for name in known.files if known else ():
            kept = shared_file(source.parent, name)
            if not {name, files.sealed_name(name)} & have and kept.exists():
                make_folder(folder)
                copy_synced(kept, folder / name)
        if folder.is_dir():
            sync_folder(folder)
    except OSError as error:
        raise PlaceRefused(f"“{folder}” cannot be written: {reason_of(error)}.") from error

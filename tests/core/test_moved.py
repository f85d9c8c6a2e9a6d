"""A journal that is moved, deleted or replaced while it is open: nothing is said to be saved that nobody finds."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlite

from app.core import integrity, journal, keys
from app.core.model import Entry
from app.core.moved import write_out
from app.core.refusals import DriveGone, JournalMoved
from app.core.store import Store, open_store
from tests.conftest import NOW

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows does not move what is open")


def add(store: Store, text: str) -> None:
    with store.write() as session:
        journal.add_entry(session, day=NOW.date(), now=NOW, zone="UTC", text=text)


def texts(path: Path) -> list[str]:
    with open_store(path) as store, store.read() as session:
        return [entry.text for entry in session.query(Entry).order_by(Entry.id)]


@pytest.fixture
def store(fresh_journal):
    with open_store(fresh_journal) as store:
        add(store, "Before")
        yield store


def test_where_no_file_is_any_more_nothing_is_written_until_it_is_back(store, tmp_path):
    elsewhere = tmp_path / "Elsewhere.northing"
    found: list[JournalMoved] = []
    store.when_moved = found.append
    store.path.rename(elsewhere)
    with pytest.raises(JournalMoved, match="moved, renamed or deleted"):
        add(store, "Lost?")
    assert [error.is_replaced for error in found] == [False]
    assert not store.is_in_place
    elsewhere.rename(store.path)
    add(store, "After")
    store.close()
    assert texts(store.path) == ["Before", "After"]


def test_a_deleted_journal_is_written_again_with_all_in_it(store):
    store.path.unlink()
    store.write_unseen(True)
    add(store, "Typed since")
    assert write_out(store, now=NOW) == store.path
    assert store.is_closed
    assert [file.name for file in store.path.parent.glob("*.northing*")] == [store.path.name]
    assert texts(store.path) == ["Before", "Typed since"]
    assert not integrity.check(store.path).problems


def test_of_a_replaced_journal_both_are_kept_and_the_log_of_one_does_not_meet_the_other(store, tmp_path):
    other = tmp_path / "other" / "Journal.northing"
    other.parent.mkdir()
    with open_store(other) as one:
        add(one, "From another computer")
    shutil.move(other, store.path)
    with pytest.raises(JournalMoved, match="took the place"):
        add(store, "Lost?")
    with pytest.raises(JournalMoved):
        store.copy_to(tmp_path / "copy.northing")
    store.write_unseen(True)
    add(store, "Typed since")
    kept = write_out(store, now=NOW)
    assert kept.name == "Journal set aside 2026-11-23 093000Z.northing"
    assert texts(kept) == ["Before", "Typed since"]
    assert texts(store.path) == ["From another computer"]
    assert not integrity.check(store.path).problems


def test_where_the_folder_is_gone_too_it_is_kept_with_the_journals(store, tmp_path):
    shutil.move(store.path.parent, tmp_path.parent / "moved away")
    kept = write_out(store, now=NOW)
    assert texts(kept) == ["Before"]
    shutil.rmtree(tmp_path.parent / "moved away")


def test_an_encrypted_journal_is_written_again_encrypted(tmp_path):
    path = tmp_path / "Secret.northing"
    key = keys.new_key("correct horse")
    keys.remember(key)
    try:
        with open_store(path, key=key) as store:
            add(store, "Secret words")
            path.unlink()
            write_out(store, now=NOW)
        assert b"Secret words" not in path.read_bytes()
        assert texts(path) == ["Secret words"]
    finally:
        keys.forget()


def test_after_its_drive_was_away_the_file_is_opened_anew(store, tmp_path):
    """A drive that comes back may number its files anew, and what was open is of no use any more."""
    with pytest.raises(DriveGone), store.read():
        raise sqlite.OperationalError("disk I/O error")
    shutil.copy(store.path, tmp_path / "the same")
    for end in ("-wal", "-shm"):
        shutil.copy(f"{store.path}{end}", f"{tmp_path / 'the same'}{end}")
    for end in ("", "-wal", "-shm"):
        (tmp_path / f"the same{end}").rename(f"{store.path}{end}")
    add(store, "After")
    assert store.changed_elsewhere()
    assert not store.changed_elsewhere()
    store.close()
    assert texts(store.path) == ["Before", "After"]


def test_while_the_drive_is_away_no_journal_is_made_in_its_place(store, tmp_path):
    with pytest.raises(DriveGone), store.read():
        raise sqlite.OperationalError("disk I/O error")
    for file in tmp_path.glob("Journal.northing*"):
        file.rename(file.with_name("away " + file.name))
    with pytest.raises(DriveGone):
        add(store, "Lost?")
    assert not store.path.exists()
    for file in tmp_path.glob("away *"):
        file.rename(file.with_name(file.name.removeprefix("away ")))
    add(store, "After")
    store.close()
    assert texts(store.path) == ["Before", "After"]

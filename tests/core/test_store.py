"""The store keeps its promises on real files."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.exc import OperationalError
from sqlcipher3 import dbapi2 as sqlite

from app.core import backups, integrity, journal, migrations
from app.core.first import first_page
from app.core.model import Area, Entry, Item, Model, Objective, Period, Person, Step
from app.core.refusals import (
    ChangedMeanwhile,
    JournalBusy,
    JournalDamaged,
    NewerJournal,
    NotAJournal,
    PlaceRefused,
    told,
)
from app.core.store import open_store, schema_of
from tests.conftest import NOW

DAY = date(2026, 11, 23)


def add(store, text="First words"):
    with store.write() as session:
        return journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text=text)


def pragma(session, name):
    return session.execute(text(f"PRAGMA {name}")).scalar()


@pytest.mark.parametrize("door", ["read", "write"])
def test_every_connection_is_durable_and_strict(store, door):
    with getattr(store, door)() as one, store.read() as other:
        for session in (one, other):
            assert pragma(session, "journal_mode") == "wal"
            assert pragma(session, "synchronous") == 2
            assert pragma(session, "foreign_keys") == 1
            assert pragma(session, "mmap_size") in (0, None)
        assert pragma(other, "query_only") == 1


def test_a_stray_write_in_a_reader_fails(store):
    with store.read() as session, pytest.raises(OperationalError):
        session.execute(text("DELETE FROM item"))


def test_write_commits_or_leaves_no_trace(store):
    with pytest.raises(ZeroDivisionError), store.write() as session:
        journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="gone")
        raise ZeroDivisionError
    with store.read() as session:
        assert journal.entry_ids(session) == []


def test_listeners_hear_once_after_the_commit(store):
    heard = []

    def listener(changes):
        with store.read() as session:
            heard.append((changes, journal.entry_ids(session)))

    stop = store.listen(listener)
    entry = add(store)
    assert heard == [(frozenset({Entry}), [entry.id])]
    stop()
    add(store)
    assert len(heard) == 1


def test_a_failed_write_is_not_announced(store):
    heard = []
    store.listen(heard.append)
    with pytest.raises(ZeroDivisionError), store.write() as session:
        journal.add_entry(session, day=DAY, now=NOW, zone="UTC")
        raise ZeroDivisionError
    assert heard == []


def test_a_late_write_is_refused_and_changes_nothing(store):
    entry = add(store)
    with store.write() as session:
        journal.edit_text(session, entry.id, "newer", rev=entry.rev, now=NOW)
    with pytest.raises(ChangedMeanwhile), store.write() as session:
        journal.edit_text(session, entry.id, "older", rev=entry.rev, now=NOW)
    with store.read() as session:
        assert journal.entry(session, entry.id).text == "newer"


def test_sql_itself_refuses_an_older_rev(store):
    entry = add(store)
    with pytest.raises(ChangedMeanwhile), store.write() as session:
        loaded = session.get(Item, entry.id)
        session.execute(text("UPDATE item SET rev = rev + 1"))
        loaded.text = "older"


def test_another_file_is_refused_untouched(tmp_path):
    path = tmp_path / "picture.northing"
    path.write_bytes(b"\x89PNG" * 1000)
    with pytest.raises(NotAJournal):
        open_store(path)
    assert path.read_bytes() == b"\x89PNG" * 1000


def test_another_programs_database_is_refused_untouched(tmp_path):
    path = tmp_path / "other.northing"
    with sqlite.connect(path) as connection:
        connection.execute("CREATE TABLE moz_places (id)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(NotAJournal, match="another program"):
        open_store(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("at", [18, 19, 47], ids=["written by", "read by", "schema"])
def test_a_journal_whose_head_is_damaged_is_called_damaged(store, at):
    add(store)
    store.close()
    raw = bytearray(store.path.read_bytes())
    raw[at] = 0x99
    store.path.write_bytes(raw)
    with pytest.raises((JournalDamaged, NotAJournal), match="damaged"):
        integrity.check(store.path)
        with open_store(store.path) as damaged:
            add(damaged)


def test_a_newer_journal_is_refused_untouched(tmp_path):
    path = tmp_path / "newer.northing"
    open_store(path).close()
    connection = sqlite.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '999'")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(NewerJournal):
        open_store(path)
    assert path.read_bytes() == before


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(NotAJournal):
        open_store(tmp_path)


def test_a_place_that_cannot_be_is_refused(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(PlaceRefused):
        open_store(tmp_path / "file" / "Journal.northing")


@pytest.fixture
def gone_drive(tmp_path, fresh_journal, monkeypatch):
    """A journal whose drive answers nothing any more, not even what stands on it."""
    real = os.stat

    def refuse(path, *rest, **options):
        if not isinstance(path, int) and os.fspath(path) == str(fresh_journal):
            raise OSError(errno.ENOTCONN, os.strerror(errno.ENOTCONN), str(path))
        return real(path, *rest, **options)

    monkeypatch.setattr(os, "stat", refuse)
    return fresh_journal


def test_a_drive_that_is_gone_is_said_to_be(gone_drive):
    with pytest.raises(PlaceRefused, match="Is its drive connected"), told(gone_drive):
        raise sqlite.OperationalError("disk I/O error")
    with pytest.raises(PlaceRefused, match="Is its drive connected"):
        schema_of(gone_drive)
    with pytest.raises(PlaceRefused, match="Is its drive connected"):
        backups.require_there(gone_drive)
    assert first_page(gone_drive, wall=NOW).page is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bits")
def test_only_the_owner_may_read_it(tmp_path):
    path = tmp_path / "new folder" / "Journal.northing"
    store = open_store(path)
    add(store)
    for file in path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    store.close()


def test_a_busy_file_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr("app.core.store.BUSY_MS", 50)
    store = open_store(tmp_path / "busy.northing")
    other = sqlite.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(JournalBusy), store.write() as session:
        session.execute(text("SELECT 1"))
    other.close()
    store.close()


def test_another_process_writing_is_noticed(store):
    assert not store.changed_elsewhere()
    other = open_store(store.path)
    add(other)
    other.close()
    assert store.changed_elsewhere()
    assert not store.changed_elsewhere()


def test_whether_others_wrote_is_asked_while_somebody_writes(tmp_path, monkeypatch):
    monkeypatch.setattr("app.core.store.BUSY_MS", 50)
    with open_store(tmp_path / "long.northing") as store:
        add(store)
        assert not store.changed_elsewhere()
        with store.write():
            assert not store.changed_elsewhere()
        for _ in range(3):
            add(store)
            assert not store.changed_elsewhere()
        with open_store(store.path) as other:
            add(other)
        assert store.changed_elsewhere()


def test_head_is_the_newest_revision():
    versions = Path(migrations.__file__).parent / "versions"
    newest = max(re.match(r"r(\d+)_", path.name)[1] for path in versions.glob("r*.py"))
    assert newest == migrations.HEAD


def test_migrated_and_mapped_schemas_agree(store):
    def shape(connection):
        tables = {}
        for table in Model.metadata.tables:
            columns = {
                name: (kind, bool(not_null), pk)
                for _, name, kind, not_null, _, pk in connection.execute(f"PRAGMA table_info({table})")
            }
            keys = {
                (target, near, far, deleted)
                for _, _, target, near, far, _, deleted, _ in connection.execute(
                    f"PRAGMA foreign_key_list({table})"
                )
            }
            tables[table] = (columns, keys)
        return tables

    mapped = sqlite.connect(":memory:")
    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool

    engine = create_engine("sqlite+pysqlite://", module=sqlite, creator=lambda: mapped, poolclass=StaticPool)
    Model.metadata.create_all(engine)
    migrated = sqlite.connect(store.path)
    assert shape(migrated) == shape(mapped)
    migrated.close()
    engine.dispose()
    mapped.close()


@pytest.mark.parametrize("close_first", [False, True])
def test_few_among_many_are_found_without_walking_all_items(tmp_path, close_first):
    path = tmp_path / "J.northing"
    store = open_store(path)
    if close_first:
        integrity.seal(store)
        store.close()
        store = open_store(path)
    with store.read() as session:
        for of in (Period, Objective, Area, Step, Person):
            query = select(of).where(Item.deleted_at.is_(None))
            said = str(query.compile(dialect=sqlite_dialect.dialect(), compile_kwargs={"literal_binds": True}))
            plan = [row[3] for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {said}")]
            assert not any("SCAN item" in step or "USING INDEX item_" in step for step in plan), plan
    store.close()

"""What a check finds, and what it makes anew: damage, seals, the search index."""

from __future__ import annotations

import os
from contextlib import closing

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlcipher3 import dbapi2 as sqlite

from app.core import backups, integrity, journal
from app.core.model import Entry
from app.core.refusals import JournalDamaged, PlaceRefused, SearchDamaged
from app.core.salvage.pages import Pages
from app.core.store import bare, open_store
from tests.conftest import NOW
from tests.core.keeping import add, texts


def test_every_single_value_is_guarded_once_sealed(store):
    add(store, "One")
    integrity.seal(store)
    store.close()
    assert integrity.check(store.path).is_sealed
    from sqlcipher3 import dbapi2 as sqlite

    connection = sqlite.connect(store.path, isolation_level=None)
    connection.execute("UPDATE entry SET day = '2020-01-01'")
    connection.close()
    assert "day" in integrity.check(store.path).problems[0]


def test_a_write_takes_the_seal_away(store):
    add(store, "One")
    integrity.seal(store)
    add(store, "Two")
    report = integrity.check(store.path)
    assert not report.is_sealed
    assert report.problems == ()
    assert report.entries == 2


def test_a_check_changes_no_byte(store):
    add(store, "One")
    store.close()
    before = {file: file.read_bytes() for file in store.path.parent.iterdir()}
    integrity.check(store.path)
    assert {file: file.read_bytes() for file in store.path.parent.iterdir()} == before


def test_a_damaged_index_is_made_again(store):
    add(store, "Needle in a haystack")
    with store.write() as session:
        session.execute(text("DELETE FROM item_search_data WHERE id > 10"))
    assert integrity.mend_search(store)
    assert not integrity.mend_search(store)
    with store.read() as session:
        assert len(journal.entry_ids(session, matching="needle")) == 1


def test_what_a_killed_restore_left_behind_goes_with_the_next_backup(store):
    add(store, "One")
    left, fresh = (store.path.with_name(f".northing-{name}") for name in ("left", "fresh"))
    for folder in (left, fresh):
        folder.mkdir()
        (folder / "copy.northing").write_bytes(b"a whole journal")
    os.utime(left, (0, 0))
    backups.take(store, reason="time", now=NOW)
    assert not left.exists()
    assert fresh.exists()


def test_a_seal_of_an_old_form_is_no_damage(store):
    add(store, "One")
    with store.write() as session:
        session.execute(text("INSERT INTO setting (key, value) VALUES ('seal', :s)"), {"s": f'"{"a" * 64}"'})
    report = integrity.check(store.path)
    assert report.problems == ()
    assert not report.is_sealed


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE entry SET day = '2%26-11-23'",
        "UPDATE item SET created_at = 'noon'",
        "ALTER TABLE entry RENAME COLUMN mood TO moot",
    ],
)
def test_rows_that_cannot_be_read_are_told_as_damage(store, damage):
    add(store, "One")
    store.close()
    with closing(sqlite.connect(store.path, isolation_level=None)) as other:
        other.execute(damage)
    with open_store(store.path) as damaged, pytest.raises(JournalDamaged), damaged.read() as session:
        session.query(Entry).one()


def test_a_schema_that_lacks_a_column_is_found_at_the_start(store):
    add(store, "One")
    store.close()
    assert integrity.quick_check(store.path).problems == ()
    with closing(sqlite.connect(store.path, isolation_level=None)) as other:
        other.execute("ALTER TABLE entry RENAME COLUMN mood TO moot")
    assert integrity.quick_check(store.path).problems == ("The file's structure: entry has no mood",)


def test_a_bug_is_not_called_damage(store):
    with pytest.raises(ValueError, match="mine"), store.read():
        raise ValueError("mine")
    with pytest.raises(OperationalError), store.read() as session:
        session.execute(text("SELECT nothing FROM item"))


def test_a_copy_is_what_was_committed_when_it_began(store):
    raw = "word " * 40_000
    for number in range(40):
        add(store, f"{number} {raw}")
    at_once: list[int] = []

    def write(*_: object) -> None:
        if len(at_once) < 3:
            at_once.append(len(at_once))
            add(store, "Written meanwhile")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("app.core.store.os.fsync", write)
        store.copy_to(store.path.with_name("copy.northing"))
    assert len(at_once) == 3
    assert len(texts(store.path.with_name("copy.northing"))) == 40
    assert len(texts(store.path)) == 43


def test_an_index_that_cannot_even_be_opened_is_made_anew(store):
    add(store, "Needle in a haystack")
    store.close()
    with closing(bare(store.path)) as connection:
        (root,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'item_search_config'"
        ).fetchone()
    raw = bytearray(store.path.read_bytes())
    raw[(root - 1) * 4096 : root * 4096] = b"\xa5" * 4096
    store.path.write_bytes(raw)
    with open_store(store.path) as damaged:
        with pytest.raises(SearchDamaged, match="which holds no text"):
            add(damaged, "More")
        assert integrity.mend_search(damaged)
        add(damaged, "A needle more")
        with damaged.read() as session:
            assert len(journal.entry_ids(session, matching="needle")) == 2
    assert integrity.check(store.path).problems == ()


def test_reading_only_changes_no_byte_and_refuses_to_write(store):
    add(store, "One")
    store.close()
    before = store.path.read_bytes()
    with open_store(store.path, read_only=True) as looking:
        with looking.read() as session:
            assert session.query(Entry).one().text == "One"
        with pytest.raises(PlaceRefused, match="reading only"):
            add(looking, "Two")
        with pytest.raises(PlaceRefused):
            looking.become(store.path)
    assert store.path.read_bytes() == before
    assert [file.name for file in store.path.parent.iterdir()] == [store.path.name]


def test_a_broken_index_does_not_hide_broken_texts(store):
    for number in range(60):
        add(store, f"Needle {number} " + " ".join(f"word{number}x{n}" for n in range(200)))
    store.close()
    pages = Pages(store.path.read_bytes())
    with closing(bare(store.path)) as connection:
        named = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        roots = {name: connection.execute(named, (name,)).fetchone()[0] for name in ("item_search_data", "item")}
    raw = bytearray(store.path.read_bytes())
    for page in (*pages.leaves_below(roots["item_search_data"]), pages.leaves_below(roots["item"])[0]):
        raw[(page - 1) * 4096 : page * 4096] = bytes(4096)
    store.path.write_bytes(raw)
    report = integrity.quick_check(store.path, newest=1)
    assert report.is_search_damaged
    assert report.problems


def test_an_index_whose_pages_are_broken_is_made_anew(store):
    for number in range(60):
        add(store, f"Needle {number} " + " ".join(f"word{number}x{n}" for n in range(200)))
    store.close()
    pages = Pages(store.path.read_bytes())
    with closing(bare(store.path)) as connection:
        (root,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'item_search_data'"
        ).fetchone()
    raw = bytearray(store.path.read_bytes())
    for page in (root, pages.leaves_below(root)[0]):
        raw[(page - 1) * 4096 : page * 4096] = b"\xa5" * 4096
    store.path.write_bytes(raw)
    report = integrity.quick_check(store.path)
    assert report.is_search_damaged
    assert report.problems == ()
    assert integrity.mend_search(store)
    after = integrity.check(store.path)
    assert not after.is_search_damaged
    assert after.problems == ()
    add(store, "Needle at last")
    with store.read() as session:
        assert len(journal.entry_ids(session, matching="needle")) == 61

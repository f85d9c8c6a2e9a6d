"""Entries go for good after their time in the Trash, and nothing else does."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app.core import items, journal, kinds, trash
from app.core.model import Entry, Item, ItemTag, Version
from app.core.store import open_store
from app.core.transfer import bringing
from app.core.writing import Writing
from tests.conftest import NOW

DAY = date(2026, 11, 23)


def test_only_what_lay_there_long_enough_goes_with_all_that_is_its_own(store):
    with store.write() as session:
        ids = [
            journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text=f"Entry {number} #tag").id
            for number in range(3)
        ]
        person = kinds.person_named(session, "Ana", now=NOW).id
        items.add_version(session, session.get(Item, ids[0]), now=NOW)
    with store.write() as session:
        items.trash(session, [ids[0], person], now=NOW - timedelta(days=31))
        items.trash(session, [ids[1]], now=NOW - timedelta(days=29))
    with store.read() as session:
        assert trash.outdated(session, now=NOW) == [ids[0]]
    with store.write() as session:
        assert trash.remove_for_good(session, [ids[0], ids[2], person]) == 1
    with store.read() as session:
        assert set(session.scalars(select(Item.id))) == {ids[1], ids[2], person}
        assert session.scalar(select(func.count()).select_from(Version)) == 0
        assert session.scalar(select(func.count()).select_from(ItemTag)) == 2
        assert journal.entry_ids(session, matching="entry") == [ids[2]]


def test_who_still_writes_in_an_entry_that_went_for_good_writes_over_no_other(store):
    with store.write() as session:
        entry = journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="Taken back")
        gone, rev = entry.id, entry.rev
    writing = Writing(store, DAY, entry=(gone, rev), now=lambda: NOW, zone=lambda: ZoneInfo("UTC"))
    with store.write() as session:
        bringing.remove(session, [gone])
    with store.write() as session:
        other = journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="Another")
        assert (other.id != gone, other.rev) == (True, rev)
    writing.save("Taken back, and typed")
    assert writing.id not in (gone, other.id)
    with store.read() as session:
        assert sorted(session.scalars(select(Item.text))) == ["Another", "Taken back, and typed"]
        assert session.get(Entry, writing.id).day == DAY


def test_numbers_that_went_are_not_given_again_after_the_journal_was_closed(tmp_path):
    path = tmp_path / "J.northing"
    with open_store(path) as store, store.write() as session:
        gone = journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="One").id
    with open_store(path) as store:
        with store.write() as session:
            bringing.remove(session, [gone])
        with store.write() as session:
            assert journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="Two").id > gone

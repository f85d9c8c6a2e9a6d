"""The search index hears of many changed texts a little later, and agrees with them whatever happens meanwhile."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text as sql

from app.core import bulk, indexing, integrity, items, journal, tags
from app.core.model import Item
from app.core.progress import Cancelled
from app.core.store import bare, open_store
from app.core.writing import Writing
from tests.conftest import NOW

DAY = date(2026, 11, 23)
MANY = indexing.WORTH_A_WAIT + 20


@pytest.fixture
def renamed(store):
    """A journal of so many #old entries that the index still says #old of each, though the texts say #new."""
    with store.write() as session:
        for number in range(MANY):
            journal.add_entry(
                session, day=DAY - timedelta(days=number), now=NOW, zone="UTC", text=f"Call {number} #old"
            )
    with store.write() as session:
        tags.rename_tag(session, "old", "new", now=NOW)
    return store


def found(store, word):
    with store.read() as session:
        return journal.entry_ids(session, matching=word)


def is_late(store):
    with store.read() as session:
        return indexing.is_late(session)


def assert_index_is_true(store):
    with store.write() as session:
        session.execute(sql("INSERT INTO item_search (item_search, rank) VALUES ('integrity-check', 1)"))
    assert not is_late(store)


def test_few_texts_are_indexed_as_they_are_written(store):
    with store.write() as session:
        journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="Call #old")
        tags.rename_tag(session, "old", "new", now=NOW)
    assert len(found(store, "new")) == 1
    assert_index_is_true(store)


def test_many_are_indexed_after_they_are_committed(renamed):
    assert is_late(renamed)
    with renamed.read() as session:
        assert len(journal.entry_ids(session, matching=journal.query_for(session, "tag:new", today=DAY))) == MANY
    assert indexing.catch_up(renamed) == MANY
    assert len(found(renamed, "new")) == MANY
    assert found(renamed, "old") == []
    assert_index_is_true(renamed)
    assert indexing.catch_up(renamed) == 0


def test_an_end_on_the_way_is_made_good_after_the_next_start(renamed, monkeypatch):
    class Ended(Exception):
        pass

    def end(_seconds):
        raise Ended

    monkeypatch.setattr("app.core.indexing.time.sleep", end)
    with pytest.raises(Ended):
        indexing.catch_up(renamed)
    renamed.close()
    monkeypatch.undo()
    with open_store(renamed.path) as again:
        assert 0 < len(found(again, "new")) < MANY
        assert indexing.catch_up(again) == MANY - indexing.HANDFUL
        assert len(found(again, "new")) == MANY
        assert_index_is_true(again)


def test_what_is_done_to_them_meanwhile_is_indexed_too(renamed):
    with renamed.write() as session:
        edited, moved, gone, trashed, other = journal.entry_ids(session)[:5]
        journal.edit_text(session, edited, "Written anew", rev=journal.entry(session, edited).rev, now=NOW)
        before = session.get(Item, moved).moment
        bulk.move_all(session, [moved], DAY - timedelta(days=4000), now=NOW)
        session.get(Item, other).moment = before
        session.flush()
        items.trash(session, [trashed], now=NOW)
        session.delete(session.get(Item, gone))
    assert is_late(renamed)
    assert found(renamed, "anew") == []
    indexing.catch_up(renamed)
    assert found(renamed, "anew") == [edited]
    assert moved in found(renamed, "new")
    assert other in found(renamed, "new")
    assert_index_is_true(renamed)


def test_many_that_move_are_found_where_they_went_and_go_back(renamed):
    def standing():
        with renamed.read() as session:
            return list(
                session.execute(sql("SELECT id, moment, day, at FROM item JOIN entry USING (id) ORDER BY id"))
            )

    before = standing()
    with renamed.write() as session:
        ids = journal.entry_ids(session)
        other = journal.add_entry(session, day=DAY - timedelta(days=3), now=NOW, zone="UTC", text="Stays").id
        moved = bulk.move_all(session, ids, DAY - timedelta(days=3), now=NOW)
    with renamed.read() as session:
        assert journal.entry_ids(session) == [*ids[:-1], other, ids[-1]]
    assert found(renamed, "new") == ids
    assert found(renamed, "stays") == [other]
    assert_index_is_true(renamed)
    with renamed.write() as session:
        bulk.move_back(session, moved, now=NOW)
    assert standing()[: len(before)] == before
    assert found(renamed, "new") == ids
    assert_index_is_true(renamed)


@pytest.mark.parametrize("part", [0, 1, 2])
def test_a_move_that_is_cancelled_leaves_no_trace(renamed, part):
    indexing.catch_up(renamed)
    before = integrity.check(renamed.path).sha256
    with renamed.read() as session:
        ids = journal.entry_ids(session)
    with pytest.raises(Cancelled), renamed.write() as session:
        bulk.move_all(session, ids, DAY, now=NOW, progress=lambda done, total: done < part * total // 3)
    assert integrity.check(renamed.path).sha256 == before
    with renamed.write() as session:
        bulk.move_all(session, ids[:1], DAY - timedelta(days=9), now=NOW)
    assert_index_is_true(renamed)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=12), st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whoever_moves_goes_back_to_where_it_stood(store, offsets, data):
    with store.write() as session:
        session.execute(sql("DELETE FROM item"))
        made = [
            journal.add_entry(session, day=DAY + timedelta(days=each), now=NOW, zone="UTC", text=f"Day {each}").id
            for each in offsets
        ]
        before = list(session.execute(sql("SELECT id, moment FROM item ORDER BY moment")))
        chosen = data.draw(st.lists(st.sampled_from(made), unique=True))
        in_order = [item_id for item_id, _ in before if item_id in chosen]
        target = DAY + timedelta(days=data.draw(st.integers(0, 4)))
        moved = bulk.move_all(session, chosen, target, now=NOW)
        rows = session.execute(sql("SELECT id, day FROM item JOIN entry USING (id) ORDER BY moment")).all()
        assert [item_id for item_id, _ in rows if item_id in chosen] == in_order
        assert {day for item_id, day in rows if item_id in chosen} <= {target.isoformat()}
        bulk.move_back(session, moved, now=NOW)
        assert list(session.execute(sql("SELECT id, moment FROM item ORDER BY moment"))) == before
    assert_index_is_true(store)


def test_an_undo_meanwhile_leaves_index_and_texts_as_they_were(renamed):
    with renamed.write() as session:
        change = tags.rename_tag(session, "new", "newer", now=NOW)
        assert tags.take_back(session, change, now=NOW) == 0
    indexing.catch_up(renamed)
    assert len(found(renamed, "new")) == MANY
    assert found(renamed, "newer") == []
    assert_index_is_true(renamed)


def test_a_late_index_is_no_damaged_one(renamed):
    report = integrity.check(renamed.path)
    assert report.problems == ()
    assert not report.is_search_damaged
    assert not integrity.mend_search(renamed)
    assert_index_is_true(renamed)


def test_a_damaged_index_that_is_late_is_made_again(renamed):
    with renamed.write() as session:
        session.execute(sql("DELETE FROM item_search_data WHERE id > 10"))
    assert integrity.mend_search(renamed)
    assert len(found(renamed, "new")) == MANY
    assert_index_is_true(renamed)


def test_each_text_has_its_version_digest_title_and_words(renamed):
    with closing(bare(renamed.path)) as connection:
        rows = connection.execute(
            "SELECT item.title, item.text, version.text, entry.words FROM item "
            "JOIN version ON version.item_id = item.id JOIN entry ON entry.id = item.id"
        ).fetchall()
    assert len(rows) == MANY
    assert all(title == said and said.replace("#new", "#old") == was for title, said, was, _ in rows)
    assert {words for *_, words in rows} == {3}
    assert integrity.check(renamed.path).problems == ()


def test_the_index_hears_of_a_very_long_entry_when_the_typing_rests(store):
    long = "word " * (journal.LONG // 5) + " heron"
    with store.write() as session:
        entry = journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text=long)
    assert found(store, "heron") == [entry.id]
    heard = []
    store.listen(heard.append)
    with store.write() as session:
        journal.edit_text(session, entry.id, long.replace("heron", "kingfisher"), rev=entry.rev, now=NOW)
    assert any(indexing.Late in changes for changes in heard)
    assert found(store, "kingfisher") == []
    indexing.catch_up(store)
    assert found(store, "kingfisher") == [entry.id]
    assert found(store, "heron") == []
    assert_index_is_true(store)


def test_what_is_typed_is_indexed_in_a_pause(store):
    writing = Writing(store, DAY, now=lambda: NOW, zone=lambda: ZoneInfo("UTC"))
    for text in ("Call", "Call with", "Call with Ana", "Call with Ana about pricing"):
        writing.save(text)
    assert is_late(store)
    assert integrity.check(store.path).problems == ()
    assert indexing.catch_up(store) == 1
    assert found(store, "pricing") == [writing.id]
    assert_index_is_true(store)


def test_what_was_typed_before_a_crash_is_found_after_the_next_start(store):
    writing = Writing(store, DAY, now=lambda: NOW, zone=lambda: ZoneInfo("UTC"))
    writing.save("Call")
    writing.save("Call with Ana")
    with open_store(store.path) as again:
        indexing.catch_up(again)
        assert found(again, "ana") == [writing.id]
        assert_index_is_true(again)

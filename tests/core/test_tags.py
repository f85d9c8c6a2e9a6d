"""Tags are renamed, merged and deleted everywhere at once, and all of it can be taken back."""

from __future__ import annotations

from datetime import date

import pytest

from app.core import bulk, items, journal, searches, tags, versions
from app.core.errors import FieldError, UserError
from app.core.progress import Cancelled
from app.core.searches import SavedSearch
from tests.conftest import NOW

DAY = date(2026, 11, 23)


@pytest.fixture
def diary(store):
    with store.write() as session:
        for text in ("Call #Sales now", "#sales, #sales/europe and `#sales`", "No tag", "#web only"):
            journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text=text)
        bulk.tag_all(session, journal.entry_ids(session, matching="No"), ["sales"])
    return store


def state(store):
    with store.read() as session:
        ids = sorted(journal.entry_ids(session))
        texts = [journal.entry(session, item_id).text for item_id in ids]
        carried = [sorted(row.tags, key=str.casefold) for row in journal.entry_rows(session, ids)]
        return texts, carried, sorted(items.tag_counts(session))


def test_a_tag_is_renamed_in_every_text_and_beside_it(diary):
    with diary.write() as session:
        tags.rename_tag(session, "Sales", "revenue", now=NOW)
    texts, carried, _ = state(diary)
    assert texts == ["Call #revenue now", "#revenue, #sales/europe and `#sales`", "No tag", "#web only"]
    assert carried[0] == ["revenue"]
    assert carried[2] == ["revenue"]
    with diary.read() as session:
        first = min(journal.entry_ids(session))
        assert [version.text for version in versions.versions_of(session, first)] == ["Call #Sales now"]


@pytest.mark.parametrize("new", ["revenue", "web", "SALES"])
def test_a_rename_or_a_merge_is_taken_back_whole(diary, new):
    before = state(diary)
    with diary.write() as session:
        change = tags.rename_tag(session, "Sales", new, now=NOW)
    assert state(diary) != before
    with diary.write() as session:
        assert tags.take_back(session, change, now=NOW) == 0
    assert state(diary) == before


def test_merging_makes_one_tag_of_two(diary):
    with diary.write() as session:
        tags.rename_tag(session, "Sales", "web", now=NOW)
    with diary.read() as session:
        assert {row.name: row.items for row in tags.tag_rows(session)} == {"web": 4, "sales/europe": 1}


def test_a_deleted_tag_leaves_its_word_and_comes_back(diary):
    before = state(diary)
    with diary.write() as session:
        change = tags.delete_tag(session, "Sales", now=NOW)
    texts, carried, _ = state(diary)
    assert texts[0] == "Call Sales now"
    assert carried[2] == []
    with diary.write() as session:
        tags.take_back(session, change, now=NOW)
    assert state(diary) == before


def test_what_was_edited_since_keeps_its_words(diary):
    with diary.write() as session:
        change = tags.rename_tag(session, "Sales", "revenue", now=NOW)
        first = min(journal.entry_ids(session))
        rev = journal.entry(session, first).rev
        journal.edit_text(session, first, "Edited #revenue", rev=rev, now=NOW)
    with diary.write() as session:
        assert tags.take_back(session, change, now=NOW) == 1
    assert state(diary)[0][0] == "Edited #revenue"


def test_what_cannot_be_a_tag_is_refused_and_nothing_changes(diary):
    before = state(diary)
    for new in ("", "two words", "1st", "Sales"):
        with pytest.raises(FieldError), diary.write() as session:
            tags.rename_tag(session, "Sales", new, now=NOW)
    with pytest.raises(UserError), diary.write() as session:
        tags.rename_tag(session, "nothing", "x", now=NOW)
    with pytest.raises(Cancelled), diary.write() as session:
        tags.rename_tag(session, "Sales", "revenue", now=NOW, progress=lambda *_: False)
    assert state(diary) == before


def test_many_entries_are_moved_together_and_back(diary):
    with diary.read() as session:
        before = [(row.id, row.day) for row in journal.entry_rows(session, journal.entry_ids(session))]
    with diary.write() as session:
        moved = bulk.move_all(session, [item_id for item_id, _ in before[:3]], date(2020, 1, 1), now=NOW)
    with diary.read() as session:
        rows = journal.entry_rows(session, journal.entry_ids(session))
        assert [row.id for row in rows[1:]] == [item_id for item_id, _ in before[:3]]
    with diary.write() as session:
        bulk.move_back(session, moved, now=NOW)
    with diary.read() as session:
        assert [(row.id, row.day) for row in journal.entry_rows(session, journal.entry_ids(session))] == before


def test_tags_given_to_many_are_taken_from_those_that_had_none(diary):
    before = state(diary)
    with diary.write() as session:
        made = bulk.tag_all(session, journal.entry_ids(session), ["#Sales", "plan"])
    with diary.write() as session:
        bulk.untag_all(session, made)
    texts, carried, _ = state(diary)
    assert (texts, carried) == before[:2]
    with pytest.raises(UserError), diary.write() as session:
        bulk.tag_all(session, [1], ["two words"])


@pytest.mark.parametrize("asked", ["-kind:win tag:sales", "#Sales -", "call OR tag:sales/europe"])
def test_a_kept_search_finds_the_same_after_a_rename_that_leaves_a_tag_below(diary, asked):
    with diary.write() as session:
        journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="Only #sales/asia")

    def found(text):
        with diary.read() as session:
            return journal.entry_ids(session, matching=journal.query_for(session, text, today=DAY))

    before = found(asked)
    assert before
    with diary.write() as session:
        searches.keep_search(session, SavedSearch("Mine", asked))
        change = tags.rename_tag(session, "sales", "revenue", now=NOW)
    with diary.read() as session:
        (kept,) = searches.saved_searches(session)
    assert found(kept.text) == before
    with diary.write() as session:
        tags.take_back(session, change, now=NOW)
        assert searches.saved_searches(session) == [SavedSearch("Mine", asked)]
    assert found(asked) == before

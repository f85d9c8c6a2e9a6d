"""Writing, listing and finding entries."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import items, journal, mentions
from app.core.errors import UserError
from app.core.first import first_page
from app.core.model import Version
from app.core.words import changed_lines, tags_in, word_count
from tests.conftest import NOW

DAY = date(2026, 11, 23)


def add(store, text, day=DAY, at=None):
    with store.write() as session:
        return journal.add_entry(session, day=day, now=NOW, zone="UTC", text=text, at=at).id


def titles(store, **filters):
    with store.read() as session:
        ids = journal.entry_ids(session, **filters)
        return [row.title for row in journal.entry_rows(session, ids, matching=filters.get("matching", ""))]


def test_newest_day_first_then_newest_hour(store):
    add(store, "Tuesday", date(2026, 11, 24))
    add(store, "Monday late", at=datetime(2026, 11, 23, 22, tzinfo=UTC))
    add(store, "Monday early", at=datetime(2026, 11, 23, 6, tzinfo=UTC))
    add(store, "Sunday", date(2026, 11, 22))
    assert titles(store) == ["Tuesday", "Monday late", "Monday early", "Sunday"]


def test_many_entries_at_one_moment_keep_their_order(store):
    for number in range(5):
        add(store, f"Entry {number}")
    assert titles(store) == [f"Entry {number}" for number in (4, 3, 2, 1, 0)]


def test_search_needs_every_word_and_takes_an_unfinished_last(store):
    for text in ("Pricing call with Ana", "Roadmap review", "Ana: pricing follow-up"):
        add(store, text)
    assert titles(store, matching="ana pri") == ["Ana: pricing follow-up", "Pricing call with Ana"]
    assert titles(store, matching='"call with"') == ["Pricing call with Ana"]
    assert titles(store, matching="zebra") == []


def test_search_ignores_accents_and_case(store):
    add(store, "Café with José")
    assert titles(store, matching="cafe JOSE") == ["Café with José"]


@pytest.mark.parametrize(
    "hostile", ['"', "AND", "NEAR(a b)", "title:x", "a* OR", "-", "(", "'; DROP TABLE item", "\x00"]
)
def test_anything_typed_is_a_valid_query(store, hostile):
    add(store, "Plain words")
    titles(store, matching=hostile)


def test_snippets_mark_what_matches(store):
    entry = add(store, "Long day. " * 40 + "Then the activation number moved. " + "More. " * 40)
    with store.read() as session:
        (row,) = journal.entry_rows(session, [entry], matching="activation")
    assert "\x02activation\x03" in row.snippet


def test_trash_and_restore_keep_everything(store):
    entry = add(store, "Keep me #tagged")
    with store.write() as session:
        items.trash(session, [entry], now=NOW)
    assert titles(store) == titles(store, matching="keep") == []
    with store.read() as session:
        assert [row.title for row, _ in items.trashed_rows(session)] == ["Keep me #tagged"]
    with store.write() as session:
        items.restore(session, [entry])
    with store.read() as session:
        (row,) = journal.entry_rows(session, [entry])
    assert (row.title, row.tags) == ("Keep me #tagged", ("tagged",))


def test_tags_follow_the_text(store):
    entry = add(store, "About #pricing and #Pricing, not `#code` nor https://x.org/#part")
    with store.write() as session:
        journal.edit_text(session, entry, "Now #churn", rev=1, now=NOW)
    with store.read() as session:
        assert items.tag_counts(session) == [("churn", 1)]


def test_a_session_of_writing_leaves_one_version(store):
    entry = add(store, "morning text that is long enough")
    rev = 1
    for minutes, text in ((1, "a"), (30, "b"), (31, "c"), (60, "d")):
        with store.write() as session:
            text = f"morning text that is long enough {text}"
            rev = journal.edit_text(session, entry, text, rev=rev, now=NOW + timedelta(minutes=minutes))
    with store.read() as session:
        kept = [version.text[-1] for version in session.query(Version).order_by(Version.id)]
    assert kept == ["a", "c"]


def test_a_text_never_becomes_empty_without_a_version(store):
    entry = add(store, "Everything I know")
    with store.write() as session:
        journal.edit_text(session, entry, "", rev=1, now=NOW)
    with store.read() as session:
        assert [version.text for version in session.query(Version)] == ["Everything I know"]


def test_too_long_a_text_is_refused(store):
    with pytest.raises(UserError, match="5 million"):
        add(store, "x" * (journal.LONGEST_TEXT + 1))


def test_a_trashed_entry_cannot_be_written_but_the_words_are_kept(store):
    entry = add(store, "Old")
    with store.write() as session:
        items.trash(session, [entry], now=NOW)
    with pytest.raises(UserError, match="Trash"), store.write() as session:
        journal.edit_text(session, entry, "typed late", rev=1, now=NOW)
    with store.write() as session:
        journal.keep_beside(session, entry, "typed late", day=DAY, zone="UTC", now=NOW)
    assert titles(store) == ["typed late"]


def test_moving_an_entry_moves_it_in_list_and_search(store):
    entry = add(store, "Wandering")
    add(store, "Fixed", date(2026, 11, 22))
    with store.write() as session:
        journal.move_to_day(session, entry, date(2026, 11, 21), now=NOW)
    assert titles(store) == ["Fixed", "Wandering"]
    assert titles(store, matching="wander") == ["Wandering"]


def test_day_marks_count_entries_and_words(store):
    add(store, "three words here")
    add(store, "日記")
    with store.read() as session:
        marks = journal.day_marks(session, DAY, DAY)
    assert (marks[DAY].entries, marks[DAY].words) == (2, 5)


def test_the_first_page_reads_what_the_store_reads(store):
    add(store, "Yesterday", date(2026, 11, 22))
    page = add(store, "Today's page #tag", at=NOW)
    first = first_page(store.path, wall=NOW)
    assert first.page == (page, 1, "Today's page #tag")
    with store.read() as session:
        assert list(first.newest) == journal.entry_rows(session, journal.entry_ids(session))


def test_the_first_page_of_what_is_no_journal_is_empty(tmp_path):
    path = tmp_path / "x.northing"
    assert first_page(path, wall=NOW).newest == ()
    path.write_bytes(b"not a database at all" * 100)
    assert first_page(path, wall=NOW).newest == ()


SAID = st.lists(
    st.sampled_from(["a", "#a", "#b", "@c", "[[d]]", "`", "```", "~~~", " ", "\n", "](e)"]), max_size=14
)


@given(SAID, SAID, SAID, SAID)
def test_what_changed_tells_all_that_changed(start, was, now, end):
    before, after = ("".join([*start, *middle, *end]) for middle in (was, now))
    old, new = changed_lines(before, after)
    if tags_in(old) == tags_in(new):
        assert tags_in(before) == tags_in(after)
    if mentions.mentions_in(old) == mentions.mentions_in(new):
        assert mentions.mentions_in(before) == mentions.mentions_in(after)
    assert word_count(after) - word_count(before) == word_count(new) - word_count(old)
    assert len(old) - len(new) == len(before) - len(after)


def test_words_of_a_long_text_are_counted_by_what_changed(store):
    item_id = add(store, "one two\n" * 10_000)
    for text, words in (("one two\n" * 10_000 + "three #four", 20_002), ("one\n" + "one two\n" * 9_999, 19_999)):
        with store.write() as session:
            journal.edit_text(session, item_id, text, rev=journal.entry(session, item_id).rev, now=NOW)
            assert journal.entry_rows(session, [item_id])[0].words == words


def test_an_entry_that_begins_with_a_table_is_called_by_its_first_row(store):
    with store.write() as session:
        entry = journal.add_entry(
            session, day=DAY, now=NOW, zone="UTC", text="| Who | What |\n|---|---|\n| Ana | x |"
        )
        assert entry.title == "Who · What"

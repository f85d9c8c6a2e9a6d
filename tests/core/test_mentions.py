"""What a text names is linked, and only as long as it is named."""

from __future__ import annotations

from datetime import date

import pytest

from app.core import items, journal, kinds, mentions
from tests.conftest import NOW

DAY = date(2026, 11, 23)


@pytest.fixture
def add(store):
    def adding(text):
        with store.write() as session:
            return journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text=text).id

    return adding


def edit(store, item_id, text):
    with store.write() as session:
        journal.edit_text(session, item_id, text, rev=journal.entry(session, item_id).rev, now=NOW)


def targets(store, item_id):
    with store.read() as session:
        return items.linked_ids(session, item_id, role="mentions")[0]


def test_a_title_in_brackets_links_and_the_other_side_knows(store, add):
    one = add("# Pricing memo")
    two = add("See [[pricing  MEMO]] and [[nothing such]]")
    assert targets(store, two) == [one]
    with store.read() as session:
        assert [row.id for row in mentions.backlinks(session, one)] == [two]
    edit(store, two, "See `[[Pricing memo]]`")
    assert targets(store, two) == []


def test_a_person_is_linked_by_the_whole_name_or_the_first(store, add):
    with store.write() as session:
        ana, bo = (kinds.person_named(session, name, now=NOW).id for name in ("Ana Lima", "Bo"))
    assert set(targets(store, add("Met @ana and @Bo, mail ana@example.org"))) == {ana, bo}
    assert targets(store, add("With @Ana-Lima")) == [ana]
    with store.write() as session:
        kinds.person_named(session, "Ana Braun", now=NOW)
    assert targets(store, add("Which @ana?")) == []


def test_links_given_beside_the_text_stay_when_the_words_go(store, add):
    one, two = add("Target"), add("Source [[Target]]")
    edit(store, two, "Source")
    with store.write() as session:
        items.link(session, two, one, "mentions", now=NOW)
    edit(store, two, "Source [[Target]] again")
    edit(store, two, "Source")
    assert targets(store, two) == [one]


def test_what_may_be_meant_is_offered_best_first(store, add):
    for text in ("Pricing memo #sales", "Pricing page #sales", "Churn #retention"):
        add(text)
    with store.read() as session:
        assert mentions.item_titles(session, "chu")[0] == "Churn #retention"
        assert set(mentions.item_titles(session, "")) >= {"Pricing memo #sales", "Churn #retention"}
        assert mentions.tag_names(session, "s") == ["sales"]
        assert mentions.near_tag(session, "retentoin") == "retention"
        assert mentions.near_tag(session, "sales") is None
        assert mentions.near_tag(session, "hiring") is None


def test_titles_with_other_letters_than_ascii_are_found_whatever_their_capitals(store, add):
    change = add("# Änderung der Preise")
    note = add("See [[änderung der preise]] and [[Änderung]]")
    assert targets(store, note) == [change]


def test_an_old_entry_is_offered_by_words_of_its_title(store):
    with store.write() as session:
        journal.add_entry(session, day=date(1999, 1, 2), now=NOW, zone="UTC", text="Quokka census")
        for number in range(mentions.RECENT + 5):
            journal.add_entry(session, day=date(2020, 1, 2), now=NOW, zone="UTC", text=f"Note {number}")
    with store.read() as session:
        assert mentions.item_titles(session, "quok")[0] == "Quokka census"

"""What a text names is linked, and only as long as it is named."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text as sql

from app.core import items, journal, kinds, mentions, people, words
from app.core.people import PersonDraft
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


def test_a_title_may_be_shown_by_other_words(store, add):
    memo, odd = add("# Pricing memo"), add("# Yes|No")
    two = add("See [[Pricing memo|the memo]], [[Yes|No]] and [[|nothing]]")
    assert set(targets(store, two)) == {memo, odd}
    with store.read() as session:
        assert mentions.titled(session, "pricing memo | the memo") == memo
        assert mentions.titled(session, "Yes|No") == odd


@pytest.mark.parametrize(
    "said",
    [
        "[[Pricing memo#Next steps]]",
        "[[Pricing memo#Next steps|what comes]]",
        "[[pricing memo^a1b2c3]]",
        "[[Pricing memo#^a1b2c3]]",
        "[[Work/2024/Pricing memo]]",
        "![[Pricing memo]]",
        "![[Pricing memo#Goals]]",
    ],
)
def test_a_place_within_an_item_links_to_the_item(store, add, said):
    memo = add("# Pricing memo")
    note = add(f"See {said}")
    assert targets(store, note) == [memo]
    with store.read() as session:
        assert journal.entry(session, note).text == f"See {said}"
        assert mentions.titled(session, said.strip("![]")) == memo


def test_what_is_called_so_as_a_whole_goes_before(store, add):
    add("# C")
    sharp, both = add("# C# at work"), add("# A/B")
    add("# B")
    assert set(targets(store, add("See [[C# at work]] and [[A/B]]"))) == {sharp, both}
    assert targets(store, add("See [[#Heading]], [[^block]], [[/]] and [[|]]")) == []


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Straße nach Köln", "Straße nach Köln"),
        ("Über uns", "über uns"),
        ("ÄRZTE im Haus", "ärzte im haus"),
        ("定价备忘", "定价备忘"),
    ],
)
def test_titles_of_every_script_are_linked_whatever_their_capitals(store, add, title, said):
    one = add(f"# {title}")
    assert targets(store, add(f"See [[{said}]]")) == [one]
    with store.read() as session:
        assert mentions.titled(session, said) == one


def test_a_title_beyond_ascii_is_found_without_the_search(monkeypatch, store, add):
    one = add("# Über uns")
    monkeypatch.setattr("app.core.search.matching_item_ids", None)
    assert targets(store, add("See [[über uns]] and [[定价备忘]]")) == [one]


def test_links_of_a_very_long_text_come_and_go_with_its_words(monkeypatch, store, add):
    monkeypatch.setattr(journal, "LONG", 10)
    one, two = add("# Pricing memo"), add("# Churn")
    long = add("A [[Pricing memo]]\nwords\n[[Pricing memo]] again\nmore")
    for text, wanted in (
        ("A [[Pricing memo]]\nwords [[Chu\n[[Pricing memo]] again\nmore", {one}),
        ("A [[Pricing memo]]\nwords [[Churn]]\n[[Pricing memo]] again\nmore", {one, two}),
        ("A\nwords [[Churn]]\n[[Pricing memo]] again\nmore", {one, two}),
        ("A\nwords [[Churn]]\nagain\nmore", {two}),
        ("A\nwords `[[Churn]]`\nagain\nmore", set()),
    ):
        edit(store, long, text)
        assert set(targets(store, long)) == wanted


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


MARKS = ["```", "~~~", "```py", "`", "[[", "]]", "@", "#", "\\", "\n"]
PIECES = st.sampled_from([*MARKS, "@ana", "Title", "#tag", " ", "a", ".", "é", "-"])


@given(st.lists(PIECES, max_size=40).map("".join))
def test_only_the_lines_with_a_sign_are_read_and_nothing_is_missed(text):
    bare = words.CODE.sub(" ", text)
    titles = {" ".join(title.split()).casefold() for title in re.findall(r"\[\[([^\[\]\n]{1,300})\]\]", bare)}
    named = re.findall(r"(?<![\w.@/])@([^\W\d_][\w\-]*)", bare)
    people = {name.replace("-", " ").strip().casefold() for name in named}
    found, called = mentions.mentions_in(text)
    assert {"".join(names[:1]) for names in found} == titles
    assert called == people
    tags = [name.rstrip("/-") for name in re.findall(r"(?<![\w/#&\[(\]])#([^\W\d_][\w/\-]*)", bare)]
    assert [name.casefold() for name in words.tags_in(text)] == list(dict.fromkeys(map(str.casefold, tags)))


@given(st.lists(PIECES, max_size=30).map("".join), st.lists(PIECES, max_size=12).map("".join), st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_links_after_an_edit_are_those_of_a_full_reading(store, text, new, data):
    with store.write() as session:
        session.execute(sql("DELETE FROM item"))
        for name in ("Ana", "Bo"):
            kinds.person_named(session, name, now=NOW)
        journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="Title")
        entry = journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text=text)
        first, last = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
        edited = text[:first] + new + text[last:]
        journal.edit_text(session, entry.id, edited, rev=entry.rev, now=NOW)
        fresh = journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text=edited)
        said = [
            set(session.execute(sql("SELECT target_id FROM link WHERE source_id = :id"), {"id": each}).scalars())
            for each in (entry.id, fresh.id)
        ]
        assert said[0] - {fresh.id} == said[1] - {entry.id}
        tags = [
            set(session.execute(sql("SELECT tag_id FROM item_tag WHERE item_id = :id"), {"id": each}).scalars())
            for each in (entry.id, fresh.id)
        ]
        assert tags[0] == tags[1]


@pytest.mark.parametrize("came", ["in a talk", "in the list", "by a new name"])
def test_texts_that_named_somebody_before_they_came_are_linked(store, add, came):
    said, brief, other = add("With @Ana-Lima"), add("@ana called"), add("Ana, `@Ana`, @Anabel and ana@lima.com")
    with store.write() as session:
        if came == "in a talk":
            person_id = kinds.person_named(session, "Ana Lima", now=NOW).id
        elif came == "in the list":
            person_id = people.add_person(session, PersonDraft("Ana Lima"), now=NOW).id
        else:
            person = people.add_person(session, PersonDraft("Lima"), now=NOW)
            person_id = person.id
            people.edit_person(session, person_id, PersonDraft("Ana Lima"), rev=person.rev, now=NOW)
    assert [targets(store, each) for each in (said, brief, other)] == [[person_id], [person_id], []]
    edit(store, brief, "somebody called")
    assert targets(store, brief) == []

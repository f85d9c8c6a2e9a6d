"""People are renamed and made one in everything that names them, and all of it goes back."""

from __future__ import annotations

from datetime import date

import pytest

from app.core import items, journal, kinds, naming
from app.core.errors import FieldError
from app.core.model import Conversation
from app.core.progress import Cancelled
from tests.conftest import NOW

DAY = date(2026, 11, 23)


@pytest.fixture
def people(store):
    """Ana Lima, with a talk and two texts, and Ana Souza, with one."""
    with store.write() as session:
        ids = [kinds.person_named(session, name, now=NOW).id for name in ("Anabel Lima", "Ana Souza")]
        talk = journal.file_entry(session, Conversation(day=DAY, zone="UTC"), text="Said much", now=NOW)
        kinds.change_fields(session, talk.id, {"person": "Anabel Lima"}, rev=talk.rev, now=NOW)
        for text in ("With @Anabel-Lima and `@Anabel`", "@anabel called", "@Ana-Souza wrote"):
            journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text=text)
    return ids


def texts(store):
    with store.read() as session:
        return sorted(journal.entry(session, item_id).text for item_id in journal.entry_ids(session))


def told(store):
    with store.read() as session:
        return {use.name: (use.talks, use.texts) for use in naming.uses(session)}


def titles(store):
    with store.read() as session:
        return {row.title for row in journal.entry_rows(session, journal.entry_ids(session))}


def test_a_new_name_stands_in_every_text_and_goes_back(store, people):
    before = texts(store), told(store), titles(store)
    assert told(store) == {"Anabel Lima": (1, 2), "Ana Souza": (0, 1)}
    with store.write() as session:
        change = naming.rename_person(session, people[0], "Bela  Costa", now=NOW)
    assert texts(store) == [
        "@Ana-Souza wrote",
        "@Bela-Costa called",
        "Said much",
        "With @Bela-Costa and `@Anabel`",
    ]
    assert told(store) == {"Bela Costa": (1, 2), "Ana Souza": (0, 1)}
    assert "Bela Costa" in titles(store)
    with store.write() as session:
        assert naming.take_back(session, change, now=NOW) == 0
    assert (texts(store), told(store), titles(store)) == before


def test_a_first_name_that_stays_is_left_as_it_was_written(store, people):
    with store.write() as session:
        naming.rename_person(session, people[0], "Anabel Costa", now=NOW)
    assert "@anabel called" in texts(store)
    assert told(store)["Anabel Costa"] == (1, 2)


def test_two_become_one_and_two_again(store, people):
    before = texts(store), told(store), titles(store)
    with store.write() as session:
        journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="@Anabel-Lima with @Ana-Souza")
        items.link(session, people[0], people[1], "mentions", now=NOW)
    with store.write() as session:
        change = naming.rename_person(session, people[0], "ana souza", now=NOW)
    assert change.merged
    assert told(store) == {"Ana Souza": (1, 4)}
    assert "@Ana-Souza with @Ana-Souza" in texts(store)
    with store.write() as session:
        assert naming.take_back(session, change, now=NOW) == 0
    assert told(store) == {"Anabel Lima": (1, 3), "Ana Souza": (0, 2)}
    assert set(before[0]) < set(texts(store))
    assert before[2] < titles(store)


def test_a_text_edited_since_keeps_its_words(store, people):
    with store.write() as session:
        change = naming.rename_person(session, people[0], "Bela", now=NOW)
    with store.write() as session:
        held = journal.entry(session, next(iter(change.texts)))
        journal.edit_text(session, held.id, held.text + " again", rev=held.rev, now=NOW)
        assert naming.take_back(session, change, now=NOW) == 1
    assert sum("again" in text for text in texts(store)) == 1


@pytest.mark.parametrize("new", ["", " ", "Anabel Lima", "!", "9 lives", "x" * 121])
def test_what_is_no_name_is_refused(store, people, new):
    with pytest.raises(FieldError), store.write() as session:
        naming.rename_person(session, people[0], new, now=NOW)


def test_an_end_on_the_way_changes_nothing(store, people):
    before = texts(store), told(store)
    with pytest.raises(Cancelled), store.write() as session:
        naming.rename_person(session, people[0], "Bela", now=NOW, progress=lambda *_: False)
    assert (texts(store), told(store)) == before

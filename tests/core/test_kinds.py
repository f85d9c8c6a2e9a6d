"""Entries of every kind say more than a text, and nothing they say is lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core import items, journal, kinds
from app.core.errors import FieldError, UserError
from app.core.model import Version
from app.core.refusals import ChangedMeanwhile
from tests.conftest import NOW

DAY = date(2026, 11, 23)
VALUES = {
    "line": "Priya’s team",
    "text": "First\nsecond",
    "person": "Ana Lima",
    "day": date(2027, 1, 31),
}


def value_for(spec):
    if spec.shape == "choice":
        return spec.choices[0]
    return spec.high if spec.shape == "number" else VALUES[spec.shape]


@pytest.fixture
def write(store):
    def writing(kind="note", text="", **values):
        with store.write() as session:
            new = kinds.class_of(kind)(day=DAY, zone="UTC")
            entry = journal.file_entry(session, new, text=text, now=NOW)
            if values:
                kinds.change_fields(session, entry.id, values, rev=entry.rev, now=NOW, today=DAY)
            return entry.id

    return writing


def rev_of(session, item_id):
    return journal.entry(session, item_id).rev


@pytest.mark.parametrize("kind", [kind for kind in kinds.KINDS if kind != "note"])
def test_each_kind_keeps_all_it_says(store, write, kind):
    said = {spec.name: value_for(spec) for spec in kinds.KINDS[kind].fields}
    item_id = write(kind, "The whole story.", **said)
    with store.read() as session:
        assert kinds.fields_of(session, item_id) == said
        assert journal.entry(session, item_id).text == "The whole story."


def test_an_entry_is_called_by_what_matters_most_of_it_and_found_by_all_of_it(store, write):
    item_id = write("win", "Long story", change="Refunds fell by half", helped_by="Jonas from billing")
    with store.read() as session:
        (row,) = journal.entry_rows(session, journal.entry_ids(session, matching="jonas"))
    assert (row.id, row.title) == (item_id, "Refunds fell by half")


def test_typing_goes_on_under_the_title_that_the_fields_gave(store, write):
    item_id = write("decision", choice="Sell to clinics first")
    with store.write() as session:
        journal.edit_text(session, item_id, "# Why\nThey pay.", rev=rev_of(session, item_id), now=NOW)
    with store.read() as session:
        (row,) = journal.entry_rows(session, [item_id])
    assert row.title == "Sell to clinics first"


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(sorted(kinds.KINDS)), min_size=1, max_size=6))
def test_an_entry_may_change_its_kind_any_number_of_times(tmp_path_factory, path):
    from app.core.store import open_store

    store = open_store(tmp_path_factory.mktemp("kinds") / "J.northing")
    with store.write() as session:
        new = kinds.class_of("win")(day=DAY, zone="UTC")
        item_id = journal.file_entry(session, new, text="Text", now=NOW).id
        rev = kinds.change_fields(session, item_id, {"change": "Less churn"}, rev=1, now=NOW)
    for kind in (*path, "win"):
        with store.write() as session:
            rev = kinds.change_kind(session, item_id, kind, rev=rev, now=NOW)
        with store.read() as session:
            assert journal.entry(session, item_id).kind == kind
            assert journal.entry(session, item_id).text == "Text"
    with store.read() as session:
        assert kinds.fields_of(session, item_id)["change"] == "Less churn"
    store.close()


def test_a_late_write_does_not_overwrite(store, write):
    item_id = write("launch", shipped="New checkout")
    with store.read() as session:
        rev = rev_of(session, item_id)
    with store.write() as session:
        kinds.change_fields(session, item_id, {"expected": "Fewer calls"}, rev=rev, now=NOW)
    with pytest.raises(ChangedMeanwhile), store.write() as session:
        kinds.change_fields(session, item_id, {"expected": "More calls"}, rev=rev, now=NOW)


def test_what_fields_said_yesterday_is_kept(store, write):
    item_id = write("win", change="Churn fell")
    with store.write() as session:
        later = NOW + timedelta(days=1)
        kinds.change_fields(session, item_id, {"change": ""}, rev=rev_of(session, item_id), now=later)
    with store.read() as session:
        (version,) = session.query(Version).filter_by(item_id=item_id)
        assert "Churn fell" in version.extra


def test_a_talk_is_with_a_person_who_is_added_once(store, write):
    first = write("conversation", "One", person="Ana Lima")
    second = write("conversation", "Two", person="  ana   lima ")
    with store.read() as session:
        assert kinds.people(session) == ["Ana Lima"]
        ((person,), _) = items.linked_ids(session, first, role="mentions")
        assert items.linked_ids(session, person)[1] == [second, first]


def test_launches_and_decisions_are_due_on_their_day_until_they_are_judged(store, write):
    launch = write("launch", shipped="Reminders", know_on=DAY)
    write("decision", choice="Wait", review_on=DAY + timedelta(days=1))
    with store.read() as session:
        assert [row.id for row in kinds.due_for_verdict(session, DAY)] == [launch]
    with store.write() as session:
        kinds.change_fields(session, launch, {"verdict": "moved"}, rev=rev_of(session, launch), now=NOW, today=DAY)
    with store.read() as session:
        assert kinds.due_for_verdict(session, DAY) == []


@pytest.mark.parametrize(
    ("kind", "values", "field"),
    [
        ("decision", {"probability": 101}, "probability"),
        ("decision", {"verdict": "perhaps"}, "verdict"),
        ("insight", {"half_life_days": 0}, "half_life_days"),
        ("launch", {"know_on": "tomorrow"}, "know_on"),
        ("win", {"change": "x" * 20_001}, "change"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(store, write, kind, values, field):
    item_id = write(kind, "Text")
    with pytest.raises(FieldError) as refused, store.write() as session:
        kinds.change_fields(session, item_id, values, rev=rev_of(session, item_id), now=NOW)
    assert refused.value.field == field


def test_a_check_in_stays_what_it_is_and_nothing_becomes_an_unknown_kind(store, write):
    item_id = write()
    with pytest.raises(UserError), store.write() as session:
        kinds.change_kind(session, item_id, "check_in", rev=1, now=NOW)


def test_marks_are_set_beside_the_text(store, write):
    one, two = write(text="One"), write(text="Two")
    with store.write() as session:
        journal.set_marks(session, [one, two], starred=True)
        journal.set_marks(session, [one], mood=4, energy=2)
    with store.read() as session:
        first, second = journal.entry(session, one), journal.entry(session, two)
    assert (first.starred, first.mood, first.energy, first.rev) == (True, 4, 2, 1)
    assert (second.starred, second.mood, second.rev) == (True, None, 1)
    with pytest.raises(UserError), store.write() as session:
        journal.set_marks(session, [one], mood=6)

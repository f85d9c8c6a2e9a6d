"""People: when to meet again, and what is open of what was said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import items, kinds, people
from app.core.errors import FieldError
from app.core.journal import file_entry
from app.core.model import Conversation
from app.core.people import PersonDraft, PersonRow
from tests.conftest import NOW

TODAY = date(2026, 11, 23)


@pytest.fixture
def talk(store):
    def make(name, day, **fields):
        with store.write() as session:
            made = Conversation(day=day, zone="UTC")
            file_entry(session, made, text="We talked", now=NOW)
            kinds.change_fields(session, made.id, {"person": name, **fields}, rev=made.rev, now=NOW)
            return made.id

    return make


def add(store, name, **fields):
    with store.write() as session:
        return people.add_person(session, PersonDraft(name, **fields), now=NOW).id


def rows(store):
    with store.read() as session:
        return {row.name: row for row in people.people_rows(session)}


def test_the_cadence_begins_again_with_each_talk(store, talk):
    add(store, "Priya", relation="mentor", cadence_days=28)
    assert rows(store)["Priya"].next_on == NOW.date() + timedelta(days=28)
    talk("priya", date(2026, 10, 1))
    assert rows(store)["Priya"].next_on == date(2026, 10, 29)
    assert rows(store)["Priya"].is_due(TODAY)
    last = talk("Priya", date(2026, 11, 20))
    row = rows(store)["Priya"]
    assert (row.talks, row.last, row.next_on, row.is_due(TODAY)) == (
        2,
        date(2026, 11, 20),
        date(2026, 12, 18),
        False,
    )
    with store.write() as session:
        items.trash(session, [last], now=NOW)
    assert rows(store)["Priya"].last == date(2026, 10, 1)


def test_who_is_due_stands_first_and_who_has_no_rhythm_last(store, talk):
    for name, cadence in (("Zoe", None), ("Ana", None), ("Jonas", 7), ("Ruth", 90)):
        add(store, name, cadence_days=cadence)
    assert list(rows(store)) == ["Jonas", "Ruth", "Ana", "Zoe"]


def test_advice_and_promises_stay_open_until_something_became_of_them(store, talk):
    one = talk("Jonas", TODAY, advice="Say the why first", promised_by_me="Send slides", promised_to_me="Feedback")
    talk("Jonas", TODAY, advice="Read more")
    assert (rows(store)["Jonas"].open_advice, rows(store)["Jonas"].open_promises) == (2, 2)
    with store.write() as session:
        assert people.judge_advice(session, one, "tried", " Half of them nodded\n") == ("", "")
        assert people.settle_promise(session, one, "mine", "kept") == ""
        assert people.settle_promise(session, one, "theirs", "dropped") == ""
        assert people.settle_promise(session, one, "theirs", "") == "dropped"
    assert (rows(store)["Jonas"].open_advice, rows(store)["Jonas"].open_promises) == (1, 1)
    with store.read() as session:
        detail = people.person_detail(session, rows(store)["Jonas"].id)
    said = next(each for each in detail.talks if each.id == one)
    assert (said.advice_state, said.advice_result, said.mine_state) == ("tried", "Half of them nodded", "kept")


def test_a_person_is_changed_with_a_version_of_why(store):
    made = add(store, "Priya", why="Asks the one question")
    with store.write() as session:
        detail = people.person_detail(session, made)
        draft = PersonDraft("Priya Rao", "mentor", "Asks two questions", 30, "Memo", "An introduction")
        people.edit_person(session, made, draft, rev=detail.row.rev, now=NOW + timedelta(hours=5))
    with store.read() as session:
        assert people.person_detail(session, made).draft == draft


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (PersonDraft("  "), "name"),
        (PersonDraft("x" * 201), "name"),
        (PersonDraft("jonas"), "name"),
        (PersonDraft("Mia", "stranger"), "relation"),
        (PersonDraft("Mia", cadence_days=0), "cadence_days"),
        (PersonDraft("Mia", cadence_days=4000), "cadence_days"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(store, draft, field):
    add(store, "Jonas")
    with pytest.raises(FieldError) as refused, store.write() as session:
        people.add_person(session, draft, now=NOW)
    assert refused.value.field == field
    assert list(rows(store)) == ["Jonas"]


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 3660))
def test_due_is_exactly_from_the_day_on(last, cadence):
    next_on = last + timedelta(days=cadence)
    row = PersonRow(1, 1, "A", "", cadence, 1, last, next_on, 0, 0)
    assert row.is_due(next_on)
    assert not row.is_due(next_on - timedelta(days=1))

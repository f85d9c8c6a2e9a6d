"""One line says where it belongs."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import capture, items, journal, kinds, naming, objectives
from app.core.errors import UserError
from app.core.objectives import ObjectiveDraft, PeriodDraft
from tests.conftest import NOW

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Call Ana #sales @ana >retention", ("Call Ana #sales @ana", ("sales",), ("ana",), ("retention",))),
        ('Demo >"First week" went well', ("Demo went well", (), (), ("First week",))),
        ("5 > 3 and a->b", ("5 > 3 and a->b", (), (), ())),
        (">growth", ("", (), (), ("growth",))),
        ("Said:\n>quoted\n> quoted too", ("Said:\n>quoted\n> quoted too", (), (), ())),
        ("mail ana@example.org", ("mail ana@example.org", (), (), ())),
    ],
)
def test_a_line_is_understood(line, said):
    read = capture.parsed(line)
    assert (read.text, read.tags, read.people, read.objectives) == said


@given(st.text(max_size=80))
def test_any_line_is_understood_somehow(line):
    capture.parsed(line)


@pytest.fixture
def objective(store):
    with store.write() as session:
        period = PeriodDraft("quarter", date(2026, 10, 1), date(2026, 12, 31), "Q4 2026")
        made = [
            objectives.add_objective(
                session, ObjectiveDraft(title, "Because", "Growth", period, "committed"), now=NOW
            )
            for title in ("Clinics keep coming back", "New users see value in week one")
        ]
        return made[-1].id


def test_what_is_captured_is_linked_to_the_objective_and_the_person(store, objective):
    with store.write() as session:
        entry = capture.capture(session, "Five demos @Ana >week", day=DAY, now=NOW, zone="UTC")
        (served,), _ = items.linked_ids(session, entry.id, role="serves")
        (person,), _ = items.linked_ids(session, entry.id, role="mentions")
        assert served == objective
        assert items.item_rows(session, [person])[0].title == "Ana"
        again = capture.capture(session, "Again @ana", day=DAY, now=NOW, zone="UTC")
        assert items.linked_ids(session, again.id, role="mentions")[0] == [person]


def test_who_is_new_by_a_captured_line_is_named_by_its_text(store):
    with store.write() as session:
        kinds.person_named(session, "Ana Lima", now=NOW)
        first = capture.capture(session, "With @Zoe and @Ana", day=DAY, now=NOW, zone="UTC").id
        kinds.person_named(session, "Ana", now=NOW)
        again = capture.capture(session, "With @Ana alone", day=DAY, now=NOW, zone="UTC")
        journal.edit_text(session, again.id, "With @Ana alone!", rev=again.rev, now=NOW)
    with store.read() as session:
        uses = {use.name: (use.id, use.texts) for use in naming.uses(session)}
    assert {name: texts for name, (_, texts) in uses.items()} == {"Ana Lima": 1, "Ana": 1, "Zoe": 1}
    with store.write() as session:
        naming.rename_person(session, uses["Zoe"][0], "Zoe Klein", now=NOW)
        assert journal.entry(session, first).text == "With @Zoe-Klein and @Ana"


def test_an_objective_that_there_is_not_keeps_the_line_from_being_lost(store, objective):
    with pytest.raises(UserError, match="zebra"), store.write() as session:
        capture.capture(session, "Text >zebra", day=DAY, now=NOW, zone="UTC")
    with store.read() as session:
        assert journal.entry_ids(session) == []


def test_nothing_is_nothing_to_keep(store):
    with pytest.raises(UserError), store.write() as session:
        capture.capture(session, "  \n ", day=DAY, now=NOW, zone="UTC")

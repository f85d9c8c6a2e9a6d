"""The domain notebook."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.core import domain, items, journal
from app.core.errors import FieldError
from app.core.kinds import change_fields, change_kind, person_named
from app.core.model import Conversation, Entry
from tests.conftest import NOW

TODAY = date(2026, 11, 23)


def note(store, said, shelf="customers", source="interview", ago=0, **more):
    with store.write() as session:
        return domain.note_insight(
            session,
            said=said,
            shelf=shelf,
            source=source,
            so_what=more.get("so_what", ""),
            day=TODAY - timedelta(ago),
            now=NOW,
            zone="UTC",
        )


def book(store):
    with store.read() as session:
        return domain.notebook(session, today=TODAY)


def test_a_shelf_is_as_fresh_as_what_stands_on_it(store):
    note(store, "They want exports")
    note(store, "They fear lock-in", ago=180)
    note(store, "Rates rise", shelf="market", source="report", ago=730)
    customers, market, competition, product = book(store).shelves
    assert customers.freshness == pytest.approx(1.5)
    assert [row.worth for row in customers.insights] == [1.0, 0.5]
    assert market.freshness == pytest.approx(0.25)
    assert (competition.freshness, product.insights) == (0, ())


def test_ones_own_half_life_counts(store):
    piece = note(store, "True for years", ago=1000)
    with store.write() as session:
        rev = session.get(Entry, piece).rev
        change_fields(session, piece, {"half_life_days": 1000}, rev=rev, now=NOW)
    assert book(store).shelves[0].insights[0].worth == 0.5


def test_old_beliefs_that_others_lean_on_come_first(store):
    old, older, free = (note(store, name, ago=ago) for name, ago in (("old", 300), ("older", 700), ("free", 900)))
    fresh = note(store, "fresh")
    with store.write() as session:
        leaning = journal.add_entry(session, day=TODAY, now=NOW, zone="UTC", text="A bet").id
        for piece in (old, older, fresh):
            items.link(session, leaning, piece, "mentions", now=NOW)
    assert [row.id for row in book(store).oldest_beliefs] == [older, old]
    assert free not in {row.id for row in book(store).oldest_beliefs}


def test_a_competitor_has_its_moves_and_the_answer(store):
    first = note(store, "Acme cut prices #acme #competition", shelf="competition", source="report", ago=30)
    note(store, "Something on #pricing", ago=3)
    with store.write() as session:
        decided = domain.answer_competitor(
            session,
            "acme",
            answer="differ",
            why="We sell trust",
            review_on=date(2027, 2, 1),
            day=TODAY,
            now=NOW,
            zone="UTC",
        )
    (acme,) = book(store).competitors
    assert (acme.name, acme.answer, acme.review_on) == ("acme", "differ", date(2027, 2, 1))
    assert [move.id for move in acme.moves] == [decided, first]


@pytest.mark.parametrize(
    ("answer", "review_on", "name"), [("buy", None, "answer"), ("match", date(2026, 1, 1), "review_on")]
)
def test_an_answer_without_sense_is_refused(store, answer, review_on, name):
    with pytest.raises(FieldError) as refused, store.write() as session:
        domain.answer_competitor(
            session, "acme", answer=answer, why="", review_on=review_on, day=TODAY, now=NOW, zone="UTC"
        )
    assert refused.value.field == name


def test_contact_with_customers_is_counted_by_month_and_none_is_nought(store):
    note(store, "Heard it", ago=0)
    note(store, "Read it", source="report", ago=0)
    note(store, "Heard long ago", ago=63)
    with store.write() as session:
        person_named(session, "Ana", now=NOW).relation = "customer"
        entry = journal.add_entry(session, day=TODAY, now=NOW, zone="UTC", text="A talk")
        rev = change_kind(session, entry.id, "conversation", rev=entry.rev, now=NOW)
        change_fields(session, entry.id, {"person": "Ana"}, rev=rev, now=NOW)
        assert session.get(Conversation, entry.id) is not None
    contacts = book(store).contacts
    assert len(contacts) == 12
    assert contacts[-3:] == ((date(2026, 9, 1), 1), (date(2026, 10, 1), 0), (date(2026, 11, 1), 2))

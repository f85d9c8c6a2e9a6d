"""Steps are planned, moved, finished and followed up to the purpose."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core import items, objectives, roadmap
from app.core.errors import FieldError
from app.core.objectives import KeyResultDraft, ObjectiveDraft, PeriodDraft
from app.core.refusals import ChangedMeanwhile
from app.core.roadmap import Finish, StepDraft
from tests.conftest import NOW

DAY = date(2026, 11, 23)
SOON, LATE = DAY + timedelta(days=10), DAY + timedelta(days=40)


@pytest.fixture
def add(store):
    def adding(title="Step", **more):
        with store.write() as session:
            return roadmap.add_step(session, StepDraft(title, **more), now=NOW).id

    return adding


def rows(store, **how):
    with store.read() as session:
        return roadmap.steps(session, today=DAY, **how)


def test_a_step_keeps_all_that_its_form_holds(store, add):
    draft = StepDraft(
        "Course", "education", "Notes", "planned", "later", SOON, LATE, DAY, None, 10.0, 2.5, 100.0, 0.0, "EUR",
        "A school", "Berlin", "https://example.org",
    )  # fmt: skip
    with store.write() as session:
        step_id = roadmap.add_step(session, draft, now=NOW).id
    with store.read() as session:
        assert roadmap.draft_of(session, step_id)[0] == draft


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"first": LATE, "last": SOON}, "last"),
        ({"last": SOON}, "first"),
        ({"first": date(1800, 1, 1), "last": date(2000, 1, 1)}, "last"),
        ({"hours_planned": -1.0}, "hours_planned"),
        ({"cost_spent": float("nan")}, "cost_spent"),
        ({"form": "party"}, "form"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(store, changes, field):
    with pytest.raises(FieldError) as refused, store.write() as session:
        roadmap.add_step(session, replace(StepDraft("Step"), **changes), now=NOW)
    assert refused.value.field == field
    assert rows(store) == []


def test_a_slip_shows_the_first_plan(store, add):
    step_id = add(first=SOON, last=LATE)
    with store.write() as session:
        before = roadmap.move_step(
            session, step_id, first=LATE, last=LATE + timedelta(days=30), today=DAY, now=NOW
        )
    assert before == (SOON, LATE)
    (row,) = rows(store)
    assert (row.first, row.planned_first, row.planned_last) == (LATE, SOON, LATE)
    with store.write() as session:
        roadmap.move_step(session, step_id, first=before[0], last=before[1], today=DAY, now=NOW)
    (row,) = rows(store)
    assert row.planned_first is None


@settings(deadline=None, max_examples=20)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=12))
def test_the_order_of_the_board_is_the_one_that_was_made(tmp_path_factory, moves):
    from app.core.store import open_store

    store = open_store(tmp_path_factory.mktemp("board") / "J.northing")
    with store.write() as session:
        wanted = [roadmap.add_step(session, StepDraft(str(n)), now=NOW).id for n in range(5)]
    for which, before in moves:
        step = wanted[which]
        rest = [other for other in wanted if other != step]
        target = rest[before] if before < len(rest) else None
        wanted = [*rest[:before], step, *rest[before:]]
        with store.write() as session:
            roadmap.place_step(session, step, horizon="now", state="doing", before_id=target, today=DAY, now=NOW)
    assert [row.id for row in rows(store)] == wanted
    store.close()


def test_a_place_on_the_board_is_taken_back(store, add):
    step_id = add(horizon="later", state="idea")
    add("Other")
    with store.write() as session:
        was = roadmap.place_step(session, step_id, horizon="now", state="doing", today=DAY, now=NOW)
    assert [(row.horizon, row.state) for row in rows(store)][-1] == ("now", "doing")
    with store.write() as session:
        roadmap.put_back(session, step_id, was, today=DAY, now=NOW)
    first = rows(store)[0]
    assert (first.title, first.horizon, first.state) == ("Step", "later", "idea")


def test_a_finished_step_asks_for_its_proof_after_thirty_days_and_once(store, add):
    step_id = add(state="doing")
    with store.write() as session:
        roadmap.finish_step(session, step_id, Finish("Much", "Less"), today=DAY, now=NOW)
    with store.read() as session:
        assert roadmap.proofs_due(session, today=DAY + timedelta(days=29)) == []
        assert len(roadmap.proofs_due(session, today=DAY + timedelta(days=30))) == 1
    with store.write() as session:
        roadmap.prove_step(session, step_id, "The team decides alone", now=NOW)
    with store.read() as session:
        assert roadmap.proofs_due(session, today=DAY + timedelta(days=30)) == []


def test_the_line_of_sight_goes_up_to_the_purpose(store):
    with store.write() as session:
        objectives.say_purpose(session, "Clinics get their evenings back.", today=DAY, now=NOW)
        period = PeriodDraft("quarter", date(2026, 10, 1), date(2026, 12, 31), "Q4 2026")
        goal = objectives.add_objective(
            session, ObjectiveDraft("Patients rebook", "Because", "Growth", period, "committed"), now=NOW
        )
        draft = KeyResultDraft("Next visit booked", "increase", 30.0, 50.0)
        result = objectives.add_key_result(session, goal.id, draft, now=NOW)
        step = roadmap.add_step(session, StepDraft("Interview six", serves=(result.id,)), now=NOW)
        assert roadmap.line_of_sight(session, step.id) == [
            ["Next visit booked", "Patients rebook", "Clinics get their evenings back."]
        ]
        assert (result.id, "key_result", "Next visit booked") in roadmap.servable(session)
    (row,) = rows(store)
    assert row.serves == ("Next visit booked",)


def test_a_step_is_no_part_of_itself(store, add):
    one = add("One")
    two = add("Two", parent_id=one)
    (first, _) = rows(store)
    assert (first.parts, first.parts_done) == (1, 0)
    with store.read() as session:
        draft, rev = roadmap.draft_of(session, one)
    with pytest.raises(FieldError), store.write() as session:
        roadmap.edit_step(session, one, replace(draft, parent_id=two), rev=rev, today=DAY, now=NOW)


def test_a_late_write_does_not_overwrite(store, add):
    step_id = add()
    with store.write() as session:
        draft, rev = roadmap.draft_of(session, step_id)
        roadmap.edit_step(session, step_id, replace(draft, title="New"), rev=rev, today=DAY, now=NOW)
    with pytest.raises(ChangedMeanwhile), store.write() as session:
        roadmap.edit_step(session, step_id, replace(draft, title="Late"), rev=rev, today=DAY, now=NOW)


def test_at_most_three_steps_are_in_focus(store, add):
    for number in range(5):
        add(f"Step {number}", state="doing", first=DAY, last=DAY + timedelta(days=9 - number))
    with store.read() as session:
        assert [row.title for row in roadmap.in_focus(session, today=DAY)] == ["Step 4", "Step 3", "Step 2"]


def test_a_trashed_step_is_gone_and_comes_back(store, add):
    step_id = add()
    with store.write() as session:
        items.trash(session, [step_id], now=NOW)
    assert rows(store) == []
    with store.write() as session:
        items.restore(session, [step_id])
    assert len(rows(store)) == 1

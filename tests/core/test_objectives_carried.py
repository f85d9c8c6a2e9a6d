"""Closing objectives and carrying them forward."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import pytest

from app.core import items, journal, objectives
from app.core.errors import FieldError, UserError
from app.core.objectives import ClosingDraft, KeyResultDraft, PeriodDraft
from tests.conftest import NOW
from tests.core.test_objectives import ACTIVATION, Q4, TODAY, add_key_result, add_objective, check_in

Q1 = PeriodDraft("quarter", date(2027, 1, 1), date(2027, 3, 31), "Q1 2027")


def close(store, made):
    with store.write() as session:
        objectives.close_objective(session, made, ClosingDraft(0.4), today=TODAY, now=NOW, zone="UTC")


def carry(store, made, period=Q1, leave_out=()):
    with store.write() as session:
        return objectives.carry_forward(session, made, period, leave_out=leave_out, now=NOW).id


def key_results(store, made):
    with store.read() as session:
        results = objectives.objective.living_objective(session, made).key_results
        return {result.title: (result.measure, result.baseline, result.target) for result in results}


def test_key_results_begin_where_they_stood(store):
    parent = add_objective(store, "Lead a product line", period=None)
    made = add_objective(
        store, why="So that", area="Growth", commitment="aspirational", parent_id=parent, weight=2.0
    )
    for draft, value in [
        (ACTIVATION, 41.0),
        (replace(ACTIVATION, title="Untouched"), None),
        (replace(ACTIVATION, title="Reached"), 50.0),
        (KeyResultDraft("Setup time", "decrease", 11.0, 5.0, "min", "duration", Q4.last), 6.2),
        (KeyResultDraft("Uptime", "hold_above", None, 99.0, "%", "percent"), 99.5),
        (KeyResultDraft("SOC 2", "milestone"), 0.0),
        (KeyResultDraft("Partner signed", "milestone"), 1.0),
        (KeyResultDraft("Interviews", "checklist", None, 12.0), 5.0),
    ]:
        result = add_key_result(store, made, draft)
        if value is not None:
            check_in(store, result, 1.0, day=Q4.first)
            check_in(store, result, value)
    close(store, made)
    new = carry(store, made)
    assert key_results(store, new) == {
        "Week-1 activation": ("increase", 41.0, 50.0),
        "Untouched": ("increase", 32.0, 50.0),
        "Setup time": ("decrease", 6.2, 5.0),
        "Uptime": ("hold_above", 99.5, 99.0),
        "SOC 2": ("milestone", None, None),
        "Interviews": ("checklist", None, 7.0),
    }
    with store.read() as session:
        begun, _ = objectives.objective_draft(session, new)
        old = objectives.objective.living_objective(session, made)
        line = [(row.id, row.state, row.grade) for row in objectives.lineage(session, new)]
    assert begun == objectives.ObjectiveDraft(
        "Grow activation", "So that", "Growth", Q1, "aspirational", "active", parent, 2.0
    )
    assert (old.state, old.grade) == ("closed", 0.4)
    assert line == [(made, "closed", 0.4), (new, "active", None)]


def test_a_look_back_is_an_entry_of_its_own(store):
    made = add_objective(store)
    closing = ClosingDraft(
        0.7, 0.6, "The last week came in late", why="Two releases slipped", ahead="- smaller steps #planning"
    )
    with store.write() as session:
        review = objectives.close_objective(session, made, closing, today=TODAY, now=NOW, zone="UTC")
    assert review is not None
    with store.read() as session:
        (row,) = journal.entry_rows(session, journal.entry_ids(session))
        entry = journal.entry(session, row.id)
        detail = objectives.objective_detail(session, made, TODAY)
    assert entry is not None
    assert detail is not None
    assert (row.kind, row.title, row.tags) == ("review", "Looking back: Grow activation", ("planning",))
    assert "Closed with 0.7 (committed, 0.6 suggested by the progress). The last week came in late" in entry.text
    assert "## Why did it end so?\n\nTwo releases slipped\n\n## What next?\n\n- smaller steps" in entry.text
    assert "What helped" not in entry.text
    assert [evidence.id for evidence in detail.evidence] == [row.id]
    assert (review.first, review.last) == (Q4.first, Q4.last)


def test_saying_nothing_writes_nothing(store):
    made = add_objective(store)
    close(store, made)
    with store.read() as session:
        assert journal.entry_ids(session) == []


@pytest.mark.parametrize(
    ("closing", "field"),
    [
        (ClosingDraft(0.7, 0.6), "reason"),
        (ClosingDraft(0.7, 0.6, "  "), "reason"),
        (ClosingDraft(-0.1), "grade"),
        (ClosingDraft(1.01), "grade"),
        (ClosingDraft(math.nan), "grade"),
    ],
)
def test_a_grade_of_ones_own_needs_a_reason(store, closing, field):
    made = add_objective(store)
    assert closing.problems().keys() == {field}
    with pytest.raises(FieldError), store.write() as session:
        objectives.close_objective(session, made, closing, today=TODAY, now=NOW, zone="UTC")


def test_the_grade_suggested_follows_the_progress(store):
    made = add_objective(store)
    result = add_key_result(store, made)
    with store.read() as session:
        (row,) = objectives.objective_rows(session, [made], TODAY)
    assert objectives.suggested_closing(row) == ClosingDraft(0.0, None)
    check_in(store, result, 43.0)
    with store.read() as session:
        (row,) = objectives.objective_rows(session, [made], TODAY)
    assert objectives.suggested_closing(row) == ClosingDraft(0.6, 0.6)
    assert ClosingDraft(0.61, 0.6).problems() == {}


def test_grades_are_told_by_period(store):
    for period, commitment, grade in (
        (Q1, "committed", 0.9),
        (Q4, "committed", 1.0),
        (Q4, "aspirational", 0.7),
        (Q4, "committed", 0.4),
    ):
        made = add_objective(store, period=period, commitment=commitment)
        with store.write() as session:
            objectives.close_objective(session, made, ClosingDraft(grade), today=TODAY, now=NOW, zone="UTC")
    dropped = add_objective(store)
    with store.write() as session:
        objectives.drop_objective(session, dropped, today=TODAY, now=NOW)
    with store.read() as session:
        told = [(row.period.title, row.grades, row.succeeded) for row in objectives.grade_history(session)]
        assert objectives.grade_history(session)[0].mean == pytest.approx(0.7)
    assert told == [("Q4 2026", (1.0, 0.7, 0.4), 2), ("Q1 2027", (0.9,), 0)]


def test_check_ins_stay_where_they_were_made(store):
    made = add_objective(store)
    result = add_key_result(store, made)
    check_in(store, result, 41.0, note="Once")
    close(store, made)
    carry(store, made)
    with store.read() as session:
        assert len(journal.entry_ids(session)) == 1
        assert len(objectives.check_ins(session, result)) == 1


def test_links_stand_at_both(store):
    made = add_objective(store)
    result = add_key_result(store, made)
    with store.write() as session:
        note = journal.add_entry(session, day=TODAY, now=NOW, zone="UTC", text="Proof").id
        items.link(session, note, result, "proves", now=NOW)
        items.link(session, note, made, "serves", now=NOW)
        items.link(session, result, made, "mentions", now=NOW)
    close(store, made)
    new = carry(store, made)
    with store.read() as session:
        (new_result,) = objectives.objective.living_objective(session, new).key_results
        assert set(items.linked_ids(session, note)[0]) == {made, result, new, new_result.id}
        assert items.linked_ids(session, new_result.id)[0] == [new]


def test_what_is_left_out_stays_behind(store):
    made = add_objective(store)
    gone = add_key_result(store, made)
    add_key_result(store, made, replace(ACTIVATION, title="Kept"))
    close(store, made)
    assert list(key_results(store, carry(store, made, leave_out=[gone]))) == ["Kept"]


def test_only_a_closed_objective_is_carried_once_to_another_period(store):
    made = add_objective(store)
    with pytest.raises(UserError, match="Close"):
        carry(store, made)
    close(store, made)
    with pytest.raises(FieldError):
        carry(store, made, Q4)
    new = carry(store, made, None)
    with pytest.raises(UserError, match="already"):
        carry(store, made)
    with store.write() as session:
        items.trash(session, [new], now=NOW)
    assert carry(store, made)


def test_a_long_line_is_told_in_order_from_any_of_its_members(store):
    line = [add_objective(store)]
    for number in range(3):
        close(store, line[-1])
        period = replace(Q1, span="custom", title=f"Round {number}")
        line.append(carry(store, line[-1], period))
    with store.read() as session:
        for member in line:
            assert [row.id for row in objectives.lineage(session, member)] == line


def test_a_duplicate_is_a_draft_without_check_ins(store):
    made = add_objective(store, why="So that", area="Growth")
    result = add_key_result(store, made)
    check_in(store, result, 41.0)
    with store.write() as session:
        note = journal.add_entry(session, day=TODAY, now=NOW, zone="UTC", text="Proof").id
        items.link(session, note, result, "proves", now=NOW)
        copy = objectives.duplicate_objective(session, made, now=NOW).id
    with store.read() as session:
        detail = objectives.objective_detail(session, copy, TODAY)
    assert detail is not None
    assert (detail.row.title, detail.why, detail.row.state) == ("Grow activation", "So that", "draft")
    assert detail.row.period is not None
    assert key_results(store, copy) == {"Week-1 activation": ("increase", 32.0, 50.0)}
    assert detail.check_ins == ()
    assert [row.title for row in detail.evidence] == ["Proof"]

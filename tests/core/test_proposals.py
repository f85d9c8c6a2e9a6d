"""From gaps to steps, and what a week is asked to hold."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import proposals, roadmap, skills
from app.core.load import load
from app.core.roadmap import Finish, StepDraft, StepRow
from app.core.skills import RatingDraft
from tests.conftest import NOW

TODAY = date(2026, 11, 23)


@pytest.fixture
def gapped(store):
    """A journal with a target role and two skills below it; returns their ids by title."""
    with store.write() as session:
        skills.plant_model(session, now=NOW)
        role = next(role for role in skills.roles(session) if role.title == "Senior PM")
        skills.set_target_role(session, role.id)
        ids = {skill.title: skill.id for skill in skills.board(session, on=TODAY).skills}
        for title, level in (("Data fluency", 1.0), ("Customer understanding", 5.0)):
            draft = RatingDraft(ids[title], level, TODAY)
            skills.rate(session, draft, today=TODAY, now=NOW, zone="UTC")
    return ids


def found(store):
    with store.read() as session:
        return proposals.gap_proposals(session, today=TODAY)


def test_without_a_role_there_is_no_gap(store):
    with store.write() as session:
        skills.plant_model(session, now=NOW)
    assert found(store) == ("", [])


def test_each_gap_has_steps_of_different_kinds(store, gapped):
    role, gaps = found(store)
    assert role == "Senior PM"
    (gap,) = gaps
    assert (gap.skill, gap.level, gap.under_way) == ("Data fluency", 1.0, ())
    forms = [proposal.draft.form for proposal in gap.proposals]
    assert len(set(forms)) == len(forms) >= 4
    assert all(proposal.draft.serves == (gapped["Data fluency"],) for proposal in gap.proposals)
    assert all("data fluency" in proposal.draft.title for proposal in gap.proposals)
    assert all(proposal.draft.problems() == {} for proposal in gap.proposals)


def test_ones_own_past_steps_come_first_and_open_ones_are_told(store, gapped):
    serves = (gapped["Data fluency"],)
    with store.write() as session:
        first, last = date(2025, 1, 1), date(2025, 2, 25)
        done = StepDraft("SQL evenings", "education", first=first, last=last, serves=serves)
        old = roadmap.add_step(session, done, now=NOW).id
        roadmap.finish_step(session, old, Finish(), today=TODAY, now=NOW)
        roadmap.add_step(session, StepDraft("Sit with the analysts", state="doing", serves=serves), now=NOW)
        roadmap.add_step(session, StepDraft("Find a sponsor"), now=NOW)
        rows = roadmap.steps(session, today=TODAY)
    (gap,) = found(store)[1]
    assert gap.under_way == ("Sit with the analysts",)
    first = gap.proposals[0]
    assert (first.draft.title, first.again, first.weeks) == ("SQL evenings", True, 8)
    assert [row.title for row in proposals.unserved(rows)] == ["Find a sponsor"]


def step(first, last, hours, state="planned", parts=0):
    return StepRow(1, 1, "", "practice", state, "next", first, last, None, None, None, None, 1.0, hours, (), parts)


def test_hours_are_spread_over_the_days_of_a_step():
    found = load([step(TODAY, TODAY + timedelta(days=13), 20.0)], today=TODAY, weeks=3)
    assert [hours for _, hours in found.weeks] == pytest.approx([10.0, 10.0, 0.0])
    assert found.fullest(TODAY, TODAY + timedelta(days=20))[0] == TODAY
    assert load([], today=TODAY).fullest(TODAY, TODAY + timedelta(days=90)) is None


def test_unknown_hours_are_counted_apart_and_what_is_over_or_dropped_is_left_out():
    day = timedelta(days=1)
    found = load(
        [
            step(TODAY, None, None),
            step(TODAY - 9 * day, TODAY - day, 9.0),
            step(TODAY, TODAY, 9.0, "dropped"),
            step(TODAY, TODAY, 9.0, "done"),
            step(TODAY, TODAY, 9.0, parts=2),
            step(None, None, 9.0),
        ],
        today=TODAY,
        weeks=2,
    )
    assert (found.unknown, [hours for _, hours in found.weeks]) == (1, [0.0, 0.0])


@given(st.integers(0, 120), st.integers(0, 50), st.floats(0, 500, allow_nan=False), st.integers(0, 6))
def test_all_hours_of_a_step_that_lies_ahead_are_found_again(ahead, length, hours, first_weekday):
    first = TODAY + timedelta(days=ahead)
    found = load(
        [step(first, first + timedelta(days=length), hours)], today=TODAY, first_weekday=first_weekday, weeks=30
    )
    assert sum(week for _, week in found.weeks) == pytest.approx(hours)
    assert all(day.weekday() == first_weekday for day, _ in found.weeks)


def test_what_was_never_done_of_the_checklist_comes_next(store, gapped):
    with store.write() as session:
        for text in ("Query the warehouse myself", "Kill a chart that misled"):
            skills.add_check(session, gapped["Data fluency"], text, now=NOW)
        skills.tick(session, gapped["Data fluency"], 0, done=True, now=NOW)
    (gap,) = found(store)[1]
    assert [proposal.draft.title for proposal in gap.proposals[:2]] == [
        "Kill a chart that misled",
        "Read one good book on data fluency and write down what changes on Monday",
    ]

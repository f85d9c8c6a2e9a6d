"""Skills in time and against a role."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.core import roadmap, skills
from app.core.days import Calendar
from tests.conftest import NOW

TODAY = date(2026, 11, 23)
YEAR_AGO = date(2025, 11, 23)


@pytest.fixture
def rated(store):
    """27 skills at 2 a year ago and at 3 today, towards the fourth role."""
    with store.write() as session:
        skills.plant_model(session, now=NOW)
        skills.set_target_role(session, skills.roles(session)[3].id)
        for skill in skills.board(session, on=TODAY).skills:
            for day, level in ((YEAR_AGO, 2.0), (TODAY, 3.0)):
                draft = skills.RatingDraft(skill.id, level, day)
                skills.rate(session, draft, today=TODAY, now=NOW, zone="UTC")
    return store


def board(store):
    with store.read() as session:
        return skills.board(session, on=TODAY)


def test_any_past_day_is_compared_without_asking_again(rated):
    found = board(rated)
    assert skills.first_day(found) == YEAR_AGO
    past = skills.compared(found, TODAY - timedelta(1))
    assert {skill.past.level for skill in past.skills} == {2.0}
    assert skills.compared(found, YEAR_AGO - timedelta(1)).skills[0].past.level is None
    assert skills.compared(past, None).skills[0].past is None


def test_quarters_hold_the_level_at_their_end_and_unknown_before_the_first(rated):
    quarters, values = skills.levels_by_quarter(board(rated), Calendar(), TODAY)
    assert [quarter.name for quarter in quarters] == ["Q4 2025", "Q1 2026", "Q2 2026", "Q3 2026", "Q4 2026"]
    assert values[0] == [2.0, 2.0, 2.0, 2.0, 3.0]
    assert skills.mean_level(board(rated).skills, YEAR_AGO - timedelta(1)) is None


def test_gaps_know_their_open_steps_and_steps_without_a_gap_are_told(rated):
    found = board(rated)
    first, second = (row.skill for row in skills.gap_rows(found)[:2])
    with rated.write() as session:
        for title, state, skill in (("Read", "planned", first), ("Old", "done", second)):
            draft = roadmap.StepDraft(title, state=state, serves=(skill.id,))
            roadmap.add_step(session, draft, now=NOW)
    rows = {row.skill.id: row.skill.steps for row in skills.gap_rows(board(rated))}
    assert (rows[first.id], rows[second.id]) == (("Read",), ())
    with rated.write() as session:
        role, rev = skills.role_draft(session, found.role.id)
        asked = replace(role, levels={**role.levels, first.id: 1.0})
        skills.keep_role(session, asked, role_id=found.role.id, rev=rev, now=NOW)
    assert skills.idle_steps(board(rated)) == ["Read"]


def test_the_day_of_the_target_is_kept_and_taken_back(rated):
    with rated.write() as session:
        skills.set_target_day(session, date(2027, 6, 30))
    assert board(rated).target_day == date(2027, 6, 30)
    with rated.write() as session:
        skills.set_target_day(session, None)
    assert board(rated).target_day is None

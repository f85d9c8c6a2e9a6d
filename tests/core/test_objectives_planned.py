"""An objective and its key results kept as one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core import objectives
from app.core.errors import FieldError
from app.core.model import KeyResult
from app.core.objectives import KeyResultDraft, ObjectiveDraft, Plan, PlannedKeyResult
from app.core.refusals import ChangedMeanwhile
from tests.conftest import NOW
from tests.core.test_objectives import ACTIVATION, Q4, TODAY

TEAMS = KeyResultDraft("Teams", "increase", 900.0, 1500.0)
SPEED = KeyResultDraft("Setup time", "decrease", 11.0, 5.0, "min", "duration")


def keep(store, kept):
    with store.write() as session:
        return objectives.keep_plan(session, kept, today=TODAY, now=NOW).id


def read(store, objective_id):
    with store.read() as session:
        return objectives.plan(session, objective_id)


@pytest.fixture
def made(store):
    drafts = ACTIVATION, TEAMS, SPEED
    return keep(store, Plan(ObjectiveDraft("Grow", period=Q4), tuple(map(PlannedKeyResult, drafts))))


def test_a_new_plan_is_read_back_whole(store, made):
    plan = read(store, made)
    assert plan.draft == ObjectiveDraft("Grow", period=Q4)
    assert [result.draft for result in plan.key_results] == [ACTIVATION, TEAMS, SPEED]


def test_a_plan_changed_in_every_way_is_kept_in_one_action(store, made):
    plan = read(store, made)
    activation, _, speed = plan.key_results
    heard: list[object] = []
    store.listen(heard.append)
    faster = replace(speed, draft=replace(SPEED, target=4.0))
    fresh = PlannedKeyResult(KeyResultDraft("SOC 2", "milestone"))
    keep(
        store, replace(plan, draft=replace(plan.draft, title="Grow more"), key_results=(faster, fresh, activation))
    )
    assert len(heard) == 1
    again = read(store, made)
    assert again.draft.title == "Grow more"
    assert [result.draft.title for result in again.key_results] == ["Setup time", "SOC 2", "Week-1 activation"]
    with store.read() as session:
        gone = session.query(KeyResult).filter(KeyResult.deleted_at.is_not(None)).one()
    assert gone.title == "Teams"


def test_an_unchanged_plan_writes_nothing(store, made):
    plan = read(store, made)
    heard: list[object] = []
    store.listen(heard.append)
    keep(store, plan)
    assert heard == []
    assert read(store, made) == plan


def test_one_unsound_key_result_keeps_all_as_it_was(store, made):
    plan = read(store, made)
    broken = replace(plan.key_results[0], draft=replace(ACTIVATION, target=32.0))
    changed = replace(plan, draft=replace(plan.draft, title="New"), key_results=(broken,))
    with pytest.raises(FieldError):
        keep(store, changed)
    assert read(store, made) == plan


def test_a_key_result_changed_elsewhere_refuses_the_plan(store, made):
    plan = read(store, made)
    later = replace(plan.key_results[0], draft=replace(ACTIVATION, target=60.0))
    keep(store, replace(plan, key_results=(later, *plan.key_results[1:])))
    late = replace(plan.key_results[0], draft=replace(ACTIVATION, target=70.0))
    with pytest.raises(ChangedMeanwhile):
        keep(store, replace(plan, key_results=(late, *plan.key_results[1:])))
    assert read(store, made).key_results[0].draft.target == 60.0

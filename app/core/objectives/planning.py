"""An objective together with its key results: read and kept as one, the way its form shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.core.model import Objective
from app.core.objectives.drafts import KeyResultDraft, ObjectiveDraft
from app.core.objectives.key_results import (
    add_key_result,
    draft_of,
    edit_key_result,
    order_key_results,
    trash_key_result,
)
from app.core.objectives.objective import add_objective, edit_objective, living_objective, objective_draft


@dataclass(frozen=True, slots=True)
class PlannedKeyResult:
    """A key result in an objective's form; a new one has no id and no rev."""

    draft: KeyResultDraft
    id: int | None = None
    rev: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """An objective as its form holds it; a new one has no id and no rev."""

    draft: ObjectiveDraft
    key_results: tuple[PlannedKeyResult, ...] = ()
    id: int | None = None
    rev: int = 0


def plan(session: Session, objective_id: int) -> Plan:
    """The objective with its living key results, in their order.

    Raises:
        UserError: it is gone or in the Trash.
    """
    draft, rev = objective_draft(session, objective_id)
    held = living_objective(session, objective_id).key_results
    results = tuple(
        PlannedKeyResult(draft_of(result), result.id, result.rev) for result in held if result.deleted_at is None
    )
    return Plan(draft, results, objective_id, rev)


def keep_plan(session: Session, kept: Plan, *, today: date, now: datetime) -> Objective:
    """Add or change an objective with all its key results as one action; those left out go to the Trash.

    What did not change is not written, so that its `rev` stays.

    Raises:
        FieldError: a draft is not sound. UserError: the objective is closed or gone. ChangedMeanwhile: it, or one
            of its key results, was changed elsewhere.
    """
    if kept.id is None:
        objective = add_objective(session, kept.draft, now=now)
        before: Sequence[PlannedKeyResult] = ()
    else:
        held = plan(session, kept.id)
        before = held.key_results
        if kept.draft != held.draft or kept.rev != held.rev:
            objective = edit_objective(session, kept.id, kept.draft, rev=kept.rev, now=now)
        else:
            objective = living_objective(session, kept.id)
    stay = {result.id for result in kept.key_results}
    for result in before:
        if result.id is not None and result.id not in stay:
            trash_key_result(session, result.id, now=now)
    drafts_before = {result.id: result for result in before}
    order = [
        _keep(session, objective.id, result, drafts_before.get(result.id), today=today, now=now)
        for result in kept.key_results
    ]
    if order != [result.id for result in before if result.id in stay]:
        order_key_results(session, objective.id, order)
    return objective


def _keep(
    session: Session,
    objective_id: int,
    kept: PlannedKeyResult,
    before: PlannedKeyResult | None,
    *,
    today: date,
    now: datetime,
) -> int:
    if kept.id is None:
        return add_key_result(session, objective_id, kept.draft, now=now).id
    if before is None or before != kept:
        edit_key_result(session, kept.id, kept.draft, rev=kept.rev, today=today, now=now)
    return kept.id

"""Carrying an objective forward: a new one begins where the old one ended; the old one stays closed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import items
from app.core.errors import FieldError, UserError
from app.core.model import KeyResult, Link, Objective
from app.core.objectives.drafts import KeyResultDraft, ObjectiveDraft, PeriodDraft
from app.core.objectives.key_results import add_key_result, draft_of
from app.core.objectives.objective import CLOSED_STATES, add_objective, living_objective, period_draft
from app.core.objectives.readings import Newest, newest


@dataclass(frozen=True, slots=True)
class CarriedRow:
    """A key result of an objective that may be carried forward.

    Attributes:
        draft: How it would begin again; None when it is reached, so that nothing is left to carry.
    """

    key_result_id: int
    title: str
    draft: KeyResultDraft | None


@dataclass(frozen=True, slots=True)
class LineageRow:
    """An objective in a line of objectives carried forward."""

    id: int
    title: str
    period: PeriodDraft | None
    state: str
    grade: float | None


# ---------------------------------------------------------------- queries


def carried_rows(session: Session, objective_id: int) -> list[CarriedRow]:
    """The key results of an objective as a new objective would take them over."""
    objective = living_objective(session, objective_id)
    said = newest(session, [objective_id])
    return [
        CarriedRow(result.id, result.title, _begun_again(result, said.get(result.id, Newest())))
        for result in objective.key_results
        if result.deleted_at is None
    ]


def lineage(session: Session, objective_id: int) -> list[LineageRow]:
    """The objectives that this one was carried from and to, oldest first, itself among them."""
    query = (
        select(Objective.id, Objective.carried_from_id)
        .where(Objective.deleted_at.is_(None))
        .order_by(Objective.id)
    )
    came_from = {row.id: row.carried_from_id for row in session.execute(query)}
    went_to = {old: new for new, old in came_from.items() if old is not None}
    line = [objective_id]
    while (old := came_from.get(line[0])) is not None and old in came_from and old not in line:
        line.insert(0, old)
    while (new := went_to.get(line[-1])) is not None and new not in line:
        line.append(new)
    found = {row.id: row for row in session.scalars(select(Objective).where(Objective.id.in_(line)))}
    return [
        LineageRow(row.id, row.title, period_draft(row.period), row.state, row.grade)
        for row in (found[item_id] for item_id in line if item_id in found)
    ]


# ---------------------------------------------------------------- commands


def carry_forward(
    session: Session,
    objective_id: int,
    period: PeriodDraft | None,
    *,
    leave_out: Collection[int] = (),
    now: datetime,
) -> Objective:
    """A new objective in `period` with the title, why, links and unreached key results of a closed one.

    Each key result begins where it last stood; check-ins are never copied. Those in `leave_out` stay behind.

    Raises:
        UserError: the objective is still open, was carried forward before, or is gone.
        FieldError: the period is the one that it stood in.
    """
    old = living_objective(session, objective_id)
    if old.state not in CLOSED_STATES:
        raise UserError("Close the objective first; then carry forward what is left of it.")
    if period is not None and period == period_draft(old.period):
        raise FieldError("period", "Choose another period than the one that has just been closed.")
    taken = select(Objective.id).where(Objective.carried_from_id == objective_id, Objective.deleted_at.is_(None))
    if session.scalar(taken) is not None:
        raise UserError("This objective was carried forward already.")
    draft = replace(_drafted(session, old), period=period)
    new = add_objective(session, draft, now=now)
    new.carried_from_id = objective_id
    copies = {objective_id: new.id}
    for row in carried_rows(session, objective_id):
        if row.draft and row.key_result_id not in leave_out:
            copies[row.key_result_id] = add_key_result(session, new.id, row.draft, now=now).id
    _copy_links(session, copies, now=now)
    session.flush()
    return new


def duplicate_objective(session: Session, objective_id: int, *, now: datetime) -> Objective:
    """A draft beside an objective, with its words, links and key results as they were planned; no check-ins."""
    old = living_objective(session, objective_id)
    draft = replace(_drafted(session, old), state="draft", period=period_draft(old.period))
    new = add_objective(session, draft, now=now)
    copies = {objective_id: new.id}
    for result in old.key_results:
        if result.deleted_at is None:
            copies[result.id] = add_key_result(session, new.id, draft_of(result), now=now).id
    _copy_links(session, copies, now=now)
    return new


def _drafted(session: Session, old: Objective) -> ObjectiveDraft:
    """The words of an objective for another one, in the backlog."""
    return ObjectiveDraft(
        title=old.title,
        why=old.text,
        area=old.area,
        commitment=old.commitment,
        parent_id=_living_parent(session, old),
        weight=old.weight,
    )


def _begun_again(result: KeyResult, said: Newest) -> KeyResultDraft | None:
    measure, value, target = result.measure, said.value, result.target
    baseline = result.baseline if value is None or measure in ("milestone", "checklist") else value
    if value is not None and target is not None:
        is_reached = {"increase": value >= target, "decrease": value <= target, "checklist": value >= target}
        if is_reached.get(measure, False):
            return None
        target = target - value if measure == "checklist" else target
    if measure == "milestone" and value == 1.0:
        return None
    return replace(draft_of(result), baseline=baseline, target=target, due=None)


def _living_parent(session: Session, old: Objective) -> int | None:
    parent = session.get(Objective, old.parent_id) if old.parent_id is not None else None
    return None if parent is None or parent.deleted_at is not None else parent.id


def _copy_links(session: Session, copies: dict[int, int], *, now: datetime) -> None:
    """Links of the old items stand at the new ones too; links among the old become links among the new."""
    old: Sequence[int] = list(copies)
    query = select(Link.source_id, Link.target_id, Link.role).where(
        Link.source_id.in_(old) | Link.target_id.in_(old), Link.inline.is_(False)
    )
    for source_id, target_id, role in session.execute(query).all():
        ends = copies.get(source_id, source_id), copies.get(target_id, target_id)
        if ends[0] != ends[1]:
            items.link(session, *ends, role, now=now)

"""Objectives: setting them, changing them, moving them between periods, closing them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import items
from app.core.errors import FieldError, UserError
from app.core.model import KeyResult, Objective, Pause, Period
from app.core.objectives.drafts import ObjectiveDraft, PeriodDraft, one_line, refuse
from app.core.objectives.periods import period_for
from app.core.words import normal_text

CLOSED_STATES: Final = ("closed", "dropped")
STATUSES: Final = ("on_track", "at_risk", "behind")


# ---------------------------------------------------------------- queries


def objective_draft(session: Session, objective_id: int) -> tuple[ObjectiveDraft, int]:
    """The objective as its form holds it, and the `rev` to hand back with the change.

    Raises:
        UserError: it is gone or in the Trash.
    """
    found = living_objective(session, objective_id)
    draft = ObjectiveDraft(
        title=found.title,
        why=found.text,
        area=found.area,
        period=period_draft(found.period),
        commitment=found.commitment,
        state=found.state,
        parent_id=found.parent_id,
        weight=found.weight,
    )
    return draft, found.rev


def possible_parents(session: Session, objective_id: int | None = None) -> list[tuple[int, str]]:
    """(id, title) of every open objective that `objective_id` may serve: not itself, nor one that serves it."""
    query = (
        select(Objective.id, Objective.title, Objective.parent_id)
        .where(Objective.deleted_at.is_(None), Objective.state.not_in(CLOSED_STATES))
        .order_by(Objective.title, Objective.id)
    )
    rows = session.execute(query).all()
    parent_of = {row.id: row.parent_id for row in rows}
    return [(row.id, row.title) for row in rows if objective_id not in _line_above(row.id, parent_of)]


def areas(session: Session) -> list[str]:
    """The areas that living objectives name, in alphabetical order."""
    query = select(Objective.area).where(Objective.deleted_at.is_(None), Objective.area != "").distinct()
    return sorted(session.scalars(query), key=str.casefold)


def living_objective(session: Session, objective_id: int, *, rev: int | None = None) -> Objective:
    """The mapped objective, ready to be changed by somebody who last saw `rev`.

    Raises:
        UserError: it is gone, in the Trash or no objective. ChangedMeanwhile: it is no longer at `rev`.
    """
    found = items.living(session, objective_id, rev=rev)
    if not isinstance(found, Objective):
        raise UserError("This is not an objective.")
    return found


def open_objective(session: Session, objective_id: int, *, rev: int | None = None) -> Objective:
    """`living_objective`, refused when it is closed: what was graded stays as it was graded."""
    found = living_objective(session, objective_id, rev=rev)
    if found.state in CLOSED_STATES:
        raise UserError("This objective is closed. Reopen it to change it.")
    return found


def period_draft(period: Period | None) -> PeriodDraft | None:
    """`period` as a form holds it."""
    return None if period is None else PeriodDraft(period.span, period.first, period.last, period.title)


# ---------------------------------------------------------------- commands


def add_objective(session: Session, draft: ObjectiveDraft, *, now: datetime) -> Objective:
    """A new objective in its period or the backlog.

    Raises:
        FieldError: the draft is not sound.
    """
    new = Objective()
    _take(session, new, draft, now=now)
    return items.add_item(session, new, now=now)


def edit_objective(
    session: Session, objective_id: int, draft: ObjectiveDraft, *, rev: int, now: datetime
) -> Objective:
    """Change an open objective last seen at `rev`; what its why said before is kept as a version.

    Raises:
        FieldError: the draft is not sound. UserError: it is closed or gone. ChangedMeanwhile: see `Store.write`.
    """
    found = open_objective(session, objective_id, rev=rev)
    if (why := normal_text(draft.why)) != found.text:
        items.keep_version(session, found, now=now, new_text=why)
    _take(session, found, draft, now=now)
    found.changed_at = now
    session.flush()
    return found


def move_to_period(session: Session, objective_id: int, period: PeriodDraft | None, *, now: datetime) -> None:
    """Put an open objective into `period`, or with None into the backlog."""
    found = open_objective(session, objective_id)
    found.period = None if period is None else period_for(session, period, now=now)
    found.changed_at = now
    session.flush()


def set_status(
    session: Session, objective_id: int, status: str | None, *, reason: str = "", today: date, now: datetime
) -> None:
    """Say how an open objective stands, against what its pace suggests; None goes back to the suggestion.

    Raises:
        FieldError: no such status, or no reason given: without one, nobody can learn from it later.
    """
    found = open_objective(session, objective_id)
    reason = normal_text(reason).strip()
    if status is not None and status not in STATUSES:
        raise FieldError("status", "Choose on track, at risk or behind.")
    if status is not None and not reason:
        raise FieldError("reason", "Say why, in a few words.")
    found.status, found.status_reason = status, reason if status else ""
    found.status_on, found.changed_at = (today if status else None), now
    session.flush()


def trash_objective(session: Session, objective_id: int, *, now: datetime) -> list[int]:
    """Move an objective and its key results to the Trash; its check-ins stay in the journal, for they are text.

    Returns:
        What went, to hand to `items.restore`.
    """
    living_objective(session, objective_id)
    parts = select(KeyResult.id).where(KeyResult.objective_id == objective_id, KeyResult.deleted_at.is_(None))
    gone = [objective_id, *session.scalars(parts)]
    items.trash(session, gone, now=now)
    return gone


def reopen_objective(session: Session, objective_id: int, *, now: datetime) -> None:
    """Take a close or a drop back; the grade goes. It rests on if it rested before."""
    found = living_objective(session, objective_id)
    if found.state not in CLOSED_STATES:
        return
    resting = session.scalar(select(Pause.id).where(Pause.objective_id == objective_id, Pause.last.is_(None)))
    found.state = "active" if resting is None else "paused"
    found.grade, found.grade_reason, found.closed_on = None, "", None
    found.changed_at = now
    session.flush()


def _take(session: Session, objective: Objective, draft: ObjectiveDraft, *, now: datetime) -> None:
    refuse(draft.problems())
    if "paused" in (draft.state, objective.state) and draft.state != objective.state:
        raise FieldError("state", "Pausing and resuming are actions of their own, for they need a day.")
    _refuse_cycle(session, objective.id, draft.parent_id)
    objective.title, objective.area = one_line(draft.title), one_line(draft.area)
    objective.text = normal_text(draft.why)
    objective.period = None if draft.period is None else period_for(session, draft.period, now=now)
    objective.commitment, objective.state = draft.commitment, draft.state
    objective.parent_id, objective.weight = draft.parent_id, draft.weight


def _refuse_cycle(session: Session, objective_id: int | None, parent_id: int | None) -> None:
    if parent_id is None:
        return
    rows = session.execute(select(Objective.id, Objective.parent_id).where(Objective.deleted_at.is_(None)))
    parent_of = {row.id: row.parent_id for row in rows}
    if parent_id not in parent_of:
        raise FieldError("parent_id", "That objective is no longer in the journal. Choose another.")
    if objective_id is not None and objective_id in _line_above(parent_id, parent_of):
        raise FieldError("parent_id", "That objective serves this one already. Choose another.")


def _line_above(objective_id: int, parent_of: dict[int, int | None]) -> Sequence[int]:
    """`objective_id`, its parent, its parent's parent …; each once, even in a file with a cycle."""
    line: list[int] = []
    above: int | None = objective_id
    while above is not None and above not in line:
        line.append(above)
        above = parent_of.get(above)
    return line

"""Pauses: days that do not count against an objective's pace."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.core.errors import FieldError, UserError
from app.core.model import Pause
from app.core.objectives.drafts import PauseDraft, refuse
from app.core.objectives.objective import open_objective
from app.core.words import normal_text

_PAUSES: Final = """
    SELECT objective_id, id, first, last, reason FROM pause
    WHERE objective_id IN (SELECT value FROM json_each(?)) ORDER BY first, id
"""


@dataclass(frozen=True, slots=True)
class PauseRow:
    """Days on which an objective rests, both included; `last` is None while it rests still."""

    id: int
    first: date
    last: date | None
    reason: str


def pauses(session: Session, objective_ids: Sequence[int]) -> dict[int, list[PauseRow]]:
    """Objective → its pauses, earliest first; objectives without one are absent. One statement."""
    found: dict[int, list[PauseRow]] = defaultdict(list)
    for row in session.connection().exec_driver_sql(_PAUSES, (json.dumps(list(objective_ids)),)):
        last = date.fromisoformat(row[3]) if row[3] else None
        found[row[0]].append(PauseRow(row[1], date.fromisoformat(row[2]), last, row[4]))
    return dict(found)


# ---------------------------------------------------------------- commands


def pause_objective(session: Session, objective_id: int, draft: PauseDraft, *, now: datetime) -> Pause:
    """Let an open objective rest: for the days named, or without a last day until `resume_objective`.

    Raises:
        FieldError: the draft is not sound, or those days rest already.
    """
    objective = open_objective(session, objective_id)
    refuse(draft.problems())
    overlaps = [Pause.objective_id == objective_id, or_(Pause.last.is_(None), Pause.last >= draft.first)]
    if draft.last:
        overlaps.append(Pause.first <= draft.last)
    if session.scalar(select(Pause.id).where(*overlaps).limit(1)):
        raise FieldError("first", "The objective rests on some of these days already.")
    new = Pause(
        objective_id=objective_id, first=draft.first, last=draft.last, reason=normal_text(draft.reason).strip()
    )
    session.add(new)
    if draft.last is None:
        objective.state, objective.changed_at = "paused", now
    session.flush()
    return new


def resume_objective(session: Session, objective_id: int, *, today: date, now: datetime) -> None:
    """End a resting objective's pause with yesterday; a pause that began today or later never was.

    Raises:
        UserError: it does not rest.
    """
    objective = open_objective(session, objective_id)
    if objective.state != "paused":
        raise UserError("This objective is not paused.")
    running = select(Pause).where(Pause.objective_id == objective_id, Pause.last.is_(None))
    for pause in session.scalars(running):
        if pause.first >= today:
            session.delete(pause)
        else:
            pause.last = today - timedelta(days=1)
    objective.state, objective.changed_at = "active", now
    session.flush()


def forget_pause(session: Session, pause_id: int, *, now: datetime) -> None:
    """Take a pause back; the days count again."""
    pause = session.get(Pause, pause_id)
    if pause is None:
        return
    objective = open_objective(session, pause.objective_id)
    session.delete(pause)
    if pause.last is None and objective.state == "paused":
        objective.state = "active"
    objective.changed_at = now
    session.flush()

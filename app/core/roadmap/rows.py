"""Steps as the board, the timeline and Today show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy.engine import Row
from sqlalchemy.orm import Session

from app.core.roadmap.drafts import OPEN

SERVED: Final = ("key_result", "skill", "objective")

PROOF_AFTER: Final = timedelta(days=30)
"""So long after the end of a step it is worth asking what proves it."""

FOCUS: Final = 3
"""More steps than this at once are none in focus."""

# Past the unit of work: Today reads them at every start, where compiling them would take longest.
_STEPS: Final = """
    SELECT step.id, item.rev, item.title, step.form, step.state, step.horizon, step.first, step.last,
           step.planned_first, step.planned_last, step.apply_by, step.parent_id, step.position,
           step.hours_planned, step.proof, step.done_on, step.repeats
    FROM step CROSS JOIN item ON item.id = step.id WHERE item.deleted_at IS NULL {which}
    ORDER BY step.position, step.first IS NULL, step.first, step.id
"""
_SERVED: Final = """
    SELECT link.source_id, item.title
    FROM step CROSS JOIN link ON link.source_id = step.id CROSS JOIN item ON item.id = link.target_id
    WHERE link.role = 'serves' AND item.deleted_at IS NULL AND item.kind IN ('{kinds}') ORDER BY link.id
"""
_WAITING: Final = """
    SELECT step_order.step_id, item.title
    FROM step_order JOIN step ON step.id = step_order.before_id JOIN item ON item.id = step.id
    WHERE item.deleted_at IS NULL AND step.state NOT IN ('done', 'dropped') ORDER BY step_order.id
"""


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step as the board and the timeline show it.

    Attributes:
        planned_first, planned_last: The days of the first plan where they differ from today's.
        serves: Titles of what it serves. parts, parts_done: its sub-steps.
        asks_proof: Whether it is done so long that one may ask what proves it.
        waits_for: Titles of steps that come before it and are not done.
    """

    id: int
    rev: int
    title: str
    form: str
    state: str
    horizon: str
    first: date | None
    last: date | None
    planned_first: date | None
    planned_last: date | None
    apply_by: date | None
    parent_id: int | None
    position: float
    hours_planned: float | None
    serves: tuple[str, ...] = ()
    parts: int = 0
    parts_done: int = 0
    asks_proof: bool = False
    waits_for: tuple[str, ...] = ()
    repeats: str = ""


def steps(session: Session, *, today: date, with_closed: bool = True) -> list[StepRow]:
    """Every living step, in the order of the board: by place, then by the day it begins."""
    which = "" if with_closed else "AND step.state IN ('" + "', '".join(OPEN) + "')"
    found = session.connection().exec_driver_sql(_STEPS.format(which=which)).all()
    if not found:
        return []
    served = _served(session)
    waiting: dict[int, list[str]] = {}
    for source, title in session.connection().exec_driver_sql(_WAITING):
        waiting.setdefault(source, []).append(title)
    parts: dict[int, list[str]] = {}
    for row in found:
        if row.parent_id is not None:
            parts.setdefault(row.parent_id, []).append(row.state)
    return [
        _row(row, served.get(row.id, ()), parts.get(row.id, []), today, waiting.get(row.id, ())) for row in found
    ]


def in_focus(session: Session, *, today: date) -> list[StepRow]:
    """The steps that are under way, at most `FOCUS`, those that end first."""
    doing = [row for row in steps(session, today=today, with_closed=False) if row.state == "doing"]
    return sorted(doing, key=lambda row: (row.last is None, row.last or date.max, row.position))[:FOCUS]


def proofs_due(session: Session, *, today: date) -> list[StepRow]:
    """Finished steps of which one may ask what proves them, the oldest first."""
    found = [row for row in steps(session, today=today) if row.asks_proof]
    return sorted(found, key=lambda row: row.last or date.min)


def _served(session: Session) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    kinds = "', '".join(SERVED)
    for source, title in session.connection().exec_driver_sql(_SERVED.format(kinds=kinds)):
        found.setdefault(source, []).append(title)
    return {source: tuple(titles) for source, titles in found.items()}


def _row(
    step: Row[Any], serves: Sequence[str], parts: Sequence[str], today: date, waits_for: Sequence[str]
) -> StepRow:
    moved = (step.planned_first, step.planned_last) != (step.first, step.last)
    done_on = _day(step.done_on)
    return StepRow(
        id=step.id,
        rev=step.rev,
        title=step.title,
        form=step.form,
        state=step.state,
        horizon=step.horizon,
        first=_day(step.first),
        last=_day(step.last),
        planned_first=_day(step.planned_first) if moved else None,
        planned_last=_day(step.planned_last) if moved else None,
        apply_by=_day(step.apply_by),
        parent_id=step.parent_id,
        position=step.position,
        hours_planned=step.hours_planned,
        serves=tuple(serves),
        parts=len(parts),
        parts_done=sum(state == "done" for state in parts),
        waits_for=tuple(waits_for),
        repeats=step.repeats,
        asks_proof=step.state == "done"
        and not step.proof
        and done_on is not None
        and today - done_on >= PROOF_AFTER,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

"""Closing an objective: a grade, a look back, and what the grades were before."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from app.core import items, journal, measure
from app.core.model import Review
from app.core.objectives.drafts import ClosingDraft, refuse
from app.core.objectives.objective import open_objective
from app.core.objectives.periods import PeriodRow
from app.core.objectives.standing import ObjectiveRow
from app.core.words import normal_text

_HEADINGS: Final = (
    ("why", "Why did it end so?"),
    ("helped", "What helped?"),
    ("hindered", "What hindered?"),
    ("ahead", "What next?"),
)
_GRADES: Final = """
    SELECT period.id, period.span, period.first, period.last, its_period.title, objective.grade,
           objective.commitment
    FROM objective
    JOIN item ON item.id = objective.id
    JOIN period ON period.id = objective.period_id
    JOIN item AS its_period ON its_period.id = period.id
    WHERE objective.grade IS NOT NULL AND item.deleted_at IS NULL
    ORDER BY period.last, period.first, period.id, objective.id
"""


@dataclass(frozen=True, slots=True)
class GradeRow:
    """The grades of one period.

    Attributes:
        grades: Of each objective that was closed. succeeded: how many reached their own success line.
    """

    period: PeriodRow
    grades: tuple[float, ...]
    succeeded: int

    @property
    def mean(self) -> float:
        """Their mean; it says little where `grades` are few."""
        return sum(self.grades) / len(self.grades)


# ---------------------------------------------------------------- queries


def suggested_closing(row: ObjectiveRow) -> ClosingDraft:
    """The close that the progress of an objective suggests; 0.0 where nothing was read."""
    suggested = measure.suggested_grade(row.progress)
    return ClosingDraft(suggested or 0.0, suggested)


def grade_history(session: Session) -> list[GradeRow]:
    """The grades of closed objectives by period, earliest first; dropped ones have none. One statement."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in session.connection().exec_driver_sql(_GRADES):
        found[row[0]].append(row)
    return [
        GradeRow(
            PeriodRow(
                rows[0][0], rows[0][1], date.fromisoformat(rows[0][2]), date.fromisoformat(rows[0][3]), rows[0][4]
            ),
            tuple(row[5] for row in rows),
            sum(measure.has_succeeded(row[5], row[6]) for row in rows),
        )
        for rows in found.values()
    ]


# ---------------------------------------------------------------- commands


def close_objective(
    session: Session, objective_id: int, draft: ClosingDraft, *, today: date, now: datetime, zone: str
) -> Review | None:
    """Close an open objective with a grade; from now on it takes no check-ins.

    Returns:
        The look back as an entry of `today`, linked with the objective; None where nothing was said.

    Raises:
        FieldError: the draft is not sound. UserError: the objective is closed or gone.
    """
    found = open_objective(session, objective_id)
    refuse(draft.problems())
    found.state, found.grade, found.grade_reason = "closed", round(draft.grade, 2), draft.reason.strip()
    found.closed_on, found.changed_at = today, now
    session.flush()
    text = _look_back(found.title, found.commitment, draft)
    if not text:
        return None
    review = Review(
        cadence="objective",
        about_id=objective_id,
        first=found.period.first if found.period else None,
        last=found.period.last if found.period else None,
        day=today,
        at=now,
        zone=zone,
    )
    journal.file_entry(session, review, text=text, now=now)
    items.link(session, review.id, objective_id, "serves", now=now)
    return review


def drop_objective(session: Session, objective_id: int, *, reason: str = "", today: date, now: datetime) -> None:
    """Stop pursuing an open objective; it gets no grade, for nobody tried to the end."""
    found = open_objective(session, objective_id)
    found.state, found.grade, found.grade_reason = "dropped", None, normal_text(reason).strip()
    found.closed_on, found.changed_at = today, now
    session.flush()


def _look_back(title: str, commitment: str, draft: ClosingDraft) -> str:
    """The retrospective as Markdown; "" where nothing was said."""
    parts = [
        f"## {heading}\n\n{said}"
        for name, heading in _HEADINGS
        if (said := normal_text(getattr(draft, name)).strip())
    ]
    if not parts:
        return ""
    suggested = "" if draft.suggested is None else f", {draft.suggested:.1f} suggested by the progress"
    because = f" {draft.reason.strip()}" if draft.reason.strip() else ""
    head = f"# Looking back: {title}\n\nClosed with {draft.grade:.1f} ({commitment}{suggested}).{because}"
    return "\n\n".join([head, *parts])

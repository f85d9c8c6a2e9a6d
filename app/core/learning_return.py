"""What finished steps brought: hours and money against what changed and what later proved it, by kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

_FINISHED: Final = """
    SELECT step.id, item.title, step.form, step.done_on, step.learned, step.differently, step.proof,
           coalesce(step.hours_spent, step.hours_planned), coalesce(step.cost_spent, step.cost_planned),
           step.currency
    FROM step CROSS JOIN item ON item.id = step.id
    WHERE item.deleted_at IS NULL AND step.state = 'done' ORDER BY step.done_on DESC, step.id DESC
"""
NOTHING: Final = "-"
"""What the user answers when nothing proves a step."""


@dataclass(frozen=True, slots=True)
class FinishedRow:
    """A finished step.

    Attributes:
        hours, cost: As spent, else as planned; None where neither was said.
    """

    id: int
    title: str
    form: str
    done_on: date | None
    learned: str
    differently: str
    proof: str
    hours: float | None
    cost: float | None
    currency: str

    @property
    def is_proven(self) -> bool:
        """Whether something was said to prove it."""
        return bool(self.proof) and self.proof != NOTHING


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """All finished steps of one kind.

    Attributes:
        changed: Of how many it was said what is done differently. proven: how many are proven.
        asked: How many were asked for a proof at all, with whatever answer.
        hours: Of those that say hours. costs: (currency, sum), the largest first.
    """

    form: str
    count: int
    changed: int
    proven: int
    asked: int
    hours: float
    costs: tuple[tuple[str, float], ...]


def finished_steps(session: Session) -> list[FinishedRow]:
    """Every living step that is done, the newest first."""
    return [
        FinishedRow(row[0], row[1], row[2], date.fromisoformat(row[3]) if row[3] else None, *row[4:])
        for row in session.connection().exec_driver_sql(_FINISHED)
    ]


def returns(rows: list[FinishedRow]) -> list[ReturnRow]:
    """`rows` by kind, those with most proven changes for an hour first; money of different currencies apart."""
    by_form: dict[str, list[FinishedRow]] = {}
    for row in rows:
        by_form.setdefault(row.form, []).append(row)
    made = []
    for form, of_form in by_form.items():
        costs: dict[str, float] = {}
        for row in of_form:
            if row.cost:
                costs[row.currency] = costs.get(row.currency, 0.0) + row.cost
        made.append(
            ReturnRow(
                form=form,
                count=len(of_form),
                changed=sum(bool(row.differently) for row in of_form),
                proven=sum(row.is_proven for row in of_form),
                asked=sum(bool(row.proof) for row in of_form),
                hours=sum(row.hours or 0.0 for row in of_form),
                costs=tuple(sorted(costs.items(), key=lambda pair: (-pair[1], pair[0]))),
            )
        )
    return sorted(made, key=lambda row: (-row.proven / max(row.hours, 1.0), -row.changed, row.form))

"""One objective with all that its page shows. A fixed number of statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from app.core.measure import Reading
from app.core.objectives.check_ins import CheckInRow
from app.core.objectives.standing import KeyResultRow, ObjectiveRow, objective_rows

_HEAD: Final = """
    SELECT item.text, item.created_at, parent.id, parent.title, objective.grade_reason, objective.status_on,
           older.id,
           (SELECT next.id FROM objective AS next CROSS JOIN item AS newer ON newer.id = next.id
            WHERE next.carried_from_id = objective.id AND newer.deleted_at IS NULL LIMIT 1)
    FROM objective
    JOIN item ON item.id = objective.id
    LEFT JOIN item AS parent ON parent.id = objective.parent_id AND parent.deleted_at IS NULL
    LEFT JOIN item AS older ON older.id = objective.carried_from_id AND older.deleted_at IS NULL
    WHERE objective.id = ?
"""
_CHECK_INS: Final = """
    SELECT check_in.id, check_in.key_result_id, entry.day, check_in.value, check_in.confidence, item.text
    FROM key_result
    CROSS JOIN check_in ON check_in.key_result_id = key_result.id
    JOIN item ON item.id = check_in.id
    JOIN entry ON entry.id = check_in.id
    JOIN item AS its_result ON its_result.id = key_result.id
    WHERE key_result.objective_id = ? AND item.deleted_at IS NULL AND its_result.deleted_at IS NULL
    ORDER BY check_in.at_moment
"""
_GOALPOSTS: Final = """
    SELECT goalpost.key_result_id, goalpost.until, goalpost.measure, goalpost.baseline, goalpost.target,
           goalpost.due
    FROM goalpost JOIN key_result ON key_result.id = goalpost.key_result_id
    WHERE key_result.objective_id = ? ORDER BY goalpost.until, goalpost.id
"""
_EVIDENCE: Final = """
    WITH own (id) AS (
        SELECT ?1 UNION ALL SELECT id FROM key_result WHERE objective_id = ?1
    ), near (id, role) AS (
        SELECT source_id, role FROM link WHERE target_id IN (SELECT id FROM own)
        UNION SELECT target_id, role FROM link WHERE source_id IN (SELECT id FROM own)
    )
    SELECT item.id, item.kind, entry.day, item.title, substr(item.text, 1, 160), min(near.role)
    FROM near JOIN item ON item.id = near.id LEFT JOIN entry ON entry.id = item.id
    WHERE item.deleted_at IS NULL AND item.id NOT IN (SELECT id FROM own)
    GROUP BY item.id ORDER BY entry.day IS NULL, item.moment DESC LIMIT 200
"""


@dataclass(frozen=True, slots=True)
class GoalpostRow:
    """How a key result was measured up to and with the day `until`."""

    key_result_id: int
    until: date
    measure: str
    baseline: float | None
    target: float | None
    due: date | None


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """An item that is linked with an objective or one of its key results; `day` is None for undated ones."""

    id: int
    kind: str
    day: date | None
    title: str
    excerpt: str
    role: str


@dataclass(frozen=True, slots=True)
class ObjectiveDetail:
    """An objective as its page shows it.

    Attributes:
        parent: (id, title) of the objective that it serves.
        check_ins: On all its key results, oldest first. goalposts: Oldest first.
        evidence: Newest first, undated items last.
        carried_from, carried_to: The objectives before and after it in its lineage.
    """

    row: ObjectiveRow
    why: str
    created_at: datetime
    parent: tuple[int, str] | None
    grade_reason: str
    status_on: date | None
    carried_from: int | None
    carried_to: int | None
    check_ins: tuple[CheckInRow, ...]
    goalposts: tuple[GoalpostRow, ...]
    evidence: tuple[EvidenceRow, ...]

    def check_ins_of(self, key_result_id: int) -> list[CheckInRow]:
        """The check-ins on one key result, oldest first."""
        return [row for row in self.check_ins if row.key_result_id == key_result_id]

    def readings_of(self, key_result_id: int) -> list[Reading]:
        """The values read of one key result, oldest first."""
        return [(row.day, row.value) for row in self.check_ins_of(key_result_id) if row.value is not None]

    def confidences_of(self, key_result_id: int) -> list[Reading]:
        """(day, 0 to 10) as said of one key result, oldest first."""
        rows = self.check_ins_of(key_result_id)
        return [(row.day, float(row.confidence)) for row in rows if row.confidence is not None]

    @property
    def readings(self) -> dict[int, list[Reading]]:
        """Key result → the values read of it, oldest first."""
        return {result.id: self.readings_of(result.id) for result in self.row.key_results}

    def key_result(self, key_result_id: int) -> KeyResultRow | None:
        """One of its key results; None when it is none of its living ones."""
        return next((result for result in self.row.key_results if result.id == key_result_id), None)

    @property
    def evidence_day(self) -> date | None:
        """The last day with evidence; None when there was none at all."""
        return max((row.day for row in self.evidence if row.day), default=None)


def objective_detail(session: Session, objective_id: int, today: date) -> ObjectiveDetail | None:
    """The objective with all that its page shows; None when it is gone or in the Trash. Nine statements."""
    rows = objective_rows(session, [objective_id], today)
    if not rows:
        return None
    head = _all(session, _HEAD, objective_id)[0]
    return ObjectiveDetail(
        row=rows[0],
        why=head[0],
        created_at=datetime.fromisoformat(head[1]),
        parent=None if head[2] is None else (head[2], head[3]),
        grade_reason=head[4],
        status_on=_day(head[5]),
        carried_from=head[6],
        carried_to=head[7],
        check_ins=tuple(
            CheckInRow(row[0], row[1], date.fromisoformat(row[2]), *row[3:])
            for row in _all(session, _CHECK_INS, objective_id)
        ),
        goalposts=tuple(
            GoalpostRow(row[0], date.fromisoformat(row[1]), row[2], row[3], row[4], _day(row[5]))
            for row in _all(session, _GOALPOSTS, objective_id)
        ),
        evidence=tuple(
            EvidenceRow(row[0], row[1], _day(row[2]), *row[3:]) for row in _all(session, _EVIDENCE, objective_id)
        ),
    )


def _all(session: Session, query: str, objective_id: int) -> Sequence[Any]:
    return session.connection().exec_driver_sql(query, (objective_id,)).all()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

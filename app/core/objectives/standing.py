"""How objectives and key results stand: the rows that lists and pages show. A fixed number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from app.core import measure
from app.core.measure import Goal, Reading, Stretch
from app.core.objectives.drafts import PeriodDraft
from app.core.objectives.objective import CLOSED_STATES
from app.core.objectives.pauses import PauseRow, pauses
from app.core.objectives.periods import PeriodRow
from app.core.objectives.readings import Newest, newest, readings

HOLDS: Final = (measure.HOLD_ABOVE, measure.HOLD_BELOW)
NEVER: Final = Newest()

_OBJECTIVES: Final = """
    SELECT objective.id, item.title, objective.area, objective.parent_id, objective.commitment, objective.state,
           objective.weight, objective.grade, objective.closed_on, objective.status, objective.status_reason,
           period.id, period.span, period.first, period.last, its_period.title
    FROM objective
    JOIN item ON item.id = objective.id
    LEFT JOIN period ON period.id = objective.period_id
    LEFT JOIN item AS its_period ON its_period.id = period.id
    WHERE objective.id IN (SELECT value FROM json_each(?)) AND item.deleted_at IS NULL
"""
_KEY_RESULTS: Final = """
    SELECT key_result.id, key_result.objective_id, item.title, key_result.measure, key_result.baseline,
           key_result.target, key_result.unit, key_result.unit_kind, key_result.due, key_result.weight,
           key_result.rhythm_days, key_result.guard, substr(item.created_at, 1, 10)
    FROM key_result
    JOIN item ON item.id = key_result.id
    WHERE key_result.objective_id IN (SELECT value FROM json_each(?)) AND item.deleted_at IS NULL
    ORDER BY key_result.position, key_result.id
"""


@dataclass(frozen=True, slots=True)
class KeyResultRow:
    """A key result as lists and cards show it.

    Attributes:
        progress: Share of the way, above 1 kept; None while it never said anything.
        expected: Where its pace line stands today; None where there is no line: without a period, for a hold,
            and for a milestone.
        status: `done`, `on_track`, `at_risk` or `behind`; None while there is nothing to judge by.
        due_on: When the next check-in is due; None when none is expected.
    """

    id: int
    objective_id: int
    title: str
    measure: str
    baseline: float | None
    target: float | None
    unit: str
    unit_kind: str
    due: date | None
    weight: float
    rhythm_days: int
    guard: str
    said: Newest
    progress: float | None
    expected: float | None
    status: str | None
    due_on: date | None

    @property
    def goal(self) -> Goal:
        """What it aims at, for `core.measure`."""
        return Goal(self.measure, self.baseline, self.target)


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """An objective as lists show it.

    Attributes:
        progress: Weighted mean of its key results, each capped at 1; None while none said anything.
        known: On how many key results that mean stands.
        weakest: The key result with the least progress, if any said something.
        expected: Where the pace line of its period stands today; None in the backlog.
        suggested: The status by its pace; None while nothing is to be judged.
        status: As the user said with `own_reason`, else as suggested.
        confidence: Mean of the last confidences, 0 to 10; None when none was said.
        days_left: Days to the period's end, today not counted, below 0 after it; None in the backlog.
        due: How many key results wait for a check-in today.
        depth: How many of its parents stand above it in the same list.
    """

    id: int
    title: str
    area: str
    period: PeriodRow | None
    parent_id: int | None
    commitment: str
    state: str
    weight: float
    grade: float | None
    closed_on: date | None
    progress: float | None
    known: int
    weakest: KeyResultRow | None
    expected: float | None
    suggested: str | None
    status: str | None
    own_reason: str
    confidence: float | None
    days_left: int | None
    due: int
    key_results: tuple[KeyResultRow, ...]
    pauses: tuple[PauseRow, ...]
    depth: int = 0

    @property
    def is_closed(self) -> bool:
        """Whether it takes no more check-ins."""
        return self.state in CLOSED_STATES

    @property
    def stretch(self) -> Stretch | None:
        """The days that its pace runs over; None in the backlog."""
        return _stretch(self.period, self.pauses, None)


@dataclass(frozen=True, slots=True)
class DueRow:
    """A key result that waits for a check-in."""

    objective: ObjectiveRow
    key_result: KeyResultRow


# ---------------------------------------------------------------- queries


def objective_rows(session: Session, ids: Sequence[int], today: date) -> list[ObjectiveRow]:
    """Rows of `ids`, in that order; those that are gone are left out. Five statements."""
    marks = ("[" + ",".join(map(str, ids)) + "]",)
    connection = session.connection()
    found = {row[0]: row for row in connection.exec_driver_sql(_OBJECTIVES, marks)}
    results: dict[int, list[Any]] = defaultdict(list)
    for row in connection.exec_driver_sql(_KEY_RESULTS, marks):
        results[row[1]].append(row)
    said, held, rests = newest(session, ids), readings(session, ids, holds_only=True), pauses(session, ids)
    return [
        _objective(found[item_id], results[item_id], said, held, tuple(rests.get(item_id, ())), today)
        for item_id in ids
        if item_id in found
    ]


def due_check_ins(session: Session, today: date) -> list[DueRow]:
    """Key results of active objectives whose next check-in is due, longest waiting first. Six statements.

    Reached milestones and finished checklists wait for nothing, nor does what has no rhythm.
    """
    active = session.connection().exec_driver_sql(
        "SELECT objective.id FROM objective JOIN item ON item.id = objective.id "
        "WHERE objective.state = 'active' AND item.deleted_at IS NULL ORDER BY objective.id"
    )
    rows = objective_rows(session, [row[0] for row in active], today)
    due = [DueRow(row, result) for row in rows for result in row.key_results if is_due(result, today)]
    return sorted(due, key=lambda each: each.key_result.due_on or today)


def is_due(result: KeyResultRow, today: date) -> bool:
    """Whether a key result of an active objective waits for a check-in today."""
    return result.due_on is not None and result.due_on <= today


def next_check_in(rhythm_days: int, last: date | None, begun: date, ends: date | None) -> date | None:
    """When the next check-in is due; None when none is expected.

    Args:
        rhythm_days: Days from one to the next; 0 is never. last: The day of the last.
        begun: Where the rhythm starts while there is none. ends: The last day that wants a reading.
    """
    anchor = last or begun
    if not rhythm_days or (ends is not None and last is not None and last >= ends):
        return None
    due = date.fromordinal(min(anchor.toordinal() + rhythm_days, date.max.toordinal()))
    return due if ends is None else min(due, max(ends, anchor))


# ---------------------------------------------------------------- from rows to numbers


def _objective(
    row: Any,
    results: Sequence[Any],
    said: Mapping[int, Newest],
    held: Mapping[int, Sequence[Reading]],
    rests: tuple[PauseRow, ...],
    today: date,
) -> ObjectiveRow:
    period = row[11] and PeriodRow(
        row[11], row[12], date.fromisoformat(row[13]), date.fromisoformat(row[14]), row[15]
    )
    state = row[5]
    made = tuple(
        _key_result(each, said.get(each[0], NEVER), held.get(each[0], ()), period, rests, state, today)
        for each in results
    )
    whole = measure.summary([(result.progress, result.weight) for result in made])
    confidences = [result.said.confidence for result in made if result.said.confidence is not None]
    stretch = _stretch(period, rests, None)
    is_judged = state in ("active", "paused")
    suggested = _suggested(whole.mean, stretch, made, today) if is_judged else None
    return ObjectiveRow(
        id=row[0],
        title=row[1],
        area=row[2],
        period=period,
        parent_id=row[3],
        commitment=row[4],
        state=state,
        weight=row[6],
        grade=row[7],
        closed_on=_day(row[8]),
        progress=whole.mean,
        known=whole.known,
        weakest=None if whole.weakest is None else made[whole.weakest],
        expected=None if stretch is None else measure.expected_share(stretch, today),
        suggested=suggested,
        status=(row[9] or suggested) if is_judged else None,
        own_reason=row[10] if row[9] else "",
        confidence=sum(confidences) / len(confidences) if confidences else None,
        days_left=None if period is None else (period.last - today).days,
        due=sum(is_due(result, today) for result in made) if state == "active" else 0,
        key_results=made,
        pauses=rests,
    )


def _key_result(
    row: Any,
    said: Newest,
    held: Sequence[Reading],
    period: PeriodRow | None,
    rests: tuple[PauseRow, ...],
    state: str,
    today: date,
) -> KeyResultRow:
    goal, due = Goal(row[3], row[4], row[5]), _day(row[8])
    read: Sequence[Reading] = held
    if goal.measure not in HOLDS:
        read = [(said.value_day, said.value)] if said.value is not None and said.value_day else []
    share = measure.progress(goal, measure.last_of_each_day(read))
    stretch = _stretch(period, rests, due)
    is_line = stretch is not None and goal.measure not in (*HOLDS, measure.MILESTONE)
    begun = max(day for day in (_day(row[12]), period and period.first) if day)
    is_over = goal.measure in (measure.MILESTONE, measure.CHECKLIST) and share is not None and share >= 1
    ends = due or (period.last if period else None)
    return KeyResultRow(
        id=row[0],
        objective_id=row[1],
        title=row[2],
        measure=goal.measure,
        baseline=goal.baseline,
        target=goal.target,
        unit=row[6],
        unit_kind=row[7],
        due=due,
        weight=row[9],
        rhythm_days=row[10],
        guard=row[11],
        said=said,
        progress=share,
        expected=measure.expected_share(stretch, today) if stretch and is_line else None,
        status=_status(goal, share, stretch, today) if state in ("active", "paused") else None,
        due_on=None if is_over else next_check_in(row[10], said.day, begun, ends),
    )


def _status(goal: Goal, share: float | None, stretch: Stretch | None, today: date) -> str | None:
    """As `measure.status`, for what has no pace line: a hold is judged by its share as if the time were over,
    and is never done before it is; an open milestone is judged once its day has passed."""
    if stretch is None or share is None:
        return measure.status(share, stretch, today)
    if goal.measure in HOLDS:
        said = measure.status(share, stretch, stretch.last)
        return "on_track" if said == "done" and today < stretch.last else said
    if goal.measure == measure.MILESTONE and share < 1 and today <= stretch.last:
        return None
    return measure.status(share, stretch, today)


def _suggested(
    share: float | None, stretch: Stretch | None, results: Sequence[KeyResultRow], today: date
) -> str | None:
    """What the pace suggests for an objective; not done while it still has something to hold."""
    said = measure.status(share, stretch, today)
    holds_on = stretch is not None and today < stretch.last and any(each.measure in HOLDS for each in results)
    return "on_track" if said == "done" and holds_on else said


def _stretch(
    period: PeriodRow | PeriodDraft | None, rests: Sequence[PauseRow], due: date | None
) -> Stretch | None:
    if period is None:
        return None
    last = max(due, period.first) if due else period.last
    return Stretch(period.first, last, tuple((rest.first, rest.last) for rest in rests))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

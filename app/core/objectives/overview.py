"""An overview of many objectives: which need most, how all move together, every key result at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy.orm import Session

from app.core import measure
from app.core.measure import Reading, Stretch
from app.core.objectives.board import Scope, objective_ids
from app.core.objectives.closing import GradeRow, grade_history
from app.core.objectives.history import Readings, burn_up
from app.core.objectives.periods import PeriodRow, periods
from app.core.objectives.readings import readings
from app.core.objectives.standing import ObjectiveRow, objective_rows

_DAY: Final = timedelta(days=1)
_NEED: Final = {"behind": 0, "at_risk": 1, None: 2, "on_track": 3, "done": 4}


@dataclass(frozen=True, slots=True)
class Overview:
    """Objectives of one list together.

    Attributes:
        rows: Those that need most first. readings: Of all their key results.
        progress: Weighted mean of those that are known; None while none is. known: On how many it stands.
        burn_up: That mean after each day with a reading.
        before: That of the period before, as long and ended the day before, moved to the days of this one.
        period: The one that all of them stand in; None where they stand in several, or in none.
        grades: Of closed objectives by period, for all periods.
    """

    rows: tuple[ObjectiveRow, ...]
    readings: Readings
    progress: float | None
    known: int
    burn_up: tuple[Reading, ...]
    before: tuple[Reading, ...]
    period: PeriodRow | None
    grades: tuple[GradeRow, ...]

    @property
    def stretch(self) -> Stretch | None:
        """The days that their pace runs over; None without a common period."""
        return None if self.period is None else Stretch(self.period.first, self.period.last)

    @property
    def statuses(self) -> Counter[str | None]:
        """How many stand how; None counts those that cannot be judged yet."""
        return Counter(row.status for row in self.rows if not row.is_closed)


def overview(session: Session, *, today: date, scope: Scope) -> Overview:
    """The objectives of `scope` together. A fixed number of statements."""
    ids = objective_ids(session, scope)
    rows = by_need(objective_rows(session, ids, today))
    read = {key: measure.last_of_each_day(values) for key, values in readings(session, ids).items()}
    whole = measure.summary([(row.progress, row.weight) for row in rows])
    stood_in = {row.period for row in rows}
    period = stood_in.pop() if len(stood_in) == 1 else None
    return Overview(
        rows=tuple(rows),
        readings=read,
        progress=whole.mean,
        known=whole.known,
        burn_up=tuple(burn_up(rows, read)),
        before=() if period is None else tuple(_burn_up_before(session, period, today)),
        period=period,
        grades=tuple(grade_history(session)),
    )


def _burn_up_before(session: Session, period: PeriodRow, today: date) -> list[Reading]:
    """The burn-up of the period before, its first day laid on the first day of `period`."""
    before = next(
        (each for each in periods(session) if each.span == period.span and each.last == period.first - _DAY), None
    )
    if before is None:
        return []
    ids = objective_ids(session, before.id)
    read = {key: measure.last_of_each_day(values) for key, values in readings(session, ids).items()}
    moved = period.first - before.first
    line = burn_up(objective_rows(session, ids, today), read)
    return [(day + moved, share) for day, share in line if day + moved <= period.last]


def by_need(rows: Iterable[ObjectiveRow]) -> list[ObjectiveRow]:
    """Those behind first, then at risk, unknown, on track, done; of equals the one farther behind its pace."""

    def need(row: ObjectiveRow) -> tuple[bool, int, float]:
        gap = (row.expected or 0.0) - (row.progress or 0.0)
        return row.is_closed, _NEED.get(row.status, 2), -gap

    return sorted(rows, key=need)

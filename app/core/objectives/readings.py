"""What key results last said: a fixed number of statements for any number of key results and check-ins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

# With max() SQLite fills the other columns from the row that has the maximum
# (https://www.sqlite.org/lang_select.html#bareagg), so one pass finds the newest reading of each key result.
_NEWEST: Final = """
    SELECT check_in.key_result_id, count(*), max(item.moment), entry.day, check_in.{column}
    FROM key_result
    CROSS JOIN check_in ON check_in.key_result_id = key_result.id
    JOIN item ON item.id = check_in.id
    JOIN entry ON entry.id = check_in.id
    WHERE key_result.objective_id IN (SELECT value FROM json_each(?))
      AND check_in.{column} IS NOT NULL AND item.deleted_at IS NULL
    GROUP BY check_in.key_result_id
"""
_ALL: Final = """
    SELECT check_in.key_result_id, entry.day, check_in.value
    FROM key_result
    CROSS JOIN check_in ON check_in.key_result_id = key_result.id
    JOIN item ON item.id = check_in.id
    JOIN entry ON entry.id = check_in.id
    WHERE key_result.objective_id IN (SELECT value FROM json_each(?)) {measures}
      AND check_in.value IS NOT NULL AND item.deleted_at IS NULL
    ORDER BY item.moment
"""
HOLDS: Final = "AND key_result.measure IN ('hold_above', 'hold_below')"


@dataclass(frozen=True, slots=True)
class Newest:
    """What a key result last said.

    Attributes:
        value, confidence: As last said, each by itself; None when never said.
        value_day, day: The day of that value, and of the last check-in of any sort.
        readings: How many values were ever read.
    """

    value: float | None = None
    value_day: date | None = None
    confidence: int | None = None
    day: date | None = None
    readings: int = 0


@dataclass(slots=True)
class _Said:
    values: dict[int, tuple[int, date, float]] = field(default_factory=dict)
    confidences: dict[int, tuple[date, int]] = field(default_factory=dict)


def newest(session: Session, objective_ids: Sequence[int]) -> dict[int, Newest]:
    """Key result → what it last said, for those of `objective_ids` that ever said something; two statements."""
    said = _Said()
    for result_id, count, _, day, value in _rows(session, _NEWEST.format(column="value"), objective_ids):
        said.values[result_id] = (count, date.fromisoformat(day), value)
    for result_id, _, _, day, confidence in _rows(session, _NEWEST.format(column="confidence"), objective_ids):
        said.confidences[result_id] = (date.fromisoformat(day), confidence)
    return {key: _newest(said, key) for key in said.values.keys() | said.confidences.keys()}


def readings(
    session: Session, objective_ids: Sequence[int], *, holds_only: bool = False
) -> dict[int, list[tuple[date, float]]]:
    """Key result → its (day, value) pairs, oldest first, for those of `objective_ids`; one statement."""
    found: dict[int, list[tuple[date, float]]] = defaultdict(list)
    query = _ALL.format(measures=HOLDS if holds_only else "")
    for result_id, day, value in _rows(session, query, objective_ids):
        found[result_id].append((date.fromisoformat(day), value))
    return dict(found)


def _newest(said: _Said, key: int) -> Newest:
    count, value_day, value = said.values.get(key, (0, None, None))
    confidence_day, confidence = said.confidences.get(key, (None, None))
    last = max((day for day in (value_day, confidence_day) if day), default=None)
    return Newest(value, value_day, confidence, last, count)


def _rows(session: Session, query: str, objective_ids: Sequence[int]) -> Sequence[Any]:
    marks = "[" + ",".join(map(str, objective_ids)) + "]"
    return session.connection().exec_driver_sql(query, (marks,)).all()

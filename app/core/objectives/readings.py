"""What key results last said: a fixed number of statements for any number of key results and check-ins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from app.core.days import MOMENTS_A_DAY
from app.core.measure import Reading

# Two steps down the index of each key result, whatever the number of its check-ins.
_NEWEST_ID: Final = """
    (SELECT check_in.id FROM check_in CROSS JOIN item ON item.id = check_in.id
     WHERE check_in.key_result_id = key_result.id AND check_in.{column} IS NOT NULL AND item.deleted_at IS NULL
     ORDER BY check_in.at_moment DESC LIMIT 1)
"""
_NEWEST: Final = f"""
    SELECT key_result.id, last_value.value, value_day.day, last_confidence.confidence, confidence_day.day
    FROM key_result
    LEFT JOIN check_in AS last_value ON last_value.id = {_NEWEST_ID.format(column="value")}
    LEFT JOIN entry AS value_day ON value_day.id = last_value.id
    LEFT JOIN check_in AS last_confidence ON last_confidence.id = {_NEWEST_ID.format(column="confidence")}
    LEFT JOIN entry AS confidence_day ON confidence_day.id = last_confidence.id
    WHERE key_result.objective_id IN (SELECT value FROM json_each(?))
"""
_ALL: Final = """
    SELECT check_in.key_result_id, check_in.at_moment, check_in.value
    FROM key_result
    CROSS JOIN check_in ON check_in.key_result_id = key_result.id
    JOIN item ON item.id = check_in.id
    WHERE key_result.objective_id IN (SELECT value FROM json_each(?)) {measures}
      AND check_in.value IS NOT NULL AND item.deleted_at IS NULL
    ORDER BY check_in.key_result_id, check_in.at_moment
"""
_HOLDS: Final = "AND key_result.measure IN ('hold_above', 'hold_below')"


@dataclass(frozen=True, slots=True)
class Newest:
    """What a key result last said.

    Attributes:
        value, confidence: As last said, each by itself; None when never said.
        value_day, day: The day of that value, and of the last check-in of any sort.
    """

    value: float | None = None
    value_day: date | None = None
    confidence: int | None = None
    day: date | None = None


def newest(session: Session, objective_ids: Sequence[int]) -> dict[int, Newest]:
    """Key result → what it last said, for every key result of `objective_ids`; one statement."""
    return {
        result_id: _newest(value, value_day, confidence, confidence_day)
        for result_id, value, value_day, confidence, confidence_day in _rows(session, _NEWEST, objective_ids)
    }


def readings(
    session: Session, objective_ids: Sequence[int], *, holds_only: bool = False
) -> dict[int, list[Reading]]:
    """Key result → its readings, oldest first, for those of `objective_ids` that have any; one statement."""
    found: dict[int, list[Reading]] = defaultdict(list)
    query = _ALL.format(measures=_HOLDS if holds_only else "")
    for result_id, moment, value in _rows(session, query, objective_ids):
        found[result_id].append((date.fromordinal(moment // MOMENTS_A_DAY), value))
    return dict(found)


def _newest(value: float | None, value_day: str | None, confidence: int | None, other_day: str | None) -> Newest:
    last = max((day for day in (value_day, other_day) if day), default=None)
    return Newest(value, _day(value_day), confidence, _day(last))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _rows(session: Session, query: str, objective_ids: Sequence[int]) -> Sequence[Any]:
    marks = "[" + ",".join(map(str, objective_ids)) + "]"
    return session.connection().exec_driver_sql(query, (marks,)).all()

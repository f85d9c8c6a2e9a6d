"""The lists of objectives: by period, in the backlog, all that are open; children below their parents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal

from sqlalchemy.orm import Session

from app.core.objectives.periods import PeriodRow
from app.core.objectives.standing import ObjectiveRow, objective_rows

Scope = int | Literal["open", "backlog", "closed", "all"]
"""A period by its id, or all that are open, in the backlog, closed, or all."""

# CROSS JOIN keeps SQLite from walking all items of a journal that was never analyzed.
_IDS: Final = """
    SELECT objective.id FROM objective
    CROSS JOIN item ON item.id = objective.id
    LEFT JOIN period ON period.id = objective.period_id
    WHERE item.deleted_at IS NULL AND {which}
    ORDER BY period.id IS NULL, period.first DESC, period.last DESC, period.id,
             objective.state IN ('closed', 'dropped'), objective.weight DESC, objective.id
"""
_WHICH: Final = {
    "open": "objective.state NOT IN ('closed', 'dropped')",
    "backlog": "objective.period_id IS NULL AND objective.state NOT IN ('closed', 'dropped')",
    "closed": "objective.state IN ('closed', 'dropped')",
    "all": "1",
}
_COUNTS: Final = """
    SELECT objective.period_id, objective.state IN ('closed', 'dropped'), count(*)
    FROM objective CROSS JOIN item ON item.id = objective.id
    WHERE item.deleted_at IS NULL GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Group:
    """Objectives of one period, or with None of the backlog."""

    period: PeriodRow | None
    objectives: tuple[ObjectiveRow, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many living objectives there are: by period (None is the backlog, open ones only), open, closed."""

    by_period: dict[int | None, int]
    open: int
    closed: int


def objective_ids(session: Session, scope: Scope = "open") -> list[int]:
    """Living objectives of `scope`: newest period first, the backlog last, heavier first, closed after open."""
    connection = session.connection()
    if isinstance(scope, int):
        found = connection.exec_driver_sql(_IDS.format(which="objective.period_id = ?"), (scope,))
    else:
        found = connection.exec_driver_sql(_IDS.format(which=_WHICH[scope]))
    return [row[0] for row in found]


def objective_counts(session: Session) -> Counts:
    """How many objectives each list has. One statement."""
    rows: Sequence[Any] = session.connection().exec_driver_sql(_COUNTS).all()
    by_period: dict[int | None, int] = {}
    for period_id, is_closed, count in rows:
        if period_id is not None or not is_closed:
            by_period[period_id] = by_period.get(period_id, 0) + count
    return Counts(
        by_period,
        sum(count for _, is_closed, count in rows if not is_closed),
        sum(count for _, is_closed, count in rows if is_closed),
    )


def objective_board(
    session: Session, *, today: date, scope: Scope = "open", matching: str = ""
) -> list[ObjectiveRow]:
    """Rows of `scope` as a list shows them: each below its parent where that is in the list. Six statements.

    Args:
        matching: Words that the title, the area or a key result's title must say, in any case.
    """
    rows = objective_rows(session, objective_ids(session, scope), today)
    words = matching.casefold().split()
    return nested([row for row in rows if _says(row, words)])


def groups(rows: Iterable[ObjectiveRow]) -> list[Group]:
    """`rows` by their period, in the order in which the periods first occur."""
    found: dict[int | None, list[ObjectiveRow]] = {}
    periods: dict[int | None, PeriodRow | None] = {}
    for row in rows:
        key = None if row.period is None else row.period.id
        found.setdefault(key, []).append(row)
        periods[key] = row.period
    return [Group(periods[key], tuple(objectives)) for key, objectives in found.items()]


def nested(rows: Sequence[ObjectiveRow]) -> list[ObjectiveRow]:
    """`rows` with each below its parent, where that is among them, and told how deep it stands."""
    ids = {row.id for row in rows}
    children: dict[int | None, list[ObjectiveRow]] = {}
    for row in rows:
        children.setdefault(row.parent_id if row.parent_id in ids else None, []).append(row)
    ordered: list[ObjectiveRow] = []
    waiting = [(row, 0) for row in reversed(children.get(None, []))]
    while waiting:
        row, depth = waiting.pop()
        ordered.append(replace(row, depth=depth))
        waiting += [(child, depth + 1) for child in reversed(children.pop(row.id, []))]
    placed = {row.id for row in ordered}
    return ordered + [row for row in rows if row.id not in placed]


def _says(row: ObjectiveRow, words: Sequence[str]) -> bool:
    said = " ".join((row.title, row.area, *(result.title for result in row.key_results))).casefold()
    return all(word in said for word in words)

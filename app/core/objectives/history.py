"""Progress of objectives over time, from the readings of their key results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from app.core import measure
from app.core.measure import Reading
from app.core.objectives.check_ins import CheckInRow
from app.core.objectives.standing import KeyResultRow, ObjectiveRow

Readings = Mapping[int, Sequence[Reading]]
"""Key result → its (day, value) pairs, oldest first."""


def progress_of(row: KeyResultRow, readings: Sequence[Reading]) -> list[Reading]:
    """(day, progress) after each day with a reading; above 1 kept."""
    return measure.progress_series(row.goal, readings)


def objective_progress(row: ObjectiveRow, readings: Readings) -> list[Reading]:
    """(day, weighted mean progress) after each day on which a key result was read, by what was known then."""
    results = row.key_results
    lines = [progress_of(result, readings.get(result.id, ())) for result in results]
    return _means(lines, [result.weight for result in results])


def burn_up(rows: Sequence[ObjectiveRow], readings: Readings) -> list[Reading]:
    """(day, weighted mean progress of all objectives) by what was known then; unknown ones are left out."""
    return _means([objective_progress(row, readings) for row in rows], [row.weight for row in rows])


def mean_confidence(check_ins: Iterable[CheckInRow]) -> list[Reading]:
    """(day, mean of the last confidences of all key results, 0 to 10) after each day on which one was said."""
    said: dict[int, int] = {}
    series: dict[date, float] = {}
    for row in check_ins:
        if row.confidence is not None:
            said[row.key_result_id] = row.confidence
            series[row.day] = sum(said.values()) / len(said)
    return list(series.items())


def _means(lines: Sequence[Sequence[Reading]], weights: Sequence[float]) -> list[Reading]:
    """The weighted mean of `lines` after each day on which one of them changed."""
    changes: dict[date, list[tuple[int, float]]] = {}
    for place, line in enumerate(lines):
        for day, share in line:
            changes.setdefault(day, []).append((place, share))
    known: list[float | None] = [None] * len(lines)
    series: list[Reading] = []
    for day in sorted(changes):
        for place, share in changes[day]:
            known[place] = share
        mean = measure.summary(list(zip(known, weights, strict=True))).mean
        if mean is not None:
            series.append((day, mean))
    return series

"""Progress of objectives over time, from the readings of their key results."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.core import measure
from app.core.measure import Reading
from app.core.objectives.detail import ObjectiveDetail
from app.core.objectives.standing import KeyResultRow


def progress_of(row: KeyResultRow, readings: Sequence[Reading]) -> list[Reading]:
    """(day, progress) after each day with a reading; above 1 kept."""
    return measure.progress_series(row.goal, readings)


def objective_progress(detail: ObjectiveDetail) -> list[Reading]:
    """(day, weighted mean progress) after each day on which any key result was read, by what was known then."""
    results = detail.row.key_results
    changes = sorted(
        (day, place, share)
        for place, result in enumerate(results)
        for day, share in progress_of(result, detail.readings_of(result.id))
    )
    shares: list[float | None] = [None] * len(results)
    series: dict[date, float] = {}
    for day, place, share in changes:
        shares[place] = share
        mean = measure.summary(
            [(known, result.weight) for known, result in zip(shares, results, strict=True)]
        ).mean
        if mean is not None:
            series[day] = mean
    return list(series.items())


def objective_confidence(detail: ObjectiveDetail) -> list[Reading]:
    """(day, mean of the last confidences of its key results, 0 to 10) after each day on which one was said."""
    said: dict[int, int] = {}
    series: dict[date, float] = {}
    for row in detail.check_ins:
        if row.confidence is not None:
            said[row.key_result_id] = row.confidence
            series[row.day] = sum(said.values()) / len(said)
    return list(series.items())

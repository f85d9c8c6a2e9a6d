"""How far along a key result is, by its own kind; and an objective, by its key results."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

INCREASE: Final = "increase"
DECREASE: Final = "decrease"
HOLD_ABOVE: Final = "hold_above"
HOLD_BELOW: Final = "hold_below"
MILESTONE: Final = "milestone"
CHECKLIST: Final = "checklist"
MEASURES: Final = (INCREASE, DECREASE, HOLD_ABOVE, HOLD_BELOW, MILESTONE, CHECKLIST)

HIGHEST: Final = 1e6
"""Progress stops here: a million times the way is a baseline next to its target, not an achievement."""

Reading = tuple[date, float]
"""A day and the value read on it, in the key result's own unit."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What a key result aims at.

    Attributes:
        measure: One of `MEASURES`. baseline: where a number began; None for the other kinds.
        target: Where a number should end, the line to hold, or how many points a checklist has.
    """

    measure: str
    baseline: float | None
    target: float | None


@dataclass(frozen=True, slots=True)
class Summary:
    """An objective by its key results.

    Attributes:
        mean: Weighted mean of the capped progress of those that are known; None when none is.
        weakest: Place of the known key result with the least progress; the first of equals.
        known, total: How many the mean stands on, of how many.
    """

    mean: float | None
    weakest: int | None
    known: int
    total: int


def progress(goal: Goal, readings: Sequence[Reading]) -> float | None:
    """The share of the way after `readings` (in order of their days); None while nothing was read.

    A number: ``(value - baseline) / (target - baseline)`` of the last value, never below 0, above 1 kept.
    Hold: the share of readings on the right side of the target. Milestone: 1 from a value of 1 on, else 0.
    Checklist: points done of ``target`` points.

    Raises:
        ValueError: the goal has no share to speak of: baseline equals target, or a number it needs is missing.
    """
    if not readings:
        return None
    last = readings[-1][1]
    if goal.measure in (INCREASE, DECREASE):
        return min(max(0.0, _share(goal, last)), HIGHEST)
    if goal.measure == MILESTONE:
        return 1.0 if last >= 1 else 0.0
    if goal.target is None:
        raise ValueError("the target is missing")
    if goal.measure == CHECKLIST:
        if goal.target <= 0:
            raise ValueError("a checklist needs at least one point")
        return max(0.0, last / goal.target)
    if goal.measure == HOLD_ABOVE:
        return sum(value >= goal.target for _, value in readings) / len(readings)
    if goal.measure == HOLD_BELOW:
        return sum(value <= goal.target for _, value in readings) / len(readings)
    raise ValueError(f"no such measure: {goal.measure}")


def progress_series(goal: Goal, readings: Iterable[Reading]) -> list[Reading]:
    """The progress after each day with a reading, days in order; the last reading of a day counts."""
    series: list[Reading] = []
    kept = 0.0
    for count, (day, value) in enumerate(last_of_each_day(readings), 1):
        share = progress(goal, [(day, value)])
        assert share is not None
        if goal.measure in (HOLD_ABOVE, HOLD_BELOW):
            kept += share
            share = kept / count
        series.append((day, share))
    return series


def last_of_each_day(readings: Iterable[Reading]) -> list[Reading]:
    """`readings` (any order of days, of one day the later counts) as one for each day, in order.

    What is no finite number was not read.
    """
    return sorted({day: value for day, value in readings if math.isfinite(value)}.items())


def capped(share: float) -> float:
    """`share` as averages take it: no more than 1."""
    return min(max(share, 0.0), 1.0)


def summary(shares: Sequence[tuple[float | None, float]]) -> Summary:
    """An objective from (progress, weight) of its key results; weights are not negative.

    When every known key result weighs nothing, they count alike.
    """
    known = [(place, capped(share), weight) for place, (share, weight) in enumerate(shares) if share is not None]
    if not known:
        return Summary(None, None, 0, len(shares))
    whole = math.fsum(weight for _, _, weight in known)
    if whole > 0:
        mean = math.fsum(share * (weight / whole) for _, share, weight in known)
    else:
        mean = math.fsum(share for _, share, _ in known) / len(known)
    weakest = min(known, key=lambda each: each[1])[0]
    return Summary(capped(mean), weakest, len(known), len(shares))


def _share(goal: Goal, value: float) -> float:
    if goal.baseline is None or goal.target is None:
        raise ValueError("the baseline or the target is missing")
    if goal.baseline == goal.target:
        raise ValueError("the baseline equals the target, so there is no way to go")
    return (value - goal.baseline) / (goal.target - goal.baseline)

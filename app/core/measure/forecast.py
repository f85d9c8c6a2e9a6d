"""Where a number is heading: a robust line through the last readings, shown as a range."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

LAST_READINGS: Final = 8
FEWEST_READINGS: Final = 3
REACH: Final = 2
"""Nothing is forecast further ahead than so many times the days that the readings span."""

NOTICEABLE: Final = 0.125
"""Half a point of confidence in four weeks: less is the whim of a day."""

Z: Final = 1.2816
"""80 % of a normal distribution lies within this many standard deviations."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """A range for a day, and how it was found.

    Attributes:
        day: The day it speaks of: the one asked for, or earlier where the readings reach no further.
        low, middle, high: Values in the key result's own unit; low ≤ middle ≤ high.
        slope: The median change a day. readings: how many it stands on.
        last: The last reading. level: where the three lines start on its day, which is rarely just there.
    """

    day: date
    low: float
    middle: float
    high: float
    slope: float
    readings: int
    last: tuple[date, float]
    level: float


@dataclass(frozen=True, slots=True)
class Trend:
    """A direction (`rising`, `steady`, `falling`), the median change a week, and the number of readings behind."""

    direction: str
    weekly: float
    readings: int


def forecast(readings: Sequence[tuple[date, float]], until: date) -> Forecast | None:
    """Where the value stands at `until` if it goes on as in the last eight readings.

    The middle follows the median of the slopes between all pairs of readings, through the median of what the
    readings say of the last day. It bears up to 29 % of wild readings. The range is Sen's distribution-free
    interval: the slopes at the ranks that Kendall's variance gives for 80 %, or the outermost while there are few.

    H. Theil, A rank-invariant method of linear and polynomial regression analysis, Proc. Kon. Ned. Akad. Wet. 53
    (1950). P. K. Sen, Estimates of the regression coefficient based on Kendall's tau, JASA 63 (1968) 1379–1389.

    Args:
        readings: (day, value) in order of days, one a day.

    Returns:
        None below three readings, or when `until` is not after the last. Never further beyond the last
        reading than twice the days that the readings span.
    """
    used = list(readings[-LAST_READINGS:])
    if len(used) < FEWEST_READINGS or until <= used[-1][0]:
        return None
    first, last = used[0][0], used[-1][0]
    day = date.fromordinal(min(until.toordinal(), last.toordinal() + REACH * (last - first).days))
    slopes = pairwise_slopes(used)
    slope = median(slopes)
    low, high = _interval(slopes, len(used))
    start = median(sorted(value + slope * (last - at).days for at, value in used))
    ahead = (day - last).days
    ends = sorted((start + low * ahead, start + slope * ahead, start + high * ahead))
    return Forecast(day, ends[0], ends[1], ends[2], slope, len(used), used[-1], start)


def confidence_trend(confidences: Sequence[tuple[date, float]]) -> Trend | None:
    """Where the confidence in a key result has been going over the last eight times it was said.

    Args:
        confidences: (day, 0 to 10) in order of days, one a day.

    Returns:
        None below three of them.
    """
    used = list(confidences[-LAST_READINGS:])
    if len(used) < FEWEST_READINGS:
        return None
    weekly = 7 * median(pairwise_slopes(used))
    direction = "rising" if weekly >= NOTICEABLE else "falling" if weekly <= -NOTICEABLE else "steady"
    return Trend(direction, weekly, len(used))


def median(ordered: Sequence[float]) -> float:
    """The middle of numbers in order of size; importing `statistics` for it would cost 3 ms of the start."""
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def pairwise_slopes(readings: Sequence[tuple[date, float]]) -> list[float]:
    """The change a day between each two readings of different days, in order of size."""
    return sorted(
        (later[1] - early[1]) / (later[0] - early[0]).days
        for place, early in enumerate(readings)
        for later in readings[place + 1 :]
        if later[0] != early[0]
    )


def _interval(slopes: Sequence[float], count: int) -> tuple[float, float]:
    """The slopes of the ranks M1 = (N - C) / 2 from below and from above; C = z √var(S), S being Kendall's."""
    variance = count * (count - 1) * (2 * count + 5) / 18
    rank = math.floor((len(slopes) - Z * math.sqrt(variance)) / 2)
    cut = max(rank - 1, 0)
    return slopes[cut], slopes[-1 - cut]

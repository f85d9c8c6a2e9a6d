"""Where a number is heading: a robust line through the last readings, shown as a range."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Final

LAST_READINGS: Final = 8
FEWEST_READINGS: Final = 3
Z: Final = 1.2816
"""80 % of a normal distribution lies within this many standard deviations."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """A range for a day, and how it was found.

    Attributes:
        day: The day it speaks of: the one asked for, or earlier where the readings reach no further.
        low, middle, high: Values in the key result's own unit; low ≤ middle ≤ high.
        slope: The median change a day. readings: how many it stands on.
        last: The last reading, from which the three lines start.
    """

    day: date
    low: float
    middle: float
    high: float
    slope: float
    readings: int
    last: tuple[date, float]


def forecast(readings: Sequence[tuple[date, float]], until: date) -> Forecast | None:
    """Where the value stands at `until` if it goes on as in the last eight readings.

    The middle follows the median of the slopes between all pairs of readings (Theil 1950, Sen 1968), through
    the median of the residual intercepts at the last day. The range is Sen's distribution-free interval: the
    slopes at the ranks that Kendall's variance gives for 80 %, or the outermost ones while there are few.

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
    day = min(until, last + timedelta(days=2 * (last - first).days))
    slopes = sorted(
        (b[1] - a[1]) / (b[0] - a[0]).days for n, a in enumerate(used) for b in used[n + 1 :] if b[0] != a[0]
    )
    slope = median(slopes)
    low, high = _interval(slopes, len(used))
    start = median(value + slope * (last - at).days for at, value in used)
    ahead = (day - last).days
    ends = sorted((start + low * ahead, start + slope * ahead, start + high * ahead))
    return Forecast(day, ends[0], ends[1], ends[2], slope, len(used), used[-1])


def _interval(slopes: Sequence[float], count: int) -> tuple[float, float]:
    variance = count * (count - 1) * (2 * count + 5) / 18
    spread = Z * math.sqrt(variance)
    pairs = len(slopes)
    low = math.floor((pairs - spread) / 2)
    high = math.ceil((pairs + spread) / 2)
    return slopes[max(low, 0)], slopes[min(high, pairs - 1)]

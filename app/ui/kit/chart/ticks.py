"""Where the lines of a grid stand, and what is written beside them."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

from PySide6.QtCore import QLocale

from app.ui.kit import dates

Tick = tuple[float, str]

# (days or months, how many, how the label is written)
_STEPS: tuple[tuple[str, int, str], ...] = (
    ("day", 1, "d MMM"),
    ("day", 2, "d MMM"),
    ("week", 1, "d MMM"),
    ("week", 2, "d MMM"),
    ("month", 1, "MMM"),
    ("month", 2, "MMM"),
    ("month", 3, "MMM"),
    ("month", 6, "MMM yyyy"),
    ("month", 12, "yyyy"),
    ("month", 24, "yyyy"),
    ("month", 60, "yyyy"),
    ("month", 120, "yyyy"),
)


def value_ticks(low: float, high: float, most: int, text: Callable[[float], str]) -> list[Tick]:
    """About `most` round values from at or below `low` up to `high`, or just above when that is near."""
    if not high > low:
        return [(low, text(low))]
    magnitude = 10.0 ** math.floor(math.log10((high - low) / max(most, 1)))
    steps = [magnitude * round_ for round_ in (1, 2, 2.5, 5, 10)]
    step = next((each for each in steps if _last(high, each) - _first(low, each) <= most), magnitude * 20)
    first = _first(low, step)
    return [(place * step, text(place * step)) for place in range(first, max(_last(high, step), first + 1) + 1)]


def _first(low: float, step: float) -> int:
    return math.floor(low / step + 1e-9)


def _last(high: float, step: float) -> int:
    return math.floor(high / step + 0.3)


def date_ticks(first: date, last: date, width: float, wide: Callable[[str], float], gap: float = 18) -> list[Tick]:
    """The densest days, weeks, months or years whose labels do not touch in `width` pixels."""
    days = max((last - first).days, 1)
    for unit, count, pattern in _STEPS:
        step_days = count * {"day": 1, "week": 7, "month": 30.4}[unit]
        if days / step_days > width / 24 + 1:
            continue
        ticks = [(float(day.toordinal()), _label(day, pattern)) for day in _days(first, last, unit, count)]
        per_day = width / days
        if all(
            (after[0] - before[0]) * per_day >= (wide(before[1]) + wide(after[1])) / 2 + gap
            for before, after in pairwise(ticks)
        ):
            return ticks
    return [(float(first.toordinal()), _label(first, "yyyy"))]


def _days(first: date, last: date, unit: str, count: int) -> list[date]:
    if unit == "month":
        index = -(-(first.year * 12 + first.month - 1 + (first.day > 1)) // count) * count
        found = []
        while index < 9999 * 12 and (day := date(index // 12, index % 12 + 1, 1)) <= last:
            found.append(day)
            index += count
        return found
    step = count * (7 if unit == "week" else 1)
    return [first + timedelta(days=ahead) for ahead in range(0, (last - first).days + 1, step)]


def _label(day: date, pattern: str) -> str:
    if pattern == "d MMM":
        return dates.short_day(day, day)
    if pattern == "MMM":
        # January carries the year, so that a chart over several years can be read.
        return (
            str(day.year)
            if day.month == 1
            else QLocale().standaloneMonthName(day.month, QLocale.FormatType.ShortFormat)
        )
    return QLocale().toString(dates.qdate(day), pattern)

"""How much the roadmap asks of a week, against what the user said a week has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.core.roadmap import OPEN, StepRow

WEEKS: Final = 26
OPEN_END: Final = 14


@dataclass(frozen=True, slots=True)
class Load:
    """The weeks ahead.

    Attributes:
        weeks: (its first day, hours) for each.
        unknown: How many open steps with days in these weeks say no hours; they are left out, not nought.
    """

    weeks: tuple[tuple[date, float], ...]
    unknown: int

    def fullest(self, first: date, last: date) -> tuple[date, float] | None:
        """The week with most hours that begins from `first` to `last`; None where no hours are planned."""
        inside = [week for week in self.weeks if first <= week[0] <= last and week[1] > 0]
        return max(inside, key=lambda week: (week[1], -week[0].toordinal()), default=None)


def load(rows: Iterable[StepRow], *, today: date, first_weekday: int = 0, weeks: int = WEEKS) -> Load:
    """Hours a week from this one on: those of each open step, evenly over its days that are still to come.

    What a step has behind it is taken as done by its days, for nobody books hours; a step without an end counts
    two weeks from its first day.
    """
    begins = today - timedelta(days=(today.weekday() - first_weekday) % 7)
    sums = [0.0] * weeks
    ends = begins + timedelta(days=7 * weeks)
    unknown = 0
    for row in rows:
        if row.state not in OPEN or row.first is None or row.parts:
            continue
        last = row.last or row.first + timedelta(days=OPEN_END - 1)
        if last < today or row.first >= ends:
            continue
        if row.hours_planned is None:
            unknown += 1
            continue
        a_day = row.hours_planned / ((last - row.first).days + 1)
        for number in range(weeks):
            week = begins + timedelta(days=7 * number)
            overlap = (min(last, week + timedelta(days=6)) - max(row.first, week)).days + 1
            sums[number] += a_day * max(overlap, 0)
    return Load(tuple((begins + timedelta(days=7 * number), hours) for number, hours in enumerate(sums)), unknown)

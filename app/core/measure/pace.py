"""Pace: the straight line from baseline to target over the days that count, and how one stands against it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

ON_TRACK: Final = "on_track"
AT_RISK: Final = "at_risk"
BEHIND: Final = "behind"
DONE: Final = "done"

NEAR: Final = 0.9
"""On track is at least nine tenths of the pace: a weekly rhythm always lags the line by part of a week."""

FAR: Final = 0.6
"""Behind is less than six tenths of the pace: from there the rest of the way is steeper than the plan was."""

GRACE_DAYS: Final = 7
"""In its first days nothing is judged: the line is so low that one reading decides."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days of a plan, both ends included, with the pauses taken out.

    Attributes:
        pauses: (first, last) day of each, last None while it goes on. They may overlap or lie outside.
    """

    first: date
    last: date
    pauses: tuple[tuple[date, date | None], ...] = field(default=())

    def worked_days(self, until: date) -> int:
        """Days that count from the first to `until`, both included; 0 before the first."""
        until = min(until, self.last)
        if until < self.first:
            return 0
        return (until - self.first).days + 1 - len(_paused(self.pauses, self.first, until))

    @property
    def days(self) -> int:
        """All days that count."""
        return self.worked_days(self.last)


def _paused(pauses: Iterable[tuple[date, date | None]], first: date, last: date) -> set[int]:
    days: set[int] = set()
    for start, end in pauses:
        from_, to = max(start, first), min(end or last, last)
        days.update(range(from_.toordinal(), to.toordinal() + 1))
    return days


def expected_share(stretch: Stretch, day: date) -> float:
    """Where the pace line stands at the end of `day`: 0.0 before the stretch, 1.0 at its end; flat in pauses."""
    whole = stretch.days
    if whole == 0:
        return 1.0 if day >= stretch.last else 0.0
    return stretch.worked_days(day) / whole


def status(share: float | None, stretch: Stretch | None, day: date) -> str | None:
    """What the pace suggests: `done`, `on_track`, `at_risk`, `behind`; None while there is nothing to judge by."""
    if share is None:
        return None
    if share >= 1:
        return DONE
    if stretch is None:
        return None
    if day < stretch.first or stretch.worked_days(day) <= GRACE_DAYS < stretch.days:
        return ON_TRACK
    expected = expected_share(stretch, day)
    if share >= expected * NEAR:
        return ON_TRACK
    return AT_RISK if share >= expected * FAR else BEHIND


def buffer_days(share: float | None, stretch: Stretch, day: date) -> int | None:
    """How many days from `day` nothing need happen before the pace line is above `share`.

    Negative: as many worked days the line has been above it. None: unknown, or done.
    """
    if share is None or share >= 1:
        return None
    whole = stretch.days
    reached = math.floor(share * whole + 1e-9)
    return reached - stretch.worked_days(day)


def pace_points(stretch: Stretch) -> list[tuple[date, float]]:
    """The corners of the pace line as (day, share), flat through pauses."""
    corners = {stretch.first, stretch.last}
    for start, end in stretch.pauses:
        for day in (start - timedelta(days=1), end or stretch.last):
            if stretch.first <= day <= stretch.last:
                corners.add(day)
    points = [(day, expected_share(stretch, day)) for day in sorted(corners)]
    if stretch.days > 1:
        points[0] = (stretch.first, 0.0)
    return points

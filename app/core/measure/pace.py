"""Pace: the straight line from baseline to target over the days that count, and how one stands against it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from app.core.measure.progress import CHECKLIST, HOLD_ABOVE, HOLD_BELOW, MILESTONE, Goal

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
            One that goes on keeps the line flat, but nobody knows its end, so `days` counts what it covers.
    """

    first: date
    last: date
    pauses: tuple[tuple[date, date | None], ...] = field(default=())

    def worked_days(self, until: date) -> int:
        """Days that count from the first to `until`, both included; 0 before the first."""
        until = min(until, self.last)
        if until < self.first:
            return 0
        rests = _merged(((start, end or self.last) for start, end in self.pauses), self.first, until)
        return (until - self.first).days + 1 - sum(end - start + 1 for start, end in rests)

    @property
    def days(self) -> int:
        """All days that count, those of a pause that still goes on among them."""
        closed = tuple(pause for pause in self.pauses if pause[1])
        return Stretch(self.first, self.last, closed).worked_days(self.last)

    def worked_day(self, number: int) -> date | None:
        """The day that is the `number`-th to count, from 1; None where the stretch has fewer."""
        if not 1 <= number <= self.worked_days(self.last):
            return None
        day = self.first.toordinal() + number - 1
        for start, end in _merged(((a, b or self.last) for a, b in self.pauses), self.first, self.last):
            if start > day:
                break
            day += end - start + 1
        return date.fromordinal(day)


def _merged(pauses: Iterable[tuple[date, date]], first: date, last: date) -> list[tuple[int, int]]:
    """`pauses` within `first` to `last` as ordinals (first, last), in order, apart from each other."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(pauses):
        begin, finish = max(start, first).toordinal(), min(end, last).toordinal()
        if begin > finish:
            continue
        if found and begin <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(found[-1][1], finish)
        else:
            found.append((begin, finish))
    return found


def expected_share(stretch: Stretch, day: date) -> float:
    """Where the pace line stands at the end of `day`: 0.0 before the stretch, 1.0 at its end; flat in pauses."""
    whole = stretch.days
    if whole == 0:
        return 1.0 if day >= stretch.last else 0.0
    return stretch.worked_days(day) / whole


def expected_value(goal: Goal, stretch: Stretch, day: date) -> float | None:
    """Where the pace line stands at the end of `day` in the key result's own unit.

    A hold stands at its target all the time. None: a milestone, or a number is missing.
    """
    if goal.target is None or goal.measure == MILESTONE:
        return None
    if goal.measure in (HOLD_ABOVE, HOLD_BELOW):
        return goal.target
    start = 0.0 if goal.measure == CHECKLIST else goal.baseline
    return None if start is None else start + expected_share(stretch, day) * (goal.target - start)


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
    """How many days after `day` nothing need happen before the pace line is above `share`; pauses count as days.

    Negative: for so many days the line has been above it. None: unknown, done, or the line never gets there.
    """
    if share is None or share >= 1:
        return None
    overtaken = stretch.worked_day(math.floor(max(share, 0.0) * stretch.days + 1e-9) + 1)
    return None if overtaken is None else (overtaken - day).days - 1


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

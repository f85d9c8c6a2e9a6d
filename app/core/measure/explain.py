"""Why a number says what it says: the formula, the formula with its numbers, and the rows behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.core.measure.forecast import Forecast
from app.core.measure.grade import ASPIRATIONAL_SUCCESS, COMMITTED_SUCCESS, suggested_grade
from app.core.measure.pace import FAR, GRACE_DAYS, NEAR, Stretch, expected_share, status
from app.core.measure.progress import (
    CHECKLIST,
    HOLD_ABOVE,
    HOLD_BELOW,
    MILESTONE,
    Goal,
    Reading,
    capped,
    last_of_each_day,
    progress,
    summary,
)
from app.core.measure.units import NUMBER, UNKNOWN, format_number, format_share, format_value

ROWS: Final = 8
"""The newest readings are told, not all of ten years."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A number and where it comes from.

    Attributes:
        result: The number as text; an en dash while it is unknown.
        formula: In words. worked: with the numbers put in; empty where the formula says it all.
        rows: (what, value) pairs that went into it, the newest or the first ones.
        n: On how many readings or parts it stands. of: how many there could be, None where that has no meaning.
    """

    result: str
    formula: str
    worked: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    n: int = 0
    of: int | None = None

    @property
    def text(self) -> str:
        """All of it, a line each."""
        lines = [
            self.formula,
            *([self.worked] if self.worked else []),
            *(f"{what}: {how}" for what, how in self.rows),
        ]
        return "\n".join(lines)


def explain_progress(goal: Goal, readings: Sequence[Reading], kind: str = NUMBER, unit: str = "") -> Explanation:
    """Why a key result with these readings (any order) shows the progress it shows."""
    read = last_of_each_day(readings)
    share = progress(goal, read)
    if share is None:
        return Explanation(UNKNOWN, "Nothing was read yet. Unknown is not zero.")
    formula, worked = _way(goal, read, kind, unit)
    rows = tuple((day.isoformat(), format_value(value, kind, unit)) for day, value in reversed(read[-ROWS:]))
    return Explanation(format_share(share), formula, f"{worked} = {format_share(share)}", rows, len(read))


def explain_summary(parts: Sequence[tuple[str, float | None, float]]) -> Explanation:
    """Why an objective shows the progress it shows.

    Args:
        parts: (title, progress, weight) of its key results.
    """
    whole = summary([(share, weight) for _, share, weight in parts])
    rows = tuple(
        (
            title,
            f"{'unknown, left out' if share is None else format_share(capped(share))} × {format_number(weight)}",
        )
        for title, share, weight in parts
    )
    formula = "Mean of the key results by their weights, each capped at 100 %, unknown ones left out."
    if whole.mean is None:
        return Explanation(UNKNOWN, formula, "", rows, 0, whole.total)
    top = " + ".join(f"{format_share(capped(s))} × {format_number(w)}" for _, s, w in parts if s is not None)
    weight = format_number(sum(w for _, s, w in parts if s is not None))
    worked = f"({top}) ÷ {weight} = {format_share(whole.mean)}"
    return Explanation(format_share(whole.mean), formula, worked, rows, whole.known, whole.total)


def explain_status(share: float | None, stretch: Stretch, day: date) -> Explanation:
    """Why the pace suggests the status it suggests at the end of `day`."""
    said = status(share, stretch, day)
    worked, whole = stretch.worked_days(day), stretch.days
    line = expected_share(stretch, day)
    formula = (
        f"On track from {format_share(NEAR)} of the pace, behind below {format_share(FAR)} of it; "
        f"the first {GRACE_DAYS} days are not judged."
    )
    rows = (
        ("Progress", format_share(share)),
        ("Pace", f"{worked} of {whole} days without pauses = {format_share(line)}"),
    )
    return Explanation(UNKNOWN if said is None else said.replace("_", " "), formula, "", rows, worked, whole)


def explain_forecast(found: Forecast, kind: str = NUMBER, unit: str = "") -> Explanation:
    """Why the forecast says what it says."""

    def said(value: float) -> str:
        return format_value(value, kind, unit)

    formula = "Median of the slopes between all pairs of the last eight readings (Theil–Sen); the range is 80 %."
    days = (found.day - found.last[0]).days
    worked = f"{said(found.level)} + {format_number(found.slope)} a day × {days} days = {said(found.middle)}"
    rows = (("From", said(found.low)), ("To", said(found.high)), ("On", found.day.isoformat()))
    return Explanation(f"{said(found.low)} to {said(found.high)}", formula, worked, rows, found.readings)


def explain_grade(share: float | None, commitment: str) -> Explanation:
    """Why a grade is suggested, and what would count as success."""
    grade = suggested_grade(share)
    line = COMMITTED_SUCCESS if commitment == "committed" else ASPIRATIONAL_SUCCESS
    formula = (
        f"Progress capped at 100 %, to one decimal. Success for {commitment} objectives begins at {line:.1f}."
    )
    worked = "" if grade is None else f"{format_share(share)} → {grade:.1f}"
    return Explanation(UNKNOWN if grade is None else f"{grade:.1f}", formula, worked)


def _way(goal: Goal, read: Sequence[Reading], kind: str, unit: str) -> tuple[str, str]:
    """The formula for a measure, and it with its numbers."""
    last, target = read[-1][1], goal.target or 0.0
    if goal.measure == MILESTONE:
        return "A milestone is reached (100 %) or not (0 %).", "reached" if last >= 1 else "not reached"
    if goal.measure == CHECKLIST:
        return "points done ÷ points", f"{format_number(last)} ÷ {format_number(target)}"
    if goal.measure in (HOLD_ABOVE, HOLD_BELOW):
        side = "above" if goal.measure == HOLD_ABOVE else "below"
        right = sum(value >= target if side == "above" else value <= target for _, value in read)
        formula = f"readings at or {side} {format_value(target, kind, unit)} ÷ all readings"
        return formula, f"{right} ÷ {len(read)}"
    value, baseline, end = (format_number(number) for number in (last, goal.baseline or 0.0, target))
    formula = "(value − baseline) ÷ (target − baseline), not below 0 %"
    return formula, f"({value} − {baseline}) ÷ ({end} − {baseline})"

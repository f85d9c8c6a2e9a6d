"""Grades at the close of an objective."""

from __future__ import annotations

import math
from typing import Final

from app.core.measure.progress import capped

COMMITTED_SUCCESS: Final = 1.0
ASPIRATIONAL_SUCCESS: Final = 0.7


def suggested_grade(share: float | None) -> float | None:
    """The capped progress to one decimal, 0.0 to 1.0; None while nothing is known.

    1.0 is for what was reached: 95 % of the way is 0.9, lest rounding say what did not happen.
    """
    if share is None:
        return None
    return 1.0 if share >= 1 - 1e-9 else min(round(capped(share) + 1e-9, 1), 0.9)


def has_succeeded(grade: float, commitment: str) -> bool:
    """Whether `grade` reaches the success line: 1.0 for a committed objective, 0.7 for an aspirational one."""
    return grade >= (COMMITTED_SUCCESS if commitment == "committed" else ASPIRATIONAL_SUCCESS) - 1e-9


def band(grade: float) -> str:
    """`bad` for 0.0–0.3, `warn` for 0.4–0.6, `good` for 0.7–1.0, by the full tenths of the grade."""
    tenths = math.floor(grade * 10 + 1e-9)
    return "bad" if tenths <= 3 else "warn" if tenths <= 6 else "good"

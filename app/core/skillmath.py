"""What ratings say: claimed or proven, fresh or stale, and how far from a role. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

ENOUGH_EVIDENCE: Final = 2
"""Dated pieces of evidence that turn a claimed level into a proven one."""

STALE_AFTER: Final = timedelta(days=274)
"""Nine months."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A skill on a day.

    Attributes:
        level: As last rated, None while unrated. proven: the level that evidence carries, None while none does.
        day: When it was last rated. pieces: evidence for `level`.
        is_stale: Nothing has proved it for nine months; the number is kept.
    """

    level: float | None
    proven: float | None
    day: date | None
    pieces: int
    is_stale: bool

    @property
    def is_claimed(self) -> bool:
        """Rated higher than the evidence carries."""
        return self.level is not None and (self.proven is None or self.proven < self.level)


def standing(ratings: Sequence[tuple[date, float]], evidence: Sequence[date], on: date) -> Standing:
    """How a skill stands at the end of `on`.

    A level is proven by two pieces of evidence dated after the last rating below it. One that is lowered
    again keeps what proved it before; one that is raised is claimed until two new pieces stand.

    Args:
        ratings: (day, level) by one source, in order. evidence: days of what proves the skill, in order.
    """
    seen = [rating for rating in ratings if rating[0] <= on]
    dated = [day for day in evidence if day <= on]
    if not seen:
        return Standing(None, None, None, len(dated), is_stale=False)
    proven: float | None = None
    pieces = 0
    for place, (_, level) in enumerate(seen):
        lower = [day for day, below in seen[:place] if below < level]
        pieces = sum(1 for day in dated if not lower or day > lower[-1])
        if pieces >= ENOUGH_EVIDENCE:
            proven = level
        elif proven is not None:
            proven = min(proven, level)
    last_day, last_level = seen[-1]
    alive = max([last_day, *dated[-1:]]) if not dated else dated[-1]
    return Standing(last_level, proven, last_day, pieces, is_stale=on - alive > STALE_AFTER)


def gaps(expected: Mapping[int, float], levels: Mapping[int, float | None]) -> list[tuple[int, float]]:
    """Skills below what a role expects as (skill, missing levels), the weightiest first.

    The weight of a gap is its size times the level expected: a role leans on what it expects most.
    An unrated skill is unknown, so it is no gap.
    """
    found = []
    for skill, wanted in expected.items():
        level = levels.get(skill)
        if level is not None and level < wanted:
            found.append((skill, wanted - level))
    return sorted(found, key=lambda gap: (-gap[1] * expected[gap[0]], gap[0]))

"""What ratings say: claimed or proven, fresh or stale, and how far from a role. Pure functions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

ENOUGH_EVIDENCE: Final = 2
"""Dated pieces of evidence that turn a claimed level into a proven one."""

ENOUGH_FOR_PART: Final = 1
"""For the depth at which one knows a part of one's product."""

STALE_AFTER: Final = timedelta(days=274)
"""Nine months."""


Rated = tuple[date, float]
"""A day and the level given on it."""


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


def standing(
    ratings: Sequence[Rated], evidence: Sequence[date], on: date, *, enough: int = ENOUGH_EVIDENCE
) -> Standing:
    """How a skill stands at the end of `on`.

    A level is proven by two pieces of evidence dated after the last rating below it. One that is lowered
    again keeps what proved it before; one that is raised is claimed until two new pieces stand. All of which
    is to say: proven is the lowest level given since the second last piece of evidence.

    Args:
        ratings: (day, level) by one source, in order. evidence: days of what proves the skill, in order.
        enough: So many pieces instead of two.
    """
    rated, dated = bisect_right(ratings, on, key=_day), bisect_right(evidence, on)
    if not rated:
        return Standing(None, None, None, dated, is_stale=False)
    day, level = ratings[rated - 1]
    proven = None
    if dated >= enough:
        since = bisect_left(ratings, evidence[dated - enough], hi=rated, key=_day)
        proven = min((ratings[place][1] for place in range(since, rated)), default=level)
    below = next((ratings[place][0] for place in range(rated - 1, -1, -1) if ratings[place][1] < level), None)
    pieces = dated if below is None else dated - bisect_right(evidence, below, hi=dated)
    alive = evidence[dated - 1] if dated else day
    return Standing(level, proven, day, pieces, is_stale=on - alive > STALE_AFTER)


def level_at(ratings: Sequence[Rated], on: date) -> float | None:
    """The level last given up to and with `on`; None while there was none.

    Args:
        ratings: (day, level) by one source, in order.
    """
    rated = bisect_right(ratings, on, key=_day)
    return ratings[rated - 1][1] if rated else None


def _day(rated: Rated) -> date:
    return rated[0]


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

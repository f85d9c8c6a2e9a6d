"""The board in time and against a role: what stood on other days, by quarter, and which gap has a step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.core.days import Calendar, Period, Span
from app.core.insights import mean_of
from app.core.skillmath import Standing, level_at, standing
from app.core.skills.board import Board, SkillRow


@dataclass(frozen=True, slots=True)
class GapRow:
    """A skill below what the target role expects; `weight` is what is missing times what is expected."""

    skill: SkillRow
    missing: float
    weight: float


def first_day(board: Board) -> date | None:
    """The day of the first rating; None while there is none."""
    return min((skill.rated[0][0] for skill in board.skills if skill.rated), default=None)


def compared(board: Board, past: date | None) -> Board:
    """The board beside how it stood at the end of `past`; asks nothing of the journal."""
    areas = tuple(
        replace(
            area,
            skills=tuple(replace(skill, past=_standing(skill, past) if past else None) for skill in area.skills),
        )
        for area in board.areas
    )
    return replace(board, areas=areas)


def levels_by_quarter(
    board: Board, calendar: Calendar, today: date, *, most: int = 12
) -> tuple[list[Period], list[list[float | None]]]:
    """The last quarters, and for each skill its level at the end of each; None while it was not rated."""
    first = first_day(board)
    if first is None:
        return [], []
    since = max(first, today - timedelta(days=92 * most))
    quarters = calendar.periods_in("quarter", Span(min(since, today), today))[-most:]
    ends = [min(quarter.last, today) for quarter in quarters]
    return quarters, [[level_at(skill.rated, end) for end in ends] for skill in board.skills]


def mean_level(skills: Iterable[SkillRow], on: date) -> float | None:
    """The mean of the levels that were known at the end of `on`; None when none was."""
    return mean_of(level_at(skill.rated, on) for skill in skills).value


def gap_rows(board: Board) -> list[GapRow]:
    """Every gap to the target role, the weightiest first."""
    named = {skill.id: skill for skill in board.skills}
    return [
        GapRow(named[skill], missing, missing * (named[skill].expected or 0.0)) for skill, missing in board.gaps
    ]


def idle_steps(board: Board) -> Sequence[str]:
    """Open steps that serve only skills in which nothing is missing, as far as is known."""
    below = {skill for skill, _ in board.gaps}
    needed = {step for skill in board.skills if skill.id in below for step in skill.steps}
    served = [
        step
        for skill in board.skills
        if skill.id not in below and skill.now.level is not None
        for step in skill.steps
    ]
    return [step for step in dict.fromkeys(served) if step not in needed]


def _standing(skill: SkillRow, on: date) -> Standing:
    return standing(skill.rated, skill.proved, on, enough=skill.enough)

"""From a gap to steps that may close it: study, practise, be taught, take a role, what helped before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from app.core import skills
from app.core.roadmap import OPEN, StepDraft, StepRow, steps

MOST_GAPS: Final = 3
SAME: Final = 2
"""So many of one's own past steps, and of the skill's checklist, are offered for a gap."""

# In our own words: one of each kind, so that the gap is not only read about.
_WAYS: Final = (
    ("reading", "Read one good book on {skill} and write down what changes on Monday", 10.0, 4),
    ("education", "A course on {skill} that ends with work somebody else looks at", 30.0, 8),
    ("practice", "Do {skill} once a week in real work, with three lines on what happened", 12.0, 12),
    ("mentoring", "Find somebody who is good at {skill}; bring one real case every second week", 10.0, 12),
    ("coaching", "Let somebody watch {skill} at work twice, and tell what they saw", 4.0, 6),
    ("project", "Take on one thing that cannot succeed without {skill}", 40.0, 12),
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A step that might close a gap; `again` says that it repeats one's own that was finished."""

    draft: StepDraft
    weeks: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class GapRow:
    """A gap to the target role, or a skill that somebody wants a step for anyway.

    Attributes:
        level, expected: Where one stands, and what the role asks, None where it asks nothing; 0 to 5.
        aim: What the next level looks like, "" where nothing is said of it.
        under_way: Titles of open steps that serve it already.
    """

    skill_id: int
    skill: str
    level: float | None
    expected: float | None
    aim: str
    under_way: tuple[str, ...]
    proposals: tuple[Proposal, ...]


def gap_proposals(session: Session, *, today: date, skill_id: int | None = None) -> tuple[str, list[GapRow]]:
    """The target role's name ("" without one), and its weightiest gaps with steps that may close them.

    Args:
        skill_id: This skill alone, whether or not it is a gap.
    """
    told = skills.histories(session, on=today)
    board = skills.board(session, on=today, of=told)
    known = {skill.id: skill for skill in board.skills}
    wanted = [gap for gap, _ in board.gaps[:MOST_GAPS]]
    if skill_id is not None:
        known |= {part.id: part for part in skills.map_board(session, on=today, of=told).skills}
        wanted = [skill_id] if skill_id in known else []
    if not wanted:
        return board.role.title if board.role else "", []
    rows = steps(session, today=today)
    return board.role.title if board.role else "", [_gap(session, known[each], rows) for each in wanted]


def own_step(gap: GapRow) -> StepDraft:
    """A step of one's own words for a gap."""
    return StepDraft("", "practice", serves=(gap.skill_id,), horizon="next", notes=gap.aim)


def _gap(session: Session, skill: skills.SkillRow, rows: Sequence[StepRow]) -> GapRow:
    above = int(skill.now.level or 0)
    aim = skill.anchors[above] if above < len(skill.anchors) else ""
    serving = [row for row in rows if skill.title in row.serves]
    made = _proposals(skill.id, skill.title, serving, skills.checklist(session, skill.id))
    aimed = tuple(replace(each, draft=replace(each.draft, notes=aim)) for each in made)
    under_way = tuple(row.title for row in serving if row.state in OPEN)
    return GapRow(skill.id, skill.title, skill.now.level, skill.expected, aim, under_way, aimed)


def unserved(rows: Sequence[StepRow]) -> list[StepRow]:
    """Open steps that serve nothing: steps without a gap."""
    return [row for row in rows if row.state in OPEN and not row.serves]


def _proposals(
    skill_id: int, skill: str, serving: Sequence[StepRow], checks: Sequence[tuple[bool, str]]
) -> tuple[Proposal, ...]:
    before = [row for row in serving if row.state == "done"]
    again = [
        Proposal(
            StepDraft(row.title, row.form, hours_planned=row.hours_planned, serves=(skill_id,), horizon="next"),
            max(((row.last - row.first).days + 1) // 7, 1) if row.first and row.last else 4,
            again=True,
        )
        for row in sorted(before, key=lambda row: row.last or date.min, reverse=True)[:SAME]
    ]
    never_done = [
        Proposal(StepDraft(text, "practice", serves=(skill_id,), horizon="next"), 4)
        for is_done, text in checks
        if not is_done and text
    ][:SAME]
    named = skill[:1].lower() + skill[1:] if skill[1:2].islower() else skill
    ways = [
        Proposal(
            StepDraft(text.format(skill=named), form, hours_planned=hours, serves=(skill_id,), horizon="next"),
            weeks,
        )
        for form, text, hours, weeks in _WAYS
    ]
    return (*again, *never_done, *ways)

"""What the Skills page shows, in a number of statements that does not grow with the rows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.core.days import day_of_moment, moments_of
from app.core.model import Anchor, Area, Role, RoleLevel, Skill
from app.core.settings import settings
from app.core.skillmath import Rated, Standing, gaps, standing

# A kind in the condition keeps SQLite from walking all items for the few of that kind.
# The index over kind and moment is read alone: the rows of `item` hold the texts and lie far apart.
_THERE: Final = """
    FROM item INDEXED BY item_kind CROSS JOIN rating ON rating.id = item.id
    WHERE item.kind = 'rating' AND item.id NOT IN (SELECT id FROM item WHERE deleted_at IS NOT NULL)
"""
_OWN: Final = (
    f"SELECT rating.skill_id, item.moment, rating.level {_THERE} AND rating.source = 'self' ORDER BY item.moment"
)
_OTHERS: Final = f"""
    SELECT rating.skill_id, rating.source, rating.level, max(item.moment) {_THERE}
      AND rating.source != 'self' AND item.moment < :end GROUP BY rating.skill_id, rating.source
"""
_EVIDENCE: Final = """
    SELECT rating.skill_id, entry.day, entry.id
    FROM link CROSS JOIN rating ON rating.id = link.target_id CROSS JOIN entry ON entry.id = link.source_id
    WHERE link.role = 'proves' AND entry.id NOT IN (SELECT id FROM item WHERE deleted_at IS NOT NULL)
    UNION ALL
    SELECT skill.id, entry.day, entry.id
    FROM skill CROSS JOIN link ON link.target_id = skill.id CROSS JOIN entry ON entry.id = link.source_id
    WHERE link.role = 'proves' AND entry.id NOT IN (SELECT id FROM item WHERE deleted_at IS NOT NULL)
"""
_STEPS: Final = """
    SELECT link.target_id, json_group_array(item.title ORDER BY step.position)
    FROM link JOIN step ON step.id = link.source_id JOIN item ON item.id = step.id
    JOIN skill ON skill.id = link.target_id
    WHERE link.role = 'serves' AND item.deleted_at IS NULL AND step.state IN ('idea', 'planned', 'doing')
    GROUP BY link.target_id
"""


@dataclass(frozen=True, slots=True)
class SkillRow:
    """A skill as the list and the charts show it.

    Attributes:
        now, past: How it stands today and on the day compared with, by one's own ratings.
        others: The last level by each other source. expected: what the target role asks, None without one.
        anchors: What the levels 1 to 5 look like. steps: Titles of open steps that serve it.
        rated, proved: One's own (day, level), and the days of evidence, in order.
    """

    id: int
    area_id: int
    title: str
    now: Standing
    past: Standing | None
    others: dict[str, float]
    expected: float | None
    anchors: tuple[str, ...]
    steps: tuple[str, ...] = ()
    rated: Sequence[Rated] = ()
    proved: Sequence[date] = ()


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area with its skills, in their order."""

    id: int
    title: str
    why: str
    skills: tuple[SkillRow, ...]


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role that skills can be compared with."""

    id: int
    uid: str
    title: str


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the page needs: areas, the target role, and the weightiest gaps as (skill id, missing).

    `target_day` is the day by which one wants to be what the role asks.
    """

    areas: tuple[AreaRow, ...]
    role: RoleRow | None
    gaps: tuple[tuple[int, float], ...] = field(default=())
    target_day: date | None = None

    @property
    def skills(self) -> tuple[SkillRow, ...]:
        """All skills, in order."""
        return tuple(skill for area in self.areas for skill in area.skills)


@dataclass(frozen=True, slots=True)
class RatingRow:
    """A rating in a skill's history."""

    id: int
    day: date
    level: float
    source: str
    note: str


def board(session: Session, *, on: date, past: date | None = None) -> Board:
    """Every area and skill as it stands `on` a day, compared with `past` and with the target role."""
    role = _target(session)
    expected = _expected(session, role)
    own_ratings, others_levels, evidence = _own(session), _others(session, on), _evidence(session)
    steps = {skill: tuple(json.loads(said)) for skill, said in session.execute(text(_STEPS))}
    anchors: dict[int, list[str]] = {}
    for skill, said in session.execute(
        select(Anchor.skill_id, Anchor.text).order_by(Anchor.skill_id, Anchor.level)
    ):
        anchors.setdefault(skill, []).append(said)
    by_area: dict[int, list[SkillRow]] = {}
    query = (
        select(Skill.id, Skill.area_id, Skill.title)
        .where(Skill.kind == "skill", Skill.deleted_at.is_(None), Skill.archived_at.is_(None))
        .order_by(Skill.position, Skill.id)
    )
    for skill, area, title in session.execute(query):
        own, pieces, others = own_ratings.get(skill, []), evidence.get(skill, []), others_levels.get(skill, {})
        row = SkillRow(
            skill,
            area,
            title,
            standing(own, pieces, on),
            standing(own, pieces, past) if past else None,
            others,
            expected.get(skill),
            tuple(anchors.get(skill, ())),
            steps.get(skill, ()),
            own,
            pieces,
        )
        by_area.setdefault(area, []).append(row)
    areas = session.execute(
        select(Area.id, Area.title, Area.text)
        .where(Area.kind == "area", Area.deleted_at.is_(None))
        .order_by(Area.position, Area.id)
    )
    found = tuple(AreaRow(*area, tuple(by_area.get(area[0], ()))) for area in areas)
    levels = {skill.id: skill.now.level for area in found for skill in area.skills}
    below = gaps({s: e for s, e in expected.items() if s in levels}, levels)
    wanted = settings(session).target_day
    return Board(found, role, tuple(below), date.fromisoformat(wanted) if wanted else None)


def roles(session: Session) -> list[RoleRow]:
    """Every role, in order."""
    query = (
        select(Role.id, Role.uid, Role.title)
        .where(Role.kind == "role", Role.deleted_at.is_(None))
        .order_by(Role.position, Role.id)
    )
    return [RoleRow(*row) for row in session.execute(query)]


def ratings_of(session: Session, skill_id: int) -> list[RatingRow]:
    """A skill's ratings by every source, newest first; the note is what was written beside the level."""
    query = text(
        "SELECT item.id, entry.day, rating.level, rating.source, item.text FROM rating "
        "JOIN entry ON entry.id = rating.id JOIN item ON item.id = rating.id "
        "WHERE rating.skill_id = :skill AND item.deleted_at IS NULL ORDER BY item.moment DESC"
    )
    return [
        RatingRow(item_id, date.fromisoformat(day), level, source, said.partition("\n\n")[2])
        for item_id, day, level, source, said in session.execute(query, {"skill": skill_id})
    ]


def _own(session: Session) -> dict[int, list[Rated]]:
    """One's own ratings of every skill, in order."""
    found: dict[int, list[Rated]] = {}
    for skill, moment, level in session.connection().exec_driver_sql(_OWN):
        day = day_of_moment(moment)
        if day is not None:
            found.setdefault(skill, []).append((day, level))
    return found


def _others(session: Session, on: date) -> dict[int, dict[str, float]]:
    """For every skill the last level by each other source at the end of `on`."""
    found: dict[int, dict[str, float]] = {}
    rows = session.connection().exec_driver_sql(_OTHERS, {"end": moments_of(on)[1]})
    for skill, source, level, _moment in rows:
        found.setdefault(skill, {})[source] = level
    return found


def _evidence(session: Session) -> dict[int, list[date]]:
    """The days of what proves each skill, in order; an entry that proves several of its ratings counts once."""
    pieces: dict[int, dict[int, str]] = {}
    for skill, day, entry in session.connection().exec_driver_sql(_EVIDENCE):
        pieces.setdefault(skill, {})[entry] = day
    return {skill: [date.fromisoformat(day) for day in sorted(days.values())] for skill, days in pieces.items()}


def _target(session: Session) -> RoleRow | None:
    wanted = settings(session).target_role
    return next((role for role in roles(session) if role.uid == wanted), None) if wanted else None


def _expected(session: Session, role: RoleRow | None) -> dict[int, float]:
    if role is None:
        return {}
    query = select(RoleLevel.skill_id, RoleLevel.level).where(RoleLevel.role_id == role.id)
    return {row[0]: row[1] for row in session.execute(query)}

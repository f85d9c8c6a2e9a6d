"""What the Skills page shows, in a number of statements that does not grow with the rows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.core.days import MOMENTS_A_DAY, day_of_moment, moments_of
from app.core.skillmath import ENOUGH_EVIDENCE, ENOUGH_FOR_PART, Rated, Standing, gaps, standing
from app.core.skills.models import MAP_CODE, ModelRow, current_model, models
from app.core.skills.rating import DEPTHS, HIGHEST

# A kind in the condition keeps SQLite from walking all items for the few of that kind.
# The index over kind and moment is read alone: the rows of `item` hold the texts and lie far apart.
_THERE: Final = """
    FROM item INDEXED BY item_kind CROSS JOIN rating ON rating.id = item.id
    WHERE item.kind = 'rating' AND item.id NOT IN (SELECT id FROM item WHERE deleted_at IS NOT NULL)
"""
# Tens of thousands of rows come as one value: SQLite joins them without the interpreter's lock.
_OWN: Final = f"""
    SELECT json_group_array(skill_id), json_group_array(day), json_group_array(level) FROM (
        SELECT rating.skill_id, item.moment / {MOMENTS_A_DAY} AS day, rating.level {_THERE}
          AND rating.source = 'self' AND item.moment >= {MOMENTS_A_DAY} ORDER BY item.moment
    )
"""
_OTHERS: Final = f"""
    SELECT rating.skill_id, rating.source, rating.level, max(item.moment) {_THERE}
      AND rating.source != 'self' AND item.moment < :end GROUP BY rating.skill_id, rating.source
"""
_EVIDENCE: Final = """
    SELECT json_group_array(skill_id), json_group_array(day), json_group_array(entry_id) FROM (
        SELECT rating.skill_id, entry.day, entry.id AS entry_id
        FROM link CROSS JOIN rating ON rating.id = link.target_id CROSS JOIN entry ON entry.id = link.source_id
        WHERE link.role = 'proves' AND entry.id NOT IN (SELECT id FROM item WHERE deleted_at IS NOT NULL)
        UNION ALL
        SELECT skill.id, entry.day, entry.id
        FROM skill CROSS JOIN link ON link.target_id = skill.id CROSS JOIN entry ON entry.id = link.source_id
        WHERE link.role = 'proves' AND entry.id NOT IN (SELECT id FROM item WHERE deleted_at IS NOT NULL)
    )
"""
_STEPS: Final = """
    SELECT link.target_id, json_group_array(item.title ORDER BY step.position)
    FROM link JOIN step ON step.id = link.source_id JOIN item ON item.id = step.id
    JOIN skill ON skill.id = link.target_id
    WHERE link.role = 'serves' AND item.deleted_at IS NULL AND step.state IN ('idea', 'planned', 'doing')
    GROUP BY link.target_id
"""

_SKILLS: Final = """
    SELECT skill.id, skill.area_id, item.title FROM skill CROSS JOIN item ON item.id = skill.id
    WHERE item.deleted_at IS NULL AND skill.archived_at IS NULL ORDER BY skill.position, skill.id
"""
_AREAS: Final = """
    SELECT item.id, item.title, item.text, area.code FROM area CROSS JOIN item ON item.id = area.id
    WHERE item.deleted_at IS NULL AND {where} ORDER BY area.position, area.id
"""
_ROLES: Final = """
    SELECT item.id, item.uid, item.title FROM role CROSS JOIN item ON item.id = role.id
    WHERE item.deleted_at IS NULL AND coalesce(role.model_id, :first) IS :model ORDER BY role.position, role.id
"""


@dataclass(frozen=True, slots=True)
class SkillRow:
    """A skill as the list and the charts show it.

    Attributes:
        now, past: How it stands today and on the day compared with, by one's own ratings.
        others: The last (day, level) by each other source. expected: what the target role asks, None without one.
        anchors: What the levels from 1 look like. steps: Titles of open steps that serve it.
        rated, proved: One's own (day, level), and the days of evidence, in order.
        enough: So many pieces prove a level. highest: the highest level there is.
    """

    id: int
    area_id: int
    title: str
    now: Standing
    past: Standing | None
    others: Mapping[str, Rated]
    expected: float | None
    anchors: tuple[str, ...]
    steps: tuple[str, ...] = ()
    rated: Sequence[Rated] = ()
    proved: Sequence[date] = ()
    enough: int = ENOUGH_EVIDENCE
    highest: int = int(HIGHEST)


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

    `target_day` is the day by which one wants to be what the role asks; `model` is the one in use.
    """

    areas: tuple[AreaRow, ...]
    role: RoleRow | None
    gaps: tuple[tuple[int, float], ...] = field(default=())
    target_day: date | None = None
    model: ModelRow | None = None

    @property
    def skills(self) -> tuple[SkillRow, ...]:
        """All skills, in order."""
        return tuple(skill for area in self.areas for skill in area.skills)


@dataclass(frozen=True, slots=True)
class Histories:
    """By skill: one's own ratings, the last by each other source, and the days of what proves it."""

    own: Mapping[int, Sequence[Rated]]
    others: Mapping[int, Mapping[str, Rated]]
    evidence: Mapping[int, Sequence[date]]


@dataclass(frozen=True, slots=True)
class _Days:
    on: date
    past: date | None


@dataclass(frozen=True, slots=True)
class RatingRow:
    """A rating in a skill's history."""

    id: int
    day: date
    level: float
    source: str
    note: str


def board(session: Session, *, on: date, past: date | None = None, of: Histories | None = None) -> Board:
    """Every area and skill of the model in use as it stands `on` a day, compared with `past` and the target role.

    Args:
        of: What `histories` said, where it is at hand.
    """
    rows = models(session)
    model = current_model(session)
    first = rows[0].id if rows else None
    areas = _AREAS.format(where="coalesce(area.model_id, :first) IS :model AND area.code IS NOT :map")
    values = {"first": first, "model": model.id if model else None, "map": MAP_CODE}
    role = _target(session, model)
    expected = _expected(session, role)
    found = _areas(session, areas, values, _Days(on, past), of or histories(session, on=on), expected)
    levels = {skill.id: skill.now.level for area in found for skill in area.skills}
    below = gaps({s: e for s, e in expected.items() if s in levels}, levels)
    return Board(found, role, tuple(below), model.target_day if model else None, model)


def map_board(session: Session, *, on: date, of: Histories | None = None) -> Board:
    """The parts of one's product, which belong to no model, as `board`; one dated entry proves a depth."""
    areas = _AREAS.format(where="area.code IS :map")
    return Board(
        _areas(session, areas, {"map": MAP_CODE}, _Days(on, None), of or histories(session, on=on), {}), None
    )


def histories(
    session: Session, *, on: date, evidence: Callable[[], Mapping[int, Sequence[date]]] | None = None
) -> Histories:
    """All ratings and all evidence: what a board takes longest to read, so that two can share it.

    Args:
        evidence: Hands over what `proof_days` reads meanwhile in another session.
    """
    return Histories(_own(session), _others(session, on), evidence() if evidence else proof_days(session))


def _areas(
    session: Session, query: str, values: dict[str, Any], days: _Days, told: Histories, expected: dict[int, float]
) -> tuple[AreaRow, ...]:
    """Areas with their skills, in their order."""
    steps = {skill: tuple(json.loads(said)) for skill, said in _rows(session, _STEPS)}
    anchors: dict[int, list[str]] = {}
    for skill, said in _rows(session, "SELECT skill_id, text FROM anchor ORDER BY skill_id, level"):
        anchors.setdefault(skill, []).append(said)
    by_area: dict[int, list[tuple[int, str]]] = {}
    for skill, area, title in _rows(session, _SKILLS):
        by_area.setdefault(area, []).append((skill, title))
    made = []
    for area_id, title, why, code in _rows(session, query, values):
        is_map = code == MAP_CODE
        enough = ENOUGH_FOR_PART if is_map else ENOUGH_EVIDENCE
        skills = []
        for skill, name in by_area.get(area_id, ()):
            own, pieces = told.own.get(skill, ()), told.evidence.get(skill, ())
            skills.append(
                SkillRow(
                    skill,
                    area_id,
                    name,
                    standing(own, pieces, days.on, enough=enough),
                    standing(own, pieces, days.past, enough=enough) if days.past else None,
                    told.others.get(skill, {}),
                    expected.get(skill),
                    tuple(anchors.get(skill, ())),
                    steps.get(skill, ()),
                    own,
                    pieces,
                    enough,
                    len(DEPTHS) if is_map else HIGHEST,
                )
            )
        made.append(AreaRow(area_id, title, why, tuple(skills)))
    return tuple(made)


def roles(session: Session, model_id: int | None = None) -> list[RoleRow]:
    """Roles in order: those of a model, or of the one in use."""
    rows = models(session)
    if model_id is None:
        row = current_model(session)
        model_id = row.id if row else None
    values = {"first": rows[0].id if rows else None, "model": model_id}
    return [RoleRow(*row) for row in _rows(session, _ROLES, values)]


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
    found: defaultdict[int, list[Rated]] = defaultdict(list)
    day_of = cache(date.fromordinal)
    for skill, ordinal, level in _arrays(session, _OWN):
        found[skill].append((day_of(ordinal), level))
    return dict(found)


def _others(session: Session, on: date) -> dict[int, dict[str, Rated]]:
    """For every skill the last level by each other source at the end of `on`, with its day."""
    found: dict[int, dict[str, Rated]] = {}
    for skill, source, level, moment in _rows(session, _OTHERS, {"end": moments_of(on)[1]}):
        day = day_of_moment(moment)
        if day is not None:
            found.setdefault(skill, {})[source] = (day, level)
    return found


def proof_days(session: Session) -> dict[int, list[date]]:
    """The days of what proves each skill, in order; an entry that proves several of its ratings counts once."""
    pieces: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for skill, day, entry in _arrays(session, _EVIDENCE):
        pieces[skill][entry] = day
    day_of = cache(date.fromisoformat)
    return {skill: [day_of(day) for day in sorted(days.values())] for skill, days in pieces.items()}


def _target(session: Session, model: ModelRow | None) -> RoleRow | None:
    if model is None or not model.target_role:
        return None
    return next((role for role in roles(session, model.id) if role.uid == model.target_role), None)


def _expected(session: Session, role: RoleRow | None) -> dict[int, float]:
    if role is None:
        return {}
    query = "SELECT skill_id, level FROM role_level WHERE role_id = :role"
    return dict(_rows(session, query, {"role": role.id}))


def _arrays(session: Session, query: str) -> Iterator[tuple[Any, ...]]:
    """The rows that a query hands over as one JSON array for each column."""
    ((*columns,),) = _rows(session, query)
    return zip(*(json.loads(column) for column in columns), strict=True)


def _rows(session: Session, query: str, values: Mapping[str, Any] | None = None) -> Sequence[Any]:
    """What plain SQL answers, fetched in one go: as rows of SQLAlchemy's own it takes twice as long."""
    session.flush()
    return session.connection().exec_driver_sql(query, dict(values) if values else None).cursor.fetchall()

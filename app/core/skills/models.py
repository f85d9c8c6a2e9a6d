"""Competency models side by side: which is in use, and what becomes of one that no longer is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.core import items
from app.core.errors import FieldError, UserError
from app.core.model import Area, CompetencyModel, Role, Skill
from app.core.settings import change_settings, settings

SHIPPED: Final = "product"
"""Marks the model that comes with Northing."""

MAP_CODE: Final = "technical-map"
"""Marks the area that is of no model: the parts of one's product."""

_MODELS: Final = """
    SELECT item.id, item.uid, item.title, competency_model.archived_at IS NOT NULL AS archived,
           competency_model.target_role, competency_model.target_day, competency_model.code,
           count(skill.id) AS skills
    FROM competency_model CROSS JOIN item ON item.id = competency_model.id
    LEFT JOIN area ON area.model_id = item.id
    LEFT JOIN skill ON skill.area_id = area.id AND skill.archived_at IS NULL
      AND skill.id NOT IN (SELECT id FROM item WHERE deleted_at IS NOT NULL)
    WHERE item.deleted_at IS NULL GROUP BY item.id ORDER BY competency_model.position, item.id
"""


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A competency model as lists show it.

    Attributes:
        skills: How many stand on the page. target_role: `uid` of the role worked towards, or "".
    """

    id: int
    uid: str
    title: str
    is_archived: bool
    target_role: str
    target_day: date | None
    skills: int
    is_shipped: bool


def models(session: Session) -> list[ModelRow]:
    """Every living model in order, archived ones too."""
    return [
        ModelRow(
            row.id,
            row.uid,
            row.title,
            bool(row.archived),
            row.target_role,
            date.fromisoformat(row.target_day) if row.target_day else None,
            row.skills,
            row.code == SHIPPED,
        )
        for row in session.execute(text(_MODELS))
    ]


def current_model(session: Session) -> ModelRow | None:
    """The model in use: the one last chosen, or else the first that is not archived; None without any."""
    open_ones = [row for row in models(session) if not row.is_archived]
    chosen = settings(session).competency_model
    return next((row for row in open_ones if row.uid == chosen), open_ones[0] if open_ones else None)


def model_of(session: Session, skill_id: int) -> int | None:
    """The model of a skill; None for a part of one's product and for what is no skill."""
    query = "SELECT area.model_id FROM skill JOIN area ON area.id = skill.area_id WHERE skill.id = :skill"
    found: int | None = session.scalar(text(query), {"skill": skill_id})
    return found


def area_ids(session: Session, model_id: int | None) -> list[int]:
    """Areas of a model in their order, then the map of one's product.

    Areas of no model, as an import from an earlier version brings them, stand with the first.
    """
    rows = models(session)
    query = """
        SELECT item.id FROM area CROSS JOIN item ON item.id = area.id WHERE item.deleted_at IS NULL
          AND (area.code IS :map OR coalesce(area.model_id, :first) IS :model)
        ORDER BY area.code IS :map, area.position, area.id
    """
    values = {"first": rows[0].id if rows else None, "model": model_id, "map": MAP_CODE}
    return list(session.scalars(text(query), values))


def use_model(session: Session, model_id: int) -> None:
    """Show this model from now on; one that was archived comes back."""
    model = _model(session, model_id)
    if model.archived_at is not None:
        model.archived_at = None
    change_settings(session, competency_model=model.uid)


def add_model(session: Session, title: str, *, now: datetime) -> int:
    """An empty model, after the others; returns its id."""
    named = _named(session, title)
    last = session.scalar(select(func.max(CompetencyModel.position)))
    return items.add_item(session, CompetencyModel(title=named, position=(last or 0) + 1), now=now).id


def rename_model(session: Session, model_id: int, title: str, *, now: datetime) -> None:
    """Call a model something else."""
    model = _model(session, model_id)
    model.title, model.changed_at = _named(session, title, but=model_id), now


def archive_model(session: Session, model_id: int, *, archived: bool, now: datetime) -> None:
    """Put a model away, or take it out again; its skills, ratings and roles are kept.

    Raises:
        UserError: it is the only one.
    """
    model = _model(session, model_id)
    if archived:
        _refuse_last(session, model_id)
    model.archived_at, model.changed_at = (now if archived else None), now


def trash_model(session: Session, model_id: int, *, now: datetime) -> list[int]:
    """Move a model with its areas, skills and roles to the Trash; returns all ids, to be restored together.

    Ratings stay in the journal.

    Raises:
        UserError: it is the only one.
    """
    _refuse_last(session, model_id)
    ids = [_model(session, model_id).id]
    areas = select(Area.id).where(Area.model_id == model_id)
    for query in (
        select(Area.id).where(Area.model_id == model_id, Area.deleted_at.is_(None)),
        select(Skill.id).where(Skill.area_id.in_(areas), Skill.deleted_at.is_(None)),
        select(Role.id).where(Role.model_id == model_id, Role.deleted_at.is_(None)),
    ):
        ids += session.scalars(query)
    items.trash(session, ids, now=now)
    return ids


def restore_model(session: Session, ids: Sequence[int]) -> None:
    """Bring back what `trash_model` took."""
    items.restore(session, ids)


def set_target_role(session: Session, role_id: int | None) -> None:
    """Compare the skills of the role's model with it; None compares those of the model in use with none."""
    if role_id is None:
        row = current_model(session)
        if row is not None:
            _model(session, row.id).target_role = ""
        return
    role = items.living(session, role_id)
    assert isinstance(role, Role)
    if role.model_id is not None:
        _model(session, role.model_id).target_role = role.uid


def set_target_day(session: Session, day: date | None) -> None:
    """The day by which to be what the target role of the model in use asks; None for no day."""
    row = current_model(session)
    if row is not None:
        _model(session, row.id).target_day = day


def usable_skills(session: Session) -> list[tuple[int, str]]:
    """Skills that can be worked on, by title: those on the page of a model that is not archived, and parts."""
    query = """
        SELECT item.id, item.title FROM skill CROSS JOIN item ON item.id = skill.id
        CROSS JOIN area ON area.id = skill.area_id
        LEFT JOIN competency_model ON competency_model.id = area.model_id
        WHERE item.deleted_at IS NULL AND skill.archived_at IS NULL AND competency_model.archived_at IS NULL
        ORDER BY item.title
    """
    return [(row[0], row[1]) for row in session.execute(text(query))]


def _model(session: Session, model_id: int) -> CompetencyModel:
    model = items.living(session, model_id)
    if not isinstance(model, CompetencyModel):
        raise UserError("This is not a competency model.")
    return model


def _named(session: Session, title: str, *, but: int = 0) -> str:
    named = " ".join(title.split())
    if not named:
        raise FieldError("title", "Give the model a name.")
    if any(row.title.casefold() == named.casefold() for row in models(session) if row.id != but):
        raise FieldError("title", "Another model has this name.")
    return named


def _refuse_last(session: Session, model_id: int) -> None:
    if not any(row.id != model_id and not row.is_archived for row in models(session)):
        raise UserError("This is the only model in use. Add another one first.")

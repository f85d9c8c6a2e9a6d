"""The competency model: areas, skills with anchors, ratings, and roles with what they expect."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.model.base import Model
from app.core.model.entries import Entry
from app.core.model.items import Item


class CompetencyModel(Item):
    """Areas with their skills, and the roles that these are compared with; a journal may hold several.

    Attributes:
        code: Names a shipped one. target_role: `uid` of the role that one works towards, or "".
        target_day: The day by which one wants to be what that role asks.
    """

    __tablename__ = "competency_model"

    id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str | None]
    position: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None]
    target_role: Mapped[str] = mapped_column(default="")
    target_day: Mapped[date | None]

    __mapper_args__ = {"polymorphic_identity": "competency_model"}


class Area(Item):
    """A group of skills in a competency model; its text says why it matters. `code` names a shipped one.

    The parts of one's product are an area of no model: they are the same whichever is in use.
    """

    __tablename__ = "area"

    id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), primary_key=True)
    model_id: Mapped[int | None] = mapped_column(ForeignKey("competency_model.id", ondelete="CASCADE"), index=True)
    code: Mapped[str | None]
    position: Mapped[int] = mapped_column(default=0)

    skills: Mapped[list[Skill]] = relationship(
        back_populates="area", foreign_keys="Skill.area_id", order_by="Skill.position"
    )

    __mapper_args__ = {"polymorphic_identity": "area", "inherit_condition": id == Item.id}


class Skill(Item):
    """Something to be good at, with a description for each of the levels 1 to 5."""

    __tablename__ = "skill"

    id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id", ondelete="CASCADE"), index=True)
    code: Mapped[str | None]
    position: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None]

    area: Mapped[Area] = relationship(back_populates="skills", foreign_keys=area_id)
    anchors: Mapped[list[Anchor]] = relationship(
        cascade="all, delete-orphan", order_by="Anchor.level", passive_deletes=True
    )

    __mapper_args__ = {"polymorphic_identity": "skill", "inherit_condition": id == Item.id}


class Anchor(Model):
    """What a level of a skill looks like when one sees it."""

    __tablename__ = "anchor"

    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id", ondelete="CASCADE"), primary_key=True)
    level: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]


class Role(Item):
    """A job with an expected level for each skill of its competency model."""

    __tablename__ = "role"

    id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), primary_key=True)
    model_id: Mapped[int | None] = mapped_column(ForeignKey("competency_model.id", ondelete="CASCADE"), index=True)
    code: Mapped[str | None]
    position: Mapped[int] = mapped_column(default=0)

    levels: Mapped[list[RoleLevel]] = relationship(cascade="all, delete-orphan", passive_deletes=True)

    __mapper_args__ = {"polymorphic_identity": "role", "inherit_condition": id == Item.id}


class RoleLevel(Model):
    """The level of a skill that a role expects."""

    __tablename__ = "role_level"

    role_id: Mapped[int] = mapped_column(ForeignKey("role.id", ondelete="CASCADE"), primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id", ondelete="CASCADE"), primary_key=True, index=True)
    level: Mapped[float]


class Rating(Entry):
    """An entry with a level (0 to 5 in halves) for a skill, by `self`, `manager`, `mentor` or `peer`."""

    __tablename__ = "rating"

    id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id", ondelete="CASCADE"), index=True)
    level: Mapped[float]
    source: Mapped[str] = mapped_column(default="self")

    __mapper_args__ = {"polymorphic_identity": "rating", "inherit_condition": id == Entry.id}

"""Steps: what one does to get where one wants to be."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.model.base import Model
from app.core.model.items import Item


class Step(Item):
    """One thing on the personal roadmap; its notes are the item's text, what it serves are links.

    Attributes:
        form: `education`, `workshop`, `conference`, `reading`, `practice`, `mentoring`, `coaching`, `role`,
            `project`.
        state: `idea`, `planned`, `doing`, `done`, `dropped`.
        horizon: `now`, `next`, `later`: where it stands on the board.
        first, last: Its days; both None for a step that has only a horizon.
        planned_first, planned_last: The days of the first plan, so that a slip can be seen.
        apply_by: The last day to apply or register.
        parent_id: The step that this is a part of.
        position: Its place within its column, small before large.
        repeats: A recurrence rule of RFC 5545, "" for once. repeats_from: `plan` counts from its first day,
            `done` from the day on which it was done.
        learned, differently: What the finish asks. proof: what later proved it.
    """

    __tablename__ = "step"

    id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), primary_key=True)
    form: Mapped[str]
    state: Mapped[str]
    horizon: Mapped[str]
    first: Mapped[date | None]
    last: Mapped[date | None]
    planned_first: Mapped[date | None]
    planned_last: Mapped[date | None]
    apply_by: Mapped[date | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("step.id", ondelete="SET NULL"), index=True)
    position: Mapped[float] = mapped_column(default=0.0)
    hours_planned: Mapped[float | None]
    hours_spent: Mapped[float | None]
    cost_planned: Mapped[float | None]
    cost_spent: Mapped[float | None]
    currency: Mapped[str] = mapped_column(default="")
    provider: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    url: Mapped[str] = mapped_column(default="")
    repeats: Mapped[str] = mapped_column(default="")
    repeats_from: Mapped[str] = mapped_column(default="plan")
    learned: Mapped[str] = mapped_column(default="")
    differently: Mapped[str] = mapped_column(default="")
    proof: Mapped[str] = mapped_column(default="")
    done_on: Mapped[date | None]

    __mapper_args__ = {"polymorphic_identity": "step", "inherit_condition": id == Item.id}


class StepOrder(Model):
    """One step comes after another: it waits until that one is done."""

    __tablename__ = "step_order"
    __table_args__ = (UniqueConstraint("step_id", "before_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    step_id: Mapped[int] = mapped_column(ForeignKey("step.id", ondelete="CASCADE"))
    before_id: Mapped[int] = mapped_column(ForeignKey("step.id", ondelete="CASCADE"), index=True)

"""Purpose, periods, objectives, key results and the check-ins on them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.model.base import Model
from app.core.model.entries import Entry
from app.core.model.items import Item


class Purpose(Item):
    """Why this career, in the user's own words (its text), from a day on until the next one.

    Attributes:
        asked_on: When it was last confirmed as still true.
    """

    __tablename__ = "purpose"

    id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[date]
    asked_on: Mapped[date | None]

    __mapper_args__ = {"polymorphic_identity": "purpose"}


class Period(Item):
    """A named span of days, both ends included: `quarter`, `half`, `year` or `custom`."""

    __tablename__ = "period"

    id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), primary_key=True)
    span: Mapped[str]
    first: Mapped[date]
    last: Mapped[date]

    __mapper_args__ = {"polymorphic_identity": "period"}


class Objective(Item):
    """What to achieve; its text is the why. Without a period it stands in the backlog.

    Attributes:
        commitment: `committed` or `aspirational`.
        state: `draft`, `active`, `paused`, `closed` or `dropped`.
        grade: 0.0 to 1.0 once closed.
        status: What the user says about the pace against the suggestion, since `status_on`; None follows the pace.
    """

    __tablename__ = "objective"

    id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), primary_key=True)
    area: Mapped[str] = mapped_column(default="")
    period_id: Mapped[int | None] = mapped_column(ForeignKey("period.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("objective.id"), index=True)
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("objective.id"))
    commitment: Mapped[str] = mapped_column(default="committed")
    state: Mapped[str] = mapped_column(default="active")
    weight: Mapped[float] = mapped_column(default=1.0)
    grade: Mapped[float | None]
    grade_reason: Mapped[str] = mapped_column(default="")
    closed_on: Mapped[date | None]
    status: Mapped[str | None]
    status_reason: Mapped[str] = mapped_column(default="", server_default="")
    status_on: Mapped[date | None]

    period: Mapped[Period | None] = relationship(foreign_keys=period_id)
    key_results: Mapped[list[KeyResult]] = relationship(
        back_populates="objective", foreign_keys="KeyResult.objective_id", order_by="KeyResult.position"
    )

    __mapper_args__ = {"polymorphic_identity": "objective", "inherit_condition": id == Item.id}


class Pause(Model):
    """Days, both included, on which an objective rests; without a `last` it rests still."""

    __tablename__ = "pause"

    id: Mapped[int] = mapped_column(primary_key=True)
    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id", ondelete="CASCADE"), index=True)
    first: Mapped[date]
    last: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")


class KeyResult(Item):
    """The measure of an objective.

    Attributes:
        measure: `increase`, `decrease`, `hold_above`, `hold_below`, `milestone` or `checklist`.
        unit: What the number counts, as the user writes it beside the value.
        unit_kind: `number`, `percent`, `currency` or `duration`: how the number is written.
        rhythm_days: How often a check-in is due.
        guard: The metric that must not suffer, in words.
    """

    __tablename__ = "key_result"

    id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), primary_key=True)
    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    measure: Mapped[str]
    baseline: Mapped[float | None]
    target: Mapped[float | None]
    unit: Mapped[str] = mapped_column(default="")
    unit_kind: Mapped[str] = mapped_column(default="number")
    due: Mapped[date | None]
    weight: Mapped[float] = mapped_column(default=1.0)
    rhythm_days: Mapped[int] = mapped_column(default=7)
    guard: Mapped[str] = mapped_column(default="")

    objective: Mapped[Objective] = relationship(back_populates="key_results", foreign_keys=objective_id)

    __mapper_args__ = {"polymorphic_identity": "key_result", "inherit_condition": id == Item.id}


class Goalpost(Model):
    """How a key result was measured up to and with the day `until`, before somebody moved its target."""

    __tablename__ = "goalpost"

    id: Mapped[int] = mapped_column(primary_key=True)
    key_result_id: Mapped[int] = mapped_column(ForeignKey("key_result.id", ondelete="CASCADE"), index=True)
    until: Mapped[date]
    measure: Mapped[str]
    baseline: Mapped[float | None]
    target: Mapped[float | None]
    due: Mapped[date | None]
    at: Mapped[datetime]


class CheckIn(Entry):
    """An entry with a value, a confidence (0 to 10) or both, for a key result.

    Attributes:
        at_moment: The item's `moment`, kept by triggers beside the key result so that the newest is found at once.
    """

    __tablename__ = "check_in"

    id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    key_result_id: Mapped[int] = mapped_column(ForeignKey("key_result.id", ondelete="CASCADE"))
    value: Mapped[float | None]
    confidence: Mapped[int | None]
    at_moment: Mapped[int | None]

    __mapper_args__ = {"polymorphic_identity": "check_in", "inherit_condition": id == Entry.id}

"""People: mentors, coaches, managers, peers, sponsors, customers."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.model.items import Item


class Person(Item):
    """Somebody who matters to the career; the name is the item's title, why this person its text.

    Attributes:
        relation: `mentor`, `coach`, `manager`, `peer`, `sponsor`, `customer`, or "" when not said.
        cadence_days: How often to meet, counted from the last contact; None for no rhythm.
        agenda: What to talk about next. asks: What one wants from this person.
    """

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), primary_key=True)
    relation: Mapped[str] = mapped_column(default="")
    cadence_days: Mapped[int | None]
    agenda: Mapped[str] = mapped_column(default="")
    asks: Mapped[str] = mapped_column(default="")

    __mapper_args__ = {"polymorphic_identity": "person"}

"""Reviews: what was written when looking back."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.model.entries import Entry


class Review(Entry):
    """An entry that looks back.

    Attributes:
        cadence: `objective` for the close of one, else `week`, `month`, `quarter` or `year`.
        first, last: The days that it looks back on, both included; None for those of an objective without any.
        about_id: The objective or period that it is about.
    """

    __tablename__ = "review"

    id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    cadence: Mapped[str]
    first: Mapped[date | None]
    last: Mapped[date | None]
    about_id: Mapped[int | None] = mapped_column(ForeignKey("item.id", ondelete="SET NULL"), index=True)

    __mapper_args__ = {"polymorphic_identity": "review", "inherit_condition": id == Entry.id}

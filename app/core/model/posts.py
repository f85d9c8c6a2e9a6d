"""The roles that somebody held: the roadmap's past."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.model.items import Item


class Post(Item):
    """A role held somewhere; its name is the item's title, its scope the text.

    Attributes:
        last: None while it is held.
    """

    __tablename__ = "post"

    id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), primary_key=True)
    employer: Mapped[str] = mapped_column(default="")
    product: Mapped[str] = mapped_column(default="")
    level: Mapped[str] = mapped_column(default="")
    first: Mapped[date]
    last: Mapped[date | None]

    __mapper_args__ = {"polymorphic_identity": "post"}

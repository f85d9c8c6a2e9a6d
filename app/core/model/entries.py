"""Entries: what is written on a day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.model.items import Item


class Entry(Item):
    """Something that happened on a day; a note unless its kind says more.

    Attributes:
        day: The local journal day it belongs to.
        at: The UTC instant it is about, where known.
        zone: IANA name of the time zone it was written in.
        mood, energy: 1 to 5, None when not said.
        words: How many words the text has; counted at each save so that charts need not read the texts.
    """

    __tablename__ = "entry"

    id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(index=True)
    at: Mapped[datetime | None]
    zone: Mapped[str | None]
    mood: Mapped[int | None]
    energy: Mapped[int | None]
    words: Mapped[int] = mapped_column(default=0)

    __mapper_args__ = {"polymorphic_identity": "note"}

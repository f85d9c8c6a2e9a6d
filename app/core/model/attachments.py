"""Files that belong to items; what they hold lies beside the journal, called by its SHA-256."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.model.base import Model


class Attachment(Model):
    """A file of an item.

    Attributes:
        name: What the item's text calls it, as in ``![](name)``; unique within the item.
        sha256: In hex; the file's name in the journal's folder of files.
        media: MIME type, "" when not known. size: in bytes.
    """

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"))
    name: Mapped[str]
    sha256: Mapped[str]
    media: Mapped[str] = mapped_column(default="")
    size: Mapped[int]
    added_at: Mapped[datetime]

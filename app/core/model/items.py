"""The item, parent of everything, and what every item may carry: tags, links, versions."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, ForeignKey, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from app.core.model.base import Model, new_uid


class Item(Model):
    """Anything with a title and text that can be linked, tagged, searched, trashed and restored.

    Attributes:
        id: This file's own number; never shown, and never given again when the item is gone.
        uid: UUIDv7, the same in every export and copy.
        moment: Where the item stands in time, and the rowid of its search text: for dated items
            `days.moment_of`, otherwise `days.undated_moment`, which is negative.
        rev: Counts writes. A write that started from an older one is refused by SQL.
        deleted_at: When it went to the Trash; None while it lives.
        facts: What its fields say, a line each, for the search; the first line is what titles it.
        digest: `digest_of` the item, so that damage is never silent.
    """

    __tablename__ = "item"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True, default=new_uid)
    kind: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    facts: Mapped[str] = mapped_column(default="")
    starred: Mapped[bool] = mapped_column(default=False)
    private: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    rev: Mapped[int] = mapped_column()
    deleted_at: Mapped[datetime | None]
    moment: Mapped[int] = mapped_column(unique=True)
    digest: Mapped[str]

    tags: Mapped[list[ItemTag]] = relationship(
        back_populates="item", cascade="all, delete-orphan", passive_deletes=True
    )

    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"polymorphic_on": "kind", "version_id_col": rev}


def digest_of(uid: str, kind: str, title: str, text: str) -> str:
    """SHA-256, in hex, over what an item says; salvage recomputes it from a row alone."""
    return hashlib.sha256("\x1f".join((uid, kind, title, text)).encode("utf-8", "surrogatepass")).hexdigest()


@event.listens_for(Item, "before_insert", propagate=True)
@event.listens_for(Item, "before_update", propagate=True)
def _seal(mapper: Mapper[Any], connection: Connection, item: Item) -> None:
    item.uid = item.uid or new_uid()
    item.title = item.title or ""
    item.text = item.text or ""
    item.facts = item.facts or ""
    item.digest = digest_of(item.uid, item.kind, item.title, item.text)


class Tag(Model):
    """A word that items carry; `key` is its case-folded form, which is what is unique."""

    __tablename__ = "tag"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)


class ItemTag(Model):
    """A tag on an item: `inline` when it stands in the text as #tag, else given beside it."""

    __tablename__ = "item_tag"

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True, index=True)
    inline: Mapped[bool] = mapped_column(default=True)

    item: Mapped[Item] = relationship(back_populates="tags")
    tag: Mapped[Tag] = relationship(lazy="joined", innerjoin=True)


class Link(Model):
    """From any item to any item: the source *serves*, *proves* or *mentions* the target."""

    __tablename__ = "link"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"))
    target_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), index=True)
    role: Mapped[str]
    inline: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class Version(Model):
    """What an item said before a session of writing changed it.

    Attributes:
        extra: What else it held that is not text, such as a check-in's value, as JSON; None for text alone.
    """

    __tablename__ = "version"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    rev: Mapped[int] = mapped_column()
    title: Mapped[str]
    text: Mapped[str]
    extra: Mapped[str | None]


class Batch(Model):
    """Items that came in together, from an import or the demo, and can go together."""

    __tablename__ = "batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    name: Mapped[str]
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


class Origin(Model):
    """Where an imported item came from: the key that keeps a second run from bringing it twice."""

    __tablename__ = "origin"

    key: Mapped[str] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), index=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id", ondelete="CASCADE"), index=True)
    extra: Mapped[str | None]


class Setting(Model):
    """A choice that belongs to the journal, as JSON."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]

"""What can be done with any item: file it in time, tag it, link it, trash it, restore it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.orm import Session

from app.core import days
from app.core.errors import UserError
from app.core.model import Item, ItemTag, Link, Tag, Version
from app.core.progress import in_chunks
from app.core.refusals import ChangedMeanwhile
from app.core.store import touch
from app.core.words import title_of

ItemT = TypeVar("ItemT", bound=Item)

WRITING_SESSION: Final = timedelta(minutes=10)
"""Saves closer together than this are one session of writing and leave one version."""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item as lists of anything show it."""

    id: int
    kind: str
    title: str
    excerpt: str


# ---------------------------------------------------------------- queries

_ROWS: Final = """
    SELECT id, kind, title, substr(text, 1, 160) FROM item WHERE id IN (SELECT value FROM json_each(?))
"""


def item_rows(session: Session, ids: Sequence[int]) -> list[ItemRow]:
    """Rows of `ids`, in that order; ids that are gone are left out."""
    if not ids:
        return []
    session.flush()
    found = {
        row[0]: ItemRow(*row) for row in session.connection().exec_driver_sql(_ROWS, (json.dumps(list(ids)),))
    }
    return [found[item_id] for item_id in ids if item_id in found]


def trashed_rows(session: Session, limit: int = 500) -> list[tuple[ItemRow, datetime]]:
    """What lies in the Trash with the instant it went there, last first."""
    query = (
        select(Item.id, Item.kind, Item.title, func.substr(Item.text, 1, 160), Item.deleted_at)
        .where(Item.deleted_at.is_not(None))
        .order_by(Item.deleted_at.desc(), Item.id.desc())
        .limit(limit)
    )
    return [(ItemRow(*row[:4]), row[4]) for row in session.execute(query)]


def tag_counts(session: Session) -> list[tuple[str, int]]:
    """Every tag in use on living items with how many carry it, most used first."""
    query = (
        select(Tag.name, func.count())
        .join(ItemTag, ItemTag.tag_id == Tag.id)
        .join(Item, Item.id == ItemTag.item_id)
        .where(Item.deleted_at.is_(None))
        .group_by(Tag.id)
        .order_by(func.count().desc(), Tag.key)
    )
    return [(name, count) for name, count in session.execute(query)]


def standing_batch(session: Session, source: str) -> int | None:
    """The newest batch from `source` that was not taken back."""
    query = "SELECT max(id) FROM batch WHERE source = ? AND undone_at IS NULL"
    return session.connection().exec_driver_sql(query, (source,)).scalar()


def linked_ids(session: Session, item_id: int, *, role: str | None = None) -> tuple[list[int], list[int]]:
    """Living items that `item_id` points to, and those that point to it, newest first."""
    sides = []
    for near, far in ((Link.source_id, Link.target_id), (Link.target_id, Link.source_id)):
        query = select(Item.id).join(Link, far == Item.id).where(near == item_id, Item.deleted_at.is_(None))
        if role:
            query = query.where(Link.role == role)
        sides.append(list(session.scalars(query.order_by(Item.moment.desc()).distinct())))
    return sides[0], sides[1]


# ---------------------------------------------------------------- commands


def file_at(session: Session, item: Item, wanted: int | None = None) -> None:
    """Give `item` the place `wanted` in time, or the next free one after it.

    Without `wanted` the item has no day: it stands by the instant it was made.
    """
    moment = days.undated_moment(item.created_at) if wanted is None else wanted
    taken = session.scalar(select(Item.id).where(Item.moment == moment))
    if taken is not None and taken != item.id:
        gap = text(
            "SELECT here.moment + 1 FROM item AS here LEFT JOIN item AS next ON next.moment = here.moment + 1 "
            "WHERE here.moment >= :moment AND next.moment IS NULL ORDER BY here.moment LIMIT 1"
        )
        moment = session.scalar(gap, {"moment": moment})
    item.moment = moment


def add_item(session: Session, item: ItemT, *, now: datetime) -> ItemT:
    """Put an item without a day into the journal."""
    item.created_at = item.changed_at = now
    file_at(session, item)
    session.add(item)
    session.flush()
    return item


def living(session: Session, item_id: int, *, rev: int | None = None) -> Item:
    """The item, ready to be changed by somebody who last saw `rev`.

    Raises:
        UserError: it is gone or in the Trash. ChangedMeanwhile: it is no longer at `rev`.
    """
    item = session.get(Item, item_id)
    if item is None or item.deleted_at is not None:
        raise UserError("This is no longer in the journal; it may lie in the Trash.")
    if rev is not None and item.rev != rev:
        raise ChangedMeanwhile("This was changed elsewhere meanwhile. Open it again to see how it stands.")
    return item


def keep_version(session: Session, item: Item, *, now: datetime, new_text: str) -> None:
    """Keep what `item` says now as a version, once in a session of writing.

    A text that would become empty or lose more than half of itself is kept in any case.
    """
    last = session.scalar(select(func.max(Version.at)).where(Version.item_id == item.id))
    if is_worth_a_version(item.text, new_text, since=last or item.created_at, now=now):
        add_version(session, item, now=now)


def is_worth_a_version(text: str, new_text: str, *, since: datetime, now: datetime) -> bool:
    """Whether to keep `text` before `new_text` replaces it; `since` is the last version, or when it began."""
    if not text.strip():
        return False
    return len(new_text) * 2 < len(text) or now - since >= WRITING_SESSION


def add_version(session: Session, item: Item, *, now: datetime) -> None:
    """Keep what `item` says now as a version."""
    session.add(Version(item_id=item.id, at=now, rev=item.rev, title=item.title, text=item.text))


def keep_text(session: Session, item_id: int, said: str, *, now: datetime) -> None:
    """Keep what an item said a moment ago as a version, unless it says so now or in its newest version."""
    item = session.get(Item, item_id)
    newest = select(Version.text).where(Version.item_id == item_id).order_by(Version.at.desc(), Version.id.desc())
    if item is not None and said not in (item.text, session.scalar(newest.limit(1))):
        session.add(Version(item_id=item_id, at=now, rev=item.rev, title=title_of(said, item.facts), text=said))


def set_tags(session: Session, item: Item, names: Iterable[str], *, inline: bool) -> None:
    """Make the tags of `item` that are (not) `inline` exactly `names`."""
    wanted = {name.casefold(): name for name in names}
    held = {held.tag.key: held for held in item.tags}
    for key, item_tag in held.items():
        if item_tag.inline == inline and key not in wanted:
            item.tags.remove(item_tag)
    for key, name in wanted.items():
        if key not in held:
            tag = session.scalar(select(Tag).where(Tag.key == key)) or Tag(name=name, key=key)
            item.tags.append(ItemTag(tag=tag, inline=inline))


def link(
    session: Session, source_id: int, target_id: int, role: str, *, now: datetime, inline: bool = False
) -> None:
    """Say that the source *serves*, *proves* or *mentions* the target; saying it twice changes nothing."""
    if source_id == target_id:
        raise UserError("Something cannot be linked to itself.")
    known = select(Link.id).where(Link.source_id == source_id, Link.target_id == target_id, Link.role == role)
    if session.scalar(known) is None:
        session.add(Link(source_id=source_id, target_id=target_id, role=role, inline=inline, created_at=now))


def unlink(session: Session, source_id: int, target_id: int, role: str) -> None:
    """Take a link back."""
    session.execute(
        delete(Link).where(Link.source_id == source_id, Link.target_id == target_id, Link.role == role)
    )
    touch(session, Link)


def trash(session: Session, ids: Sequence[int], *, now: datetime) -> None:
    """Move items to the Trash; their texts, tags and links stay as they are."""
    _set_deleted(session, ids, now)


def restore(session: Session, ids: Sequence[int]) -> None:
    """Bring items back from the Trash."""
    _set_deleted(session, ids, None)


def _set_deleted(session: Session, ids: Sequence[int], at: datetime | None) -> None:
    for some in in_chunks(ids, 10_000):
        kinds = session.scalars(select(Item.kind).where(Item.id.in_(some)).distinct()).all()
        session.execute(
            update(Item)
            .where(Item.id.in_(some))
            .values(deleted_at=at, rev=Item.rev + 1)
            .execution_options(synchronize_session=False)
        )
        touch(session, Item, *(Item.__mapper__.polymorphic_map[kind].class_ for kind in kinds))
    session.expire_all()

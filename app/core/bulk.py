"""What is done to many entries at once, and how it is taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.core import days, items
from app.core.errors import UserError
from app.core.model import Entry, ItemTag, Tag
from app.core.store import touch

CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Moved:
    """Where an entry stood before it was moved."""

    id: int
    day: date
    at: datetime | None
    moment: int


def tag_all(session: Session, ids: Sequence[int], names: Iterable[str]) -> list[tuple[int, int]]:
    """Give each of the items these tags, beside their text; returns the (item, tag) pairs that are new.

    Raises:
        UserError: a name that cannot be a tag.
    """
    made: list[tuple[int, int]] = []
    for name in names:
        tag = _tag(session, name)
        for start in range(0, len(ids), CHUNK):
            some = ids[start : start + CHUNK]
            held = set(
                session.scalars(select(ItemTag.item_id).where(ItemTag.tag_id == tag.id, ItemTag.item_id.in_(some)))
            )
            fresh = [item_id for item_id in some if item_id not in held]
            session.add_all(ItemTag(item_id=item_id, tag_id=tag.id, inline=False) for item_id in fresh)
            made += [(item_id, tag.id) for item_id in fresh]
    session.flush()
    touch(session, Entry)
    return made


def untag_all(session: Session, pairs: Sequence[tuple[int, int]]) -> None:
    """Take (item, tag) pairs back."""
    by_tag: dict[int, list[int]] = {}
    for item_id, tag_id in pairs:
        by_tag.setdefault(tag_id, []).append(item_id)
    for tag_id, ids in by_tag.items():
        for start in range(0, len(ids), CHUNK):
            some = ids[start : start + CHUNK]
            session.execute(delete(ItemTag).where(ItemTag.tag_id == tag_id, ItemTag.item_id.in_(some)))
    touch(session, Entry)


def move_all(session: Session, ids: Sequence[int], day: date, *, now: datetime) -> list[Moved]:
    """Move entries to another day, in their order, their time of day unknown; returns where they stood."""
    entries = session.scalars(select(Entry).where(Entry.id.in_(ids)).order_by(Entry.moment)).all()
    before = [Moved(entry.id, entry.day, entry.at, entry.moment) for entry in entries]
    for entry in entries:
        entry.day, entry.at, entry.changed_at = day, None, now
        items.file_at(session, entry, days.moment_of(day, None, entry.zone or "UTC"))
        session.flush()
    return before


def move_back(session: Session, moved: Sequence[Moved], *, now: datetime) -> None:
    """Put entries back where they stood."""
    for held in moved:
        entry = session.get(Entry, held.id)
        if entry is not None:
            entry.day, entry.at, entry.changed_at = held.day, held.at, now
            items.file_at(session, entry, held.moment)
            session.flush()


def _tag(session: Session, name: str) -> Tag:
    bare = name.strip().lstrip("#").strip()
    if not bare or any(char.isspace() for char in bare) or len(bare) > 80 or bare[0].isdigit():
        raise UserError(f"“{name.strip()}” cannot be a tag: it begins with a letter and has no spaces.")
    key = bare.casefold()
    found = session.scalar(select(Tag).where(Tag.key == key))
    if found is None:
        found = Tag(name=bare, key=key)
        session.add(found)
        session.flush()
    return found

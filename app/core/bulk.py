"""What is done to many entries at once, and how it is taken back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.orm import Session

from app.core import days
from app.core.errors import UserError
from app.core.model import Entry, Item, ItemTag, Tag, instant_text, parse_instant
from app.core.progress import Progress, go_on
from app.core.store import touch

CHUNK: Final = 5_000

_STANDING: Final = """
    SELECT item.id, entry.day, entry.at, entry.zone, item.moment FROM item JOIN entry ON entry.id = item.id
    WHERE item.id IN (SELECT value FROM json_each(?)) ORDER BY item.moment
"""
_FREE: Final = """
    SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM item WHERE moment = ?1 AND id <> ?2) THEN ?1 ELSE (
        SELECT here.moment + 1 FROM item AS here LEFT JOIN item AS next ON next.moment = here.moment + 1
        WHERE here.moment >= ?1 AND next.moment IS NULL ORDER BY here.moment LIMIT 1
    ) END
"""
_MOMENT: Final = "UPDATE item SET moment = ?, changed_at = ?, rev = rev + 1 WHERE id = ?"
_DAY: Final = "UPDATE entry SET day = ?, at = ? WHERE id = ?"


@dataclass(frozen=True, slots=True)
class Moved:
    """Where an entry stood before it was moved."""

    id: int
    day: date
    at: datetime | None
    moment: int


def tag_all(
    session: Session, ids: Sequence[int], names: Iterable[str], *, progress: Progress = lambda *_: True
) -> list[tuple[int, int]]:
    """Give each of the items these tags, beside their text; returns the (item, tag) pairs that are new.

    Raises:
        UserError: a name that cannot be a tag. Cancelled: `progress`, called with (done, total), said so.
    """
    made: list[tuple[int, int]] = []
    for name in names:
        tag = _tag(session, name)
        for start in range(0, len(ids), CHUNK):
            go_on(progress, start, len(ids))
            some = ids[start : start + CHUNK]
            held = set(
                session.scalars(select(ItemTag.item_id).where(ItemTag.tag_id == tag.id, ItemTag.item_id.in_(some)))
            )
            fresh = [item_id for item_id in some if item_id not in held]
            if fresh:
                rows = [{"item_id": item_id, "tag_id": tag.id, "inline": False} for item_id in fresh]
                session.execute(insert(ItemTag), rows)
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


def mark_all(
    session: Session, ids: Sequence[int], name: str, *, value: bool, progress: Progress = lambda *_: True
) -> list[int]:
    """Star items, or keep them private, or take that back; returns those of which it was not so.

    Raises:
        Cancelled: `progress`, called with (done, total), said so.
    """
    column = {"starred": Item.starred, "private": Item.private}[name]
    changed: list[int] = []
    for start in range(0, len(ids), CHUNK):
        go_on(progress, start, len(ids))
        some = Item.id.in_(ids[start : start + CHUNK])
        changed += session.scalars(select(Item.id).where(some, column.is_not(value))).all()
        query = update(Item).where(some, column.is_not(value)).values(**{name: value})
        session.execute(query.execution_options(synchronize_session=False))
    session.expire_all()
    touch(session, Item, Entry)
    return changed


def move_all(
    session: Session, ids: Sequence[int], day: date, *, now: datetime, progress: Progress = lambda *_: True
) -> list[Moved]:
    """Move entries to another day, in their order, their time of day unknown; returns where they stood.

    Raises:
        Cancelled: `progress`, called with (done, total), said so.
    """
    connection = session.connection()
    rows = connection.exec_driver_sql(_STANDING, (json.dumps(list(ids)),)).all()
    last = 0
    for place, row in enumerate(rows):
        go_on(progress, place, len(rows))
        wanted = max(last + 1, days.moment_of(day, None, row.zone or "UTC"))
        last = _put(connection, row.id, (day, None, wanted), now)
    session.expire_all()
    touch(session, Entry)
    return [
        Moved(row.id, date.fromisoformat(row.day), parse_instant(row.at) if row.at else None, row.moment)
        for row in rows
    ]


def move_back(
    session: Session, moved: Sequence[Moved], *, now: datetime, progress: Progress = lambda *_: True
) -> None:
    """Put entries back where they stood; where something else stands there now, next to it."""
    for place, held in enumerate(moved):
        go_on(progress, place, len(moved))
        _put(session.connection(), held.id, (held.day, held.at, held.moment), now)
    session.expire_all()
    touch(session, Entry)


def _put(connection: Connection, item_id: int, place: tuple[date, datetime | None, int], now: datetime) -> int:
    """Give an entry its day, instant and the next free moment; returns that."""
    day, at, wanted = place
    moment = int(connection.exec_driver_sql(_FREE, (wanted, item_id)).scalar_one())
    connection.exec_driver_sql(_MOMENT, (moment, instant_text(now), item_id))
    connection.exec_driver_sql(_DAY, (day.isoformat(), instant_text(at) if at else None, item_id))
    return moment


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

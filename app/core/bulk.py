"""What is done to many entries at once, and how it is taken back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2 as sqlite

from app.core import days, indexing
from app.core.errors import UserError
from app.core.model import Entry, Item, ItemTag, Tag, instant_text, parse_instant
from app.core.moments import FreeMoments
from app.core.progress import Progress, in_chunks
from app.core.store import driver, touch

CHUNK: Final = 5_000

_STANDING: Final = """
    SELECT item.id, entry.day, entry.at, item.moment FROM item JOIN entry ON entry.id = item.id
    WHERE item.id IN (SELECT value FROM json_each(?)) ORDER BY item.moment
"""
_TAKEN: Final = """
    SELECT moment FROM item
    WHERE moment BETWEEN ? AND ? AND id NOT IN (SELECT value FROM json_each(?))
"""
_MOMENTS: Final = "SELECT id, moment FROM item WHERE id IN (SELECT value FROM json_each(?))"
_LOWEST: Final = "SELECT min(moment) FROM item"
_PARK: Final = "UPDATE item SET moment = ? WHERE id = ?"
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
        for some in in_chunks(ids, CHUNK, progress):
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
        for some in in_chunks(ids, CHUNK):
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
    for chunk in in_chunks(ids, CHUNK, progress):
        some = Item.id.in_(chunk)
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
    rows = driver(session).execute(_STANDING, (json.dumps(list(ids)),)).fetchall()
    moved = [
        Moved(item_id, date.fromisoformat(stood), parse_instant(at) if at else None, moment)
        for item_id, stood, at, moment in rows
    ]
    first = days.moments_of(day)[0]
    _put(session, [Moved(held.id, day, None, first) for held in moved], now, progress)
    return moved


def move_back(
    session: Session, moved: Sequence[Moved], *, now: datetime, progress: Progress = lambda *_: True
) -> None:
    """Put entries back where they stood; where something else stands there now, next to it."""
    _put(session, moved, now, progress)


def _put(session: Session, places: Sequence[Moved], now: datetime, progress: Progress) -> None:
    """Give each entry its day, its instant, and its moment or the next that nothing else has."""
    if not places:
        return
    session.flush()
    connection, ids = driver(session), [place.id for place in places]
    asked, wanted = json.dumps(ids), [place.moment for place in places]
    others = connection.execute(_TAKEN, (min(wanted), max(wanted) + days.MOMENTS_A_DAY, asked))
    free = FreeMoments(moment for (moment,) in others)
    moments = [free.take(moment) for moment in wanted]
    standing = dict(connection.execute(_MOMENTS, (asked,)))

    def part(number: int) -> Progress:
        return lambda done, total: progress(number * total + done, 3 * total)

    with indexing.moving(session, ids, part(0), part(2)):
        _step_aside(connection, moments, standing)
        at = instant_text(now)
        for some in in_chunks(list(zip(places, moments, strict=True)), CHUNK, part(1)):
            connection.executemany(_MOMENT, [(moment, at, place.id) for place, moment in some])
            connection.executemany(
                _DAY,
                [
                    (place.day.isoformat(), instant_text(place.at) if place.at else None, place.id)
                    for place, _ in some
                ],
            )
    session.expire_all()
    touch(session, Entry)


def _step_aside(connection: sqlite.Connection, moments: Sequence[int], standing: dict[int, int]) -> None:
    """Make room where one of those that move stands at a moment that another of them is to have."""
    wanted = set(moments)
    in_the_way = [item_id for item_id, moment in standing.items() if moment in wanted]
    if in_the_way:
        lowest = min(wanted | {connection.execute(_LOWEST).fetchone()[0]})
        connection.executemany(_PARK, [(lowest - place, item_id) for place, item_id in enumerate(in_the_way, 1)])


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

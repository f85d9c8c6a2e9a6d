"""The end of what lies in the Trash: for good, thirty days after it went there, or when somebody says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.core.kinds import KINDS
from app.core.model import Item
from app.core.progress import in_chunks
from app.core.store import touch

KEPT: Final = timedelta(days=30)
CHUNK: Final = 10_000


def outdated(session: Session, *, now: datetime) -> list[int]:
    """The entries that have lain in the Trash for longer than `KEPT`.

    What other things hang on, such as objectives, stays there until it is brought back.
    """
    query = select(Item.id).where(Item.deleted_at < now - KEPT, Item.kind.in_(KINDS))
    return list(session.scalars(query))


def count_of(session: Session, ids: Sequence[int]) -> int:
    """How many of the items lie in the Trash."""
    found = 0
    for some in in_chunks(ids, CHUNK):
        here = Item.id.in_(some), Item.deleted_at.is_not(None)
        found += session.scalar(select(func.count()).select_from(Item).where(*here)) or 0
    return found


def remove_for_good(session: Session, ids: Sequence[int]) -> int:
    """Remove those of the entries that lie in the Trash, with their versions, tags and links; returns how many."""
    gone = 0
    for chunk in in_chunks(ids, CHUNK):
        some = Item.id.in_(chunk), Item.deleted_at.is_not(None), Item.kind.in_(KINDS)
        kinds = session.scalars(select(Item.kind).where(*some).distinct()).all()
        found = list(session.scalars(select(Item.id).where(*some)))
        query = delete(Item).where(Item.id.in_(found))
        session.execute(query.execution_options(synchronize_session=False))
        gone += len(found)
        touch(session, Item, *(Item.__mapper__.polymorphic_map[kind].class_ for kind in kinds))
    session.expire_all()
    return gone

"""What of a batch has been built upon: it cannot go for good without taking the user's own words along."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import KeyedColumnElement

from app.core.model import Item, Origin


def built_upon(session: Session, batch_id: int, leaving: set[int]) -> set[int]:
    """Those of `leaving` that something which stays needs: a period, an objective, a key result, a skill.

    What needs them may be the user's own or an item of the batch that was edited.
    """
    needed_by: dict[int, set[int]] = defaultdict(set)
    for own, needed in _needs():
        rows = session.execute(
            select(own, needed).join(Origin, Origin.item_id == needed).where(Origin.batch_id == batch_id)
        )
        for item_id, needed_id in rows:
            needed_by[needed_id].add(item_id)
    going = set(leaving)
    while held := {each for each in needed_by.keys() & going if needed_by[each] - going}:
        going -= held
    return leaving - going


def _needs() -> Iterator[tuple[KeyedColumnElement[int], KeyedColumnElement[int]]]:
    """Columns of items by which they need another item to exist, each with the id beside it."""
    for mapper in Item.__mapper__.self_and_descendants:
        table = mapper.local_table
        for column in table.columns:
            for key in column.foreign_keys:
                if column.name != "id" and "id" in table.columns and key.ondelete != "SET NULL":
                    yield table.columns["id"], column

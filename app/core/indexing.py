"""The search index after many texts changed at once, or while one is typed: it is told once they are committed.

Indexing ten thousand texts takes ten times as long as writing them, and one that is typed takes as long at each
pause as writing it. `search_late` holds what the index still says of them; the triggers of the schema see to it
that index and texts agree again, whatever happens in between.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2 as sqlite

from app.core.model import Item
from app.core.progress import Progress, in_chunks
from app.core.store import Store, driver, touch

WORTH_A_WAIT: Final = 200
"""Fewer texts than this are indexed as they are written."""

HANDFUL: Final = 200
ENOUGH: Final = 200_000
"""A handful has no more texts than this and, but for its last, no more characters than this."""

BREATH_S: Final = 0.02
"""Between handfuls others may write; SQLite's own waiting has steps of this length."""

_DEFER: Final = """
    INSERT OR IGNORE INTO search_late (moment, title, text, facts)
    SELECT moment, title, text, facts FROM item WHERE id
"""
_THESE_IDS: Final = "IN (SELECT value FROM json_each(?))"
_CATCH_UP: Final = """
    DELETE FROM search_late WHERE moment IN (
        SELECT moment FROM (
            SELECT moment, sum(length(text)) OVER (ORDER BY moment DESC) - length(text) AS before
            FROM (SELECT moment, text FROM search_late ORDER BY moment DESC LIMIT ?)
        ) WHERE before < ?
    )
"""
_IS_LATE: Final = "SELECT EXISTS (SELECT 1 FROM search_late)"
REBUILD: Final = (
    "INSERT INTO item_search (item_search) VALUES ('rebuild')",
    """
    UPDATE search_late SET (title, text, facts) =
        (SELECT title, text, facts FROM item WHERE item.moment = search_late.moment)
    """,
    "DELETE FROM search_late",
)


CHUNK: Final = 500
_ON_MOVE: Final = "item_search_update"
_TRIGGER: Final = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?"
_THESE: Final = "SELECT id FROM item WHERE id IN (SELECT value FROM json_each(?)) ORDER BY moment"
_SETTLE: Final = """
    DELETE FROM search_late
    WHERE moment IN (SELECT moment FROM item WHERE id IN (SELECT value FROM json_each(?)))
"""
_FORGET: Final = """
    INSERT INTO item_search (item_search, rowid, title, text, facts)
    SELECT 'delete', moment, title, text, facts FROM item
    WHERE id IN (SELECT value FROM json_each(?)) ORDER BY moment
"""
_LEARN: Final = """
    INSERT INTO item_search (rowid, title, text, facts)
    SELECT moment, title, text, facts FROM item WHERE id IN (SELECT value FROM json_each(?)) ORDER BY moment
"""


class Late:
    """What a store's listeners hear of besides mapped classes: there is something to `catch_up` with."""


def defer(session: Session, *ids: int) -> None:
    """Let the index say of these items what it says now until `catch_up`, whatever is written meanwhile."""
    touch(session, Late)
    driver(session).execute(f"{_DEFER} {_THESE_IDS}", (json.dumps(ids),))


def defer_row(connection: sqlite.Connection, item_id: int) -> None:
    """`defer` for the one that is typed, at every pause; whoever calls it says that `Late` is touched."""
    connection.execute(f"{_DEFER} = ?", (item_id,))


@contextmanager
def moving(session: Session, ids: Sequence[int], forget: Progress, learn: Progress) -> Iterator[None]:
    """Give the items other moments within; of many the index hears before and after, in its own order.

    Told of each as it moves, it would begin a new piece of itself twice for each.

    Raises:
        Cancelled: `forget` or `learn` asked for an end; the transaction is to be given up, as with any error.
    """
    if len(ids) < WORTH_A_WAIT:
        yield
        return
    connection = driver(session)
    (trigger,) = connection.execute(_TRIGGER, (_ON_MOVE,)).fetchone()
    connection.execute(_SETTLE, (json.dumps(list(ids)),))
    connection.execute(f"DROP TRIGGER {_ON_MOVE}")
    _in_order(session, ids, _FORGET, forget)
    yield
    _in_order(session, ids, _LEARN, learn)
    connection.execute(trigger)


def _in_order(session: Session, ids: Sequence[int], statement: str, progress: Progress) -> None:
    connection = driver(session)
    ordered = [item_id for (item_id,) in connection.execute(_THESE, (json.dumps(list(ids)),))]
    for some in in_chunks(ordered, CHUNK, progress):
        connection.execute(statement, (json.dumps(some),))


def is_late(session: Session) -> bool:
    """Whether the index has not heard of everything yet."""
    return bool(session.connection().exec_driver_sql(_IS_LATE).scalar())


def catch_up(store: Store) -> int:
    """Tell the index what it has not heard of, the newest first; returns of how many texts. For any thread."""
    told = 0
    with store.read() as session:
        late = is_late(session)
    while late:
        with store.write() as session:
            told += session.connection().exec_driver_sql(_CATCH_UP, (HANDFUL, ENOUGH)).rowcount
            late = is_late(session)
            if not late:
                touch(session, Item)
        if late:
            time.sleep(BREATH_S)
    return told

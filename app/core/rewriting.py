"""Many texts rewritten as one action: each leaves a version and gets its digest, and all of it has a way back."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from app.core import indexing
from app.core.model import Item, digest_of, instant_text
from app.core.progress import Progress, in_chunks
from app.core.store import touch
from app.core.words import CODE, changed_words, facts_of, is_title_same, title_of, word_count

CHUNK: Final = 500

_ROWS: Final = """
    SELECT item.id, item.uid, item.kind, item.facts, item.title, item.text, item.rev, entry.words
    FROM item LEFT JOIN entry ON entry.id = item.id
    WHERE item.id IN (SELECT value FROM json_each(?)) ORDER BY item.moment
"""
_BY_MOMENT: Final = "SELECT id FROM item WHERE id IN (SELECT value FROM json_each(?)) ORDER BY moment"
_VERSION: Final = "INSERT INTO version (item_id, at, rev, title, text) VALUES (?, ?, ?, ?, ?)"
_TEXT: Final = (
    "UPDATE item SET text = ?, title = ?, facts = ?, digest = ?, changed_at = ?, rev = rev + 1 WHERE id = ?"
)
_WORDS: Final = "UPDATE entry SET words = ? WHERE id = ?"

Texts = dict[int, tuple[str, str]]
"""What texts said before and after, by the id of their item."""


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """`text` with `change` made to all of it that is not code."""
    if "`" not in text and "~~~" not in text:
        return change(text)
    made, at = [], 0
    for code in CODE.finditer(text):
        made += [change(text[at : code.start()]), code[0]]
        at = code.end()
    return "".join((*made, change(text[at:])))


def rewrite(
    session: Session, ids: Sequence[int], change: Callable[[str], str], *, now: datetime, progress: Progress
) -> Texts:
    """Make `change` to the texts of the items, outside code; returns those in which it changes anything.

    Each leaves a version. Tags and links stay as they are.

    Raises:
        Cancelled: `progress`, called with (done, total), said so.
    """
    texts: Texts = {}

    def changed(row: Any) -> str:
        after = outside_code(row.text, change)
        if after != row.text:
            texts[row.id] = (row.text, after)
        return after

    _write(session, ids, changed, now, progress, is_versioned=True)
    return texts


def put_back(session: Session, texts: Texts, *, now: datetime, progress: Progress = lambda *_: True) -> int:
    """Undo a `rewrite`; texts that were edited since keep their words. Returns how many those are."""
    kept = 0

    def as_before(row: Any) -> str:
        nonlocal kept
        before, after = texts[row.id]
        if row.text == after:
            return before
        kept += 1
        return str(row.text)

    _write(session, list(texts), as_before, now, progress, is_versioned=False)
    return kept


def _write(
    session: Session,
    ids: Sequence[int],
    changed: Callable[[Any], str],
    now: datetime,
    progress: Progress,
    *,
    is_versioned: bool,
) -> None:
    """Put what `changed` says of each row into its row: three statements for each handful."""
    connection, at = session.connection(), instant_text(now)
    session.flush()
    # In the order of the index: it starts a new piece of itself whenever it is told of an earlier one.
    ordered = [item_id for (item_id,) in connection.exec_driver_sql(_BY_MOMENT, (json.dumps(list(ids)),))]
    is_late = len(ordered) >= indexing.WORTH_A_WAIT
    for some in in_chunks(ordered, CHUNK, progress):
        rows = connection.exec_driver_sql(_ROWS, (json.dumps(some),)).all()
        pairs = [(row, after) for row in rows if (after := changed(row)) != row.text]
        if not pairs:
            continue
        if is_late:
            indexing.defer(session, *(row.id for row, _ in pairs))
        if is_versioned:
            versions = [(row.id, at, row.rev, row.title, row.text) for row, _ in pairs]
            connection.exec_driver_sql(_VERSION, versions)
        connection.exec_driver_sql(_TEXT, [_said(row, after, at) for row, after in pairs])
        if counts := [(words, row.id) for row, after in pairs if (words := _words(row, after)) != row.words]:
            connection.exec_driver_sql(_WORDS, counts)
    session.expire_all()
    touch(session, Item)


def _said(row: Any, after: str, at: str) -> tuple[Any, ...]:
    title = row.title if is_title_same(row.title, row.text, after) else title_of(after, row.facts)
    facts = facts_of(row.facts, after)
    return after, title, facts, digest_of(row.uid, row.kind, title, after), at, row.id


def _words(row: Any, after: str) -> int | None:
    if row.words is None:  # it is no entry
        return None
    was, now_said = changed_words(row.text, after)
    return int(row.words) + word_count(now_said) - word_count(was)

"""Full-text search: any text is a valid query, newest first, fast enough to run at each key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.core.rows import all_ids, split_ids

_PART: Final = re.compile(r'"([^"]*)"?|(\S+)')
_WORD: Final = re.compile(r"\w+")

_NEWEST: Final = """
    SELECT item.id FROM item_search JOIN item ON item.moment = item_search.rowid
    WHERE item_search MATCH ? AND item.deleted_at IS NULL AND item_search.rowid > 0
    ORDER BY item_search.rowid DESC LIMIT ?
"""
_SNIPPETS: Final = """
    SELECT item.id, snippet(item_search, -1, char(2), char(3), '…', 28)
    FROM item_search JOIN item ON item.moment = item_search.rowid
    WHERE item_search MATCH ? AND item_search.rowid IN ({moments})
"""


def match_expression(typed: str) -> str:
    """What the user typed as an FTS5 expression: every word must occur, the last may be unfinished.

    Words in double quotes are a phrase. Everything else that FTS5 would read as syntax is read as
    text. An empty string means that there is nothing to search for.
    """
    terms: list[str] = []
    for phrase, word in _PART.findall(typed):
        words = _WORD.findall(phrase or word)
        if words:
            terms.append('"' + " ".join(words) + '"')
    if terms and not typed.rstrip(" ").endswith('"') and not typed.endswith(" "):
        terms[-1] += " *"
    return " ".join(terms)


def matching_entry_ids(session: Session, typed: str, *, limit: int = 300) -> list[int]:
    """Entries that say what was typed, newest first, at most `limit`."""
    match = match_expression(typed)
    if not match:
        return []
    return split_ids(session.connection().exec_driver_sql(all_ids(_NEWEST), (match, limit)).scalar())


def snippets(session: Session, typed: str, ids: Sequence[int]) -> dict[int, str]:
    """For each of `ids` the part that matches, with the matches between ``\\x02`` and ``\\x03``."""
    match = match_expression(typed)
    if not match or not ids:
        return {}
    marks = ",".join("?" * len(ids))
    connection = session.connection()
    moments = [
        row[0] for row in connection.exec_driver_sql(f"SELECT moment FROM item WHERE id IN ({marks})", tuple(ids))
    ]
    query = _SNIPPETS.format(moments=",".join(str(moment) for moment in moments))
    return dict(tuple(row) for row in connection.exec_driver_sql(query, (match,)))


def matching_item_ids(session: Session, typed: str, *, limit: int = 50) -> list[int]:
    """Living items of any kind whose title or text says what was typed: best titles first."""
    match = match_expression(typed)
    if not match:
        return []
    query = text(
        "SELECT item.id FROM item_search JOIN item ON item.moment = item_search.rowid "
        "WHERE item_search MATCH :match AND item.deleted_at IS NULL "
        "ORDER BY item_search.rowid > 0, item_search.rowid DESC LIMIT :limit"
    )
    return list(session.scalars(query, {"match": "{title} : (" + match + ")", "limit": limit}))

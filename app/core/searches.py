"""Searches that were kept to be asked again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from app.core.errors import FieldError
from app.core.model import Setting

_KEY: Final = "searches"
MOST: Final = 30
LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A text for the search box, and what it is called."""

    name: str
    text: str


def saved_searches(session: Session) -> list[SavedSearch]:
    """What was kept, in the order it was kept in."""
    query = "SELECT value FROM setting WHERE key = ?"
    held = session.connection().exec_driver_sql(query, (_KEY,)).scalar()
    try:
        return [SavedSearch(str(name), str(text)) for name, text in json.loads(held)] if held else []
    except (ValueError, TypeError):
        return []


def keep_search(session: Session, search: SavedSearch) -> None:
    """Keep a search under its name, in place of one that has it already.

    Raises:
        FieldError: no name, one too long, or too many searches.
    """
    name = " ".join(search.name.split())
    if not name:
        raise FieldError("name", "Give the search a name.")
    if len(name) > LONGEST_NAME:
        raise FieldError("name", f"A name has at most {LONGEST_NAME} characters.")
    others = [other for other in saved_searches(session) if other.name.casefold() != name.casefold()]
    if len(others) >= MOST:
        raise FieldError("name", f"There are {MOST} searches already. Drop one of them first.")
    put_searches(session, [*others, SavedSearch(name, search.text)])


def drop_search(session: Session, name: str) -> None:
    """Forget a search; the entries that it found stay as they are."""
    put_searches(session, [other for other in saved_searches(session) if other.name != name])


def put_searches(session: Session, searches: Sequence[SavedSearch]) -> None:
    """Keep exactly these, in this order: what an undo does."""
    held = session.merge(Setting(key=_KEY, value="[]"))
    held.value = json.dumps([[search.name, search.text] for search in searches], ensure_ascii=False)
    session.flush()
